//! The tests of conditions, carried out.

use serde_json::Value;

use super::condition::Test;

/// A value that a condition tests.
pub(crate) enum Seen<'a> {
    Absent,
    Text(&'a str),
    Number(f64),
    Bool(bool),
    Json(&'a Value),
}

impl<'a> Seen<'a> {
    pub fn of(value: Option<&'a Value>) -> Self {
        match value {
            None | Some(Value::Null) => Seen::Absent,
            Some(Value::String(text)) => Seen::Text(text),
            Some(Value::Bool(value)) => Seen::Bool(*value),
            Some(Value::Number(number)) => number.as_f64().map_or(Seen::Absent, Seen::Number),
            Some(other) => Seen::Json(other),
        }
    }

    fn equals(&self, literal: &Value) -> bool {
        match (self, literal) {
            (Seen::Text(text), Value::String(literal)) => text == literal,
            (Seen::Bool(value), Value::Bool(literal)) => value == literal,
            (Seen::Number(number), Value::Number(literal)) => literal.as_f64() == Some(*number),
            (Seen::Json(value), literal) => *value == literal,
            _ => false,
        }
    }

    fn number(&self) -> Option<f64> {
        match self {
            Seen::Number(number) => Some(*number),
            _ => None,
        }
    }

    fn contains(&self, part: &Value) -> bool {
        match (self, part) {
            (Seen::Text(text), Value::String(part)) => text.contains(part.as_str()),
            (Seen::Json(Value::Array(elements)), part) => elements.iter().any(|it| Seen::of(Some(it)).equals(part)),
            _ => false,
        }
    }
}

impl Test {
    /// Returns `true` if a value, or its absence, passes the test.
    pub(crate) fn passes(&self, seen: &Seen<'_>) -> bool {
        match self {
            Test::Is(literal) => seen.equals(literal),
            Test::AnyOf(literals) => literals.iter().any(|literal| seen.equals(literal)),
            Test::All(tests) => tests.iter().all(|test| test.passes(seen)),
            Test::AtLeast(least) => seen.number().is_some_and(|number| number >= *least),
            Test::AtMost(most) => seen.number().is_some_and(|number| number <= *most),
            Test::Not(test) => !test.passes(seen),
            Test::Contains(part) => seen.contains(part),
            Test::StartsWith(beginning) => matches!(seen, Seen::Text(text) if text.starts_with(beginning.as_str())),
            Test::Extension(..) => true,
            Test::Exists(there) => matches!(seen, Seen::Absent) != *there,
        }
    }
}
