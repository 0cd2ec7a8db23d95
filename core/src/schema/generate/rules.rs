//! What the declaration of a type does not say: defaults, and keys that need or exclude each other.

use schemars::{Schema, json_schema};
use serde_json::{Value, json};

/// The default of what is on unless it is turned off.
pub(crate) fn yes() -> bool {
    true
}

/// The default of a weight.
pub(crate) fn one() -> u32 {
    1
}

/// `every` second week counts from the week of `first_day`.
pub(crate) fn weeks_are_counted(schema: &mut Schema) {
    let several = json!({"properties": {"every": {"minimum": 2}}, "required": ["every"]});
    when(schema, several, json!({"required": ["first_day"]}));
}

/// `tie` belongs to the strategies that go by load.
pub(crate) fn tie_belongs_to_load(schema: &mut Schema) {
    let by_load = json!({"properties": {"strategy": {"enum": ["least_busy", "best_skill"]}}});
    when(schema, json!({"required": ["tie"]}), by_load);
}

/// Only an away ends by itself.
pub(crate) fn only_away_ends(schema: &mut Schema) {
    let available = json!({"properties": {"status": {"const": "available"}}, "required": ["status"]});
    when(schema, available, json!({"properties": {"duration": false, "until": false}}));
}

/// A rule may have a script as its condition.
pub(crate) fn with_when(schema: &mut Schema) {
    let script = json!({"description": "What must hold besides: a script expression.", "type": "string"});
    if let Some(Value::Object(properties)) = schema.get_mut("properties") {
        properties.entry("when").or_insert(script);
    }
}

/// A strategy may be a script.
pub(crate) fn or_script(schema: &mut Schema) {
    let script = json_schema!({
        "description": "What the script scores or picks.", "type": "object",
        "properties": {
            "script": {"description": "The name of the script.", "type": "string"},
            "params": {"description": "What it is given.", "type": "object"},
        },
        "required": ["script"],
    });
    if let Some(Value::Array(strategies)) = schema.get_mut("oneOf") {
        strategies.push(script.into());
    }
}

fn when(schema: &mut Schema, condition: Value, consequence: Value) {
    schema.insert("if".to_owned(), condition);
    schema.insert("then".to_owned(), consequence);
}
