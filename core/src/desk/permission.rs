//! Who may set what.

use super::command::{Action, Assignee, Command};
use super::state::Core;
use crate::availability::State;
use crate::model::{Absence, Agent, Entitlements, Id, Inbox, Permission};
use crate::problem::{Code, Problem};
use crate::routing::Slot;

/// A refusal where something is not allowed.
type Allowed = Result<(), Problem>;

fn not_permitted(actor: &Agent, what: &str) -> Problem {
    Problem::new(Code::NotPermitted, format!("{} may not {what}", actor.id))
}

impl Core {
    /// Whether the actor of a command may do it. The embedding program may do anything.
    pub fn permit(&self, command: &Command) -> Allowed {
        let Some(by) = &command.by else { return Ok(()) };
        let member = self.roster.slot(by).and_then(|slot| Some((slot, self.roster.member(slot)?)));
        let (slot, member) = member.ok_or_else(|| unknown_agent(by))?;
        let actor = &*member.entry;
        if !actor.active {
            return Err(not_permitted(actor, "act, being deactivated"));
        }
        let (conversation, subject) = command.action.subjects();
        if let Some(conversation) = conversation {
            return self.permit_conversation(slot, actor, conversation, &command.action);
        }
        // That something is not there is said before who may do it.
        let is_put = matches!(command.action, Action::PutAgent { .. });
        if !is_put && subject.is_some_and(|agent| self.roster.slot(agent).is_none()) {
            return Ok(());
        }
        match &command.action {
            Action::SetStatus { agent, status, until, .. } => {
                self.permit_status(actor, agent, *status == State::Away && until.is_some())
            }
            Action::SetWorkingHours { agent, .. } | Action::SetDateHours { agent, .. } => permit_hours(actor, agent),
            Action::SetOutOfOffice { agent, out_of_office } => {
                permit_hours(actor, agent)?;
                self.permit_absences(agent, out_of_office)
            }
            Action::PutInbox { entry } => {
                permit_super_admin(actor)?;
                self.permit_rules(actor, entry)
            }
            Action::RemoveTeam { team } if self.roster.team(team).is_none() => Ok(()),
            Action::RemoveInbox { inbox } if self.roster.inbox(inbox).is_none() => Ok(()),
            Action::PutAgent { .. }
            | Action::PutTeam { .. }
            | Action::RemoveAgent { .. }
            | Action::RemoveTeam { .. }
            | Action::RemoveInbox { .. } => permit_super_admin(actor),
            _ => Ok(()),
        }
    }

    /// Acting on a conversation needs access to its inbox; an offer is answered by whoever has it.
    fn permit_conversation(&self, slot: Slot, actor: &Agent, conversation: &Id, action: &Action) -> Allowed {
        let inbox = match (self.find(conversation).and_then(|it| self.conversation(it)), action) {
            (None, Action::Open { inbox, channel, .. }) if self.roster.lane_slot(inbox, channel).is_some() => inbox,
            // What is not there, or there already, is said first.
            (None, _) | (Some(_), Action::Open { .. }) => return Ok(()),
            (Some(known), _) => &known.details.inbox,
        };
        let access = self.roster.inbox(inbox).map(|inbox| self.roster.with_access(inbox));
        if !access.is_some_and(|access| access.contains(slot)) {
            return Err(no_access(&actor.id, inbox));
        }
        match action {
            Action::Update { changes, .. } => match changes.inbox.as_ref().and_then(|inbox| self.roster.inbox(inbox)) {
                Some(inbox) if !self.roster.with_access(inbox).contains(slot) => Err(no_access(&actor.id, &inbox.id)),
                _ => Ok(()),
            },
            Action::Accept { agent, .. } | Action::Decline { agent, .. }
                if *agent != actor.id && self.roster.slot(agent).is_some() =>
            {
                Err(not_permitted(actor, "answer an offer made to someone else"))
            }
            _ => Ok(()),
        }
    }

    /// Everyone sets their own status; others' with a permission.
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

    /// Absences may be tied to the seat; taking some away never is.
    fn permit_absences(&self, agent: &Id, absences: &[Absence]) -> Allowed {
        let member = self.roster.slot(agent).and_then(|slot| self.roster.member(slot));
        let known = member.map(|member| &*member.entry.out_of_office).unwrap_or_default();
        if absences.iter().all(|absence| known.contains(absence)) {
            return Ok(());
        }
        let seats = self.roster.settings.entitlements.out_of_office.as_deref();
        self.permit_feature(agent, seats, "absences")
    }

    /// A feature may be tied to the seat of the agent concerned.
    fn permit_feature(&self, agent: &Id, seats: Option<&[Id]>, feature: &str) -> Allowed {
        let member = self.roster.slot(agent).and_then(|slot| self.roster.member(slot));
        let seat = member.and_then(|member| member.entry.seat.as_ref());
        if member.is_none() || Entitlements::allow(seats, seat) {
            return Ok(());
        }
        let needed = seats.unwrap_or_default().join(" or ");
        let had = seat.map_or("none".to_owned(), |seat| format!("{seat:?}"));
        let message = format!("{feature}: that takes a seat of {needed}, and {agent} has {had}");
        Err(Problem::new(Code::NotPermitted, message))
    }

    /// Rules also need a seat, where seats are required.
    fn permit_rules(&self, actor: &Agent, entry: &Inbox) -> Allowed {
        let known = self.roster.inbox(&entry.id).map(|inbox| &*inbox.channels).unwrap_or_default();
        let before = |id: &Id| known.iter().find(|it| it.id == *id).map(|it| &*it.rules).unwrap_or_default();
        let changes_rules = entry.channels.iter().any(|it| it.rules != before(&it.id));
        if changes_rules && self.roster.settings.requires_seat && actor.seat.is_none() {
            return Err(not_permitted(actor, "change rules, having no seat"));
        }
        Ok(())
    }
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
    Err(not_permitted(actor, "change agents, teams and inboxes, which takes super_admin"))
}

pub(super) fn no_access(agent: &str, inbox: &str) -> Problem {
    Problem::new(Code::NoInboxAccess, format!("{agent} has no access to the inbox {inbox}"))
}

pub(super) fn unknown_agent(id: &str) -> Problem {
    Problem::new(Code::UnknownAgent, format!("there is no agent {id:?}"))
}

impl Action {
    /// The conversation and the agent that the action is about.
    pub(super) fn subjects(&self) -> (Option<&Id>, Option<&Id>) {
        match self {
            Action::Open { conversation, .. }
            | Action::Update { conversation, .. }
            | Action::Close { conversation }
            | Action::Reopen { conversation }
            | Action::Release { conversation }
            | Action::Snooze { conversation, .. }
            | Action::Reply { conversation }
            | Action::HandOver { conversation }
            | Action::Assign { conversation, to: Assignee::Team(_) } => (Some(conversation), None),
            Action::Accept { conversation, agent }
            | Action::Decline { conversation, agent }
            | Action::Assign { conversation, to: Assignee::Agent(agent) } => (Some(conversation), Some(agent)),
            Action::SetStatus { agent, .. }
            | Action::SetWorkingHours { agent, .. }
            | Action::SetDateHours { agent, .. }
            | Action::SetOutOfOffice { agent, .. }
            | Action::RemoveAgent { agent } => (None, Some(agent)),
            Action::PutAgent { entry } => (None, Some(&entry.id)),
            Action::PutTeam { .. }
            | Action::PutInbox { .. }
            | Action::RemoveTeam { .. }
            | Action::RemoveInbox { .. }
            | Action::Advance => (None, None),
        }
    }
}
