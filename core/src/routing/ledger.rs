//! The agents that a rule chose so far.

use rustc_hash::FxHashMap;

use super::min_index::MinIndex;
use crate::availability::AgentSlot;

/// The choices of a rule so far: for `round_robin` the order of turns, for `weighted_round_robin` the running weights.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Ledger {
    /// The order numbers of the last turns; 0 for agents without one.
    turns: MinIndex<u64>,
    pub weights: FxHashMap<AgentSlot, i64>,
}

impl Default for Ledger {
    fn default() -> Self {
        Ledger { turns: MinIndex::new(0), weights: FxHashMap::default() }
    }
}

impl Ledger {
    /// Returns the order numbers of the last turns; 0 for agents without one.
    pub fn turns(&self) -> &MinIndex<u64> {
        &self.turns
    }

    /// Records a turn.
    pub fn note_turn(&mut self, slot: AgentSlot, order: u64) {
        self.turns.set(slot, order);
    }

    /// Returns the running weights of agents; `None` for an agent without one.
    pub fn weights_of(&self, slots: impl IntoIterator<Item = AgentSlot>) -> Vec<(AgentSlot, Option<i64>)> {
        slots.into_iter().map(|slot| (slot, self.weights.get(&slot).copied())).collect()
    }

    /// Puts back running weights as [`weights_of`](Self::weights_of) returned them.
    pub fn restore_weights(&mut self, before: &[(AgentSlot, Option<i64>)]) {
        for (slot, weight) in before {
            match weight {
                Some(weight) => self.weights.insert(*slot, *weight),
                None => self.weights.remove(slot),
            };
        }
    }

    /// Returns `true` if an agent had a turn, or has a running weight.
    pub fn remembers(&self, slot: AgentSlot) -> bool {
        self.weights.contains_key(&slot) || self.turns.get(slot) > 0
    }

    /// Gives every agent another slot.
    pub fn move_agents(&mut self, to: impl Fn(AgentSlot) -> AgentSlot) {
        let mut moved = Ledger::default();
        self.turns_had().for_each(|(slot, turn)| moved.note_turn(to(slot), turn));
        moved.weights = self.weights.iter().map(|(slot, weight)| (to(*slot), *weight)).collect();
        *self = moved;
    }

    /// Drops an agent.
    pub fn forget(&mut self, slot: AgentSlot) {
        self.weights.remove(&slot);
        if self.turns.get(slot) > 0 {
            self.note_turn(slot, 0);
        }
    }

    /// Returns all turns.
    pub fn turns_had(&self) -> impl Iterator<Item = (AgentSlot, u64)> + '_ {
        self.turns.iter().filter(|(_, turn)| *turn > 0)
    }
}
