//! What is used of Python modules, imported once.

use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::PyDict;

/// Something of a module, remembered.
pub struct Imported {
    module: &'static str,
    name: &'static str,
    cell: PyOnceLock<Py<PyAny>>,
}

impl Imported {
    pub const fn new(module: &'static str, name: &'static str) -> Imported {
        Imported { module, name, cell: PyOnceLock::new() }
    }

    pub fn get<'py>(&self, py: Python<'py>) -> PyResult<&Bound<'py, PyAny>> {
        let found =
            self.cell.get_or_try_init(py, || Ok::<_, PyErr>(py.import(self.module)?.getattr(self.name)?.unbind()));
        Ok(found?.bind(py))
    }
}

/// Members of an enum of `frontdesk.enums` by their value, remembered.
pub struct Members {
    class: Imported,
    members: PyOnceLock<Py<PyDict>>,
}

impl Members {
    pub const fn of(name: &'static str) -> Members {
        Members { class: Imported::new("frontdesk.enums", name), members: PyOnceLock::new() }
    }

    pub fn get<'py>(&self, py: Python<'py>, value: &str) -> PyResult<Bound<'py, PyAny>> {
        let members = self.members.get_or_try_init(py, || {
            let members = PyDict::new(py);
            for member in self.class.get(py)?.try_iter()? {
                let member = member?;
                members.set_item(member.getattr("value")?, member)?;
            }
            Ok::<_, PyErr>(members.unbind())
        })?;
        members.bind(py).as_any().get_item(value)
    }
}

/// JSON text as Python values, its keys in their order.
pub fn from_json<'py>(py: Python<'py>, text: &str) -> PyResult<Bound<'py, PyAny>> {
    static LOADS: Imported = Imported::new("json", "loads");
    LOADS.get(py)?.call1((text,))
}
