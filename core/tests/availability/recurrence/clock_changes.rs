//! Repeated absences across changes of the clocks: every instance keeps its start and end on the wall clock.

use chrono::NaiveDateTime;
use serde_json::{Value, json};

use frontdesk::time::{Instant, Span, Zone};
use frontdesk::{Absence, Document};

use super::oracle::ask;

/// The first absence of the first agent of a desk in a zone.
pub fn absence(zone: &str, absence: &Value) -> (Absence, Zone) {
    let desk = json!({"version": 1, "time_zone": zone, "agents": [{"id": "a", "out_of_office": [absence]}]});
    let document = Document::from_json(&desk.to_string()).unwrap_or_else(|problems| panic!("{absence}: {problems:?}"));
    (document.agents[0].out_of_office[0].clone(), document.time_zone)
}

pub fn instant(text: &str) -> Instant {
    Instant::parse_end(text).unwrap()
}

/// A zone, a weekly absence, and its instances in the weeks around a change.
type Row = (&'static str, [&'static str; 2], &'static [[&'static str; 2]]);

const TABLE: [Row; 12] = [
    // 00:00 does not exist on 4 November 2018: it is read as 01:00.
    (
        "America/Sao_Paulo",
        ["2018-10-28T00:00", "2018-10-28T02:00"],
        &[
            ["2018-10-28T03:00", "2018-10-28T05:00"],
            ["2018-11-04T03:00", "2018-11-04T04:00"],
            ["2018-11-11T02:00", "2018-11-11T04:00"],
        ],
    ),
    // An absence inside the gap is empty, because it begins and ends at 01:00.
    (
        "America/Sao_Paulo",
        ["2018-10-28T00:00", "2018-10-28T01:00"],
        &[["2018-10-28T03:00", "2018-10-28T04:00"], ["2018-11-11T02:00", "2018-11-11T03:00"]],
    ),
    // In February, 23:00 occurs twice, and midnight once.
    (
        "America/Sao_Paulo",
        ["2019-02-10T00:00", "2019-02-10T02:00"],
        &[["2019-02-10T02:00", "2019-02-10T04:00"], ["2019-02-17T03:00", "2019-02-17T05:00"]],
    ),
    (
        "America/Sao_Paulo",
        ["2019-02-09T23:30", "2019-02-10T00:00"],
        &[["2019-02-10T01:30", "2019-02-10T02:00"], ["2019-02-17T01:30", "2019-02-17T03:00"]],
    ),
    (
        "America/Havana",
        ["2024-03-03T00:00", "2024-03-03T02:00"],
        &[
            ["2024-03-03T05:00", "2024-03-03T07:00"],
            ["2024-03-10T05:00", "2024-03-10T06:00"],
            ["2024-03-17T04:00", "2024-03-17T06:00"],
        ],
    ),
    // 00:00 occurs twice: from the first one to 01:00 are two hours.
    (
        "America/Havana",
        ["2024-10-27T00:00", "2024-10-27T01:00"],
        &[
            ["2024-10-27T04:00", "2024-10-27T05:00"],
            ["2024-11-03T04:00", "2024-11-03T06:00"],
            ["2024-11-10T05:00", "2024-11-10T06:00"],
        ],
    ),
    (
        "Africa/Cairo",
        ["2024-04-19T00:00", "2024-04-19T01:30"],
        &[
            ["2024-04-18T22:00", "2024-04-18T23:30"],
            ["2024-04-25T22:00", "2024-04-25T22:30"],
            ["2024-05-02T21:00", "2024-05-02T22:30"],
        ],
    ),
    (
        "Africa/Cairo",
        ["2024-10-25T00:00", "2024-10-25T01:30"],
        &[["2024-10-24T21:00", "2024-10-24T22:30"], ["2024-10-31T22:00", "2024-10-31T23:30"]],
    ),
    (
        "America/New_York",
        ["2026-03-01T02:30", "2026-03-01T04:00"],
        &[
            ["2026-03-01T07:30", "2026-03-01T09:00"],
            ["2026-03-08T07:30", "2026-03-08T08:00"],
            ["2026-03-15T06:30", "2026-03-15T08:00"],
        ],
    ),
    (
        "America/New_York",
        ["2026-10-25T01:30", "2026-10-25T02:30"],
        &[
            ["2026-10-25T05:30", "2026-10-25T06:30"],
            ["2026-11-01T05:30", "2026-11-01T07:30"],
            ["2026-11-08T06:30", "2026-11-08T07:30"],
        ],
    ),
    (
        "Australia/Lord_Howe",
        ["2026-09-27T02:15", "2026-09-27T03:00"],
        &[
            ["2026-09-26T15:45", "2026-09-26T16:30"],
            ["2026-10-03T15:45", "2026-10-03T16:00"],
            ["2026-10-10T15:15", "2026-10-10T16:00"],
        ],
    ),
    (
        "Australia/Lord_Howe",
        ["2026-03-29T01:45", "2026-03-29T02:15"],
        &[
            ["2026-03-28T14:45", "2026-03-28T15:15"],
            ["2026-04-04T14:45", "2026-04-04T15:45"],
            ["2026-04-11T15:15", "2026-04-11T15:45"],
        ],
    ),
];

#[test]
fn instances_are_those_of_the_table() {
    for (zone, [start, end], expected) in TABLE {
        let (absence, zone) = absence(zone, &json!({"start": start, "end": end, "repeat": "FREQ=WEEKLY"}));
        let at = |text: &str| instant(&format!("{text}:00Z"));
        let expected: Vec<Span> = expected.iter().map(|[start, end]| Span::new(at(start), at(end))).collect();
        let (first, last) = (expected.first().unwrap(), expected.last().unwrap());
        let range = Span::new(first.start, last.end);
        assert_eq!(absence.instances(&zone, range).unwrap(), expected, "{start} in {zone}");
    }
}

/// Zones and years with changes at night.
const PLACES: [(&str, i32); 17] = [
    ("America/Sao_Paulo", 2018),
    ("America/Sao_Paulo", 2017),
    ("America/Havana", 2024),
    ("Africa/Cairo", 2024),
    ("America/New_York", 2026),
    ("Australia/Lord_Howe", 2026),
    ("America/St_Johns", 2010),
    ("America/Asuncion", 2022),
    ("America/Santiago", 2024),
    ("Antarctica/Troll", 2024),
    ("Asia/Amman", 2021),
    ("Asia/Beirut", 2024),
    ("Asia/Gaza", 2023),
    ("Asia/Tehran", 2022),
    ("Europe/Dublin", 2026),
    ("Pacific/Apia", 2011),
    ("Pacific/Norfolk", 2015),
];

/// The times of an absence on the first days of the year, and its rule.
const ABSENCES: [(&str, &str, &str); 8] = [
    ("01T02:30:00", "01T03:30:00", "FREQ=DAILY"),
    ("01T00:00:00", "01T00:30:00", "FREQ=DAILY"),
    ("01T00:00:00", "02T00:00:00", "FREQ=DAILY;INTERVAL=2"),
    ("01T01:30:00", "01T02:00:00", "FREQ=WEEKLY;BYDAY=SU,FR,SA"),
    ("01T23:15:00", "02T01:15:00", "FREQ=DAILY"),
    ("01T22:00:00", "04T02:30:00", "FREQ=WEEKLY;BYDAY=TH,FR"),
    ("01T00:10:00", "01T00:40:00", "FREQ=HOURLY;INTERVAL=5"),
    ("01T00:00:00", "01T00:01:30", "FREQ=DAILY;BYHOUR=0,1,2,3;BYMINUTE=0,20,40"),
];

#[test]
#[ignore = "needs FRONTDESK_ORACLE_PYTHON, see .ci/run"]
fn instances_are_those_of_zoneinfo() {
    let cases: Vec<_> = PLACES.iter().flat_map(|place| ABSENCES.iter().map(move |absence| (place, absence))).collect();
    let question = |((zone, year), (start, end, rule)): &(&(&str, i32), &(&str, &str, &str))| {
        let (start, end) = (format!("{year}-01-{start}"), format!("{year}-01-{end}"));
        let (from, to) = (format!("{year}-01-10T00:00:00"), format!("{}-01-10T00:00:00", year + 1));
        json!({"zone": zone, "start": start, "end": end, "rule": rule, "from": from, "to": to})
    };
    let questions: Vec<Value> = cases.iter().map(question).collect();
    let answers: Vec<Vec<[i64; 2]>> = ask("absences.py", &questions);
    for (question, answer) in questions.iter().zip(answers) {
        let text = |key: &str| question[key].as_str().unwrap();
        let repeated = json!({"start": text("start"), "end": text("end"), "repeat": text("rule")});
        let (absence, zone) = absence(text("zone"), &repeated);
        let seconds = |seconds: i64| Instant::from_millis(seconds * 1000).unwrap();
        let expected = answer.iter().map(|[start, end]| Span::new(seconds(*start), seconds(*end)));
        let mut expected: Vec<Span> = expected.filter(|span| !span.is_empty()).collect();
        expected.sort_unstable();
        expected.dedup();
        let wall = |key: &str| NaiveDateTime::parse_from_str(text(key), "%Y-%m-%dT%H:%M:%S").unwrap();
        let range = Span::new(zone.instant(wall("from")).unwrap(), zone.instant(wall("to")).unwrap());
        let mut found = absence.instances(&zone, range).unwrap();
        // Spans that began before the range are dropped: the test compares those that start in it.
        found.retain(|span| span.start >= range.start);
        if let Some((found, expected)) = found.iter().zip(&expected).find(|(found, expected)| found != expected) {
            panic!("{question}: expected {expected:?}, found {found:?}");
        }
        assert_eq!(found.len(), expected.len(), "{question}");
    }
}
