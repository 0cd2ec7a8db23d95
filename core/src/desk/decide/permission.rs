//! Permissions: the commands that an agent may give.

use rustc_hash::FxHashMap;

use crate::availability::AgentSlot;
use crate::availability::unknown::{no_access, unknown_agent};
use crate::desk::command::{Action, Assignee, Blocked, Command};
use crate::desk::state::DeskState;
use crate::model::{Absence, Agent, Entitlements, Id, Inbox, Permission, Rule, StatusName};
use crate::problem::{Code, Problem, shortened};

/// The result of a permission check: a refusal if something is not allowed.
type Allowed = Result<(), Problem>;

fn not_permitted(actor: &Agent, what: &str) -> Problem {
    Problem::new(Code::NotPermitted, format!("{} may not {what}", shortened(&actor.id)))
}

impl DeskState {
    /// Checks that the actor of a command may give it. A command without an actor is of the embedding program, which may
    /// do anything.
    pub fn permit(&self, command: &Command) -> Allowed {
        let Some(by) = &command.by else { return Ok(()) };
        let member = self.roster.slot(by).and_then(|slot| Some((slot, self.roster.member(slot)?)));
        let (slot, member) = member.ok_or_else(|| unknown_agent(by))?;
        let actor = &*member.entry;
        if !actor.active {
            return Err(not_permitted(actor, "act, being deactivated"));
        }
        // A missing agent, team or inbox is reported before a missing permission.
        let is_there = |agent: &Id| self.roster.slot(agent).is_some();
        match &command.action {
            Action::Open { conversation, inbox, channel, .. } => {
                self.permit_opening(slot, actor, conversation, inbox, channel)
            }
            Action::Update { conversation, changes } => {
                self.permit_conversation(slot, actor, conversation)?;
                self.permit_move(slot, actor, conversation, changes.inbox.as_ref())
            }
            Action::Transfer { conversation, inbox, .. } => {
                self.permit_conversation(slot, actor, conversation)?;
                self.permit_move(slot, actor, conversation, Some(inbox))
            }
            Action::Accept { conversation, agent } | Action::Decline { conversation, agent } => {
                self.permit_conversation(slot, actor, conversation)?;
                self.permit_answer(actor, conversation, agent)
            }
            Action::Close { conversation }
            | Action::Reopen { conversation }
            | Action::Release { conversation }
            | Action::Snooze { conversation, .. }
            | Action::Assign { conversation, .. }
            | Action::Reply { conversation, .. }
            | Action::Message { conversation, .. }
            | Action::MarkSpam { conversation }
            | Action::NotSpam { conversation }
            | Action::Block { subject: Blocked::Conversation(conversation) }
            | Action::Trash { conversation }
            | Action::Restore { conversation }
            | Action::HandOver { conversation }
            | Action::Forget { conversation } => self.permit_conversation(slot, actor, conversation),
            Action::Hide { conversation, .. } => {
                self.permit_conversation(slot, actor, conversation)?;
                let seats = self.roster.settings.entitlements.hidden_messages.as_deref();
                self.permit_feature(&actor.id, seats, "hidden_messages")
            }
            Action::Unhide { conversation, message } => {
                self.permit_conversation(slot, actor, conversation)?;
                self.permit_showing(actor, conversation, message)
            }
            Action::Block { subject: Blocked::Sender { inbox, .. } } | Action::Unblock { inbox, .. } => {
                self.permit_block(slot, actor, inbox.as_ref())
            }
            Action::SetStatus { agent, status, until, .. } if is_there(agent) => {
                self.permit_status(actor, agent, *status != StatusName::Available && until.is_some())
            }
            Action::SetWorkingHours { agent, .. } | Action::SetDateHours { agent, .. } if is_there(agent) => {
                permit_hours(actor, agent)
            }
            Action::SetOutOfOffice { agent, out_of_office } if is_there(agent) => {
                permit_hours(actor, agent)?;
                self.permit_absences(agent, out_of_office)
            }
            Action::PutAgent { .. } | Action::PutTeam { .. } | Action::PutHoliday { .. } | Action::Configure { .. } => {
                permit_super_admin(actor)
            }
            Action::Erase { .. } if actor.may(Permission::SuperAdmin) => Ok(()),
            Action::Erase { .. } => Err(not_permitted(actor, "erase the data of contacts, which takes super_admin")),
            Action::PutInbox { entry } => {
                permit_super_admin(actor)?;
                self.permit_rules(actor, &entry.id, Some(entry))
            }
            Action::RemoveAgent { agent } if is_there(agent) => permit_super_admin(actor),
            Action::RemoveTeam { team } if self.roster.team(team).is_some() => permit_super_admin(actor),
            Action::RemoveInbox { inbox } if self.roster.inbox(inbox).is_some() => {
                permit_super_admin(actor)?;
                self.permit_rules(actor, inbox, None)
            }
            Action::RemoveHoliday { holiday } if self.roster.holiday(holiday).is_some() => permit_super_admin(actor),
            Action::SetStatus { .. }
            | Action::SetWorkingHours { .. }
            | Action::SetDateHours { .. }
            | Action::SetOutOfOffice { .. }
            | Action::RemoveAgent { .. }
            | Action::RemoveTeam { .. }
            | Action::RemoveInbox { .. }
            | Action::RemoveHoliday { .. } => Ok(()),
            // Advancing time needs no permission.
            Action::Advance => Ok(()),
        }
    }

    /// Checks that the actor has access to the inbox in which a conversation is opened.
    fn permit_opening(&self, slot: AgentSlot, actor: &Agent, conversation: &Id, inbox: &Id, channel: &Id) -> Allowed {
        // A conversation that exists already, or a channel that does not exist, is reported first.
        if self.find(conversation).is_some() || self.roster.channel_slot(inbox, channel).is_none() {
            return Ok(());
        }
        self.permit_inbox(slot, actor, inbox)
    }

    /// Checks that the actor has access to the inbox of a conversation.
    fn permit_conversation(&self, slot: AgentSlot, actor: &Agent, conversation: &Id) -> Allowed {
        match self.find(conversation).and_then(|it| self.conversation(it)) {
            Some(known) => self.permit_inbox(slot, actor, &known.details.inbox),
            None => Ok(()),
        }
    }

    /// Checks that the actor also has access to the inbox to which a conversation moves.
    fn permit_move(&self, slot: AgentSlot, actor: &Agent, conversation: &Id, to: Option<&Id>) -> Allowed {
        match to.filter(|inbox| self.find(conversation).is_some() && self.roster.inbox(inbox).is_some()) {
            Some(inbox) => self.permit_inbox(slot, actor, inbox),
            None => Ok(()),
        }
    }

    /// Checks that a message is shown again by who hid it, or by a super admin.
    fn permit_showing(&self, actor: &Agent, conversation: &Id, message: &Id) -> Allowed {
        let known = self.find(conversation).and_then(|it| self.conversation(it));
        let hidden = known.and_then(|it| it.hidden().iter().find(|it| it.message == *message));
        let is_theirs = hidden.is_none_or(|it| it.by.as_ref() == Some(&actor.id));
        if is_theirs || actor.may(Permission::SuperAdmin) {
            return Ok(());
        }
        Err(not_permitted(actor, "show a message that somebody else hid, which takes super_admin"))
    }

    /// Checks that the actor may block senders in an inbox, or in all.
    fn permit_block(&self, slot: AgentSlot, actor: &Agent, inbox: Option<&Id>) -> Allowed {
        match inbox {
            Some(inbox) if self.roster.inbox(inbox).is_some() => self.permit_inbox(slot, actor, inbox),
            // An unknown inbox is reported first.
            Some(_) => Ok(()),
            None if actor.may(Permission::SuperAdmin) => Ok(()),
            None => Err(not_permitted(actor, "block senders in all inboxes, which takes super_admin; name an inbox")),
        }
    }

    /// Checks that an offer is answered by the agent who has it.
    fn permit_answer(&self, actor: &Agent, conversation: &Id, agent: &Id) -> Allowed {
        if self.find(conversation).is_some() && *agent != actor.id && self.roster.slot(agent).is_some() {
            return Err(not_permitted(actor, "answer an offer made to someone else"));
        }
        Ok(())
    }

    fn permit_inbox(&self, slot: AgentSlot, actor: &Agent, inbox: &Id) -> Allowed {
        let access = self.roster.inbox(inbox).map(|inbox| self.roster.with_access(inbox));
        if access.is_some_and(|access| access.contains(slot)) {
            return Ok(());
        }
        Err(no_access(&actor.id, inbox))
    }

    /// Checks that the actor may set a status: their own always, that of others with a permission.
    fn permit_status(&self, actor: &Agent, agent: &Id, for_a_while: bool) -> Allowed {
        let may = actor.may(Permission::ManageAvailability) || actor.may(Permission::SuperAdmin);
        if actor.id != *agent && !may {
            return Err(not_permitted(actor, "set the status of others"));
        }
        if for_a_while {
            let seats = self.roster.settings.entitlements.temporarily_away.as_deref();
            return self.permit_feature(agent, seats, "being temporarily away");
        }
        Ok(())
    }

    /// Checks that the seat of an agent allows absences; removing absences is always allowed.
    pub fn permit_absences(&self, agent: &Id, absences: &[Absence]) -> Allowed {
        let member = self.roster.slot(agent).and_then(|slot| self.roster.member(slot));
        let known = member.map(|member| &*member.entry.out_of_office).unwrap_or_default();
        if absences.iter().all(|absence| known.contains(absence)) {
            return Ok(());
        }
        let seats = self.roster.settings.entitlements.out_of_office.as_deref();
        self.permit_feature(agent, seats, "absences")
    }

    /// Checks that the seat of the agent concerned allows a feature, if it is tied to seats.
    fn permit_feature(&self, agent: &Id, seats: Option<&[Id]>, feature: &str) -> Allowed {
        let member = self.roster.slot(agent).and_then(|slot| self.roster.member(slot));
        let seat = member.and_then(|member| member.entry.seat.as_ref());
        if member.is_none() || Entitlements::allow(seats, seat) {
            return Ok(());
        }
        let needed = shortened(&seats.unwrap_or_default().join(" or "));
        let had = seat.map_or("none".to_owned(), |seat| format!("{:?}", shortened(seat)));
        let message =
            format!("{feature}: that takes a seat of {needed}, and {agent} has {had}", agent = shortened(agent));
        Err(Problem::new(Code::NotPermitted, message))
    }

    /// Checks that an agent may change the rules of an inbox to those of another entry, or to none.
    pub fn permit_rules_of(&self, by: &Id, inbox: &Id, entry: Option<&Inbox>) -> Allowed {
        let actor = self.roster.slot(by).and_then(|slot| self.roster.member(slot)).ok_or_else(|| unknown_agent(by))?;
        self.permit_rules(&actor.entry, inbox, entry)
    }

    /// Checks that the actor has a seat, if seats are required, and one with `routing_rules`, to change rules, or to rename,
    /// move or remove a channel or an inbox that has some.
    fn permit_rules(&self, actor: &Agent, inbox: &Id, entry: Option<&Inbox>) -> Allowed {
        let known = self.roster.inbox(inbox).map(|inbox| &**inbox);
        if rules_of(known) == rules_of(entry) {
            return Ok(());
        }
        let settings = &self.roster.settings;
        if settings.requires_seat && actor.seat.is_none() {
            return Err(not_permitted(actor, "change, move or remove rules, having no seat"));
        }
        self.permit_feature(&actor.id, settings.entitlements.routing_rules.as_deref(), "routing_rules")
    }
}

/// The rules of an inbox, by the channel that has them.
fn rules_of(inbox: Option<&Inbox>) -> FxHashMap<&Id, &[Rule]> {
    let channels = inbox.into_iter().flat_map(|inbox| &inbox.channels);
    let with_rules = channels.filter(|channel| !channel.rules.is_empty());
    with_rules.map(|channel| (&channel.id, &*channel.rules)).collect()
}

fn permit_hours(actor: &Agent, agent: &Id) -> Allowed {
    if actor.id == *agent || actor.may(Permission::SuperAdmin) {
        return Ok(());
    }
    Err(not_permitted(actor, "change the hours and absences of others"))
}

fn permit_super_admin(actor: &Agent) -> Allowed {
    if actor.may(Permission::SuperAdmin) {
        return Ok(());
    }
    Err(not_permitted(actor, "change the document of the desk, which takes super_admin"))
}

impl Action {
    /// The conversation and the agent that the action is about.
    pub fn subjects(&self) -> (Option<&Id>, Option<&Id>) {
        match self {
            Action::Open { conversation, .. }
            | Action::Update { conversation, .. }
            | Action::Close { conversation }
            | Action::Reopen { conversation }
            | Action::Release { conversation }
            | Action::Snooze { conversation, .. }
            | Action::Reply { conversation, .. }
            | Action::Message { conversation, .. }
            | Action::MarkSpam { conversation }
            | Action::NotSpam { conversation }
            | Action::Block { subject: Blocked::Conversation(conversation) }
            | Action::Trash { conversation }
            | Action::Restore { conversation }
            | Action::Hide { conversation, .. }
            | Action::Unhide { conversation, .. }
            | Action::HandOver { conversation }
            | Action::Transfer { conversation, .. }
            | Action::Forget { conversation }
            | Action::Assign { conversation, to: Assignee::Team(_), .. } => (Some(conversation), None),
            Action::Accept { conversation, agent }
            | Action::Decline { conversation, agent }
            | Action::Assign { conversation, to: Assignee::Agent(agent), .. } => (Some(conversation), Some(agent)),
            Action::SetStatus { agent, .. }
            | Action::SetWorkingHours { agent, .. }
            | Action::SetDateHours { agent, .. }
            | Action::SetOutOfOffice { agent, .. }
            | Action::RemoveAgent { agent } => (None, Some(agent)),
            Action::PutAgent { entry } => (None, Some(&entry.id)),
            Action::PutTeam { .. }
            | Action::PutInbox { .. }
            | Action::PutHoliday { .. }
            | Action::Configure { .. }
            | Action::Erase { .. }
            | Action::Block { subject: Blocked::Sender { .. } }
            | Action::Unblock { .. }
            | Action::RemoveTeam { .. }
            | Action::RemoveInbox { .. }
            | Action::RemoveHoliday { .. }
            | Action::Advance => (None, None),
        }
    }
}
