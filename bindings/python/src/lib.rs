//! The native part of the Python package `frontdesk`: the desk, its statuses and its events. The rest is written in Python,
//! in `python/frontdesk`; users import from there only.
//!
//! Nothing is decided here: values are converted from and to Python's own types.
//!
//! **Without Python's global lock** it is as safe as with it, so it declares `gil_used = false`: every class is frozen, so
//! the compiler requires `Sync`; mutable data is behind a lock, an atomic or a once-cell; and no thread waits for one of
//! these locks while it holds Python's lock, nor calls Python while it holds one, except for strategies, which are called by
//! a thread that has released Python's lock first (see `guard`).

mod calendar;
mod desk;
mod event;
mod events;
mod guard;
mod input;
mod length;
mod moment;
mod names;
mod patience;
mod problem;
mod python;
mod schema;
mod scripts;
mod shared;
mod status;
mod strategies;
mod turn;
mod words;

use pyo3::prelude::*;

/// The native half of frontdesk. Import from `frontdesk`, not from here.
#[pymodule(name = "_native", gil_used = false)]
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
    use crate::length::length;
    #[pymodule_export]
    use crate::moment::{instant, zone};
    #[pymodule_export]
    use crate::schema::schema;
    #[pymodule_export]
    use crate::scripts::Scripts;
    #[pymodule_export]
    use crate::shared::{SharedDesk, due, migrate};
    #[pymodule_export]
    use crate::status::Status;
    #[pymodule_export]
    use crate::strategies::{
        AgentView, Agents, AgentsIterator, ChannelView, ContactView, ConversationView, DeskView, InboxView,
    };

    #[pymodule_export]
    use crate::turn::Turn;

    /// The version of the package.
    #[pymodule_export]
    const VERSION: &str = env!("CARGO_PKG_VERSION");
}
