//! Schedules, compared with an oracle that computes every minute of a year: `oracle/schedule.py`.

use std::io::Write;
use std::process::{Command, Stdio};
use std::thread;

use chrono::NaiveDate;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};

use crate::Desk;
use frontdesk::time::{Instant, Span, Zones};
use frontdesk::{Reason, Status};

use crate::random_hours::{Place, desk, name};

/// Zones, each with a year in which its clocks change in an unusual way, or never.
const PLACES: [(&str, i32); 62] = [
    ("Africa/Cairo", 2023),               // summer time comes back
    ("Africa/Casablanca", 2026),          // goes to UTC for good in September
    ("Africa/El_Aaiun", 2025),            // an hour back for Ramadan
    ("Africa/Juba", 2021),                // an hour back, for good
    ("Africa/Sao_Tome", 2018),            // an hour ahead, for one year
    ("Africa/Windhoek", 2017),            // the last winter
    ("America/Argentina/San_Luis", 2009), // changes on Saturdays at midnight
    ("America/Asuncion", 2024),           // summer time for good
    ("America/Caracas", 2016),            // half an hour ahead
    ("America/Grand_Turk", 2015),         // summer time for three years
    ("America/Havana", 2026),             // no winter
    ("America/Indiana/Petersburg", 2007), // from Central to Eastern, so no change in autumn
    ("America/Los_Angeles", 2199),        // by the rule alone, in the last year there is
    ("America/Metlakatla", 2015),         // joins Alaska
    ("America/Mexico_City", 2022),        // the last summer
    ("America/New_York", 2007),           // the first with the new dates
    ("America/Nuuk", 2023),               // an hour ahead, then summer time again
    ("America/Port-au-Prince", 2016),     // no summer
    ("America/Santiago", 2022),           // a week late, at midnight
    ("America/Sao_Paulo", 2018),          // at midnight, between two dates
    ("America/Scoresbysund", 2024),       // only an autumn, to -2
    ("America/St_Johns", 2010),           // a minute after midnight: dates come twice
    ("America/Vancouver", 2026),          // stays at -7
    ("Antarctica/Casey", 2020),           // three hours back, and ahead a minute past midnight
    ("Antarctica/Macquarie", 2010),       // summer time all year
    ("Antarctica/Troll", 2024),           // two hours
    ("Antarctica/Vostok", 2023),          // two hours back
    ("Asia/Almaty", 2024),                // an hour back at midnight
    ("Asia/Amman", 2022),                 // summer for good
    ("Asia/Colombo", 2006),               // half an hour back
    ("Asia/Dhaka", 2009),                 // ends at 24:00
    ("Asia/Gaza", 2023),                  // summer time, but for Ramadan
    ("Asia/Kathmandu", 2026),             // +5:45, always
    ("Asia/Kolkata", 2026),               // +5:30, always
    ("Asia/Pyongyang", 2018),             // half an hour ahead, at 23:30
    ("Asia/Tehran", 2022),                // the last summer, from midnight to midnight
    ("Asia/Ulaanbaatar", 2016),           // from Saturday 02:00 to Friday 24:00
    ("Asia/Yangon", 2026),                // +6:30, always
    ("Atlantic/Azores", 2026),            // crosses UTC itself
    ("Australia/Adelaide", 2026),         // half an hour off, and an hour more
    ("Australia/Eucla", 2008),            // +8:45, with summer time
    ("Australia/Lord_Howe", 2026),        // half an hour
    ("Etc/GMT+12", 2026),                 // the last to see a day
    ("Europe/Chisinau", 2022),            // an hour earlier than its neighbours
    ("Europe/Dublin", 2026),              // winter time, in the files
    ("Europe/Istanbul", 2016),            // summer for good
    ("Europe/London", 2150),              // by the rule alone
    ("Europe/Moscow", 2014),              // an hour back, for good
    ("Europe/Stockholm", 2026),           // as the desk of the specification
    ("Europe/Volgograd", 2018),           // an hour ahead, out of season
    ("Pacific/Apia", 2011),               // skips 30 December
    ("Pacific/Chatham", 2026),            // +12:45, at 02:45
    ("Pacific/Easter", 2019),             // on Saturday evening
    ("Pacific/Fakaofo", 2011),            // skips 30 December, and nothing else
    ("Pacific/Fiji", 2019),               // a short summer
    ("Pacific/Kiritimati", 2026),         // +14, the first to see a day
    ("Pacific/Marquesas", 2026),          // -9:30, always
    ("Pacific/Norfolk", 2015),            // half an hour back
    ("Pacific/Tongatapu", 2016),          // a summer that ends in January
    ("US/Pacific", 2026),                 // a link
    ("UTC", 2000),                        // the first year there is
    ("Asia/Tokyo", 2026),                 // nothing, ever
];
const AGENTS: usize = 4;
const MINUTE: i64 = 60_000;

/// A desk, and the minutes (UTC) in question.
struct Case {
    place: Place,
    desk: Value,
    start: i64,
    end: i64,
}

/// Random desks, the same in every run.
fn cases() -> Vec<Case> {
    let mut runner = TestRunner::deterministic();
    let case = |(zone, year)| {
        let place = Place { zone, year };
        let desk = desk(place, AGENTS).new_tree(&mut runner).unwrap().current();
        Case { place, desk, start: minute_of(year, -7), end: minute_of(year + 1, 7) }
    };
    PLACES.into_iter().map(case).collect()
}

/// Returns the minute some days after the beginning of a year, within the supported range.
fn minute_of(year: i32, days: i64) -> i64 {
    let new_year = NaiveDate::from_ymd_opt(year, 1, 1).unwrap().and_time(Default::default()).and_utc();
    let millis = new_year.timestamp_millis() + days * 1440 * MINUTE;
    millis.clamp(Instant::MIN.millis(), Instant::MAX.millis()) / MINUTE
}

/// The answer of the oracle for an agent: the minutes at which the reason changes, beginning with that of the range.
type Changes = Vec<(i64, Reason)>;

/// The answers of the oracle: case by case, agent by agent.
fn ask(cases: &[Case]) -> Vec<Vec<Changes>> {
    let python = std::env::var("FRONTDESK_ORACLE_PYTHON")
        .expect("FRONTDESK_ORACLE_PYTHON must name a python that has tests/oracle/requirements.txt installed");
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/oracle/schedule.py");
    let mut oracle = Command::new(python)
        .args([script, Zones::BUNDLED_RELEASE])
        .env("PYTHONTZPATH", "")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("python runs");
    let question = |case: &Case| format!("{}\n", json!({"desk": case.desk, "start": case.start, "end": case.end}));
    let questions: String = cases.iter().map(question).collect();
    let mut input = oracle.stdin.take().unwrap();
    // If writing fails, the standard error of the oracle explains more than the broken pipe.
    let asking = thread::spawn(move || input.write_all(questions.as_bytes()));
    let output = oracle.wait_with_output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    asking.join().unwrap().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let answers: Vec<Changes> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(answers.len(), cases.len() * AGENTS);
    answers.chunks(AGENTS).map(<[Changes]>::to_vec).collect()
}

fn instant(minute: i64) -> Instant {
    Instant::from_millis(minute * MINUTE).unwrap_or(Instant::MAX)
}

#[test]
#[ignore = "needs FRONTDESK_ORACLE_PYTHON, see .ci/run"]
fn agree_to_the_minute() {
    let cases = cases();
    for (case, answers) in cases.iter().zip(ask(&cases)) {
        let desk = Desk::from_json(&case.desk.to_string()).unwrap();
        for (index, changes) in answers.iter().enumerate() {
            assert_schedule(case, &desk, index, changes);
            assert_status(case, &desk, index, changes);
        }
    }
}

/// The spans of the range equal those of the oracle.
fn assert_schedule(case: &Case, desk: &Desk, agent: usize, changes: &Changes) {
    let range = Span::new(instant(case.start), instant(case.end));
    let periods = desk.schedule(&name(agent), range).unwrap();
    let ends = changes.iter().skip(1).map(|change| change.0).chain([case.end]);
    let expected = changes.iter().zip(ends).map(|(&(start, reason), end)| (instant(start), instant(end), reason));
    let got = periods.iter().map(|period| (period.span.start, period.span.end, period.reason));
    if let Some((expected, got)) = expected.zip(got).find(|(expected, got)| expected != got) {
        panic!("{}: expected {expected:?}, got {got:?}", told(case, agent));
    }
    assert_eq!(periods.len(), changes.len(), "{}", told(case, agent));
    assert!(periods.iter().all(|period| period.state == period.reason.state()));
}

/// Compares the status a millisecond before and at each change with the oracle, and its span as well.
fn assert_status(case: &Case, desk: &Desk, agent: usize, changes: &Changes) {
    let status = |at: Instant| desk.status(&name(agent), at).unwrap();
    for pair in changes.windows(2) {
        let [(start, before), (edge, after)] = pair else { unreachable!() };
        let (last, first) = (status(instant(*edge).saturating_add(-1)), status(instant(*edge)));
        let context = || format!("{} around {}", told(case, agent), instant(*edge));
        assert_eq!((last.state, last.reason), (before.state(), *before), "{}", context());
        assert_eq!((first.state, first.reason), (after.state(), *after), "{}", context());
        assert_eq!((last.until, first.since), (Some(instant(*edge)), Some(instant(*edge))), "{}", context());
        if *start > case.start {
            assert_eq!(last.since, Some(instant(*start)), "{}", context());
        }
    }
    // The first and the last span of the range may reach beyond it.
    let (first, last) = (status(instant(case.start)), status(instant(case.end).saturating_add(-1)));
    let reaches = |it: &Status, at| it.since.is_none_or(|since| since <= at) && it.until.is_none_or(|until| at < until);
    assert!(reaches(&first, instant(case.start)) && reaches(&last, instant(case.end).saturating_add(-1)));
}

fn told(case: &Case, agent: usize) -> String {
    let (Place { zone, year }, desk) = (case.place, &case.desk);
    let agent = &desk["agents"][agent];
    format!(
        "{zone} in {year}, {agent} among {} on a desk of {} with {}",
        desk["teams"], desk["working_hours"], desk["holidays"]
    )
}
