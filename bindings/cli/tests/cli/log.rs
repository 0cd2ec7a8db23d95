//! `log` and its verbs, on SQLite.

use std::io::{BufRead, BufReader, Read};

use frontdesk_store::sqlite::sqlite;
use frontdesk_store::{Digest, Log};
use unicode_width::UnicodeWidthStr;

use crate::database::Database;
use crate::{command, frontdesk, shown, with_input};

const OPEN: &str = r#"{"type": "open", "id": "b7", "conversation": "n1", "inbox": "main", "channel": "form",
    "contact": {"id": "v1", "attributes": {"email": "v1@example.org"}}}"#;

/// The digest of the last turn, as `verify` tells it.
fn digest(url: &str) -> String {
    let verified = shown(&["log", "verify", url, "--json"]);
    let verified: serde_json::Value = serde_json::from_str(&verified).unwrap();
    verified["digest"].as_str().unwrap().to_owned()
}

#[test]
fn a_person_reads_a_line_for_each_turn() {
    let database = Database::of_the_day();
    let log = "\
Log of support  times of Europe/Stockholm

   1                       the document            3 agents, 1 team, 1 inbox, 3…
   2  2026-11-20 10:00:00  open c1                 assigned to anna
   3  2026-11-20 10:05:00  open c2                 queued
   4  2026-11-20 10:06:00  open f1                 unassigned
   5  2026-11-20 10:30:00  close c1                c2 assigned to anna
   6  2026-11-20 10:30:00  open c3                 queued
   7  2026-11-20 10:40:00  open p1                 sent to voicemail
   8  2026-11-20 11:00:00  assign f1 by anna       assigned to bo
   9  2026-11-20 16:30:00  set status anna         bo available, c3 assigned to…
  10  2026-11-20 17:00:00  close c2                closed anna
";
    assert_eq!(shown(&["log", &database.url()]), log);
    let from = shown(&["log", &database.url_of("desk.db?desk=support"), "--from", "9"]);
    assert_eq!(from.lines().skip(2).collect::<Vec<_>>(), log.lines().skip(10).collect::<Vec<_>>());
    let beyond = shown(&["log", &database.url(), "--from", "11"]);
    assert!(beyond.ends_with("\n\nThere is no turn 11 yet; the last one is 10.\n"), "{beyond}");
}

#[test]
fn a_program_reads_the_turns_as_they_are_stored() {
    let database = Database::of_the_day();
    let turns = shown(&["log", &database.url(), "--json"]);
    assert_eq!(turns, shown(&["replay", "small.json", "day.jsonl", "--turns"]));
    let from = shown(&["log", &database.url(), "--json", "--from", "4"]);
    assert_eq!(from.lines().collect::<Vec<_>>(), turns.lines().skip(3).collect::<Vec<_>>());
    assert_eq!(shown(&["log", &database.url(), "--json", "--from", "11"]), "");
}

#[test]
fn lines_fit_80_columns_whatever_the_ids() {
    let database = Database::none();
    let url = database.url_of("desk.db?desk=長い名前長い名前長い名前長い名前長い名前長い名前長い名前長い名前");
    shown(&["log", "create", &url, "small.json"]);
    for id in ["客".repeat(100), "0b8f7a52-6c1e-4a57-9a0e-0f4c9c1d2e3f".to_owned(), "x\u{202e}".to_owned()] {
        let open = format!(r#"{{"type": "open", "conversation": "{id}", "inbox": "main", "channel": "chat"}}"#);
        shown(&["log", "handle", &url, &open]);
    }
    let log = shown(&["log", &url]);
    assert_eq!(log.lines().count(), 6);
    assert!(log.lines().all(|line| line.width() <= 80), "{log}");
    assert!(!log.contains('\u{202e}'));
    let piped = command(&["log", &url]).env_remove("COLUMNS").output().unwrap();
    let piped = String::from_utf8(piped.stdout).unwrap();
    assert!(piped.contains("  open 0b8f7a52-6c1e-4a57-9a0e-0f4c9c1d2e3f  "), "{piped}");
}

#[test]
fn a_desk_is_created_and_decides() {
    let database = Database::none();
    let url = database.url_of("desk.db?desk=support");
    assert_eq!(shown(&["log", "create", &url, "small.json"]), "Created the desk support.\n");
    let again = database.refused(&["log", "create", &url, "small.json"]);
    assert!(
        again.ends_with("desk_exists: the desk \"support\" is in the database already (name another one by ?desk=)\n")
    );
    let first = shown(&["log", "handle", &url, OPEN]);
    assert!(first.ends_with("n1  stays unassigned, no rule is for it\n\nTurn 2 is appended.\n"), "{first}");
    let repeated = shown(&["log", "handle", &url, OPEN]);
    assert_eq!(repeated, first.replace("Turn 2 is appended.", "It was carried out before, as turn 2."));
    let refused = shown(&["log", "handle", &url, r#"{"type": "close", "conversation": "n2"}"#]);
    assert!(refused.ends_with("(unknown_conversation)\n\nNothing is appended.\n"), "{refused}");
    let nothing = shown(&["log", "handle", &url, r#"{"type": "advance"}"#]);
    assert_eq!(nothing, "Nothing happens, and nothing is appended.\n");
    let events = shown(&["log", "handle", &url, r#"{"type": "close", "conversation": "n1"}"#, "--json"]);
    assert!(events.contains(r#""type":"closed","conversation":"n1""#) && events.lines().count() == 1, "{events}");
    let wrong = database.refused(&["log", "handle", &url, r#"{"type": "clos", "conversation": "n1"}"#]);
    assert!(wrong.starts_with("the command: invalid_value at $.type: \"clos\" is none of"), "{wrong}");
    let at = database.refused(&["log", "handle", &url, r#"{"type": "advance", "at": "2026-11-20T09:00:00Z"}"#]);
    assert!(at.starts_with("the command: conflict at $.at"), "{at}");
    assert_eq!(shown(&["log", &url, "--json"]).lines().count(), 3);
}

#[test]
fn a_desk_needs_a_name_and_a_document_that_is_sound() {
    let database = Database::none();
    let nameless = frontdesk(&["log", "create", &database.url(), "small.json"]);
    assert_eq!(nameless.status, 2);
    assert!(
        database
            .said(&nameless)
            .starts_with("error: the desk needs a name (write it into the address: sqlite:~/desk.db?desk=support)\n")
    );
    let url = database.url_of("desk.db?desk=support");
    let broken = database.refused(&["log", "create", &url, "broken.json"]);
    assert!(broken.starts_with("broken.json:9:26: unknown_reference"), "{broken}");
    let scripted = database.refused(&["log", "create", &url, "scripted.json"]);
    assert!(scripted.contains("(name the folder of the scripts with --scripts)"), "{scripted}");
    assert!(!database.path("desk.db").exists());
    let nowhere = database.refused(&["log", "create", &database.url_of("no/desk.db?desk=x"), "small.json"]);
    assert!(nowhere.contains("it cannot be opened: unable to open database file"), "{nowhere}");
    shown(&["log", "create", &url, "scripted.json", "--scripts", "saturday"]);
}

#[test]
fn turns_are_followed_until_nobody_reads() {
    let database = Database::of_the_day();
    let url = database.url();
    let mut child = command(&["log", &url, "--follow", "--from", "10", "--json"]).spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    assert!(lines.next().unwrap().unwrap().starts_with(r#"{"version":1,"turn":10,"#));
    shown(&["log", "handle", &url, OPEN]);
    assert!(lines.next().unwrap().unwrap().starts_with(r#"{"version":1,"turn":11,"#));
    drop(lines);
    shown(&["log", "handle", &url, r#"{"type": "close", "conversation": "n1"}"#]);
    let end = child.wait_with_output().unwrap();
    assert_eq!((end.status.code(), end.stderr.as_slice()), (Some(0), &b""[..]));
}

#[test]
fn a_reader_who_has_seen_enough_is_no_failure() {
    let database = Database::none();
    let url = database.url_of("desk.db?desk=support");
    shown(&["log", "create", &url, "small.json"]);
    let connection = database.connect();
    let mut desk = frontdesk_store::SharedDesk::load(&mut sqlite(&connection), "support").unwrap();
    connection.execute_batch("BEGIN").unwrap();
    for number in 0..2_000 {
        let open = format!(r#"{{"type": "open", "conversation": "n{number}", "inbox": "main", "channel": "form"}}"#);
        desk.handle(&mut sqlite(&connection), &frontdesk_store::Request::from_json(&open).unwrap()).unwrap();
    }
    connection.execute_batch("COMMIT").unwrap();
    for arguments in [&["log", &url][..], &["log", &url, "--json"], &["log", "export", &url]] {
        let mut child = command(arguments).spawn().unwrap();
        let mut out = child.stdout.take().unwrap();
        out.read_exact(&mut [0; 10]).unwrap();
        drop(out);
        let end = child.wait_with_output().unwrap();
        assert_eq!((end.status.code(), end.stderr.as_slice()), (Some(0), &b""[..]), "{arguments:?}");
    }
    // More than is read at once.
    let copy = database.url_of("copy.db");
    let exported = shown(&["log", "export", &url]);
    assert_eq!(with_input(&["log", "import", &copy, "-"], exported.as_bytes()).status, 0);
    assert_eq!(digest(&copy), digest(&url));
    assert_eq!(shown(&["log", &copy, "--json"]), shown(&["log", &url, "--json"]));
}

#[test]
fn a_whole_log_is_verified() {
    let database = Database::of_the_day();
    let url = database.url();
    let verified = shown(&["log", "verify", &url]);
    assert_eq!(verified, format!("support: turns 1 to 10 are whole.\nDigest of turn 10:\n{}\n", digest(&url)));
    assert_eq!(shown(&["log", "snapshot", &url]), "support: there is a snapshot of turn 10.\n");
    assert!(shown(&["log", "verify", &url]).starts_with("support: turns 1 to 10 are whole, and 1 snapshot.\n"));
}

#[test]
fn a_damaged_turn_is_named_and_those_before_are_shown() {
    let damages = [
        (
            "UPDATE frontdesk_turns SET body = replace(body, 'c2', 'c4') WHERE turn = 5",
            "its text is not that of its digest",
        ),
        (
            "UPDATE frontdesk_turns SET digest = replace(digest, 'a', 'b') WHERE turn = 5",
            "its text is not that of its digest",
        ),
        ("UPDATE frontdesk_turns SET body = '{' WHERE turn = 5", "its text is not that of its digest"),
        ("DELETE FROM frontdesk_turns WHERE turn = 5", "it is missing"),
    ];
    for (damage, what) in damages {
        let database = Database::of_the_day();
        let url = database.url();
        database.run(damage);
        let says =
            format!("sqlite:~/desk.db: damaged_log: the log of the desk \"support\" is damaged at turn 5: {what}");
        let verified = database.refused(&["log", "verify", &url]);
        assert!(verified.starts_with(&says), "{verified}");
        for (arguments, shown) in [
            (&["log", &url][..], 6),
            (&["log", &url, "--json"], 4),
            (&["log", "export", &url], 5),
            (&["log", &url, "--follow"], 6),
        ] {
            let run = frontdesk(arguments);
            assert_eq!((run.status, run.out.lines().count()), (1, shown), "{arguments:?} after {damage}: {}", run.out);
            assert!(database.said(&run).starts_with(&says), "{}", run.err);
        }
        assert!(database.refused(&["status", &url, "--at", "now"]).starts_with(&says));
        assert!(database.refused(&["log", "handle", &url, OPEN]).starts_with(&says));
    }
}

#[test]
fn a_damaged_row_is_told() {
    for damage in [
        "UPDATE frontdesk_turns SET digest = 'none' WHERE turn = 5",
        "UPDATE frontdesk_turns SET body = x'00ff' WHERE turn = 5",
        "DROP TABLE frontdesk_conversations",
        "DELETE FROM frontdesk_turns",
    ] {
        let database = Database::of_the_day();
        database.run(damage);
        let url = database.url();
        for verb in [&["log", "verify", &url][..], &["explain", &url, "--conversation", "c1"], &["log", "export", &url]]
        {
            let run = frontdesk(verb);
            assert!(run.status == 0 || database.said(&run).starts_with("sqlite:~/desk.db: "), "{verb:?}: {}", run.err);
            assert!(!run.err.contains("panicked"), "{}", run.err);
        }
        assert_ne!(frontdesk(&["explain", &url, "--conversation", "c1"]).status, 0, "{damage}");
    }
}

#[test]
fn a_log_is_compacted_behind_a_snapshot() {
    let database = Database::of_the_day();
    let url = database.url();
    let compact = ["log", "compact", &url, "--before", "2026-11-20 23:00"];
    assert_eq!(
        shown(&compact),
        "\
support: nothing is removed, as there is no later snapshot up to
Fri 20 Nov 2026 23:00:00 Europe/Stockholm. The log begins with turn 1.
`frontdesk log snapshot` adds one of the present.
"
    );
    shown(&["log", "snapshot", &url]);
    let early = shown(&["log", "compact", &url, "--before", "2026-11-20 16:59"]);
    assert!(early.starts_with("support: nothing is removed"), "{early}");
    shown(&["log", "handle", &url, OPEN]);
    assert_eq!(shown(&compact), "support: 9 turns are removed. The log begins with turn 10.\n");
    let log = shown(&["log", &url]);
    assert!(log.contains("\n\nThe turns before 10 were removed by `frontdesk log compact`.\n  10  "), "{log}");
    assert_eq!(log.lines().count(), 5);
    assert!(shown(&["log", "verify", &url]).starts_with("support: turns 10 to 11 are whole, and 1 snapshot.\n"));
    assert!(shown(&["conversations", &url]).contains("n1"));
}

#[test]
fn a_contact_is_erased_and_the_digests_stay() {
    let database = Database::of_the_day();
    let url = database.url();
    shown(&["log", "handle", &url, OPEN]);
    assert!(shown(&["log", "export", &url]).contains("v1@example.org"));
    assert!(shown(&["log", &url, "--json", "--from", "11"]).contains("v1@example.org"));
    let before = digest(&url);
    assert_eq!(shown(&["log", "erase", &url, "--contact", "v1"]), "The data of v1 is erased, as turn 12 says.\n");
    let exported = shown(&["log", "export", &url]);
    assert!(!exported.contains("v1@example.org"), "{exported}");
    assert!(!shown(&["log", &url, "--json"]).contains("v1@example.org"));
    assert!(exported.lines().nth(11).unwrap().contains(&before), "turn 11 has the digest that it had");
    assert!(shown(&["log", "verify", &url]).starts_with("support: turns 1 to 12 are whole.\n"));
    let copy = database.url_of("copy.db");
    assert_eq!(with_input(&["log", "import", &copy, "-"], exported.as_bytes()).status, 0);
    assert_eq!(shown(&["log", "export", &copy]), exported);
}

/// A database with everything that a log may have: a compacted beginning, personal data, an erasure, and commands that wait.
fn with_everything() -> Database {
    let database = Database::of_the_day();
    let url = database.url();
    shown(&["log", "handle", &url, OPEN]);
    shown(&["log", "snapshot", &url]);
    shown(&["log", "compact", &url, "--before", "now"]);
    shown(&["log", "handle", &url, &OPEN.replace("n1", "n2").replace("b7", "b8").replace("v1", "v2")]);
    shown(&["log", "handle", &url, &OPEN.replace("n1", "n3").replace("b7", "b9").replace("v1", "v3")]);
    shown(&["log", "erase", &url, "--contact", "v3"]);
    let connection = database.connect();
    let waits = r#"{"type": "close", "id": "h1", "conversation": "n2"}"#;
    sqlite(&connection).hand_in("support", &[("h1", waits)], 0).unwrap();
    sqlite(&connection).hand_in("support", &[("b8", "{}")], 0).unwrap();
    database
}

#[test]
fn an_exported_log_is_imported_with_the_same_digests() {
    let database = with_everything();
    let url = database.url();
    let exported = shown(&["log", "export", &url]);
    let header = exported.lines().next().unwrap();
    assert!(
        header.starts_with(r#"{"frontdesk_log":1,"desk":"support","last_turn":14,"pending":1,"wakes_at":""#),
        "{header}"
    );
    assert!(exported.lines().nth(1).unwrap().starts_with(r#"{"snapshot":11,"digest":""#));
    assert!(
        exported.ends_with(
            "{\"pending\":\"h1\",\"body\":{\"type\": \"close\", \"id\": \"h1\", \"conversation\": \"n2\"}}\n"
        )
    );
    assert!(exported.contains("v1@example.org") && exported.contains("v2@example.org"));
    assert!(!exported.contains("v3@example.org"));
    std::fs::write(database.path("log.jsonl"), &exported).unwrap();
    let file = database.path("log.jsonl");
    let file = file.to_str().unwrap();
    let (copy, renamed) = (database.url_of("copy.db"), database.url_of("copy.db?desk=other"));
    let told = format!("Created the desk support of 4 turns, up to turn 14.\nDigest of turn 14:\n{}\n", digest(&url));
    assert_eq!(shown(&["log", "import", &copy, file]), told);
    assert_eq!(shown(&["log", "export", &copy]), exported);
    assert!(database.refused(&["log", "import", &copy, file]).contains("desk_exists"));
    assert_eq!(shown(&["log", "import", &renamed, file]), told.replace("support", "other"));
    assert_eq!(digest(&renamed), digest(&url));
    // It decides, follows and tells as the first one does.
    for desk in [&url, &renamed] {
        let repeated = shown(&["log", "handle", desk, &OPEN.replace("b7", "b8")]);
        assert!(repeated.ends_with("It was carried out before, as turn 12.\n"), "{repeated}");
        let closed = shown(&["log", "handle", desk, r#"{"type": "close", "conversation": "n2"}"#, "--json"]);
        assert!(closed.contains(r#""type":"closed""#), "{closed}");
        assert!(shown(&["explain", desk, "--conversation", "n2"]).contains("It was closed"));
    }
    let connection = rusqlite::Connection::open(database.path("copy.db")).unwrap();
    let mut log = sqlite(&connection);
    assert_eq!(log.pending("other", 0, 9).unwrap()[0].command_id, "h1");
    assert_eq!(log.head("other").unwrap().unwrap().last_turn, 15);
}

#[test]
fn a_removed_command_is_known_wherever_its_log_goes() {
    let database = Database::of_the_day();
    let url = database.url();
    shown(&["log", "handle", &url, OPEN]);
    shown(&["log", "handle", &url, &OPEN.replace("n1", "n2").replace("b7", "b8")]);
    shown(&["log", "snapshot", &url]);
    shown(&["log", "compact", &url, "--before", "now"]);
    let exported = shown(&["log", "export", &url]);
    assert!(exported.contains("{\"removed\":\"b7\",\"turn\":11}\n"), "{exported}");
    let copy = database.url_of("copy.db");
    assert_eq!(with_input(&["log", "import", &copy, "-"], exported.as_bytes()).status, 0);
    assert_eq!(shown(&["log", "export", &copy]), exported);
    assert!(with_input(&["log", "import", &copy, "-"], exported.as_bytes()).err.contains("desk_exists"));
    for desk in [&url, &copy] {
        let refused = database.refused(&["log", "handle", desk, OPEN]);
        assert!(
            refused.contains("compacted: the command \"b7\" was carried out in turn 11, which was removed"),
            "{refused}"
        );
    }
    let misplaced =
        exported.replacen("{\"removed\":\"b7\",\"turn\":11}\n", "", 1) + "{\"removed\":\"b7\",\"turn\":11}\n";
    let run = with_input(&["log", "import", &database.url_of("other.db"), "-"], misplaced.as_bytes());
    assert!(run.err.contains("it is a removed command, and not in its place"), "{}", run.err);
}

#[test]
fn lines_that_are_not_those_of_a_log_leave_nothing_behind() {
    let database = with_everything();
    let exported = shown(&["log", "export", &database.url()]);
    let lines: Vec<&str> = exported.lines().collect();
    let cases: [(&str, String, &str); 14] = [
        (
            "nothing",
            String::new(),
            "<stdin>: invalid_value: there is no line in it (write it by `frontdesk log export`)",
        ),
        (
            "another file",
            r#"{"version": 1}"#.to_owned(),
            "<stdin>:1: invalid_value: this is not an exported log (write it by",
        ),
        (
            "a desk without a name",
            exported.replacen("\"desk\":\"support\"", "\"desk\":\"\"", 1),
            "<stdin>:1: invalid_value: the name of the desk is none",
        ),
        (
            "a later version",
            exported.replacen("_log\":1", "_log\":2", 1),
            "<stdin>:1: unsupported_version: it is of version 2",
        ),
        (
            "a changed text",
            exported.replace("\"conversation\":\"n2\",\"inbox\"", "\"conversation\":\"n4\",\"inbox\""),
            "<stdin>:4: damaged_log: ",
        ),
        (
            "a changed digest",
            exported.replacen("{\"turn\":12,\"digest\":\"", "{\"turn\":12,\"digest\":\"0", 1),
            "<stdin>:4: invalid_value: its digest is missing, or is none",
        ),
        (
            "a turn left out",
            [&lines[..3], &lines[4..]].concat().join("\n"),
            "<stdin>:4: invalid_value: the next turn is 12, and this is 13",
        ),
        (
            "a turn twice",
            [&lines[..4], &lines[3..]].concat().join("\n"),
            "<stdin>:5: invalid_value: the next turn is 13, and this is 12",
        ),
        (
            "no snapshot",
            [&lines[..1], &lines[2..]].concat().join("\n"),
            "<stdin>:2: invalid_value: the log begins with turn 11, and there is no",
        ),
        ("cut off", lines[..4].join("\n"), "<stdin>:4: invalid_value: it is cut off: it has to go on to turn 14"),
        ("without a command", lines[..6].join("\n"), "<stdin>:6: invalid_value: it is cut off"),
        ("half a line", exported[..exported.len() - 9].to_owned(), "<stdin>:7: invalid_value: EOF while parsing"),
        (
            "another line",
            format!("{exported}{{}}\n"),
            "<stdin>:8: invalid_value: it is no turn, and no snapshot or command",
        ),
        (
            "another key",
            exported.replacen("{\"turn\":12", "{\"x\":1,\"turn\":12", 1),
            "<stdin>:4: invalid_value: unknown field `x`",
        ),
    ];
    let copy = database.url_of("copy.db");
    for (what, text, says) in cases {
        let run = with_input(&["log", "import", &copy, "-"], text.as_bytes());
        assert_eq!((run.status, run.out.as_str()), (1, ""), "{what}");
        assert!(run.err.starts_with(says), "{what}: {}", run.err);
        assert!(run.err.lines().count() == 1, "{what}: {}", run.err);
        let left = frontdesk(&["log", &copy]);
        assert!(left.err.contains("there is no"), "{what}: {}", left.err);
    }
    assert_eq!(with_input(&["log", "import", &copy, "-"], exported.as_bytes()).status, 0);
}

#[test]
fn a_turn_without_a_digest_of_its_chain_is_refused_on_import() {
    let database = Database::of_the_day();
    let exported = shown(&["log", "export", &database.url()]);
    let first = exported.lines().nth(1).unwrap();
    let start = first.find("\"body\":").unwrap() + "\"body\":".len();
    let body = first[start..first.len() - 1].replace("\"bo\"", "\"di\"");
    let digest = Digest::START.then(&body);
    let forged =
        format!("{}\n{{\"turn\":1,\"digest\":\"{digest}\",\"body\":{body}}}\n", exported.lines().next().unwrap());
    let rest: String = exported.lines().skip(2).map(|line| format!("{line}\n")).collect();
    let run = with_input(&["log", "import", &database.url_of("copy.db"), "-"], (forged + &rest).as_bytes());
    assert!(run.status == 1 && run.err.starts_with("<stdin>:3: damaged_log: "), "{}", run.err);
}
