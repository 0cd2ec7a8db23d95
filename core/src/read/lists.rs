//! Reading lists.

use rustc_hash::FxHashSet;

#[cfg(feature = "routing")]
use super::Id;
use super::{Fields, Node, Reader, Segment};
use crate::problem::{Code, Problem, shortened};

impl Reader<'_> {
    /// Reads the elements of a list, and leaves out those with problems.
    pub fn list<T>(&mut self, node: &Node, mut read: impl FnMut(&mut Self, &Node) -> Option<T>) -> Option<Vec<T>> {
        let Node::List(elements) = node else { return self.no_list(node) };
        let mut values = Vec::new();
        for (index, node) in elements.iter().enumerate() {
            // Nothing that is read after the deadline is returned.
            if self.watch.is_up() {
                break;
            }
            if let Some(value) = self.under(Segment::Index(index), |r| read(r, node)) {
                values.push(value);
            }
        }
        Some(values)
    }

    /// Reads the list under a key; an absent one is empty.
    pub fn list_or_empty<T>(
        &mut self,
        fields: &mut Fields<'_>,
        key: &'static str,
        read: impl FnMut(&mut Self, &Node) -> Option<T>,
    ) -> Vec<T> {
        self.optional(fields, key, |r, node| r.list(node, read)).unwrap_or_default()
    }

    /// Reads the list of ids under a key, and reports those that stand in it twice; an absent list is empty.
    #[cfg(feature = "routing")]
    pub fn distinct(
        &mut self,
        fields: &mut Fields<'_>,
        key: &'static str,
        mut read: impl FnMut(&mut Self, &Node) -> Option<Id>,
    ) -> Vec<Id> {
        let mut seen = FxHashSet::default();
        self.list_or_empty(fields, key, |r, node| {
            let id = read(r, node)?;
            if seen.insert(id.clone()) {
                return Some(id);
            }
            r.fail(Code::DuplicateId, format!("there is {:?} already", shortened(&id)))
        })
    }

    /// Reports that a list was expected.
    fn no_list<T>(&mut self, node: &Node) -> Option<T> {
        match node {
            Node::Text(text) => {
                self.wrong_form(node, "a list", format!("write it in brackets: [{:?}]", shortened(text)))
            }
            Node::Object(_) => self.wrong_form(node, "a list", "write it in brackets: [{…}]"),
            other => self.wrong_type(other, "a list"),
        }
    }

    /// Reports every element of a list that has the same text under a key as an earlier one.
    pub fn unique(&mut self, list: &Node, key: &str, what: &str) {
        let mut seen = FxHashSet::default();
        for (index, element) in list.elements().iter().enumerate() {
            let Some(id) = element.get(key).and_then(Node::text) else { continue };
            if !seen.insert(id) {
                let problem = Problem::new(Code::DuplicateId, format!("there is already {what} {:?}", shortened(id)));
                self.under(Segment::Index(index), |r| r.under(Segment::nth(key, 0), |r| r.report(problem)));
            }
        }
    }

    /// Reports every element of the list under a key that has the same id as an earlier one.
    pub fn unique_under(&mut self, fields: &Fields<'_>, list: &str, what: &str) {
        if let Some(node) = fields.peek(list) {
            self.under(Segment::nth(list, 0), |r| r.unique(node, "id", what));
        }
    }
}
