//! A value for each agent, stored so that the smallest is found without a look at all of them.

use crate::availability::AgentSlot;

/// The number of neighbours in a group. Smaller groups are faster to update, larger ones faster to skip.
pub(crate) const GROUP: usize = 16;

/// The number of neighbours in a block.
pub(crate) const BLOCK: usize = GROUP * GROUPS;

/// The number of groups in a block.
const GROUPS: usize = 16;

/// Values by slot, with an initial value for those that were never set.
///
/// The smallest value of every [`GROUP`] and of every [`BLOCK`] is stored beside the values. A search for the smallest skips
/// those that contain nothing smaller than the value found so far: among ten thousand agents nearly all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct MinIndex<K> {
    unset: K,
    /// The number of the first group.
    start: usize,
    values: Vec<[K; GROUP]>,
    least: Vec<K>,
    /// The smallest values of the blocks, from the one of the first group on.
    least_of_blocks: Vec<K>,
}

impl<K: Ord + Copy> MinIndex<K> {
    /// Creates a column with an initial value.
    pub fn new(unset: K) -> Self {
        MinIndex { unset, start: 0, values: Vec::new(), least: Vec::new(), least_of_blocks: Vec::new() }
    }

    /// Returns the value of an agent.
    pub fn get(&self, slot: AgentSlot) -> K {
        let (group, place) = split(slot);
        let values = self.values.get(group.wrapping_sub(self.start));
        values.and_then(|values| values.get(place)).copied().unwrap_or(self.unset)
    }

    /// Returns the smallest value of a group, by the number of the group.
    pub fn least(&self, group: usize) -> K {
        self.least.get(group.wrapping_sub(self.start)).copied().unwrap_or(self.unset)
    }

    /// Returns the smallest value of a block, by the number of the block.
    pub fn least_of_block(&self, block: usize) -> K {
        self.least_of_blocks.get(block.wrapping_sub(self.start / GROUPS)).copied().unwrap_or(self.unset)
    }

    /// Sets the value of an agent.
    pub fn set(&mut self, slot: AgentSlot, value: K) {
        let (group, place) = split(slot);
        self.reach(group);
        let index = group - self.start;
        let (Some(values), Some(least)) = (self.values.get_mut(index), self.least.get_mut(index)) else { return };
        let Some(known) = values.get_mut(place) else { return };
        let (was_least, before) = (*known == *least, *least);
        *known = value;
        if value <= *least {
            *least = value;
        } else if was_least {
            *least = values.iter().copied().min().unwrap_or(value);
        }
        let after = *least;
        self.note_least(group, before, after);
    }

    /// Notes that the smallest value of a group has become another.
    fn note_least(&mut self, group: usize, before: K, after: K) {
        let block = group / GROUPS;
        let known = self.least_of_block(block);
        let least = match after {
            after if after <= known => after,
            _ if before > known => return,
            _ => (block * GROUPS..(block + 1) * GROUPS).map(|group| self.least(group)).min().unwrap_or(after),
        };
        self.least_of_blocks.get_mut(block - self.start / GROUPS).into_iter().for_each(|place| *place = least);
    }

    /// Returns all values from the first group that may be set.
    pub fn iter(&self) -> impl Iterator<Item = (AgentSlot, K)> + '_ {
        (self.start * GROUP..).map(AgentSlot::of).zip(self.values.as_flattened().iter().copied())
    }

    /// Extends the column to a group.
    fn reach(&mut self, group: usize) {
        if self.values.is_empty() {
            self.start = group;
        }
        let missing = self.start.saturating_sub(group);
        if missing > 0 {
            let blocks = self.start / GROUPS - group / GROUPS;
            self.least_of_blocks.splice(0..0, std::iter::repeat_n(self.unset, blocks));
            self.values.splice(0..0, std::iter::repeat_n([self.unset; GROUP], missing));
            self.least.splice(0..0, std::iter::repeat_n(self.unset, missing));
            self.start = group;
        }
        let groups = self.values.len().max(group - self.start + 1);
        self.values.resize(groups, [self.unset; GROUP]);
        self.least.resize(groups, self.unset);
        let blocks = (self.start + groups - 1) / GROUPS + 1 - self.start / GROUPS;
        self.least_of_blocks.resize(blocks, self.unset);
    }
}

fn split(slot: AgentSlot) -> (usize, usize) {
    (slot.index() / GROUP, slot.index() % GROUP)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{AgentSlot, BLOCK, GROUP, MinIndex};

    proptest! {
        /// After any values in any order, each agent has its last value, and a group the smallest of its values.
        #[test]
        fn the_least_of_a_group_is_the_least_of_its_values(sets in prop::collection::vec((0..1_000_usize, 0..5_u64), 0..200)) {
            let mut column = MinIndex::new(2);
            let mut plain = vec![2; 4 * BLOCK];
            for (slot, value) in sets {
                column.set(AgentSlot::of(slot), value);
                plain[slot] = value;
            }
            for (group, values) in plain.chunks(GROUP).enumerate() {
                prop_assert_eq!(column.least(group), *values.iter().min().unwrap());
            }
            for (block, values) in plain.chunks(BLOCK).enumerate() {
                prop_assert_eq!(column.least_of_block(block), *values.iter().min().unwrap());
            }
            for (slot, value) in plain.iter().enumerate() {
                prop_assert_eq!(column.get(AgentSlot::of(slot)), *value);
            }
            let listed: Vec<_> = column.iter().filter(|(_, value)| *value != 2).collect();
            let set: Vec<_> = (0..).map(AgentSlot::of).zip(plain).filter(|(_, value)| *value != 2).collect();
            prop_assert_eq!(listed, set);
        }
    }
}
