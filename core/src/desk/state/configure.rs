//! Changes of the document at run time.

mod in_use;
mod inboxes;
mod order;
mod whole;

use std::collections::BTreeSet;
use std::sync::Arc;

use serde::Serialize;

use crate::availability::{AgentSet, AgentSlot, Roster, SetRef};
use crate::desk::event::{ChangeType, Entry, EventKind};
use crate::desk::state::check::{foreign, misfit};
use crate::desk::state::journal::Undo;
use crate::desk::state::{Conversation, ConversationRef, DeskState};
use crate::model::{Absence, Agent, DateHours, Difference, Holiday, Id, Inbox, Team, WeeklyHours};
use crate::problem::Problem;
use crate::read::{self, Node, Reader};
use crate::time::Instant;

pub use self::in_use::in_use;

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
    PutHoliday(Box<Holiday>),
    Configure(Box<Difference>),
    RemoveAgent(AgentSlot, Id),
    RemoveTeam(Id),
    RemoveInbox(Id),
    RemoveHoliday(Id),
}

impl DeskState {
    /// Reads the change of a `desk_changed`, and checks that it is possible.
    pub fn read_change(&self, told: &EventKind, at: Instant) -> Result<Change, Problem> {
        let EventKind::DeskChanged { change, agent, team, inbox, holiday, entry } = told else {
            return Err(misfit("it changes nothing"));
        };
        let of = |key: &str, id: &Option<Id>| {
            id.clone().ok_or_else(|| misfit(&format!("the change names no {key}")).at_path(format!("$.{key}")))
        };
        let (agent, team) = (|| of("agent", agent), || of("team", team));
        let (inbox, holiday) = (|| of("inbox", inbox), || of("holiday", holiday));
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
                self.check_gone(self.open_in(&put.id), |it| goes(&it.details.channel))?;
                Change::PutInbox(put)
            }
            ChangeType::PutHoliday => {
                Change::PutHoliday(self.read_put(entry, Holiday::read, |it| &it.id, &holiday()?)?)
            }
            ChangeType::Configure => Change::Configure(Box::new(self.read_difference(entry, at)?)),
            ChangeType::RemoveAgent => {
                let (slot, id) = (slot()?, agent()?);
                let theirs = self.person(slot).map(|person| person.occupied_by.iter().copied().collect());
                self.check_gone(theirs.unwrap_or_default(), |it| it.is_open())?;
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
                self.check_gone(self.open_in(&id), |_| true)?;
                Change::RemoveInbox(id)
            }
            ChangeType::RemoveHoliday => {
                let id = holiday()?;
                self.roster.holiday(&id).ok_or_else(|| foreign(&format!("the holiday {id:?}")).at_path("$.holiday"))?;
                Change::RemoveHoliday(id)
            }
        })
    }

    /// Checks that none of some conversations needs what a change removes.
    fn check_gone(
        &self,
        conversations: Vec<ConversationRef>,
        uses: impl Fn(&Conversation) -> bool,
    ) -> Result<(), Problem> {
        let mut conversations = conversations.into_iter().filter_map(|reference| self.conversation(reference));
        match conversations.find(|it| uses(it)) {
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
            Change::PutInbox(inbox) => self.put_inboxes(vec![*inbox], at),
            Change::PutHoliday(holiday) => self.put_holiday(*holiday),
            Change::Configure(difference) => self.configure(*difference, at),
            Change::RemoveAgent(slot, id) => self.remove_agent(slot, &id, at),
            Change::RemoveTeam(id) => {
                self.edit_roster(|roster| roster.remove_team(&id));
                self.touch_everyone();
            }
            Change::RemoveInbox(id) => self.remove_inbox(&id),
            Change::RemoveHoliday(id) => self.remove_holiday(&id),
        }
    }

    /// Marks all agents: they may now be available at other times, and eligible for other conversations.
    fn touch_everyone(&mut self) {
        self.touch(&self.roster.set(SetRef::EVERYONE).clone());
    }

    fn touch(&mut self, agents: &AgentSet) {
        self.stale.extend_with(agents);
        self.dirty.extend_with(agents);
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

    /// Changes the roster as far as rules and indices do not depend on it, such as hours.
    fn edit_roster_alone(&mut self, edit: impl FnOnce(&mut Roster)) {
        self.journal.note(|| Undo::RosterAlone(Arc::clone(&self.availability.roster)));
        edit(self.availability.roster_mut());
    }

    /// Changes the roster as a whole, and compiles all rules again.
    fn edit_roster(&mut self, edit: impl FnOnce(&mut Roster)) {
        self.journal.note(|| Undo::Roster(Arc::clone(&self.availability.roster), Arc::clone(&self.rules)));
        self.has_gaps = true;
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

    /// Removes the limits of agents on what comes from an inbox.
    fn forget_limits_of(&mut self, inbox: &Id) {
        let limited = |agent: &Agent| agent.capacity.as_ref().is_some_and(|it| it.per_inbox.contains_key(inbox));
        let members = self.roster.members().filter(|(_, member)| limited(&member.entry));
        for (slot, mut agent) in members.map(|(slot, it)| (slot, (*it.entry).clone())).collect::<Vec<_>>() {
            agent.capacity.iter_mut().for_each(|capacity| capacity.per_inbox.retain(|id, _| id != inbox));
            self.replace_agent(slot, Arc::new(agent));
        }
    }

    /// Replaces the entry of an agent.
    pub(super) fn replace_agent(&mut self, slot: AgentSlot, agent: Arc<Agent>) {
        let Some(before) = self.roster.member(slot).map(|member| Arc::clone(&member.entry)) else { return };
        let is_substituted_anew = before.substitute != agent.substitute;
        self.availability.roster_mut().put_agent(Arc::clone(&agent));
        Arc::make_mut(&mut self.rules).put_agent(slot, Some(&before), &agent, self.availability.roster.kinds());
        self.journal.note(|| Undo::Entry(before));
        self.edit_standing(slot, |_| {});
        self.renew_pace(slot);
        if is_substituted_anew {
            self.touch_substitutes(slot);
        }
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
        let theirs: Vec<ConversationRef> = self.queue.personal(slot).collect();
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

    // ---- holidays

    fn put_holiday(&mut self, holiday: Holiday) {
        let mut observers = self.roster.observers(&holiday);
        let before = self.roster.holiday(&holiday.id);
        before.into_iter().for_each(|before| observers.extend_with(&self.roster.observers(before)));
        self.edit_roster_alone(|roster| roster.put_holiday(holiday));
        self.touch(&observers);
    }

    fn remove_holiday(&mut self, id: &Id) {
        let Some(observers) = self.roster.holiday(id).map(|holiday| self.roster.observers(holiday)) else { return };
        self.edit_roster_alone(|roster| roster.remove_holiday(id));
        self.touch(&observers);
    }

    // ---- removing

    /// Removes an agent, whose conversations were taken back before, from the document and from all records.
    fn remove_agent(&mut self, slot: AgentSlot, agent: &Id, at: Instant) {
        let remembering = self.all(|it| it.remembers(slot, agent));
        let named: Vec<ConversationRef> = self.queue.personal(slot).collect();
        self.touch_substitutes(slot);
        self.end_status(slot);
        self.list_again(self.listed_with(slot, &remembering), |state| {
            state.forget(slot, agent, &remembering, at);
            let before = state.roster.member(slot).map(|member| Arc::clone(&member.entry));
            state.edit_roster(|roster| roster.remove_agent(agent));
            if let Some(before) = before {
                Arc::make_mut(&mut state.rules).remove_agent(slot, &before);
            }
        });
        self.renew_pace(slot);
        // Their contacts may have another last agent now.
        self.redirected.extend(named);
    }

    /// Returns the conversations whose places in the indices an agent has a part in: of those that remember the agent the
    /// ones that are not over, and those that name the agent as the last of their contact.
    fn listed_with(&self, slot: AgentSlot, remembering: &[ConversationRef]) -> Vec<ConversationRef> {
        let is_listed = |it: &ConversationRef| self.conversation(*it).is_some_and(|it| !it.is_over());
        let mut listed: Vec<_> = remembering.iter().copied().filter(is_listed).collect();
        listed.extend(self.queue.personal(slot));
        listed.sort_unstable();
        listed.dedup();
        listed
    }

    /// Removes an agent from the records of conversations and rules.
    fn forget(&mut self, slot: AgentSlot, agent: &Id, remembering: &[ConversationRef], at: Instant) {
        let mut contacts = BTreeSet::new();
        for reference in remembering.iter().copied() {
            self.amend(reference, |it| it.forget(slot, agent, at));
            contacts.extend(self.conversation(reference).and_then(|it| it.details.contact_id().cloned()));
        }
        for contact in contacts {
            self.set_last_agent(&contact, self.latest_holder(&contact));
        }
        self.forget_turns(slot);
        if let Some(given) = self.given.remove(&slot) {
            self.journal.note(|| Undo::GivenGone(slot, given));
        }
    }

    /// Removes an inbox, in which no conversation is open.
    fn remove_inbox(&mut self, inbox: &Id) {
        self.forget_limits_of(inbox);
        self.forget_blocks_of(inbox);
        let theirs = self.all_in(inbox);
        self.list_again(theirs.clone(), |state| {
            state.edit_roster(|roster| roster.remove_inbox(inbox));
            state.move_channels(&theirs);
        });
        self.views.tidy(inbox);
        self.touch_everyone();
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
