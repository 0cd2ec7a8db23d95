//! The native desk. `frontdesk.Desk` in Python adds the methods for which speed does not matter.

mod ask;
mod available;
pub mod command;
pub mod document;
pub mod keep;
mod strategy;

use std::sync::Mutex;

use frontdesk::Desk as Core;
use pyo3::prelude::*;
use pyo3::{PyTraverseError, PyVisit};

use self::available::Names;
use crate::guard::Guarded;
use crate::scripts::Scripts;
use crate::strategies::Named;

/// The native half of a desk.
#[pyclass(frozen, subclass, weakref, module = "frontdesk._native")]
#[derive(Debug)]
pub struct Desk {
    pub(crate) desk: Guarded<Core>,
    names: Names,
    /// `true` if every command notes who was considered.
    explain: bool,
    /// The scripts that steps may name.
    scripts: Mutex<Option<Py<Scripts>>>,
    /// The strategies in Python that steps may name.
    strategies: Named,
}

#[pymethods]
impl Desk {
    fn __traverse__(&self, visit: PyVisit<'_>) -> Result<(), PyTraverseError> {
        self.strategies.traverse(&visit)
    }

    fn __clear__(&self) {
        self.strategies.clear();
    }
}
