//! Instants: UTC, in milliseconds, from 2000 up to 2200.

use std::fmt;

use chrono::{DateTime, Datelike, NaiveDate, TimeZone, Utc};
use serde::de::{Error, Unexpected, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::civil::{Civil, DAY};
use super::written::read_moment;
use crate::problem::{Code, Problem, shortened};

/// A point in time: UTC with millisecond resolution, from 2000-01-01 up to 2200-01-01.
///
/// ```
/// use frontdesk::time::Instant;
///
/// let at = Instant::parse("2026-11-20T10:00:00.0009+01:00")?;
/// assert_eq!(at.to_string(), "2026-11-20T09:00:00.000Z");
/// # Ok::<(), frontdesk::Problem>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(i64);

impl Instant {
    /// 2000-01-01T00:00:00.000Z, the first instant.
    pub const MIN: Instant = Instant(946_684_800_000);
    /// 2200-01-01T00:00:00.000Z, the end of the range: a span may end here, but no instant lies here.
    pub const MAX: Instant = Instant(7_258_118_400_000);

    /// Creates an instant from milliseconds since 1970-01-01T00:00:00Z.
    ///
    /// # Errors
    /// `out_of_range` before 2000 or from 2200 on.
    pub fn from_millis(millis: i64) -> Result<Self, Problem> {
        Instant(millis).in_range()
    }

    /// Reads RFC 3339 text. Digits finer than a millisecond are dropped.
    ///
    /// # Errors
    /// `missing_offset` for a time without an offset, `invalid_time` for other text, `out_of_range` outside 2000–2199.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        Self::parse_unbounded(text)?.in_range()
    }

    /// Reads RFC 3339 text as [`parse`](Self::parse) does, for the end of a span: 2200-01-01T00:00:00Z is accepted as well.
    ///
    /// # Errors
    /// As [`parse`](Self::parse).
    pub fn parse_end(text: &str) -> Result<Self, Problem> {
        let end = Self::parse_unbounded(text)?;
        if end == Self::MAX { Ok(end) } else { end.in_range() }
    }

    fn parse_unbounded(text: &str) -> Result<Self, Problem> {
        if let Some(millis) = read_moment(text) {
            return Ok(Instant(millis));
        }
        Err(match completed(text) {
            Some(wall) => Problem::new(Code::MissingOffset, format!("{text:?} has no offset, so it is not an instant"))
                .with_hint(format!("end it with Z or an offset, as in {wall}Z or {wall}+01:00")),
            None => Problem::new(Code::InvalidTime, format!("{:?} is not an instant", shortened(text)))
                .with_hint("write RFC 3339, as in 2026-11-20T09:00:00Z"),
        })
    }

    /// Returns it as text, digit by digit: much of what a desk writes is instants, and the formatting of `std` takes longer.
    fn written(self) -> [u8; 24] {
        const UNITS: [i64; 4] = [3_600_000, 60_000, 1_000, 1];
        let date = NaiveDate::from(Civil(self.0).date());
        let of_day = self.0.rem_euclid(DAY);
        let [hour, minute, second, millis] = UNITS.map(|unit| of_day / unit);
        let [year, month, day] = [i64::from(date.year()), i64::from(date.month()), i64::from(date.day())];
        let numbers = [
            (0..4, year),
            (5..7, month),
            (8..10, day),
            (11..13, hour),
            (14..16, minute % 60),
            (17..19, second % 60),
            (20..23, millis % 1_000),
        ];
        let mut text = *b"0000-00-00T00:00:00.000Z";
        for (place, mut number) in numbers {
            for digit in text.get_mut(place).into_iter().flatten().rev() {
                *digit = b'0' + (number % 10) as u8;
                number /= 10;
            }
        }
        text
    }

    fn in_range(self) -> Result<Self, Problem> {
        if (Self::MIN..Self::MAX).contains(&self) {
            Ok(self)
        } else {
            Err(Problem::new(Code::OutOfRange, "the instant lies outside 2000-01-01 up to 2200-01-01"))
        }
    }

    /// Returns the milliseconds since 1970-01-01T00:00:00Z.
    pub const fn millis(self) -> i64 {
        self.0
    }

    /// Returns the instant some milliseconds later (earlier if negative), clamped to the supported range.
    #[must_use]
    pub const fn saturating_add(self, millis: i64) -> Self {
        Self::clamped(self.0.saturating_add(millis))
    }

    /// Returns the instant for milliseconds since 1970-01-01T00:00:00Z, clamped to the supported range.
    #[must_use]
    pub(crate) const fn clamped(millis: i64) -> Self {
        if millis < Self::MIN.0 {
            Self::MIN
        } else if millis > Self::MAX.0 {
            Self::MAX
        } else {
            Instant(millis)
        }
    }

    /// Returns the milliseconds from `earlier` to this instant; negative if `earlier` is the later one.
    pub const fn millis_since(self, earlier: Instant) -> i64 {
        self.0 - earlier.0
    }
}

fn floor_millis<Tz: TimeZone>(time: &DateTime<Tz>) -> i64 {
    time.timestamp().saturating_mul(1000).saturating_add(i64::from(time.timestamp_subsec_nanos() / 1_000_000))
}

/// Returns a date and time without an offset in full, with its seconds.
fn completed(text: &str) -> Option<String> {
    let whole = [text.to_owned(), format!("{text}:00")];
    whole.into_iter().filter(|it| it.len() < 40 && it.is_ascii()).find(|it| read_moment(&format!("{it}Z")).is_some())
}

impl fmt::Display for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(str::from_utf8(&self.written()).unwrap_or_default())
    }
}

impl Serialize for Instant {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(str::from_utf8(&self.written()).unwrap_or_default())
    }
}

impl<'de> Deserialize<'de> for Instant {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(InstantVisitor)
    }
}

struct InstantVisitor;

impl Visitor<'_> for InstantVisitor {
    type Value = Instant;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an instant from 2000 up to 2200 as RFC 3339, such as 2026-11-20T09:00:00Z")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Instant, E> {
        Instant::parse_end(text).map_err(|_| E::invalid_value(Unexpected::Str(text), &self))
    }
}

impl From<Instant> for DateTime<Utc> {
    fn from(at: Instant) -> Self {
        DateTime::from_timestamp_millis(at.0).unwrap_or_default()
    }
}

impl<Tz: TimeZone> TryFrom<DateTime<Tz>> for Instant {
    type Error = Problem;

    fn try_from(time: DateTime<Tz>) -> Result<Self, Problem> {
        Instant(floor_millis(&time)).in_range()
    }
}
