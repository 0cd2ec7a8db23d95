//! A map by id whose copies share memory.

use super::table::{SharedTable, hash_of};
use crate::read::Id;

/// A map by id.
#[derive(Debug, Clone)]
pub(crate) struct SharedMap<V>(SharedTable<(Id, V)>);

impl<V> Default for SharedMap<V> {
    fn default() -> Self {
        SharedMap(SharedTable::default())
    }
}

impl<V: Clone> SharedMap<V> {
    pub fn get(&self, id: &str) -> Option<&V> {
        self.0.find(hash_of(id), |(of, _)| of == id).map(|(_, value)| value)
    }

    pub fn get_mut(&mut self, id: &str) -> Option<&mut V> {
        self.0.find_mut(hash_of(id), |(of, _)| of == id).map(|(_, value)| value)
    }

    /// Returns all values, to change them.
    pub fn values_mut(&mut self) -> impl Iterator<Item = &mut V> {
        self.0.iter_mut().map(|(_, value)| value)
    }

    /// Sets the value of an id, and returns the one before.
    pub fn insert(&mut self, id: &Id, value: V) -> Option<V> {
        if let Some(known) = self.get_mut(id) {
            return Some(std::mem::replace(known, value));
        }
        self.0.insert(hash_of(id.as_str()), (id.clone(), value), |(of, _)| hash_of(of.as_str()));
        None
    }

    /// Removes an id, and returns its value.
    pub fn remove(&mut self, id: &str) -> Option<V> {
        self.0.remove(hash_of(id), |(of, _)| of == id, |(of, _)| hash_of(of.as_str())).map(|(_, value)| value)
    }
}
