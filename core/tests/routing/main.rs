//! Routing: sections 4 and 5 of the specification as stories.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that fails panics"
)]

#[path = "../support/generated.rs"]
mod generated;
#[macro_use]
#[path = "../support/desk/mod.rs"]
mod support_desk;

mod access;
mod by_hand;
mod desk_changes;
mod ends_of_time;
mod forgetting;
mod growth;
mod inbox;
mod known_failures;
mod log;
mod queue;
mod reports;
mod rules;
mod strategies;
mod typed_commands;
