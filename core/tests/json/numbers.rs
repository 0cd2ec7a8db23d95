//! Numbers: a whole number is read and written as one, however it was written.

use frontdesk::desk::{Action, Command};
use frontdesk::time::Instant;
use frontdesk::{Contact, Desk, Document, Event};
use serde_json::{Value, json};

/// Numbers as read and as written: numbers that a binding cannot tell apart are written alike.
const NUMBERS: [(&str, &str); 16] = [
    ("1", "1"),
    ("1.0", "1"),
    ("1e2", "100"),
    ("1E+2", "100"),
    ("10e-1", "1"),
    ("-0", "0"),
    ("-0.0", "0"),
    ("0e5", "0"),
    ("-2.0", "-2"),
    ("9007199254740992.0", "9007199254740992"),
    ("-9.007199254740992e15", "-9007199254740992"),
    ("1.5", "1.5"),
    ("-0.1", "-0.1"),
    ("15e-1", "1.5"),
    ("0.30000000000000004", "0.30000000000000004"),
    ("4503599627370495.5", "4503599627370495.5"),
];

fn desk() -> Desk {
    Desk::from_json(
        r#"{"version": 1, "time_zone": "UTC", "inboxes": [{"id": "i", "channels": [{"id": "c", "kind": "chat"}]}]}"#,
    )
    .unwrap()
}

#[test]
fn in_a_document() {
    for (said, written) in NUMBERS {
        let document = |number: &str| {
            let agents = format!(r#"[{{"id":"a","active":true,"attributes":{{"n":{number}}}}}]"#);
            let conditions = format!(r#"{{"attributes.n":{{"at_least":{number},"not":[{number}]}}}}"#);
            let rules = format!(r#"[{{"id":"r","match":{conditions},"steps":[],"otherwise":"queue"}}]"#);
            let channels = format!(r#"[{{"id":"c","kind":"chat","weight":1,"rules":{rules}}}]"#);
            let inboxes = format!(r#"[{{"id":"i","access":"everyone","channels":{channels}}}]"#);
            let settings = r#"{"requires_seat":false,"away_ends_at_shift_start":false,"on_away":"keep","on_removed":"route","seed":0}"#;
            format!(
                r#"{{"version":1,"time_zone":"UTC","teams":[],"agents":{agents},"inboxes":{inboxes},"settings":{settings},"x-n":[{number}]}}"#
            )
        };
        let read = Document::from_json(&document(said)).unwrap();
        assert_eq!(serde_json::to_string(&read).unwrap(), document(written));
        assert_eq!(Document::from_value(serde_json::from_str(&document(said)).unwrap()), Ok(read));
    }
}

#[test]
fn in_commands_events_and_snapshots() {
    for (said, written) in NUMBERS {
        let command = |number: &str| {
            format!(
                r#"{{"type":"open","at":"2026-11-20T09:00:00.000Z","conversation":"x","inbox":"i","channel":"c","contact":{{"attributes":{{"n":[{number}]}}}},"attributes":{{"n":{{"k":{number}}}}}}}"#
            )
        };
        let command_read = desk().read_command(&command(said)).unwrap();
        assert_eq!(command_read.to_json(), command(written));
        assert_eq!(desk().command_from_value(serde_json::from_str(&command(said)).unwrap()), Ok(command_read.clone()));

        let mut desk = desk();
        let opened = desk.handle(&command_read).remove(0).to_json();
        assert!(opened.contains(&format!(
            r#""contact":{{"attributes":{{"n":[{written}]}}}},"attributes":{{"n":{{"k":{written}}}}}"#
        )));
        assert!(desk.snapshot().contains(&format!(r#""attributes":{{"n":{{"k":{written}}}}}"#)));
    }
}

#[test]
fn that_count_something_may_have_a_point() {
    let text =
        r#"{"version": 1.0, "time_zone": "UTC", "agents": [{"id": "a", "capacity": 2.0, "skills": {"x": 3e0}}]}"#;
    let document = Document::from_json(text).unwrap();
    assert_eq!((document.agents[0].capacity.as_ref().unwrap().total, document.agents[0].skills["x"]), (Some(2), 3));
    let open = r#"{"type": "open", "at": "2026-11-20T09:00:00Z", "conversation": "x", "inbox": "i", "channel": "c", "priority": 1.0}"#;
    let Action::Open { priority, .. } = desk().read_command(open).unwrap().action else { panic!("no open") };
    assert_eq!(priority, 1);
}

/// A document built by a Rust program is treated as if it had been read.
#[test]
fn of_a_program() {
    let attributes = |value: Value| [("n".to_owned(), value)].into();
    let (loose, strict) = (json!([1.0, -0.0, {"k": 2.5}]), json!([1, 0, {"k": 2.5}]));
    let open = |value: &Value| Action::Open {
        conversation: "x".into(),
        inbox: "i".into(),
        channel: "c".into(),
        contact: Some(Contact { attributes: attributes(value.clone()), ..Contact::default() }),
        from: None,
        forwarded_by: None,
        priority: 0,
        skills: [].into(),
        attributes: attributes(value.clone()),
        outbound: false,
    };
    let command = |value| Command::new(Instant::parse("2026-11-20T09:00:00Z").unwrap(), open(value));
    assert_eq!(command(&loose).to_json(), command(&strict).to_json());

    let (mut first, mut second) = (desk(), desk());
    let events = first.handle(&command(&loose));
    assert_eq!(events, second.handle(&command(&strict)));
    for event in &events {
        assert_eq!(Event::from_json(&event.to_json()).as_ref(), Ok(event));
    }
    assert_eq!(first.snapshot(), second.snapshot());

    let mut document = Document::from_json(r#"{"version": 1, "time_zone": "UTC", "agents": [{"id": "a"}]}"#).unwrap();
    document.agents[0].attributes = attributes(loose);
    let written = serde_json::to_string(&document).unwrap();
    document.agents[0].attributes = attributes(strict);
    assert_eq!(Document::from_json(&written), Ok(document));
}
