//! What is said about a calendar beside the absences in it.

use serde::Serialize;
use std::collections::BTreeSet;

use crate::problem::{Code, Problem, vocabulary};
use crate::read::{Segment, positions};

/// The most problems that are told one by one.
const MOST_PROBLEMS: usize = 10_000;

/// Where something stands.
#[derive(Debug, Clone)]
pub(crate) enum Origin {
    /// On a line of a stream, from 1.
    Line(usize),
    /// At a path of a JSON text.
    Json(Vec<Segment>),
}

/// An event that was understood and is not an absence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Skipped {
    /// Its id in the calendar.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub uid: Option<String>,
    /// What it is called there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    /// Why it is none.
    pub why: Why,
}

vocabulary! {
    /// Why an event is not an absence.
    #[non_exhaustive]
    pub enum Why {
        /// It is cancelled.
        Cancelled = "cancelled",
        /// Its time is shown as free.
        Transparent = "transparent",
        /// Whoever the calendar belongs to declined it.
        Declined = "declined",
        /// It is not what was asked to count as being away.
        NotAway = "not_away",
        /// It takes no time.
        NoTime = "no_time",
        /// It is not of whole days, as a holiday is.
        NotWholeDays = "not_whole_days",
        /// All its instances are left out.
        NoInstances = "no_instances",
        /// There is a later revision of it in the same calendar.
        Superseded = "superseded",
        /// It is a to-do, a journal entry, or another component that is not an event.
        NoEvent = "no_event",
    }
}

/// Collects what is said.
#[derive(Debug, Default)]
pub(crate) struct Notes {
    problems: Vec<(Origin, Problem)>,
    /// What was read though it is odd.
    remarks: Vec<(Origin, Problem)>,
    /// How many there are that are not told.
    untold: usize,
    pub skipped: Vec<Skipped>,
    pub unread: BTreeSet<String>,
    /// What the calendar is called.
    pub name: Option<String>,
    is_cut: bool,
}

impl Notes {
    /// Something was not understood.
    pub fn problem(&mut self, origin: Origin, problem: Problem) {
        if self.problems.len() < MOST_PROBLEMS {
            self.problems.push((origin, problem));
        } else {
            self.untold += 1;
        }
    }

    /// Something was read and is odd, or says less than it seems to.
    pub fn remark(&mut self, origin: Origin, remark: Problem) {
        if self.remarks.len() < MOST_PROBLEMS {
            self.remarks.push((origin, remark));
        }
    }

    /// Something was not understood, for which the rest of the calendar is not known.
    pub fn broken(&mut self, origin: Origin, problem: Problem) {
        self.is_cut = true;
        self.problems.push((origin, problem));
    }

    /// It is not a calendar at all, beside which nothing else matters.
    pub fn no_calendar(&mut self, problem: Problem) {
        (self.problems, self.remarks, self.untold) = (Vec::new(), Vec::new(), 0);
        self.broken(Origin::Line(1), problem);
    }

    pub fn is_complete(&self) -> bool {
        !self.is_cut
    }

    /// All problems, in the order of the text.
    pub fn problems(&mut self, text: &[u8]) -> Vec<Problem> {
        let mut problems = placed(std::mem::take(&mut self.problems), text);
        if self.untold > 0 {
            let message = format!("there are {} further problems, which are not told", self.untold);
            problems.push(Problem::new(Code::InvalidCalendar, message));
        }
        problems
    }

    /// All that was read though it is odd, in the order of the text.
    pub fn remarks(&mut self, text: &[u8]) -> Vec<Problem> {
        placed(std::mem::take(&mut self.remarks), text)
    }
}

/// What was told, with its places, in the order of the text.
fn placed(told: Vec<(Origin, Problem)>, text: &[u8]) -> Vec<Problem> {
    let (mut in_lines, mut in_json) = (Vec::new(), Vec::new());
    for (origin, problem) in told {
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
