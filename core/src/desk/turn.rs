//! Turns: a command with all its events, the unit in which a desk is stored, sent and applied.

mod difference;
mod read;
mod write;

pub(in crate::desk) use self::difference::first_difference;
use super::command::Command;
use super::event::{Event, EventKind};
use crate::model::{Document, Id};
use crate::read::{MAX_INTEGER, Node};
use crate::time::Instant;

/// The version of the format of turns.
const VERSION: u8 = 1;

/// The number of the turn that holds the document.
const FIRST: u64 = 1;

/// The largest number of a turn that is exact in every language.
const LAST: u64 = MAX_INTEGER as u64;

/// A turn of a desk: a command with all its events, or the document that the desk began with.
///
/// Turns are numbered from 1 without a gap, so that a log of them is complete or says where it is not. The first one is
/// `{"version":1,"turn":1,"document":{…}}`, without a command; each later one is
/// `{"version":1,"turn":7,"at":…,"command":{…},"events":[…]}`. The turn of a command that is refused has one event,
/// `refused`, and that of one that gives nothing has none: neither has a number, because neither belongs to a log.
///
/// [`Desk::propose`](crate::Desk::propose) gives the turn of a command, [`Desk::apply`](crate::Desk::apply) takes it, and
/// [`Desk::rebuild`](crate::Desk::rebuild) takes them all.
///
/// ```
/// use frontdesk::{Desk, Turn};
///
/// let mut desk = Desk::from_json(r#"{"version": 1, "time_zone": "UTC", "agents": [{"id": "anna"}]}"#)?;
/// let mut log = vec![Turn::first(desk.document())];
/// let command = desk.read_command(r#"{"type": "set_status", "at": "2026-11-20T09:00:00Z", "agent": "anna",
///     "status": "away"}"#)?;
/// let turn = desk.propose(&command);
/// assert_eq!(turn.turn(), Some(2));
/// log.push(turn.clone()); // Stored first, so that no turn that was carried out is missing.
/// desk.apply(&turn)?;
/// assert_eq!(Desk::rebuild(&log)?.snapshot(), desk.snapshot());
/// # Ok::<(), frontdesk::Problems>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Turn(Content);

#[derive(Debug, Clone, PartialEq)]
enum Content {
    First(Box<Document>),
    Decided(Decided),
}

/// The turn of a command.
#[derive(Debug, Clone, PartialEq)]
struct Decided {
    /// Absent if the command was refused, or gave no events.
    turn: Option<u64>,
    at: Instant,
    id: Option<Id>,
    command: Told,
    events: Vec<Event>,
}

/// The command of a turn. A stored one is kept as it is: what another version of the library decided is applied without
/// being read again.
#[derive(Debug, Clone)]
enum Told {
    Given(Box<Command>),
    Stored(Node<'static>),
}

impl PartialEq for Told {
    fn eq(&self, other: &Told) -> bool {
        match (self, other) {
            (Told::Given(one), Told::Given(other)) => one == other,
            _ => self.node() == other.node(),
        }
    }
}

impl Turn {
    /// Creates the first turn of a desk, which holds its document.
    pub fn first(document: Document) -> Turn {
        Turn(Content::First(Box::new(document)))
    }

    /// Creates the turn of a command, which takes the number given if it belongs to a log.
    pub(in crate::desk) fn decided(next: u64, command: &Command, events: Vec<Event>) -> Turn {
        let turn = Some(next).filter(|_| takes_a_number(&events));
        let command = Box::new(command.clone());
        Turn(Content::Decided(Decided {
            turn,
            at: command.at,
            id: command.id.clone(),
            command: Told::Given(command),
            events,
        }))
    }

    /// Returns the number, from 1; `None` if the command was refused, or gave no events: then there is nothing to store.
    pub fn turn(&self) -> Option<u64> {
        match &self.0 {
            Content::First(_) => Some(FIRST),
            Content::Decided(decided) => decided.turn,
        }
    }

    /// Returns the document, if this is the first turn.
    pub fn document(&self) -> Option<&Document> {
        match &self.0 {
            Content::First(document) => Some(document),
            Content::Decided(_) => None,
        }
    }

    /// Returns the instant of the command; `None` for the first turn.
    pub fn at(&self) -> Option<Instant> {
        self.if_decided().map(|decided| decided.at)
    }

    /// Returns the embedder's id of the command, if it had one.
    pub fn command_id(&self) -> Option<&Id> {
        self.if_decided()?.id.as_ref()
    }

    /// Returns the command as JSON, which [`Desk::read_command`](crate::Desk::read_command) reads; `None` for the first
    /// turn.
    pub fn command_json(&self) -> Option<String> {
        self.if_decided().map(|decided| decided.command.to_json())
    }

    /// Returns the events; none for the first turn.
    pub fn events(&self) -> &[Event] {
        self.if_decided().map_or(&[], |decided| &decided.events)
    }

    fn if_decided(&self) -> Option<&Decided> {
        match &self.0 {
            Content::First(_) => None,
            Content::Decided(decided) => Some(decided),
        }
    }
}

/// Returns `true` if the events of a command belong to a log.
pub(in crate::desk) fn takes_a_number(events: &[Event]) -> bool {
    events.iter().any(|event| !is_refused(event))
}

fn is_refused(event: &Event) -> bool {
    matches!(event.kind, EventKind::Refused { .. })
}

/// Returns the number of the turn after the last one of a desk. Its document counts as its first, stored or not.
pub(in crate::desk) fn after(last: u64) -> u64 {
    last.max(FIRST).saturating_add(1)
}
