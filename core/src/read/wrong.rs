//! The first problem of a value that this library wrote.

use std::fmt;

use serde::de::{Error, Expected, Unexpected};

use super::Node;
use super::path::{self, Placed, Segment};
use crate::problem::{Code, Problem, shortened, unknown_word};

/// The first problem of a value, with its path from within outwards.
#[derive(Debug)]
pub(crate) struct Wrong(Box<Placed>);

impl Wrong {
    fn new(message: String) -> Self {
        Problem::new(Code::InvalidJson, message).into()
    }

    /// Creates the problem of a value of another kind.
    pub(super) fn kind(node: &Node, wanted: &str) -> Self {
        Wrong::new(format!("expected {wanted}, found {}", node.kind()))
    }

    /// Creates the problem of a text that is to be read again as a whole, to find the place.
    pub fn unread() -> Self {
        Wrong::new(String::new())
    }

    /// Returns the same problem, under a key.
    pub fn at(self, key: &str) -> Self {
        self.under(Segment::nth(key, 0))
    }

    /// Returns the same problem, in an element of a list.
    pub fn nth(self, index: usize) -> Self {
        self.under(Segment::Index(index))
    }

    /// Returns the problem as the error of a deserializer.
    pub fn error<E: Error>(self) -> E {
        E::custom(self.of("a value of its type").problem)
    }

    fn under(mut self, segment: Segment) -> Self {
        self.0.path.push(segment);
        self
    }

    /// Returns the problem with its path; its message says that the value is not `what`.
    pub(super) fn of(mut self, what: &str) -> Box<Placed> {
        self.0.problem.message = format!("this is not {what}: {}", self.0.problem.message);
        self.placed()
    }

    /// Returns the problem, with its path.
    pub(super) fn placed(mut self) -> Box<Placed> {
        self.0.path.reverse();
        self.0.problem.path = path::to_text(&self.0.path);
        self.0
    }
}

/// The problem of a value that is wrong for a reason beyond its form.
impl From<Problem> for Wrong {
    fn from(problem: Problem) -> Self {
        Wrong(Box::new(Placed { problem, path: Vec::new(), on_key: false }))
    }
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0.problem, f)
    }
}

impl std::error::Error for Wrong {}

/// Describes the value that was found, for a message.
fn found(it: Unexpected<'_>) -> String {
    match it {
        Unexpected::Str(text) => format!("{:?}", shortened(text)),
        other => other.to_string(),
    }
}

impl Error for Wrong {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Wrong::new(message.to_string())
    }

    fn invalid_type(it: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Wrong::new(format!("expected {expected}, found {}", found(it)))
    }

    fn invalid_value(it: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Problem::new(Code::InvalidJson, format!("{} cannot stand here", found(it)))
            .with_hint(format!("write {expected}"))
            .into()
    }

    fn unknown_variant(text: &str, all: &'static [&'static str]) -> Self {
        unknown_word(Code::InvalidJson, text, all).into()
    }

    fn missing_field(key: &'static str) -> Self {
        Wrong::new(format!("the key {key:?} is missing"))
    }

    fn duplicate_field(key: &'static str) -> Self {
        Wrong::new(format!("the key {key:?} stands here twice")).under(Segment::nth(key, 1))
    }
}
