//! Reading and writing calendars.

pub mod args;
mod export;
mod import;
mod page;
mod splice;
mod words;

pub use export::export;
pub use import::import;
