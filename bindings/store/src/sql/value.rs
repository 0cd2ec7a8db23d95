//! Values of rows.

use frontdesk::Problem;

use super::unexpected;

/// A value of a row: all columns are integers or text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// No value, in a column of integers.
    NoInteger,
    /// No value, in a column of text.
    NoText,
    /// An integer.
    Integer(i64),
    /// Text.
    Text(String),
}

impl Value {
    /// Returns the integer.
    pub(super) fn integer(&self) -> Result<i64, Problem> {
        self.maybe_integer()?.ok_or_else(|| unexpected("no value where there has to be an integer"))
    }

    /// Returns the integer, if there is one.
    pub(super) fn maybe_integer(&self) -> Result<Option<i64>, Problem> {
        match self {
            Value::Integer(integer) => Ok(Some(*integer)),
            Value::NoInteger | Value::NoText => Ok(None),
            Value::Text(_) => Err(unexpected("text where there has to be an integer")),
        }
    }

    /// Returns the text.
    pub(super) fn text(self) -> Result<String, Problem> {
        self.maybe_text()?.ok_or_else(|| unexpected("no value where there has to be text"))
    }

    /// Returns the text, if there is some.
    pub(super) fn maybe_text(self) -> Result<Option<String>, Problem> {
        match self {
            Value::Text(text) => Ok(Some(text)),
            Value::NoInteger | Value::NoText => Ok(None),
            Value::Integer(_) => Err(unexpected("an integer where there has to be text")),
        }
    }
}

impl From<i64> for Value {
    fn from(integer: i64) -> Value {
        Value::Integer(integer)
    }
}

impl From<u64> for Value {
    /// Numbers of turns are at most 2^53.
    fn from(number: u64) -> Value {
        Value::Integer(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl From<Option<i64>> for Value {
    fn from(integer: Option<i64>) -> Value {
        integer.map_or(Value::NoInteger, Value::Integer)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Value {
        Value::Text(text.to_owned())
    }
}

impl From<&String> for Value {
    fn from(text: &String) -> Value {
        Value::Text(text.clone())
    }
}

impl From<&Option<String>> for Value {
    fn from(text: &Option<String>) -> Value {
        text.as_ref().map_or(Value::NoText, Value::from)
    }
}
