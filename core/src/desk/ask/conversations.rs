//! Conversations as they are now.

use serde::Serialize;

use crate::availability::AgentSlot;
use crate::conversation::FilteredBecause;
use crate::deadline;
use crate::desk::Desk;
use crate::desk::ask::ConversationFilter;
use crate::desk::event::Details;
use crate::desk::state::{Conversation, DeskState, Phase};
use crate::model::Id;
use crate::problem::{Problem, vocabulary};
use crate::time::Instant;

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

/// A conversation as it is now.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ConversationView {
    /// The id of the conversation.
    pub conversation: Id,
    /// The state of the conversation.
    pub state: Whereabouts,
    /// The agent who holds it, or was offered it first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agent: Option<Id>,
    /// The agent who last held it, also one who was removed since; absent while an agent holds it, and if nobody ever did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_agent: Option<Id>,
    /// The agents who have its offer, the first offered first: several with `offers_at_once`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub offered_to: Vec<Id>,
    /// The team to which it is given, or among whose members it is distributed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub team: Option<Id>,
    /// The bot that has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bot: Option<Id>,
    /// The reason why it is in the spam; absent elsewhere.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub filtered_because: Option<FilteredBecause>,
    /// The entry of a list, as it is written, or the role for which it is in the spam; absent elsewhere, and if it was marked by
    /// hand.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub matched: Option<Id>,
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
    /// Returns a conversation as it is now.
    pub fn conversation(&self, id: &str) -> Option<ConversationView> {
        let conversation = self.state.find(id).and_then(|reference| self.state.conversation(reference))?;
        Some(self.row(conversation))
    }

    pub(super) fn row(&self, conversation: &Conversation) -> ConversationView {
        let (state, agent) = whereabouts(&conversation.phase);
        let offered = conversation.offers().iter();
        let (filtered_because, matched) = match &conversation.phase {
            Phase::Filtered { reason, matched } => (Some(*reason), matched.as_ref()),
            _ => (None, None),
        };
        ConversationView {
            conversation: conversation.id.clone(),
            state,
            agent: agent.and_then(|slot| self.state.roster.agent_id(slot)),
            last_agent: self.state.last_holder_of(conversation).filter(|_| conversation.holder().is_none()),
            offered_to: offered.filter_map(|offer| self.state.roster.agent_id(offer.agent)).collect(),
            team: conversation.team().cloned(),
            bot: bot_of(conversation).cloned(),
            filtered_because,
            matched: matched.cloned(),
            opened_at: conversation.opened_at,
            last_message_at: conversation.last_message_at,
            hidden_messages: conversation.hidden().iter().map(|it| it.message.clone()).collect(),
            details: (*conversation.details).clone(),
        }
    }

    /// Returns all conversations as they are now, in the order of opening.
    pub fn conversations(&self) -> impl Iterator<Item = ConversationView> + '_ {
        let all = self.state.conversations.iter().take_while(|_| !deadline::is_up());
        all.map(|it| self.row(it))
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
        let passing = all.take_while(|_| !deadline::is_up()).filter(|it| self.state.passes(filter, it));
        Ok(passing.map(|it| self.row(it)).collect())
    }
}

impl DeskState {
    /// Returns the agent who last held a conversation, also one who was removed since.
    pub fn last_holder_of(&self, conversation: &Conversation) -> Option<Id> {
        let last = conversation.last_held().and_then(|(slot, _)| self.roster.agent_id(slot));
        last.or_else(|| conversation.former_holder().cloned())
    }
}

/// Returns the bot that has a conversation.
pub(super) fn bot_of(conversation: &Conversation) -> Option<&Id> {
    match &conversation.phase {
        Phase::WithBot { bot, .. } => Some(bot),
        _ => None,
    }
}

/// Returns the state of a conversation, and the agent who holds it or was offered it first.
pub(super) fn whereabouts(phase: &Phase) -> (Whereabouts, Option<AgentSlot>) {
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
