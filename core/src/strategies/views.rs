//! The views of a strategy: read-only views of the desk at one instant, with nothing in them that could be changed.

use std::sync::Arc;

use crate::availability::{Reason, State};
use crate::model::{Agent, Attributes, Channel, Contact, Id, ScriptCall, Skills};
use crate::routing::extension::{About, Held, Row, Scene};
use crate::time::{Instant, Zone};

/// Who shall have this conversation? It may be kept for as long as one likes: it shows the desk as it was when it was asked.
#[derive(Debug, Clone)]
pub struct Question {
    scene: Arc<Scene>,
    params: Attributes,
}

impl Question {
    pub(super) fn new(scene: &Arc<Scene>, call: &ScriptCall) -> Question {
        Question { scene: Arc::clone(scene), params: call.params.clone() }
    }

    /// Those who may be chosen, in document order: they have passed every check of the step.
    pub fn candidates(&self) -> impl Iterator<Item = AgentView<'_>> {
        self.scene.eligible.iter().filter_map(|place| self.agent_at(*place))
    }

    /// The conversation that is decided.
    pub fn conversation(&self) -> ConversationView<'_> {
        ConversationView(&self.scene.about)
    }

    /// The desk at this instant.
    pub fn desk(&self) -> DeskView<'_> {
        DeskView(&self.scene)
    }

    /// The parameters that the step sets; the defaults of others are the strategy's.
    pub fn params(&self) -> &Attributes {
        &self.params
    }

    /// The agent at a [place](AgentView::place).
    pub fn agent_at(&self, place: usize) -> Option<AgentView<'_>> {
        self.scene.rows.get(place).map(|row| AgentView { row, place })
    }
}

/// An agent as it stands.
#[derive(Debug, Clone, Copy)]
pub struct AgentView<'a> {
    row: &'a Row,
    place: usize,
}

impl<'a> AgentView<'a> {
    /// Its place among the agents of this question.
    pub fn place(&self) -> usize {
        self.place
    }

    /// Its entry in the document: name, teams, skills, attributes and all else.
    pub fn entry(&self) -> &'a Agent {
        &self.row.entry
    }

    /// Its id.
    pub fn id(&self) -> &'a Id {
        &self.row.entry.id
    }

    /// Its main team, then its extra teams.
    pub fn teams(&self) -> impl Iterator<Item = &'a Id> {
        self.row.entry.team.iter().chain(&self.row.entry.extra_teams)
    }

    /// Returns `true` if it is a main or extra member of a team.
    pub fn is_in(&self, team: &str) -> bool {
        self.teams().any(|known| **known == *team)
    }

    /// The level of a skill, 0 when it lacks the skill.
    pub fn skill(&self, skill: &str) -> u8 {
        self.row.entry.skills.get(skill).copied().unwrap_or_default()
    }

    /// The embedder's own data of it.
    pub fn attributes(&self) -> &'a Attributes {
        &self.row.entry.attributes
    }

    /// Available or away.
    pub fn state(&self) -> State {
        self.row.stretch.reason.state()
    }

    /// Why.
    pub fn reason(&self) -> Reason {
        self.row.stretch.reason
    }

    /// Since when it is available or away for this reason; none without bound.
    pub fn since(&self) -> Option<Instant> {
        Some(self.row.stretch.start).filter(|at| *at > Instant::MIN)
    }

    /// When it turns away; none when it is away, or none is in sight.
    pub fn working_until(&self) -> Option<Instant> {
        self.row.working_until
    }

    /// The weight of all it holds: conversations, pending offers, wrap-ups.
    pub fn load(&self) -> u64 {
        self.row.load
    }

    /// How many of these there are.
    pub fn holding(&self) -> u32 {
        self.row.holding
    }

    /// The most it takes in total; none without a limit.
    pub fn capacity(&self) -> Option<u32> {
        self.row.capacity
    }

    /// The weight of this conversation's kind that still fits; none without a limit.
    pub fn room(&self) -> Option<u32> {
        self.row.room
    }

    /// When it was last given or offered a conversation.
    pub fn last_assigned(&self) -> Option<Instant> {
        self.row.last_assigned
    }

    /// When what it held last became nothing; none when it never held anything.
    pub fn last_idle(&self) -> Option<Instant> {
        self.row.idle_since
    }
}

/// The conversation that is decided, and who writes or calls.
#[derive(Debug, Clone, Copy)]
pub struct ConversationView<'a>(&'a About);

impl<'a> ConversationView<'a> {
    /// Its id.
    pub fn id(&self) -> &'a Id {
        &self.0.conversation
    }

    /// The inbox it arrived in.
    pub fn inbox(&self) -> &'a Id {
        &self.0.details.inbox
    }

    /// The channel it arrived by.
    pub fn channel(&self) -> &'a Channel {
        &self.0.channel
    }

    /// Its own priority.
    pub fn priority(&self) -> i64 {
        self.0.details.priority
    }

    /// The levels it asks.
    pub fn skills(&self) -> &'a Skills {
        &self.0.details.skills
    }

    /// The embedder's own data of it.
    pub fn attributes(&self) -> &'a Attributes {
        &self.0.details.attributes
    }

    /// Who writes or calls.
    pub fn contact(&self) -> Option<&'a Contact> {
        self.0.details.contact.as_ref()
    }

    /// The id of whoever last held a conversation of the contact.
    pub fn last_agent(&self) -> Option<&'a Id> {
        self.0.last_agent.as_ref()
    }

    /// Who held conversations of the contact, by agent id; each conversation counts for whoever held it last.
    pub fn history(&self) -> &'a [Held] {
        &self.0.history
    }

    /// When it arrived.
    pub fn opened_at(&self) -> Instant {
        self.0.opened_at
    }

    /// For how many whole seconds it has been there, since it was opened or last reopened.
    pub fn waiting(&self) -> i64 {
        self.0.at.millis_since(self.0.queued_from).div_euclid(1_000)
    }

    /// The rule that routes it.
    pub fn rule(&self) -> Option<&'a Id> {
        self.0.rule.as_ref()
    }

    /// The step that asks, from 1.
    pub fn step(&self) -> usize {
        self.0.step
    }
}

/// The desk at the instant of the decision.
#[derive(Debug, Clone, Copy)]
pub struct DeskView<'a>(&'a Scene);

impl<'a> DeskView<'a> {
    /// The instant of the decision.
    pub fn now(&self) -> Instant {
        self.0.about.at
    }

    /// The zone of the inbox.
    pub fn time_zone(&self) -> &'a Zone {
        &self.0.about.zone
    }

    /// How many conversations wait.
    pub fn queue_length(&self) -> usize {
        self.0.about.queue
    }

    /// The seed of the desk, for what shall look like chance and be the same every time.
    pub fn seed(&self) -> u64 {
        self.0.about.seed
    }

    /// All agents, in document order; only the candidates where the strategy said that it does not look further.
    pub fn agents(&self) -> impl Iterator<Item = AgentView<'a>> {
        self.0.rows.iter().enumerate().map(|(place, row)| AgentView { row, place })
    }

    /// Those of them who are available.
    pub fn available(&self) -> impl Iterator<Item = AgentView<'a>> {
        self.agents().filter(|agent| agent.state() == State::Available)
    }
}
