//! What is used of Python modules, imported once.

use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;

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

/// Members of an enum of `frontdesk.enums`, remembered in the order of their definition, which is that of the core.
pub struct Members {
    class: Imported,
    members: PyOnceLock<Vec<Py<PyAny>>>,
}

impl Members {
    pub const fn of(name: &'static str) -> Members {
        Members { class: Imported::new("frontdesk.enums", name), members: PyOnceLock::new() }
    }

    /// The member at a place, whose value is known besides.
    pub fn get<'py>(&self, py: Python<'py>, place: usize, value: &str) -> PyResult<Bound<'py, PyAny>> {
        let members = self.members.get_or_try_init(py, || {
            self.class.get(py)?.try_iter()?.map(|member| Ok::<_, PyErr>(member?.unbind())).collect()
        })?;
        match members.get(place) {
            Some(member) => Ok(member.bind(py).clone()),
            None => self.class.get(py)?.call1((value,)),
        }
    }
}

/// JSON text as Python values, its keys in their order.
pub fn from_json<'py>(py: Python<'py>, text: &str) -> PyResult<Bound<'py, PyAny>> {
    static LOADS: Imported = Imported::new("json", "loads");
    LOADS.get(py)?.call1((text,))
}
