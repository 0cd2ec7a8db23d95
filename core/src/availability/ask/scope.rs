//! The agents that a question is about.

use std::sync::Arc;

use crate::availability::{AgentSet, AgentSlot, Availability, CompiledChannel};
use crate::model::{Id, Inbox};
use crate::problem::{Code, Problem, shortened};

/// The agents that a question is about.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Scope {
    /// All agents of the desk.
    Everyone,
    /// The main members of a team.
    Team(Id),
    /// The main and the extra members of a team.
    TeamWithExtra(Id),
    /// The agents with access to an inbox.
    Inbox(Id),
}

impl Availability {
    pub(crate) fn inbox(&self, inbox: &str) -> Result<&Arc<Inbox>, Problem> {
        self.roster.inbox(inbox).ok_or_else(|| {
            let known = self.roster.inboxes().map(|inbox| inbox.id.as_str());
            Problem::new(Code::UnknownInbox, format!("there is no inbox {inbox:?}", inbox = shortened(inbox)))
                .suggesting(inbox, known)
        })
    }

    pub(crate) fn channel(&self, inbox: &str, channel: &str) -> Result<&CompiledChannel, Problem> {
        self.inbox(inbox)?;
        let compiled = self.roster.channel_slot(inbox, channel).and_then(|slot| self.roster.channel(slot));
        compiled.ok_or_else(|| {
            let known: Vec<&str> =
                self.roster.channels_of(inbox).map(|(_, channel)| channel.entry.id.as_str()).collect();
            let message = format!(
                "the inbox {inbox} has no channel {channel:?}",
                inbox = shortened(inbox),
                channel = shortened(channel)
            );
            Problem::new(Code::UnknownChannel, message).suggesting(channel, known)
        })
    }

    /// The agents in a scope, in document order.
    pub(crate) fn scope(&self, scope: &Scope) -> Result<Vec<AgentSlot>, Problem> {
        let roster = &self.roster;
        let team = |team: &Id, extra| {
            let known = || roster.teams().map(|team| team.id.as_str());
            let unknown = || {
                Problem::new(Code::UnknownTeam, format!("there is no team {team:?}", team = shortened(team)))
                    .suggesting(team, known())
            };
            roster.team(team).map(|_| slots(&roster.team_members(team, extra))).ok_or_else(unknown)
        };
        match scope {
            Scope::Everyone => Ok(roster.members().map(|(slot, _)| slot).collect()),
            Scope::Team(id) => team(id, false),
            Scope::TeamWithExtra(id) => team(id, true),
            Scope::Inbox(id) => Ok(slots(&roster.with_access(self.inbox(id)?))),
        }
    }
}

fn slots(set: &AgentSet) -> Vec<AgentSlot> {
    set.iter().collect()
}
