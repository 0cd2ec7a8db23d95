//! Absences: times out of office, single or repeated.

use std::ops::ControlFlow;

use chrono::{NaiveDate, NaiveDateTime};
use serde::{Serialize, Serializer};

use super::attributes::Extensions;
use super::hours::check_order;
use crate::problem::{Code, Problem};
use crate::read::{Fields, Node, Reader, Segment};
use crate::time::civil::{Civil, Date};
use crate::time::recurrence::{Almanac, Pattern};
use crate::time::{Instant, Recurrence, Zone};

/// A time out of office. It takes precedence over everything except a manual status.
///
/// A repeated absence keeps its start and its end on the wall clock. Its instances are those of the rule, which counts from
/// `start` or `first_day`, and those of `also`, without those of `except`. The rule alone decides whether the absence itself
/// is an instance; without a rule it is the first.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Absence {
    /// The start and the end on the wall clock; of a repeated absence those of the first instance, from which the rule counts.
    #[serde(flatten)]
    pub times: AbsenceTimes,
    /// The rule of repetition, an `RRULE` of RFC 5545 that names at most 100 times a day. Feature `recurrence`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repeat: Option<Recurrence>,
    /// The instances to leave out (`EXDATE`): the one that starts at a moment, or those that start on a date.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub except: Vec<Occasion>,
    /// The starts of further instances (`RDATE`), as long as the first: moments on the wall clock, or dates for whole days.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<Occasion>,
    /// A note for others, such as "On leave".
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// The zone of its times; the agent's when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time_zone: Option<Zone>,
    /// Its id in the calendar it comes from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub uid: Option<String>,
    /// The revision of the entry in the calendar (`SEQUENCE`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sequence: Option<u32>,
    /// Keys that begin with `x-`.
    #[serde(flatten)]
    pub extensions: Extensions,
}

/// The times of an absence.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(untagged)]
pub enum AbsenceTimes {
    /// A time between two moments on the wall clock.
    Moments {
        /// Its first moment.
        #[serde(serialize_with = "write_date_time")]
        start: NaiveDateTime,
        /// The first moment after it.
        #[serde(serialize_with = "write_date_time")]
        end: NaiveDateTime,
    },
    /// Whole days.
    Days {
        /// The first day off.
        first_day: NaiveDate,
        /// The last day off.
        last_day: NaiveDate,
    },
}

/// A date, or a moment on the wall clock, at which an instance starts or is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(untagged)]
#[non_exhaustive]
pub enum Occasion {
    /// A date, written `2026-12-04`.
    Date(NaiveDate),
    /// A moment, written `2026-12-04T14:00`.
    Moment(#[serde(serialize_with = "write_date_time")] NaiveDateTime),
}

fn write_date_time<S: Serializer>(time: &NaiveDateTime, serializer: S) -> Result<S::Ok, S::Error> {
    use chrono::Timelike;
    let (date, hour, minute) = (time.date(), time.hour(), time.minute());
    match time.second() {
        0 => serializer.collect_str(&format_args!("{date:?}T{hour:02}:{minute:02}")),
        second => serializer.collect_str(&format_args!("{date:?}T{hour:02}:{minute:02}:{second:02}")),
    }
}

impl Absence {
    /// Creates a single absence with its times alone.
    pub fn new(times: AbsenceTimes) -> Absence {
        Absence {
            times,
            repeat: None,
            except: Vec::new(),
            also: Vec::new(),
            note: None,
            time_zone: None,
            uid: None,
            sequence: None,
            extensions: Extensions::default(),
        }
    }

    /// Returns `true` if it may happen more than once, or never.
    pub fn is_repeated(&self) -> bool {
        self.repeat.is_some() || !self.also.is_empty() || !self.except.is_empty()
    }

    /// Reads the absences of an agent.
    pub(crate) fn read_list(r: &mut Reader<'_>, node: &Node) -> Option<Vec<Absence>> {
        let absences = r.list(node, Self::read)?;
        if let Some((_, problem)) = too_many_together(&absences).next() {
            r.report(problem);
        }
        Some(absences)
    }

    fn read(r: &mut Reader<'_>, node: &Node) -> Option<Absence> {
        let mut fields = r.object(node)?;
        let times = read_times(r, &mut fields);
        let repeat = r.optional(&mut fields, "repeat", Reader::recurrence);
        let except = read_occasions(r, &mut fields, "except", times.as_ref().map(may_except));
        let also = read_occasions(r, &mut fields, "also", times.as_ref().map(may_add));
        if cfg!(feature = "recurrence") && fields.has("except") && !fields.has("repeat") && !fields.has("also") {
            r.report(Problem::new(Code::MissingKey, "\"except\" needs a \"repeat\" or an \"also\" to except from"));
        }
        let note = r.optional(&mut fields, "note", Reader::string);
        let time_zone = r.optional(&mut fields, "time_zone", Reader::zone);
        let uid = r.optional(&mut fields, "uid", Reader::string);
        let sequence = r.optional(&mut fields, "sequence", |r, node| r.integer(node, 0, i32::MAX.into()));
        if let (Some(times), Some(repeat)) = (&times, &repeat) {
            r.under(Segment::known("repeat"), |r| check_repeat(r, times, repeat));
        }
        let extensions = r.finish(fields);
        let sequence = sequence.and_then(|sequence| u32::try_from(sequence).ok());
        Some(Absence { times: times?, repeat, except, also, note, time_zone, uid, sequence, extensions })
    }
}

/// The kinds of occasion that fit an absence, and how to write them.
type Fitting = (fn(&Occasion) -> bool, &'static str);

fn may_except(times: &AbsenceTimes) -> Fitting {
    match times {
        AbsenceTimes::Moments { .. } => (|_| true, ""),
        AbsenceTimes::Days { .. } => may_add(times),
    }
}

fn may_add(times: &AbsenceTimes) -> Fitting {
    match times {
        AbsenceTimes::Moments { .. } => {
            (|occasion| matches!(occasion, Occasion::Moment(_)), "the absence has times, so say when: 2026-12-04T14:00")
        }
        AbsenceTimes::Days { .. } => (
            |occasion| matches!(occasion, Occasion::Date(_)),
            "the absence is of whole days, so name a date: 2026-12-04",
        ),
    }
}

#[cfg(feature = "recurrence")]
fn read_occasions(
    r: &mut Reader<'_>,
    fields: &mut Fields<'_>,
    key: &'static str,
    fitting: Option<Fitting>,
) -> Vec<Occasion> {
    r.list_or_empty(fields, key, |r, node| {
        let occasion = read_occasion(r, node)?;
        match fitting {
            Some((fits, hint)) if !fits(&occasion) => {
                r.report(Problem::new(Code::Conflict, "this does not fit the times of the absence").with_hint(hint));
                None
            }
            _ => Some(occasion),
        }
    })
}

#[cfg(not(feature = "recurrence"))]
fn read_occasions(r: &mut Reader<'_>, fields: &mut Fields<'_>, key: &'static str, _: Option<Fitting>) -> Vec<Occasion> {
    r.optional(fields, key, |r, _| {
        r.report(crate::time::recurrence::unsupported());
        None
    })
    .unwrap_or_default()
}

/// The largest number of repeated absences of an agent.
const MOST_REPEATED: usize = 1_000;

/// The largest number of absences of an agent that start on a date, and of times a day that a rule names.
///
/// This bounds the status changes of a day to those of an agent with a break every quarter of an hour, so that no accepted
/// document makes the desk slow, or a command fail.
const MOST_A_DAY: u8 = 100;

/// Finds the absences, by index, that exceed the limits on repeated absences or on starts on a date, given the accepted ones
/// before them.
///
/// The problems are `too_many_occurrences`.
pub(crate) fn too_many_together<'a>(absences: &'a [Absence]) -> Box<dyn Iterator<Item = (usize, Problem)> + 'a> {
    let repeated = absences.iter().filter(|absence| absence.is_repeated()).count();
    if repeated > MOST_REPEATED {
        let message = format!("{repeated} absences repeat; an agent has at most {MOST_REPEATED} of these");
        let hint = "leave out those that are over, or join those that are alike";
        let problem = Problem::new(Code::TooManyOccurrences, message).with_hint(hint);
        let places = absences.iter().enumerate().filter(|(_, absence)| absence.is_repeated()).skip(MOST_REPEATED);
        return Box::new(places.map(move |(place, _)| (place, problem.clone())));
    }
    Box::new(crowding(absences).map(|(place, date)| {
        let message =
            format!("more than {MOST_A_DAY} absences of the agent start on {date:?}, which is the most for a day");
        let hint = "join those that follow each other, or have them repeat less often";
        (place, Problem::new(Code::TooManyOccurrences, message).with_hint(hint))
    }))
}

/// Finds the absences, by index, that start on a date which has reached the limit; instances that are left out count.
fn crowding(absences: &[Absence]) -> impl Iterator<Item = (usize, NaiveDate)> {
    let most_a_day = |absence: &Absence| {
        let by_rule = absence.repeat.as_ref().map_or(1, most_times_a_day);
        by_rule.saturating_add(absence.also.len() as u64)
    };
    let is_dense = |repeat: &Recurrence| most_times_a_day(repeat) > u64::from(MOST_A_DAY);
    let together = absences.iter().fold(0_u64, |most, absence| most.saturating_add(most_a_day(absence)));
    // A rule that alone exceeds the limit has been reported, and most documents need no check of dates.
    let is_reported = absences.iter().filter_map(|it| it.repeat.as_ref()).any(is_dense);
    let is_in_doubt = !is_reported && together > u64::from(MOST_A_DAY);
    let mut starts = is_in_doubt.then(Starts::default);
    let places = absences.iter().enumerate();
    places.filter_map(move |(place, absence)| Some((place, starts.as_mut()?.add(absence)?)))
}

/// The number of absences that start on each date, for dates near instants.
struct Starts {
    first: Date,
    last: Date,
    counts: Vec<u32>,
    almanac: Almanac,
}

impl Default for Starts {
    fn default() -> Self {
        let (first, last) = (Civil(Instant::MIN.millis()).date().plus(-3), Civil(Instant::MAX.millis()).date().plus(3));
        let counts = vec![0; usize::try_from(last.0 - first.0).unwrap_or_default()];
        Starts { first, last, counts, almanac: Almanac::default() }
    }
}

impl Starts {
    /// Counts an absence; or returns the first date without room for it, and takes the count back.
    fn add(&mut self, absence: &Absence) -> Option<NaiveDate> {
        let (mut crowded, mut visited) = (None, 0_usize);
        self.visit(absence, |count, date, times| {
            *count = count.saturating_add(times);
            visited += 1;
            if *count <= u32::from(MOST_A_DAY) {
                return ControlFlow::Continue(());
            }
            crowded = Some(date);
            ControlFlow::Break(())
        });
        if crowded.is_some() {
            self.visit(absence, |count, _, times| {
                *count = count.saturating_sub(times);
                visited -= 1;
                if visited > 0 { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
            });
        }
        crowded.map(NaiveDate::from)
    }

    /// Visits the number of starts on each date of an absence, until `change` breaks off.
    fn visit(&mut self, absence: &Absence, mut change: impl FnMut(&mut u32, Date, u32) -> ControlFlow<()>) {
        let Starts { first, last, counts, almanac } = self;
        let _ = absence.try_dates(*first, *last, almanac, |date, times| {
            let place = usize::try_from(date.0 - first.0).ok().and_then(|place| counts.get_mut(place));
            place.map_or(ControlFlow::Continue(()), |count| {
                change(count, date, u32::try_from(times).unwrap_or(u32::MAX))
            })
        });
    }
}

impl Absence {
    /// Visits the dates between two on which it starts, with the number of starts, until `visit` breaks off.
    fn try_dates(
        &self,
        first: Date,
        last: Date,
        almanac: &mut Almanac,
        mut visit: impl FnMut(Date, usize) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        let start: Civil = match self.times {
            AbsenceTimes::Moments { start, .. } => start.into(),
            AbsenceTimes::Days { first_day, .. } => Date::from(first_day).midnight(),
        };
        match &self.repeat {
            None => visit(start.date(), 1)?,
            Some(repeat) => {
                let pattern = match self.times {
                    AbsenceTimes::Moments { .. } => Pattern::new(repeat, start, almanac),
                    AbsenceTimes::Days { .. } => Pattern::of_whole_days(repeat, start.date(), almanac),
                };
                pattern.try_days(first, last, &mut |day| visit(day.date, day.moments().count()))?;
            }
        }
        for occasion in &self.also {
            let date = match occasion {
                Occasion::Date(date) => Date::from(*date),
                Occasion::Moment(moment) => Civil::from(*moment).date(),
            };
            visit(date, 1)?;
        }
        ControlFlow::Continue(())
    }
}

/// Returns the largest number of times that a rule may name on a day.
#[cfg(feature = "recurrence")]
fn most_times_a_day(repeat: &Recurrence) -> u64 {
    repeat.rule().most_a_day()
}

#[cfg(not(feature = "recurrence"))]
fn most_times_a_day(repeat: &Recurrence) -> u64 {
    match *repeat.rule() {}
}

/// Reports a rule that does not fit the times, or has more instances a day, or at a time, than can be answered.
#[cfg(feature = "recurrence")]
fn check_repeat(r: &mut Reader<'_>, times: &AbsenceTimes, repeat: &Recurrence) {
    const MOST_AT_A_TIME: u64 = 100_000;
    let rule = repeat.rule();
    let days = match times {
        AbsenceTimes::Moments { start, end } => (*end - *start).num_days() + 1,
        AbsenceTimes::Days { first_day, last_day } => (*last_day - *first_day).num_days() + 1,
    };
    if matches!(times, AbsenceTimes::Days { .. }) && rule.frequency.is_within_days() {
        let problem = Problem::new(Code::Conflict, "an absence of whole days repeats by days, weeks, months or years");
        return r.report(problem.with_hint("give it a \"start\" and an \"end\""));
    }
    let a_day = most_times_a_day(repeat);
    if matches!(times, AbsenceTimes::Moments { .. }) && a_day > u64::from(MOST_A_DAY) {
        let message = format!("the rule may name {a_day} times a day, of which {MOST_A_DAY} are the most");
        let hint = "give it a longer interval, or one absence that goes on";
        r.report(Problem::new(Code::TooManyOccurrences, message).with_hint(hint));
    } else if a_day.saturating_mul(days.unsigned_abs()) > MOST_AT_A_TIME {
        let message = format!("the absence may have more than {MOST_AT_A_TIME} instances at the same time");
        let hint = "make it shorter than what it is repeated by, or one absence that goes on";
        r.report(Problem::new(Code::TooManyOccurrences, message).with_hint(hint));
    }
}

#[cfg(not(feature = "recurrence"))]
fn check_repeat(_: &mut Reader<'_>, _: &AbsenceTimes, _: &Recurrence) {}

fn read_times(r: &mut Reader<'_>, fields: &mut Fields<'_>) -> Option<AbsenceTimes> {
    let by_days = fields.has("first_day") || fields.has("last_day");
    let by_moments = fields.has("start") || fields.has("end");
    if by_days && by_moments {
        r.report(
            Problem::new(Code::Conflict, "an absence has either start and end, or first_day and last_day")
                .with_hint("keep one pair of them"),
        );
    }
    if by_days {
        let first_day = r.required(fields, "first_day", Reader::date);
        let last_day = r.required(fields, "last_day", Reader::date);
        // Known, though in conflict.
        r.optional(fields, "start", Reader::date_time);
        r.optional(fields, "end", Reader::date_time);
        check_order(r, first_day, last_day);
        return Some(AbsenceTimes::Days { first_day: first_day?, last_day: last_day? });
    }
    let start = r.required(fields, "start", Reader::date_time);
    let end = r.required(fields, "end", Reader::date_time);
    if let (Some(start), Some(end)) = (start, end)
        && start >= end
    {
        let when = if start == end { "when" } else { "before" };
        let problem = Problem::new(Code::Conflict, format!("the absence ends {when} it starts"));
        r.report(
            problem
                .with_hint("give it an \"end\" after its \"start\", or whole days as \"first_day\" and \"last_day\""),
        );
    }
    Some(AbsenceTimes::Moments { start: start?, end: end? })
}

/// A date, or a date and time on the wall clock.
#[cfg(feature = "recurrence")]
fn read_occasion(r: &mut Reader<'_>, node: &Node) -> Option<Occasion> {
    match r.text(node)?.contains('T') {
        true => r.date_time(node).map(Occasion::Moment),
        false => r.date(node).map(Occasion::Date),
    }
}
