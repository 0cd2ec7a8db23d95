//! Conversations that agents give back when their working hours end, or when they go out of office.

use crate::availability::{AgentSlot, Reason};
use crate::desk::decide::Decider;
use crate::desk::decide::perform::Done;
use crate::desk::event::{EventKind, UnassignedBecause};
use crate::desk::state::{Conversation, ConversationRef, DeskState, Due, Requeue, Resolved};
use crate::time::Instant;

impl Decider<'_> {
    /// Gives back what falls due at an instant by a status that the command changed.
    pub fn requeue_due(&mut self, at: Instant) {
        while let Some(Due::Requeue(reference)) = self.next_due(at).filter(|_| !self.is_stopped()) {
            self.requeue(reference, at);
        }
    }

    /// Unassigns a conversation whose holder left, to be routed again.
    pub fn requeue(&mut self, reference: ConversationRef, at: Instant) {
        let found = self.state.conversation(reference).and_then(|it| Some((it.holder()?, it.requeue?)));
        if let Some((holder, requeue)) = found {
            self.unassign(reference, self.state.roster.agent_id(holder), requeue.reason, true, at);
        }
    }

    /// Notes that an agent replied to a conversation, if the agent was to give it back.
    pub fn keep(&mut self, reference: ConversationRef, slot: AgentSlot, at: Instant) -> Done {
        let is_given_back = |it: &&Conversation| it.requeue.is_some() && it.holder() == Some(slot);
        let conversation = self.state.conversation(reference).filter(is_given_back).map(|it| it.id.clone());
        if let Some((conversation, agent)) = conversation.zip(self.state.roster.agent_id(slot)) {
            self.emit(at, Resolved::of(reference).agent(slot), EventKind::Kept { conversation, agent });
        }
        Ok(())
    }
}

impl DeskState {
    /// Returns the instant at which an agent gives back what the agent holds, if the status turns to a reason; `None` if
    /// the agent keeps it, or holds nothing.
    pub fn requeue_at(&self, slot: AgentSlot, reason: Reason, at: Instant) -> Option<Instant> {
        let settings = &self.roster.settings;
        let leaving = match Requeue::reason_of(reason)? {
            UnassignedBecause::OutOfOffice => settings.on_absence,
            _ => settings.on_shift_end,
        };
        let requeue_at = at.saturating_add(leaving.delay()?);
        let turns = self.person(slot)?.announced.is_none_or(|before| before.reason != reason);
        (turns && requeue_at < Instant::MAX && !self.held_by(slot).is_empty()).then_some(requeue_at)
    }
}
