//! Conversations as the desk stores them.

use std::sync::Arc;

use smallvec::SmallVec;

use crate::availability::{AgentSlot, ChannelSlot, handle};
use crate::desk::event::{Decision, Details};
use crate::model::Id;
use crate::routing::{RuleRef, StepRef};
use crate::time::Instant;

handle! {
    /// The handle of a conversation; one opened earlier is lower.
    ConversationRef
}

/// A conversation.
#[derive(Debug, Clone)]
pub struct Conversation {
    pub id: Id,
    pub details: Arc<Details>,
    /// Its channel; `None` if that was removed since.
    pub channel: Option<ChannelSlot>,
    pub opened_at: Instant,
    /// The instant at which it was opened or last reopened, and the number of that event: its place among those of equal
    /// priority.
    pub queued_from: Instant,
    pub order: u64,
    pub phase: Phase,
    /// `true` if its last event left it without an outcome, which a later event of the same command gives.
    pub unsettled: bool,
    /// Its progress in its rule; kept while it is offered or with a bot.
    pub route: Option<Route>,
    /// The agents who declined it, each with their number of returns at the time.
    pub declined: Vec<(AgentSlot, u32)>,
    /// The agent who last held it, with the number of the event that assigned it.
    pub last_held: Option<(AgentSlot, u64)>,
    /// The owners who were mailed since it was opened or last reopened.
    pub notified: Vec<AgentSlot>,
    /// The priority that a script of its rule gave it.
    pub place: Option<i64>,
    /// The marks of the script failures that were emitted for it.
    pub failures: Vec<u64>,
}

/// The phase of a conversation.
#[derive(Debug, Clone, PartialEq)]
pub enum Phase {
    /// In the queue, by its route.
    Waiting,
    /// Offered to an agent, or to several at once.
    Offered {
        /// In the order in which they were made; never empty.
        offers: SmallVec<[Offer; 1]>,
    },
    /// Held by an agent.
    Held { agent: AgentSlot },
    /// Given to a team, held by nobody.
    WithTeam { team: Id },
    /// With a bot.
    WithBot { bot: Id },
    /// Held by nobody and not routed.
    Unassigned,
    /// The contact left a message.
    Voicemail,
    /// Snoozed.
    Snoozed { until: Option<Instant> },
    /// Closed; an agent may still be wrapping it up.
    Closed { wrapping: Option<(AgentSlot, Instant)> },
}

/// An offer of a conversation to an agent, who may accept or decline it.
#[derive(Debug, Clone, PartialEq)]
pub struct Offer {
    pub agent: AgentSlot,
    pub until: Option<Instant>,
    /// The decision behind it; `None` if it goes back to the agent who held the conversation before.
    pub decision: Option<Decision>,
}

/// The progress of a conversation in its rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Route {
    pub rule: RuleRef,
    /// The first step that may take it.
    pub from: StepRef,
    /// The step reached.
    pub reached: StepRef,
    /// The instant at which the next step is added.
    pub wait_until: Option<Instant>,
    /// `true` if all steps and the `otherwise` are done, and any step may take it.
    pub done: bool,
}

impl Conversation {
    pub fn is_open(&self) -> bool {
        !matches!(self.phase, Phase::Closed { .. })
    }

    /// Returns `true` if it waits, or is offered and may wait again.
    pub fn is_routed(&self) -> bool {
        matches!(self.phase, Phase::Waiting | Phase::Offered { .. })
    }

    /// Returns the agent who holds it.
    pub fn holder(&self) -> Option<AgentSlot> {
        match self.phase {
            Phase::Held { agent } => Some(agent),
            _ => None,
        }
    }

    /// Returns its open offers.
    pub fn offers(&self) -> &[Offer] {
        match &self.phase {
            Phase::Offered { offers } => offers,
            _ => &[],
        }
    }

    /// Returns its offer to an agent.
    pub fn offer_to(&self, slot: AgentSlot) -> Option<&Offer> {
        self.offers().iter().find(|offer| offer.agent == slot)
    }

    /// Offers it to one more agent.
    pub fn add_offer(&mut self, offer: Offer) {
        match &mut self.phase {
            Phase::Offered { offers } => offers.push(offer),
            _ => self.phase = Phase::Offered { offers: SmallVec::from_iter([offer]) },
        }
    }

    /// Ends its offer to an agent. After the last it is unassigned, and a later event says what becomes of it.
    pub fn end_offer(&mut self, slot: AgentSlot) {
        if let Phase::Offered { offers } = &mut self.phase {
            offers.retain(|offer| offer.agent != slot);
            if offers.is_empty() {
                (self.phase, self.unsettled) = (Phase::Unassigned, true);
            }
        }
    }

    /// Returns the agents whose load it is part of.
    pub fn occupies(&self) -> impl Iterator<Item = AgentSlot> {
        let one = match self.phase {
            Phase::Held { agent } | Phase::Closed { wrapping: Some((agent, _)) } => Some(agent),
            _ => None,
        };
        one.into_iter().chain(self.offers().iter().map(|offer| offer.agent))
    }

    /// Returns `true` if its record refers to an agent.
    pub fn remembers(&self, slot: AgentSlot, agent: &Id) -> bool {
        let contact = self.details.contact.as_ref();
        self.declined.iter().any(|(declined, _)| *declined == slot)
            || self.last_held.is_some_and(|(holder, _)| holder == slot)
            || self.notified.contains(&slot)
            || matches!(self.phase, Phase::Closed { wrapping: Some((agent, _)) } if agent == slot)
            || contact.is_some_and(|contact| contact.owner.as_ref() == Some(agent))
    }

    /// Removes an agent from its record.
    pub fn forget(&mut self, slot: AgentSlot, agent: &Id) {
        self.declined.retain(|(declined, _)| *declined != slot);
        self.last_held.take_if(|(holder, _)| *holder == slot);
        self.notified.retain(|notified| *notified != slot);
        if let Phase::Closed { wrapping } = &mut self.phase {
            wrapping.take_if(|(agent, _)| *agent == slot);
        }
        let contact = self.details.contact.as_ref();
        if contact.is_some_and(|contact| contact.owner.as_ref() == Some(agent)) {
            let details = Arc::make_mut(&mut self.details);
            details.contact.iter_mut().for_each(|contact| contact.owner = None);
        }
    }

    /// Returns `true` if it waits at a step, in the queue or on the way there, and the wait is over.
    pub fn is_wait_over(&self, at: Instant) -> bool {
        let wait_until = self.route.as_ref().and_then(|route| route.wait_until);
        matches!(self.phase, Phase::Waiting | Phase::Unassigned) && wait_until.is_some_and(|until| until <= at)
    }

    /// Returns the effective priority: its own, unless a script of its rule gave it another.
    pub fn priority(&self) -> i64 {
        self.place.unwrap_or(self.details.priority)
    }

    /// Returns its place in the queue.
    pub fn key(&self, reference: ConversationRef) -> QueueKey {
        QueueKey {
            behind: self.priority().saturating_neg(),
            from: self.queued_from,
            order: self.order,
            conversation: reference,
        }
    }
}

/// The place of a conversation in the queue: the smallest is the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct QueueKey {
    /// The priority, negated.
    behind: i64,
    from: Instant,
    order: u64,
    pub conversation: ConversationRef,
}
