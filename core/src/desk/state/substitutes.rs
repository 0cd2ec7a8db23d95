//! Substitutes, as they stand in now: for agents whose status tells that they are out of office.

use std::borrow::Cow;
use std::sync::{Arc, Mutex, PoisonError};

use rustc_hash::FxHashMap;

use crate::availability::{AgentSet, AgentSlot, MOST_IN_TURN, SetRef, StepTarget};
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
        let stand_ins = match (candidates, target) {
            // The set of a target that lists nobody may be that of one that does.
            (Candidates::Set(named), StepTarget::Fixed { set, listed }) if !listed.is_empty() => {
                self.stand_ins.of(*set, self, || self.stand_ins_for(named, *set, listed))
            }
            (Candidates::One(slot), _) => self.stand_in(slot).map(|substitute| {
                let mut one = StandIns::default();
                one.add(slot, substitute, true);
                Arc::new(one)
            }),
            (Candidates::Set(_) | Candidates::Team(_) | Candidates::Nobody | Candidates::Anyone, _) => None,
        };
        Named { candidates, stand_ins }
    }

    /// Returns those who stand in for the agents that a target lists; `None` if nobody does.
    fn stand_ins_for(&self, named: &AgentSet, set: SetRef, listed: &[AgentSlot]) -> Option<Arc<StandIns>> {
        let mut stand_ins = StandIns::default();
        for slot in listed.iter().copied().filter(|slot| named.contains(*slot)) {
            let Some(substitute) = self.stand_in(slot) else { continue };
            stand_ins.add(slot, substitute, self.roster.meets_conditions(set, substitute));
        }
        (!stand_ins.is_empty()).then(|| Arc::new(stand_ins))
    }
}

/// A cache of those who stand in, by the set of the target, for as long as neither the document nor who is out of office
/// changes.
#[derive(Debug, Default)]
pub struct StandInMemo(Mutex<Kept>);

#[derive(Debug, Default)]
struct Kept {
    /// The number of changes of the document and of statuses by hand, and the agents out of office, for which they stand in.
    holds_for: (u64, AgentSet),
    by_set: FxHashMap<SetRef, Option<Arc<StandIns>>>,
}

impl Clone for StandInMemo {
    fn clone(&self) -> Self {
        StandInMemo::default()
    }
}

impl StandInMemo {
    /// Returns those who stand in for the agents of a set, computed if they are not known.
    fn of(
        &self,
        set: SetRef,
        state: &DeskState,
        compute: impl FnOnce() -> Option<Arc<StandIns>>,
    ) -> Option<Arc<StandIns>> {
        let (changes, out_of_office) = (state.availability.changes(), &state.standings.out_of_office);
        // The table behind a poisoned lock is still whole, because nothing is computed while it is replaced.
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if (kept.holds_for.0, &kept.holds_for.1) != (changes, out_of_office) {
            *kept = Kept { holds_for: (changes, out_of_office.clone()), by_set: FxHashMap::default() };
        }
        kept.by_set.entry(set).or_insert_with(compute).clone()
    }
}
