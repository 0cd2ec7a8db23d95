//! The events that a command gave: each becomes an object of Python's when it is looked at.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use frontdesk::desk::What;
use frontdesk::{Code, Event as Core};
use pyo3::exceptions::PyIndexError;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyIterator, PySlice, PyTuple};

use crate::event::{Event, typed};
use crate::moment::Tz;
use crate::problem::{About, Answer};
use crate::python::Imported;
use crate::words::{Text, text_of};

/// The events that a command gave, in their order: a sequence.
///
/// A command that was not allowed or not possible raises nothing: it gives one ``Refused``, and has changed nothing. Look at
/// ``refused``, or let ``raise_if_refused`` raise:
///
/// >>> given = desk.close("c9", at="2026-11-20T09:00:00Z")
/// >>> given.refused.code
/// Code.UNKNOWN_CONVERSATION
#[pyclass(frozen, sequence, module = "frontdesk.events", name = "Events", freelist = 16)]
pub struct Events {
    events: Vec<Arc<Core>>,
    /// Those that were looked at.
    made: Vec<PyOnceLock<Py<PyAny>>>,
    tz: Tz,
}

impl Events {
    /// Events in the zone of their command.
    pub fn given(events: Vec<Core>, tz: Tz) -> Events {
        Events::of(events.into_iter().map(Arc::new).collect(), tz)
    }

    fn of(events: Vec<Arc<Core>>, tz: Tz) -> Events {
        let made = std::iter::repeat_with(PyOnceLock::new).take(events.len()).collect();
        Events { events, made, tz }
    }

    fn at<'py>(&self, py: Python<'py>, index: usize) -> PyResult<Bound<'py, PyAny>> {
        let (Some(event), Some(made)) = (self.events.get(index), self.made.get(index)) else {
            return Err(PyIndexError::new_err("there are not so many events"));
        };
        let make = || Ok::<_, PyErr>(typed(py, Arc::clone(event), &self.tz)?.unbind());
        Ok(made.get_or_try_init(py, make)?.bind(py).clone())
    }

    fn some(&self, py: Python<'_>, indices: impl Iterator<Item = usize>) -> Events {
        let (mut events, mut made) = (Vec::new(), Vec::new());
        for index in indices {
            events.extend(self.events.get(index).cloned());
            let cell = PyOnceLock::new();
            if let Some(known) = self.made.get(index).and_then(|it| it.get(py)) {
                // The cell is new: nobody has set it.
                let _ = cell.set(py, known.clone_ref(py));
            }
            made.push(cell);
        }
        Events { events, made, tz: self.tz.clone_ref(py) }
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
        let Some(events) = events else { return Ok(Events::of(Vec::new(), Tz::default())) };
        let py = events.py();
        let (mut cores, mut made) = (Vec::new(), Vec::new());
        for event in events.try_iter()? {
            let event = event?.cast_into::<Event>()?;
            cores.push(event.get().shared());
            let cell = PyOnceLock::new();
            let _ = cell.set(py, event.into_any().unbind());
            made.push(cell);
        }
        Ok(Events { events: cores, made, tz: Tz::default() })
    }

    /// The event that says why the command was refused; ``None`` when it was carried out.
    #[getter]
    fn refused<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        let refused = self.events.iter().position(|event| matches!(event.what, What::Refused { .. }));
        refused.map(|index| self.at(py, index)).transpose()
    }

    /// Gives the events themselves, unless the command was refused.
    ///
    /// :raises NotPermitted: the actor may not do that.
    /// :raises NotPossible: that cannot be done now.
    /// :raises NotFound: there is no such agent, team, inbox, channel or conversation; a ``NotPossible``, too.
    #[pyo3(signature = () -> "Events")]
    fn raise_if_refused<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, Self>> {
        static REFUSAL: Imported = Imported::new("frontdesk.problems", "_refusal");
        let refused = slf.get().events.iter().find_map(|event| match &event.what {
            What::Refused { code, message, .. } => Some((*code, message.as_str())),
            _ => None,
        });
        let Some((code, message)): Option<(Code, &str)> = refused else { return Ok(slf.clone()) };
        Err(PyErr::from_value(REFUSAL.get(slf.py())?.call1((code.as_str(), message))?))
    }

    /// What was decided about a conversation in the last of these events that decides on one; ``None`` without any.
    #[getter]
    fn decision<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        let last = self.events.iter().rposition(|event| decides(&event.what));
        last.map(|index| self.decision_at(py, index)).transpose()
    }

    /// All that was decided about conversations: who got them, or that nobody did.
    #[getter]
    fn decisions<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let deciding = (0..).zip(&self.events).filter(|(_, event)| decides(&event.what));
        let decisions: PyResult<Vec<_>> = deciding.map(|(index, _)| self.decision_at(py, index)).collect();
        PyTuple::new(py, decisions?)
    }

    /// Those that are about a conversation.
    fn of_conversation(&self, py: Python<'_>, conversation: Text<'_>) -> Events {
        let about = |event: &Core| event.what.conversation().is_some_and(|id| *id == *conversation);
        self.some(py, (0..).zip(&self.events).filter(|(_, event)| about(event)).map(|(index, _)| index))
    }

    /// The events as JSON, one a line, for the log.
    fn to_json(&self) -> String {
        self.events.iter().map(|event| event.to_json() + "\n").collect()
    }

    /// Events from JSON, one a line.
    ///
    /// :raises InvalidEvent: one cannot be read.
    #[staticmethod]
    #[pyo3(signature = (text: "str"))]
    fn from_json(py: Python<'_>, text: &Bound<'_, PyAny>) -> PyResult<Events> {
        let text = text_of(text, About::Event)?;
        let lines = text.lines().filter(|line| !line.trim().is_empty());
        let events: Result<Vec<Core>, _> = lines.map(Core::from_json).collect();
        Ok(Events::given(events.or_raise(py, About::Event)?, Tz::default()))
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

/// Whether an event says what became of a conversation.
fn decides(what: &What) -> bool {
    use What::{Assigned, HandedToBot, Offered, OwnerNotified, Queued, SentToVoicemail, Unassigned};
    matches!(
        what,
        Assigned { .. }
            | Offered { .. }
            | Queued { .. }
            | Unassigned { .. }
            | HandedToBot { .. }
            | OwnerNotified { .. }
            | SentToVoicemail { .. }
    )
}
