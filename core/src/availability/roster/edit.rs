//! Changes of the document: each compiles only the parts that depend on it.

use std::sync::Arc;

use super::agent_set::AgentSet;
use super::channel::{ChannelCompiler, CompiledChannel};
use super::handle::{AgentSlot, ChannelSlot};
use super::{Member, Roster};
use crate::availability::compile::Surroundings;
use crate::model::{Agent, Holiday, Id, Inbox, Team};

impl Roster {
    /// Adds or replaces an agent; gives its slot.
    pub fn put_agent(&mut self, agent: Arc<Agent>) -> AgentSlot {
        let slot = self.slot(&agent.id).unwrap_or_else(|| self.new_slot(&agent.id));
        self.compiler.tidy();
        let member = self.compile_member(agent);
        self.assignable.set(slot, self.is_assignable(&member.entry));
        let before = self.member(slot).map(|member| Arc::clone(&member.entry));
        self.substituted.seat(slot, before.as_deref(), Some(&member.entry));
        self.sets.seat(slot, before.as_deref(), Some(&member.entry));
        if let Some(place) = self.members.get_mut(slot.index()) {
            *place = Some(member);
        }
        slot
    }

    /// Adds or replaces a team, and compiles the schedules of its main members anew.
    pub fn put_team(&mut self, team: Arc<Team>) {
        let id = team.id.clone();
        Arc::make_mut(&mut self.known).teams.insert(id.clone());
        self.teams.insert(id.clone(), team);
        let members = self.team_members(&id, false);
        members.iter().for_each(|slot| self.compile_again(slot));
        self.compiler.tidy();
    }

    /// Adds or replaces an inbox, and compiles its channels.
    pub fn put_inbox(&mut self, inbox: Arc<Inbox>) {
        Arc::make_mut(&mut self.known).inboxes.insert(inbox.id.clone());
        self.inboxes.insert(inbox.id.clone(), Arc::clone(&inbox));
        self.compile_inbox(&inbox);
    }

    /// Returns `true` once there may be as many sets that nothing names as others: the channels are to be compiled anew then,
    /// which gives the sets other references.
    pub fn has_idle_sets(&self) -> bool {
        const FEW: usize = 1_000;
        self.sets.len() > 2 * self.sets_needed + FEW
    }

    /// Adds or replaces a holiday, and compiles the schedules and office hours that observe it.
    pub fn put_holiday(&mut self, holiday: Holiday) {
        let mut observers = self.observers(&holiday);
        self.holiday(&holiday.id).into_iter().for_each(|before| observers.extend_with(&self.observers(before)));
        match self.holidays.iter_mut().find(|known| known.id == holiday.id) {
            Some(known) => *known = holiday,
            None => self.holidays.push(holiday),
        }
        self.compile_hours(&observers);
    }

    /// Removes a holiday.
    pub fn remove_holiday(&mut self, id: &Id) {
        let Some(observers) = self.holiday(id).map(|holiday| self.observers(holiday)) else { return };
        self.holidays.retain(|holiday| holiday.id != *id);
        self.compile_hours(&observers);
    }

    /// Undoes the addition of the agent that was added last.
    pub fn take_back_agent(&mut self, id: &Id) {
        self.unseat(id);
        self.members.pop();
    }

    /// Removes a team that nothing refers to.
    pub fn drop_team(&mut self, id: &Id) {
        self.teams.shift_remove(id);
        Arc::make_mut(&mut self.known).teams.remove(id);
    }

    /// Removes an inbox that nothing refers to.
    pub fn drop_inbox(&mut self, id: &Id) {
        self.inboxes.shift_remove(id);
        Arc::make_mut(&mut self.known).inboxes.remove(id);
        self.drop_channels(id);
    }

    /// Removes an agent, and its id wherever it is named.
    pub fn remove_agent(&mut self, id: &Id) {
        self.unseat(id);
        for slot in self.substituted.of(id).clone().iter() {
            let Some(member) = self.member(slot) else { continue };
            self.put_agent(Arc::new(Agent { substitute: None, ..(*member.entry).clone() }));
        }
        for inbox in self.inboxes.values_mut() {
            Arc::make_mut(inbox).forget_agent(id);
        }
        self.compile_channels();
    }

    /// Removes a team, and its id wherever it is named.
    pub fn remove_team(&mut self, id: &Id) {
        self.drop_team(id);
        self.holidays.retain_mut(|holiday| holiday.forget(id, |holiday| &mut holiday.teams));
        for inbox in self.inboxes.values_mut() {
            Arc::make_mut(inbox).forget_team(id);
        }
        for slot in self.team_members(id, true).iter() {
            let Some(member) = self.member(slot) else { continue };
            let mut agent = (*member.entry).clone();
            agent.team.take_if(|team| team == id);
            agent.extra_teams.retain(|team| team != id);
            self.put_agent(Arc::new(agent));
        }
        self.table_filters.retain(|saved| saved.filter.team.as_ref() != Some(id));
        self.sets.forget_team(id);
        self.compile_channels();
    }

    /// Removes an inbox, and its id wherever it is named.
    pub fn remove_inbox(&mut self, id: &Id) {
        self.drop_inbox(id);
        for inbox in self.inboxes.values_mut() {
            Arc::make_mut(inbox).forget_inbox(id);
        }
        self.holidays.retain_mut(|holiday| holiday.forget(id, |holiday| &mut holiday.inboxes));
        self.table_filters.retain(|saved| saved.filter.inbox.as_ref() != Some(id));
        self.compile_channels();
    }

    // ---- agents

    fn new_slot(&mut self, agent: &Id) -> AgentSlot {
        let slot = AgentSlot::of(self.members.len());
        self.members.push(None);
        self.slots.insert(agent.clone(), slot);
        Arc::make_mut(&mut self.known).agents.insert(agent.clone());
        slot
    }

    fn unseat(&mut self, id: &Id) {
        let Some(slot) = self.slots.remove(id) else { return };
        Arc::make_mut(&mut self.known).agents.remove(id);
        self.assignable.remove(slot);
        let member = self.members.get_mut(slot.index()).and_then(Option::take);
        let entry = member.as_ref().map(|member| &*member.entry);
        self.substituted.seat(slot, entry, None);
        self.sets.seat(slot, entry, None);
    }

    pub(super) fn is_assignable(&self, agent: &Agent) -> bool {
        let settings = &self.settings;
        let has_seat = !settings.requires_seat || agent.seat.is_some();
        agent.active && has_seat && settings.entitlements.allow_assignment(agent.seat.as_ref())
    }

    fn compile_member(&mut self, entry: Arc<Agent>) -> Member {
        let team = entry.team.as_ref().and_then(|id| self.teams.get(id));
        let around = Surroundings {
            time_zone: &self.time_zone,
            working_hours: self.working_hours.as_deref(),
            team: team.map(|team| &**team),
            holidays: &self.holidays,
        };
        let schedule = self.compiler.agent(&entry, &around);
        Member { schedule, zone: entry.time_zone.as_ref().unwrap_or(&self.time_zone).clone(), entry }
    }

    /// Compiles an agent anew, as after a change of the team's hours.
    pub(super) fn compile_again(&mut self, slot: AgentSlot) {
        let Some(entry) = self.member(slot).map(|member| Arc::clone(&member.entry)) else { return };
        let member = self.compile_member(entry);
        if let Some(place) = self.members.get_mut(slot.index()) {
            *place = Some(member);
        }
    }

    /// Compiles the schedules of agents anew, and all office hours.
    pub(super) fn compile_hours(&mut self, agents: &AgentSet) {
        agents.iter().for_each(|slot| self.compile_again(slot));
        let mut calendars = std::mem::take(&mut self.compiler);
        for channel in self.channels.iter_mut().flatten() {
            if let Some(inbox) = self.inboxes.get(&channel.inbox) {
                channel.office = calendars.office(inbox, &channel.entry, &self.time_zone, &self.holidays);
            }
        }
        self.compiler = calendars;
        self.compiler.tidy();
    }

    // ---- channels

    /// Compiles all channels anew, and drops the sets that nothing names any more.
    pub fn compile_channels(&mut self) {
        self.sets.forget_names();
        self.channels.iter_mut().for_each(|channel| *channel = None);
        let inboxes: Vec<Arc<Inbox>> = self.inboxes.values().cloned().collect();
        inboxes.iter().for_each(|inbox| self.compile_inbox(inbox));
        self.sets_needed = self.sets.len();
        self.compiler.forget_unused();
    }

    fn compile_inbox(&mut self, inbox: &Inbox) {
        self.drop_channels(&inbox.id);
        let (mut sets, mut calendars) = (std::mem::take(&mut self.sets), std::mem::take(&mut self.compiler));
        let mut compiler = ChannelCompiler { roster: self, sets: &mut sets, calendars: &mut calendars };
        let access = compiler.access(inbox);
        let compiled: Vec<_> = inbox.channels.iter().map(|channel| compiler.channel(inbox, channel, access)).collect();
        (self.sets, self.compiler) = (sets, calendars);
        compiled.into_iter().for_each(|channel| self.place_channel(channel));
    }

    fn drop_channels(&mut self, inbox: &Id) {
        let slots: Vec<ChannelSlot> = self.channels_of(inbox).map(|(slot, _)| slot).collect();
        for slot in slots {
            if let Some(place) = self.channels.get_mut(slot.index()) {
                *place = None;
            }
        }
    }

    /// Puts a channel into its slot, which never changes.
    fn place_channel(&mut self, channel: CompiledChannel) {
        let of_inbox = self.channel_slots.entry(channel.inbox.clone()).or_default();
        let next = ChannelSlot::of(self.channels.len());
        let slot = *of_inbox.entry(channel.entry.id.clone()).or_insert(next);
        if slot == next {
            self.channels.push(None);
        }
        if let Some(place) = self.channels.get_mut(slot.index()) {
            *place = Some(channel);
        }
    }
}
