//! Very long texts and very many problems: the answer is short and fast.

use std::fmt::Write;

use frontdesk::desk::{EventKind, Filter};
use frontdesk::time::{Instant, Span, Zone};
use frontdesk::{Desk, Document, HoursOf, Problem, Scope, Visitor};

const LONG: usize = 1_000_000;

fn long() -> String {
    "ä".repeat(LONG / 2)
}

const OFFICE: &str = r#"{"version": 1, "time_zone": "UTC", "teams": [{"id": "t"}], "agents": [{"id": "anna", "team": "t"}],
    "inboxes": [{"id": "main", "channels": [{"id": "chat", "kind": "chat"}]}]}"#;

/// Checks that a problem takes a few hundred characters, wherever it is.
fn assert_short(problem: &Problem, of: &str) {
    let told = problem.to_string();
    assert!(told.chars().count() <= 600, "{of}: {} characters: {}", told.chars().count(), &told[..200]);
}

fn assert_all_short<T: std::fmt::Debug>(result: Result<T, frontdesk::Problems>, of: &str) {
    result.expect_err(of).iter().for_each(|problem| assert_short(problem, of));
}

/// A document with a text that is too long at every place that may have one.
#[test]
fn a_long_text_in_a_document_is_told_in_short() {
    for document in [
        r#"{"version": 1, "time_zone": "LONG"}"#,
        r#"{"version": 1, "time_zone": "UTC", "LONG": 1}"#,
        r#"{"version": 1, "time_zone": "UTC", "x-a": {"LONG": 1e300}}"#,
        r#"{"version": 1, "time_zone": "UTC", "agents": [{"id": "LONG"}]}"#,
        r#"{"version": 1, "time_zone": "UTC", "agents": [{"id": "a", "team": "LONG"}]}"#,
        r#"{"version": 1, "time_zone": "UTC", "agents": [{"id": "a", "seat": "LONG", "permissions": ["LONG"]}]}"#,
        r#"{"version": 1, "time_zone": "UTC", "agents": [{"id": "a", "skills": {"LONG": 9}}]}"#,
        r#"{"version": 1, "time_zone": "UTC", "agents": [{"id": "a", "date_hours": [{"date": "LONG", "hours": []}]}]}"#,
        r#"{"version": 1, "time_zone": "UTC", "working_hours": [{"days": ["LONG"], "start": "LONG", "end": "LONG"}]}"#,
        r#"{"version": 1, "time_zone": "UTC", "agents": [{"id": "a", "out_of_office": [{"start": "LONG", "end": "LONG", "repeat": "LONG"}]}]}"#,
        r#"{"version": 1, "time_zone": "UTC", "agents": [{"id": "a", "out_of_office": [{"start": "LONG", "end": "LONG", "repeat": "FREQ=LONG;LONG=1"}]}]}"#,
        r#"{"version": 1, "time_zone": "UTC", "inboxes": [{"id": "i", "channels": [{"id": "c", "kind": "LONG", "accept_within": "LONG"}]}]}"#,
        r#"{"version": 1, "time_zone": "UTC", "inboxes": [{"id": "i", "channels": [{"id": "c", "kind": "chat", "rules":
            [{"id": "r", "match": {"LONG": 1}, "steps": [{"assign_to": {"agents": ["LONG"]}, "strategy": "LONG", "wait": "LONG"}]}]}]}]}"#,
        r#"{"version": 1, "time_zone": "UTC", "LONG": 1, "LONG": 2}"#,
        r#"{"version": 1, "LONG"#,
    ] {
        assert_all_short(Document::from_json(&document.replace("LONG", &long())), document);
    }
}

#[test]
fn a_long_text_in_a_command_is_told_in_short() {
    let mut desk = Desk::from_json(OFFICE).unwrap();
    let open =
        r#"{"type": "open", "at": "2026-11-20T09:00:00Z", "conversation": "c1", "inbox": "main", "channel": "chat"}"#;
    desk.handle_json(open).unwrap();
    // An id has at most 256 characters, so all of these are reported before a look-up.
    for command in [
        r#"{"type": "LONG", "at": "2026-11-20T09:00:00Z"}"#,
        r#"{"type": "close", "at": "LONG", "conversation": "c1"}"#,
        r#"{"type": "close", "at": "2026-11-20T09:00:00Z", "conversation": "LONG", "by": "LONG", "id": "LONG"}"#,
        r#"{"type": "assign", "at": "2026-11-20T09:00:00Z", "conversation": "c1", "to": {"agent": "LONG", "team": "LONG"}}"#,
        r#"{"type": "snooze", "at": "2026-11-20T09:00:00Z", "conversation": "c1", "duration": "LONG"}"#,
        r#"{"type": "set_status", "at": "2026-11-20T09:00:00Z", "agent": "LONG", "status": "LONG"}"#,
        r#"{"type": "put_team", "at": "2026-11-20T09:00:00Z", "team": "LONG", "entry": {"id": "LONG"}}"#,
        r#"{"type": "close", "at": "2026-11-20T09:00:00Z", "conversation": "c1", "LONG": 1}"#,
    ] {
        assert_all_short(desk.handle_json(&command.replace("LONG", &long())), command);
    }
    // A name as long as an id may be, and unknown.
    let id = "é".repeat(256);
    for command in [
        r#"{"type": "open", "at": "2026-11-20T09:00:00Z", "conversation": "c2", "inbox": "ID", "channel": "chat"}"#,
        r#"{"type": "open", "at": "2026-11-20T09:00:00Z", "conversation": "c2", "inbox": "main", "channel": "ID"}"#,
        r#"{"type": "close", "at": "2026-11-20T09:00:00Z", "conversation": "ID"}"#,
        r#"{"type": "close", "at": "2026-11-20T09:00:00Z", "conversation": "c1", "by": "ID"}"#,
        r#"{"type": "accept", "at": "2026-11-20T09:00:00Z", "conversation": "c1", "agent": "ID"}"#,
        r#"{"type": "assign", "at": "2026-11-20T09:00:00Z", "conversation": "c1", "to": {"team": "ID"}}"#,
        r#"{"type": "set_status", "at": "2026-11-20T09:00:00Z", "agent": "ID", "status": "away"}"#,
        r#"{"type": "remove_inbox", "at": "2026-11-20T09:00:00Z", "inbox": "ID"}"#,
    ] {
        let events = desk.handle_json(&command.replace("ID", &id)).unwrap();
        let [event] = &events[..] else { panic!("{command}: {events:?}") };
        let EventKind::Refused { message, .. } = &event.kind else { panic!("{event:?}") };
        assert!(message.chars().count() < 300, "{message}");
    }
}

#[test]
fn a_long_text_in_a_question_is_told_in_short() {
    let desk = Desk::from_json(OFFICE).unwrap();
    let (id, at) = (long(), Instant::parse("2026-11-20T09:00:00Z").unwrap());
    let (name, range) = (|| frontdesk::Id::from(id.as_str()), Span::new(at, at.saturating_add(1)));
    let filter = Filter { team: Some(name()), ..Filter::default() };
    let hours = HoursOf::Channel { inbox: name(), channel: name() };
    for (of, problem) in [
        ("status", desk.status(&id, at).map(drop)),
        ("next_change", desk.next_change(&id, at).map(drop)),
        ("schedule", desk.schedule(&id, range).map(drop)),
        ("zone_of", desk.zone_of(&id).map(drop)),
        ("available", desk.available(&Scope::Team(name()), at).map(drop)),
        ("coverage", desk.coverage(&Scope::Inbox(name()), range).map(drop)),
        ("working_time", desk.working_time(&hours, at, at).map(drop)),
        ("visitor", desk.visitor(&id, "chat", at, &Visitor::default()).map(drop)),
        ("visitor", desk.visitor("main", &id, at, &Visitor::default()).map(drop)),
        ("publish", desk.publish(&id, at, 1).map(drop)),
        ("shown_in", desk.shown_in(&id, "anna", at).map(drop)),
        ("table", desk.table(&filter, at).map(drop)),
        ("inboxes_of", desk.inboxes_of(&id).map(drop)),
        ("table_filter", desk.table_filter(&id).map(drop)),
        ("why", desk.why(&id).map(drop)),
        ("zone", Zone::named(&id).map(drop)),
    ] {
        assert_short(&problem.expect_err(of), of);
    }
    for question in
        [r#"{"ask": "LONG"}"#, r#"{"ask": "status", "agent": "LONG", "at": "LONG"}"#, r#"{"ask": "status", "LONG": 1}"#]
    {
        assert_all_short(desk.ask_json(&question.replace("LONG", &long())), question);
    }
}

fn suggests(problem: &Problem) -> bool {
    problem.hint.as_ref().is_some_and(|hint| hint.starts_with("did you mean"))
}

/// A thousand unknown names among a thousand known ones once took 18 seconds: names are suggested for the first few only, and
/// for no name that is much longer than a typing error.
#[test]
fn few_problems_of_a_document_suggest_a_name() {
    for (letters, suggested) in [(20, 20), (91, 0)] {
        let id = |index: usize| format!("{index:04}-{}", "ab".repeat(letters / 2));
        let mut agents = String::new();
        let mut named = String::new();
        for index in 0..1_000 {
            let comma = if index == 0 { "" } else { ", " };
            write!(agents, r#"{comma}{{"id": "{}"}}"#, id(index)).unwrap();
            write!(named, r#"{comma}"{}""#, id(index).replace('b', "B").replacen('-', "_", 1)).unwrap();
        }
        let document = format!(
            r#"{{"version": 1, "time_zone": "UTC", "agents": [{agents}], "inboxes": [{{"id": "i", "access": {{"agents": [{named}]}}, "channels": []}}]}}"#
        );
        let problems = Document::from_json(&document).unwrap_err();
        assert_eq!(problems.len(), 1_000);
        let with_hint = problems.iter().filter(|problem| suggests(problem)).count();
        assert_eq!(with_hint, suggested, "{letters} letters");
        assert!(problems.iter().take(suggested).all(suggests));
    }
}

/// The same limit for keys, words and zones.
#[test]
fn few_problems_of_keys_words_and_zones_suggest_a_name() {
    for (what, one, other) in [
        ("keys", r#"{"id": "aINDEX", "naem": 1}"#, "agents"),
        ("zones", r#"{"id": "aINDEX", "time_zone": "Europe/Stokholm"}"#, "agents"),
        ("words", r#"{"id": "aINDEX", "permissions": ["super_admni"]}"#, "agents"),
    ] {
        let entries: Vec<String> = (0..5_000).map(|index| one.replace("INDEX", &index.to_string())).collect();
        let document = format!(r#"{{"version": 1, "time_zone": "UTC", "{other}": [{}]}}"#, entries.join(","));
        let problems = Document::from_json(&document).unwrap_err();
        let with_hint = problems.iter().filter(|problem| suggests(problem)).count();
        assert_eq!((problems.len(), with_hint), (5_000, 20), "{what}");
    }
}
