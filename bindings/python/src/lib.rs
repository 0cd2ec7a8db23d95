//! What is native in the Python package `frontdesk`: the desk, its statuses and its events. The rest, in Python, stands
//! in `python/frontdesk`; users import from there only.
//!
//! Nothing is decided here: values go in and come out, in Python's own types.

mod calendar;
mod desk;
mod event;
mod events;
mod guard;
mod input;
mod length;
mod moment;
mod names;
mod problem;
mod python;
mod scripts;
mod status;

use pyo3::prelude::*;

/// The native half of frontdesk. Import from `frontdesk`, not from here.
#[pymodule(name = "_native")]
mod native {
    #[pymodule_export]
    use crate::calendar::{read_calendar, read_holidays};
    #[pymodule_export]
    use crate::desk::Desk;
    #[pymodule_export]
    use crate::desk::document::{check, json};
    #[pymodule_export]
    use crate::desk::keep::Kept;
    #[pymodule_export]
    use crate::event::{Event, Happening};
    #[pymodule_export]
    use crate::events::Events;
    #[pymodule_export]
    use crate::moment::{instant, zone};
    #[pymodule_export]
    use crate::scripts::Scripts;
    #[pymodule_export]
    use crate::status::Status;

    /// The version of the package.
    #[pymodule_export]
    const VERSION: &str = env!("CARGO_PKG_VERSION");
}
