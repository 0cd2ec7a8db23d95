//! Deadlines in working days: dates that have hours, counted on the wall clock.

use serde::{Serialize, Serializer};

use super::calendar::Rules;
use super::working_time::{Piece, Steps};
use crate::problem::{Code, Problem};
use crate::read::{Node, Reader};
use crate::time::civil::{Civil, DAY, Date, MINUTE};
use crate::time::weekly::Shift;
use crate::time::{Duration, Instant, Span, Spans, Zone};

/// An amount of working time: a length of time, or working days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum WorkingTime {
    /// A length of time that counts only while somebody works.
    Time(Duration),
    /// A number of dates that have hours.
    Days(WorkingDays),
}

impl From<Duration> for WorkingTime {
    fn from(time: Duration) -> WorkingTime {
        WorkingTime::Time(time)
    }
}

impl From<WorkingDays> for WorkingTime {
    fn from(days: WorkingDays) -> WorkingTime {
        WorkingTime::Days(days)
    }
}

impl Serialize for WorkingTime {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            WorkingTime::Time(time) => time.serialize(serializer),
            WorkingTime::Days(days) => days.serialize(serializer),
        }
    }
}

impl WorkingTime {
    pub(crate) fn read(r: &mut Reader<'_>, node: &Node) -> Option<WorkingTime> {
        if !matches!(node, Node::Object(_)) {
            return r.duration(node).map(WorkingTime::Time);
        }
        let mut fields = r.object(node)?;
        let most = i64::from(WorkingDays::MOST);
        let days = r.required(&mut fields, "working_days", |r, node| r.integer(node, 1, most));
        let end_of_day = r.optional(&mut fields, "end_of_day", Reader::bool).unwrap_or_default();
        r.finish(fields);
        let days = u32::try_from(days?).ok()?;
        Some(WorkingTime::Days(WorkingDays { days, end_of_day }))
    }
}

/// A number of working days: the same time on the wall clock, so many dates with hours later or earlier.
///
/// Where that time lies outside of the hours of the date, it is moved to the nearer edge of them; with
/// [`at_end_of_day`](Self::at_end_of_day) it is always their end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub struct WorkingDays {
    #[serde(rename = "working_days")]
    days: u32,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    end_of_day: bool,
}

impl WorkingDays {
    /// The largest number: as many dates as there are from 2000 to 2200.
    const MOST: u32 = 73_049;

    /// Creates a number of working days.
    ///
    /// # Errors
    /// `out_of_range` for none, and for more than 73,049.
    pub fn new(days: u32) -> Result<WorkingDays, Problem> {
        if (1..=Self::MOST).contains(&days) {
            return Ok(WorkingDays { days, end_of_day: false });
        }
        Err(Problem::new(Code::OutOfRange, format!("working days are from 1 to {}", Self::MOST)))
    }

    /// Returns the end of the hours of the date instead of the time on the wall clock.
    #[must_use]
    pub fn at_end_of_day(self) -> WorkingDays {
        WorkingDays { end_of_day: true, ..self }
    }

    /// Returns the number.
    pub fn days(self) -> u32 {
        self.days
    }

    /// Returns `true` if the end of the hours is meant.
    pub fn is_end_of_day(self) -> bool {
        self.end_of_day
    }
}

/// The open and closed time of somebody, and the rules that give each date its hours.
pub(crate) struct Worker<'a> {
    pub rules: &'a Rules,
    pub pieces: Box<dyn Fn(Instant) -> Piece + 'a>,
}

/// The hours of dates: of one who works, on the dates of their own, or of several, on the dates of one zone.
pub(crate) enum Dates<'a> {
    Own(Worker<'a>),
    Together(&'a Zone, Vec<Worker<'a>>),
}

impl Worker<'_> {
    /// The shifts of a date as they are read off the wall clock, each in one span or, over a change of the clocks, in several.
    fn shifts_on(&self, date: Date) -> impl Iterator<Item = Vec<Span>> {
        let zone = self.rules.zone_on(date);
        self.rules.hours_of(date).into_iter().map(move |shift| on_the_clock(zone, date, shift).collect())
    }

    /// The part of a span in which the schedule is open.
    fn open_in(&self, span: Span) -> Vec<Span> {
        let (mut at, mut open) = (span.start, Vec::new());
        while at < span.end {
            let piece = (self.pieces)(at);
            let end = piece.end.min(span.end);
            if piece.open {
                open.push(Span::new(at, end));
            }
            at = end;
        }
        open
    }
}

/// Returns the spans in which a clock shows the times of a shift.
fn on_the_clock(zone: &Zone, date: Date, shift: Shift) -> impl Iterator<Item = Span> + '_ {
    let [opens, closes] = [shift.start, shift.end].map(|minute| date.midnight().0 + i64::from(minute) * MINUTE);
    // No zone is two days off UTC.
    zone.stretches(opens - 2 * DAY, closes + 2 * DAY).filter_map(move |stretch| {
        let start = stretch.start.max(opens.saturating_sub(stretch.offset));
        let end = stretch.end.min(closes.saturating_sub(stretch.offset));
        (start < end).then(|| Span::new(Instant::clamped(start), Instant::clamped(end)))
    })
}

impl Dates<'_> {
    /// The date and the time of day on the wall clock at an instant.
    fn clock(&self, at: Instant) -> (Date, i64) {
        let date = match self {
            Dates::Own(worker) => worker.rules.date_at(at),
            Dates::Together(zone, _) => zone.local(at).date(),
        };
        (date, self.zone_on(date).local(at).0.rem_euclid(DAY))
    }

    fn zone_on(&self, date: Date) -> &Zone {
        match self {
            Dates::Own(worker) => worker.rules.zone_on(date),
            Dates::Together(zone, _) => zone,
        }
    }

    /// The hours of a date. Those of several belong to the date on which their shift starts, in the common zone.
    fn hours_on(&self, date: Date) -> Spans {
        match self {
            Dates::Own(worker) => worker.shifts_on(date).flatten().flat_map(|span| worker.open_in(span)).collect(),
            Dates::Together(zone, workers) => {
                let starts_here =
                    |shift: &Vec<Span>| shift.first().is_some_and(|span| zone.local(span.start).date() == date);
                let open = |worker: &Worker<'_>| {
                    let near = (-1..=1).flat_map(|days| worker.shifts_on(date.plus(days)));
                    near.filter(starts_here).flatten().flat_map(|span| worker.open_in(span)).collect::<Vec<_>>()
                };
                workers.iter().flat_map(open).collect()
            }
        }
    }

    /// The instants around one at which anybody's schedule changes first; `None` if somebody works at it.
    fn closed_around(&self, at: Instant) -> Option<Span> {
        let all = Span::new(Instant::MIN, Instant::MAX);
        let workers = match self {
            Dates::Own(worker) => std::slice::from_ref(worker),
            Dates::Together(_, workers) => workers,
        };
        workers
            .iter()
            .map(|worker| (worker.pieces)(at))
            .try_fold(all, |all, piece| (!piece.open).then(|| all.intersection(&Span::new(piece.start, piece.end))))
    }

    /// Returns the instant on a date, whose hours there are.
    fn on(&self, date: Date, time_of_day: i64, hours: &Spans, end_of_day: bool, way: Way) -> Option<Instant> {
        if end_of_day {
            return hours.iter().last().map(|last| last.end);
        }
        let wanted = Instant::clamped(self.zone_on(date).resolve(Civil(date.midnight().0 + time_of_day)));
        if hours.around(wanted).is_some() {
            return Some(wanted);
        }
        let edges = hours.iter().flat_map(|span| [span.start, span.end]);
        // Of two that are as near, the one that comes first on the way.
        edges.min_by_key(|edge| {
            let rank = match way {
                Way::Forward => edge.millis(),
                Way::Back => -edge.millis(),
            };
            (edge.millis_since(wanted).abs(), rank)
        })
    }
}

/// The direction of a count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    Forward,
    Back,
}

/// The instant so many working days after or before another; none if there are not so many from 2000 to 2200.
///
/// # Errors
/// `time_is_up`, and those of `check`.
pub(crate) fn count(
    dates: &Dates<'_>,
    check: impl Fn(Span) -> Result<(), Problem>,
    from: Instant,
    wanted: WorkingDays,
    way: Way,
) -> Result<Option<Instant>, Problem> {
    let (mut date, time_of_day) = dates.clock(from);
    let mut left = wanted.days;
    let mut steps = Steps::default();
    while let Some(next) = next_date(dates, date, way) {
        date = next;
        let reached = Instant::clamped(date.midnight().0);
        steps.check(|| check(Span::new(from.min(reached), from.max(reached))))?;
        let hours = dates.hours_on(date);
        if hours.is_empty() {
            continue;
        }
        left -= 1;
        if left == 0 {
            let found = dates.on(date, time_of_day, &hours, wanted.end_of_day, way);
            return Ok(found.filter(|at| *at < Instant::MAX));
        }
    }
    Ok(None)
}

/// Returns the next date that may have hours, beyond a time in which nobody works; `None` if there is none.
fn next_date(dates: &Dates<'_>, date: Date, way: Way) -> Option<Date> {
    /// A shift may begin on the date before, and a zone may be a day and more off UTC.
    const MARGIN: i32 = 3;
    let step = match way {
        Way::Forward => 1,
        Way::Back => -1,
    };
    let next = date.plus(step);
    let first = Instant::clamped(next.plus(-MARGIN * step).midnight().0);
    let Some(closed) = dates.closed_around(first) else { return is_in_range(next).then_some(next) };
    let beyond = match way {
        Way::Forward if closed.end == Instant::MAX => return None,
        Way::Back if closed.start == Instant::MIN => return None,
        Way::Forward => Civil(closed.end.millis()).date().plus(-MARGIN).max(next),
        Way::Back => Civil(closed.start.millis()).date().plus(MARGIN).min(next),
    };
    is_in_range(beyond).then_some(beyond)
}

fn is_in_range(date: Date) -> bool {
    let [first, last] = [Instant::MIN, Instant::MAX].map(|at| Civil(at.millis()).date());
    (first.plus(-1)..=last.plus(1)).contains(&date)
}
