//! Civil time: the date and time of day that a calendar and a wall clock show, without a zone.

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime};

/// Milliseconds in a day of the wall clock.
pub(crate) const DAY: i64 = 86_400_000;
/// Milliseconds in a minute.
pub(crate) const MINUTE: i64 = 60_000;

/// A calendar date, counted in days from 1970-01-01.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Date(pub i32);

impl Date {
    /// Returns the weekday, Monday being 0.
    pub fn weekday(self) -> usize {
        // 1970-01-01 was a Thursday.
        (self.0 + 3).rem_euclid(7) as usize
    }

    /// Returns the Monday of this date's week (RFC 5545, `WKST=MO`).
    pub fn monday(self) -> Date {
        Date(self.0 - self.weekday() as i32)
    }

    /// Returns midnight at the start of the date.
    pub fn midnight(self) -> Civil {
        Civil(i64::from(self.0) * DAY)
    }

    /// Returns New Year's Day of a year.
    #[cfg(feature = "recurrence")]
    pub fn first_of(year: i32) -> Date {
        NaiveDate::from_yo_opt(year, 1).map_or(Date(i32::MAX), Date::from)
    }

    /// Returns the first day of a month; month 13 is January of the next year.
    #[cfg(all(feature = "recurrence", any(test, target_arch = "wasm32")))]
    pub fn first_of_month(year: i32, month: u32) -> Date {
        NaiveDate::from_ymd_opt(year, month, 1).map_or(Date::first_of(year + 1), Date::from)
    }

    /// Returns the year.
    #[cfg(feature = "recurrence")]
    pub fn year(self) -> i32 {
        NaiveDate::from(self).year()
    }

    /// Returns the year, the month (1 to 12) and the day of the month.
    #[cfg(feature = "recurrence")]
    pub fn parts(self) -> (i32, u32, u32) {
        let date = NaiveDate::from(self);
        (date.year(), date.month(), date.day())
    }

    /// Returns the date some days later.
    pub fn plus(self, days: i32) -> Date {
        Date(self.0.saturating_add(days))
    }
}

/// The number of days from day 1 of the common era to 1970-01-01.
const BEFORE_1970: i32 = 719_163;

impl From<NaiveDate> for Date {
    fn from(date: NaiveDate) -> Self {
        Date(date.num_days_from_ce() - BEFORE_1970)
    }
}

impl From<Date> for NaiveDate {
    fn from(date: Date) -> Self {
        NaiveDate::from_num_days_from_ce_opt(date.0.saturating_add(BEFORE_1970)).unwrap_or_default()
    }
}

/// A date and time of day on the wall clock, in milliseconds since 1970-01-01T00:00 on the same clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Civil(pub i64);

impl Civil {
    /// Returns the date.
    pub fn date(self) -> Date {
        Date(self.0.div_euclid(DAY) as i32)
    }
}

impl From<Civil> for NaiveDateTime {
    fn from(civil: Civil) -> Self {
        DateTime::from_timestamp_millis(civil.0).unwrap_or_default().naive_utc()
    }
}

impl From<NaiveDateTime> for Civil {
    fn from(time: NaiveDateTime) -> Self {
        Civil(time.and_utc().timestamp_millis())
    }
}
