//! Remarks and problems found while reading a calendar.

use serde::Serialize;
use std::collections::BTreeSet;

use crate::problem::{Code, Problem, vocabulary};
use crate::read::{Segment, positions};

/// The largest number of problems that are listed.
const MOST_PROBLEMS: usize = 10_000;

/// A place in a calendar.
#[derive(Debug, Clone)]
pub(crate) enum Origin {
    /// A line of a stream, from 1.
    Line(usize),
    /// A path in a JSON text.
    Json(Vec<Segment>),
}

/// An event that was understood, but is not an absence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Skipped {
    /// The id of the event in the calendar.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub uid: Option<String>,
    /// The summary of the event.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    /// The reason why the event is not an absence.
    pub why: Why,
}

vocabulary! {
    /// The reason why an event is not an absence.
    #[non_exhaustive]
    pub enum Why {
        /// The event is cancelled.
        Cancelled = "cancelled",
        /// The time of the event is shown as free.
        Transparent = "transparent",
        /// The owner of the calendar declined the event.
        Declined = "declined",
        /// The event does not count as being away, by the options.
        NotAway = "not_away",
        /// The event takes no time.
        NoTime = "no_time",
        /// The event is not of whole days, as a holiday has to be.
        NotWholeDays = "not_whole_days",
        /// All instances of the event are left out.
        NoInstances = "no_instances",
        /// The calendar has a later revision of the event.
        Superseded = "superseded",
        /// The component is not an event, but a to-do or a journal entry, for example.
        NoEvent = "no_event",
    }
}

/// Collects remarks and problems.
#[derive(Debug, Default)]
pub(crate) struct Notes {
    problems: Vec<(Origin, Problem)>,
    /// The parts that were read, but are odd.
    remarks: Vec<(Origin, Problem)>,
    /// The number of problems beyond the limit.
    omitted: usize,
    pub skipped: Vec<Skipped>,
    pub unread: BTreeSet<String>,
    /// The name of the calendar.
    pub name: Option<String>,
    is_cut: bool,
}

impl Notes {
    /// Notes a part that was not understood.
    pub fn problem(&mut self, origin: Origin, problem: Problem) {
        if self.problems.len() < MOST_PROBLEMS {
            self.problems.push((origin, problem));
        } else {
            self.omitted += 1;
        }
    }

    /// Notes a part that was read, but is odd or says less than it seems to.
    pub fn remark(&mut self, origin: Origin, remark: Problem) {
        if self.remarks.len() < MOST_PROBLEMS {
            self.remarks.push((origin, remark));
        }
    }

    /// Notes a problem after which the rest of the calendar could not be read.
    pub fn broken(&mut self, origin: Origin, problem: Problem) {
        self.is_cut = true;
        self.problems.push((origin, problem));
    }

    /// Notes that the text is not a calendar, and drops all other notes.
    pub fn no_calendar(&mut self, problem: Problem) {
        (self.problems, self.remarks, self.omitted) = (Vec::new(), Vec::new(), 0);
        self.broken(Origin::Line(1), problem);
    }

    pub fn is_complete(&self) -> bool {
        !self.is_cut
    }

    /// Returns all problems, in the order of the text.
    pub fn problems(&mut self, text: &[u8]) -> Vec<Problem> {
        let mut problems = placed(std::mem::take(&mut self.problems), text);
        if self.omitted > 0 {
            let message = format!("there are {} further problems, which are not listed", self.omitted);
            problems.push(Problem::new(Code::InvalidCalendar, message));
        }
        problems
    }

    /// Returns all remarks, in the order of the text.
    pub fn remarks(&mut self, text: &[u8]) -> Vec<Problem> {
        placed(std::mem::take(&mut self.remarks), text)
    }
}

/// Sorts problems by their places in the text.
fn placed(problems: Vec<(Origin, Problem)>, text: &[u8]) -> Vec<Problem> {
    let (mut in_lines, mut in_json) = (Vec::new(), Vec::new());
    for (origin, problem) in problems {
        match origin {
            Origin::Line(line) => in_lines.push(problem.at_position(line, 1)),
            Origin::Json(path) => in_json.push((path, problem)),
        }
    }
    in_lines.sort_by_key(|a| a.position);
    if !in_json.is_empty() {
        in_lines.extend(positions(std::str::from_utf8(text).unwrap_or_default(), in_json));
    }
    in_lines
}
