//! What a team lead looks at: the agents with their status and load, the queue, a conversation.

use serde::{Deserialize, Serialize};

use crate::availability::Scope;
use crate::availability::{AgentSlot, Member, State, Status, is_member};
use crate::deadline;
use crate::desk::Desk;
use crate::desk::event::Details;
use crate::desk::state::{Conversation, Phase};
use crate::model::{Capacity, Id};
use crate::problem::{Code, Problem, vocabulary};
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

vocabulary! {
    /// Where a conversation is.
    #[non_exhaustive]
    pub enum Whereabouts {
        /// In the queue.
        Queued = "queued",
        /// Offered to an agent.
        Offered = "offered",
        /// Held by an agent.
        Assigned = "assigned",
        /// Given to a team.
        WithTeam = "with_team",
        /// With a bot.
        WithBot = "with_bot",
        /// Held by nobody and not routed.
        Unassigned = "unassigned",
        /// Left a message.
        Voicemail = "voicemail",
        /// Asleep.
        Snoozed = "snoozed",
        /// Closed.
        Closed = "closed",
    }
}

/// Which conversations are listed: those that pass all that is asked. The default lists all.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct ConversationFilter {
    /// Where they are: one of these; empty is anywhere.
    #[serde(rename = "state", skip_serializing_if = "Vec::is_empty")]
    pub states: Vec<Whereabouts>,
    /// The inbox they are in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub inbox: Option<Id>,
    /// The channel they are in: of the inbox, or of any where no inbox is named.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel: Option<Id>,
    /// Who holds them, or has the offer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agent: Option<Id>,
    /// The id of who writes or calls.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contact: Option<Id>,
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

    /// How many conversations wait: what the next command may have to go through.
    pub fn waiting(&self) -> usize {
        self.state.queue.len()
    }

    /// The waiting conversations, first to be served first.
    pub fn queue(&self) -> Vec<Id> {
        let keys = self.state.queue.in_order().into_iter();
        let keys = keys.take_while(|_| !deadline::is_up());
        keys.filter_map(|key| self.state.conversation(key.conversation).map(|it| it.id.clone())).collect()
    }

    /// A conversation as it is now.
    pub fn conversation(&self, id: &str) -> Option<ConversationView> {
        let conversation = self.state.find(id).and_then(|reference| self.state.conversation(reference))?;
        Some(self.view(conversation))
    }

    fn view(&self, conversation: &Conversation) -> ConversationView {
        let (state, agent) = whereabouts(&conversation.phase);
        ConversationView {
            conversation: conversation.id.clone(),
            state,
            agent: agent.and_then(|slot| self.state.roster.agent_id(slot)),
            opened_at: conversation.opened_at,
            details: (*conversation.details).clone(),
        }
    }

    /// All conversations as they are now, in the order of opening.
    pub fn conversations(&self) -> impl Iterator<Item = ConversationView> + '_ {
        let all = self.state.conversations.iter().take_while(|_| !deadline::is_up());
        all.filter_map(|it| self.conversation(&it.id))
    }

    /// The conversations that pass a filter, as they are now, in the order of opening.
    ///
    /// # Errors
    /// `unknown_inbox`, `unknown_channel` or `unknown_agent` for an id that neither the document nor a conversation has. A contact
    /// of whom nothing is known has no conversations.
    ///
    /// ```
    /// use frontdesk::{Desk, desk::{ConversationFilter, Whereabouts}};
    ///
    /// let mut desk = Desk::from_json(r#"{"version": 1, "time_zone": "UTC", "agents": [{"id": "anna"}],
    ///     "inboxes": [{"id": "main", "channels": [{"id": "chat", "kind": "chat"}]}]}"#).unwrap();
    /// desk.handle_json(r#"{"type": "open", "at": "2026-11-20T09:00:00Z", "conversation": "c1", "inbox": "main",
    ///     "channel": "chat"}"#).unwrap();
    /// let unassigned = ConversationFilter { states: vec![Whereabouts::Unassigned], ..ConversationFilter::default() };
    /// assert_eq!(desk.conversations_where(&unassigned)?.len(), 1);
    /// # Ok::<(), frontdesk::Problem>(())
    /// ```
    pub fn conversations_where(&self, filter: &ConversationFilter) -> Result<Vec<ConversationView>, Problem> {
        self.check_filter(filter)?;
        let all = self.state.conversations.iter();
        let passing = all.filter(|it| filter.passes(it) && self.is_with(filter, it));
        Ok(passing.map(|it| self.view(it)).collect())
    }

    /// Whether a conversation is with the agent that is asked for.
    fn is_with(&self, filter: &ConversationFilter, conversation: &Conversation) -> bool {
        let Some(wanted) = &filter.agent else { return true };
        let agent = whereabouts(&conversation.phase).1.and_then(|slot| self.state.roster.agent_id(slot));
        agent.is_some_and(|agent| agent == *wanted)
    }

    /// The problem of an id that is nowhere: a misspelt one would else find nothing, without a word.
    fn check_filter(&self, filter: &ConversationFilter) -> Result<(), Problem> {
        if let Some(agent) = &filter.agent {
            self.zone_of(agent)?;
        }
        let known = |inbox: Option<&Id>, channel: Option<&Id>| {
            self.state.conversations.iter().any(|it| {
                inbox.is_none_or(|id| it.details.inbox == *id) && channel.is_none_or(|id| it.details.channel == *id)
            })
        };
        match (&filter.inbox, &filter.channel) {
            (None, None) => Ok(()),
            (Some(inbox), None) if known(Some(inbox), None) => Ok(()),
            (Some(inbox), None) => self.state.inbox(inbox).map(|_| ()),
            (Some(inbox), Some(channel)) if known(Some(inbox), Some(channel)) => Ok(()),
            (Some(inbox), Some(channel)) => self.state.channel(inbox, channel).map(|_| ()),
            (None, Some(channel)) if known(None, Some(channel)) => Ok(()),
            (None, Some(channel)) => {
                let inboxes = self.state.roster.inboxes();
                let all: Vec<&Id> = inboxes.flat_map(|it| it.channels.iter().map(|channel| &channel.id)).collect();
                if all.contains(&channel) {
                    return Ok(());
                }
                let message = format!("no inbox has a channel {channel:?}");
                Err(Problem::new(Code::UnknownChannel, message).suggesting(channel, all.iter().map(|id| id.as_str())))
            }
        }
    }
}

/// Where a conversation is, and who holds it or has the offer.
fn whereabouts(phase: &Phase) -> (Whereabouts, Option<AgentSlot>) {
    match phase {
        Phase::Waiting => (Whereabouts::Queued, None),
        Phase::Offered { agent, .. } => (Whereabouts::Offered, Some(*agent)),
        Phase::Held { agent } => (Whereabouts::Assigned, Some(*agent)),
        Phase::WithTeam { .. } => (Whereabouts::WithTeam, None),
        Phase::WithBot { .. } => (Whereabouts::WithBot, None),
        Phase::Unassigned => (Whereabouts::Unassigned, None),
        Phase::Voicemail => (Whereabouts::Voicemail, None),
        Phase::Snoozed { .. } => (Whereabouts::Snoozed, None),
        Phase::Closed { .. } => (Whereabouts::Closed, None),
    }
}

impl ConversationFilter {
    /// Whether a conversation passes all but the agent.
    fn passes(&self, conversation: &Conversation) -> bool {
        let details = &conversation.details;
        let contact = details.contact.as_ref().and_then(|contact| contact.id.as_ref());
        (self.states.is_empty() || self.states.contains(&whereabouts(&conversation.phase).0))
            && self.inbox.as_ref().is_none_or(|inbox| *inbox == details.inbox)
            && self.channel.as_ref().is_none_or(|channel| *channel == details.channel)
            && self.contact.as_ref().is_none_or(|wanted| contact == Some(wanted))
    }
}

impl Filter {
    fn passes(&self, member: &Member) -> bool {
        self.team.as_ref().is_none_or(|team| is_member(&member.entry, team))
            && self.skill.as_ref().is_none_or(|skill| member.entry.skills.contains_key(skill))
    }
}
