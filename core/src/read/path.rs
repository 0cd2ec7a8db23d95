//! Paths of values in a document.

use std::fmt::Write;
use std::sync::Arc;

use crate::problem::{Problem, shortened};

/// One step into a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Segment {
    /// A key: of one that is long, each problem below it has a copy, so they share one.
    Key(Arc<str>),
    /// A key that stands in its object already, that many times.
    Again(Arc<str>, usize),
    Index(usize),
}

impl Segment {
    /// Creates the segment of a key that occurs `before` times earlier in its object.
    pub fn nth(key: &str, before: usize) -> Segment {
        if before == 0 { Segment::Key(key.into()) } else { Segment::Again(key.into(), before) }
    }
}

/// A problem with its place: on the value at the path, or on the key that names it.
#[derive(Debug)]
pub(crate) struct Placed {
    pub problem: Problem,
    pub path: Vec<Segment>,
    pub on_key: bool,
}

/// A path as text, such as `$.agents[0]["x y"]`; keys that are long are shortened.
pub(crate) fn to_text(path: &[Segment]) -> String {
    let mut text = String::from("$");
    for segment in path {
        let written = match segment {
            Segment::Key(key) | Segment::Again(key, _) if is_plain(key) => write!(text, ".{key}"),
            Segment::Key(key) | Segment::Again(key, _) => write!(text, "[{:?}]", shortened(key)),
            Segment::Index(index) => write!(text, "[{index}]"),
        };
        debug_assert!(written.is_ok(), "writing to a String does not fail");
    }
    text
}

/// A key of the format, or one that is as short, is written as it is.
const LONGEST_PLAIN: usize = 60;

fn is_plain(key: &str) -> bool {
    key.len() <= LONGEST_PLAIN
        && key.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && key.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-')
}
