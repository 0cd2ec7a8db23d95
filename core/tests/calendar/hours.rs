//! Working hours in and out.

use frontdesk::calendar::{self, HoursReading, ReadOptions, Writer};
use frontdesk::time::Zone;
use frontdesk::{DateHours, Document, WeeklyHours};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use serde_json::{Value, json};

use crate::support::instant;

fn read(text: &str) -> HoursReading {
    calendar::read_hours(text.as_bytes(), &ReadOptions::in_zone(Zone::named("Europe/Berlin").unwrap()))
}

/// Hours with lines for one time at which someone is available, and more lines for the whole.
fn available(whole: &str, parts: &[&str]) -> String {
    let part = |(number, lines): (usize, &&str)| format!("BEGIN:AVAILABLE\nUID:{number}\n{lines}\nEND:AVAILABLE\n");
    let parts: String = parts.iter().enumerate().map(part).collect();
    format!("BEGIN:VAVAILABILITY\nUID:w\n{whole}\n{parts}END:VAVAILABILITY\n")
}

fn told(reading: &HoursReading) -> Value {
    let problems: Vec<String> =
        reading.problems.iter().map(|it| format!("{} at {}: {}", it.code, it.path, it.message)).collect();
    json!([reading.working_hours, reading.date_hours, problems])
}

#[test]
fn available_times_are_weekly_hours_or_those_of_a_date() {
    for (part, weekly, dates) in [
        (
            "DTSTART:20261102T090000\nDTEND:20261102T170000\nRRULE:FREQ=WEEKLY;BYDAY=MO,FR",
            json!([{"days": ["mon", "fri"], "start": "09:00", "end": "17:00", "first_day": "2026-11-02"}]),
            json!([]),
        ),
        (
            "DTSTART:20261102T090000\nDURATION:PT8H\nRRULE:FREQ=WEEKLY",
            json!([{"days": ["mon"], "start": "09:00", "end": "17:00", "first_day": "2026-11-02"}]),
            json!([]),
        ),
        (
            "DTSTART:20261102T220000\nDURATION:PT8H\nRRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO;UNTIL=20261231T220000",
            json!([{"days": ["mon"], "start": "22:00", "end": "06:00", "every": 2, "first_day": "2026-11-02", "last_day": "2026-12-31"}]),
            json!([]),
        ),
        (
            "DTSTART:20261102T090000\nDURATION:PT8H\nRRULE:FREQ=DAILY;UNTIL=20261231T075959Z",
            json!([{"days": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"], "start": "09:00", "end": "17:00",
                "first_day": "2026-11-02", "last_day": "2026-12-30"}]),
            json!([]),
        ),
        (
            "DTSTART:20261102T090000\nDURATION:PT8H\nRRULE:FREQ=DAILY;BYDAY=MO,TU;COUNT=3",
            json!([{"days": ["mon", "tue"], "start": "09:00", "end": "17:00", "first_day": "2026-11-02", "last_day": "2026-11-09"}]),
            json!([]),
        ),
        (
            "DTSTART:20261102T090000\nDURATION:PT8H\nRRULE:FREQ=WEEKLY\nEXDATE:20261109T090000",
            json!([{"days": ["mon"], "start": "09:00", "end": "17:00", "first_day": "2026-11-02"}]),
            json!([{"date": "2026-11-09", "hours": []}]),
        ),
        (
            "DTSTART:20261102T090000\nDURATION:PT3H",
            json!([]),
            json!([{"date": "2026-11-02", "hours": [{"start": "09:00", "end": "12:00"}]}]),
        ),
        (
            "DTSTART:20261102T080000Z\nDURATION:PT3H",
            json!([]),
            json!([{"date": "2026-11-02", "hours": [{"start": "09:00", "end": "12:00"}]}]),
        ),
        (
            "DTSTART;VALUE=DATE:20261102\nDURATION:P2D",
            json!([]),
            json!([{"date": "2026-11-02", "hours": [{"start": "00:00", "end": "24:00"}]}, {"date": "2026-11-03", "hours": [{"start": "00:00", "end": "24:00"}]}]),
        ),
        (
            "DTSTART:20261102T090000\nDURATION:PT1H\nRRULE:FREQ=MONTHLY;COUNT=2",
            json!([]),
            json!([{"date": "2026-11-02", "hours": [{"start": "09:00", "end": "10:00"}]}, {"date": "2026-12-02", "hours": [{"start": "09:00", "end": "10:00"}]}]),
        ),
    ] {
        assert_eq!(told(&read(&available("", &[part]))), json!([weekly, dates, []]), "{part}");
    }
}

#[test]
fn a_moved_time_is_the_hours_of_its_date() {
    let weekly = "DTSTART:20261102T090000\nDURATION:PT8H\nRRULE:FREQ=WEEKLY;BYDAY=MO,TU";
    let moved = "RECURRENCE-ID:20261109T090000\nDTSTART:20261110T180000\nDURATION:PT2H";
    let text = available("", &[weekly, moved]).replace("UID:1", "UID:0");
    let expected = json!([{"date": "2026-11-09", "hours": []},
        {"date": "2026-11-10", "hours": [{"start": "09:00", "end": "17:00"}, {"start": "18:00", "end": "20:00"}]}]);
    assert_eq!(told(&read(&text))[1], expected);
}

#[test]
fn higher_hours_replace_lower_ones_on_their_dates() {
    let usual =
        available("PRIORITY:5", &["DTSTART:20261102T090000\nDURATION:PT8H\nRRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TU"]);
    let nights = available("", &["DTSTART:20261102T220000\nDURATION:PT8H\nRRULE:FREQ=DAILY"]);
    let week = available(
        "PRIORITY:1\nDTSTART:20261116T000000\nDTEND:20261117T000000",
        &["DTSTART:20261116T120000\nDURATION:PT1H"],
    );
    let hours = |start, end, first: &str, last: &str| {
        let mut hours = json!({"days": ["mon", "tue"], "start": start, "end": end, "every": 2, "first_day": first});
        if !last.is_empty() {
            hours["last_day"] = json!(last);
        }
        hours
    };
    let lunch = json!({"date": "2026-11-16", "hours": [{"start": "12:00", "end": "13:00"}]});
    assert_eq!(
        told(&read(&(usual.clone() + &*week))),
        json!([
            [hours("09:00", "17:00", "2026-11-02", "2026-11-15"), hours("09:00", "17:00", "2026-11-17", "")],
            [lunch],
            []
        ])
    );
    // The night before ends at midnight.
    let told_nights = told(&read(&(nights + &*week)));
    assert_eq!(told_nights[1], json!([{"date": "2026-11-15", "hours": [{"start": "22:00", "end": "24:00"}]}, lunch]));
    assert_eq!(told_nights[0][0]["last_day"], "2026-11-15");
    assert_eq!(told_nights[0][1]["first_day"], "2026-11-17");
    // Whole weeks off: there are no hours, and no note.
    let off = available("PRIORITY:1\nDTSTART:20261116T000000\nDURATION:P1W", &[]);
    assert_eq!(told(&read(&(off + &*usual)))[1], json!([]));
}

#[test]
fn what_hours_cannot_say_is_a_problem() {
    for (whole, part, expected) in [
        (
            "",
            "DTSTART;TZID=America/New_York:20261102T090000\nDURATION:PT8H\nRRULE:FREQ=WEEKLY",
            "invalid_recurrence at AVAILABLE[0]: it repeats on the wall clock of another time zone; working hours cannot say that; it is left out",
        ),
        (
            "",
            "DTSTART:20261102T090000\nDURATION:PT25H\nRRULE:FREQ=WEEKLY",
            "invalid_recurrence at AVAILABLE[0]: it repeats and is longer than a day; working hours cannot say that; it is left out",
        ),
        (
            "",
            "DTSTART:20261102T090000\nDURATION:PT1H\nRRULE:FREQ=MONTHLY",
            "invalid_recurrence at AVAILABLE[0]: it repeats in another way than week by week; working hours cannot say that; it is left out",
        ),
        (
            "",
            "DTSTART:20261102T090030\nDURATION:PT1H",
            "invalid_recurrence at AVAILABLE[0]: it has seconds; working hours cannot say that; it is left out",
        ),
        ("", "DTSTART:x", "invalid_time at AVAILABLE[0].DTSTART: \"x\" is not a date or time; the event is left out"),
    ] {
        assert_eq!(told(&read(&available(whole, &[part]))), json!([[], [], [expected]]), "{part}");
    }
    let part = "DTSTART:20261102T090000\nDURATION:PT1H";
    let expected = "invalid_time at VAVAILABILITY[w].DTSTART: the hours do not begin and end at midnight in the zone of the agent; \
        the hours are left out";
    assert_eq!(
        read(&available("DTSTART:20261102T120000", &[part])).problems[0].to_string().split(" (line").next().unwrap(),
        format!("invalid_time: {} at VAVAILABILITY[w].DTSTART", expected.split_once(": ").unwrap().1)
    );
    let twice = available("", &[part]) + &*available("", &[part]);
    assert!(told(&read(&twice))[2][0].as_str().unwrap().starts_with("conflict at VAVAILABILITY.PRIORITY"));
    assert!(read("BEGIN:VCALENDAR\nEND:VCALENDAR\n").problems[0].message.contains("no working hours"));
    assert_eq!(read("BEGIN:VCALENDAR\nEND:VCALENDAR\n").working_hours, None);
}

/// The hours of a document.
fn hours(weekly: &Value, dates: &Value) -> (Vec<WeeklyHours>, Vec<DateHours>) {
    let document = json!({"version": 1, "time_zone": "Europe/Berlin", "agents": [{"id": "a", "working_hours": weekly, "date_hours": dates}]});
    let agent = Document::from_json(&document.to_string()).unwrap().agents.remove(0);
    (agent.working_hours.unwrap(), agent.date_hours)
}

fn write(weekly: Option<&[WeeklyHours]>, dates: &[DateHours]) -> String {
    let zone = Zone::named("Europe/Berlin").unwrap();
    let writer = Writer { agent: "anna", name: "Anna", zone: &zone, at: instant("2026-11-20T09:00:00Z") };
    writer.hours(weekly, dates)
}

#[test]
fn hours_are_written_as_available_times() {
    let (weekly, dates) = hours(
        &json!([{"days": ["mon", "tue"], "start": "09:00", "end": "17:00"},
            {"days": ["fri"], "start": "22:00", "end": "06:00", "every": 2, "first_day": "2026-11-18", "last_day": "2027-06-30"}]),
        &json!([{"date": "2026-11-23", "hours": [{"start": "10:00", "end": "24:00"}]}]),
    );
    let text = write(Some(&weekly), &dates);
    assert_eq!(
        text.split_once("END:VTIMEZONE\r\n").unwrap().1.replace("\r\n", "\n"),
        "\
BEGIN:VAVAILABILITY
UID:anna@hours.frontdesk
DTSTAMP:20261120T090000Z
BUSYTYPE:BUSY-UNAVAILABLE
BEGIN:AVAILABLE
UID:anna.0@hours.frontdesk
DTSTAMP:20261120T090000Z
DTSTART;TZID=Europe/Berlin:19991227T090000
DTEND;TZID=Europe/Berlin:19991227T170000
RRULE:FREQ=WEEKLY;BYDAY=MO,TU;WKST=MO
EXDATE;TZID=Europe/Berlin:20261123T090000
END:AVAILABLE
BEGIN:AVAILABLE
UID:anna.1@hours.frontdesk
DTSTAMP:20261120T090000Z
DTSTART;TZID=Europe/Berlin:20261120T220000
DTEND;TZID=Europe/Berlin:20261121T060000
RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=FR;WKST=MO;UNTIL=20270630T215959Z
X-FRONTDESK-START:20261118T220000
END:AVAILABLE
BEGIN:AVAILABLE
UID:anna.20261123.0@hours.frontdesk
DTSTAMP:20261120T090000Z
DTSTART;TZID=Europe/Berlin:20261123T100000
DTEND;TZID=Europe/Berlin:20261124T000000
END:AVAILABLE
END:VAVAILABILITY
END:VCALENDAR
"
    );
    assert_eq!(told(&read(&text)), json!([weekly, dates, []]));
    let always = read(&write(None, &[])).working_hours.unwrap();
    assert_eq!(
        json!(always),
        json!([{"days": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"], "start": "00:00", "end": "24:00"}])
    );
}

fn interval() -> impl Strategy<Value = (String, String)> {
    let time = |minutes: u32| format!("{:02}:{:02}", minutes / 60, minutes % 60);
    (0..1440_u32, 1..=1440_u32)
        .prop_map(move |(start, end)| (time(start), if end == 1440 { "24:00".to_owned() } else { time(end) }))
}

fn weekly() -> impl Strategy<Value = Value> {
    let days = subsequence(vec!["mon", "tue", "wed", "thu", "fri", "sat", "sun"], 1..=7).prop_shuffle();
    let bounds = (prop::option::of(0..30_i64), prop::option::of(20..400_i64), select(vec![1_u32, 1, 2, 3]));
    let one = (days, interval(), bounds).prop_map(|(days, (start, end), (first, length, every))| {
        let date = |day: i64| chrono::NaiveDate::from_ymd_opt(2026, 11, 1).unwrap() + chrono::Days::new(day as u64);
        let mut hours = json!({"days": days, "start": start, "end": end});
        if let Some(first) = first {
            hours["first_day"] = json!(date(first));
            if every > 1 {
                hours["every"] = json!(every);
            }
        }
        if let Some(length) = length {
            hours["last_day"] = json!(date(30 + length));
        }
        hours
    });
    prop::collection::vec(one, 1..4).prop_map(Value::Array)
}

fn dates() -> impl Strategy<Value = Value> {
    let hours = prop::collection::btree_set(interval(), 0..3);
    prop::collection::btree_map(0..60_u64, hours, 0..4).prop_map(|dates| {
        let entry = |(day, hours): (u64, std::collections::BTreeSet<(String, String)>)| {
            let date = chrono::NaiveDate::from_ymd_opt(2026, 11, 1).unwrap() + chrono::Days::new(day);
            let hours: Vec<Value> = hours.into_iter().map(|(start, end)| json!({"start": start, "end": end})).collect();
            json!({"date": date, "hours": hours})
        };
        dates.into_iter().map(entry).collect()
    })
}

proptest! {
    #[test]
    fn reading_hours_gives_those_that_were_written(weekly in weekly(), dates in dates()) {
        let (weekly, mut dates) = hours(&weekly, &dates);
        let text = write(Some(&weekly), &dates);
        let reading = read(&text);
        for day in &mut dates {
            day.hours.sort_by_key(|it| (it.start, it.end));
        }
        prop_assert_eq!(told(&reading), json!([weekly, dates, []]), "{}", text);
    }
}
