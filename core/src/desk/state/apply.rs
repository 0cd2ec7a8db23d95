//! Events into state: the only way a desk changes, so that its events rebuild it.

use std::sync::Arc;

use crate::availability::{Manual, Presence, Reason, State, Stretch};
use crate::desk::event::{Decision, Details, Event, Setting, UnassignedBecause, What};
use crate::desk::state::check::{foreign, misfit};
use crate::desk::state::{Conversation, ConversationRef, DeskState, Phase, Route};
use crate::model::{Id, OnRemoved, Strategy};
use crate::problem::{Problem, shortened};
use crate::routing::{AgentSlot, ChannelSlot, Failure, after_weighted_choice, hash};
use crate::time::Instant;

/// What an event about something unknown gives: the log is not this desk's.
type Applied = Result<(), Problem>;

impl DeskState {
    /// Applies an event.
    pub fn apply(&mut self, event: &Event) -> Applied {
        if let What::Refused { .. } = event.what {
            return Ok(());
        }
        if self.clock.is_none() {
            self.begin(event.at);
        }
        let (clock, seq) = (self.clock, self.seq);
        self.journal.note(|| super::journal::Undo::Clock(clock, seq));
        (self.clock, self.seq) = (Some(event.at), event.seq);
        self.apply_what(event)
    }

    fn apply_what(&mut self, event: &Event) -> Applied {
        let at = event.at;
        match &event.what {
            What::StatusChanged { agent, note, set, .. } => {
                let slot = self.known_agent(agent)?;
                match set {
                    Some(set) => self.set_status(slot, at, set, event.by.as_ref(), note.as_deref()),
                    None => self.turn_by_schedule(slot, at),
                }
                Ok(())
            }
            What::Opened { conversation, details, .. } => {
                self.add_conversation(conversation, details, event);
                Ok(())
            }
            What::Updated { conversation, details, goes_on } => {
                self.update(self.known(conversation)?, details, *goes_on, at)
            }
            What::Offered { conversation, agent, decision, until } => {
                let (reference, slot) = (self.known(conversation)?, self.known_agent(agent)?);
                self.note_choice(reference, slot, decision.as_ref(), event);
                let phase = Phase::Offered { agent: slot, until: *until, decision: decision.clone() };
                self.edit(reference, at, |it| (it.phase, it.unsettled) = (phase, false));
                Ok(())
            }
            What::Assigned { conversation, agent, team, decision, .. } => {
                let reference = self.known(conversation)?;
                match (agent, team) {
                    (Some(agent), _) => self.assign(reference, self.known_agent(agent)?, decision.as_ref(), event),
                    (None, Some(team)) => self.settle(reference, at, Phase::WithTeam { team: team.clone() }),
                    (None, None) => return Err(misfit("a conversation is assigned to an agent or to a team")),
                }
                Ok(())
            }
            What::Unassigned { conversation, reason, .. } => {
                let (reference, goes_on) = (self.known(conversation)?, self.is_routed_after(*reason));
                self.settle(reference, at, Phase::Unassigned);
                self.edit(reference, at, |it| it.unsettled = goes_on);
                Ok(())
            }
            What::OwnerNotified { conversation, agent, .. } => {
                let (reference, slot) = (self.known(conversation)?, self.known_agent(agent)?);
                self.settle(reference, at, Phase::Unassigned);
                self.edit(reference, at, |it| {
                    if !it.notified.contains(&slot) {
                        it.notified.push(slot);
                    }
                });
                Ok(())
            }
            What::SentToVoicemail { conversation, .. } => {
                self.settle(self.known(conversation)?, at, Phase::Voicemail);
                Ok(())
            }
            What::Queued { conversation, rule, step, from_step, until } => {
                let reference = self.known(conversation)?;
                let route = Route {
                    rule: self.known_rule(reference, rule)?,
                    from: from_step.unwrap_or(1).saturating_sub(1),
                    reached: step.saturating_sub(1),
                    wait_until: *until,
                    done: until.is_none(),
                };
                self.edit(reference, at, |it| {
                    (it.phase, it.route, it.unsettled) = (Phase::Waiting, Some(route), false);
                });
                Ok(())
            }
            What::StepEntered { conversation, step, until, .. } => {
                self.edit(self.known(conversation)?, at, |it| {
                    if let Some(route) = &mut it.route {
                        (route.reached, route.wait_until) = (step.saturating_sub(1), *until);
                    }
                });
                Ok(())
            }
            What::OfferExpired { conversation, agent } => self.end_offer(conversation, agent, at, Ending::Expired),
            What::OfferDeclined { conversation, agent } => self.end_offer(conversation, agent, at, Ending::Declined),
            What::OfferWithdrawn { conversation, agent } => self.end_offer(conversation, agent, at, Ending::Withdrawn),
            What::HandedToBot { conversation, bot, rule, step } => {
                self.hand_to_bot(self.known(conversation)?, bot, rule.as_ref(), *step, at)
            }
            What::Closed { conversation, .. } => {
                self.close(self.known(conversation)?, at);
                Ok(())
            }
            What::WrapUpEnded { conversation, .. } => {
                self.edit(self.known(conversation)?, at, |it| it.phase = Phase::Closed { wrapping: None });
                Ok(())
            }
            What::Reopened { conversation, woke } => {
                self.edit(self.known(conversation)?, at, |it| {
                    (it.phase, it.route, it.place, it.unsettled) = (Phase::Unassigned, None, None, true);
                    if !woke {
                        (it.queued_from, it.order) = (at, event.seq);
                        it.notified.clear();
                    }
                });
                Ok(())
            }
            What::Snoozed { conversation, until, .. } => {
                self.settle(self.known(conversation)?, at, Phase::Snoozed { until: *until });
                Ok(())
            }
            What::DeskChanged { .. } => {
                self.change(self.read_change(&event.what)?, at);
                Ok(())
            }
            What::Prioritized { conversation, priority, .. } => {
                self.edit(self.known(conversation)?, at, |it| it.place = Some(*priority));
                Ok(())
            }
            What::ScriptFailed { conversation, rule, step, failure, .. } => {
                let mark = failure_mark(rule, *step, failure);
                self.edit(self.known(conversation)?, at, |it| it.failures.push(mark));
                Ok(())
            }
            What::Started | What::Notice { .. } | What::Refused { .. } => Ok(()),
        }
    }

    /// Whether what is taken from somebody for such a reason is routed by the same command.
    fn is_routed_after(&self, reason: UnassignedBecause) -> bool {
        match reason {
            UnassignedBecause::AgentAway | UnassignedBecause::NoInboxAccess => true,
            UnassignedBecause::Removed => self.roster.settings.on_removed == OnRemoved::Route,
            UnassignedBecause::NoRule | UnassignedBecause::Otherwise | UnassignedBecause::Released => false,
        }
    }

    // ---- looking up

    fn known(&self, conversation: &Id) -> Result<ConversationRef, Problem> {
        self.find(conversation).ok_or_else(|| {
            foreign(&format!("the conversation {conversation:?}", conversation = shortened(conversation)))
        })
    }

    fn known_agent(&self, agent: &Id) -> Result<AgentSlot, Problem> {
        self.roster.slot(agent).ok_or_else(|| foreign(&format!("the agent {agent:?}", agent = shortened(agent))))
    }

    fn known_rule(&self, reference: ConversationRef, rule: &Id) -> Result<usize, Problem> {
        self.rule_index(reference, rule).ok_or_else(|| foreign(&format!("the rule {rule:?}", rule = shortened(rule))))
    }

    pub fn rule_index(&self, reference: ConversationRef, rule: &Id) -> Option<usize> {
        let channel = self.roster.channel(self.conversation(reference)?.channel?)?;
        channel.rules.iter().position(|plan| plan.id == *rule)
    }

    // ---- statuses

    fn turn_by_schedule(&mut self, slot: AgentSlot, at: Instant) {
        let natural = self.presence(slot).map(|presence| presence.stretch_at(at).start);
        if natural != Some(at) {
            self.edit_person(slot, |person| person.changed_at = Some(at));
        }
        self.announce_turn(slot, at);
    }

    fn set_status(&mut self, slot: AgentSlot, at: Instant, set: &Setting, by: Option<&Id>, note: Option<&str>) {
        let Some(MadeStatus { manual, since, .. }) = self.make_status(slot, at, set, by, note) else { return };
        self.edit_person(slot, |person| {
            person.manual = manual;
            person.changed_at = Some(since).filter(|since| *since > Instant::MIN);
        });
        self.announce_turn(slot, at);
    }

    /// What an agent's status becomes when it is set; none when it stays as it is: there is nothing to take back, or
    /// somebody else set the agent away for at least as long as they want to be away themselves.
    pub fn status_after(&self, slot: AgentSlot, at: Instant, set: &Setting, by: Option<&Id>) -> Option<Stretch> {
        let made = self.make_status(slot, at, set, by, None)?;
        let before = self.person(slot)?.manual.as_ref().and_then(|manual| manual.in_force(at));
        let agent = &self.roster.member(slot)?.entry.id;
        if let (State::Away, Some(until)) = (set.status, set.until)
            && by == Some(agent)
            && before.is_some_and(|before| before.is_away_by_other(agent) && until <= before.until)
        {
            return None;
        }
        (before.is_some() || made.manual.is_some()).then_some(made.stretch)
    }

    fn make_status(
        &self,
        slot: AgentSlot,
        at: Instant,
        set: &Setting,
        by: Option<&Id>,
        note: Option<&str>,
    ) -> Option<MadeStatus> {
        let (presence, member) = self.presence(slot).zip(self.roster.member(slot))?;
        let before = presence.stretch_at(at);
        let by_other = set.missed_offers || by.is_some_and(|by| *by != member.entry.id);
        let mut manual = self.manual(&presence, at, set, by_other);
        let after = Presence { manual: manual.as_ref(), changed_at: None, ..presence }.stretch_at(at);
        // What stays the same has been so for longer.
        let since = if before.reason == after.reason { before.start } else { at };
        if let Some(manual) = &mut manual {
            manual.from = if since == Instant::MIN { at } else { since };
            (manual.by, manual.note) = (by.cloned(), note.map(Arc::from));
        }
        Some(MadeStatus { manual, since, stretch: after })
    }

    fn manual(&self, presence: &Presence<'_>, at: Instant, set: &Setting, by_other: bool) -> Option<Manual> {
        let manual = |reason, until| Manual { reason, set_at: at, from: at, until, then: None, by: None, note: None };
        match (set.status, set.until) {
            (State::Available, _) => {
                let away = presence.schedule.stretch_at(at).reason.state() == State::Away;
                away.then(|| manual(Reason::SetAvailable, Manual::available_until(presence.schedule, at)))
            }
            (State::Away, Some(until)) => Some(Manual {
                then: presence.manual.and_then(|replaced| replaced.available_beneath(at)),
                ..manual(Reason::TemporarilyAway, until)
            }),
            (State::Away, None) => {
                let reason = if by_other { Reason::SetAwayByOther } else { Reason::SetAway };
                let away = manual(reason, Instant::MAX);
                Some(away.on(presence.schedule, self.roster.settings.away_ends_at_shift_start))
            }
        }
    }

    /// Announces a status, and counts a return.
    fn announce_turn(&mut self, slot: AgentSlot, at: Instant) {
        let was_away = self.person(slot).is_some_and(|person| person.stretch.reason.state() == State::Away);
        self.announce(slot, at);
        if was_away && self.standings.available.contains(slot) {
            self.edit_person(slot, |person| person.returns = person.returns.wrapping_add(1));
        }
    }

    // ---- conversations

    fn add_conversation(&mut self, id: &Id, details: &Details, event: &Event) {
        self.add(Conversation {
            id: id.clone(),
            channel: self.roster.channel_slot(&details.inbox, &details.channel),
            details: Arc::new(self.shared(details.clone())),
            opened_at: event.at,
            queued_from: event.at,
            order: event.seq,
            phase: Phase::Unassigned,
            unsettled: true,
            route: None,
            declined: Vec::new(),
            last_held: None,
            notified: Vec::new(),
            place: None,
            failures: Vec::new(),
        });
    }

    fn update(&mut self, reference: ConversationRef, details: &Details, goes_on: bool, at: Instant) -> Applied {
        let channel = self.roster.channel_slot(&details.inbox, &details.channel);
        let details = Arc::new(self.shared(details.clone()));
        let before = self.conversation(reference).map(|it| (Arc::clone(&it.details), it.last_held.is_some()));
        self.edit(reference, at, |it| {
            if !goes_on {
                leave_route(it, channel);
            }
            (it.details, it.channel) = (Arc::clone(&details), channel);
        });
        // A conversation that was held and is another contact's now was the last of neither or both.
        if let Some((before, true)) = before.filter(|(before, _)| before.contact_id() != details.contact_id()) {
            for contact in [before.contact_id(), details.contact_id()].into_iter().flatten() {
                self.find_last_agent(contact);
            }
        }
        Ok(())
    }

    /// Ends whatever was going on with a conversation.
    fn settle(&mut self, reference: ConversationRef, at: Instant, phase: Phase) {
        self.edit(reference, at, |it| (it.phase, it.route, it.place, it.unsettled) = (phase, None, None, false));
    }

    fn assign(&mut self, reference: ConversationRef, slot: AgentSlot, decision: Option<&Decision>, event: &Event) {
        let Some(conversation) = self.conversation(reference) else { return };
        let accepted = matches!(conversation.phase, Phase::Offered { agent, .. } if agent == slot);
        if accepted {
            self.edit_person(slot, |person| person.missed = 0);
        } else {
            self.note_choice(reference, slot, decision, event);
        }
        self.edit(reference, event.at, |it| {
            (it.phase, it.route, it.place, it.unsettled) = (Phase::Held { agent: slot }, None, None, false);
            it.last_held = Some((slot, event.seq));
        });
        let details = self.conversation(reference).map(|it| Arc::clone(&it.details));
        if let Some(contact) = details.as_ref().and_then(|details| details.contact_id()) {
            self.note_last_agent(contact, Some(slot));
        }
    }

    /// Notes that an agent was chosen, by a rule or by hand.
    fn note_choice(&mut self, reference: ConversationRef, slot: AgentSlot, decision: Option<&Decision>, event: &Event) {
        if let Some(decision) = decision {
            self.note_turn(reference, slot, decision, event);
        }
        self.edit_standing(slot, |standing| {
            (standing.last_assigned, standing.last_assigned_at) = (event.seq, Some(event.at));
        });
    }

    fn note_turn(&mut self, reference: ConversationRef, slot: AgentSlot, decision: &Decision, event: &Event) {
        let Some(rule) = self.rule_index(reference, &decision.rule) else { return };
        let Some(conversation) = self.conversation(reference) else { return };
        let Some((channel_slot, channel)) =
            conversation.channel.and_then(|channel| Some((channel, self.roster.channel(channel)?)))
        else {
            return;
        };
        if channel.rules.get(rule).is_none() {
            return;
        }
        let index = decision.step.saturating_sub(1);
        let key = (channel_slot, decision.rule.clone());
        let wait_until = self.wait_until(reference, rule, index, event.at);
        // What chose may be what the step falls to when its script fails.
        const WEIGHTED: Strategy = Strategy::WeightedRoundRobin;
        if decision.strategy == *WEIGHTED.as_str() {
            let pool = self.pool_by(WEIGHTED, reference, rule, index, event.at);
            let weights = pool.map(|pool| after_weighted_choice(&pool, slot).weights).unwrap_or_default();
            self.edit_ledger(key.clone(), |ledger| ledger.weights = weights);
        }
        self.edit_ledger(key, |ledger| ledger.note_turn(slot, event.seq));
        self.edit(reference, event.at, |it| {
            let route = it.route.take().filter(|route| route.rule == rule);
            it.route = Some(match route {
                Some(route) if route.reached >= index => route,
                route => {
                    Route { rule, from: route.map_or(0, |route| route.from), reached: index, wait_until, done: false }
                }
            });
        });
    }

    fn end_offer(&mut self, conversation: &Id, agent: &Id, at: Instant, ending: Ending) -> Applied {
        let (reference, slot) = (self.known(conversation)?, self.known_agent(agent)?);
        let returns = self.person(slot).map_or(0, |person| person.returns);
        match ending {
            Ending::Expired => self.count_missed(slot),
            Ending::Declined => self.edit_person(slot, |person| person.missed = 0),
            Ending::Withdrawn => {}
        }
        self.edit(reference, at, |it| {
            (it.phase, it.unsettled) = (Phase::Unassigned, true);
            if ending != Ending::Withdrawn {
                it.declined.retain(|(declined, _)| *declined != slot);
                it.declined.push((slot, returns));
            }
        });
        Ok(())
    }

    /// Counts an offer that expired; with the last of those that are borne, the count begins anew.
    fn count_missed(&mut self, slot: AgentSlot) {
        let before = self.person(slot).map_or(0, |person| person.missed);
        let missed = if self.is_one_too_many(before) { 0 } else { before.saturating_add(1) };
        self.edit_person(slot, |person| person.missed = missed);
    }

    /// Whether one more expired offer is one too many, after so many in a row.
    pub fn is_one_too_many(&self, missed: u32) -> bool {
        self.roster.settings.missed_offers_before_away.is_some_and(|most| missed.saturating_add(1) >= most)
    }

    fn hand_to_bot(
        &mut self,
        reference: ConversationRef,
        bot: &Id,
        rule: Option<&Id>,
        step: Option<usize>,
        at: Instant,
    ) -> Applied {
        let rule = rule.map(|rule| self.known_rule(reference, rule)).transpose()?;
        let last = |rule: usize| {
            let channel = self.conversation(reference).and_then(|it| self.roster.channel(it.channel?));
            channel.and_then(|channel| channel.rules.get(rule)).map_or(0, |plan| plan.steps.len().saturating_sub(1))
        };
        // The people come after the bot's step; after all steps, any of them may take it.
        let route = rule.map(|rule| match step {
            Some(step) => Route { rule, from: step, reached: step.saturating_sub(1), wait_until: None, done: false },
            None => Route { rule, from: 0, reached: last(rule), wait_until: None, done: true },
        });
        self.edit(reference, at, |it| {
            (it.phase, it.route, it.unsettled) = (Phase::WithBot { bot: bot.clone() }, route, false);
        });
        Ok(())
    }

    fn close(&mut self, reference: ConversationRef, at: Instant) {
        let wrap_up = self.conversation(reference).and_then(|it| {
            let wrap_up = self.roster.channel(it.channel?)?.entry.wrap_up?;
            (wrap_up.millis() > 0).then_some((it.holder()?, at.saturating_add(wrap_up.millis())))
        });
        self.settle(reference, at, Phase::Closed { wrapping: wrap_up });
    }
}

/// Equal for failures of which only the first is told: everything about them but what the message says.
pub fn failure_mark(rule: &Id, step: Option<usize>, failure: &Failure) -> u64 {
    /// Numbers in JSON keep to this.
    const BITS: u32 = 53;
    let Failure { script, script_version, hook, code, line, column, .. } = failure;
    hash(0, &format!("{rule} {step:?} {script:?} {script_version:?} {hook} {code} {line:?} {column:?}")) >> (64 - BITS)
}

/// A conversation that is routed again starts anew; what is with a bot goes on from there, in the same channel.
fn leave_route(conversation: &mut Conversation, channel: Option<ChannelSlot>) {
    if let Phase::Waiting = conversation.phase {
        (conversation.phase, conversation.unsettled) = (Phase::Unassigned, true);
    }
    if !matches!(conversation.phase, Phase::WithBot { .. }) || conversation.channel != channel {
        (conversation.route, conversation.place) = (None, None);
    }
}

/// A status as it is made, before it is set.
struct MadeStatus {
    manual: Option<Manual>,
    since: Instant,
    stretch: Stretch,
}

/// How an offer ended without being accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ending {
    Expired,
    Declined,
    Withdrawn,
}
