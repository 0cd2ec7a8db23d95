//! The committed schemas as validators.

#![allow(dead_code)] // Each test file uses its part.

use std::sync::LazyLock;

use jsonschema::Validator;
use serde_json::Value;

pub static DOCUMENT: LazyLock<Validator> = LazyLock::new(|| validator(&frontdesk::schema::document()));
pub static COMMAND: LazyLock<Validator> = LazyLock::new(|| validator(&frontdesk::schema::command()));
pub static EVENT: LazyLock<Validator> = LazyLock::new(|| validator(&frontdesk::schema::event()));
pub static TURN: LazyLock<Validator> = LazyLock::new(|| validator(&frontdesk::schema::turn()));
pub static QUESTION: LazyLock<Validator> = LazyLock::new(|| validator(&frontdesk::schema::question()));
/// Of an object with one answer, under the name of its question.
pub static ANSWER: LazyLock<Validator> = LazyLock::new(|| {
    let mut schema = frontdesk::schema::answer();
    schema["required"] = Value::Array(Vec::new());
    schema["additionalProperties"] = false.into();
    validator(&schema)
});
pub static PUBLISHED: LazyLock<Validator> = LazyLock::new(|| validator(&frontdesk::schema::published()));
pub static STATUS: LazyLock<Validator> = LazyLock::new(|| validator(&frontdesk::schema::status()));
pub static VISITOR: LazyLock<Validator> = LazyLock::new(|| validator(&frontdesk::schema::visitor()));

fn validator(schema: &Value) -> Validator {
    jsonschema::draft202012::meta::validate(schema).expect("a schema fits the schema of schemas");
    jsonschema::draft202012::new(schema).expect("a schema can be compiled")
}

/// Returns the problems of a value; empty if it fits.
pub fn faults(validator: &Validator, value: &Value) -> String {
    let told = |error: jsonschema::ValidationError<'_>| format!("{}: {error}\n", error.instance_path());
    validator.iter_errors(value).map(told).collect()
}

/// Fails unless a value fits.
#[track_caller]
pub fn assert_fits(validator: &Validator, value: &Value) {
    let faults = faults(validator, value);
    assert!(faults.is_empty(), "{value}\n{faults}");
}
