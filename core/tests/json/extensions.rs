//! Keys that begin with `x-` are the embedder's: every object of a document keeps them.

use frontdesk::desk::EventKind;
use frontdesk::{Desk, Document};
use serde_json::{Value, json};

use crate::example::plain;

/// Objects whose keys are the embedder's names, so that `x-` has no special meaning there.
const FREE: [&str; 3] = ["attributes", "skills", "per_kind"];

/// Keys of rules that the example does not have.
const NOT_YET: [&str; 4] = ["steps", "otherwise", "after_hours", "assign_to"];

/// Puts a key into every object, each with another value; returns the number of objects.
fn note(value: &mut Value, count: &mut u64) {
    match value {
        Value::Object(entries) => {
            let others =
                entries.iter_mut().filter(|(key, _)| !FREE.contains(&key.as_str()) && !NOT_YET.contains(&key.as_str()));
            others.for_each(|(_, value)| note(value, count));
            if !entries.contains_key("steps") {
                *count += 1;
                entries.insert("x-note".to_owned(), json!({"n": [*count]}));
            }
        }
        Value::Array(elements) => elements.iter_mut().for_each(|element| note(element, count)),
        _ => {}
    }
}

/// Collects all notes in a value, in order.
fn notes(value: &Value, found: &mut Vec<u64>) {
    match value {
        Value::Object(entries) => {
            found.extend(entries.get("x-note").and_then(|note| note["n"][0].as_u64()));
            entries.values().for_each(|value| notes(value, found));
        }
        Value::Array(elements) => elements.iter().for_each(|element| notes(element, found)),
        _ => {}
    }
}

fn sorted_notes(value: &Value) -> Vec<u64> {
    let mut found = Vec::new();
    notes(value, &mut found);
    found.sort_unstable();
    found
}

/// The example, with all keys that it lacks.
fn noted() -> (Value, u64) {
    let mut document = plain();
    let main = &mut document["inboxes"][0];
    main["channels"][0]["visitor"]["shows"] = json!({"contact_owner": true, "otherwise": {"name": "Support"}});
    main["channels"][1]["visitor"] = json!({"shows": {"teams": ["support"]}});
    let conditions = &mut main["channels"][0]["rules"][0]["match"];
    conditions["hours"] = json!({"hours": [{"days": ["mon"], "start": "09:00", "end": "17:00"}]});
    conditions["kind"] = json!({"not": {"starts_with": "x"}});
    let mut count = 0;
    note(&mut document, &mut count);
    assert!(count > 35, "{document:#}");
    (document, count)
}

#[test]
fn come_back_from_every_object_of_a_document() {
    let (document, count) = noted();
    let read = Document::from_value(document).unwrap();
    let written = serde_json::to_string(&read).unwrap();
    assert_eq!(sorted_notes(&serde_json::from_str(&written).unwrap()), Vec::from_iter(1..=count), "{written}");
    assert_eq!(Document::from_json(&written), Ok(read.clone()));
    let desk = Desk::new(read);
    assert_eq!(serde_json::to_string(&desk.document()).unwrap(), written);
    assert_eq!(Desk::restore(&desk.snapshot()).unwrap().snapshot(), desk.snapshot());
}

#[test]
fn are_told_with_every_change_of_the_desk() {
    let (document, _) = noted();
    let mut desk = Desk::from_json(&plain().to_string()).unwrap();
    let anna = &document["agents"][0];
    let commands = [
        json!({"type": "set_working_hours", "agent": "anna", "working_hours": anna["working_hours"]}),
        json!({"type": "set_date_hours", "agent": "anna", "date_hours": anna["date_hours"]}),
        json!({"type": "set_out_of_office", "agent": "anna", "out_of_office": anna["out_of_office"]}),
        json!({"type": "put_agent", "agent": "anna", "entry": anna}),
        json!({"type": "put_team", "team": "vip", "entry": document["teams"][1]}),
        json!({"type": "put_inbox", "inbox": "main", "entry": document["inboxes"][0]}),
    ];
    for mut command in commands {
        command["at"] = json!("2026-11-20T09:00:00Z");
        let events = desk.handle_json(&command.to_string()).unwrap();
        let entry = events.iter().find_map(|event| match &event.kind {
            EventKind::DeskChanged { entry, .. } => entry.as_ref(),
            _ => None,
        });
        let told: Value = serde_json::from_str(&entry.unwrap().to_json()).unwrap();
        assert_eq!(sorted_notes(&told), sorted_notes(&command), "{command:#}");
    }
    let now = serde_json::to_value(desk.document()).unwrap();
    assert_eq!(sorted_notes(&now["inboxes"]), sorted_notes(&document["inboxes"]));
    assert_eq!(sorted_notes(&now["agents"][0]), sorted_notes(anna));
}
