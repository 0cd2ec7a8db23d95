//! Dates and times in calendars, and their value on the wall clock of a zone.

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};

use crate::time::Zone;
use crate::time::civil::Civil;

/// A date, or a time and the zone whose wall clock shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum When {
    Date(NaiveDate),
    /// A time on the wall clock of a zone; without a zone, of the agent's.
    Wall(NaiveDateTime, Option<Zone>),
}

/// A date or a time, before its zone is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Written {
    Date(NaiveDate),
    /// A time without a zone.
    Local(NaiveDateTime),
    /// A time with an offset, converted to UTC.
    Utc(NaiveDateTime),
}

impl When {
    /// Returns the time on the wall clock of a zone; `home` is the agent's zone.
    pub fn in_zone(&self, zone: &Zone, home: &Zone) -> NaiveDateTime {
        match self {
            When::Date(date) => date.and_time(NaiveTime::MIN),
            When::Wall(time, own) => {
                let own = own.as_ref().unwrap_or(home);
                if own.has_same_clock(zone) { *time } else { wall(zone, own.resolve((*time).into())) }
            }
        }
    }

    /// Returns the zone, if one is named.
    pub fn zone(&self) -> Option<&Zone> {
        match self {
            When::Date(_) => None,
            When::Wall(_, zone) => zone.as_ref(),
        }
    }
}

/// Returns the wall clock of a zone at an instant, in milliseconds since 1970 (UTC).
pub(crate) fn wall(zone: &Zone, millis: i64) -> NaiveDateTime {
    let offset = zone.stretches(millis, millis).next().map_or(0, |stretch| stretch.offset);
    let shown = DateTime::from_timestamp_millis(millis.saturating_add(offset)).unwrap_or_default();
    shown.naive_utc()
}

/// Adds elapsed milliseconds to a time on a wall clock.
pub(crate) fn later(time: NaiveDateTime, zone: &Zone, millis: i64) -> NaiveDateTime {
    wall(zone, zone.resolve(Civil::from(time)).saturating_add(millis))
}

/// Returns `true` if a document can hold the date: its year has four digits.
pub(crate) fn is_writable(date: NaiveDate) -> bool {
    (0..10_000).contains(&date.year())
}

/// Reads `20261120`, `20261120T090000`, `20261120T090000Z`, and variants that some programs write:
/// `2026-11-20T09:00:00+01:00`, without seconds, with an offset, with `24:00`.
pub(crate) fn read(text: &str) -> Option<Written> {
    let text = text.trim();
    if text.len() > 40 || !text.is_ascii() {
        return None;
    }
    let (date, time) = text.split_once(['T', 't', ' ']).unwrap_or((text, ""));
    let date = read_date(date)?;
    if time.is_empty() {
        return Some(Written::Date(date));
    }
    let at = time.find(['Z', 'z', '+', '-']).unwrap_or(time.len());
    let (clock, offset) = time.split_at_checked(at)?;
    let time = read_clock(date, clock)?;
    match offset {
        "" => Some(Written::Local(time)),
        "Z" | "z" => Some(Written::Utc(time)),
        _ => {
            let seconds = read_offset(offset)?;
            Some(Written::Utc(time.checked_sub_signed(TimeDelta::seconds(seconds))?))
        }
    }
}

fn read_date(text: &str) -> Option<NaiveDate> {
    let digits = digits(text, '-', 8)?;
    NaiveDate::from_ymd_opt(
        digits.get(..4)?.parse().ok()?,
        digits.get(4..6)?.parse().ok()?,
        digits.get(6..)?.parse().ok()?,
    )
}

fn read_clock(date: NaiveDate, text: &str) -> Option<NaiveDateTime> {
    // Fractions of a second are dropped.
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    if !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let digits = digits(whole, ':', 6).or_else(|| digits(whole, ':', 4).map(|digits| digits + "00"))?;
    let part = |range| digits.get(range).and_then(|part: &str| part.parse::<u32>().ok());
    let (hour, minute, second) = (part(0..2)?, part(2..4)?, part(4..6)?);
    if (hour, minute, second) == (24, 0, 0) {
        return Some(date.succ_opt()?.and_time(NaiveTime::MIN));
    }
    // A leap second counts as second 59.
    date.and_hms_opt(hour, minute, if second == 60 { 59 } else { second })
}

/// Returns exactly `count` digits, which may have a mark between groups of two or four.
fn digits(text: &str, mark: char, count: usize) -> Option<String> {
    if text.starts_with(mark) || text.ends_with(mark) {
        return None;
    }
    let digits: String = text.chars().filter(|c| *c != mark).collect();
    (digits.len() == count && digits.bytes().all(|byte| byte.is_ascii_digit())).then_some(digits)
}

/// Reads `+0100`, `-01:30` or `+013045` as seconds.
pub(crate) fn read_offset(text: &str) -> Option<i64> {
    let (sign, rest) = match text.trim().split_at_checked(1)? {
        ("+", rest) => (1, rest),
        ("-", rest) => (-1, rest),
        _ => return None,
    };
    let digits = digits(rest, ':', 6)
        .or_else(|| digits(rest, ':', 4).map(|digits| digits + "00"))
        .or_else(|| digits(rest, ':', 2).map(|digits| digits + "0000"))?;
    let part = |range| digits.get(range).and_then(|part: &str| part.parse::<i64>().ok());
    let (hours, minutes, seconds) = (part(0..2)?, part(2..4)?, part(4..6)?);
    (hours <= 26 && minutes < 60 && seconds < 60).then_some(sign * (hours * 3600 + minutes * 60 + seconds))
}

/// A duration (RFC 5545, section 3.3.6): calendar days, and elapsed time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Lasting {
    pub days: i64,
    pub seconds: i64,
}

impl Lasting {
    /// Reads `P1DT2H`, `PT45M` or `P2W`; returns `None` for a negative one.
    pub fn read(text: &str) -> Option<Lasting> {
        let upper = text.trim().to_ascii_uppercase();
        let rest = upper.strip_prefix('+').unwrap_or(&upper).strip_prefix('P')?;
        let (days, time) = rest.split_once('T').map_or((rest, None), |(days, time)| (days, Some(time)));
        if days.is_empty() && time.is_none_or(str::is_empty) {
            return None;
        }
        let days = units(days, &[('W', 7), ('D', 1)])?;
        let seconds = units(time.unwrap_or_default(), &[('H', 3600), ('M', 60), ('S', 1)])?;
        Some(Lasting { days, seconds })
    }

    /// Returns the end of an event that begins at `start`, on the wall clock of a zone.
    pub fn end(self, start: NaiveDateTime, zone: &Zone) -> Option<NaiveDateTime> {
        let date = start.date().checked_add_days(Days::new(u64::try_from(self.days).ok()?))?;
        let end = date.and_time(start.time());
        let end = if self.seconds == 0 { end } else { later(end, zone, self.seconds.checked_mul(1000)?) };
        is_writable(end.date()).then_some(end)
    }
}

/// Sums numbers that are each followed by a unit; every unit at most once, and in order.
fn units(mut text: &str, units: &[(char, i64)]) -> Option<i64> {
    let mut sum = 0_i64;
    let mut rest = units.iter();
    while !text.is_empty() {
        let at = text.find(|c: char| !c.is_ascii_digit())?;
        let (number, tail) = text.split_at_checked(at)?;
        let mut tail = tail.chars();
        let unit = tail.next()?;
        let (_, size) = rest.find(|(name, _)| *name == unit)?;
        sum = number
            .parse::<i64>()
            .ok()
            .filter(|number| *number < 1_000_000_000)?
            .checked_mul(*size)?
            .checked_add(sum)?;
        text = tail.as_str();
    }
    Some(sum)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A text, and its expected kind and time.
    const WRITTEN: &[(&str, &str)] = &[
        ("20261120", "date 2026-11-20"),
        ("20261120T090000", "local 2026-11-20T09:00:00"),
        ("20261120T090000Z", "utc 2026-11-20T09:00:00"),
        (" 20261120t090000z ", "utc 2026-11-20T09:00:00"),
        ("20261120T0900", "local 2026-11-20T09:00:00"),
        ("20261120T240000", "local 2026-11-21T00:00:00"),
        ("20261120T235960", "local 2026-11-20T23:59:59"),
        ("20261120T090000+0100", "utc 2026-11-20T08:00:00"),
        ("20261120T090000-01:30", "utc 2026-11-20T10:30:00"),
        ("2026-11-20", "date 2026-11-20"),
        ("2026-11-20T09:00:00.0000000", "local 2026-11-20T09:00:00"),
        ("2026-11-20T09:00:00+01:00", "utc 2026-11-20T08:00:00"),
        ("16010101T000000", "local 1601-01-01T00:00:00"),
        ("20240229", "date 2024-02-29"),
    ];

    #[test]
    fn dates_and_times_are_read() {
        for (text, expected) in WRITTEN {
            let told = match read(text).expect(text) {
                Written::Date(date) => format!("date {date}"),
                Written::Local(time) => format!("local {}", time.format("%Y-%m-%dT%H:%M:%S")),
                Written::Utc(time) => format!("utc {}", time.format("%Y-%m-%dT%H:%M:%S")),
            };
            assert_eq!(told, *expected, "{text}");
        }
    }

    #[test]
    fn what_is_no_time_is_none() {
        for text in [
            "",
            "T",
            "2026",
            "20261320",
            "20260229",
            "20261120T",
            "20261120T25",
            "20261120T250000",
            "20261120T090000X",
            "20261120T090000+",
            "20261120T090000+9900",
            "2026112٠",
            "20261120T09:00:00.x",
            "-20261120",
            "today",
        ] {
            // A date with an empty time counts as a date.
            let expected = if text == "20261120T" { read("20261120") } else { None };
            assert_eq!(read(text), expected, "{text}");
        }
    }

    #[test]
    fn durations_are_days_and_seconds() {
        for (text, days, seconds) in [
            ("P1D", 1, 0),
            ("P2W", 14, 0),
            ("PT1H30M", 0, 5400),
            ("P1DT2H", 1, 7200),
            ("+PT15S", 0, 15),
            ("p1w", 7, 0),
            ("PT0S", 0, 0),
            ("P1DT", 1, 0),
        ] {
            assert_eq!(Lasting::read(text), Some(Lasting { days, seconds }), "{text}");
        }
        for text in ["", "P", "PT", "1D", "-P1D", "P1H", "PT1D", "PT1M1H", "P1.5D", "PD", "P99999999999999999999D"] {
            assert_eq!(Lasting::read(text), None, "{text}");
        }
    }

    #[test]
    fn a_duration_in_hours_passes_over_a_changed_clock_and_one_in_days_does_not() {
        let zone = Zone::named("Europe/Berlin").unwrap();
        let start = NaiveDate::from_ymd_opt(2027, 3, 27).unwrap().and_hms_opt(12, 0, 0).unwrap();
        let end = |text| Lasting::read(text).unwrap().end(start, &zone).unwrap().to_string();
        assert_eq!(end("P1D"), "2027-03-28 12:00:00");
        assert_eq!(end("PT24H"), "2027-03-28 13:00:00");
    }
}
