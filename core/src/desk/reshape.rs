//! What the commands do that change the document, and what follows for those who wait, hold or are offered something.

use super::conversation::{Conversation, Phase, Ref};
use super::event::{Entry, UnassignedBecause, What};
use super::perform::{Done, unknown_inbox, unknown_team};
use super::turn::Turn;
use crate::model::{Id, Inbox, OnRemoved, Team};
use crate::problem::{Code, Problem};
use crate::routing::Slot;
use crate::time::Instant;

impl Turn<'_> {
    pub fn change_agent(&mut self, change: &str, agent: &Id, entry: Entry, by: Option<&Id>, at: Instant) -> Done {
        let slot = self.slot(agent)?;
        self.emit(at, changed(change, Subject::Agent(agent), Some(entry), by));
        self.announce_if_turned(slot, at);
        Ok(())
    }

    pub fn put_agent(&mut self, agent: &Id, entry: Entry, by: Option<&Id>, at: Instant) -> Done {
        self.emit(at, changed("put_agent", Subject::Agent(agent), Some(entry), by));
        let slot = self.slot(agent)?;
        self.announce_if_turned(slot, at);
        self.withdraw_lost_offers(at);
        self.look_at_forsaken(at);
        Ok(())
    }

    pub fn put_team(&mut self, entry: &Team, by: Option<&Id>, at: Instant) -> Done {
        let team = self.core.entry_of(entry, Team::read)?;
        self.emit(at, changed("put_team", Subject::Team(&entry.id), Some(team), by));
        self.announce_all_turns(at);
        Ok(())
    }

    pub fn put_inbox(&mut self, entry: &Inbox, by: Option<&Id>, at: Instant) -> Done {
        let kept = |id: &Id| entry.channels.iter().any(|channel| channel.id == *id);
        self.check_unused(&entry.id, |channel| !kept(channel))?;
        let inbox = self.core.entry_of(entry, Inbox::read)?;
        let rerouted = self.core.waiting_under_old_rules(entry);
        self.emit(at, changed("put_inbox", Subject::Inbox(&entry.id), Some(inbox), by));
        rerouted.into_iter().for_each(|reference| self.look_at(reference));
        self.withdraw_lost_offers(at);
        self.look_at_forsaken(at);
        Ok(())
    }

    pub fn remove_agent(&mut self, agent: &Id, by: Option<&Id>, at: Instant) -> Done {
        let slot = self.slot(agent)?;
        let offered = self.occupying(slot, |phase| matches!(phase, Phase::Offered { .. }));
        let held = self.occupying(slot, |phase| matches!(phase, Phase::Held { .. }));
        // While they are still known: an event names them, and its conversation leaves them.
        for reference in offered {
            self.withdraw_offer(reference, at);
        }
        let route = self.core.roster.settings.on_removed == OnRemoved::Route;
        for reference in held {
            self.unassign(reference, Some(agent.clone()), UnassignedBecause::Removed, route, at);
        }
        self.emit(at, changed("remove_agent", Subject::Agent(agent), None, by));
        self.look_at_forsaken(at);
        Ok(())
    }

    pub fn remove_team(&mut self, team: &Id, by: Option<&Id>, at: Instant) -> Done {
        self.core.roster.team(team).ok_or_else(|| unknown_team(team))?;
        self.emit(at, changed("remove_team", Subject::Team(team), None, by));
        self.announce_all_turns(at);
        self.withdraw_lost_offers(at);
        for reference in self.core.all(|it| it.phase == Phase::WithTeam { team: team.clone() }) {
            self.unassign(reference, None, UnassignedBecause::Removed, false, at);
        }
        self.look_at_forsaken(at);
        Ok(())
    }

    pub fn remove_inbox(&mut self, inbox: &Id, by: Option<&Id>, at: Instant) -> Done {
        self.core.roster.inbox(inbox).ok_or_else(|| unknown_inbox(inbox))?;
        self.check_unused(inbox, |_| true)?;
        self.emit(at, changed("remove_inbox", Subject::Inbox(inbox), None, by));
        self.announce_all_turns(at);
        Ok(())
    }

    /// Refuses when channels that are to go still have open conversations.
    fn check_unused(&self, inbox: &Id, goes: impl Fn(&Id) -> bool) -> Done {
        let used = |it: &Conversation| it.is_open() && it.details.inbox == *inbox && goes(&it.details.channel);
        match self.core.all(used).first().and_then(|reference| self.id_of(*reference)) {
            Some(id) => Err(Problem::new(Code::InUse, format!("{inbox} has open conversations, such as {id:?}"))),
            None => Ok(()),
        }
    }

    /// Has those looked at that wait at a step which names nobody any more.
    fn look_at_forsaken(&mut self, at: Instant) {
        let forsaken: Vec<Ref> = (0..self.core.conversations.len() as Ref)
            .filter(|reference| self.core.is_waiting(*reference) && self.core.is_step_over(*reference, at))
            .collect();
        forsaken.into_iter().for_each(|reference| self.look_at(reference));
    }

    /// Takes back the offers of those who left, or lost their access.
    fn withdraw_lost_offers(&mut self, at: Instant) {
        let lost = self.core.all(|it| {
            let Phase::Offered { agent, .. } = it.phase else { return false };
            let active = self.core.roster.member(agent).is_some_and(|member| member.entry.active);
            let lane = it.lane.and_then(|lane| self.core.roster.lane(lane));
            !active || lane.is_none_or(|lane| !lane.access.contains(agent))
        });
        lost.into_iter().for_each(|reference| self.withdraw_offer(reference, at));
    }

    fn announce_all_turns(&mut self, at: Instant) {
        for slot in 0..self.core.people.len() as Slot {
            self.announce_if_turned(slot, at);
        }
    }

    /// Tells of an agent whose state or reason the change of the document changed.
    fn announce_if_turned(&mut self, slot: Slot, at: Instant) {
        if self.core.turned(slot, at) {
            self.announce_turn(slot, at);
        }
    }
}

/// What a change of the document is about.
enum Subject<'a> {
    Agent(&'a Id),
    Team(&'a Id),
    Inbox(&'a Id),
}

fn changed(change: &str, subject: Subject<'_>, entry: Option<Entry>, by: Option<&Id>) -> What {
    let (agent, team, inbox) = match subject {
        Subject::Agent(id) => (Some(id.clone()), None, None),
        Subject::Team(id) => (None, Some(id.clone()), None),
        Subject::Inbox(id) => (None, None, Some(id.clone())),
    };
    What::DeskChanged { change: Id::from(change), agent, team, inbox, entry, by: by.cloned() }
}
