//! Problems with a log.

use std::fmt;

use csv::{Error, ErrorKind, Position};

/// Something that is wrong with a log, and in which line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    /// The line, from 1; absent when no line in particular is to blame.
    pub line: Option<u64>,
    /// The problem, in a sentence.
    pub message: String,
}

impl Trouble {
    pub(crate) fn new(line: Option<u64>, message: impl Into<String>) -> Trouble {
        Trouble { line, message: message.into() }
    }
}

impl From<Error> for Trouble {
    fn from(error: Error) -> Trouble {
        let message = match error.kind() {
            ErrorKind::UnequalLengths { expected_len, len, .. } => {
                format!("{len} columns, where the first line has {expected_len}")
            }
            _ => error.to_string(),
        };
        Trouble::new(error.position().map(Position::line), message)
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(line) = self.line {
            write!(f, "line {line}: ")?;
        }
        f.write_str(&self.message)
    }
}

impl std::error::Error for Trouble {}
