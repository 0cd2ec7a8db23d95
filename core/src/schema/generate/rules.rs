//! Rules that the declaration of a type does not contain: defaults, and keys that require or exclude each other.

use schemars::Schema;
use serde_json::{Value, json};

use crate::availability::State;
use crate::model::{Strategy, Tie};

/// The default of a flag that is on.
pub(crate) fn yes() -> bool {
    true
}

/// The default of a weight.
pub(crate) fn one() -> u32 {
    1
}

/// Takes the weights of a choice out of a decision that nobody has made yet.
pub(crate) fn chosen_by_nobody(schema: &mut Schema) {
    if let Some(Value::Object(properties)) = schema.get_mut("properties") {
        properties.remove("weights");
    }
}

/// Makes `every` require `first_day`, from whose week it counts.
pub(crate) fn weeks_are_counted(schema: &mut Schema) {
    let several = json!({"properties": {"every": {"minimum": 2}}, "required": ["every"]});
    when(schema, several, json!({"required": ["first_day"]}));
}

/// Allows `tie` only with strategies that go by load, and `on_error` only with scripts.
pub(crate) fn belongs_to_strategies(schema: &mut Schema) {
    let by_load = json!({"properties": {"strategy": {"enum": Strategy::BY_LOAD}}});
    let by_skills = json!({"properties": {"tie": {"const": Tie::FewestSkills}, "strategy": {"type": "string"}}});
    when(schema, json!({"required": ["tie"]}), json!({"anyOf": [by_load, by_skills]}));
    let scripted = json!({"required": ["strategy"], "properties": {"strategy": {"type": "object"}}});
    needs(schema, "on_error", scripted);
}

/// Allows an end only for an away status.
pub(crate) fn only_away_ends(schema: &mut Schema) {
    let available = json!({"properties": {"status": {"const": State::Available}}, "required": ["status"]});
    when(schema, available, json!({"properties": {"duration": false, "until": false}}));
}

/// Forbids `or_substitute` in an assignment to a team, and `distribute` in one to an agent.
pub(crate) fn ways_to_assign(schema: &mut Schema) {
    let to_team = json!({"properties": {"to": {"required": ["team"]}}, "required": ["to"]});
    when(schema, to_team, json!({"properties": {"or_substitute": {"const": false}}}));
    schema.insert("else".to_owned(), json!({"properties": {"distribute": {"const": false}}}));
}

/// Adds a consequence to the presence of a key.
fn needs(schema: &mut Schema, key: &str, consequence: Value) {
    schema.insert("dependentSchemas".to_owned(), json!({key: consequence}));
}

fn when(schema: &mut Schema, condition: Value, consequence: Value) {
    schema.insert("if".to_owned(), condition);
    schema.insert("then".to_owned(), consequence);
}
