//! The schedule of an agent: hours, date hours and holidays, with absences on top.

use std::sync::Arc;

use super::calendar::{Calendar, Hours};
use super::status::{Reason, Stretch};
use crate::time::{Instant, Span, Spans};

/// An absence on the time line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Absence {
    pub span: Span,
    pub note: Option<Arc<str>>,
}

/// A compiled schedule. Calendars are shared between all who have the same rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Schedule {
    calendar: Arc<Calendar>,
    /// The same calendar without holidays: its hours are "the working hours".
    hours: Arc<Calendar>,
    /// In document order.
    absences: Arc<[Absence]>,
    absent: Spans,
}

impl Schedule {
    pub fn new(calendar: Arc<Calendar>, hours: Arc<Calendar>, absences: Vec<Absence>) -> Self {
        let absent = absences.iter().map(|absence| absence.span).collect();
        Schedule { calendar, hours, absences: absences.into(), absent }
    }

    /// What is equal for all whose schedule is the same calendar; none for those with absences.
    pub fn calendar_key(&self) -> Option<*const Calendar> {
        self.absent.is_empty().then_some(Arc::as_ptr(&self.calendar))
    }

    /// The stretch around an instant. First match wins: absence, date hours, holiday, working hours.
    pub fn stretch_at(&self, at: Instant) -> Stretch {
        let base = |at| {
            let stretch = self.calendar.stretch_at(at);
            Stretch { reason: reason(stretch.hours), start: stretch.start, end: stretch.end }
        };
        if self.absent.is_empty() {
            return base(at);
        }
        match self.absent.around_or_after(at) {
            Some(absent) if absent.contains(at) => {
                Stretch { reason: Reason::OutOfOffice, start: absent.start, end: absent.end }
            }
            next => {
                let stretch = base(at);
                let stretch = next.map_or(stretch, |next| stretch.until(next.start));
                self.absent.before(at).map_or(stretch, |last| stretch.from(last.end))
            }
        }
    }

    /// The note of the absence an instant lies in; of the first in the document, where there are several.
    pub fn note_at(&self, at: Instant) -> Option<Arc<str>> {
        self.absences.iter().find(|absence| absence.span.contains(at)).and_then(|absence| absence.note.clone())
    }

    /// The earliest end of working hours or start of an absence or a holiday after an instant, or `MAX`.
    pub fn turning_point_after(&self, at: Instant) -> Instant {
        let absence = self.absences.iter().map(|absence| absence.span.start).filter(|start| *start > at).min();
        let ends = [Some(self.closing_after(at)), absence, self.holiday_after(at)];
        ends.into_iter().flatten().min().unwrap_or(Instant::MAX)
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
        let today = rules.zone.local(at).date();
        let dates = rules.holidays.range(today..).filter(|date| !rules.dates.contains_key(date));
        let starts = dates.flat_map(|date| rules.zone.starts_of(*date));
        starts.filter_map(|start| Instant::from_millis(start).ok()).find(|start| *start > at)
    }

    /// The next instant after `at` when the schedule turns from away to available, or `MAX`.
    pub fn turns_available_after(&self, at: Instant) -> Instant {
        let mut stretch = self.stretch_at(at);
        while stretch.end < Instant::MAX {
            let next = self.stretch_at(stretch.end);
            if stretch.reason.state() != next.reason.state() && next.reason.state() == super::State::Available {
                return next.start;
            }
            stretch = next;
        }
        Instant::MAX
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
