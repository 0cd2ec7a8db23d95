//! Creating a desk.

use std::sync::{Mutex, PoisonError};

use frontdesk::script::Scripts as Set;
use frontdesk::strategies::Strategies;
use frontdesk::{Code, Desk as Core, Document, Problem, Problems, Reader};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;

use super::Desk;
use super::keep::Kept;
use crate::guard::Guarded;
use crate::input::written;
use crate::patience::long;
use crate::problem::{About, Answer, raised, warned};
use crate::scripts::{Scripts, given};
use crate::strategies::{Callables, Named};
use crate::words::{text_of, truth};

#[pymethods]
impl Desk {
    #[new]
    #[pyo3(signature = (document: "Document", *, scripts: "ScriptSource | None" = None,
        strategies: "StrategySource | None" = None, explain: "bool" = false))]
    fn new(
        py: Python<'_>,
        document: Bound<'_, PyAny>,
        scripts: Option<Bound<'_, PyAny>>,
        strategies: Option<Bound<'_, PyAny>>,
        #[pyo3(from_py_with = truth)] explain: bool,
    ) -> PyResult<Desk> {
        let scripts = scripts.map(given).transpose()?;
        let kept = document.cast::<Kept>().ok().map(|kept| kept.get());
        let callables = match strategies {
            Some(strategies) => Some(Callables::given(&strategies)?),
            None => kept.and_then(Kept::strategies),
        };
        let reader = reader(
            scripts.as_ref().map(|scripts| scripts.get().scripts.clone()),
            callables.as_ref().map(Callables::strategies),
        );
        let mut desk = match kept {
            Some(kept) => kept.take().ok_or_else(|| PyTypeError::new_err("this desk is taken"))?,
            None => {
                let source = source(&document)?;
                long(py, About::Document, || source.read(&reader).map(Core::new))?.or_raise(py, About::Document)?
            }
        };
        py.detach(|| reader.equip(&mut desk)).or_raise(py, About::Document)?;
        Ok(Desk {
            desk: Guarded::new(desk),
            names: Default::default(),
            explain,
            scripts: Mutex::new(scripts.map(Bound::unbind)),
            strategies: Named::of(callables.unwrap_or_default()),
        })
    }

    /// The scripts that its steps may name; ``None`` if there are none.
    #[getter]
    pub fn scripts(&self, py: Python<'_>) -> Option<Py<Scripts>> {
        let scripts = self.scripts.lock().unwrap_or_else(PoisonError::into_inner);
        scripts.as_ref().map(|scripts| scripts.clone_ref(py))
    }

    /// Replaces the scripts of the desk, from the next question or command on.
    ///
    /// :param scripts: a ``Scripts``, a folder, or a dict of names and texts.
    /// :raises ScriptProblem: the scripts have problems; the desk keeps the old ones.
    /// :raises InvalidDocument: the document names a script or a parameter that does not exist.
    #[pyo3(signature = (scripts: "ScriptSource"))]
    fn set_scripts(&self, py: Python<'_>, scripts: Bound<'_, PyAny>) -> PyResult<()> {
        let scripts = given(scripts)?;
        let set = scripts.get().scripts.clone();
        self.desk.change_long(py, |desk| desk.set_scripts(set))?.or_raise(py, About::Document)?;
        let old = self.scripts.lock().unwrap_or_else(PoisonError::into_inner).replace(scripts.unbind());
        drop(old);
        Ok(())
    }

    /// The warnings of the document; with line and column if the text of the document is given.
    #[pyo3(signature = (document: "Any | None"))]
    fn _warnings<'py>(&self, py: Python<'py>, document: Option<Bound<'py, PyAny>>) -> PyResult<Bound<'py, PyAny>> {
        let source = document.map(|document| source(&document)).transpose()?.filter(|source| source.is_written);
        let warnings = self.desk.look_long(py, |desk| match &source {
            Some(source) => desk.warnings_in(&source.text),
            None => desk.warnings(),
        })?;
        warned(py, &warnings)
    }

    /// `True` if every command records who was considered.
    #[getter]
    fn explains(&self) -> bool {
        self.explain
    }
}

/// Reads a document and returns it as canonical JSON text.
///
/// :raises InvalidDocument: the document has problems; all are listed.
#[pyfunction]
#[pyo3(signature = (document: "Document"))]
pub fn check(py: Python<'_>, document: Bound<'_, PyAny>) -> PyResult<String> {
    Ok(serde_json::to_string(&self::document(py, &document)?).unwrap_or_default())
}

/// Reads a document, which may name any scripts.
pub fn document(py: Python<'_>, given: &Bound<'_, PyAny>) -> PyResult<Document> {
    document_with(py, given, &Reader::new())
}

/// Reads a document with a reader.
pub fn document_with(py: Python<'_>, given: &Bound<'_, PyAny>, reader: &Reader) -> PyResult<Document> {
    let source = source(given)?;
    long(py, About::Document, || source.read(reader))?.or_raise(py, About::Document)
}

/// Converts a Python value to JSON text; `about` names the kind of value for errors.
#[pyfunction]
#[pyo3(signature = (value, about = "document"))]
pub fn json(py: Python<'_>, value: Bound<'_, PyAny>, about: &str) -> PyResult<String> {
    written(&value)?.map_err(|problems| raised(py, About::named(about), &problems))
}

/// A reader of documents whose steps may name these; anything, where nothing is said of either.
fn reader(scripts: Option<Set>, strategies: Option<Strategies>) -> Reader {
    let reader = scripts.into_iter().fold(Reader::new(), Reader::scripts);
    strategies.into_iter().fold(reader, Reader::strategies)
}

/// The text of a document.
struct Source {
    text: String,
    /// `true` if a person wrote the text, so that lines and columns have a meaning.
    is_written: bool,
}

/// Returns the text of a document: itself, of a file, or made from a value.
fn source(document: &Bound<'_, PyAny>) -> PyResult<Source> {
    static TEXT: crate::python::Imported = crate::python::Imported::new("frontdesk._input", "text");
    let py = document.py();
    let text = TEXT.get(py)?.call1((document,))?;
    match text.is_none() {
        false => Ok(Source { text: text_of(&text, About::Document)?.to_owned(), is_written: true }),
        true => Ok(Source { text: json(py, document.clone(), About::Document.as_str())?, is_written: false }),
    }
}

impl Source {
    fn read(&self, reader: &Reader) -> Result<Document, Problems> {
        reader.document(&self.text).map_err(|problems| {
            let mut problems = Vec::<Problem>::from(problems);
            for problem in &mut problems {
                if !self.is_written {
                    problem.position = None;
                }
                if problem.code == Code::UnknownScript {
                    problem.hint = announcing(problem.hint.take());
                }
            }
            problems.into()
        })
    }
}

/// Returns the hint for a missing script, unless another name is near.
fn announcing(hint: Option<String>) -> Option<String> {
    const ADVICE: &str = "a strategy in Python is given, or announced by its name, as strategies=…";
    match hint {
        None => Some(ADVICE.to_owned()),
        Some(near) if near.starts_with("did you mean") => Some(near),
        Some(there_are) => Some(format!("{there_are}; {ADVICE}")),
    }
}
