//! An event as a calendar has it, in whichever format it was written.

use chrono::NaiveDateTime;

use super::away::Claim;
use super::moment::{Lasting, When};
use super::notes::{Notes, Origin};
use crate::model::Extensions;
use crate::problem::Problem;
use crate::problem::shortened;
use crate::time::{Recurrence, Zone};

/// When an event ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Ending {
    At(When),
    After(Lasting),
    /// It is not said: with the day, or at once.
    Unsaid,
}

/// Which instance of another event an event stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct InsteadOf {
    /// When that instance would have started.
    pub start: When,
    /// Whether it stands for all later ones, too.
    pub and_all_later: bool,
}

/// What an event carries that we wrote ourselves.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Ours {
    /// Whether the absence names no zone.
    pub has_no_zone: bool,
    /// The zone that an absence of whole days names.
    pub time_zone: Option<Zone>,
    /// When the absence starts, where its rule passes over that.
    pub start: Option<NaiveDateTime>,
    /// The id of the absence, where another has it, too.
    pub uid: Option<String>,
    /// Keys that begin with `x-`.
    pub keys: Extensions,
}

/// An event.
#[derive(Debug, Clone)]
pub(crate) struct Event {
    /// Its place among the events of the calendar.
    pub order: usize,
    pub uid: Option<String>,
    pub sequence: Option<u32>,
    /// When this revision was made (`DTSTAMP`), in UTC.
    pub stamp: Option<NaiveDateTime>,
    pub claim: Claim,
    /// What may be told about it.
    pub note: Option<String>,
    pub start: When,
    pub ending: Ending,
    /// Its rules, each once: it is whenever one of them says so.
    pub repeats: Vec<Recurrence>,
    pub except: Vec<When>,
    pub also: Vec<(When, Ending)>,
    pub instead_of: Option<InsteadOf>,
    pub ours: Ours,
    /// Whether it is described as a day that is kept but not free.
    pub is_observance: bool,
    /// Where it stands, and where its properties do.
    pub origin: Origin,
    pub places: Vec<(&'static str, Origin)>,
    /// What it is called in a path, such as `VEVENT[a1@calendar]`.
    pub path: String,
}

impl Event {
    /// Which revision it is (RFC 5546, section 2.1.5): by `SEQUENCE`, which is 0 where it is not said, and then by `DTSTAMP`.
    pub fn revision(&self) -> (u32, Option<NaiveDateTime>) {
        (self.sequence.unwrap_or_default(), self.stamp)
    }

    /// Without what makes it more than once.
    pub fn once(self) -> Event {
        Event { repeats: Vec::new(), except: Vec::new(), also: Vec::new(), ..self }
    }

    /// Something about the event is odd, though it was understood.
    pub fn remark(&self, property: &'static str, remark: Problem, notes: &mut Notes) {
        notes.remark(self.place(property), remark.at_path(format!("{}.{property}", self.path)));
    }

    /// Something about the event was not understood.
    pub fn problem(&self, property: &'static str, problem: Problem, notes: &mut Notes) {
        notes.problem(self.place(property), problem.at_path(format!("{}.{property}", self.path)));
    }

    fn place(&self, property: &str) -> Origin {
        self.places.iter().find(|(name, _)| *name == property).map_or(&self.origin, |(_, place)| place).clone()
    }

    /// Something about the event was not understood, so that it is left out.
    pub fn left_out(&self, property: &'static str, problem: Problem, notes: &mut Notes) {
        notes.unread.extend(self.uid.clone());
        self.problem(property, left_out(problem), notes);
    }
}

/// The same problem, for which the event is left out.
pub(crate) fn left_out(mut problem: Problem) -> Problem {
    problem.message.push_str("; the event is left out");
    problem
}

/// What an event is called in a path.
pub(crate) fn path(component: &str, uid: Option<&str>) -> String {
    format!("{component}[{}]", shortened(uid.unwrap_or_default()))
}

/// Whether a description is how the calendars of Google begin those of days that are kept but not free.
pub(crate) fn is_observance(description: &str) -> bool {
    description.trim_start().get(.."observance".len()).is_some_and(|start| start.eq_ignore_ascii_case("observance"))
}
