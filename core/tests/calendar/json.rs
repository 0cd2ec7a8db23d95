//! The forms in which interfaces give events: pages, lists, and the recurrence of Microsoft.

use frontdesk::Document;
use frontdesk::calendar::{self, Away};
use serde_json::{Value, json};

use crate::support::{any_in, instant, problems, read, told};

fn graph_event(recurrence: &Value) -> Value {
    json!({"id": "a", "uid": "u", "showAs": "oof", "isAllDay": false, "type": "seriesMaster", "recurrence": recurrence,
        "start": {"dateTime": "2026-03-04T09:00:00.0000000", "timeZone": "W. Europe Standard Time"},
        "end": {"dateTime": "2026-03-04T10:00:00.0000000", "timeZone": "W. Europe Standard Time"}})
}

/// The rule that a pattern and a range are read as, or the problem.
fn rule(pattern: &Value, range: &Value) -> String {
    let reading = read(&json!({"value": [graph_event(&json!({"pattern": pattern, "range": range}))]}).to_string());
    match reading.absences.first() {
        Some(absence) => absence.repeat.as_ref().unwrap().as_str().to_owned(),
        None => problems(&reading).remove(0).split_once(": ").unwrap().1.to_owned(),
    }
}

#[test]
fn the_patterns_of_microsoft_are_rules() {
    let endless = json!({"type": "noEnd", "startDate": "2026-03-04"});
    for (pattern, expected) in [
        (json!({"type": "daily", "interval": 1}), "FREQ=DAILY"),
        (
            json!({"type": "daily", "interval": 3, "firstDayOfWeek": "sunday", "index": "first"}),
            "FREQ=DAILY;INTERVAL=3",
        ),
        (
            json!({"type": "weekly", "interval": 1, "daysOfWeek": ["monday", "Friday"]}),
            "FREQ=WEEKLY;BYDAY=MO,FR;WKST=SU",
        ),
        (
            json!({"type": "weekly", "interval": 2, "daysOfWeek": ["sunday"], "firstDayOfWeek": "monday"}),
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU;WKST=MO",
        ),
        (json!({"type": "absoluteMonthly", "interval": 1, "dayOfMonth": 4}), "FREQ=MONTHLY;BYMONTHDAY=4"),
        (
            json!({"type": "absoluteMonthly", "interval": 1, "dayOfMonth": 30}),
            "FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1",
        ),
        (
            json!({"type": "absoluteMonthly", "dayOfMonth": 32}),
            "invalid_recurrence at $.value[0].recurrence.pattern: no month has a day 32; the event is left out",
        ),
        (
            json!({"type": "absoluteYearly", "month": 2, "dayOfMonth": -1}),
            "invalid_recurrence at $.value[0].recurrence.pattern: no month has a day -1; the event is left out",
        ),
        (
            json!({"type": "relativeMonthly", "interval": 2, "daysOfWeek": ["tuesday"], "index": "second"}),
            "FREQ=MONTHLY;INTERVAL=2;BYDAY=2TU",
        ),
        (
            json!({"type": "relativeMonthly", "interval": 1, "daysOfWeek": ["saturday", "sunday"], "index": "last"}),
            "FREQ=MONTHLY;BYDAY=SA,SU;BYSETPOS=-1",
        ),
        (
            json!({"type": "absoluteYearly", "interval": 1, "dayOfMonth": 4, "month": 3}),
            "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=4",
        ),
        (
            json!({"type": "absoluteYearly", "interval": 1, "dayOfMonth": 29, "month": 2}),
            "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=28,29;BYSETPOS=-1",
        ),
        (
            json!({"type": "relativeYearly", "interval": 1, "daysOfWeek": ["friday"], "index": "last", "month": 3}),
            "FREQ=YEARLY;BYMONTH=3;BYDAY=-1FR",
        ),
        (
            json!({"type": "hourly"}),
            "invalid_recurrence at $.value[0].recurrence.pattern: there is no pattern \"hourly\"; the event is left out",
        ),
        (
            json!({"type": "weekly"}),
            "missing_key at $.value[0].recurrence.pattern: the key \"daysOfWeek\" is missing; the event is left out",
        ),
        (
            json!({"type": "weekly", "daysOfWeek": ["someday"]}),
            "invalid_recurrence at $.value[0].recurrence.pattern.daysOfWeek[0]: \"someday\" is not a day of the week; the event is left out",
        ),
        (
            json!({"type": "daily", "interval": 0}),
            "invalid_recurrence at $.value[0].recurrence: 0 of INTERVAL is not from 1 to 2147483647; the event is left out",
        ),
    ] {
        assert_eq!(rule(&pattern, &endless), expected, "{pattern}");
    }
    let daily = json!({"type": "daily", "interval": 1});
    for (range, expected) in [
        (json!({"type": "endDate", "endDate": "2026-12-31"}), "FREQ=DAILY;UNTIL=20261231"),
        (json!({"type": "numbered", "numberOfOccurrences": 5}), "FREQ=DAILY;COUNT=5"),
        (
            json!({"type": "endDate", "endDate": "0001-01-01x"}),
            "invalid_time at $.value[0].recurrence.range: \"0001-01-01x\" is not a date; the event is left out",
        ),
        (
            json!({"type": "numbered"}),
            "missing_key at $.value[0].recurrence.range: the key \"numberOfOccurrences\" is missing; the event is left out",
        ),
        (
            json!({"type": "sometimes"}),
            "invalid_recurrence at $.value[0].recurrence.range: there is no range \"sometimes\"; the event is left out",
        ),
    ] {
        assert_eq!(rule(&daily, &range), expected, "{range}");
    }
}

/// Each of these days is one, whichever the month: the last, where it is too short.
#[test]
fn days_that_a_month_does_not_have_are_its_last() {
    let starts = |pattern: Value, first: &str, from: &str, to: &str| {
        let event = json!({"uid": "u", "showAs": "oof", "isAllDay": true, "type": "seriesMaster",
            "recurrence": {"pattern": pattern, "range": {"type": "noEnd", "startDate": first}},
            "start": {"dateTime": format!("{first}T00:00:00"), "timeZone": "UTC"},
            "end": {"dateTime": format!("{first}T23:00:00"), "timeZone": "UTC"}});
        let reading = read(&json!({"value": [event]}).to_string());
        assert_eq!(problems(&reading), [""; 0]);
        let document =
            json!({"version": 1, "time_zone": "UTC", "agents": [{"id": "a", "out_of_office": reading.absences}]});
        let flat = Document::from_json(&document.to_string()).unwrap().flatten(instant(from), instant(to)).unwrap();
        let days = flat.agents[0].out_of_office.iter().map(|it| json!(it)["first_day"].as_str().unwrap().to_owned());
        days.collect::<Vec<_>>().join(" ")
    };
    let monthly = |day: u32, interval: u32| json!({"type": "absoluteMonthly", "interval": interval, "dayOfMonth": day});
    let yearly =
        |day: u32, month: u32| json!({"type": "absoluteYearly", "interval": 1, "dayOfMonth": day, "month": month});
    let half_a_year = ("2027-12-01T00:00:00Z", "2028-06-01T00:00:00Z");
    for (pattern, first, (from, to), expected) in [
        (
            monthly(28, 1),
            "2027-01-28",
            half_a_year,
            "2027-12-28 2028-01-28 2028-02-28 2028-03-28 2028-04-28 2028-05-28",
        ),
        (
            monthly(29, 1),
            "2026-12-29",
            ("2027-01-01T00:00:00Z", "2027-04-01T00:00:00Z"),
            "2027-01-29 2027-02-28 2027-03-29",
        ),
        (
            monthly(29, 1),
            "2026-12-29",
            half_a_year,
            "2027-12-29 2028-01-29 2028-02-29 2028-03-29 2028-04-29 2028-05-29",
        ),
        (
            monthly(30, 1),
            "2026-12-30",
            half_a_year,
            "2027-12-30 2028-01-30 2028-02-29 2028-03-30 2028-04-30 2028-05-30",
        ),
        (
            monthly(31, 1),
            "2026-12-31",
            half_a_year,
            "2027-12-31 2028-01-31 2028-02-29 2028-03-31 2028-04-30 2028-05-31",
        ),
        (monthly(31, 2), "2026-12-31", half_a_year, "2027-12-31 2028-02-29 2028-04-30"),
        (
            yearly(29, 2),
            "2024-02-29",
            ("2026-01-01T00:00:00Z", "2029-01-01T00:00:00Z"),
            "2026-02-28 2027-02-28 2028-02-29",
        ),
        (yearly(31, 4), "2026-04-30", ("2026-01-01T00:00:00Z", "2028-01-01T00:00:00Z"), "2026-04-30 2027-04-30"),
    ] {
        assert_eq!(starts(pattern.clone(), first, from, to), expected, "{pattern}");
    }
}

#[test]
fn a_series_of_microsoft_repeats_in_the_zone_it_was_made_in() {
    let mut event = graph_event(&json!({"pattern": {"type": "daily", "interval": 1},
        "range": {"type": "noEnd", "recurrenceTimeZone": "Pacific Standard Time"}}));
    for key in ["start", "end"] {
        event[key]["timeZone"] = json!("UTC");
    }
    let absences = told(&read(&json!([event]).to_string()).absences);
    assert_eq!(
        absences,
        json!([{"start": "2026-03-04T01:00", "end": "2026-03-04T02:00", "repeat": "FREQ=DAILY",
        "time_zone": "America/Los_Angeles", "uid": "u"}])
    );
}

#[test]
fn events_come_as_pages_lists_and_alone() {
    let event =
        |id: &str| json!({"id": id, "iCalUID": id, "start": {"date": "2026-11-20"}, "end": {"date": "2026-11-21"}});
    let uids = |value: Value| {
        let reading = read(&value.to_string());
        let uids: Vec<String> = reading.absences.into_iter().filter_map(|absence| absence.uid).collect();
        (uids.join(" "), reading.complete)
    };
    assert_eq!(uids(json!({"items": [event("a"), event("b")]})), ("a b".to_owned(), true));
    assert_eq!(uids(json!({"items": []})), (String::new(), true));
    assert_eq!(uids(json!({"items": [event("a")], "nextPageToken": "x"})), ("a".to_owned(), false));
    let pages = json!([{"items": [event("a")], "nextPageToken": "x"}, {"items": [event("b")]}]);
    assert_eq!(uids(pages), ("a b".to_owned(), true));
    assert_eq!(uids(json!([event("a"), event("b")])), ("a b".to_owned(), true));
    assert_eq!(uids(event("a")), ("a".to_owned(), true));
    assert_eq!(uids(json!({"something": "else"})), (String::new(), false));
}

#[test]
fn times_of_google_are_in_the_zone_they_name() {
    let read_event = |start: Value, end: Value, recurrence: Value| {
        let event = json!({"id": "a", "iCalUID": "a", "start": start, "end": end, "recurrence": recurrence});
        read(&json!({"timeZone": "America/New_York", "items": [event]}).to_string())
    };
    let times = |start: &str, zone: Option<&str>| match zone {
        Some(zone) => json!({"dateTime": start, "timeZone": zone}),
        None => json!({"dateTime": start}),
    };
    for (start, zone, expected) in [
        ("2026-11-20T09:00:00+01:00", Some("Europe/Oslo"), json!(["2026-11-20T09:00", "Europe/Oslo"])),
        ("2026-11-20T09:00:00Z", Some("Europe/Oslo"), json!(["2026-11-20T10:00", "Europe/Oslo"])),
        ("2026-11-20T09:00:00", Some("Europe/Oslo"), json!(["2026-11-20T09:00", "Europe/Oslo"])),
        ("2026-11-20T09:00:00-05:00", None, json!(["2026-11-20T09:00", "America/New_York"])),
    ] {
        let reading = read_event(times(start, zone), times("2026-11-20T23:00:00Z", zone), json!([]));
        let absence = &told(&reading.absences)[0];
        assert_eq!(json!([absence["start"], absence["time_zone"]]), expected, "{start} {zone:?}");
    }
    let (start, end) = (times("2026-11-20T09:00:00Z", None), times("2026-11-20T10:00:00Z", None));
    for (lines, expected) in [
        (json!(["RRULE:FREQ=DAILY", "RRULE:FREQ=NEVER"]), "invalid_recurrence at $.items[0].recurrence[1]"),
        (json!(["EXRULE:FREQ=DAILY"]), "invalid_recurrence at $.items[0].recurrence[0]"),
        (json!(["nonsense"]), "invalid_recurrence at $.items[0].recurrence[0]"),
        (json!(["RRULE:FREQ=NEVER"]), "invalid_recurrence at $.items[0].recurrence[0]"),
        (json!(["EXDATE:x"]), "invalid_time at $.items[0].recurrence[0]"),
    ] {
        assert!(problems(&read_event(start.clone(), end.clone(), lines.clone()))[0].contains(expected), "{lines}");
    }
    let reading = read_event(
        start,
        end,
        json!(["RDATE;TZID=Europe/Oslo:20261121T150000", "RDATE;VALUE=PERIOD:20261122T140000Z/PT3H"]),
    );
    assert_eq!(told(&reading.absences)[0]["also"], json!(["2026-11-21T09:00", "2026-11-22T09:00"]));
    assert_eq!(told(&reading.absences)[1]["end"], "2026-11-22T17:00");
}

/// Returns the reasons why events are skipped for the owner of these addresses; `ok` for those that are not.
fn skipped(events: &Value, emails: &[&str]) -> String {
    let emails = emails.iter().map(|email| (*email).to_owned()).collect();
    let any = any_in("UTC");
    let options = calendar::ReadOptions { away: Away { emails, ..any.away.clone() }, ..any };
    let reading = calendar::read(events.to_string().as_bytes(), &options);
    reading.skipped.first().map_or("ok", |skipped| skipped.why.as_str()).to_owned()
}

#[test]
fn what_was_declined_is_known_by_the_calendar_or_by_an_address() {
    let google = |attendees: Value| {
        json!({"items": [{"iCalUID": "a", "start": {"date": "2026-11-20"}, "end": {"date": "2026-11-21"},
        "attendees": attendees}]})
    };
    let own = json!([{"email": "anna@example.org", "self": true, "responseStatus": "declined"}]);
    let others = json!([{"email": "anna@example.org", "responseStatus": "declined"},
        {"email": "bo@example.org", "self": true, "responseStatus": "accepted"}]);
    let graph = |response: &str, attendees: Value| {
        json!({"value": [{"uid": "a", "showAs": "oof", "isAllDay": true, "attendees": attendees,
            "responseStatus": {"response": response}, "start": {"dateTime": "2026-11-20T00:00", "timeZone": "UTC"},
            "end": {"dateTime": "2026-11-21T00:00", "timeZone": "UTC"}}]})
    };
    let invited =
        json!([{"emailAddress": {"address": "Anna@example.org", "name": "Anna"}, "status": {"response": "declined"}}]);
    for (events, emails, expected) in [
        (google(own), &[][..], "declined"),
        (google(others.clone()), &[], "ok"),
        (google(others.clone()), &["anna@example.org"], "declined"),
        (google(others), &["bo@example.org"], "ok"),
        (graph("declined", json!([])), &[], "declined"),
        (graph("tentativelyAccepted", json!([])), &[], "ok"),
        (graph("none", invited.clone()), &[], "ok"),
        (graph("none", invited), &["anna@example.org"], "declined"),
    ] {
        assert_eq!(skipped(&events, emails), expected, "{events} {emails:?}");
    }
}
