//! Substitutes, as they stand in now: for agents whose status tells that they are out of office.

use std::borrow::Cow;

use crate::availability::{AgentSet, AgentSlot, MOST_IN_TURN, StepTarget};
use crate::desk::state::DeskState;
use crate::routing::{Candidates, Named, StandIns};

impl DeskState {
    /// Returns the agent who stands in for an agent out of office: the first of the substitutes who is not.
    pub fn stand_in(&self, slot: AgentSlot) -> Option<AgentSlot> {
        let is_out = |slot: &AgentSlot| self.standings.out_of_office.contains(*slot);
        is_out(&slot).then(|| self.roster.substitutes(slot).find(|substitute| !is_out(substitute))).flatten()
    }

    /// Returns some agents with those out of office for whom one of them stands in, or would if it were not out of office.
    pub fn with_represented<'a>(&self, agents: &'a AgentSet) -> Cow<'a, AgentSet> {
        if self.roster.substituted().is_empty() {
            return Cow::Borrowed(agents);
        }
        let (mut all, mut last) = (agents.clone(), agents.clone());
        for _ in 0..MOST_IN_TURN {
            let theirs = last.iter().flat_map(|slot| self.roster.substituted_by(slot).iter());
            last = theirs.filter(|it| self.standings.out_of_office.contains(*it) && !all.contains(*it)).collect();
            all.extend_with(&last);
        }
        Cow::Owned(all)
    }

    /// Marks those who may be eligible for other conversations after an agent went out of office or returned, or was given
    /// another substitute.
    pub fn touch_substitutes(&mut self, slot: AgentSlot) {
        if self.roster.substituted().is_empty() {
            return;
        }
        let concerned = self.with_represented(&AgentSet::from_iter([slot])).into_owned();
        self.dirty.extend_with(&concerned);
        self.stand_in(slot).into_iter().for_each(|substitute| self.dirty.insert(substitute));
    }

    /// Returns the agents of a target, with those who stand in for the ones that it names by id or by the contact.
    pub fn with_stand_ins<'a>(&self, candidates: Candidates<'a>, target: &StepTarget) -> Named<'a> {
        if !self.roster.substituted().meets(&self.standings.out_of_office) {
            return candidates.into();
        }
        let mut stand_ins = StandIns::default();
        match (candidates, target) {
            (Candidates::Set(named), StepTarget::Fixed { set, listed }) => {
                for slot in listed.iter().copied().filter(|slot| named.contains(*slot)) {
                    let Some(substitute) = self.stand_in(slot) else { continue };
                    stand_ins.add(slot, substitute, self.roster.meets_conditions(*set, substitute));
                }
            }
            (Candidates::One(slot), _) => {
                self.stand_in(slot).into_iter().for_each(|substitute| stand_ins.add(slot, substitute, true));
            }
            (Candidates::Set(_) | Candidates::Team(_) | Candidates::Nobody | Candidates::Anyone, _) => {}
        }
        let stand_ins = (!stand_ins.is_empty()).then(|| Box::new(stand_ins));
        Named { candidates, stand_ins }
    }
}
