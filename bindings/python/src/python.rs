//! The Python modules used here, imported once.

use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyBool, PyDict, PyFloat, PyList, PyString};
use serde_json::Value;

/// An attribute of a module, cached.
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

/// The members of an enum of `frontdesk.enums`, cached in the order of their definition, which is that of the core.
pub struct Members {
    class: Imported,
    members: PyOnceLock<Vec<Py<PyAny>>>,
}

impl Members {
    pub const fn of(name: &'static str) -> Members {
        Members { class: Imported::new("frontdesk.enums", name), members: PyOnceLock::new() }
    }

    /// Returns the member with an index; `value` is its value.
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

/// Converts a JSON value to a Python value.
pub fn to_python<'py>(py: Python<'py>, value: &Value) -> PyResult<Bound<'py, PyAny>> {
    Ok(match value {
        Value::Null => py.None().into_bound(py),
        Value::Bool(truth) => PyBool::new(py, *truth).to_owned().into_any(),
        Value::Number(number) => match number.as_i64() {
            Some(number) => number.into_pyobject(py)?.into_any(),
            None => PyFloat::new(py, number.as_f64().unwrap_or_default()).into_any(),
        },
        Value::String(text) => PyString::new(py, text).into_any(),
        Value::Array(elements) => {
            let elements: PyResult<Vec<_>> = elements.iter().map(|element| to_python(py, element)).collect();
            PyList::new(py, elements?)?.into_any()
        }
        Value::Object(entries) => {
            let dict = PyDict::new(py);
            for (key, value) in entries {
                dict.set_item(key, to_python(py, value)?)?;
            }
            dict.into_any()
        }
    })
}

/// Converts JSON text to Python values; keys keep their order.
pub fn from_json<'py>(py: Python<'py>, text: &str) -> PyResult<Bound<'py, PyAny>> {
    static LOADS: Imported = Imported::new("json", "loads");
    LOADS.get(py)?.call1((text,))
}
