//! Checks that a snapshot can be of a desk with its document: numbers, ids, references, phases and their combinations.
//!
//! The whole snapshot is checked before any of it is used. It is not compared with schedules, because a desk continues
//! under another tz database.

use std::fmt::Display;

use rustc_hash::FxHashSet;

use super::{
    AgentState, BlockState, ConversationState, ForTeamState, HiddenState, ManualState, OfferState, PhaseState,
    RequeueState, Restored, RouteState, RuleState,
};
use crate::availability::{CompiledChannel, Reason, Roster};
use crate::conversation::FilteredBecause;
use crate::desk::event::{Decision, UnassignedBecause};
use crate::desk::state::check::{MOST_FAILURES, MOST_HIDDEN, check_details, check_id, check_integer, check_weight};
use crate::model::{Address, Id, MOST_GIVEN};
use crate::problem::{Code, Problem, shortened};
use crate::read::{MAX_INTEGER, Wrong};
use crate::time::Instant;

type Checked = Result<(), Wrong>;

/// The largest number of a last event: as many can follow, a million a second for 142 years, and are exact in every
/// language.
const MOST_SEQ: u64 = 1 << 52;

/// The hint for a snapshot that is not of this desk.
const HINT: &str = "restore the snapshot as it was written, or apply the events of the desk to its document";

fn wrong(code: Code, why: String) -> Wrong {
    Problem::new(code, format!("this is not a snapshot of this desk: {why}")).with_hint(HINT).into()
}

/// Turns a problem of a check that is shared with events into one under a key of the snapshot.
fn under(key: &str) -> impl Fn(Problem) -> Wrong + '_ {
    move |problem| wrong(problem.code, problem.message).at(key)
}

fn holds(holds: bool, key: &str, why: impl FnOnce() -> String) -> Checked {
    if holds { Ok(()) } else { Err(wrong(Code::Conflict, why()).at(key)) }
}

fn unknown(what: &str, id: &Id) -> Wrong {
    wrong(Code::UnknownReference, format!("there is no {what} {:?}", shortened(id)))
}

/// Checks that a number is from 0 to the largest allowed.
fn at_most(number: u64, most: u64) -> Checked {
    if number <= most {
        return Ok(());
    }
    Err(wrong(Code::OutOfRange, format!("{number} is not from 0 to {most}")))
}

/// Puts the problem of a check under a key.
fn at(key: &str, checked: Checked) -> Checked {
    checked.map_err(|wrong| wrong.at(key))
}

/// Checks that an instant is not after another.
fn not_after(earlier: Option<Instant>, later: Instant, key: &str, what: &str) -> Checked {
    holds(earlier.is_none_or(|earlier| earlier <= later), key, || format!("it is after {what}, {later}"))
}

/// Checks that an instant is not before another.
fn not_before(later: Option<Instant>, earlier: Instant, key: &str, what: &str) -> Checked {
    holds(later.is_none_or(|later| later >= earlier), key, || format!("it is before {what}, {earlier}"))
}

fn each<'a, T>(list: &'a [T], key: &str, mut check: impl FnMut(&'a T) -> Checked) -> Checked {
    let checked = |(index, it)| check(it).map_err(|wrong: Wrong| wrong.nth(index));
    list.iter().enumerate().try_for_each(checked).map_err(|wrong| wrong.at(key))
}

/// Checks that the elements of a list differ in a key.
fn differ<K: std::hash::Hash + Eq + Ord>(seen: &mut FxHashSet<K>, key: K, told: impl Display) -> Checked {
    is_new(seen.insert(key), told)
}

pub(super) fn is_new(is_new: bool, told: impl Display) -> Checked {
    if is_new { Ok(()) } else { Err(wrong(Code::DuplicateId, format!("{told} is there already"))) }
}

/// Checks the number of a conversation: it was opened after that before it, and by an event.
pub(super) fn check_number(number: u64, next: u64, seq: u64) -> Checked {
    holds(number >= next && number < seq, "number", || format!("{number} is not from {next} up to {seq}"))
}

impl Restored {
    /// Checks that all of it but the conversations can be of a desk with this roster.
    pub(super) fn check(&self, roster: &Roster) -> Checked {
        at("seq", at_most(self.seq, MOST_SEQ))?;
        at("turn", at_most(self.turn, self.seq.saturating_add(1)))?;
        let Some(now) = self.at else { return self.check_before_first() };
        holds(now < Instant::MAX, "at", || "the time of a desk ends before 2200".to_owned())?;
        holds(self.seq > 0, "seq", || "a desk that is at an instant had an event".to_owned())?;
        not_after(self.forgets_from, now, "forgets_from", "the last event")?;
        at("opened", at_most(self.opened.unwrap_or_default(), self.seq))?;
        let snapshot = Outside { roster, now, seq: self.seq, forgets_from: self.forgets_from };
        let mut agents = FxHashSet::default();
        each(&self.agents, "agents", |it| {
            at("agent", differ(&mut agents, &it.agent, format_args!("the agent {:?}", it.agent)))?;
            snapshot.check_agent(it)
        })?;
        let mut blocks = FxHashSet::default();
        each(&self.blocks, "blocks", |it| {
            snapshot.check_block(it)?;
            differ(&mut blocks, (&it.sender, &it.inbox), format_args!("the block of {:?}", it.sender))
        })?;
        let mut rules = FxHashSet::default();
        each(&self.rules, "rules", |it| {
            let key = (&it.inbox, &it.channel, &it.rule);
            at("rule", differ(&mut rules, key, format_args!("the rule {:?}", it.rule)))?;
            snapshot.check_rule(it)
        })
    }

    /// Checks a desk without an instant: it had no event, so its state is its document alone.
    fn check_before_first(&self) -> Checked {
        holds(self.seq == 0, "seq", || "a desk that had an event is at an instant, \"at\"".to_owned())?;
        let nothing =
            |key: &str, is: bool| holds(is, key, || "before the first event there is nothing here".to_owned());
        nothing("forgets_from", self.forgets_from.is_none())?;
        nothing("opened", self.opened.is_none())?;
        nothing("blocks", self.blocks.is_empty())?;
        nothing("conversations", self.conversations.is_empty())?;
        nothing("rules", self.rules.is_empty())?;
        let told = |it: &AgentState| {
            let instants = [it.changed_at, it.last_assigned_at, it.idle_since];
            it.manual.is_some()
                || instants.iter().any(Option::is_some)
                || it.returns > 0
                || it.missed > 0
                || it.last_assigned > 0
                || !it.given.is_empty()
        };
        nothing("agents", !self.agents.iter().any(told))
    }
}

/// The context against which the parts of a snapshot are checked.
pub(super) struct Outside<'a> {
    pub roster: &'a Roster,
    pub now: Instant,
    pub seq: u64,
    pub forgets_from: Option<Instant>,
}

impl Outside<'_> {
    fn not_later(&self, at: Option<Instant>, key: &str) -> Checked {
        not_after(at, self.now, key, "the instant of the desk")
    }

    fn not_over(&self, at: Option<Instant>, key: &str) -> Checked {
        not_before(at, self.now, key, "the instant of the desk")
    }

    /// Checks the number of an event, or 0 for none.
    fn check_seq(&self, number: u64, key: &str) -> Checked {
        at(key, at_most(number, self.seq))
    }

    fn check_known_agent(&self, agent: &Id) -> Checked {
        self.roster.slot(agent).map(|_| ()).ok_or_else(|| unknown("agent", agent))
    }

    // ---- agents

    fn check_agent(&self, it: &AgentState) -> Checked {
        at("agent", self.check_known_agent(&it.agent))?;
        it.manual.iter().try_for_each(|manual| self.check_manual(manual)).map_err(|wrong| wrong.at("manual"))?;
        self.not_later(it.changed_at, "changed_at")?;
        self.check_seq(it.returns, "returns")?;
        self.check_seq(it.last_assigned, "last_assigned")?;
        self.not_later(it.last_assigned_at, "last_assigned_at")?;
        at("given", at_most(it.given.len() as u64, MOST_GIVEN))?;
        holds(it.given.is_sorted(), "given", || "they are not in their order".to_owned())?;
        self.not_later(it.given.last().copied(), "given")?;
        self.not_later(it.idle_since, "idle_since")
    }

    fn check_manual(&self, it: &ManualState) -> Checked {
        let by_hand = [Reason::SetAvailable, Reason::SetAway, Reason::SetAwayByOther, Reason::TemporarilyAway]
            .contains(&it.reason);
        holds(by_hand, "reason", || format!("{} is not set by hand", it.reason))?;
        self.not_later(Some(it.set_at), "set_at")?;
        not_after(Some(it.from), it.set_at, "from", "the instant at which it was set")?;
        not_before(Some(it.until), it.set_at, "until", "the instant at which it was set")?;
        it.by.iter().try_for_each(check_id).map_err(under("by"))?;
        it.status
            .iter()
            .try_for_each(|status| self.check_own_status(status, it))
            .map_err(|wrong| wrong.at("status"))?;
        let Some(then) = &it.then else { return Ok(()) };
        let beneath =
            it.reason == Reason::TemporarilyAway && then.reason == Reason::SetAvailable && then.then.is_none();
        holds(beneath, "then", || "only a set available holds again, after an away for a while".to_owned())?;
        self.check_manual(then).map_err(|wrong| wrong.at("then"))
    }

    /// Checks a status of the document. One that is over may have been taken out of it since.
    fn check_own_status(&self, status: &Id, it: &ManualState) -> Checked {
        match self.roster.own_status(status) {
            Some(own) if own.state == it.reason.state() => Ok(()),
            None if it.until <= self.now => Ok(()),
            Some(own) if it.until > self.now => {
                let message = format!("the status {:?} is one of {}", shortened(status), own.state);
                Err(wrong(Code::Conflict, message))
            }
            Some(_) => Ok(()),
            None => Err(unknown("status", status)),
        }
    }

    // ---- rules

    fn channel(&self, inbox: &Id, channel: &Id) -> Option<&CompiledChannel> {
        self.roster.channel(self.roster.channel_slot(inbox, channel)?)
    }

    fn check_rule(&self, it: &RuleState) -> Checked {
        let channel =
            self.channel(&it.inbox, &it.channel).ok_or_else(|| unknown("channel", &it.channel).at("channel"))?;
        let known = channel.entry.rules.iter().any(|plan| plan.id == it.rule);
        if !known {
            return Err(unknown("rule", &it.rule).at("rule"));
        }
        for (agent, turn) in &it.turns {
            let checked = at(agent, self.check_known_agent(agent)).and_then(|()| self.check_seq(*turn, agent));
            checked.map_err(|wrong| wrong.at("turns"))?;
        }
        for (agent, weight) in &it.weights {
            let checked =
                at(agent, self.check_known_agent(agent)).and_then(|()| check_weight(*weight).map_err(under(agent)));
            checked.map_err(|wrong| wrong.at("weights"))?;
        }
        Ok(())
    }

    /// Checks a block, whose address is written as addresses are compared.
    fn check_block(&self, it: &BlockState) -> Checked {
        check_id(&it.sender).map_err(under("sender"))?;
        let is_address = Address::of(&it.sender).as_id() == &it.sender;
        holds(is_address, "sender", || "an address stands there as it is compared, in lower case".to_owned())?;
        match &it.inbox {
            Some(inbox) if self.roster.inbox(inbox).is_none() => Err(unknown("inbox", inbox).at("inbox")),
            _ => Ok(()),
        }
    }

    // ---- conversations

    /// Checks a conversation that comes after those that were opened before. Their places in the queue are in `orders`.
    pub(super) fn check_next(
        &self,
        it: &ConversationState<'_>,
        orders: &mut FxHashSet<u64>,
        opened_before: Instant,
    ) -> Checked {
        let mut differs = |order| differ(orders, order, format_args!("the place {order} in the queue"));
        at("order", it.order.into_iter().try_for_each(&mut differs))?;
        not_before(Some(it.opened_at), opened_before, "opened_at", "the conversation before it was opened")?;
        self.check_conversation(it)
    }

    fn check_conversation(&self, it: &ConversationState<'_>) -> Checked {
        check_id(&it.conversation).map_err(under("conversation"))?;
        check_details(&it.details).map_err(under("details"))?;
        self.check_place(it)?;
        let is_way = !it.unsettled || matches!(it.phase, PhaseState::Unassigned);
        holds(is_way, "unsettled", || format!("what is {} is not on its way", it.phase.word()))?;
        let channel = self.channel(&it.details.inbox, &it.details.channel);
        self.check_phase(it, channel).map_err(|wrong| wrong.at("phase"))?;
        it.route
            .iter()
            .try_for_each(|route| self.check_route(it, route, channel))
            .map_err(|wrong| wrong.at("route"))?;
        let for_team = it.for_team.as_ref();
        at("for_team", for_team.map_or(Ok(()), |for_team| self.check_for_team(it, for_team)))?;
        let mut declined = FxHashSet::default();
        each(&it.declined, "declined", |decline| {
            let agent = decline.agent();
            let mut differs = || differ(&mut declined, agent, format_args!("the agent {agent:?}"));
            self.check_known_agent(agent).and_then(|()| differs()).map_err(|wrong| wrong.nth(0))
        })?;
        if let Some((agent, order)) = &it.last_held {
            let is_known = self.check_known_agent(agent).map_err(|wrong| wrong.nth(0));
            let order = || at_most(*order, self.seq).map_err(|wrong| wrong.nth(1));
            at("last_held", is_known.and_then(|()| order()))?;
        }
        it.former_holder.iter().try_for_each(check_id).map_err(under("former_holder"))?;
        let is_one = it.former_holder.is_none() || it.last_held.is_none();
        holds(is_one, "former_holder", || "somebody else held it last".to_owned())?;
        self.check_end(it)?;
        self.check_messages(it)?;
        self.check_repliers(it)?;
        let mut notified = FxHashSet::default();
        each(&it.notified, "notified", |agent| {
            self.check_known_agent(agent)?;
            differ(&mut notified, agent, format_args!("the agent {agent:?}"))
        })?;
        it.place.iter().try_for_each(|place| check_integer("the place", *place)).map_err(under("place"))?;
        let is_routed = it.again_at.is_none() || it.route.is_some() && !matches!(it.phase, PhaseState::WithBot { .. });
        holds(is_routed, "again_at", || "no script is asked about what is not routed".to_owned())?;
        self.not_over(it.again_at, "again_at")?;
        at("requeue", it.requeue.as_ref().map_or(Ok(()), |requeue| self.check_requeue(it, requeue)))?;
        at("failures", at_most(it.failures.len() as u64, MOST_FAILURES as u64))?;
        each(&it.failures, "failures", |mark| at_most(*mark, MAX_INTEGER as u64))
    }

    /// Checks the instants of its messages, and those that are hidden.
    fn check_messages(&self, it: &ConversationState<'_>) -> Checked {
        for (key, at) in [("last_message_at", it.last_message_at), ("visitor_wrote_at", it.visitor_wrote_at)] {
            self.not_later(at, key)?;
            not_before(at, it.opened_at, key, "the instant at which it was opened")?;
        }
        let last = it.last_message_at.unwrap_or(it.opened_at);
        not_after(it.visitor_wrote_at, last, "visitor_wrote_at", "the last message")?;
        let mut hidden = FxHashSet::default();
        at("hidden", at_most(it.hidden.len() as u64, MOST_HIDDEN as u64))?;
        each(&it.hidden, "hidden", |HiddenState { message, by }| {
            check_id(message).map_err(under("message"))?;
            by.iter().try_for_each(check_id).map_err(under("by"))?;
            differ(&mut hidden, message, format_args!("the message {message:?}"))
        })
    }

    /// Checks those who replied, which an open conversation remembers.
    fn check_repliers(&self, it: &ConversationState<'_>) -> Checked {
        let are_known = it.repliers.is_empty() || it.phase.is_open();
        holds(are_known, "repliers", || format!("what is {} has none", it.phase.word()))?;
        let mut repliers = FxHashSet::default();
        each(&it.repliers, "repliers", |agent| {
            self.check_known_agent(agent)?;
            differ(&mut repliers, agent, format_args!("the agent {agent:?}"))
        })
    }

    /// Checks when it is given back: if it was to be by now, nobody would hold it.
    fn check_requeue(&self, it: &ConversationState<'_>, requeue: &RequeueState) -> Checked {
        let RequeueState { at, reason } = requeue;
        self.not_over(Some(*at), "at")?;
        let is_reason = matches!(reason, UnassignedBecause::ShiftEnded | UnassignedBecause::OutOfOffice);
        holds(is_reason, "reason", || format!("nothing is given back for the reason {reason}"))?;
        holds(matches!(it.phase, PhaseState::Held { .. }), "at", || "nobody holds it, to give it back".to_owned())
    }

    /// Checks the instant at which it ended: if it was to be forgotten by now, it would not be there.
    fn check_end(&self, it: &ConversationState<'_>) -> Checked {
        self.not_later(it.ended_at, "ended_at")?;
        not_before(it.ended_at, it.opened_at, "ended_at", "the instant at which it was opened")?;
        let remembered = self
            .roster
            .settings
            .forget_closed_after
            .filter(|_| matches!(it.phase, PhaseState::Closed | PhaseState::Sent | PhaseState::Filtered { .. }));
        let forgotten_at = remembered.zip(it.ended_at).map(|(after, ended)| {
            let forgotten_at = ended.saturating_add(after.millis());
            self.forgets_from.map_or(forgotten_at, |from| forgotten_at.max(from))
        });
        not_before(forgotten_at, self.now, "ended_at", "what was forgotten by the instant of the desk")
    }

    /// Checks the place in the queue, which every conversation has that is not over.
    fn check_place(&self, it: &ConversationState<'_>) -> Checked {
        let is_over = it.phase.is_over();
        let needed =
            |is: bool, key| holds(is || is_over, key, || "it is missing, and the conversation is not over".to_owned());
        needed(it.queued_from.is_some(), "queued_from")?;
        needed(it.order.is_some(), "order")?;
        self.not_later(it.queued_from, "queued_from")?;
        let queued_from = it.queued_from.unwrap_or(self.now);
        not_after(Some(it.opened_at), queued_from, "opened_at", "the instant from which it is queued")?;
        holds(it.order != Some(0), "order", || "the first event is number 1".to_owned())?;
        it.order.iter().try_for_each(|order| self.check_seq(*order, "order"))
    }

    fn check_phase(&self, it: &ConversationState<'_>, channel: Option<&CompiledChannel>) -> Checked {
        let is_over = it.phase.is_over() || matches!(it.phase, PhaseState::WrappedUp { .. });
        if channel.is_none() && !is_over {
            let why = format!("there is no channel {:?} in {:?}, and it is open", it.details.channel, it.details.inbox);
            return Err(wrong(Code::UnknownReference, why));
        }
        let checked = match &it.phase {
            PhaseState::Waiting => {
                let by_rule = it.route.as_ref().is_some_and(|route| route.done == route.wait_until.is_none());
                let waits = by_rule != it.for_team.is_some();
                const WHY: &str = "what waits has a route, with an end of the wait or all steps done, or a team";
                return if waits { Ok(()) } else { Err(wrong(Code::Conflict, WHY.to_owned())) };
            }
            PhaseState::Offered { agent, until, decision, substitute_for, also } => {
                let mut offered = FxHashSet::from_iter([agent]);
                check_substitute_for(substitute_for.as_ref())
                    .and_then(|()| self.check_offer(agent, *until, decision.as_ref()))
                    .and_then(|()| {
                        each(also, "also", |OfferState { agent, until, decision, substitute_for }| {
                            at("agent", differ(&mut offered, agent, format_args!("the offer to {agent}")))?;
                            check_substitute_for(substitute_for.as_ref())?;
                            self.check_offer(agent, *until, decision.as_ref())
                        })
                    })
            }
            PhaseState::Held { agent } => at("agent", self.check_known_agent(agent)),
            PhaseState::WithTeam { team } => {
                self.roster.team(team).map(|_| ()).ok_or_else(|| unknown("team", team).at("team"))
            }
            PhaseState::WithBot { bot, closes_at } => {
                check_id(bot).map_err(under("bot")).and_then(|()| self.not_over(*closes_at, "closes_at"))
            }
            PhaseState::Filtered { reason, matched } => check_filtered(*reason, matched.as_ref()),
            PhaseState::Trashed { until, was } => self.not_over(*until, "until").and_then(|()| match &**was {
                PhaseState::Filtered { reason, matched } => {
                    at("was", at("filtered", check_filtered(*reason, matched.as_ref())))
                }
                PhaseState::Unassigned | PhaseState::Closed | PhaseState::Sent => Ok(()),
                other => holds(false, "was", || format!("nothing is {} when it comes out of the trash", other.word())),
            }),
            PhaseState::Snoozed { until, agent } => {
                at("agent", agent.iter().try_for_each(|agent| self.check_known_agent(agent)))
                    .and_then(|()| self.not_over(*until, "until"))
            }
            PhaseState::WrappedUp { agent, until } => {
                at("agent", self.check_known_agent(agent)).and_then(|()| self.not_over(Some(*until), "until"))
            }
            PhaseState::Unassigned | PhaseState::Voicemail | PhaseState::Closed | PhaseState::Sent => Ok(()),
        };
        checked.map_err(|wrong| wrong.at(it.phase.word()))
    }

    fn check_offer(&self, agent: &Id, until: Option<Instant>, decision: Option<&Decision>) -> Checked {
        at("agent", self.check_known_agent(agent))?;
        holds(until.is_some(), "until", || "an offer has an end".to_owned())?;
        self.not_over(until, "until")?;
        decision.into_iter().try_for_each(check_decision)
    }

    fn check_for_team(&self, it: &ConversationState<'_>, for_team: &ForTeamState) -> Checked {
        let ForTeamState { team, rule } = for_team;
        self.roster.team(team).map(|_| ()).ok_or_else(|| unknown("team", team).at("team"))?;
        rule.iter().try_for_each(check_id).map_err(under("rule"))?;
        let is_routed = matches!(it.phase, PhaseState::Waiting | PhaseState::Offered { .. })
            || it.unsettled && matches!(it.phase, PhaseState::Unassigned);
        holds(is_routed, "team", || format!("what is {} is not distributed", it.phase.word()))?;
        holds(it.route.is_none(), "team", || "a rule routes it".to_owned())
    }

    fn check_route(
        &self,
        it: &ConversationState<'_>,
        route: &RouteState,
        channel: Option<&CompiledChannel>,
    ) -> Checked {
        let (waits, offered) =
            (matches!(it.phase, PhaseState::Waiting), matches!(it.phase, PhaseState::Offered { .. }));
        let with_bot = matches!(it.phase, PhaseState::WithBot { .. });
        let on_its_way = it.unsettled && matches!(it.phase, PhaseState::Unassigned);
        let is_routed = waits || offered || with_bot || on_its_way;
        holds(is_routed, "rule", || format!("what is {} is not routed", it.phase.word()))?;
        let plan = channel.and_then(|channel| channel.entry.rules.iter().find(|plan| plan.id == route.rule));
        let steps = plan.ok_or_else(|| unknown("rule", &route.rule).at("rule"))?.steps.len() as u64;
        // A rule may have fewer steps now than when it gave the conversation to a bot; it continues from the last of
        // them.
        let most = if with_bot { u64::from(u32::MAX) } else { steps };
        at("reached", at_most(route.reached as u64, if with_bot { most } else { steps.saturating_sub(1) }))?;
        at("from", at_most(route.from as u64, most))?;
        if waits { self.not_over(route.wait_until, "wait_until") } else { Ok(()) }
    }
}

/// Checks why a conversation is in the spam: by hand, or for what it matched, which may have been erased.
fn check_filtered(reason: FilteredBecause, matched: Option<&Id>) -> Checked {
    holds(reason.fits(matched), "matched", || {
        format!("the reason {reason} and what it matched contradict each other")
    })?;
    matched.map_or(Ok(()), |matched| check_id(matched).map_err(under("matched")))
}

fn check_substitute_for(absent: Option<&Id>) -> Checked {
    absent.map_or(Ok(()), |absent| check_id(absent).map_err(under("substitute_for")))
}

fn check_decision(decision: &Decision) -> Checked {
    let both = decision.rule.is_some() == decision.step.is_some();
    let (rule, step) = (decision.rule.as_ref(), decision.step.unwrap_or(1));
    holds(both, "step", || "a rule and its step belong together".to_owned())
        .and_then(|()| rule.map_or(Ok(()), |rule| check_id(rule).map_err(under("rule"))))
        .and_then(|()| holds(step > 0, "step", || "the first step is number 1".to_owned()))
        .and_then(|()| at("step", at_most(step as u64, u64::from(u32::MAX))))
        .and_then(|()| check_id(&decision.strategy).map_err(under("strategy")))
        .map_err(|wrong| wrong.at("decision"))
}
