//! The agenda: everything that falls due, with its instant.

use crate::availability::AgentSlot;
use crate::desk::state::ConversationRef;
use crate::shared::SharedSet;
use crate::time::Instant;

/// Something that falls due at an instant. The order of the variants is the order within an instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Due {
    /// The state or reason of an agent changes.
    Status(AgentSlot),
    /// A conversation is given back by an agent who left.
    Requeue(ConversationRef),
    /// A snooze ends.
    Snooze(ConversationRef),
    /// A wrap-up ends.
    WrapUp(ConversationRef),
    /// The offer to an agent expires.
    Offer(ConversationRef, AgentSlot),
    /// A wait ends.
    Wait(ConversationRef),
    /// A conversation has waited for the longest time that its channel allows.
    Limit(ConversationRef),
    /// A script is asked for the priority of a conversation again.
    Priority(ConversationRef),
    /// A conversation that a bot has is closed by itself.
    IdleBot(ConversationRef),
    /// A conversation that is over is forgotten.
    Forget(ConversationRef),
}

/// Everything that falls due, earliest first.
#[derive(Debug, Clone, Default)]
pub struct Agenda(SharedSet<(Instant, Due)>);

impl Agenda {
    pub fn add(&mut self, at: Option<Instant>, due: Due) {
        if let Some(at) = at.filter(|at| *at < Instant::MAX) {
            self.0.insert((at, due));
        }
    }

    pub fn drop(&mut self, at: Option<Instant>, due: Due) {
        if let Some(at) = at {
            self.0.remove(&(at, due));
        }
    }

    /// Returns everything that falls due before an instant.
    pub fn before(&self, at: Instant) -> impl Iterator<Item = (Instant, Due)> {
        self.0.iter().copied().take_while(move |(due, _)| *due < at)
    }

    /// Returns the first entry that falls due at an instant, or the first behind a given one.
    pub fn next_at(&self, at: Instant, behind: Option<Due>) -> Option<Due> {
        let found = match behind {
            Some(behind) => self.0.next_after(&(at, behind)),
            None => self.0.first_past(|(next, _)| *next < at),
        };
        found.filter(|(next, _)| *next == at).map(|(_, due)| *due)
    }

    /// Returns the next entry that falls due.
    pub fn first(&self) -> Option<(Instant, Due)> {
        self.0.first().copied()
    }
}
