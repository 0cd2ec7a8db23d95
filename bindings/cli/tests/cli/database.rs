//! Desks in databases: the verbs that read them, and addresses that are wrong.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use frontdesk::Desk;
use frontdesk::time::Instant;
use frontdesk_store::sqlite::sqlite;
use frontdesk_store::{Request, SharedDesk};
use rusqlite::Connection;
use serde_json::Value;
use tempfile::TempDir;

use crate::{Run, command, frontdesk, shown, with_input};

/// A folder with a database of SQLite.
pub struct Database {
    folder: TempDir,
}

impl Database {
    /// Returns a folder without a database.
    pub fn none() -> Database {
        Database { folder: tempfile::tempdir().unwrap() }
    }

    /// Returns a database with the small desk as its day leaves it, under the name `support`.
    pub fn of_the_day() -> Database {
        let database = Database::none();
        let connection = database.connect();
        sqlite(&connection).migrate().unwrap();
        let document = Desk::from_json(include_str!("desks/small.json")).unwrap().document();
        let now = Arc::new(AtomicI64::new(0));
        let clock = Arc::clone(&now);
        let mut desk = SharedDesk::create(&mut sqlite(&connection), "support", document)
            .unwrap()
            .with_clock(move || clock.load(Ordering::Relaxed))
            .with_skew(i64::MAX);
        for line in include_str!("desks/day.jsonl").lines().filter(|line| !line.is_empty()) {
            let mut command: Value = serde_json::from_str(line).unwrap();
            let at = command.as_object_mut().unwrap().remove("at").unwrap();
            now.store(Instant::parse(at.as_str().unwrap()).unwrap().millis(), Ordering::Relaxed);
            desk.handle(&mut sqlite(&connection), &Request::from_value(command).unwrap()).unwrap();
        }
        database
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn connect(&self) -> Connection {
        Connection::open(self.path("desk.db")).unwrap()
    }

    /// Runs a statement on the tables, as who damages them does.
    pub fn run(&self, statement: &str) {
        self.connect().execute_batch(statement).unwrap();
    }

    /// Returns the address, without a desk.
    pub fn url(&self) -> String {
        self.url_of("desk.db")
    }

    pub fn url_of(&self, rest: &str) -> String {
        format!("sqlite:{}", self.path(rest).display())
    }

    /// Returns what a run says, with the folder as `~`.
    pub fn said(&self, run: &Run) -> String {
        run.err.replace(self.folder.path().to_str().unwrap(), "~")
    }

    /// Returns the lines about a failed run.
    #[track_caller]
    pub fn refused(&self, arguments: &[&str]) -> String {
        let run = frontdesk(arguments);
        assert_eq!((run.status, run.out.as_str()), (1, ""), "{arguments:?}: {}", run.err);
        self.said(&run)
    }
}

#[test]
fn every_verb_reads_the_desk_as_its_log_leaves_it() {
    let database = Database::of_the_day();
    let url = database.url();
    let at = ["--at", "2026-11-20T15:00:00Z"];
    let range = ["--start", "2026-11-20 09:00", "--end", "2026-11-20 18:00"];
    let visitor = ["visitor", "--inbox", "main", "--channel", "chat", "--known"];
    let command = r#"{"type": "close", "at": "2026-11-20T17:00:00Z", "conversation": "c3", "by": "bo"}"#;
    for arguments in [
        &["check"][..],
        &[&["status"], &at[..]].concat(),
        &[&["table"], &at[..]].concat(),
        &[&["schedule", "--agent", "anna"], &range[..]].concat(),
        &[&["coverage", "--by-team"], &range[..]].concat(),
        &["working-time", "--agent", "bo", "--start", "2026-11-20 09:00", "--time", "8h"],
        &[&visitor[..], &at].concat(),
        &["publish", "--inbox", "main", "--from", "2026-11-20", "--days", "2"],
        &["inboxes", "--agent", "anna"],
        &["queue"],
        &["conversations"],
        &["view"],
        &["view", "--view", "all_open", "--json"],
        &["why", "--conversation", "f1"],
        &["place", "--conversation", "c3"],
        &["may", command],
        &["ask", r#"{"ask": "conversations"}"#],
        &["propose", command],
        &["diff", "next.json"],
        &["export", "--agent", "anna", "--at", "2026-11-20T15:00:00Z"],
    ] {
        let of = |desk: &[&str]| frontdesk(&[&arguments[..1], desk, &arguments[1..]].concat());
        let (file, log) = (of(&["small.json", "--after", "day.jsonl"]), of(&[&url]));
        let (out, err) = (log.out.replace(&url, "small.json"), log.err.replace(&url, "small.json"));
        assert_eq!((log.status, out, err), (file.status, file.out, file.err), "{arguments:?}");
    }
}

#[test]
fn commands_are_tried_on_a_copy() {
    let database = Database::of_the_day();
    let (url, before) = (database.url(), std::fs::read(database.path("desk.db")).unwrap());
    let more = r#"{"type": "close", "at": "2026-11-20T17:00:00Z", "conversation": "c3"}"#;
    let replayed = with_input(&["replay", &url, "-", "--json"], more.as_bytes());
    assert_eq!((replayed.status, replayed.err.as_str()), (0, ""));
    assert!(replayed.out.contains(r#""type":"closed","conversation":"c3","agent":"bo""#), "{}", replayed.out);
    let after = with_input(&["conversations", &url, "--after", "-", "--conversation", "c3"], more.as_bytes());
    assert!(after.out.contains("closed"), "{}", after.out);
    assert_eq!(std::fs::read(database.path("desk.db")).unwrap(), before);
    assert!(shown(&["conversations", &url, "--conversation", "c3"]).contains("bo"));
}

#[test]
fn a_story_is_told_from_the_log() {
    let database = Database::of_the_day();
    assert_eq!(
        shown(&["explain", &database.url(), "--conversation", "c2"]),
        "\
c2  times of Europe/Stockholm

Fri 20 Nov 2026
10:05:00  It arrived in main by chat, with priority 1.
          Nobody could take it by step 1 of the rule all, so it waits in the
          queue.
10:30:00  It went to anna after 25 min of waiting, by step 1 of the rule all
          (least busy).
17:00:00  It was closed, 6 h 55 min after it arrived; anna held it.
"
    );
    let unknown = frontdesk(&["explain", &database.url(), "--conversation", "c22"]);
    assert_eq!(unknown.status, 2);
    assert!(unknown.err.starts_with("error: there is no conversation \"c22\" in the log (did you mean c2?)"));
    let without = frontdesk(&["explain", "small.json", "--conversation", "c2"]);
    assert_eq!(without.status, 2);
    assert!(without.err.starts_with("error: <COMMANDS> are missing"), "{}", without.err);
}

#[test]
fn a_document_of_a_database_is_one_like_any_other() {
    let database = Database::of_the_day();
    assert_eq!(shown(&["diff", "small.json", &database.url()]), "Nothing differs.\n");
    let import = |desk: &str| {
        let run = frontdesk(&["import", desk, "leave.ics", "--agent", "bo"]);
        Desk::from_json(&run.out).unwrap().document()
    };
    assert_eq!(import(&database.url()), import("small.json"));
}

#[test]
fn a_desk_that_is_not_there_is_told_with_those_that_are() {
    let database = Database::of_the_day();
    let status = |desk: &str| database.refused(&["status", &database.url_of(desk), "--at", "now"]);
    assert_eq!(
        status("desk.db?desk=suport"),
        "sqlite:~/desk.db?desk=suport: unknown_desk: there is no desk \"suport\" in it (did you mean support?)\n"
    );
    assert_eq!(
        status("desk.db?desk=x"),
        "sqlite:~/desk.db?desk=x: unknown_desk: there is no desk \"x\" in it (it has \"support\")\n"
    );
    for name in ["sales", "north & south"] {
        let url = database.url_of(&format!("desk.db?desk={}", name.replace('&', "%26")));
        shown(&["log", "create", &url, "small.json"]);
    }
    assert_eq!(
        status("desk.db"),
        "sqlite:~/desk.db: missing_key: it has several desks: \"north & south\", \"sales\", \"support\" \
         (choose one, as in sqlite:~/desk.db?desk=north%20%26%20south)\n"
    );
    assert!(shown(&["check", &database.url_of("desk.db?desk=north%20%26%20south")]).contains("is sound"));
}

#[test]
fn a_database_that_is_none_is_told() {
    let database = Database::none();
    let status = |desk: &str| database.refused(&["status", &database.url_of(desk), "--at", "now"]);
    assert_eq!(
        status("none.db"),
        "sqlite:~/none.db: database_failed: it cannot be opened: there is no such file \
         (`frontdesk log create` makes a database and a desk in it)\n"
    );
    assert!(!database.path("none.db").exists(), "a verb that reads makes no file");
    assert_eq!(status(""), "sqlite:~/: database_failed: it cannot be opened: it is a directory\n");
    std::fs::write(database.path("text.db"), "{}").unwrap();
    assert!(status("text.db").ends_with("file is not a database\n"), "{}", status("text.db"));
    std::fs::write(database.path("empty.db"), "").unwrap();
    assert_eq!(
        status("empty.db"),
        "sqlite:~/empty.db: database_failed: there are no tables of frontdesk in it \
         (`frontdesk log create` makes them, and a desk)\n"
    );
    assert_eq!(std::fs::read(database.path("empty.db")).unwrap(), b"");
    shown(&["log", "migrate", &database.url_of("empty.db")]);
    assert_eq!(
        status("empty.db"),
        "sqlite:~/empty.db: unknown_desk: there is no desk in it (`frontdesk log create` makes one)\n"
    );
    let path = database.path("empty.db");
    let file = database.refused(&["status", path.to_str().unwrap(), "--at", "now"]);
    assert_eq!(file, "~/empty.db: this is a database (write sqlite:~/empty.db)\n");
}

#[test]
fn tables_of_another_version_are_left_alone() {
    let database = Database::of_the_day();
    let url = database.url();
    database.run("UPDATE frontdesk_schema SET version = 99");
    let verbs: [&[&str]; 5] = [
        &["status", &url, "--at", "now"],
        &["log", &url],
        &["log", "snapshot", &url],
        &["log", "migrate", &url],
        &["log", "create", &database.url_of("desk.db?desk=x"), "small.json"],
    ];
    for verb in verbs {
        let told = database.refused(verb);
        let says = "unsupported_version: the tables are of version 99, and this program knows those up to version 1 \
                    (update frontdesk in this program)\n";
        assert!(told.ends_with(says), "{told}");
    }
    database.run("UPDATE frontdesk_schema SET version = 0");
    let told = database.refused(&["log", &url]);
    assert!(told.ends_with("(run `frontdesk log migrate` once all programs are up to date)\n"), "{told}");
}

#[test]
fn a_database_stands_for_a_desk_alone() {
    let database = Database::of_the_day();
    let told = database.refused(&["replay", "small.json", &database.url()]);
    assert_eq!(told, "sqlite:~/desk.db: a file has to be here, and this is a desk in a database\n");
}

/// Messages about an address leave its password out, wherever it is given.
#[test]
fn no_message_has_a_password() {
    let addresses = [
        "postgresql://u:s3cret@127.0.0.1:1/d",
        "postgresql://u:s3cret@127.0.0.1:x/d",
        "postgresql://u:s3cret@127.0.0.1:1/d?sslmode=require",
        "postgresql://u:s3cret@127.0.0.1:1/d?sslmode=verify-full",
        "postgresql://u:s3cret@127.0.0.1:1/d?no=key",
        "postgresql://u@127.0.0.1:1/d?password=s3cret",
        "postgresql://u:s3cret@x@127.0.0.1:1/d",
        "postgresql://u:s3cret",
        "mysql://u:s3cret@127.0.0.1:1/d",
        "mysql://u:s3cret@127.0.0.1:x/d",
        "mysql://u:s3cret@127.0.0.1:1/d?no=key",
        "mysql://u:s3cret@127.0.0.1:1/d?prefer_socket=s3cret",
        "mariadb://u:s3cret/x@127.0.0.1:1/d",
        "mysql:u:s3cret@127.0.0.1:1/d",
        "oracle://u:s3cret@127.0.0.1:1/d",
        "sqlite://u:s3cret@127.0.0.1/d",
    ];
    for address in addresses {
        let option = format!("--at={address}");
        let verbs: [&[&str]; 12] = [
            &["status", address, "--at", "now"],
            &["status", "small.json", &option],
            &["status", "small.json", "--at", address],
            &["status", "small.json", "--at", "now", address],
            &["queue", "small.json", "--after", address],
            &["replay", "small.json", address],
            &["diff", "small.json", address],
            &["test", address],
            &["log", address],
            &["log", "verfy", address],
            &["log", "create", address, "small.json"],
            &[address],
        ];
        for verb in verbs {
            let run = command(verb).env("PGCONNECT_TIMEOUT", "1").output().unwrap();
            let (out, err) = (String::from_utf8(run.stdout).unwrap(), String::from_utf8(run.stderr).unwrap());
            assert!(!run.status.success() && !err.is_empty(), "{verb:?}");
            // A file of SQLite has no password.
            if !address.starts_with("sqlite") {
                assert!(!out.contains("s3cret") && !err.contains("s3cret"), "{verb:?}: {err}");
            }
        }
    }
}

#[test]
#[cfg(not(feature = "mysql-tls"))]
fn a_connection_to_mariadb_by_tls_is_refused() {
    for keys in ["sslmode=require", "root_cert_path=/x.pem"] {
        let secure = frontdesk(&["queue", &format!("mysql://u:p@127.0.0.1:1/d?{keys}")]);
        let says = "mysql://u@127.0.0.1:1/d: database_failed: it cannot be opened: this program was built without TLS \
                to MariaDB and MySQL (`--features mysql-tls`) (leave the keys about it out, and connect on the server itself or by a tunnel)\n";
        assert_eq!((secure.status, secure.err.as_str()), (1, says));
    }
}

#[test]
fn a_wrong_address_says_what_to_write() {
    for (address, says) in [
        (
            "postgresql://u:p@ss@h/d",
            "postgresql://…: invalid_value: write the signs @ : / ? # in its parts as %40 %3A %2F %3F %23\n",
        ),
        (
            "oracle://h/d",
            "oracle://…: invalid_value: addresses of databases begin with sqlite:, postgresql:// or mysql://\n",
        ),
        ("sqlite::memory:", "sqlite::memory:: invalid_value: name the file, as in sqlite:desk.db?desk=support\n"),
        (
            "mysql://h/d?desk=",
            "mysql://h/d?desk=: invalid_value: the name of a desk has 1 to 256 characters, none of them control characters\n",
        ),
    ] {
        let run = frontdesk(&["queue", address]);
        assert_eq!((run.status, run.err.as_str()), (1, says));
    }
    let misspelt = frontdesk(&["log", "verfy", "sqlite:desk.db"]);
    let says = "error: \"verfy\" is no verb, and not the address of a database (did you mean verify?)\n";
    assert!(misspelt.status == 2 && misspelt.err.starts_with(says), "{}", misspelt.err);
    let file = frontdesk(&["log", "desk.db"]);
    assert!(file.status == 2 && file.err.contains("write the address of a database"), "{}", file.err);
}
