//! Workers who get in each other's way: what one does comes right before a statement of the other.

use std::time::Duration;

use frontdesk::desk::Action;
use frontdesk::{Code, Desk, Problem};
use frontdesk_store::sqlite::{Sqlite, sqlite};
use frontdesk_store::{Dialect, Log, Request, Served, SharedDesk, Sql, SqlLog, Value};
use rusqlite::Connection;

/// A connection on which something happens before the statement that is the nth with a text.
struct Interrupted<'a> {
    sql: Sqlite<'a>,
    before: &'static str,
    seen: usize,
    nth: usize,
    happens: Option<Box<dyn FnOnce() + 'a>>,
}

impl<'a> Interrupted<'a> {
    fn log(
        connection: &'a Connection,
        (nth, before): (usize, &'static str),
        happens: impl FnOnce() + 'a,
    ) -> SqlLog<Interrupted<'a>> {
        let happens: Option<Box<dyn FnOnce() + 'a>> = Some(Box::new(happens));
        SqlLog::new(Interrupted { sql: Sqlite::new(connection), before, seen: 0, nth, happens })
    }

    fn look(&mut self, statement: &str) {
        self.seen += usize::from(statement.contains(self.before));
        if self.seen == self.nth {
            self.happens.take().into_iter().for_each(|happens| happens());
        }
    }
}

impl Sql for Interrupted<'_> {
    fn dialect(&self) -> Dialect {
        self.sql.dialect()
    }

    fn execute(&mut self, statement: &str, values: &[Value]) -> Result<u64, Problem> {
        self.look(statement);
        self.sql.execute(statement, values)
    }

    fn query(&mut self, statement: &str, values: &[Value]) -> Result<Vec<Vec<Value>>, Problem> {
        self.look(statement);
        self.sql.query(statement, values)
    }

    fn begin(&mut self) -> Result<bool, Problem> {
        self.look("BEGIN");
        self.sql.begin()
    }

    fn commit(&mut self) -> Result<(), Problem> {
        self.sql.commit()
    }

    fn roll_back(&mut self) -> Result<(), Problem> {
        self.sql.roll_back()
    }
}

/// Two connections to a new database.
fn two(folder: &tempfile::TempDir, journal: &str) -> [Connection; 2] {
    let connect = |_| {
        let connection = Connection::open(folder.path().join("desk.db")).expect("a file");
        connection.busy_timeout(Duration::from_millis(100)).expect("a timeout");
        connection.pragma_update(None, "journal_mode", journal).expect("a journal");
        connection
    };
    let both = [1, 2].map(connect);
    sqlite(&both[0]).migrate().expect("the tables");
    both
}

fn created(connection: &Connection) -> SharedDesk {
    let text = r#"{"version": 1, "time_zone": "UTC", "agents": [{"id": "anna", "capacity": 1}], "inboxes": [{"id": "main",
        "channels": [{"id": "chat", "kind": "chat", "rules": [{"id": "all", "steps": [{"assign_to": "everyone"}]}]}]}]}"#;
    let document = Desk::from_json(text).expect("a document").document();
    SharedDesk::create(&mut sqlite(connection), "support", document).expect("it is new")
}

fn open(conversation: &str) -> Request {
    let text = format!(
        r#"{{"type": "open", "id": "open {conversation}", "conversation": "{conversation}", "inbox": "main", "channel": "chat"}}"#
    );
    Request::from_json(&text).expect("a command")
}

#[test]
fn a_command_is_not_refused_for_what_the_worker_has_not_seen() {
    let folder = tempfile::tempdir().expect("a folder");
    let [a, b] = two(&folder, "WAL");
    let mut one = created(&a);
    let mut other = SharedDesk::load(&mut sqlite(&b), "support").expect("it is there");
    one.hand_in(&mut sqlite(&a), &Request::new(Action::Close { conversation: "c1".into() }).with_id("close"))
        .expect("no problem");
    // It is opened after `one` has followed, and before `one` reads what was handed in.
    let happens = || assert_eq!(other.handle(&mut sqlite(&b), &open("c1")).map(|answer| answer.turn()), Ok(Some(2)));
    assert_eq!(one.serve(&mut Interrupted::log(&a, (2, "LEFT JOIN frontdesk_turns"), happens)), Ok(Served::Decided(1)));
    let answer = one.answer(&mut sqlite(&a), "close").expect("no problem").expect("an answer");
    assert_eq!((answer.is_refused(), answer.turn()), (false, Some(3)));
}

#[test]
fn what_another_worker_refused_is_not_in_the_log() {
    let folder = tempfile::tempdir().expect("a folder");
    let [a, b] = two(&folder, "WAL");
    let now = sqlite(&a).now().expect("a time");
    let mut one = created(&a).with_clock(move || now);
    one.handle(&mut sqlite(&a), &open("c1")).expect("it is opened");
    // The clocks of the workers differ by six seconds, and the end of the snooze lies between them.
    let mut other = SharedDesk::load(&mut sqlite(&b), "support").expect("it is there").with_clock(move || now + 6_000);
    let until = frontdesk::time::Instant::from_millis(now + 3_000).expect("an instant");
    let text = format!(r#"{{"type": "snooze", "id": "snooze", "conversation": "c1", "until": "{until}"}}"#);
    one.hand_in(&mut sqlite(&a), &Request::from_json(&text).expect("a command")).expect("it is handed in");
    let happens = || {
        // The lease of `one` has ended.
        b.execute("UPDATE frontdesk_leases SET ends_at = 0", []).expect("a statement");
        assert_eq!(other.serve(&mut sqlite(&b)), Ok(Served::Decided(1)));
    };
    // Between the lease and the append.
    let problems = one.serve(&mut Interrupted::log(&a, (1, "BEGIN"), happens)).expect_err("it has to begin again");
    assert_eq!(problems[0].code, Code::RetryTransaction);
    let answer = one.answer(&mut sqlite(&a), "snooze").expect("no problem").expect("an answer");
    assert!(answer.is_refused());
    assert_eq!(sqlite(&a).find("support", "snooze"), Ok(None));
    assert_eq!(one.serve(&mut sqlite(&a)), Ok(Served::Decided(0)));
}

#[test]
fn nothing_is_done_after_a_commit_that_failed() {
    let folder = tempfile::tempdir().expect("a folder");
    let [a, b] = two(&folder, "DELETE");
    let mut one = created(&a);
    {
        let mut statement = b.prepare("SELECT desk FROM frontdesk_desks").expect("a query");
        let mut rows = statement.query([]).expect("rows");
        rows.next().expect("a row");
        let problems = one.handle(&mut sqlite(&a), &open("c1")).expect_err("somebody reads");
        assert_eq!(problems[0].code, Code::RetryTransaction);
        assert!(a.is_autocommit(), "the transaction has ended");
    }
    assert_eq!(one.handle(&mut sqlite(&a), &open("c2")).map(|answer| answer.turn()), Ok(Some(2)));
    assert_eq!(sqlite(&b).head("support").expect("a head").map(|head| head.last_turn), Some(2));
}

#[test]
fn tables_of_a_later_version_are_left_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let [a, _] = two(&folder, "WAL");
    created(&a);
    a.execute("UPDATE frontdesk_schema SET version = 99", []).expect("a statement");
    let code = |problems: frontdesk::Problems| problems[0].code;
    assert_eq!(sqlite(&a).migrate().map_err(|problem| problem.code), Err(Code::UnsupportedVersion));
    assert_eq!(SharedDesk::load(&mut sqlite(&a), "support").map(|_| ()).map_err(code), Err(Code::UnsupportedVersion));
    a.execute("DROP TABLE frontdesk_schema", []).expect("a statement");
    let problems = SharedDesk::load(&mut sqlite(&a), "support").map(|_| ()).expect_err("there are no tables");
    assert!(problems.to_string().contains("has no tables of frontdesk"), "{problems}");
}
