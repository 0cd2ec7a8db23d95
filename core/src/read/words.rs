//! Reading words of a fixed set.

use super::{Node, Reader};
use crate::problem::{Code, Problem, Word, shortened, some_of};

impl Reader<'_> {
    /// Reads a word of a vocabulary.
    pub fn word<W: Word>(&mut self, node: &Node) -> Option<W> {
        node.text().and_then(W::find).or_else(|| self.no_word(node, W::TEXTS, None))
    }

    /// Reads a word of a vocabulary; messages offer an object, described as `object`, as well.
    pub fn word_or_object<W: Word>(&mut self, node: &Node, object: &str) -> Option<W> {
        node.text().and_then(W::find).or_else(|| self.no_word(node, W::TEXTS, Some(object)))
    }

    /// Reads the value of a name in a table.
    pub fn named<T: Copy>(&mut self, node: &Node, table: &[(&'static str, T)]) -> Option<T> {
        let named = node.text().and_then(|text| table.iter().find(|(name, _)| *name == text));
        let names = || table.iter().map(|(name, _)| *name).collect::<Vec<_>>();
        named.map(|(_, value)| *value).or_else(|| self.no_word(node, &names(), None))
    }

    fn no_word<T>(&mut self, node: &Node, all: &[&str], object: Option<&str>) -> Option<T> {
        let words = some_of(all);
        let Node::Text(text) = node else {
            let wanted = object.map_or(format!("one of {words}"), |object| format!("{words} or {object}"));
            return self.wrong_type(node, &wanted);
        };
        let or_else = object.map(|object| format!(", nor {object}")).unwrap_or_default();
        let message = format!("{:?} is none of {words}{or_else}", shortened(text));
        let problem = self.suggesting(Problem::new(Code::InvalidValue, message), text, all.iter().copied());
        self.report(problem);
        None
    }
}
