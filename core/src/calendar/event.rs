//! An event of a calendar, in whichever format the calendar is written.

use chrono::NaiveDateTime;

use super::away::Claim;
use super::moment::{Lasting, When};
use super::notes::{Notes, Origin};
use crate::model::Extensions;
use crate::problem::Problem;
use crate::problem::shortened;
use crate::time::{Recurrence, Zone};

/// The end of an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Ending {
    At(When),
    After(Lasting),
    /// No end is given: the event ends with its day, or takes no time.
    Unsaid,
}

/// The instance of a series that an event replaces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct InsteadOf {
    /// The original start of that instance.
    pub start: When,
    /// `true` if the event replaces all later instances as well.
    pub and_all_later: bool,
}

/// The properties that only our own writer adds to an event.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Ours {
    /// `true` if the absence names no zone.
    pub has_no_zone: bool,
    /// The zone named by an absence of whole days.
    pub time_zone: Option<Zone>,
    /// The start of the absence, if its rule passes over the start.
    pub start: Option<NaiveDateTime>,
    /// The id of the absence, if another absence has the same one.
    pub uid: Option<String>,
    /// The extension keys, which begin with `x-`.
    pub keys: Extensions,
}

/// An event.
#[derive(Debug, Clone)]
pub(crate) struct Event {
    /// The index of the event in the calendar, from 0.
    pub order: usize,
    pub uid: Option<String>,
    pub sequence: Option<u32>,
    /// The time of this revision (`DTSTAMP`), in UTC.
    pub stamp: Option<NaiveDateTime>,
    pub claim: Claim,
    /// The text that may be shown about the event.
    pub note: Option<String>,
    pub start: When,
    pub ending: Ending,
    /// The recurrence rules, without duplicates. The event takes place at the instances of each.
    pub repeats: Vec<Recurrence>,
    pub except: Vec<When>,
    pub also: Vec<(When, Ending)>,
    pub instead_of: Option<InsteadOf>,
    pub ours: Ours,
    /// `true` if the description marks the event as an observance: a day that is kept, but not free.
    pub is_observance: bool,
    /// The place of the event, and the places of its properties.
    pub origin: Origin,
    pub places: Vec<(&'static str, Origin)>,
    /// The name of the event in a path, such as `VEVENT[a1@calendar]`.
    pub path: String,
}

impl Event {
    /// Returns the revision (RFC 5546, section 2.1.5): `SEQUENCE`, 0 if absent, and then `DTSTAMP`.
    pub fn revision(&self) -> (u32, Option<NaiveDateTime>) {
        (self.sequence.unwrap_or_default(), self.stamp)
    }

    /// Returns the event without its recurrence.
    pub fn once(self) -> Event {
        Event { repeats: Vec::new(), except: Vec::new(), also: Vec::new(), ..self }
    }

    /// Notes that the event is odd, but understood.
    pub fn remark(&self, property: &'static str, remark: Problem, notes: &mut Notes) {
        notes.remark(self.place(property), remark.at_path(format!("{}.{property}", self.path)));
    }

    /// Notes that a property of the event was not understood.
    pub fn problem(&self, property: &'static str, problem: Problem, notes: &mut Notes) {
        notes.problem(self.place(property), problem.at_path(format!("{}.{property}", self.path)));
    }

    fn place(&self, property: &str) -> Origin {
        self.places.iter().find(|(name, _)| *name == property).map_or(&self.origin, |(_, place)| place).clone()
    }

    /// Notes that a property of the event was not understood, and that the event is left out for that.
    pub fn left_out(&self, property: &'static str, problem: Problem, notes: &mut Notes) {
        notes.unread.extend(self.uid.clone());
        self.problem(property, left_out(problem), notes);
    }
}

/// Adds to a problem that its event is left out.
pub(crate) fn left_out(mut problem: Problem) -> Problem {
    problem.message.push_str("; the event is left out");
    problem
}

/// Returns the name of an event in a path.
pub(crate) fn path(component: &str, uid: Option<&str>) -> String {
    format!("{component}[{}]", shortened(uid.unwrap_or_default()))
}

/// Returns `true` if a description begins as Google describes observances: days that are kept, but not free.
pub(crate) fn is_observance(description: &str) -> bool {
    description.trim_start().get(.."observance".len()).is_some_and(|start| start.eq_ignore_ascii_case("observance"))
}
