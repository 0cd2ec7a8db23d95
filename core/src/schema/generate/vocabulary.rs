//! The words of the format: each vocabulary with the meaning of its words.

use schemars::{JsonSchema, SchemaGenerator};
use serde_json::{Value, json};

use crate::availability::{Reason, State, VisitorState};
use crate::conversation::{FilteredBecause, View};
use crate::desk::{
    Action, AssignedBecause, ChangeType, ClosedBecause, EventKind, NoticeKind, UnassignedBecause, ViewSort, Whereabouts,
};
use crate::model::{MessageFrom, OnAway, OnRemoved, Permission, Strategy, Tie, VisitorAvailability, Weekday};
use crate::problem::{Code, Severity};
use crate::routing::Ineligible;

/// Returns all vocabularies by name.
pub(super) fn all(generator: &mut SchemaGenerator) -> Value {
    json!({
        "AssignedBecause": AssignedBecause::json_schema(generator),
        "ChangeType": ChangeType::json_schema(generator),
        "ClosedBecause": ClosedBecause::json_schema(generator),
        "Code": Code::json_schema(generator),
        "CommandType": words_under::<Action>("type", "The types of commands.", generator),
        "EventType": words_under::<EventKind>("type", "The types of events.", generator),
        "FilteredBecause": FilteredBecause::json_schema(generator),
        "IneligibleReason": words_under::<Ineligible>("reason", "The first check that an agent failed, in the order in which they are asked.", generator),
        "MessageFrom": MessageFrom::json_schema(generator),
        "NoticeKind": NoticeKind::json_schema(generator),
        "OnAway": OnAway::json_schema(generator),
        "OnRemoved": OnRemoved::json_schema(generator),
        "Permission": Permission::json_schema(generator),
        "Reason": Reason::json_schema(generator),
        "Severity": Severity::json_schema(generator),
        "State": State::json_schema(generator),
        "Strategy": Strategy::json_schema(generator),
        "Tie": Tie::json_schema(generator),
        "UnassignedBecause": UnassignedBecause::json_schema(generator),
        "View": View::json_schema(generator),
        "ViewSort": ViewSort::json_schema(generator),
        "VisitorAvailability": VisitorAvailability::json_schema(generator),
        "VisitorState": VisitorState::json_schema(generator),
        "Weekday": Weekday::json_schema(generator),
        "Whereabouts": Whereabouts::json_schema(generator),
    })
}

/// Returns the words under a key that tells the variants of an enum apart.
fn words_under<T: JsonSchema>(key: &str, description: &str, generator: &mut SchemaGenerator) -> Value {
    let schema = Value::from(T::json_schema(generator));
    let variants = schema.get("oneOf").and_then(Value::as_array).into_iter().flatten();
    let words: Vec<Value> = variants
        .map(|variant| {
            let word = variant.pointer(&format!("/properties/{key}/const"));
            json!({"type": "string", "const": word, "description": variant.get("description")})
        })
        .collect();
    json!({"description": description, "oneOf": words})
}
