//! The log in PostgreSQL, by the crate [`postgres`](::postgres).
//!
//! It is right under READ COMMITTED, where a worker whose append conflicts decides again, and under REPEATABLE READ and
//! SERIALIZABLE, where it gets `retry_transaction`. Statements are not prepared, so that it works behind a pooler that gives each
//! transaction another connection.

use frontdesk::Problem;
use postgres::error::SqlState;
use postgres::types::{ToSql, Type};
use postgres::{Client, GenericClient, Row, Transaction};

use crate::problem::{database_failed, retry_transaction};
use crate::sql::{Dialect, Sql, SqlLog, Value};

/// A connection to PostgreSQL, or a transaction of the caller.
pub struct Postgres<'a, C> {
    client: &'a mut C,
    /// Whether the caller has begun a transaction.
    is_within: bool,
}

impl<C> std::fmt::Debug for Postgres<'_, C> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Postgres").field("is_within", &self.is_within).finish_non_exhaustive()
    }
}

impl<'a> Postgres<'a, Client> {
    /// Returns what runs statements on a connection, which is in no transaction.
    pub fn new(client: &'a mut Client) -> Postgres<'a, Client> {
        Postgres { client, is_within: false }
    }
}

/// Returns the log on a connection, which is in no transaction: each call is one of its own.
pub fn postgres(client: &mut Client) -> SqlLog<Postgres<'_, Client>> {
    SqlLog::new(Postgres::new(client))
}

/// Returns the log in a transaction of the caller.
pub fn postgres_in<'a, 'b>(transaction: &'a mut Transaction<'b>) -> SqlLog<Postgres<'a, Transaction<'b>>> {
    SqlLog::new(Postgres { client: transaction, is_within: true })
}

impl<C: GenericClient> Sql for Postgres<'_, C> {
    fn dialect(&self) -> Dialect {
        Dialect::Postgres
    }

    fn execute(&mut self, statement: &str, values: &[Value]) -> Result<u64, Problem> {
        let (statement, values) = (Dialect::Postgres.placed(statement), typed(values));
        self.client.execute_typed(&statement, &values).map_err(failed)
    }

    fn query(&mut self, statement: &str, values: &[Value]) -> Result<Vec<Vec<Value>>, Problem> {
        let (statement, values) = (Dialect::Postgres.placed(statement), typed(values));
        let rows = self.client.query_typed(&statement, &values).map_err(failed)?;
        rows.iter().map(read).collect()
    }

    fn begin(&mut self) -> Result<bool, Problem> {
        if !self.is_within {
            self.client.batch_execute("BEGIN").map_err(failed)?;
        }
        Ok(!self.is_within)
    }

    fn commit(&mut self) -> Result<(), Problem> {
        self.client.batch_execute("COMMIT").map_err(failed)
    }

    fn roll_back(&mut self) -> Result<(), Problem> {
        self.client.batch_execute("ROLLBACK").map_err(failed)
    }
}

/// Returns values with their types, so that a statement need not be prepared.
fn typed(values: &[Value]) -> Vec<(&(dyn ToSql + Sync), Type)> {
    values.iter().map(|value| (value.as_sql(), value.sql_type())).collect()
}

impl Value {
    fn as_sql(&self) -> &(dyn ToSql + Sync) {
        match self {
            Value::NoInteger => &None::<i64>,
            Value::NoText => &None::<&str>,
            Value::Integer(integer) => integer,
            Value::Text(text) => text,
        }
    }

    fn sql_type(&self) -> Type {
        match self {
            Value::NoInteger | Value::Integer(_) => Type::INT8,
            Value::NoText | Value::Text(_) => Type::TEXT,
        }
    }
}

fn read(row: &Row) -> Result<Vec<Value>, Problem> {
    let value = |(index, column): (usize, &postgres::Column)| match *column.type_() {
        Type::INT8 => row.try_get::<_, Option<i64>>(index).map(Value::from),
        Type::INT4 => row.try_get::<_, Option<i32>>(index).map(|found| found.map(i64::from).into()),
        _ => row.try_get::<_, Option<String>>(index).map(|text| Value::from(&text)),
    };
    row.columns().iter().enumerate().map(|column| value(column).map_err(failed)).collect()
}

/// The states after which the same transaction may succeed when it is run again.
const AGAIN: [SqlState; 4] = [
    SqlState::T_R_SERIALIZATION_FAILURE,
    SqlState::T_R_DEADLOCK_DETECTED,
    SqlState::IN_FAILED_SQL_TRANSACTION,
    SqlState::LOCK_NOT_AVAILABLE,
];

fn failed(error: postgres::Error) -> Problem {
    match error.code() {
        Some(state) if AGAIN.contains(state) => retry_transaction(),
        // The words of the server, which the driver's own error leaves out.
        _ => error.as_db_error().map_or_else(|| database_failed(&error), database_failed),
    }
}
