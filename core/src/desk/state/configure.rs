//! Changes of the document at run time: agents, teams, inboxes, hours and absences.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde::Serialize;

use crate::availability::{AgentSlot, ChannelSlot, Roster};
use crate::desk::event::{ChangeType, Entry, EventKind};
use crate::desk::state::check::{foreign, misfit};
use crate::desk::state::journal::Undo;
use crate::desk::state::{Conversation, ConversationRef, DeskState, LedgerKey, Phase, Route};
use crate::model::{Absence, Agent, DateHours, Id, Inbox, Team, WeeklyHours};
use crate::problem::Problem;
use crate::read::{self, Node, Reader};
use crate::routing::{Plan, StepRef};
use crate::time::Instant;

/// Reads a part of the document.
type ReadPart<T> = fn(&mut Reader<'_>, &Node) -> Option<T>;

/// A change of the document from a `desk_changed`, read and checked.
pub enum Change {
    WorkingHours(AgentSlot, Vec<WeeklyHours>),
    DateHours(AgentSlot, Vec<DateHours>),
    OutOfOffice(AgentSlot, Vec<Absence>),
    PutAgent(Box<Agent>),
    PutTeam(Box<Team>),
    PutInbox(Box<Inbox>),
    RemoveAgent(AgentSlot, Id),
    RemoveTeam(Id),
    RemoveInbox(Id),
}

impl DeskState {
    /// Reads the change of a `desk_changed`, and checks that it is possible.
    pub fn read_change(&self, told: &EventKind) -> Result<Change, Problem> {
        let EventKind::DeskChanged { change, agent, team, inbox, entry, .. } = told else {
            return Err(misfit("it changes nothing"));
        };
        let of = |key: &str, id: &Option<Id>| {
            id.clone().ok_or_else(|| misfit(&format!("the change names no {key}")).at_path(format!("$.{key}")))
        };
        let (agent, team, inbox) = (|| of("agent", agent), || of("team", team), || of("inbox", inbox));
        let slot = || {
            let id = agent()?;
            let slot = self.roster.slot(&id);
            slot.ok_or_else(|| foreign(&format!("the agent {id:?}")).at_path("$.agent"))
        };
        let entry = entry.as_ref();
        Ok(match change {
            ChangeType::SetWorkingHours => Change::WorkingHours(slot()?, self.read(entry, WeeklyHours::read_list)?),
            ChangeType::SetDateHours => Change::DateHours(slot()?, self.read(entry, DateHours::read_list)?),
            ChangeType::SetOutOfOffice => Change::OutOfOffice(slot()?, self.read(entry, Absence::read_list)?),
            ChangeType::PutAgent => Change::PutAgent(self.read_put(entry, Agent::read, |it| &it.id, &agent()?)?),
            ChangeType::PutTeam => Change::PutTeam(self.read_put(entry, Team::read, |it| &it.id, &team()?)?),
            ChangeType::PutInbox => {
                let put = self.read_put(entry, Inbox::read, |it| &it.id, &inbox()?)?;
                let goes = |id: &Id| put.channels.iter().all(|channel| channel.id != *id);
                self.check_gone(|it| it.is_open() && it.details.inbox == put.id && goes(&it.details.channel))?;
                Change::PutInbox(put)
            }
            ChangeType::RemoveAgent => {
                let (slot, id) = (slot()?, agent()?);
                self.check_gone(|it| it.is_open() && it.occupies().any(|agent| agent == slot))?;
                Change::RemoveAgent(slot, id)
            }
            ChangeType::RemoveTeam => {
                let id = team()?;
                self.roster.team(&id).ok_or_else(|| foreign(&format!("the team {id:?}")).at_path("$.team"))?;
                Change::RemoveTeam(id)
            }
            ChangeType::RemoveInbox => {
                let id = inbox()?;
                self.roster.inbox(&id).ok_or_else(|| foreign(&format!("the inbox {id:?}")).at_path("$.inbox"))?;
                self.check_gone(|it| it.is_open() && it.details.inbox == id)?;
                Change::RemoveInbox(id)
            }
        })
    }

    /// Checks that no conversation needs what a change removes.
    fn check_gone(&self, uses: impl Fn(&Conversation) -> bool) -> Result<(), Problem> {
        match self.conversations.iter().find(|it| uses(it)) {
            Some(it) => Err(misfit(&format!("the conversation {:?} needs what it removes", it.id)).at_path("$.change")),
            None => Ok(()),
        }
    }

    /// Carries out a checked change. The agents whose schedule it replaces are then [`stale`](Self::stale).
    pub fn change(&mut self, change: Change, at: Instant) {
        match change {
            Change::WorkingHours(slot, hours) => self.edit_entry(slot, |agent| agent.working_hours = Some(hours)),
            Change::DateHours(slot, hours) => self.edit_entry(slot, |agent| agent.date_hours = hours),
            Change::OutOfOffice(slot, absences) => self.edit_entry(slot, |agent| agent.out_of_office = absences),
            Change::PutAgent(agent) => self.put_agent(*agent),
            Change::PutTeam(team) => self.put_team(*team),
            Change::PutInbox(inbox) => self.put_inbox(*inbox, at),
            Change::RemoveAgent(slot, id) => {
                self.forget(slot, &id, at);
                let before = self.roster.member(slot).map(|member| Arc::clone(&member.entry));
                self.edit_roster(|roster| roster.remove_agent(&id));
                if let Some(before) = before {
                    Arc::make_mut(&mut self.rules).remove_agent(slot, &before);
                }
                self.reindex();
            }
            Change::RemoveTeam(id) => {
                self.edit_roster(|roster| roster.remove_team(&id));
                self.touch_everyone();
            }
            Change::RemoveInbox(id) => {
                self.edit_roster(|roster| roster.remove_inbox(&id));
                self.move_channels(|_| true);
                self.reindex();
                self.touch_everyone();
            }
        }
    }

    /// Marks all agents: they may now be available at other times, and eligible for other conversations.
    fn touch_everyone(&mut self) {
        self.stale = self.roster.members().map(|(slot, _)| slot).collect();
        self.dirty = self.stale.clone();
    }

    /// Returns the entry of a part of the document from a command, and the part read again from it. A part that a program
    /// built, or that was read before the desk changed, may be invalid.
    pub fn entry_of<T: Serialize>(&self, part: &T, read: ReadPart<T>) -> Result<(Entry, T), Problem> {
        let entry = Entry::of(part);
        let read = read::from_node(&entry.0, self.roster.known(), read).map_err(first)?;
        Ok((entry, read))
    }

    /// Reads an entry that was read before, with the scripts of that time; they need not exist any more.
    fn read<T>(&self, entry: Option<&Entry>, read: ReadPart<T>) -> Result<T, Problem> {
        let Entry(entry) = entry.ok_or_else(|| misfit("the change has no entry").at_path("$.entry"))?;
        read::from_node_again(entry, self.roster.known(), read).map_err(|problems| in_entry(first(problems)))
    }

    /// Reads an entry whose id the event contains as well.
    fn read_put<T>(
        &self,
        entry: Option<&Entry>,
        read: ReadPart<T>,
        id_of: fn(&T) -> &Id,
        id: &Id,
    ) -> Result<Box<T>, Problem> {
        let read = self.read(entry, read)?;
        if id_of(&read) == id {
            return Ok(Box::new(read));
        }
        Err(misfit(&format!("it puts {id:?}, and the entry is that of {:?}", id_of(&read))).at_path("$.entry.id"))
    }

    /// Changes the roster as a whole, and compiles all rules again.
    fn edit_roster(&mut self, edit: impl FnOnce(&mut Roster)) {
        self.journal.note(|| Undo::Roster(Arc::clone(&self.availability.roster), Arc::clone(&self.rules)));
        edit(self.availability.roster_mut());
        Arc::make_mut(&mut self.rules).compile_channels(&self.availability.roster);
    }

    // ---- agents

    fn edit_entry(&mut self, slot: AgentSlot, edit: impl FnOnce(&mut Agent)) {
        let Some(member) = self.roster.member(slot) else { return };
        let mut agent = (*member.entry).clone();
        edit(&mut agent);
        self.replace_agent(slot, Arc::new(agent));
        self.stale.insert(slot);
    }

    fn put_agent(&mut self, agent: Agent) {
        let known = self.roster.slot(&agent.id);
        let agent = Arc::new(agent);
        let slot = known.unwrap_or_else(|| self.add_agent(Arc::clone(&agent)));
        if known.is_some() {
            self.replace_agent(slot, agent);
        }
        self.stale.insert(slot);
        self.dirty.insert(slot);
    }

    /// Replaces the entry of an agent.
    pub(super) fn replace_agent(&mut self, slot: AgentSlot, agent: Arc<Agent>) {
        let Some(before) = self.roster.member(slot).map(|member| Arc::clone(&member.entry)) else { return };
        self.availability.roster_mut().put_agent(Arc::clone(&agent));
        Arc::make_mut(&mut self.rules).put_agent(slot, Some(&before), &agent, self.availability.roster.kinds());
        self.journal.note(|| Undo::Entry(before));
        self.edit_standing(slot, |_| {});
    }

    fn add_agent(&mut self, agent: Arc<Agent>) -> AgentSlot {
        // Some conversations may be of a contact whose owner is the new agent.
        let theirs = self.queue.of_stranger(&agent.id);
        theirs.iter().for_each(|reference| self.unlist(*reference));
        let slot = self.availability.roster_mut().put_agent(Arc::clone(&agent));
        Arc::make_mut(&mut self.rules).put_agent(slot, None, &agent, self.availability.roster.kinds());
        self.make_room();
        theirs.iter().for_each(|reference| self.list(*reference));
        self.journal.note(|| Undo::NewAgent(agent));
        self.edit_standing(slot, |_| {});
        slot
    }

    /// Removes the agent that was added last, to undo that.
    pub(super) fn take_back_agent(&mut self, agent: &Agent) {
        let Some(slot) = self.roster.slot(&agent.id) else { return };
        let theirs: Vec<ConversationRef> = self.queue.personal(slot).map(|key| key.conversation).collect();
        theirs.iter().for_each(|reference| self.unlist(*reference));
        self.availability.roster_mut().take_back_agent(&agent.id);
        Arc::make_mut(&mut self.rules).remove_agent(slot, agent);
        self.make_room();
        theirs.iter().for_each(|reference| self.list(*reference));
    }

    // ---- teams

    fn put_team(&mut self, team: Team) {
        let (id, before) = (team.id.clone(), self.roster.team(&team.id).cloned());
        self.availability.roster_mut().put_team(Arc::new(team));
        let members = self.roster.team_members(&id, false);
        self.stale.extend_with(&members);
        self.journal.note(|| Undo::Team(id, before));
    }

    /// Removes an agent from the records of conversations and rules.
    fn forget(&mut self, slot: AgentSlot, agent: &Id, at: Instant) {
        let mut contacts = BTreeSet::new();
        for reference in self.all(|it| it.remembers(slot, agent)) {
            self.amend(reference, |it| it.forget(slot, agent, at));
            contacts.extend(self.conversation(reference).and_then(|it| it.details.contact_id().cloned()));
        }
        for contact in contacts {
            self.set_last_agent(&contact, self.latest_holder(&contact));
        }
        self.forget_turns(slot);
    }

    fn put_inbox(&mut self, inbox: Inbox, at: Instant) {
        let changed = self.channels_with_other_rules(&inbox);
        let with_bots = self.rules_of_bots(&changed);
        for reference in self.all(|it| it.is_routed() && it.channel.is_some_and(|channel| changed.contains(&channel))) {
            self.edit(reference, at, |it| {
                (it.route, it.place) = (None, None);
                if it.phase == Phase::Waiting {
                    (it.phase, it.unsettled) = (Phase::Unassigned, true);
                }
            });
        }
        let (id, before) = (inbox.id.clone(), self.roster.inbox(&inbox.id).cloned());
        self.replace_inbox(Arc::new(inbox));
        self.journal.note(|| Undo::Inbox(id.clone(), before));
        self.move_channels(|of| *of == id);
        for (reference, rule) in with_bots {
            self.keep_rule(reference, &rule);
        }
        self.reindex();
        self.dirty = self.roster.members().map(|(slot, _)| slot).collect();
    }

    /// Adds an inbox or replaces its entry, and compiles its rules; the indices are left to [`reindex`](Self::reindex).
    pub(super) fn replace_inbox(&mut self, inbox: Arc<Inbox>) {
        let (roster, rules) = (self.availability.roster_mut(), Arc::make_mut(&mut self.rules));
        roster.put_inbox(Arc::clone(&inbox));
        if roster.has_idle_sets() {
            roster.compile_channels();
            rules.compile_channels(roster);
        } else {
            rules.compile_inbox(roster, &inbox.id);
        }
    }

    /// Returns the channels of an inbox whose rules differ in its new entry.
    fn channels_with_other_rules(&self, inbox: &Inbox) -> Vec<ChannelSlot> {
        let channels = self.roster.channels_of(&inbox.id).filter(|(_, channel)| {
            let new = inbox.channels.iter().find(|new| new.id == channel.entry.id);
            new.is_none_or(|new| new.rules != channel.entry.rules)
        });
        channels.map(|(slot, _)| slot).collect()
    }

    /// Returns the waiting conversations of channels whose rules differ in the new entry of an inbox.
    pub fn waiting_under_old_rules(&self, inbox: &Inbox) -> Vec<ConversationRef> {
        let changed = self.channels_with_other_rules(inbox);
        self.all(|it| it.phase == Phase::Waiting && it.channel.is_some_and(|channel| changed.contains(&channel)))
    }

    /// Returns the conversations of channels that are with a bot, with the rule that gave them to it.
    fn rules_of_bots(&self, channels: &[ChannelSlot]) -> Vec<(ConversationRef, Id)> {
        let with_bot = |it: &Conversation| matches!(it.phase, Phase::WithBot { .. });
        let theirs = self.all(|it| with_bot(it) && it.channel.is_some_and(|channel| channels.contains(&channel)));
        let rules = theirs.into_iter().filter_map(|reference| {
            let rule = self.conversation(reference)?.route.as_ref()?.rule;
            Some((reference, self.rule_id(reference, rule)?))
        });
        rules.collect()
    }

    /// Keeps the rule of a conversation with a bot, if it still exists; else the conversation starts over when it is
    /// handed over.
    fn keep_rule(&mut self, reference: ConversationRef, rule: &Id) {
        let kept = self.rule_ref(reference, rule);
        let last = kept.and_then(|kept| self.rule(reference, kept)).map_or(StepRef::FIRST, Plan::last_step);
        self.amend(reference, |it| {
            it.route = it.route.take().zip(kept).map(|(route, rule)| {
                let reached = if route.done { last } else { route.reached };
                Route { rule, reached, ..route }
            });
        });
    }

    /// Looks up the channels of conversations again, after one was added or removed.
    fn move_channels(&mut self, of_inbox: impl Fn(&Id) -> bool) {
        let roster = Arc::clone(&self.roster);
        let channel_of = |it: &Conversation| roster.channel_slot(&it.details.inbox, &it.details.channel);
        for reference in self.all(|it| of_inbox(&it.details.inbox) && it.channel != channel_of(it)) {
            let channel = self.conversation(reference).and_then(channel_of);
            self.amend(reference, |it| it.channel = channel);
        }
        let has = |(channel, rule): &LedgerKey| {
            self.roster.channel(*channel).is_some() && self.rules.rule_ref(*channel, rule).is_some()
        };
        let gone: Vec<LedgerKey> = self.ledgers.keys().filter(|key| !has(key)).cloned().collect();
        for key in gone {
            if let Some(ledger) = self.ledgers.remove(&key) {
                self.journal.note(|| Undo::Ledger(key, ledger));
            }
        }
    }
}

fn first(problems: Vec<Problem>) -> Problem {
    problems.into_iter().next().unwrap_or_else(|| misfit("the entry cannot be read"))
}

/// Turns a problem of an entry into one of the event that contains it.
fn in_entry(problem: Problem) -> Problem {
    let path = format!("$.entry{}", problem.path.trim_start_matches('$'));
    problem.at_path(path)
}
