//! The pace of agents: the conversations that routing gave them, and until when these take all that a pace allows.

use crate::availability::{AgentSlot, Rules};
use crate::desk::state::journal::Undo;
use crate::desk::state::{DeskState, Opening, Phase};
use crate::model::{Pace, PacePer};
use crate::routing::AtPace;
use crate::time::Instant;

impl DeskState {
    /// Notes that routing gave an agent a conversation. Only the last are remembered, as many as the agent's pace counts.
    pub fn note_given(&mut self, slot: AgentSlot, at: Instant) {
        let Some(most) = self.rules.pace(slot).iter().map(|pace| pace.at_most as usize).max() else { return };
        let given = self.given.entry(slot).or_default();
        given.push(at);
        let dropped: Vec<Instant> = given.drain(..given.len().saturating_sub(most)).collect();
        self.journal.note(|| Undo::Given(slot, dropped));
        self.renew_pace(slot);
    }

    /// Takes back that routing gave an agent a conversation.
    pub fn take_back_given(&mut self, slot: AgentSlot, dropped: Vec<Instant>) {
        let Some(given) = self.given.get_mut(&slot) else { return };
        given.pop();
        given.splice(0..0, dropped);
        if given.is_empty() {
            self.given.remove(&slot);
        }
        self.renew_pace(slot);
    }

    /// Computes again until when an agent is at its pace.
    pub fn renew_pace(&mut self, slot: AgentSlot) {
        let paced = self.reached_pace(slot);
        let before = self.standings.set_pace(slot, paced);
        if let Some(before) = before.filter(|before| before.until < Instant::MAX) {
            self.openings.drop(before.until, Opening::Pace(slot));
        }
        if let Some(paced) = paced.filter(|paced| paced.until < Instant::MAX) {
            self.openings.add(paced.until, Opening::Pace(slot));
        }
    }

    /// Computes again until when each agent is at its pace.
    pub fn renew_paces(&mut self) {
        let has_pace = |slot: &AgentSlot| !self.rules.pace(*slot).is_empty();
        let paced: Vec<AgentSlot> = AgentSlot::all(self.people.len()).filter(has_pace).collect();
        paced.into_iter().for_each(|slot| self.renew_pace(slot));
    }

    /// Returns the pace of an agent that leaves room last, of those that are reached. An open offer counts like a conversation
    /// that has just been given.
    fn reached_pace(&self, slot: AgentSlot) -> Option<AtPace> {
        let (paces, rules) = (self.rules.pace(slot), self.roster.member(slot)?.schedule.rules());
        if paces.is_empty() {
            return None;
        }
        let given = self.given.get(&slot).map(Vec::as_slice).unwrap_or_default();
        let offers = self.offers_of(slot);
        let reached = paces.iter().filter_map(|pace| reached(pace, given, offers, rules));
        reached.reduce(|one, other| if other.until > one.until { other } else { one })
    }

    /// Returns the number of open offers of an agent.
    fn offers_of(&self, slot: AgentSlot) -> usize {
        let occupied_by = self.person(slot).into_iter().flat_map(|person| &person.occupied_by);
        let offered = occupied_by.filter_map(|reference| self.conversation(*reference));
        offered.filter(|it| matches!(it.phase, Phase::Offered { .. })).count()
    }
}

/// Returns a pace that is reached, with the instant at which it leaves room again.
fn reached(pace: &Pace, given: &[Instant], offers: usize, rules: &Rules) -> Option<AtPace> {
    let Pace { at_most, per, .. } = *pace;
    let until = match (at_most as usize).checked_sub(offers).filter(|left| *left > 0) {
        Some(left) => leaves(*given.get(given.len().checked_sub(left)?)?, per, rules),
        None => Instant::MAX,
    };
    Some(AtPace { at_most, per, until })
}

/// Returns the instant at which a conversation that was given at another no longer counts.
fn leaves(given: Instant, per: PacePer, rules: &Rules) -> Instant {
    match per {
        PacePer::Time(time) => given.saturating_add(time.millis()),
        PacePer::Day => rules.next_date(given).unwrap_or(Instant::MAX),
    }
}
