//! Reporting problems at the current place.

use super::path::{self, Placed, Segment};
use super::{Node, Reader};
use crate::problem::{Code, Problem};

impl Reader<'_> {
    /// Reports a problem at the current place.
    pub fn report(&mut self, problem: Problem) {
        let path = self.path.clone();
        self.problems.push(Placed { problem: problem.at_path(path::to_text(&path)), path, on_key: false });
    }

    pub(super) fn report_on_key(&mut self, key: Segment, problem: Problem) {
        self.under(key, |r| r.report_key(problem));
    }

    /// Reports a problem of the key that leads to the current place.
    pub fn report_key(&mut self, problem: Problem) {
        self.report(problem);
        if let Some(last) = self.problems.last_mut() {
            last.on_key = true;
        }
    }

    /// Reports a problem of a code and message at the current place, and returns `None`.
    pub fn fail<T>(&mut self, code: Code, message: impl Into<String>) -> Option<T> {
        self.report(Problem::new(code, message.into()));
        None
    }

    /// Reports a value of another type than the wanted one.
    pub fn wrong_type<T>(&mut self, node: &Node, wanted: &str) -> Option<T> {
        self.report_wrong_type(node, wanted);
        None
    }

    fn report_wrong_type(&mut self, node: &Node, wanted: &str) {
        let problem = Problem::new(Code::WrongType, format!("expected {wanted}, found {}", node.kind()));
        self.report_type(node, problem);
    }

    /// Reports a value of another type than the wanted one, with a hint on how to write it.
    pub(super) fn wrong_form<T>(&mut self, node: &Node, wanted: &str, hint: impl Into<String>) -> Option<T> {
        let problem = Problem::new(Code::WrongType, format!("expected {wanted}, found {}", node.kind()));
        self.report_type(node, problem.with_hint(hint));
        None
    }

    fn report_type(&mut self, node: &Node, problem: Problem) {
        self.report(match self.path.last().filter(|_| matches!(node, Node::Null)) {
            Some(Segment::Index(_)) => problem.with_hint("leave it out of the list"),
            Some(_) => problem.with_hint("leave the key out where there is no value"),
            None => problem,
        });
    }

    /// Adds the known names that may be meant to a problem. Only the first problems get them, because searching many names
    /// for each of many problems would take too long.
    pub fn suggesting<'a>(
        &mut self,
        problem: Problem,
        wrong: &str,
        known: impl IntoIterator<Item = &'a str>,
    ) -> Problem {
        if self.may_suggest() { problem.suggesting(wrong, known) } else { problem }
    }

    /// Returns `true` if one more problem may suggest a name.
    fn may_suggest(&mut self) -> bool {
        let left = self.suggestions.checked_sub(1);
        self.suggestions = left.unwrap_or_default();
        left.is_some()
    }

    /// Returns `true` if nothing was reported yet.
    pub fn is_clean(&self) -> bool {
        self.problems.is_empty()
    }

    pub(super) fn into_problems(self) -> Vec<Placed> {
        self.problems
    }
}
