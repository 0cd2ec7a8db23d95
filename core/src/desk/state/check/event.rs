//! Checks that an event from outside is the next of a desk, and fits its state.
//!
//! Decisions are not made again: no schedule, script or strategy is consulted, so that an event of another version of the
//! library, or of another tz database, passes.

use super::{Checked, LAST_EVENT, check_details, check_id, check_integer, check_weight};
use crate::availability::{AgentSlot, CompiledChannel, Reason, State};
use crate::desk::event::{Decision, Event, EventKind, VERSION};
use crate::desk::state::{Conversation, ConversationRef, DeskState, Due, Phase};
use crate::model::{Address, Details, Id, MessageFrom, Rule};
use crate::problem::{Code, Problem};
use crate::time::Instant;

/// The number of hours that a choice made under other rules of a time zone may lie outside of an agent's hours.
const AROUND_HOURS: i64 = 3;

/// The largest number of messages of one conversation that are hidden.
pub const MOST_HIDDEN: usize = 1_000;

/// The largest number of script failures that are emitted for one conversation.
pub const MOST_FAILURES: usize = 16;

/// Returns the problem of an event that refers to something this desk does not have.
pub fn foreign(what: &str) -> Problem {
    misfit(&format!("it speaks of {what}, which is not there"))
}

/// Returns the problem of an event that contradicts the state of the desk.
pub fn misfit(why: &str) -> Problem {
    Problem::new(Code::InvalidValue, format!("this event is not of this desk: {why}"))
        .with_hint("apply all events of one desk in their order, from the document that it began with")
}

fn fits(fits: bool, key: &str, why: impl FnOnce() -> String) -> Checked {
    if fits { Ok(()) } else { Err(misfit(&why()).at_path(format!("$.{key}"))) }
}

impl DeskState {
    /// Checks that an event is the next of this desk, and fits it. Returns the conversation that it is about; `None` for
    /// one that it opens.
    pub fn check_event(&self, event: &Event) -> Result<Option<ConversationRef>, Problem> {
        self.check_next(event)?;
        event.id.iter().try_for_each(check_id).map_err(|problem| problem.at_path("$.id"))?;
        event.by.iter().try_for_each(check_id).map_err(|problem| problem.at_path("$.by"))?;
        match event.kind.conversation().filter(|_| !matches!(event.kind, EventKind::Opened { .. })) {
            Some(id) => {
                let found = self.find(id).and_then(|reference| Some((reference, self.conversation(reference)?)));
                let unknown = || foreign(&format!("the conversation {id:?}")).at_path("$.conversation");
                let (reference, conversation) = found.ok_or_else(unknown)?;
                self.check_conversation(conversation, event)?;
                Ok(Some(reference))
            }
            None => self.check_other(event).map(|()| None),
        }
    }

    /// Checks that an event has the next number, and is not before the last one.
    fn check_next(&self, event: &Event) -> Checked {
        let Event { version, seq, at, .. } = event;
        let next = self.seq.saturating_add(1);
        fits(*version == VERSION, "version", || format!("its version is {version}, not {VERSION}"))?;
        fits(*seq == next, "seq", || format!("the next event is number {next}, not {seq}"))?;
        fits(*seq <= LAST_EVENT, "seq", || format!("a number is at most {LAST_EVENT}"))?;
        fits(*at < Instant::MAX, "at", || "the time of a desk ends before 2200".to_owned())?;
        let is_later = self.clock.is_none_or(|clock| clock <= *at);
        fits(is_later, "at", || format!("it is before the last event, at {}", self.clock.unwrap_or(*at)))?;
        self.check_nothing_missing(*at)
    }

    /// Checks that no event is missing for what fell due before an instant. Turns of schedules are not checked, because
    /// another tz database may give other instants.
    fn check_nothing_missing(&self, at: Instant) -> Checked {
        let missing = self.agenda.before(at).find_map(|(due, what)| match what {
            Due::Status(_) => None,
            Due::Requeue(of)
            | Due::Snooze(of)
            | Due::WrapUp(of)
            | Due::Offer(of, _)
            | Due::Wait(of)
            | Due::Limit(of)
            | Due::Priority(of)
            | Due::IdleBot(of)
            | Due::Forget(of) => Some((due, self.conversation(of)?)),
        });
        let Some((due, it)) = missing else { return Ok(()) };
        Err(misfit(&format!("what fell due of the conversation {:?} at {due} is missing", it.id)).at_path("$.at"))
    }

    /// Checks an event that is not about an existing conversation.
    fn check_other(&self, event: &Event) -> Checked {
        let at = event.at;
        match &event.kind {
            EventKind::Started => fits(self.clock.is_none(), "type", || "the desk has started already".to_owned()),
            EventKind::StatusChanged { agent, state, reason, until, status, set, requeue_at, .. } => {
                self.check_agent(agent)?;
                let told = || format!("the reason {reason} is not one for {state}");
                fits(reason.state() == *state, "reason", told)?;
                check_end(*until, at.saturating_add(1), "until")?;
                check_end(set.as_ref().and_then(|set| set.until), at.saturating_add(1), "set.until")?;
                self.check_own_status(status.as_ref(), Some(*state), "status")?;
                let set_to = set.as_ref().and_then(|set| set.status.own());
                self.check_own_status(set_to, None, "set.status")?;
                let beneath = set.as_ref().and_then(|set| set.reason);
                let is_beneath = |set: Reason| set.is_set_by_hand() && *reason == Reason::Deactivated;
                let why = || "it is the reason of a deactivated agent, set by hand".to_owned();
                fits(beneath.is_none_or(is_beneath), "set.reason", why)?;
                let is_leaving = requeue_at.is_none() || reason.is_away_by_schedule();
                let why = || format!("nothing is given back for the reason {reason}");
                fits(is_leaving, "requeue_at", why)?;
                check_end(*requeue_at, at, "requeue_at")
            }
            EventKind::Notice { agent, .. } => self.check_agent(agent).map(|_| ()),
            EventKind::Opened { conversation, details, .. } => {
                check_id(conversation).map_err(|problem| problem.at_path("$.conversation"))?;
                let is_new = self.find(conversation).is_none();
                fits(is_new, "conversation", || format!("there is a conversation {conversation:?} already"))?;
                self.check_channel_of(&details.inbox, &details.channel)?;
                check_details(details)
            }
            EventKind::Blocked { sender, inbox } => self.check_block(sender, inbox.as_ref(), false),
            EventKind::Unblocked { sender, inbox } => self.check_block(sender, inbox.as_ref(), true),
            EventKind::Erased { contact } => check_id(contact).map_err(|problem| problem.at_path("$.contact")),
            // A change of the document is checked when it is read.
            EventKind::DeskChanged { .. } => Ok(()),
            // The others are about a conversation, or are not part of the log.
            EventKind::Updated { .. }
            | EventKind::MessageNoted { .. }
            | EventKind::Sent { .. }
            | EventKind::Filtered { .. }
            | EventKind::Unfiltered { .. }
            | EventKind::Trashed { .. }
            | EventKind::Restored { .. }
            | EventKind::Hidden { .. }
            | EventKind::Unhidden { .. }
            | EventKind::Offered { .. }
            | EventKind::Assigned { .. }
            | EventKind::Unassigned { .. }
            | EventKind::Kept { .. }
            | EventKind::Queued { .. }
            | EventKind::StepEntered { .. }
            | EventKind::OfferExpired { .. }
            | EventKind::OfferDeclined { .. }
            | EventKind::OfferWithdrawn { .. }
            | EventKind::SentToVoicemail { .. }
            | EventKind::OwnerNotified { .. }
            | EventKind::HandedToBot { .. }
            | EventKind::Closed { .. }
            | EventKind::WrapUpEnded { .. }
            | EventKind::Forgotten { .. }
            | EventKind::Reopened { .. }
            | EventKind::Snoozed { .. }
            | EventKind::Prioritized { .. }
            | EventKind::ScriptFailed { .. }
            | EventKind::Refused { .. } => Ok(()),
        }
    }

    fn check_conversation(&self, it: &Conversation, event: &Event) -> Checked {
        let (at, before) = (event.at, Before { state: self, it });
        match &event.kind {
            EventKind::Updated { details, goes_on, .. } => {
                before.is_open()?;
                self.check_channel_of(&details.inbox, &details.channel)?;
                let stays = (&details.inbox, &details.channel) == (&it.details.inbox, &it.details.channel);
                fits(!goes_on || stays, "goes_on", || "a conversation goes on in its channel only".to_owned())?;
                check_details(details)
            }
            EventKind::Offered { agent, team, decision, substitute_for, until, wait_until, .. } => {
                let slot = self.check_agent(agent)?;
                before.may_be_offered_to(slot, agent)?;
                before.can_be_given_to(slot, agent)?;
                decision.iter().try_for_each(|decision| before.decides(decision, team.as_ref(), slot, at))?;
                check_substitute_for(substitute_for.as_ref())?;
                let has_end = until.is_some();
                fits(has_end, "until", || "an offer has an end".to_owned())?;
                check_end(*until, at, "until")?;
                check_end(*wait_until, at, "wait_until")
            }
            EventKind::Assigned { agent: Some(agent), team, decision, substitute_for, .. }
                if team.is_none() || decision.is_some() =>
            {
                let slot = self.check_agent(agent)?;
                check_substitute_for(substitute_for.as_ref())?;
                match (&it.phase, decision) {
                    (Phase::Offered { offers }, _) if offers.iter().all(|offer| offer.agent == slot) => Ok(()),
                    (_, None) => before.is_open().and_then(|()| before.is_not_offered()),
                    (_, Some(decision)) => {
                        before.is_routed()?;
                        before.can_be_given_to(slot, agent)?;
                        before.decides(decision, team.as_ref(), slot, at)
                    }
                }
            }
            EventKind::Assigned { agent: None, team: Some(team), .. } => {
                self.check_team(team)?;
                before.is_open()?;
                before.is_not_offered()
            }
            EventKind::Assigned { .. } => {
                fits(false, "agent", || "a conversation is assigned to an agent or to a team".to_owned())
            }
            EventKind::Unassigned { agent, rule, .. } => {
                before.is_open()?;
                before.is_not_offered()?;
                before.is_held_by(agent.as_ref())?;
                rule.iter().try_for_each(|rule| before.has_rule(rule))
            }
            EventKind::Kept { agent, .. } => {
                before.is_held_by(Some(agent))?;
                before.is(it.requeue.is_some(), "to be given back")
            }
            EventKind::Queued { rule, team: Some(team), .. } => {
                before.is_routed()?;
                self.check_team(team)?;
                rule.iter().try_for_each(|rule| before.has_rule(rule))
            }
            EventKind::Queued { rule, step, from_step, until, .. } => {
                before.is_routed()?;
                let (rule, step) = rule_and_step(rule.as_ref(), *step)?;
                let most = before.rule_with(rule, step)?.steps.len().saturating_add(1);
                let from = from_step.unwrap_or(1);
                fits((1..=most).contains(&from), "from_step", || format!("the step is not from 1 to {most}"))?;
                check_end(*until, at, "until")
            }
            EventKind::StepEntered { rule, step, until, .. } => {
                before.waits_by(rule)?;
                before.rule_with(rule, *step)?;
                check_end(*until, at, "until")
            }
            EventKind::OfferExpired { agent, .. }
            | EventKind::OfferDeclined { agent, .. }
            | EventKind::OfferWithdrawn { agent, .. } => {
                let slot = self.check_agent(agent)?;
                let offered = it.offer_to(slot).is_some();
                fits(offered, "agent", || format!("the conversation {:?} is not offered to {agent}", it.id))
            }
            EventKind::SentToVoicemail { voicemail: name, rule, .. } => {
                before.is_routed()?;
                check_id(name).map_err(|problem| problem.at_path("$.voicemail"))?;
                rule.iter().try_for_each(|rule| before.has_rule(rule))
            }
            EventKind::OwnerNotified { agent, rule, .. } => {
                before.is_routed()?;
                self.check_agent(agent)?;
                rule.iter().try_for_each(|rule| before.has_rule(rule))
            }
            EventKind::HandedToBot { bot, rule, step, .. } => {
                before.is_routed()?;
                check_id(bot).map_err(|problem| problem.at_path("$.bot"))?;
                rule.iter().try_for_each(|rule| before.rule_with(rule, step.unwrap_or(1)).map(|_| ()))
            }
            EventKind::Closed { agent, until, .. } => {
                before.is_open()?;
                before.is_not_offered()?;
                before.is_held_by(agent.as_ref())?;
                check_end(*until, at, "until")
            }
            EventKind::WrapUpEnded { agent, .. } => {
                let slot = self.check_agent(agent)?;
                let wraps = matches!(it.phase, Phase::Closed { wrapping: Some((agent, _)) } if agent == slot);
                fits(wraps, "agent", || format!("{agent} does not wrap up the conversation {:?}", it.id))
            }
            EventKind::MessageNoted { message, from, closes_at, .. } => {
                message.iter().try_for_each(check_id).map_err(|problem| problem.at_path("$.message"))?;
                let is_named = *from != MessageFrom::Agent || event.by.is_some();
                fits(is_named, "by", || "a message of an agent names the agent".to_owned())?;
                let with_bot = matches!(it.phase, Phase::WithBot { .. }) && *from == MessageFrom::Visitor;
                fits(closes_at.is_none() || with_bot, "closes_at", || before.is_not("closed by itself"))?;
                check_end(*closes_at, at, "closes_at")?;
                let comes_in = it.phase == Phase::Sent && *from == MessageFrom::Visitor;
                if comes_in { self.check_channel_of(&it.details.inbox, &it.details.channel) } else { Ok(()) }
            }
            EventKind::Sent { .. } => before.is(it.unsettled, "one that has just been opened"),
            EventKind::Filtered { agent, reason, matched, .. } => {
                let may_be = it.is_open() || matches!(it.phase, Phase::Closed { wrapping: None });
                before.is(may_be, "open or closed")?;
                before.is_not_offered()?;
                before.is_held_by(agent.as_ref())?;
                fits(reason.fits(matched.as_ref()), "matched", || {
                    format!("the reason {reason} and what it matched contradict each other")
                })?;
                matched.iter().try_for_each(check_id).map_err(|problem| problem.at_path("$.matched"))
            }
            EventKind::Unfiltered { .. } => {
                before.is(matches!(it.phase, Phase::Filtered { .. }), "in the spam")?;
                self.check_channel_of(&it.details.inbox, &it.details.channel)
            }
            EventKind::Trashed { agent, until, .. } => {
                let is_there = !matches!(it.phase, Phase::Trashed { .. } | Phase::Closed { wrapping: Some(_) });
                before.is(is_there, "outside of the trash, and wrapped up by nobody")?;
                before.is_not_offered()?;
                before.is_held_by(agent.as_ref())?;
                check_end(*until, at, "until")
            }
            EventKind::Restored { .. } => {
                before.is(matches!(it.phase, Phase::Trashed { .. }), "in the trash")?;
                let is_open = it.phase.after_trash().is_open();
                if is_open { self.check_channel_of(&it.details.inbox, &it.details.channel) } else { Ok(()) }
            }
            EventKind::Hidden { message, .. } => {
                check_id(message).map_err(|problem| problem.at_path("$.message"))?;
                let hidden = it.hidden();
                let is_new = hidden.iter().all(|it| it.message != *message) && hidden.len() < MOST_HIDDEN;
                fits(is_new, "message", || format!("the message {message:?} is hidden already, or too many are"))
            }
            EventKind::Unhidden { message, .. } => {
                let is_hidden = it.hidden().iter().any(|it| it.message == *message);
                fits(is_hidden, "message", || format!("the message {message:?} is not hidden"))
            }
            EventKind::Forgotten { .. } => before.is(it.is_forgettable(), "closed, or is being wrapped up"),
            EventKind::Reopened { woke, .. } => {
                let sleeps = matches!(it.phase, Phase::Snoozed { .. });
                let was_over = sleeps || !*woke && matches!(it.phase, Phase::Closed { .. });
                fits(was_over, "conversation", || before.is_not(if *woke { "asleep" } else { "closed or asleep" }))?;
                self.check_channel_of(&it.details.inbox, &it.details.channel)
            }
            EventKind::Snoozed { agent, until, .. } => {
                before.is_open()?;
                before.is_not_offered()?;
                before.is_held_by(agent.as_ref())?;
                check_end(*until, at.saturating_add(1), "until")
            }
            EventKind::Prioritized { rule, priority, again_at, .. } => {
                before.is_open()?;
                before.has_rule(rule)?;
                let checked = priority.iter().try_for_each(|priority| check_integer("the priority", *priority));
                checked.map_err(|problem| problem.at_path("$.priority"))?;
                let is_asked = again_at.is_none() || it.is_routed() || it.unsettled;
                fits(is_asked, "again_at", || "no script is asked about what is not routed".to_owned())?;
                check_end(*again_at, at.saturating_add(1), "again_at")
            }
            EventKind::ScriptFailed { rule, .. } => {
                before.has_rule(rule)?;
                let told = it.failures.len() < MOST_FAILURES;
                fits(told, "conversation", || format!("more than {MOST_FAILURES} failures are not told of one"))
            }
            // About no conversation.
            EventKind::Started
            | EventKind::Erased { .. }
            | EventKind::Blocked { .. }
            | EventKind::Unblocked { .. }
            | EventKind::StatusChanged { .. }
            | EventKind::Notice { .. }
            | EventKind::Opened { .. }
            | EventKind::DeskChanged { .. }
            | EventKind::Refused { .. } => Ok(()),
        }
    }

    /// Checks the address of a block, and its inbox; it must be there, or not.
    fn check_block(&self, sender: &Id, inbox: Option<&Id>, is_there: bool) -> Checked {
        check_id(sender).map_err(|problem| problem.at_path("$.sender"))?;
        let known = inbox.is_none_or(|inbox| self.roster.inbox(inbox).is_some());
        fits(known, "inbox", || format!("there is no inbox {:?}", inbox.map(Id::as_str).unwrap_or_default()))?;
        let address = Address::of(sender);
        fits(address.as_id() == sender, "sender", || format!("it is written {:?}", address.as_id()))?;
        let is_blocked = self.blocks.contains(&address, inbox);
        fits(is_blocked == is_there, "sender", || {
            format!("{sender:?} is {}", if is_there { "not blocked" } else { "blocked already" })
        })
    }

    /// Checks that a status of the document is there, and is one of a state.
    fn check_own_status(&self, status: Option<&Id>, state: Option<State>, key: &str) -> Checked {
        let Some(id) = status else { return Ok(()) };
        let unknown = || foreign(&format!("the status {id:?}")).at_path(format!("$.{key}"));
        let own = self.roster.own_status(id).ok_or_else(unknown)?;
        let is_of_state = state.is_none_or(|state| own.state == state);
        fits(is_of_state, key, || format!("the status {id} is one of {}", own.state))
    }

    fn check_agent(&self, agent: &Id) -> Result<AgentSlot, Problem> {
        self.roster.slot(agent).ok_or_else(|| foreign(&format!("the agent {agent:?}")).at_path("$.agent"))
    }

    fn check_team(&self, team: &Id) -> Checked {
        let unknown = || foreign(&format!("the team {team:?}")).at_path("$.team");
        self.roster.team(team).map(|_| ()).ok_or_else(unknown)
    }

    fn check_channel_of(&self, inbox: &Id, channel: &Id) -> Checked {
        let unknown = || foreign(&format!("the channel {channel:?} of the inbox {inbox:?}")).at_path("$.channel");
        self.roster.channel_slot(inbox, channel).map(|_| ()).ok_or_else(unknown)
    }
}

/// Checks that an end is not before an instant.
fn check_end(end: Option<Instant>, least: Instant, key: &str) -> Checked {
    fits(end.is_none_or(|end| end >= least), key, || format!("it ends before {least}"))
}

/// A conversation as it is before an event about it.
struct Before<'a> {
    state: &'a DeskState,
    it: &'a Conversation,
}

impl Before<'_> {
    fn is_not(&self, wanted: &str) -> String {
        format!("the conversation {:?} is not {wanted}", self.it.id)
    }

    fn is(&self, is: bool, wanted: &str) -> Checked {
        fits(is, "conversation", || self.is_not(wanted))
    }

    fn is_open(&self) -> Checked {
        self.is(self.it.is_open(), "open")
    }

    /// Checks that it is not offered: an offer ends before anything else happens to a conversation.
    fn is_not_offered(&self) -> Checked {
        let offered = !self.it.offers().is_empty();
        fits(!offered, "conversation", || format!("the conversation {:?} is offered", self.it.id))
    }

    /// Checks that it is on its way, in the queue, or with a bot that hands it over.
    fn is_routed(&self) -> Checked {
        let routed = matches!(self.it.phase, Phase::Unassigned | Phase::Waiting | Phase::WithBot { .. });
        self.is(routed, "to be routed")
    }

    /// Checks that it is to be routed, or offered to others only.
    fn may_be_offered_to(&self, slot: AgentSlot, agent: &Id) -> Checked {
        if self.it.offers().is_empty() {
            return self.is_routed();
        }
        let is_new = self.it.offer_to(slot).is_none();
        fits(is_new, "agent", || format!("the conversation {:?} is offered to {agent} already", self.it.id))
    }

    fn is_held_by(&self, agent: Option<&Id>) -> Checked {
        let holder = self.it.holder().and_then(|slot| self.state.roster.agent_id(slot));
        let told = || match &holder {
            Some(holder) => format!("the conversation {:?} is held by {holder}", self.it.id),
            None => format!("nobody holds the conversation {:?}", self.it.id),
        };
        fits(holder.as_ref() == agent, "agent", told)
    }

    fn channel(&self) -> Option<&CompiledChannel> {
        self.state.roster.channel(self.it.channel?)
    }

    /// Checks that routing may give it to an agent, who needs access and is not deactivated.
    fn can_be_given_to(&self, slot: AgentSlot, agent: &Id) -> Checked {
        let has_access = self.channel().is_some_and(|channel| self.state.roster.access(channel).contains(slot));
        fits(has_access, "agent", || format!("{agent} has no access to the inbox {}", self.it.details.inbox))?;
        let is_active = self.state.roster.member(slot).is_some_and(|member| member.entry.active);
        fits(is_active, "agent", || format!("{agent} is deactivated"))
    }

    fn has_rule(&self, rule: &Id) -> Checked {
        self.rule(rule).map(|_| ())
    }

    fn rule(&self, rule: &Id) -> Result<&Rule, Problem> {
        let found = self.channel().and_then(|channel| channel.entry.rules.iter().find(|it| it.id == *rule));
        let Details { inbox, channel, .. } = &*self.it.details;
        let unknown = || misfit(&format!("there is no rule {rule:?} in the channel {channel:?} of {inbox:?}"));
        found.ok_or_else(|| unknown().at_path("$.rule"))
    }

    /// Returns a rule that has a step; for a rule without steps, events contain step 1.
    fn rule_with(&self, rule: &Id, step: usize) -> Result<&Rule, Problem> {
        let found = self.rule(rule)?;
        let most = found.steps.len().max(1);
        fits((1..=most).contains(&step), "step", || format!("the step of the rule {rule} is not from 1 to {most}"))?;
        Ok(found)
    }

    fn waits_by(&self, rule: &Id) -> Checked {
        // Also after an offer, before the conversation is in the queue again.
        let on_its_way = matches!(self.it.phase, Phase::Waiting | Phase::Unassigned);
        let route = self.it.route.as_ref().filter(|_| on_its_way);
        let plan = route.and_then(|route| self.channel()?.entry.rules.get(route.rule.index()));
        fits(plan.is_some_and(|plan| plan.id == *rule), "conversation", || {
            self.is_not(&format!("queued by the rule {rule}"))
        })
    }

    fn decides(&self, decision: &Decision, team: Option<&Id>, slot: AgentSlot, at: Instant) -> Checked {
        let only_available = match (decision.rule.as_ref(), decision.step, team) {
            (None, None, Some(team)) => self.is_distributed_in(team).map(|()| true)?,
            (rule, step, None) => {
                let (rule, step) = rule_and_step(rule, step)?;
                self.rule_with(rule, step)?.steps.get(step.saturating_sub(1)).is_some_and(|step| step.only_available)
            }
            (_, _, Some(_)) => {
                let why = "a rule decides, or a strategy among the members of a team";
                return Err(misfit(why).at_path("$.team"));
            }
        };
        check_id(&decision.strategy).map_err(|problem| problem.at_path("$.strategy"))?;
        for (agent, weight) in &decision.weights {
            let checked = self.state.check_agent(agent).and_then(|_| check_weight(*weight));
            checked.map_err(|problem| problem.at_path("$.weights"))?;
        }
        let was_there = !only_available || self.is_there_around(slot, at);
        fits(was_there, "agent", || {
            let agent = self.state.roster.agent_id(slot).unwrap_or_else(|| Id::from(""));
            format!("by this document {agent} is away at {at}, and for {AROUND_HOURS} hours around")
        })
    }

    fn is_distributed_in(&self, team: &Id) -> Checked {
        let is_theirs = self.it.for_team.as_ref().is_some_and(|it| it.team == *team);
        fits(is_theirs, "team", || self.is_not(&format!("distributed in the team {team}")))
    }

    /// Returns `true` if an agent whom a step chose for being available is available at about that instant. Corrections
    /// of time zone rules move a shift by an hour or two; the log of another document differs by more.
    fn is_there_around(&self, slot: AgentSlot, at: Instant) -> bool {
        const AROUND: i64 = AROUND_HOURS * 3_600_000;
        let Some(presence) = self.state.presence(slot) else { return false };
        let is_there = |at| presence.stretch_at(at).reason.state() == State::Available;
        let start = presence.stretch_at(at).start;
        is_there(at)
            || is_there(at.saturating_add(-AROUND))
            || (start > at.saturating_add(-AROUND) && is_there(start.saturating_add(-1)))
            || presence.next_with(State::Available, at) <= at.saturating_add(AROUND)
    }
}

/// Returns the rule and the step of an event that has to have both.
fn rule_and_step(rule: Option<&Id>, step: Option<usize>) -> Result<(&Id, usize), Problem> {
    rule.zip(step).ok_or_else(|| misfit("it names no rule with its step, and no team").at_path("$.step"))
}

/// Checks the id of the agent for whom another stands in, who may have been removed since.
fn check_substitute_for(absent: Option<&Id>) -> Checked {
    absent.map_or(Ok(()), |absent| check_id(absent).map_err(|problem| problem.at_path("$.substitute_for")))
}
