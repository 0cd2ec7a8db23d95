//! Random rules with unusual combinations of parts, all of them permitted by RFC 5545 or read by every program.

use chrono::{NaiveDate, NaiveDateTime, TimeDelta};
use proptest::collection::btree_set;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

#[derive(Debug, Clone)]
pub struct RandomRule {
    pub start: NaiveDateTime,
    pub text: String,
}

const WEEKDAYS: [&str; 7] = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];

const FREQUENCIES: [&str; 7] = ["YEARLY", "MONTHLY", "WEEKLY", "DAILY", "HOURLY", "MINUTELY", "SECONDLY"];

/// A start from the year 2000 on, at a time of day that many rules share.
pub fn start() -> impl Strategy<Value = NaiveDateTime> {
    let second = prop_oneof![4 => (0..96_i64).prop_map(|quarter| quarter * 900), 1 => 0..86_400_i64];
    (0..9_500_i64, second).prop_map(|(day, second)| {
        NaiveDate::from_ymd_opt(2000, 1, 1).unwrap().and_hms_opt(0, 0, 0).unwrap()
            + TimeDelta::days(day)
            + TimeDelta::seconds(second)
    })
}

/// A part's values, smallest first.
fn values(from: i32, to: i32, most: usize) -> impl Strategy<Value = String> {
    btree_set(from..=to, 1..=most).prop_map(|set| joined(set.into_iter().map(|value| value.to_string())))
}

/// Values that may count from the end, too.
fn signed(most_value: i32, most: usize) -> impl Strategy<Value = String> {
    let value = (1..=most_value, any::<bool>()).prop_map(|(value, from_end)| if from_end { -value } else { value });
    btree_set(value, 1..=most).prop_map(|set| joined(set.into_iter().map(|value| value.to_string())))
}

fn joined(values: impl Iterator<Item = String>) -> String {
    values.collect::<Vec<_>>().join(",")
}

fn weekdays() -> impl Strategy<Value = String> {
    subsequence(&WEEKDAYS, 1..=4).prop_map(|days| days.join(","))
}

/// The first to the last of some weekday.
fn ordinals(most: i32) -> impl Strategy<Value = String> {
    let ordinal = prop_oneof![3 => 1..=5.min(most), 1 => 1..=most];
    let day = (ordinal, any::<bool>(), select(&WEEKDAYS[..]))
        .prop_map(|(ordinal, from_end, day)| format!("{}{ordinal}{day}", if from_end { "-" } else { "" }));
    btree_set(day, 1..=3).prop_map(|days| joined(days.into_iter()))
}

/// A part that so many of a hundred rules have.
fn part(name: &'static str, often: u32, values: impl Strategy<Value = String>) -> impl Strategy<Value = String> {
    (0..100_u32, values).prop_map(move |(drawn, values)| match drawn < often {
        true => format!(";{name}={values}"),
        false => String::new(),
    })
}

fn end() -> impl Strategy<Value = String> {
    let until = (2005..2040, 1..=12, 1..=28, any::<bool>()).prop_map(|(year, month, day, at_noon)| {
        format!(";UNTIL={year}{month:02}{day:02}T{}", if at_noon { "120000" } else { "235959" })
    });
    let count = (1..400).prop_map(|count| format!(";COUNT={count}"));
    let both = (until.clone(), count.clone()).prop_map(|(until, count)| until + &*count);
    prop_oneof![10 => Just(String::new()), 2 => count, 2 => until, 1 => both]
}

fn interval(frequency: &str) -> impl Strategy<Value = String> + use<> {
    let most = match frequency {
        "YEARLY" => 5,
        "MONTHLY" | "WEEKLY" => 20,
        "DAILY" => 50,
        "HOURLY" => 100,
        _ => 5000,
    };
    let interval = prop_oneof![3 => Just(1), 2 => 2..=4, 1 => 1..=most];
    interval.prop_map(|interval| if interval == 1 { String::new() } else { format!(";INTERVAL={interval}") })
}

/// A rule with its start.
pub fn rule() -> impl Strategy<Value = RandomRule> {
    select(&FREQUENCIES[..]).prop_flat_map(|frequency| {
        let is = |some: &[&str]| some.contains(&frequency);
        let only = |fits: bool, often: u32| if fits { often } else { 0 };
        let days = match frequency {
            "YEARLY" => prop_oneof![1 => weekdays(), 1 => ordinals(52)].boxed(),
            "MONTHLY" => prop_oneof![1 => weekdays(), 1 => ordinals(5)].boxed(),
            _ => weekdays().boxed(),
        };
        let year_days = only(!is(&["MONTHLY", "WEEKLY", "DAILY"]), 10);
        // Within days, a filter of dates causes long pauses, which are slow to step through.
        let often = if is(&["HOURLY", "MINUTELY", "SECONDLY"]) { 8 } else { 25 };
        let dates = (
            part("BYMONTH", often, values(1, 12, 4)),
            part("BYMONTHDAY", often, signed(31, 6)),
            part("BYYEARDAY", year_days, signed(366, 20)),
            part("BYDAY", often + 15, days),
        );
        let times = (
            part("BYHOUR", 25, values(0, 23, 4)),
            part("BYMINUTE", 25, values(0, 59, 4)),
            part("BYSECOND", 20, values(0, 59, 3)),
            part("BYSETPOS", 20, signed(8, 3)),
        );
        let week_start = part("WKST", 30, select(&WEEKDAYS[..]).prop_map(str::to_owned));
        (start(), interval(frequency), week_start, dates, times, end()).prop_map(
            move |(start, interval, week_start, dates, times, end)| {
                let parts =
                    [interval, week_start, dates.0, dates.1, dates.2, dates.3, times.0, times.1, times.2, times.3, end];
                RandomRule { start, text: format!("FREQ={frequency}{}", parts.concat()) }
            },
        )
    })
}
