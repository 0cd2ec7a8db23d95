//! Routing scripts and conditions in Rhai.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that fails panics"
)]

#[macro_use]
#[path = "../support/desk/mod.rs"]
mod support_desk;

#[path = "../support/generated.rs"]
mod generated;
mod hooks;
mod hostile;
mod own_hooks;
mod own_strategies;
mod properties;
mod reference;
mod support;
mod when;
