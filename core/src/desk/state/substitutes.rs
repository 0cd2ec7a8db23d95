//! Substitutes, as they stand in now: for agents whose status tells that they are out of office.

use crate::availability::{AgentSet, AgentSlot, StepTarget};
use crate::desk::state::{ConversationRef, DeskState};
use crate::routing::{Candidates, Named, StandIns};

impl DeskState {
    /// Returns the agent who stands in for an agent out of office: the first of the substitutes who is not.
    pub fn stand_in(&self, slot: AgentSlot) -> Option<AgentSlot> {
        let is_out = |slot: &AgentSlot| self.standings.out_of_office.contains(*slot);
        is_out(&slot).then(|| self.roster.substitutes(slot).find(|substitute| !is_out(substitute))).flatten()
    }

    /// Returns the agents out of office for whom an agent stands in, or would if it were not out of office.
    pub fn represented_by(&self, slot: AgentSlot) -> AgentSet {
        let mut represented = AgentSet::default();
        if self.roster.substituted().is_empty() {
            return represented;
        }
        let mut next = vec![slot];
        while let Some(slot) = next.pop() {
            let out = self.roster.substituted_by(slot).iter().filter(|it| self.standings.out_of_office.contains(*it));
            let new: Vec<AgentSlot> = out.filter(|it| !represented.contains(*it)).collect();
            new.iter().for_each(|slot| represented.insert(*slot));
            next.extend(new);
        }
        represented
    }

    /// Returns the waiting conversations that name an agent by their contact, or one for whom the agent stands in.
    pub fn personal(&self, slot: AgentSlot) -> impl Iterator<Item = ConversationRef> + '_ {
        let represented: Vec<AgentSlot> = self.represented_by(slot).iter().collect();
        std::iter::once(slot).chain(represented).flat_map(|slot| self.queue.personal(slot))
    }

    /// Marks those who may be eligible for other conversations after an agent went out of office or returned, or was given
    /// another substitute.
    pub fn touch_substitutes(&mut self, slot: AgentSlot) {
        if self.roster.substituted().is_empty() {
            return;
        }
        let concerned = self.represented_by(slot);
        self.dirty.extend_with(&concerned);
        self.dirty.insert(slot);
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
