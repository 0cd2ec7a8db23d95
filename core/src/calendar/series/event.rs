//! One event as an absence.

use chrono::{Days, NaiveTime, TimeDelta};

use super::occasion::{as_in, date, dedup, excepted, first, is_moment};
use crate::calendar::event::{Ending, Event};
use crate::calendar::ics::rule;
use crate::calendar::instances;
use crate::calendar::moment::{self, When};
use crate::calendar::uid;
use crate::model::{Absence, AbsenceTimes, Occasion};
use crate::problem::{Code, Problem};
use crate::time::Zone;

/// The reason why an event cannot be an absence.
pub(crate) enum Unfit {
    NoTime,
    Wrong(&'static str, Problem),
}

/// Returns an absence with everything that the instances of an event share. It may take no time.
pub(super) fn frame(event: &Event, home: &Zone) -> Absence {
    let times = match event.start {
        When::Date(first_day) => AbsenceTimes::Days { first_day, last_day: first_day },
        When::Wall(start, _) => AbsenceTimes::Moments { start, end: start },
    };
    let mut absence = Absence::new(times);
    absence.time_zone = time_zone(event, home);
    absence.note.clone_from(&event.note);
    let uid = event.ours.uid.as_ref().or(event.uid.as_ref());
    absence.uid = uid.filter(|uid| !uid::is_ours(uid)).cloned();
    absence.sequence = event.sequence;
    absence.extensions.clone_from(&event.ours.keys);
    absence
}

/// Returns the absences of an event, one for each of its rules, and remarks on odd rules.
pub(super) fn wholes(event: &Event, home: &Zone) -> Result<(Vec<Absence>, Vec<Problem>), Unfit> {
    let mut oddities = Vec::new();
    let mut rules = Vec::new();
    for rule in &event.repeats {
        oddities.extend(rule.unlikely());
        let rule = match event.start {
            When::Date(_) => rule::of_whole_days(rule).map_err(|problem| Unfit::Wrong("RRULE", problem))?,
            When::Wall(..) => rule.clone(),
        };
        rules.push(rule);
    }
    let whole = absence(&Event { repeats: rules.iter().take(1).cloned().collect(), ..event.clone() }, home)?;
    let mut wholes = vec![whole];
    for rule in rules.into_iter().skip(1) {
        let Some(whole) = wholes.first() else { break };
        let further = Absence { repeat: Some(rule), also: Vec::new(), ..whole.clone() };
        if !instances::never_comes(&further, home) {
            wholes.push(further);
        }
    }
    Ok((wholes, oddities))
}

/// Returns the absence of a single event, with its first rule.
pub(crate) fn absence(event: &Event, home: &Zone) -> Result<Absence, Unfit> {
    let (times, time_zone) = match times(&event.start, &event.ending, home) {
        Ok(times) => (times, time_zone(event, home)),
        // An event in the hour that is repeated when clocks go back may take no time on the wall clock, but does in UTC.
        Err(unfit) => match in_utc(event, home).filter(|_| event.repeats.is_empty() && event.also.is_empty()) {
            Some(times) => (times, Some(Zone::utc())),
            None => return Err(unfit),
        },
    };
    let mut absence = Absence { times, time_zone, ..frame(event, home) };
    absence.repeat = event.repeats.first().cloned();
    absence.also = event.also.iter().map(|(when, _)| as_in(when, &absence, home)).collect();
    let except = event.except.iter().map(|when| excepted(when, &absence, home));
    absence.except = except.collect();
    dedup(&mut absence.except);
    dedup(&mut absence.also);
    let is_writable = |occasion: &Occasion| moment::is_writable(date(occasion));
    absence.except.retain(is_writable);
    absence.also.retain(is_writable);
    if absence.repeat.is_none() && absence.also.is_empty() && !absence.except.is_empty() {
        // The only instance to leave out is the absence itself.
        let itself = first(&absence);
        absence
            .except
            .retain(|occasion| *occasion == itself || date(occasion) == date(&itself) && !is_moment(occasion));
        absence.except.truncate(1);
        if let Some(except) = absence.except.first_mut() {
            *except = itself;
        }
    }
    with_start(&mut absence, event, home);
    Ok(absence)
}

/// Adds the start as an instance if the rule passes over it. If our writer moved the start to the first instance, moves it back
/// instead.
fn with_start(absence: &mut Absence, event: &Event, home: &Zone) {
    if let Some(start) = event.ours.start {
        let original = Absence { times: instances::moved_to(&absence.times, start), ..absence.clone() };
        if instances::aligned(&original, home) == absence.times {
            *absence = original;
            return;
        }
    }
    instances::include_start(absence, home);
}

/// Returns the length on the wall clock.
pub(super) fn length(times: &AbsenceTimes) -> TimeDelta {
    match times {
        AbsenceTimes::Moments { start, end } => *end - *start,
        AbsenceTimes::Days { first_day, last_day } => *last_day - *first_day + TimeDelta::days(1),
    }
}

/// Returns the zone that the absence names. An absence that our writer wrote without a zone gets none, while the agent's zone is
/// still the same.
fn time_zone(event: &Event, home: &Zone) -> Option<Zone> {
    match &event.start {
        When::Wall(_, Some(zone)) if event.ours.has_no_zone && zone.has_same_clock(home) => None,
        When::Wall(_, zone) => zone.clone(),
        When::Date(_) => event.ours.time_zone.clone(),
    }
}

/// Returns the times of an event on the clock of UTC, if it takes time there.
fn in_utc(event: &Event, home: &Zone) -> Option<AbsenceTimes> {
    let When::Wall(start, zone) = &event.start else { return None };
    let zone = zone.as_ref().unwrap_or(home);
    let start = moment::wall(&Zone::utc(), zone.resolve((*start).into()));
    let end = match &event.ending {
        Ending::At(end) => end.in_zone(&Zone::utc(), home),
        Ending::After(lasting) => lasting.end(start, &Zone::utc())?,
        Ending::Unsaid => start,
    };
    (start < end).then_some(AbsenceTimes::Moments { start, end })
}

/// Returns the times of an event on the clock of its zone.
pub(super) fn times(start: &When, ending: &Ending, home: &Zone) -> Result<AbsenceTimes, Unfit> {
    let wrong = |property, code, message: &str| Err(Unfit::Wrong(property, Problem::new(code, message)));
    match start {
        When::Date(first_day) => {
            let last_day = match ending {
                Ending::At(When::Date(end)) if end <= first_day => Some(*end),
                Ending::At(When::Date(end)) => end.pred_opt(),
                // The last day counts if any of it is taken.
                Ending::At(end @ When::Wall(..)) => {
                    let end = end.in_zone(end.zone().unwrap_or(home), home);
                    let is_over = end <= first_day.and_time(NaiveTime::MIN);
                    let last = if is_over { Some(end) } else { end.checked_sub_signed(TimeDelta::seconds(1)) };
                    last.map(|last| last.date())
                }
                Ending::After(lasting) => {
                    let days = lasting.days + lasting.seconds.div_euclid(86_400);
                    first_day.checked_add_days(Days::new(u64::try_from(days.max(1) - 1).unwrap_or_default()))
                }
                Ending::Unsaid => Some(*first_day),
            };
            match last_day {
                Some(last_day) if last_day < *first_day => {
                    wrong("DTEND", Code::Conflict, "the event ends before it starts")
                }
                Some(last_day) if moment::is_writable(last_day) && moment::is_writable(*first_day) => {
                    Ok(AbsenceTimes::Days { first_day: *first_day, last_day })
                }
                _ => wrong("DTSTART", Code::OutOfRange, "the event lies outside the years 0 to 9999"),
            }
        }
        When::Wall(start, zone) => {
            let zone = zone.as_ref().unwrap_or(home);
            let end = match ending {
                Ending::At(end) => Some(end.in_zone(zone, home)),
                Ending::After(lasting) => lasting.end(*start, zone),
                Ending::Unsaid => Some(*start),
            };
            match end {
                Some(end) if end == *start => Err(Unfit::NoTime),
                Some(end) if end < *start => wrong("DTEND", Code::Conflict, "the event ends before it starts"),
                Some(end) if moment::is_writable(end.date()) && moment::is_writable(start.date()) => {
                    Ok(AbsenceTimes::Moments { start: *start, end })
                }
                _ => wrong("DTSTART", Code::OutOfRange, "the event lies outside the years 0 to 9999"),
            }
        }
    }
}
