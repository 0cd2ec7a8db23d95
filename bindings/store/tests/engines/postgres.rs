//! PostgreSQL.

use ::postgres::{Client, GenericClient, NoTls, SimpleQueryMessage};
use frontdesk_store::conformance::Engine;
use frontdesk_store::postgres::{Postgres, Statements, postgres, postgres_in};
use frontdesk_store::{Appended, Digest, Log, SqlLog, StoredSnapshot};

use crate::parts::{Failure, created, has_one_turn, turn};

struct Server(String);

impl Engine for Server {
    type Connection = Client;
    type Log<'a> = SqlLog<Postgres<'a, Client>>;

    fn connect(&self) -> Client {
        Client::connect(&self.0, NoTls).expect("a connection")
    }

    fn log<'a>(&self, connection: &'a mut Client) -> SqlLog<Postgres<'a, Client>> {
        postgres(connection)
    }
}

#[test]
#[ignore = "needs a server: bash .ci/databases"]
fn postgres_is_a_log() {
    let engine = Server(super::address("FRONTDESK_POSTGRES_URL"));
    for _ in 0..2 {
        postgres(&mut engine.connect()).migrate().expect("the tables are there");
    }
    let mut connection = engine.connect();
    super::has_tables(&mut postgres(&mut connection).boxed());
    // Another schema of the database has none.
    connection.batch_execute("SET search_path = pg_catalog").expect("another schema");
    super::lacks_tables(&mut postgres(&mut connection).boxed());
    super::all_hold(&engine);
}

/// A server whose statements are prepared.
struct Prepared(Server);

impl Engine for Prepared {
    type Connection = (Client, Statements);
    type Log<'a> = SqlLog<Postgres<'a, Client>>;

    fn connect(&self) -> Self::Connection {
        (self.0.connect(), Statements::default())
    }

    fn log<'a>(&self, (client, statements): &'a mut Self::Connection) -> SqlLog<Postgres<'a, Client>> {
        postgres(client).prepared(statements)
    }
}

#[test]
#[ignore = "needs a server: bash .ci/databases"]
fn postgres_is_a_log_with_prepared_statements() {
    let engine = Server(super::address("FRONTDESK_POSTGRES_URL"));
    postgres(&mut engine.connect()).migrate().expect("the tables are there");
    super::all_hold(&Prepared(engine));
}

#[test]
#[ignore = "needs a server: bash .ci/databases"]
fn statements_that_the_server_forgot_are_prepared_again() {
    let engine = Prepared(Server(super::address("FRONTDESK_POSTGRES_URL")));
    let mut connection = engine.connect();
    engine.log(&mut connection).migrate().expect("the tables are there");
    let desk = created(&mut engine.log(&mut connection), "forgotten");
    let head = engine.log(&mut connection).head(&desk).expect("a head");
    let prepared = "SELECT COUNT(*) FROM pg_prepared_statements WHERE statement LIKE '%frontdesk_desks%'";
    let count = |client: &mut Client| client.query_one(prepared, &[]).expect("a count").get::<_, i64>(0);
    assert!(count(&mut connection.0) > 0, "they are prepared");
    connection.0.batch_execute("DEALLOCATE ALL").expect("the server forgets them");
    let problem = engine.log(&mut connection).head(&desk).unwrap_err();
    assert_eq!(problem.code.as_str(), "retry_transaction");
    assert_eq!(engine.log(&mut connection).head(&desk), Ok(head));
}

/// The index by which an append looks for its command is that of commands before PostgreSQL has counted any rows, and in a plan
/// that it keeps from then.
#[test]
#[ignore = "needs a server: bash .ci/databases"]
fn commands_are_found_by_their_index_from_the_first_turn_on() {
    let address = super::address("FRONTDESK_POSTGRES_URL");
    let mut client = Client::connect(&address, NoTls).expect("a connection");
    client
        .batch_execute("DROP SCHEMA IF EXISTS fresh CASCADE; CREATE SCHEMA fresh; SET search_path TO fresh")
        .expect("a schema");
    postgres(&mut client).migrate().expect("tables");
    let plan = "SET plan_cache_mode = force_generic_plan; \
                PREPARE known(text, text) AS SELECT 1 FROM frontdesk_turns WHERE desk = $1 AND command_id = $2";
    client.batch_execute(plan).expect("a plan");
    let lines = client.simple_query("EXPLAIN EXECUTE known('d', 'k')").expect("a plan");
    let told: Vec<String> = lines
        .iter()
        .filter_map(|line| match line {
            SimpleQueryMessage::Row(row) => row.get(0).map(ToOwned::to_owned),
            _ => None,
        })
        .collect();
    assert!(told.join("\n").contains("frontdesk_turns_command"), "{told:?}");
}

/// The tables may be cut into partitions by desk, as the page says.
#[test]
#[ignore = "needs a server: bash .ci/databases"]
fn postgres_is_a_log_in_partitions() {
    const PAGE: &str = include_str!("../../../../docs/running/sizing.md");
    let (_, block) = PAGE.split_once("```sql\n").expect("the page has SQL");
    let (sql, _) = block.split_once("```").expect("its end");
    let address = super::address("FRONTDESK_POSTGRES_URL");
    let mut client = Client::connect(&address, NoTls).expect("a connection");
    client.batch_execute("DROP SCHEMA IF EXISTS cut CASCADE; CREATE SCHEMA cut").expect("a schema");
    let engine = Server(format!("{address}?options=-c%20search_path%3Dcut"));
    postgres(&mut engine.connect()).migrate().expect("the tables are there");
    engine.connect().batch_execute(sql).expect("they are cut");
    postgres(&mut engine.connect()).migrate().expect("they are as they should be");
    super::all_hold(&engine);
    let parts = "SELECT COUNT(DISTINCT tableoid) FROM frontdesk_turns";
    let parts: i64 = engine.connect().query_one(parts, &[]).expect("a count").get(0);
    assert!(parts > 1, "desks are in several parts");
}

/// Each transaction may be on another connection, and what a client prepared on one is not on the next.
#[test]
#[ignore = "needs a server: bash .ci/databases"]
fn postgres_is_a_log_behind_a_pooler() {
    let engine = Server(super::address("FRONTDESK_PGBOUNCER_URL"));
    postgres(&mut engine.connect()).migrate().expect("the tables are there");
    let first = connection_of(&mut engine.connect());
    let mut others = (0..3).map(|_| engine.connect()).collect::<Vec<_>>();
    let mut transactions: Vec<_> = others.iter_mut().map(|it| it.transaction().expect("a transaction")).collect();
    assert!(transactions.iter_mut().any(|it| connection_of(it) != first), "the pooler shares connections");
    drop(transactions);
    super::all_hold(&engine);
}

/// The server's number of the connection that a client is on.
fn connection_of(client: &mut impl GenericClient) -> i32 {
    client.query_typed("SELECT pg_backend_pid()", &[]).expect("a number")[0].get(0)
}

#[test]
#[ignore = "needs a server: bash .ci/databases"]
fn postgres_is_a_log_at_other_isolation_levels() {
    for level in ["repeatable read", "serializable"] {
        let address = super::address("FRONTDESK_POSTGRES_URL");
        let level = level.replace(' ', "\\ ").replace(' ', "%20").replace('\\', "%5C");
        let engine = Server(format!("{address}?options=-c%20default_transaction_isolation%3D{level}"));
        postgres(&mut engine.connect()).migrate().expect("the tables are there");
        super::all_hold(&engine);
    }
}

#[test]
#[ignore = "needs a server: bash .ci/databases"]
fn postgres_has_no_half_of_what_failed() {
    let engine = Server(super::address("FRONTDESK_POSTGRES_URL"));
    let mut client = engine.connect();
    postgres(&mut client).migrate().expect("the tables are there");
    for failure in Failure::ALL {
        let desk = created(&mut postgres(&mut client), "half");
        let mut transaction = client.transaction().expect("a transaction");
        failure.happens(&mut postgres_in(&mut transaction), &desk);
        // After a failed statement this is a rollback.
        transaction.commit().expect("the caller goes on");
        has_one_turn(&mut postgres(&mut client), &desk);
    }
}

#[test]
#[ignore = "needs a server: bash .ci/databases"]
fn an_open_transaction_appends_behind_a_lease_and_a_snapshot() {
    let engine = Server(super::address("FRONTDESK_POSTGRES_URL"));
    let (mut one, mut other) = (engine.connect(), engine.connect());
    postgres(&mut one).migrate().expect("the tables are there");
    let desk = created(&mut postgres(&mut one), "lease beside an append");
    let mut transaction = one
        .build_transaction()
        .isolation_level(::postgres::IsolationLevel::RepeatableRead)
        .start()
        .expect("a transaction");
    postgres_in(&mut transaction).head(&desk).expect("what it sees");
    assert_eq!(postgres(&mut other).take_lease(&desk, "other", 60_000), Ok(true));
    let snapshot = StoredSnapshot { turn: 1, digest: Digest::START, body: "{}".to_owned(), personal: Vec::new() };
    postgres(&mut other).put_snapshot(&desk, &snapshot).expect("it is added");
    let appended = postgres_in(&mut transaction).append(&desk, &[turn(2, None)]);
    assert_eq!(appended, Ok(Appended::Done));
    transaction.commit().expect("it is not failed by the lease");
}
