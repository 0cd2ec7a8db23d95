//! Documents and commands that are wrong, and how they are told what is wrong with them.

mod commands;
mod documents;
mod events;
mod example;
mod extensions;
mod hints;
mod long;
mod marked;
mod matches;
mod mutations;
mod questions;
#[cfg(feature = "schema")]
mod schema;
#[cfg(feature = "schema")]
#[path = "../support/schemas.rs"]
mod schemas;
mod syntax;
