//! The priority of conversations: their own, and what their channel, rule and steps add.
//!
//! The raise of `raise_priority` grows with time, and is never stored. The conversations of a rule that raises it lie in the queue
//! by their priority without it, in classes of equal ones: of two of a class, the one that has waited for longer is always
//! ahead. So nothing moves as time passes, and a pass compares the first of each class with what is added by then.

use crate::availability::Roster;
use crate::desk::state::{ClassKey, Conversation, ConversationRef, DeskState, QueueKey};
use crate::model::RaisePriority;
use crate::routing::{RuleBook, RuleRef, StepRef};
use crate::time::Instant;

/// The priority of a conversation.
#[derive(Debug, Clone, Copy)]
pub struct Priority<'a> {
    /// The priority without what is added as it waits.
    pub base: i64,
    /// The raise of its rule.
    pub raise: Option<&'a RaisePriority>,
}

impl<'a> Priority<'a> {
    /// Returns the priority of a conversation that has reached a step of a rule; `None` before it has a rule.
    pub fn of(
        conversation: &Conversation,
        reached: Option<(RuleRef, StepRef)>,
        roster: &Roster,
        rules: &'a RuleBook,
    ) -> Priority<'a> {
        // The priority that a script gives replaces the sum.
        if let Some(base) = conversation.given.priority {
            return Priority { base, raise: None };
        }
        let slot = conversation.channel;
        let of_channel = slot.and_then(|slot| roster.channel(slot)).map_or(0, |channel| channel.entry.priority);
        let plan = slot.zip(reached).and_then(|(slot, (rule, step))| Some((rules.rule(slot, rule)?, step)));
        let of_rule = plan.map_or(0, |(plan, step)| plan.priority_at(step));
        Priority {
            base: conversation.details.priority.saturating_add(of_channel).saturating_add(of_rule),
            raise: plan.and_then(|(plan, _)| plan.raise.as_ref()),
        }
    }

    /// Returns the priority at an instant, of a conversation that is counted from another.
    pub fn at(self, from: Instant, at: Instant) -> i64 {
        self.base.saturating_add(self.raise.map_or(0, |raise| raise.added_after(at.millis_since(from))))
    }
}

impl DeskState {
    /// Returns the place of a conversation in the queue at an instant, at the step it has reached.
    pub fn place_at(&self, reference: ConversationRef, at: Instant) -> Option<QueueKey> {
        let reached = self.conversation(reference)?.route.map(|route| (route.rule, route.reached));
        self.place_by(reference, reached, at)
    }

    /// Returns the place of a conversation in the queue at an instant, at a step of a rule.
    pub fn place_by(
        &self,
        reference: ConversationRef,
        reached: Option<(RuleRef, StepRef)>,
        at: Instant,
    ) -> Option<QueueKey> {
        let conversation = self.conversation(reference)?;
        let priority = Priority::of(conversation, reached, &self.roster, &self.rules);
        Some(conversation.key(reference, priority.at(conversation.queued_from, at)))
    }

    /// Returns the place at an instant of a conversation in the queue, given its place in its class.
    pub fn raised(&self, class: &ClassKey, key: QueueKey, at: Instant) -> QueueKey {
        let Some(base) = class.raised_from else { return key };
        let plan = class.reached().and_then(|(rule, _)| self.rules.rule(class.channel, rule));
        let raise = plan.and_then(|plan| plan.raise.as_ref());
        key.with_priority(Priority { base, raise }.at(key.from(), at))
    }

    /// Returns the waiting conversations in the order in which they are served now.
    pub fn queue_now(&self) -> Vec<QueueKey> {
        let Some(at) = self.now() else { return Vec::new() };
        let all = self.queue.all().map(|(class, key)| self.raised(class, *key, at));
        let mut keys: Vec<QueueKey> = all.collect();
        keys.sort_unstable();
        keys
    }
}
