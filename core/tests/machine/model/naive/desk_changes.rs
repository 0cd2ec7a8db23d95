//! Changes of agents, teams, inboxes, holidays, hours and absences.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::conditions::forget;
use super::conversation::{Details, State};
use super::document::{Access, Agent, Channel, Document, Holiday, Inbox, Rule, Target, Team, list, text};
use super::hours::{Absence, DateHours, WeeklyHours};
use super::{Model, Refusal};

impl Model {
    pub fn set_hours(&mut self, command: &Value, kind: &str) -> Result<(), Refusal> {
        let id = self.existing_agent(&text(command, "agent"))?;
        self.may_set_hours(command, &id)?;
        let (key, reach) = (kind.trim_start_matches("set_"), self.reach_of_teams());
        let agent = self.document.agents.iter_mut().find(|agent| agent.id == id).expect("an agent of the desk");
        match key {
            "working_hours" => agent.working_hours = Some(list(command, key, WeeklyHours::read)),
            "date_hours" => agent.date_hours = list(command, key, DateHours::read),
            _ => agent.out_of_office = list(command, key, Absence::read),
        }
        self.tell_change(command, "agent", Some(&command[key]));
        self.settle_change(&reach);
        Ok(())
    }

    pub fn put_agent(&mut self, command: &Value) -> Result<(), Refusal> {
        self.may_change_desk(command)?;
        let (agent, reach) = (Agent::read(&command["entry"]), self.reach_of_teams());
        match self.document.agents.iter_mut().find(|it| it.id == agent.id) {
            Some(entry) => *entry = agent,
            None => {
                self.document.agents.push(agent.clone());
                let state = self.fresh_state(&agent);
                self.agents.push(state);
            }
        }
        self.tell_change(command, "agent", Some(&command["entry"]));
        self.settle_change(&reach);
        Ok(())
    }

    pub fn put_team(&mut self, command: &Value) -> Result<(), Refusal> {
        self.may_change_desk(command)?;
        let (team, reach) = (Team::read(&command["entry"]), self.reach_of_teams());
        match self.document.teams.iter_mut().find(|it| it.id == team.id) {
            Some(entry) => *entry = team,
            None => self.document.teams.push(team),
        }
        self.tell_change(command, "team", Some(&command["entry"]));
        self.settle_change(&reach);
        Ok(())
    }

    pub fn put_inbox(&mut self, command: &Value) -> Result<(), Refusal> {
        self.may_change_desk(command)?;
        let inbox = Inbox::read(&command["entry"]);
        let changed = self.channels_with_new_rules(&inbox);
        if rules_of(self.document.inbox(&inbox.id)) != rules_of(Some(&inbox)) {
            self.may_change_rules(command)?;
        }
        let keeps = |channel: &str| inbox.channels.iter().any(|it| it.id == channel);
        if self.open_in(&inbox.id).any(|i| !keeps(&self.conversations[i].details.channel)) {
            return Err("in_use");
        }
        let (id, reach) = (inbox.id.clone(), self.reach_of_teams());
        match self.document.inboxes.iter_mut().find(|it| it.id == id) {
            Some(entry) => *entry = inbox,
            None => self.document.inboxes.push(inbox),
        }
        self.tell_change(command, "inbox", Some(&command["entry"]));
        self.forget_gone_rules();
        self.settle_change(&reach);
        self.route_again(&id, &changed);
        Ok(())
    }

    pub fn put_holiday(&mut self, command: &Value) -> Result<(), Refusal> {
        self.may_change_desk(command)?;
        let holiday = Holiday::read(&command["entry"]);
        match self.document.holidays.iter_mut().find(|it| it.id == holiday.id) {
            Some(entry) => *entry = holiday,
            None => self.document.holidays.push(holiday),
        }
        self.tell_change(command, "holiday", Some(&command["entry"]));
        self.refresh_statuses();
        Ok(())
    }

    pub fn remove_holiday(&mut self, command: &Value) -> Result<(), Refusal> {
        let id = text(command, "holiday");
        self.document.holidays.iter().find(|it| it.id == id).ok_or("unknown_holiday")?;
        self.may_change_desk(command)?;
        self.document.holidays.retain(|it| it.id != id);
        self.tell_change(command, "holiday", None);
        self.refresh_statuses();
        Ok(())
    }

    pub fn channels_with_new_rules(&self, inbox: &Inbox) -> Vec<String> {
        let before = |id: &str| self.document.channel(&inbox.id, id).map(|it| (&it.rules, &it.waiting_limit));
        let is_changed = |channel: &&Channel| before(&channel.id) != Some((&channel.rules, &channel.waiting_limit));
        let changed = inbox.channels.iter().filter(is_changed);
        changed.map(|channel| channel.id.clone()).collect()
    }

    /// The waiting conversations of changed channels are routed again in their place; offered ones, when they come back.
    pub fn route_again(&mut self, inbox: &str, channels: &[String]) {
        for conversation in &mut self.conversations {
            let is_in = conversation.details.inbox == inbox && channels.contains(&conversation.details.channel);
            if is_in && matches!(conversation.state, State::Queued | State::Offered { .. }) {
                conversation.route = None;
                conversation.skips_after_hours = false;
                conversation.for_team.iter_mut().for_each(|it| (it.rule, it.announced) = (None, false));
            }
        }
    }

    pub fn remove_agent(&mut self, command: &Value) -> Result<(), Refusal> {
        let id = self.existing_agent(&text(command, "agent"))?;
        self.may_change_desk(command)?;
        self.withdraw_offers_of(&id);
        let into = if self.document.settings.unassign_on_removed { State::Unassigned } else { State::Queued };
        self.give_up_held(&id, "removed", into);
        let reach = self.reach_of_teams();
        self.tell_change(command, "agent", None);
        self.forget_agent(&id);
        self.take_back_out_of_reach(&reach);
        Ok(())
    }

    fn forget_agent(&mut self, id: &str) {
        self.document.agents.retain(|agent| agent.id != id);
        for_every_list_of_agents(&mut self.document, |agents| agents.retain(|agent| agent != id));
        self.document.agents.iter_mut().for_each(|agent| {
            agent.substitute.take_if(|substitute| substitute == id);
        });
        self.agents.retain(|agent| agent.id != id);
        self.memories.retain(|memory| memory.agent != id);
        let now = self.now;
        for conversation in &mut self.conversations {
            conversation.declines.retain(|decline| decline.agent != id);
            conversation.last_held.take_if(|(agent, _)| agent == id);
            conversation.notified.retain(|agent| agent != id);
            if conversation.wrap_up.take_if(|wrap_up| wrap_up.agent == id).is_some() {
                conversation.ended = Some(now);
            }
            if let Some(contact) = &mut conversation.details.contact {
                contact.owner.take_if(|owner| owner == id);
            }
        }
    }

    pub fn remove_team(&mut self, command: &Value) -> Result<(), Refusal> {
        let id = text(command, "team");
        self.document.team(&id).ok_or("unknown_team")?;
        self.may_change_desk(command)?;
        let reach = self.reach_of_teams();
        self.tell_change(command, "team", None);
        drop_team(&mut self.document, &id);
        self.settle_change(&reach);
        Ok(())
    }

    pub fn remove_inbox(&mut self, command: &Value) -> Result<(), Refusal> {
        let id = text(command, "inbox");
        self.document.inbox(&id).ok_or("unknown_inbox")?;
        self.may_change_desk(command)?;
        if !rules_of(self.document.inbox(&id)).is_empty() {
            self.may_change_rules(command)?;
        }
        if self.open_in(&id).next().is_some() {
            return Err("in_use");
        }
        self.tell_change(command, "inbox", None);
        self.document.inboxes.retain(|inbox| inbox.id != id);
        self.document.table_filters.retain(|filter| filter.inbox.as_ref() != Some(&id));
        self.blocks.retain(|(_, inbox)| inbox.as_ref() != Some(&id));
        self.forget_gone_rules();
        drop_from_holidays(&mut self.document, |holiday| &mut holiday.inboxes, &id);
        for agent in &mut self.document.agents {
            agent.limit_per_inbox.remove(&id);
        }
        Ok(())
    }

    pub fn forget_gone_rules(&mut self) {
        let document = &self.document;
        self.memories.retain(|memory| {
            let (inbox, channel, rule) = &memory.rule;
            document.rule(inbox, channel, rule).is_some()
        });
        // The rule of a conversation with a bot begins anew when the bot hands it over.
        for conversation in &mut self.conversations {
            let Details { inbox, channel, .. } = &conversation.details;
            conversation.route.take_if(|route| document.rule(inbox, channel, &route.rule).is_none());
        }
    }

    pub fn open_in(&self, inbox: &str) -> impl Iterator<Item = usize> {
        (0..self.conversations.len())
            .filter(move |&i| self.conversations[i].details.inbox == inbox && self.conversations[i].state.is_open())
    }

    pub fn tell_change(&mut self, command: &Value, subject: &str, entry: Option<&Value>) {
        let mut fields = json!({"change": command["type"], "entry": entry});
        // A change of the document as a whole has no subject.
        command.get(subject).filter(|_| subject != "document").into_iter().for_each(|id| fields[subject] = id.clone());
        self.emit("desk_changed", fields);
    }

    /// Emits the statuses that changed with the desk, then takes conversations from those without access, offers first.
    pub fn settle_change(&mut self, reach: &[bool]) {
        self.refresh_statuses();
        for i in 0..self.conversations.len() {
            let conversation = &self.conversations[i];
            let is_lost = |id: &String| {
                let agent = self.document.agent(id).expect("an agent of the desk");
                !agent.active || !self.document.has_access(agent, &conversation.details.inbox)
            };
            let lost: Vec<String> = self.offered_to(i).into_iter().filter(is_lost).collect();
            lost.iter().for_each(|agent| self.withdraw_offer_to(i, agent));
        }
        self.take_back_out_of_reach(reach);
    }

    fn take_back_out_of_reach(&mut self, reach: &[bool]) {
        (0..self.conversations.len()).for_each(|i| self.take_back_if_out_of_reach(i, reach[i]));
    }

    /// Returns for every conversation whether it is with a team of which a member has access.
    pub fn reach_of_teams(&self) -> Vec<bool> {
        (0..self.conversations.len()).map(|i| self.is_in_reach_of_team(i)).collect()
    }

    pub fn is_in_reach_of_team(&self, i: usize) -> bool {
        let conversation = &self.conversations[i];
        let inbox = &conversation.details.inbox;
        conversation.team().is_some_and(|team| self.document.team_has_access(team, inbox))
    }

    /// Takes a conversation from an agent without access, and routes it in its place.
    pub fn take_back_if_out_of_reach(&mut self, i: usize, was_in_reach: bool) {
        let inbox = &self.conversations[i].details.inbox;
        let id = self.conversations[i].id.clone();
        let holder = self.conversations[i].state.holder().map(str::to_owned);
        let team = self.conversations[i].team().map(str::to_owned);
        match (holder, team) {
            (Some(agent), _) => {
                let entry = self.document.agent(&agent).expect("the removed hold nothing");
                if !self.document.has_access(entry, inbox) {
                    self.route_anew(i);
                    self.emit("unassigned", json!({"conversation": id, "agent": agent, "reason": "no_inbox_access"}));
                }
            }
            (None, Some(team)) if self.document.team(&team).is_none() => {
                self.withdraw_offers(i);
                self.route_anew(i);
                if self.document.settings.unassign_on_removed {
                    self.change_state(i, State::Unassigned);
                }
                self.emit("unassigned", json!({"conversation": id, "reason": "removed"}));
            }
            // A team without members keeps the conversations that could be assigned to it.
            (None, Some(team))
                if !self.document.team_may_have(&team, inbox)
                    || (was_in_reach && !self.document.team_has_access(&team, inbox)) =>
            {
                self.withdraw_offers(i);
                self.route_anew(i);
                self.emit("unassigned", json!({"conversation": id, "reason": "no_inbox_access"}));
            }
            _ => {}
        }
    }
}

/// Returns the rules of an inbox, by channel.
pub fn rules_of(inbox: Option<&Inbox>) -> BTreeMap<&str, &[Rule]> {
    let channels = inbox.into_iter().flat_map(|inbox| &inbox.channels).filter(|channel| !channel.rules.is_empty());
    channels.map(|channel| (channel.id.as_str(), &channel.rules[..])).collect()
}

fn for_every_list_of_agents(document: &mut Document, edit: impl Fn(&mut Vec<String>)) {
    for inbox in &mut document.inboxes {
        if let Access::Only { agents, .. } = &mut inbox.access {
            edit(agents);
        }
        for target in targets(inbox) {
            if let Target::Named { agents, .. } = target {
                edit(agents);
            }
        }
    }
}

fn drop_team(document: &mut Document, id: &str) {
    document.teams.retain(|team| team.id != id);
    document.table_filters.retain(|filter| filter.team.as_deref() != Some(id));
    for agent in &mut document.agents {
        agent.team.take_if(|team| team == id);
        agent.extra_teams.retain(|team| team != id);
    }
    for inbox in &mut document.inboxes {
        if let Access::Only { teams, .. } = &mut inbox.access {
            teams.retain(|team| team != id);
        }
        for target in targets(inbox) {
            if let Target::Named { teams, conditions, .. } = target {
                teams.retain(|team| team != id);
                conditions.get_mut("team").into_iter().for_each(|test| forget(test, id));
            }
        }
    }
    drop_from_holidays(document, |holiday| &mut holiday.teams, id);
}

fn targets(inbox: &mut Inbox) -> impl Iterator<Item = &mut Target> {
    let rules = inbox.channels.iter_mut().flat_map(|channel| &mut channel.rules);
    rules.flat_map(|rule| &mut rule.steps).map(|step| &mut step.target)
}

/// A holiday of some teams is removed with the last of these, so that it does not become everybody's.
fn drop_from_holidays(document: &mut Document, observers: fn(&mut Holiday) -> &mut Vec<String>, id: &str) {
    document.holidays.retain_mut(|holiday| {
        let was_everybodys = holiday.teams.is_empty() && holiday.inboxes.is_empty();
        observers(holiday).retain(|it| it != id);
        was_everybodys || !holiday.teams.is_empty() || !holiday.inboxes.is_empty()
    });
}
