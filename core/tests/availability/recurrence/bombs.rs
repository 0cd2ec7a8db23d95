//! Rules with very many occurrences, or none: bounded time and memory, and a clear problem for a question with too many.

use serde_json::{Value, json};

use crate::Desk;
use frontdesk::desk::EventKind;
use frontdesk::time::{Duration, Recurrence, Span, Zone};
use frontdesk::{Code, Document, HoursOf, Problems, Reason, Scope};

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

/// A rule as dense as possible, the end of its first instance, and the number of its absences on a day.
const DENSE: [(&str, &str, usize); 9] = [
    ("FREQ=MINUTELY;INTERVAL=15", "09:00:30", 96),
    ("FREQ=MINUTELY;INTERVAL=17", "09:00:05", 85),
    ("FREQ=SECONDLY;INTERVAL=877", "09:00:01", 98),
    ("FREQ=SECONDLY;INTERVAL=86399", "09:00:01", 1),
    ("FREQ=HOURLY;BYMINUTE=0,15,30,45", "09:10:00", 96),
    ("FREQ=MINUTELY;INTERVAL=30;BYSECOND=0,30", "09:00:05", 96),
    ("FREQ=MINUTELY;INTERVAL=20;COUNT=1000000000", "09:00:01", 72),
    ("FREQ=MINUTELY;INTERVAL=15;UNTIL=21991231T235959Z", "09:20:00", 1),
    (
        "FREQ=DAILY;BYHOUR=0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23;BYMINUTE=0,1,2,3",
        "09:00:30",
        96,
    ),
];

/// Rules that may have more than a hundred times a day.
const TOO_DENSE: [&str; 11] = [
    "FREQ=SECONDLY",
    "FREQ=SECONDLY;INTERVAL=2",
    "FREQ=SECONDLY;COUNT=3",
    "FREQ=SECONDLY;INTERVAL=7;BYHOUR=9",
    "FREQ=SECONDLY;INTERVAL=863",
    "FREQ=MINUTELY",
    "FREQ=MINUTELY;INTERVAL=14",
    "FREQ=HOURLY;BYMINUTE=0,1,2,3,4;BYMONTH=2;BYMONTHDAY=30",
    "FREQ=YEARLY;BYHOUR=9,10,11;BYMINUTE=0,5,10,15,20,25,30,35,40,45,50,55;BYSECOND=0,20,40",
    "FREQ=DAILY;BYHOUR=9,10,11;BYMINUTE=0,5,10,15,20,25,30,35,40,45,50,55;BYSECOND=0,20,40;BYSETPOS=1",
    "FREQ=MONTHLY;BYHOUR=0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23;BYMINUTE=0,1,2,3,4",
];

/// The problems of an agent's absences, by code and path.
fn problems(absences: &Value) -> Vec<(Code, String)> {
    let agents = json!([{"id": "a", "out_of_office": absences}]);
    let document = json!({"version": 1, "time_zone": "Europe/Stockholm", "agents": agents});
    let problems = Document::from_json(&document.to_string()).err().map(Vec::from).unwrap_or_default();
    problems.into_iter().map(|problem| (problem.code, problem.path)).collect()
}

#[test]
fn a_rule_names_a_hundred_times_a_day_at_most() {
    for rule in TOO_DENSE {
        let path = "$.agents[0].out_of_office[0].repeat".to_owned();
        assert_eq!(problems(&json!([repeated(rule, "09:00:01")])), [(Code::TooManyOccurrences, path)], "{rule}");
    }
    let problem = &document("FREQ=SECONDLY;INTERVAL=2", "09:00:01").unwrap_err()[0];
    assert_eq!(problem.message, "the rule may name 43201 times a day, of which 100 are the most");
}

/// Setting absences of which more than a hundred start on one date is a problem.
#[test]
fn a_hundred_absences_of_an_agent_start_on_a_day_at_most() {
    let weekly = |count: usize, day: usize| -> Vec<Value> {
        let start = |index: usize| format!("2026-11-{day:02}T{:02}:{:02}", index / 60, index % 60);
        let absence = |index| json!({"start": start(index), "end": start(index + 1), "repeat": "FREQ=WEEKLY"});
        (0..count).map(absence).collect()
    };
    let too_many = [(Code::TooManyOccurrences, "$.agents[0].out_of_office".to_owned())];
    // Mondays and Tuesdays.
    assert_eq!(problems(&json!([weekly(100, 16), weekly(100, 17)].concat())), []);
    assert_eq!(problems(&json!([weekly(100, 16), weekly(1, 23)].concat())), too_many);
    // Single absences, by dates of their own, and by rules that coincide once in years.
    let once = json!({"start": "2027-01-04T12:00", "end": "2027-01-04T12:01"});
    let also = json!({"start": "2026-11-20T12:00", "end": "2026-11-20T12:01", "also": ["2027-01-04T12:00"]});
    let yearly = json!({"start": "1990-01-04T12:00", "end": "1990-01-04T12:01", "repeat": "FREQ=YEARLY"});
    for one_more in [once, also, yearly] {
        assert_eq!(problems(&json!([weekly(99, 16), vec![one_more.clone()]].concat())), [], "{one_more}");
        assert_eq!(problems(&json!([weekly(100, 16), vec![one_more.clone()]].concat())), too_many, "{one_more}");
    }
    // Past absences do not count.
    let over = json!({"start": "2026-11-16T12:00", "end": "2026-11-16T12:01", "repeat": "FREQ=WEEKLY;COUNT=5"});
    assert_eq!(problems(&json!([weekly(100, 17), vec![over.clone(); 90]].concat())), []);
    // Very many, although rare.
    let birthday = |day: i64| {
        let date = instant("2000-01-01T00:00:00Z").saturating_add(day % 360 * 86_400_000);
        json!({"first_day": date.to_string()[..10], "last_day": date.to_string()[..10], "repeat": "FREQ=YEARLY"})
    };
    let birthdays = |count: i64| -> Vec<Value> { (0..count).map(birthday).collect() };
    assert_eq!(problems(&json!([birthdays(1000)].concat())).len(), 0);
    assert_eq!(problems(&json!(birthdays(1001))), too_many);

    // The same by commands.
    let mut desk = desk("FREQ=WEEKLY", "09:00:01");
    let crowd = [weekly(100, 16), weekly(1, 23)].concat();
    for (command, path) in [
        (json!({"type": "set_out_of_office", "agent": "a", "out_of_office": crowd}), "$.out_of_office"),
        (
            json!({"type": "put_agent", "agent": "a", "entry": {"id": "a", "out_of_office": crowd}}),
            "$.entry.out_of_office",
        ),
    ] {
        let mut command = command;
        command["at"] = json!("2026-11-20T09:00:00Z");
        let problems = desk.handle_json(&command.to_string()).unwrap_err();
        assert_eq!((problems[0].code, problems[0].path.as_str()), (Code::TooManyOccurrences, path));
        assert_eq!(
            problems[0].message,
            "more than 100 absences of the agent start on 2026-11-23, which is the most for a day"
        );
    }
}

/// Whatever absences of an agent were accepted, commands of others are carried out, with a bounded number of events.
#[test]
fn what_was_accepted_stops_nobody_else() {
    let more = [
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "09:00:01"),
        ("FREQ=HOURLY", "10:00:00"),
        ("FREQ=HOURLY", "10:30:00"),
        ("FREQ=DAILY", "23:59:59"),
        ("FREQ=DAILY;INTERVAL=2147483647", "09:00:01"),
    ];
    for (rule, end) in DENSE.into_iter().map(|(rule, end, _)| (rule, end)).chain(more) {
        let document = json!({
            "version": 1, "time_zone": "Europe/Stockholm",
            "agents": [{"id": "a", "out_of_office": [repeated(rule, end)]}, {"id": "bo"}],
            "inboxes": [{"id": "main", "channels": [{"id": "chat", "kind": "chat",
                "rules": [{"id": "all", "steps": [{"assign_to": {"agents": ["bo"]}}]}]}]}],
        });
        let mut desk = Desk::from_json(&document.to_string()).unwrap();
        for day in [0, 1, 2, 3, 10, 40] {
            let at = instant("2026-11-20T12:00:00Z").saturating_add(day * 86_400_000);
            let open = json!({"type": "open", "at": at, "by": "bo", "conversation": format!("c{day}"), "inbox": "main", "channel": "chat"});
            let events = desk.handle_json(&open.to_string()).unwrap();
            assert!(
                matches!(events.last().unwrap().kind, EventKind::Assigned { .. }),
                "{rule} after {day} days: {events:?}"
            );
            assert!(events.len() <= 30 * 202 + 2, "{rule} after {day} days: {} events", events.len());
        }
    }
}

/// A rule without gaps is one absence, however it is written; a gap is found.
#[test]
fn a_rule_without_gaps_is_one_absence() {
    for (start, end, rule, until) in [
        ("2026-11-20T00:00", "2026-11-21T00:00", "FREQ=DAILY", None),
        ("2026-11-20T09:30", "2026-11-20T10:30", "FREQ=HOURLY", None),
        ("2026-11-20T09:30", "2026-11-20T10:30", "FREQ=HOURLY;COUNT=30", Some("2026-11-21T14:30:00Z")),
        ("2026-11-20T00:00", "2026-11-21T00:00", "FREQ=DAILY;UNTIL=20261130T235959Z", Some("2026-12-01T23:00:00Z")),
        ("2026-11-16T00:00", "2026-11-23T00:00", "FREQ=WEEKLY", None),
        ("2026-11-16T00:00", "2026-11-23T00:00", "FREQ=WEEKLY;INTERVAL=2", Some("2026-11-22T23:00:00Z")),
        ("2026-11-20T12:00", "2026-11-22T12:00", "FREQ=DAILY;COUNT=100", Some("2027-03-01T11:00:00Z")),
        ("2026-11-20T00:00", "2026-11-23T00:00", "FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR", None),
        ("2026-11-20T00:00", "2026-11-22T00:00", "FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR", Some("2026-11-21T23:00:00Z")),
    ] {
        let agents = json!([{"id": "a", "out_of_office": [{"start": start, "end": end, "repeat": rule}]}]);
        let document = json!({"version": 1, "time_zone": "Europe/Stockholm", "agents": agents});
        let desk = Desk::from_json(&document.to_string()).unwrap();
        let found = desk.status("a", instant("2026-11-20T12:00:00Z")).unwrap();
        assert_eq!((found.reason, found.until), (Reason::OutOfOffice, until.map(instant)), "{start} to {end} {rule}");
    }
}

#[test]
fn a_day_of_a_dense_rule_is_answered() {
    for (rule, end, expected) in DENSE {
        let desk = desk(rule, end);
        let periods = desk.schedule("a", day()).unwrap();
        let away = periods.iter().filter(|period| period.reason == Reason::OutOfOffice).count();
        // One more or one less, where steps do not divide a day.
        assert!(away.abs_diff(expected) <= 2, "{rule}: {away}");
        desk.status("a", day().start).unwrap();
        desk.coverage(&Scope::Everyone, day()).unwrap();
    }
}

#[test]
fn a_century_of_a_dense_rule_is_too_much() {
    let hours = HoursOf::Agent("a".into());
    for (rule, end, _) in DENSE.into_iter().filter(|(_, _, a_day)| *a_day > 1) {
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

/// Exactly a hundred thousand occurrences are answered; one more is a problem.
#[test]
fn the_bound_is_a_hundred_thousand() {
    let (absence, zone) = absence("UTC", &repeated("FREQ=MINUTELY;INTERVAL=15", "09:00:30"));
    let from = instant("2027-01-01T00:00:00Z");
    let quarters = |count: i64| Span::new(from, from.saturating_add(count * 900_000));
    assert_eq!(absence.instances(&zone, quarters(90_000)).unwrap().len(), 90_000);
    assert_eq!(absence.instances(&zone, quarters(100_001)).unwrap_err().code, Code::TooManyOccurrences);
    let repeats = repeated("FREQ=MINUTELY;INTERVAL=15", "09:00:30");
    let agent = json!({"id": "a", "time_zone": "UTC", "out_of_office": [repeats]});
    let document = json!({"version": 1, "time_zone": "UTC", "agents": [agent]});
    let desk = Desk::from_json(&document.to_string()).unwrap();
    assert_eq!(desk.schedule("a", quarters(100_000)).unwrap().len(), 200_000);
    let problem = desk.schedule("a", quarters(100_001)).unwrap_err();
    assert_eq!(problem.code, Code::TooManyOccurrences);
    assert_eq!(
        problem.message,
        "repeated absences have more than 100000 occurrences from 2027-01-01T00:00:00.000Z to 2029-11-07T16:15:00.000Z"
    );
    let rule = Recurrence::parse("FREQ=MINUTELY").unwrap();
    let (first, last) = (civil("20270101T000000"), civil("20270311T104000"));
    assert_eq!(rule.occurrences(first, &Zone::utc(), Span::new(first, last)).unwrap().len(), 100_000);
    let more = Span::new(first, civil("20270311T104001"));
    assert_eq!(rule.occurrences(first, &Zone::utc(), more).unwrap_err().code, Code::TooManyOccurrences);
}

/// A question without a bound of its own ends, too.
#[test]
fn working_time_that_never_comes_is_looked_for_in_vain() {
    let hours = HoursOf::Agent("a".into());
    let desk = desk("FREQ=MINUTELY;INTERVAL=15", "09:07:30");
    let found = desk.after(&hours, day().start, Duration::parse("1h").unwrap()).unwrap();
    assert_eq!(found, Some(day().start.saturating_add(7_200_000)));
    let problem = desk.after(&hours, day().start, Duration::parse("30000d").unwrap()).unwrap_err();
    assert_eq!(problem.code, Code::TooManyOccurrences);
    let problem = desk.before(&hours, day().start, Duration::parse("1800d").unwrap()).unwrap_err();
    assert_eq!(problem.code, Code::TooManyOccurrences);
}

/// A rule with so many overlapping instances that a question about an instant would be slow is refused when it is read.
#[test]
fn what_lies_upon_itself_a_hundred_thousand_times_is_refused() {
    for (rule, end) in [("FREQ=HOURLY", "2041-11-20T09:00"), ("FREQ=MINUTELY;INTERVAL=15", "2030-11-20T09:00")] {
        let absence = json!([{"start": "2026-11-20T09:00", "end": end, "repeat": rule}]);
        let path = "$.agents[0].out_of_office[0].repeat".to_owned();
        assert_eq!(problems(&absence), [(Code::TooManyOccurrences, path)], "{rule}");
    }
}

/// Rules from the year 1, of every frequency, and with counts that are never reached.
#[test]
fn old_rules_are_answered() {
    for frequency in ["YEARLY", "MONTHLY", "WEEKLY", "DAILY", "HOURLY", "MINUTELY", "SECONDLY"] {
        for end in ["", ";COUNT=2147483647", ";UNTIL=99991231T235959", ";INTERVAL=2147483647", ";BYSETPOS=-1"] {
            if ["MINUTELY", "SECONDLY"].contains(&frequency) && end != ";INTERVAL=2147483647" {
                continue;
            }
            let absence = json!({"start": "0001-01-01T09:00", "end": "0001-01-01T09:00:01", "repeat": format!("FREQ={frequency}{end}")});
            let document =
                json!({"version": 1, "time_zone": "UTC", "agents": [{"id": "a", "out_of_office": [absence]}]});
            let desk = Desk::from_json(&document.to_string()).unwrap();
            desk.status("a", day().start).unwrap();
        }
    }
}

/// A rule without instances is searched only until 2200.
#[test]
fn rules_that_never_match_are_answered() {
    for rule in [
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=MONTHLY;BYDAY=6MO",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30",
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

/// The largest absences that an agent may have: very many rules, exceptions and dates.
#[test]
fn long_lists_are_answered() {
    let date = |day: i64| instant("2026-01-01T00:00:00Z").saturating_add(day * 86_400_000).to_string()[..10].to_owned();
    let days: Vec<String> = (0..20_000).map(date).collect();
    let absence = json!({
        "first_day": "2026-01-01", "last_day": "2026-01-01", "repeat": "FREQ=DAILY", "except": days[..19_999], "also": days,
    });
    // The largest number that may start on one day.
    let many: Vec<Value> =
        (0..100).map(|index| repeated(&format!("FREQ=DAILY;INTERVAL={}", index + 1), "09:00:30")).collect();
    let agents = json!([{"id": "a", "out_of_office": [absence]}, {"id": "b", "out_of_office": many}]);
    let document = json!({"version": 1, "time_zone": "UTC", "agents": agents});
    let desk = Desk::from_json(&document.to_string()).unwrap();
    let found = desk.status("a", day().start).unwrap();
    assert_eq!((found.reason, found.until), (Reason::AlwaysOn, Some(instant("2080-10-03T00:00:00Z"))));
    assert_eq!(desk.schedule("b", day()).unwrap().len(), 3);
}
