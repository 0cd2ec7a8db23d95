//! Adapts generated schemas to the format: keys are absent instead of null, and unknown keys are refused.

use schemars::Schema;
use schemars::transform::transform_subschemas;
use serde_json::{Map, Value, json};

/// Removes the ranges of Rust's integers, and null for keys that are absent instead.
pub(super) fn tidy(schema: &mut Schema) {
    transform_subschemas(&mut tidy, schema);
    let Some(object) = schema.as_object_mut() else { return };
    if object.get("format").and_then(Value::as_str).is_some_and(|format| format.contains("int")) {
        object.remove("format");
    }
    let required: Vec<Value> = object.get("required").and_then(Value::as_array).cloned().unwrap_or_default();
    never_null(object, |key| !required.iter().any(|it| it == key));
}

/// Removes null from those properties of an object that a function selects.
fn never_null(object: &mut Map<String, Value>, of: impl Fn(&str) -> bool) {
    let Some(Value::Object(properties)) = object.get_mut("properties") else { return };
    for (_, property) in properties.iter_mut().filter(|(key, _)| of(key)) {
        if let Value::Object(property) = property {
            not_null(property);
        }
    }
}

fn is_null(schema: &Value) -> bool {
    schema == "null" || schema == &json!({"type": "null"})
}

fn not_null(property: &mut Map<String, Value>) {
    for key in ["type", "anyOf"] {
        let Some(Value::Array(alternatives)) = property.get_mut(key) else { continue };
        alternatives.retain(|alternative| !is_null(alternative));
        if alternatives.len() != 1 {
            continue;
        }
        match alternatives.pop() {
            Some(Value::Object(only)) if key == "anyOf" => {
                property.remove(key);
                for (key, value) in only {
                    property.entry(key).or_insert(value);
                }
            }
            Some(only) => drop(property.insert(key.to_owned(), only)),
            None => {}
        }
    }
}

/// Refuses null, and all keys but the named ones and those that begin with `x-`, in objects with a fixed set of keys.
pub(super) fn close(schema: &mut Schema) {
    transform_subschemas(&mut close, schema);
    let Some(object) = schema.as_object_mut() else { return };
    never_null(object, |_| true);
    let is_fixed = object.get("type").is_some_and(|kind| kind == "object") && object.contains_key("properties");
    if is_fixed && matches!(object.get("additionalProperties"), None | Some(Value::Bool(true))) {
        object.insert("additionalProperties".to_owned(), false.into());
        object.insert("patternProperties".to_owned(), json!({"^x-": true}));
    }
}
