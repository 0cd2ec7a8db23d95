//! The events of a command: each becomes a Python object when it is read.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use frontdesk::desk::EventKind;
use frontdesk::{Code, Event as Core, Problem};
use pyo3::exceptions::PyIndexError;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDict, PyIterator, PySlice, PyTuple, PyType};

use crate::event::{Event, typed};
use crate::moment::{Spoken, ZoneArgument};
use crate::problem::{About, Answer, raised, type_of};
use crate::python::{Imported, from_json};
use crate::words::{IdText, text_of};

/// The events of a command in order: a sequence.
///
/// A command that is not allowed or not possible raises nothing: it returns one ``Refused``, and changes nothing. Look at
/// ``refused``, or call ``raise_if_refused``:
///
/// >>> given = desk.close("c9", at="2026-11-20T09:00:00Z")
/// >>> given.refused.code
/// Code.UNKNOWN_CONVERSATION
#[pyclass(frozen, sequence, module = "frontdesk.events", name = "Events", freelist = 16)]
pub struct Events {
    events: Vec<Arc<Core>>,
    /// The objects created so far.
    made: Vec<PyOnceLock<Py<PyAny>>>,
    spoken: Spoken,
}

impl Events {
    /// Creates events with the zone of their command and that of their desk.
    pub fn given(events: Vec<Core>, spoken: Spoken) -> Events {
        Events::of(events.into_iter().map(Arc::new).collect(), spoken)
    }

    pub fn of(events: Vec<Arc<Core>>, spoken: Spoken) -> Events {
        let made = std::iter::repeat_with(PyOnceLock::new).take(events.len()).collect();
        Events { events, made, spoken }
    }

    fn at<'py>(&self, py: Python<'py>, index: usize) -> PyResult<Bound<'py, PyAny>> {
        let (Some(event), Some(made)) = (self.events.get(index), self.made.get(index)) else {
            return Err(PyIndexError::new_err("there are not so many events"));
        };
        let make = || Ok::<_, PyErr>(typed(py, Arc::clone(event), &self.spoken)?.unbind());
        Ok(made.get_or_try_init(py, make)?.bind(py).clone())
    }

    fn some(&self, py: Python<'_>, indices: impl Iterator<Item = usize>) -> Events {
        let (mut events, mut made) = (Vec::new(), Vec::new());
        for index in indices {
            events.extend(self.events.get(index).cloned());
            let cell = PyOnceLock::new();
            if let Some(known) = self.made.get(index).and_then(|it| it.get(py)) {
                // The cell is new, so it is empty.
                let _ = cell.set(py, known.clone_ref(py));
            }
            made.push(cell);
        }
        Events { events, made, spoken: self.spoken.clone_ref(py) }
    }

    fn decision_at<'py>(&self, py: Python<'py>, index: usize) -> PyResult<Bound<'py, PyAny>> {
        static DECISION: Imported = Imported::new("frontdesk.decision", "Decision");
        DECISION.get(py)?.call1((self.at(py, index)?,))
    }
}

#[pymethods]
impl Events {
    #[new]
    #[pyo3(signature = (events: "Iterable[events.Event] | None" = None))]
    fn new(events: Option<Bound<'_, PyAny>>) -> PyResult<Events> {
        let Some(events) = events else { return Ok(Events::of(Vec::new(), Spoken::default())) };
        let py = events.py();
        let (mut cores, mut made) = (Vec::new(), Vec::new());
        let each = events.try_iter().map_err(|_| not_events(&events))?;
        for event in each {
            let event = event?.cast_into::<Event>().map_err(|error| not_events(&error.into_inner()))?;
            cores.push(event.get().shared());
            let cell = PyOnceLock::new();
            let _ = cell.set(py, event.into_any().unbind());
            made.push(cell);
        }
        Ok(Events { events: cores, made, spoken: Spoken::default() })
    }

    /// The event with the reason of a refusal; ``None`` if the command was carried out.
    #[getter]
    fn refused<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        let refused = self.events.iter().position(|event| matches!(event.kind, EventKind::Refused { .. }));
        refused.map(|index| self.at(py, index)).transpose()
    }

    /// Returns the events themselves, unless the command was refused.
    ///
    /// :raises NotPermitted: the actor may not do this.
    /// :raises NotPossible: this cannot be done now.
    /// :raises NotFound: there is no such agent, team, inbox, channel or conversation; also a ``NotPossible``.
    #[pyo3(signature = () -> "Events")]
    fn raise_if_refused<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, Self>> {
        static REFUSAL: Imported = Imported::new("frontdesk.problems", "_refusal");
        let refused = slf.get().events.iter().find_map(|event| {
            let EventKind::Refused { code, message, .. } = &event.kind else { return None };
            Some((*code, message.as_str()))
        });
        let Some((code, message)): Option<(Code, &str)> = refused else { return Ok(slf.clone()) };
        Err(PyErr::from_value(REFUSAL.get(slf.py())?.call1((code.as_str(), message))?))
    }

    /// The last decision about a conversation in these events; ``None`` if there is none.
    #[getter]
    fn decision<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        let last = self.events.iter().rposition(|event| event.kind.decides());
        last.map(|index| self.decision_at(py, index)).transpose()
    }

    /// All decisions about conversations, including those that nobody gets one.
    #[getter]
    fn decisions<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let deciding = (0..).zip(&self.events).filter(|(_, event)| event.kind.decides());
        let decisions: PyResult<Vec<_>> = deciding.map(|(index, _)| self.decision_at(py, index)).collect();
        PyTuple::new(py, decisions?)
    }

    /// The events about a conversation.
    fn of_conversation(&self, py: Python<'_>, conversation: IdText<'_>) -> Events {
        let about = |event: &Core| event.kind.conversation().is_some_and(|id| *id == *conversation);
        self.some(py, (0..).zip(&self.events).filter(|(_, event)| about(event)).map(|(index, _)| index))
    }

    /// The events as JSON, one per line, for a log. Appending the text to a log gives a valid log.
    fn to_json_lines(&self) -> String {
        self.events.iter().map(|event| event.to_json() + "\n").collect()
    }

    /// The events as one JSON list, for a response. Use ``to_json_lines`` for a log.
    fn to_json(&self) -> String {
        let events: Vec<String> = self.events.iter().map(|event| event.to_json()).collect();
        format!("[{}]", events.join(","))
    }

    /// The events as in JSON.
    #[pyo3(signature = () -> "list[dict[str, Any]]")]
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        from_json(py, &self.to_json())
    }

    /// Reads events from JSON: one per line, as ``to_json_lines`` writes them, or a list, as ``to_json`` does.
    ///
    /// :param zone: the zone of their instants, and of the sentences about them; UTC if absent.
    /// :raises InvalidEvent: an event cannot be read; with its line or its index in the list.
    #[staticmethod]
    #[pyo3(signature = (text: "str", *, zone = None))]
    fn from_json(py: Python<'_>, text: &Bound<'_, PyAny>, zone: Option<ZoneArgument>) -> PyResult<Events> {
        let text = text_of(text, About::Event)?;
        let tz = zone.map(ZoneArgument::tz).unwrap_or_default();
        let events = py.detach(|| if text.trim_start().starts_with('[') { listed(text) } else { in_lines(text) });
        Ok(Events::given(events.or_raise(py, About::Event)?, Spoken { tz, home: None }))
    }

    /// The events as in JSON, under ``events``: used by ``vars``, and by FastAPI for responses without a type.
    #[getter(__dict__)]
    fn fields<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let fields = PyDict::new(py);
        fields.set_item("events", self.to_dict(py)?)?;
        Ok(fields)
    }

    /// The schema for pydantic: accepts events, or values as ``to_dict`` returns them, and dumps the latter.
    #[classmethod]
    fn __get_pydantic_core_schema__<'py>(
        cls: &Bound<'py, PyType>,
        _source: &Bound<'py, PyAny>,
        _handler: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        static SCHEMA: Imported = Imported::new("frontdesk._pydantic", "of_events");
        SCHEMA.get(cls.py())?.call1((cls,))
    }

    fn __len__(&self) -> usize {
        self.events.len()
    }

    fn __getitem__<'py>(&self, py: Python<'py>, index: Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        let length = self.events.len() as isize;
        if let Ok(slice) = index.cast::<PySlice>() {
            let within = slice.indices(length)?;
            let indices = (0..within.slicelength).map(|step| (within.start + step as isize * within.step) as usize);
            return Ok(Bound::new(py, self.some(py, indices))?.into_any());
        }
        let index: isize = index.extract()?;
        let index = if index < 0 { index + length } else { index };
        self.at(py, usize::try_from(index).unwrap_or(usize::MAX))
    }

    fn __iter__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyIterator>> {
        let all: PyResult<Vec<_>> = (0..self.events.len()).map(|index| self.at(py, index)).collect();
        PyTuple::new(py, all?)?.try_iter()
    }

    fn __eq__(&self, other: &Bound<'_, PyAny>) -> bool {
        other.cast::<Events>().is_ok_and(|other| other.get().events == self.events)
    }

    fn __hash__(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        self.events.iter().for_each(|event| event.seq.hash(&mut hasher));
        hasher.finish()
    }

    fn __repr__<'py>(slf: &Bound<'py, Self>) -> PyResult<String> {
        let shown: PyResult<Vec<String>> = slf.try_iter()?.map(|event| Ok(event?.repr()?.to_string())).collect();
        Ok(format!("Events({})", shown?.join(", ")))
    }

    #[pyo3(signature = () -> "tuple[Any, ...]")]
    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyTuple>> {
        let events = PyTuple::new(slf.py(), slf.try_iter()?.collect::<PyResult<Vec<_>>>()?)?;
        (slf.get_type(), (events,)).into_pyobject(slf.py())
    }
}

/// Reads events, one per line.
fn in_lines(text: &str) -> Result<Vec<Core>, Problem> {
    let lines = (0..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty());
    let read = |(before, line): (usize, &str)| {
        Core::from_json(line).map_err(|mut problem| {
            if let Some(position) = &mut problem.position {
                position.line += before;
            }
            problem
        })
    };
    lines.map(read).collect()
}

/// Reads the events of a list.
fn listed(text: &str) -> Result<Vec<Core>, Problem> {
    let all: Vec<serde_json::Value> = serde_json::from_str(text).map_err(|_| {
        Problem::new(Code::InvalidJson, "the text begins as a list of events, and is none")
            .with_hint("events stand one a line, or in one JSON list")
    })?;
    let read = |(place, event): (usize, &serde_json::Value)| {
        Core::from_json(&event.to_string()).map_err(|mut problem| {
            let path = problem.path.strip_prefix('$').unwrap_or(&problem.path);
            problem.path = format!("$[{place}]{path}");
            problem.position = None;
            problem
        })
    };
    (0..).zip(&all).map(read).collect()
}

/// Returns the exception for a value that is not an event, or contains none.
pub fn not_events(given: &Bound<'_, PyAny>) -> PyErr {
    let problem = Problem::new(Code::WrongType, format!("{} is not an event", type_of(given)));
    let hint = "give events as a desk gave them, or as Events.from_json reads them";
    raised(given.py(), About::Event, &[problem.with_hint(hint)])
}
