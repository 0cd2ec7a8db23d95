//! The hints of problems: the values that would be accepted.

use frontdesk::{Code, Desk, Document};
use serde_json::{Value, json};

/// A desk with another value at a JSON pointer.
fn desk(pointer: &str, value: &str) -> String {
    let mut desk = json!({
        "version": 1, "time_zone": "UTC", "kinds": ["fax"],
        "teams": [{"id": "support"}],
        "agents": [{"id": "anna", "working_hours": [{"days": ["mon"], "start": "09:00", "end": "17:00"}],
                    "out_of_office": [{"start": "2026-11-20T09:00", "end": "2026-11-20T10:00"}]}],
        "inboxes": [{"id": "main", "channels": [{"id": "chat", "kind": "chat",
            "rules": [{"id": "r", "steps": [{"assign_to": "everyone"}]}]}]}],
        "settings": {}
    });
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    let value: Value = serde_json::from_str(value).unwrap();
    match desk.pointer_mut(parent).unwrap() {
        Value::Object(entries) => drop(entries.insert(key.to_owned(), value)),
        Value::Array(elements) => elements[key.parse::<usize>().unwrap()] = value,
        other => panic!("{pointer}: {other}"),
    }
    desk.to_string()
}

#[test]
fn what_would_be_right_is_said() {
    const CHANNEL: &str = "/inboxes/0/channels/0";
    const HOURS: &str = "/agents/0/working_hours/0";
    for (pointer, value, code, message, hint) in [
        // Unknown keys, with the known ones.
        (
            format!("{HOURS}/colour"),
            "1",
            Code::UnknownKey,
            "there is no key \"colour\" here",
            "there are days, start, end, every, first_day, last_day",
        ),
        ("/settings/colour".to_owned(), "1", Code::UnknownKey, "there is no key \"colour\" here", ""),
        ("/agnets".to_owned(), "[]", Code::UnknownKey, "there is no key \"agnets\" here", "did you mean agents?"),
        // Kinds and other names.
        (
            format!("{CHANNEL}/kind"),
            "\"phone\"",
            Code::UnknownReference,
            "there is no channel kind \"phone\"",
            "there are email, chat, form, call, messenger, fax; others are named in the \"kinds\" of the document",
        ),
        (
            format!("{CHANNEL}/kind"),
            "\"cal\"",
            Code::UnknownReference,
            "there is no channel kind \"cal\"",
            "did you mean call?",
        ),
        (
            "/agents/0/team".to_owned(),
            "\"x\"",
            Code::UnknownReference,
            "there is no team \"x\"",
            "there is only support",
        ),
        // Durations, dates, times, zones.
        (
            format!("{CHANNEL}/accept_within"),
            "45",
            Code::WrongType,
            "expected a duration, found a number",
            "write it with its unit: \"45s\", or \"45m\" for minutes",
        ),
        (
            format!("{CHANNEL}/wrap_up"),
            "1.5",
            Code::WrongType,
            "expected a duration, found a number",
            "write it as text: \"45s\"",
        ),
        (
            format!("{CHANNEL}/wrap_up"),
            "\"45\"",
            Code::InvalidDuration,
            "\"45\" is not a duration",
            "write it as 20s, 30m, 1h30m or 2d",
        ),
        (
            format!("{HOURS}/first_day"),
            "20261120",
            Code::WrongType,
            "expected a date, found a number",
            "write it as text: \"2026-11-20\"",
        ),
        (
            format!("{HOURS}/start"),
            "9",
            Code::WrongType,
            "expected a time of day, found a number",
            "write it as text: \"09:00\"",
        ),
        (
            "/agents/0/out_of_office/0/start".to_owned(),
            "1795168800",
            Code::WrongType,
            "expected a date and time, found a number",
            "write it as text: \"2026-11-20T14:00\"",
        ),
        (
            "/time_zone".to_owned(),
            "1",
            Code::WrongType,
            "expected a time zone, found a number",
            "write it as text: \"Europe/Stockholm\"",
        ),
        // Words, lists, ids, truth values.
        (
            format!("{HOURS}/days"),
            "\"mon\"",
            Code::WrongType,
            "expected a list, found text",
            "write it in brackets: [\"mon\"]",
        ),
        (
            "/agents/0/working_hours".to_owned(),
            "{}",
            Code::WrongType,
            "expected a list, found an object",
            "write it in brackets: [{…}]",
        ),
        (
            format!("{HOURS}/days/0"),
            "1",
            Code::WrongType,
            "expected one of mon, tue, wed, thu, fri, sat, sun, found a number",
            "",
        ),
        ("/agents/0/name".to_owned(), "7", Code::WrongType, "expected text, found a number", "write it in quotes"),
        (
            "/agents/0/active".to_owned(),
            "\"true\"",
            Code::WrongType,
            "expected true or false, found text",
            "write it without quotes",
        ),
        ("/agents/0/active".to_owned(), "1", Code::WrongType, "expected true or false, found a number", ""),
        (
            "/agents/0/name".to_owned(),
            "null",
            Code::WrongType,
            "expected text, found null",
            "leave the key out where there is no value",
        ),
    ] {
        let text = desk(&pointer, value);
        let problems = Document::from_json(&text).unwrap_err();
        let found = problems.iter().find(|it| it.code == code).unwrap_or_else(|| panic!("{pointer}: {problems}"));
        assert_eq!(found.message, message, "{pointer} {value}");
        let told = found.hint.as_deref().unwrap_or_default();
        if pointer == "/settings/colour" {
            assert!(
                told.starts_with(
                    "there are requires_seat, away_ends_at_shift_start, own_away_ends_at_shift_start, on_away"
                ),
                "{told}"
            );
        } else {
            assert_eq!(told, hint, "{pointer} {value}");
        }
    }
}

#[test]
fn a_number_in_quotes_is_told_to_be_none() {
    for (pointer, wanted) in [("/inboxes/0/channels/0/weight", "a whole number"), ("/settings/seed", "a whole number")]
    {
        let problem = &Document::from_json(&desk(pointer, "\"5\"")).unwrap_err()[0];
        assert_eq!(
            (problem.code, problem.message.as_str()),
            (Code::WrongType, &*format!("expected {wanted}, found text"))
        );
        assert_eq!(problem.hint.as_deref(), Some("write it without quotes"), "{pointer}");
    }
    let problem = &Document::from_json(&desk("/settings/seed", "\"five\"")).unwrap_err()[0];
    assert_eq!(problem.hint, None);
}

#[test]
fn a_name_where_nothing_has_one_says_so() {
    let text = r#"{"version": 1, "time_zone": "UTC", "agents": [{"id": "a", "team": "x"}]}"#;
    let problem = &Document::from_json(text).unwrap_err()[0];
    assert_eq!(problem.hint.as_deref(), Some("there is no team at all: add one, or take this out"));
}

#[test]
fn lists_of_what_there_is_have_an_end() {
    let kinds: Vec<String> = (0..500).map(|index| format!("kind{index:03}")).collect();
    let desk = json!({"version": 1, "time_zone": "UTC", "kinds": kinds,
        "inboxes": [{"id": "i", "channels": [{"id": "c", "kind": "phone"}]}]});
    let problem = &Document::from_json(&desk.to_string()).unwrap_err()[0];
    let hint = problem.hint.as_deref().unwrap();
    assert!(hint.contains(" and 485 more; "), "{hint}");
    assert!(hint.len() < 400, "{hint}");
}

#[test]
fn commands_say_so_too() {
    let desk = Desk::from_json(&desk("/settings", "{}")).unwrap();
    let told = |command: &str| {
        let problem = &desk.read_command(command).unwrap_err()[0];
        (problem.code, problem.path.clone(), problem.hint.clone().unwrap_or_default())
    };
    let (code, path, hint) =
        told(r#"{"type": "snooze", "at": "2026-11-20T09:00:00Z", "conversation": "c", "duration": 45}"#);
    assert_eq!((code, path.as_str()), (Code::WrongType, "$.duration"));
    assert_eq!(hint, "write it with its unit: \"45s\", or \"45m\" for minutes");
    let (code, _, hint) = told(r#"{"type": "advance", "at": 1795168800}"#);
    assert_eq!((code, hint.as_str()), (Code::WrongType, "write it as text: \"2026-11-20T09:00:00Z\""));
    let (code, path, hint) = told(r#"{"type": "advance", "at": "2026-11-20T09:00:00Z", "colour": 1}"#);
    assert_eq!((code, path.as_str()), (Code::UnknownKey, "$.colour"));
    assert!(hint.starts_with("there are type, at"), "{hint}");
}

/// Editors look for the key `$schema` at the top; it is not a part of the desk.
#[test]
fn the_schema_is_read_over_and_never_written() {
    let text = r#"{"$schema": "https://example.org/desk.json", "version": 1, "time_zone": "UTC"}"#;
    let document = Document::from_json(text).unwrap();
    assert_eq!(document, Document::from_json(r#"{"version": 1, "time_zone": "UTC"}"#).unwrap());
    assert!(!serde_json::to_string(&document).unwrap().contains("schema"));
    let wrong = Document::from_json(r#"{"$schema": 1, "version": 1, "time_zone": "UTC"}"#).unwrap_err();
    assert_eq!((wrong[0].code, wrong[0].path.as_str()), (Code::WrongType, "$[\"$schema\"]"));
    let below = Document::from_json(r#"{"version": 1, "time_zone": "UTC", "settings": {"$schema": "x"}}"#).unwrap_err();
    assert_eq!(below[0].code, Code::UnknownKey);
}
