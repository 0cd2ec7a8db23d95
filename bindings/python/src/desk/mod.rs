//! The native desk. `frontdesk.Desk` in Python adds what takes no speed.

mod ask;
mod available;
mod command;
pub mod document;
pub mod keep;

use frontdesk::Desk as Core;
use pyo3::prelude::*;

use self::available::Names;
use crate::guard::Guarded;

/// The native half of a desk.
#[pyclass(frozen, subclass, weakref, module = "frontdesk._native")]
#[derive(Debug)]
pub struct Desk {
    pub(crate) desk: Guarded<Core>,
    names: Names,
    /// Whether every command notes who was considered.
    explain: bool,
}

impl Desk {
    fn of(desk: Core, explain: bool) -> Desk {
        Desk { desk: Guarded::new(desk), names: Names::default(), explain }
    }
}
