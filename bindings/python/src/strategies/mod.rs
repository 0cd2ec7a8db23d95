//! Strategies written in Python: a callable is called while the desk runs a command.

mod agents;
mod answer;
mod set;
mod views;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use frontdesk::Code;
use frontdesk::strategies::{Choice, Failed, OwnStrategy, Question};
use pyo3::exceptions::PyException;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};
use pyo3::{PyTraverseError, PyVisit};
use serde_json::Value;

use crate::python::{Imported, to_python};

pub use agents::{AgentView, Agents, AgentsIterator};
pub use set::{Callables, Named};
pub use views::{ChannelView, ContactView, ConversationView, DeskView, InboxView};

use views::PendingDecision;

/// A callable with its parameters.
pub struct Callable {
    /// `None` once Python's garbage collector has cleared it.
    function: Mutex<Option<Py<PyAny>>>,
    /// The parameters with their defaults; `None` if any parameter is accepted.
    params: Option<BTreeMap<String, Value>>,
    everyone: bool,
    history: bool,
}

impl Callable {
    /// Returns the Python callable.
    fn function<'py>(&self, py: Python<'py>) -> Option<Bound<'py, PyAny>> {
        let function = self.function.lock().unwrap_or_else(PoisonError::into_inner);
        function.as_ref().map(|function| function.bind(py).clone())
    }

    /// Returns a copy for another desk, with its own reference.
    fn again(&self, py: Python<'_>) -> Callable {
        let function = Mutex::new(self.function(py).map(Bound::unbind));
        Callable { function, params: self.params.clone(), everyone: self.everyone, history: self.history }
    }

    fn traverse(&self, visit: &PyVisit<'_>) -> Result<(), PyTraverseError> {
        // A locked callable is in use, and therefore alive.
        self.function.try_lock().map_or(Ok(()), |function| function.as_ref().map_or(Ok(()), |it| visit.call(it)))
    }

    fn clear(&self) {
        let function = self.function.lock().unwrap_or_else(PoisonError::into_inner).take();
        drop(function);
    }

    fn ask(&self, py: Python<'_>, question: &Question) -> PyResult<Result<Choice, Failed>> {
        let Some(function) = self.function(py) else { return Ok(Err(Failed::new("the strategy is gone"))) };
        let decision = Arc::new(PendingDecision::new(question.clone()));
        let views = (Agents::candidates(&decision), ConversationView::of(&decision), DeskView::of(&decision));
        let keywords = PyDict::new(py);
        for (name, value) in question.params() {
            keywords.set_item(name, to_python(py, value)?)?;
        }
        let views: Bound<'_, PyTuple> = views.into_pyobject(py)?;
        answer::read(&function.call(views, Some(&keywords))?)
    }
}

impl OwnStrategy for Callable {
    fn choose(&self, question: &Question) -> Result<Choice, Failed> {
        if Interrupt::is_there() {
            return Err(stopped());
        }
        let choice = Python::try_attach(|py| {
            let answer = self.ask(py, question);
            answer.unwrap_or_else(|error| Err(failed(py, error)))
        });
        choice.unwrap_or_else(|| Err(Failed::new("Python is shutting down")))
    }

    fn params(&self) -> Option<BTreeMap<String, Value>> {
        self.params.clone()
    }

    fn sees_everyone(&self) -> bool {
        self.everyone
    }

    fn sees_history(&self) -> bool {
        self.history
    }
}

/// Converts an exception of a callable to a failure. An interrupt is kept, to be raised by the command.
fn failed(py: Python<'_>, error: PyErr) -> Failed {
    static DESCRIBED: Imported = Imported::new("frontdesk._strategies", "described");
    if !error.is_instance_of::<PyException>(py) {
        Interrupt::keep(error);
        return stopped();
    }
    type Description = (String, String, Option<String>, Option<usize>, Vec<String>);
    let described = || DESCRIBED.get(py)?.call1((error.value(py), error.traceback(py)))?.extract::<Description>();
    match described() {
        Ok((code, message, file, line, calls)) => {
            Failed { file: file.map(|file| file.as_str().into()), line, calls, ..Failed::new(message).with_code(&code) }
        }
        Err(_) => Failed::new("the strategy raised an exception that cannot be described"),
    }
}

/// Returns the failure that undoes the command.
fn stopped() -> Failed {
    Failed::new("the strategy was stopped").with_code(Code::TimeIsUp.as_str())
}

thread_local!(static INTERRUPT: RefCell<Option<PyErr>> = const { RefCell::new(None) });

/// An exception that stops a command from within a strategy: Ctrl-C, or the end of the program.
pub struct Interrupt;

impl Interrupt {
    fn is_there() -> bool {
        INTERRUPT.with_borrow(Option::is_some)
    }

    /// Keeps the exception of an interruption.
    pub fn keep(error: PyErr) {
        INTERRUPT.set(Some(error));
    }

    /// Returns the exception that stopped the command or question of this thread.
    pub fn take() -> Option<PyErr> {
        INTERRUPT.take()
    }
}
