//! The standard views of an inbox: which conversations each of them shows.

use crate::problem::vocabulary;

vocabulary! {
    /// A standard view of the conversations that somebody sees.
    #[non_exhaustive]
    pub enum View {
        /// Open ones that no agent, team or bot has, also while they are offered or snoozed.
        Unassigned = "unassigned",
        /// Those that the agent holds, open or snoozed, or replied to since they were opened or last reopened while nobody
        /// holds them.
        Mine = "mine",
        /// All open ones, also snoozed ones.
        AllOpen = "all_open",
        /// Open ones of channels of the kind `chat`.
        Chat = "chat",
        /// Those that a bot has: never assigned to an agent, or not yet.
        Bots = "bots",
        /// Open ones of channels of the kind `email`.
        Email = "email",
        /// Open ones of channels of the kind `messenger`.
        Messenger = "messenger",
        /// Open ones of channels of the kind `form`.
        Forms = "forms",
        /// Open ones of channels of the kind `call`.
        Calls = "calls",
        /// All closed ones.
        AllClosed = "all_closed",
        /// Those sent by an agent whose contact has not answered.
        Sent = "sent",
        /// Those in the spam.
        Spam = "spam",
        /// Those in the trash.
        Trash = "trash",
    }
}

/// The number of standard views.
pub(crate) const VIEWS: usize = View::ALL.len();

/// The number of shelves.
pub(crate) const SHELVES: usize = Shelf::ALL.len();

/// Where a conversation is, as far as views distinguish it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shelf {
    /// Open, and no agent, team or bot has it.
    Unassigned,
    /// A bot has it.
    WithBot,
    /// An agent or a team has it, open or snoozed.
    Taken,
    Closed,
    Sent,
    Spam,
    Trash,
}

impl Shelf {
    pub const ALL: [Shelf; 7] =
        [Shelf::Unassigned, Shelf::WithBot, Shelf::Taken, Shelf::Closed, Shelf::Sent, Shelf::Spam, Shelf::Trash];

    pub fn is_open(self) -> bool {
        matches!(self, Shelf::Unassigned | Shelf::WithBot | Shelf::Taken)
    }
}

impl View {
    /// Returns `true` if the view shows the conversations of a shelf and a kind of channel, to anyone who sees their inbox;
    /// [`Mine`](Self::Mine) depends on who looks.
    pub(crate) fn shows(self, shelf: Shelf, kind: Option<&str>) -> bool {
        self.shows_shelf(shelf) && self.kind().is_none_or(|shown| kind == Some(shown))
    }

    /// Returns `true` if the view shows conversations of a shelf.
    pub(crate) fn shows_shelf(self, shelf: Shelf) -> bool {
        match self {
            View::Unassigned => shelf == Shelf::Unassigned,
            View::Bots => shelf == Shelf::WithBot,
            View::Mine => false,
            View::AllOpen | View::Chat | View::Email | View::Messenger | View::Forms | View::Calls => shelf.is_open(),
            View::AllClosed => shelf == Shelf::Closed,
            View::Sent => shelf == Shelf::Sent,
            View::Spam => shelf == Shelf::Spam,
            View::Trash => shelf == Shelf::Trash,
        }
    }

    /// Returns the kind of channel whose conversations the view shows; `None` if it shows those of all kinds.
    pub(crate) fn kind(self) -> Option<&'static str> {
        match self {
            View::Chat => Some("chat"),
            View::Email => Some("email"),
            View::Messenger => Some("messenger"),
            View::Forms => Some("form"),
            View::Calls => Some("call"),
            View::Unassigned
            | View::Mine
            | View::AllOpen
            | View::Bots
            | View::AllClosed
            | View::Sent
            | View::Spam
            | View::Trash => None,
        }
    }
}
