//! Comparing values: equality, order and truth.

use std::cmp::Ordering;
use std::ops::{Range, RangeInclusive};

use rhai::{Array, Dynamic, ImmutableString, Map};

use super::range::Steps;
use crate::script::budget::{Fallible, charge, charge_bytes};
use crate::script::views::{self, AgentView, TimeView};

/// Returns the result of a predicate; an error for any value but `true` and `false`.
pub(in crate::script) fn truth(value: &Dynamic) -> Fallible<bool> {
    value.as_bool().map_err(|_| format!("expected true or false, found {}", kind(value)).into())
}

/// Returns the name of a type in messages, given its name in the language.
pub(in crate::script) fn called(name: &str) -> &str {
    match name {
        "i64" | "int" => "a whole number",
        "f64" | "float" => "a number with a point",
        "string" | "text" => "a text",
        "char" => "a character",
        "array" | "list" => "a list",
        "bool" => "true or false",
        "()" => "nothing",
        "map" => "a map",
        "range" | "range=" => "a range",
        "Fn" => "a function",
        "agent" => "an agent",
        "agents" => "a list of agents",
        "attributes" => "attributes",
        "channel" => "a channel",
        "contact" => "a contact",
        "conversation" => "a conversation",
        "desk" => "the desk",
        "inbox" => "an inbox",
        "skills" => "skills",
        "time" => "a time",
        // Messages name no types of Rust.
        _ => "something else",
    }
}

/// Returns the name of a value's type in messages.
pub(in crate::script) fn kind(value: &Dynamic) -> &'static str {
    called(name_of_type(value))
}

/// Returns the name of a value's type in the language.
pub(in crate::script) fn name_of_type(value: &Dynamic) -> &'static str {
    match value.type_name() {
        name if !value.is_variant() => name,
        _ if value.is::<Range<i64>>() || value.is::<RangeInclusive<i64>>() || value.is::<Steps>() => "range",
        _ => views::name_of_type(value).unwrap_or_default(),
    }
}

/// Returns the order of two numbers, texts or instants; an error for other values.
pub(in crate::script) fn order(a: &Dynamic, b: &Dynamic) -> Fallible<Ordering> {
    charge(1)?;
    if let Some(numbers) = number(a).zip(number(b)) {
        return compare(numbers.0, numbers.1).ok_or_else(|| "NaN has no order".into());
    }
    if let (Some(a), Some(b)) = (a.read_lock::<ImmutableString>(), b.read_lock::<ImmutableString>()) {
        charge_bytes(a.len().min(b.len()))?;
        return Ok(a.as_str().cmp(b.as_str()));
    }
    if let (Some(a), Some(b)) = (a.read_lock::<TimeView>(), b.read_lock::<TimeView>()) {
        return Ok(a.at.cmp(&b.at));
    }
    Err(format!("{} and {} have no order", kind(a), kind(b)).into())
}

/// A whole number or a float.
#[derive(Debug, Clone, Copy)]
pub(in crate::script) enum Number {
    Whole(i64),
    Point(f64),
}

impl Number {
    /// Returns the number as a float.
    pub fn point(self) -> f64 {
        match self {
            Number::Whole(number) => number as f64,
            Number::Point(number) => number,
        }
    }

    /// Returns a number of JSON; one that is no whole number of scripts is a float.
    pub fn of_json(number: &serde_json::Number) -> Number {
        number.as_i64().map_or_else(|| Number::Point(number.as_f64().unwrap_or_default()), Number::Whole)
    }
}

impl From<Number> for Dynamic {
    fn from(number: Number) -> Dynamic {
        match number {
            Number::Whole(number) => Dynamic::from_int(number),
            Number::Point(number) => Dynamic::from_float(number),
        }
    }
}

pub(in crate::script) fn number(value: &Dynamic) -> Option<Number> {
    value.as_int().map(Number::Whole).or_else(|_| value.as_float().map(Number::Point)).ok()
}

/// Returns the exact order of two numbers; `None` with NaN.
pub(in crate::script) fn compare(a: Number, b: Number) -> Option<Ordering> {
    match (a, b) {
        (Number::Whole(a), Number::Whole(b)) => Some(a.cmp(&b)),
        (Number::Point(a), Number::Point(b)) => a.partial_cmp(&b),
        (Number::Whole(a), Number::Point(b)) => whole_with_point(a, b),
        (Number::Point(a), Number::Whole(b)) => whole_with_point(b, a).map(Ordering::reverse),
    }
}

fn whole_with_point(whole: i64, point: f64) -> Option<Ordering> {
    /// 2^63, the first float above all whole numbers.
    const BEYOND: f64 = 9_223_372_036_854_775_808.0;
    if point.is_nan() {
        None
    } else if point >= BEYOND {
        Some(Ordering::Less)
    } else if point < -BEYOND {
        Some(Ordering::Greater)
    } else {
        let cut = point.trunc();
        Some(whole.cmp(&(cut as i64)).then_with(|| cut.partial_cmp(&point).unwrap_or(Ordering::Equal)))
    }
}

/// Returns `true` if two values of any types are equal.
pub(in crate::script) fn same(a: &Dynamic, b: &Dynamic) -> Fallible<bool> {
    charge(1)?;
    if let Some((a, b)) = number(a).zip(number(b)) {
        return Ok(compare(a, b) == Some(Ordering::Equal));
    }
    if let (Some(a), Some(b)) = (a.read_lock::<Array>(), b.read_lock::<Array>()) {
        return lists_are_same(&a, &b);
    }
    if let (Some(a), Some(b)) = (a.read_lock::<Map>(), b.read_lock::<Map>()) {
        return maps_are_same(&a, &b);
    }
    if let (Some(a), Some(b)) = (a.read_lock::<AgentView>(), b.read_lock::<AgentView>()) {
        return Ok(a.row()?.entry.id == b.row()?.entry.id);
    }
    if let (Some(a), Some(b)) = (a.read_lock::<ImmutableString>(), b.read_lock::<ImmutableString>()) {
        charge_bytes(a.len().min(b.len()))?;
        return Ok(*a == *b);
    }
    let same_instant = || Some(a.read_lock::<TimeView>()?.at == b.read_lock::<TimeView>()?.at);
    Ok((a.is_unit() && b.is_unit())
        || a.as_bool().is_ok_and(|a| b.as_bool() == Ok(a))
        || a.as_char().is_ok_and(|a| b.as_char() == Ok(a))
        || same_instant().unwrap_or_default())
}

pub(super) fn lists_are_same(a: &Array, b: &Array) -> Fallible<bool> {
    if a.len() != b.len() {
        return Ok(false);
    }
    for (a, b) in a.iter().zip(b) {
        if !same(a, b)? {
            return Ok(false);
        }
    }
    Ok(true)
}

pub(super) fn maps_are_same(a: &Map, b: &Map) -> Fallible<bool> {
    if a.len() != b.len() {
        return Ok(false);
    }
    for ((key, value), (other_key, other)) in a.iter().zip(b) {
        if key != other_key || !same(value, other)? {
            return Ok(false);
        }
    }
    Ok(true)
}
