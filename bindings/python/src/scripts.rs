//! Routing scripts.

use frontdesk::script::Scripts as Core;
use pyo3::prelude::*;
use pyo3::types::{IntoPyDict, PyDict};

use crate::problem::{About, Answer};
use crate::python::{Imported, from_json};
use crate::words::{Text, text_of};

/// Routing scripts: read and checked as a whole, immutable, and shared by any number of desks.
///
/// The source is a folder with ``.rhai`` files, paths of such files, or a dict of names and texts. A step names a script:
/// ``"strategy": {"script": "quiet_first", "params": {...}}``.
///
/// :raises ScriptProblem: the scripts have problems; all are listed, each with file, line and column.
///
/// >>> scripts = Scripts({"quiet_first": "fn score(agent, conversation, desk) { -agent.load }"})
/// >>> scripts.names, scripts.hooks_of("quiet_first")
/// (['quiet_first'], ['score'])
#[pyclass(frozen, module = "frontdesk", name = "Scripts")]
#[derive(Debug)]
pub struct Scripts {
    pub scripts: Core,
    sources: Vec<(String, String)>,
}

#[pymethods]
impl Scripts {
    #[new]
    #[pyo3(signature = (source: "ScriptSource"))]
    pub fn new(source: Bound<'_, PyAny>) -> PyResult<Scripts> {
        static SOURCES: Imported = Imported::new("frontdesk._input", "sources");
        let py = source.py();
        let given: Vec<(Bound<'_, PyAny>, Bound<'_, PyAny>)> = SOURCES.get(py)?.call1((source,))?.extract()?;
        let text = |text: &Bound<'_, PyAny>| text_of(text, About::Script).map(str::to_owned);
        let sources = given.iter().map(|(name, source)| Ok((text(name)?, text(source)?)));
        let sources: Vec<(String, String)> = sources.collect::<PyResult<_>>()?;
        let scripts = py.detach(|| Core::from_sources(sources.iter().map(|(name, text)| (name, text))));
        Ok(Scripts { scripts: scripts.or_raise(py, About::Script)?, sources })
    }

    /// The names of the scripts, sorted.
    #[getter]
    fn names(&self) -> Vec<&str> {
        self.scripts.names().map(|name| name.as_str()).collect()
    }

    /// The hooks that a script defines: ``eligible``, ``score``, ``pick``, ``priority``, ``fallback``; ``None`` if there is
    /// no script of that name.
    fn hooks_of(&self, script: Text<'_>) -> Option<Vec<&'static str>> {
        Some(self.scripts.hooks_of(&script)?.into_iter().map(|hook| hook.name).collect())
    }

    /// The parameters of a script with their defaults; ``None`` if there is no script of that name.
    #[pyo3(signature = (script) -> "dict[str, Any] | None")]
    fn params_of<'py>(&self, py: Python<'py>, script: Text<'_>) -> PyResult<Option<Bound<'py, PyAny>>> {
        let params = self.scripts.params_of(&script);
        params.map(|params| from_json(py, &serde_json::to_string(params).unwrap_or_default())).transpose()
    }

    fn __repr__(&self) -> String {
        format!("Scripts({})", self.names().join(", "))
    }

    #[pyo3(signature = () -> "tuple[Any, ...]")]
    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<(Bound<'py, PyAny>, (Bound<'py, PyDict>,))> {
        let sources = slf.get().sources.iter().map(|(name, text)| (name, text)).into_py_dict(slf.py())?;
        Ok((slf.get_type().into_any(), (sources,)))
    }
}

/// Returns the scripts given, or reads them from their source.
pub fn given<'py>(source: Bound<'py, PyAny>) -> PyResult<Bound<'py, Scripts>> {
    match source.cast_into::<Scripts>() {
        Ok(scripts) => Ok(scripts),
        Err(error) => {
            let source = error.into_inner();
            let py = source.py();
            Bound::new(py, Scripts::new(source)?)
        }
    }
}
