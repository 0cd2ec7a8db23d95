//! Instances of rules, on the wall clock.

use chrono::{NaiveDateTime, NaiveTime, TimeDelta};

use super::ics::rule;
use crate::model::{Absence, AbsenceTimes, Occasion};
use crate::time::{Recurrence, Span, Zone};

/// When an absence starts; its first day at midnight.
pub(crate) fn start(absence: &Absence) -> NaiveDateTime {
    match absence.times {
        AbsenceTimes::Moments { start, .. } => start,
        AbsenceTimes::Days { first_day, .. } => first_day.and_time(NaiveTime::MIN),
    }
}

/// The occurrences of the rule of an absence in a span; nothing where there is no rule, or too many of them.
pub(crate) fn by_rule(absence: &Absence, home: &Zone, span: Span<NaiveDateTime>) -> Option<Vec<NaiveDateTime>> {
    let zone = absence.time_zone.as_ref().unwrap_or(home);
    let rule = absence.repeat.as_ref()?;
    match absence.times {
        AbsenceTimes::Moments { .. } => rule.occurrences(start(absence), zone, span).ok(),
        // Of whole days, the rule has no hours.
        AbsenceTimes::Days { .. } => {
            let rule = rule::without(rule.as_str(), &["BYHOUR", "BYMINUTE", "BYSECOND"]);
            Recurrence::parse(&rule).ok()?.occurrences(start(absence), zone, span).ok()
        }
    }
}

/// How many instances the rule of an absence has before a moment, unless there are too many of them.
pub(crate) fn count_before(absence: &Absence, moment: NaiveDateTime, home: &Zone) -> Option<u64> {
    let found = by_rule(absence, home, Span::new(start(absence), moment))?;
    u64::try_from(found.len()).ok()
}

/// The first moment at which an absence is by its rule: its start, unless the rule passes over that; nothing where there is
/// none that soon.
fn first_by_rule(absence: &Absence, home: &Zone) -> Option<NaiveDateTime> {
    first_spans(absence).find_map(|span| by_rule(absence, home, span)?.first().copied())
}

/// Whether the rule of an absence never comes, for all that can be told: not where it comes too often to be looked at.
pub(crate) fn never_comes(absence: &Absence, home: &Zone) -> bool {
    first_spans(absence).all(|span| by_rule(absence, home, span).is_some_and(|found| found.is_empty()))
}

/// The spans from the start of an absence on in which its rule is looked for. Where nothing is for long, they grow.
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

/// The times of an absence from the first moment at which it is by its rule on: calendars show the start of a series whatever
/// its rule says.
pub(crate) fn aligned(absence: &Absence, home: &Zone) -> AbsenceTimes {
    match first_by_rule(absence, home) {
        Some(first) => moved_to(&absence.times, first),
        None => absence.times.clone(),
    }
}

/// The same times from another start on.
pub(crate) fn moved_to(times: &AbsenceTimes, to: NaiveDateTime) -> AbsenceTimes {
    match *times {
        AbsenceTimes::Moments { start, end } => AbsenceTimes::Moments { start: to, end: to + (end - start) },
        AbsenceTimes::Days { first_day, last_day } => {
            AbsenceTimes::Days { first_day: to.date(), last_day: to.date() + (last_day - first_day) }
        }
    }
}

/// Adds the start of a series that its own rule passes over: calendars show it all the same.
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
