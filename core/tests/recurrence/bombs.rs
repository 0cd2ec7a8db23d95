//! Rules with very many occurrences, or none: bounded time and memory, and a clear problem where a question has too many.

use serde_json::{Value, json};

use frontdesk::desk::What;
use frontdesk::time::{Duration, Recurrence, Span, Zone};
use frontdesk::{Code, Desk, Document, HoursOf, Problems, Reason, Scope};

use super::clock_changes::{absence, instant};
use super::corpus::civil;

fn repeated(rule: &str, end: &str) -> Value {
    json!({"start": "2026-11-20T09:00:00", "end": format!("2026-11-20T{end}"), "repeat": rule})
}

fn document(rule: &str, end: &str) -> Result<Document, Problems> {
    let agent = json!({"id": "a", "out_of_office": [repeated(rule, end)]});
    let document = json!({"version": 1, "time_zone": "Europe/Stockholm", "agents": [agent]});
    Document::from_json(&document.to_string())
}

fn desk(rule: &str, end: &str) -> Desk {
    document(rule, end).map(Desk::new).unwrap_or_else(|problems| panic!("{rule}: {problems:?}"))
}

fn day() -> Span {
    Span::new(instant("2030-06-01T00:00:00Z"), instant("2030-06-02T00:00:00Z"))
}

fn century() -> Span {
    Span::new(instant("2027-01-01T00:00:00Z"), instant("2127-01-01T00:00:00Z"))
}

/// A rule, the end of its first instance, and how many absences a day of it has.
const DENSE: [(&str, &str, usize); 10] = [
    ("FREQ=SECONDLY", "09:00:01", 1),
    ("FREQ=SECONDLY", "10:00:00", 1),
    ("FREQ=SECONDLY;INTERVAL=2", "09:00:01", 43_200),
    ("FREQ=SECONDLY;INTERVAL=86399", "09:00:01", 1),
    ("FREQ=SECONDLY;BYSECOND=0,30", "09:00:01", 2880),
    ("FREQ=SECONDLY;COUNT=1000000000", "09:00:01", 1),
    ("FREQ=SECONDLY;INTERVAL=7;BYHOUR=9;COUNT=1000000000", "09:00:07", 1),
    ("FREQ=MINUTELY;INTERVAL=7;BYSECOND=0,10,20", "09:00:05", 617),
    ("FREQ=MINUTELY;UNTIL=21991231T235959Z", "09:00:30", 1440),
    (
        "FREQ=DAILY;BYHOUR=0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23;BYMINUTE=0,1,2,3,4,5",
        "09:00:30",
        144,
    ),
];

#[test]
fn a_day_of_a_dense_rule_is_answered() {
    for (rule, end, expected) in DENSE {
        let desk = desk(rule, end);
        let periods = desk.schedule("a", day()).unwrap();
        let away = periods.iter().filter(|period| period.reason == Reason::OutOfOffice).count();
        // Where steps do not fit into days, one more or less.
        assert!(away.abs_diff(expected) <= 2, "{rule}: {away}");
        desk.status("a", day().start).unwrap();
        desk.coverage(&Scope::Everyone, day()).unwrap();
    }
}

#[test]
fn a_century_of_a_dense_rule_is_too_much() {
    let hours = HoursOf::Agent("a".into());
    for (rule, end, _) in DENSE.into_iter().filter(|(rule, _, _)| !rule.contains("86399")) {
        let desk = desk(rule, end);
        let (start, stop) = (century().start, century().end);
        let problems = [
            desk.schedule("a", century()).map(drop),
            desk.coverage(&Scope::Everyone, century()).map(drop),
            desk.coverage_steps(&Scope::Everyone, century(), Duration::parse("7d").unwrap()).map(drop),
            desk.working_time(&hours, start, stop).map(drop),
        ];
        for problem in problems {
            assert_eq!(problem.expect_err(rule).code, Code::TooManyOccurrences, "{rule}");
        }
        let flat = desk.document().flatten(start, stop).expect_err(rule);
        let found: Vec<_> = flat.iter().map(|problem| (problem.code, problem.path.as_str())).collect();
        assert_eq!(found, [(Code::TooManyOccurrences, "$.agents[0].out_of_office[0]")], "{rule}");
    }
}

/// Exactly a hundred thousand are answered, and one more is not.
#[test]
fn the_bound_is_a_hundred_thousand() {
    let (absence, zone) = absence("UTC", &repeated("FREQ=MINUTELY", "09:00:30"));
    let from = instant("2027-01-01T00:00:00Z");
    let minutes = |minutes: i64| Span::new(from, from.saturating_add(minutes * 60_000));
    assert_eq!(absence.instances(&zone, minutes(90_000)).unwrap().len(), 90_000);
    assert_eq!(absence.instances(&zone, minutes(100_001)).unwrap_err().code, Code::TooManyOccurrences);
    let agent = json!({"id": "a", "time_zone": "UTC", "out_of_office": [repeated("FREQ=MINUTELY", "09:00:30")]});
    let document = json!({"version": 1, "time_zone": "UTC", "agents": [agent]});
    let desk = Desk::from_json(&document.to_string()).unwrap();
    assert_eq!(desk.schedule("a", minutes(100_000)).unwrap().len(), 200_000);
    let problem = desk.schedule("a", minutes(100_001)).unwrap_err();
    assert_eq!(problem.code, Code::TooManyOccurrences);
    assert_eq!(
        problem.message,
        "repeated absences have more than 100000 occurrences from 2027-01-01T00:00:00.000Z to 2027-03-11T10:41:00.000Z"
    );
    let rule = Recurrence::parse("FREQ=MINUTELY").unwrap();
    let (first, last) = (civil("20270101T000000"), civil("20270311T104000"));
    assert_eq!(rule.occurrences(first, &Zone::utc(), Span::new(first, last)).unwrap().len(), 100_000);
    let more = Span::new(first, civil("20270311T104001"));
    assert_eq!(rule.occurrences(first, &Zone::utc(), more).unwrap_err().code, Code::TooManyOccurrences);
}

/// A question that has no bound of its own stops, too.
#[test]
fn working_time_that_never_comes_is_looked_for_in_vain() {
    let hours = HoursOf::Agent("a".into());
    let desk = desk("FREQ=SECONDLY;INTERVAL=2", "09:00:01");
    let found = desk.after(&hours, day().start, Duration::parse("1h").unwrap()).unwrap();
    assert_eq!(
        found,
        Some(day().start.saturating_add(7_200_000 - 1000 + 1000 * i64::from(found.unwrap().millis() % 2000 == 0)))
    );
    let problem = desk.after(&hours, day().start, Duration::parse("30000d").unwrap()).unwrap_err();
    assert_eq!(problem.code, Code::TooManyOccurrences);
    let problem = desk.before(&hours, day().start, Duration::parse("1000d").unwrap()).unwrap_err();
    assert_eq!(problem.code, Code::TooManyOccurrences);
}

/// Time does not leap over more than can be told one by one: it goes in steps.
#[test]
fn a_desk_does_not_leap_over_too_many() {
    let mut desk = desk("FREQ=SECONDLY;INTERVAL=2", "09:00:01");
    let start = day().start;
    // A desk has a clock from its first event on.
    let change = json!({"type": "set_date_hours", "at": start, "agent": "a", "date_hours": []});
    desk.handle_json(&change.to_string()).unwrap();
    let before = desk.snapshot();
    let events = desk.advance(century().end);
    let [event] = &events[..] else { panic!("{} events", events.len()) };
    let What::Refused { code, .. } = &event.what else { panic!("{event:?}") };
    assert_eq!((*code, desk.snapshot()), (Code::TooManyOccurrences, before));
    assert_eq!(desk.advance(start.saturating_add(3_600_000)).len(), 3600);

    // Whoever is away whatever the schedule says has nothing to tell.
    let away = json!({"type": "set_status", "at": "2030-06-01T02:00:00Z", "agent": "a", "status": "away"});
    assert_eq!(desk.handle_json(&away.to_string()).unwrap().len(), 3601);
    assert!(desk.advance(century().end).is_empty());
}

/// So many at a time that not even one instant could be answered: refused when it is read.
#[test]
fn what_lies_upon_itself_a_hundred_thousand_times_is_refused() {
    for (rule, start, end) in [
        ("FREQ=SECONDLY", "2026-11-20T09:00", "2026-11-23T09:00"),
        ("FREQ=MINUTELY", "2026-11-20T09:00", "2027-11-20T09:00"),
        ("FREQ=SECONDLY;INTERVAL=2", "2026-11-20T09:00", "2036-11-20T09:00"),
    ] {
        let absence = json!({"start": start, "end": end, "repeat": rule});
        let document = json!({"version": 1, "time_zone": "UTC", "agents": [{"id": "a", "out_of_office": [absence]}]});
        let problems = Document::from_json(&document.to_string()).expect_err(rule);
        let found: Vec<_> = problems.iter().map(|problem| (problem.code, problem.path.as_str())).collect();
        assert_eq!(found, [(Code::TooManyOccurrences, "$.agents[0].out_of_office[0].repeat")], "{rule}");
    }
}

/// From the year 1, by every frequency, and with counts that are never reached.
#[test]
fn old_rules_are_answered() {
    for frequency in ["YEARLY", "MONTHLY", "WEEKLY", "DAILY", "HOURLY", "MINUTELY", "SECONDLY"] {
        for end in ["", ";COUNT=2147483647", ";UNTIL=99991231T235959", ";INTERVAL=2147483647", ";BYSETPOS=-1"] {
            let absence = json!({"start": "0001-01-01T09:00", "end": "0001-01-01T09:00:01", "repeat": format!("FREQ={frequency}{end}")});
            let document =
                json!({"version": 1, "time_zone": "UTC", "agents": [{"id": "a", "out_of_office": [absence]}]});
            let desk = Desk::from_json(&document.to_string()).unwrap();
            desk.status("a", day().start).unwrap();
        }
    }
}

/// What never comes is looked for until 2200 and no longer.
#[test]
fn rules_that_never_match_are_answered() {
    for rule in [
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=MONTHLY;BYDAY=6MO",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=SECONDLY;INTERVAL=3600;BYMINUTE=5",
        "FREQ=MINUTELY;INTERVAL=1440;BYHOUR=3",
        "FREQ=WEEKLY;BYSETPOS=366",
        "FREQ=YEARLY;BYYEARDAY=366;BYMONTH=1",
        "FREQ=YEARLY;BYWEEKNO=53;BYMONTH=6;BYDAY=MO",
        "FREQ=DAILY;COUNT=2147483647;BYMONTH=2;BYMONTHDAY=31",
    ] {
        let desk = desk(rule, "09:00:01");
        let found = desk.status("a", day().start).unwrap();
        assert_eq!((found.reason, found.since, found.until), (Reason::AlwaysOn, None, None), "{rule}");
        assert_eq!(desk.schedule("a", century()).unwrap().len(), 1, "{rule}");
    }
}

/// What an agent may have at most: very many rules, exceptions and dates.
#[test]
fn long_lists_are_answered() {
    let date = |day: i64| instant("2026-01-01T00:00:00Z").saturating_add(day * 86_400_000).to_string()[..10].to_owned();
    let days: Vec<String> = (0..20_000).map(date).collect();
    let absence = json!({
        "first_day": "2026-01-01", "last_day": "2026-01-01", "repeat": "FREQ=DAILY", "except": days[..19_999], "also": days,
    });
    let many: Vec<Value> =
        (0..500).map(|index| repeated(&format!("FREQ=DAILY;INTERVAL={}", index + 1), "09:00:30")).collect();
    let agents = json!([{"id": "a", "out_of_office": [absence]}, {"id": "b", "out_of_office": many}]);
    let document = json!({"version": 1, "time_zone": "UTC", "agents": agents});
    let desk = Desk::from_json(&document.to_string()).unwrap();
    let found = desk.status("a", day().start).unwrap();
    assert_eq!((found.reason, found.until), (Reason::AlwaysOn, Some(instant("2080-10-03T00:00:00Z"))));
    assert_eq!(desk.schedule("b", day()).unwrap().len(), 3);
}
