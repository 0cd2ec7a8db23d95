//! Splits a series that changes from one of its instances on (`RANGE=THISANDFUTURE`, RFC 5545, section 3.2.13) into
//! consecutive series.

use chrono::{NaiveDateTime, NaiveTime, TimeDelta};

use super::event::Event;
use super::ics::rule;
use super::moment::{self, When, Written};
use super::notes::{Notes, Skipped};
use super::{ReadOptions, series};
use crate::model::{Absence, Occasion};
use crate::problem::{Code, Problem};
use crate::time::written::{WEEKDAYS, basic_date, basic_moment, read_weekday};
use crate::time::{Recurrence, Zone};

/// The largest number of parts of a series.
const MOST_PARTS: usize = 100;

/// A part of a series.
pub(crate) struct Part {
    pub absence: Absence,
    /// The first instance of the whole series that belongs to this part.
    from: NaiveDateTime,
    /// The shift of its instances against those of the whole series.
    shift: TimeDelta,
}

impl Part {
    /// Returns the instance of this part that replaces an instance of the whole series.
    pub fn shifted(&self, instance: Occasion) -> Occasion {
        match instance {
            Occasion::Date(date) => Occasion::Date(date + self.shift),
            Occasion::Moment(time) => Occasion::Moment(time + self.shift),
        }
    }
}

/// Returns the index of the part that an instance belongs to.
pub(crate) fn place_of(parts: &[Part], instance: &When, home: &Zone) -> usize {
    let is_after = |part: &Part| part.from <= moment_of(series::as_in(instance, &part.absence, home));
    parts.iter().rposition(is_after).unwrap_or_default()
}

fn moment_of(occasion: Occasion) -> NaiveDateTime {
    match occasion {
        Occasion::Date(date) => date.and_time(NaiveTime::MIN),
        Occasion::Moment(time) => time,
    }
}

/// Splits a series at the events that replace all later instances, which are ordered by time.
pub(crate) fn into_series(
    whole: Absence,
    master: &Event,
    later: &[Event],
    options: &ReadOptions,
    notes: &mut Notes,
) -> Vec<Part> {
    let mut parts = vec![Part { absence: whole, from: NaiveDateTime::MIN, shift: TimeDelta::zero() }];
    for event in later {
        let number = parts.len();
        let Some(last) = parts.last_mut() else { break };
        if number > MOST_PARTS {
            let message = format!("the series goes on differently more than {MOST_PARTS} times");
            event.left_out("RECURRENCE-ID", Problem::new(Code::OutOfRange, message), notes);
            continue;
        }
        let split = Split { event, master, options };
        match split.split(last) {
            Ok(Some(part)) => parts.push(part),
            Ok(None) => {
                let why = options.away.judge(&event.claim).err();
                notes.skipped.extend(why.map(|why| Skipped {
                    uid: event.uid.clone(),
                    summary: event.claim.summary.clone(),
                    why,
                }));
            }
            Err(problem) => event.left_out("RECURRENCE-ID", problem, notes),
        }
    }
    parts
}

struct Split<'a> {
    event: &'a Event,
    master: &'a Event,
    options: &'a ReadOptions,
}

impl Split<'_> {
    /// Ends a series before an instance; returns the series that continues from there, if it is an absence.
    fn split(&self, last: &mut Part) -> Result<Option<Part>, Problem> {
        let home = &self.options.zone;
        let instead_of = self.event.instead_of.as_ref().ok_or_else(unsupported)?;
        let whole = &last.absence;
        let at = last.shifted(series::as_in(&instead_of.start, whole, home));
        let rule = whole.repeat.as_ref().ok_or_else(unsupported)?;
        let goes_on = match self.options.away.judge(&self.event.claim) {
            Ok(()) => Some(self.rest(whole, rule, at)?),
            Err(_) => None,
        };
        let from = moment_of(series::as_in(&instead_of.start, whole, home));
        end_before(&mut last.absence, at)?;
        Ok(goes_on.map(|(absence, shift)| Part { absence, from, shift: shift + last.shift }))
    }

    /// Returns the series that continues, and its shift.
    fn rest(&self, whole: &Absence, rule: &Recurrence, at: Occasion) -> Result<(Absence, TimeDelta), Problem> {
        let home = &self.options.zone;
        let mut rest = series::absence(self.event, home).map_err(|unfit| match unfit {
            series::Unfit::Wrong(_, problem) => problem,
            series::Unfit::NoTime => unsupported(),
        })?;
        let first = series::first(&rest);
        if std::mem::discriminant(&first) != std::mem::discriminant(&at) {
            return Err(unsupported());
        }
        let shift = moment_of(first) - moment_of(at);
        let left = count_left(whole, rule, at, home)?;
        rest.repeat = match self.event.repeats.first() {
            Some(own) => Some(own.clone()),
            None => Some(Recurrence::parse(&shifted(rule.as_str(), at, first, left)?)?),
        };
        let is_later = |occasion: &&Occasion| moment_of(**occasion) >= moment_of(at);
        let moved = |occasion: &Occasion| match *occasion {
            Occasion::Date(date) => Occasion::Date(date + shift),
            Occasion::Moment(time) => Occasion::Moment(time + shift),
        };
        rest.except = whole.except.iter().filter(is_later).map(moved).collect();
        rest.also = whole.also.iter().filter(is_later).map(moved).collect();
        // Google uses the same name for the second series when it splits one.
        let mark = basic_moment(moment_of(at));
        rest.uid = self.master.uid.as_ref().map(|uid| format!("{uid}_R{mark}"));
        Ok((rest, shift))
    }
}

fn unsupported() -> Problem {
    Problem::new(Code::InvalidRecurrence, "that the series goes on differently from here on cannot be expressed")
}

/// Returns the number of instances left from one on, for a rule with a `COUNT`.
fn count_left(whole: &Absence, rule: &Recurrence, at: Occasion, home: &Zone) -> Result<Option<u64>, Problem> {
    let Some(count) = rule::part(rule.as_str(), "COUNT") else { return Ok(None) };
    let count: u64 = count.parse().map_err(|_| unsupported())?;
    let before = super::instances::count_before(whole, moment_of(at), home).ok_or_else(unsupported)?;
    count.checked_sub(before).filter(|left| *left > 0).map(Some).ok_or_else(unsupported)
}

/// Ends a rule at the last time before an instance, or on the day before.
fn end_before(whole: &mut Absence, at: Occasion) -> Result<(), Problem> {
    let rule = whole.repeat.as_ref().ok_or_else(unsupported)?;
    let until = match at {
        Occasion::Date(date) => basic_date(date - TimeDelta::days(1)),
        Occasion::Moment(time) => basic_moment(time - TimeDelta::seconds(1)),
    };
    let rule = rule::without(rule.as_str(), &["COUNT", "UNTIL"]);
    whole.repeat = Some(Recurrence::parse(&format!("{rule};UNTIL={until}"))?);
    let is_before = |occasion: &Occasion| moment_of(*occasion) < moment_of(at);
    whole.except.retain(is_before);
    whole.also.retain(is_before);
    Ok(())
}

/// Shifts a rule by as much as one of its instances is shifted. Only some rules can be moved to other days.
fn shifted(rule: &str, at: Occasion, first: Occasion, left: Option<u64>) -> Result<String, Problem> {
    let (at, first) = (moment_of(at), moment_of(first));
    let days = (first.date() - at.date()).num_days();
    let has = |name: &str| rule::part(rule, name).is_some();
    let frequency = rule::part(rule, "FREQ").unwrap_or_default().to_ascii_uppercase();
    let is_within_days = ["HOURLY", "MINUTELY", "SECONDLY"].contains(&frequency.as_str());
    if at.time() != first.time() && (is_within_days || ["BYHOUR", "BYMINUTE", "BYSECOND"].iter().any(|name| has(name)))
    {
        return Err(unsupported());
    }
    let others = ["BYMONTH", "BYWEEKNO", "BYYEARDAY", "BYMONTHDAY", "BYSETPOS"];
    let is_movable = match frequency.as_str() {
        "WEEKLY" => !others.iter().any(|name| has(name)),
        "DAILY" => !others.iter().any(|name| has(name)) && !has("BYDAY"),
        _ => false,
    };
    if days != 0 && !is_movable {
        return Err(unsupported());
    }
    let part = |part: &str| match part.split_once('=') {
        Some((name, value)) if name.eq_ignore_ascii_case("UNTIL") => {
            until_shifted(value, first - at).map(|until| format!("UNTIL={until}"))
        }
        Some((name, _)) if name.eq_ignore_ascii_case("COUNT") => left.map(|left| format!("COUNT={left}")),
        Some((name, value)) if ["BYDAY", "WKST"].iter().any(|known| name.eq_ignore_ascii_case(known)) && days != 0 => {
            let turned: Option<Vec<&str>> = value.split(',').map(|day| weekday_after(day, days)).collect();
            turned.map(|turned| format!("{name}={}", turned.join(",")))
        }
        _ => Some(part.to_owned()),
    };
    let mut parts: Vec<String> = rule.split(';').map(part).collect::<Option<_>>().ok_or_else(unsupported)?;
    if days != 0 && frequency == "WEEKLY" && !has("WKST") {
        parts.push(format!("WKST={}", weekday_after("MO", days).unwrap_or("MO")));
    }
    Ok(parts.join(";"))
}

fn until_shifted(value: &str, shift: TimeDelta) -> Option<String> {
    match moment::read(value)? {
        Written::Date(date) => Some(basic_date(date + TimeDelta::days(shift.num_days()))),
        Written::Local(time) => Some(basic_moment(time + shift)),
        Written::Utc(time) => Some(basic_moment(time + shift) + "Z"),
    }
}

/// Returns the weekday some days after another, as rules write them.
fn weekday_after(day: &str, days: i64) -> Option<&'static str> {
    let turned = (i64::try_from(read_weekday(day)?).ok()? + days).rem_euclid(7);
    WEEKDAYS.get(usize::try_from(turned).ok()?).copied()
}
