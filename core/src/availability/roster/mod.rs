//! The desk document, compiled: the members of teams, the hours of agents, and the access to inboxes.

mod agent_set;
mod channel;
#[cfg(feature = "routing")]
mod configure;
#[cfg(feature = "routing")]
mod difference;
mod edit;
#[cfg(feature = "routing")]
mod gaps;
pub(crate) mod handle;
mod named_sets;
mod substitutes;
#[cfg(test)]
mod tests;
#[cfg(feature = "routing")]
mod written;

pub(crate) use self::agent_set::{AgentSet, BITS, bits_of, word_of};
pub(crate) use self::channel::{CompiledChannel, KindIndex, StepTarget};
#[cfg(feature = "routing")]
pub(crate) use self::configure::inverse;
pub(crate) use self::handle::{AgentSlot, ChannelSlot, SetRef};

use std::borrow::Cow;
use std::sync::Arc;

use indexmap::IndexMap;
use rustc_hash::{FxBuildHasher, FxHashMap};

pub(crate) use self::named_sets::Members;
use self::named_sets::NamedSets;
#[cfg(feature = "routing")]
pub(crate) use self::named_sets::Names;
#[cfg(feature = "routing")]
pub(crate) use self::substitutes::MOST_IN_TURN;
use self::substitutes::Substituted;
#[cfg(feature = "routing")]
pub(crate) use self::written::Written;
use super::compile::Compiler;
use super::schedule::Schedule;
use crate::deadline;
use crate::model::{
    Access, Agent, DeclaredScripts, Document, Extensions, Holiday, Id, Inbox, OwnStatus, Settings, TableFilter, Team,
    WeeklyHours,
};
use crate::read::{CheckText, Known};
use crate::time::{Zone, Zones};

/// Entries of the document by their ids, in document order.
type ById<T> = IndexMap<Id, Arc<T>, FxBuildHasher>;

/// An agent, with data compiled from its entry.
#[derive(Debug, Clone)]
pub(crate) struct Member {
    pub entry: Arc<Agent>,
    pub zone: Zone,
    pub schedule: Schedule,
}

/// The desk document, compiled.
#[derive(Debug, Clone)]
pub(crate) struct Roster {
    pub settings: Settings,
    pub time_zone: Zone,
    working_hours: Option<Vec<WeeklyHours>>,
    kinds: Vec<Id>,
    named_kinds: Vec<Id>,
    statuses: Vec<OwnStatus>,
    extensions: Extensions,
    version: u8,
    holidays: Vec<Holiday>,
    /// The teams, in document order.
    teams: ById<Team>,
    inboxes: ById<Inbox>,
    table_filters: Vec<TableFilter>,
    members: Vec<Option<Member>>,
    slots: FxHashMap<Id, AgentSlot>,
    channels: Vec<Option<CompiledChannel>>,
    /// The slots of all channels, including removed ones until the gaps are closed: a channel that is added again gets its
    /// slot back.
    channel_slots: FxHashMap<Id, FxHashMap<Id, ChannelSlot>>,
    /// The active agents with a seat that gets conversations.
    pub assignable: AgentSet,
    substituted: Substituted,
    sets: NamedSets,
    /// The number of sets when all channels were last compiled.
    sets_needed: usize,
    compiler: Compiler,
    /// The ids that an entry may refer to.
    known: Arc<Known>,
}

impl Roster {
    pub fn new(document: Document) -> Self {
        let kinds = document.channel_kinds();
        let known = Known {
            teams: document.teams.iter().map(|team| team.id.clone()).collect(),
            inboxes: document.inboxes.iter().map(|inbox| inbox.id.clone()).collect(),
            kinds: kinds.iter().cloned().collect(),
            ..Known::default()
        };
        let mut roster = Roster {
            kinds,
            settings: document.settings,
            time_zone: document.time_zone,
            working_hours: document.working_hours,
            named_kinds: document.kinds,
            statuses: document.statuses,
            extensions: document.extensions,
            version: document.version,
            holidays: document.holidays,
            teams: document.teams.into_iter().map(|team| (team.id.clone(), Arc::new(team))).collect(),
            inboxes: document.inboxes.into_iter().map(|inbox| (inbox.id.clone(), Arc::new(inbox))).collect(),
            table_filters: document.table_filters,
            members: Vec::new(),
            slots: FxHashMap::default(),
            channels: Vec::new(),
            channel_slots: FxHashMap::default(),
            assignable: AgentSet::default(),
            substituted: Substituted::default(),
            sets: NamedSets::default(),
            sets_needed: 0,
            compiler: Compiler::default(),
            known: Arc::new(known),
        };
        for agent in document.agents {
            // A roster that is not complete at the deadline is never returned.
            if deadline::is_up() {
                break;
            }
            roster.put_agent(Arc::new(agent));
        }
        roster.compile_channels();
        roster
    }

    /// Returns the roster with the zones that an entry may name.
    #[must_use]
    pub fn in_zones(mut self, zones: Zones) -> Self {
        Arc::make_mut(&mut self.known).zones = zones;
        self
    }

    /// Returns the roster with the check of texts that are conditions.
    #[must_use]
    pub fn with_check(mut self, check: CheckText) -> Self {
        Arc::make_mut(&mut self.known).check_when = Some(check);
        self
    }

    /// The ids that an entry may refer to.
    pub fn known(&self) -> &Known {
        &self.known
    }

    /// Sets the scripts that entries may name from now on.
    pub fn declare_scripts(&mut self, scripts: Arc<DeclaredScripts>) {
        Arc::make_mut(&mut self.known).scripts = Some(scripts);
    }

    /// Returns the zone of an inbox.
    pub fn zone_of_inbox(&self, inbox: &str) -> &Zone {
        self.inbox(inbox).and_then(|inbox| inbox.time_zone.as_ref()).unwrap_or(&self.time_zone)
    }

    /// Returns the current document.
    pub fn document(&self) -> Document {
        Document {
            version: self.version,
            time_zone: self.time_zone.clone(),
            working_hours: self.working_hours.clone(),
            kinds: self.named_kinds.clone(),
            statuses: self.statuses.clone(),
            teams: self.teams().cloned().collect(),
            agents: self.members().map(|(_, member)| (*member.entry).clone()).collect(),
            holidays: self.holidays.clone(),
            inboxes: self.inboxes().cloned().collect(),
            table_filters: self.table_filters.clone(),
            settings: self.settings.clone(),
            extensions: self.extensions.clone(),
        }
    }

    pub fn slot(&self, agent: &str) -> Option<AgentSlot> {
        self.slots.get(agent).copied()
    }

    pub fn member(&self, slot: AgentSlot) -> Option<&Member> {
        self.members.get(slot.index())?.as_ref()
    }

    /// Returns all agents in document order.
    pub fn members(&self) -> impl Iterator<Item = (AgentSlot, &Member)> {
        (0..).map(AgentSlot::of).zip(&self.members).filter_map(|(slot, member)| Some((slot, member.as_ref()?)))
    }

    /// Returns the number of agents.
    pub fn agent_count(&self) -> usize {
        self.slots.len()
    }

    /// Returns the highest slot plus one.
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

    pub fn holiday(&self, id: &str) -> Option<&Holiday> {
        self.holidays.iter().find(|holiday| holiday.id == id)
    }

    /// Returns the agents who observe a holiday.
    pub fn observers(&self, holiday: &Holiday) -> AgentSet {
        if holiday.is_everybodys() {
            return self.set(SetRef::EVERYONE).clone();
        }
        let mut observers = AgentSet::default();
        holiday.teams.iter().for_each(|team| observers.extend_with(&self.team_members(team, true)));
        observers
    }

    pub fn inbox(&self, id: &str) -> Option<&Arc<Inbox>> {
        self.inboxes.get(id)
    }

    pub fn inboxes(&self) -> impl Iterator<Item = &Inbox> {
        self.inboxes.values().map(|inbox| &**inbox)
    }

    /// Returns the slot of a channel that exists.
    pub fn channel_slot(&self, inbox: &str, channel: &str) -> Option<ChannelSlot> {
        let slot = self.channel_slots.get(inbox)?.get(channel).copied();
        slot.filter(|slot| self.channel(*slot).is_some())
    }

    pub fn channel(&self, slot: ChannelSlot) -> Option<&CompiledChannel> {
        self.channels.get(slot.index())?.as_ref()
    }

    /// Returns the highest slot of a channel plus one.
    #[cfg(feature = "routing")]
    pub fn channel_slot_count(&self) -> usize {
        self.channels.len()
    }

    /// Returns all channels.
    pub fn channels(&self) -> impl Iterator<Item = (ChannelSlot, &CompiledChannel)> {
        (0..).map(ChannelSlot::of).zip(&self.channels).filter_map(|(slot, channel)| Some((slot, channel.as_ref()?)))
    }

    /// Returns the slots of all channels that an inbox has or had.
    pub fn slots_of<'a>(&'a self, inbox: &str) -> impl Iterator<Item = ChannelSlot> + use<'a> {
        self.channel_slots.get(inbox).into_iter().flat_map(|slots| slots.values().copied())
    }

    /// Returns the channels of an inbox.
    pub fn channels_of<'a>(&'a self, inbox: &str) -> impl Iterator<Item = (ChannelSlot, &'a CompiledChannel)> {
        let slots = self.channel_slots.get(inbox).into_iter().flatten();
        slots.filter_map(|(_, slot)| Some((*slot, self.channel(*slot)?)))
    }

    pub fn kinds(&self) -> &[Id] {
        &self.kinds
    }

    /// Returns a status of the document.
    #[cfg(feature = "routing")]
    pub fn own_status(&self, id: &str) -> Option<&OwnStatus> {
        self.statuses.iter().find(|status| status.id == *id)
    }

    /// Returns the statuses of the document.
    pub fn own_statuses(&self) -> &[OwnStatus] {
        &self.statuses
    }

    /// Returns the filters of the table that the document saves.
    #[cfg(feature = "routing")]
    pub fn table_filters(&self) -> &[TableFilter] {
        &self.table_filters
    }

    /// Returns the kinds that the document names.
    #[cfg(feature = "routing")]
    pub fn named_kinds(&self) -> &[Id] {
        &self.named_kinds
    }

    pub fn kind_name(&self, kind: KindIndex) -> Id {
        self.kinds.get(kind).cloned().unwrap_or_else(|| Id::from(""))
    }

    // ---- sets of agents

    /// Returns the agents of a set.
    pub fn set(&self, set: SetRef) -> &AgentSet {
        self.sets.get(set)
    }

    /// Returns whom a set names; `None` for everyone.
    #[cfg(feature = "routing")]
    pub fn names(&self, set: SetRef) -> Option<&Names> {
        self.sets.names(set)
    }

    /// Returns `true` if an agent meets the conditions of a set, whether it names the agent or not.
    pub fn meets_conditions(&self, set: SetRef, slot: AgentSlot) -> bool {
        self.member(slot).is_some_and(|member| self.sets.pass(set, &member.entry))
    }

    /// Returns the agents with access to the inbox of a channel.
    pub fn access(&self, channel: &CompiledChannel) -> &AgentSet {
        self.set(channel.access)
    }

    /// Returns the agents with access to an inbox. An inbox with channels has the compiled set of its first channel, so that no
    /// set is built for each command with an acting agent.
    pub fn with_access(&self, inbox: &Inbox) -> Cow<'_, AgentSet> {
        let slot = inbox.channels.first().and_then(|channel| self.channel_slot(&inbox.id, &channel.id));
        if let Some(channel) = slot.and_then(|slot| self.channel(slot)) {
            return Cow::Borrowed(self.access(channel));
        }
        match &inbox.access {
            Access::Everyone => Cow::Borrowed(self.set(SetRef::EVERYONE)),
            Access::Only { teams, agents, .. } => {
                let mut set: AgentSet = agents.iter().filter_map(|agent| self.slot(agent)).collect();
                teams.iter().for_each(|team| set.extend_with(&self.team_members(team, true)));
                Cow::Owned(set)
            }
        }
    }

    /// Returns the main members of a team, and with `extra` its extra members, too.
    pub fn team_members(&self, team: &Id, extra: bool) -> AgentSet {
        self.sets.members(team, extra)
    }

    /// Returns the main and extra members of a team that has some.
    #[cfg(feature = "routing")]
    pub fn members_of(&self, team: &Id) -> Option<&Members> {
        self.sets.members_of(team)
    }

    /// Returns those of some agents who can be assigned conversations of a channel: with a seat and access.
    pub fn with_seat_and_access(&self, agents: &AgentSet, channel: &CompiledChannel) -> AgentSet {
        let access = self.access(channel);
        agents.iter().filter(|slot| self.assignable.contains(*slot) && access.contains(*slot)).collect()
    }

    /// Returns the sets that an agent leaves if its entry is replaced.
    pub fn sets_left_by(&self, slot: AgentSlot, entry: &Agent) -> Vec<SetRef> {
        self.member(slot).map(|member| self.sets.left_by(slot, &member.entry, entry)).unwrap_or_default()
    }
}
