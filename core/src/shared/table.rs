//! A hash table in parts that copies share.

use std::hash::{BuildHasher, Hash};
use std::sync::Arc;

use hashbrown::HashTable;
use rustc_hash::FxBuildHasher;

/// The number of parts: a change after a copy copies one of them.
const SHARDS: usize = 256;

/// A hash table in [`SHARDS`] parts, or in none before the first entry. A copy shares the parts until one of the two changes
/// them, so that it costs the same whatever the table contains.
#[derive(Debug, Clone)]
pub(crate) struct SharedTable<T>(Vec<Arc<HashTable<T>>>);

impl<T> Default for SharedTable<T> {
    fn default() -> Self {
        SharedTable(Vec::new())
    }
}

impl<T: Clone> SharedTable<T> {
    /// Returns the entry of a hash for which a condition holds.
    pub fn find(&self, hash: u64, is: impl FnMut(&T) -> bool) -> Option<&T> {
        self.0.get(shard_of(hash))?.find(hash, is)
    }

    /// Returns the entry of a hash for which a condition holds, to change what its hash does not depend on.
    pub fn find_mut(&mut self, hash: u64, is: impl Fn(&T) -> bool) -> Option<&mut T> {
        let shard = self.0.get_mut(shard_of(hash))?;
        // Only what is there is worth a copy.
        shard.find(hash, &is)?;
        Arc::make_mut(shard).find_mut(hash, is)
    }

    /// Returns all entries, to change what their hashes do not depend on.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = &mut T> {
        self.0.iter_mut().filter(|shard| !shard.is_empty()).flat_map(|shard| Arc::make_mut(shard).iter_mut())
    }

    /// Adds an entry; the table hashes its entries again as it grows.
    pub fn insert(&mut self, hash: u64, entry: T, hash_of: impl Fn(&T) -> u64) {
        if self.0.is_empty() {
            self.0 = vec![Arc::default(); SHARDS];
        }
        if let Some(shard) = self.0.get_mut(shard_of(hash)) {
            Arc::make_mut(shard).insert_unique(hash, entry, hash_of);
        }
    }

    /// Removes the entry of a hash for which a condition holds. Of a table that has become small, the memory is released.
    pub fn remove(&mut self, hash: u64, is: impl Fn(&T) -> bool, hash_of: impl Fn(&T) -> u64) -> Option<T> {
        let shard = self.0.get_mut(shard_of(hash))?;
        shard.find(hash, &is)?;
        let shard = Arc::make_mut(shard);
        let removed = shard.find_entry(hash, is).ok()?.remove().0;
        if shard.len() < shard.capacity() / 8 {
            shard.shrink_to(2 * shard.len(), hash_of);
        }
        Some(removed)
    }
}

/// Returns the hash of a key.
pub(crate) fn hash_of<K: Hash + ?Sized>(key: &K) -> u64 {
    FxBuildHasher.hash_one(key)
}

/// Returns the part of a hash. A part places its entries by the lowest and highest bits, so the product mixes all bits.
fn shard_of(hash: u64) -> usize {
    (hash.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 56) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A table that was large takes no more memory than what is left in it, and finds all of it.
    #[test]
    fn it_shrinks() {
        let mut table = SharedTable::default();
        let hash = |number: &u32| hash_of(number);
        (0..100_000).for_each(|number: u32| table.insert(hash(&number), number, hash));
        for number in (0..100_000).filter(|number| number % 1_000 != 0) {
            assert_eq!(table.remove(hash(&number), |it| *it == number, hash), Some(number));
        }
        let capacity: usize = table.0.iter().map(|shard| shard.capacity()).sum();
        // Those of eight times the entries, and of the smallest tables.
        assert!(capacity < 8 * 100 + 8 * SHARDS, "{capacity}");
        for number in 0..100_000 {
            let found = table.find(hash(&number), |it| *it == number);
            assert_eq!(found.is_some(), number % 1_000 == 0, "{number}");
        }
    }
}
