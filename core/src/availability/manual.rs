//! The manual status, which takes precedence over the schedule.

use std::sync::Arc;

use super::schedule::Schedule;
use super::status::{Reason, State, Stretch};
use crate::deadline::NowAndThen;
use crate::model::{Id, OwnStatus, Settings};
use crate::time::Instant;

/// A status set by hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Manual {
    pub reason: Reason,
    /// The instant at which it was set.
    pub set_at: Instant,
    /// The instant since which it holds; earlier than `set_at` if it replaced one with the same reason.
    pub from: Instant,
    /// The end; `MAX` if there is none.
    pub until: Instant,
    /// The `set_available` status that holds again at the end of a temporary away.
    pub then: Option<Box<Manual>>,
    /// The status of the document, if it is one of these.
    pub status: Option<Id>,
    pub by: Option<Id>,
    pub note: Option<Arc<str>>,
}

impl Manual {
    /// Returns the status in force at an instant: this one, or the one that it replaced for a while.
    pub fn in_force(&self, at: Instant) -> Option<&Manual> {
        if at < self.until { Some(self) } else { self.then.as_deref().filter(|then| at < then.until) }
    }

    /// Returns the `set_available` status that a temporary away at `at` replaces, to hold again after it.
    pub fn available_beneath(&self, at: Instant) -> Option<Box<Manual>> {
        let own = || Some(Box::new(self.clone()));
        let beneath = if self.reason == Reason::SetAvailable { own() } else { self.then.clone() };
        beneath.filter(|available| at < available.until)
    }

    /// Returns `true` if it is, or will be, a status of the document.
    #[cfg(feature = "routing")]
    pub fn has_status(&self, id: &Id, at: Instant) -> bool {
        let is_it = |manual: &Manual| at < manual.until && manual.status.as_ref() == Some(id);
        is_it(self) || self.then.as_deref().is_some_and(is_it)
    }

    /// Returns the status of the document that goes with a reason.
    #[cfg(feature = "routing")]
    pub fn status_for(&self, reason: Reason) -> Option<&Id> {
        let told = [Some(self), self.then.as_deref()].into_iter().flatten().find(|it| it.reason == reason);
        told.and_then(|it| it.status.as_ref())
    }

    /// Returns the status after an event with another reason from an instant on; `None` if the status has this reason anyway.
    pub fn ended(&self, at: Instant, reason: Reason) -> Option<Manual> {
        let in_force = self.in_force(at).filter(|_| reason != Reason::Deactivated)?;
        let then = || self.then.clone().filter(|then| then.reason == reason);
        (in_force.reason != reason).then(|| Manual { until: self.until.min(at), then: then(), ..self.clone() })
    }

    /// Returns `true` for an away set by another agent, or by the desk for missed offers.
    pub fn is_away_by_other(&self, agent: &Id) -> bool {
        let by_other = self.by.as_ref().is_some_and(|by| by != agent);
        self.reason == Reason::SetAwayByOther || (self.reason == Reason::TemporarilyAway && by_other)
    }

    /// Returns the end of a set available: the next end of working hours, or start of an absence or a holiday.
    pub fn available_until(schedule: &Schedule, set_at: Instant) -> Instant {
        schedule.turning_point_after(set_at)
    }

    /// Returns the end of an away that was set without one: the next start of a shift, if the settings end it there.
    pub fn away_until(schedule: &Schedule, set_at: Instant, reason: Reason, settings: &Settings) -> Instant {
        let own = reason == Reason::SetAway && settings.own_away_ends_at_shift_start;
        match settings.away_ends_at_shift_start || own {
            true => schedule.turns_available_after(set_at),
            false => Instant::MAX,
        }
    }

    /// Returns the status after a change of the schedule or of the settings, on which its end may depend.
    #[must_use]
    pub fn on(mut self, schedule: &Schedule, settings: &Settings) -> Self {
        self.until = match self.reason {
            Reason::SetAvailable => Self::available_until(schedule, self.set_at),
            Reason::SetAway | Reason::SetAwayByOther => Self::away_until(schedule, self.set_at, self.reason, settings),
            Reason::TemporarilyAway
            | Reason::WorkingHours
            | Reason::AlwaysOn
            | Reason::OutsideWorkingHours
            | Reason::Holiday
            | Reason::OutOfOffice
            | Reason::Deactivated => self.until,
        };
        self.then = self.then.map(|then| Box::new(then.on(schedule, settings)));
        self
    }

    fn stretch_at(&self, schedule: &Schedule, at: Instant) -> Stretch {
        if at < self.from {
            return schedule.stretch_at(at).until(self.from);
        }
        if at < self.until {
            return Stretch { reason: self.reason, start: self.from, end: self.until };
        }
        match &self.then {
            Some(then) if at < then.until => {
                Stretch { reason: Reason::SetAvailable, start: self.until, end: then.until }
            }
            Some(then) => schedule.stretch_at(at).from(self.until.max(then.until)),
            None => schedule.stretch_at(at).from(self.until),
        }
    }
}

/// The data that decides the status of an agent.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Presence<'a> {
    pub schedule: &'a Schedule,
    pub active: bool,
    pub manual: Option<&'a Manual>,
    /// The instant at which a command last changed state or reason; a state of the schedule begins no earlier.
    pub changed_at: Option<Instant>,
    /// The statuses of the document.
    pub statuses: &'a [OwnStatus],
}

impl Presence<'_> {
    /// The manual status in force at an instant.
    pub fn manual_at(&self, at: Instant) -> Option<&Manual> {
        self.manual.filter(|manual| self.active && manual.from <= at)?.in_force(at)
    }

    /// Returns `true` if only the schedule decides, and no command ever changed the status.
    pub fn is_plain(&self) -> bool {
        self.active && self.manual.is_none() && self.changed_at.is_none()
    }

    /// Returns `true` if the agent takes conversations of a kind at an instant, as far as a status of the document goes.
    pub fn takes(&self, kind: &Id, at: Instant) -> bool {
        let id = self.manual_at(at).and_then(|manual| manual.status.as_ref());
        let status = id.and_then(|id| self.statuses.iter().find(|status| status.id == *id));
        status.is_none_or(|status| status.takes(kind))
    }

    /// The stretch around an instant.
    pub fn stretch_at(&self, at: Instant) -> Stretch {
        let stretch = match self.manual {
            _ if !self.active => Stretch::always(Reason::Deactivated),
            Some(manual) => manual.stretch_at(self.schedule, at),
            None => self.schedule.stretch_at(at),
        };
        match self.changed_at {
            Some(changed) if changed <= at => stretch.from(changed),
            _ => stretch,
        }
    }

    /// The next instant from `at` on at which the agent is away, or `MAX`.
    pub fn away_at(&self, at: Instant) -> Instant {
        self.next_with(State::Away, at)
    }

    /// The first instant from `at` on at which the state is as asked, or `MAX`.
    pub fn next_with(&self, state: State, at: Instant) -> Instant {
        let mut from = at;
        let mut watch = NowAndThen::default();
        while from < Instant::MAX && !watch.is_up() {
            let stretch = self.stretch_at(from);
            if stretch.reason.state() == state {
                return from;
            }
            let by_schedule = state == State::Available && stretch.reason.is_away_by_schedule();
            from = if by_schedule { stretch.end.max(self.opens_after(from)) } else { stretch.end };
        }
        Instant::MAX
    }

    /// Returns the next instant at which the schedule says available, or at which a status set by hand begins.
    fn opens_after(&self, at: Instant) -> Instant {
        let by_hand = self.manual.map(|manual| manual.from).filter(|from| *from > at);
        self.schedule.next_available(at).min(by_hand.unwrap_or(Instant::MAX))
    }
}
