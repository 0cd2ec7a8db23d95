//! The table of a team lead: the agents with their status and load.

use serde::{Deserialize, Serialize};

use crate::availability::Scope;
use crate::availability::{Member, State, Status, is_member};
use crate::deadline;
use crate::desk::Desk;
use crate::model::{Capacity, Id};
use crate::problem::Problem;
use crate::time::Instant;

/// A filter of agents: an agent has to match all fields that are set. The default matches all.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Filter {
    /// The state of the agent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<State>,
    /// The team of which the agent is a main or extra member.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub team: Option<Id>,
    /// The inbox that the agent has access to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub inbox: Option<Id>,
    /// The skill that the agent has, at any level.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub skill: Option<Id>,
}

/// An agent in the table of a team lead.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AgentRow {
    /// The id of the agent.
    pub agent: Id,
    /// The name of the agent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The main team of the agent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub team: Option<Id>,
    /// The state, its reason, and its end.
    #[serde(flatten)]
    pub status: Status,
    /// The total weight of what the agent holds: conversations, pending offers, wrap-ups.
    pub load: u64,
    /// The number of these.
    pub holding: u32,
    /// The capacity of the agent; absent without a limit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub capacity: Option<Capacity>,
}

impl Desk {
    /// Returns the agents that match a filter, with status, load and capacity, in document order.
    ///
    /// # Errors
    /// `unknown_team` or `unknown_inbox`.
    pub fn table(&self, filter: &Filter, at: Instant) -> Result<Vec<AgentRow>, Problem> {
        let scope = filter.inbox.as_ref().map_or(Scope::Everyone, |inbox| Scope::Inbox(inbox.clone()));
        if let Some(team) = &filter.team {
            self.state.scope(&Scope::Team(team.clone()))?;
        }
        let slots = self.state.scope(&scope)?;
        let rows = slots.into_iter().take_while(|_| !deadline::is_up()).filter_map(|slot| {
            let member = self.state.roster.member(slot).filter(|member| filter.passes(member))?;
            let status = self.state.status_of(slot, at)?;
            let standing = self.state.standings.standing(slot)?;
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
}

impl Filter {
    fn passes(&self, member: &Member) -> bool {
        self.team.as_ref().is_none_or(|team| is_member(&member.entry, team))
            && self.skill.as_ref().is_none_or(|skill| member.entry.skills.contains_key(skill))
    }
}
