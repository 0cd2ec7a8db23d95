//! Scheduling conversations for the next queue pass.

use crate::availability::AgentSlot;
use crate::desk::decide::Decider;
use crate::desk::state::{Conversation, ConversationRef};

/// The way in which a conversation comes to be routed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ArrivalKind {
    /// By its rule, from the step it has reached, or from the start.
    ByRule,
    /// Back to the agent who held it, if eligible, else by its rule.
    BackTo(AgentSlot),
    /// From a bot to agents, also after hours.
    FromBot,
}

impl Decider<'_> {
    /// Schedules a conversation for the next queue pass, in its place.
    pub fn look_at(&mut self, reference: ConversationRef) {
        self.expect(reference, ArrivalKind::ByRule);
    }

    /// Schedules a conversation that was closed or snoozed for the next queue pass.
    pub fn bring_back(&mut self, reference: ConversationRef) {
        let held = self.state.conversation(reference).and_then(Conversation::last_held);
        self.expect(reference, held.map_or(ArrivalKind::ByRule, |(slot, _)| ArrivalKind::BackTo(slot)));
    }

    pub fn expect(&mut self, reference: ConversationRef, coming: ArrivalKind) {
        let known = self.pending.entry(reference).or_insert(coming);
        // A second reason to look at it does not replace where it goes back to or comes from.
        *known = (*known).max(coming);
    }
}
