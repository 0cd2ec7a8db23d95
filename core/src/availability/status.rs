//! The status of an agent: state, reason, start and end.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::model::Id;
pub use crate::model::State;
use crate::problem::vocabulary;
use crate::time::{Instant, Span};

vocabulary! {
    /// The reason why an agent is available or away.
    #[non_exhaustive]
    pub enum Reason {
        /// Inside working hours.
        WorkingHours = "working_hours",
        /// No working hours: always at work.
        AlwaysOn = "always_on",
        /// Set available by hand while the schedule says away, or to an available status of the document.
        SetAvailable = "set_available",
        /// Outside working hours.
        OutsideWorkingHours = "outside_working_hours",
        /// On a holiday.
        Holiday = "holiday",
        /// During an absence.
        OutOfOffice = "out_of_office",
        /// Set away by hand, without an end.
        SetAway = "set_away",
        /// Set away by another agent or the desk.
        SetAwayByOther = "set_away_by_other",
        /// Set away for a while.
        TemporarilyAway = "temporarily_away",
        /// Deactivated.
        Deactivated = "deactivated",
    }
}

impl Reason {
    /// Returns `true` if the reason is a status that was set, and not the schedule.
    pub const fn is_set_by_hand(self) -> bool {
        match self {
            Reason::SetAvailable | Reason::SetAway | Reason::SetAwayByOther | Reason::TemporarilyAway => true,
            Reason::WorkingHours
            | Reason::AlwaysOn
            | Reason::OutsideWorkingHours
            | Reason::Holiday
            | Reason::OutOfOffice
            | Reason::Deactivated => false,
        }
    }

    /// Returns `true` if the schedule alone is the reason for being away.
    pub(crate) const fn is_away_by_schedule(self) -> bool {
        match self {
            Reason::OutsideWorkingHours | Reason::Holiday | Reason::OutOfOffice => true,
            Reason::WorkingHours
            | Reason::AlwaysOn
            | Reason::SetAvailable
            | Reason::SetAway
            | Reason::SetAwayByOther
            | Reason::TemporarilyAway
            | Reason::Deactivated => false,
        }
    }

    /// The state that goes with the reason.
    pub const fn state(self) -> State {
        match self {
            Reason::WorkingHours | Reason::AlwaysOn | Reason::SetAvailable => State::Available,
            Reason::OutsideWorkingHours
            | Reason::Holiday
            | Reason::OutOfOffice
            | Reason::SetAway
            | Reason::SetAwayByOther
            | Reason::TemporarilyAway
            | Reason::Deactivated => State::Away,
        }
    }
}

/// A stretch of time with one reason, and so one state. `Instant::MIN` and `MAX` stand for no bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Stretch {
    pub reason: Reason,
    pub start: Instant,
    pub end: Instant,
}

impl Stretch {
    /// A reason that holds always.
    pub fn always(reason: Reason) -> Self {
        Stretch { reason, start: Instant::MIN, end: Instant::MAX }
    }

    /// The part of it from an instant on.
    #[must_use]
    pub fn from(self, start: Instant) -> Self {
        Stretch { start: self.start.max(start), ..self }
    }

    /// The part of it before an instant.
    #[must_use]
    pub fn until(self, end: Instant) -> Self {
        Stretch { end: self.end.min(end), ..self }
    }
}

/// The availability of an agent at an instant.
///
/// `since` and `until` bound the longest span around the instant in which state, reason and status stay the same, as far as is known
/// now; `None` if there is no bound, or none between 2000 and 2200.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Status {
    /// The state: available or away.
    pub state: State,
    /// The reason.
    pub reason: Reason,
    /// The start of the status, UTC.
    pub since: Option<Instant>,
    /// The end of the status, UTC.
    pub until: Option<Instant>,
    /// The status of the document that was set, if it was one of these.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<Id>,
    /// The agent who set it, if it was set by hand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<Id>,
    /// The note of the absence or the status.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Arc<str>>,
}

impl Status {
    pub(crate) fn of(stretch: Stretch) -> Self {
        Status {
            state: stretch.reason.state(),
            reason: stretch.reason,
            since: (stretch.start > Instant::MIN).then_some(stretch.start),
            until: (stretch.end < Instant::MAX).then_some(stretch.end),
            status: None,
            by: None,
            note: None,
        }
    }

    /// Returns `true` if the agent takes new conversations.
    pub fn is_available(&self) -> bool {
        self.state == State::Available
    }
}

/// A span of an agent's time line with its state and reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Period {
    /// The start and the end, UTC.
    #[serde(flatten)]
    pub span: Span,
    /// The state: available or away.
    pub state: State,
    /// The reason.
    pub reason: Reason,
}
