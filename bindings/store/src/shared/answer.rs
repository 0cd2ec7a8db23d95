//! The answers to commands.

use frontdesk::desk::EventKind;
use frontdesk::{Event, Problem, Turn};

/// The answer to a command.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    pub(super) turn: Option<u64>,
    pub(super) events: Vec<Event>,
    pub(super) is_repeated: bool,
}

impl Answer {
    /// Creates the answer to a command that was decided now.
    pub(super) fn new(turn: &Turn) -> Answer {
        Answer { turn: turn.turn(), events: turn.events().to_vec(), is_repeated: false }
    }

    /// Returns the number of its turn; `None` if it was refused, or gave nothing: then it is not in the log.
    pub fn turn(&self) -> Option<u64> {
        self.turn
    }

    /// Returns its events: one `refused` if it was refused.
    pub fn events(&self) -> &[Event] {
        &self.events
    }

    /// Returns `true` if a command of the same id was decided before, whose turn this is.
    pub fn is_repeated(&self) -> bool {
        self.is_repeated
    }

    /// Returns `true` if it was refused.
    pub fn is_refused(&self) -> bool {
        matches!(self.events.as_slice(), [event] if matches!(event.kind, EventKind::Refused { .. }))
    }
}

/// The work that a worker did on the commands that were handed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Served {
    /// Another worker has the lease, or appended first; it goes on.
    Elsewhere,
    /// So many were decided; none, if none waited.
    Decided(usize),
    /// So many were decided, and others wait for a program that can read them, most likely a newer one.
    Left {
        /// The number of those that were decided.
        decided: usize,
        /// The first that is left, and why it cannot be read.
        problem: Problem,
    },
}
