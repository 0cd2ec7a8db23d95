//! The entries of an object that has a fixed set of keys.

use rustc_hash::FxHashMap;

use super::Node;

/// The entries of an object, and which of its keys have been asked for.
pub(crate) struct Fields<'n> {
    pub(super) entries: &'n [(String, Node)],
    pub(super) known: Vec<&'static str>,
}

impl<'n> Fields<'n> {
    /// Returns the value of a key, and marks the key as known.
    pub(super) fn take(&mut self, key: &'static str) -> Option<&'n Node> {
        self.known.push(key);
        self.peek(key)
    }

    /// The value of a key, without making it known.
    pub fn peek(&self, key: &str) -> Option<&'n Node> {
        self.entries.iter().find(|(name, _)| name == key).map(|(_, node)| node)
    }

    /// The keys, as they stand there.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().map(|(key, _)| key.as_str())
    }

    /// Returns `true` if the object has the key.
    pub fn has(&self, key: &str) -> bool {
        self.peek(key).is_some()
    }
}

/// The entries of an object, each with how often its key stands there before.
pub(super) fn numbered<'n>(
    entries: impl IntoIterator<Item = &'n (String, Node)>,
) -> impl Iterator<Item = (usize, &'n str, &'n Node)> {
    let mut seen = FxHashMap::default();
    entries.into_iter().map(move |(key, node)| {
        let count: &mut usize = seen.entry(key.as_str()).or_default();
        *count += 1;
        (*count - 1, key.as_str(), node)
    })
}
