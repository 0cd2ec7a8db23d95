//! Scripts from a folder: for desks whose rules name them, and for tests.

mod asserts;
mod bench;
mod decided;
mod folder;
mod language;
mod page;
mod suite;
mod text;
mod verb;

pub use folder::{Folder, hinted, read_scripted_desk, scripted_desk};
pub use verb::test;
