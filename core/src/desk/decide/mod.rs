//! Carrying out one command: what is due, then the command itself, then the queue.

mod arrivals;
mod classes;
mod configure;
mod consult;
mod distribute;
mod due;
mod emit;
mod limits;
mod lookups;
mod may;
mod messages;
mod offers;
mod perform;
mod permission;
mod pools;
mod prioritize;
mod refusals;
mod requeue;
mod reshape;
mod run;
mod scene;
mod serve;
mod spam;
mod status;
mod trash;

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use self::arrivals::ArrivalKind;
pub use self::consult::{Among, StepExplanation};
pub use self::due::LEAP_EVENTS;
use crate::desk::event::Event;
use crate::desk::state::{ConversationRef, DeskState, Route};
use crate::model::Id;
use crate::problem::Problem;
use crate::time::Instant;

/// The state while one command is carried out.
pub struct Decider<'a> {
    pub state: &'a mut DeskState,
    pub events: Vec<Event>,
    /// The id of the command and the acting agent; `None` for events that fell due before the command.
    id: Option<Id>,
    pub by: Option<Id>,
    /// Conversations to look at in the next queue pass, regardless of which agents changed.
    pub pending: BTreeMap<ConversationRef, ArrivalKind>,
    /// Conversations that a script has just moved to another place in the queue.
    pub replaced: Vec<(ConversationRef, ArrivalKind)>,
    /// The log of the script whose decision the next event contains.
    pub trace: Vec<String>,
    /// Waiting conversations that have just entered a step.
    pub entered: BTreeSet<ConversationRef>,
    /// Conversations that arrived or were reopened by the command: as many may wait as their channel allows.
    pub arriving: BTreeSet<ConversationRef>,
    /// Conversations that are unassigned and routed again; if they stay unassigned, no second event is emitted.
    pub lying: BTreeSet<ConversationRef>,
    /// The routes of conversations that are not in the queue yet; the event of the outcome records them.
    pub routes: FxHashMap<ConversationRef, Route>,
    /// Conversations whose wait ended before their offer did.
    overdue: BTreeSet<ConversationRef>,
    /// The last conversation whose wait ended at the current instant without a step to enter.
    passed: Option<ConversationRef>,
    /// The instant from which the refused command may be given, if it is known.
    allowed_from: Option<Instant>,
    /// The problem of an event that does not fit the desk, or that it cannot number: everything is rolled back.
    broken: Option<Problem>,
    /// `true` if the command has a deadline, after which everything is rolled back.
    pub watched: bool,
    /// `true` if the deadline has passed.
    pub late: bool,
    /// `true` if [`LEAP_EVENTS`] limits the events, as it does after the first instant of a leap.
    bounded: bool,
    /// `true` if events list the agents considered.
    pub explaining: bool,
}

impl<'a> Decider<'a> {
    pub fn new(state: &'a mut DeskState, explaining: bool) -> Self {
        let watched = state.deadline.is_some();
        Decider {
            state,
            events: Vec::new(),
            id: None,
            by: None,
            pending: BTreeMap::new(),
            replaced: Vec::new(),
            trace: Vec::new(),
            entered: BTreeSet::new(),
            arriving: BTreeSet::new(),
            lying: BTreeSet::new(),
            routes: FxHashMap::default(),
            overdue: BTreeSet::new(),
            passed: None,
            allowed_from: None,
            broken: None,
            watched,
            late: false,
            bounded: false,
            explaining,
        }
    }
}
