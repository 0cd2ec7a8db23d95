//! The commands that the model has, and how they are sent.

use crate::desk::{Action, Actions, COMMANDS, Id};

/// How the client of a command may send it, each time that it tries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    Direct,
    HandedIn,
    Either,
    /// It is not sent.
    Never,
}

/// The commands, and how they are sent.
#[derive(Debug, Clone, Copy)]
pub struct Scenario {
    pub actions: Actions,
    pub ways: [Way; COMMANDS],
    /// A command of a kind that one of the workers does not know.
    pub newer: Option<Id>,
}

impl Scenario {
    pub fn way(&self, command: Id) -> Way {
        self.ways[command.place()]
    }

    pub fn is_direct(&self, command: Id) -> bool {
        matches!(self.way(command), Way::Direct | Way::Either)
    }

    pub fn is_handed_in(&self, command: Id) -> bool {
        matches!(self.way(command), Way::HandedIn | Way::Either)
    }
}

/// Three conversations for an agent who may have one.
pub const OPENED: Actions = [Action::Open, Action::Open, Action::Open];

/// Two conversations, and the end of the first, which is refused before its beginning.
pub const CLOSED: Actions = [Action::Open, Action::Open, Action::Close(Id(0))];
