//! Random hours, dates and absences, all within one week and at few times of day.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::super::naive::time::{parse_date, write_date};
use super::pick::{chance, compact, perhaps};

/// The Monday on which random desks begin.
pub const FIRST_DAY: &str = "2026-11-16";

const STARTS: [&str; 8] = ["00:00", "08:00", "09:00", "09:30", "12:00", "13:00", "17:00", "22:00"];
const ENDS: [&str; 8] = ["24:00", "17:00", "12:00", "09:30", "18:00", "06:00", "09:00", "00:00"];
const WEEK: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// Returns the date some days after the first.
pub fn date(day: i64) -> String {
    write_date(parse_date(FIRST_DAY) + day)
}

#[derive(Debug, Clone)]
pub struct Shift {
    start: &'static str,
    end: &'static str,
}

fn shift() -> impl Strategy<Value = Shift> + Clone {
    let times = (prop::sample::select(&STARTS[..]), prop::sample::select(&ENDS[..]));
    times.prop_map(|(start, end)| Shift { start, end })
}

impl Shift {
    fn json(&self) -> Value {
        json!({"start": self.start, "end": self.end})
    }
}

#[derive(Debug, Clone)]
pub struct Weekly {
    days: Vec<&'static str>,
    shift: Shift,
    every_second: bool,
    first_day: Option<i64>,
    length: Option<i64>,
}

/// Weekly hours; an empty list means never.
pub fn weekly() -> impl Strategy<Value = Vec<Weekly>> {
    let days = prop_oneof![
        2 => Just(WEEK[..5].to_vec()),
        1 => Just(WEEK.to_vec()),
        2 => prop::sample::subsequence(&WEEK[..], 1..=4),
    ];
    let one = (days, shift(), chance(10), perhaps(15, -7..4_i64), perhaps(15, 0..9_i64)).prop_map(
        |(days, shift, every_second, first_day, length)| Weekly { days, shift, every_second, first_day, length },
    );
    prop_oneof![1 => Just(vec![]), 9 => prop::collection::vec(one, 1..=3)]
}

pub fn weekly_json(hours: &[Weekly]) -> Value {
    hours.iter().map(Weekly::json).collect()
}

impl Weekly {
    fn json(&self) -> Value {
        let counted_from = self.first_day.or(self.every_second.then_some(-7));
        compact(json!({
            "days": self.days, "start": self.shift.start, "end": self.shift.end,
            "every": self.every_second.then_some(2),
            "first_day": counted_from.map(date),
            "last_day": self.length.map(|length| date(counted_from.unwrap_or(0) + length)),
        }))
    }
}

#[derive(Debug, Clone)]
pub struct DateHours {
    day: i64,
    shifts: Vec<Shift>,
}

pub fn date_hours() -> impl Strategy<Value = Vec<DateHours>> {
    let one = (0..5_i64, prop::collection::vec(shift(), 0..=2)).prop_map(|(day, shifts)| DateHours { day, shifts });
    prop::collection::vec(one, 0..=2)
}

/// Each date once.
pub fn date_hours_json(dates: &[DateHours]) -> Value {
    let first_of_date = |i: &usize| dates[..*i].iter().all(|it| it.day != dates[*i].day);
    (0..dates.len()).filter(first_of_date).map(|i| dates[i].json()).collect()
}

impl DateHours {
    fn json(&self) -> Value {
        json!({"date": date(self.day), "hours": self.shifts.iter().map(Shift::json).collect::<Value>()})
    }
}

/// Quarters of an hour on some day, or whole days; some of them repeated.
#[derive(Debug, Clone)]
pub struct Absence {
    times: Times,
    repeat: Option<Repeat>,
}

#[derive(Debug, Clone)]
enum Times {
    Moments { day: i64, quarter: i64, quarters: i64, note: bool },
    Days { day: i64, more: i64 },
}

#[derive(Debug, Clone)]
struct Repeat {
    rule: String,
    /// The number of days by which its start is earlier.
    earlier: i64,
    except: Option<i64>,
    also: Option<i64>,
}

pub fn absences() -> impl Strategy<Value = Vec<Absence>> {
    let times = prop_oneof![
        3 => (0..5_i64, 32..72_i64, 1..40_i64, chance(50))
            .prop_map(|(day, quarter, quarters, note)| Times::Moments { day, quarter, quarters, note }),
        1 => (0..6_i64, 0..2_i64).prop_map(|(day, more)| Times::Days { day, more }),
    ];
    let repeat = perhaps(40, repeat()).prop_map(|repeat| repeat.filter(|_| cfg!(feature = "recurrence")));
    let one = (times, repeat).prop_map(|(times, repeat)| Absence { times, repeat });
    prop::collection::vec(one, 0..=2)
}

/// A repetition by days or weeks, with periods of a fortnight at most.
fn repeat() -> impl Strategy<Value = Repeat> {
    const DAYS: [&str; 7] = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
    let days = prop::sample::subsequence(&DAYS[..], 1..=3).prop_map(|days| format!(";BYDAY={}", days.join(",")));
    let days = prop_oneof![1 => Just(String::new()), 3 => days];
    let frequency =
        prop::sample::select(vec!["FREQ=DAILY", "FREQ=DAILY;INTERVAL=2", "FREQ=WEEKLY", "FREQ=WEEKLY;INTERVAL=2"]);
    let end = prop_oneof![
        2 => Just(String::new()),
        1 => (1..6_u32).prop_map(|count| format!(";COUNT={count}")),
        1 => (0..20_i64).prop_map(|day| format!(";UNTIL={}", date(day).replace('-', ""))),
    ];
    let earlier = prop_oneof![1 => Just(0), 2 => 0..20_i64];
    (frequency, days, end, earlier, perhaps(30, 0..6_i64), perhaps(30, 0..10_i64)).prop_map(
        |(frequency, days, end, earlier, except, also)| Repeat {
            rule: format!("{frequency}{days}{end}"),
            earlier,
            except,
            also,
        },
    )
}

pub fn absences_json(absences: &[Absence]) -> Value {
    absences.iter().map(Absence::json).collect()
}

impl Absence {
    fn json(&self) -> Value {
        let earlier = self.repeat.as_ref().map_or(0, |repeat| repeat.earlier);
        let (mut json, clock) = match self.times {
            Times::Moments { day, quarter, quarters, note } => {
                let start = moment(day - earlier, quarter);
                let json = compact(json!({
                    "start": start, "end": moment(day - earlier, quarter + quarters),
                    "note": note.then(|| format!("for {quarters} quarters")),
                }));
                (json, start[10..].to_owned())
            }
            Times::Days { day, more } => {
                let (first, last) = (date(day - earlier), date(day - earlier + more));
                (json!({"first_day": first, "last_day": last}), String::new())
            }
        };
        if let Some(repeat) = &self.repeat {
            json["repeat"] = json!(repeat.rule);
            json["except"] = repeat.except.into_iter().map(date).collect();
            json["also"] = repeat.also.into_iter().map(|day| format!("{}{clock}", date(day))).collect();
        }
        json
    }
}

fn moment(day: i64, quarter: i64) -> String {
    let (day, quarter) = (day + quarter / 96, quarter % 96);
    format!("{}T{:02}:{:02}", date(day), quarter / 4, quarter % 4 * 15)
}

/// Zones of travel; their names are of the opposite sign.
const PLACES: [&str; 4] = ["Etc/GMT-9", "Etc/GMT+8", "Etc/GMT-14", "Etc/GMT+12"];

/// A travel: the days until it begins, after the travel before, its length in days, and its zone.
#[derive(Debug, Clone)]
pub struct Travel {
    pause: i64,
    length: i64,
    place: &'static str,
}

pub fn travel() -> impl Strategy<Value = Vec<Travel>> {
    let one = (0..3_i64, 0..3_i64, prop::sample::select(&PLACES[..])).prop_map(|(pause, length, place)| Travel {
        pause,
        length,
        place,
    });
    prop::collection::vec(one, 1..=2)
}

pub fn travel_json(travels: &[Travel]) -> Value {
    let mut next = -1;
    let one = |travel: &Travel| {
        let first = next + travel.pause;
        next = first + travel.length + 1;
        json!({"first_day": date(first), "last_day": date(next - 1), "time_zone": travel.place})
    };
    travels.iter().map(one).collect()
}
