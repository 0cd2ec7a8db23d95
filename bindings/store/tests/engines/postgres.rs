//! PostgreSQL.

use ::postgres::{Client, NoTls};
use frontdesk_store::SqlLog;
use frontdesk_store::conformance::Engine;
use frontdesk_store::postgres::{Postgres, postgres};

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

#[test]
#[ignore = "needs a server: bash .ci/databases"]
fn postgres_is_a_log_at_other_isolation_levels() {
    for level in ["repeatable read", "serializable"] {
        let address = super::address("FRONTDESK_POSTGRES_URL");
        let level = level.replace(' ', "\\ ").replace(' ', "%20").replace('\\', "%5C");
        let engine = Server(format!("{address}?options=-c%20default_transaction_isolation%3D{level}"));
        super::all_hold(&engine);
    }
}
