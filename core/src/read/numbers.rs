//! Reading numbers.

use serde_json::Number;

use super::{MAX_INTEGER, Node, Reader};
use crate::problem::Code;

impl Reader<'_> {
    /// Reads a whole number between two bounds, both included.
    pub fn integer(&mut self, node: &Node, least: i64, most: i64) -> Option<i64> {
        let Node::Number(number) = node else { return self.no_number(node, "a whole number") };
        match number.as_i64() {
            Some(value) if (least..=most).contains(&value) => Some(value),
            None if number.as_f64().is_some_and(|value| value.fract() != 0.0) => {
                self.fail(Code::WrongType, "expected a whole number, found one with a fraction")
            }
            _ => self.fail(Code::OutOfRange, format!("{} is not from {least} to {most}", in_a_message(number))),
        }
    }

    fn no_number<T>(&mut self, node: &Node, wanted: &str) -> Option<T> {
        match node {
            Node::Text(text) if text.parse::<i64>().is_ok() => self.wrong_form(node, wanted, "write it without quotes"),
            _ => self.wrong_type(node, wanted),
        }
    }

    pub fn count(&mut self, node: &Node) -> Option<u32> {
        const MOST: i64 = 1_000_000;
        self.integer(node, 0, MOST).and_then(|value| u32::try_from(value).ok())
    }

    pub fn any_integer(&mut self, node: &Node) -> Option<i64> {
        self.integer(node, -MAX_INTEGER, MAX_INTEGER)
    }

    /// Reads a number, whole or not, within ±2^53.
    pub fn number(&mut self, node: &Node) -> Option<f64> {
        let Node::Number(number) = node else { return self.no_number(node, "a number") };
        match number.as_f64().filter(|_| number.is_f64()) {
            // Every number beyond ±2^53 is whole.
            Some(value) if value.fract() != 0.0 => Some(value),
            _ => self.any_integer(node).map(|whole| whole as f64),
        }
    }
}

/// Describes a number in a message. A number beyond `u64` and a fraction have no digits there, because the tables for writing
/// them would add to the download of a browser.
fn in_a_message(number: &Number) -> String {
    let whole = number.as_i64().map(|whole| whole.to_string());
    whole.or_else(|| number.as_u64().map(|whole| whole.to_string())).unwrap_or_else(|| "the number".to_owned())
}
