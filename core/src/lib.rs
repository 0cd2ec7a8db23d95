//! frontdesk answers two questions for any program that has people answering conversations:
//! who is available, and who gets this conversation, and why.
//!
//! With the feature `script`, rules may ask conditions and routing scripts in Rhai: see the module `script`.

#![forbid(unsafe_code)]

mod availability;
pub mod desk;
mod model;
mod problem;
mod read;
mod routing;
#[cfg(feature = "script")]
pub mod script;
pub mod story;
pub mod time;

pub use availability::{
    Coverage, CoverageStep, Period, Reason, Shown, State, Status, Visitor, VisitorState, VisitorView,
};
pub use desk::{Command, Desk, Event, HoursOf, Scope};
pub use model::*;
pub use problem::{Code, Position, Problem};
pub use routing::{Considered, Failure, Ineligible, Limit};
