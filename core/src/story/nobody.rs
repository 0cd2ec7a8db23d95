//! The sentences on a conversation that nobody takes: it waits, or is left to somebody who is not asked.

use super::draft::Draft;
use super::tell::steps;
use super::{Place, Story};
use crate::desk::{Event, EventKind, ReachedLimit, UnassignedBecause};
use crate::model::Id;
use crate::time::Instant;

/// The outcome for a conversation that stays unassigned.
pub(super) const LEFT: &str = "it is left for someone to take by hand";

impl Story {
    pub(super) fn tell_queued(
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
        let steps = steps(from_step.unwrap_or(1), step);
        let waits = match until {
            Some(Instant::MAX) => "it waits there, with no end in sight".to_owned(),
            Some(until) => format!("it waits there until {}", self.moment(until, at)),
            None => "it waits in the queue".to_owned(),
        };
        self.say(at, format!("Nobody could take it by {steps} of the rule {rule}, so {waits}."));
        self.tell_why_not(event, "Why not", false);
        let since = self.waiting_since().unwrap_or(at);
        self.place = Place::Waiting { since };
    }

    /// Tells that the next step is tried as well.
    pub(super) fn tell_step(&mut self, at: Instant, rule: &Id, step: usize, until: Option<Instant>) {
        let end = match until {
            Some(Instant::MAX) => ", with no end in sight".to_owned(),
            Some(until) => format!(", until {}", self.moment(until, at)),
            None => String::new(),
        };
        let is_early = self.waits_until.is_some_and(|until| at < until) && self.reached > 0;
        let why = match is_early {
            true => format!("Nobody of step {} is available any more", self.reached),
            false => "Nobody has taken it".to_owned(),
        };
        self.say(at, format!("{why}, so step {step} of the rule {rule} is tried, too{end}."));
        self.waits_until = until;
    }

    /// Tells that a conversation goes to a member of a team, or waits for one.
    pub(super) fn tell_wait_for_team(&mut self, event: &Event, team: &Id, rule: Option<&Id>) {
        let at = event.at;
        let was_offered = matches!(&self.team, Some((known, _)) if known == team);
        let text = match (was_offered, &event.by) {
            (true, _) => format!("Nobody of the team {team} could take it, so it waits for them."),
            (false, Some(by)) => {
                let gave = format!("gave it to the team {team}, to be distributed among its members");
                format!("{}.", self.done_by(by, &gave))
            }
            (false, None) => {
                let has = self.who_has_it();
                format!("It was given to the team {team}, to be distributed among its members{has}.")
            }
        };
        self.say(at, text);
        self.team = Some((team.clone(), rule.cloned()));
        self.tell_why_not(event, "Why it waits", false);
        let since = self.waiting_since().unwrap_or(at);
        self.place = Place::Waiting { since };
    }

    pub(super) fn tell_unassigned(
        &mut self,
        event: &Event,
        agent: Option<&Id>,
        rule: Option<&Id>,
        reason: UnassignedBecause,
    ) {
        let holder = agent.map(Id::as_str);
        match reason {
            UnassignedBecause::NoRule => self.say(event.at, format!("The channel has no rule for it, so {LEFT}.")),
            UnassignedBecause::Otherwise => return self.tell_end_of_rule(event, rule, LEFT),
            UnassignedBecause::WaitingLimit => return self.tell_limit(event, ReachedLimit::Longest, LEFT),
            UnassignedBecause::Released => self.say(event.at, release_text(holder, event.by.as_deref())),
            UnassignedBecause::AgentAway | UnassignedBecause::ShiftEnded | UnassignedBecause::OutOfOffice => {
                self.say(event.at, self.taken_back(event.at, holder.unwrap_or_default(), reason));
            }
            UnassignedBecause::Removed => self.tell_removal(event.at, holder),
            UnassignedBecause::NoInboxAccess => self.say(
                event.at,
                match holder {
                    Some(holder) => format!("{holder}, who held it, has no access to its inbox any more."),
                    None => "Nobody of the team it was given to has access to its inbox any more.".to_owned(),
                },
            ),
            UnassignedBecause::Transferred => {
                self.say(event.at, format!("The transfer took it from where it was{}.", self.who_has_it()));
            }
            // The next event names the team.
            UnassignedBecause::Distributed => return,
        }
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

    /// Tells that the holder, or the team, was removed. It is routed again, or left for someone.
    fn tell_removal(&mut self, at: Instant, holder: Option<&str>) {
        let text = match holder {
            Some(holder) => format!("{holder}, who held it, was removed from the desk"),
            None => "The team it was given to was removed from the desk".to_owned(),
        };
        self.say_for_now(Draft {
            at,
            text: format!("{text}, so {LEFT}."),
            revised: format!("{text}."),
            awaits: EventKind::decides,
        });
    }

    /// Tells the outcome for a conversation that nobody takes, or that reached a waiting limit.
    pub(super) fn tell_end(&mut self, event: &Event, rule: Option<&Id>, limit: Option<ReachedLimit>, outcome: &str) {
        match limit {
            Some(limit) => self.tell_limit(event, limit, outcome),
            None => self.tell_end_of_rule(event, rule, outcome),
        }
    }

    /// Tells the outcome that a channel names for beyond its waiting limit.
    pub(super) fn tell_limit(&mut self, event: &Event, limit: ReachedLimit, outcome: &str) {
        let why = match limit {
            ReachedLimit::AtMost => "Nobody could take it, and the queue of its channel is full",
            ReachedLimit::Longest => "It has waited as long as its channel allows",
        };
        self.say(event.at, format!("{why}, so {outcome}."));
        self.tell_why_not(event, "Why not", true);
        self.place = Place::Aside;
    }

    /// Tells the outcome that a rule names for when nobody takes the conversation, or a channel for when it is closed.
    pub(super) fn tell_end_of_rule(&mut self, event: &Event, rule: Option<&Id>, outcome: &str) {
        match rule {
            Some(rule) => {
                self.say(event.at, format!("Nobody could take it by the rule {rule}, so {outcome}."));
                self.tell_why_not(event, "Why not", true);
            }
            None => self.say(event.at, format!("It is outside office hours, so {outcome}.")),
        }
        self.place = Place::Aside;
    }

    pub(super) fn end_offer(&mut self, at: Instant, agent: &Id, text: String) {
        self.say(at, text);
        if let Place::Offered { offers, .. } = &mut self.place {
            offers.retain(|(offered, _)| offered != agent);
            if !offers.is_empty() {
                return;
            }
        }
        self.place = self.waiting_since().map_or(Place::Between, |since| Place::Waiting { since });
    }
}

/// Describes a release by the holder, by another agent, or by the embedding program.
fn release_text(holder: Option<&str>, by: Option<&str>) -> String {
    match (holder, by) {
        (Some(holder), Some(by)) if holder == by => format!("{holder} let go of it, so {LEFT}."),
        (Some(holder), Some(by)) => format!("{by} released it, while {holder} held it, so {LEFT}."),
        (Some(holder), None) => format!("It was released, while {holder} held it, so {LEFT}."),
        (None, Some(by)) => format!("{by} released it, so {LEFT}."),
        (None, None) => format!("It was released, so {LEFT}."),
    }
}
