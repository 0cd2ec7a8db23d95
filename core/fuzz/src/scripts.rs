//! Scripts, and what they see.

use frontdesk::script::Scripts;
use frontdesk::{Desk, Document, Event, Options};
use serde_json::{Value, json};

const DESK: &str = r#"{"version": 1, "time_zone": "Europe/Stockholm",
    "agents": [{"id": "anna", "skills": {"billing": 3}}, {"id": "bo", "capacity": 1, "attributes": {"region": "emea"}}],
    "inboxes": [{"id": "main", "channels": [{"id": "chat", "kind": "chat", "rules": [
        {"id": "r", "steps": [{"assign_to": "everyone", "strategy": {"script": "s"}, "wait": "1m"}]}]}]}]}"#;

/// Bytes up to the first 0 are a script; what comes after is JSON that it sees as attributes.
///
/// Whatever they are, nothing panics, the conversation is not lost, and the events alone rebuild the desk.
pub fn script(bytes: &[u8]) {
    let (script, values) = bytes.split_at(bytes.iter().position(|byte| *byte == 0).unwrap_or(bytes.len()));
    let values = values.get(1..).and_then(|values| serde_json::from_slice(values).ok());
    let script = String::from_utf8_lossy(script);
    let Ok(scripts) = Scripts::from_sources([("s", script.as_ref())]) else { return };
    let document = Document::from_json(DESK).expect("the desk is sound");
    // Parameters without a default have to be set: then the script does not fit the desk.
    let mut desk = Desk::new(document);
    if desk.set_scripts(scripts.with_operations(5_000)).is_err() {
        return;
    }
    decide(desk, values.unwrap_or(json!({"a": [1, 2.5, null, "ö"], "b": {"c": true}})));
}

fn decide(mut desk: Desk, values: Value) {
    let open = json!({"type": "open", "at": "2026-11-20T09:00:00Z", "conversation": "c1", "inbox": "main",
        "channel": "chat", "attributes": {"it": values}, "contact": {"id": "x", "attributes": {"it": values}}});
    // Numbers that no desk keeps are a problem of the command.
    let Ok(command) = desk.command_from_value(open) else { return };
    let mut rebuilt = desk.clone();
    let events = desk.handle_with(&command, &Options::default().explain(true)).unwrap();
    assert!(desk.conversation("c1").is_some(), "the conversation is lost");
    for event in events {
        let event = Event::from_json(&event.to_json()).expect("what was written is read");
        rebuilt.apply(&event).expect("an event of this desk applies to it");
    }
    assert_eq!(rebuilt.snapshot(), desk.snapshot());
}
