//! The entries of an object that has a fixed set of keys.

use super::Node;

/// The entries of an object, and which of its keys have been asked for.
pub(crate) struct Fields<'n> {
    pub(super) entries: &'n [(String, Node)],
    pub(super) known: Vec<&'static str>,
}

impl<'n> Fields<'n> {
    /// The value of a key, which is thereby known.
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

    /// Whether the object has the key.
    pub fn has(&self, key: &str) -> bool {
        self.peek(key).is_some()
    }
}
