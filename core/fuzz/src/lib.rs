//! The properties that each fuzz target checks on its bytes, besides the absence of panics.
//!
//! `core/tests/json/stored` has the same functions, and runs them over the corpora without a fuzzing engine.

#[cfg(feature = "calendar")]
mod calendars;
mod documents;
pub mod invariants;
mod machine;
#[cfg(feature = "script")]
mod scripts;

#[cfg(feature = "calendar")]
pub use calendars::{calendar, calendar_json, recurrence};
pub use documents::{document, published};
pub use machine::{DESK, apply, at_work, command, event, follow, snapshot, turn};
#[cfg(feature = "script")]
pub use scripts::script;

use frontdesk::Problems;

/// A target: what it is called, as its corpus is, and what it does.
pub type Target = (&'static str, fn(&[u8]));

/// All targets that this build can run.
pub const TARGETS: &[Target] = &[
    ("document", document),
    ("command", command),
    ("event", event),
    ("turn", turn),
    ("snapshot", snapshot),
    ("published", published),
    #[cfg(feature = "calendar")]
    ("calendar", calendar),
    #[cfg(feature = "calendar")]
    ("calendar_json", calendar_json),
    #[cfg(feature = "calendar")]
    ("recurrence", recurrence),
    #[cfg(feature = "script")]
    ("script", script),
];

/// Every problem of a text says where it is, in a message that can be read.
fn assert_reported(problems: &Problems, text: &str) {
    assert!(!problems.is_empty(), "refused without a problem: {text}");
    for problem in problems.iter() {
        assert!(problem.path.starts_with('$'), "{problem:?}");
        let position = problem.position.unwrap_or_else(|| panic!("without a position: {problem:?}"));
        assert!((1..=text.lines().count().max(1) + 1).contains(&position.line), "{problem:?}");
        assert!(!problem.message.is_empty() && problem.message.len() < 2_000, "{problem:?}");
    }
}
