//! Changes of agents' statuses: those of the agent who holds the conversation, and those that may be why it moves.

use rustc_hash::FxHashMap;

use super::words::{moment, reason};
use super::{Draft, Place, Story};
use crate::availability::State;
use crate::desk::{Event, EventKind, UnassignedBecause};
use crate::model::Id;
use crate::time::Instant;

/// The last status that was heard of each agent: the state, and the status of the document.
#[derive(Debug, Clone, Default)]
pub(super) struct Statuses(FxHashMap<Id, (State, Option<Id>)>);

impl Statuses {
    /// Records a status.
    pub fn hear(&mut self, event: &Event) {
        if let EventKind::StatusChanged { agent, state, status, .. } = &event.kind {
            self.0.insert(agent.clone(), (*state, status.clone()));
        }
    }
}

/// Facts of a holder who is away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Absence {
    /// The holder keeps the conversation.
    Keeps,
    /// The conversation is taken back at an instant, unless the holder replies or returns before.
    TakenBackAt(Instant),
}

impl Story {
    /// Tells a change of the holder's status; that of another agent may be the reason for the next event.
    pub(super) fn overhear_status(&mut self, event: &Event) {
        let EventKind::StatusChanged { agent, state, set, requeue_at, .. } = &event.kind else { return };
        let turned = self.turned(event);
        let holds = matches!(&self.place, Place::Held { agent: holder } if holder == agent);
        let is_told = match (holds, state) {
            (false, _) => false,
            (true, State::Available) => self.tell_return(event.at, agent),
            (true, State::Away) => {
                let requeue_at = requeue_at.filter(|requeue_at| *requeue_at > event.at);
                self.tell_absence(event.at, agent, &turned, requeue_at, set.is_some())
            }
        };
        if holds && !is_told {
            self.left = Some((event.at, turned.clone()));
        }
        if !is_told {
            self.cause(agent, turned);
        }
    }

    /// Describes a change of status: `anna became away (set away)`.
    fn turned(&self, event: &Event) -> String {
        let EventKind::StatusChanged { agent, state, reason: because, status, set, .. } = &event.kind else {
            return String::new();
        };
        if set.as_ref().is_some_and(|set| set.missed_offers) {
            return format!("{agent} was set away, having missed too many offers");
        }
        // A change of an agent's hours is not a status set by hand.
        let by = event.by.as_ref().filter(|by| *by != agent && because.is_set_by_hand());
        let why = reason(*because, status.as_ref(), by);
        match self.statuses.0.get(agent) {
            Some((before, own)) if before == state => match (state, own, status) {
                (State::Away, ..) => format!("{agent} is still away ({why})"),
                (State::Available, Some(own), None) => format!("{agent} left the status {own}"),
                (State::Available, own, Some(new)) if own.as_ref() != Some(new) => {
                    format!("{agent} took the status {new}")
                }
                (State::Available, ..) => format!("{agent} is available again ({why})"),
            },
            _ => format!("{agent} became {} ({why})", state.as_str()),
        }
    }

    /// Tells that the holder is away, and what becomes of the conversation; `false` if that is not worth a sentence.
    fn tell_absence(&mut self, at: Instant, agent: &Id, turned: &str, next: Option<Instant>, is_set: bool) -> bool {
        let before = match self.absence {
            Some(Absence::TakenBackAt(before)) => Some(before),
            Some(Absence::Keeps) | None => None,
        };
        // Of several, the earliest applies.
        match (before, before.into_iter().chain(next).min()) {
            (Some(before), Some(now)) if now == before => self.say(at, format!("{turned}.")),
            (_, Some(now)) => {
                let until = moment(now, at, &self.zone);
                let text = format!("{turned}. Unless {agent} replies or returns before {until}, it is taken back.");
                self.say(at, text);
                self.absence = Some(Absence::TakenBackAt(now));
            }
            (_, None) if is_set => {
                self.say_for_now(Draft {
                    at,
                    text: format!("{turned}, and keeps it."),
                    revised: format!("{turned}, so it was taken back."),
                    awaits: |kind| matches!(kind, EventKind::Unassigned { reason: UnassignedBecause::AgentAway, .. }),
                });
                self.absence = Some(Absence::Keeps);
            }
            (_, None) => return false,
        }
        true
    }

    /// Tells that the holder is back, if the absence was told.
    fn tell_return(&mut self, at: Instant, agent: &Id) -> bool {
        match self.absence.take() {
            Some(Absence::TakenBackAt(_)) => self.say(at, format!("{agent} came back, and keeps it.")),
            Some(Absence::Keeps) => self.say(at, format!("{agent} came back.")),
            None => return false,
        }
        true
    }

    /// Describes that a conversation is taken back from its holder, who is away for a reason.
    pub(super) fn taken_back(&self, at: Instant, holder: &str, reason: UnassignedBecause) -> String {
        let left = self.left.as_ref().filter(|(since, _)| *since == at).map(|(_, turned)| turned.clone());
        let why = left.unwrap_or_else(|| match (reason, self.absence) {
            (UnassignedBecause::ShiftEnded, Some(Absence::TakenBackAt(_))) => format!("{holder} was not back at work"),
            (UnassignedBecause::ShiftEnded, _) => format!("{holder} is not at work any more"),
            (UnassignedBecause::OutOfOffice, _) => format!("{holder} is out of office"),
            _ => format!("{holder} went away"),
        });
        format!("{why}, so it was taken back.")
    }
}
