//! Handles of what an event is about: found once, and handed to `apply`, which looks up no id.

use crate::availability::AgentSlot;
use crate::desk::event::{Decision, Event, What};
use crate::desk::state::check::foreign;
use crate::desk::state::configure::Change;
use crate::desk::state::{ConversationRef, DeskState};
use crate::model::Id;
use crate::problem::{Problem, shortened};

/// What an event is about, as the desk keeps it. Who decides knows it; of an event from outside it is looked up.
#[derive(Default)]
pub struct Resolved {
    pub conversation: Option<ConversationRef>,
    pub agent: Option<AgentSlot>,
    /// The rule, by its place in the channel.
    pub rule: Option<usize>,
    /// The running weights after a choice by weight.
    pub weights: Vec<(AgentSlot, i64)>,
    pub change: Option<Change>,
}

impl Resolved {
    /// An event about a conversation.
    pub fn of(conversation: ConversationRef) -> Resolved {
        Resolved { conversation: Some(conversation), ..Resolved::default() }
    }

    /// An event about an agent.
    pub fn of_agent(agent: AgentSlot) -> Resolved {
        Resolved { agent: Some(agent), ..Resolved::default() }
    }

    /// An event that changes the document.
    pub fn of_change(change: Change) -> Resolved {
        Resolved { change: Some(change), ..Resolved::default() }
    }

    #[must_use]
    pub fn agent(self, agent: impl Into<Option<AgentSlot>>) -> Resolved {
        Resolved { agent: agent.into(), ..self }
    }

    #[must_use]
    pub fn weights(self, weights: Vec<(AgentSlot, i64)>) -> Resolved {
        Resolved { weights, ..self }
    }

    #[must_use]
    pub fn rule(self, rule: impl Into<Option<usize>>) -> Resolved {
        Resolved { rule: rule.into(), ..self }
    }
}

impl DeskState {
    /// Finds what an event from outside is about.
    pub fn resolve(&self, event: &Event) -> Result<Resolved, Problem> {
        let what = &event.what;
        if let What::DeskChanged { .. } = what {
            return Ok(Resolved::of_change(self.read_change(what)?));
        }
        let is_new = matches!(what, What::Opened { .. });
        let conversation = what.conversation().filter(|_| !is_new).map(|id| self.known(id)).transpose()?;
        let agent = what.agent().map(|agent| self.known_agent(agent)).transpose()?;
        // A rule that was there when an offer was made may be gone when it is accepted.
        let rule = conversation.zip(rule_of(what)).and_then(|(it, rule)| self.rule_index(it, rule));
        let weights = decision_of(what).into_iter().flat_map(|decision| &decision.weights);
        let weights = weights.filter_map(|(agent, weight)| Some((self.roster.slot(agent)?, *weight))).collect();
        Ok(Resolved { conversation, agent, rule, weights, change: None })
    }

    fn known(&self, conversation: &Id) -> Result<ConversationRef, Problem> {
        self.find(conversation).ok_or_else(|| {
            foreign(&format!("the conversation {conversation:?}", conversation = shortened(conversation)))
        })
    }

    fn known_agent(&self, agent: &Id) -> Result<AgentSlot, Problem> {
        self.roster.slot(agent).ok_or_else(|| foreign(&format!("the agent {agent:?}", agent = shortened(agent))))
    }

    pub fn rule_index(&self, reference: ConversationRef, rule: &Id) -> Option<usize> {
        self.rules.place_of(self.conversation(reference)?.channel?, rule)
    }
}

fn decision_of(what: &What) -> Option<&Decision> {
    match what {
        What::Offered { decision, .. } | What::Assigned { decision, .. } => decision.as_ref(),
        _ => None,
    }
}

/// The rule by which a conversation goes on.
fn rule_of(what: &What) -> Option<&Id> {
    match what {
        What::Offered { .. } | What::Assigned { .. } => decision_of(what).map(|it| &it.rule),
        What::Queued { rule, .. } => Some(rule),
        What::HandedToBot { rule, .. } => rule.as_ref(),
        What::Started
        | What::StatusChanged { .. }
        | What::Notice { .. }
        | What::Opened { .. }
        | What::Updated { .. }
        | What::Unassigned { .. }
        | What::StepEntered { .. }
        | What::OfferExpired { .. }
        | What::OfferDeclined { .. }
        | What::OfferWithdrawn { .. }
        | What::SentToVoicemail { .. }
        | What::OwnerNotified { .. }
        | What::Closed { .. }
        | What::WrapUpEnded { .. }
        | What::Reopened { .. }
        | What::Snoozed { .. }
        | What::DeskChanged { .. }
        | What::Prioritized { .. }
        | What::ScriptFailed { .. }
        | What::Refused { .. } => None,
    }
}
