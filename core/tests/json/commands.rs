//! Commands that cannot be read, and change nothing.

use serde_json::{Value, json};

use frontdesk::{Code, Desk};

use crate::example::plain;
use crate::marked::{Expected, assert_problems};

fn desk() -> Desk {
    Desk::from_json(&plain().to_string()).unwrap()
}

/// Checks rows of a command that is wrong at the marks, with the expected problems.
#[track_caller]
fn assert_table(table: &[(&str, &[Expected<'_>])]) {
    let desk = desk();
    for (row, expected) in table {
        assert_problems(row, expected, |text| desk.read_command(text));
    }
}

#[test]
fn type_and_instant() {
    assert_table(&[
        ("▶[]", &[("wrong_type", "$", "")]),
        ("▶▶{}", &[("missing_key", "$", ""), ("missing_key", "$", "")]),
        (r#"▶{"type": "advance"}"#, &[("missing_key", "$", "")]),
        (
            r#"{"type": ▶"advanced", "at": "2026-11-20T09:00:00Z"}"#,
            &[("invalid_value", "$.type", "did you mean advance?")],
        ),
        (r#"{"type": ▶5, "at": "2026-11-20T09:00:00Z"}"#, &[("wrong_type", "$.type", "")]),
        (r#"{"type": "advance", "at": ▶"2026-11-20T09:00:00"}"#, &[("missing_offset", "$.at", "2026-11-20T09:00:00Z")]),
        (r#"{"type": "advance", "at": ▶"2026-11-20T09:00:00.123"}"#, &[("missing_offset", "$.at", "")]),
        (r#"{"type": "advance", "at": ▶"2026-11-20"}"#, &[("invalid_time", "$.at", "2026-11-20T09:00:00Z")]),
        (r#"{"type": "advance", "at": ▶"2026-02-31T09:00:00Z"}"#, &[("invalid_time", "$.at", "")]),
        (r#"{"type": "advance", "at": ▶"2026-11-20T25:00:00Z"}"#, &[("invalid_time", "$.at", "")]),
        (r#"{"type": "advance", "at": ▶1795165200}"#, &[("wrong_type", "$.at", "")]),
        (r#"{"type": "advance", "at": ▶null}"#, &[("wrong_type", "$.at", "")]),
        (r#"{"type": "advance", "at": ▶"1999-12-31T23:59:59.999Z"}"#, &[("out_of_range", "$.at", "")]),
        (r#"{"type": "advance", "at": ▶"2200-01-01T00:00:00Z"}"#, &[("out_of_range", "$.at", "")]),
        (r#"{"type": "advance", "at": "2026-11-20T09:00:00Z", ▶"to": 1}"#, &[("unknown_key", "$.to", "")]),
        (r#"{"type": "advance", "at": "2026-11-20T09:00:00Z", "id": ▶""}"#, &[("invalid_value", "$.id", "")]),
        (r#"{"type": "advance", "at": "2026-11-20T09:00:00Z", "by": ▶7}"#, &[("wrong_type", "$.by", "")]),
        (
            r#"{"type": "advance", "at": "2026-11-20T09:00:00Z", ▶"at": "2026-11-20T09:00:00Z"}"#,
            &[("duplicate_key", "$.at", "")],
        ),
    ]);
}

#[test]
fn conversations() {
    assert_table(&[
        (
            r#"▶▶▶{"type": "open", "at": "2026-11-20T09:00:00Z"}"#,
            &[("missing_key", "$", ""), ("missing_key", "$", ""), ("missing_key", "$", "")],
        ),
        (
            r#"{"type": "open", "at": "2026-11-20T09:00:00Z", "conversation": "c", "inbox": "main", "channel": "phone",
                "priority": ▶1.5, "skills": {"billing": ▶6}, "contact": {"known": ▶"yes", ▶"mail": ""}}"#,
            &[
                ("wrong_type", "$.priority", ""),
                ("out_of_range", "$.skills.billing", ""),
                ("wrong_type", "$.contact.known", ""),
                ("unknown_key", "$.contact.mail", ""),
            ],
        ),
        (
            r#"{"type": "open", "at": "2026-11-20T09:00:00Z", "conversation": "c", "inbox": "main", "channel": "phone",
                "priority": ▶9007199254740993}"#,
            &[("out_of_range", "$.priority", "")],
        ),
        (r#"▶{"type": "close", "at": "2026-11-20T09:00:00Z"}"#, &[("missing_key", "$", "")]),
        (r#"▶{"type": "reply", "at": "2026-11-20T09:00:00Z", "conversation": "c"}"#, &[("missing_key", "$", "")]),
        (
            r#"{"type": "assign", "at": "2026-11-20T09:00:00Z", "conversation": "c", "to": ▶{}}"#,
            &[("conflict", "$.to", "")],
        ),
        (
            r#"{"type": "assign", "at": "2026-11-20T09:00:00Z", "conversation": "c", "to": ▶{"agent": "a", "team": "b"}}"#,
            &[("conflict", "$.to", "")],
        ),
        (
            r#"{"type": "assign", "at": "2026-11-20T09:00:00Z", "conversation": "c", "to": {"team": "a"}, "or_substitute": ▶true}"#,
            &[("conflict", "$.or_substitute", "take \"or_substitute\" out, or give it to an agent")],
        ),
        (
            r#"{"type": "assign", "at": "2026-11-20T09:00:00Z", "conversation": "c", "to": {"agent": "a"}, "distribute": ▶true}"#,
            &[("conflict", "$.distribute", "take \"distribute\" out, or give it to a team")],
        ),
        (
            r#"{"type": "assign", "at": "2026-11-20T09:00:00Z", "conversation": "c", "to": {"agent": "a"}, "or_substitute": ▶1}"#,
            &[("wrong_type", "$.or_substitute", "")],
        ),
        (
            r#"▶{"type": "snooze", "at": "2026-11-20T09:00:00Z", "conversation": "c", "duration": "1h",
                "until": ▶"2026-11-20T10:00"}"#,
            &[("conflict", "$", ""), ("missing_offset", "$.until", "2026-11-20T10:00:00Z")],
        ),
        (r#"▶{"type": "accept", "at": "2026-11-20T09:00:00Z", "conversation": "c"}"#, &[("missing_key", "$", "")]),
        (
            r#"{"type": "update", "at": "2026-11-20T09:00:00Z", "conversation": "c", ▶"weight": 2}"#,
            &[("unknown_key", "$.weight", "")],
        ),
    ]);
}

#[test]
fn statuses() {
    assert_table(&[
        (
            r#"{"type": "set_status", "at": "2026-11-20T09:00:00Z", "agent": "anna", "status": ▶""}"#,
            &[("invalid_value", "$.status", "")],
        ),
        (
            r#"{"type": "set_status", "at": "2026-11-20T09:00:00Z", "agent": "anna", "status": "away", "duration": ▶"1 h"}"#,
            &[("invalid_duration", "$.duration", "")],
        ),
        (
            r#"{"type": "set_status", "at": "2026-11-20T09:00:00Z", "agent": "anna", "status": "away", "duration": ▶60}"#,
            &[("wrong_type", "$.duration", "")],
        ),
        (
            r#"{"type": "set_status", "at": "2026-11-20T09:00:00Z", "agent": "anna", "status": "away",
                "until": ▶"2026-11-20T10:00:00"}"#,
            &[("missing_offset", "$.until", "")],
        ),
        (
            r#"▶{"type": "set_status", "at": "2026-11-20T09:00:00Z", "agent": "anna", "status": "available",
                "duration": "1h"}"#,
            &[("conflict", "$", "")],
        ),
    ]);
}

#[test]
fn changes_of_the_desk() {
    assert_table(&[
        (
            r#"▶{"type": "put_agent", "at": "2026-11-20T09:00:00Z", "agent": "anna", "entry": {"id": "bo"}}"#,
            &[("id_mismatch", "$", "")],
        ),
        (
            r#"{"type": "put_agent", "at": "2026-11-20T09:00:00Z", "agent": "anna",
                "entry": {"id": "anna", "team": ▶"vipp", ▶"colour": "red"}}"#,
            &[("unknown_reference", "$.entry.team", "did you mean vip?"), ("unknown_key", "$.entry.colour", "")],
        ),
        (
            r#"{"type": "set_working_hours", "at": "2026-11-20T09:00:00Z", "agent": "anna",
                "working_hours": [{"days": ["mon"], "start": ▶"9", "end": "17:00"}]}"#,
            &[("invalid_time", "$.working_hours[0].start", "")],
        ),
        (
            r#"▶{"type": "set_working_hours", "at": "2026-11-20T09:00:00Z", "agent": "anna"}"#,
            &[("missing_key", "$", "")],
        ),
        (
            r#"{"type": "set_date_hours", "at": "2026-11-20T09:00:00Z", "agent": "anna",
                "date_hours": [{"date": "2026-11-20", "hours": []}, {"date": ▶"2026-11-20", "hours": []}]}"#,
            &[("duplicate_id", "$.date_hours[1].date", "")],
        ),
        (
            r#"{"type": "set_out_of_office", "at": "2026-11-20T09:00:00Z", "agent": "anna",
                "out_of_office": [▶{"start": "2026-11-20T17:00", "end": "2026-11-20T09:00"}]}"#,
            &[("conflict", "$.out_of_office[0]", "")],
        ),
    ]);
}

#[test]
fn change_nothing() {
    let mut desk = desk();
    let open =
        json!({"type": "open", "at": "2026-11-20T09:00:00Z", "conversation": "c", "inbox": "main", "channel": "phone"});
    desk.handle_json(&open.to_string()).unwrap();
    let before = (desk.document(), desk.now(), desk.next_wakeup());
    let close = |at: Value| json!({"type": "close", "at": at, "conversation": "c"});
    for text in ["", "close c", "[]", &close(json!("2027-11-20T09:00:00")).to_string(), &close(Value::Null).to_string()]
    {
        assert!(!desk.handle_json(text).unwrap_err().is_empty());
        assert_eq!((desk.document(), desk.now(), desk.next_wakeup()), before);
    }
    let closed = desk.handle_json(&close(json!("2026-11-20T09:00:01Z")).to_string()).unwrap();
    assert_eq!(serde_json::to_value(closed.last().unwrap()).unwrap()["type"], "closed");
}

#[test]
fn a_value_has_the_same_problems_without_positions() {
    let command = json!({"type": "advance", "at": "2026-11-20T09:00:00", "agnet": "anna"});
    let of_text = desk().read_command(&command.to_string()).unwrap_err();
    let of_value = desk().command_from_value(command).unwrap_err();
    let mut codes: Vec<Code> = of_value.iter().map(|problem| problem.code).collect();
    codes.sort_unstable();
    assert_eq!(codes, [Code::UnknownKey, Code::MissingOffset]);
    assert_eq!(of_text.len(), 2);
    assert!(of_value.iter().all(|problem| problem.position.is_none()));
    assert!(of_text.iter().all(|problem| problem.position.is_some()));
}
