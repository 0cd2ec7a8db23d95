//! The commands that change the document, and their effect on conversations that wait, are held or are offered.

use crate::availability::unknown::{unknown_holiday, unknown_inbox, unknown_team};
use crate::availability::{AgentSlot, ChannelSlot, CompiledChannel, SetRef, StepTarget, is_member};
use crate::desk::decide::Decider;
use crate::desk::decide::perform::Done;
use crate::desk::event::{ChangeType, Entry, EventKind, UnassignedBecause};
use crate::desk::state::{Change, ClassKey, Conversation, ConversationRef, DeskState, Phase, Resolved, in_use};
use crate::model::{Access, Agent, Holiday, Id, Inbox, OnRemoved, Team};
use crate::time::Instant;
use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

impl Decider<'_> {
    pub fn change_agent(
        &mut self,
        kind: ChangeType,
        agent: &Id,
        entry: Entry,
        change: impl FnOnce(AgentSlot) -> Change,
        at: Instant,
    ) -> Done {
        let slot = self.slot(agent)?;
        self.emit(at, Resolved::of_change(change(slot)), changed(kind, Subject::Agent(agent), Some(entry)));
        self.announce_if_turned(slot, at);
        Ok(())
    }

    pub fn put_agent(&mut self, agent: &Agent, at: Instant) -> Done {
        let (entry, read) = self.state.entry_of(agent, Agent::read)?;
        let given = self.state.given_to_teams_of(&read);
        let reach = self.state.reach_of_teams(&given);
        let left = self.state.roster.slot(&agent.id).map(|slot| self.state.roster.sets_left_by(slot, &read));
        let on = Resolved::of_change(Change::PutAgent(Box::new(read)));
        self.emit(at, on, changed(ChangeType::PutAgent, Subject::Agent(&agent.id), Some(entry)));
        let slot = self.slot(&agent.id)?;
        self.announce_if_turned(slot, at);
        let mut concerned = self.occupying(slot, |_| true);
        concerned.extend(given);
        concerned.sort_unstable();
        // A conversation offered to the agent may be distributed in the team, too.
        concerned.dedup();
        self.take_back_out_of_reach(&concerned, &reach, at);
        self.look_at_forsaken(&self.state.waiting_for_sets(&left.unwrap_or_default()), at);
        Ok(())
    }

    pub fn put_team(&mut self, team: &Team, at: Instant) -> Done {
        let (entry, read) = self.state.entry_of(team, Team::read)?;
        let on = Resolved::of_change(Change::PutTeam(Box::new(read)));
        self.emit(at, on, changed(ChangeType::PutTeam, Subject::Team(&team.id), Some(entry)));
        let members = self.state.roster.team_members(&team.id, false);
        members.iter().for_each(|slot| self.announce_if_turned(slot, at));
        Ok(())
    }

    pub fn put_inbox(&mut self, inbox: &Inbox, at: Instant) -> Done {
        let kept = |id: &Id| inbox.channels.iter().any(|channel| channel.id == *id);
        self.check_unused(&inbox.id, |channel| !kept(channel))?;
        let (entry, read) = self.state.entry_of(inbox, Inbox::read)?;
        let rerouted = self.state.waiting_under_old_rules(std::slice::from_ref(inbox));
        let open = self.state.open_in(&inbox.id);
        let reach = self.state.reach_of_teams(&open);
        let on = Resolved::of_change(Change::PutInbox(Box::new(read)));
        self.emit(at, on, changed(ChangeType::PutInbox, Subject::Inbox(&inbox.id), Some(entry)));
        rerouted.into_iter().for_each(|reference| self.look_at(reference));
        self.take_back_out_of_reach(&open, &reach, at);
        self.look_at_forsaken(&open, at);
        Ok(())
    }

    pub fn put_holiday(&mut self, holiday: &Holiday, at: Instant) -> Done {
        let (entry, read) = self.state.entry_of(holiday, Holiday::read)?;
        let on = Resolved::of_change(Change::PutHoliday(Box::new(read)));
        self.emit(at, on, changed(ChangeType::PutHoliday, Subject::Holiday(&holiday.id), Some(entry)));
        self.announce_all_turns(at);
        Ok(())
    }

    pub fn remove_agent(&mut self, agent: &Id, at: Instant) -> Done {
        let slot = self.slot(agent)?;
        let offered = self.occupying(slot, |phase| matches!(phase, Phase::Offered { .. }));
        let held = self.state.held_by(slot);
        // Before the agent is removed: these events name the agent, and their conversations leave the agent.
        for reference in offered {
            self.withdraw_offer(reference, slot, at);
        }
        for reference in held {
            self.unassign(reference, Some(agent.clone()), UnassignedBecause::Removed, self.is_removed_routed(), at);
        }
        let open = self.state.open();
        let reach = self.state.reach_of_teams(&open);
        let on = Resolved::of_change(Change::RemoveAgent(slot, agent.clone()));
        self.emit(at, on, changed(ChangeType::RemoveAgent, Subject::Agent(agent), None));
        self.take_back_out_of_reach(&open, &reach, at);
        self.look_at_forsaken(&open, at);
        Ok(())
    }

    pub fn remove_team(&mut self, team: &Id, at: Instant) -> Done {
        self.state.roster.team(team).ok_or_else(|| unknown_team(team))?;
        let open = self.state.open();
        let reach = self.state.reach_of_teams(&open);
        let on = Resolved::of_change(Change::RemoveTeam(team.clone()));
        self.emit(at, on, changed(ChangeType::RemoveTeam, Subject::Team(team), None));
        self.announce_all_turns(at);
        self.take_back_out_of_reach(&open, &reach, at);
        self.look_at_forsaken(&open, at);
        Ok(())
    }

    pub fn remove_inbox(&mut self, inbox: &Id, at: Instant) -> Done {
        self.state.roster.inbox(inbox).ok_or_else(|| unknown_inbox(inbox))?;
        self.check_unused(inbox, |_| true)?;
        let on = Resolved::of_change(Change::RemoveInbox(inbox.clone()));
        self.emit(at, on, changed(ChangeType::RemoveInbox, Subject::Inbox(inbox), None));
        self.announce_all_turns(at);
        Ok(())
    }

    pub fn remove_holiday(&mut self, holiday: &Id, at: Instant) -> Done {
        self.state.roster.holiday(holiday).ok_or_else(|| unknown_holiday(holiday))?;
        let on = Resolved::of_change(Change::RemoveHoliday(holiday.clone()));
        self.emit(at, on, changed(ChangeType::RemoveHoliday, Subject::Holiday(holiday), None));
        self.announce_all_turns(at);
        Ok(())
    }

    /// Refuses to remove channels that still have open conversations.
    fn check_unused(&self, inbox: &Id, goes: impl Fn(&Id) -> bool) -> Done {
        let open = self.state.open_in(inbox).into_iter().filter_map(|reference| self.state.conversation(reference));
        match open.into_iter().find(|it| goes(&it.details.channel)) {
            Some(it) => Err(in_use(inbox, &it.id)),
            None => Ok(()),
        }
    }

    /// Schedules the conversations that wait at a step which names nobody any more for the next queue pass.
    pub fn look_at_forsaken(&mut self, concerned: &[ConversationRef], at: Instant) {
        for reference in concerned {
            if self.state.is_waiting(*reference) && self.is_step_over(*reference, at) {
                self.look_at(*reference);
            }
        }
    }

    /// Returns `true` if the conversations of a removed agent or team are routed again.
    fn is_removed_routed(&self) -> bool {
        self.state.roster.settings.on_removed == OnRemoved::Route
    }

    /// Takes conversations back from agents and teams that lost them: first the offers to agents who are deactivated or
    /// lost their access, then what is held by an agent, or given to a team, without access to its inbox. `reach`
    /// contains the conversations whose team had access before.
    pub fn take_back_out_of_reach(
        &mut self,
        concerned: &[ConversationRef],
        reach: &BTreeSet<ConversationRef>,
        at: Instant,
    ) {
        for (reference, slot) in self.state.lost_offers(concerned) {
            self.withdraw_offer(reference, slot, at);
        }
        for reference in self.state.out_of_reach(concerned, reach) {
            self.take_back(reference, at);
        }
    }

    /// Takes back a conversation that moved, if the agent or team that has it has no access to its new inbox.
    pub fn take_back_if_out_of_reach(&mut self, reference: ConversationRef, was_in_reach: bool, at: Instant) {
        let is_out = |it: &Conversation| self.state.is_out_of_reach(it, was_in_reach);
        if self.state.conversation(reference).is_some_and(is_out) {
            self.take_back(reference, at);
        }
    }

    fn take_back(&mut self, reference: ConversationRef, at: Instant) {
        let Some(conversation) = self.state.conversation(reference) else { return };
        let agent = conversation.holder().and_then(|slot| self.state.roster.agent_id(slot));
        let is_removed = |team: &Id| self.state.roster.team(team).is_none();
        let (reason, route) = match conversation.team_concerned() {
            Some(team) if is_removed(team) => (UnassignedBecause::Removed, self.is_removed_routed()),
            _ => (UnassignedBecause::NoInboxAccess, true),
        };
        self.withdraw_offers(reference, at);
        self.unassign(reference, agent, reason, route, at);
    }

    pub fn announce_all_turns(&mut self, at: Instant) {
        for slot in AgentSlot::all(self.state.people.len()) {
            self.announce_if_turned(slot, at);
        }
    }

    /// Emits the status of an agent whose state or reason changed with the document.
    fn announce_if_turned(&mut self, slot: AgentSlot, at: Instant) {
        if self.state.turned(slot, at) {
            self.announce_turn(slot, at);
        }
    }
}

impl DeskState {
    /// Returns the conversations that are with a team of an agent, by the agent's current entry or by the one given.
    fn given_to_teams_of(&self, entry: &Agent) -> Vec<ConversationRef> {
        let before = self.roster.slot(&entry.id).and_then(|slot| self.roster.member(slot));
        let entries = before.map(|member| &*member.entry).into_iter().chain([entry]);
        let teams: BTreeSet<&Id> = entries.flat_map(|agent| agent.team.iter().chain(&agent.extra_teams)).collect();
        teams.into_iter().filter_map(|team| self.with_teams.get(team)).flatten().copied().collect()
    }

    /// Returns the waiting conversations whose step names one of the sets.
    fn waiting_for_sets(&self, sets: &[SetRef]) -> Vec<ConversationRef> {
        if sets.is_empty() {
            return Vec::new();
        }
        let names = |class: &ClassKey| {
            let reached = class.reached();
            let step = reached.and_then(|(rule, step)| self.rules.rule(class.channel, rule)?.step(step));
            step.is_some_and(|step| matches!(&step.target, StepTarget::Fixed { set, .. } if sets.contains(set)))
        };
        let classes = self.queue.classes().map(|(class, _)| class).filter(|class| names(class));
        let mut waiting: Vec<ConversationRef> = classes.flat_map(|class| self.queue.of_class(class)).collect();
        waiting.sort_unstable();
        waiting
    }

    /// Returns the offers to agents who are deactivated or have no access to the inbox.
    fn lost_offers(&self, concerned: &[ConversationRef]) -> Vec<(ConversationRef, AgentSlot)> {
        let is_lost = |it: &Conversation, slot: AgentSlot| {
            let active = self.roster.member(slot).is_some_and(|member| member.entry.active);
            let channel = it.channel.and_then(|channel| self.roster.channel(channel));
            !active || channel.is_none_or(|channel| !self.roster.access(channel).contains(slot))
        };
        let mut lost = Vec::new();
        for (reference, it) in concerned.iter().filter_map(|it| Some((*it, self.conversation(*it)?))) {
            let agents = it.offers().iter().map(|offer| offer.agent);
            lost.extend(agents.filter(|slot| is_lost(it, *slot)).map(|slot| (reference, slot)));
        }
        lost
    }

    /// Returns the conversations that are given to a team, or distributed in it, of which an agent has access to their inbox.
    pub fn reach_of_teams(&self, concerned: &[ConversationRef]) -> BTreeSet<ConversationRef> {
        // Many may be with the same team, so each team and channel is checked once.
        let mut known: FxHashMap<(&Id, ChannelSlot), bool> = FxHashMap::default();
        let mut reach = BTreeSet::new();
        for (reference, it) in
            concerned.iter().filter_map(|reference| Some((*reference, self.conversation(*reference)?)))
        {
            if let Some((team, channel)) = it.team_concerned().zip(it.channel)
                && *known.entry((team, channel)).or_insert_with(|| self.is_in_reach_of_team(it))
            {
                reach.insert(reference);
            }
        }
        reach
    }

    /// Returns `true` if a conversation is given to a team, or distributed in it, of which an agent has access to its inbox.
    pub fn is_in_reach_of_team(&self, it: &Conversation) -> bool {
        let channel = it.channel.and_then(|channel| self.roster.channel(channel));
        it.team_concerned().zip(channel).is_some_and(|(team, channel)| self.has_team_access(team, channel))
    }

    /// Returns the conversations that are held by an agent, or given to a team, without access to their inbox.
    fn out_of_reach(&self, concerned: &[ConversationRef], reach: &BTreeSet<ConversationRef>) -> Vec<ConversationRef> {
        let mut known: FxHashMap<(&Id, ChannelSlot, bool), bool> = FxHashMap::default();
        let mut found = Vec::new();
        for (reference, it) in
            concerned.iter().filter_map(|reference| Some((*reference, self.conversation(*reference)?)))
        {
            let was_in_reach = reach.contains(&reference);
            let is_out = match it.team_concerned().zip(it.channel) {
                Some((team, channel)) => *known
                    .entry((team, channel, was_in_reach))
                    .or_insert_with(|| self.is_out_of_reach(it, was_in_reach)),
                None => self.is_out_of_reach(it, was_in_reach),
            };
            if is_out {
                found.push(reference);
            }
        }
        found
    }

    /// Returns `true` if the agent or team that has a conversation has no access to its inbox. A team of which nobody had
    /// access before keeps a conversation that it may be given.
    fn is_out_of_reach(&self, it: &Conversation, was_in_reach: bool) -> bool {
        let Some(channel) = it.channel.and_then(|channel| self.roster.channel(channel)) else { return false };
        match (it.holder(), it.team_concerned()) {
            (Some(agent), _) => !self.roster.access(channel).contains(agent),
            (None, Some(team)) => {
                !self.has_team_access(team, channel) && (was_in_reach || !self.may_be_given_to(team, channel))
            }
            (None, None) => false,
        }
    }

    /// Returns `true` if conversations of a channel may be given to a team: the access to its inbox names the team,
    /// regardless of its members, or an agent of the team has access.
    pub fn may_be_given_to(&self, team: &Id, channel: &CompiledChannel) -> bool {
        let is_named = match self.roster.inbox(&channel.inbox).map(|inbox| &inbox.access) {
            Some(Access::Only { teams, .. }) => teams.contains(team),
            Some(Access::Everyone) | None => true,
        };
        self.roster.team(team).is_some() && (is_named || self.has_team_access(team, channel))
    }

    /// Returns `true` if a main or extra member of a team has access to the inbox of a channel.
    fn has_team_access(&self, team: &Id, channel: &CompiledChannel) -> bool {
        let is_in = |slot| self.roster.member(slot).is_some_and(|member| is_member(&member.entry, team));
        self.roster.access(channel).iter().any(is_in)
    }
}

/// The subject of a change of the document.
enum Subject<'a> {
    Agent(&'a Id),
    Team(&'a Id),
    Inbox(&'a Id),
    Holiday(&'a Id),
}

fn changed(change: ChangeType, subject: Subject<'_>, entry: Option<Entry>) -> EventKind {
    let (mut agent, mut team, mut inbox, mut holiday) = (None, None, None, None);
    let (key, id) = match subject {
        Subject::Agent(id) => (&mut agent, id),
        Subject::Team(id) => (&mut team, id),
        Subject::Inbox(id) => (&mut inbox, id),
        Subject::Holiday(id) => (&mut holiday, id),
    };
    *key = Some(id.clone());
    EventKind::DeskChanged { change, agent, team, inbox, holiday, entry }
}
