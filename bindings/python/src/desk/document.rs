//! Where a desk comes from.

use std::sync::PoisonError;

use frontdesk::script::Scripts as Set;
use frontdesk::time::Zones;
use frontdesk::{Desk as Core, Document, Problem, Problems};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;

use super::Desk;
use super::keep::Kept;
use crate::input::written;
use crate::problem::{About, Answer, raised};
use crate::scripts::{Scripts, given};

#[pymethods]
impl Desk {
    #[new]
    #[pyo3(signature = (document: "Document", *, scripts: "ScriptSource | None" = None, explain = false))]
    fn new(
        py: Python<'_>,
        document: Bound<'_, PyAny>,
        scripts: Option<Bound<'_, PyAny>>,
        explain: bool,
    ) -> PyResult<Desk> {
        let scripts = scripts.map(given).transpose()?;
        let named = scripts.as_ref().map(|scripts| scripts.get().scripts.clone());
        let desk = if let Ok(kept) = document.cast::<Kept>() {
            kept.get().take().ok_or_else(|| PyTypeError::new_err("this desk is taken"))?
        } else {
            let source = source(&document)?;
            py.detach(|| source.read(named.as_ref()).map(Core::new)).or_raise(py, About::Document)?
        };
        let with_scripts = |mut desk: Core| match named {
            Some(scripts) => desk.set_scripts(scripts).map(|()| desk),
            None => Ok(desk),
        };
        let desk = py.detach(|| with_scripts(desk)).or_raise(py, About::Document)?;
        Ok(Desk::of(desk, explain, scripts.map(Bound::unbind)))
    }

    /// The scripts that its steps may name; ``None`` without any.
    #[getter]
    pub fn scripts(&self, py: Python<'_>) -> Option<Py<Scripts>> {
        let scripts = self.scripts.lock().unwrap_or_else(PoisonError::into_inner);
        scripts.as_ref().map(|scripts| scripts.clone_ref(py))
    }

    /// Gives the desk another set of scripts, which counts from the next question on.
    ///
    /// :param scripts: a ``Scripts``, a folder, or a dict of names and texts.
    /// :raises ScriptProblem: the scripts have problems; the desk keeps those it had.
    /// :raises InvalidDocument: the document asks for a script, or a parameter of one, that is not there.
    #[pyo3(signature = (scripts: "ScriptSource"))]
    fn set_scripts(&self, py: Python<'_>, scripts: Bound<'_, PyAny>) -> PyResult<()> {
        let scripts = given(scripts)?;
        let set = scripts.get().scripts.clone();
        self.desk.change_long(py, |desk| desk.set_scripts(set))?.or_raise(py, About::Document)?;
        let old = self.scripts.lock().unwrap_or_else(PoisonError::into_inner).replace(scripts.unbind());
        drop(old);
        Ok(())
    }

    /// Whether every command notes who was considered.
    #[getter]
    fn explains(&self) -> bool {
        self.explain
    }
}

/// The document that a value describes, as it is written: canonical JSON text.
///
/// :raises InvalidDocument: all its problems.
#[pyfunction]
#[pyo3(signature = (document: "Document"))]
pub fn check(py: Python<'_>, document: Bound<'_, PyAny>) -> PyResult<String> {
    let source = source(&document)?;
    let document = py.detach(|| source.read(None)).or_raise(py, About::Document)?;
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
    fn read(&self, scripts: Option<&Set>) -> Result<Document, Problems> {
        let read = match scripts {
            Some(scripts) => Document::from_json_with_scripts(&self.text, &Zones::bundled(), scripts),
            None => Document::from_json(&self.text),
        };
        read.map_err(|problems| {
            let mut problems = Vec::<Problem>::from(problems);
            if !self.is_written {
                problems.iter_mut().for_each(|problem| problem.position = None);
            }
            problems.into()
        })
    }
}
