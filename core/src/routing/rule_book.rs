//! The part of the desk document that routing needs, compiled: rules, limits, weights and skills.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::extension::{self, compile_when};
use super::plan::{Plan, RuleRef};
use super::standings::Limits;
use crate::availability::{AgentSet, AgentSlot, ChannelSlot, CompiledChannel, Roster};
use crate::model::{Agent, Id, Pace, Rule, WEIGHT};

/// The rules by channel, and the data of agents that decisions need besides availability.
#[derive(Debug, Clone, Default)]
pub(crate) struct RuleBook {
    /// The data of agents, by slot.
    agents: Vec<Option<Terms>>,
    /// The number of agents with a pace.
    paced: usize,
    /// The number of agents with limits by inbox.
    limited_by_inbox: usize,
    /// The levels of the skills that agents have.
    levels: FxHashMap<Id, Levels>,
    /// The agents by the number of their skills.
    by_skills: BTreeMap<usize, AgentSet>,
    /// The rules, by slot of the channel.
    channels: Vec<ChannelRules>,
    /// `true` if any step is passed while nobody is available.
    has_skips: bool,
    /// The conditions, by text.
    conditions: FxHashMap<String, Arc<dyn extension::Condition>>,
}

/// The rules of a channel.
#[derive(Debug, Clone, Default)]
struct ChannelRules {
    plans: Vec<Plan>,
    /// `true` if one of them changes the priority of its conversations.
    change_priority: bool,
    /// `true` if a step of one of them is passed while nobody is available.
    skip: bool,
}

/// The limits and the weight of an agent.
#[derive(Debug, Clone)]
struct Terms {
    limits: Limits,
    /// The weight in `weighted_round_robin`.
    weight: u32,
    pace: Vec<Pace>,
    /// The limits by inbox.
    per_inbox: BTreeMap<Id, u32>,
    /// The number of skills.
    skills: usize,
}

/// The levels of a skill.
#[derive(Debug, Clone, Default)]
struct Levels {
    /// By slot; 0 for agents who do not have it.
    by_slot: Vec<u8>,
    /// The number of agents who have it.
    agents: usize,
}

impl RuleBook {
    pub fn new(roster: &Roster) -> Self {
        let mut book = RuleBook::default();
        for (slot, member) in roster.members() {
            book.put_agent(slot, None, &member.entry, roster.kinds());
        }
        book.compile_channels(roster);
        book
    }

    fn terms(&self, slot: AgentSlot) -> Option<&Terms> {
        self.agents.get(slot.index())?.as_ref()
    }

    pub fn limits(&self, slot: AgentSlot) -> Option<&Limits> {
        self.terms(slot).map(|terms| &terms.limits)
    }

    pub fn weight(&self, slot: AgentSlot) -> u32 {
        self.terms(slot).map_or(0, |terms| terms.weight)
    }

    /// Returns `true` if any agent has limits by inbox.
    pub fn has_inbox_limits(&self) -> bool {
        self.limited_by_inbox > 0
    }

    /// Returns the limit of an agent on what comes from an inbox.
    pub fn inbox_limit(&self, slot: AgentSlot, inbox: &Id) -> Option<u32> {
        self.terms(slot)?.per_inbox.get(inbox).copied()
    }

    /// Returns the agents who have equally many skills, those with the fewest first.
    pub fn by_skills(&self) -> impl Iterator<Item = &AgentSet> {
        self.by_skills.values()
    }

    /// Returns the number of skills of an agent.
    pub fn skills(&self, slot: AgentSlot) -> usize {
        self.terms(slot).map_or(0, |terms| terms.skills)
    }

    /// Returns `true` if any agent has a pace.
    pub fn has_pace(&self) -> bool {
        self.paced > 0
    }

    /// Returns the pace of an agent.
    pub fn pace(&self, slot: AgentSlot) -> &[Pace] {
        self.terms(slot).map(|terms| &*terms.pace).unwrap_or_default()
    }

    /// Returns the levels of a skill, by slot.
    pub fn levels(&self, skill: &str) -> &[u8] {
        self.levels.get(skill).map(|levels| &*levels.by_slot).unwrap_or_default()
    }

    /// Returns the rules of a channel.
    pub fn rules(&self, channel: ChannelSlot) -> &[Plan] {
        self.channels.get(channel.index()).map(|rules| &*rules.plans).unwrap_or_default()
    }

    /// Returns `true` if a rule of a channel changes the priority of its conversations.
    pub fn change_priority(&self, channel: ChannelSlot) -> bool {
        self.channels.get(channel.index()).is_some_and(|rules| rules.change_priority)
    }

    /// Returns `true` if any step is passed while nobody is available.
    pub fn has_skips(&self) -> bool {
        self.has_skips
    }

    /// Returns a rule of a channel.
    pub fn rule(&self, channel: ChannelSlot, rule: RuleRef) -> Option<&Plan> {
        self.rules(channel).get(rule.index())
    }

    /// Returns the handle of a rule of a channel.
    pub fn rule_ref(&self, channel: ChannelSlot, rule: &Id) -> Option<RuleRef> {
        self.rules(channel).iter().position(|plan| plan.id == *rule).map(RuleRef::of)
    }

    // ---- changing

    /// Compiles an agent; `before` is its previous entry, if any.
    pub fn put_agent(&mut self, slot: AgentSlot, before: Option<&Agent>, agent: &Agent, kinds: &[Id]) {
        if self.agents.len() <= slot.index() {
            self.agents.resize(slot.index() + 1, None);
        }
        if let Some(place) = self.agents.get_mut(slot.index()) {
            let weight = agent.attributes.get(WEIGHT).and_then(serde_json::Value::as_u64);
            let weight = weight.map_or(1, |weight| weight as u32);
            let pace = agent.capacity.as_ref().map(|capacity| capacity.pace.clone()).unwrap_or_default();
            self.paced += usize::from(!pace.is_empty());
            let (limits, skills) = (Limits::new(agent.capacity.as_ref(), kinds), agent.skills.len());
            let per_inbox = agent.capacity.as_ref().map(|capacity| capacity.per_inbox.clone()).unwrap_or_default();
            self.limited_by_inbox += usize::from(!per_inbox.is_empty());
            let before = place.replace(Terms { limits, weight, pace, per_inbox, skills });
            self.uncount(slot, before);
            self.by_skills.entry(skills).or_default().insert(slot);
        }
        self.forget_skills(slot, before);
        for (skill, level) in &agent.skills {
            let Levels { by_slot, agents } = self.levels.entry(skill.clone()).or_default();
            if by_slot.len() <= slot.index() {
                by_slot.resize(slot.index() + 1, 0);
            }
            by_slot.get_mut(slot.index()).into_iter().for_each(|known| *known = *level);
            *agents += 1;
        }
    }

    /// Removes an agent; `before` is its last entry.
    pub fn remove_agent(&mut self, slot: AgentSlot, before: &Agent) {
        if let Some(place) = self.agents.get_mut(slot.index()) {
            let before = place.take();
            self.uncount(slot, before);
        }
        self.forget_skills(slot, Some(before));
    }

    /// Takes the terms of an agent out of the counts.
    fn uncount(&mut self, slot: AgentSlot, terms: Option<Terms>) {
        let Some(Terms { pace, per_inbox, skills, .. }) = terms else { return };
        if let Entry::Occupied(mut agents) = self.by_skills.entry(skills) {
            agents.get_mut().remove(slot);
            if agents.get().is_empty() {
                agents.remove();
            }
        }
        self.paced -= usize::from(!pace.is_empty());
        self.limited_by_inbox -= usize::from(!per_inbox.is_empty());
    }

    fn forget_skills(&mut self, slot: AgentSlot, before: Option<&Agent>) {
        for skill in before.into_iter().flat_map(|agent| agent.skills.keys()) {
            let Some(Levels { by_slot, agents }) = self.levels.get_mut(skill) else { continue };
            let Some(level) = by_slot.get_mut(slot.index()).filter(|level| **level > 0) else { continue };
            (*level, *agents) = (0, *agents - 1);
            if *agents == 0 {
                self.levels.remove(skill);
            }
        }
    }

    /// Compiles the rules of all channels anew.
    pub fn compile_channels(&mut self, roster: &Roster) {
        self.channels.clear();
        roster.channels().for_each(|(slot, channel)| self.compile(roster, slot, channel));
        self.has_skips = self.channels.iter().any(|rules| rules.skip);
        self.forget_conditions();
    }

    /// Compiles the rules of an inbox anew.
    pub fn compile_inbox(&mut self, roster: &Roster, inbox: &Id) {
        for slot in roster.slots_of(inbox) {
            match roster.channel(slot) {
                Some(channel) => self.compile(roster, slot, channel),
                None => {
                    self.channels.get_mut(slot.index()).into_iter().for_each(|rules| *rules = ChannelRules::default())
                }
            }
        }
        self.has_skips = self.channels.iter().any(|rules| rules.skip);
        self.forget_conditions();
    }

    fn compile(&mut self, roster: &Roster, slot: ChannelSlot, channel: &CompiledChannel) {
        let zone = roster.zone_of_inbox(&channel.inbox);
        let mut targets = channel.targets.iter().cloned();
        let otherwise = roster.settings.otherwise.clone().unwrap_or_default();
        let plan = |rule: &Rule| {
            let when = rule.when.as_ref().map(|text| self.condition(text));
            Plan::new(rule, zone, &mut targets, when, &otherwise)
        };
        let plans: Vec<Plan> = channel.entry.rules.iter().map(plan).collect();
        if self.channels.len() <= slot.index() {
            self.channels.resize_with(slot.index() + 1, ChannelRules::default);
        }
        if let Some(place) = self.channels.get_mut(slot.index()) {
            let skip = plans.iter().flat_map(|plan| &plan.steps).any(|step| step.skips);
            *place = ChannelRules { change_priority: plans.iter().any(Plan::changes_priority), skip, plans };
        }
    }

    /// Returns the condition of a text, compiled once.
    fn condition(&mut self, text: &str) -> Arc<dyn extension::Condition> {
        if let Some(condition) = self.conditions.get(text) {
            return Arc::clone(condition);
        }
        let condition = compile_when(text);
        self.conditions.insert(text.to_owned(), Arc::clone(&condition));
        condition
    }

    /// Removes the conditions that no rule uses any more.
    fn forget_conditions(&mut self) {
        self.conditions.retain(|_, condition| Arc::strong_count(condition) > 1);
    }
}
