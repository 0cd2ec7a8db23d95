//! Where a desk comes from.

use frontdesk::{Desk as Core, Document, Problem, Problems};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;

use super::Desk;
use super::keep::Kept;
use crate::input::written;
use crate::problem::{About, Answer, raised};

#[pymethods]
impl Desk {
    #[new]
    #[pyo3(signature = (document: "Document", *, explain = false))]
    fn new(py: Python<'_>, document: Bound<'_, PyAny>, explain: bool) -> PyResult<Desk> {
        if let Ok(kept) = document.cast::<Kept>() {
            let taken = kept.get().take().ok_or_else(|| PyTypeError::new_err("this desk is taken"));
            return taken.map(|desk| Desk::of(desk, explain));
        }
        let source = source(&document)?;
        let desk = py.detach(|| source.read().map(Core::new));
        Ok(Desk::of(desk.or_raise(py, About::Document)?, explain))
    }
}

/// The document that a value describes, as it is written: canonical JSON text.
///
/// :raises InvalidDocument: all its problems.
#[pyfunction]
#[pyo3(signature = (document: "Document"))]
pub fn check(py: Python<'_>, document: Bound<'_, PyAny>) -> PyResult<String> {
    let source = source(&document)?;
    let document = py.detach(|| source.read()).or_raise(py, About::Document)?;
    Ok(serde_json::to_string(&document).unwrap_or_default())
}

/// A value of Python's as JSON text; `about` says what it is to be.
#[pyfunction]
#[pyo3(signature = (value, about = "document"))]
pub fn json(py: Python<'_>, value: Bound<'_, PyAny>, about: &str) -> PyResult<String> {
    written(&value)?.map_err(|problems| raised(py, About::named(about), &problems))
}

/// A document as text.
struct Source {
    text: String,
    /// Whether somebody wrote the text, so that lines and columns mean something.
    is_written: bool,
}

/// The text of a document: as it stands, of a file, or of what describes it.
fn source(document: &Bound<'_, PyAny>) -> PyResult<Source> {
    static TEXT: crate::python::Imported = crate::python::Imported::new("frontdesk._input", "text");
    let py = document.py();
    let text: Option<String> = TEXT.get(py)?.call1((document,))?.extract()?;
    match text {
        Some(text) => Ok(Source { text, is_written: true }),
        None => Ok(Source { text: json(py, document.clone(), About::Document.as_str())?, is_written: false }),
    }
}

impl Source {
    fn read(&self) -> Result<Document, Problems> {
        Document::from_json(&self.text).map_err(|problems| {
            let mut problems = Vec::<Problem>::from(problems);
            if !self.is_written {
                problems.iter_mut().for_each(|problem| problem.position = None);
            }
            problems.into()
        })
    }
}
