//! The desk of Nordlys, a maker of e-bikes, and one week of it. `README.md` says what to look at.

/// The desk document.
pub const DESK: &str = include_str!("../desk.json");

/// The commands of the week, a JSON object per line.
pub const WEEK: &str = include_str!("../week.jsonl");

/// The text of the README; the tests compare the desk with its tables.
pub const README: &str = include_str!("../README.md");
