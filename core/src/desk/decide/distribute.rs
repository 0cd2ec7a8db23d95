//! Distributing a conversation among the members of a team: it is queued for them, whatever its rule names, until one has it.

use crate::desk::decide::Decider;
use crate::desk::decide::consult::Among;
use crate::desk::decide::perform::Done;
use crate::desk::event::{Decision, EventKind, UnassignedBecause};
use crate::desk::state::{ConversationRef, DeskState, ForTeam, Resolved};
use crate::model::Id;
use crate::routing::Explanation;
use crate::time::Instant;

impl Decider<'_> {
    /// Takes a conversation from whoever has it, and queues it for the members of a team.
    pub fn distribute(&mut self, reference: ConversationRef, team: &Id, at: Instant) -> Done {
        self.check_team(reference, team)?;
        if self.state.conversation(reference).is_some_and(|it| it.is_routed() && it.team() == Some(team)) {
            return Ok(());
        }
        self.withdraw_offers(reference, at);
        self.take_to_route(reference, UnassignedBecause::Distributed, at);
        let rule = self.rule_for_team(reference, at);
        self.queue_for_team(reference, team, rule, at);
        self.look_at(reference);
        Ok(())
    }

    /// Routes a conversation among the members of a team that is not in the queue any more: nobody took its offer, or its rules
    /// changed.
    pub fn route_in_team(&mut self, reference: ConversationRef, for_team: &ForTeam, at: Instant) {
        let rule = self.rule_for_team(reference, at);
        if rule != for_team.rule {
            self.queue_for_team(reference, &for_team.team, rule, at);
            self.try_team(reference, at);
        } else if !self.try_team(reference, at) {
            self.queue_for_team(reference, &for_team.team, rule, at);
        }
    }

    /// Tries to give a conversation to a member of its team. Returns `true` if an agent took it.
    pub fn try_team(&mut self, reference: ConversationRef, at: Instant) -> bool {
        let Some(chosen) = self.choose_at(reference, Among::Team, at) else { return false };
        self.give_to_chosen(reference, Among::Team, chosen, at);
        self.offer_to_more(reference, at);
        true
    }

    /// Returns the rule whose last strategy chooses: the one that would route the conversation now.
    fn rule_for_team(&mut self, reference: ConversationRef, at: Instant) -> Option<Id> {
        let rule = self.choose_rule(reference, at)?;
        self.state.rule_id(reference, rule)
    }

    fn queue_for_team(&mut self, reference: ConversationRef, team: &Id, rule: Option<Id>, at: Instant) {
        let Some(conversation) = self.id_of(reference) else { return };
        let team = Some(team.clone());
        let kind = EventKind::Queued { conversation, rule, step: None, team, from_step: None, until: None };
        self.emit_explained(at, Resolved::of(reference), kind, None);
        self.explain_wait_for_team(reference, at);
    }

    /// Records the agents considered with the event that a conversation waits for a team, unless one of them takes it next.
    fn explain_wait_for_team(&mut self, reference: ConversationRef, at: Instant) {
        let explained = self.explaining.then(|| self.state.explain(reference, Among::Team, at)).flatten();
        let Some(Explanation { considered, not_in_target, .. }) = explained.map(|it| it.explanation) else { return };
        if considered.iter().all(|agent| agent.ineligible.is_some())
            && let Some(event) = self.events.last_mut()
        {
            (event.considered, event.not_in_target) = (Some(considered), not_in_target);
        }
    }
}

impl DeskState {
    /// Returns the team among whose members a decision chose.
    pub fn team_of(&self, reference: ConversationRef, decision: &Decision) -> Option<Id> {
        let for_team = self.conversation(reference)?.for_team.as_ref().filter(|_| decision.rule.is_none());
        for_team.map(|it| it.team.clone())
    }
}
