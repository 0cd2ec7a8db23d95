//! The sentences for each event.

use super::chosen::why_chosen;
use super::considered::not_asked_of;
use super::words::{about, joined, moment, spoken};
use super::{Place, Story, sentence};
use crate::desk::{AssignedBecause, Decision, Details, Event, EventKind, ReachedLimit, UnassignedBecause};
use crate::model::{Contact, Id, OnError};
use crate::routing::Failure;
use crate::time::Instant;

/// The outcome for a conversation that stays unassigned.
const LEFT: &str = "it is left for someone to take by hand";

impl Story {
    /// Adds the sentences for an event of the conversation.
    pub(super) fn tell(&mut self, event: &Event) {
        self.tell_event(event);
        if !stays_in_team(&event.kind) {
            self.team = None;
        }
    }

    fn tell_event(&mut self, event: &Event) {
        let at = event.at;
        match &event.kind {
            EventKind::Opened { details, .. } => self.tell_arrival(at, details, event.by.as_ref()),
            EventKind::Updated { details, .. } => self.tell_update(at, details, event.by.as_ref()),
            EventKind::Offered { agent, team, decision, substitute_for, until, .. } => {
                let until = until.map(|until| format!(" until {}", self.moment(until, at))).unwrap_or_default();
                let whose = in_place_of(substitute_for.as_ref());
                self.tell_choice(
                    event,
                    &format!("It was offered to {agent}{}{}", of_team(team.as_ref()), then(&whose, &until)),
                    agent,
                    decision.as_ref(),
                );
                let waiting_since = self.waiting_since();
                let mut offers = match std::mem::replace(&mut self.place, Place::Between) {
                    Place::Offered { offers, .. } => offers,
                    _ => Vec::new(),
                };
                offers.push((agent.clone(), at));
                self.place = Place::Offered { offers, waiting_since };
            }
            EventKind::Assigned { agent: Some(agent), team, decision, substitute_for, reason, .. } => {
                let whom = (&*of_team(team.as_ref()), &*in_place_of(substitute_for.as_ref()));
                self.tell_assigned(event, agent, whom, decision.as_ref(), *reason);
                self.place = Place::Held { agent: agent.clone() };
            }
            EventKind::Assigned { team, .. } => {
                let team = team.as_deref().unwrap_or_default();
                let given = given_by_hand(event.by.as_ref());
                self.say(at, format!("It was given to the team {team}{given}; its members may take it."));
                self.place = Place::Aside;
            }
            EventKind::Unassigned { agent, rule, reason, waiting_limit, .. } => match waiting_limit {
                Some(limit) => self.tell_limit(event, *limit, LEFT),
                None => self.tell_unassigned(event, agent.as_ref(), rule.as_ref(), *reason),
            },
            EventKind::Queued { team: Some(team), .. } => self.tell_wait_for_team(event, team),
            EventKind::Queued { rule, step, from_step, until, .. } => {
                let (rule, step) = (rule.as_deref().unwrap_or_default(), step.unwrap_or(1));
                self.tell_queued(event, rule, step, *from_step, *until);
                self.waits_until = *until;
            }
            EventKind::StepEntered { rule, step, until, .. } => {
                let end = match until {
                    Some(Instant::MAX) => ", with no end in sight".to_owned(),
                    Some(until) => format!(", until {}", self.moment(*until, at)),
                    None => String::new(),
                };
                let is_early = self.waits_until.is_some_and(|until| at < until);
                let why = if is_early { "Nobody is left to wait for" } else { "Nobody has taken it" };
                self.say(at, format!("{why}, so step {step} of the rule {rule} is added{end}."));
                self.waits_until = *until;
            }
            EventKind::Prioritized { script, strategy, priority, again_at, .. } => {
                let whose = whose(script.as_deref(), strategy.as_deref()).unwrap_or_else(|| "rule".to_owned());
                let given = match priority {
                    Some(priority) => format!("The {whose} gave it the priority {priority}"),
                    None => format!("The {whose} left it the priority that it has anyway"),
                };
                let again = again_at.map(|again| format!(", until it is asked again at {}", self.moment(again, at)));
                self.say(at, format!("{given}{}.", again.unwrap_or_default()));
            }
            EventKind::ScriptFailed { step, failure, on_error, .. } => {
                self.say(at, failure_text(*step, failure, on_error.as_deref()));
            }
            EventKind::OfferExpired { agent, .. } => {
                self.end_offer(at, agent, format!("{agent} did not accept it in time."))
            }
            EventKind::OfferDeclined { agent, .. } => self.end_offer(at, agent, format!("{agent} declined it.")),
            EventKind::OfferWithdrawn { agent, .. } => {
                let cause = self.cause_of(agent).map(|cause| format!(", as {cause}")).unwrap_or_default();
                self.end_offer(at, agent, format!("The offer to {agent} was taken back{cause}."));
            }
            EventKind::SentToVoicemail { voicemail, rule, waiting_limit, .. } => {
                let outcome = format!("its contact hears the message {voicemail}");
                self.tell_end(event, rule.as_ref(), *waiting_limit, &outcome);
            }
            EventKind::OwnerNotified { agent, rule, waiting_limit, .. } => {
                let outcome = format!("it stays unassigned, and its owner {agent} is to be mailed");
                self.tell_end(event, rule.as_ref(), *waiting_limit, &outcome);
            }
            EventKind::HandedToBot { bot, rule, step, waiting_limit, .. } => {
                match (rule, step) {
                    (Some(rule), Some(step)) => {
                        self.say(at, format!("The bot {bot} took it, by step {step} of the rule {rule}."));
                    }
                    (rule, _) => self.tell_end(event, rule.as_ref(), *waiting_limit, &format!("the bot {bot} took it")),
                }
                self.place = Place::WithBot { bot: bot.clone() };
            }
            EventKind::Closed { agent, .. } => self.tell_closed(event, agent.as_ref()),
            EventKind::Kept { agent, .. } => {
                self.say(at, format!("{agent} replied to it, and so keeps it."));
            }
            EventKind::WrapUpEnded { agent, .. } => self.say(at, format!("{agent} finished wrapping it up.")),
            EventKind::Erased { .. } => {}
            EventKind::Forgotten { .. } => self.say(at, format!("It was forgotten{}.", by_whom(event))),
            EventKind::Reopened { woke, .. } => {
                let text = if *woke {
                    "Its snooze ended.".to_owned()
                } else {
                    format!("It was opened again{}.", by_whom(event))
                };
                self.say(at, text);
                self.place = Place::Between;
            }
            EventKind::Snoozed { agent, until, .. } => {
                let until = until.map_or("it is reopened".to_owned(), |until| self.moment(until, at));
                let holder = agent.as_ref().map(|agent| format!("; {agent} held it")).unwrap_or_default();
                self.say(at, format!("It was snoozed{} until {until}{holder}.", by_whom(event)));
                self.place = Place::Aside;
            }
            EventKind::Refused { message, code, .. } => {
                self.say(at, format!("A command about it was refused: {message} ({code})."));
            }
            EventKind::Started
            | EventKind::StatusChanged { .. }
            | EventKind::Notice { .. }
            | EventKind::DeskChanged { .. } => {}
        }
    }

    // ---- coming and going

    fn tell_arrival(&mut self, at: Instant, details: &Details, by: Option<&Id>) {
        let mut text = format!("It arrived in {} by {}", details.inbox, details.channel);
        if let Some(contact) = &details.contact {
            text.push_str(&format!(", from {}", contact_text(contact)));
        }
        if details.priority != 0 {
            text.push_str(&format!(", with priority {}", details.priority));
        }
        if !details.skills.is_empty() {
            text.push_str(&format!(", asking for {}", skills_text(details)));
        }
        let opener = by.map(|by| format!("; {by} opened it")).unwrap_or_default();
        self.say(at, format!("{text}{opener}."));
        self.opened_at = Some(at);
        self.details = Some(details.clone());
        self.place = Place::Between;
    }

    fn tell_update(&mut self, at: Instant, details: &Details, by: Option<&Id>) {
        let before = self.details.replace(details.clone());
        let changed = before.map(|before| differences(&before, details)).unwrap_or_default();
        let by = by.map(|by| format!(" by {by}")).unwrap_or_default();
        match changed.as_slice() {
            [] => self.say(at, format!("It was updated{by}, and stayed as it was.")),
            changed => self.say(at, format!("It was updated{by}: {}.", changed.join("; "))),
        }
    }

    fn tell_closed(&mut self, event: &Event, agent: Option<&Id>) {
        let at = event.at;
        let holder = match (agent, &self.place) {
            (Some(agent), _) => format!("{agent} held it"),
            (None, Place::WithBot { bot }) => format!("the bot {bot} had it"),
            (None, _) => "nobody held it".to_owned(),
        };
        let age = self.opened_at.map(|opened| about(at.millis_since(opened))).unwrap_or_default();
        match &event.by {
            Some(by) if Some(by) == agent => self.say(at, format!("{by} closed it, {age} after it arrived.")),
            _ => self.say(at, format!("It was closed{}, {age} after it arrived; {holder}.", by_whom(event))),
        }
        self.place = Place::Nowhere;
    }

    // ---- to someone

    fn tell_assigned(
        &mut self,
        event: &Event,
        agent: &Id,
        (of_team, whose): (&str, &str),
        decision: Option<&Decision>,
        reason: Option<AssignedBecause>,
    ) {
        let at = event.at;
        match (reason, &self.place) {
            (Some(AssignedBecause::ByHand), _) => {
                let after = self.waited(at, "");
                self.say(
                    at,
                    match event.by.as_ref() {
                        Some(by) if by == agent => format!("{agent} took it by hand{}.", then(whose, &after)),
                        by => format!("It was given to {agent}{}{after}.", then(whose, &given_by_hand(by))),
                    },
                );
            }
            (Some(AssignedBecause::Replied), _) => self.say(at, format!("{agent} replied to it, and so holds it.")),
            (Some(AssignedBecause::HeldBefore) | None, place) => match place.offered_at(agent) {
                Some(since) => {
                    let after = about(at.millis_since(since));
                    self.say(at, format!("{agent} accepted it, {after} after it was offered{}.", self.waited(at, "")));
                }
                None => {
                    let after = self.waited(at, " at once");
                    self.tell_choice(
                        event,
                        &format!("It went to {agent}{of_team}{}", then(whose, &after)),
                        agent,
                        decision,
                    );
                }
            },
        }
    }

    /// Tells who gets the conversation, by which strategy, and who was not asked.
    fn tell_choice(&mut self, event: &Event, lead: &str, agent: &Id, decision: Option<&Decision>) {
        let at = event.at;
        self.tell_cause(at, agent);
        let considered = event.considered.as_deref().unwrap_or_default();
        let Some(Decision { rule, step, strategy, .. }) = decision else {
            return self.say(at, format!("{lead}, who had held it before."));
        };
        let by = match rule.as_ref().zip(*step) {
            Some((rule, step)) => format!(", by step {step} of the rule {rule}"),
            None => String::new(),
        };
        let why = match why_chosen(strategy, agent, considered, "this rule", at, &self.zone) {
            why if why.is_empty() => why,
            why => format!(": {why}"),
        };
        self.say(at, format!("{lead}{by} ({}){why}.", by_what(strategy)));
        for line in &event.trace {
            let wrote = if strategy.starts_with("strategy:") { "strategy says" } else { "script wrote down" };
            self.say(at, format!("The {wrote}: {line}"));
        }
        self.tell_not_asked(event, "Not asked");
    }

    /// Tells the change of the agent that made it free, if the conversation had to wait.
    fn tell_cause(&mut self, at: Instant, agent: &Id) {
        let text = self.cause_of(agent).map(sentence);
        match (&self.place, text) {
            (Place::Waiting { since }, Some(text)) if *since < at => self.say(at, text),
            (Place::WithBot { bot }, _) => {
                let text = format!("The bot {bot} handed it over.");
                self.say(at, text);
            }
            _ => {}
        }
    }

    fn tell_not_asked(&mut self, event: &Event, lead: &str) {
        let considered = event.considered.as_deref().unwrap_or_default();
        let asked = if self.team.is_some() { "not in the team" } else { "not named by the step" };
        let others = not_asked_of(considered, asked, event.at, &self.zone);
        if !others.is_empty() {
            self.say(event.at, format!("{lead}: {others}."));
        }
    }

    // ---- to nobody

    fn tell_queued(
        &mut self,
        event: &Event,
        rule: &str,
        step: usize,
        from_step: Option<usize>,
        until: Option<Instant>,
    ) {
        let at = event.at;
        if let Place::WithBot { bot } = &self.place {
            let text = format!("The bot {bot} handed it over.");
            self.say(at, text);
        }
        let steps = match from_step.unwrap_or(1) {
            from if from == step => format!("step {step}"),
            from if from + 1 == step => format!("steps {from} and {step}"),
            from => format!("steps {from} to {step}"),
        };
        let waits = match until {
            Some(Instant::MAX) => "it waits there, with no end in sight".to_owned(),
            Some(until) => format!("it waits there until {}", self.moment(until, at)),
            None => "it waits in the queue".to_owned(),
        };
        self.say(at, format!("Nobody could take it by {steps} of the rule {rule}, so {waits}."));
        self.tell_not_asked(event, "Why not");
        let since = self.waiting_since().unwrap_or(at);
        self.place = Place::Waiting { since };
    }

    /// Tells that a conversation goes to a member of a team, or waits for one.
    fn tell_wait_for_team(&mut self, event: &Event, team: &Id) {
        let at = event.at;
        let was_offered = matches!(&self.team, Some(known) if known == team);
        let text = match was_offered {
            true => format!("Nobody of the team {team} could take it, so it waits for them."),
            false => {
                format!("It is distributed among the members of the team {team}{}.", given_by_hand(event.by.as_ref()))
            }
        };
        self.say(at, text);
        self.team = Some(team.clone());
        self.tell_not_asked(event, "Why it waits");
        let since = self.waiting_since().unwrap_or(at);
        self.place = Place::Waiting { since };
    }

    fn tell_unassigned(&mut self, event: &Event, agent: Option<&Id>, rule: Option<&Id>, reason: UnassignedBecause) {
        let holder = agent.map(Id::as_str);
        let text = match (reason, holder) {
            (UnassignedBecause::NoRule, _) => {
                "No rule of the channel is for it, so it is left for someone to take by hand.".to_owned()
            }
            (UnassignedBecause::Otherwise, _) => {
                return self.tell_end_of_rule(event, rule, LEFT);
            }
            (UnassignedBecause::WaitingLimit, _) => return self.tell_limit(event, ReachedLimit::Longest, LEFT),
            (UnassignedBecause::Released, holder) => release_text(holder, event.by.as_deref()),
            (UnassignedBecause::AgentAway, holder) => {
                format!("{} went away, and gave it back.", holder.unwrap_or_default())
            }
            (UnassignedBecause::ShiftEnded, holder) => {
                format!("{} is not at work any more, and gave it back.", holder.unwrap_or_default())
            }
            (UnassignedBecause::OutOfOffice, holder) => {
                format!("{} is out of office, and gave it back.", holder.unwrap_or_default())
            }
            (UnassignedBecause::Removed, Some(holder)) => format!("{holder}, who held it, was removed from the desk."),
            (UnassignedBecause::Removed, None) => "The team it was given to was removed from the desk.".to_owned(),
            (UnassignedBecause::NoInboxAccess, Some(holder)) => {
                format!("{holder}, who held it, has no access to its inbox any more.")
            }
            (UnassignedBecause::NoInboxAccess, None) => {
                "Nobody of the team it was given to has access to its inbox any more.".to_owned()
            }
            (UnassignedBecause::Transferred, holder) => self.transfer_text(holder),
            (UnassignedBecause::Distributed, Some(holder)) => {
                format!("It was taken from {holder}, to be distributed in a team.")
            }
            (UnassignedBecause::Distributed, None) => {
                "It was taken from where it was, to be distributed in a team.".to_owned()
            }
        };
        self.say(event.at, text);
        self.place = match reason {
            UnassignedBecause::AgentAway
            | UnassignedBecause::ShiftEnded
            | UnassignedBecause::OutOfOffice
            | UnassignedBecause::Removed
            | UnassignedBecause::NoInboxAccess
            | UnassignedBecause::Transferred
            | UnassignedBecause::Distributed => Place::Between,
            UnassignedBecause::NoRule
            | UnassignedBecause::Otherwise
            | UnassignedBecause::WaitingLimit
            | UnassignedBecause::Released => Place::Aside,
        };
    }

    /// Describes what a transfer takes from whoever has it.
    fn transfer_text(&self, holder: Option<&str>) -> String {
        match (holder, &self.place) {
            (Some(holder), _) => format!("The transfer took it from {holder}, to be routed there."),
            (None, Place::WithBot { bot }) => format!("The transfer took it from the bot {bot}, to be routed there."),
            (None, _) => "The transfer took it from where it was, to be routed there.".to_owned(),
        }
    }

    /// Tells the outcome for a conversation that nobody takes, or that reached a waiting limit.
    fn tell_end(&mut self, event: &Event, rule: Option<&Id>, limit: Option<ReachedLimit>, outcome: &str) {
        match limit {
            Some(limit) => self.tell_limit(event, limit, outcome),
            None => self.tell_end_of_rule(event, rule, outcome),
        }
    }

    /// Tells the outcome that a channel names for beyond its waiting limit.
    fn tell_limit(&mut self, event: &Event, limit: ReachedLimit, outcome: &str) {
        let why = match limit {
            ReachedLimit::AtMost => "Nobody could take it, and as many wait already as may wait in its channel",
            ReachedLimit::Longest => "It has waited for the longest time that its channel allows",
        };
        self.say(event.at, format!("{why}, so {outcome}."));
        self.tell_not_asked(event, "Why not");
        self.place = Place::Aside;
    }

    /// Tells the outcome that a rule names for when nobody takes the conversation, or a channel for when it is closed.
    fn tell_end_of_rule(&mut self, event: &Event, rule: Option<&Id>, outcome: &str) {
        match rule {
            Some(rule) => {
                self.say(event.at, format!("Nobody could take it by the rule {rule}, so {outcome}."));
                self.tell_not_asked(event, "Why not");
            }
            None => self.say(event.at, format!("It is outside office hours, so {outcome}.")),
        }
        self.place = Place::Aside;
    }

    fn end_offer(&mut self, at: Instant, agent: &Id, text: String) {
        self.say(at, text);
        if let Place::Offered { offers, .. } = &mut self.place {
            offers.retain(|(offered, _)| offered != agent);
            if !offers.is_empty() {
                return;
            }
        }
        self.place = self.waiting_since().map_or(Place::Between, |since| Place::Waiting { since });
    }

    // ---- words

    /// Returns the instant since which it waits, offers included.
    fn waiting_since(&self) -> Option<Instant> {
        match &self.place {
            Place::Waiting { since } => Some(*since),
            Place::Offered { waiting_since, .. } => *waiting_since,
            Place::Nowhere | Place::Between | Place::Held { .. } | Place::WithBot { .. } | Place::Aside => None,
        }
    }

    /// Returns the time it has waited, or `otherwise` if it did not wait.
    fn waited(&self, at: Instant, otherwise: &str) -> String {
        match self.waiting_since().map(|since| at.millis_since(since)) {
            Some(millis) if millis > 0 => format!(" after {} of waiting", about(millis)),
            _ => otherwise.to_owned(),
        }
    }

    fn moment(&self, until: Instant, at: Instant) -> String {
        moment(until, at, &self.zone)
    }
}

/// Returns the actor of an event, if there is one: ` by anna`.
fn by_whom(event: &Event) -> String {
    event.by.as_ref().map(|by| format!(" by {by}")).unwrap_or_default()
}

/// Describes a release by the holder, by another agent, or by the embedding program.
fn release_text(holder: Option<&str>, by: Option<&str>) -> String {
    match (holder, by) {
        (Some(holder), Some(by)) if holder == by => format!("{holder} let go of it; it is not routed again."),
        (Some(holder), Some(by)) => format!("{by} released it, while {holder} held it; it is not routed again."),
        (Some(holder), None) => format!("It was released, while {holder} held it; it is not routed again."),
        (None, Some(by)) => format!("{by} released it; it is not routed again."),
        (None, None) => "It was released; it is not routed again.".to_owned(),
    }
}

/// Returns `true` if a conversation that is distributed in a team still is after an event.
fn stays_in_team(kind: &EventKind) -> bool {
    match kind {
        EventKind::Queued { team, .. } => team.is_some(),
        EventKind::Updated { goes_on, .. } => *goes_on,
        EventKind::Offered { .. }
        | EventKind::OfferExpired { .. }
        | EventKind::OfferDeclined { .. }
        | EventKind::OfferWithdrawn { .. }
        | EventKind::ScriptFailed { .. } => true,
        _ => false,
    }
}

/// Joins a clause, if there is one, and what comes after it.
fn then(clause: &str, rest: &str) -> String {
    let comma = if clause.is_empty() || rest.is_empty() { "" } else { "," };
    format!("{clause}{comma}{rest}")
}

/// Describes the team of an agent among whose members it was distributed.
fn of_team(team: Option<&Id>) -> String {
    team.map(|team| format!(" of the team {team}")).unwrap_or_default()
}

/// Describes the agent for whom another stands in.
fn in_place_of(absent: Option<&Id>) -> String {
    absent.map(|absent| format!(" for {absent}, who is out of office")).unwrap_or_default()
}

fn given_by_hand(by: Option<&Id>) -> String {
    by.map_or(" by hand".to_owned(), |by| format!(" by hand, by {by}"))
}

fn contact_text(contact: &Contact) -> String {
    let who = contact.id.as_deref().unwrap_or("someone");
    let known = if contact.known { "" } else { ", who was not recognised" };
    let owner = contact.owner.as_ref().map(|owner| format!(", a contact of {owner}")).unwrap_or_default();
    format!("{who}{owner}{known}")
}

fn skills_text(details: &Details) -> String {
    let skills: Vec<String> = details.skills.iter().map(|(name, level)| format!("{name} {level}")).collect();
    joined(&skills)
}

/// Describes the details of a conversation that changed.
fn differences(before: &Details, after: &Details) -> Vec<String> {
    let mut changed = Vec::new();
    if (&before.inbox, &before.channel) != (&after.inbox, &after.channel) {
        changed.push(format!("it moved to {} by {}", after.inbox, after.channel));
    }
    if before.priority != after.priority {
        changed.push(format!("its priority is {} instead of {}", after.priority, before.priority));
    }
    if before.skills != after.skills {
        let skills = if after.skills.is_empty() { "no skills".to_owned() } else { skills_text(after) };
        changed.push(format!("it asks for {skills}"));
    }
    if before.contact != after.contact {
        changed.push(format!("it is from {}", after.contact.as_ref().map_or("nobody known".to_owned(), contact_text)));
    }
    if before.attributes != after.attributes {
        changed.push("its attributes changed".to_owned());
    }
    changed
}

/// Returns a strategy in words.
fn by_what(strategy: &str) -> String {
    match (strategy.strip_prefix("script:"), strategy.strip_prefix("strategy:")) {
        (None, None) => spoken(strategy),
        (script, own) => whose(script, own).map(|whose| format!("the {whose}")).unwrap_or_default(),
    }
}

/// Names the script or the strategy of the embedder that was asked.
fn whose(script: Option<&str>, strategy: Option<&str>) -> Option<String> {
    let script = script.map(|script| format!("script {script}"));
    script.or_else(|| strategy.map(|strategy| format!("strategy {strategy}")))
}

/// Describes the failure of a script or strategy, with its place and the consequence.
fn failure_text(step: Option<usize>, failure: &Failure, on_error: Option<&str>) -> String {
    let Failure { script, strategy, hook, message, file, line, .. } = failure;
    let asked = whose(script.as_deref(), strategy.as_deref());
    let what = match &asked {
        Some(asked) => format!("The {asked} failed in {hook}"),
        None => "The condition of a rule failed".to_owned(),
    };
    let place = match (file, line) {
        (Some(file), Some(line)) => format!(" ({file}, line {line})"),
        _ => String::new(),
    };
    let instead = match (step, on_error) {
        (Some(step), Some(word)) if word == OnError::SkipStep.as_str() => format!("; step {step} found nobody"),
        (Some(step), Some(strategy)) => format!("; {} chose at step {step}", spoken(strategy)),
        (_, _) if asked.is_none() => "; the rule was passed over".to_owned(),
        _ => String::new(),
    };
    let message = message.trim_end_matches('.');
    format!("{what}{place}: {message}{instead}.")
}
