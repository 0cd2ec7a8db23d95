//! Statements on a connection of the application: `frontdesk.shared` has an object for each kind, which runs them.

use std::sync::{MutexGuard, PoisonError};

use frontdesk::{Code, Problem, Problems};
use frontdesk_store::{Dialect, Sql, Value, database_failed, is_retry, retry_transaction};
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyList, PyTuple};

use super::{Shared, logged};

/// The exception that ended a call: of the application's clock, or its connection. It is raised as it is.
#[derive(Debug, Clone, Default)]
pub struct Failure(Shared<Kept>);

#[derive(Debug, Default)]
struct Kept {
    clock: Option<PyErr>,
    /// The first of the connection that was not followed by another attempt, and whether it may be.
    connection: Option<(PyErr, bool)>,
}

impl Failure {
    /// Keeps the exception of a clock; returns the instant of a clock that has none.
    pub fn keep(&self, error: PyErr) -> i64 {
        self.kept().clock.get_or_insert(error);
        0
    }

    fn keep_of_connection(&self, error: PyErr, is_retry: bool) {
        let kept = &mut self.kept().connection;
        if kept.as_ref().is_none_or(|(_, is_retry)| *is_retry) {
            *kept = Some((error, is_retry));
        }
    }

    /// Returns what was done, also where it took another attempt; raises the exception that was kept, or the problems.
    pub fn or<T>(&self, py: Python<'_>, done: Result<T, Problems>) -> PyResult<T> {
        let Kept { clock, connection } = std::mem::take(&mut *self.kept());
        if let Some(error) = clock {
            return Err(error);
        }
        let problems = match done {
            Ok(done) => return Ok(done),
            Err(problems) => problems,
        };
        match connection {
            Some((error, _)) if problems.first().is_some_and(|it| it.code == Code::DatabaseFailed) => Err(error),
            Some((error, _)) if is_retry(&problems) => {
                let retry = logged(py, &problems);
                retry.set_cause(py, Some(error));
                Err(retry)
            }
            _ => Err(logged(py, &problems)),
        }
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A connection of the application.
pub struct PySql {
    sql: Py<PyAny>,
    dialect: Dialect,
    /// `true` if the driver wants `%s` for a value, instead of `?`.
    is_format: bool,
    failure: Failure,
}

impl PySql {
    pub fn new(py: Python<'_>, sql: &Py<PyAny>, failure: &Failure) -> PyResult<PySql> {
        let bound = sql.bind(py);
        let name: String = bound.getattr(intern!(py, "dialect"))?.extract()?;
        let dialect = match name.as_str() {
            "postgresql" => Dialect::Postgres,
            "mysql" => Dialect::Mysql,
            _ => Dialect::Sqlite,
        };
        let is_format = bound.getattr(intern!(py, "is_format"))?.extract()?;
        Ok(PySql { sql: sql.clone_ref(py), dialect, is_format, failure: failure.clone() })
    }

    /// Calls a method of the object; keeps its exception.
    fn call<T>(
        &self,
        call: impl for<'py> FnOnce(Python<'py>, &Bound<'py, PyAny>) -> PyResult<T>,
    ) -> Result<T, Problem> {
        Python::attach(|py| {
            let sql = self.sql.bind(py);
            call(py, sql).map_err(|error| {
                let again = sql.call_method1(intern!(py, "is_retry"), (error.value(py),));
                let again = again.and_then(|again| again.extract()).unwrap_or(false);
                let message = error.to_string();
                self.failure.keep_of_connection(error, again);
                if again { retry_transaction() } else { database_failed(message) }
            })
        })
    }

    fn placed(&self, statement: &str) -> String {
        if self.is_format { statement.replace('?', "%s") } else { statement.to_owned() }
    }
}

impl Sql for PySql {
    fn dialect(&self) -> Dialect {
        self.dialect
    }

    fn execute(&mut self, statement: &str, values: &[Value]) -> Result<u64, Problem> {
        let statement = self.placed(statement);
        self.call(|py, sql| {
            let changed = sql.call_method1(intern!(py, "execute"), (statement, given(py, values)?))?;
            Ok(changed.extract::<i64>()?.max(0).unsigned_abs())
        })
    }

    fn query(&mut self, statement: &str, values: &[Value]) -> Result<Vec<Vec<Value>>, Problem> {
        let statement = self.placed(statement);
        self.call(|py, sql| {
            let rows = sql.call_method1(intern!(py, "query"), (statement, given(py, values)?))?;
            rows.try_iter()?.map(|row| row?.try_iter()?.map(|value| read(&value?)).collect()).collect()
        })
    }

    fn begin(&mut self) -> Result<bool, Problem> {
        self.call(|py, sql| sql.call_method0(intern!(py, "begin"))?.extract())
    }

    fn commit(&mut self) -> Result<(), Problem> {
        self.call(|py, sql| sql.call_method0(intern!(py, "commit")).map(|_| ()))
    }

    fn roll_back(&mut self) -> Result<(), Problem> {
        self.call(|py, sql| sql.call_method0(intern!(py, "roll_back")).map(|_| ()))
    }
}

/// Returns values as a driver takes them.
fn given<'py>(py: Python<'py>, values: &[Value]) -> PyResult<Bound<'py, PyTuple>> {
    let list = PyList::empty(py);
    for value in values {
        match value {
            Value::NoInteger | Value::NoText => list.append(py.None())?,
            Value::Integer(integer) => list.append(integer)?,
            Value::Text(text) => list.append(text)?,
        }
    }
    Ok(list.to_tuple())
}

/// Reads a value of a row; a column of bytes is text in UTF-8.
fn read(value: &Bound<'_, PyAny>) -> PyResult<Value> {
    if value.is_none() {
        return Ok(Value::NoText);
    }
    if let Ok(integer) = value.extract::<i64>() {
        return Ok(Value::Integer(integer));
    }
    match value.extract::<String>() {
        Ok(text) => Ok(Value::Text(text)),
        Err(_) => Ok(Value::Text(String::from_utf8(value.extract::<Vec<u8>>()?)?)),
    }
}
