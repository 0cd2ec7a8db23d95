//! Availability: section 3 of the specification as named cases, properties and oracles.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that fails panics"
)]

mod coverage;
#[cfg(feature = "routing")]
mod manual_status;
mod oracle;
#[cfg(feature = "routing")]
mod properties;
mod random_hours;
#[cfg(feature = "recurrence")]
mod recurrence;
mod schedule;
mod support;
mod travel;
mod visitor;
mod working_days;
mod working_time;
mod zones;

/// A desk, or its availability in a build without routing: both answer the same questions.
#[cfg(not(feature = "routing"))]
use frontdesk::Availability as Desk;
#[cfg(feature = "routing")]
use frontdesk::Desk;
