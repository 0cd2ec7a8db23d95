//! The generated schemas equal the committed ones, and agree with the documentation.

use frontdesk::desk::{
    AssignedBecause, ChangeType, CommandType, EventType, NoticeKind, UnassignedBecause, Whereabouts,
};
use frontdesk::time::Instant;
use frontdesk::{
    Code, Desk, IneligibleReason, OnAway, OnRemoved, Permission, Reason, Severity, State, Strategy, Tie, Visitor,
    VisitorAvailability, VisitorState, Weekday, schema,
};
use serde_json::{Value, json};

use crate::generated::assert_committed;
use crate::schemas;

/// The name of a schema, its generator, and its text.
type Named = (&'static str, fn() -> Value, &'static str);

const SCHEMAS: [Named; 10] = [
    ("document", schema::document, schema::DOCUMENT),
    ("command", schema::command, schema::COMMAND),
    ("event", schema::event, schema::EVENT),
    ("turn", schema::turn, schema::TURN),
    ("question", schema::question, schema::QUESTION),
    ("answer", schema::answer, schema::ANSWER),
    ("published", schema::published, schema::PUBLISHED),
    ("status", schema::status, schema::STATUS),
    ("visitor", schema::visitor, schema::VISITOR),
    ("vocabulary", schema::vocabulary, schema::VOCABULARY),
];

#[test]
fn committed_schemas_are_those_of_the_types() {
    for (name, generate, public) in SCHEMAS {
        let schema = generate();
        let text = serde_json::to_string_pretty(&schema).unwrap() + "\n";
        assert_committed(&format!("schema/{name}.schema.json"), &text);
        let compiled_in: Value = serde_json::from_str(public).unwrap();
        assert_eq!(compiled_in["title"], schema["title"]);
    }
}

#[test]
fn each_says_what_it_is() {
    for (name, generate, _) in SCHEMAS {
        let schema = generate();
        assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema", "{name}");
        assert!(schema.get("$id").is_none(), "{name}");
        assert!(schema["title"].as_str().is_some_and(|title| title.starts_with("frontdesk ")), "{name}");
        assert!(schema["description"].is_string(), "{name}");
    }
    for versioned in [schema::document(), schema::event(), schema::published()] {
        assert_eq!(versioned["properties"]["version"]["const"], 1);
        assert!(versioned["required"].as_array().unwrap().contains(&json!("version")));
    }
}

/// The words of a vocabulary, in the order of the schema.
fn words(vocabulary: &str) -> Vec<String> {
    let schema = schema::vocabulary();
    let words = schema["$defs"][vocabulary]["oneOf"].as_array().cloned().unwrap_or_default();
    for word in &words {
        assert!(word["description"].is_string(), "{vocabulary}: {word}");
    }
    words.iter().filter_map(|word| word["const"].as_str().map(str::to_owned)).collect()
}

#[test]
fn vocabularies_have_all_words_of_their_types() {
    fn texts<W: Copy + ToString>(all: &[W]) -> Vec<String> {
        all.iter().map(W::to_string).collect()
    }
    for (name, all) in [
        ("AssignedBecause", texts(AssignedBecause::ALL)),
        ("ChangeType", texts(ChangeType::ALL)),
        ("Code", texts(Code::ALL)),
        ("CommandType", texts(CommandType::ALL)),
        ("EventType", texts(EventType::ALL)),
        ("IneligibleReason", texts(IneligibleReason::ALL)),
        ("NoticeKind", texts(NoticeKind::ALL)),
        ("OnAway", texts(OnAway::ALL)),
        ("OnRemoved", texts(OnRemoved::ALL)),
        ("Permission", texts(Permission::ALL)),
        ("Reason", texts(Reason::ALL)),
        ("Severity", texts(Severity::ALL)),
        ("State", texts(State::ALL)),
        ("Strategy", texts(Strategy::ALL)),
        ("Tie", texts(Tie::ALL)),
        ("UnassignedBecause", texts(UnassignedBecause::ALL)),
        ("VisitorAvailability", texts(VisitorAvailability::ALL)),
        ("VisitorState", texts(VisitorState::ALL)),
        ("Weekday", texts(Weekday::ALL)),
        ("Whereabouts", texts(Whereabouts::ALL)),
    ] {
        assert_eq!(words(name), all, "{name}");
    }
}

#[test]
fn commands_and_events_have_all_types() {
    for (schema, vocabulary) in [(schema::command(), "CommandType"), (schema::event(), "EventType")] {
        let variants = schema["oneOf"].as_array().unwrap();
        let types: Vec<&str> = variants.iter().filter_map(|it| it["properties"]["type"]["const"].as_str()).collect();
        assert_eq!(types, words(vocabulary));
    }
}

/// Returns every part of a schema that describes an object with a fixed set of keys.
fn objects<'a>(schema: &'a Value, found: &mut Vec<&'a Value>) {
    if schema["type"] == "object" && schema["properties"].is_object() {
        found.push(schema);
    }
    match schema {
        Value::Object(entries) => entries.values().for_each(|entry| objects(entry, found)),
        Value::Array(elements) => elements.iter().for_each(|element| objects(element, found)),
        _ => {}
    }
}

#[test]
fn what_is_read_is_closed_and_what_is_written_open() {
    let (document, command, event) = (schema::document(), schema::command(), schema::event());
    for schema in [&document, &command] {
        let mut found = Vec::new();
        objects(schema, &mut found);
        assert!(found.len() > 20);
        // The attributes of an agent may have any keys, though a strategy reads one of them.
        let attributes = &schema["$defs"]["AgentAttributes"];
        assert!(attributes.is_object());
        for object in found.into_iter().filter(|object| *object != attributes) {
            assert_eq!(object["additionalProperties"], false, "{object:#}");
            assert_eq!(object["patternProperties"], json!({"^x-": true}), "{object:#}");
        }
    }
    assert!(!event.to_string().contains("additionalProperties\":false"));
    let mut event =
        json!({"version": 1, "seq": 1, "at": "2026-11-20T09:00:00.000Z", "type": "closed", "conversation": "c"});
    schemas::assert_fits(&schemas::EVENT, &event);
    event["to_come"] = json!({"some": "day"});
    schemas::assert_fits(&schemas::EVENT, &event);
    for (key, wrong) in [
        ("version", json!(2)),
        ("seq", json!(0)),
        ("at", json!("2026-11-20T09:00:00Z")),
        ("type", json!("shut")),
        ("conversation", json!(5)),
        ("agent", Value::Null),
    ] {
        let mut event = event.clone();
        event[key] = wrong;
        assert_ne!(schemas::faults(&schemas::EVENT, &event), "", "{event}");
    }
}

/// The document of section 2 of the specification, with all its keys.
#[test]
fn the_example_of_the_specification_fits() {
    let example: Value = serde_json::from_str(include_str!("example.json")).unwrap();
    schemas::assert_fits(&schemas::DOCUMENT, &example);
    let open = r#"{"type": "open", "at": "2026-11-20T09:00:00Z", "conversation": "c1", "inbox": "main",
                   "channel": "web-chat", "contact": {"id": "x", "owner": "anna", "known": true}}"#;
    schemas::assert_fits(&schemas::COMMAND, &serde_json::from_str(open).unwrap());
}

/// Schemas accept the parts of the format that only some builds read.
#[test]
fn scripts_and_repetitions_fit() {
    let frame = |rule: Value| json!({"version": 1, "time_zone": "UTC", "inboxes": [{"id": "i", "channels": [{"id": "c", "kind": "chat", "rules": [rule]}]}]});
    let step = |strategy: Value| frame(json!({"id": "r", "steps": [{"assign_to": "everyone", "strategy": strategy}]}));
    schemas::assert_fits(&schemas::DOCUMENT, &step(json!({"script": "mine"})));
    schemas::assert_fits(&schemas::DOCUMENT, &step(json!({"script": "mine", "params": {"a": [1, null]}})));
    for wrong in [json!({}), json!({"params": {}}), json!({"script": 5}), json!({"script": "mine", "parms": {}})] {
        assert_ne!(schemas::faults(&schemas::DOCUMENT, &step(wrong)), "");
    }
    let when = |when: Value| frame(json!({"id": "r", "steps": [], "when": when}));
    schemas::assert_fits(&schemas::DOCUMENT, &when(json!("priority > 1")));
    assert_ne!(schemas::faults(&schemas::DOCUMENT, &when(json!(true))), "");
    let absence = |key: &str, value: Value| {
        let mut absence = json!({"start": "2026-11-20T14:00", "end": "2026-11-20T17:00"});
        absence[key] = value;
        json!({"version": 1, "time_zone": "UTC", "agents": [{"id": "a", "out_of_office": [absence]}]})
    };
    for (key, value) in [
        ("repeat", json!("FREQ=WEEKLY;BYDAY=FR")),
        ("except", json!(["2026-12-04", "2026-12-11T14:00"])),
        ("also", json!(["2026-12-09T14:00"])),
        ("uid", json!("a1@calendar")),
    ] {
        schemas::assert_fits(&schemas::DOCUMENT, &absence(key, value));
        assert_ne!(schemas::faults(&schemas::DOCUMENT, &absence(key, json!(5))), "", "{key}");
        assert_ne!(schemas::faults(&schemas::DOCUMENT, &absence(key, json!(["soon"]))), "", "{key}");
    }
}

#[test]
fn answers_fit() {
    let desk = Desk::from_json(
        r#"{"version": 1, "time_zone": "UTC", "agents": [{"id": "a"}, {"id": "b", "working_hours": []}],
            "inboxes": [{"id": "main", "channels": [{"id": "chat", "kind": "chat",
                "rules": [{"id": "r", "steps": [{"assign_to": {"agents": ["b"]}}]}],
                "visitor": {"shows": {"agents": ["a"]}, "when_away": {"message": "Away"}}}]}]}"#,
    )
    .unwrap();
    let at = Instant::parse("2026-11-20T09:00:00Z").unwrap();
    for agent in ["a", "b"] {
        let status = serde_json::to_value(desk.status(agent, at).unwrap()).unwrap();
        schemas::assert_fits(&schemas::STATUS, &status);
    }
    let view = desk.visitor("main", "chat", at, &Visitor::default()).unwrap();
    schemas::assert_fits(&schemas::VISITOR, &serde_json::to_value(view).unwrap());
    let published = serde_json::to_value(desk.publish("main", at, 7).unwrap()).unwrap();
    schemas::assert_fits(&schemas::PUBLISHED, &published);
    assert_ne!(schemas::faults(&schemas::PUBLISHED, &json!({"version": 1})), "");
    assert_ne!(schemas::faults(&schemas::VISITOR, &json!({"state": "open", "until": null})), "");
    assert_ne!(schemas::faults(&schemas::STATUS, &json!({"state": "away", "reason": "holiday"})), "");
}
