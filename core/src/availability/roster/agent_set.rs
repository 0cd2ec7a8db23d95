//! Sets of agents as bits, so that a decision among thousands is a few machine words.

use std::ops::Range;

use super::handle::AgentSlot;

/// Agents in a word.
pub(crate) const BITS: usize = u64::BITS as usize;

/// A set of agents. It costs as much as the part of the document that its members span: one agent is one word.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct AgentSet {
    /// The number of the first word.
    start: usize,
    words: Vec<u64>,
}

impl AgentSet {
    /// The set of no agent.
    pub const NOBODY: AgentSet = AgentSet { start: 0, words: Vec::new() };

    pub fn insert(&mut self, slot: AgentSlot) {
        let (word, bit) = split(slot);
        if let Some(bits) = self.reach(word) {
            *bits |= 1 << bit;
        }
    }

    pub fn remove(&mut self, slot: AgentSlot) {
        let (word, bit) = split(slot);
        if let Some(bits) = self.words.get_mut(word.wrapping_sub(self.start)) {
            *bits &= !(1 << bit);
        }
    }

    /// The word of that number, made if it is not there.
    fn reach(&mut self, word: usize) -> Option<&mut u64> {
        if self.words.is_empty() {
            self.start = word;
        }
        if word < self.start {
            let missing = self.start - word;
            self.words.splice(0..0, std::iter::repeat_n(0, missing));
            self.start = word;
        }
        let index = word - self.start;
        if self.words.len() <= index {
            self.words.resize(index + 1, 0);
        }
        self.words.get_mut(index)
    }

    /// Puts an agent in or takes it out.
    pub fn set(&mut self, slot: AgentSlot, inside: bool) {
        if inside { self.insert(slot) } else { self.remove(slot) }
    }

    pub fn contains(&self, slot: AgentSlot) -> bool {
        let (word, bit) = split(slot);
        self.word(word) >> bit & 1 == 1
    }

    /// Returns `true` if an agent is in both sets.
    pub fn meets(&self, other: &AgentSet) -> bool {
        let (ours, theirs) = (self.span(), other.span());
        let mut both = ours.start.max(theirs.start)..ours.end.min(theirs.end);
        both.any(|index| self.word(index) & other.word(index) != 0)
    }

    /// Keeps the agents who are in another set, too.
    pub fn keep(&mut self, other: &AgentSet) {
        for (index, word) in self.words.iter_mut().enumerate() {
            *word &= other.word(self.start + index);
        }
    }

    pub fn len(&self) -> usize {
        self.words.iter().map(|word| word.count_ones() as usize).sum()
    }

    pub fn is_empty(&self) -> bool {
        self.words.iter().all(|word| *word == 0)
    }

    /// Returns the range of words that may not be zero.
    pub fn span(&self) -> Range<usize> {
        self.start..self.start + self.words.len()
    }

    /// The agents of a word, one per bit.
    pub fn word(&self, index: usize) -> u64 {
        self.words.get(index.wrapping_sub(self.start)).copied().unwrap_or_default()
    }

    /// The agents, in document order.
    pub fn iter(&self) -> impl Iterator<Item = AgentSlot> + '_ {
        self.span().flat_map(|index| bits_of(index, self.word(index)))
    }

    /// The agents who are in both sets, in document order.
    pub fn both<'a>(&'a self, other: &'a AgentSet) -> impl Iterator<Item = AgentSlot> + 'a {
        self.span().flat_map(|index| bits_of(index, self.word(index) & other.word(index)))
    }

    pub fn extend_with(&mut self, other: &AgentSet) {
        other.iter().for_each(|slot| self.insert(slot));
    }
}

impl FromIterator<AgentSlot> for AgentSet {
    fn from_iter<I: IntoIterator<Item = AgentSlot>>(slots: I) -> Self {
        let mut set = AgentSet::default();
        slots.into_iter().for_each(|slot| set.insert(slot));
        set
    }
}

fn split(slot: AgentSlot) -> (usize, usize) {
    (slot.index() / BITS, slot.index() % BITS)
}

/// The number of the word in which an agent is.
pub(crate) fn word_of(slot: AgentSlot) -> usize {
    slot.index() / BITS
}

/// The slots that a word of a set names.
pub(crate) fn bits_of(index: usize, mut word: u64) -> impl Iterator<Item = AgentSlot> {
    std::iter::from_fn(move || {
        if word == 0 {
            return None;
        }
        let bit = word.trailing_zeros();
        word &= word - 1;
        Some(AgentSlot::of(index * BITS + bit as usize))
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::{AgentSet, AgentSlot};

    fn of(slots: &BTreeSet<AgentSlot>) -> AgentSet {
        slots.iter().copied().collect()
    }

    fn slot() -> impl Strategy<Value = AgentSlot> {
        (0..700_usize).prop_map(AgentSlot::of)
    }

    fn slots() -> impl Strategy<Value = BTreeSet<AgentSlot>> {
        prop::collection::btree_set(slot(), 0..40)
    }

    proptest! {
        /// After insertions and removals in any order, the set contains the agents that were inserted and not removed.
        #[test]
        fn it_is_the_usual_set(put_in in prop::collection::vec(slot(), 0..40), taken_out in slots(), other in slots()) {
            let mut set: AgentSet = put_in.iter().copied().collect();
            taken_out.iter().for_each(|slot| set.remove(*slot));
            let usual: BTreeSet<AgentSlot> = put_in.iter().filter(|slot| !taken_out.contains(slot)).copied().collect();
            prop_assert_eq!(set.iter().collect::<Vec<_>>(), usual.iter().copied().collect::<Vec<_>>());
            prop_assert_eq!((set.len(), set.is_empty()), (usual.len(), usual.is_empty()));
            prop_assert_eq!(AgentSlot::all(700).filter(|slot| set.contains(*slot)).collect::<BTreeSet<_>>(), usual.clone());

            prop_assert_eq!(set.meets(&of(&other)), !usual.is_disjoint(&other));
            prop_assert_eq!(set.both(&of(&other)).collect::<BTreeSet<_>>(), &usual & &other);
            let mut kept = set.clone();
            kept.keep(&of(&other));
            prop_assert_eq!(kept.iter().collect::<BTreeSet<_>>(), &usual & &other);
            set.extend_with(&of(&other));
            prop_assert_eq!(set.iter().collect::<BTreeSet<_>>(), &usual | &other);
        }
    }
}
