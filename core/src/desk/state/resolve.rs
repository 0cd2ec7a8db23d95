//! The handles of the subjects of an event: looked up once, and passed to `apply`, which looks up no ids.

use crate::availability::AgentSlot;
use crate::desk::event::{Decision, Event, EventKind};
use crate::desk::state::check::foreign;
use crate::desk::state::configure::Change;
use crate::desk::state::{ConversationRef, DeskState};
use crate::model::Id;
use crate::problem::{Problem, shortened};
use crate::routing::RuleRef;

/// The subjects of an event as handles. The code that decides knows them; for an event from outside they are looked up.
#[derive(Default)]
pub struct Resolved {
    pub conversation: Option<ConversationRef>,
    pub agent: Option<AgentSlot>,
    pub rule: Option<RuleRef>,
    /// The running weights after a choice by weight.
    pub weights: Vec<(AgentSlot, i64)>,
    pub change: Option<Change>,
}

impl Resolved {
    /// Creates the handles of an event about a conversation.
    pub fn of(conversation: ConversationRef) -> Resolved {
        Resolved { conversation: Some(conversation), ..Resolved::default() }
    }

    /// Creates the handles of an event about an agent.
    pub fn of_agent(agent: AgentSlot) -> Resolved {
        Resolved { agent: Some(agent), ..Resolved::default() }
    }

    /// Creates the handles of an event that changes the document.
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
    pub fn rule(self, rule: impl Into<Option<RuleRef>>) -> Resolved {
        Resolved { rule: rule.into(), ..self }
    }
}

impl DeskState {
    /// Looks up the subjects of an event from outside, whose conversation is known.
    pub fn resolve(&self, event: &Event, conversation: Option<ConversationRef>) -> Result<Resolved, Problem> {
        let kind = &event.kind;
        if let EventKind::DeskChanged { .. } = kind {
            return Ok(Resolved::of_change(self.read_change(kind, event.at)?));
        }
        let agent = kind.agent().map(|agent| self.known_agent(agent)).transpose()?;
        // A rule that was there when an offer was made may be gone when it is accepted.
        let rule = conversation.zip(rule_of(kind)).and_then(|(it, rule)| self.rule_ref(it, rule));
        let weights = decision_of(kind).into_iter().flat_map(|decision| &decision.weights);
        let weights = weights.filter_map(|(agent, weight)| Some((self.roster.slot(agent)?, *weight))).collect();
        Ok(Resolved { conversation, agent, rule, weights, change: None })
    }

    fn known_agent(&self, agent: &Id) -> Result<AgentSlot, Problem> {
        self.roster.slot(agent).ok_or_else(|| foreign(&format!("the agent {agent:?}", agent = shortened(agent))))
    }

    pub fn rule_ref(&self, reference: ConversationRef, rule: &Id) -> Option<RuleRef> {
        self.rules.rule_ref(self.conversation(reference)?.channel?, rule)
    }
}

fn decision_of(kind: &EventKind) -> Option<&Decision> {
    match kind {
        EventKind::Offered { decision, .. } | EventKind::Assigned { decision, .. } => decision.as_ref(),
        _ => None,
    }
}

/// Returns the rule by which a conversation continues.
fn rule_of(kind: &EventKind) -> Option<&Id> {
    match kind {
        EventKind::Offered { .. } | EventKind::Assigned { .. } => decision_of(kind).and_then(|it| it.rule.as_ref()),
        EventKind::Queued { rule, .. } | EventKind::HandedToBot { rule, .. } => rule.as_ref(),
        EventKind::Started
        | EventKind::StatusChanged { .. }
        | EventKind::Notice { .. }
        | EventKind::Opened { .. }
        | EventKind::Updated { .. }
        | EventKind::MessageNoted { .. }
        | EventKind::Sent { .. }
        | EventKind::Filtered { .. }
        | EventKind::Unfiltered { .. }
        | EventKind::Trashed { .. }
        | EventKind::Restored { .. }
        | EventKind::Hidden { .. }
        | EventKind::Unhidden { .. }
        | EventKind::Blocked { .. }
        | EventKind::Unblocked { .. }
        | EventKind::Unassigned { .. }
        | EventKind::Kept { .. }
        | EventKind::StepEntered { .. }
        | EventKind::OfferExpired { .. }
        | EventKind::OfferDeclined { .. }
        | EventKind::OfferWithdrawn { .. }
        | EventKind::SentToVoicemail { .. }
        | EventKind::OwnerNotified { .. }
        | EventKind::Closed { .. }
        | EventKind::WrapUpEnded { .. }
        | EventKind::Forgotten { .. }
        | EventKind::Erased { .. }
        | EventKind::Reopened { .. }
        | EventKind::Snoozed { .. }
        | EventKind::DeskChanged { .. }
        | EventKind::Prioritized { .. }
        | EventKind::ScriptFailed { .. }
        | EventKind::Refused { .. } => None,
    }
}
