//! What falls due, and when.

use crate::availability::AgentSlot;
use crate::desk::state::ConversationRef;
use crate::time::Instant;
use std::collections::BTreeSet;
use std::ops::Bound::{Excluded, Included, Unbounded};

/// What falls due at an instant. The order of the variants is the order within the instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Due {
    /// State or reason of an agent change.
    Status(AgentSlot),
    /// A snooze ends.
    Snooze(ConversationRef),
    /// A wrap-up ends.
    WrapUp(ConversationRef),
    /// An offer runs out.
    Offer(ConversationRef),
    /// A wait ends.
    Wait(ConversationRef),
}

impl Due {
    /// What is first within an instant.
    const FIRST: Due = Due::Status(AgentSlot::of(0));
}

/// Everything that falls due, earliest first.
#[derive(Debug, Clone, Default)]
pub struct Agenda(BTreeSet<(Instant, Due)>);

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

    /// All that falls due before an instant.
    pub fn before(&self, at: Instant) -> impl Iterator<Item = (Instant, Due)> {
        self.0.iter().copied().take_while(move |(due, _)| *due < at)
    }

    /// The first of what falls due at an instant, behind something else that does.
    pub fn next_at(&self, at: Instant, behind: Option<Due>) -> Option<Due> {
        let start = behind.map_or(Included((at, Due::FIRST)), |behind| Excluded((at, behind)));
        let (next, due) = self.0.range((start, Unbounded)).next()?;
        (*next == at).then_some(*due)
    }

    /// The next thing that falls due.
    pub fn first(&self) -> Option<(Instant, Due)> {
        self.0.first().copied()
    }
}
