//! Random desks and random streams of commands: small, with many collisions, and readable when they shrink.

mod commands;
mod configure;
mod desk;
mod hours;
mod pick;
mod rules;
pub mod scenario;

pub use scenario::scenario;
