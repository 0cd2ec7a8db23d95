//! MariaDB.

use ::mysql::Conn;
use frontdesk_store::SqlLog;
use frontdesk_store::conformance::Engine;
use frontdesk_store::mysql::{Mysql, mysql};
use mysql::prelude::Queryable;

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
