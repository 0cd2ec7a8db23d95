//! What the declaration of a type does not say: defaults, and keys that need or exclude each other.

use schemars::Schema;
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

/// `tie` belongs to the strategies that go by load, and `on_error` to scripts.
pub(crate) fn belongs_to_strategies(schema: &mut Schema) {
    let by_load = json!({"properties": {"strategy": {"enum": ["least_busy", "best_skill"]}}});
    when(schema, json!({"required": ["tie"]}), by_load);
    let scripted = json!({"required": ["strategy"], "properties": {"strategy": {"type": "object"}}});
    needs(schema, "on_error", scripted);
}

/// Only an away ends by itself.
pub(crate) fn only_away_ends(schema: &mut Schema) {
    let available = json!({"properties": {"status": {"const": "available"}}, "required": ["status"]});
    when(schema, available, json!({"properties": {"duration": false, "until": false}}));
}

/// What must hold where there is a key.
fn needs(schema: &mut Schema, key: &str, consequence: Value) {
    schema.insert("dependentSchemas".to_owned(), json!({key: consequence}));
}

fn when(schema: &mut Schema, condition: Value, consequence: Value) {
    schema.insert("if".to_owned(), condition);
    schema.insert("then".to_owned(), consequence);
}
