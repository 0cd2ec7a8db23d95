//! MariaDB.

use ::mysql::Conn;
use frontdesk_store::conformance::Engine;
use frontdesk_store::mysql::{Mysql, mysql, mysql_in};
use frontdesk_store::{Digest, Log, SqlLog, StoredSnapshot};
use mysql::TxOpts;
use mysql::prelude::Queryable;

use crate::parts::{Failure, TICKETS, created, has_one_turn};

struct Server(String, &'static str);

impl Engine for Server {
    type Connection = Conn;
    type Log<'a> = SqlLog<Mysql<'a, Conn>>;

    fn connect(&self) -> Conn {
        let mut connection = Conn::new(self.0.as_str()).expect("a connection");
        let level = format!("SET SESSION TRANSACTION ISOLATION LEVEL {}", self.1);
        connection.query_drop(level).expect("an isolation level");
        connection
    }

    fn log<'a>(&self, connection: &'a mut Conn) -> SqlLog<Mysql<'a, Conn>> {
        mysql(connection)
    }
}

#[test]
#[ignore = "needs a server: bash .ci/databases"]
fn mysql_is_a_log() {
    for level in ["REPEATABLE READ", "READ COMMITTED"] {
        let engine = Server(super::address("FRONTDESK_MYSQL_URL"), level);
        mysql(&mut engine.connect()).migrate().expect("the tables are there");
        super::has_tables(&mut mysql(&mut engine.connect()).boxed());
        // Another database has none.
        let mut connection = engine.connect();
        connection.query_drop("USE information_schema").expect("another database");
        super::lacks_tables(&mut mysql(&mut connection).boxed());
        super::all_hold(&engine);
    }
}

#[test]
#[ignore = "needs a server: bash .ci/databases"]
fn mysql_has_no_half_of_what_failed() {
    let engine = Server(super::address("FRONTDESK_MYSQL_URL"), "REPEATABLE READ");
    let mut connection = engine.connect();
    mysql(&mut connection).migrate().expect("the tables are there");
    connection.query_drop("DROP TABLE IF EXISTS tickets").expect("a table less");
    connection.query_drop(TICKETS).expect("a table");
    for failure in Failure::ALL {
        let desk = created(&mut mysql(&mut connection), "half");
        let mut transaction = connection.start_transaction(TxOpts::default()).expect("a transaction");
        transaction.query_drop("INSERT INTO tickets VALUES (NULL)").expect("a ticket");
        failure.happens(&mut mysql_in(&mut transaction), &desk);
        transaction.commit().expect("the caller goes on");
        has_one_turn(&mut mysql(&mut connection), &desk);
    }
    let tickets: Option<u64> = connection.query_first("SELECT COUNT(*) FROM tickets").expect("a number");
    assert_eq!(tickets, Some(2), "what the caller wrote is there");
}

#[test]
#[ignore = "needs a server: bash .ci/databases"]
fn a_snapshot_that_a_transaction_does_not_see_is_harmless() {
    let engine = Server(super::address("FRONTDESK_MYSQL_URL"), "REPEATABLE READ");
    let (mut one, mut other) = (engine.connect(), engine.connect());
    mysql(&mut one).migrate().expect("the tables are there");
    let desk = created(&mut mysql(&mut one), "two snapshots");
    let (digest, personal) = (Digest::START, vec![("contact:x".to_owned(), "{}".to_owned())]);
    let snapshot = StoredSnapshot { turn: 1, digest, body: "{}".to_owned(), personal };
    let mut transaction = one.start_transaction(TxOpts::default()).expect("a transaction");
    assert_eq!(mysql_in(&mut transaction).snapshot_turns(&desk), Ok(Vec::new()));
    mysql(&mut other).put_snapshot(&desk, &snapshot).expect("it is added");
    assert_eq!(mysql_in(&mut transaction).put_snapshot(&desk, &snapshot), Ok(()));
    transaction.commit().expect("the caller goes on");
    assert_eq!(mysql(&mut one).snapshot(&desk, 1), Ok(Some(snapshot)));
}
