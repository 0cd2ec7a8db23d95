//! Events: everything that happened to a desk, in order.

mod about;
mod end_in_sight;
mod kind;
mod parts;
mod words;

use serde::{Deserialize, Deserializer, Serialize};

pub use self::kind::{EventKind, EventType};
pub use self::parts::{Decision, Entry, Setting};
pub use self::words::{AssignedBecause, ChangeType, ClosedBecause, NoticeKind, ReachedLimit, UnassignedBecause};
pub use crate::model::Details;
use crate::model::Id;
use crate::read::{Node, Wrong};
use crate::routing::Considered;
use crate::time::Instant;

/// The version of the format of events and snapshots.
pub(crate) const VERSION: u8 = 1;

/// Returns `true` for the number that is left out of JSON.
pub(crate) fn is_zero(number: &usize) -> bool {
    *number == 0
}

/// An event of a desk. Applying all events in order rebuilds the desk.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Event {
    /// The version of the format, 1.
    #[cfg_attr(feature = "schema", schemars(extend("const" = 1)))]
    pub version: u8,
    /// The number, from 1. A `refused` is not a part of the log: it has the number that the next event takes.
    #[cfg_attr(feature = "schema", schemars(range(min = 1)))]
    pub seq: u64,
    /// The instant of the event; for one that fell due, the instant at which it did.
    pub at: Instant,
    /// The kind of the event with its data.
    #[serde(flatten)]
    pub kind: EventKind,
    /// The id of the command that caused it, if it had one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<Id>,
    /// The agent whose command caused it, the queue after the command included. Events that fell due before the command
    /// have none, but a `status_changed` that fell due names the agent who set the status that holds from then on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<Id>,
    /// The agents considered, with the reasons against them, if the command asked for them: those whom the step names, or the
    /// members of the team; if nobody can take the conversation, those whom any step names that it has reached.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub considered: Option<Vec<Considered>>,
    /// The number of the desk's other agents, where those considered are listed.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub not_in_target: usize,
    /// The log of the script that decided, if the command asked for it.
    #[serde(skip_deserializing, skip_serializing_if = "Vec::is_empty")]
    pub trace: Vec<String>,
}

impl Event {
    /// Reads an event of this version.
    pub(super) fn read(node: &Node) -> Result<Event, Wrong> {
        Ok(Event {
            version: node.field("version")?,
            seq: node.field("seq")?,
            at: node.field("at")?,
            kind: EventKind::read(node)?,
            id: node.field("id")?,
            by: node.field("by")?,
            considered: node.each("considered", Considered::read)?,
            not_in_target: node.field::<Option<usize>>("not_in_target")?.unwrap_or_default(),
            trace: Vec::new(),
        })
    }
}

impl<'de> Deserialize<'de> for Event {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Event::read(&Node::deserialize(deserializer)?).map_err(Wrong::error)
    }
}
