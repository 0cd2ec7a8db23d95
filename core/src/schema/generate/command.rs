//! The schema of a command: the common keys, and the further keys of each type.

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde_json::{Map, Value};

use super::describe;
use super::shapes::said;
use crate::desk::{Action, Command, CommandType};
use crate::model::Id;

/// A command with all its keys.
pub(super) struct Whole;

describe! {
    Whole as "Command" = |generator| whole(generator);
}

fn whole(generator: &mut SchemaGenerator) -> Schema {
    let common = Command::json_schema(generator);
    let id = generator.subschema_for::<Id>();
    let mut schema = Action::json_schema(generator);
    if let Some(Value::Array(verbs)) = schema.get_mut("oneOf") {
        verbs.iter_mut().filter_map(Value::as_object_mut).for_each(|verb| complete(verb, &common, &id));
    }
    schema
}

/// Adds the keys that the declaration of a command does not have.
fn complete(verb: &mut Map<String, Value>, common: &Schema, id: &Schema) {
    let name = verb.get("properties").and_then(|it| it.pointer("/type/const")).and_then(Value::as_str);
    let name = name.unwrap_or_default().to_owned();
    require(verb, common.get("required").and_then(Value::as_array).into_iter().flatten().cloned());
    add(verb, common.get("properties").and_then(Value::as_object).cloned().unwrap_or_default());
    if name == CommandType::Reply.as_str() {
        require(verb, [Value::from("by")]);
    }
    if let Some(what) = name.strip_prefix("put_") {
        require(verb, [Value::from(what)]);
        add(
            verb,
            Map::from_iter([(
                what.to_owned(),
                said(id.clone(), &format!("The id of the {what}, new or known.")).into(),
            )]),
        );
    }
}

fn require(schema: &mut Map<String, Value>, keys: impl IntoIterator<Item = Value>) {
    if let Value::Array(required) = schema.entry("required").or_insert_with(|| Value::Array(Vec::new())) {
        required.extend(keys);
    }
}

fn add(schema: &mut Map<String, Value>, more: Map<String, Value>) {
    if let Value::Object(properties) = schema.entry("properties").or_insert_with(|| Value::Object(Map::new())) {
        properties.extend(more);
    }
}
