//! The waiting limit of a channel: how many wait, and for how long.

use crate::desk::decide::Decider;
use crate::desk::event::ReachedLimit;
use crate::desk::state::ConversationRef;
use crate::model::Otherwise;
use crate::time::Instant;

impl Decider<'_> {
    /// Ends the waiting of a conversation that has waited for the longest time.
    pub fn reach_limit(&mut self, reference: ConversationRef, at: Instant) {
        let rule = self.route_of(reference).map(|(rule, _)| rule);
        if let Some(otherwise) = self.limited_otherwise(reference) {
            self.end_with(reference, &otherwise, rule, Some(ReachedLimit::Longest), at);
            // Its wait may have ended at the same instant.
            self.pending.remove(&reference);
        }
    }

    /// Does what the waiting limit of its channel says for a conversation that would have to wait, if it is reached. Returns
    /// `true` if the conversation does not wait.
    pub fn passes_limit(&mut self, reference: ConversationRef, at: Instant) -> bool {
        let Some(limit) = self.reached_limit(reference, at) else { return false };
        let rule = self.route_of(reference).map(|(rule, _)| rule);
        let Some(otherwise) = self.limited_otherwise(reference) else { return false };
        self.end_with(reference, &otherwise, rule, Some(limit), at)
    }

    fn limited_otherwise(&self, reference: ConversationRef) -> Option<Otherwise> {
        Some(self.state.channel_of(reference)?.entry.waiting_limit.as_ref()?.otherwise.clone())
    }

    /// Returns the part of the waiting limit that a conversation has reached which is not in the queue yet.
    fn reached_limit(&self, reference: ConversationRef, at: Instant) -> Option<ReachedLimit> {
        let channel = self.state.channel_of(reference)?;
        let limit = channel.entry.waiting_limit.as_ref()?;
        let conversation = self.state.conversation(reference).filter(|it| !it.limited)?;
        if self.state.is_waiting(reference) {
            return None;
        }
        if channel.longest_wait(conversation.queued_from).is_some_and(|until| until <= at) {
            return Some(ReachedLimit::Longest);
        }
        let at_most = limit.at_most.filter(|_| self.arriving.contains(&reference))?;
        let others = self.state.queue.len_of(conversation.channel?);
        (others >= at_most as usize).then_some(ReachedLimit::AtMost)
    }
}
