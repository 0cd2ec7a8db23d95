//! The sentences for each event.

use super::chosen::why_chosen;
use super::considered::{Told, was_asked};
use super::draft::withdrawn_text;
use super::failure::{by_what, failure_text, whose};
use super::nobody::LEFT;
use super::words::{about, moment, with_moments};
use super::{Place, Story, sentence};
use crate::desk::{AssignedBecause, ClosedBecause, Decision, Event, EventKind, UnassignedBecause};
use crate::model::Id;
use crate::time::Instant;

impl Story {
    /// Adds the sentences for an event of the conversation.
    pub(super) fn tell(&mut self, event: &Event) {
        let withdrawn = self.take_withdrawn(event.at, &event.kind);
        if self.revise(event.at, &event.kind) && is_told_before(&event.kind) {
            self.place = Place::Between;
        } else {
            self.tell_event(event);
        }
        if !withdrawn.is_empty() {
            self.say(event.at, withdrawn_text(&withdrawn.iter().collect::<Vec<_>>()));
        }
        if !stays_in_team(&event.kind) {
            self.team = None;
        }
        if ends_absence(&event.kind) {
            self.absence = None;
        }
        if routes_anew(&event.kind) {
            self.reached = 0;
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
                let team = format!("the team {}", team.as_deref().unwrap_or_default());
                let given = given_to(&team, "", event.by.as_ref());
                self.say(at, format!("{given}; its members may take it."));
                self.place = Place::Aside;
            }
            EventKind::Unassigned { agent, rule, reason, waiting_limit, .. } => match waiting_limit {
                Some(limit) => self.tell_limit(event, *limit, LEFT),
                None => self.tell_unassigned(event, agent.as_ref(), rule.as_ref(), *reason),
            },
            EventKind::Queued { team: Some(team), rule, .. } => self.tell_wait_for_team(event, team, rule.as_ref()),
            EventKind::Queued { rule, step, from_step, until, .. } => {
                let (rule, step) = (rule.as_deref().unwrap_or_default(), step.unwrap_or(1));
                self.tell_queued(event, rule, step, *from_step, *until);
                (self.waits_until, self.reached) = (*until, step);
            }
            EventKind::StepEntered { rule, step, until, .. } => {
                self.tell_step(at, rule, *step, *until);
                self.reached = *step;
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
            EventKind::OfferWithdrawn { agent, .. } => self.tell_withdrawn(at, agent),
            EventKind::SentToVoicemail { voicemail, rule, waiting_limit, .. } => {
                let outcome = format!("its contact hears the message {voicemail}");
                self.tell_end(event, rule.as_ref(), *waiting_limit, &outcome);
            }
            EventKind::OwnerNotified { agent, rule, waiting_limit, .. } => {
                let outcome = format!("it stays unassigned, and the contact's owner, {agent}, is to be mailed");
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
            EventKind::Closed { reason: Some(ClosedBecause::BotIdle), .. } => self.tell_idle_bot(at),
            EventKind::Closed { agent, .. } => self.tell_closed(event, agent.as_ref()),
            EventKind::MessageNoted { from, .. } => self.tell_message(event, *from),
            EventKind::Sent { .. }
            | EventKind::Filtered { .. }
            | EventKind::Unfiltered { .. }
            | EventKind::Trashed { .. }
            | EventKind::Restored { .. } => self.tell_moved(event),
            EventKind::Hidden { message, .. } => {
                self.say(at, format!("The message {message} was hidden{}.", by_whom(event)))
            }
            EventKind::Unhidden { message, .. } => {
                self.say(at, format!("The message {message} was shown again{}.", by_whom(event)));
            }
            EventKind::Kept { agent, .. } => {
                self.take_back_message(at, agent);
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
            EventKind::Refused { message, .. } => {
                let whose = event.by.as_ref().map(|by| format!(" of {by}")).unwrap_or_default();
                let why = self.plain(message, at);
                self.say(at, format!("A command{whose} about it was refused: {why}."));
            }
            EventKind::Started
            | EventKind::Blocked { .. }
            | EventKind::Unblocked { .. }
            | EventKind::StatusChanged { .. }
            | EventKind::Notice { .. }
            | EventKind::DeskChanged { .. } => {}
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
                let text = match event.by.as_ref() {
                    Some(by) if by == agent => format!("{agent} took it by hand{}.", then(whose, &after)),
                    by => format!("{}.", then(&given_to(agent, whose, by), &after)),
                };
                self.say(at, text);
            }
            (Some(AssignedBecause::Replied), _) => {
                self.take_back_message(at, agent);
                self.say(at, format!("{agent} replied to it, and so holds it."));
            }
            (Some(AssignedBecause::HeldBefore) | None, place) => match place.offered_at(agent) {
                Some(since) => {
                    let after = about(at.millis_since(since));
                    let all = self.waited_for(at).map(|all| format!("; it had waited {all} in all"));
                    self.say(at, format!("{agent} accepted it {after} after the offer{}.", all.unwrap_or_default()));
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
            Some((rule, step)) => format!(", by step {step} of the rule {rule}{}", self.passed(step)),
            None => String::new(),
        };
        let turns_in = match &self.team {
            Some((_, Some(rule))) if step.is_none() => format!("the rule {rule}"),
            _ => "this rule".to_owned(),
        };
        let why = match why_chosen(strategy, agent, considered, &turns_in, at, &self.zone) {
            why if why.is_empty() => why,
            why => format!(": {why}"),
        };
        self.say(at, format!("{lead}{by} ({}){why}.", by_what(strategy)));
        for line in &event.trace {
            let wrote = if strategy.starts_with("strategy:") { "strategy says" } else { "script wrote down" };
            self.say(at, format!("The {wrote}: {line}"));
        }
        self.reached = step.unwrap_or_default();
        self.tell_not_asked(event);
    }

    /// Describes the steps before one that were passed at once.
    fn passed(&self, step: usize) -> String {
        let first = self.reached + 1;
        match step.checked_sub(1) {
            Some(last) if self.place == Place::Between && first <= last => {
                format!(", as {} found nobody", steps(first, last))
            }
            _ => String::new(),
        }
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

    /// Tells who was asked before, and so is not asked now, and who could not be asked.
    fn tell_not_asked(&mut self, event: &Event) {
        let considered = event.considered.as_deref().unwrap_or_default();
        let (asked, others): (Vec<_>, Vec<_>) = considered.iter().partition(|it| was_asked(it));
        for (lead, agents, not_in_target) in [("Asked already", asked, 0), ("Not asked", others, event.not_in_target)] {
            let agents = self.told(event.at, false).not_asked(agents.into_iter(), not_in_target);
            if !agents.is_empty() {
                self.say(event.at, format!("{lead}: {agents}."));
            }
        }
    }

    /// Tells why nobody could take it; `is_over` if nobody is asked any more.
    pub(super) fn tell_why_not(&mut self, event: &Event, lead: &str, is_over: bool) {
        let considered = event.considered.iter().flatten();
        let agents = self.told(event.at, is_over).not_asked(considered, event.not_in_target);
        if !agents.is_empty() {
            self.say(event.at, format!("{lead}: {agents}."));
        }
    }

    fn told(&self, at: Instant, is_over: bool) -> Told<'_> {
        let outside = if self.team.is_some() { "not in the team" } else { "whom the step does not reach" };
        Told { at, zone: &self.zone, outside, is_over, busy: &self.busy }
    }

    // ---- words

    /// Returns the instant since which it waits, offers included.
    pub(super) fn waiting_since(&self) -> Option<Instant> {
        match &self.place {
            Place::Waiting { since } => Some(*since),
            Place::Offered { waiting_since, .. } => *waiting_since,
            Place::Nowhere | Place::Between | Place::Held { .. } | Place::WithBot { .. } | Place::Aside => None,
        }
    }

    /// Returns the time it has waited, or `otherwise` if it did not wait.
    fn waited(&self, at: Instant, otherwise: &str) -> String {
        self.waited_for(at).map_or_else(|| otherwise.to_owned(), |time| format!(" after {time} of waiting"))
    }

    /// Returns the time it has waited; `None` if it did not wait.
    fn waited_for(&self, at: Instant) -> Option<String> {
        let millis = at.millis_since(self.waiting_since()?);
        (millis > 0).then(|| about(millis))
    }

    /// Returns the message of a refusal with times on the wall clock, and without the id of the conversation.
    fn plain(&self, message: &str, at: Instant) -> String {
        let id = format!("\"{}\"", self.conversation);
        let message = message.replace(&format!("the conversation {id}"), "it");
        let message = match message.strip_prefix(&id) {
            Some(rest) => format!("it{rest}"),
            None => message,
        };
        with_moments(&message, at, &self.zone)
    }

    pub(super) fn moment(&self, until: Instant, at: Instant) -> String {
        moment(until, at, &self.zone)
    }
}

/// Returns the actor of an event, if there is one: ` by anna`.
pub(super) fn by_whom(event: &Event) -> String {
    event.by.as_ref().map(|by| format!(" by {by}")).unwrap_or_default()
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
        | EventKind::MessageNoted { .. }
        | EventKind::Hidden { .. }
        | EventKind::Unhidden { .. }
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

/// Describes that somebody gave it to an agent, perhaps in place of another, or to a team.
fn given_to(whom: &str, whose: &str, by: Option<&Id>) -> String {
    let by_hand = then(whose, " by hand");
    match by {
        Some(by) => format!("{by} gave it to {whom}{by_hand}"),
        None => format!("It was given to {whom}{by_hand}"),
    }
}

/// Names a range of steps: `step 2`, `steps 1 and 2`, `steps 1 to 3`.
pub(super) fn steps(first: usize, last: usize) -> String {
    match last {
        last if last == first => format!("step {last}"),
        last if last == first + 1 => format!("steps {first} and {last}"),
        last => format!("steps {first} to {last}"),
    }
}

/// Returns `true` if the sentence before an event tells all of it, once it is revised.
fn is_told_before(kind: &EventKind) -> bool {
    use UnassignedBecause::{AgentAway, Transferred};
    matches!(kind, EventKind::Unassigned { reason: AgentAway | Transferred, .. })
}

/// Returns `true` if the absence of the holder does not matter after an event.
fn ends_absence(kind: &EventKind) -> bool {
    matches!(
        kind,
        EventKind::Assigned { .. }
            | EventKind::Unassigned { .. }
            | EventKind::Kept { .. }
            | EventKind::Closed { .. }
            | EventKind::Filtered { .. }
            | EventKind::Trashed { .. }
            | EventKind::Snoozed { .. }
    )
}

/// Returns `true` if a conversation that is routed after an event starts at the first step.
fn routes_anew(kind: &EventKind) -> bool {
    match kind {
        EventKind::Updated { goes_on, .. } => !goes_on,
        kind => matches!(
            kind,
            EventKind::Opened { .. }
                | EventKind::Reopened { .. }
                | EventKind::Unfiltered { .. }
                | EventKind::Restored { .. }
                | EventKind::Unassigned { .. }
                | EventKind::Assigned { .. }
        ),
    }
}
