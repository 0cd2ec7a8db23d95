//! The end of an offer: it expires or is withdrawn, and its conversation is looked at again.

use crate::availability::AgentSlot;
use crate::desk::decide::Decider;
use crate::desk::decide::consult::Among;
use crate::desk::event::{EventKind, NoticeKind, Setting};
use crate::desk::state::{ConversationRef, DeskState, Phase, Resolved};
use crate::model::StatusName;
use crate::routing::StepRef;
use crate::time::Instant;

impl Decider<'_> {
    /// Returns the agents to whom a conversation is offered.
    fn offered_to(&self, reference: ConversationRef) -> Vec<AgentSlot> {
        let offers = self.state.conversation(reference).map(|it| it.offers()).unwrap_or_default();
        offers.iter().map(|offer| offer.agent).collect()
    }

    pub fn expire_offer(&mut self, reference: ConversationRef, slot: AgentSlot, at: Instant) {
        let Some((conversation, agent)) = self.id_of(reference).zip(self.state.roster.agent_id(slot)) else { return };
        let missed_before = self.state.person(slot).map_or(0, |person| person.missed);
        self.emit(at, Resolved::of(reference).agent(slot), EventKind::OfferExpired { conversation, agent });
        self.look_after_offer(reference);
        // An agent who is away already is not set away for longer.
        if self.state.is_one_too_many(missed_before) && self.state.standings.available.contains(slot) {
            self.set_away_for_missing(slot, at);
        }
    }

    fn set_away_for_missing(&mut self, slot: AgentSlot, at: Instant) {
        let Some(agent) = self.state.roster.agent_id(slot) else { return };
        let set = Setting { status: StatusName::Away, until: None, missed_offers: true, reason: None };
        if self.set_status(slot, at, set, None) {
            self.emit(at, Resolved::of_agent(slot), EventKind::Notice { agent, notice: NoticeKind::MissedOffers });
            self.withdraw_offers_of(slot, at);
        }
    }

    /// Withdraws the offer to an agent; after the last the conversation is looked at in the next queue pass.
    pub fn withdraw_offer(&mut self, reference: ConversationRef, slot: AgentSlot, at: Instant) {
        if let Some((conversation, agent)) = self.id_of(reference).zip(self.state.roster.agent_id(slot)) {
            self.emit(at, Resolved::of(reference).agent(slot), EventKind::OfferWithdrawn { conversation, agent });
            self.look_after_offer(reference);
        }
    }

    /// Withdraws all offers of a conversation.
    pub fn withdraw_offers(&mut self, reference: ConversationRef, at: Instant) {
        for slot in self.offered_to(reference) {
            self.withdraw_offer(reference, slot, at);
        }
    }

    /// Withdraws the offers of a conversation to all but one agent.
    pub fn withdraw_other_offers(&mut self, reference: ConversationRef, accepting: AgentSlot, at: Instant) {
        for slot in self.offered_to(reference).into_iter().filter(|slot| *slot != accepting) {
            self.withdraw_offer(reference, slot, at);
        }
    }

    /// Withdraws all offers of an agent.
    pub fn withdraw_offers_of(&mut self, slot: AgentSlot, at: Instant) {
        for reference in self.occupying(slot, |phase| matches!(phase, Phase::Offered { .. })) {
            self.withdraw_offer(reference, slot, at);
        }
    }

    /// Offers a conversation that is offered by a step to further agents whom the step chooses, up to the number that its
    /// channel says.
    pub fn offer_to_more(&mut self, reference: ConversationRef, at: Instant) {
        while let Some(among) = self.state.among_that_offers_more(reference) {
            let Some(chosen) = self.choose_at(reference, among, at) else { return };
            self.give_to_chosen(reference, among, chosen, at);
            if self.is_cut_short() {
                return;
            }
        }
    }

    /// Schedules a conversation for the next queue pass after an offer of it ended: another agent may be offered it, and after the
    /// last it is routed. A wait that ran out before lasts as long
    /// as the offer.
    pub fn look_after_offer(&mut self, reference: ConversationRef) {
        let conversation = self.state.conversation(reference).filter(|it| matches!(it.phase, Phase::Unassigned));
        if self.state.clock.zip(conversation).is_some_and(|(now, it)| it.is_wait_over(now)) {
            self.overdue.insert(reference);
        }
        self.look_at(reference);
    }
}

impl DeskState {
    /// Returns those among whom a conversation is offered, while it is offered to fewer agents than its channel says.
    fn among_that_offers_more(&self, reference: ConversationRef) -> Option<Among> {
        let conversation = self.conversation(reference)?;
        let (offers, first) = (conversation.offers(), conversation.offers().first()?);
        let at_once = self.channel_of(reference)?.entry.offers_at_once? as usize;
        let decision = first.decision.as_ref().filter(|_| offers.len() < at_once)?;
        let Some((rule, step)) = decision.rule.as_ref().zip(decision.step) else {
            return conversation.for_team.as_ref().map(|_| Among::Team);
        };
        // Rules that changed since route it when the last offer ends.
        let (_, route) = self.route_of(reference).filter(|(known, _)| known == rule)?;
        Some(Among::Step(route.rule, StepRef::numbered(step)))
    }
}
