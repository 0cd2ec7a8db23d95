//! The log in SQLite, by the crate [`rusqlite`](::rusqlite).
//!
//! Set `PRAGMA journal_mode = WAL`, so that readers and a writer do not wait for each other, and a `busy_timeout`. Begin
//! transactions that write with [`TransactionBehavior::Immediate`](rusqlite::TransactionBehavior::Immediate): another one that
//! read before it writes has to be run again if somebody else wrote meanwhile, which is the problem `retry_transaction`.

use frontdesk::Problem;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, ErrorCode, params_from_iter};

use crate::problem::{database_failed, retry_transaction};
use crate::sql::{Dialect, Sql, SqlLog, Value};

/// A connection to SQLite; in a transaction of the caller, a part of it.
#[derive(Debug)]
pub struct Sqlite<'a>(&'a Connection);

impl<'a> Sqlite<'a> {
    /// Returns what runs statements on a connection.
    pub fn new(connection: &'a Connection) -> Sqlite<'a> {
        Sqlite(connection)
    }
}

/// Returns the log on a connection, or in the transaction that it is in.
///
/// ```
/// use frontdesk_store::{Log, sqlite::sqlite};
///
/// let connection = rusqlite::Connection::open_in_memory().unwrap();
/// sqlite(&connection).migrate()?;
/// assert_eq!(sqlite(&connection).head("support")?, None);
/// # Ok::<(), frontdesk::Problem>(())
/// ```
pub fn sqlite(connection: &Connection) -> SqlLog<Sqlite<'_>> {
    SqlLog::new(Sqlite(connection))
}

impl Sql for Sqlite<'_> {
    fn dialect(&self) -> Dialect {
        Dialect::Sqlite
    }

    fn execute(&mut self, statement: &str, values: &[Value]) -> Result<u64, Problem> {
        let mut prepared = self.0.prepare_cached(statement).map_err(failed)?;
        let changed = prepared.execute(params_from_iter(values)).map_err(failed)?;
        Ok(changed as u64)
    }

    fn query(&mut self, statement: &str, values: &[Value]) -> Result<Vec<Vec<Value>>, Problem> {
        let mut prepared = self.0.prepare_cached(statement).map_err(failed)?;
        let width = prepared.column_count();
        let mut rows = prepared.query(params_from_iter(values)).map_err(failed)?;
        let mut found = Vec::new();
        while let Some(row) = rows.next().map_err(failed)? {
            found.push((0..width).map(|column| read(row.get_ref(column))).collect::<Result<_, _>>()?);
        }
        Ok(found)
    }

    fn begin(&mut self) -> Result<bool, Problem> {
        let is_free = self.0.is_autocommit();
        if is_free {
            self.0.execute_batch("BEGIN IMMEDIATE").map_err(failed)?;
        }
        Ok(is_free)
    }

    fn commit(&mut self) -> Result<(), Problem> {
        self.0.execute_batch("COMMIT").map_err(failed)
    }

    fn roll_back(&mut self) -> Result<(), Problem> {
        self.0.execute_batch("ROLLBACK").map_err(failed)
    }
}

impl rusqlite::ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<rusqlite::types::ToSqlOutput<'_>> {
        let value = match self {
            Value::NoInteger | Value::NoText => ValueRef::Null,
            Value::Integer(integer) => ValueRef::Integer(*integer),
            Value::Text(text) => ValueRef::Text(text.as_bytes()),
        };
        Ok(rusqlite::types::ToSqlOutput::Borrowed(value))
    }
}

fn read(value: rusqlite::Result<ValueRef<'_>>) -> Result<Value, Problem> {
    match value.map_err(failed)? {
        ValueRef::Null => Ok(Value::NoText),
        ValueRef::Integer(integer) => Ok(Value::Integer(integer)),
        ValueRef::Text(text) => Ok(Value::Text(String::from_utf8_lossy(text).into_owned())),
        other => Err(database_failed(format_args!("a column is {}", other.data_type()))),
    }
}

fn failed(error: rusqlite::Error) -> Problem {
    match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => retry_transaction(),
        _ => database_failed(error),
    }
}
