//! The schedule of an agent: hours, date hours and holidays, with absences on top.

use std::sync::Arc;

use super::absent::Absent;
use super::calendar::{Calendar, Hours, Rules};
use super::recurring::Recurring;
use super::status::{Reason, State, Stretch};
use crate::problem::{Code, Problem};
use crate::time::{Instant, Span};

/// An absence on the time line.
#[derive(Debug, Clone)]
pub(crate) struct Absence {
    pub when: When,
    pub note: Option<Arc<str>>,
}

/// The times of an absence.
#[derive(Debug, Clone)]
pub(crate) enum When {
    Once(Span),
    Again(Arc<Recurring>),
}

impl Absence {
    fn contains(&self, at: Instant) -> bool {
        match &self.when {
            When::Once(span) => span.contains(at),
            When::Again(recurring) => recurring.contains(at),
        }
    }

    /// Its first start after an instant and before a limit.
    fn start_between(&self, after: Instant, limit: Instant) -> Option<Instant> {
        match &self.when {
            When::Once(span) => Some(span.start).filter(|start| *start > after && *start < limit && !span.is_empty()),
            When::Again(recurring) => recurring.start_between(after, limit),
        }
    }
}

/// The most occurrences of an agent's repeated absences that one question may have.
pub(crate) const MOST_OCCURRENCES: usize = 100_000;

/// A compiled schedule. Calendars, and absences, are shared between all who have the same.
#[derive(Debug, Clone)]
pub(crate) struct Schedule {
    calendar: Arc<Calendar>,
    /// The calendar without holidays, whose hours are the working hours.
    hours: Arc<Calendar>,
    /// The absences, in document order.
    absences: Arc<[Absence]>,
    /// The union of the absences; `None` if there are none.
    absent: Option<Arc<Absent>>,
    has_notes: bool,
}

impl Schedule {
    pub fn new(calendar: Arc<Calendar>, hours: Arc<Calendar>, absences: Vec<Absence>, absent: Arc<Absent>) -> Self {
        let absent = Some(absent).filter(|absent| !absent.is_empty());
        let has_notes = absences.iter().any(|absence| absence.note.is_some());
        Schedule { calendar, hours, absences: absences.into(), absent, has_notes }
    }

    /// The rules of its hours, dates and holidays.
    pub fn rules(&self) -> &Rules {
        self.calendar.rules()
    }

    /// Returns a key that agents with the same calendar and absences share; `None` for an agent who shares them with nobody.
    pub fn shared_key(&self) -> Option<(*const Calendar, *const Absent)> {
        // The compiler holds one reference.
        let is_shared = self.absent.as_ref().is_none_or(|absent| Arc::strong_count(absent) > 2);
        let absent = self.absent.as_ref().map_or(std::ptr::null(), Arc::as_ptr);
        is_shared.then_some((Arc::as_ptr(&self.calendar), absent))
    }

    /// The stretch around an instant. First match wins: absence, date hours, holiday, working hours.
    pub fn stretch_at(&self, at: Instant) -> Stretch {
        let base = |at| {
            let stretch = self.calendar.stretch_at(at);
            Stretch { reason: reason(stretch.hours), start: stretch.start, end: stretch.end }
        };
        let Some(absences) = &self.absent else { return base(at) };
        if let Some(absent) = absences.around(at) {
            return Stretch { reason: Reason::OutOfOffice, start: absent.start, end: absent.end };
        }
        let stretch = base(at);
        let there = absences.between(at, Span::new(stretch.start, stretch.end));
        Stretch { start: there.start, end: there.end, ..stretch }
    }

    /// The note of the absence an instant lies in; of the first in the document, where there are several.
    pub fn note_at(&self, at: Instant) -> Option<Arc<str>> {
        let mut absences = self.absences.iter().filter(|_| self.has_notes);
        absences.find(|absence| absence.contains(at)).and_then(|absence| absence.note.clone())
    }

    /// The problem of a span with more occurrences of repeated absences than one question may have.
    pub fn check(&self, span: Span) -> Result<(), Problem> {
        const MOST: usize = MOST_OCCURRENCES;
        if self.absent.as_ref().is_none_or(|absent| absent.count(span, MOST) <= MOST) {
            return Ok(());
        }
        let message =
            format!("repeated absences have more than {MOST} occurrences from {} to {}", span.start, span.end);
        Err(Problem::new(Code::TooManyOccurrences, message).with_hint("ask about a shorter span"))
    }

    /// The earliest end of working hours or start of an absence or a holiday after an instant, or `MAX`.
    pub fn turning_point_after(&self, at: Instant) -> Instant {
        let closing = self.closing_after(at);
        let earliest = self.holiday_after(at).map_or(closing, |holiday| holiday.min(closing));
        self.absences.iter().fold(earliest, |earliest, absence| absence.start_between(at, earliest).unwrap_or(earliest))
    }

    /// Returns the first instant from `at` on at which the schedule says available, or `MAX`.
    ///
    /// Absences are searched only where the calendar is open, however many there are.
    pub fn next_available(&self, at: Instant) -> Instant {
        let mut from = at;
        while from < Instant::MAX {
            let stretch = self.calendar.stretch_at(from);
            let absent = self.absent.as_ref().and_then(|absent| absent.around(from));
            let back = absent.map_or(from, |absent| absent.end);
            if stretch.hours.is_open() && back < stretch.end {
                return back;
            }
            from = stretch.end.max(back);
        }
        Instant::MAX
    }

    fn closing_after(&self, at: Instant) -> Instant {
        let mut stretch = self.hours.stretch_at(at);
        let mut was_open = stretch.hours.is_open();
        while stretch.end < Instant::MAX {
            stretch = self.hours.stretch_at(stretch.end);
            if was_open && !stretch.hours.is_open() {
                return stretch.start;
            }
            was_open = stretch.hours.is_open();
        }
        Instant::MAX
    }

    fn holiday_after(&self, at: Instant) -> Option<Instant> {
        let rules = self.calendar.rules();
        let today = rules.date_at(at);
        let first = rules.holidays.partition_point(|date| *date < today);
        let dates = rules.holidays.iter().skip(first).filter(|date| rules.shifts_on(**date).is_none());
        let starts = dates.flat_map(|date| rules.zone_on(*date).starts_of(*date));
        let starts = starts.filter_map(|start| Instant::from_millis(start).ok()).filter(|start| *start > at);
        // In travel, a date may begin before the one before it.
        starts.take(3).min()
    }

    /// The next instant after `at` when the schedule turns from away to available, or `MAX`.
    pub fn turns_available_after(&self, at: Instant) -> Instant {
        let mut stretch = self.stretch_at(at);
        while stretch.reason.state() == State::Available && stretch.end < Instant::MAX {
            stretch = self.stretch_at(stretch.end);
        }
        if stretch.reason.state() == State::Available {
            Instant::MAX
        } else {
            self.next_available(stretch.start.max(at))
        }
    }
}

fn reason(hours: Hours) -> Reason {
    match hours {
        Hours::Outside => Reason::OutsideWorkingHours,
        Hours::Working => Reason::WorkingHours,
        Hours::AlwaysOn => Reason::AlwaysOn,
        Hours::Holiday => Reason::Holiday,
    }
}
