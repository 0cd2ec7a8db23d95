//! Stored JSON of a desk, changed by others: events, snapshots, logs, published availability; and the inputs found by fuzzing.

mod corpus;
mod events;
#[allow(dead_code)] // The targets have more than the tests need.
#[path = "../../../fuzz/src/lib.rs"]
mod fuzz;
mod large;
mod logs;
mod mutated;
mod published;
mod snapshots;
mod turns;
mod unreadable;
#[cfg(feature = "zoneinfo")]
mod zones;
