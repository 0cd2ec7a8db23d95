//! The commands that replay a log.

use frontdesk::time::Instant;
use serde_json::{Value, json};

use crate::incident::LEAST_URGENT;
use crate::{GROUP, INBOX, Incident};

/// The commands of a log, a JSON line each, in the order of time. What is opened and done at one instant keeps its order.
pub fn write(incidents: &[Incident]) -> String {
    let mut commands: Vec<(Instant, Value)> = incidents.iter().flat_map(commands_of).collect();
    commands.sort_by_key(|(at, _)| *at);
    commands.iter().map(|(_, command)| format!("{command}\n")).collect()
}

fn commands_of(incident: &Incident) -> impl Iterator<Item = (Instant, Value)> {
    let close = incident.done().map(|at| (at, json!({"type": "close", "at": at, "conversation": incident.number})));
    [(incident.opened, open(incident))].into_iter().chain(close)
}

fn open(incident: &Incident) -> Value {
    let mut command = json!({
        "type": "open",
        "at": incident.opened,
        "conversation": incident.number,
        "inbox": INBOX,
        "channel": incident.contact_type,
        // The log's 1 is the most urgent; the desk's higher number is.
        "priority": LEAST_URGENT - incident.priority,
        "attributes": {},
    });
    if let Some(caller) = &incident.caller {
        command["contact"] = json!({"id": caller, "known": true});
    }
    for (name, value) in [(GROUP, &incident.group), ("category", &incident.category)] {
        if let Some(value) = value {
            command["attributes"][name] = json!(value);
        }
    }
    command
}
