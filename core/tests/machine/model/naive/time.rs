//! Instants and durations as plain milliseconds, dates as days, both since 1970; everything is UTC.

use chrono::{DateTime, NaiveDate, NaiveDateTime, SecondsFormat, Utc};

pub const MINUTE: i64 = 60_000;
pub const DAY: i64 = 24 * 60 * MINUTE;

pub fn parse_instant(text: &str) -> i64 {
    DateTime::parse_from_rfc3339(text).expect("an instant").timestamp_millis()
}

pub fn write_instant(millis: i64) -> String {
    let time = DateTime::<Utc>::from_timestamp_millis(millis).expect("an instant in range");
    time.to_rfc3339_opts(SecondsFormat::Millis, true)
}

/// An end that never comes.
pub const NEVER: i64 = i64::MAX;

/// The end that never comes, in an event that is put together: it is null there.
pub const NO_END: &str = "no end in sight";

/// Writes the end of a wait.
pub fn write_end(millis: i64) -> String {
    if millis == NEVER { NO_END.to_owned() } else { write_instant(millis) }
}

pub fn parse_date(text: &str) -> i64 {
    let date: NaiveDate = text.parse().expect("a date");
    date.signed_duration_since(NaiveDate::default()).num_days()
}

pub fn write_date(date: i64) -> String {
    write_instant(date * DAY)[..10].to_owned()
}

/// Reads `2026-11-20T09:00`, a moment on the wall clock.
pub fn parse_moment(text: &str) -> i64 {
    let time = NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M").expect("a civil date-time");
    time.and_utc().timestamp_millis()
}

/// Reads `09:00` as minutes from midnight.
pub fn parse_time_of_day(text: &str) -> i64 {
    let (hours, minutes) = text.split_once(':').expect("a time of day");
    hours.parse::<i64>().expect("hours") * 60 + minutes.parse::<i64>().expect("minutes")
}

/// Reads `1h30m`.
pub fn parse_duration(text: &str) -> i64 {
    let mut total = 0;
    let mut number = 0;
    for c in text.chars() {
        let unit = match c {
            'd' => DAY,
            'h' => 60 * MINUTE,
            'm' => MINUTE,
            's' => 1_000,
            digit => {
                number = number * 10 + i64::from(digit.to_digit(10).expect("a digit"));
                continue;
            }
        };
        total += number * unit;
        number = 0;
    }
    total
}

/// Days from Monday, 0, to Sunday, 6; 1970-01-01 was a Thursday.
pub fn weekday(date: i64) -> i64 {
    (date + 3).rem_euclid(7)
}

/// Weeks begin on Monday.
pub fn week(date: i64) -> i64 {
    (date + 3).div_euclid(7)
}
