//! The log in SQL: the same tables and texts in every engine, over a trait that runs one statement.

mod append;
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
/// Statements are constants of this crate with `?` for each value; [`Dialect::placed`] writes them as the driver wants. Those
/// without values may be about savepoints, which MySQL does not prepare.
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

    /// Begins a transaction, and returns `true`; returns `false` if the caller has begun one, which the log then is a part of: it
    /// sets savepoints in it.
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
        self.over(|sql| Box::new(sql) as Box<dyn Sql + 'a>)
    }

    /// Returns the log over another connection, made of this one.
    pub(crate) fn over<T>(self, other: impl FnOnce(S) -> T) -> SqlLog<T> {
        SqlLog { sql: other(self.sql), is_within: self.is_within }
    }

    /// Runs statements whose writes are there together or not at all, though the caller goes on after a failure.
    fn within<T, E: From<Problem>>(&mut self, work: impl FnOnce(&mut Self) -> Result<T, E>) -> Result<T, E> {
        if self.is_within {
            return work(self);
        }
        if self.sql.begin()? {
            return self.ended_by(S::commit, S::roll_back, work);
        }
        if self.sql.dialect().ends_with_a_failure() { work(self) } else { self.in_savepoint("frontdesk_log", work) }
    }

    /// Runs work that may fail by itself, in a savepoint of the caller's transaction where there is one.
    fn within_savepoint<T, E: From<Problem>>(&mut self, work: impl FnOnce(&mut Self) -> Result<T, E>) -> Result<T, E> {
        if self.is_within {
            return work(self);
        }
        if self.sql.begin()? {
            self.ended_by(S::commit, S::roll_back, work)
        } else {
            self.in_savepoint("frontdesk_log", work)
        }
    }

    /// Runs work that is undone if it fails, though the work around it goes on.
    fn undone_alone<T, E: From<Problem>>(&mut self, work: impl FnOnce(&mut Self) -> Result<T, E>) -> Result<T, E> {
        // By another name than the savepoint around it, which MySQL would replace.
        if self.is_within { self.in_savepoint("frontdesk_part", work) } else { self.within_savepoint(work) }
    }

    fn in_savepoint<T, E: From<Problem>>(
        &mut self,
        name: &'static str,
        work: impl FnOnce(&mut Self) -> Result<T, E>,
    ) -> Result<T, E> {
        self.sql.execute(&format!("SAVEPOINT {name}"), &[])?;
        self.ended_by(|sql| release(sql, name), |sql| undo(sql, name), work)
    }

    /// Runs work, and ends the transaction or savepoint that was begun for it.
    fn ended_by<T, E: From<Problem>>(
        &mut self,
        done: impl FnOnce(&mut S) -> Result<(), Problem>,
        undo: impl FnOnce(&mut S) -> Result<(), Problem>,
        work: impl FnOnce(&mut Self) -> Result<T, E>,
    ) -> Result<T, E> {
        let was_within = std::mem::replace(&mut self.is_within, true);
        let worked = work(self);
        self.is_within = was_within;
        match worked {
            // A commit that failed may have left the transaction open: what follows would be a part of it.
            Ok(worked) => done(&mut self.sql).map(|()| worked).map_err(|problem| {
                let _ = undo(&mut self.sql);
                problem.into()
            }),
            Err(error) => {
                // The first failure tells more than that of ending a transaction that it may have ended.
                let _ = undo(&mut self.sql);
                Err(error)
            }
        }
    }
}

/// Forgets the savepoint. In MySQL the next one of its name replaces it, which saves a round trip.
fn release<S: Sql>(sql: &mut S, savepoint: &str) -> Result<(), Problem> {
    if sql.dialect() == Dialect::Mysql {
        return Ok(());
    }
    sql.execute(&format!("RELEASE SAVEPOINT {savepoint}"), &[]).map(|_| ())
}

/// Goes back to the savepoint, and forgets it.
fn undo<S: Sql>(sql: &mut S, savepoint: &str) -> Result<(), Problem> {
    sql.execute(&format!("ROLLBACK TO SAVEPOINT {savepoint}"), &[])?;
    release(sql, savepoint)
}

/// The problem of a row that is not as it was written.
fn unexpected(what: &str) -> Problem {
    Problem::new(Code::DamagedLog, format!("a row of the log has {what}"))
}
