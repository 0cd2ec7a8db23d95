//! Turns: a command with all its events, as it is stored and applied.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Arc, OnceLock};

use frontdesk::{Event as CoreEvent, Turn as Core};
use pyo3::prelude::*;
use pyo3::types::{PyDateTime, PyDict, PyTuple, PyType};

use crate::desk::document::document;
use crate::events::Events;
use crate::moment::{Spoken, ZoneArgument};
use crate::patience::long;
use crate::problem::{About, Answer};
use crate::python::{Imported, from_json};
use crate::words::text_of;

/// A command with all its events, or the document that a desk began with: what is stored of a desk.
///
/// Turns are numbered from 1 without a gap. The first holds the document; ``propose`` gives the others. Store each before it
/// is applied, and all of them rebuild the desk:
///
/// >>> from frontdesk import Desk, Turn
/// >>> desk = Desk({"version": 1, "time_zone": "UTC", "agents": [{"id": "anna"}]})
/// >>> log = [Turn.first(desk.document())]
/// >>> turn = desk.propose({"type": "set_status", "at": "2026-11-20T09:00:00Z", "agent": "anna", "status": "away"})
/// >>> log.append(turn)
/// >>> desk.apply(turn)
/// >>> Desk.rebuild(Turn.from_json(turn.to_json()) for turn in log).turn
/// 2
///
/// A command that is refused, or gives nothing, has a turn without a number: there is nothing to store, and to apply it
/// changes nothing.
#[pyclass(frozen, module = "frontdesk", name = "Turn")]
pub struct Turn {
    turn: Arc<Core>,
    spoken: Spoken,
    events: OnceLock<Vec<Arc<CoreEvent>>>,
}

impl Turn {
    /// Creates a turn with the zone of its command and that of its desk.
    pub fn given(turn: Core, spoken: Spoken) -> Turn {
        Turn { turn: Arc::new(turn), spoken, events: OnceLock::new() }
    }

    pub fn core(&self) -> &Core {
        &self.turn
    }

    pub fn shared(&self) -> Arc<Core> {
        Arc::clone(&self.turn)
    }
}

#[pymethods]
impl Turn {
    /// The first turn of a desk, with its document.
    ///
    /// :param document: The document, as ``Desk`` takes it; ``desk.document()`` for a desk that has had events before.
    /// :raises InvalidDocument: The document has problems.
    #[staticmethod]
    #[pyo3(signature = (document: "Document"))]
    fn first(py: Python<'_>, document: Bound<'_, PyAny>) -> PyResult<Turn> {
        Ok(Turn::given(Core::first(self::document(py, &document)?), Spoken::default()))
    }

    /// Reads a turn from JSON text. Unknown keys are ignored.
    ///
    /// :param zone: The zone of its instants, and of sentences about its events; UTC if absent.
    /// :raises InvalidTurn: The turn cannot be read, is cut short or contradicts itself, with all its problems.
    #[staticmethod]
    #[pyo3(signature = (text: "str", *, zone: "tzinfo | str | None" = None))]
    fn from_json(py: Python<'_>, text: &Bound<'_, PyAny>, zone: Option<ZoneArgument>) -> PyResult<Turn> {
        let text = text_of(text, About::Turn)?;
        let turn = long(py, About::Turn, || Core::from_json(text))?.or_raise(py, About::Turn)?;
        Ok(Turn::given(turn, Spoken { tz: zone.map(ZoneArgument::tz).unwrap_or_default(), home: None }))
    }

    /// The version of the format, 1.
    #[getter]
    fn version(&self) -> u8 {
        1
    }

    /// The number, from 1; ``None`` if the command was refused, or gave no events: then there is nothing to store.
    #[getter]
    fn turn(&self) -> Option<u64> {
        self.turn.turn()
    }

    /// The instant of the command, in its zone; ``None`` for the first turn.
    #[getter]
    fn at<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyDateTime>>> {
        self.spoken.tz.maybe(py, self.turn.at())
    }

    /// Your id of the command, if it had one.
    #[getter]
    fn command_id(&self) -> Option<&str> {
        self.turn.command_id().map(|id| id.as_str())
    }

    /// The command as in JSON, which ``desk.handle`` takes; ``None`` for the first turn.
    #[getter]
    fn command<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyDict>>> {
        self.turn.command_json().map(|command| object(py, &command)).transpose()
    }

    /// The events; none for the first turn.
    #[getter]
    fn events(&self, py: Python<'_>) -> Events {
        let shared = self.events.get_or_init(|| self.turn.events().iter().cloned().map(Arc::new).collect());
        Events::of(shared.clone(), self.spoken.clone_ref(py))
    }

    /// The document as in JSON; ``None`` but for the first turn.
    #[getter]
    fn document<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyDict>>> {
        let text = self.turn.document().map(|document| serde_json::to_string(document).unwrap_or_default());
        text.map(|text| object(py, &text)).transpose()
    }

    /// The turn as canonical JSON text: a line of a log.
    fn to_json(&self, py: Python<'_>) -> String {
        py.detach(|| self.turn.to_json())
    }

    /// The turn as in JSON.
    #[pyo3(signature = () -> "dict[str, Any]")]
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        from_json(py, &self.to_json(py))
    }

    /// The turn as in JSON: used by ``vars``, and by FastAPI for responses without a type.
    #[getter(__dict__)]
    fn fields<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        object(py, &self.to_json(py))
    }

    /// The schema for pydantic: accepts turns, or values as ``to_dict`` returns them, and dumps the latter.
    #[classmethod]
    fn __get_pydantic_core_schema__<'py>(
        cls: &Bound<'py, PyType>,
        _source: &Bound<'py, PyAny>,
        _handler: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        static SCHEMA: Imported = Imported::new("frontdesk._pydantic", "of_turn");
        SCHEMA.get(cls.py())?.call1((cls,))
    }

    fn __eq__(&self, other: &Bound<'_, PyAny>) -> bool {
        other.cast::<Turn>().is_ok_and(|other| other.get().turn == self.turn)
    }

    fn __hash__(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        (self.turn.turn(), self.turn.at(), self.turn.events().len()).hash(&mut hasher);
        hasher.finish()
    }

    fn __repr__(&self) -> String {
        let number = self.turn.turn().map_or("without a number".to_owned(), |number| number.to_string());
        let content = match (self.turn.document(), self.turn.at()) {
            (None, Some(at)) => format!("at {at}, {} events", self.turn.events().len()),
            _ => "the document".to_owned(),
        };
        format!("<Turn {number}: {content}>")
    }

    #[pyo3(signature = () -> "tuple[Any, ...]")]
    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyTuple>> {
        let read = slf.get_type().getattr("from_json")?;
        (read, (slf.get().to_json(slf.py()),)).into_pyobject(slf.py())
    }
}

/// Returns a JSON object as a dict.
fn object<'py>(py: Python<'py>, text: &str) -> PyResult<Bound<'py, PyDict>> {
    Ok(from_json(py, text)?.cast_into::<PyDict>()?)
}
