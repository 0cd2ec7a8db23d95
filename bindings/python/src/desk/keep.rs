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
use crate::turn::Turn;
use crate::words::{text_of, truth};

/// Turns with so many events take long enough for other threads to run Python meanwhile.
const MANY: usize = 200;

#[pymethods]
impl Desk {
    /// The whole desk as JSON text; equal desks give equal bytes.
    fn snapshot(&self, py: Python<'_>) -> PyResult<String> {
        self.desk.look_long(py, |desk| desk.snapshot())
    }

    /// Applies a turn, whole or not at all; or one event of a log from before there were turns. Nothing is decided again: no
    /// schedule, script or strategy is asked.
    ///
    /// A turn has to be the next one. The first turn changes nothing: its document has to be that of the desk. A turn
    /// without a number changes nothing either.
    ///
    /// :param event: a ``Turn``, or an event.
    /// :raises InvalidTurn: the turn is not the next one of this desk, or does not fit it; the desk is as it was.
    /// :raises InvalidEvent: the event is not the next one of this desk; it is not applied.
    #[pyo3(signature = (event: "Turn | events.Event"))]
    fn apply(&self, py: Python<'_>, event: &Bound<'_, PyAny>) -> PyResult<()> {
        if let Ok(turn) = event.cast::<Turn>() {
            let turn = turn.get().core();
            let is_quick = |desk: &Core| is_small(desk) && turn.events().len() < MANY;
            return self.desk.change(py, is_quick, |desk| desk.apply(turn))?.or_raise(py, About::Turn);
        }
        let event = event.cast::<Event>().map_err(|_| not_events(event))?.get().core();
        self.desk.change(py, is_small, |desk| desk.apply(event))?.or_raise(py, About::Event)
    }

    /// Checks that the events applied one by one end where those of a command did.
    ///
    /// :raises InvalidEvent: the events of the last command are incomplete.
    fn check_complete(&self, py: Python<'_>) -> PyResult<()> {
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

    /// Rebuilds a desk of this class from turns.
    #[classmethod]
    #[pyo3(signature = (turns: "Iterable[Turn]", scripts, strategies, explain: "bool"))]
    fn _rebuild<'py>(
        cls: &Bound<'py, PyType>,
        py: Python<'py>,
        turns: &Bound<'py, PyAny>,
        scripts: Option<Bound<'py, PyAny>>,
        strategies: Option<Bound<'py, PyAny>>,
        #[pyo3(from_py_with = truth)] explain: bool,
    ) -> PyResult<Bound<'py, PyAny>> {
        let turns = turns.try_iter()?.map(|turn| Ok(turn?.cast_into::<Turn>()?.get().shared()));
        let turns = turns.collect::<PyResult<Vec<_>>>()?;
        let desk =
            long(py, About::Turn, || Core::rebuild(turns.iter().map(|turn| &**turn)))?.or_raise(py, About::Turn)?;
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
    pub fn new(desk: Core, strategies: Option<Callables>) -> Kept {
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
