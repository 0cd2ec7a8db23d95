//! The events that fall due as time passes, instant by instant.

use serde_json::json;

use super::Model;
use super::conversation::{Conversation, Decline, State};
use super::status::{Manual, Tag};
use super::time::write_instant;

/// The largest number of events that fall due in one leap, without those of its first instant.
const MOST_EVENTS: usize = 100_000;

impl Model {
    /// Applies all that is due up to and including an instant. If that is too many events, applies as many whole instants as
    /// possible, and returns the last of these as the error.
    pub fn advance_to(&mut self, at: i64) -> Result<(), i64> {
        let start = self.clone();
        let mut last = None;
        while let Some(due) = self.next_due(at) {
            // The first instant has no limit.
            self.now = due.max(self.now);
            self.refresh_statuses();
            self.give_back_due();
            self.wake_snoozed();
            self.end_wrap_ups();
            self.expire_offers();
            self.end_waits();
            self.reach_limits();
            self.close_idle_bots();
            self.forget_closed();
            self.serve_queue();
            match last {
                Some(last) if self.events.len() - start.events.len() > MOST_EVENTS => {
                    *self = start;
                    self.advance_to(last).expect("up to there they were not too many");
                    return Err(last);
                }
                _ => last = Some(self.now),
            }
        }
        Ok(())
    }

    pub fn next_due(&self, up_to: i64) -> Option<i64> {
        let now = self.now.max(self.time.unwrap_or(self.now));
        let statuses = self.agents.iter().filter_map(|agent| self.status(&agent.id).next_change_up_to(now, up_to));
        let conversations = self.conversations.iter().flat_map(|conversation| {
            let wrap_up = conversation.wrap_up.as_ref().map(|wrap_up| wrap_up.until);
            let own = match &conversation.state {
                State::Queued => conversation.route.as_ref().and_then(|route| route.until),
                State::Offered { offers } => offers.iter().map(|offer| offer.until).min(),
                State::Snoozed { until } => *until,
                State::Bot { closes_at, .. } => *closes_at,
                _ => self.forgotten_at(conversation),
            };
            let given_back = conversation.given_back.map(|(at, _)| at);
            [wrap_up, own, given_back, self.waits_until(conversation)]
        });
        let openings = self.openings().filter(|&at| at > now.max(self.passed));
        statuses.chain(conversations.flatten()).chain(openings).filter(|&due| due <= up_to).min()
    }

    /// Returns the instants at which somebody may take a waiting conversation again, though nothing happens then.
    fn openings(&self) -> impl Iterator<Item = i64> {
        let waiting = || self.conversations.iter().filter(|it| it.state == State::Queued);
        let lapses = waiting().flat_map(|it| it.declines.iter().filter_map(|decline| self.lapses_at(it, decline.at)));
        let paced = self.document.agents.iter().filter(move |_| waiting().next().is_some());
        lapses.chain(paced.flat_map(|agent| self.room_by_pace(agent)))
    }

    /// Returns the instant at which a conversation in the queue has waited for the longest time that its channel allows.
    fn waits_until(&self, it: &Conversation) -> Option<i64> {
        let channel = self
            .document
            .channel(&it.details.inbox, &it.details.channel)
            .filter(|_| it.waits() && !it.limited && it.for_team.is_none());
        Some(it.queued_from + channel?.waiting_limit.as_ref()?.longest?)
    }

    fn reach_limits(&mut self) {
        for i in 0..self.conversations.len() {
            if self.waits_until(&self.conversations[i]).is_some_and(|until| until <= self.now) {
                self.end_by_limit(i, "longest");
            }
        }
    }

    pub fn note_decline(&mut self, i: usize, agent: &str) {
        let at = self.now;
        let declines = &mut self.conversations[i].declines;
        declines.retain(|decline| decline.agent != agent);
        declines.push(Decline { agent: agent.to_owned(), at });
    }

    /// Emits every change of status, in the order of the document.
    pub fn refresh_statuses(&mut self) {
        for agent in self.agent_ids() {
            let status = self.status(&agent);
            let (reason, tag, is_over) = (status.at(self.now), status.tag(self.now), status.is_over(self.now));
            if is_over {
                self.agent_state_mut(&agent).manual = None;
            }
            if reason != self.agent_state(&agent).shown {
                self.show_status(&agent, tag, None);
            }
        }
    }

    pub fn agent_ids(&self) -> Vec<String> {
        self.document.agents.iter().map(|agent| agent.id.clone()).collect()
    }

    /// Emits the status of an agent. An agent that becomes available is considered again for conversations that it declined.
    pub fn show_status(&mut self, agent: &str, tag: Tag, mut set: Option<serde_json::Value>) {
        let status = self.status(agent);
        if let (Some(set), Some((reason, until))) = (&mut set, status.beneath()) {
            set["reason"] = json!(reason.name());
            until.iter().for_each(|until| set["until"] = json!(write_instant(*until)));
        }
        let reason = status.at(self.now);
        let until = if reason.name() == "deactivated" { None } else { status.next_change(self.now) };
        let begins_absence = set.is_none() && reason.name() == "out_of_office";
        let own = tag.status.filter(|_| reason.name() != "deactivated");
        let requeue_at = if set.is_none() { self.requeue_at(agent, reason.name()) } else { None };
        let turned = reason.is_available() && !self.agent_state(agent).shown.is_available();
        self.agent_state_mut(agent).shown = reason;
        if turned {
            for conversation in &mut self.conversations {
                conversation.declines.retain(|it| it.agent != agent);
            }
        }
        self.emit(
            "status_changed",
            json!({
                "agent": agent, "state": reason.state(), "reason": reason.name(), "until": until.map(write_instant),
                "status": own,
                "by": tag.by, "note": tag.note, "set": set, "requeue_at": requeue_at.map(write_instant),
            }),
        );
        self.note_leaving(agent, reason.name(), reason.is_available(), requeue_at);
        if begins_absence {
            self.withdraw_offers_of(agent);
        }
    }

    fn wake_snoozed(&mut self) {
        for i in 0..self.conversations.len() {
            if matches!(self.conversations[i].state, State::Snoozed { until: Some(until) } if until <= self.now) {
                self.emit("reopened", json!({"conversation": self.conversations[i].id, "woke": true}));
                self.bring_back(i);
            }
        }
    }

    fn end_wrap_ups(&mut self) {
        for i in 0..self.conversations.len() {
            if self.conversations[i].wrap_up.as_ref().is_some_and(|wrap_up| wrap_up.until <= self.now) {
                self.end_wrap_up(i);
            }
        }
    }

    pub fn end_wrap_up(&mut self, i: usize) {
        if let Some(wrap_up) = self.conversations[i].wrap_up.take() {
            self.conversations[i].ended = Some(self.now);
            let id = self.conversations[i].id.clone();
            self.emit("wrap_up_ended", json!({"conversation": id, "agent": wrap_up.agent}));
            self.note_idle(&wrap_up.agent);
        }
    }

    pub fn forget_closed(&mut self) {
        let over = |it: &Conversation| self.forgotten_at(it).is_some_and(|at| at <= self.now);
        let forgotten: Vec<String> = self.conversations.iter().filter(|it| over(it)).map(|it| it.id.clone()).collect();
        for id in forgotten {
            self.emit("forgotten", json!({"conversation": id}));
            self.conversations.retain(|it| it.id != id);
        }
    }

    /// Returns the instant at which a closed conversation that nobody wraps up is forgotten.
    fn forgotten_at(&self, conversation: &Conversation) -> Option<i64> {
        let is_over = match conversation.state {
            State::Closed => conversation.wrap_up.is_none(),
            State::Sent | State::Spam => true,
            State::Trash { until, .. } => return Some(until),
            _ => false,
        };
        let (after, ended) = self.document.settings.forget_closed_after.zip(conversation.ended)?;
        is_over.then_some((ended + after).max(self.forgets_from))
    }

    fn expire_offers(&mut self) {
        for i in 0..self.conversations.len() {
            // The offer may have been withdrawn a moment before, when the agent was set away.
            for agent in self.agent_ids() {
                let offers = self.conversations[i].state.offers().iter();
                if offers.into_iter().any(|offer| offer.agent == agent && offer.until <= self.now) {
                    self.emit("offer_expired", json!({"conversation": self.conversations[i].id, "agent": agent}));
                    self.note_decline(i, &agent);
                    self.end_offer(i, &agent);
                    self.count_missed(&agent);
                }
            }
        }
    }

    fn count_missed(&mut self, agent: &str) {
        let state = self.agent_state_mut(agent);
        state.missed += 1;
        let missed = state.missed;
        if self.document.settings.missed_offers_before_away.is_none_or(|most| missed < most) {
            return;
        }
        let manual = Manual::Away { set_at: self.now, by_other: true, tag: Tag::default() };
        self.agent_state_mut(agent).missed = 0;
        if !self.status(agent).at(self.now).is_available() {
            return;
        }
        self.agent_state_mut(agent).manual = Some(manual);
        self.show_status(agent, Tag::default(), Some(json!({"status": "away", "missed_offers": true})));
        self.emit("notice", json!({"agent": agent, "notice": "missed_offers"}));
        self.withdraw_offers_of(agent);
    }

    /// Ends a wait by adding the next step. After the last step, the queue decides.
    pub fn end_waits(&mut self) {
        for i in 0..self.conversations.len() {
            let conversation = &mut self.conversations[i];
            let (State::Queued, Some(route)) = (&conversation.state, &mut conversation.route) else { continue };
            let Some(_) = route.until.take_if(|until| *until <= self.now) else { continue };
            let reached = route.reached;
            if reached < self.rule_of(i).steps.len() {
                let entered = self.enter_next_step(i);
                self.report_step(i, entered);
            }
        }
    }
}
