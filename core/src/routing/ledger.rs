//! What a rule remembers of whom it chose.

use rustc_hash::FxHashMap;

use super::set::Slot;

/// The memory of a rule: for `round_robin` the order of turns, for `weighted_round_robin` the running weights.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Ledger {
    first: Slot,
    turns: Vec<u64>,
    pub weights: FxHashMap<Slot, i64>,
}

impl Ledger {
    /// The order number of an agent's last turn; 0 when it had none.
    pub fn turn(&self, slot: Slot) -> u64 {
        let index = slot.wrapping_sub(self.first) as usize;
        self.turns.get(index).copied().unwrap_or_default()
    }

    /// Notes a turn.
    pub fn note_turn(&mut self, slot: Slot, order: u64) {
        if self.turns.is_empty() {
            self.first = slot;
        }
        if slot < self.first {
            let missing = (self.first - slot) as usize;
            self.turns.splice(0..0, std::iter::repeat_n(0, missing));
            self.first = slot;
        }
        let index = (slot - self.first) as usize;
        if self.turns.len() <= index {
            self.turns.resize(index + 1, 0);
        }
        if let Some(turn) = self.turns.get_mut(index) {
            *turn = order;
        }
    }

    /// Drops an agent.
    pub fn forget(&mut self, slot: Slot) {
        self.weights.remove(&slot);
        if self.turn(slot) > 0 {
            self.note_turn(slot, 0);
        }
    }

    /// All turns that were had.
    pub fn turns(&self) -> impl Iterator<Item = (Slot, u64)> + '_ {
        (self.first..).zip(self.turns.iter().copied()).filter(|(_, turn)| *turn > 0)
    }
}
