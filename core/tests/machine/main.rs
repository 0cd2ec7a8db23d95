//! The desk as a machine: properties over random desks and commands, a naive desk beside it, and the vectors.

mod command_json;
mod model;
mod properties;
mod questions;
#[cfg(feature = "schema")]
#[path = "../support/schemas.rs"]
mod schemas;
mod vectors;
