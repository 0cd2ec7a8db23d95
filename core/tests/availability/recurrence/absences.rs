//! Repeated absences of agents: answers, events and storage.

use serde_json::{Value, json};

use crate::Desk;
use frontdesk::time::{Duration, Span};
use frontdesk::{Code, Document, Event, HoursOf, Reason, Scope, State, Status};

use super::clock_changes::instant;

/// A desk in Stockholm with one agent, Anna, who usually works from nine to five.
fn desk(absences: &Value) -> Desk {
    let days = ["mon", "tue", "wed", "thu", "fri"];
    let anna = json!({
        "id": "anna", "out_of_office": absences, "permissions": ["super_admin"],
        "working_hours": [{"days": days, "start": "09:00", "end": "17:00"}],
    });
    let document = json!({"version": 1, "time_zone": "Europe/Stockholm", "agents": [anna]});
    Desk::from_json(&document.to_string()).unwrap_or_else(|problems| panic!("{absences}: {problems:?}"))
}

fn status(desk: &Desk, at: &str) -> Status {
    desk.status("anna", instant(at)).unwrap()
}

/// The absences of a range, as dates and times of UTC.
fn away(absences: &Value, from: &str, to: &str) -> Vec<String> {
    let range = Span::new(instant(&format!("{from}T00:00:00Z")), instant(&format!("{to}T00:00:00Z")));
    let periods = desk(absences).schedule("anna", range).unwrap();
    let away = periods.iter().filter(|period| period.reason == Reason::OutOfOffice);
    let short = |text: String| text[5..16].to_owned();
    away.map(|period| format!("{} {}", short(period.span.start.to_string()), short(period.span.end.to_string())))
        .collect()
}

/// Absences, a range, and the times at which Anna is away in it.
type Row = (&'static str, [&'static str; 2], &'static [&'static str]);

const FRIDAYS: &str = r#""start": "2026-11-20T14:00", "end": "2026-11-20T17:00", "repeat": "FREQ=WEEKLY;BYDAY=FR""#;
const NOVEMBER: [&str; 2] = ["2026-11-20", "2026-12-12"];

const ROWS: [Row; 26] = [
    (
        "{FRIDAYS}",
        NOVEMBER,
        &["11-20T13:00 11-20T16:00", "11-27T13:00 11-27T16:00", "12-04T13:00 12-04T16:00", "12-11T13:00 12-11T16:00"],
    ),
    // The example of the specification: not on 4 December, but on the 9th.
    (
        r#"{FRIDAYS}, "except": ["2026-12-04"], "also": ["2026-12-09T14:00"]"#,
        NOVEMBER,
        &["11-20T13:00 11-20T16:00", "11-27T13:00 11-27T16:00", "12-09T13:00 12-09T16:00", "12-11T13:00 12-11T16:00"],
    ),
    (
        r#"{FRIDAYS}, "except": ["2026-11-20T14:00", "2026-11-27T14:30"]"#,
        NOVEMBER,
        &["11-27T13:00 11-27T16:00", "12-04T13:00 12-04T16:00", "12-11T13:00 12-11T16:00"],
    ),
    // Exceptions are left out, however they are written.
    (
        r#"{FRIDAYS}, "except": ["2026-12-09"], "also": ["2026-12-09T14:00", "2026-11-20T14:00"]"#,
        ["2026-12-05", "2026-12-12"],
        &["12-11T13:00 12-11T16:00"],
    ),
    // `COUNT` includes the instances that are left out, and not those that are added.
    (
        r#""start": "2026-11-20T14:00", "end": "2026-11-20T17:00", "repeat": "FREQ=WEEKLY;COUNT=3", "except": ["2026-11-27"], "also": ["2026-11-30T14:00"]"#,
        NOVEMBER,
        &["11-20T13:00 11-20T16:00", "11-30T13:00 11-30T16:00", "12-04T13:00 12-04T16:00"],
    ),
    // The rule decides whether the first day is an instance.
    (
        r#""start": "2026-11-18T14:00", "end": "2026-11-18T17:00", "repeat": "FREQ=WEEKLY;BYDAY=FR;COUNT=1""#,
        ["2026-11-16", "2026-12-12"],
        &["11-20T13:00 11-20T16:00"],
    ),
    // Without a rule, the first is an instance, and `also` adds more.
    (
        r#""start": "2026-11-18T14:00", "end": "2026-11-18T17:00", "also": ["2026-11-20T08:00"]"#,
        ["2026-11-16", "2026-12-12"],
        &["11-18T13:00 11-18T16:00", "11-20T07:00 11-20T10:00"],
    ),
    (
        r#""start": "2026-11-18T14:00", "end": "2026-11-18T17:00", "also": ["2026-11-20T08:00"], "except": ["2026-11-18"]"#,
        ["2026-11-16", "2026-12-12"],
        &["11-20T07:00 11-20T10:00"],
    ),
    // UNTIL as a whole day, a time on the wall clock, and a time in UTC, all included.
    (
        r#""start": "2026-11-20T14:00", "end": "2026-11-20T15:00", "repeat": "FREQ=WEEKLY;UNTIL=20261127""#,
        NOVEMBER,
        &["11-20T13:00 11-20T14:00", "11-27T13:00 11-27T14:00"],
    ),
    (
        r#""start": "2026-11-20T14:00", "end": "2026-11-20T15:00", "repeat": "FREQ=WEEKLY;UNTIL=20261127T140000""#,
        NOVEMBER,
        &["11-20T13:00 11-20T14:00", "11-27T13:00 11-27T14:00"],
    ),
    (
        r#""start": "2026-11-20T14:00", "end": "2026-11-20T15:00", "repeat": "FREQ=WEEKLY;UNTIL=20261127T135959""#,
        NOVEMBER,
        &["11-20T13:00 11-20T14:00"],
    ),
    (
        r#""start": "2026-11-20T14:00", "end": "2026-11-20T15:00", "repeat": "FREQ=WEEKLY;UNTIL=20261127T130000Z""#,
        NOVEMBER,
        &["11-20T13:00 11-20T14:00", "11-27T13:00 11-27T14:00"],
    ),
    (
        r#""start": "2026-11-20T14:00", "end": "2026-11-20T15:00", "repeat": "FREQ=WEEKLY;UNTIL=20261127T125959Z""#,
        NOVEMBER,
        &["11-20T13:00 11-20T14:00"],
    ),
    // A rule that ends before it begins.
    (
        r#""start": "2026-11-20T14:00", "end": "2026-11-20T15:00", "repeat": "FREQ=WEEKLY;UNTIL=20261119""#,
        NOVEMBER,
        &[],
    ),
    // Across days: from Friday evening to Monday morning.
    (
        r#""start": "2005-01-07T18:00", "end": "2005-01-10T07:30", "repeat": "FREQ=WEEKLY""#,
        ["2026-11-21", "2026-12-01"],
        &["11-21T00:00 11-23T06:30", "11-27T17:00 11-30T06:30"],
    ),
    // In another zone: nine in New York, which changes its clocks a week later than Stockholm.
    (
        r#""start": "2026-10-19T09:00", "end": "2026-10-19T10:00", "repeat": "FREQ=WEEKLY", "time_zone": "America/New_York""#,
        ["2026-10-19", "2026-11-03"],
        &["10-19T13:00 10-19T14:00", "10-26T13:00 10-26T14:00", "11-02T14:00 11-02T15:00"],
    ),
    // Whole days, from midnight to midnight in Stockholm.
    (
        r#""first_day": "2026-03-27", "last_day": "2026-03-28", "repeat": "FREQ=WEEKLY;COUNT=2""#,
        ["2026-03-20", "2026-04-20"],
        &["03-26T23:00 03-28T23:00", "04-02T22:00 04-04T22:00"],
    ),
    (
        r#""first_day": "2026-11-02", "last_day": "2026-11-02", "repeat": "FREQ=MONTHLY;BYDAY=1MO", "except": ["2026-12-07"], "also": ["2026-12-08"]"#,
        ["2026-11-01", "2027-01-10"],
        &["11-01T23:00 11-02T23:00", "12-07T23:00 12-08T23:00", "01-03T23:00 01-04T23:00"],
    ),
    // Hours in a rule have no effect on whole days (RFC 5545, section 3.3.10).
    (
        r#""first_day": "2026-11-20", "last_day": "2026-11-20", "repeat": "FREQ=WEEKLY;BYHOUR=9,12;BYMINUTE=30;COUNT=2""#,
        NOVEMBER,
        &["11-20T00:00 11-20T23:00", "11-26T23:00 11-27T23:00"],
    ),
    // Adjacent and overlapping absences are one.
    (
        r#""first_day": "2026-11-23", "last_day": "2026-11-23", "repeat": "FREQ=DAILY;COUNT=5""#,
        NOVEMBER,
        &["11-22T23:00 11-27T23:00"],
    ),
    (
        r#""start": "2026-11-23T09:00", "end": "2026-11-24T10:00", "repeat": "FREQ=DAILY;COUNT=3""#,
        NOVEMBER,
        &["11-23T08:00 11-26T09:00"],
    ),
    (
        r#""start": "2026-11-23T09:00", "end": "2026-11-23T10:00", "repeat": "FREQ=HOURLY;COUNT=4""#,
        NOVEMBER,
        &["11-23T08:00 11-23T12:00"],
    ),
    // Twice a day, each as long as the first.
    (
        r#""start": "2026-11-23T09:00", "end": "2026-11-23T09:30", "repeat": "FREQ=DAILY;BYHOUR=9,15;COUNT=3""#,
        NOVEMBER,
        &["11-23T08:00 11-23T08:30", "11-23T14:00 11-23T14:30", "11-24T08:00 11-24T08:30"],
    ),
    // A day that some months or years do not have.
    (
        r#""first_day": "2027-01-31", "last_day": "2027-01-31", "repeat": "FREQ=MONTHLY""#,
        ["2027-02-01", "2027-06-20"],
        &["03-30T22:00 03-31T22:00", "05-30T22:00 05-31T22:00"],
    ),
    (
        r#""first_day": "2024-02-29", "last_day": "2024-02-29", "repeat": "FREQ=YEARLY""#,
        ["2025-01-01", "2032-12-31"],
        &["02-28T23:00 02-29T23:00", "02-28T23:00 02-29T23:00"],
    ),
    (
        r#""start": "1970-01-01T12:00", "end": "1970-01-01T13:00", "repeat": "FREQ=DAILY;INTERVAL=10000""#,
        ["2020-01-01", "2030-01-01"],
        &["10-04T10:00 10-04T11:00"],
    ),
];

#[test]
fn absences_are_where_their_rules_say() {
    for (absence, [from, to], expected) in ROWS {
        let absence = absence.replace("{FRIDAYS}", FRIDAYS);
        let absence: Value = serde_json::from_str(&format!("[{{{absence}}}]")).unwrap();
        assert_eq!(away(&absence, from, to), expected, "{absence}");
    }
}

fn fridays() -> Value {
    let mut absence: Value = serde_json::from_str(&format!("{{{FRIDAYS}}}")).unwrap();
    absence["note"] = json!("Choir");
    absence
}

#[test]
fn a_status_says_when_it_began_ends_and_why() {
    let desk = desk(&json!([fridays()]));
    let singing = status(&desk, "2100-07-09T13:00:00Z");
    assert_eq!((singing.state, singing.reason), (State::Away, Reason::OutOfOffice));
    assert_eq!(singing.since, Some(instant("2100-07-09T12:00:00Z")));
    assert_eq!(singing.until, Some(instant("2100-07-09T15:00:00Z")));
    assert_eq!(singing.note.as_deref(), Some("Choir"));
    let before = status(&desk, "2026-11-27T12:59:59.999Z");
    assert_eq!((before.reason, before.until), (Reason::WorkingHours, Some(instant("2026-11-27T13:00:00Z"))));
    assert_eq!(desk.next_change("anna", instant("2026-11-27T12:00:00Z")).unwrap(), before.until);
    let next = desk.next_available("anna", instant("2026-11-27T13:00:00Z")).unwrap();
    assert_eq!(next, Some(instant("2026-11-30T08:00:00Z")));
}

/// An absence without an end has no end in answers, and one that is always in force has no start either.
#[test]
fn what_never_ends_says_so() {
    for (rule, start, end, since) in [
        ("FREQ=DAILY", "2026-11-20T00:00", "2026-11-21T00:00", Some("2026-11-19T23:00:00Z")),
        ("FREQ=HOURLY", "2026-11-20T00:00", "2026-11-20T01:00", Some("2026-11-19T23:00:00Z")),
        ("FREQ=HOURLY;BYMINUTE=0,30", "2026-11-20T00:00", "2026-11-20T00:40", Some("2026-11-19T23:00:00Z")),
        ("FREQ=MINUTELY;INTERVAL=15", "2026-11-20T00:00", "2026-11-20T00:15", Some("2026-11-19T23:00:00Z")),
        ("FREQ=MINUTELY;INTERVAL=25", "2026-11-20T00:00", "2026-11-20T00:25", Some("2026-11-19T23:00:00Z")),
        ("FREQ=SECONDLY;INTERVAL=887", "2026-11-20T00:00:00", "2026-11-20T00:14:47", Some("2026-11-19T23:00:00Z")),
        ("FREQ=WEEKLY", "1990-01-01T00:00", "1990-01-09T00:00", None),
    ] {
        let absence = json!([{"start": start, "end": end, "repeat": rule, "time_zone": "Etc/GMT-1"}]);
        let desk = desk(&absence);
        let found = status(&desk, "2026-12-24T12:00:00Z");
        assert_eq!((found.reason, found.until), (Reason::OutOfOffice, None), "{rule}");
        assert_eq!(found.since, since.map(instant), "{rule}");
        assert_eq!(desk.next_available("anna", instant("2026-12-24T12:00:00Z")).unwrap(), None, "{rule}");
    }
}

#[test]
fn a_rule_that_never_matches_is_never() {
    for rule in [
        "FREQ=MONTHLY;BYMONTHDAY=31;BYMONTH=2",
        "FREQ=SECONDLY;INTERVAL=900;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=HOURLY;INTERVAL=24;BYHOUR=3",
    ] {
        let always = json!([{"id": "a", "out_of_office": [{"start": "2026-11-20T09:00", "end": "2026-11-20T10:00", "repeat": rule}]}]);
        let document = json!({"version": 1, "time_zone": "Europe/Stockholm", "agents": always});
        let desk = Desk::from_json(&document.to_string()).unwrap();
        let found = desk.status("a", instant("2026-11-20T09:30:00Z")).unwrap();
        assert_eq!((found.reason, found.since, found.until), (Reason::AlwaysOn, None, None), "{rule}");
    }
}

#[test]
fn overlapping_absences_are_one_and_the_first_in_the_document_is_told() {
    let absences = json!([
        {"start": "2026-11-20T15:00", "end": "2026-11-20T18:00", "note": "Doctor"},
        fridays(),
        {"start": "2026-11-16T13:30", "end": "2026-11-16T14:30", "repeat": "FREQ=DAILY", "note": "Nap"},
    ]);
    let desk = desk(&absences);
    for (at, note) in [("12:45", "Nap"), ("13:15", "Choir"), ("14:30", "Doctor"), ("16:30", "Doctor")] {
        let found = status(&desk, &format!("2026-11-20T{at}:00Z"));
        assert_eq!(found.since, Some(instant("2026-11-20T12:30:00Z")), "{at}");
        assert_eq!(found.until, Some(instant("2026-11-20T17:00:00Z")), "{at}");
        assert_eq!(found.note.as_deref(), Some(note), "{at}");
    }
}

#[test]
fn working_time_and_coverage_leave_them_out() {
    let desk = desk(&json!([fridays()]));
    let (from, to) = (instant("2026-11-16T00:00:00Z"), instant("2026-11-30T00:00:00Z"));
    let anna = HoursOf::Agent("anna".into());
    assert_eq!(desk.working_time(&anna, from, to).unwrap(), Duration::parse("74h").unwrap());
    // Monday to Thursday are 32 hours, and five more on Friday morning.
    let due = desk.after(&anna, from, Duration::parse("37h").unwrap()).unwrap();
    assert_eq!(due, Some(instant("2026-11-20T13:00:00Z")));
    let due = desk.after(&anna, from, Duration::parse("38h").unwrap()).unwrap();
    assert_eq!(due, Some(instant("2026-11-23T09:00:00Z")));
    assert_eq!(
        desk.before(&anna, due.unwrap(), Duration::parse("38h").unwrap()).unwrap(),
        Some(instant("2026-11-16T08:00:00Z"))
    );
    let friday = Span::new(instant("2026-11-27T08:00:00Z"), instant("2026-11-27T16:00:00Z"));
    let coverage = desk.coverage(&Scope::Everyone, friday).unwrap();
    let coverage: Vec<_> = coverage.iter().map(|it| (it.span.start.to_string(), it.available)).collect();
    assert_eq!(coverage, [("2026-11-27T08:00:00.000Z".to_owned(), 1), ("2026-11-27T13:00:00.000Z".to_owned(), 0)]);
}

/// Commands that set repeated absences, the events that fall due, and the desk rebuilt from events and snapshot.
#[test]
fn the_machine_tells_of_them_and_keeps_them() {
    let mut desk = desk(&json!([]));
    let document = desk.document();
    let mut absence = fridays();
    absence["except"] = json!(["2026-11-27"]);
    absence["also"] = json!(["2026-11-30T09:00"]);
    absence["uid"] = json!("choir@calendar");
    absence["sequence"] = json!(3);
    let command = json!({"type": "set_out_of_office", "at": "2026-11-20T10:00:00Z", "by": "anna", "agent": "anna", "out_of_office": [absence]});
    let mut events = desk.handle_json(&command.to_string()).unwrap();
    // Keys are written in their order, whatever the order in the input.
    let written = r#"[{"start":"2026-11-20T14:00","end":"2026-11-20T17:00","repeat":"FREQ=WEEKLY;BYDAY=FR","except":["2026-11-27"],"also":["2026-11-30T09:00"],"note":"Choir","uid":"choir@calendar","sequence":3}]"#;
    let kept = serde_json::to_string(&desk.document().agents[0].out_of_office).unwrap();
    assert_eq!(kept, written);
    assert_eq!(desk.next_wakeup(), Some(instant("2026-11-20T13:00:00Z")));
    events.extend(desk.advance(instant("2026-12-04T12:59:59Z")));
    let told: Vec<String> = events
        .iter()
        .map(Event::to_json)
        .filter(|event| event.contains("Choir") && event.contains("status_changed"))
        .collect();
    let at: Vec<&str> = told.iter().map(|event| &event[event.find("\"at\":\"").unwrap() + 6..][..16]).collect();
    assert_eq!(at, ["2026-11-20T13:00", "2026-11-30T08:00"]);

    let mut rebuilt = Desk::new(document);
    for event in &events {
        rebuilt.apply(&Event::from_json(&event.to_json()).unwrap()).unwrap();
    }
    let restored = Desk::restore(&desk.snapshot()).unwrap();
    for mut other in [rebuilt, restored] {
        assert_eq!(other.snapshot(), desk.snapshot());
        let next = other.advance(instant("2026-12-04T18:00:00Z"));
        assert_eq!(next, desk.clone().advance(instant("2026-12-04T18:00:00Z")));
        assert_eq!(next.len(), 2, "choir, and no work after it: {next:?}");
    }
}

/// A *set available* holds until the next absence starts, also one inside another.
#[test]
fn a_set_available_ends_where_an_instance_starts() {
    for (absences, ends) in [
        (json!([fridays()]), "2026-11-27T13:00:00Z"),
        (json!([{"first_day": "2026-11-01", "last_day": "2026-12-31"}, fridays()]), "2026-11-27T13:00:00Z"),
        (
            json!([{"start": "2026-11-01T00:00", "end": "2026-11-02T06:00", "repeat": "FREQ=DAILY"}]),
            "2026-11-26T23:00:00Z",
        ),
    ] {
        let mut document = desk(&absences).document();
        // An agent without working hours, so that none end.
        document.agents[0].working_hours = Some(Vec::new());
        let mut desk = Desk::new(document);
        let command =
            json!({"type": "set_status", "at": "2026-11-26T20:00:00Z", "agent": "anna", "status": "available"});
        desk.handle_json(&command.to_string()).unwrap();
        let found = status(&desk, "2026-11-26T20:00:00Z");
        assert_eq!((found.reason, found.until), (Reason::SetAvailable, Some(instant(ends))), "{absences}");
    }
}

/// Problems of an absence apart from its rule, with their paths.
#[test]
fn what_does_not_fit_is_a_problem() {
    let timed = r#""start": "2026-11-20T14:00", "end": "2026-11-20T17:00""#;
    let days = r#""first_day": "2026-11-20", "last_day": "2026-11-21""#;
    for (absence, code, path) in [
        (format!(r#"{timed}, "repeat": 5"#), Code::WrongType, ".repeat"),
        (format!(r#"{timed}, "repeat": null"#), Code::WrongType, ".repeat"),
        (format!(r#"{timed}, "repeat": "FREQ=DAILY", "except": "2026-11-20""#), Code::WrongType, ".except"),
        (format!(r#"{timed}, "repeat": "FREQ=DAILY", "except": ["20.11.2026"]"#), Code::InvalidTime, ".except[0]"),
        (
            format!(r#"{timed}, "repeat": "FREQ=DAILY", "except": ["2026-11-20T14:00Z"]"#),
            Code::InvalidTime,
            ".except[0]",
        ),
        (format!(r#"{timed}, "except": ["2026-11-20"]"#), Code::MissingKey, ""),
        (format!(r#"{timed}, "also": ["2026-11-24T14:00", "2026-11-27"]"#), Code::Conflict, ".also[1]"),
        (format!(r#"{days}, "also": ["2026-11-27T14:00"]"#), Code::Conflict, ".also[0]"),
        (format!(r#"{days}, "repeat": "FREQ=DAILY", "except": ["2026-11-27T00:00"]"#), Code::Conflict, ".except[0]"),
        (format!(r#"{days}, "repeat": "FREQ=HOURLY""#), Code::Conflict, ".repeat"),
        (format!(r#"{timed}, "sequence": -1"#), Code::OutOfRange, ".sequence"),
        (format!(r#"{timed}, "uid": 7"#), Code::WrongType, ".uid"),
    ] {
        let text = format!(
            r#"{{"version": 1, "time_zone": "UTC", "agents": [{{"id": "a", "out_of_office": [{{{absence}}}]}}]}}"#
        );
        let problems = Document::from_json(&text).expect_err(&absence);
        let found: Vec<_> = problems.iter().map(|problem| (problem.code, problem.path.as_str())).collect();
        assert_eq!(found, [(code, &*format!("$.agents[0].out_of_office[0]{path}"))], "{absence}");
    }
}
