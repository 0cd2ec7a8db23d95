//! Reading words of a fixed set.

use super::{Node, Reader};
use crate::problem::{Code, Problem, Word, shortened};

impl Reader<'_> {
    /// Reads a word of a vocabulary.
    pub fn word<W: Word>(&mut self, node: &Node) -> Option<W> {
        node.text().and_then(W::find).or_else(|| self.no_word(node, W::TEXTS, None))
    }

    /// Reads one of a fixed set of words.
    pub fn one_of<T: Copy>(&mut self, node: &Node, words: &[(&'static str, T)]) -> Option<T> {
        meant(node, words).or_else(|| self.no_word(node, &texts(words), None))
    }

    /// Reads one of a fixed set of words; messages offer an object, described as `object`, as well.
    pub fn word_or_object<T: Copy>(&mut self, node: &Node, words: &[(&'static str, T)], object: &str) -> Option<T> {
        meant(node, words).or_else(|| self.no_word(node, &texts(words), Some(object)))
    }

    fn no_word<T>(&mut self, node: &Node, all: &[&str], object: Option<&str>) -> Option<T> {
        let words = all.join(", ");
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

/// Returns the meaning of a word.
fn meant<T: Copy>(node: &Node, words: &[(&'static str, T)]) -> Option<T> {
    let text = node.text()?;
    words.iter().find(|(word, _)| *word == text).map(|(_, value)| *value)
}

fn texts<T>(words: &[(&'static str, T)]) -> Vec<&'static str> {
    words.iter().map(|(word, _)| *word).collect()
}
