//! Instances of recurrence rules, on the wall clock.

use chrono::{NaiveDateTime, NaiveTime, TimeDelta};

use super::ics::rule;
use crate::model::{Absence, AbsenceTimes, Occasion};
use crate::time::{Recurrence, Span, Zone};

/// Returns the start of an absence; for whole days, midnight of the first day.
pub(crate) fn start(absence: &Absence) -> NaiveDateTime {
    match absence.times {
        AbsenceTimes::Moments { start, .. } => start,
        AbsenceTimes::Days { first_day, .. } => first_day.and_time(NaiveTime::MIN),
    }
}

/// Returns the instances of an absence's rule in a span; `None` if there is no rule, or too many instances.
pub(crate) fn by_rule(absence: &Absence, home: &Zone, span: Span<NaiveDateTime>) -> Option<Vec<NaiveDateTime>> {
    let zone = absence.time_zone.as_ref().unwrap_or(home);
    let rule = absence.repeat.as_ref()?;
    match absence.times {
        AbsenceTimes::Moments { .. } => rule.occurrences(start(absence), zone, span).ok(),
        // An absence of whole days has no time of day.
        AbsenceTimes::Days { .. } => {
            let rule = rule::without(rule.as_str(), &["BYHOUR", "BYMINUTE", "BYSECOND"]);
            Recurrence::parse(&rule).ok()?.occurrences(start(absence), zone, span).ok()
        }
    }
}

/// Counts the instances of an absence's rule before a time; `None` if there are too many.
pub(crate) fn count_before(absence: &Absence, moment: NaiveDateTime, home: &Zone) -> Option<u64> {
    let found = by_rule(absence, home, Span::new(start(absence), moment))?;
    u64::try_from(found.len()).ok()
}

/// Returns the first instance of an absence's rule, which may be later than its start; `None` if there is none in the spans
/// searched.
fn first_by_rule(absence: &Absence, home: &Zone) -> Option<NaiveDateTime> {
    first_spans(absence).find_map(|span| by_rule(absence, home, span)?.first().copied())
}

/// Returns `true` if the rule of an absence has no instance in the spans searched; `false` if it has too many to be
/// searched.
pub(crate) fn never_comes(absence: &Absence, home: &Zone) -> bool {
    first_spans(absence).all(|span| by_rule(absence, home, span).is_some_and(|found| found.is_empty()))
}

/// Returns the spans, each longer than the one before, in which the first instance of a rule is searched.
fn first_spans(absence: &Absence) -> impl Iterator<Item = Span<NaiveDateTime>> {
    let start = start(absence);
    let lengths = [
        TimeDelta::seconds(1),
        TimeDelta::days(40),
        TimeDelta::days(400),
        TimeDelta::days(4000),
        TimeDelta::days(40_000),
    ];
    lengths.into_iter().filter_map(move |length| Some(Span::new(start, start.checked_add_signed(length)?)))
}

/// Moves an absence to the first instance of its rule: calendars show the start of a series even if its rule passes over it.
pub(crate) fn aligned(absence: &Absence, home: &Zone) -> AbsenceTimes {
    match first_by_rule(absence, home) {
        Some(first) => moved_to(&absence.times, first),
        None => absence.times.clone(),
    }
}

/// Moves times to another start.
pub(crate) fn moved_to(times: &AbsenceTimes, to: NaiveDateTime) -> AbsenceTimes {
    match *times {
        AbsenceTimes::Moments { start, end } => AbsenceTimes::Moments { start: to, end: to + (end - start) },
        AbsenceTimes::Days { first_day, last_day } => {
            AbsenceTimes::Days { first_day: to.date(), last_day: to.date() + (last_day - first_day) }
        }
    }
}

/// Adds the start of a series as an instance if its rule passes over it: calendars show it all the same.
pub(crate) fn include_start(absence: &mut Absence, home: &Zone) {
    let start = start(absence);
    let first = by_rule(absence, home, Span::new(start, start + TimeDelta::seconds(1)));
    let itself = match absence.times {
        AbsenceTimes::Moments { start, .. } => Occasion::Moment(start),
        AbsenceTimes::Days { first_day, .. } => Occasion::Date(first_day),
    };
    if first.is_some_and(|first| first.is_empty()) && !absence.also.contains(&itself) {
        absence.also.insert(0, itself);
    }
}
