//! Reading text, booleans, and values of any type.

use serde_json::Value;

use super::{Node, Reader};
use crate::problem::{Code, Problem};

impl Reader<'_> {
    pub fn text<'n>(&mut self, node: &'n Node) -> Option<&'n str> {
        match node {
            Node::Text(text) => Some(text),
            Node::Number(_) | Node::Bool(_) => self.wrong_form(node, "text", "write it in quotes"),
            other => self.wrong_type(other, "text"),
        }
    }

    pub fn string(&mut self, node: &Node) -> Option<String> {
        self.text(node).map(str::to_owned)
    }

    pub fn bool(&mut self, node: &Node) -> Option<bool> {
        match node {
            Node::Bool(value) => Some(*value),
            Node::Text(text) if ["true", "false"].contains(&&**text) => {
                self.wrong_form(node, "true or false", "write it without quotes")
            }
            other => self.wrong_type(other, "true or false"),
        }
    }

    /// Reads any JSON value whose numbers are within ±2^53, whose keys are unique, and which nests at most [`MOST_NESTED`] levels
    /// deep.
    pub fn value(&mut self, node: &Node) -> Option<Value> {
        self.check_value(node, MOST_NESTED);
        Some(node.into())
    }

    fn check_value(&mut self, node: &Node, left: usize) {
        match node {
            Node::List(_) | Node::Object(_) if left == 0 => self.report(nested_too_deeply()),
            Node::Number(_) => {
                self.number(node);
            }
            Node::List(_) => {
                self.list(node, |r, element| {
                    r.check_value(element, left - 1);
                    Some(())
                });
            }
            Node::Object(_) => {
                self.map::<(), ()>(node, |r, _, element| {
                    r.check_value(element, left - 1);
                    Some(())
                });
            }
            _ => {}
        }
    }
}

/// The most levels of lists and objects in a value of the embedder's. JSON readers have a limit too, often 128, and a value is
/// written within a command, a turn or a snapshot.
pub const MOST_NESTED: usize = 64;

/// Returns the problem of a value that nests too deeply.
pub fn nested_too_deeply() -> Problem {
    Problem::new(Code::InvalidJson, format!("the lists and objects of a value nest at most {MOST_NESTED} levels deep"))
}
