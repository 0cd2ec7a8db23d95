//! Conversion between JSON and values of scripts.

use rhai::{Array, Dynamic, Map};
use serde_json::{Number, Value};

use crate::script::budget::{Fallible, charge_bytes};
use crate::script::library::value as script;

/// Converts JSON to a value of scripts; null is `()`.
pub(in crate::script) fn to_dynamic(value: &Value) -> Dynamic {
    match value {
        Value::Null => Dynamic::UNIT,
        Value::Bool(value) => Dynamic::from_bool(*value),
        Value::Number(number) => script::Number::of_json(number).into(),
        Value::String(text) => Dynamic::from(text.clone()),
        Value::Array(elements) => Dynamic::from_array(elements.iter().map(to_dynamic).collect::<Array>()),
        Value::Object(entries) => {
            Dynamic::from_map(entries.iter().map(|(key, value)| (key.as_str().into(), to_dynamic(value))).collect())
        }
    }
}

/// Converts JSON for a running script, counted by its size.
pub(super) fn to_charged(value: &Value) -> Fallible<Dynamic> {
    charge_bytes(weight(value))?;
    Ok(to_dynamic(value))
}

fn weight(value: &Value) -> usize {
    const ELEMENT: usize = size_of::<Dynamic>();
    match value {
        Value::Null | Value::Bool(_) | Value::Number(_) => 0,
        Value::String(text) => text.len(),
        Value::Array(elements) => elements.iter().map(|element| ELEMENT + weight(element)).sum(),
        Value::Object(entries) => entries.iter().map(|(key, value)| 4 * ELEMENT + key.len() + weight(value)).sum(),
    }
}

/// Converts a value to JSON; `None` if JSON cannot express it.
pub(in crate::script) fn from_dynamic(value: &Dynamic) -> Option<Value> {
    if value.is_unit() {
        return Some(Value::Null);
    }
    if let Ok(value) = value.as_bool() {
        return Some(Value::Bool(value));
    }
    if let Ok(number) = value.as_int() {
        return Some(Value::from(number));
    }
    if let Ok(number) = value.as_float() {
        return Number::from_f64(number).map(Value::Number);
    }
    if let Some(text) = value.read_lock::<rhai::ImmutableString>() {
        return Some(Value::from(text.as_str()));
    }
    if let Some(list) = value.read_lock::<Array>() {
        return list.iter().map(from_dynamic).collect::<Option<Vec<Value>>>().map(Value::Array);
    }
    let map = value.read_lock::<Map>()?;
    let entries = map.iter().map(|(key, value)| Some((key.to_string(), from_dynamic(value)?)));
    entries.collect::<Option<Vec<_>>>().map(|entries| Value::Object(entries.into_iter().collect()))
}
