//! Instances of rules, on the wall clock.

use chrono::{NaiveDateTime, NaiveTime, TimeDelta};

use crate::model::{Absence, AbsenceTimes, Occasion};
use crate::time::{Span, Zone};

/// When an absence starts; its first day at midnight.
pub(crate) fn start(absence: &Absence) -> NaiveDateTime {
    match absence.times {
        AbsenceTimes::Moments { start, .. } => start,
        AbsenceTimes::Days { first_day, .. } => first_day.and_time(NaiveTime::MIN),
    }
}

/// How many instances the rule of an absence has before a moment, unless there are too many of them.
pub(crate) fn count_before(absence: &Absence, moment: NaiveDateTime, home: &Zone) -> Option<u64> {
    let zone = absence.time_zone.as_ref().unwrap_or(home);
    let start = start(absence);
    let found = absence.repeat.as_ref()?.occurrences(start, zone, Span::new(start, moment)).ok()?;
    u64::try_from(found.len()).ok()
}

/// Adds the start of a series that its own rule passes over: calendars show it all the same.
pub(crate) fn include_start(absence: &mut Absence, home: &Zone) {
    let start = start(absence);
    let zone = absence.time_zone.as_ref().unwrap_or(home);
    let Some(rule) = &absence.repeat else { return };
    let first = rule.occurrences(start, zone, Span::new(start, start + TimeDelta::seconds(1)));
    let is_missing = first.is_ok_and(|first| first.is_empty());
    let itself = match absence.times {
        AbsenceTimes::Moments { start, .. } => Occasion::Moment(start),
        AbsenceTimes::Days { first_day, .. } => Occasion::Date(first_day),
    };
    if is_missing && !absence.also.contains(&itself) {
        absence.also.insert(0, itself);
    }
}
