//! Scenarios whose personal values can be told from everything else.

use serde_json::{Value, json};

use crate::model::generate::scenario::Scenario;

/// The mark in every personal value, but for addresses that a filter matched: these are written as in a list of blocked senders.
pub const MARK: &str = "PERSONAL";

/// Returns the document of a scenario, with a name of every agent.
pub fn document(scenario: &Scenario) -> Value {
    let mut document = scenario.document();
    mark_document(&mut document);
    document
}

/// Returns the commands of a scenario, with personal values wherever there may be one.
pub fn commands(scenario: &Scenario) -> Vec<Value> {
    let mut commands = scenario.commands();
    for (number, command) in commands.iter_mut().enumerate() {
        mark(command, number);
    }
    commands
}

fn mark(command: &mut Value, number: usize) {
    match command["type"].as_str().unwrap_or_default() {
        "open" | "update" => mark_details(command, number),
        "set_status" => command["note"] = format!("{MARK} note {number}").into(),
        "set_out_of_office" => mark_absences(&mut command["out_of_office"]),
        "put_agent" => mark_agent(&mut command["entry"]),
        "configure" if command["document"].is_object() => mark_document(&mut command["document"]),
        _ => {}
    }
}

fn mark_details(command: &mut Value, number: usize) {
    if let Some(contact) = command.get_mut("contact").and_then(Value::as_object_mut) {
        let attributes = contact.entry("attributes").or_insert_with(|| json!({}));
        // A value that looks like a reference is none.
        attributes["data"] = json!([format!("{MARK} {number}"), {"personal": 1}]);
    }
    // The display name is not compared.
    for key in ["from", "forwarded_by"] {
        if let Some(address) = command.get(key).and_then(Value::as_str) {
            command[key] = format!("{MARK} {number} <{address}>").into();
        }
    }
    if number.is_multiple_of(3) {
        command["attributes"]["data"] = json!({"personal": number});
    }
}

fn mark_document(document: &mut Value) {
    for agent in document.get_mut("agents").and_then(Value::as_array_mut).into_iter().flatten() {
        mark_agent(agent);
    }
}

fn mark_agent(agent: &mut Value) {
    agent["name"] = format!("{MARK} name of {}", agent["id"]).into();
    if let Some(absences) = agent.get_mut("out_of_office") {
        mark_absences(absences);
    }
}

fn mark_absences(absences: &mut Value) {
    for (index, absence) in absences.as_array_mut().into_iter().flatten().enumerate() {
        absence["note"] = format!("{MARK} absence {index}").into();
    }
}
