//! Commands whose effect would end in 2200 or later are refused: an end is never moved silently.

use frontdesk::desk::{Action, EventKind, Until};
use frontdesk::time::{Duration, Instant};
use frontdesk::{Code, Command, Desk, Event, StatusName};

const DESK: &str = r#"{"version": 1, "time_zone": "UTC", "agents": [{"id": "anna"}],
    "inboxes": [{"id": "main", "channels": [{"id": "chat", "kind": "chat"}]}]}"#;

/// Returns the events of a command, after a conversation has arrived at 09:00.
fn told(command: &str) -> Vec<Event> {
    let mut desk = Desk::from_json(DESK).unwrap();
    let open =
        r#"{"type": "open", "at": "2026-11-20T09:00:00Z", "conversation": "c", "inbox": "main", "channel": "chat"}"#;
    desk.handle_json(open).unwrap();
    let before = desk.snapshot();
    let events = desk.handle_json(command).unwrap();
    assert_eq!(desk.snapshot() == before, matches!(events[0].kind, EventKind::Refused { .. }));
    events
}

fn end_of(event: &Event) -> Option<String> {
    match &event.kind {
        EventKind::Snoozed { until, .. } | EventKind::StatusChanged { until, .. } => {
            until.map(|until| until.to_string())
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn of_a_snooze_or_an_away() {
    for what in
        [r#""type": "snooze", "conversation": "c""#, r#""type": "set_status", "agent": "anna", "status": "away""#]
    {
        let command = |at: &str, end: &str| format!(r#"{{{what}, "at": "{at}", {end}}}"#);
        // 63,228 days and 15 hours remain.
        for end in [r#""duration": "63228d15h""#, r#""duration": "73000d""#, r#""duration": "63228d14h59m60s""#] {
            let events = told(&command("2026-11-20T09:00:00Z", end));
            assert!(
                matches!(events[..], [Event { kind: EventKind::Refused { code: Code::OutOfRange, .. }, .. }]),
                "{events:?}"
            );
        }
        for end in [r#""duration": "63228d14h59m59s999ms""#, r#""until": "2199-12-31T23:59:59.999Z""#] {
            let events = told(&command("2026-11-20T09:00:00Z", end));
            assert_eq!(end_of(&events[0]).as_deref(), Some("2199-12-31T23:59:59.999Z"));
        }
        let events = told(&command("2199-12-31T23:00:00Z", r#""duration": "1h""#));
        assert!(
            matches!(events[..], [Event { kind: EventKind::Refused { code: Code::OutOfRange, .. }, .. }]),
            "{events:?}"
        );
    }
}

#[test]
fn of_what_a_program_puts_together() {
    let mut desk = Desk::from_json(DESK).unwrap();
    let at = Instant::parse("2026-11-20T09:00:00Z").unwrap();
    for until in [Until::Instant(Instant::MAX), Until::Duration(Duration::MAX)] {
        assert_eq!(until.from(at).unwrap_err().code, Code::OutOfRange);
        let away = Action::SetStatus { agent: "anna".into(), status: StatusName::Away, until: Some(until), note: None };
        let events = desk.handle(&Command::new(at, away));
        assert!(
            matches!(events[..], [Event { kind: EventKind::Refused { code: Code::OutOfRange, .. }, .. }]),
            "{events:?}"
        );
    }
}
