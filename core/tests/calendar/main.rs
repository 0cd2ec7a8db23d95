//! Calendars in and out.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that fails panics"
)]

mod bombs;
mod cases;
mod dirty;
mod events;
mod files;
mod holidays;
mod hours;
mod json;
mod oracle;
mod support;
mod synchronised;
mod written;
