//! The desk document, compiled for decisions: who is in which team, and who may work where.

use std::sync::Arc;

use indexmap::IndexMap;
use rustc_hash::{FxBuildHasher, FxHashMap};

use super::agent_set::AgentSet;
use super::channel::{CompiledChannel, Targets, routed};
use super::extension::{self, compile_when};
use super::handle::{AgentSlot, ChannelSlot};
use super::standings::{KindIndex, Limits};
use crate::availability::{Compiler, Schedule, Surroundings, is_member};
use crate::deadline;
use crate::model::{
    Agent, DeclaredScripts, Document, Entitlements, Holiday, Id, Inbox, Settings, Team, WEIGHT, WeeklyHours,
};
use crate::read::Known;
use crate::time::{Zone, Zones};

/// Entries of the document by their ids, in document order.
type ById<T> = IndexMap<Id, Arc<T>, FxBuildHasher>;

/// An agent with what is compiled from its entry.
#[derive(Debug, Clone)]
pub(crate) struct Member {
    pub entry: Arc<Agent>,
    pub zone: Zone,
    pub schedule: Schedule,
    pub limits: Limits,
    /// The weight in `weighted_round_robin`.
    pub weight: u32,
}

/// The desk document, compiled.
#[derive(Debug, Clone)]
pub(crate) struct Roster {
    pub settings: Settings,
    pub time_zone: Zone,
    pub working_hours: Option<Vec<WeeklyHours>>,
    kinds: Vec<Id>,
    named_kinds: Vec<Id>,
    extensions: crate::model::Extensions,
    version: u8,
    pub holidays: Vec<Holiday>,
    /// In document order, as are the inboxes.
    teams: ById<Team>,
    inboxes: ById<Inbox>,
    members: Vec<Option<Member>>,
    slots: FxHashMap<Id, AgentSlot>,
    channels: Vec<Option<CompiledChannel>>,
    channel_slots: FxHashMap<Id, FxHashMap<Id, ChannelSlot>>,
    /// Active, and with a seat that gets conversations.
    pub assignable: AgentSet,
    levels: FxHashMap<Id, Vec<u8>>,
    compiler: Compiler,
    /// The ids that an entry may refer to.
    known: Arc<Known>,
    /// The conditions that are asked, by their text.
    asked: FxHashMap<String, Arc<dyn extension::Condition>>,
}

impl Roster {
    pub fn new(document: Document) -> Self {
        let mut roster = Roster {
            kinds: document.channel_kinds(),
            settings: document.settings,
            time_zone: document.time_zone,
            working_hours: document.working_hours,
            named_kinds: document.kinds,
            extensions: document.extensions,
            version: document.version,
            holidays: document.holidays,
            teams: document.teams.into_iter().map(|team| (team.id.clone(), Arc::new(team))).collect(),
            inboxes: document.inboxes.into_iter().map(|inbox| (inbox.id.clone(), Arc::new(inbox))).collect(),
            members: Vec::new(),
            slots: FxHashMap::default(),
            channels: Vec::new(),
            channel_slots: FxHashMap::default(),
            assignable: AgentSet::default(),
            levels: FxHashMap::default(),
            compiler: Compiler::default(),
            known: Arc::default(),
            asked: FxHashMap::default(),
        };
        for agent in document.agents {
            // A desk that is not finished when time is up is never seen.
            if deadline::is_up() {
                break;
            }
            roster.seat_agent(Arc::new(agent));
        }
        roster.compile_channels();
        roster
    }

    /// The same, with the zones that an entry may name.
    #[must_use]
    pub fn in_zones(mut self, zones: Zones) -> Self {
        Arc::make_mut(&mut self.known).zones = zones;
        self
    }

    /// The ids that an entry may refer to.
    pub fn known(&self) -> &Known {
        &self.known
    }

    /// From now on entries may name these scripts only.
    pub fn declare_scripts(&mut self, scripts: Arc<DeclaredScripts>) {
        Arc::make_mut(&mut self.known).scripts = Some(scripts);
    }

    /// The zone of an inbox.
    pub fn zone_of_inbox(&self, inbox: &str) -> &Zone {
        self.inbox(inbox).and_then(|inbox| inbox.time_zone.as_ref()).unwrap_or(&self.time_zone)
    }

    /// The document as it is now.
    pub fn document(&self) -> Document {
        Document {
            version: self.version,
            time_zone: self.time_zone.clone(),
            working_hours: self.working_hours.clone(),
            kinds: self.named_kinds.clone(),
            teams: self.teams().cloned().collect(),
            agents: self.members().map(|(_, member)| (*member.entry).clone()).collect(),
            holidays: self.holidays.clone(),
            inboxes: self.inboxes().cloned().collect(),
            settings: self.settings.clone(),
            extensions: self.extensions.clone(),
        }
    }

    // ---- looking up

    pub fn slot(&self, agent: &str) -> Option<AgentSlot> {
        self.slots.get(agent).copied()
    }

    pub fn member(&self, slot: AgentSlot) -> Option<&Member> {
        self.members.get(slot.index())?.as_ref()
    }

    /// All agents, in document order.
    pub fn members(&self) -> impl Iterator<Item = (AgentSlot, &Member)> {
        (0..).map(AgentSlot::of).zip(&self.members).filter_map(|(slot, member)| Some((slot, member.as_ref()?)))
    }

    /// One more than the highest slot.
    pub fn slot_count(&self) -> usize {
        self.members.len()
    }

    pub fn agent_id(&self, slot: AgentSlot) -> Option<Id> {
        self.member(slot).map(|member| member.entry.id.clone())
    }

    pub fn team(&self, id: &str) -> Option<&Arc<Team>> {
        self.teams.get(id)
    }

    pub fn teams(&self) -> impl Iterator<Item = &Team> {
        self.teams.values().map(|team| &**team)
    }

    pub fn inbox(&self, id: &str) -> Option<&Arc<Inbox>> {
        self.inboxes.get(id)
    }

    pub fn inboxes(&self) -> impl Iterator<Item = &Inbox> {
        self.inboxes.values().map(|inbox| &**inbox)
    }

    pub fn channel_slot(&self, inbox: &str, channel: &str) -> Option<ChannelSlot> {
        self.channel_slots.get(inbox)?.get(channel).copied()
    }

    pub fn channel(&self, slot: ChannelSlot) -> Option<&CompiledChannel> {
        self.channels.get(slot.index())?.as_ref()
    }

    /// The channels of an inbox.
    pub fn channels_of<'a>(&'a self, inbox: &str) -> impl Iterator<Item = (ChannelSlot, &'a CompiledChannel)> {
        let slots = self.channel_slots.get(inbox).into_iter().flatten();
        slots.filter_map(|(_, slot)| Some((*slot, self.channel(*slot)?)))
    }

    pub fn kinds(&self) -> &[Id] {
        &self.kinds
    }

    pub fn kind_name(&self, kind: KindIndex) -> Id {
        self.kinds.get(kind).cloned().unwrap_or_else(|| Id::from(""))
    }

    pub fn limits(&self, slot: AgentSlot) -> Option<&Limits> {
        self.member(slot).map(|member| &member.limits)
    }

    pub fn weight(&self, slot: AgentSlot) -> u32 {
        self.member(slot).map_or(0, |member| member.weight)
    }

    /// The levels of a skill, by slot.
    pub fn levels(&self, skill: &str) -> &[u8] {
        self.levels.get(skill).map(Vec::as_slice).unwrap_or_default()
    }

    /// Those with access to an inbox: as its channels were compiled with, where it has any.
    pub fn with_access(&self, inbox: &Inbox) -> Arc<AgentSet> {
        let compiled = self.channels_of(&inbox.id).next().map(|(_, channel)| Arc::clone(&channel.access));
        compiled.unwrap_or_else(|| Targets::new(self).access(inbox))
    }

    /// The main members of a team, and with `extra` its extra members too.
    pub fn team_members(&self, team: &Id, extra: bool) -> AgentSet {
        let belongs = |agent: &Agent| if extra { is_member(agent, team) } else { agent.team.as_ref() == Some(team) };
        self.members().filter(|(_, member)| belongs(&member.entry)).map(|(slot, _)| slot).collect()
    }

    /// Those of some agents who can be given conversations of a channel: with seat and access.
    pub fn with_seat_and_access(&self, agents: &AgentSet, channel: &CompiledChannel) -> AgentSet {
        agents.iter().filter(|slot| self.assignable.contains(*slot) && channel.access.contains(*slot)).collect()
    }

    // ---- changing

    /// Adds or replaces an agent; gives its slot.
    pub fn put_agent(&mut self, agent: Agent) -> AgentSlot {
        let slot = self.seat_agent(Arc::new(agent));
        self.compile_channels();
        slot
    }

    /// Replaces an agent by one that is in the same teams, with the same access.
    pub fn replace_entry(&mut self, agent: Arc<Agent>) {
        self.seat_agent(agent);
    }

    pub fn put_team(&mut self, team: Team) {
        self.teams.insert(team.id.clone(), Arc::new(team));
        self.compile_members();
        self.compile_channels();
    }

    pub fn put_inbox(&mut self, inbox: Inbox) {
        self.inboxes.insert(inbox.id.clone(), Arc::new(inbox));
        self.compile_channels();
    }

    /// Removes an agent, and its id wherever it is named.
    pub fn remove_agent(&mut self, id: &Id) {
        let Some(slot) = self.slots.remove(id) else { return };
        if let Some(member) = self.members.get_mut(slot.index()) {
            *member = None;
        }
        self.assignable.remove(slot);
        for levels in self.levels.values_mut() {
            levels.get_mut(slot.index()).into_iter().for_each(|level| *level = 0);
        }
        for inbox in self.inboxes.values_mut() {
            Arc::make_mut(inbox).forget_agent(id);
        }
        self.compile_channels();
    }

    /// Removes a team, and its id wherever it is named.
    pub fn remove_team(&mut self, id: &Id) {
        self.teams.shift_remove(id);
        self.holidays.retain_mut(|holiday| holiday.forget(id, |holiday| &mut holiday.teams));
        for inbox in self.inboxes.values_mut() {
            Arc::make_mut(inbox).forget_team(id);
        }
        for member in self.members.iter_mut().flatten() {
            if is_member(&member.entry, id) {
                let agent = Arc::make_mut(&mut member.entry);
                agent.team.take_if(|team| team == id);
                agent.extra_teams.retain(|team| team != id);
            }
        }
        self.compile_members();
        self.compile_channels();
    }

    pub fn remove_inbox(&mut self, id: &Id) {
        self.inboxes.shift_remove(id);
        for inbox in self.inboxes.values_mut() {
            Arc::make_mut(inbox).forget_inbox(id);
        }
        self.holidays.retain_mut(|holiday| holiday.forget(id, |holiday| &mut holiday.inboxes));
        self.compile_channels();
    }

    // ---- compiling

    fn seat_agent(&mut self, agent: Arc<Agent>) -> AgentSlot {
        let slot = match self.slots.get(&agent.id) {
            Some(slot) => *slot,
            None => {
                let slot = AgentSlot::of(self.members.len());
                self.members.push(None);
                self.slots.insert(agent.id.clone(), slot);
                slot
            }
        };
        self.compiler.tidy();
        let member = self.compile_member(agent);
        self.assignable.set(slot, self.is_assignable(&member.entry));
        for (skill, levels) in &mut self.levels {
            if !member.entry.skills.contains_key(skill) {
                levels.get_mut(slot.index()).into_iter().for_each(|level| *level = 0);
            }
        }
        for (skill, level) in &member.entry.skills {
            let levels = self.levels.entry(skill.clone()).or_default();
            if levels.len() <= slot.index() {
                levels.resize(slot.index() + 1, 0);
            }
            levels.get_mut(slot.index()).into_iter().for_each(|known| *known = *level);
        }
        if let Some(place) = self.members.get_mut(slot.index()) {
            *place = Some(member);
        }
        slot
    }

    fn is_assignable(&self, agent: &Agent) -> bool {
        let settings = &self.settings;
        let has_seat = !settings.requires_seat || agent.seat.is_some();
        agent.active
            && has_seat
            && Entitlements::allow(settings.entitlements.auto_assign.as_deref(), agent.seat.as_ref())
    }

    fn compile_member(&mut self, entry: Arc<Agent>) -> Member {
        let team = entry.team.as_ref().and_then(|id| self.teams.get(id));
        let around = Surroundings {
            time_zone: &self.time_zone,
            working_hours: self.working_hours.as_deref(),
            team: team.map(|team| &**team),
            holidays: &self.holidays,
        };
        let weight = entry.attributes.get(WEIGHT).and_then(serde_json::Value::as_u64).map_or(1, |weight| weight as u32);
        let schedule = self.compiler.agent(&entry, &around);
        Member {
            schedule,
            zone: entry.time_zone.as_ref().unwrap_or(&self.time_zone).clone(),
            limits: Limits::new(entry.capacity.as_ref(), &self.kinds),
            weight,
            entry,
        }
    }

    /// Compiles all agents anew, as after a change of a team's hours.
    fn compile_members(&mut self) {
        for index in 0..self.members.len() {
            let entry = self.members.get(index).and_then(Option::as_ref).map(|member| Arc::clone(&member.entry));
            let member = entry.map(|entry| self.compile_member(entry));
            if let Some(place) = self.members.get_mut(index) {
                *place = member;
            }
        }
        self.compiler.forget_unused();
    }

    /// The condition of a text that a rule asks.
    pub fn condition(&self, text: &str) -> Option<Arc<dyn extension::Condition>> {
        self.asked.get(text).cloned()
    }

    /// The conditions that are asked; those that were known are not compiled again.
    fn compile_conditions(&self) -> FxHashMap<String, Arc<dyn extension::Condition>> {
        let rules = self.inboxes().flat_map(|inbox| &inbox.channels).flat_map(routed);
        let mut asked = FxHashMap::default();
        for text in rules.filter_map(|rule| rule.when.as_ref()) {
            let known = self.asked.get(text).cloned();
            asked.entry(text.clone()).or_insert_with(|| known.unwrap_or_else(|| compile_when(text)));
        }
        asked
    }

    /// Compiles all channels anew; those that stay keep their slots.
    fn compile_channels(&mut self) {
        let mut compiler = std::mem::take(&mut self.compiler);
        self.asked = self.compile_conditions();
        let mut targets = Targets::new(self);
        let mut slots: FxHashMap<Id, FxHashMap<Id, ChannelSlot>> = FxHashMap::default();
        let mut channels = Vec::new();
        channels.resize_with(self.channels.len(), || None);
        for inbox in self.inboxes.values() {
            let access = targets.access(inbox);
            let of_inbox = slots.entry(inbox.id.clone()).or_default();
            for channel in &inbox.channels {
                let office = compiler.office(inbox, channel, &self.time_zone, &self.holidays);
                let compiled = targets.channel(inbox, channel, &access, office);
                let slot = self.channel_slot(&inbox.id, &channel.id).unwrap_or(ChannelSlot::of(channels.len()));
                if channels.len() <= slot.index() {
                    channels.resize_with(slot.index() + 1, || None);
                }
                if let Some(place) = channels.get_mut(slot.index()) {
                    *place = Some(compiled);
                }
                of_inbox.insert(channel.id.clone(), slot);
            }
        }
        self.compiler = compiler;
        self.channels = channels;
        self.channel_slots = slots;
        self.known = Arc::new(Known {
            agents: self.slots.keys().cloned().collect(),
            teams: self.teams.keys().cloned().collect(),
            inboxes: self.inboxes.keys().cloned().collect(),
            kinds: self.kinds.iter().cloned().collect(),
            zones: self.known.zones.clone(),
            scripts: self.known.scripts.clone(),
            check_when: Some(extension::check_when),
        });
    }
}
