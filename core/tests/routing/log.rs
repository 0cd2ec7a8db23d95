//! The log: ids and numbers of events, and the next wake-up.

use frontdesk::Desk;
use frontdesk::desk::EventKind;
use frontdesk::time::Instant;
use serde_json::json;

use crate::support_desk::{Office, act, command, everyone};

/// The command of a JSON text, on a desk where c1 waits until 09:05 for anna, who comes at ten.
fn waiting() -> Desk {
    let hours = json!([{"days": ["fri"], "start": "10:00", "end": "17:00"}]);
    let step = json!({"assign_to": "everyone", "wait": "5m"});
    let mut desk = Office::of(json!([{"id": "anna", "working_hours": hours}])).steps(json!([step])).desk();
    let open = r#"{"type": "open", "at": "2026-11-20T09:00:00Z", "conversation": "c1", "inbox": "main", "channel": "chat", "id": "try-1"}"#;
    let events = desk.handle_json(open).unwrap();
    let ids: Vec<_> = events.iter().map(|event| (event.seq, event.id.as_deref())).collect();
    assert_eq!(ids, [(1, Some("try-1")), (2, Some("try-1"))]);
    desk
}

fn at(text: &str) -> Option<Instant> {
    Some(Instant::parse(text).unwrap())
}

#[test]
fn events_carry_the_id_of_their_command_but_not_what_was_due() {
    let mut desk = waiting();
    let close = r#"{"type": "close", "at": "2026-11-20T10:30:00Z", "conversation": "c1", "id": "try-2"}"#;
    let events = desk.handle_json(close).unwrap();
    let told: Vec<_> = events.iter().map(|event| (event.seq, event.at.to_string(), event.id.as_deref())).collect();
    let due = |seq, time: &str| (seq, format!("2026-11-20T{time}:00.000Z"), None);
    let closed = (6, "2026-11-20T10:30:00.000Z".to_owned(), Some("try-2"));
    assert_eq!(told, [due(3, "09:05"), due(4, "10:00"), due(5, "10:00"), closed]);
}

#[test]
fn a_refused_has_the_id_and_takes_no_number() {
    let mut desk = waiting();
    let close = r#"{"type": "close", "at": "2026-11-20T09:01:00Z", "conversation": "c9", "id": "try-2"}"#;
    let refused = desk.handle_json(close).unwrap();
    assert_eq!((refused.len(), refused[0].seq, refused[0].id.as_deref()), (1, 3, Some("try-2")));
    assert!(matches!(&refused[0].kind, EventKind::Refused { conversation: Some(id), .. } if *id == "c9"));
    let events = desk.handle_json(&close.replace("c9", "c1")).unwrap();
    assert_eq!((events.len(), events[0].seq), (1, 3));
}

#[test]
fn the_next_wakeup_is_the_next_that_falls_due() {
    let mut desk = waiting();
    assert_eq!(desk.next_wakeup(), at("2026-11-20T09:05:00Z"));
    desk.advance(desk.next_wakeup().unwrap());
    assert_eq!(desk.next_wakeup(), at("2026-11-20T10:00:00Z"));
    desk.advance(desk.next_wakeup().unwrap());
    assert_eq!(desk.next_wakeup(), at("2026-11-20T17:00:00Z"));
}

#[test]
fn a_desk_that_was_told_nothing_has_no_wakeup() {
    let desk = everyone("in_order", json!(["anna"]));
    assert_eq!((desk.next_wakeup(), desk.now()), (None, None));
}

/// A program that only publishes availability needs no other command.
#[test]
fn a_desk_that_is_only_told_the_time_says_when_to_come_back() {
    let hours = json!([{"days": ["fri"], "start": "10:00", "end": "17:00"}]);
    let mut desk = everyone("in_order", json!([{"id": "anna", "working_hours": hours}]));
    let events = desk.advance(at("2026-11-20T08:00:00Z").unwrap());
    assert_eq!(events.iter().map(|event| &event.kind).collect::<Vec<_>>(), [&EventKind::Started]);
    assert_eq!(desk.next_wakeup(), at("2026-11-20T10:00:00Z"));
    assert_eq!(desk.advance(at("2026-11-20T11:00:00Z").unwrap()).len(), 1);
    assert_eq!(desk.next_wakeup(), at("2026-11-20T17:00:00Z"));
}

#[test]
fn a_command_that_cannot_be_read_changes_nothing() {
    let mut desk = waiting();
    let before = desk.snapshot();
    for text in [
        "",
        "{}",
        r#"{"type": "close", "at": "2026-11-20T09:01:00Z"}"#,
        r#"{"type": "close", "at": "2026-11-20T09:01:00", "conversation": "c1"}"#,
        r#"{"type": "close", "at": "2026-11-20T09:01:00Z", "conversation": "c1", "reason": "done"}"#,
        r#"{"type": "reply", "at": "2026-11-20T09:01:00Z", "conversation": "c1"}"#,
        r#"{"type": "advance", "at": "2200-01-01T00:00:00Z"}"#,
    ] {
        assert!(desk.handle_json(text).is_err(), "{text}");
        assert_eq!(desk.snapshot(), before, "{text}");
    }
}

/// A log may end before the queue was served. A refusal that is only proposed or asked for leaves that to the next command.
#[test]
fn what_a_log_left_open_is_left_by_a_refusal() {
    let mut desk = everyone("in_order", json!([{"id": "anna", "capacity": 1}]));
    let mut follower = desk.clone();
    for line in ["09:00 open c1", "09:00 open c2", "09:01 close c1"] {
        let (command, _) = command(&desk, line, &[]);
        for event in desk.handle(&command) {
            // The last is the assignment of c2.
            if event.seq <= 5 {
                follower.apply(&event).unwrap();
            }
        }
    }
    let (refused, _) = command(&follower, "09:01 close c9", &[]);
    assert_eq!(follower.propose(&refused).turn(), None);
    assert_eq!(act(&mut follower.clone(), "09:02 advance"), ["- c2 assigned anna all/1 in_order"]);
    assert!(!follower.may(&refused).is_allowed());
    assert_eq!(act(&mut follower, "09:02 advance"), ["- c2 assigned anna all/1 in_order"]);
}
