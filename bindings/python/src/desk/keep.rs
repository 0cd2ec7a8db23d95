//! Keeping a desk: snapshots, events and copies.

use std::sync::{Mutex, PoisonError};

use frontdesk::Desk as Core;
use pyo3::prelude::*;
use pyo3::types::{IntoPyDict, PyType};

use super::Desk;
use super::command::is_small;
use crate::event::Event;
use crate::events::not_events;
use crate::patience::long;
use crate::problem::{About, Answer};
use crate::strategies::Callables;
use crate::words::{text_of, truth};

#[pymethods]
impl Desk {
    /// The whole desk as JSON text; equal desks give equal bytes.
    fn snapshot(&self, py: Python<'_>) -> PyResult<String> {
        self.desk.look_long(py, |desk| desk.snapshot())
    }

    /// Applies an event that a desk like this one returned before. The document and all its events, in order, rebuild a desk
    /// exactly.
    ///
    /// :raises InvalidEvent: the event is not the next one of this desk; it is not applied.
    #[pyo3(signature = (event: "events.Event"))]
    fn apply(&self, py: Python<'_>, event: &Bound<'_, PyAny>) -> PyResult<()> {
        let event = event.cast::<Event>().map_err(|_| not_events(event))?.get().core();
        self.desk.change(py, is_small, |desk| desk.apply(event))?.or_raise(py, About::Event)
    }

    /// Checks that the applied events end where a command did.
    ///
    /// :raises InvalidEvent: the events of the last command are incomplete.
    fn _check_complete(&self, py: Python<'_>) -> PyResult<()> {
        self.desk.look_long(py, Core::check_complete)?.or_raise(py, About::Event)
    }

    /// Restores a desk of this class from a snapshot.
    #[classmethod]
    #[pyo3(signature = (snapshot: "str", scripts, strategies, explain: "bool"))]
    fn _restore<'py>(
        cls: &Bound<'py, PyType>,
        py: Python<'py>,
        snapshot: &Bound<'py, PyAny>,
        scripts: Option<Bound<'py, PyAny>>,
        strategies: Option<Bound<'py, PyAny>>,
        #[pyo3(from_py_with = truth)] explain: bool,
    ) -> PyResult<Bound<'py, PyAny>> {
        let snapshot = text_of(snapshot, About::Snapshot)?;
        let desk = long(py, About::Snapshot, || Core::restore(snapshot))?.or_raise(py, About::Snapshot)?;
        let keywords = [("explain", explain)].into_py_dict(py)?;
        keywords.set_item("scripts", scripts)?;
        keywords.set_item("strategies", strategies)?;
        cls.call((Kept::new(desk, None),), Some(&keywords))
    }

    /// An independent copy of the desk.
    fn _copy<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        let desk = slf.get().desk.look_long(slf.py(), Core::clone)?;
        let keywords = [("explain", slf.get().explain)].into_py_dict(slf.py())?;
        keywords.set_item("scripts", slf.get().scripts(slf.py()))?;
        let strategies = slf.get().strategies_again(slf.py());
        slf.get_type().call((Kept::new(desk, Some(strategies)),), Some(&keywords))
    }
}

/// A desk that is being moved into a Python object.
#[pyclass(frozen, module = "frontdesk._native")]
pub struct Kept {
    desk: Mutex<Option<Core>>,
    /// The strategies of the desk, if there are any.
    strategies: Option<Callables>,
}

impl Kept {
    fn new(desk: Core, strategies: Option<Callables>) -> Kept {
        Kept { desk: Mutex::new(Some(desk)), strategies: strategies.filter(|strategies| !strategies.are_none()) }
    }

    pub fn strategies(&self) -> Option<Callables> {
        self.strategies.clone()
    }

    /// Takes the desk out; `None` if it was taken before.
    pub fn take(&self) -> Option<Core> {
        self.desk.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}
