//! Names of the contract as members of Python enums.

use frontdesk::{Reason, State};
use pyo3::inspect::PyStaticExpr;
use pyo3::prelude::*;
use pyo3::{Bound, type_hint_identifier};

use crate::python::Members;

/// A state as a member of `State`.
pub struct StateName(pub State);

/// A reason as a member of `Reason`.
pub struct ReasonName(pub Reason);

impl<'py> IntoPyObject<'py> for StateName {
    type Target = PyAny;
    type Output = Bound<'py, PyAny>;
    type Error = PyErr;

    const OUTPUT_TYPE: PyStaticExpr = type_hint_identifier!("frontdesk.enums", "State");

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        static STATES: Members = Members::of("State");
        STATES.get(py, self.0 as usize, self.0.as_str())
    }
}

impl<'py> IntoPyObject<'py> for ReasonName {
    type Target = PyAny;
    type Output = Bound<'py, PyAny>;
    type Error = PyErr;

    const OUTPUT_TYPE: PyStaticExpr = type_hint_identifier!("frontdesk.enums", "Reason");

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        static REASONS: Members = Members::of("Reason");
        REASONS.get(py, self.0 as usize, self.0.as_str())
    }
}
