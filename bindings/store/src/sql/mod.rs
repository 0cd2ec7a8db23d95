//! The log in SQL: the same tables and texts in every engine, over a trait that runs one statement.

mod dialect;
mod log;
mod rows;
mod schema;
mod value;

pub use self::dialect::Dialect;
pub use self::value::Value;

use frontdesk::{Code, Problem};

/// A connection, or a transaction, that runs statements.
///
/// Statements are constants of this crate with `?` for each value; [`Dialect::placed`] writes them as the driver wants.
///
/// Every method fails with `retry_transaction` where the transaction cannot go on but may succeed when it is run again: the
/// isolation level or a deadlock ended it. Any other failure is `database_failed`, in the words of the driver, without a
/// password.
pub trait Sql {
    /// Returns the dialect.
    fn dialect(&self) -> Dialect;

    /// Runs a statement, and returns the number of rows that it changed.
    fn execute(&mut self, statement: &str, values: &[Value]) -> Result<u64, Problem>;

    /// Runs a query, and returns its rows: integers and text.
    fn query(&mut self, statement: &str, values: &[Value]) -> Result<Vec<Vec<Value>>, Problem>;

    /// Begins a transaction, and returns `true`; returns `false` if the caller has begun one.
    fn begin(&mut self) -> Result<bool, Problem>;

    /// Commits the transaction that was begun here.
    fn commit(&mut self) -> Result<(), Problem>;

    /// Rolls the transaction back that was begun here.
    fn roll_back(&mut self) -> Result<(), Problem>;
}

/// A connection whose engine is chosen when the program runs.
impl Sql for Box<dyn Sql + '_> {
    fn dialect(&self) -> Dialect {
        self.as_ref().dialect()
    }

    fn execute(&mut self, statement: &str, values: &[Value]) -> Result<u64, Problem> {
        self.as_mut().execute(statement, values)
    }

    fn query(&mut self, statement: &str, values: &[Value]) -> Result<Vec<Vec<Value>>, Problem> {
        self.as_mut().query(statement, values)
    }

    fn begin(&mut self) -> Result<bool, Problem> {
        self.as_mut().begin()
    }

    fn commit(&mut self) -> Result<(), Problem> {
        self.as_mut().commit()
    }

    fn roll_back(&mut self) -> Result<(), Problem> {
        self.as_mut().roll_back()
    }
}

/// The log of turns in SQL.
#[derive(Debug)]
pub struct SqlLog<S> {
    sql: S,
    /// Whether a transaction was begun here, so that a second one is a part of it.
    is_within: bool,
}

impl<S: Sql> SqlLog<S> {
    /// Creates the log over a connection or transaction.
    pub fn new(sql: S) -> SqlLog<S> {
        SqlLog { sql, is_within: false }
    }

    /// Returns the log over any engine, so that a program can choose one when it runs.
    pub fn boxed<'a>(self) -> SqlLog<Box<dyn Sql + 'a>>
    where
        S: 'a,
    {
        SqlLog { sql: Box::new(self.sql), is_within: self.is_within }
    }

    /// Runs work in a transaction, that of the caller where there is one.
    fn within<T, E: From<Problem>>(&mut self, work: impl FnOnce(&mut Self) -> Result<T, E>) -> Result<T, E> {
        if self.is_within || !self.sql.begin()? {
            return work(self);
        }
        self.is_within = true;
        let done = work(self);
        self.is_within = false;
        match done {
            // A commit that failed may have left the transaction open: what follows would be a part of it.
            Ok(done) => self.sql.commit().map(|()| done).map_err(|problem| {
                let _ = self.sql.roll_back();
                problem.into()
            }),
            Err(error) => {
                // The first failure tells more than that of ending a transaction that it may have ended.
                let _ = self.sql.roll_back();
                Err(error)
            }
        }
    }
}

/// The problem of a row that is not as it was written.
fn unexpected(what: &str) -> Problem {
    Problem::new(Code::DamagedLog, format!("a row of the log has {what}"))
}
