//! Programs of different versions at one desk: an older one meets turns, commands and snapshots of a newer one.

use frontdesk::desk::Action;
use frontdesk::{Code, Desk, Problems};
use frontdesk_store::sqlite::sqlite;
use frontdesk_store::{Log, Request, Served, SharedDesk};
use rusqlite::Connection;

/// A database with a desk, and the log of that.
fn database() -> (Connection, SharedDesk) {
    let connection = Connection::open_in_memory().expect("a database");
    sqlite(&connection).migrate().expect("the tables");
    let text = r#"{"version": 1, "time_zone": "UTC", "agents": [{"id": "anna"}], "inboxes": [{"id": "main",
        "channels": [{"id": "chat", "kind": "chat", "rules": [{"id": "all", "steps": [{"assign_to": "everyone"}]}]}]}]}"#;
    let document = Desk::from_json(text).expect("a document").document();
    let desk = SharedDesk::create(&mut sqlite(&connection), "support", document).expect("it is new");
    (connection, desk)
}

fn open(conversation: &str) -> Request {
    let text = format!(
        r#"{{"type": "open", "id": "{conversation}", "conversation": "{conversation}", "inbox": "main", "channel": "chat"}}"#
    );
    Request::from_json(&text).expect("a command")
}

/// Changes the text of the last turn to one that a newer program may write, with its digest.
fn renew(connection: &Connection, from: &str, to: &str) {
    let mut log = sqlite(connection);
    let last = log.head("support").expect("a head").expect("a desk").last_turn;
    let turns = log.read("support", last - 1, 1).expect("two turns");
    let (before, body) = (turns[0].digest, turns[1].body.clone().expect("a text"));
    let newer = body.replace(from, to);
    assert_ne!(body, newer);
    let changed = (newer.as_str(), before.then(&newer).to_string(), last as u32);
    connection.execute("UPDATE frontdesk_turns SET body = ?, digest = ? WHERE turn = ?", changed).expect("a statement");
}

/// Hands a command in as a newer program does, some milliseconds ago: this one does not know its type.
fn hand_in_newer(connection: &Connection, id: &str, ago: i64) {
    let mut log = sqlite(connection);
    let at = log.now().expect("a time") - ago;
    let command = format!(r#"{{"type": "ponder", "id": "{id}", "conversation": "c1"}}"#);
    log.hand_in("support", &[(id, &command)], at).expect("it is handed in");
}

fn pending(connection: &Connection) -> Vec<String> {
    let pending = sqlite(connection).pending("support", 0, 1_000).expect("those that wait");
    pending.into_iter().map(|waiting| waiting.command_id).collect()
}

/// Checks that a call says that this program is too old, and for what.
#[track_caller]
fn is_too_old<T: std::fmt::Debug>(what: &str, result: Result<T, Problems>) {
    let problems = result.expect_err("it is too old");
    let program = concat!("cannot be read by frontdesk ", env!("CARGO_PKG_VERSION"));
    assert_eq!(problems[0].code, Code::UnsupportedVersion, "{problems}");
    assert!(problems[0].message.starts_with(what) && problems[0].message.contains(program), "{problems}");
}

#[test]
fn an_older_program_writes_nothing_behind_a_newer_turn() {
    // An event of another kind, one of another version, a turn of another version, an event that does not fit here.
    for (from, to) in [
        (r#""type":"opened""#, r#""type":"beheld""#),
        (r#""events":[{"version":1"#, r#""events":[{"version":2"#),
        (r#"{"version":1,"turn""#, r#"{"version":2,"turn""#),
        (r#""agent":"anna""#, r#""agent":"bo""#),
    ] {
        let (connection, mut older) = database();
        let mut newer = SharedDesk::load(&mut sqlite(&connection), "support").expect("it is there");
        newer.handle(&mut sqlite(&connection), &open("c1")).expect("it is opened");
        renew(&connection, from, to);
        older.hand_in(&mut sqlite(&connection), &open("c2")).expect("it is there for a newer one");
        let changes = connection.total_changes();
        let log = &mut sqlite(&connection);
        let turn = r#"turn 2 of the desk "support""#;
        is_too_old(turn, older.follow(log));
        is_too_old(turn, older.handle(log, &open("c3")));
        is_too_old(turn, older.advance(log));
        is_too_old(turn, older.serve(log));
        is_too_old(turn, older.put_snapshot(log));
        is_too_old(turn, older.erase(log, "somebody"));
        is_too_old(turn, older.verify(log));
        is_too_old(turn, SharedDesk::load(log, "support").map(|_| ()));
        assert_eq!((older.turn(), connection.total_changes()), (1, changes), "nothing is written");
        assert_eq!(log.take_lease("support", "newer", 1_000), Ok(true), "nobody is kept from serving");
    }
}

#[test]
fn a_changed_turn_is_damaged_and_not_newer() {
    let (connection, mut desk) = database();
    desk.handle(&mut sqlite(&connection), &open("c1")).expect("it is opened");
    connection.execute("UPDATE frontdesk_turns SET body = replace(body, 'opened', 'beheld')", []).expect("a statement");
    assert_eq!(desk.verify(&mut sqlite(&connection)).expect_err("it is damaged")[0].code, Code::DamagedLog);
}

#[test]
fn a_newer_snapshot_is_passed_over_and_not_damaged() {
    let (connection, mut desk) = database();
    let log = &mut sqlite(&connection);
    desk.handle(log, &open("c1")).expect("it is opened");
    desk.put_snapshot(log).expect("it is added");
    let changed =
        connection.execute(r#"UPDATE frontdesk_snapshots SET body = replace(body, '"version":', '"version":10')"#, []);
    assert_eq!(changed, Ok(1));
    assert_eq!(SharedDesk::load(log, "support").map(|it| it.digest()), Ok(desk.digest()));
    is_too_old(r#"the snapshot of turn 2 of the desk "support""#, desk.verify(log));
}

#[test]
fn a_command_is_read_when_it_is_handed_in() {
    let (connection, mut desk) = database();
    let wrong = Request::from_json(r#"{"type": "ponder", "id": "p", "conversation": 5}"#).expect("an object");
    let problems = desk.hand_in(&mut sqlite(&connection), &wrong).expect_err("no program can read it");
    assert_eq!(problems[0].path, "$.type", "{problems}");
    assert_eq!(pending(&connection), [""; 0]);
}

#[test]
fn a_newer_command_and_those_after_it_are_left() {
    let (connection, mut older) = database();
    let log = &mut sqlite(&connection);
    older.hand_in(log, &open("c1")).expect("it is handed in");
    hand_in_newer(&connection, "newer", 0);
    // Behind it, this would be refused if it were decided before.
    let close = Request::new(Action::Close { conversation: "c1".into() }).with_id("close");
    older.hand_in(log, &close).expect("it is handed in");
    for decided in [1, 0] {
        let Ok(Served::Left { decided: count, problem }) = older.serve(log) else { panic!("nothing is left") };
        assert_eq!(count, decided);
        is_too_old(r#"the command "newer""#, Err::<(), _>(problem.into()));
        assert_eq!(pending(&connection), ["newer", "close"]);
    }
    assert_eq!(older.answer(log, "newer"), Ok(None), "it is not settled");
    let waited = older.wait_for(log, "close", std::time::Duration::from_millis(20));
    assert_eq!(waited, Ok(None), "who waits is not told the problem of another command");
}

#[test]
fn a_command_that_nobody_reads_holds_nothing_up_for_ever() {
    let (connection, mut older) = database();
    let log = &mut sqlite(&connection);
    // More than are decided in one append.
    for number in 0..300 {
        hand_in_newer(&connection, &format!("newer {number}"), 61_000);
    }
    older.hand_in(log, &open("c1")).expect("it is handed in");
    let Ok(Served::Left { decided: 1, problem }) = older.serve(log) else { panic!("one is decided") };
    is_too_old(r#"the command "newer 0""#, Err::<(), _>(problem.into()));
    assert_eq!(older.answer(log, "c1").map(|answer| answer.and_then(|it| it.turn())), Ok(Some(2)));
    assert_eq!(pending(&connection).len(), 300, "none is lost");
    let text: String = connection
        .query_row("SELECT command FROM frontdesk_pending WHERE command_id = 'newer 0'", [], |row| row.get(0))
        .expect("its text");
    assert!(text.contains("ponder"));
    // A program that can read them decides them.
    connection
        .execute("UPDATE frontdesk_pending SET command = replace(command, 'ponder', 'close')", [])
        .expect("a statement");
    assert_eq!(older.serve(log), Ok(Served::Decided(256)));
    assert_eq!(older.serve(log), Ok(Served::Decided(44)));
    assert!(matches!(older.answer(log, "newer 0"), Ok(Some(answer)) if answer.turn() == Some(3)));
}

#[test]
fn a_newer_refusal_is_told_as_one() {
    let (connection, mut older) = database();
    let log = &mut sqlite(&connection);
    let close = Request::new(Action::Close { conversation: "nobody".into() }).with_id("close");
    older.hand_in(log, &close).expect("it is handed in");
    assert_eq!(older.serve(log), Ok(Served::Decided(1)));
    connection
        .execute("UPDATE frontdesk_pending SET refused = replace(refused, '\"refused\"', '\"declined\"')", [])
        .expect("a statement");
    is_too_old(r#"the refusal of the command "close""#, older.answer(log, "close"));
}
