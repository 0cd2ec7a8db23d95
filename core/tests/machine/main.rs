//! The desk as a machine: properties over random desks and commands, a naive desk beside it, and the vectors.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that fails panics"
)]

mod command_json;
mod forgetting;
mod model;
mod personal;
mod properties;
mod questions;
mod queues;
#[cfg(feature = "schema")]
#[path = "../support/schemas.rs"]
mod schemas;
mod vectors;
mod views;
