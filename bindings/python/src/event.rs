//! Events: created at once, converted to Python's types when they are read.

use std::mem::{Discriminant, discriminant};
use std::sync::{Arc, PoisonError, RwLock};

use frontdesk::Event as Core;
use frontdesk::desk::EventKind;
use frontdesk::time::{Instant, Zone};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDateTime, PyDict, PyType, PyTzInfo};
use rustc_hash::FxHashMap;

use crate::moment::{Spoken, ZoneArgument};
use crate::problem::{About, Answer};
use crate::python::{Imported, from_json};
use crate::words::text_of;

/// The data that the classes of events share.
#[pyclass(frozen, module = "frontdesk._native", freelist = 64)]
#[derive(Debug)]
pub struct Happening {
    event: Arc<Core>,
    spoken: Spoken,
}

/// An event of a desk. `frontdesk.events` has a class for each type.
#[pyclass(frozen, subclass, module = "frontdesk._native")]
pub struct Event {
    event: Arc<Core>,
    spoken: Spoken,
    data: PyOnceLock<Py<PyDict>>,
}

#[pymethods]
impl Event {
    #[new]
    fn new(py: Python<'_>, happening: &Bound<'_, Happening>) -> Event {
        let happening = happening.get();
        Event { event: Arc::clone(&happening.event), spoken: happening.spoken.clone_ref(py), data: PyOnceLock::new() }
    }

    /// The number of the event, from 1. A `refused` is not part of the log: its number is that of the next event.
    #[getter]
    fn seq(&self) -> u64 {
        self.event.seq
    }

    /// The instant of the event, in the zone of the command; for a due event, the instant at which it fell due.
    #[getter]
    fn at<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDateTime>> {
        self.spoken.tz.datetime(py, self.event.at)
    }

    /// The id of the command that caused it, if it had one.
    #[getter]
    fn id(&self) -> Option<&str> {
        self.event.id.as_deref()
    }

    /// The agent whose command caused the event; absent for events that fell due before the command.
    #[getter]
    fn by(&self) -> Option<&str> {
        self.event.by.as_deref()
    }

    /// The event as canonical JSON text: a line of a log.
    fn to_json(&self) -> String {
        self.event.to_json()
    }

    /// The event as in JSON: instants are texts, and absent values are left out, except an `until` of `None`.
    #[pyo3(signature = () -> "dict[str, Any]")]
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        from_json(py, &self.event.to_json())
    }

    /// The fields of the event; not to be modified.
    #[pyo3(signature = () -> "dict[str, Any]")]
    fn _data<'py>(&self, py: Python<'py>) -> PyResult<&Bound<'py, PyDict>> {
        let make = || Ok::<_, PyErr>(self.to_dict(py)?.cast_into::<PyDict>()?.unbind());
        Ok(self.data.get_or_try_init(py, make)?.bind(py))
    }

    /// Returns the instant of a key, in the zone of the event.
    #[pyo3(signature = (key: "str") -> "datetime | None")]
    fn _instant<'py>(&self, py: Python<'py>, key: &str) -> PyResult<Option<Bound<'py, PyDateTime>>> {
        let Some(text) = self._data(py)?.get_item(key)?.filter(|text| !text.is_none()) else { return Ok(None) };
        let at = Instant::parse_end(text.extract()?).or_raise(py, About::Event)?;
        Ok(Some(self.spoken.tz.datetime(py, at)?))
    }

    #[getter]
    fn _agent(&self) -> Option<&str> {
        self.event.kind.agent().map(|agent| agent.as_str())
    }

    #[getter]
    fn _conversation(&self) -> Option<&str> {
        self.event.kind.conversation().map(|id| id.as_str())
    }

    #[getter]
    fn _zone<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTzInfo>> {
        self.spoken.tz.bound(py)
    }

    /// The zone of sentences about the event.
    #[getter]
    fn _home<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTzInfo>> {
        self.spoken.of_sentences(py)
    }

    /// The name of the desk's zone, if the event came from a desk.
    #[getter]
    fn _home_name(&self) -> Option<&str> {
        self.spoken.home.as_ref().map(Zone::name)
    }

    fn __eq__(&self, other: &Bound<'_, PyAny>) -> bool {
        other.cast::<Event>().is_ok_and(|other| other.get().event == self.event)
    }

    fn __hash__(&self) -> u64 {
        self.event.seq
    }

    /// Reads an event from JSON, with the zone of its instants.
    #[staticmethod]
    #[pyo3(signature = (text: "str", zone: "tzinfo | str | None" = None, home: "str | None" = None) -> "events.Event")]
    fn _read<'py>(
        py: Python<'py>,
        text: &Bound<'py, PyAny>,
        zone: Option<ZoneArgument>,
        home: Option<&str>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let text = text_of(text, About::Event)?;
        let event = Core::from_json(text).or_raise(py, About::Event)?;
        let tz = zone.map(ZoneArgument::tz).unwrap_or_default();
        // An unknown zone of the desk is treated as none.
        let home = home.and_then(|home| Zone::named(home).ok());
        typed(py, Arc::new(event), &Spoken { tz, home })
    }
}

impl Event {
    pub fn core(&self) -> &Core {
        &self.event
    }

    pub fn shared(&self) -> Arc<Core> {
        Arc::clone(&self.event)
    }
}

/// Returns an event as an instance of the class of its type.
pub fn typed<'py>(py: Python<'py>, event: Arc<Core>, spoken: &Spoken) -> PyResult<Bound<'py, PyAny>> {
    class_of(py, &event)?.call1((Happening { event, spoken: spoken.clone_ref(py) },))
}

/// Returns the class for the type of an event; the name is looked up once for each variant.
fn class_of<'py>(py: Python<'py>, event: &Core) -> PyResult<Bound<'py, PyType>> {
    static CLASSES: RwLock<Option<FxHashMap<Discriminant<EventKind>, Py<PyType>>>> = RwLock::new(None);
    static NAMED: Imported = Imported::new("frontdesk.events", "_class_of");
    let variant = discriminant(&event.kind);
    {
        let classes = CLASSES.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(class) = classes.as_ref().and_then(|classes| classes.get(&variant)) {
            return Ok(class.bind(py).clone());
        }
    }
    let class = NAMED.get(py)?.call1((event.kind.as_str(),))?.cast_into::<PyType>()?;
    let mut classes = CLASSES.write().unwrap_or_else(PoisonError::into_inner);
    classes.get_or_insert_default().insert(variant, class.clone().unbind());
    Ok(class)
}
