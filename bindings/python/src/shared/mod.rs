//! The shared desk, over a connection of the application. `frontdesk.shared` in Python says how each kind of connection runs a
//! statement; everything else is that of the crate `frontdesk-store`.

mod commands;
mod past;
mod sql;

use std::sync::{Arc, Mutex, PoisonError};

use frontdesk::{Options, Problems, Reader};
use frontdesk_store::{Answer, SharedDesk as Core, SqlLog};
use pyo3::prelude::*;

use self::sql::{Failure, PySql};
use crate::desk::document::document_with;
use crate::events::Events;
use crate::moment::{At, Spoken};
use crate::problem::{About, raised};
use crate::scripts::given;
use crate::words::truth;

/// The native half of a shared desk.
#[pyclass(frozen, subclass, weakref, module = "frontdesk._native")]
#[derive(Debug)]
pub struct SharedDesk {
    desk: Mutex<Core>,
    /// Runs statements.
    sql: Py<PyAny>,
    /// The exception of the application's connection or clock that ended the last call.
    failure: Failure,
}

/// The log over a connection of the application.
type Log = SqlLog<PySql>;

/// Makes the tables, or brings them up to date.
#[pyfunction]
#[pyo3(signature = (sql: "Any"))]
pub fn migrate(py: Python<'_>, sql: Py<PyAny>) -> PyResult<()> {
    let failure = Failure::default();
    let mut log = SqlLog::new(PySql::new(py, &sql, &failure)?);
    let done = py.detach(|| log.migrate());
    failure.or(py, done.map_err(Into::into))
}

/// The desks that have to be advanced by now, or have commands to be decided.
#[pyfunction]
#[pyo3(signature = (sql: "Any", at: "At", most: "int"))]
pub fn due(py: Python<'_>, sql: Py<PyAny>, at: &Bound<'_, PyAny>, most: usize) -> PyResult<Vec<String>> {
    let at = At::given(at, About::Question, "$.at")?.instant.millis();
    let failure = Failure::default();
    let mut log = SqlLog::new(PySql::new(py, &sql, &failure)?);
    let done = py.detach(|| frontdesk_store::Log::due(&mut log, at, most));
    failure.or(py, done.map_err(Into::into))
}

#[pymethods]
impl SharedDesk {
    /// Loads a desk, or creates it if a document is given.
    #[new]
    #[pyo3(signature = (sql: "Any", name: "str", document: "Document | None", scripts: "ScriptSource | None", explain: "bool",
        clock: "Callable[[], At] | None", skew: "float | None"))]
    #[allow(clippy::too_many_arguments)] // Those of Python's class.
    fn new(
        py: Python<'_>,
        sql: Py<PyAny>,
        name: &str,
        document: Option<Bound<'_, PyAny>>,
        scripts: Option<Bound<'_, PyAny>>,
        #[pyo3(from_py_with = truth)] explain: bool,
        clock: Option<Py<PyAny>>,
        skew: Option<f64>,
    ) -> PyResult<SharedDesk> {
        let scripts = scripts.map(given).transpose()?;
        let mut reader = Reader::new();
        if let Some(scripts) = &scripts {
            reader = reader.scripts(scripts.get().scripts.clone());
        }
        let document = document.map(|document| document_with(py, &document, &reader)).transpose()?;
        let failure = Failure::default();
        let mut log = SqlLog::new(PySql::new(py, &sql, &failure)?);
        let loaded = py.detach(|| match document {
            Some(document) => Core::create_with(&mut log, name, document, reader),
            None => Core::load_with(&mut log, name, reader),
        });
        let mut desk = failure.or(py, loaded)?.with_options(Options::default().explain(explain));
        if let Some(clock) = clock {
            let failure = failure.clone();
            desk = desk.with_clock(move || now(&clock, &failure));
        }
        if let Some(seconds) = skew {
            desk = desk.with_skew((seconds * 1000.0) as i64);
        }
        Ok(SharedDesk { desk: Mutex::new(desk), sql, failure })
    }

    /// The name of the desk.
    #[getter]
    fn name(&self, py: Python<'_>) -> String {
        py.detach(|| self.look(|desk| desk.name().to_owned()))
    }

    /// The number of the last turn that was read.
    #[getter]
    fn turn(&self, py: Python<'_>) -> u64 {
        py.detach(|| self.look(Core::turn))
    }

    /// The digest of the last turn that was read, and of all turns before it.
    #[getter]
    fn digest(&self, py: Python<'_>) -> String {
        py.detach(|| self.look(|desk| desk.digest().to_string()))
    }
}

impl SharedDesk {
    fn look<T>(&self, look: impl FnOnce(&Core) -> T) -> T {
        look(&self.desk.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Runs work on the desk and its log, while other threads run Python. It is done on a copy, put back afterwards: a thread that
    /// waits in the database for another one's commit must not have what that one needs to get there.
    fn with_log<T: Send>(
        &self,
        py: Python<'_>,
        work: impl FnOnce(&mut Core, &mut Log) -> Result<T, Problems> + Send,
    ) -> PyResult<T> {
        let mut log = SqlLog::new(PySql::new(py, &self.sql, &self.failure)?);
        let done = py.detach(|| {
            let mut desk = self.look(Core::clone);
            let done = work(&mut desk, &mut log);
            *self.desk.lock().unwrap_or_else(PoisonError::into_inner) = desk;
            done
        });
        self.failure.or(py, done)
    }

    /// Runs work that gives an answer; returns its events.
    fn events_of(
        &self,
        py: Python<'_>,
        work: impl FnOnce(&mut Core, &mut Log) -> Result<Option<Answer>, Problems> + Send,
    ) -> PyResult<Option<Events>> {
        Ok(self.events_of_all(py, |desk, log| Ok(vec![work(desk, log)?]))?.pop().flatten())
    }

    /// Runs work that gives answers; returns the events of each.
    fn events_of_all(
        &self,
        py: Python<'_>,
        work: impl FnOnce(&mut Core, &mut Log) -> Result<Vec<Option<Answer>>, Problems> + Send,
    ) -> PyResult<Vec<Option<Events>>> {
        let (answers, zone) = self.with_log(py, |desk, log| {
            let answers = work(desk, log)?;
            Ok((answers, desk.known().time_zone().clone()))
        })?;
        let spoken = || Spoken { home: Some(zone.clone()), ..Spoken::default() };
        let events = |answer: Answer| Events::given(answer.events().to_vec(), spoken());
        Ok(answers.into_iter().map(|answer| answer.map(events)).collect())
    }
}

/// Returns the time of a clock of the application, in milliseconds of UTC.
fn now(clock: &Py<PyAny>, failure: &Failure) -> i64 {
    let asked = Python::attach(|py| {
        let at = clock.bind(py).call0()?;
        Ok::<_, PyErr>(At::given(&at, About::Question, "$.clock")?.instant.millis())
    });
    asked.unwrap_or_else(|error| failure.keep(error))
}

/// Returns the exception for problems of a log.
fn logged(py: Python<'_>, problems: &Problems) -> PyErr {
    raised(py, About::Log, problems)
}

/// A value that several calls share.
type Shared<T> = Arc<Mutex<T>>;
