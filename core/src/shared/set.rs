//! An ordered set in blocks that copies share.

use std::slice;
use std::sync::Arc;

/// The largest number of entries in a block.
const BLOCK: usize = 128;

/// An ordered set. A copy shares the blocks until one of the two changes them, so that it costs a hundredth of what a
/// copy of each entry does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SharedSet<T> {
    /// Ascending; none is empty but the only one, which keeps its memory for the next entry.
    blocks: Vec<Arc<Vec<T>>>,
}

impl<T> Default for SharedSet<T> {
    fn default() -> Self {
        SharedSet { blocks: Vec::new() }
    }
}

impl<T: Ord + Copy> SharedSet<T> {
    pub fn is_empty(&self) -> bool {
        self.first().is_none()
    }

    pub fn first(&self) -> Option<&T> {
        self.blocks.first()?.first()
    }

    fn last(&self) -> Option<&T> {
        self.blocks.last()?.last()
    }

    /// Returns all entries, in order.
    pub fn iter(&self) -> impl Iterator<Item = &T> {
        self.blocks.iter().flat_map(|block| block.iter())
    }

    /// Returns the entries from the first for which a condition does not hold that holds for all before it, and for none
    /// behind it, in order.
    pub fn iter_past(&self, is_before: impl Fn(&T) -> bool) -> Ascending<'_, T> {
        if !self.first().is_some_and(&is_before) {
            return Ascending { block: [].iter(), rest: self.blocks.iter() };
        }
        let next = self.blocks.partition_point(|block| block.first().is_some_and(&is_before));
        let Some((block, rest)) = self.blocks.get(next.saturating_sub(1)..).and_then(<[_]>::split_first) else {
            return Ascending { block: [].iter(), rest: [].iter() };
        };
        let behind = block.get(block.partition_point(&is_before)..).unwrap_or_default();
        Ascending { block: behind.iter(), rest: rest.iter() }
    }

    /// Returns all entries before a value, from the last on.
    pub fn iter_before(&self, value: T) -> Descending<'_, T> {
        if self.last().is_some_and(|last| *last < value) {
            return Descending { block: [].iter(), rest: self.blocks.iter() };
        }
        let next = self.blocks.partition_point(|block| block.first().is_some_and(|first| *first < value));
        let Some((block, rest)) = self.blocks.get(..next).and_then(<[_]>::split_last) else {
            return Descending { block: [].iter(), rest: [].iter() };
        };
        let before = block.get(..block.partition_point(|entry| *entry < value)).unwrap_or_default();
        Descending { block: before.iter(), rest: rest.iter() }
    }

    /// Returns the first entry that is greater than a value.
    pub fn next_after(&self, value: &T) -> Option<&T> {
        self.first_past(|entry| entry <= value)
    }

    /// Returns the first entry for which a condition does not hold that holds for all before it, and for none behind it.
    pub fn first_past(&self, is_before: impl Fn(&T) -> bool) -> Option<&T> {
        let next = self.blocks.partition_point(|block| block.first().is_some_and(&is_before));
        let block = self.blocks.get(next.saturating_sub(1))?;
        block.get(block.partition_point(&is_before)).or_else(|| self.blocks.get(next)?.first())
    }

    /// Adds an entry. Returns `true` if it was not there.
    pub fn insert(&mut self, entry: T) -> bool {
        // Most come in order.
        if let Some(last) = self.blocks.last_mut().filter(|block| block.last() < Some(&entry)) {
            match last.len() {
                BLOCK => self.blocks.push(Arc::new(vec![entry])),
                _ => Arc::make_mut(last).push(entry),
            }
            return true;
        }
        let index = self.block_of(&entry);
        let Some(block) = self.blocks.get_mut(index) else {
            self.blocks.push(Arc::new(vec![entry]));
            return true;
        };
        let Err(place) = block.binary_search(&entry) else { return false };
        match block.len() {
            BLOCK => {
                let upper = Arc::make_mut(block).split_off(BLOCK / 2);
                self.blocks.insert(index + 1, Arc::new(upper));
                self.insert(entry);
            }
            _ => Arc::make_mut(block).insert(place, entry),
        }
        true
    }

    /// Removes an entry. Returns `true` if it was there.
    pub fn remove(&mut self, entry: &T) -> bool {
        let index = self.block_of(entry);
        let Some(block) = self.blocks.get_mut(index) else { return false };
        let Ok(place) = block.binary_search(entry) else { return false };
        Arc::make_mut(block).remove(place);
        self.merge(index);
        true
    }

    /// Joins a block that has become small with one beside it, if both together are half a block at most.
    fn merge(&mut self, index: usize) {
        let length = |index: usize| self.blocks.get(index).map_or(BLOCK, |block| block.len());
        let own = length(index);
        if own == 0 && self.blocks.len() == 1 {
            return;
        }
        if own == 0 {
            self.blocks.remove(index);
        } else if index > 0 && length(index - 1) + own <= BLOCK / 2 {
            self.join(index - 1);
        } else if own + length(index + 1) <= BLOCK / 2 {
            self.join(index);
        }
    }

    /// Joins a block with the next.
    fn join(&mut self, index: usize) {
        let next = self.blocks.remove(index + 1);
        if let Some(block) = self.blocks.get_mut(index) {
            Arc::make_mut(block).extend(next.iter());
        }
    }

    /// Returns the index of the block in which an entry is, or belongs.
    fn block_of(&self, entry: &T) -> usize {
        let at_or_before = self.blocks.partition_point(|block| block.first().is_some_and(|first| first <= entry));
        at_or_before.saturating_sub(1)
    }
}

/// The entries of a set from one on, in order.
pub(crate) struct Ascending<'a, T> {
    block: slice::Iter<'a, T>,
    rest: slice::Iter<'a, Arc<Vec<T>>>,
}

impl<'a, T> Iterator for Ascending<'a, T> {
    type Item = &'a T;

    fn next(&mut self) -> Option<&'a T> {
        loop {
            if let Some(entry) = self.block.next() {
                return Some(entry);
            }
            self.block = self.rest.next()?.iter();
        }
    }
}

/// The entries of a set before one, from the last on.
pub(crate) struct Descending<'a, T> {
    block: slice::Iter<'a, T>,
    rest: slice::Iter<'a, Arc<Vec<T>>>,
}

impl<'a, T> Iterator for Descending<'a, T> {
    type Item = &'a T;

    fn next(&mut self) -> Option<&'a T> {
        loop {
            if let Some(entry) = self.block.next_back() {
                return Some(entry);
            }
            self.block = self.rest.next_back()?.iter();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// It contains what a `BTreeSet` does after the same changes, and a copy what it contained when it was made.
        #[test]
        fn it_is_a_set(changes in prop::collection::vec((any::<bool>(), 0..600_u16), 0..2_000), copied in 0..2_000_usize) {
            let (mut set, mut expected) = (SharedSet::default(), BTreeSet::new());
            let mut copy = None;
            for (index, (added, entry)) in changes.into_iter().enumerate() {
                if added {
                    prop_assert_eq!(set.insert(entry), expected.insert(entry));
                } else {
                    prop_assert_eq!(set.remove(&entry), expected.remove(&entry));
                }
                prop_assert_eq!(set.first(), expected.first());
                prop_assert_eq!(set.next_after(&entry), expected.range(entry + 1..).next());
                prop_assert_eq!(set.is_empty(), expected.is_empty());
                prop_assert!(set.iter_past(|it| *it <= entry).take(300).eq(expected.range(entry + 1..).take(300)));
                prop_assert!(set.iter_before(entry).take(300).eq(expected.range(..entry).rev().take(300)));
                if index == copied {
                    copy = Some((set.clone(), expected.clone()));
                }
            }
            prop_assert!(set.iter().eq(&expected));
            prop_assert!(copy.is_none_or(|(set, expected)| set.iter().eq(&expected)));
        }
    }

    /// Entries that come in order fill the blocks, and what is left after removals takes few of them.
    #[test]
    fn its_blocks_are_full() {
        let mut set = SharedSet::default();
        (0..10_000).for_each(|entry| assert!(set.insert(entry)));
        assert_eq!(set.blocks.len(), 10_000_usize.div_ceil(BLOCK));
        (0..10_000).filter(|entry| entry % 100 != 0).for_each(|entry| assert!(set.remove(&entry)));
        assert_eq!(set.iter().count(), 100);
        assert!(set.blocks.len() <= 4, "{}", set.blocks.len());
    }
}
