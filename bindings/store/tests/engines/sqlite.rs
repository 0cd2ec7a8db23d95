//! SQLite.

use std::time::Duration;

use frontdesk_store::SqlLog;
use frontdesk_store::conformance::Engine;
use frontdesk_store::sqlite::{Sqlite, sqlite};
use rusqlite::Connection;

use crate::parts::{Failure, TICKETS, created, has_one_turn};

struct InFolder(tempfile::TempDir);

impl Engine for InFolder {
    type Connection = Connection;
    type Log<'a> = SqlLog<Sqlite<'a>>;

    fn connect(&self) -> Connection {
        let connection = Connection::open(self.0.path().join("desk.db")).expect("a file");
        connection.busy_timeout(Duration::from_secs(60)).expect("a timeout");
        connection.pragma_update(None, "journal_mode", "WAL").expect("a journal");
        connection
    }

    fn log<'a>(&self, connection: &'a mut Connection) -> SqlLog<Sqlite<'a>> {
        sqlite(connection)
    }
}

#[test]
fn sqlite_is_a_log() {
    let engine = InFolder(tempfile::tempdir().expect("a folder"));
    let connection = engine.connect();
    super::lacks_tables(&mut sqlite(&connection).boxed());
    for _ in 0..2 {
        sqlite(&connection).migrate().expect("the tables are there");
    }
    super::has_tables(&mut sqlite(&connection).boxed());
    super::all_hold(&engine);
}

#[test]
fn sqlite_has_no_half_of_what_failed() {
    let engine = InFolder(tempfile::tempdir().expect("a folder"));
    let mut connection = engine.connect();
    sqlite(&connection).migrate().expect("the tables are there");
    connection.execute(TICKETS, []).expect("a table");
    for failure in Failure::ALL {
        let desk = created(&mut sqlite(&connection), "half");
        let transaction = connection.transaction().expect("a transaction");
        transaction.execute("INSERT INTO tickets VALUES (NULL)", []).expect("a ticket");
        failure.happens(&mut sqlite(&transaction), &desk);
        transaction.commit().expect("the caller goes on");
        has_one_turn(&mut sqlite(&connection), &desk);
    }
    let tickets = connection.query_row("SELECT COUNT(*) FROM tickets", [], |row| row.get(0));
    assert_eq!(tickets, Ok(2), "what the caller wrote is there");
}
