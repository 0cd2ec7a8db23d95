//! Invalid events and snapshots: the first problem is reported with its place.

use frontdesk::{Desk, Event, Problems};

use crate::marked::{Expected, assert_told};

/// A text is not an event, for one reason, at its mark.
#[track_caller]
fn assert_no_event(marked: &str, expected: Expected<'_>) {
    assert_told(marked, &[expected], |text| Event::from_json(text).map_err(Problems::from));
}

#[test]
fn events() {
    const CASES: [(&str, Expected<'_>); 18] = [
        ("▶", ("invalid_json", "$", "")),
        (r#"{"version": 1,▶}"#, ("invalid_json", "$", "")),
        ("▶[]", ("invalid_json", "$", "")),
        (r#"▶{"seq": 1}"#, ("invalid_json", "$", "")),
        (r#"{"version": ▶"1"}"#, ("invalid_json", "$.version", "")),
        (r#"▶{"version": 2, "type": "to_come"}"#, ("unsupported_version", "$", "")),
        (r#"{"version": 1, "seq": ▶-1, AT, "type": "started"}"#, ("invalid_json", "$.seq", "")),
        (r#"{"version": 1, "seq": ▶1.5, AT, "type": "started"}"#, ("invalid_json", "$.seq", "")),
        (r#"{"version": 1, "seq": 1, "at": ▶"today", "type": "started"}"#, ("invalid_json", "$.at", "RFC 3339")),
        (r#"▶{"version": 1, "seq": 1, AT}"#, ("invalid_json", "$", "")),
        (r#"{"version": 1, "seq": 1, AT, "type": ▶"close"}"#, ("invalid_json", "$.type", "closed")),
        (r#"▶{"version": 1, "seq": 1, AT, "type": "closed"}"#, ("invalid_json", "$", "")),
        (
            r#"{"version": 1, "seq": 1, AT, "type": "desk_changed", "change": ▶"put_agents", "agent": "anna"}"#,
            ("invalid_json", "$.change", "put_agent"),
        ),
        (
            r#"{"version": 1, "seq": 1, AT, "type": "closed", "conversation": ▶7}"#,
            ("invalid_json", "$.conversation", ""),
        ),
        (
            r#"{"version": 1, "seq": 1, AT, "type": "closed", "conversation": "a", "conversation": ▶"b"}"#,
            ("invalid_json", "$.conversation", ""),
        ),
        (
            r#"{"version": 1, "seq": 1, AT, "type": "opened", "conversation": "c", "inbox": "i", "channel": "c", "skills": {"a": ▶300}}"#,
            ("invalid_json", "$.skills.a", ""),
        ),
        (
            r#"{"version": 1, "seq": 1, AT, "type": "assigned", "conversation": "c", "considered": [
                {"agent": "anna", "load": 0}, {"agent": "bo", "load": 1, "reason": ▶"tired"}]}"#,
            ("invalid_json", "$.considered[1].reason", ""),
        ),
        (
            r#"{"version": 1, "seq": 1, AT, "type": "assigned", "conversation": "c", "considered": [], "not_in_target": ▶-1}"#,
            ("invalid_json", "$.not_in_target", ""),
        ),
    ];
    for (marked, expected) in CASES {
        assert_no_event(&marked.replace("AT", r#""at": "2026-11-20T09:00:00Z""#), expected);
    }
}

/// Keys of a later version are ignored, and the keys that it may omit are optional.
#[test]
fn lenient() {
    let event = r#"{"later": {}, "version": 1, "seq": 7, "at": "2026-11-20T09:00:00Z", "type": "handed_to_bot",
        "conversation": "c", "bot": "b", "step": null}"#;
    let read = Event::from_json(event).unwrap();
    let written =
        r#"{"version":1,"seq":7,"at":"2026-11-20T09:00:00.000Z","type":"handed_to_bot","conversation":"c","bot":"b"}"#;
    assert_eq!(read.to_json(), written);
}

#[test]
fn snapshots() {
    const DESK: &str = r#""document": {"version": 1, "time_zone": "UTC", "agents": [{"id": "a"}]}"#;
    const CASES: [(&str, Expected<'_>); 6] = [
        ("▶", ("invalid_json", "$", "")),
        (r#"▶{"version": 1, "seq": 0}"#, ("invalid_json", "$", "")),
        (r#"▶{"version": 3, "seq": 0}"#, ("unsupported_version", "$", "")),
        (r#"▶{"version": 1, DESK}"#, ("invalid_json", "$", "")),
        (r#"{"version": 1, DESK, "seq": 0, "agents": [▶"a"]}"#, ("invalid_json", "$.agents[0]", "")),
        (
            r#"{"version": 1, DESK, "seq": 0, "rules": [{"inbox": "i", "channel": "c", "rule": "r", "turns": {"a": ▶[]}}]}"#,
            ("invalid_json", "$.rules[0].turns.a", ""),
        ),
    ];
    for (marked, expected) in CASES {
        assert_told(&marked.replace("DESK", DESK), &[expected], Desk::restore);
    }
    let phase = r#"{"version": 1, DESK, "seq": 0, "conversations": [{"conversation": "c", "details": {"inbox": "i", "channel": "c"},
        "opened_at": "2026-11-20T09:00:00Z", "queued_from": "2026-11-20T09:00:00Z", "order": 1, "phase": PHASE}]}"#;
    for (told, path) in
        [(r#"▶"asleep""#, ""), (r#"▶{"held": {}, "closed": {}}"#, ""), (r#"{"held": {"agent": ▶1}}"#, ".held.agent")]
    {
        let marked = phase.replace("DESK", DESK).replace("PHASE", told);
        let expected = ("invalid_json", &*format!("$.conversations[0].phase{path}"), "");
        assert_told(&marked, &[expected], Desk::restore);
    }
}
