//! Calling scripts for a place in the queue: when a conversation begins a rule, when its details change, and at the instant that
//! a script named. The event `prioritized` records the answer.

use std::sync::Arc;

use crate::desk::decide::Decider;
use crate::desk::event::EventKind;
use crate::desk::state::{Conversation, ConversationRef, DeskState, Resolved};
use crate::model::{Id, ScriptCall};
use crate::routing::RuleRef;
use crate::routing::extension::GivenPriority;
use crate::time::Instant;

impl Decider<'_> {
    /// Gives a conversation the place in the queue that a script of its rule returns. Returns `true` if that is another
    /// place than it had.
    pub fn prioritize(&mut self, reference: ConversationRef, index: RuleRef, at: Instant) -> bool {
        let Some((rule, call)) = self.state.prioritizer(reference, index) else { return false };
        let Some(scripts) = self.state.scripts.clone() else { return false };
        let scene = self.state.scene_of(&call, reference, index, None, None, self.state.allowance());
        match scene.and_then(|scene| scripts.priority(&call, &scene)) {
            Ok(given) => {
                let Some(conversation) = self.state.conversation(reference) else { return false };
                if conversation.given == given || self.state.is_own_priority(conversation, index, given) {
                    return false;
                }
                let named = self.state.named_by(&call);
                self.give_priority(reference, rule, named, given, at);
                true
            }
            Err(failure) => {
                self.tell_failure(reference, &rule, None, failure, None, at);
                false
            }
        }
    }

    /// Asks the script of a rule for a priority again, at the instant that it named.
    pub fn ask_priority_again(&mut self, reference: ConversationRef, at: Instant) {
        let Some((rule, route)) = self.route_of(reference) else { return };
        self.prioritize(reference, route.rule, at);
        let given = self.state.conversation(reference).map(|it| it.given).unwrap_or_default();
        if given.again_at.is_none_or(|again_at| again_at > at) {
            return;
        }
        // The script failed, or is not there: what it gave last stays, and it is not asked any more.
        let call = self.state.first_script(reference, route.rule);
        let named = call.map(|call| self.state.named_by(&call)).unwrap_or_default();
        self.give_priority(reference, rule, named, GivenPriority { again_at: None, ..given }, at);
    }

    fn give_priority(
        &mut self,
        reference: ConversationRef,
        rule: Id,
        (script, strategy): (Option<Id>, Option<Id>),
        given: GivenPriority,
        at: Instant,
    ) {
        let Some(conversation) = self.id_of(reference) else { return };
        let GivenPriority { priority, again_at } = given;
        let kind = EventKind::Prioritized { conversation, rule, script, strategy, priority, again_at };
        self.emit(at, Resolved::of(reference), kind);
    }
}

impl DeskState {
    /// The first script of a rule that gives places in the queue.
    fn prioritizer(&self, reference: ConversationRef, index: RuleRef) -> Option<(Id, Arc<ScriptCall>)> {
        let scripts = self.scripts.as_ref()?;
        let plan = self.rule(reference, index)?;
        let mut calls = plan.steps.iter().filter_map(|step| step.script.as_ref());
        let call = calls.find(|call| scripts.hooks(&call.script).is_some_and(|hooks| hooks.priority))?;
        Some((plan.id.clone(), Arc::clone(call)))
    }

    /// Returns the first script that a rule names.
    fn first_script(&self, reference: ConversationRef, index: RuleRef) -> Option<Arc<ScriptCall>> {
        let mut calls = self.rule(reference, index)?.steps.iter().filter_map(|step| step.script.as_ref());
        calls.next().cloned()
    }

    /// Returns `true` if a priority is that of a conversation without a script, at every step of its rule and at all times.
    fn is_own_priority(&self, it: &Conversation, rule: RuleRef, given: GivenPriority) -> bool {
        let plan = it.channel.and_then(|channel| self.rules.rule(channel, rule));
        let is_constant = plan.is_none_or(|plan| !plan.changes_priority());
        let of_channel =
            it.channel.and_then(|slot| self.roster.channel(slot)).map_or(0, |channel| channel.entry.priority);
        let own = Some(it.details.priority.saturating_add(of_channel));
        it.given == GivenPriority::NONE && is_constant && given == GivenPriority { priority: own, again_at: None }
    }
}
