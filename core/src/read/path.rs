//! Paths of values in a document.

use std::fmt::{self, Write};
use std::ops::Deref;
use std::sync::Arc;

use crate::problem::{Problem, shortened};

/// One step into a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Segment {
    Key(Key),
    /// A key that stands in its object already, that many times.
    Again(Key, usize),
    Index(usize),
}

/// A key of an object.
#[derive(Debug, Clone)]
pub(crate) enum Key {
    /// A key of the format.
    Known(&'static str),
    /// Any other: of one that is long, each problem below it has a copy, so they share one.
    Other(Arc<str>),
}

impl Deref for Key {
    type Target = str;

    fn deref(&self) -> &str {
        match self {
            Key::Known(key) => key,
            Key::Other(key) => key,
        }
    }
}

impl PartialEq for Key {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl Eq for Key {}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self)
    }
}

impl Segment {
    /// Creates the segment of a key of the format.
    pub fn known(key: &'static str) -> Segment {
        Segment::Key(Key::Known(key))
    }

    /// Creates the segment of a key that occurs `before` times earlier in its object.
    pub fn nth(key: &str, before: usize) -> Segment {
        let key = Key::Other(key.into());
        if before == 0 { Segment::Key(key) } else { Segment::Again(key, before) }
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
