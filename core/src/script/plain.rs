//! Plain values: those that a view reads off its data without making anything.
//!
//! A member of a view with such a value is defined once, by a function from the data to a plain value. Rhai gets it as a
//! getter, and the evaluator of [expressions](super::expression) calls it.

use rhai::{Dynamic, ImmutableString};
use serde_json::Value;

use super::budget::{Fallible, charge_bytes};
use super::library::value::Number;
use super::views::TimeView;
use crate::routing::extension::{About, Row};
use crate::time::{Instant, Zone};

/// A value without elements.
#[derive(Debug, Clone, Copy)]
pub(super) enum Plain<'d> {
    Nothing,
    Truth(bool),
    Number(Number),
    Text(&'d str),
    /// An instant, in the zone of the conversation's inbox.
    Time(Instant),
}

impl<'d> Plain<'d> {
    pub fn whole(number: impl Into<i64>) -> Self {
        Plain::Number(Number::Whole(number.into()))
    }

    /// Returns a size or a number of things.
    pub fn count(number: impl TryInto<i64>) -> Self {
        Plain::whole(number.try_into().unwrap_or(i64::MAX))
    }

    /// Returns a value that may be absent.
    pub fn or_nothing<T>(value: Option<T>, plain: impl FnOnce(T) -> Self) -> Self {
        value.map_or(Plain::Nothing, plain)
    }

    /// Returns a text that may be absent.
    pub fn text_or_nothing(text: Option<&'d str>) -> Self {
        Plain::or_nothing(text, Plain::Text)
    }

    /// Returns a time that may be absent.
    pub fn time_or_nothing(at: Option<Instant>) -> Self {
        Plain::or_nothing(at, Plain::Time)
    }

    /// Returns a value of JSON without elements.
    pub fn of_json(value: &'d Value) -> Option<Self> {
        Some(match value {
            Value::Null => Plain::Nothing,
            Value::Bool(truth) => Plain::Truth(*truth),
            Value::Number(number) => Plain::Number(Number::of_json(number)),
            Value::String(text) => Plain::Text(text),
            Value::Array(_) | Value::Object(_) => return None,
        })
    }

    /// Returns the bytes that reading it touches.
    pub fn weight(self) -> usize {
        if let Plain::Text(text) = self { text.len() } else { 0 }
    }

    /// Returns the value for Rhai, counted by its size; a time is in a zone.
    pub fn charged(self, zone: &Zone) -> Fallible<Dynamic> {
        charge_bytes(self.weight())?;
        Ok(match self {
            Plain::Time(at) => Dynamic::from(TimeView { at, zone: zone.clone() }),
            Plain::Text(text) => Dynamic::from(ImmutableString::from(text)),
            Plain::Nothing => Dynamic::UNIT,
            Plain::Truth(truth) => Dynamic::from_bool(truth),
            Plain::Number(number) => number.into(),
        })
    }
}

/// A plain value of a script's text or of a parameter.
#[derive(Debug, Clone)]
pub(super) enum Constant {
    Nothing,
    Truth(bool),
    Number(Number),
    Text(Box<str>),
}

impl Constant {
    /// Returns a value of Rhai without elements.
    pub fn of(value: &Dynamic) -> Option<Constant> {
        if let Some(number) = super::library::value::number(value) {
            return Some(Constant::Number(number));
        }
        if let Some(text) = value.read_lock::<ImmutableString>() {
            return Some(Constant::Text(text.as_str().into()));
        }
        let truth = || value.as_bool().ok().map(Constant::Truth);
        value.is_unit().then_some(Constant::Nothing).or_else(truth)
    }

    pub fn plain(&self) -> Plain<'_> {
        match self {
            Constant::Nothing => Plain::Nothing,
            Constant::Truth(truth) => Plain::Truth(*truth),
            Constant::Number(number) => Plain::Number(*number),
            Constant::Text(text) => Plain::Text(text),
        }
    }
}

/// A function that reads a member off the data of a view.
pub(super) type Get<D> = for<'d> fn(&'d D) -> Plain<'d>;

/// A function that reads a member, by the data that it reads.
#[derive(Debug, Clone, Copy)]
pub(super) enum Read {
    Agent(Get<Row>),
    About(Get<About>),
    Time(fn(&TimeView) -> Plain<'static>),
}

/// A view with plain members.
pub(super) trait View: Clone + Send + Sync + 'static {
    type Data;

    fn data(&self) -> Fallible<&Self::Data>;

    /// Returns the zone of its times.
    fn zone(&self) -> &Zone;

    fn read(get: Get<Self::Data>) -> Read;
}

/// A view of something about a conversation.
pub(super) trait ViewAbout: Clone + Send + Sync + 'static {
    fn about(&self) -> &About;
}

impl<V: ViewAbout> View for V {
    type Data = About;

    fn data(&self) -> Fallible<&About> {
        Ok(self.about())
    }

    fn zone(&self) -> &Zone {
        &self.about().zone
    }

    fn read(get: Get<About>) -> Read {
        Read::About(get)
    }
}
