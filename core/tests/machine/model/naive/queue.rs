//! The queue, and the progress of a conversation through the steps of its rule.

use serde_json::json;

use super::Model;
use super::availability::{office_is_open, office_time_after};
use super::conversation::{Decision, Details, Offer, Route, State};
use super::document::{Otherwise, Rule, Step, Target};
use super::strategy::RuleKey;
use super::time::{NEVER, write_end, write_instant};

/// The agent who takes a conversation, and the step.
enum Taker {
    Agent { step: usize, agent: String, substitute_for: Option<String>, weights: Option<serde_json::Value> },
    Bot { step: usize, bot: String },
}

impl Model {
    /// Goes through the queue, and starts again whenever a conversation moved: an assignment changes the last agent of its
    /// contact, so that a conversation ahead of it may find an agent now, and has to be first.
    pub fn serve_queue(&mut self) {
        while self.moves_one() {}
    }

    /// Goes through the queue in order, until a conversation moves.
    fn moves_one(&mut self) -> bool {
        let before = self.seq;
        let is_waiting = |i: &usize| {
            let it = &self.conversations[*i];
            it.state == State::Queued || (it.offers_more && matches!(it.state, State::Offered { .. }))
        };
        let mut waiting: Vec<usize> = (0..self.conversations.len()).filter(is_waiting).collect();
        waiting.sort_by_key(|&i| (-self.priority(i), self.conversations[i].place));
        for i in waiting {
            if std::mem::take(&mut self.conversations[i].offers_more) {
                self.offer_to_more(i);
            } else if self.conversations[i].for_team.is_some() {
                self.walk_in_team(i);
            } else if self.conversations[i].route.is_some() {
                self.walk(i);
            } else if !self.goes_to_after_hours(i) && !self.goes_back(i) {
                self.start_rule(i);
            }
            if self.seq != before {
                return true;
            }
        }
        false
    }

    /// Returns the priority of a conversation now: its own and that of its channel, of its rule, of each step it has reached, and
    /// of the time that it has waited. One that was not routed yet has the rule that it will get, and reaches its first step.
    fn priority(&self, i: usize) -> i64 {
        let conversation = &self.conversations[i];
        let (rule, reached) = match &conversation.route {
            _ if conversation.for_team.is_some() => (None, 0),
            Some(route) => (Some(self.rule_of(i)), route.reached),
            None => (self.first_rule(i, &conversation.details).cloned(), 1),
        };
        let mut sum = conversation.details.priority + self.channel_of(i).priority;
        if let Some(rule) = rule {
            sum += rule.priority + rule.steps.iter().take(reached).map(|step| step.priority).sum::<i64>();
            if let Some(raise) = rule.raise {
                let added = (self.now - conversation.queued_from) / raise.every * raise.by;
                sum += raise.at_most.map_or(added, |most| added.min(most));
            }
        }
        sum
    }

    fn goes_to_after_hours(&mut self, i: usize) -> bool {
        let conversation = &self.conversations[i];
        let inbox = self.document.inbox(&conversation.details.inbox).expect("the inbox of what is open");
        let channel = self.channel_of(i);
        let Some(after_hours) = channel.after_hours.clone() else { return false };
        let is_open = office_is_open(&self.document, inbox, channel, self.now);
        if is_open || conversation.skips_after_hours || after_hours == Otherwise::Queue {
            return false;
        }
        self.conversations[i].is_back = false;
        self.end_with(i, after_hours, None, None);
        true
    }

    /// Gives it back to its last holder, if that agent passes all checks.
    fn goes_back(&mut self, i: usize) -> bool {
        if !std::mem::take(&mut self.conversations[i].is_back) {
            return false;
        }
        let conversation = &self.conversations[i];
        let Some((holder, _)) = conversation.last_held.clone() else { return false };
        let agent = self.document.agent(&holder).expect("the removed are forgotten");
        let is_eligible = self.is_eligible(agent, conversation, &conversation.details.skills, true);
        if is_eligible {
            self.give(i, &holder, None);
        }
        is_eligible
    }

    fn start_rule(&mut self, i: usize) {
        match self.first_rule(i, &self.conversations[i].details).map(|rule| rule.id.clone()) {
            Some(rule) => {
                let route =
                    Route { rule, first: 1, reached: 0, told: 0, until: None, after_all: false, announced: false };
                self.conversations[i].route = Some(route);
                self.walk(i);
            }
            None => {
                let id = self.conversations[i].id.clone();
                self.leave(i, json!({"conversation": id, "reason": "no_rule"}));
            }
        }
    }

    /// Leaves it unassigned, without a second event.
    fn leave(&mut self, i: usize, fields: serde_json::Value) {
        self.change_state(i, State::Unassigned);
        if !std::mem::take(&mut self.conversations[i].lies) {
            self.emit("unassigned", fields);
        }
    }

    /// Returns the first rule whose conditions hold, in the channel of the conversation.
    pub fn first_rule(&self, i: usize, details: &Details) -> Option<&Rule> {
        let channel = self.channel_of(i);
        channel.rules.iter().find(|rule| rule.conditions.iter().all(|it| it.holds(details, channel, self.now)))
    }

    /// Tries the steps reached, then the next ones, until an agent takes it or it has to wait.
    fn walk(&mut self, i: usize) {
        loop {
            if let Some(taker) = self.find_taker(i) {
                return self.hand_to(i, taker);
            }
            if self.route(i).after_all || self.may_wait(i) {
                return self.announce_waiting(i);
            }
            if self.route(i).reached == self.rule_of(i).steps.len() {
                let rule = self.rule_of(i);
                let otherwise = rule.otherwise.clone().unwrap_or(self.document.settings.otherwise.clone());
                return self.end_with(i, otherwise, Some(rule.id), None);
            }
            let is_in_queue = self.route(i).announced;
            let entered = self.enter_next_step(i);
            if is_in_queue {
                self.report_step(i, entered);
            }
        }
    }

    /// The first step with an eligible agent decides, among the steps that may take it.
    fn find_taker(&mut self, i: usize) -> Option<Taker> {
        let (route, rule) = (self.route(i), self.rule_of(i));
        for number in route.first..=route.reached {
            let step = &rule.steps[number - 1];
            if let Target::Bot(bot) = &step.target {
                if number == route.reached && !route.after_all {
                    return Some(Taker::Bot { step: number, bot: bot.clone() });
                }
                continue;
            }
            let eligible = self.eligible(step, &self.conversations[i]);
            let eligible: Vec<String> = eligible.into_iter().map(|agent| agent.id.clone()).collect();
            if !eligible.is_empty() {
                let rule = self.rule_key(i);
                let agent = self.choose(step, &rule, i, eligible.clone());
                let weights = (step.strategy == "weighted_round_robin").then(|| self.weights(&rule, &eligible));
                let substitute_for = self.substitute_for(step, &self.conversations[i], &agent);
                return Some(Taker::Agent { step: number, agent, substitute_for, weights });
            }
        }
        None
    }

    fn hand_to(&mut self, i: usize, taker: Taker) {
        let rule = self.route(i).rule;
        match taker {
            Taker::Agent { step, agent, substitute_for, weights } => {
                let strategy = self.rule_of(i).steps[step - 1].strategy.clone();
                let (rule, step) = (Some(rule), Some(step));
                self.give(i, &agent, Some(Decision { rule, step, strategy, substitute_for, weights }));
                self.offer_to_more(i);
            }
            Taker::Bot { step, bot } => {
                let id = self.conversations[i].id.clone();
                let closes_at = self.closes_at(i);
                self.change_state(i, State::Bot { step: Some(step), closes_at });
                let closes_at = closes_at.map(write_instant);
                let fields =
                    json!({"conversation": id, "bot": bot, "rule": rule, "step": step, "closes_at": closes_at});
                self.emit("handed_to_bot", fields);
            }
        }
    }

    /// Offers it to further agents of the step that decided, up to the number of the channel.
    pub fn offer_to_more(&mut self, i: usize) {
        let at_once = self.channel_of(i).offers_at_once.unwrap_or(1);
        loop {
            let offers = self.conversations[i].state.offers();
            let Some(decision) = offers.first().and_then(|offer| offer.decision.clone()) else { return };
            if offers.len() >= at_once {
                return;
            }
            let Some(number) = decision.step else {
                if self.conversations[i].for_team.is_none() || !self.give_in_team(i) {
                    return;
                }
                continue;
            };
            if self.conversations[i].route.as_ref().is_none_or(|route| Some(&route.rule) != decision.rule.as_ref()) {
                return;
            }
            let step = self.rule_of(i).steps[number - 1].clone();
            let eligible = self.eligible(&step, &self.conversations[i]);
            let eligible: Vec<String> = eligible.into_iter().map(|agent| agent.id.clone()).collect();
            if eligible.is_empty() {
                return;
            }
            let rule = self.rule_key(i);
            let agent = self.choose(&step, &rule, i, eligible.clone());
            let weights = (step.strategy == "weighted_round_robin").then(|| self.weights(&rule, &eligible));
            let substitute_for = self.substitute_for(&step, &self.conversations[i], &agent);
            self.give(i, &agent, Some(Decision { substitute_for, weights, ..decision }));
        }
    }

    /// Offers or assigns it; both count as a turn.
    pub fn give(&mut self, i: usize, agent: &str, decision: Option<Decision>) {
        let order = self.count();
        self.agent_state_mut(agent).last_assigned = Some(order);
        let key = decision.as_ref().and_then(|decision| self.key_of_decision(i, decision));
        key.iter().for_each(|key| self.memory(key, agent).turn = Some(order));
        // An offered conversation is not in the queue.
        if let Some(route) = &mut self.conversations[i].route {
            route.announced = false;
        }
        if let Some(for_team) = &mut self.conversations[i].for_team {
            for_team.announced = false;
        }
        match self.channel_of(i).accept_within {
            Some(time) => self.offer(i, agent, decision, self.now + time),
            None => self.assign_by_rule(i, agent, decision),
        }
    }

    fn offer(&mut self, i: usize, agent: &str, decision: Option<Decision>, until: i64) {
        let wait_until = decision.as_ref().and_then(|decision| self.wait_told_by_offer(i, decision.step?));
        let mut fields = json!({
            "conversation": self.conversations[i].id, "agent": agent, "until": write_instant(until),
            "wait_until": wait_until.map(write_end),
        });
        self.add_decision(i, &mut fields, decision.as_ref());
        let decision = decision.map(|decision| Decision { weights: None, ..decision });
        let mut offers = self.conversations[i].state.offers().to_vec();
        offers.push(Offer { agent: agent.to_owned(), decision, until });
        self.change_state(i, State::Offered { offers });
        self.emit("offered", fields);
    }

    /// The end of a wait in office hours, if an offer is the first to report the step.
    fn wait_told_by_offer(&mut self, i: usize, step: usize) -> Option<i64> {
        let in_office_hours = self.rule_of(i).steps[step - 1].waits_in_office_hours;
        let route = self.conversations[i].route.as_mut().expect("a route");
        let is_new = route.told < step;
        route.told = route.told.max(step);
        route.until.filter(|_| is_new && in_office_hours)
    }

    /// Without a decision, it went back to its last holder.
    pub fn assign_by_rule(&mut self, i: usize, agent: &str, decision: Option<Decision>) {
        let mut fields = json!({"conversation": self.conversations[i].id, "agent": agent});
        self.add_decision(i, &mut fields, decision.as_ref());
        if decision.is_none() {
            fields["reason"] = "held_before".into();
        }
        self.hold(i, agent);
        self.note_given(agent);
        self.emit("assigned", fields);
    }

    pub fn hold(&mut self, i: usize, agent: &str) {
        let order = self.count();
        self.conversations[i].last_held = Some((agent.to_owned(), order));
        self.conversations[i].route = None;
        self.conversations[i].skips_after_hours = false;
        self.change_state(i, State::Held(agent.to_owned()));
    }

    /// Returns `true` if it waits at the step it reached: a wait is running, and the step has agents left.
    fn may_wait(&self, i: usize) -> bool {
        let route = self.route(i);
        let is_running = route.until.is_some_and(|until| self.now < until);
        is_running && !self.has_nobody_left(&self.rule_of(i).steps[route.reached - 1], &self.conversations[i])
    }

    /// The first wait of an arrival has an event.
    fn announce_waiting(&mut self, i: usize) {
        let route = self.route(i);
        if route.announced || self.passes_limit(i) {
            return;
        }
        self.announce_in_queue(i);
    }

    fn announce_in_queue(&mut self, i: usize) {
        let route = self.route(i);
        self.conversations[i].lies = false;
        let entered = self.conversations[i].route.as_mut().expect("a route");
        (entered.announced, entered.told) = (true, entered.reached);
        let from_step = if route.first > 1 { Some(route.first) } else { None };
        self.emit(
            "queued",
            json!({
                "conversation": self.conversations[i].id, "rule": route.rule, "step": route.reached,
                "from_step": from_step, "until": route.until.map(write_end),
            }),
        );
    }

    pub fn report_step(&mut self, i: usize, entered: serde_json::Value) {
        let route = self.conversations[i].route.as_mut().expect("a route");
        route.told = route.reached;
        self.emit("step_entered", entered);
    }

    /// Adds the next step; returns the fields of its event.
    pub fn enter_next_step(&mut self, i: usize) -> serde_json::Value {
        let number = self.route(i).reached + 1;
        let step: Step = self.rule_of(i).steps[number - 1].clone();
        // There is no wait at a step without agents.
        let waits = !self.has_nobody_left(&step, &self.conversations[i]);
        let until = step.wait.filter(|_| waits).map(|wait| match step.waits_in_office_hours {
            true => self.office_time_after(i, wait),
            false => self.now + wait,
        });
        let route = self.conversations[i].route.as_mut().expect("a route");
        (route.reached, route.until) = (number, until);
        let rule = route.rule.clone();
        let until = until.map(write_end);
        json!({"conversation": self.conversations[i].id, "rule": rule, "step": number, "until": until})
    }

    /// The instant at which that much time of a channel's office hours has passed.
    fn office_time_after(&self, i: usize, time: i64) -> i64 {
        let inbox = self.document.inbox(&self.conversations[i].details.inbox).expect("the inbox of what is open");
        office_time_after(&self.document, inbox, self.channel_of(i), self.now, time).unwrap_or(NEVER)
    }

    /// Carries out the outcome after the last step, or after hours, without a rule.
    fn end_with(&mut self, i: usize, otherwise: Otherwise, rule: Option<String>, limit: Option<&str>) {
        let id = self.conversations[i].id.clone();
        let reason = if limit.is_some() { "waiting_limit" } else { "otherwise" };
        let before = self.seq;
        match otherwise {
            Otherwise::Queue => {
                let route = self.conversations[i].route.as_mut().expect("a rule at work");
                // In the queue, any step may take it, including one before a bot that handed it over.
                let was_after_bot = std::mem::replace(&mut route.first, 1) > 1;
                let was_waiting = std::mem::replace(&mut route.announced, false);
                (route.after_all, route.until) = (true, None);
                if was_waiting {
                    self.announce_in_queue(i);
                } else {
                    self.announce_waiting(i);
                }
                if self.conversations[i].state != State::Queued {
                    return;
                }
                if let Some(taker) = self.find_taker(i).filter(|_| was_after_bot) {
                    self.hand_to(i, taker);
                }
            }
            Otherwise::Unassigned => {
                self.leave(i, json!({"conversation": id, "rule": rule, "reason": reason, "waiting_limit": limit}));
            }
            Otherwise::NotifyOwner => match self.owner_to_mail(i) {
                Some(owner) => {
                    self.conversations[i].lies = false;
                    self.conversations[i].notified.push(owner.clone());
                    self.change_state(i, State::Unassigned);
                    self.emit(
                        "owner_notified",
                        json!({"conversation": id, "agent": owner, "rule": rule, "waiting_limit": limit}),
                    )
                }
                None => {
                    self.leave(i, json!({"conversation": id, "rule": rule, "reason": reason, "waiting_limit": limit}))
                }
            },
            Otherwise::Voicemail(voicemail) => {
                self.change_state(i, State::Voicemail);
                let fields = json!({"conversation": id, "voicemail": voicemail, "rule": rule, "waiting_limit": limit});
                self.emit("sent_to_voicemail", fields);
            }
            Otherwise::Bot(bot) => {
                let closes_at = self.closes_at(i);
                self.change_state(i, State::Bot { step: None, closes_at });
                let closes_at = closes_at.map(write_instant);
                let fields = json!({"conversation": id, "bot": bot, "rule": rule, "waiting_limit": limit, "closes_at": closes_at});
                self.emit("handed_to_bot", fields);
            }
        }
        self.conversations[i].limited |= limit.is_some() && self.seq != before;
    }

    /// Does what the waiting limit says, if it is reached by a conversation that would have to wait.
    fn passes_limit(&mut self, i: usize) -> bool {
        let it = &self.conversations[i];
        let Some(limit) = self.channel_of(i).waiting_limit.clone().filter(|_| !it.limited) else { return false };
        let others = self.conversations.iter().filter(|other| {
            let (own, theirs) = (&it.details, &other.details);
            other.waits() && (&own.inbox, &own.channel) == (&theirs.inbox, &theirs.channel)
        });
        if limit.longest.is_some_and(|longest| it.queued_from + longest <= self.now) {
            self.end_by_limit(i, "longest");
        } else if it.arrives && limit.at_most.is_some_and(|most| others.count() >= most) {
            self.end_by_limit(i, "at_most");
        } else {
            return false;
        }
        true
    }

    pub fn end_by_limit(&mut self, i: usize, limit: &str) {
        let rule = self.conversations[i].route.as_ref().map(|route| route.rule.clone());
        let reached = self.channel_of(i).waiting_limit.clone().expect("a limit");
        self.end_with(i, reached.otherwise, rule, Some(limit));
    }

    /// Returns the owner, if the contact was recognised and the owner is away and was not mailed before.
    fn owner_to_mail(&self, i: usize) -> Option<String> {
        let conversation = &self.conversations[i];
        let owner = conversation.details.owner().filter(|_| conversation.details.contact_is_known())?;
        self.document.agent(owner)?;
        let is_there = self.status(owner).at(self.now).is_available();
        let is_due = !is_there && !conversation.notified.iter().any(|notified| notified == owner);
        is_due.then(|| owner.to_owned())
    }

    fn route(&self, i: usize) -> Route {
        self.conversations[i].route.clone().expect("a route")
    }

    pub fn rule_of(&self, i: usize) -> Rule {
        let (inbox, channel, rule) = self.rule_key(i);
        self.document.rule(&inbox, &channel, &rule).expect("the rule of a route").clone()
    }

    fn rule_key(&self, i: usize) -> RuleKey {
        let details = &self.conversations[i].details;
        (details.inbox.clone(), details.channel.clone(), self.route(i).rule)
    }

    /// The rule in whose memory a decision counts: that which decided, or whose last strategy did.
    fn key_of_decision(&self, i: usize, decision: &Decision) -> Option<RuleKey> {
        let details = &self.conversations[i].details;
        let of_team = || self.conversations[i].for_team.as_ref()?.rule.clone();
        Some((details.inbox.clone(), details.channel.clone(), decision.rule.clone().or_else(of_team)?))
    }

    fn add_decision(&self, i: usize, fields: &mut serde_json::Value, decision: Option<&Decision>) {
        let Some(decision) = decision else { return };
        fields["rule"] = json!(decision.rule);
        fields["step"] = json!(decision.step);
        fields["strategy"] = json!(decision.strategy);
        fields["substitute_for"] = json!(decision.substitute_for);
        decision.weights.iter().for_each(|weights| fields["weights"] = weights.clone());
        if decision.rule.is_none() {
            fields["team"] = json!(self.conversations[i].team());
        }
    }
}
