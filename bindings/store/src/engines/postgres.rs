//! The log in PostgreSQL, by the crate [`postgres`](::postgres).
//!
//! It is right under READ COMMITTED, where a worker whose append conflicts decides again, and under REPEATABLE READ and
//! SERIALIZABLE, where it gets `retry_transaction`. Statements are not prepared, so that it works behind a pooler that gives each
//! transaction another connection; a program without one keeps them [prepared](SqlLog::prepared).

use std::collections::HashMap;

use frontdesk::Problem;
use postgres::error::SqlState;
use postgres::types::{ToSql, Type};
use postgres::{Client, GenericClient, Row, Statement, Transaction};

use crate::problem::{database_failed, retry_transaction};
use crate::sql::{Dialect, Sql, SqlLog, Value};

/// A connection to PostgreSQL, or a transaction of the caller.
pub struct Postgres<'a, C> {
    client: &'a mut C,
    /// Whether the caller has begun a transaction.
    is_within: bool,
    statements: Option<&'a mut Statements>,
}

/// The statements that one connection has prepared: the server reads and plans each of them once, and not each time.
///
/// Kept beside the connection, and lent to each log on it: `postgres_in(&mut transaction).prepared(&mut statements)`. A pooler that
/// gives each transaction another connection has to know of prepared statements, as PgBouncer does from 1.21 on.
#[derive(Default)]
pub struct Statements(HashMap<String, Statement>);

/// The most statements that are kept prepared. Those of many rows differ by their number: the rest are run as they are.
const MOST: usize = 64;

impl std::fmt::Debug for Statements {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Statements").field(&self.0.len()).finish()
    }
}

impl Statements {
    /// Returns a statement that is prepared, or `None` if there are too many.
    fn of<C: GenericClient>(
        &mut self,
        client: &mut C,
        statement: &str,
        values: &[Value],
    ) -> Result<Option<Statement>, Problem> {
        if let Some(known) = self.0.get(statement) {
            return Ok(Some(known.clone()));
        }
        if values.is_empty() || self.0.len() >= MOST || is_planned_by_rows(statement) {
            return Ok(None);
        }
        let types: Vec<Type> = values.iter().map(Value::sql_type).collect();
        let prepared = client.prepare_typed(&Dialect::Postgres.placed(statement), &types).map_err(failed)?;
        self.0.insert(statement.to_owned(), prepared.clone());
        Ok(Some(prepared))
    }
}

/// Returns `true` for a statement whose plan depends on how many rows there are: the plan of an empty table would be kept for a
/// full one. That is a list of values, and what waits to be decided.
fn is_planned_by_rows(statement: &str) -> bool {
    statement.contains(" IN (") || statement.contains("frontdesk_pending")
}

impl<'a, C: GenericClient> SqlLog<Postgres<'a, C>> {
    /// Returns the log with the statements of its connection, which are prepared the first time they are run.
    ///
    /// ```no_run
    /// use frontdesk_store::postgres::{Statements, postgres, postgres_in};
    /// use frontdesk_store::{Request, SharedDesk};
    /// use postgres::{Client, NoTls};
    ///
    /// let mut client = Client::connect("postgresql://localhost/helpdesk", NoTls)?;
    /// let mut statements = Statements::default();
    /// let mut desk = SharedDesk::load(&mut postgres(&mut client), "support")?;
    /// let mut transaction = client.transaction()?;
    /// let log = &mut postgres_in(&mut transaction).prepared(&mut statements);
    /// desk.handle(log, &Request::from_json(r#"{"type": "close", "conversation": "c1"}"#)?)?;
    /// transaction.commit()?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn prepared(self, statements: &'a mut Statements) -> Self {
        self.over(|sql| Postgres { statements: Some(statements), ..sql })
    }
}

impl<C> std::fmt::Debug for Postgres<'_, C> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Postgres").field("is_within", &self.is_within).finish_non_exhaustive()
    }
}

impl<'a> Postgres<'a, Client> {
    /// Returns what runs statements on a connection, which is in no transaction.
    pub fn new(client: &'a mut Client) -> Postgres<'a, Client> {
        Postgres { client, is_within: false, statements: None }
    }
}

/// Returns the log on a connection, which is in no transaction: each call is one of its own.
pub fn postgres(client: &mut Client) -> SqlLog<Postgres<'_, Client>> {
    SqlLog::new(Postgres::new(client))
}

/// Returns the log in a transaction of the caller.
pub fn postgres_in<'a, 'b>(transaction: &'a mut Transaction<'b>) -> SqlLog<Postgres<'a, Transaction<'b>>> {
    SqlLog::new(Postgres { client: transaction, is_within: true, statements: None })
}

impl<C: GenericClient> Sql for Postgres<'_, C> {
    fn dialect(&self) -> Dialect {
        Dialect::Postgres
    }

    fn execute(&mut self, statement: &str, values: &[Value]) -> Result<u64, Problem> {
        if let Some(prepared) = self.prepared(statement, values)? {
            let done = self.client.execute(&prepared, &untyped(values));
            return done.map_err(|error| self.forgotten(statement, error));
        }
        let (statement, values) = (Dialect::Postgres.placed(statement), typed(values));
        self.client.execute_typed(&statement, &values).map_err(failed)
    }

    fn query(&mut self, statement: &str, values: &[Value]) -> Result<Vec<Vec<Value>>, Problem> {
        let rows = if let Some(prepared) = self.prepared(statement, values)? {
            let rows = self.client.query(&prepared, &untyped(values));
            rows.map_err(|error| self.forgotten(statement, error))?
        } else {
            let (statement, values) = (Dialect::Postgres.placed(statement), typed(values));
            self.client.query_typed(&statement, &values).map_err(failed)?
        };
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

impl<C: GenericClient> Postgres<'_, C> {
    /// Returns a statement that is prepared; `None` if the caller keeps none, or has too many.
    fn prepared(&mut self, statement: &str, values: &[Value]) -> Result<Option<Statement>, Problem> {
        match &mut self.statements {
            Some(statements) => statements.of(self.client, statement, values),
            None => Ok(None),
        }
    }

    /// Forgets a statement that failed: it may be one of another connection, or of tables that were changed since.
    fn forgotten(&mut self, statement: &str, error: postgres::Error) -> Problem {
        self.statements.iter_mut().for_each(|statements| drop(statements.0.remove(statement)));
        match error.code() {
            Some(state) if STALE.contains(state) => retry_transaction(),
            _ => failed(error),
        }
    }
}

/// The states of a prepared statement that the server does not have, or cannot run any more.
const STALE: [SqlState; 2] = [SqlState::INVALID_SQL_STATEMENT_NAME, SqlState::FEATURE_NOT_SUPPORTED];

/// Returns the values for a statement whose types are known.
fn untyped(values: &[Value]) -> Vec<&(dyn ToSql + Sync)> {
    values.iter().map(Value::as_sql).collect()
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
