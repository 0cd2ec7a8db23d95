//! The offers and wrap-ups that take room of agents: an agent may be full, and hold nothing.

use crate::desk::{Event, EventKind};
use crate::model::Id;

/// The open offers and wrap-ups of all conversations, each with its conversation and agent.
#[derive(Debug, Clone, Default)]
pub(super) struct Busy {
    offers: Vec<(Id, Id)>,
    wrap_ups: Vec<(Id, Id)>,
}

impl Busy {
    /// Records the begin or end of an offer or a wrap-up.
    pub fn hear(&mut self, event: &Event) {
        match &event.kind {
            EventKind::Offered { conversation, agent, .. } => self.offers.push((conversation.clone(), agent.clone())),
            EventKind::OfferExpired { conversation, agent }
            | EventKind::OfferDeclined { conversation, agent }
            | EventKind::OfferWithdrawn { conversation, agent } => {
                self.offers.retain(|offer| (&offer.0, &offer.1) != (conversation, agent));
            }
            EventKind::Assigned { conversation, .. } => self.offers.retain(|(offered, _)| offered != conversation),
            EventKind::Closed { conversation, agent: Some(agent), until: Some(_), .. } => {
                self.wrap_ups.push((conversation.clone(), agent.clone()));
            }
            EventKind::WrapUpEnded { conversation, .. }
            | EventKind::Reopened { conversation, .. }
            | EventKind::Forgotten { conversation } => self.wrap_ups.retain(|(closed, _)| closed != conversation),
            _ => {}
        }
    }

    /// Describes what takes room of an agent beside the conversations that the agent holds.
    pub fn included(&self, agent: &Id) -> Option<&'static str> {
        let any = |of: &[(Id, Id)]| of.iter().any(|(_, it)| it == agent);
        match (any(&self.offers), any(&self.wrap_ups)) {
            (false, false) => None,
            (true, false) => Some("offers"),
            (false, true) => Some("wrap-ups"),
            (true, true) => Some("offers and wrap-ups"),
        }
    }
}
