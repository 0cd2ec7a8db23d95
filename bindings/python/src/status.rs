//! The status of an agent.

use std::hash::{DefaultHasher, Hash, Hasher};

use frontdesk::{Code, Problem, Status as Core, time::Instant};
use pyo3::prelude::*;
use pyo3::types::{PyDateTime, PyDict, PyTuple, PyType, PyTzInfo};

use crate::moment::Tz;
use crate::names::{ReasonName, StateName};
use crate::problem::{About, Answer};
use crate::python::{Imported, from_json};

/// The names of the fields, in order.
const FIELDS: [&str; 7] = ["state", "reason", "since", "until", "by", "note", "status"];

/// As many texts as there are fields.
type MatchArgs = (&'static str, &'static str, &'static str, &'static str, &'static str, &'static str, &'static str);

/// The status of an agent at an instant: state, reason, since and until.
///
/// `since` to `until` is the longest span around the instant in which state, reason and status stay the same, as far as is known
/// now; `None` if a bound is missing or outside of 2000 to 2200. Both are in the zone of the question. A status is true if
/// the agent is available.
#[pyclass(frozen, module = "frontdesk", name = "Status", freelist = 64)]
#[derive(Debug)]
pub struct Status {
    pub status: Core,
    pub tz: Tz,
}

#[pymethods]
impl Status {
    #[classattr]
    fn __match_args__() -> MatchArgs {
        ("state", "reason", "since", "until", "by", "note", "status")
    }

    /// `available` or `away`.
    #[getter]
    fn state(&self) -> StateName {
        StateName(self.status.state)
    }

    /// The reason of the state.
    #[getter]
    fn reason(&self) -> ReasonName {
        ReasonName(self.status.reason)
    }

    /// The start of the status; `None` if it has none.
    #[getter]
    fn since<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyDateTime>>> {
        self.tz.maybe(py, self.status.since)
    }

    /// The end of the status; `None` if no change is known.
    #[getter]
    fn until<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyDateTime>>> {
        self.tz.maybe(py, self.status.until)
    }

    /// The agent who set the status, if one did.
    #[getter]
    fn by(&self) -> Option<&str> {
        self.status.by.as_deref()
    }

    /// The note of the absence or of the status.
    #[getter]
    fn note(&self) -> Option<&str> {
        self.status.note.as_deref()
    }

    /// The status of the document that was set, by its id; `None` if it is none of these.
    #[getter]
    fn status(&self) -> Option<&str> {
        self.status.status.as_deref()
    }

    /// `True` if the agent takes new conversations.
    #[getter]
    fn available(&self) -> bool {
        self.status.is_available()
    }

    /// The fields: used by ``vars``, and by FastAPI for responses.
    #[getter(__dict__)]
    fn fields<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyDict>> {
        let fields = PyDict::new(slf.py());
        for name in FIELDS {
            fields.set_item(name, slf.getattr(name)?)?;
        }
        Ok(fields)
    }

    /// The schema for pydantic: accepts a status or its fields, and dumps its fields.
    #[classmethod]
    fn __get_pydantic_core_schema__<'py>(
        cls: &Bound<'py, PyType>,
        _source: &Bound<'py, PyAny>,
        _handler: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        static SCHEMA: Imported = Imported::new("frontdesk._pydantic", "of_status");
        SCHEMA.get(cls.py())?.call1((cls,))
    }

    fn __bool__(&self) -> bool {
        self.status.is_available()
    }

    /// The status as in JSON: instants are texts, and absent values are left out, except `since` and `until`.
    #[pyo3(signature = () -> "dict[str, Any]")]
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        from_json(py, &self.to_json())
    }

    /// The status as canonical JSON text.
    fn to_json(&self) -> String {
        serde_json::to_string(&self.status).unwrap_or_default()
    }

    fn __eq__(&self, other: &Bound<'_, PyAny>) -> bool {
        other.cast::<Status>().is_ok_and(|other| other.get().status == self.status)
    }

    fn __hash__(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        (self.status.reason, self.status.since, self.status.until).hash(&mut hasher);
        hasher.finish()
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let mut text = format!("Status({:?}, {:?}", self.status.state.as_str(), self.status.reason.as_str());
        for (name, at) in [("since", self.status.since), ("until", self.status.until)] {
            text += &format!(", {name}={}", self.written(py, at)?);
        }
        for (name, value) in [("by", self.by()), ("note", self.note()), ("status", self.status())] {
            text += &value.map(|value| format!(", {name}={value:?}")).unwrap_or_default();
        }
        Ok(text + ")")
    }

    #[pyo3(signature = () -> "tuple[Any, ...]")]
    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyTuple>> {
        let py = slf.py();
        let make = slf.get_type().getattr("_from_json")?;
        let arguments = (slf.get().to_json(), slf.get().tz.bound(py)?);
        (make, arguments).into_pyobject(py)
    }

    /// Reads a status from JSON, with the zone of its instants.
    #[staticmethod]
    fn _from_json(py: Python<'_>, text: &str, zone: Bound<'_, PyTzInfo>) -> PyResult<Status> {
        let status = serde_json::from_str(text).map_err(|_| no_status(text)).or_raise(py, About::Question)?;
        Ok(Status { status, tz: Tz::of(py, &zone)? })
    }
}

fn no_status(text: &str) -> Problem {
    let shown: String = text.chars().take(60).collect();
    Problem::new(Code::InvalidValue, format!("{shown:?} is not the JSON of a status"))
        .with_hint("give what Status.to_json wrote")
}

impl Status {
    fn written(&self, py: Python<'_>, at: Option<Instant>) -> PyResult<String> {
        static SHORT: Imported = Imported::new("frontdesk._result", "_short");
        match self.tz.maybe(py, at)? {
            Some(at) => SHORT.get(py)?.call1((at,))?.extract(),
            None => Ok("None".to_owned()),
        }
    }
}
