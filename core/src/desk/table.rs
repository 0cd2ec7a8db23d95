//! What a team lead looks at: the agents with their status and load, the queue, a conversation.

use serde::{Deserialize, Serialize};

use super::Desk;
use super::ask::Scope;
use super::conversation::Phase;
use super::event::Details;
use crate::availability::{State, Status, is_member};
use crate::model::{Capacity, Id};
use crate::problem::Problem;
use crate::routing::Member;
use crate::time::Instant;

/// Which agents a table shows: those who pass all that is asked. The default shows all.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Filter {
    /// Available or away.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<State>,
    /// Main and extra members of a team.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub team: Option<Id>,
    /// Those with access to an inbox.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub inbox: Option<Id>,
    /// Those with a skill, at whatever level.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub skill: Option<Id>,
}

/// An agent in the table of a team lead.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AgentRow {
    /// Who.
    pub agent: Id,
    /// What people call them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Their main team.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub team: Option<Id>,
    /// Available or away, why, and until when.
    #[serde(flatten)]
    pub status: Status,
    /// Weight of all they hold: conversations, pending offers, wrap-ups.
    pub load: u64,
    /// How many of these there are.
    pub holding: u32,
    /// How much they take; absent without a limit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub capacity: Option<Capacity>,
}

/// Where a conversation is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Whereabouts {
    /// In the queue.
    Queued,
    /// Offered to an agent.
    Offered,
    /// Held by an agent.
    Assigned,
    /// Given to a team.
    WithTeam,
    /// With a bot.
    WithBot,
    /// Held by nobody and not routed.
    Unassigned,
    /// Left a message.
    Voicemail,
    /// Asleep.
    Snoozed,
    /// Closed.
    Closed,
}

/// A conversation as it is now.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ConversationView {
    /// Which.
    pub conversation: Id,
    /// Where it is.
    pub state: Whereabouts,
    /// Who holds it, or has the offer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agent: Option<Id>,
    /// When it arrived, UTC.
    pub opened_at: Instant,
    /// Everything its arrival and updates told.
    #[serde(flatten)]
    pub details: Details,
}

impl Desk {
    /// The agents that pass a filter, with status, load and capacity, in document order.
    ///
    /// # Errors
    /// `unknown_team` or `unknown_inbox`.
    pub fn table(&self, filter: &Filter, at: Instant) -> Result<Vec<AgentRow>, Problem> {
        let scope = filter.inbox.as_ref().map_or(Scope::Everyone, |inbox| Scope::Inbox(inbox.clone()));
        if let Some(team) = &filter.team {
            self.core.scope(&Scope::Team(team.clone()))?;
        }
        let slots = self.core.scope(&scope)?;
        let rows = slots.into_iter().filter_map(|slot| {
            let member = self.core.roster.member(slot).filter(|member| filter.passes(member))?;
            let status = self.core.status(slot, at)?;
            let standing = self.core.board.standing(slot)?;
            filter.state.is_none_or(|state| state == status.state).then(|| AgentRow {
                agent: member.entry.id.clone(),
                name: member.entry.name.clone(),
                team: member.entry.team.clone(),
                status,
                load: standing.load,
                holding: standing.items,
                capacity: member.entry.capacity.clone(),
            })
        });
        Ok(rows.collect())
    }

    /// How many conversations wait: what the next command may have to go through.
    pub fn waiting(&self) -> usize {
        self.core.queue.len()
    }

    /// The waiting conversations, first to be served first.
    pub fn queue(&self) -> Vec<Id> {
        let keys = self.core.queue.in_order().into_iter();
        keys.filter_map(|key| self.core.conversation(key.conversation).map(|it| it.id.clone())).collect()
    }

    /// A conversation as it is now.
    pub fn conversation(&self, id: &str) -> Option<ConversationView> {
        let conversation = self.core.find(id).and_then(|reference| self.core.conversation(reference))?;
        let (state, agent) = match &conversation.phase {
            Phase::Waiting => (Whereabouts::Queued, None),
            Phase::Offered { agent, .. } => (Whereabouts::Offered, Some(*agent)),
            Phase::Held { agent } => (Whereabouts::Assigned, Some(*agent)),
            Phase::WithTeam { .. } => (Whereabouts::WithTeam, None),
            Phase::WithBot { .. } => (Whereabouts::WithBot, None),
            Phase::Unassigned => (Whereabouts::Unassigned, None),
            Phase::Voicemail => (Whereabouts::Voicemail, None),
            Phase::Snoozed { .. } => (Whereabouts::Snoozed, None),
            Phase::Closed { .. } => (Whereabouts::Closed, None),
        };
        Some(ConversationView {
            conversation: conversation.id.clone(),
            state,
            agent: agent.and_then(|slot| self.core.roster.agent_id(slot)),
            opened_at: conversation.opened_at,
            details: (*conversation.details).clone(),
        })
    }

    /// All conversations as they are now, in the order of opening.
    pub fn conversations(&self) -> impl Iterator<Item = ConversationView> + '_ {
        self.core.conversations.iter().filter_map(|it| self.conversation(&it.id))
    }
}

impl Filter {
    fn passes(&self, member: &Member) -> bool {
        self.team.as_ref().is_none_or(|team| is_member(&member.entry, team))
            && self.skill.as_ref().is_none_or(|skill| member.entry.skills.contains_key(skill))
    }
}
