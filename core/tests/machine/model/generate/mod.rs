//! Random desks and random streams of commands, small, colliding, and shrinking to something readable.

mod commands;
mod desk;
mod hours;
mod pick;
mod rules;
pub mod scenario;

pub use scenario::scenario;
