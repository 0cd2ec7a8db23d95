//! The native desk. `frontdesk.Desk` in Python adds what takes no speed.

mod ask;
mod available;
mod command;
pub mod document;
pub mod keep;

use std::sync::Mutex;

use frontdesk::Desk as Core;
use pyo3::prelude::*;

use self::available::Names;
use crate::guard::Guarded;
use crate::scripts::Scripts;

/// The native half of a desk.
#[pyclass(frozen, subclass, weakref, module = "frontdesk._native")]
#[derive(Debug)]
pub struct Desk {
    pub(crate) desk: Guarded<Core>,
    names: Names,
    /// Whether every command notes who was considered.
    explain: bool,
    /// The scripts that its steps may name.
    scripts: Mutex<Option<Py<Scripts>>>,
}

impl Desk {
    fn of(desk: Core, explain: bool, scripts: Option<Py<Scripts>>) -> Desk {
        Desk { desk: Guarded::new(desk), names: Names::default(), explain, scripts: Mutex::new(scripts) }
    }
}
