//! The story of one conversation, in plain sentences.
//!
//! A [`Story`] takes the events of a desk, best with [who was considered](crate::Options::explain), and
//! keeps a line for everything that decided where its conversation went. The functions for times, and for agents who were
//! not asked, can be used on their own.

mod busy;
mod chosen;
mod considered;
mod details;
mod draft;
mod failure;
mod moved;
mod names;
mod nobody;
mod status;
mod tell;
#[cfg(test)]
mod tests;
mod ties;
mod words;

pub use considered::not_asked;
pub use names::Names;
pub use words::{about, clock, day, moment, reason, with_moments};

use serde::Serialize;

use busy::Busy;
use draft::Draft;
use status::{Absence, Statuses};

use crate::desk::{ChangeType, Details, Event, EventKind};
use crate::model::Id;
use crate::time::{Instant, Zone};

/// A sentence of a story.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Line {
    /// The instant at which it happened.
    pub at: Instant,
    /// The date on the wall clock of the story's zone: `Fri 20 Nov 2026`.
    pub day: String,
    /// The time on the wall clock of the story's zone: `09:00:00`.
    pub clock: String,
    /// The sentence.
    pub text: String,
}

/// The story of one conversation.
///
/// ```
/// use frontdesk::{Desk, Options, story::Story, time::Zone};
///
/// let mut desk = Desk::from_json(r#"{
///     "version": 1, "time_zone": "Europe/Stockholm", "agents": [{"id": "anna"}, {"id": "bo", "capacity": 0}],
///     "inboxes": [{"id": "main", "channels": [{"id": "chat", "kind": "chat",
///         "rules": [{"id": "all", "steps": [{"assign_to": "everyone"}]}]}]}]
/// }"#).unwrap();
/// let open = desk.read_command(
///     r#"{"type": "open", "at": "2026-11-20T09:00:00Z", "conversation": "c1", "inbox": "main", "channel": "chat"}"#,
/// ).unwrap();
///
/// let mut story = Story::of("c1", Zone::named("Europe/Stockholm").unwrap());
/// let explained = Options::default().explain(true);
/// desk.handle_with(&open, &explained).unwrap().iter().for_each(|event| story.hear(event));
/// let texts: Vec<&str> = story.lines().iter().map(|line| line.text.as_str()).collect();
/// assert_eq!(texts, [
///     "It arrived in main by chat.",
///     "It went to anna at once, by step 1 of the rule all (least busy): anna was the only one who could take it.",
///     "Not asked: bo (full, 0 of 0).",
/// ]);
/// ```
#[derive(Debug, Clone)]
pub struct Story {
    conversation: Id,
    zone: Zone,
    names: Names,
    lines: Vec<Line>,
    opened_at: Option<Instant>,
    details: Option<Details>,
    /// The place of the conversation.
    place: Place,
    /// The team among whose members it is distributed, with the rule whose turns they share.
    team: Option<(Id, Option<Id>)>,
    /// The absence of the agent who holds it, as far as it was told.
    absence: Option<Absence>,
    /// The last change of the holder's status that was not told, with its instant.
    left: Option<(Instant, String)>,
    /// The end of the wait at its step.
    waits_until: Option<Instant>,
    /// The last step that was told of its rule, or 0 if it is routed from the start.
    reached: usize,
    /// The changes of agents at this instant, which may be the reason why the conversation moves now.
    causes: Vec<(Id, String)>,
    causes_at: Option<Instant>,
    /// The sentence that the next event may change.
    draft: Option<Draft>,
    /// The offers that were taken back for no reason that is known yet.
    withdrawn: Vec<(Instant, Id)>,
    statuses: Statuses,
    busy: Busy,
}

/// The place of a conversation, as far as the story needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Place {
    /// Not arrived yet, or closed.
    Nowhere,
    /// Just arrived, or just taken from an agent; the next event says where it goes.
    Between,
    Waiting {
        since: Instant,
    },
    Offered {
        /// The agents who may accept it, each with the instant of the offer.
        offers: Vec<(Id, Instant)>,
        waiting_since: Option<Instant>,
    },
    Held {
        agent: Id,
    },
    WithBot {
        bot: Id,
    },
    /// Left to somebody who is not an agent, or to nobody.
    Aside,
}

impl Place {
    /// Returns the instant at which it was offered to an agent, if it still is.
    fn offered_at(&self, agent: &Id) -> Option<Instant> {
        let Place::Offered { offers, .. } = self else { return None };
        offers.iter().find(|(offered, _)| offered == agent).map(|(_, at)| *at)
    }
}

impl Story {
    /// Creates the story of a conversation, with times in a zone.
    pub fn of(conversation: &str, zone: Zone) -> Story {
        Story {
            conversation: Id::from(conversation),
            zone,
            names: Names::default(),
            lines: Vec::new(),
            opened_at: None,
            details: None,
            place: Place::Nowhere,
            team: None,
            absence: None,
            left: None,
            waits_until: None,
            reached: 0,
            causes: Vec::new(),
            causes_at: None,
            draft: None,
            withdrawn: Vec::new(),
            statuses: Statuses::default(),
            busy: Busy::default(),
        }
    }

    /// Returns the story with names for agents, teams and inboxes.
    #[must_use]
    pub fn with_names(self, names: Names) -> Story {
        Story { names, ..self }
    }

    /// Takes the next event of the desk, whatever it is about.
    pub fn hear(&mut self, event: &Event) {
        self.names.hear(event);
        let event = &self.names.named(event);
        if self.causes_at != Some(event.at) {
            self.causes.clear();
            self.causes_at = Some(event.at);
        }
        if let EventKind::Erased { contact } = &event.kind {
            self.erase(event, contact);
        }
        if event.kind.conversation() == Some(&self.conversation) {
            self.tell(event);
        } else {
            self.overhear(event);
        }
        self.statuses.hear(event);
        self.busy.hear(event);
    }

    /// Returns the sentences so far.
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// Returns `true` if the conversation has arrived and is not closed, so that any command may move it.
    pub fn goes_on(&self) -> bool {
        self.place != Place::Nowhere
    }

    fn say(&mut self, at: Instant, text: impl Into<String>) {
        let (day, clock) = (day(at, &self.zone), clock(at, &self.zone));
        // Events that were due before a refused command follow it, but happened earlier.
        let place = self.lines.partition_point(|line| line.at <= at);
        self.lines.insert(place, Line { at, day, clock, text: text.into() });
    }

    /// Records events of others that may be the reason why the conversation moves.
    fn overhear(&mut self, event: &Event) {
        if !self.goes_on() {
            return;
        }
        match &event.kind {
            EventKind::StatusChanged { .. } => self.overhear_status(event),
            EventKind::Closed { conversation, agent: Some(agent), .. } => {
                self.cause(agent, format!("{agent} was done with {conversation}"))
            }
            EventKind::WrapUpEnded { conversation, agent } => {
                self.cause(agent, format!("{agent} finished wrapping up {conversation}"))
            }
            EventKind::Snoozed { conversation, agent: Some(agent), .. } => {
                self.cause(agent, format!("{conversation}, which {agent} held, was snoozed"));
            }
            EventKind::Unassigned { conversation, agent: Some(agent), .. }
            | EventKind::Filtered { conversation, agent: Some(agent), .. }
            | EventKind::Trashed { conversation, agent: Some(agent), .. } => {
                self.cause(agent, format!("{agent} does not hold {conversation} any more"));
            }
            EventKind::OfferDeclined { conversation, agent }
            | EventKind::OfferExpired { conversation, agent }
            | EventKind::OfferWithdrawn { conversation, agent } => {
                self.cause(agent, format!("the offer of {conversation} to {agent} ended"));
            }
            EventKind::DeskChanged { change, agent, team, inbox, holiday, .. } => {
                let subjects = [agent, team, inbox, holiday].into_iter().flatten();
                let whom = subjects.map(Id::as_str).next().unwrap_or_default();
                let by = event.by.as_ref().map(|by| format!(" by {by}")).unwrap_or_default();
                let text = format!("{}{by}", changed(*change, whom));
                match agent {
                    Some(agent) => self.cause(agent, text),
                    // The next events say who can take it now.
                    None if matches!(self.place, Place::Waiting { .. }) => self.say(event.at, sentence(&text)),
                    None => {}
                }
            }
            EventKind::Started
            | EventKind::Notice { .. }
            | EventKind::Opened { .. }
            | EventKind::Updated { .. }
            | EventKind::MessageNoted { .. }
            | EventKind::Sent { .. }
            | EventKind::Filtered { agent: None, .. }
            | EventKind::Unfiltered { .. }
            | EventKind::Trashed { agent: None, .. }
            | EventKind::Restored { .. }
            | EventKind::Hidden { .. }
            | EventKind::Unhidden { .. }
            | EventKind::Blocked { .. }
            | EventKind::Unblocked { .. }
            | EventKind::Offered { .. }
            | EventKind::Assigned { .. }
            | EventKind::Closed { agent: None, .. }
            | EventKind::Snoozed { agent: None, .. }
            | EventKind::Unassigned { agent: None, .. }
            | EventKind::Kept { .. }
            | EventKind::Queued { .. }
            | EventKind::StepEntered { .. }
            | EventKind::SentToVoicemail { .. }
            | EventKind::OwnerNotified { .. }
            | EventKind::HandedToBot { .. }
            | EventKind::Reopened { .. }
            | EventKind::Forgotten { .. }
            | EventKind::Erased { .. }
            | EventKind::Prioritized { .. }
            | EventKind::ScriptFailed { .. }
            | EventKind::Refused { .. } => {}
        }
    }

    fn cause(&mut self, agent: &Id, text: String) {
        self.causes.retain(|(known, _)| known != agent);
        self.causes.push((agent.clone(), text));
    }

    /// Returns the latest change of an agent at this instant.
    fn cause_of(&self, agent: &Id) -> Option<&str> {
        self.causes.iter().find(|(known, _)| known == agent).map(|(_, text)| text.as_str())
    }
}

/// Describes a change of the desk's configuration by a command. The event of a `put` does not say whether the entry is new.
fn changed(change: ChangeType, whom: &str) -> String {
    match change {
        ChangeType::PutAgent => format!("the agent {whom} was added or changed"),
        ChangeType::PutTeam => format!("the team {whom} was added or changed"),
        ChangeType::PutInbox => format!("the inbox {whom} was added or changed"),
        ChangeType::PutHoliday => format!("the holiday {whom} was added or changed"),
        ChangeType::Configure => "the configuration of the desk was changed".to_owned(),
        ChangeType::RemoveHoliday => format!("the holiday {whom} was removed"),
        ChangeType::RemoveAgent => format!("the agent {whom} was removed"),
        ChangeType::RemoveTeam => format!("the team {whom} was removed"),
        ChangeType::RemoveInbox => format!("the inbox {whom} was removed"),
        ChangeType::SetWorkingHours => format!("the working hours of {whom} were set"),
        ChangeType::SetDateHours => format!("the hours of {whom} on certain dates were set"),
        ChangeType::SetOutOfOffice => format!("the absences of {whom} were set"),
    }
}

/// Makes a clause a sentence: with a full stop, and with a capital unless it begins with an id.
fn sentence(clause: &str) -> String {
    match clause.strip_prefix("the ") {
        Some(rest) => format!("The {rest}."),
        None => format!("{clause}."),
    }
}
