//! Incomplete logs, logs of another document, and logs of earlier builds.

use std::fs;

use frontdesk::time::Instant;
use frontdesk::{Code, Desk, Document, Event, Problem};
use serde_json::Value;

use super::fuzz::{DESK, at_work, invariants};

const DOCUMENT: &str = r#"{"version":1,"time_zone":"Europe/Stockholm","working_hours":[{"days":["mon","tue","wed","thu","fri"],"start":"09:00","end":"17:00"}],"teams":[{"id":"support"}],"agents":[{"id":"anna","team":"support","capacity":3},{"id":"bo","team":"support"}],"inboxes":[{"id":"main","channels":[{"id":"chat","kind":"chat","rules":[{"id":"everyone","steps":[{"assign_to":{"teams":["support"]}}]}]}]}]}"#;

fn rebuild(document: &str, log: &[Event]) -> Result<Desk, Problem> {
    let mut desk = Desk::new(Document::from_json(document).unwrap());
    log.iter().try_for_each(|event| desk.apply(event))?;
    desk.check_complete()?;
    Ok(desk)
}

/// The log of `open` at ten o'clock: opened, assigned.
fn log() -> (Desk, Vec<Event>) {
    let mut desk = Desk::from_json(DOCUMENT).unwrap();
    let open =
        r#"{"type": "open", "at": "2026-11-20T09:00:00Z", "conversation": "c1", "inbox": "main", "channel": "chat"}"#;
    let log = desk.handle_json(open).unwrap();
    (desk, log)
}

/// A log that ends within the events of a command is reported, and no conversation is lost.
#[test]
fn that_end_within_a_command() {
    let (desk, log) = log();
    assert_eq!(rebuild(DOCUMENT, &log).unwrap().snapshot(), desk.snapshot());
    let problem = rebuild(DOCUMENT, &log[..1]).unwrap_err();
    assert_eq!(problem.code, Code::InvalidValue);
    assert!(problem.message.contains("number 1") && problem.hint.is_some(), "{problem}");

    let mut half = Desk::from_json(DOCUMENT).unwrap();
    half.apply(&log[0]).unwrap();
    let restored = Desk::restore(&half.snapshot()).unwrap();
    assert!(restored.check_complete().is_err(), "a snapshot remembers it");
    for mut desk in [half, restored] {
        desk.advance(Instant::parse("2026-11-20T09:01:00Z").unwrap());
        assert_eq!(desk.conversation("c1").unwrap().agent.as_deref(), Some("anna"));
        assert_eq!(desk.check_complete(), Ok(()));
    }
}

/// Only the ends of commands are complete logs: no conversation is on its way there.
#[test]
fn are_whole_after_every_command_only() {
    let (_, log) = at_work();
    let mut desk = Desk::from_json(DESK).unwrap();
    for (index, event) in log.iter().enumerate() {
        desk.apply(event).unwrap();
        let is_opened = event.to_json().contains(r#""type":"opened""#);
        assert_eq!(desk.check_complete().is_err(), is_opened, "after {index}: {}", event.to_json());
        invariants::assert_whole(&desk);
    }
}

/// Documents that do not fit a log: with a holiday, other hours, without the agent, the rule, the access.
#[test]
fn of_another_document() {
    let (_, log) = log();
    for (from, to) in [
        (r#""inboxes""#, r#""holidays":[{"id":"x","dates":["2026-11-20"]}],"inboxes""#),
        (r#""fri"]"#, r#""sat"]"#),
        (r#""start":"09:00","end":"17:00""#, r#""start":"20:00","end":"23:00""#),
        (r#"{"id":"anna","team":"support","capacity":3}"#, r#"{"id":"zoe","team":"support"}"#),
        (r#"{"id":"anna","#, r#"{"id":"anna","active":false,"#),
        (r#""id":"everyone""#, r#""id":"other""#),
        (r#""channels""#, r#""access":{"agents":["bo"]},"channels""#),
        (r#""id":"chat""#, r#""id":"talk""#),
    ] {
        let other = DOCUMENT.replacen(from, to, 1);
        assert_ne!(other, DOCUMENT);
        let problem = rebuild(&other, &log).expect_err(to);
        assert!(problem.path.starts_with('$') && problem.hint.is_some(), "{problem}");
    }
    // Corrections of a zone by an hour or two do not make it another document.
    let moved = DOCUMENT.replacen(r#""start":"09:00""#, r#""start":"11:00""#, 1);
    rebuild(&moved, &log).unwrap();
}

/// The log of the build of 28 November 2026 is read, even if events and snapshots have more keys now.
#[test]
fn of_an_earlier_build() {
    let text = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/fuzz/corpus/event/at-work")).unwrap();
    let log: Vec<Event> = text.lines().map(|line| Event::from_json(line).unwrap()).collect();
    let rebuilt = rebuild(DESK, &log).unwrap();
    let text = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/fuzz/corpus/snapshot/at-work")).unwrap();
    // It does not say when a conversation ended: for a desk restored from it, that is the instant of the desk. It says the
    // outcome of every rule, also of one that has none. It does not say who snoozed a conversation.
    let comparable = |desk: &Desk| {
        let mut snapshot: Value = serde_json::from_str(&desk.snapshot()).unwrap();
        let conversations = snapshot["conversations"].as_array_mut().unwrap();
        for it in conversations {
            it.as_object_mut().unwrap().remove("ended_at");
            it.pointer_mut("/phase/snoozed").and_then(Value::as_object_mut).map(|snoozed| snoozed.remove("agent"));
        }
        for inbox in snapshot["document"]["inboxes"].as_array_mut().unwrap() {
            for channel in inbox["channels"].as_array_mut().unwrap() {
                for rule in channel["rules"].as_array_mut().into_iter().flatten() {
                    rule.as_object_mut().unwrap().entry("otherwise").or_insert("queue".into());
                }
            }
        }
        snapshot
    };
    assert_eq!(comparable(&Desk::restore(&text).unwrap()), comparable(&rebuilt));
    invariants::assert_sound(&rebuilt);
}
