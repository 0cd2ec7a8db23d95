//! The list of warnings with their places.

use crate::model::Document;
use crate::problem::{Code, Problem};
use crate::read::{self, Segment};

/// The warnings found so far, and the current place in the document.
#[derive(Debug, Default)]
pub(crate) struct Warnings {
    path: Vec<Segment>,
    found: Vec<(Vec<Segment>, Problem)>,
}

impl Warnings {
    /// Adds a warning at the current place; the hint says what to do.
    pub fn warn(&mut self, code: Code, message: impl Into<String>, hint: impl Into<String>) {
        self.report(Problem::new(code, message).with_hint(hint));
    }

    /// Adds an existing warning at the current place.
    pub fn report(&mut self, warning: Problem) {
        self.found.push((self.path.clone(), warning));
    }

    /// Checks the value under a key or index.
    pub fn under<T>(&mut self, segment: impl Into<Segment>, look: impl FnOnce(&mut Self) -> T) -> T {
        self.path.push(segment.into());
        let value = look(self);
        self.path.pop();
        value
    }

    /// Checks the value under several keys.
    pub fn below<T>(&mut self, keys: &[&str], look: impl FnOnce(&mut Self) -> T) -> T {
        self.path.extend(keys.iter().map(|key| Segment::from(*key)));
        let value = look(self);
        self.path.truncate(self.path.len().saturating_sub(keys.len()));
        value
    }

    /// Checks each element of the list under a key.
    pub fn each<T>(&mut self, key: &str, list: &[T], mut look: impl FnMut(&mut Self, &T)) {
        self.under(key, |warnings| {
            for (index, element) in list.iter().enumerate() {
                warnings.under(index, |warnings| look(warnings, element));
            }
        });
    }

    /// Returns the warnings with line and column in the text of the document, in its order; without them if the text is not
    /// a document.
    pub fn placed(self, document: &Document, text: &str) -> Vec<Problem> {
        if self.found.is_empty() {
            return Vec::new();
        }
        if !read::is_json(text) {
            return self.unplaced(document);
        }
        read::positions(text, self.found)
    }

    /// Returns the warnings in the order of the document's canonical form.
    pub fn unplaced(self, document: &Document) -> Vec<Problem> {
        if self.found.is_empty() {
            return Vec::new();
        }
        let text = serde_json::to_string(document).unwrap_or_default();
        let placed = read::positions(&text, self.found);
        placed.into_iter().map(|warning| Problem { position: None, ..warning }).collect()
    }
}
