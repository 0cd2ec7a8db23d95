//! The commands about conversations.

use serde_json::{Value, json};

use super::conversation::{Conversation, Details, ForTeam, State, WrapUp};
use super::document::{Channel, optional_text, text};
use super::time::{parse_duration, parse_instant, write_instant};
use super::{Model, Refusal};

/// The effect of an update on the routing of a conversation.
enum Course {
    /// It continues, or stays unassigned.
    Stands,
    /// Its rule and step stay, and other agents are considered.
    AsksAnew,
    FromTheStart,
    /// It is not routed.
    None,
}

impl Model {
    pub fn perform(&mut self, command: &Value) -> Result<(), Refusal> {
        self.actor_exists(command)?;
        match text(command, "type").as_str() {
            "advance" => Ok(()),
            "open" => self.open(command),
            "set_status" => self.set_status(command),
            kind @ ("set_working_hours" | "set_date_hours" | "set_out_of_office") => self.set_hours(command, kind),
            "put_agent" => self.put_agent(command),
            "put_team" => self.put_team(command),
            "put_inbox" => self.put_inbox(command),
            "erase" => self.erase(command),
            "block" if command.get("sender").is_some() => self.block(command),
            "unblock" => self.unblock(command),
            "put_holiday" => self.put_holiday(command),
            "configure" => self.configure(command),
            "remove_agent" => self.remove_agent(command),
            "remove_team" => self.remove_team(command),
            "remove_inbox" => self.remove_inbox(command),
            "remove_holiday" => self.remove_holiday(command),
            kind => self.act_on_conversation(command, kind),
        }
    }

    fn erase(&mut self, command: &Value) -> Result<(), Refusal> {
        self.may_change_desk(command)?;
        let id = text(command, "contact");
        for conversation in &mut self.conversations {
            let contact = conversation.details.contact.as_mut().filter(|contact| contact.id.as_ref() == Some(&id));
            if let Some(contact) = contact {
                contact.attributes.clear();
                (conversation.details.from, conversation.details.forwarded_by) = (None, None);
            }
        }
        self.emit("erased", json!({"contact": id}));
        Ok(())
    }

    fn act_on_conversation(&mut self, command: &Value, kind: &str) -> Result<(), Refusal> {
        let id = text(command, "conversation");
        let i = self.conversations.iter().position(|it| it.id == id).ok_or("unknown_conversation")?;
        self.may_act_in(command, &self.conversations[i].details.inbox)?;
        if let Some(inbox) = optional_text(command, "inbox").filter(|inbox| self.document.inbox(inbox).is_some()) {
            self.may_act_in(command, &inbox)?;
        }
        match kind {
            "update" => self.update(command, i),
            "close" => self.close(command, i),
            "reopen" => self.reopen(i),
            "release" => self.release(i),
            "snooze" => self.snooze(command, i),
            "accept" => self.accept(command, i),
            "decline" => self.decline(command, i),
            "assign" => self.assign(command, i),
            "reply" => self.reply(command, i),
            "hand_over" => self.hand_over(i),
            "transfer" => self.transfer(command, i),
            "forget" => self.forget(i),
            "message" => self.message(command, i),
            "mark_spam" => self.mark_spam(i),
            "not_spam" => self.not_spam(i),
            "block" => self.block_sender_of(i),
            "trash" => self.trash(i),
            "restore" => self.restore(i),
            "hide" => self.hide(command, i),
            "unhide" => self.unhide(command, i),
            other => panic!("unknown command {other}"),
        }
    }

    fn open(&mut self, command: &Value) -> Result<(), Refusal> {
        let id = text(command, "conversation");
        if self.conversations.iter().any(|it| it.id == id) {
            return Err("conversation_exists");
        }
        let details = Details::default().replaced(command);
        self.channel_exists(&details)?;
        self.may_act_in(command, &details.inbox)?;
        let mut fields = details.write();
        fields["conversation"] = json!(id);
        let place = self.count();
        self.conversations.push(Conversation {
            id,
            details,
            place,
            queued_from: self.now,
            state: State::Queued,
            route: None,
            for_team: None,
            last_held: None,
            declines: vec![],
            is_back: false,
            skips_after_hours: false,
            wrap_up: None,
            ended: None,
            notified: vec![],
            lies: false,
            offers_more: false,
            arrives: true,
            limited: false,
            given_back: None,
            opened: self.now,
            visitor_wrote: Some(self.now),
            hidden: vec![],
        });
        self.emit("opened", fields);
        self.divert(command);
        Ok(())
    }

    pub fn channel_exists(&self, details: &Details) -> Result<(), Refusal> {
        self.document.inbox(&details.inbox).ok_or("unknown_inbox")?;
        self.document.channel(&details.inbox, &details.channel).ok_or("unknown_channel")?;
        Ok(())
    }

    fn update(&mut self, command: &Value, i: usize) -> Result<(), Refusal> {
        self.is_not_closed(i)?;
        let details = self.conversations[i].details.replaced(command);
        self.channel_exists(&details)?;
        let mut fields = details.write();
        fields["conversation"] = json!(self.conversations[i].id);
        let course = self.course(i, &details);
        let was_in_reach = self.is_in_reach_of_team(i);
        if matches!(course, Course::Stands | Course::AsksAnew) {
            fields["goes_on"] = json!(true);
        }
        let before = std::mem::replace(&mut self.conversations[i].details, details);
        self.leave_route_of_other_channel(i, &before);
        self.emit("updated", fields);
        match course {
            Course::Stands => {}
            // An agent for it is found when the queue is served.
            Course::AsksAnew => self.withdraw_offers(i),
            Course::FromTheStart => {
                self.conversations[i].lies = self.conversations[i].state == State::Unassigned;
                self.withdraw_offers(i);
                self.route_anew(i);
            }
            Course::None => self.take_back_if_out_of_reach(i, was_in_reach),
        }
        Ok(())
    }

    /// An update of inbox and channel that also takes it from whoever has it, wakes it, and routes it from the start.
    fn transfer(&mut self, command: &Value, i: usize) -> Result<(), Refusal> {
        self.is_not_closed(i)?;
        let details = self.conversations[i].details.replaced(command);
        self.channel_exists(&details)?;
        let mut fields = details.write();
        fields["conversation"] = json!(self.conversations[i].id);
        self.conversations[i].details = details;
        self.emit("updated", fields);
        self.withdraw_offers(i);
        self.tell_taking(i, "transferred");
        self.conversations[i].lies = self.conversations[i].state == State::Unassigned;
        self.route_anew(i);
        Ok(())
    }

    /// Tells that it is taken from whoever has it, or wakes.
    fn tell_taking(&mut self, i: usize, reason: &str) {
        let id = self.conversations[i].id.clone();
        let holder = self.conversations[i].state.holder().map(str::to_owned);
        match self.conversations[i].state {
            State::Held(_) | State::Team(_) | State::Bot { .. } | State::Voicemail => {
                self.emit("unassigned", json!({"conversation": id, "agent": holder, "reason": reason}));
            }
            State::Snoozed { .. } => self.emit("reopened", json!({"conversation": id, "woke": true})),
            State::Queued | State::Offered { .. } | State::Unassigned => {}
            State::Closed | State::Sent | State::Spam | State::Trash { .. } => {}
        }
    }

    /// A waiting or offered conversation keeps its rule and step, as long as the rule applies. An unassigned one stays so, unless
    /// other agents are considered, or the change of its details selects another rule.
    fn course(&self, i: usize, details: &Details) -> Course {
        let conversation = &self.conversations[i];
        let before = &conversation.details;
        let moves = (&before.inbox, &before.channel) != (&details.inbox, &details.channel);
        let asks_others = moves || (&before.contact, &before.skills) != (&details.contact, &details.skills);
        let first = |details| self.first_rule(i, details).map(|rule| &rule.id);
        let rule = conversation.route.as_ref().map(|route| &route.rule);
        let rule_stands = !moves && rule.is_some() && rule == first(details);
        match &conversation.state {
            State::Queued | State::Offered { .. } if conversation.for_team.is_some() && !moves => {
                if asks_others {
                    Course::AsksAnew
                } else {
                    Course::Stands
                }
            }
            State::Offered { offers }
                if rule.is_none() && !asks_others && offers.iter().all(|it| it.decision.is_none()) =>
            {
                Course::Stands
            }
            State::Queued | State::Offered { .. } if rule_stands && asks_others => Course::AsksAnew,
            State::Queued | State::Offered { .. } if rule_stands => Course::Stands,
            State::Unassigned if !asks_others && first(before) == first(details) => Course::Stands,
            State::Queued | State::Offered { .. } | State::Unassigned => Course::FromTheStart,
            State::Held(_) | State::Team(_) | State::Bot { .. } => Course::None,
            State::Voicemail | State::Snoozed { .. } | State::Closed => Course::None,
            State::Sent | State::Spam | State::Trash { .. } => Course::None,
        }
    }

    /// A conversation with a bot has no rule to continue in another channel.
    fn leave_route_of_other_channel(&mut self, i: usize, before: &Details) {
        let details = &self.conversations[i].details;
        if (&details.inbox, &details.channel) != (&before.inbox, &before.channel) {
            self.conversations[i].route = None;
        }
    }

    fn close(&mut self, command: &Value, i: usize) -> Result<(), Refusal> {
        self.is_not_closed(i)?;
        self.bot_is_idle(command, i)?;
        self.withdraw_offers(i);
        let holder = self.conversations[i].state.holder().map(str::to_owned);
        let until = holder.as_ref().and(self.channel_of(i).wrap_up).map(|length| self.now + length);
        if let (Some(agent), Some(until)) = (&holder, until) {
            self.wrap_up(i, agent, until);
        }
        self.change_state(i, State::Closed);
        self.conversations[i].ended = Some(self.now);
        let id = &self.conversations[i].id;
        self.emit("closed", json!({"conversation": id, "agent": holder, "until": until.map(write_instant)}));
        Ok(())
    }

    /// A conversation has at most one wrap-up: a later one replaces the earlier.
    fn wrap_up(&mut self, i: usize, agent: &str, until: i64) {
        let before = self.conversations[i].wrap_up.replace(WrapUp { agent: agent.to_owned(), until });
        if let Some(before) = before {
            self.note_idle(&before.agent);
        }
    }

    fn forget(&mut self, i: usize) -> Result<(), Refusal> {
        if self.conversations[i].state.is_open() {
            return Err("conversation_open");
        }
        self.end_wrap_up(i);
        self.emit("forgotten", json!({"conversation": self.conversations[i].id}));
        self.conversations.remove(i);
        Ok(())
    }

    fn reopen(&mut self, i: usize) -> Result<(), Refusal> {
        match self.conversations[i].state {
            State::Closed | State::Snoozed { .. } => {}
            _ => {
                self.is_not_closed(i)?;
                return Err("conversation_open");
            }
        }
        self.channel_exists(&self.conversations[i].details)?;
        self.reopen_now(i);
        Ok(())
    }

    pub fn reopen_now(&mut self, i: usize) {
        self.take_new_place(i);
        // The agent of the wrap-up holds it again, or is free again.
        if let Some(wrap_up) = self.conversations[i].wrap_up.take() {
            self.note_idle(&wrap_up.agent);
        }
        self.emit("reopened", json!({"conversation": self.conversations[i].id}));
        self.bring_back(i);
    }

    /// Puts it into the place of one that has just arrived.
    pub fn take_new_place(&mut self, i: usize) {
        self.conversations[i].place = self.count();
        self.conversations[i].queued_from = self.now;
        self.conversations[i].notified.clear();
        self.conversations[i].declines.clear();
        (self.conversations[i].arrives, self.conversations[i].limited) = (true, false);
    }

    pub fn bring_back(&mut self, i: usize) {
        self.conversations[i].is_back = true;
        self.route_anew(i);
    }

    pub fn route_anew(&mut self, i: usize) {
        self.conversations[i].route = None;
        self.conversations[i].for_team = None;
        self.conversations[i].skips_after_hours = false;
        self.change_state(i, State::Queued);
    }

    fn release(&mut self, i: usize) -> Result<(), Refusal> {
        self.is_not_closed(i)?;
        let agent = match &self.conversations[i].state {
            State::Held(agent) => Some(agent.clone()),
            State::Team(_) => None,
            _ => return Err("not_held"),
        };
        self.change_state(i, State::Unassigned);
        let id = self.conversations[i].id.clone();
        self.emit("unassigned", json!({"conversation": id, "agent": agent, "reason": "released"}));
        Ok(())
    }

    fn snooze(&mut self, command: &Value, i: usize) -> Result<(), Refusal> {
        self.is_not_closed(i)?;
        let until = self.end_of(command);
        if until.is_some_and(|until| until <= self.now) {
            return Err("in_the_past");
        }
        self.withdraw_offers(i);
        let agent = self.conversations[i].state.holder().map(str::to_owned);
        self.change_state(i, State::Snoozed { until });
        let id = self.conversations[i].id.clone();
        self.emit("snoozed", json!({"conversation": id, "agent": agent, "until": until.map(write_instant)}));
        Ok(())
    }

    fn accept(&mut self, command: &Value, i: usize) -> Result<(), Refusal> {
        let agent = self.existing_agent(&text(command, "agent"))?;
        self.may_answer_for(command, &agent)?;
        let offer = self.conversations[i].state.offers().iter().find(|offer| offer.agent == agent);
        let decision = offer.ok_or("not_offered")?.decision.clone();
        for other in self.offered_to(i).into_iter().filter(|other| *other != agent) {
            self.withdraw_offer_to(i, &other);
        }
        self.agent_state_mut(&agent).missed = 0;
        self.assign_by_rule(i, &agent, decision);
        Ok(())
    }

    fn decline(&mut self, command: &Value, i: usize) -> Result<(), Refusal> {
        let agent = self.existing_agent(&text(command, "agent"))?;
        self.may_answer_for(command, &agent)?;
        if !self.conversations[i].state.is_offered_to(&agent) {
            return Err("not_offered");
        }
        self.agent_state_mut(&agent).missed = 0;
        self.note_decline(i, &agent);
        self.end_offer(i, &agent);
        self.emit("offer_declined", json!({"conversation": self.conversations[i].id, "agent": agent}));
        Ok(())
    }

    fn assign(&mut self, command: &Value, i: usize) -> Result<(), Refusal> {
        self.is_not_closed(i)?;
        match optional_text(&command["to"], "agent") {
            Some(agent) => {
                let agent = self.existing_agent(&agent)?;
                let entry = self.document.agent(&agent).expect("an agent of the desk");
                let stand_in = self.stand_in(entry).filter(|_| command["or_substitute"] == true);
                match stand_in.map(|stand_in| stand_in.id.clone()) {
                    Some(stand_in) => self.assign_to_agent(i, &stand_in, Some(&agent)),
                    None => self.assign_to_agent(i, &agent, None),
                }
            }
            None if command["distribute"] == true => self.distribute(i, text(&command["to"], "team")),
            None => self.assign_to_team(i, text(&command["to"], "team")),
        }
    }

    fn assign_to_agent(&mut self, i: usize, agent: &str, substitute_for: Option<&str>) -> Result<(), Refusal> {
        self.may_hold(i, agent)?;
        if self.conversations[i].state.holder() != Some(agent) {
            self.take_by_hand(i, agent, substitute_for, "by_hand");
        }
        Ok(())
    }

    /// Routes it among the members of a team, by the last strategy of the rule that would route it now.
    fn distribute(&mut self, i: usize, team: String) -> Result<(), Refusal> {
        self.may_be_given_to_team(i, &team)?;
        let conversation = &self.conversations[i];
        if !matches!(conversation.state, State::Team(_)) && conversation.team() == Some(&team) {
            return Ok(());
        }
        self.withdraw_offers(i);
        self.tell_taking(i, "distributed");
        self.route_anew(i);
        self.conversations[i].for_team = Some(ForTeam { team, rule: None, announced: false });
        let rule = self.first_rule(i, &self.conversations[i].details).map(|rule| rule.id.clone());
        self.announce_wait_for_team(i, rule);
        Ok(())
    }

    fn may_be_given_to_team(&self, i: usize, team: &str) -> Result<(), Refusal> {
        self.document.team(team).ok_or("unknown_team")?;
        if !self.document.team_may_have(team, &self.conversations[i].details.inbox) {
            return Err("no_inbox_access");
        }
        Ok(())
    }

    fn assign_to_team(&mut self, i: usize, team: String) -> Result<(), Refusal> {
        self.may_be_given_to_team(i, &team)?;
        if self.conversations[i].state == State::Team(team.clone()) {
            return Ok(());
        }
        self.withdraw_offers(i);
        self.change_state(i, State::Team(team.clone()));
        let id = self.conversations[i].id.clone();
        self.emit("assigned", json!({"conversation": id, "team": team, "reason": "by_hand"}));
        Ok(())
    }

    /// An assignment by hand ignores availability, capacity and seat, but not access.
    fn may_hold(&self, i: usize, agent: &str) -> Result<(), Refusal> {
        let entry = self.document.agent(agent).expect("an agent of the desk");
        if !entry.active {
            return Err("deactivated");
        }
        if !self.document.has_access(entry, &self.conversations[i].details.inbox) {
            return Err("no_inbox_access");
        }
        Ok(())
    }

    fn take_by_hand(&mut self, i: usize, agent: &str, substitute_for: Option<&str>, reason: &str) {
        self.withdraw_offers(i);
        let order = self.count();
        self.agent_state_mut(agent).last_assigned = Some(order);
        self.hold(i, agent);
        let id = self.conversations[i].id.clone();
        let fields = json!({"conversation": id, "agent": agent, "substitute_for": substitute_for, "reason": reason});
        self.emit("assigned", fields);
    }

    /// A conversation that nobody holds goes to the actor of the reply; one of a team, only to its members.
    fn reply(&mut self, command: &Value, i: usize) -> Result<(), Refusal> {
        self.is_not_closed(i)?;
        let agent = text(command, "by");
        self.window_is_open(i, "agent")?;
        self.note_message(command, i, "agent");
        match &self.conversations[i].state {
            State::Held(holder) if *holder == agent => {
                self.keep(i);
                return Ok(());
            }
            State::Held(_) | State::Snoozed { .. } => return Ok(()),
            State::Team(team) if !self.document.agent(&agent).is_some_and(|it| it.is_in(team)) => {
                return Ok(());
            }
            _ => {}
        }
        self.may_hold(i, &agent)?;
        self.take_by_hand(i, &agent, None, "replied");
        Ok(())
    }

    fn hand_over(&mut self, i: usize) -> Result<(), Refusal> {
        self.is_not_closed(i)?;
        let State::Bot { step, .. } = self.conversations[i].state else { return Err("not_with_bot") };
        let rule = self.conversations[i].route.as_ref().map(|route| route.rule.clone());
        let details = &self.conversations[i].details;
        let rule = rule.and_then(|rule| self.document.rule(&details.inbox, &details.channel, &rule));
        let steps = rule.map(|rule| rule.steps.len());
        self.route_anew_keeping(i, steps, step);
        Ok(())
    }

    /// Continues after the bot's step, or with all steps reached; without a rule from the start.
    fn route_anew_keeping(&mut self, i: usize, steps: Option<usize>, bot_step: Option<usize>) {
        let route = self.conversations[i].route.take();
        self.route_anew(i);
        self.conversations[i].skips_after_hours = true;
        if let (Some(mut route), Some(steps)) = (route, steps) {
            (route.until, route.announced) = (None, false);
            match bot_step {
                Some(step) => (route.first, route.reached) = (step.min(steps) + 1, step.min(steps)),
                None => (route.first, route.reached, route.after_all) = (1, steps, true),
            }
            route.told = route.reached;
            self.conversations[i].route = Some(route);
        }
    }

    /// Returns the end of a `duration` or an `until`.
    pub fn end_of(&self, command: &Value) -> Option<i64> {
        let duration = command["duration"].as_str().map(|duration| self.now + parse_duration(duration));
        duration.or(command["until"].as_str().map(parse_instant))
    }

    pub fn existing_agent(&self, id: &str) -> Result<String, Refusal> {
        self.document.agent(id).map(|agent| agent.id.clone()).ok_or("unknown_agent")
    }

    pub fn is_not_closed(&self, i: usize) -> Result<(), Refusal> {
        match self.conversations[i].state {
            State::Closed => Err("conversation_closed"),
            State::Sent => Err("not_answered"),
            State::Spam => Err("in_spam"),
            State::Trash { .. } => Err("in_trash"),
            _ => Ok(()),
        }
    }

    pub fn channel_of(&self, i: usize) -> &Channel {
        let details = &self.conversations[i].details;
        self.document.channel(&details.inbox, &details.channel).expect("the channel of what is open")
    }
}
