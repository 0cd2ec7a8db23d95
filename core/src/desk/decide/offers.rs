//! The end of an offer: it expires or is withdrawn, and its conversation is looked at again.

use crate::availability::{AgentSlot, State};
use crate::desk::decide::Decider;
use crate::desk::event::{EventKind, NoticeKind, Setting};
use crate::desk::state::{ConversationRef, Phase, Resolved};
use crate::model::Id;
use crate::time::Instant;

impl Decider<'_> {
    /// Returns the agent to whom a conversation is offered.
    pub fn offered_to(&self, reference: ConversationRef) -> Option<(AgentSlot, Id)> {
        match self.state.conversation(reference)?.phase {
            Phase::Offered { agent, .. } => Some((agent, self.state.roster.agent_id(agent)?)),
            _ => None,
        }
    }

    pub fn expire_offer(&mut self, reference: ConversationRef, at: Instant) {
        let Some((slot, agent)) = self.offered_to(reference) else { return };
        let Some(conversation) = self.id_of(reference) else { return };
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
        let set = Setting { status: State::Away, until: None, missed_offers: true, reason: None };
        if self.set_status(slot, at, set, None) {
            self.emit(at, Resolved::of_agent(slot), EventKind::Notice { agent, notice: NoticeKind::MissedOffers });
            self.withdraw_offers_of(slot, at);
        }
    }

    /// Withdraws an offer; the conversation is looked at in the next queue pass.
    pub fn withdraw_offer(&mut self, reference: ConversationRef, at: Instant) {
        if let (Some((slot, agent)), Some(conversation)) = (self.offered_to(reference), self.id_of(reference)) {
            self.emit(at, Resolved::of(reference).agent(slot), EventKind::OfferWithdrawn { conversation, agent });
            self.look_after_offer(reference);
        }
    }

    /// Withdraws all offers of an agent.
    pub fn withdraw_offers_of(&mut self, slot: AgentSlot, at: Instant) {
        for reference in self.occupying(slot, |phase| matches!(phase, Phase::Offered { .. })) {
            self.withdraw_offer(reference, at);
        }
    }

    /// Schedules a conversation whose offer ended for the next queue pass. A wait that ran out before lasts as long as
    /// the offer.
    pub fn look_after_offer(&mut self, reference: ConversationRef) {
        let conversation = self.state.conversation(reference).filter(|it| it.phase == Phase::Unassigned);
        if self.state.clock.zip(conversation).is_some_and(|(now, it)| it.is_wait_over(now)) {
            self.overdue.insert(reference);
        }
        self.look_at(reference);
    }
}
