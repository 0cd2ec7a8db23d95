//! Availability: section 3 of the specification as named cases, properties and oracles.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that fails panics"
)]

mod coverage;
mod manual_status;
mod oracle;
mod properties;
mod random_hours;
#[cfg(feature = "recurrence")]
mod recurrence;
mod schedule;
mod support;
mod visitor;
mod working_time;
mod zones;
