//! Strategies written in Python: a callable, or the methods of an object, are called while the desk runs a command.

mod agents;
mod answer;
mod set;
mod views;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use frontdesk::Code;
use frontdesk::strategies::{
    Admission, AgentView as CoreAgent, Choice, Failed, FallBack, OwnHooks, OwnStrategy, Question,
};
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

/// The hooks of a strategy by name, each with the parameters that it takes; `None` if it takes any.
pub type HooksTaken = BTreeMap<String, Option<Vec<String>>>;

const CHOOSE: &str = "choose";
const ELIGIBLE: &str = "eligible";
const PRIORITY: &str = "priority";
const FALLBACK: &str = "fallback";

/// A callable, or an object with hooks, with its parameters.
pub struct Callable {
    /// `None` once Python's garbage collector has cleared it.
    function: Mutex<Option<Py<PyAny>>>,
    /// The parameters with their defaults; `None` if any parameter is accepted.
    params: Option<BTreeMap<String, Value>>,
    hooks: HooksTaken,
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
        let (params, hooks) = (self.params.clone(), self.hooks.clone());
        Callable { function, params, hooks, everyone: self.everyone, history: self.history }
    }

    fn traverse(&self, visit: &PyVisit<'_>) -> Result<(), PyTraverseError> {
        // A locked callable is in use, and therefore alive.
        self.function.try_lock().map_or(Ok(()), |function| function.as_ref().map_or(Ok(()), |it| visit.call(it)))
    }

    fn clear(&self) {
        let function = self.function.lock().unwrap_or_else(PoisonError::into_inner).take();
        drop(function);
    }

    /// Calls a hook, unless an interrupt has stopped the command, and reads its answer.
    fn call<T>(
        &self,
        hook: &str,
        question: &Question,
        views: impl for<'py> FnOnce(Python<'py>, &Arc<PendingDecision>) -> PyResult<Bound<'py, PyTuple>>,
        read: impl FnOnce(&Bound<'_, PyAny>) -> PyResult<Result<T, Failed>>,
    ) -> Result<T, Failed> {
        if Interrupt::is_there() {
            return Err(stopped());
        }
        let answer = Python::try_attach(|py| {
            let answer = self.ask(py, hook, question, views, read);
            answer.unwrap_or_else(|error| Err(failed(py, error)))
        });
        answer.unwrap_or_else(|| Err(Failed::new("Python is shutting down")))
    }

    fn ask<'py, T>(
        &self,
        py: Python<'py>,
        hook: &str,
        question: &Question,
        views: impl FnOnce(Python<'py>, &Arc<PendingDecision>) -> PyResult<Bound<'py, PyTuple>>,
        read: impl FnOnce(&Bound<'_, PyAny>) -> PyResult<Result<T, Failed>>,
    ) -> PyResult<Result<T, Failed>> {
        let Some(strategy) = self.function(py) else { return Ok(Err(Failed::new("the strategy is gone"))) };
        let method = strategy.getattr_opt(hook)?;
        let decision = Arc::new(PendingDecision::new(question.clone()));
        let taken = self.hooks.get(hook).and_then(Option::as_ref);
        let keywords = PyDict::new(py);
        let params = question.params().iter();
        for (name, value) in params.filter(|(name, _)| taken.is_none_or(|taken| taken.contains(name))) {
            keywords.set_item(name, to_python(py, value)?)?;
        }
        read(&method.unwrap_or(strategy).call(views(py, &decision)?, Some(&keywords))?)
    }
}

/// Returns the views of the hook that chooses.
fn of_candidates<'py>(py: Python<'py>, decision: &Arc<PendingDecision>) -> PyResult<Bound<'py, PyTuple>> {
    (Agents::candidates(decision), ConversationView::of(decision), DeskView::of(decision)).into_pyobject(py)
}

/// Returns the views of a hook about an agent.
fn of_agent<'py>(py: Python<'py>, decision: &Arc<PendingDecision>, place: usize) -> PyResult<Bound<'py, PyTuple>> {
    (AgentView::at(decision, place), ConversationView::of(decision), DeskView::of(decision)).into_pyobject(py)
}

/// Returns the views of a hook about the conversation alone.
fn of_conversation<'py>(py: Python<'py>, decision: &Arc<PendingDecision>) -> PyResult<Bound<'py, PyTuple>> {
    (ConversationView::of(decision), DeskView::of(decision)).into_pyobject(py)
}

impl OwnStrategy for Callable {
    fn choose(&self, question: &Question) -> Result<Choice, Failed> {
        self.call(CHOOSE, question, of_candidates, answer::choice)
    }

    fn hooks(&self) -> OwnHooks {
        let has = |hook| self.hooks.contains_key(hook);
        OwnHooks { eligible: has(ELIGIBLE), priority: has(PRIORITY), fallback: has(FALLBACK) }
    }

    fn eligible(&self, question: &Question, agent: CoreAgent<'_>) -> Result<Admission, Failed> {
        let place = agent.place();
        self.call(ELIGIBLE, question, |py, decision| of_agent(py, decision, place), answer::admission)
    }

    fn priority(&self, question: &Question) -> Result<Option<i64>, Failed> {
        self.call(PRIORITY, question, of_conversation, answer::priority)
    }

    fn fallback(&self, question: &Question) -> Result<FallBack, Failed> {
        self.call(FALLBACK, question, of_conversation, answer::fallback)
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
