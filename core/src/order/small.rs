//! An ordered map and an ordered set that are lists in order, and a table that is a list.
//!
//! A B-tree is compiled anew for every type, some five kilobytes each time, and most maps of a desk hold few entries. Where
//! a program has to travel, these stand in for those of the standard library; inserting in the middle moves what follows.

use std::borrow::Borrow;
use std::cmp::Ordering;
use std::ops::{Bound, RangeBounds};
use std::slice;
use std::vec;

use serde::{Serialize, Serializer};

/// Where something is, or would be, among so many in order; `compare` says how the one at a place stands to it. The
/// search of the standard library would be compiled anew for every type.
fn searched(length: usize, compare: &mut dyn FnMut(usize) -> Ordering) -> Result<usize, usize> {
    let (mut start, mut end) = (0, length);
    while start < end {
        let middle = usize::midpoint(start, end);
        match compare(middle) {
            Ordering::Less => start = middle + 1,
            Ordering::Equal => return Ok(middle),
            Ordering::Greater => end = middle,
        }
    }
    Err(start)
}

/// A map: its entries in the order of their keys.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Map<K, V>(Vec<(K, V)>);

impl<K, V> Default for Map<K, V> {
    fn default() -> Self {
        Map(Vec::new())
    }
}

/// The place of a key in a map, whether there is something or not.
pub struct Entry<'a, K, V> {
    map: &'a mut Map<K, V>,
    key: K,
    place: Result<usize, usize>,
}

impl<'a, K: Ord, V> Entry<'a, K, V> {
    /// What is there; else what is put there.
    pub fn or_insert_with(self, make: impl FnOnce() -> V) -> &'a mut V {
        let Entry { map, key, place } = self;
        let at = match place {
            Ok(at) => at,
            Err(at) => {
                map.0.insert(at, (key, make()));
                at
            }
        };
        &mut map.0[at].1
    }

    /// What is there; else what is put there.
    pub fn or_insert(self, value: V) -> &'a mut V {
        self.or_insert_with(|| value)
    }

    /// What is there; else the usual.
    pub fn or_default(self) -> &'a mut V
    where
        V: Default,
    {
        self.or_insert_with(V::default)
    }
}

impl<K, V> Map<K, V> {
    /// None yet.
    pub const fn new() -> Self {
        Map(Vec::new())
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (&K, &V)> + ExactSizeIterator + Clone {
        self.0.iter().map(|(key, value)| (key, value))
    }

    pub fn keys(&self) -> impl DoubleEndedIterator<Item = &K> + ExactSizeIterator + Clone {
        self.0.iter().map(|(key, _)| key)
    }

    pub fn clear(&mut self) {
        self.0.clear();
    }

    pub fn values(&self) -> impl DoubleEndedIterator<Item = &V> + ExactSizeIterator + Clone {
        self.0.iter().map(|(_, value)| value)
    }

    pub fn values_mut(&mut self) -> impl DoubleEndedIterator<Item = &mut V> + ExactSizeIterator {
        self.0.iter_mut().map(|(_, value)| value)
    }

    pub fn retain(&mut self, mut keep: impl FnMut(&K, &mut V) -> bool) {
        self.0.retain_mut(|(key, value)| keep(key, value));
    }

    pub fn into_values(self) -> impl DoubleEndedIterator<Item = V> + ExactSizeIterator {
        self.0.into_iter().map(|(_, value)| value)
    }
}

impl<K: Ord, V> Map<K, V> {
    fn place<Q: Ord + ?Sized>(&self, key: &Q) -> Result<usize, usize>
    where
        K: Borrow<Q>,
    {
        searched(self.0.len(), &mut |at| self.0.get(at).map_or(Ordering::Greater, |(known, _)| known.borrow().cmp(key)))
    }

    pub fn get<Q: Ord + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        self.place(key).ok().and_then(|at| self.0.get(at)).map(|(_, value)| value)
    }

    pub fn get_key_value<Q: Ord + ?Sized>(&self, key: &Q) -> Option<(&K, &V)>
    where
        K: Borrow<Q>,
    {
        self.place(key).ok().and_then(|at| self.0.get(at)).map(|(key, value)| (key, value))
    }

    pub fn get_mut<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<&mut V>
    where
        K: Borrow<Q>,
    {
        self.place(key).ok().and_then(|at| self.0.get_mut(at)).map(|(_, value)| value)
    }

    pub fn contains_key<Q: Ord + ?Sized>(&self, key: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        self.place(key).is_ok()
    }

    /// The value that was there before.
    pub fn insert(&mut self, key: K, value: V) -> Option<V> {
        match self.place(&key) {
            Ok(at) => self.0.get_mut(at).map(|entry| std::mem::replace(&mut entry.1, value)),
            Err(at) => {
                self.0.insert(at, (key, value));
                None
            }
        }
    }

    pub fn remove<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
    {
        self.place(key).ok().map(|at| self.0.remove(at).1)
    }

    pub fn entry(&mut self, key: K) -> Entry<'_, K, V> {
        let place = self.place(&key);
        Entry { map: self, key, place }
    }
}

impl<K: Ord, V> Extend<(K, V)> for Map<K, V> {
    fn extend<I: IntoIterator<Item = (K, V)>>(&mut self, items: I) {
        for (key, value) in items {
            self.insert(key, value);
        }
    }
}

impl<K: Ord, V> FromIterator<(K, V)> for Map<K, V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(items: I) -> Self {
        super::gathered(items)
    }
}

impl<K: Ord, V, const N: usize> From<[(K, V); N]> for Map<K, V> {
    fn from(items: [(K, V); N]) -> Self {
        super::gathered(items)
    }
}

impl<K, V> IntoIterator for Map<K, V> {
    type Item = (K, V);
    type IntoIter = vec::IntoIter<(K, V)>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'a, K, V> IntoIterator for &'a Map<K, V> {
    type Item = (&'a K, &'a V);
    type IntoIter = std::iter::Map<slice::Iter<'a, (K, V)>, fn(&'a (K, V)) -> (&'a K, &'a V)>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter().map(|(key, value)| (key, value))
    }
}

impl<'a, K, V> IntoIterator for &'a mut Map<K, V> {
    type Item = (&'a K, &'a mut V);
    type IntoIter = std::iter::Map<slice::IterMut<'a, (K, V)>, fn(&'a mut (K, V)) -> (&'a K, &'a mut V)>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter_mut().map(|(key, value)| (&*key, value))
    }
}

impl<K: Serialize, V: Serialize> Serialize for Map<K, V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self)
    }
}

/// A set: its elements in their order.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Set<T>(Vec<T>);

impl<T> Default for Set<T> {
    fn default() -> Self {
        Set(Vec::new())
    }
}

impl<T> Set<T> {
    /// None yet.
    pub const fn new() -> Self {
        Set(Vec::new())
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn clear(&mut self) {
        self.0.clear();
    }

    pub fn iter(&self) -> slice::Iter<'_, T> {
        self.0.iter()
    }

    pub fn first(&self) -> Option<&T> {
        self.0.first()
    }

    pub fn last(&self) -> Option<&T> {
        self.0.last()
    }
}

impl<T: Ord> Set<T> {
    /// Whether it is new.
    pub fn insert(&mut self, item: T) -> bool {
        match self.place(&item) {
            Ok(_) => false,
            Err(at) => {
                self.0.insert(at, item);
                true
            }
        }
    }

    fn place<Q: Ord + ?Sized>(&self, item: &Q) -> Result<usize, usize>
    where
        T: Borrow<Q>,
    {
        searched(self.0.len(), &mut |at| self.0.get(at).map_or(Ordering::Greater, |known| known.borrow().cmp(item)))
    }

    pub fn contains<Q: Ord + ?Sized>(&self, item: &Q) -> bool
    where
        T: Borrow<Q>,
    {
        self.place(item).is_ok()
    }

    /// Those in a range.
    pub fn range(&self, range: impl RangeBounds<T>) -> slice::Iter<'_, T> {
        let before = |bound: Bound<&T>, of_none: usize| match bound {
            Bound::Unbounded => of_none,
            Bound::Included(item) => self.0.partition_point(|known| known < item),
            Bound::Excluded(item) => self.0.partition_point(|known| known <= item),
        };
        let start = before(range.start_bound(), 0);
        let end = match range.end_bound() {
            Bound::Unbounded => self.0.len(),
            Bound::Included(item) => before(Bound::Excluded(item), 0),
            Bound::Excluded(item) => before(Bound::Included(item), 0),
        };
        self.0.get(start..end).unwrap_or_default().iter()
    }

    pub fn is_subset(&self, other: &Set<T>) -> bool {
        self.0.iter().all(|item| other.contains(item))
    }

    pub fn intersection<'a>(&'a self, other: &'a Set<T>) -> impl Iterator<Item = &'a T> {
        self.0.iter().filter(|item| other.contains(*item))
    }

    /// Whether it was there.
    pub fn remove<Q: Ord + ?Sized>(&mut self, item: &Q) -> bool
    where
        T: Borrow<Q>,
    {
        self.place(item).map(|at| self.0.remove(at)).is_ok()
    }
}

impl<T: Ord> Extend<T> for Set<T> {
    fn extend<I: IntoIterator<Item = T>>(&mut self, items: I) {
        for item in items {
            self.insert(item);
        }
    }
}

impl<'a, T: Ord + Copy + 'a> Extend<&'a T> for Set<T> {
    fn extend<I: IntoIterator<Item = &'a T>>(&mut self, items: I) {
        self.extend(items.into_iter().copied());
    }
}

impl<T: Ord> FromIterator<T> for Set<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        super::gathered(items)
    }
}

impl<T: Ord, const N: usize> From<[T; N]> for Set<T> {
    fn from(items: [T; N]) -> Self {
        super::gathered(items)
    }
}

impl<T> IntoIterator for Set<T> {
    type Item = T;
    type IntoIter = vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'a, T> IntoIterator for &'a Set<T> {
    type Item = &'a T;
    type IntoIter = slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn it_is_the_usual_map(steps in prop::collection::vec((0..4_u8, 0..20_u8, any::<u16>()), 0..200)) {
            let (mut usual, mut small) = (BTreeMap::new(), Map::new());
            for (what, key, value) in steps {
                match what {
                    0 => prop_assert_eq!(usual.insert(key, value), small.insert(key, value)),
                    1 => prop_assert_eq!(usual.remove(&key), small.remove(&key)),
                    2 => prop_assert_eq!(usual.entry(key).or_insert(value), small.entry(key).or_insert(value)),
                    _ => prop_assert_eq!(usual.get_mut(&key), small.get_mut(&key)),
                }
                prop_assert_eq!(usual.get(&key), small.get(&key));
                prop_assert_eq!(usual.contains_key(&key), small.contains_key(&key));
                prop_assert_eq!(usual.len(), small.len());
                prop_assert!(usual.iter().eq(small.iter()) && usual.iter().eq(&small));
            }
            prop_assert!(usual.keys().eq(small.keys()) && usual.values().eq(small.values()));
            let again: Map<u8, u16> = usual.iter().rev().map(|(key, value)| (*key, *value)).collect();
            prop_assert_eq!(&again, &small);
            prop_assert!(usual.into_iter().eq(small));
        }

        #[test]
        fn it_is_the_usual_set(steps in prop::collection::vec((any::<bool>(), 0..20_u8), 0..200)) {
            let (mut usual, mut small) = (BTreeSet::new(), Set::new());
            for (puts, item) in steps {
                match puts {
                    true => prop_assert_eq!(usual.insert(item), small.insert(item)),
                    false => prop_assert_eq!(usual.remove(&item), small.remove(&item)),
                }
                prop_assert_eq!(usual.contains(&item), small.contains(&item));
                prop_assert_eq!((usual.first(), usual.last(), usual.len()), (small.first(), small.last(), small.len()));
                prop_assert!(usual.iter().eq(&small));
                prop_assert!(usual.range(item..).eq(small.range(item..)) && usual.range(..item).eq(small.range(..item)));
                prop_assert!(usual.range(3..=item.max(3)).eq(small.range(3..=item.max(3))));
            }
            prop_assert!(usual.into_iter().eq(small));
        }
    }
}

/// A table of keys that have no order, in which is looked from one to the next.
#[derive(Debug, Clone)]
pub struct List<K, V>(Vec<(K, V)>);

impl<K, V> Default for List<K, V> {
    fn default() -> Self {
        List(Vec::new())
    }
}

/// The place of a key in a list.
pub struct Place<'a, K, V> {
    list: &'a mut List<K, V>,
    key: K,
}

impl<'a, K: PartialEq, V> Place<'a, K, V> {
    /// What is there; else what is put there.
    pub fn or_insert_with_key(self, make: impl FnOnce(&K) -> V) -> &'a mut V {
        let Place { list: List(all), key } = self;
        let at = all.iter().position(|(known, _)| *known == key).unwrap_or_else(|| {
            let value = make(&key);
            all.push((key, value));
            all.len() - 1
        });
        &mut all[at].1
    }

    /// What is there; else what is put there.
    pub fn or_insert_with(self, make: impl FnOnce() -> V) -> &'a mut V {
        self.or_insert_with_key(|_| make())
    }
}

impl<K, V> List<K, V> {
    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn retain(&mut self, mut keep: impl FnMut(&K, &mut V) -> bool) {
        self.0.retain_mut(|(key, value)| keep(key, value));
    }

    pub fn entry(&mut self, key: K) -> Place<'_, K, V> {
        Place { list: self, key }
    }
}
