//! `set_status`: a manual status over the schedule.

use serde_json::{Value, json};

use super::availability::Schedule;
use super::conversation::State;
use super::document::{optional_text, text};
use super::status::{Hold, Manual, Tag};
use super::time::write_instant;
use super::{Model, Refusal};

impl Model {
    pub fn set_status(&mut self, command: &Value) -> Result<(), Refusal> {
        let agent = self.existing_agent(&text(command, "agent"))?;
        let until = self.end_of(command);
        self.may_set_status(command, &agent, until.is_some())?;
        let name = text(command, "status");
        let own = self.document.statuses.iter().find(|own| own.id == name).cloned();
        let is_available = match &own {
            Some(own) => own.is_available,
            None if ["available", "away"].contains(&name.as_str()) => name == "available",
            None => return Err("unknown_status"),
        };
        let tag = Tag {
            by: optional_text(command, "by"),
            note: optional_text(command, "note"),
            status: own.map(|own| own.id),
        };
        if is_available && until.is_some() {
            return Err("conflict");
        }
        if is_available {
            self.set_available(&agent, tag);
            return Ok(());
        }
        if until.is_some_and(|until| until <= self.now) {
            return Err("in_the_past");
        }
        let is_own = tag.by.as_ref() == Some(&agent);
        // An agent set away by somebody else cannot shorten it.
        if is_own && self.status(&agent).is_kept_away_by_other(&self.document, &agent, self.now, until) {
            self.leave_work(&agent, false);
        } else {
            self.set_away(&agent, until, tag);
        }
        Ok(())
    }

    fn set_available(&mut self, agent: &str, tag: Tag) {
        let entry = self.document.agent(agent).expect("an agent of the desk");
        let is_at_work = Schedule::new(&self.document, entry).at(self.now).is_available();
        let has_manual = self.agent_state(agent).manual.is_some() && !self.status(agent).is_over(self.now);
        let is_plain = tag.status.is_none();
        if is_at_work && !has_manual && is_plain {
            return;
        }
        let hold = Manual::Available(Hold { set_at: self.now, tag: tag.clone() });
        self.agent_state_mut(agent).manual = if is_at_work && is_plain { None } else { Some(hold) };
        let name = tag.status.clone().unwrap_or("available".to_owned());
        self.show_status(agent, tag, Some(json!({"status": name})));
    }

    fn set_away(&mut self, agent: &str, until: Option<i64>, tag: Tag) {
        let by_other = tag.by.as_deref().is_some_and(|by| by != agent);
        let manual = match until {
            None => Manual::Away { set_at: self.now, by_other, tag: tag.clone() },
            Some(until) => Manual::AwayUntil { until, tag: tag.clone(), replaced: self.hold_in_force(agent) },
        };
        self.agent_state_mut(agent).manual = Some(manual);
        let name = tag.status.clone().unwrap_or("away".to_owned());
        let set = match until {
            None => json!({"status": name}),
            Some(until) => json!({"status": name, "until": write_instant(until)}),
        };
        self.show_status(agent, tag, Some(set));
        if by_other {
            self.emit("notice", json!({"agent": agent, "notice": "set_away_by_other"}));
        }
        self.leave_work(agent, by_other);
    }

    fn leave_work(&mut self, agent: &str, by_other: bool) {
        self.withdraw_offers_of(agent);
        if !by_other && self.document.settings.requeue_on_away {
            self.give_up_held(agent, "agent_away", State::Queued);
        }
    }

    /// Returns the *set available* that is in force, or that returns after an away for a while.
    fn hold_in_force(&self, agent: &str) -> Option<Hold> {
        match self.agent_state(agent).manual.clone()? {
            Manual::Available(hold) => Some(hold),
            Manual::AwayUntil { replaced, .. } => replaced,
            Manual::Away { .. } => None,
        }
    }

    pub fn withdraw_offers_of(&mut self, agent: &str) {
        for i in 0..self.conversations.len() {
            if self.conversations[i].state.is_offered_to(agent) {
                self.withdraw_offer_to(i, agent);
            }
        }
    }

    pub fn offered_to(&self, i: usize) -> Vec<String> {
        self.conversations[i].state.offered_to().map(str::to_owned).collect()
    }

    pub fn withdraw_offers(&mut self, i: usize) {
        for agent in self.offered_to(i) {
            self.withdraw_offer_to(i, &agent);
        }
    }

    /// Withdraws an open offer, which does not count as declined.
    pub fn withdraw_offer_to(&mut self, i: usize, agent: &str) {
        self.end_offer(i, agent);
        self.emit("offer_withdrawn", json!({"conversation": self.conversations[i].id, "agent": agent}));
    }

    /// Ends an offer. After the last it is queued again; before, another agent may be offered it.
    pub fn end_offer(&mut self, i: usize, agent: &str) {
        let mut offers = self.conversations[i].state.offers().to_vec();
        offers.retain(|offer| offer.agent != agent);
        self.conversations[i].offers_more = !offers.is_empty();
        self.change_state(i, if offers.is_empty() { State::Queued } else { State::Offered { offers } });
    }

    /// Unassigns the conversations of an agent in order of opening; those that are queued are routed from the start.
    pub fn give_up_held(&mut self, agent: &str, reason: &str, into: State) {
        for i in 0..self.conversations.len() {
            if self.conversations[i].state.holder() == Some(agent) {
                self.conversations[i].route = None;
                self.change_state(i, into.clone());
                let id = self.conversations[i].id.clone();
                self.emit("unassigned", json!({"conversation": id, "agent": agent, "reason": reason}));
            }
        }
    }
}
