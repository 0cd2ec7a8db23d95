//! Random hours, absences and holidays around a year of a zone, as a desk document.

use chrono::{Days, NaiveDate, NaiveDateTime, TimeDelta, Timelike};
use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use serde_json::{Value, json};

use frontdesk::time::{Instant, Zone};

/// The zone and year of a desk: its dates lie in and around the year, often near changes of the clocks.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    pub zone: &'static str,
    pub year: i32,
}

const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const DAY: u32 = 24 * 60;
/// Zones of absences, other than that of the agent.
/// Zones of travel.
const FAR: [&str; 5] = ["America/Los_Angeles", "Asia/Tokyo", "Etc/GMT+12", "Europe/Dublin", "Pacific/Kiritimati"];
const FOREIGN: [&str; 4] = ["America/St_Johns", "Australia/Lord_Howe", "Pacific/Apia", "Europe/Dublin"];

/// A desk with so many agents, whose hours are their own, those of the team or desk, or none.
pub fn desk(place: Place, agents: usize) -> impl Strategy<Value = Value> {
    let hours = || option::of(weekly_hours(place));
    (hours(), hours(), vec(agent(place), agents), vec(holiday(place), 0..4)).prop_map(
        move |(desk_hours, team_hours, agents, holidays)| {
            let agents = agents.into_iter().enumerate().map(|(index, agent)| with(agent, "id", json!(name(index))));
            let holidays = holidays.into_iter().enumerate().map(|(index, it)| with(it, "id", json!(index.to_string())));
            let desk = json!({
                "version": 1, "time_zone": place.zone,
                "teams": [with_some(json!({"id": "main"}), "working_hours", team_hours), {"id": "extra"}],
                "agents": agents.collect::<Value>(), "holidays": holidays.collect::<Value>(),
                "inboxes": [{"id": "inbox"}],
            });
            with_some(desk, "working_hours", desk_hours)
        },
    )
}

/// The id of an agent of the desk.
pub fn name(agent: usize) -> String {
    format!("agent {agent}")
}

fn with(mut object: Value, key: &str, value: Value) -> Value {
    object[key] = value;
    object
}

fn with_some(object: Value, key: &str, value: Option<Value>) -> Value {
    match value {
        Some(value) => with(object, key, value),
        None => object,
    }
}

fn agent(place: Place) -> impl Strategy<Value = Value> {
    let teams = select(vec![(None, None), (Some("main"), None), (Some("main"), Some("extra")), (None, Some("extra"))]);
    let hours = option::weighted(0.7, weekly_hours(place));
    (teams, hours, date_hours(place), vec(absence(place), 0..4), travel(place), any::<bool>()).prop_map(
        move |((team, extra), hours, dates, absences, travel, says_zone)| {
            let agent = json!({"date_hours": dates, "out_of_office": absences, "extra_teams": Vec::from_iter(extra)});
            let agent = with(agent, "travel", travel);
            let agent = with_some(agent, "team", team.map(Value::from));
            let agent = with_some(agent, "time_zone", says_zone.then(|| json!(place.zone)));
            with_some(agent, "working_hours", hours)
        },
    )
}

/// Travel in a few zones, one after the other, often without a day between.
fn travel(place: Place) -> impl Strategy<Value = Value> {
    let one = (prop_oneof![2 => Just(0_u64), 1 => 1..60_u64], 0_u64..20, select(&FAR));
    (date(place), prop_oneof![1 => Just(vec![]), 1 => vec(one, 1..4)]).prop_map(|(first, travels)| {
        let mut next = first;
        let one = |(pause, length, zone): (u64, u64, &str)| {
            let (first, last) = (next + Days::new(pause), next + Days::new(pause + length));
            next = last + Days::new(1);
            json!({"first_day": first, "last_day": last, "time_zone": zone})
        };
        travels.into_iter().map(one).collect()
    })
}

fn weekly_hours(place: Place) -> impl Strategy<Value = Value> {
    let days = subsequence(&WEEKDAYS, 1..=7);
    let bounds = (option::weighted(0.3, date(place)), option::weighted(0.2, date(place)), 0_u64..1000);
    let entry = (days, interval(), option::weighted(0.25, 1..5), bounds).prop_map(
        |(days, hours, every, (first, last, earlier))| {
            let first = first.or(every.and(last)).map(|date| date - Days::new(earlier));
            let every = every.filter(|_| first.is_some());
            let hours = with(hours, "days", json!(days));
            let hours = with_some(hours, "first_day", first.map(|date| json!(date)));
            let hours = with_some(
                hours,
                "last_day",
                last.filter(|last| first.is_none_or(|first| first <= *last)).map(|date| json!(date)),
            );
            with_some(hours, "every", every.map(Value::from))
        },
    );
    vec(entry, 0..5).prop_map(Value::from)
}

fn date_hours(place: Place) -> impl Strategy<Value = Value> {
    let dates = btree_map(date(place), vec(interval(), 0..3), 0..8);
    dates.prop_map(|dates| dates.into_iter().map(|(date, hours)| json!({"date": date, "hours": hours})).collect())
}

/// An interval, often overnight: the end does not depend on the start.
fn interval() -> impl Strategy<Value = Value> {
    let some = (minute(), prop_oneof![6 => minute(), 1 => Just(DAY)]);
    let interval = prop_oneof![8 => some, 1 => Just((0, DAY))];
    interval.prop_map(|(start, end)| json!({"start": clock(start), "end": clock(end)}))
}

fn absence(place: Place) -> impl Strategy<Value = Value> {
    let length = prop_oneof![1..180_i64, 1..10_000_i64];
    let moments = (date(place), minute(), length, any::<[bool; 2]>()).prop_map(|(date, start, length, late)| {
        let start = date.and_hms_opt(start / 60, start % 60, 0).unwrap();
        let end = start + TimeDelta::minutes(length);
        json!({"start": moment(start, late[0]), "end": moment(end, late[1])})
    });
    let days = (date(place), 0_u64..5)
        .prop_map(|(first, more)| json!({"first_day": first, "last_day": first + Days::new(more)}));
    let times = prop_oneof![2 => moments, 1 => days];
    let note = option::weighted(0.3, select(&["one", "two"]));
    (times, repeat(place), option::weighted(0.25, select(&FOREIGN)), note).prop_map(|(times, repeat, zone, note)| {
        let absence = repeat.map_or(times.clone(), |repeat| repeated(times, &repeat));
        let absence = with_some(absence, "time_zone", zone.map(Value::from));
        with_some(absence, "note", note.map(Value::from))
    })
}

/// A random repetition: its rule, and the instances left out and added, some days after its start.
#[derive(Debug, Clone)]
struct Repeat {
    rule: String,
    except: Vec<i64>,
    also: Vec<i64>,
    /// The number of days by which it is earlier than drawn.
    earlier: u64,
}

fn repeat(place: Place) -> impl Strategy<Value = Option<Repeat>> {
    let days = subsequence(&RULE_DAYS, 1..=4).prop_map(|days| days.join(","));
    let rule = prop_oneof![
        Just("FREQ=DAILY".to_owned()),
        (2..9_u32).prop_map(|interval| format!("FREQ=DAILY;INTERVAL={interval}")),
        days.clone().prop_map(|days| format!("FREQ=WEEKLY;BYDAY={days}")),
        (days, 2..4_u32).prop_map(|(days, interval)| format!("FREQ=WEEKLY;INTERVAL={interval};BYDAY={days};WKST=SU")),
        select(&["FREQ=MONTHLY", "FREQ=MONTHLY;BYDAY=-1SU,2MO", "FREQ=YEARLY;BYMONTH=3,10;BYDAY=SU"])
            .prop_map(str::to_owned),
        select(&["FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "FREQ=YEARLY", "FREQ=YEARLY;BYYEARDAY=-1,1"])
            .prop_map(str::to_owned),
    ];
    let end = prop_oneof![
        3 => Just(String::new()),
        1 => (1..200_u32).prop_map(|count| format!(";COUNT={count}")),
        1 => date(place).prop_map(|date| format!(";UNTIL={}", date.format("%Y%m%d"))),
        1 => date(place).prop_map(|date| format!(";UNTIL={}T013000Z", date.format("%Y%m%d"))),
    ];
    let repeat = (rule, end, vec(0..30_i64, 0..3), vec(0..60_i64, 0..3), prop_oneof![0..30_u64, 0..5000_u64]);
    let repeat = repeat.prop_map(|(rule, end, except, also, earlier)| Repeat {
        rule: format!("{rule}{end}"),
        except,
        also,
        earlier,
    });
    option::of(repeat).prop_map(|repeat| repeat.filter(|_| cfg!(feature = "recurrence")))
}

const RULE_DAYS: [&str; 7] = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];

/// Makes an absence earlier and repeated.
fn repeated(times: Value, repeat: &Repeat) -> Value {
    let mut absence = times;
    let mut first = NaiveDate::MIN;
    for key in ["end", "last_day", "start", "first_day"] {
        let Some(text) = absence[key].as_str() else { continue };
        let date: NaiveDate = text[..10].parse().unwrap();
        first = date - Days::new(repeat.earlier);
        absence[key] = json!(format!("{first}{}", &text[10..]));
    }
    let clock = absence["start"].as_str().map(|start| start[10..].to_owned()).unwrap_or_default();
    let after = |days: &i64| first + TimeDelta::days(*days);
    absence["repeat"] = json!(repeat.rule);
    absence["except"] = repeat.except.iter().map(|days| json!(after(days))).collect();
    absence["also"] = repeat.also.iter().map(|days| json!(format!("{}{clock}", after(days)))).collect();
    absence
}

fn holiday(place: Place) -> impl Strategy<Value = Value> {
    let whose = vec![json!({}), json!({"teams": ["main"]}), json!({"teams": ["extra"]}), json!({"inboxes": ["inbox"]})];
    (select(whose), vec(date(place), 1..5)).prop_map(|(whose, dates)| with(whose, "dates", json!(dates)))
}

/// A date of the year, a little before or after it, or of a change of the clocks.
fn date(place: Place) -> impl Strategy<Value = NaiveDate> + Clone {
    let new_year = NaiveDate::from_ymd_opt(place.year, 1, 1).unwrap();
    let turns = turns(place);
    let anywhere = (0_u64..380).prop_map(move |days| new_year - Days::new(7) + Days::new(days));
    let turn = (select(turns), 0_u64..3).prop_map(|(turn, days)| turn - Days::new(1) + Days::new(days));
    prop_oneof![anywhere, turn]
}

/// The dates on which the clocks change, or New Year if they do not.
fn turns(place: Place) -> Vec<NaiveDate> {
    const HOUR: i64 = 3_600_000;
    let zone = Zone::named(place.zone).unwrap();
    let new_year = NaiveDate::from_ymd_opt(place.year, 1, 1).unwrap();
    let start = new_year.and_time(Default::default()).and_utc().timestamp_millis();
    let offset = |hour: i64| zone.offset_seconds(Instant::from_millis(start + hour * HOUR).unwrap());
    let hours = (1..365 * 24).filter(|hour| offset(*hour) != offset(hour - 1));
    let mut turns: Vec<NaiveDate> = hours.map(|hour| new_year + Days::new(hour.unsigned_abs() / 24)).collect();
    turns.extend(turns.is_empty().then_some(new_year));
    turns
}

/// A minute of the day, often at night, when clocks change.
fn minute() -> impl Strategy<Value = u32> + Clone {
    let quarter = (0..DAY / 15).prop_map(|quarter| quarter * 15);
    let night = (0..10_u32).prop_map(|half| half * 30);
    prop_oneof![3 => quarter, 2 => night, 1 => 0..DAY, 1 => select(&[1, DAY - 1])]
}

fn clock(minute: u32) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

/// A moment as written in a document; a late midnight is the end of the day before.
fn moment(at: NaiveDateTime, late: bool) -> String {
    let minute = at.hour() * 60 + at.minute();
    if late && minute == 0 {
        return format!("{}T24:00", at.date() - Days::new(1));
    }
    format!("{}T{}", at.date(), clock(minute))
}
