//! The log in MariaDB and MySQL, by the crate [`mysql`](::mysql).
//!
//! It is right under READ COMMITTED, where a worker whose append conflicts decides again, and under REPEATABLE READ, the default,
//! where it gets `retry_transaction` if its transaction does not see what was appended.

use frontdesk::Problem;
use mysql::prelude::Queryable;
use mysql::{Conn, Params, Transaction};

use crate::problem::{database_failed, retry_transaction};
use crate::sql::{Dialect, Sql, SqlLog, Value};

/// A connection to MariaDB or MySQL, or a transaction of the caller.
#[derive(Debug)]
pub struct Mysql<'a, Q> {
    connection: &'a mut Q,
    /// Whether the caller has begun a transaction.
    is_within: bool,
}

impl<'a> Mysql<'a, Conn> {
    /// Returns what runs statements on a connection, which is in no transaction.
    pub fn new(connection: &'a mut Conn) -> Mysql<'a, Conn> {
        Mysql { connection, is_within: false }
    }
}

/// Returns the log on a connection, which is in no transaction: each call is one of its own.
pub fn mysql(connection: &mut Conn) -> SqlLog<Mysql<'_, Conn>> {
    SqlLog::new(Mysql::new(connection))
}

/// Returns the log in a transaction of the caller.
pub fn mysql_in<'a, 'b>(transaction: &'a mut Transaction<'b>) -> SqlLog<Mysql<'a, Transaction<'b>>> {
    SqlLog::new(Mysql { connection: transaction, is_within: true })
}

impl<Q: Queryable> Sql for Mysql<'_, Q> {
    fn dialect(&self) -> Dialect {
        Dialect::Mysql
    }

    fn execute(&mut self, statement: &str, values: &[Value]) -> Result<u64, Problem> {
        // MySQL prepares no savepoints.
        if values.is_empty() {
            return self.connection.query_iter(statement).map(|result| result.affected_rows()).map_err(failed);
        }
        let result = self.connection.exec_iter(statement, placed(values)).map_err(failed)?;
        Ok(result.affected_rows())
    }

    fn query(&mut self, statement: &str, values: &[Value]) -> Result<Vec<Vec<Value>>, Problem> {
        let rows: Vec<mysql::Row> = self.connection.exec(statement, placed(values)).map_err(failed)?;
        rows.into_iter().map(|row| row.unwrap().into_iter().map(read).collect()).collect()
    }

    fn begin(&mut self) -> Result<bool, Problem> {
        if !self.is_within {
            self.connection.query_drop("START TRANSACTION").map_err(failed)?;
        }
        Ok(!self.is_within)
    }

    fn commit(&mut self) -> Result<(), Problem> {
        self.connection.query_drop("COMMIT").map_err(failed)
    }

    fn roll_back(&mut self) -> Result<(), Problem> {
        self.connection.query_drop("ROLLBACK").map_err(failed)
    }
}

fn placed(values: &[Value]) -> Params {
    if values.is_empty() {
        return Params::Empty;
    }
    let value = |value: &Value| match value {
        Value::NoInteger | Value::NoText => mysql::Value::NULL,
        Value::Integer(integer) => mysql::Value::Int(*integer),
        Value::Text(text) => mysql::Value::Bytes(text.clone().into_bytes()),
    };
    Params::Positional(values.iter().map(value).collect())
}

fn read(value: mysql::Value) -> Result<Value, Problem> {
    match value {
        mysql::Value::NULL => Ok(Value::NoText),
        mysql::Value::Int(integer) => Ok(Value::Integer(integer)),
        mysql::Value::UInt(integer) => i64::try_from(integer).map(Value::Integer).map_err(database_failed),
        mysql::Value::Bytes(bytes) => String::from_utf8(bytes).map(Value::Text).map_err(database_failed),
        other => Err(database_failed(format_args!("a column is {other:?}"))),
    }
}

/// The errors after which the same transaction may succeed when it is run again: a record that changed since it was read, the
/// end of waiting for a lock, a deadlock.
const AGAIN: [u16; 3] = [1020, 1205, 1213];

fn failed(error: mysql::Error) -> Problem {
    match error {
        mysql::Error::MySqlError(error) if AGAIN.contains(&error.code) => retry_transaction(),
        error => database_failed(error),
    }
}
