//! Sentences that the next event at the same instant changes: it alone says what came of the one before.

use super::Story;
use super::words::listed;
use crate::desk::EventKind;
use crate::model::Id;
use crate::time::Instant;

/// A sentence that holds unless an event follows at the same instant.
#[derive(Debug, Clone)]
pub(super) struct Draft {
    pub at: Instant,
    pub text: String,
    /// The sentence if the event follows.
    pub revised: String,
    /// Returns `true` for the event.
    pub awaits: fn(&EventKind) -> bool,
}

impl Story {
    /// Says a sentence until the next event changes it.
    pub(super) fn say_for_now(&mut self, draft: Draft) {
        self.say(draft.at, draft.text.clone());
        self.draft = Some(draft);
    }

    /// Changes the last such sentence, if this is the event that it awaits. Returns `true` if it did.
    pub(super) fn revise(&mut self, at: Instant, kind: &EventKind) -> bool {
        let Some(draft) = self.draft.take_if(|draft| draft.at == at && (draft.awaits)(kind)) else { return false };
        let said = self.lines.iter_mut().rev().find(|line| line.at == at && line.text == draft.text);
        said.into_iter().for_each(|line| line.text.clone_from(&draft.revised));
        true
    }

    /// Tells that an offer was taken back. Without a cause, the next event may be why.
    pub(super) fn tell_withdrawn(&mut self, at: Instant, agent: &Id) {
        let text = match self.cause_of(agent) {
            Some(cause) => format!("The offer to {agent} was taken back, as {cause}."),
            None => {
                self.withdrawn.retain(|(since, _)| *since == at);
                self.withdrawn.push((at, agent.clone()));
                withdrawn_text(&[agent])
            }
        };
        self.end_offer(at, agent, text);
    }

    /// Takes back the sentences on offers that an event ended, so that they can follow the sentence on the event.
    pub(super) fn take_withdrawn(&mut self, at: Instant, kind: &EventKind) -> Vec<Id> {
        let ends_offers =
            matches!(kind, EventKind::Assigned { .. } | EventKind::Closed { .. } | EventKind::Snoozed { .. });
        if !ends_offers {
            return Vec::new();
        }
        let ended = std::mem::take(&mut self.withdrawn).into_iter().filter(|(since, _)| *since == at);
        let agents: Vec<Id> = ended.map(|(_, agent)| agent).collect();
        let said: Vec<String> = agents.iter().map(|agent| withdrawn_text(&[agent])).collect();
        self.lines.retain(|line| line.at != at || !said.contains(&line.text));
        agents
    }
}

pub(super) fn withdrawn_text(agents: &[&Id]) -> String {
    match agents {
        [agent] => format!("The offer to {agent} was taken back."),
        agents => format!("The offers to {} were taken back.", listed(agents)),
    }
}
