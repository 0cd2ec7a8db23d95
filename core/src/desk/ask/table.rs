//! The views for a team lead: the agents with their status and load, the queue, and conversations.

use rustc_hash::FxHashMap;
use serde::Serialize;

use crate::availability::Scope;
use crate::availability::{AgentSet, AgentSlot, Member, Status, is_member};
use crate::deadline;
use crate::desk::Desk;
use crate::desk::event::Details;
use crate::desk::state::{Conversation, Phase};
use crate::model::{Capacity, Filter, Id};
use crate::problem::{Code, Problem, shortened, vocabulary};
use crate::time::Instant;

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
    /// The inboxes that the agent has access to, in document order; [`Desk::inboxes_of`] also gives those that the agent sees.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub inboxes: Vec<Id>,
}

vocabulary! {
    /// The place of a conversation: in the queue, with someone, or out of the way.
    #[non_exhaustive]
    pub enum Whereabouts {
        /// Waiting in the queue.
        Queued = "queued",
        /// Offered to an agent, who has not accepted yet.
        Offered = "offered",
        /// Held by an agent.
        Assigned = "assigned",
        /// Given to a team; no agent holds it.
        WithTeam = "with_team",
        /// Handled by a bot.
        WithBot = "with_bot",
        /// Held by nobody, and not routed.
        Unassigned = "unassigned",
        /// Sent to a voicemail.
        Voicemail = "voicemail",
        /// Snoozed.
        Snoozed = "snoozed",
        /// Closed.
        Closed = "closed",
        /// Sent by an agent; the contact has not answered.
        Sent = "sent",
        /// In the spam.
        Spam = "spam",
        /// In the trash.
        Trash = "trash",
    }
}

/// A filter of conversations: a conversation has to match all fields that are set. The default matches all.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct ConversationFilter {
    /// The states, one of which the conversation has; empty matches any state.
    #[serde(rename = "state", skip_serializing_if = "Vec::is_empty")]
    pub states: Vec<Whereabouts>,
    /// The inbox of the conversation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub inbox: Option<Id>,
    /// The channel of the conversation: of the inbox, or of any inbox if none is set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel: Option<Id>,
    /// The agent who holds the conversation or has its offer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agent: Option<Id>,
    /// The id of the contact.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contact: Option<Id>,
}

/// A conversation as it is now.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ConversationView {
    /// The id of the conversation.
    pub conversation: Id,
    /// The state of the conversation.
    pub state: Whereabouts,
    /// The agent who holds it, or was offered it first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agent: Option<Id>,
    /// The agents who have its offer, the first offered first: several with `offers_at_once`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub offered_to: Vec<Id>,
    /// The team to which it is given, or among whose members it is distributed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub team: Option<Id>,
    /// The instant of its arrival, in UTC.
    pub opened_at: Instant,
    /// The instant of its last message, by anyone, in UTC; the opening counts as one.
    pub last_message_at: Instant,
    /// The hidden messages, in the order in which they were hidden.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub hidden_messages: Vec<Id>,
    /// The details given on its arrival and by updates.
    #[serde(flatten)]
    pub details: Details,
}

impl Desk {
    /// Returns the agents that match a filter, with status, load, capacity and inboxes, in document order.
    ///
    /// # Errors
    /// `unknown_team` or `unknown_inbox`.
    ///
    /// ```
    /// use frontdesk::{Desk, desk::Filter, time::Instant};
    ///
    /// let desk = Desk::from_json(r#"{"version": 1, "time_zone": "UTC", "agents": [{"id": "anna"}, {"id": "bo"}],
    ///     "inboxes": [{"id": "main"}, {"id": "claims", "access": {"agents": ["anna"]}}]}"#).unwrap();
    /// let at = Instant::parse("2026-11-20T09:00:00Z")?;
    /// let rows = desk.table(&Filter { inbox: Some("claims".into()), ..Filter::default() }, at)?;
    /// assert_eq!((rows.len(), &rows[0].inboxes), (1, &vec!["main".into(), "claims".into()]));
    /// # Ok::<(), frontdesk::Problem>(())
    /// ```
    pub fn table(&self, filter: &Filter, at: Instant) -> Result<Vec<AgentRow>, Problem> {
        let scope = filter.inbox.as_ref().map_or(Scope::Everyone, |inbox| Scope::Inbox(inbox.clone()));
        if let Some(team) = &filter.team {
            self.state.scope(&Scope::Team(team.clone()))?;
        }
        let slots = self.state.scope(&scope)?;
        let (shown, mut rows): (Vec<AgentSlot>, Vec<AgentRow>) = slots
            .into_iter()
            .take_while(|_| !deadline::is_up())
            .filter_map(|slot| {
                let member = self.state.roster.member(slot).filter(|member| filter.passes(member))?;
                let status = self.state.status_of(slot, at)?;
                let standing = self.state.standings.standing(slot)?;
                let row = AgentRow {
                    agent: member.entry.id.clone(),
                    name: member.entry.name.clone(),
                    team: member.entry.team.clone(),
                    status,
                    load: standing.load,
                    holding: standing.items,
                    capacity: member.entry.capacity.clone(),
                    inboxes: Vec::new(),
                };
                filter.state.is_none_or(|state| state == row.status.state).then_some((slot, row))
            })
            .unzip();
        self.name_inboxes(&shown, &mut rows);
        Ok(rows)
    }

    /// Puts the inboxes with access into the rows of agents. Goes through the set of each inbox once, because the sets are
    /// there, and most hold few of many agents.
    fn name_inboxes(&self, shown: &[AgentSlot], rows: &mut [AgentRow]) {
        let row_of: FxHashMap<AgentSlot, usize> = shown.iter().copied().zip(0..).collect();
        let shown: AgentSet = shown.iter().copied().collect();
        let roster = &self.state.roster;
        for inbox in roster.inboxes().take_while(|_| !deadline::is_up()) {
            for slot in roster.with_access(inbox).both(&shown) {
                let row = row_of.get(&slot).and_then(|index| rows.get_mut(*index));
                row.into_iter().for_each(|row| row.inboxes.push(inbox.id.clone()));
            }
        }
    }

    /// Returns a filter of the table that the document saves under `table_filters`.
    ///
    /// # Errors
    /// `unknown_filter`.
    ///
    /// ```
    /// use frontdesk::{Desk, time::Instant};
    ///
    /// let desk = Desk::from_json(r#"{"version": 1, "time_zone": "UTC", "teams": [{"id": "vip"}],
    ///     "agents": [{"id": "anna", "team": "vip"}, {"id": "bo"}],
    ///     "table_filters": [{"id": "away-vip", "filter": {"state": "away", "team": "vip"}}]}"#).unwrap();
    /// let rows = desk.table(desk.table_filter("away-vip")?, Instant::parse("2026-11-20T09:00:00Z")?)?;
    /// assert!(rows.is_empty());
    /// # Ok::<(), frontdesk::Problem>(())
    /// ```
    pub fn table_filter(&self, id: &str) -> Result<&Filter, Problem> {
        let filters = self.state.roster.table_filters();
        let saved = filters.iter().find(|saved| saved.id == *id);
        saved.map(|saved| &saved.filter).ok_or_else(|| {
            let message = format!("there is no filter {:?}", shortened(id));
            Problem::new(Code::UnknownFilter, message).suggesting(id, filters.iter().map(|saved| saved.id.as_str()))
        })
    }

    /// Returns the number of waiting conversations, which the next command may have to go through.
    pub fn waiting(&self) -> usize {
        self.state.queue.len()
    }

    /// Returns a conversation as it is now.
    pub fn conversation(&self, id: &str) -> Option<ConversationView> {
        let conversation = self.state.find(id).and_then(|reference| self.state.conversation(reference))?;
        Some(self.view(conversation))
    }

    fn view(&self, conversation: &Conversation) -> ConversationView {
        let (state, agent) = whereabouts(&conversation.phase);
        let offered = conversation.offers().iter();
        ConversationView {
            conversation: conversation.id.clone(),
            state,
            agent: agent.and_then(|slot| self.state.roster.agent_id(slot)),
            offered_to: offered.filter_map(|offer| self.state.roster.agent_id(offer.agent)).collect(),
            team: conversation.team().cloned(),
            opened_at: conversation.opened_at,
            last_message_at: conversation.last_message_at,
            hidden_messages: conversation.hidden().iter().map(|it| it.message.clone()).collect(),
            details: (*conversation.details).clone(),
        }
    }

    /// Returns all conversations as they are now, in the order of opening.
    pub fn conversations(&self) -> impl Iterator<Item = ConversationView> + '_ {
        let all = self.state.conversations.iter().take_while(|_| !deadline::is_up());
        all.map(|it| self.view(it))
    }

    /// Returns the conversations that match a filter, as they are now, in the order of opening.
    ///
    /// # Errors
    /// `unknown_inbox`, `unknown_channel` or `unknown_agent` for an id that neither the document nor a conversation has.
    /// An unknown contact has no conversations.
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

    /// Returns `true` if a conversation is with the agent of the filter, or the filter has none.
    fn is_with(&self, filter: &ConversationFilter, conversation: &Conversation) -> bool {
        let Some(wanted) = &filter.agent else { return true };
        let holder = conversation.holder().into_iter();
        let mut with = holder.chain(conversation.offers().iter().map(|offer| offer.agent));
        with.any(|slot| self.state.roster.agent_id(slot).as_ref() == Some(wanted))
    }

    /// Checks that the ids of a filter exist, because a misspelt one would silently find nothing.
    pub(super) fn check_filter(&self, filter: &ConversationFilter) -> Result<(), Problem> {
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

/// Returns the state of a conversation, and the agent who holds it or was offered it first.
fn whereabouts(phase: &Phase) -> (Whereabouts, Option<AgentSlot>) {
    match phase {
        Phase::Waiting => (Whereabouts::Queued, None),
        Phase::Offered { offers } => (Whereabouts::Offered, offers.first().map(|offer| offer.agent)),
        Phase::Held { agent } => (Whereabouts::Assigned, Some(*agent)),
        Phase::WithTeam { .. } => (Whereabouts::WithTeam, None),
        Phase::WithBot { .. } => (Whereabouts::WithBot, None),
        Phase::Unassigned => (Whereabouts::Unassigned, None),
        Phase::Voicemail => (Whereabouts::Voicemail, None),
        Phase::Snoozed { .. } => (Whereabouts::Snoozed, None),
        Phase::Closed { .. } => (Whereabouts::Closed, None),
        Phase::Sent => (Whereabouts::Sent, None),
        Phase::Filtered { .. } => (Whereabouts::Spam, None),
        Phase::Trashed { .. } => (Whereabouts::Trash, None),
    }
}

impl ConversationFilter {
    /// Returns `true` if a conversation matches all fields but the agent.
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
