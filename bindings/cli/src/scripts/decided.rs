//! The outcome of a command for a conversation, as tests see it.

use frontdesk::desk::EventKind;
use frontdesk::{Event, Failure, Ineligible};
use serde_json::{Map, Value, json};

/// Returns the reason why a command was refused, if it was.
pub fn refused(event: &Event) -> Option<String> {
    if let EventKind::Refused { message, .. } = &event.kind { Some(message.clone()) } else { None }
}

/// Returns the failures of scripts among events, as text.
pub fn failures(events: &[Event]) -> Vec<String> {
    let failed = |event: &Event| {
        if let EventKind::ScriptFailed { failure, .. } = &event.kind { Some(message(failure)) } else { None }
    };
    events.iter().filter_map(failed).collect()
}

fn message(failure: &Failure) -> String {
    let place = match (&failure.file, failure.line, failure.column) {
        (Some(file), Some(line), Some(column)) => format!("{file}:{line}:{column}: "),
        _ => String::new(),
    };
    format!("{place}{} in {}: {}", failure.code, failure.hook, failure.message)
}

/// Returns the outcome for a conversation, from the events of one command.
///
/// `outcome` is the type of the event that decided; absent values are `()`.
pub fn outcome(conversation: &str, events: &[Event]) -> Value {
    let mut it = json!({
        "id": conversation, "outcome": null, "agent": null, "rule": null, "step": null, "strategy": null, "priority": null,
        "voicemail": null, "bot": null, "scores": {}, "refused": {}, "not_in_target": 0, "log": [],
        "failure": null,
    });
    let Some(fields) = it.as_object_mut() else { return it };
    for event in events.iter().filter(|event| event.kind.conversation().is_some_and(|id| *id == *conversation)) {
        note(fields, event);
    }
    it
}

fn note(fields: &mut Map<String, Value>, event: &Event) {
    let json = serde_json::to_value(event).unwrap_or_default();
    if let EventKind::ScriptFailed { failure, .. } = &event.kind {
        let failure =
            json!({"code": failure.code, "message": failure.message, "hook": failure.hook, "line": failure.line});
        fields.entry("failure").and_modify(|known| {
            if known.is_null() {
                *known = failure;
            }
        });
    }
    if let EventKind::Prioritized { priority, .. } = &event.kind {
        fields.insert("priority".to_owned(), (*priority).into());
    }
    if event.kind.decides() {
        fields.insert("outcome".to_owned(), event.kind.as_str().into());
        for key in ["agent", "rule", "step", "strategy", "voicemail", "bot"] {
            fields.insert(key.to_owned(), json[key].clone());
        }
    }
    if let Some(log) = fields.get_mut("log").and_then(Value::as_array_mut) {
        log.extend(event.trace.iter().map(|line| Value::from(line.as_str())));
    }
    if event.considered.is_some() {
        fields.insert("not_in_target".to_owned(), event.not_in_target.into());
    }
    for agent in event.considered.iter().flatten() {
        let (key, value) = match (&agent.ineligible, &agent.score) {
            (None, Some(score)) => ("scores", score.clone()),
            (None, None) => continue,
            (Some(Ineligible::RejectedByScript { because: Some(because), .. }), _) => {
                ("refused", because.as_str().into())
            }
            (Some(reason), _) => ("refused", reason.as_str().into()),
        };
        if let Some(entries) = fields.get_mut(key).and_then(Value::as_object_mut) {
            entries.insert(agent.agent.to_string(), value);
        }
    }
}
