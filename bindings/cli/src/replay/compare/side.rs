//! The result of a run under one set of scripts.

use std::collections::BTreeMap;

use frontdesk::desk::{Decision, EventKind, EventType};
use frontdesk::time::Instant;
use frontdesk::{Document, Event, Id};
use serde::Serialize;
use serde_json::Value;

use crate::replay::summary::Summary;

/// The decisions by conversation, and the figures.
pub struct Side {
    pub decided: BTreeMap<Id, Vec<Decided>>,
    pub summary: Summary,
    /// The number of script failures.
    pub failed: usize,
}

/// A routing decision on a conversation.
#[derive(Debug, Serialize)]
pub struct Decided {
    pub at: Instant,
    /// The type of the event.
    pub outcome: EventType,
    /// The outcome in words, followed by `to`.
    #[serde(skip)]
    pub words: &'static str,
    /// The agent, voicemail or bot.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<Id>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<Id>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub step: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub strategy: Option<String>,
    /// The score for which the strategy chose the agent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub score: Option<Value>,
}

impl Side {
    /// Creates the result before any event.
    pub fn of(document: &Document) -> Side {
        Side { decided: BTreeMap::new(), summary: Summary::of(document), failed: 0 }
    }

    /// Records an event.
    pub fn hear(&mut self, event: &Event) {
        self.summary.count(event);
        if let EventKind::Opened { conversation, .. } = &event.kind {
            self.decided.entry(conversation.clone()).or_default();
        }
        if let EventKind::ScriptFailed { .. } = &event.kind {
            self.failed += 1;
        }
        if let Some((conversation, decided)) = event.kind.conversation().zip(decided(event)) {
            self.decided.entry(conversation.clone()).or_default().push(decided);
        }
    }
}

/// Returns the decision in an event; `None` if a person decided, or nothing was decided.
fn decided(event: &Event) -> Option<Decided> {
    let (at, outcome) = (event.at, event.kind.word());
    let nothing = |words| Decided { at, outcome, words, to: None, rule: None, step: None, strategy: None, score: None };
    let given = |words, agent: &Id, decision: &Decision| {
        let considered = event.considered.iter().flatten().find(|it| it.agent == *agent);
        Decided {
            to: Some(agent.clone()),
            rule: decision.rule.clone(),
            step: decision.step,
            strategy: Some(decision.strategy.to_string()),
            score: considered.and_then(|it| it.score.clone()),
            ..nothing(words)
        }
    };
    match &event.kind {
        EventKind::Assigned { agent: Some(agent), decision: Some(decision), .. } => {
            Some(given("goes to", agent, decision))
        }
        EventKind::Offered { agent, decision: Some(decision), .. } => Some(given("is offered to", agent, decision)),
        EventKind::Queued { rule, step, .. } => {
            Some(Decided { rule: rule.clone(), step: *step, ..nothing("waits in the queue") })
        }
        EventKind::Unassigned { agent: None, rule: Some(rule), .. } => {
            Some(Decided { rule: Some(rule.clone()), ..nothing("stays unassigned") })
        }
        EventKind::SentToVoicemail { voicemail, rule, .. } => {
            Some(Decided { to: Some(voicemail.clone()), rule: rule.clone(), ..nothing("goes to the voicemail") })
        }
        EventKind::HandedToBot { bot, rule, .. } => {
            Some(Decided { to: Some(bot.clone()), rule: rule.clone(), ..nothing("goes to the bot") })
        }
        EventKind::OwnerNotified { agent, rule, .. } => {
            Some(Decided { to: Some(agent.clone()), rule: rule.clone(), ..nothing("is announced to its owner") })
        }
        EventKind::Started
        | EventKind::StatusChanged { .. }
        | EventKind::Notice { .. }
        | EventKind::Opened { .. }
        | EventKind::Kept { .. }
        | EventKind::Updated { .. }
        | EventKind::Offered { .. }
        | EventKind::Assigned { .. }
        | EventKind::Unassigned { .. }
        | EventKind::StepEntered { .. }
        | EventKind::OfferExpired { .. }
        | EventKind::OfferDeclined { .. }
        | EventKind::OfferWithdrawn { .. }
        | EventKind::Closed { .. }
        | EventKind::WrapUpEnded { .. }
        | EventKind::Forgotten { .. }
        | EventKind::Erased { .. }
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
        | EventKind::Reopened { .. }
        | EventKind::Snoozed { .. }
        | EventKind::DeskChanged { .. }
        | EventKind::Prioritized { .. }
        | EventKind::ScriptFailed { .. }
        | EventKind::Refused { .. }
        | _ => None,
    }
}
