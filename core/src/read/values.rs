//! Reading text, booleans, and values of any type.

use serde_json::Value;

use super::{Node, Reader};

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

    /// Reads any JSON value whose numbers are within ±2^53 and whose keys are unique.
    pub fn value(&mut self, node: &Node) -> Option<Value> {
        self.check_value(node);
        Some(node.into())
    }

    fn check_value(&mut self, node: &Node) {
        match node {
            Node::Number(_) => {
                self.number(node);
            }
            Node::List(_) => {
                self.list(node, |r, element| {
                    r.check_value(element);
                    Some(())
                });
            }
            Node::Object(_) => {
                self.map::<(), ()>(node, |r, _, element| {
                    r.check_value(element);
                    Some(())
                });
            }
            _ => {}
        }
    }
}
