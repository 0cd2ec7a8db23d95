//! The schema of a turn: the first one with the document, and each later one with its command and events.
//!
//! The schemas of these are in it whole, each as a resource of its own.

use serde_json::{Value, json};

use super::{command, document, event, open};

/// Returns the schema of a turn.
pub(super) fn whole(title: &str, description: &str) -> Value {
    let version = json!({"description": "The version of the format, 1.", "type": "integer", "const": 1});
    json!({
        "$schema": open().meta_schema,
        "title": title,
        "description": description,
        "oneOf": [
            {
                "description": "The first turn of a desk: its document.",
                "type": "object",
                "properties": {
                    "version": version,
                    "turn": {"description": "The number, 1.", "type": "integer", "const": 1},
                    "document": part("The document that the desk began with.", "document"),
                },
                "required": ["version", "turn", "document"],
            },
            {
                "description": "A command with all its events.",
                "type": "object",
                "properties": {
                    "version": version,
                    "turn": {
                        "description": "The number, without a gap; absent if the command was refused, or gave no events: such a turn is not stored.",
                        "type": "integer",
                        "minimum": 2,
                        "maximum": 9_007_199_254_740_992_i64,
                    },
                    "at": {"description": "The instant of the command, in UTC.", "type": "string", "format": "date-time"},
                    "command": part("The command.", "command"),
                    "events": {
                        "description": "All its events: those that fell due before it, its own, and those of the queue.",
                        "type": "array",
                        "items": {"$ref": file("event")},
                    },
                },
                "required": ["version", "at", "command", "events"],
            },
        ],
        "$defs": {
            "document": resource("document", document()),
            "command": resource("command", command()),
            "event": resource("event", event()),
        },
    })
}

fn part(description: &str, name: &str) -> Value {
    json!({"description": description, "$ref": file(name)})
}

fn file(name: &str) -> String {
    format!("{name}.schema.json")
}

/// Returns a schema as a resource, to whose id references lead.
fn resource(name: &str, mut schema: Value) -> Value {
    if let Some(keys) = schema.as_object_mut() {
        keys.insert("$id".to_owned(), file(name).into());
    }
    schema
}
