//! The files and generated calendars, held against the packages icalendar and recurring-ical-events: `oracle/calendars.py`.

use std::io::Write;
use std::process::{Command, Stdio};
use std::thread;

use frontdesk::calendar;
use frontdesk::time::{Instant, Span, Spans, Zone, Zones};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};

use crate::files::path;
use crate::support::{any_in, instant};

const FILES: [&str; 5] = ["google.ics", "outlook.ics", "exchange.ics", "apple.ics", "nextcloud.ics"];
const ZONE: &str = "Europe/Berlin";

/// The busy times, in seconds since 1970.
type Busy = Vec<(i64, i64)>;

/// Puts questions, each the content of a calendar under a key, and gives the answers.
fn ask(contents: &[Value], range: Span<Instant>) -> Vec<Busy> {
    let python = std::env::var("FRONTDESK_ORACLE_PYTHON")
        .expect("FRONTDESK_ORACLE_PYTHON must name a python that has tests/oracle/requirements.txt installed");
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/oracle/calendars.py");
    let mut oracle = Command::new(python)
        .args([script, Zones::BUNDLED_RELEASE])
        .env("PYTHONTZPATH", "")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("python runs");
    let (start, end) = (range.start.millis() / 1000, range.end.millis() / 1000);
    let question = |content: &Value| {
        let mut question = json!({"zone": ZONE, "start": start, "end": end});
        question.as_object_mut().unwrap().extend(content.as_object().unwrap().clone());
        format!("{question}\n")
    };
    let questions: String = contents.iter().map(question).collect();
    let mut input = oracle.stdin.take().unwrap();
    let asking = thread::spawn(move || input.write_all(questions.as_bytes()));
    let output = oracle.wait_with_output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    asking.join().unwrap().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let answers: Vec<Busy> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(answers.len(), contents.len());
    answers
}

/// Returns the times of a calendar's absences.
fn busy(calendar: &[u8], range: Span<Instant>) -> Busy {
    let zone = Zone::named(ZONE).unwrap();
    let reading = calendar::read(calendar, &any_in(ZONE));
    let instances = reading.absences.iter().flat_map(|absence| absence.instances(&zone, range).unwrap());
    let busy: Spans = instances.map(|span| span.intersection(&range)).collect();
    busy.iter().map(|span| (span.start.millis() / 1000, span.end.millis() / 1000)).collect()
}

#[track_caller]
fn assert_same(here: &Busy, there: &Busy, what: &str) {
    let (only_here, only_there): (Vec<_>, Vec<_>) = (
        here.iter().filter(|span| !there.contains(span)).collect(),
        there.iter().filter(|span| !here.contains(span)).collect(),
    );
    assert!(only_here.is_empty() && only_there.is_empty(), "{what}: here {only_here:?}, there {only_there:?}");
}

#[test]
#[ignore = "needs FRONTDESK_ORACLE_PYTHON, see .ci/run"]
fn busy_at_the_same_times_for_three_years() {
    let range = Span::new(instant("2026-01-01T00:00:00Z"), instant("2029-01-01T00:00:00Z"));
    let questions: Vec<Value> = FILES.iter().map(|name| json!({"file": path(name)})).collect();
    for (name, answer) in FILES.into_iter().zip(ask(&questions, range)) {
        assert!(!answer.is_empty(), "{name}");
        assert_same(&busy(&std::fs::read(path(name)).unwrap(), range), &answer, name);
    }
}

/// The form of an event's times: their parameters, and their end.
#[derive(Debug, Clone, Copy)]
struct Form(&'static str, &'static str);

const FORMS: [Form; 5] = [
    Form("", "Z"),
    Form(";TZID=Europe/Berlin", ""),
    Form(";TZID=America/New_York", ""),
    Form("", ""),
    Form(";VALUE=DATE", "date"),
];

impl Form {
    /// A property with an hour of a day, counted from 1 November 2026.
    fn line(self, name: &str, day: u64, hour: u64) -> String {
        let date = chrono::NaiveDate::from_ymd_opt(2026, 11, 1).unwrap() + chrono::Days::new(day);
        let date = date.to_string().replace('-', "");
        match self {
            Form(params, "date") => format!("{name}{params}:{date}\r\n"),
            Form(params, end) => format!("{name}{params}:{date}T{hour:02}0000{end}\r\n"),
        }
    }
}

/// A recurrence rule.
fn rule() -> impl Strategy<Value = String> {
    let days = subsequence(&["MO", "TU", "WE", "TH", "FR", "SA", "SU"][..], 1..=3).prop_map(|days| days.join(","));
    let end = prop_oneof![Just(String::new()), (1..9_u32).prop_map(|count| format!(";COUNT={count}"))];
    let what = prop_oneof![
        (1..4_u32).prop_map(|every| format!("FREQ=DAILY;INTERVAL={every}")),
        (1..3_u32, days.clone()).prop_map(|(every, days)| format!("FREQ=WEEKLY;INTERVAL={every};BYDAY={days}")),
        Just("FREQ=MONTHLY;BYDAY=2TU".to_owned()),
        Just("FREQ=MONTHLY;BYMONTHDAY=-1".to_owned()),
        days.prop_map(|days| format!("FREQ=WEEKLY;BYDAY={days}")),
    ];
    (what, end).prop_map(|(what, end)| format!("RRULE:{what}{end}\r\n"))
}

/// A series as RFC 5545 permits it, with instances that are left out, added, moved and cancelled.
fn series() -> impl Strategy<Value = String> {
    let except = prop::collection::btree_set(0..30_u64, 0..3);
    let also = prop::collection::btree_set(0..30_u64, 0..2);
    let instead = prop::collection::btree_map(0..30_u64, (0..30_u64, any::<bool>()), 0..3);
    let rules = prop::collection::btree_set(rule(), 0..=2);
    (select(&FORMS[..]), 0..10_u64, 8..14_u64, 1..5_u64, rules, (except, also, instead)).prop_map(
        |(form, day, hour, length, rules, (except, also, instead))| {
            let event = |lines: String| {
                format!("BEGIN:VEVENT\r\nUID:u\r\nDTSTAMP:20261101T000000Z\r\nSEQUENCE:1\r\n{lines}END:VEVENT\r\n")
            };
            let times = |day: u64, hour: u64| {
                let end_day = if form.1 == "date" { day + length.min(2) } else { day };
                form.line("DTSTART", day, hour) + &*form.line("DTEND", end_day, hour + length)
            };
            // Omitted instances stay omitted, whatever other properties there are.
            let instead = instead.into_iter().filter(|(day, _)| !except.contains(day));
            let instead: String = instead
                .map(|(from, (to, is_cancelled))| {
                    let status = if is_cancelled { "STATUS:CANCELLED\r\n" } else { "" };
                    event(form.line("RECURRENCE-ID", from, hour) + &*times(to, hour + 2) + status)
                })
                .collect();
            let excepted: String = except.iter().map(|day| form.line("EXDATE", *day, hour)).collect();
            let added: String = also.iter().map(|day| form.line("RDATE", *day, hour)).collect();
            let rules: String = rules.into_iter().collect();
            let master = event(times(day, hour) + &*rules + &*excepted + &*added);
            format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n{master}{instead}END:VCALENDAR\r\n")
        },
    )
}

/// Generated calendars, the same in every run.
#[test]
#[ignore = "needs FRONTDESK_ORACLE_PYTHON, see .ci/run"]
fn generated_calendars_are_busy_at_the_same_times() {
    const CALENDARS: usize = 1000;
    let mut runner = TestRunner::deterministic();
    let calendars: Vec<String> = (0..CALENDARS).map(|_| series().new_tree(&mut runner).unwrap().current()).collect();
    let range = Span::new(instant("2026-10-25T12:00:00Z"), instant("2027-03-01T00:00:00Z"));
    let questions: Vec<Value> = calendars.iter().map(|text| json!({"text": text})).collect();
    for (text, answer) in calendars.iter().zip(ask(&questions, range)) {
        assert_same(&busy(text.as_bytes(), range), &answer, text);
    }
}
