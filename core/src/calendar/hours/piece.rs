//! A piece of working hours: an interval on weekdays or on single dates.

use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike};
use std::collections::BTreeSet;

use crate::calendar::ics::rule;
use crate::calendar::instances;
use crate::calendar::moment::{self, Written};
use crate::model::{Absence, AbsenceTimes, Interval, Occasion, TimeOfDay, Weekday};
use crate::problem::{Code, Problem};
use crate::time::written::{WEEKDAYS, read_weekday};
use crate::time::{Span, Zone};

/// An interval, and the dates on which it starts.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    pub interval: Interval,
    pub on: On,
}

/// The dates on which an interval starts.
#[derive(Debug, Clone)]
pub(super) enum On {
    Weekly(Weeks),
    Dates(BTreeSet<NaiveDate>),
}

/// Weekdays of weeks.
#[derive(Debug, Clone)]
pub(super) struct Weeks {
    pub days: Vec<Weekday>,
    pub every: u32,
    pub first: NaiveDate,
    pub last: Option<NaiveDate>,
    /// The dates on which the interval does not start.
    pub except: BTreeSet<NaiveDate>,
}

/// Returns the weekday of a date.
pub(super) fn weekday(date: NaiveDate) -> Weekday {
    let place = date.weekday().num_days_from_monday() as usize;
    Weekday::ALL.get(place).copied().unwrap_or(Weekday::Mon)
}

/// Returns a weekday as recurrence rules write it.
pub(super) fn in_rules(day: Weekday) -> &'static str {
    WEEKDAYS.get(day as usize).copied().unwrap_or_default()
}

impl Weeks {
    /// Returns `true` if the interval starts on a date, ignoring exceptions.
    pub fn covers(&self, date: NaiveDate) -> bool {
        let monday = |date: NaiveDate| date - TimeDelta::days(date.weekday().num_days_from_monday().into());
        let weeks = (monday(date) - monday(self.first)).num_days().div_euclid(7);
        self.days.contains(&weekday(date))
            && self.first <= date
            && self.last.is_none_or(|last| date <= last)
            && weeks.rem_euclid(i64::from(self.every)) == 0
    }

    /// Returns the first date, from a given one on, on which the interval starts.
    pub fn first_from(&self, date: NaiveDate) -> Option<NaiveDate> {
        let from = date.max(self.first);
        from.iter_days().take(7 * (self.every as usize + 1)).find(|date| self.covers(*date))
    }
}

/// Returns `true` if an interval goes on past midnight.
pub(super) fn spills(interval: &Interval) -> bool {
    interval.end <= interval.start && interval.end.minutes() > 0
}

/// Returns the part of an interval before midnight.
pub(super) fn before_midnight(interval: &Interval) -> Interval {
    Interval {
        start: interval.start,
        end: TimeOfDay::from_minutes(24 * 60).unwrap_or(interval.end),
        extensions: Default::default(),
    }
}

fn unfit(message: &str) -> Problem {
    Problem::new(Code::InvalidRecurrence, format!("{message}; working hours cannot say that"))
}

/// Splits the times at which an agent is available into pieces, on the wall clock of the agent's zone.
pub(super) fn of(available: &Absence, zone: &Zone) -> Result<Vec<Piece>, Problem> {
    if available.time_zone.as_ref().is_some_and(|own| !own.has_same_clock(zone) && available.repeat.is_some()) {
        return Err(unfit("it repeats on the wall clock of another time zone"));
    }
    let own = available.time_zone.as_ref().unwrap_or(zone);
    let here = |time: NaiveDateTime| {
        if own.has_same_clock(zone) { time } else { moment::wall(zone, own.resolve(time.into())) }
    };
    let (start, end) = match available.times {
        AbsenceTimes::Moments { start, end } => (here(start), here(end)),
        AbsenceTimes::Days { first_day, last_day } => {
            (first_day.and_time(NaiveTime::MIN), last_day.and_time(NaiveTime::MIN) + TimeDelta::days(1))
        }
    };
    if start.second() != 0 || end.second() != 0 {
        return Err(unfit("it has seconds"));
    }
    let also: Vec<NaiveDateTime> = available
        .also
        .iter()
        .map(|occasion| match occasion {
            Occasion::Date(date) => date.and_time(start.time()),
            Occasion::Moment(time) => here(*time),
        })
        .collect();
    let excepted = |at: NaiveDateTime| {
        available.except.iter().any(|except| match except {
            Occasion::Date(date) => *date == at.date(),
            Occasion::Moment(time) => here(*time) == at,
        })
    };
    let mut pieces = Vec::new();
    let itself = [start].into_iter().filter(|_| available.repeat.is_none());
    for at in itself.chain(also).filter(|at| !excepted(*at)) {
        pieces.extend(single(at, at + (end - start)));
    }
    if available.repeat.is_some() {
        pieces.extend(repeated(available, start, end, zone)?);
    }
    Ok(pieces.into_iter().filter_map(writable).collect())
}

/// Returns what a document can hold of a piece: the dates up to the year 9999.
fn writable(piece: Piece) -> Option<Piece> {
    let on = match piece.on {
        On::Dates(mut dates) => {
            dates.retain(|date| moment::is_writable(*date));
            On::Dates(dates)
        }
        On::Weekly(mut weeks) => {
            weeks.except.retain(|date| moment::is_writable(*date));
            // After the year 9999 there is nothing to end.
            weeks.last = weeks.last.filter(|last| moment::is_writable(*last));
            On::Weekly(weeks)
        }
    };
    let begins = match &on {
        On::Dates(dates) => !dates.is_empty(),
        On::Weekly(weeks) => moment::is_writable(weeks.first),
    };
    begins.then_some(Piece { on, ..piece })
}

/// Splits a span of time into one interval for each date.
fn single(start: NaiveDateTime, end: NaiveDateTime) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut from = start;
    // A span longer than a day is cut at each midnight.
    while end - from > TimeDelta::days(1) && pieces.len() < 400 {
        let midnight = from.date().and_time(NaiveTime::MIN) + TimeDelta::days(1);
        pieces.extend(piece(from, midnight));
        from = midnight;
    }
    pieces.extend(piece(from, end));
    pieces
}

fn piece(start: NaiveDateTime, end: NaiveDateTime) -> Option<Piece> {
    Some(Piece { interval: interval(start, end)?, on: On::Dates([start.date()].into()) })
}

/// Returns the interval of a day for a span of at most 24 hours.
fn interval(start: NaiveDateTime, end: NaiveDateTime) -> Option<Interval> {
    let minutes = |time: NaiveDateTime| u16::try_from(time.hour() * 60 + time.minute()).ok();
    let length = (end - start).num_minutes();
    if !(1..=24 * 60).contains(&length) {
        return None;
    }
    let ends_at_midnight = end.time() == NaiveTime::MIN;
    let end = if ends_at_midnight { 24 * 60 } else { minutes(end)? };
    Some(Interval {
        start: TimeOfDay::from_minutes(minutes(start)?)?,
        end: TimeOfDay::from_minutes(end)?,
        extensions: Default::default(),
    })
}

/// Returns the pieces of a rule: weeks if it repeats by weekdays, otherwise single dates.
fn repeated(available: &Absence, start: NaiveDateTime, end: NaiveDateTime, zone: &Zone) -> Result<Vec<Piece>, Problem> {
    let interval = interval(start, end).ok_or_else(|| unfit("it repeats and is longer than a day"))?;
    let on = match weeks(available, start, zone) {
        Some(weeks) => weeks.into_iter().map(On::Weekly).collect(),
        None => vec![On::Dates(dates(available, start, zone)?)],
    };
    Ok(on.into_iter().map(|on| Piece { interval: interval.clone(), on }).collect())
}

/// Returns the weeks of a rule that repeats by weekdays. They are several if its weeks do not begin on Monday, as ours do.
fn weeks(available: &Absence, start: NaiveDateTime, zone: &Zone) -> Option<Vec<Weeks>> {
    let rule = available.repeat.as_ref()?.as_str();
    let part = |name| rule::part(rule, name);
    let others = ["BYMONTH", "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYSETPOS", "BYHOUR", "BYMINUTE", "BYSECOND"];
    let frequency = part("FREQ")?.to_ascii_uppercase();
    let every: u32 = part("INTERVAL").map_or(Some(1), |text| text.parse().ok())?;
    if others.into_iter().any(|name| part(name).is_some()) || !(1..=520).contains(&every) {
        return None;
    }
    let listed = part("BYDAY").map(|days| days.split(',').map(weekday_of_rule).collect::<Option<Vec<_>>>());
    let days = match (frequency.as_str(), listed) {
        (_, Some(listed)) => listed?,
        ("WEEKLY", None) => vec![weekday(start.date())],
        _ => Weekday::ALL.to_vec(),
    };
    let is_weekly = match frequency.as_str() {
        "WEEKLY" => true,
        "DAILY" => every == 1,
        _ => false,
    };
    let week_start = part("WKST").map_or(Some(Weekday::Mon), weekday_of_rule)?;
    let last = match (part("UNTIL"), part("COUNT")) {
        (Some(until), _) => Some(last_by(until, start, zone)?),
        (None, Some(_)) => Some(dates(available, start, zone).ok()?.last().copied()?),
        (None, None) => None,
    };
    let mut weeks = Weeks { days, every, first: start.date(), last, except: BTreeSet::new() };
    for occasion in &available.except {
        match occasion {
            Occasion::Date(date) => weeks.except.insert(*date),
            Occasion::Moment(time) => time.time() == start.time() && weeks.except.insert(time.date()),
        };
    }
    is_weekly.then(|| by_mondays(weeks, week_start))
}

/// Turns weeks that begin on another weekday into weeks that begin on Monday, one for each group of weekdays that falls into
/// the same week.
fn by_mondays(weeks: Weeks, week_start: Weekday) -> Vec<Weeks> {
    if weeks.every == 1 || week_start == Weekday::Mon {
        return vec![weeks];
    }
    let monday = |date: NaiveDate| date - TimeDelta::days(date.weekday().num_days_from_monday().into());
    let begins = |date: &NaiveDate| weekday(*date) == week_start;
    let Some(begin) = weeks.first.iter_days().rev().take(7).find(begins) else { return vec![weeks] };
    let every = i64::from(weeks.every);
    let mut groups: Vec<(i64, Weeks)> = Vec::new();
    for day in &weeks.days {
        let Some(in_first) = begin.iter_days().take(7).find(|date| weekday(*date) == *day) else { continue };
        let phase = ((monday(in_first) - monday(begin)).num_days() / 7).rem_euclid(every);
        match groups.iter_mut().find(|(its, _)| *its == phase) {
            Some((_, group)) => group.days.push(*day),
            None => groups.push((phase, Weeks { days: vec![*day], ..weeks.clone() })),
        }
    }
    // Each group begins in one of its own weeks, but not before the first.
    let placed = groups.into_iter().filter_map(|(phase, group)| {
        let origin = monday(begin) + TimeDelta::days(7 * phase);
        let counted = Weeks { first: origin, last: None, ..group.clone() };
        Some(Weeks { first: counted.first_from(weeks.first)?, ..group })
    });
    placed.filter(|group| group.last.is_none_or(|last| group.first <= last)).collect()
}

fn weekday_of_rule(text: &str) -> Option<Weekday> {
    Weekday::ALL.get(read_weekday(text)?).copied()
}

/// Returns the last date on which an instance may start, from the `UNTIL` of a rule.
fn last_by(until: &str, start: NaiveDateTime, zone: &Zone) -> Option<NaiveDate> {
    let until = match moment::read(until)? {
        Written::Date(date) => return Some(date),
        Written::Local(time) => time,
        Written::Utc(time) => moment::wall(zone, time.and_utc().timestamp_millis()),
    };
    if until.time() >= start.time() { Some(until.date()) } else { until.date().pred_opt() }
}

/// Returns the dates of a rule that ends within the limit.
fn dates(available: &Absence, start: NaiveDateTime, zone: &Zone) -> Result<BTreeSet<NaiveDate>, Problem> {
    const MOST: usize = 1000;
    let end = start + TimeDelta::days(366 * 20);
    let found = instances::by_rule(available, zone, Span::new(start, end)).unwrap_or_default();
    let is_bounded = ["COUNT", "UNTIL"]
        .iter()
        .any(|name| available.repeat.as_ref().is_some_and(|repeat| rule::part(repeat.as_str(), name).is_some()));
    if !is_bounded || found.len() > MOST || found.iter().any(|time| time.time() != start.time()) {
        return Err(unfit("it repeats in another way than week by week"));
    }
    let is_left = |time: &NaiveDateTime| {
        !available.except.contains(&Occasion::Moment(*time)) && !available.except.contains(&Occasion::Date(time.date()))
    };
    Ok(found.into_iter().filter(is_left).map(|time| time.date()).collect())
}
