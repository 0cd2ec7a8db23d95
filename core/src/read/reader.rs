//! The strict reader: it walks a document, and collects all problems on the way.

use super::known::{DeclaredScripts, Known};
use super::node::Node;
use super::path::{Placed, Segment};
use super::references::Here;
use crate::deadline::NowAndThen;
use crate::problem::MOST_SUGGESTIONS;

/// Walks a document. Every `read` function returns `None` after it reported why.
pub(crate) struct Reader<'k> {
    /// The names that may be referred to.
    pub known: &'k Known,
    /// `true` if the value was read before, without a problem.
    again: bool,
    /// `true` if a key whose value is null counts as absent.
    null_is_absent: bool,
    pub(super) here: Here,
    pub(super) path: Vec<Segment>,
    pub(super) problems: Vec<Placed>,
    /// The number of further problems for which a name is suggested.
    pub(super) suggestions: usize,
    pub(super) watch: NowAndThen,
}

impl<'k> Reader<'k> {
    pub fn new(known: &'k Known) -> Self {
        Reader {
            known,
            again: false,
            null_is_absent: false,
            here: Here::default(),
            path: Vec::new(),
            problems: Vec::new(),
            suggestions: MOST_SUGGESTIONS,
            watch: NowAndThen::default(),
        }
    }

    /// Creates a reader for a value that was read before. It accepts all scripts and strategies, which may have changed
    /// since.
    pub fn again(known: &'k Known) -> Self {
        Reader { again: true, ..Reader::new(known) }
    }

    /// Reads a part that may refer to other names, and in which a key whose value is null counts as absent.
    #[cfg(feature = "routing")]
    pub fn patch<T>(&mut self, known: &Known, read: impl FnOnce(&mut Reader<'_>) -> Option<T>) -> Option<T> {
        let (path, problems) = (std::mem::take(&mut self.path), std::mem::take(&mut self.problems));
        let suggestions = self.suggestions;
        let mut inner =
            Reader { null_is_absent: true, again: self.again, path, problems, suggestions, ..Reader::new(known) };
        let value = read(&mut inner);
        (self.path, self.problems, self.suggestions) = (inner.path, inner.problems, inner.suggestions);
        value
    }

    /// Returns `true` if a value counts as absent.
    pub(super) fn is_absent(&self, node: &Node) -> bool {
        self.null_is_absent && *node == Node::Null
    }

    /// Returns the scripts and strategies that may be named; `None` if any may: they are not known yet, the value was
    /// read before, or nothing is routed.
    pub fn scripts(&self) -> Option<&'k DeclaredScripts> {
        self.known.scripts.as_deref().filter(|_| cfg!(feature = "routing") && !self.again)
    }

    /// Returns `true` if scripts and strategies may be named that are not checked.
    pub fn names_any_script(&self) -> bool {
        self.known.scripts.is_none() && !self.again
    }

    /// Reads the value under a key or index.
    pub fn under<T>(&mut self, segment: Segment, read: impl FnOnce(&mut Self) -> T) -> T {
        self.enter(segment);
        let value = read(self);
        self.leave();
        value
    }

    // Not inlined: compiled once for all types that are read.

    #[inline(never)]
    pub(super) fn enter(&mut self, segment: Segment) {
        self.path.push(segment);
    }

    #[inline(never)]
    pub(super) fn leave(&mut self) {
        self.path.pop();
    }
}
