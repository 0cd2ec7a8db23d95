//! Occasions: the instances that a series adds, leaves out or replaces.

use chrono::{NaiveDate, NaiveTime};
use serde_json::Value;
use std::collections::BTreeSet;

use crate::calendar::moment::When;
use crate::model::{Absence, AbsenceTimes, Occasion};
use crate::read::Node;
use crate::time::Zone;

/// Returns the occasion that an exception leaves out: an instance by its start, or all instances of a date.
pub(super) fn excepted(when: &When, absence: &Absence, home: &Zone) -> Occasion {
    match when {
        When::Date(date) => Occasion::Date(*date),
        When::Wall(..) => as_in(when, absence, home),
    }
}

/// Returns the occasion at which an instance of an absence starts.
pub(crate) fn as_in(when: &When, absence: &Absence, home: &Zone) -> Occasion {
    let zone = absence.time_zone.as_ref().unwrap_or(home);
    match (&absence.times, when) {
        (AbsenceTimes::Days { .. }, When::Wall(time, own)) => {
            // Some programs write a date as midnight UTC.
            let is_midnight = time.time() == NaiveTime::MIN;
            let time = if is_midnight || own.is_none() { *time } else { when.in_zone(zone, home) };
            Occasion::Date(time.date())
        }
        (AbsenceTimes::Days { .. }, When::Date(date)) => Occasion::Date(*date),
        (AbsenceTimes::Moments { start, .. }, When::Date(date)) => Occasion::Moment(date.and_time(start.time())),
        (AbsenceTimes::Moments { .. }, When::Wall(..)) => Occasion::Moment(when.in_zone(zone, home)),
    }
}

/// Returns the occasion at which an absence itself starts.
pub(crate) fn first(absence: &Absence) -> Occasion {
    match absence.times {
        AbsenceTimes::Moments { start, .. } => Occasion::Moment(start),
        AbsenceTimes::Days { first_day, .. } => Occasion::Date(first_day),
    }
}

pub(super) fn is_moment(occasion: &Occasion) -> bool {
    matches!(occasion, Occasion::Moment(_))
}

pub(super) fn date(occasion: &Occasion) -> NaiveDate {
    match occasion {
        Occasion::Date(date) => *date,
        Occasion::Moment(time) => time.date(),
    }
}

/// Returns an occasion as it is written in a document.
pub(super) fn text(occasion: Occasion) -> Value {
    Value::from(&Node::of(&occasion))
}

/// Removes duplicates, keeping the order.
pub(super) fn dedup(occasions: &mut Vec<Occasion>) {
    let mut seen = BTreeSet::new();
    occasions.retain(|occasion| seen.insert(*occasion));
}

/// Leaves instances out of an absence.
pub(super) fn leave_out(absence: &mut Absence, occasions: BTreeSet<Occasion>) {
    let known: BTreeSet<Occasion> = absence.except.iter().copied().collect();
    absence.except.extend(occasions.into_iter().filter(|occasion| !known.contains(occasion)));
    absence.except.sort_unstable();
}
