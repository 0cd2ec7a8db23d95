//! Applying events to the state: the only way in which a desk changes, so that its events rebuild it.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use crate::availability::{AgentSlot, ChannelSlot, Reason, State, hash};
use crate::desk::event::{AssignedBecause, Decision, Details, Event, EventKind, UnassignedBecause};
use crate::desk::state::check::misfit;
use crate::desk::state::journal::Undo;
use crate::desk::state::recent_details::RecentDetails;
use crate::desk::state::{
    Conversation, ConversationRef, Decline, DeskState, ForTeam, Offer, Phase, Requeue, Resolved, Route,
};
use crate::model::{Address, Id, MessageFrom, OnRemoved, Wait};
use crate::problem::Problem;
use crate::routing::extension::GivenPriority;
use crate::routing::{Failure, Plan, RuleRef, StepRef};
use crate::time::Instant;

/// The result of applying an event: a problem if the event is not of this desk.
type Applied = Result<(), Problem>;

impl DeskState {
    /// Applies an event with its resolved handles. It reads no schedule, script or strategy: the event contains their
    /// results.
    ///
    /// The agents whose schedule changed with the document are refreshed afterwards, by
    /// [`refresh_stale`](Self::refresh_stale).
    pub fn apply(&mut self, event: &Event, on: Resolved) -> Applied {
        let (clock, seq) = (self.clock, self.seq);
        self.journal.note(|| Undo::Clock(clock, seq));
        (self.clock, self.seq) = (Some(event.at), event.seq);
        match &event.kind {
            EventKind::StatusChanged { reason, until, note, set, requeue_at, .. } => {
                let (slot, until) = (needed(on.agent)?, until.unwrap_or(Instant::MAX));
                match set {
                    Some(set) => self.set_status(slot, event, *reason, until, set, note.as_deref()),
                    None => self.turn(slot, event.at, *reason, until),
                }
                self.note_requeue(slot, event.at, *reason, *requeue_at);
                Ok(())
            }
            EventKind::Opened { conversation, details, .. } => {
                self.add_conversation(conversation, details, event);
                Ok(())
            }
            EventKind::DeskChanged { .. } => {
                self.change(needed(on.change)?, event.at);
                Ok(())
            }
            EventKind::Erased { contact } => {
                self.erase(contact);
                Ok(())
            }
            EventKind::Blocked { sender, inbox } => {
                self.set_blocked(&Address::of(sender), inbox.as_ref(), true);
                Ok(())
            }
            EventKind::Unblocked { sender, inbox } => {
                self.set_blocked(&Address::of(sender), inbox.as_ref(), false);
                Ok(())
            }
            EventKind::Started | EventKind::Notice { .. } | EventKind::Refused { .. } => Ok(()),
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
            | EventKind::OwnerNotified { .. }
            | EventKind::SentToVoicemail { .. }
            | EventKind::Queued { .. }
            | EventKind::StepEntered { .. }
            | EventKind::OfferExpired { .. }
            | EventKind::OfferDeclined { .. }
            | EventKind::OfferWithdrawn { .. }
            | EventKind::HandedToBot { .. }
            | EventKind::Closed { .. }
            | EventKind::WrapUpEnded { .. }
            | EventKind::Forgotten { .. }
            | EventKind::Reopened { .. }
            | EventKind::Snoozed { .. }
            | EventKind::Prioritized { .. }
            | EventKind::ScriptFailed { .. } => self.apply_to_conversation(needed(on.conversation)?, event, on),
        }
    }

    fn apply_to_conversation(&mut self, reference: ConversationRef, event: &Event, on: Resolved) -> Applied {
        let at = event.at;
        match &event.kind {
            EventKind::Updated { details, goes_on, .. } => self.update(reference, details, *goes_on, at),
            EventKind::Offered { decision, substitute_for, until, wait_until, .. } => {
                let slot = needed(on.agent)?;
                self.note_choice(reference, slot, decision.as_ref(), on.weights, event);
                let decision = decision.clone().map(|decision| Decision { weights: BTreeMap::new(), ..decision });
                self.enter_rule(reference, decision.as_ref().zip(on.rule), *wait_until, at);
                let offer = Offer { agent: slot, until: *until, decision, substitute_for: substitute_for.clone() };
                self.edit(reference, at, |it| {
                    let it = it.progress_mut();
                    it.unsettled = false;
                    it.add_offer(offer);
                });
            }
            EventKind::Assigned { team, decision, .. } => match (on.agent, team) {
                (Some(slot), _) => self.assign(reference, slot, decision.as_ref(), on.weights, event),
                (None, Some(team)) => self.settle(reference, at, Phase::WithTeam { team: team.clone() }),
                (None, None) => return Err(misfit("a conversation is assigned to an agent or to a team")),
            },
            EventKind::Unassigned { reason, waiting_limit, .. } => {
                let goes_on = self.is_routed_after(*reason);
                self.settle(reference, at, Phase::Unassigned);
                self.edit(reference, at, |it| {
                    it.unsettled = goes_on;
                    it.limited |= waiting_limit.is_some();
                });
            }
            EventKind::Kept { .. } => self.edit(reference, at, |it| it.requeue = None),
            EventKind::OwnerNotified { waiting_limit, .. } => {
                let slot = needed(on.agent)?;
                self.settle(reference, at, Phase::Unassigned);
                self.edit(reference, at, |it| {
                    let it = it.progress_mut();
                    it.limited |= waiting_limit.is_some();
                    if !it.notified.contains(&slot) {
                        it.notified.push(slot);
                    }
                });
            }
            EventKind::SentToVoicemail { waiting_limit, .. } => self.edit(reference, at, |it| {
                it.settle(Phase::Voicemail);
                it.limited |= waiting_limit.is_some();
            }),
            EventKind::Queued { rule, team: Some(team), .. } => {
                let for_team = Arc::new(ForTeam { team: team.clone(), rule: rule.clone() });
                self.edit(reference, at, |it| {
                    let it = it.progress_mut();
                    it.settle(Phase::Waiting);
                    it.for_team = Some(for_team);
                });
            }
            EventKind::Queued { step, from_step, until, .. } => {
                let route = Route {
                    rule: needed(on.rule)?,
                    from: StepRef::numbered(from_step.unwrap_or(1)),
                    reached: StepRef::numbered(needed(*step)?),
                    wait_until: *until,
                    done: until.is_none(),
                };
                self.edit(reference, at, |it| {
                    let it = it.progress_mut();
                    (it.phase, it.route, it.unsettled) = (Phase::Waiting, Some(route), false);
                });
            }
            EventKind::StepEntered { step, until, .. } => self.edit(reference, at, |it| {
                if let Some(route) = &mut it.route {
                    (route.reached, route.wait_until) = (StepRef::numbered(*step), *until);
                }
            }),
            EventKind::OfferExpired { .. } => self.end_offer(reference, needed(on.agent)?, at, Ending::Expired),
            EventKind::OfferDeclined { .. } => self.end_offer(reference, needed(on.agent)?, at, Ending::Declined),
            EventKind::OfferWithdrawn { .. } => self.end_offer(reference, needed(on.agent)?, at, Ending::Withdrawn),
            EventKind::HandedToBot { bot, rule, step, waiting_limit, closes_at, .. } => {
                let rule = rule.is_some().then(|| needed(on.rule)).transpose()?;
                self.hand_to_bot(reference, (bot, *closes_at), rule, *step, at);
                if waiting_limit.is_some() {
                    self.edit(reference, at, |it| it.limited = true);
                }
            }
            EventKind::Closed { until, .. } => {
                let holder = self.conversation(reference).and_then(|it| it.holder());
                self.edit(reference, at, |it| it.close(at, holder.zip(*until)));
            }
            EventKind::MessageNoted { from, closes_at, .. } => self.apply_message(reference, event, *from, *closes_at),
            EventKind::Sent { .. } => self.edit(reference, at, |it| {
                it.settle(Phase::Sent);
                (it.ended_at, it.visitor_wrote_at) = (at, None);
            }),
            EventKind::Filtered { reason, matched, .. } => self.edit(reference, at, |it| {
                it.settle(Phase::Filtered { reason: *reason, matched: matched.clone() });
                it.ended_at = at;
            }),
            EventKind::Unfiltered { .. } => self.edit(reference, at, |it| it.arrive(at, event.seq)),
            EventKind::Trashed { until, .. } => self.edit(reference, at, |it| {
                let was = Box::new(it.phase.after_trash());
                it.settle(Phase::Trashed { until: *until, was });
                it.ended_at = at;
            }),
            EventKind::Restored { .. } => self.edit(reference, at, |it| match it.phase.after_trash() {
                Phase::Unassigned => it.arrive(at, event.seq),
                Phase::Closed { .. } => it.close(at, None),
                phase => {
                    it.settle(phase);
                    it.ended_at = at;
                }
            }),
            EventKind::Hidden { message, .. } => {
                self.edit(reference, at, |it| it.hide(message.clone(), event.by.clone()));
            }
            EventKind::Unhidden { message, .. } => self.edit(reference, at, |it| it.unhide(message)),
            EventKind::Forgotten { .. } => self.forget_conversation(reference),
            EventKind::WrapUpEnded { .. } => {
                self.edit(reference, at, |it| it.close(at, None));
            }
            EventKind::Reopened { woke, .. } => self.edit(reference, at, |it| {
                let it = it.progress_mut();
                (it.phase, it.unsettled) = (Phase::Unassigned, true);
                it.leave_route();
                if !woke {
                    (it.queued_from, it.order) = (at, event.seq);
                    it.begin_anew();
                }
            }),
            EventKind::Snoozed { until, .. } => {
                let agent = self.conversation(reference).and_then(|it| it.holder());
                self.settle(reference, at, Phase::Snoozed { until: *until, agent });
            }
            EventKind::Prioritized { priority, again_at, .. } => {
                let given = GivenPriority { priority: *priority, again_at: *again_at };
                self.edit(reference, at, |it| it.given = given);
            }
            EventKind::ScriptFailed { rule, step, failure, .. } => {
                let mark = failure_mark(rule, *step, failure);
                self.edit(reference, at, |it| it.failures.push(mark));
            }
            // About no conversation.
            EventKind::StatusChanged { .. }
            | EventKind::Opened { .. }
            | EventKind::DeskChanged { .. }
            | EventKind::Erased { .. }
            | EventKind::Blocked { .. }
            | EventKind::Unblocked { .. }
            | EventKind::Started
            | EventKind::Notice { .. }
            | EventKind::Refused { .. } => {}
        }
        Ok(())
    }

    /// Returns `true` if a conversation that is unassigned for such a reason is routed by the same command.
    fn is_routed_after(&self, reason: UnassignedBecause) -> bool {
        match reason {
            UnassignedBecause::AgentAway
            | UnassignedBecause::ShiftEnded
            | UnassignedBecause::OutOfOffice
            | UnassignedBecause::NoInboxAccess
            | UnassignedBecause::Transferred
            | UnassignedBecause::Distributed => true,
            UnassignedBecause::Removed => self.roster.settings.on_removed == OnRemoved::Route,
            UnassignedBecause::NoRule
            | UnassignedBecause::Otherwise
            | UnassignedBecause::WaitingLimit
            | UnassignedBecause::Released => false,
        }
    }

    // ---- messages

    fn apply_message(
        &mut self,
        reference: ConversationRef,
        event: &Event,
        from: MessageFrom,
        closes_at: Option<Instant>,
    ) {
        let at = event.at;
        let by_visitor = from == MessageFrom::Visitor;
        let wrote_at = self.conversation(reference).and_then(|it| it.visitor_wrote_at);
        self.set_messages(reference, at, if by_visitor { Some(at) } else { wrote_at });
        let replier = event.by.as_ref().filter(|_| from == MessageFrom::Agent).and_then(|by| self.roster.slot(by));
        let is_new = |slot: &AgentSlot| {
            self.conversation(reference).is_some_and(|it| it.is_open() && !it.repliers.contains(slot))
        };
        if let Some(slot) = replier.filter(is_new) {
            self.edit(reference, at, |it| it.repliers.push(slot));
        }
        let phase = self.conversation(reference).filter(|_| by_visitor).map(|it| &it.phase);
        match phase {
            Some(Phase::Sent) => self.edit(reference, at, |it| it.arrive(at, event.seq)),
            Some(Phase::WithBot { closes_at: known, .. }) if *known != closes_at => {
                self.edit(reference, at, |it| it.set_closes_at(closes_at));
            }
            Some(Phase::Trashed { was, .. }) if self.is_brought_in_by_message(reference, was) => {
                self.edit(reference, at, |it| it.open_after_trash());
            }
            _ => {}
        }
    }

    /// Returns `true` if a message of the contact would bring in a conversation in such a phase.
    fn is_brought_in_by_message(&self, reference: ConversationRef, phase: &Phase) -> bool {
        self.channel_of(reference).is_some_and(|channel| match phase {
            Phase::Sent => true,
            Phase::Closed { .. } => channel.entry.reopens_on_message(),
            _ => false,
        })
    }

    // ---- agents who leave

    /// Notes when the conversations that an agent holds are given back, after a change of status; a return calls it off.
    fn note_requeue(&mut self, slot: AgentSlot, at: Instant, reason: Reason, requeue_at: Option<Instant>) {
        let next = requeue_at.zip(Requeue::reason_of(reason)).map(|(at, reason)| Requeue { at, reason });
        let returns = reason.state() == State::Available;
        if next.is_none() && !returns {
            return;
        }
        for reference in self.held_by(slot) {
            let before = self.conversation(reference).and_then(|it| it.requeue).filter(|_| !returns);
            let sooner = before.into_iter().chain(next).min_by_key(|requeue| requeue.at);
            if sooner != self.conversation(reference).and_then(|it| it.requeue) {
                self.edit(reference, at, |it| it.requeue = sooner);
            }
        }
    }

    // ---- conversations

    fn add_conversation(&mut self, id: &Id, details: &Details, event: &Event) {
        let channel = self.roster.channel_slot(&details.inbox, &details.channel);
        let details = self.share(Cow::Borrowed(details));
        self.add(Conversation::opened(id.clone(), details, channel, event.at, event.seq));
    }

    fn update(&mut self, reference: ConversationRef, details: &Details, goes_on: bool, at: Instant) {
        let channel = self.roster.channel_slot(&details.inbox, &details.channel);
        let details = self.share(Cow::Borrowed(details));
        let before = self.conversation(reference).map(|it| (Arc::clone(&it.details), it.last_held().is_some()));
        self.edit(reference, at, |it| {
            if !goes_on {
                leave_route(it, channel);
            }
            (it.details, it.channel) = (Arc::clone(&details), channel);
        });
        let moved = before.filter(|(before, _)| before.contact_id() != details.contact_id());
        let Some((before, was_held)) = moved else { return };
        self.move_contact(reference, before.contact_id(), details.contact_id());
        // If it was held, the last agent of both contacts may change.
        for contact in [before.contact_id(), details.contact_id()].into_iter().flatten().filter(|_| was_held) {
            self.note_last_agent(contact, self.latest_holder(contact));
        }
    }

    /// Removes a conversation that is over from the desk.
    fn forget_conversation(&mut self, reference: ConversationRef) {
        self.unlist(reference);
        self.unshow(reference);
        let Some(forgotten) = self.conversations.remove(reference) else { return };
        let (details, held) = (Arc::clone(&forgotten.details), forgotten.last_held());
        self.journal.note(|| Undo::Forgotten(reference, forgotten));
        self.contacts.remove(details.contact_id(), reference);
        // Mostly a later conversation decides who the last agent is, and the newest is looked at first.
        let Some((contact, (_, order))) = details.contact_id().zip(held) else { return };
        if !self.is_held_after(contact, order) {
            self.note_last_agent(contact, self.latest_holder(contact));
        }
    }

    /// Takes the data of a contact out of all conversations.
    fn erase(&mut self, contact: &Id) {
        for reference in self.contacts.conversations(contact).to_vec() {
            self.amend(reference, Conversation::erase_contact);
        }
        self.recent_details = RecentDetails::default();
    }

    /// Puts a conversation into a phase, and ends its routing.
    fn settle(&mut self, reference: ConversationRef, at: Instant, phase: Phase) {
        self.edit(reference, at, |it| it.settle(phase));
    }

    fn assign(
        &mut self,
        reference: ConversationRef,
        slot: AgentSlot,
        decision: Option<&Decision>,
        weights: Vec<(AgentSlot, i64)>,
        event: &Event,
    ) {
        let Some(conversation) = self.conversation(reference) else { return };
        let details = Arc::clone(&conversation.details);
        let accepted = conversation.offer_to(slot).is_some();
        if accepted {
            self.edit_person(slot, |person| person.missed = 0);
        } else {
            self.note_choice(reference, slot, decision, weights, event);
        }
        self.edit(reference, event.at, |it| {
            it.note_holder(slot, event.seq);
            it.settle(Phase::Held { agent: slot });
        });
        if is_routed(&event.kind) {
            self.note_given(slot, event.at);
        }
        if let Some(contact) = details.contact_id() {
            self.note_last_agent(contact, Some(slot));
        }
    }

    /// Returns the rule in whose ledger a decision counts: the rule that decided, or whose last strategy did.
    fn ledger_rule(&self, reference: ConversationRef, decision: &Decision) -> Option<Id> {
        let of_team = || self.conversation(reference)?.for_team.as_ref()?.rule.clone();
        decision.rule.clone().or_else(of_team)
    }

    /// Notes that an agent was chosen, by a rule or by hand.
    fn note_choice(
        &mut self,
        reference: ConversationRef,
        slot: AgentSlot,
        decision: Option<&Decision>,
        weights: Vec<(AgentSlot, i64)>,
        event: &Event,
    ) {
        let channel = self.conversation(reference).and_then(|it| it.channel);
        let rule = decision.and_then(|decision| self.ledger_rule(reference, decision));
        if let Some((rule, channel)) = rule.zip(channel) {
            self.note_turn((channel, rule), slot, event.seq, weights);
        }
        self.note_chosen(slot, event.seq, Some(event.at));
    }

    /// Notes the progress of a conversation in its rule when a step offered it to an agent. The end of a wait in office hours
    /// is told by the event.
    fn enter_rule(
        &mut self,
        reference: ConversationRef,
        decision: Option<(&Decision, RuleRef)>,
        told: Option<Instant>,
        at: Instant,
    ) {
        let Some((step, rule)) = decision.and_then(|(decision, rule)| Some((decision.step?, rule))) else { return };
        let reached = StepRef::numbered(step);
        let before = self.conversation(reference).and_then(|it| it.route.as_ref()).filter(|route| route.rule == rule);
        if before.is_some_and(|route| route.reached >= reached) {
            return;
        }
        let from = before.map_or(StepRef::FIRST, |route| route.from);
        let wait_until = match self.step(reference, rule, reached).and_then(|step| step.wait) {
            Some(Wait::OfficeHours(_)) => told,
            Some(Wait::Time(_)) | None => self.wait_until(reference, rule, reached, at),
        };
        let route = Route { rule, from, reached, wait_until, done: false };
        self.edit(reference, at, |it| it.route = Some(route));
    }

    fn end_offer(&mut self, reference: ConversationRef, slot: AgentSlot, at: Instant, ending: Ending) {
        let returns = self.person(slot).map_or(0, |person| person.returns);
        match ending {
            Ending::Expired => self.count_missed(slot),
            Ending::Declined => self.edit_person(slot, |person| person.missed = 0),
            Ending::Withdrawn => {}
        }
        self.edit(reference, at, |it| {
            let it = it.progress_mut();
            it.end_offer(slot);
            if ending != Ending::Withdrawn {
                it.declined.retain(|decline| decline.agent != slot);
                it.declined.push(Decline { agent: slot, returns, at: Some(at) });
            }
        });
    }

    /// Counts an expired offer; the count restarts at the limit.
    fn count_missed(&mut self, slot: AgentSlot) {
        let before = self.person(slot).map_or(0, |person| person.missed);
        let missed = if self.is_one_too_many(before) { 0 } else { before.saturating_add(1) };
        self.edit_person(slot, |person| person.missed = missed);
    }

    /// Returns `true` if one more expired offer, after `missed` in a row, is one too many.
    pub fn is_one_too_many(&self, missed: u32) -> bool {
        self.roster.settings.missed_offers_before_away.is_some_and(|most| missed.saturating_add(1) >= most)
    }

    fn hand_to_bot(
        &mut self,
        reference: ConversationRef,
        (bot, closes_at): (&Id, Option<Instant>),
        rule: Option<RuleRef>,
        step: Option<usize>,
        at: Instant,
    ) {
        let last = |rule| self.rule(reference, rule).map_or(StepRef::FIRST, Plan::last_step);
        // Agents come after the step of the bot; after all steps, any step may take it.
        let route = rule.map(|rule| match step {
            Some(step) => {
                let reached = StepRef::numbered(step);
                Route { rule, from: reached.next(), reached, wait_until: None, done: false }
            }
            None => Route { rule, from: StepRef::FIRST, reached: last(rule), wait_until: None, done: true },
        });
        self.edit(reference, at, |it| {
            let it = it.progress_mut();
            (it.phase, it.route, it.unsettled) = (Phase::WithBot { bot: bot.clone(), closes_at }, route, false);
            it.for_team = None;
            it.given.again_at = None;
        });
    }
}

/// Returns `true` for an assignment by routing: by a rule, or back to the agent who held the conversation before.
fn is_routed(kind: &EventKind) -> bool {
    let EventKind::Assigned { decision, reason, .. } = kind else { return false };
    decision.is_some() || *reason == Some(AssignedBecause::HeldBefore)
}

/// Returns a hash of everything about a failure but its message: of failures with the same hash, only the first is
/// emitted.
pub fn failure_mark(rule: &Id, step: Option<usize>, failure: &Failure) -> u64 {
    /// The bits that a number in JSON keeps exactly.
    const BITS: u32 = 53;
    let Failure { script, strategy, script_version, hook, code, line, column, .. } = failure;
    let asked = script.as_ref().or(strategy.as_ref());
    hash(0, &format!("{rule} {step:?} {asked:?} {script_version:?} {hook} {code} {line:?} {column:?}")) >> (64 - BITS)
}

/// Resets the route of a conversation that is routed again; one with a bot keeps it, in the same channel.
fn leave_route(conversation: &mut Conversation, channel: Option<ChannelSlot>) {
    if let Phase::Waiting = conversation.phase {
        (conversation.phase, conversation.unsettled) = (Phase::Unassigned, true);
    }
    if !matches!(conversation.phase, Phase::WithBot { .. }) || conversation.channel != channel {
        conversation.leave_route();
    }
}

/// The way in which an offer ended without being accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ending {
    Expired,
    Declined,
    Withdrawn,
}

/// Returns a handle that has to be resolved for an event to be applied.
fn needed<T>(found: Option<T>) -> Result<T, Problem> {
    found.ok_or_else(|| misfit("it does not say what it is about"))
}
