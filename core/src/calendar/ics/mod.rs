//! iCalendar (RFC 5545): lines, components, and the events in them.

mod event;
mod free_busy;
mod lines;
pub(crate) mod rule;
pub(crate) mod text;
mod tree;

pub(crate) use event::{read as read_event, read_duration, read_when};
pub(crate) use free_busy::read as read_free_busy;
pub(crate) use lines::Line;
pub(crate) use tree::{Component, MOST_BYTES, OURS, read as read_components};
