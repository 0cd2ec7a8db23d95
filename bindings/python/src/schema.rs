//! The JSON Schemas of the format.

use frontdesk::{Code, Problem, schema::ALL};
use pyo3::prelude::*;

use crate::problem::one;
use crate::words::Text;

/// The JSON Schema of a name, as text.
#[pyfunction]
#[pyo3(signature = (name: "str"))]
pub fn schema(py: Python<'_>, name: Text<'_>) -> PyResult<&'static str> {
    let found = ALL.iter().find(|(known, _)| *known == &*name).map(|(_, text)| *text);
    found.ok_or_else(|| {
        let names = || ALL.iter().map(|(name, _)| *name);
        let message = format!("the schema is not one of {}", names().collect::<Vec<_>>().join(", "));
        one(py, Problem::new(Code::InvalidValue, message).at_path("$.name").suggesting(&name, names()))
    })
}
