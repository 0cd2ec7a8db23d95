//! Read-only views of the desk at one instant, for strategies.

use std::sync::Arc;

use crate::availability::{Reason, State};
use crate::model::{Agent, Attributes, Channel, Contact, Id, ScriptCall, Skills};
use crate::routing::extension::{About, Held, Row, Scene};
use crate::time::{Instant, Zone};

/// A question to a strategy about a conversation, first of all who gets it. It may be kept; it goes on showing the desk as it was.
#[derive(Debug, Clone)]
pub struct Question {
    scene: Arc<Scene>,
    /// The rows of the candidates.
    candidates: Arc<[usize]>,
    params: Attributes,
}

impl Question {
    pub(super) fn new(scene: &Arc<Scene>, call: &ScriptCall) -> Question {
        let candidates = scene.eligible.as_slice().into();
        Question { scene: Arc::clone(scene), candidates, params: call.params.clone() }
    }

    /// Returns the same question with these candidates left.
    pub(super) fn among(&self, candidates: Vec<usize>) -> Question {
        Question { candidates: candidates.into(), ..self.clone() }
    }

    /// Returns the agents who may be chosen, in document order: they have passed every check of the step, and the strategy has
    /// not refused them. There are none for [`priority`](super::OwnStrategy::priority) and
    /// [`fallback`](super::OwnStrategy::fallback).
    pub fn candidates(&self) -> impl Iterator<Item = AgentView<'_>> {
        self.candidates.iter().filter_map(|place| self.agent_at(*place))
    }

    pub(super) fn rows(&self) -> impl Iterator<Item = &Row> {
        self.candidates.iter().filter_map(|place| self.scene.rows.get(*place))
    }

    /// Returns the conversation that is decided.
    pub fn conversation(&self) -> ConversationView<'_> {
        ConversationView(&self.scene.about)
    }

    /// Returns the desk at this instant.
    pub fn desk(&self) -> DeskView<'_> {
        DeskView(&self.scene)
    }

    /// Returns the parameters that the step sets; the strategy supplies the defaults of others.
    pub fn params(&self) -> &Attributes {
        &self.params
    }

    /// Returns the agent with an [index](AgentView::place).
    pub fn agent_at(&self, place: usize) -> Option<AgentView<'_>> {
        self.scene.rows.get(place).map(|row| AgentView { row, place })
    }
}

/// The state of an agent.
#[derive(Debug, Clone, Copy)]
pub struct AgentView<'a> {
    row: &'a Row,
    place: usize,
}

impl<'a> AgentView<'a> {
    /// Returns the index among the agents of this question.
    pub fn place(&self) -> usize {
        self.place
    }

    /// Returns the entry in the document: name, teams, skills, attributes and everything else.
    pub fn entry(&self) -> &'a Agent {
        &self.row.entry
    }

    /// Returns the id.
    pub fn id(&self) -> &'a Id {
        &self.row.entry.id
    }

    /// Returns the main team, then the extra teams.
    pub fn teams(&self) -> impl Iterator<Item = &'a Id> {
        self.row.entry.team.iter().chain(&self.row.entry.extra_teams)
    }

    /// Returns `true` if the agent is a main or extra member of a team.
    pub fn is_in(&self, team: &str) -> bool {
        self.teams().any(|known| **known == *team)
    }

    /// Returns the level of a skill, 0 if the agent lacks it.
    pub fn skill(&self, skill: &str) -> u8 {
        self.row.entry.skills.get(skill).copied().unwrap_or_default()
    }

    /// Returns the embedder's own data of the agent.
    pub fn attributes(&self) -> &'a Attributes {
        &self.row.entry.attributes
    }

    /// Returns the state: available or away.
    pub fn state(&self) -> State {
        self.row.stretch.reason.state()
    }

    /// Returns the reason of the state.
    pub fn reason(&self) -> Reason {
        self.row.stretch.reason
    }

    /// Returns the instant since which the agent has this state and reason; `None` if there is no bound.
    pub fn since(&self) -> Option<Instant> {
        Some(self.row.stretch.start).filter(|at| *at > Instant::MIN)
    }

    /// Returns the instant at which the agent will be away; `None` if the agent is away, or no end is in sight.
    pub fn working_until(&self) -> Option<Instant> {
        self.row.working_until
    }

    /// Returns the weight of everything the agent holds: conversations, pending offers, wrap-ups.
    pub fn load(&self) -> u64 {
        self.row.load
    }

    /// Returns the number of conversations, pending offers and wrap-ups.
    pub fn holding(&self) -> u32 {
        self.row.holding
    }

    /// Returns the largest total weight; `None` without a limit.
    pub fn capacity(&self) -> Option<u32> {
        self.row.capacity
    }

    /// Returns the weight of this conversation's kind that still fits, also from its inbox; `None` without a limit.
    pub fn room(&self) -> Option<u32> {
        self.row.room
    }

    /// Returns the instant at which the agent was last given or offered a conversation.
    pub fn last_assigned(&self) -> Option<Instant> {
        self.row.last_assigned
    }

    /// Returns the instant at which the agent last stopped holding anything; `None` if the agent never held anything.
    pub fn last_idle(&self) -> Option<Instant> {
        self.row.idle_since
    }
}

/// The conversation that is decided, and its contact.
#[derive(Debug, Clone, Copy)]
pub struct ConversationView<'a>(&'a About);

impl<'a> ConversationView<'a> {
    /// Returns the id.
    pub fn id(&self) -> &'a Id {
        &self.0.conversation
    }

    /// Returns the inbox.
    pub fn inbox(&self) -> &'a Id {
        &self.0.details.inbox
    }

    /// Returns the channel.
    pub fn channel(&self) -> &'a Channel {
        &self.0.channel
    }

    /// Returns the number of conversations that wait in its channel.
    pub fn waiting_in_channel(&self) -> usize {
        self.0.channel_queue
    }

    /// Returns the conversation's own priority.
    pub fn priority(&self) -> i64 {
        self.0.details.priority
    }

    /// Returns the required skill levels.
    pub fn skills(&self) -> &'a Skills {
        &self.0.details.skills
    }

    /// Returns the embedder's own data of the conversation.
    pub fn attributes(&self) -> &'a Attributes {
        &self.0.details.attributes
    }

    /// Returns the contact who writes or calls.
    pub fn contact(&self) -> Option<&'a Contact> {
        self.0.details.contact.as_ref()
    }

    /// Returns the id of the agent who last held a conversation of the contact.
    pub fn last_agent(&self) -> Option<&'a Id> {
        self.0.last_agent.as_ref()
    }

    /// Returns the agents who held conversations of the contact, by agent id; each conversation counts for the last holder.
    pub fn history(&self) -> &'a [Held] {
        &self.0.history
    }

    /// Returns the instant at which the conversation arrived.
    pub fn opened_at(&self) -> Instant {
        self.0.opened_at
    }

    /// Returns the whole seconds since the conversation was opened or last reopened.
    pub fn waiting(&self) -> i64 {
        self.0.at.millis_since(self.0.queued_from).div_euclid(1_000)
    }

    /// Returns the rule that routes the conversation.
    pub fn rule(&self) -> Option<&'a Id> {
        self.0.rule.as_ref()
    }

    /// Returns the number of the step that asks, from 1; 0 for a priority, which is asked before the steps.
    pub fn step(&self) -> usize {
        self.0.step
    }
}

/// The desk at the instant of the decision.
#[derive(Debug, Clone, Copy)]
pub struct DeskView<'a>(&'a Scene);

impl<'a> DeskView<'a> {
    /// Returns the instant of the decision.
    pub fn now(&self) -> Instant {
        self.0.about.at
    }

    /// Returns the zone of the inbox.
    pub fn time_zone(&self) -> &'a Zone {
        &self.0.about.zone
    }

    /// Returns the number of waiting conversations.
    pub fn queue_length(&self) -> usize {
        self.0.about.queue
    }

    /// Returns the seed of the desk, for choices that look random, but can be repeated.
    pub fn seed(&self) -> u64 {
        self.0.about.seed
    }

    /// Returns all agents in document order; only the candidates if the strategy does not [see
    /// everyone](super::OwnStrategy::sees_everyone).
    pub fn agents(&self) -> impl Iterator<Item = AgentView<'a>> {
        self.0.rows.iter().enumerate().map(|(place, row)| AgentView { row, place })
    }

    /// Returns the available ones among [`agents`](Self::agents).
    pub fn available(&self) -> impl Iterator<Item = AgentView<'a>> {
        self.agents().filter(|agent| agent.state() == State::Available)
    }
}
