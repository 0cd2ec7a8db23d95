//! Reading objects, with a fixed set of keys or with any.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use serde_json::Value;

use super::{Node, Property, Reader, Segment};
use crate::problem::{Code, Problem, shortened, there_are};

/// The entries of an object, and which of its keys have been asked for.
pub(crate) struct Fields<'n> {
    entries: &'n [Property<'n>],
    known: Vec<&'static str>,
}

impl<'n> Fields<'n> {
    /// Returns the value of a key, and marks the key as known.
    fn take(&mut self, key: &'static str) -> Option<&'n Node<'n>> {
        self.known.push(key);
        self.peek(key)
    }

    /// Returns the value of a key, without marking the key as known.
    pub fn peek(&self, key: &str) -> Option<&'n Node<'n>> {
        self.entries.iter().find(|(name, _)| name == key).map(|(_, node)| node)
    }

    /// Returns all keys in their order.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().map(|(key, _)| &**key)
    }

    /// Returns `true` if the object has the key.
    pub fn has(&self, key: &str) -> bool {
        self.peek(key).is_some()
    }
}

impl Reader<'_> {
    /// Returns the entries of an object with a fixed set of keys. Ask for each key, then call [`finish`](Self::finish).
    pub fn object<'n>(&mut self, node: &'n Node<'_>) -> Option<Fields<'n>> {
        match node {
            Node::Object(entries) => {
                self.check_duplicate_keys(entries);
                Some(Fields { entries, known: Vec::with_capacity(16) })
            }
            other => self.wrong_type(other, "an object"),
        }
    }

    /// Reports the keys that were not asked for, and returns those that begin with `x-`.
    pub fn finish(&mut self, fields: Fields<'_>) -> BTreeMap<String, Value> {
        let mut extensions = BTreeMap::new();
        let others = fields.entries.iter().filter(|(key, _)| !fields.known.contains(&&**key));
        for (before, key, node) in numbered(others) {
            if key.starts_with("x-") && !self.is_absent(node) {
                let value = self.under(Segment::nth(key, before), |r| r.value(node));
                extensions.extend(value.map(|value| (key.to_owned(), value)));
            } else if !key.starts_with("x-") {
                let problem = Problem::new(Code::UnknownKey, format!("there is no key {:?} here", shortened(key)));
                let problem = self.suggesting(problem, key, fields.known.iter().copied());
                let problem = problem.or_hint(|| there_are(&distinct(&fields.known)));
                self.report_on_key(Segment::nth(key, before), problem);
            }
        }
        extensions
    }

    /// Reads the value of a key that may be absent.
    pub fn optional<'n, T>(
        &mut self,
        fields: &mut Fields<'n>,
        key: &'static str,
        read: impl FnOnce(&mut Self, &'n Node<'n>) -> Option<T>,
    ) -> Option<T> {
        let node = self.enter_optional(fields, key)?;
        let value = read(self, node);
        self.leave();
        value
    }

    /// Reads the value of a key, and reports the key if it is absent.
    pub fn required<'n, T>(
        &mut self,
        fields: &mut Fields<'n>,
        key: &'static str,
        read: impl FnOnce(&mut Self, &'n Node<'n>) -> Option<T>,
    ) -> Option<T> {
        let node = self.enter_required(fields, key)?;
        let value = read(self, node);
        self.leave();
        value
    }

    #[inline(never)]
    fn enter_optional<'n>(&mut self, fields: &mut Fields<'n>, key: &'static str) -> Option<&'n Node<'n>> {
        let node = fields.take(key).filter(|node| !self.is_absent(node))?;
        self.enter(Segment::known(key));
        Some(node)
    }

    #[inline(never)]
    fn enter_required<'n>(&mut self, fields: &mut Fields<'n>, key: &'static str) -> Option<&'n Node<'n>> {
        if fields.peek(key).is_none_or(|node| self.is_absent(node)) {
            self.report(Problem::new(Code::MissingKey, format!("the key {key:?} is missing")));
        }
        self.enter_optional(fields, key)
    }

    /// Reads the entries of an object with any keys.
    pub fn map<T, C: Default + Extend<T>>(
        &mut self,
        node: &Node,
        mut read: impl FnMut(&mut Self, &str, &Node) -> Option<T>,
    ) -> Option<C> {
        let Node::Object(entries) = node else { return self.wrong_type(node, "an object") };
        self.check_duplicate_keys(entries);
        let mut values = C::default();
        for (before, key, node) in numbered(entries) {
            values.extend(self.under(Segment::nth(key, before), |r| read(r, key, node)));
        }
        Some(values)
    }

    fn check_duplicate_keys(&mut self, entries: &[Property<'_>]) {
        if is_small_and_distinct(entries) {
            return;
        }
        for (before, key, _) in numbered(entries) {
            if before > 0 {
                let message = format!("the key {:?} stands here already", shortened(key));
                self.report_on_key(Segment::nth(key, before), Problem::new(Code::DuplicateKey, message));
            }
        }
    }
}

/// Returns `true` if an object is small and no key stands in it twice. Most objects are, and to compare a few keys with
/// each other is faster than to hash them.
fn is_small_and_distinct(entries: &[Property<'_>]) -> bool {
    let is_new =
        |(index, (key, _)): (usize, &Property<'_>)| entries.iter().take(index).all(|(before, _)| before != key);
    entries.len() <= 16 && entries.iter().enumerate().all(is_new)
}

/// Numbers the entries of an object: each is given the number of earlier entries with the same key.
fn numbered<'n>(
    entries: impl IntoIterator<Item = &'n Property<'n>>,
) -> impl Iterator<Item = (usize, &'n str, &'n Node<'n>)> {
    let mut seen = FxHashMap::default();
    entries.into_iter().map(move |(key, node)| {
        let count: &mut usize = seen.entry(&**key).or_default();
        *count += 1;
        (*count - 1, &**key, node)
    })
}

/// Returns the names without duplicates, in their order.
fn distinct(names: &[&'static str]) -> Vec<&'static str> {
    let mut all = Vec::with_capacity(names.len());
    for name in names {
        if !all.contains(name) {
            all.push(*name);
        }
    }
    all
}
