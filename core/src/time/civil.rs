//! Civil time: what a calendar and a clock on the wall show, without a zone.

use chrono::{Datelike, NaiveDate, NaiveDateTime};

/// Milliseconds in a day of the wall clock.
pub(crate) const DAY: i64 = 86_400_000;
/// Milliseconds in a minute.
pub(crate) const MINUTE: i64 = 60_000;

/// A calendar date, counted in days from 1970-01-01.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Date(pub i32);

impl Date {
    /// The weekday, Monday being 0.
    pub fn weekday(self) -> usize {
        // 1970-01-01 was a Thursday.
        (self.0 + 3).rem_euclid(7) as usize
    }

    /// The Monday of this date's week (RFC 5545, WKST=MO).
    pub fn monday(self) -> Date {
        Date(self.0 - self.weekday() as i32)
    }

    /// Its first moment on the wall clock.
    pub fn midnight(self) -> Civil {
        Civil(i64::from(self.0) * DAY)
    }

    /// The date that many days later.
    pub fn plus(self, days: i32) -> Date {
        Date(self.0.saturating_add(days))
    }
}

impl From<NaiveDate> for Date {
    fn from(date: NaiveDate) -> Self {
        // Day 1 of the common era is 719,163 days before 1970-01-01.
        Date(date.num_days_from_ce() - 719_163)
    }
}

/// A moment on the wall clock: milliseconds from 1970-01-01T00:00 as the wall shows them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Civil(pub i64);

impl Civil {
    /// The calendar date it lies on.
    pub fn date(self) -> Date {
        Date(self.0.div_euclid(DAY) as i32)
    }
}

impl From<NaiveDateTime> for Civil {
    fn from(time: NaiveDateTime) -> Self {
        Civil(time.and_utc().timestamp_millis())
    }
}
