//! The embedder's own data: attributes of agents, contacts and conversations, skills, and extensions of the format.

use std::collections::BTreeMap;

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use serde_json::Value;

use crate::read::{Id, Node};

/// JSON values by name.
pub type Attributes = BTreeMap<String, Value>;

/// Keys that begin with `x-`, kept without being read.
pub type Extensions = BTreeMap<String, Value>;

/// Skills with their levels, from 1 to 5.
pub type Skills = BTreeMap<Id, u8>;

/// Writes the keys that begin with `x-`, which come last in every object.
pub(crate) fn write_extensions<M: SerializeMap>(map: &mut M, extensions: &Extensions) -> Result<(), M::Error> {
    extensions.iter().try_for_each(|(key, value)| map.serialize_entry(key, value))
}

/// Returns attributes as they would be read from JSON: a program may have written 1.0 for 1.
pub(crate) fn canonical(attributes: &Attributes) -> Attributes {
    attributes.iter().map(|(name, value)| (name.clone(), Value::from(&Node::from(value.clone())))).collect()
}

/// Writes attributes as they would be read from JSON. Few have a number with a point; only these are copied for it.
pub(crate) fn write_canonical<S: Serializer>(attributes: &Attributes, serializer: S) -> Result<S::Ok, S::Error> {
    if attributes.values().any(has_point) {
        canonical(attributes).serialize(serializer)
    } else {
        attributes.serialize(serializer)
    }
}

fn has_point(value: &Value) -> bool {
    match value {
        Value::Number(number) => number.is_f64(),
        Value::Array(elements) => elements.iter().any(has_point),
        Value::Object(entries) => entries.values().any(has_point),
        Value::Null | Value::Bool(_) | Value::String(_) => false,
    }
}
