//! A list in chunks that copies share.

use std::sync::Arc;

/// The number of entries in a chunk: a change after a copy copies one of them.
const CHUNK: usize = 64;

/// A list whose copy shares the chunks until one of the two changes them.
#[derive(Debug, Clone)]
pub(crate) struct SharedList<T> {
    /// All but the last are full.
    chunks: Vec<Arc<Vec<T>>>,
}

impl<T> Default for SharedList<T> {
    fn default() -> Self {
        SharedList { chunks: Vec::new() }
    }
}

impl<T> SharedList<T> {
    pub fn len(&self) -> usize {
        self.chunks.last().map_or(0, |last| (self.chunks.len() - 1) * CHUNK + last.len())
    }

    pub fn get(&self, index: usize) -> Option<&T> {
        self.chunks.get(index / CHUNK)?.get(index % CHUNK)
    }

    pub fn iter(&self) -> impl Iterator<Item = &T> {
        self.chunks.iter().flat_map(|chunk| chunk.iter())
    }
}

impl<T: Clone> SharedList<T> {
    pub fn get_mut(&mut self, index: usize) -> Option<&mut T> {
        Arc::make_mut(self.chunks.get_mut(index / CHUNK)?).get_mut(index % CHUNK)
    }

    pub fn iter_mut(&mut self) -> impl Iterator<Item = &mut T> {
        self.chunks.iter_mut().flat_map(|chunk| Arc::make_mut(chunk).iter_mut())
    }
}

impl<T: Clone + Default> SharedList<T> {
    /// Gives the list a length.
    pub fn resize(&mut self, length: usize) {
        if length == self.len() {
            return;
        }
        let chunks = length.div_ceil(CHUNK);
        self.chunks.resize_with(chunks, Arc::default);
        for (index, chunk) in self.chunks.iter_mut().enumerate() {
            let entries = CHUNK.min(length - index * CHUNK);
            if chunk.len() != entries {
                Arc::make_mut(chunk).resize_with(entries, T::default);
            }
        }
        super::release(&mut self.chunks);
    }
}

impl<T> FromIterator<T> for SharedList<T> {
    fn from_iter<I: IntoIterator<Item = T>>(entries: I) -> Self {
        let mut entries = entries.into_iter();
        let next = || Some(entries.by_ref().take(CHUNK).collect::<Vec<T>>()).filter(|chunk| !chunk.is_empty());
        SharedList { chunks: std::iter::from_fn(next).map(Arc::new).collect() }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// It contains what a `Vec` does after the same changes, and a copy what it contained when it was made.
        #[test]
        fn it_is_a_list(changes in prop::collection::vec((0..300_usize, any::<Option<u8>>()), 0..60), copied in 0..60_usize) {
            let (mut list, mut expected) = (SharedList::default(), Vec::new());
            let mut copy = None;
            for (turn, (index, value)) in changes.into_iter().enumerate() {
                match value {
                    Some(value) => {
                        let changed = list.get_mut(index).map(|place| *place = value);
                        prop_assert_eq!(changed, expected.get_mut(index).map(|place| *place = value));
                    }
                    None => {
                        list.resize(index);
                        expected.resize(index, 0);
                    }
                }
                prop_assert_eq!((list.len(), list.get(index)), (expected.len(), expected.get(index)));
                if turn == copied {
                    copy = Some((list.clone(), expected.clone()));
                }
            }
            prop_assert!(list.iter().eq(&expected));
            prop_assert!(SharedList::from_iter(expected.clone()).iter().eq(&expected));
            prop_assert!(copy.is_none_or(|(list, expected)| list.iter().eq(&expected)));
        }
    }
}
