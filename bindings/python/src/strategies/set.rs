//! The callables of a desk by name.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use frontdesk::strategies::{
    Admission, AgentView, Choice, Failed, FallBack, OwnHooks, OwnStrategy, Question, Strategies,
};
use pyo3::prelude::*;
use pyo3::types::PyDict;
use pyo3::{PyTraverseError, PyVisit};
use serde_json::Value;

use super::{Callable, HooksTaken};
use crate::python::Imported;

/// Callables by name; `None` for a name without a callable yet.
#[derive(Default, Clone)]
pub struct Callables(BTreeMap<String, Option<Arc<Callable>>>);

/// The callables of a desk. The lock is held briefly, and no Python code runs meanwhile.
#[derive(Default)]
pub struct Named(Mutex<Callables>);

impl Named {
    pub fn of(callables: Callables) -> Named {
        Named(Mutex::new(callables))
    }

    pub fn now(&self) -> Callables {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub fn are_none(&self) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).are_none()
    }

    pub fn replace(&self, callables: Callables) {
        let old = std::mem::replace(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner), callables);
        drop(old);
    }

    /// Supports Python's garbage collector: a callable may hold the desk that holds it.
    pub fn traverse(&self, visit: &PyVisit<'_>) -> Result<(), PyTraverseError> {
        let Ok(callables) = self.0.try_lock() else { return Ok(()) };
        callables.0.values().flatten().try_for_each(|callable| callable.traverse(visit))
    }

    pub fn clear(&self) {
        self.now().0.values().flatten().for_each(|callable| callable.clear());
    }
}

impl std::fmt::Debug for Named {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_set().entries(self.now().0.keys()).finish()
    }
}

impl Callables {
    /// Reads a mapping of names and strategies, or names that are given later.
    pub fn given(given: &Bound<'_, PyAny>) -> PyResult<Callables> {
        static GIVEN: Imported = Imported::new("frontdesk._strategies", "given");
        type Entry<'py> = (String, Option<Bound<'py, PyAny>>, Option<(Option<String>, HooksTaken)>);
        let entries: Vec<Entry<'_>> = GIVEN.get(given.py())?.call1((given,))?.extract()?;
        let made = entries.into_iter().map(|(name, strategy, shape)| {
            let made = strategy.zip(shape).map(|(strategy, (params, hooks))| {
                Arc::new(Callable::new(strategy, params.as_deref(), hooks, true, true))
            });
            (name, made)
        });
        Ok(Callables(made.collect()))
    }

    pub fn are_none(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds a callable.
    pub fn with(mut self, name: &str, callable: Callable) -> Callables {
        self.0.insert(name.to_owned(), Some(Arc::new(callable)));
        self
    }

    /// Adds names whose callables are given later.
    pub fn announcing<'a>(mut self, names: impl Iterator<Item = &'a str>) -> Callables {
        for name in names {
            self.0.entry(name.to_owned()).or_default();
        }
        self
    }

    /// Returns a copy for another desk.
    pub fn again(&self, py: Python<'_>) -> Callables {
        let again = |callable: &Option<Arc<Callable>>| callable.as_ref().map(|it| Arc::new(it.again(py)));
        Callables(self.0.iter().map(|(name, callable)| (name.clone(), again(callable))).collect())
    }

    /// Returns the callables as a dict, `None` for those given later.
    pub fn dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let dict = PyDict::new(py);
        for (name, callable) in &self.0 {
            dict.set_item(name, callable.as_ref().and_then(|callable| callable.function(py)))?;
        }
        Ok(dict)
    }

    /// Returns the strategies for the core.
    pub fn strategies(&self) -> Strategies {
        self.0.iter().fold(Strategies::new(), |all, (name, callable)| match callable {
            Some(callable) => all.with(name, Shared(Arc::clone(callable))),
            None => all.announcing(name),
        })
    }
}

impl Callable {
    /// Creates a callable. `params` are the parameters as JSON; without them, any are accepted. `hooks` are its hooks, each with
    /// the parameters that it takes.
    pub fn new(
        function: Bound<'_, PyAny>,
        params: Option<&str>,
        hooks: HooksTaken,
        everyone: bool,
        history: bool,
    ) -> Callable {
        let params = params.and_then(|params| serde_json::from_str(params).ok());
        Callable { function: Mutex::new(Some(function.unbind())), params, hooks, everyone, history }
    }
}

/// A callable shared with the desk in Python.
struct Shared(Arc<Callable>);

impl OwnStrategy for Shared {
    fn choose(&self, question: &Question) -> Result<Choice, Failed> {
        self.0.choose(question)
    }

    fn hooks(&self) -> OwnHooks {
        self.0.hooks()
    }

    fn eligible(&self, question: &Question, agent: AgentView<'_>) -> Result<Admission, Failed> {
        self.0.eligible(question, agent)
    }

    fn priority(&self, question: &Question) -> Result<Option<i64>, Failed> {
        self.0.priority(question)
    }

    fn fallback(&self, question: &Question) -> Result<FallBack, Failed> {
        self.0.fallback(question)
    }

    fn params(&self) -> Option<BTreeMap<String, Value>> {
        self.0.params()
    }

    fn sees_everyone(&self) -> bool {
        self.0.sees_everyone()
    }

    fn sees_history(&self) -> bool {
        self.0.sees_history()
    }
}
