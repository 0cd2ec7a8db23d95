//! The queue: in order, that of a channel, a team or an agent, and the place of a conversation.
//!
//! An agent *may take* a waiting conversation if one of the steps it has reached names them, and they are not deactivated, have
//! a seat and access, have not declined it, and have the skills. Neither what they hold now nor whether they are available
//! counts, because both pass by themselves, and scripts and strategies are not asked.

use serde::Serialize;

use crate::availability::{AgentSet, AgentSlot, Scope, SetRef};
use crate::deadline;
use crate::desk::Desk;
use crate::desk::ask::ConversationFilter;
use crate::desk::decide::Among;
use crate::desk::state::{Asked, ClassKey, ConversationRef, DeskState, QueueKey};
use crate::model::Id;
use crate::problem::{Code, Problem, shortened};
use crate::routing::Pool;
use crate::time::Instant;

/// A filter of the queue: a waiting conversation has to match all fields that are set. The default matches all.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct QueueFilter {
    /// The inbox in which it waits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub inbox: Option<Id>,
    /// The channel in which it waits: of the inbox, or of any inbox if none is set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel: Option<Id>,
    /// The team of which a main or extra member may take it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub team: Option<Id>,
    /// The agent who may take it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agent: Option<Id>,
}

/// The place of a waiting conversation among those that it competes with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PlaceInQueue {
    /// Its place, from 1: how many are served before it, and itself.
    pub place: usize,
    /// The number of those that it competes with, and itself.
    pub of: usize,
}

impl Desk {
    /// Returns the number of waiting conversations, which the next command may have to go through.
    pub fn waiting(&self) -> usize {
        self.state.queue.len()
    }

    /// Returns the waiting conversations, in the order in which they are served.
    pub fn queue(&self) -> Vec<Id> {
        self.ids(self.state.queue_now())
    }

    /// Returns the waiting conversations that match a filter, in the order in which they are served: those of a channel, and
    /// those that an agent, or a member of a team, may take by a step that they have reached. An agent may take what names them,
    /// unless they are deactivated, lack a seat, access or a skill, or declined it; whatever they hold at the moment, and also
    /// while they are away. Scripts and strategies are not asked.
    ///
    /// # Errors
    /// `unknown_inbox`, `unknown_channel`, `unknown_team` or `unknown_agent`.
    ///
    /// ```
    /// use frontdesk::{Desk, desk::QueueFilter};
    ///
    /// let mut desk = Desk::from_json(r#"{"version": 1, "time_zone": "UTC", "agents": [{"id": "anna", "capacity": 0}, {"id": "bo"}],
    ///     "inboxes": [{"id": "main", "channels": [{"id": "chat", "kind": "chat", "rules": [
    ///         {"id": "r", "steps": [{"assign_to": {"agents": ["anna"]}}]}]}]}]}"#)?;
    /// desk.handle_json(r#"{"type": "open", "at": "2026-11-20T09:00:00Z", "conversation": "c1", "inbox": "main",
    ///     "channel": "chat"}"#)?;
    /// let of = |agent: &str| QueueFilter { agent: Some(agent.into()), ..QueueFilter::default() };
    /// assert_eq!((desk.queue_where(&of("anna"))?, desk.queue_where(&of("bo"))?), (vec!["c1".into()], vec![]));
    /// # Ok::<(), frontdesk::Problems>(())
    /// ```
    pub fn queue_where(&self, filter: &QueueFilter) -> Result<Vec<Id>, Problem> {
        let QueueFilter { inbox, channel, team, agent } = filter;
        let (inbox, channel) = (inbox.clone(), channel.clone());
        self.check_filter(&ConversationFilter { inbox, channel, ..ConversationFilter::default() })?;
        let state = &self.state;
        let agent = agent.as_ref().map(|agent| state.slot(agent)).transpose()?;
        let members = team.as_ref().map(|team| state.scope(&Scope::TeamWithExtra(team.clone()))).transpose()?;
        let mut keys = match agent {
            Some(agent) => state.waiting_for(&AgentSet::from_iter([agent])),
            None => state.queue_now(),
        };
        if let Some(members) = members {
            let theirs = state.waiting_for(&members.into_iter().collect());
            keys.retain(|key| theirs.binary_search(key).is_ok());
        }
        keys.retain(|key| state.conversation(key.conversation).is_some_and(|it| filter.is_of_channel(&it.details)));
        Ok(self.ids(keys))
    }

    /// Returns the place of a conversation among those that it competes with, which are those that one of the agents who may
    /// take it may take, too, as [`queue_where`](Self::queue_where) says. `None` for one that does not wait.
    ///
    /// # Errors
    /// `unknown_conversation`.
    pub fn place(&self, conversation: &str) -> Result<Option<PlaceInQueue>, Problem> {
        let state = &self.state;
        let reference = state.find(conversation).ok_or_else(|| {
            let conversation = shortened(conversation);
            Problem::new(Code::UnknownConversation, format!("there is no conversation {conversation:?}"))
        })?;
        if !state.is_waiting(reference) {
            return Ok(None);
        }
        let (Some(at), everyone) = (state.now(), state.roster.set(SetRef::EVERYONE)) else { return Ok(None) };
        let own = state.place_at(reference, at);
        let rivals: AgentSet = state.possible(reference, everyone, at).collect();
        let competing = state.waiting_for(&rivals);
        // Nobody may take it: it competes with none.
        let ahead = competing.iter().position(|key| Some(*key) == own);
        Ok(Some(PlaceInQueue { place: ahead.unwrap_or(0) + 1, of: competing.len().max(1) }))
    }

    fn ids(&self, keys: Vec<QueueKey>) -> Vec<Id> {
        let keys = keys.into_iter().take_while(|_| !deadline::is_up());
        keys.filter_map(|key| self.state.conversation(key.conversation).map(|it| it.id.clone())).collect()
    }
}

impl QueueFilter {
    fn is_of_channel(&self, details: &crate::model::Details) -> bool {
        self.inbox.as_ref().is_none_or(|inbox| *inbox == details.inbox)
            && self.channel.as_ref().is_none_or(|channel| *channel == details.channel)
    }
}

impl DeskState {
    /// Returns the waiting conversations that one of some agents may take, in the order in which they are served.
    fn waiting_for(&self, agents: &AgentSet) -> Vec<QueueKey> {
        let Some(at) = self.now().filter(|_| !agents.is_empty()) else { return Vec::new() };
        let may = |key: &QueueKey| self.possible(key.conversation, agents, at).next().is_some();
        let has_declines =
            |key: &QueueKey| self.conversation(key.conversation).is_some_and(|it| !it.declined.is_empty());
        let classes = self.queue.classes().map(|(class, _)| class).filter(|class| self.is_possible(class, agents, at));
        // All of a class ask for the same, but for those that somebody declined.
        let raised = |class| self.queue.places_of(class).map(move |key| self.raised(class, key, at));
        let shared = classes.flat_map(raised).filter(|key| !has_declines(key) || may(key));
        let concerned: Vec<AgentSlot> = self.with_represented(agents).iter().collect();
        let named = concerned.into_iter().flat_map(|slot| self.queue.personal(slot));
        let personal = named.filter_map(|reference| self.place_at(reference, at)).filter(may);
        in_order(shared.chain(personal).take_while(|_| !deadline::is_up()).collect())
    }

    /// Returns `true` if one of some agents may take the conversations of a class, regardless of contacts and declines.
    fn is_possible(&self, class: &ClassKey, agents: &AgentSet, at: Instant) -> bool {
        let is_possible = |pool: Pool<'_>| pool.possible(agents).next().is_some();
        match &class.asked {
            Asked::Team(for_team) => {
                self.team_pool(class.channel, for_team, &class.skills, at).is_some_and(is_possible)
            }
            Asked::Steps { .. } => {
                let mut pools = class.steps().filter_map(|(rule, step)| self.class_pool(class, rule, step, at));
                pools.any(is_possible)
            }
        }
    }

    /// Returns those of some agents who may take a waiting conversation, at each of the steps that it has reached.
    fn possible<'a>(
        &'a self,
        reference: ConversationRef,
        among: &'a AgentSet,
        at: Instant,
    ) -> impl Iterator<Item = AgentSlot> + 'a {
        let conversation = self.conversation(reference);
        let in_team = conversation.filter(|it| it.for_team.is_some()).map(|_| Among::Team);
        let route = conversation.and_then(|it| it.route);
        let steps = route
            .into_iter()
            .flat_map(|route| route.from.through(route.reached).map(move |step| Among::Step(route.rule, step)));
        let pools = steps.chain(in_team).filter_map(move |among| self.pool(reference, among, at));
        pools.flat_map(|pool| pool.possible(among).collect::<Vec<_>>())
    }
}

/// Returns some of the conversations in the order in which they are served, each once.
fn in_order(mut keys: Vec<QueueKey>) -> Vec<QueueKey> {
    keys.sort_unstable();
    keys.dedup();
    keys
}
