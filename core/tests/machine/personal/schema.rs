//! The fields that the schemas mark as personal are those whose values are taken out.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use frontdesk::{Desk, Turn, schema};
use proptest::prelude::*;
use serde_json::Value;

use super::marked;
use crate::model::generate;
use crate::properties::config;

static DOCUMENT: LazyLock<Value> = LazyLock::new(schema::document);
static COMMAND: LazyLock<Value> = LazyLock::new(schema::command);
static EVENT: LazyLock<Value> = LazyLock::new(schema::event);

/// The paths of values.
type Paths = BTreeSet<String>;

/// A schema, and the whole to which its references lead.
#[derive(Clone, Copy)]
struct Schema<'a> {
    whole: &'a Value,
    part: &'a Value,
}

impl<'a> Schema<'a> {
    fn of(whole: &'a Value) -> Self {
        Schema { whole, part: whole }
    }

    fn part(self, part: &'a Value) -> Self {
        Schema { part, ..self }
    }

    fn definition(self, name: &str) -> Self {
        self.part(&self.whole["$defs"][name])
    }

    /// Adds the paths of the values that are marked.
    fn find(self, value: &Value, path: &str, found: &mut Paths) {
        if value.is_null() || self.part["properties"]["type"]["const"].as_str().is_some_and(|it| value["type"] != it) {
            return;
        }
        if self.part["x-personal"] == true {
            found.insert(path.to_owned());
            return;
        }
        if let Some(name) = self.part["$ref"].as_str().and_then(|it| it.strip_prefix("#/$defs/")) {
            self.definition(name).find(value, path, found);
        }
        for either in ["oneOf", "anyOf", "allOf"].iter().filter_map(|key| self.part[key].as_array()).flatten() {
            self.part(either).find(value, path, found);
        }
        for (key, value) in value.as_object().into_iter().flatten() {
            let any = &self.part["additionalProperties"];
            self.part(self.part["properties"].get(key).unwrap_or(any)).find(value, &format!("{path}/{key}"), found);
        }
        for (index, value) in value.as_array().into_iter().flatten().enumerate() {
            self.part(&self.part["items"]).find(value, &format!("{path}/{index}"), found);
        }
    }
}

/// Returns the paths of a turn that the schemas mark.
fn marked_in(turn: &Value) -> Paths {
    let mut found = Paths::new();
    Schema::of(&DOCUMENT).find(&turn["document"], "/document", &mut found);
    Schema::of(&COMMAND).find(&turn["command"], "/command", &mut found);
    for (index, it) in turn["events"].as_array().into_iter().flatten().enumerate() {
        let path = format!("/events/{index}");
        Schema::of(&EVENT).find(it, &path, &mut found);
        // Domains and roles name nobody.
        if it["reason"] == "role_address" || it["matched"].as_str().is_some_and(|it| it.starts_with('@')) {
            found.remove(&format!("{path}/matched"));
        }
        find_in_entry(Schema::of(&DOCUMENT), it, &format!("{path}/entry"), &mut found);
    }
    found
}

/// Adds those of the entry of a change, which the schema of events does not describe: it is a part of a document.
fn find_in_entry(document: Schema<'_>, event: &Value, path: &str, found: &mut Paths) {
    let entry = &event["entry"];
    match event["change"].as_str().unwrap_or_default() {
        "set_out_of_office" => {
            document.part(&document.definition("Agent").part["properties"]["out_of_office"]).find(entry, path, found)
        }
        "put_agent" => document.definition("Agent").find(entry, path, found),
        "configure" => document.find(entry, path, found),
        _ => {}
    }
}

/// Adds the paths at which two values differ.
fn differing(one: &Value, other: &Value, path: &str, found: &mut Paths) {
    match (one, other) {
        (Value::Object(one), Value::Object(other)) if other.keys().ne(["personal"]) || one == other => {
            for (key, value) in one {
                differing(value, other.get(key).unwrap_or(&Value::Null), &format!("{path}/{key}"), found);
            }
        }
        (Value::Array(one), Value::Array(other)) => {
            for (index, (one, other)) in one.iter().zip(other).enumerate() {
                differing(one, other, &format!("{path}/{index}"), found);
            }
        }
        _ if one == other => {}
        _ => drop(found.insert(path.to_owned())),
    }
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).expect("it is JSON")
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn what_is_taken_out_is_what_the_schemas_mark(scenario in generate::scenario()) {
        let mut desk = Desk::from_json(&marked::document(&scenario).to_string()).expect("it has no problems");
        let mut turns = vec![Turn::first(desk.document())];
        for command in marked::commands(&scenario) {
            let Ok(command) = desk.command_from_value(command) else { continue };
            turns.push(desk.propose(&command));
            desk.handle(&command);
        }
        for turn in turns {
            let (whole, separated) = (json(&turn.to_json()), json(&turn.separate().text));
            let mut taken = Paths::new();
            differing(&whole, &separated, "", &mut taken);
            prop_assert_eq!(taken, marked_in(&whole), "{}", whole);
        }
    }
}

/// Adds the fields that a schema marks, each after the type or the definition that has it.
fn fields(schema: &Value, of: &str, found: &mut Paths) {
    let of = schema["properties"]["type"]["const"].as_str().unwrap_or(of);
    for (key, value) in schema.as_object().into_iter().flatten() {
        match value {
            Value::Object(entries) if key == "$defs" => entries.iter().for_each(|(name, it)| fields(it, name, found)),
            Value::Object(entries) if key == "properties" => {
                let marked = entries.iter().filter(|(_, it)| it["x-personal"] == true);
                found.extend(marked.map(|(name, _)| format!("{of}.{name}")));
                entries.values().for_each(|it| fields(it, of, found));
            }
            Value::Array(elements) => elements.iter().for_each(|it| fields(it, of, found)),
            it => fields(it, of, found),
        }
    }
}

#[test]
fn the_schemas_mark_these_fields() {
    let of_agents = "Absence.note Agent.name";
    for (schema, marked) in [
        (schema::document(), of_agents.to_owned()),
        (schema::command(), format!("{of_agents} Contact.attributes open.forwarded_by open.from set_status.note")),
        (
            schema::event(),
            "Contact.attributes filtered.matched opened.forwarded_by opened.from status_changed.note updated.forwarded_by updated.from".to_owned(),
        ),
        (schema::published(), String::new()),
        (schema::visitor(), String::new()),
    ] {
        let mut found = Paths::new();
        fields(&schema, "", &mut found);
        assert_eq!(found.into_iter().collect::<Vec<_>>().join(" "), marked, "{}", schema["title"]);
    }
}
