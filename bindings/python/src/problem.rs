//! Problems as Python exceptions.

use frontdesk::{Code, Problem, Problems};
use pyo3::prelude::*;
use pyo3::types::PyList;

use crate::python::Imported;

/// The subject of a problem: it decides on the exception together with the code.
#[derive(Debug, Clone, Copy)]
pub enum About {
    /// A question.
    Question,
    Document,
    Command,
    Event,
    Turn,
    Snapshot,
    Calendar,
    Script,
    /// The log of a shared desk.
    Log,
}

impl About {
    /// The subjects that Python names when it converts a value.
    const NAMED: [About; 2] = [About::Question, About::Command];

    /// Returns the subject of a name; a document for any other.
    pub fn named(name: &str) -> About {
        About::NAMED.into_iter().find(|about| about.as_str() == name).unwrap_or(About::Document)
    }

    pub const fn as_str(self) -> &'static str {
        match self {
            About::Question => "question",
            About::Document => "document",
            About::Command => "command",
            About::Event => "event",
            About::Turn => "turn",
            About::Snapshot => "snapshot",
            About::Calendar => "calendar",
            About::Script => "script",
            About::Log => "log",
        }
    }
}

/// Returns the exception for problems.
pub fn raised(py: Python<'_>, about: About, problems: &[Problem]) -> PyErr {
    static MAKE: Imported = Imported::new("frontdesk.problems", "_of");
    let make = || {
        let entries = PyList::empty(py);
        for problem in problems {
            entries.append(entry(problem))?;
        }
        MAKE.get(py)?.call1((about.as_str(), entries))
    };
    make().map_or_else(|error| error, PyErr::from_value)
}

/// The data of an exception for a problem.
type Entry<'p> = (&'static str, &'p str, &'p str, Option<(usize, usize)>, Option<&'p str>, &'static str);

fn entry(problem: &Problem) -> Entry<'_> {
    let position = problem.position.map(|it| (it.line, it.column));
    let Problem { code, severity, message, path, hint, .. } = problem;
    (code.as_str(), message, path, position, hint.as_deref(), severity.as_str())
}

/// Returns warnings as Python objects; they are not raised.
pub fn warned<'py>(py: Python<'py>, warnings: &[Problem]) -> PyResult<Bound<'py, PyAny>> {
    static MAKE: Imported = Imported::new("frontdesk.problems", "_warnings");
    let entries = PyList::new(py, warnings.iter().map(entry))?;
    MAKE.get(py)?.call1((entries,))
}

/// Returns the exception for one problem of a question.
pub fn one(py: Python<'_>, problem: Problem) -> PyErr {
    raised(py, About::Question, &[problem])
}

/// The keys of the questions that problems are about.
const PLACES: [(Code, &str); 6] = [
    (Code::UnknownAgent, "$.agent"),
    (Code::UnknownTeam, "$.team"),
    (Code::UnknownInbox, "$.inbox"),
    (Code::UnknownChannel, "$.channel"),
    (Code::UnknownConversation, "$.conversation"),
    (Code::InvalidValue, "$.end"),
];

/// Returns the exception for the problem of a question, at its key.
pub fn asked(py: Python<'_>, problem: Problem) -> PyErr {
    match PLACES.iter().find(|(code, _)| *code == problem.code) {
        Some((_, path)) => one(py, problem.at_path(*path)),
        None => one(py, problem),
    }
}

/// Converts a result: the answer, or the exception for its problem.
pub trait Answer<T> {
    fn or_raise(self, py: Python<'_>, about: About) -> PyResult<T>;
}

impl<T> Answer<T> for Result<T, Problems> {
    fn or_raise(self, py: Python<'_>, about: About) -> PyResult<T> {
        self.map_err(|problems| raised(py, about, &problems))
    }
}

impl<T> Answer<T> for Result<T, Problem> {
    fn or_raise(self, py: Python<'_>, about: About) -> PyResult<T> {
        self.map_err(|problem| raised(py, about, &[problem]))
    }
}

/// Returns the name of a value's type, for a message.
pub fn type_of(value: &Bound<'_, PyAny>) -> String {
    let name = value.get_type().qualname();
    let name = name.map_or_else(|_| "object".to_owned(), |name| name.to_string_lossy().into_owned());
    let article = if name.starts_with(['a', 'e', 'i', 'o', 'u', 'A', 'E', 'I', 'O', 'U']) { "an" } else { "a" };
    if name == "NoneType" { "None".to_owned() } else { format!("{article} {name}") }
}
