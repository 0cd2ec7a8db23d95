//! Hours as they are written: weekly, and of single dates.

use std::fmt;

use chrono::NaiveDate;
use serde::{Serialize, Serializer};

use super::attributes::Extensions;
use crate::problem::{Code, Problem, vocabulary};
use crate::read::{Node, Reader};
use crate::time::weekly::{Repeat, Shift, Weekly};

vocabulary! {
    /// A day of the week, written `mon` to `sun`.
    pub enum Weekday {
        /// Monday.
        Mon = "mon",
        /// Tuesday.
        Tue = "tue",
        /// Wednesday.
        Wed = "wed",
        /// Thursday.
        Thu = "thu",
        /// Friday.
        Fri = "fri",
        /// Saturday.
        Sat = "sat",
        /// Sunday.
        Sun = "sun",
    }
}

/// A time on the wall clock in minutes from midnight, written `09:00`; `24:00` is the midnight that ends the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TimeOfDay(u16);

impl TimeOfDay {
    /// Returns the time of day a number of minutes after midnight: at most 1440, which is `24:00`.
    pub fn from_minutes(minutes: u16) -> Option<TimeOfDay> {
        (minutes <= 24 * 60).then_some(TimeOfDay(minutes))
    }

    /// Returns the minutes from midnight, from 0 to 1440.
    pub fn minutes(self) -> u16 {
        self.0
    }
}

impl fmt::Display for TimeOfDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.0 / 60, self.0 % 60)
    }
}

impl Serialize for TimeOfDay {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// A span between two times of day; an end that is not after the start lies on the next day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Interval {
    /// The start, at most `23:59`.
    #[cfg_attr(feature = "schema", schemars(with = "crate::schema::StartOfDay"))]
    pub start: TimeOfDay,
    /// The end.
    pub end: TimeOfDay,
    /// Keys that begin with `x-`; those of weekly hours are theirs.
    #[serde(flatten)]
    pub extensions: Extensions,
}

impl Interval {
    fn shift(&self) -> Shift {
        Shift::new(self.start.0, self.end.0)
    }
}

/// Hours that repeat weekly on some weekdays, by the wall clock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(transform = crate::schema::weeks_are_counted))]
pub struct WeeklyHours {
    /// The weekdays on which the interval starts.
    #[cfg_attr(feature = "schema", schemars(length(min = 1)))]
    pub days: Vec<Weekday>,
    /// The start and the end.
    #[serde(flatten)]
    pub interval: Interval,
    /// The number of weeks from one to the next, counted from the week of `first_day`; every week when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(range(min = 1, max = 520)))]
    pub every: Option<u32>,
    /// The first date on which it may start.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<crate::schema::Date>"))]
    pub first_day: Option<NaiveDate>,
    /// The last date on which it may start.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<crate::schema::Date>"))]
    pub last_day: Option<NaiveDate>,
    /// Keys that begin with `x-`.
    #[serde(flatten)]
    pub extensions: Extensions,
}

impl WeeklyHours {
    /// Compiles a list of weekly hours.
    pub(crate) fn compile(hours: &[WeeklyHours]) -> Weekly {
        Weekly::new(hours.iter().flat_map(|hours| {
            let repeat = Repeat {
                every: hours.every.unwrap_or(1),
                first: hours.first_day.map(Into::into),
                last: hours.last_day.map(Into::into),
            };
            hours.days.iter().map(move |day| (*day as usize, hours.interval.shift(), repeat))
        }))
    }

    /// Reads a list, or null where there is to be none.
    #[cfg(feature = "routing")]
    pub(crate) fn read_list_or_null(r: &mut Reader<'_>, node: &Node) -> Option<Option<Vec<WeeklyHours>>> {
        if *node == Node::Null { Some(None) } else { WeeklyHours::read_list(r, node).map(Some) }
    }

    pub(crate) fn read_list(r: &mut Reader<'_>, node: &Node) -> Option<Vec<WeeklyHours>> {
        r.list(node, Self::read)
    }

    fn read(r: &mut Reader<'_>, node: &Node) -> Option<WeeklyHours> {
        const MOST_WEEKS: i64 = 520;
        let mut fields = r.object(node)?;
        let days = r.required(&mut fields, "days", read_days);
        let interval = read_interval(r, &mut fields);
        let every = r.optional(&mut fields, "every", |r, node| r.integer(node, 1, MOST_WEEKS));
        let first_day = r.optional(&mut fields, "first_day", Reader::date);
        let last_day = r.optional(&mut fields, "last_day", Reader::date);
        check_order(r, first_day, last_day);
        if every.is_some_and(|every| every > 1) && !fields.has("first_day") {
            r.report(
                Problem::new(Code::MissingKey, "\"every\" needs a \"first_day\" to count the weeks from")
                    .with_hint("add \"first_day\", a date in a week in which the hours apply"),
            );
        }
        let extensions = r.finish(fields);
        let every = every.and_then(|every| u32::try_from(every).ok());
        Some(WeeklyHours { days: days?, interval: interval?, every, first_day, last_day, extensions })
    }
}

fn read_days(r: &mut Reader<'_>, node: &Node) -> Option<Vec<Weekday>> {
    let days = r.list(node, Reader::word)?;
    if node.elements().is_empty() {
        return r.fail(Code::InvalidValue, "name at least one weekday");
    }
    Some(days)
}

fn read_interval(r: &mut Reader<'_>, fields: &mut crate::read::Fields<'_>) -> Option<Interval> {
    let start = r.required(fields, "start", |r, node| match r.time_of_day(node)? {
        1440 => r.fail(Code::InvalidTime, "an interval starts at 23:59 at the latest; 24:00 is an end"),
        minutes => Some(TimeOfDay(minutes)),
    });
    let end = r.required(fields, "end", |r, node| r.time_of_day(node).map(TimeOfDay));
    Some(Interval { start: start?, end: end?, extensions: Extensions::default() })
}

/// Reports a first day that is after the last.
pub(super) fn check_order(r: &mut Reader<'_>, first: Option<NaiveDate>, last: Option<NaiveDate>) {
    if let (Some(first), Some(last)) = (first, last)
        && first > last
    {
        let problem = Problem::new(Code::Conflict, format!("first_day {first} is after last_day {last}"));
        r.report(problem.with_hint("write the earlier one as \"first_day\""));
    }
}

/// The hours of one date, which replace its weekly hours.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DateHours {
    /// The date, in the zone of the agent.
    #[cfg_attr(feature = "schema", schemars(with = "crate::schema::Date"))]
    pub date: NaiveDate,
    /// The hours of the date; an empty list means away.
    pub hours: Vec<Interval>,
    /// Keys that begin with `x-`.
    #[serde(flatten)]
    pub extensions: Extensions,
}

impl DateHours {
    pub(crate) fn shifts(&self) -> Vec<Shift> {
        let mut shifts: Vec<Shift> = self.hours.iter().map(Interval::shift).collect();
        shifts.sort_unstable();
        shifts
    }

    pub(crate) fn read_list(r: &mut Reader<'_>, node: &Node) -> Option<Vec<DateHours>> {
        let dates = r.list(node, Self::read)?;
        r.unique(node, "date", "an entry for");
        Some(dates)
    }

    fn read(r: &mut Reader<'_>, node: &Node) -> Option<DateHours> {
        let mut fields = r.object(node)?;
        let date = r.required(&mut fields, "date", Reader::date);
        let hours = r.required(&mut fields, "hours", |r, node| {
            r.list(node, |r, node| {
                let mut fields = r.object(node)?;
                let interval = read_interval(r, &mut fields);
                let extensions = r.finish(fields);
                Some(Interval { extensions, ..interval? })
            })
        });
        let extensions = r.finish(fields);
        Some(DateHours { date: date?, hours: hours?, extensions })
    }
}
