//! JSON in and out: documents, commands, questions, events, snapshots and logs, and the problems of invalid ones.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that fails panics"
)]

mod commands;
#[cfg(feature = "schema")]
mod committed_schemas;
mod documents;
mod example;
mod extensions;
#[cfg(feature = "schema")]
#[path = "../support/generated.rs"]
mod generated;
mod hints;
mod key_order;
mod long;
mod marked;
mod matches;
mod mutations;
mod numbers;
mod questions;
#[cfg(feature = "schema")]
mod schema;
#[cfg(feature = "schema")]
#[path = "../support/schemas.rs"]
mod schemas;
mod stored;
mod syntax;
mod warnings;
