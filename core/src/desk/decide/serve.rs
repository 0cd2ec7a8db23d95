//! The queue pass: it goes through the conversations in order, and gives each to an eligible agent, or skips it.
//!
//! INVARIANT: between commands, no waiting conversation has an eligible agent. So a pass only has to look at agents that
//! changed (`dirty`), at channels that changed, and at conversations that changed (`pending`).

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

use crate::availability::{AgentSet, AgentSlot, ChannelSlot};
use crate::desk::decide::consult::{Among, Chosen};
use crate::desk::decide::refusals::Refusals;
use crate::desk::decide::{ArrivalKind, Decider};
use crate::desk::event::{AssignedBecause, Decision, EventKind, ReachedLimit, UnassignedBecause};
use crate::desk::state::{ClassKey, ConversationRef, Phase, QueueKey, Resolved, Route};
use crate::model::{Id, Otherwise, Strategy};
use crate::routing::{Explanation, Plan, RuleRef, StepRef};
use crate::time::Instant;

/// The reason for looking at a conversation.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum QueueReason {
    /// It changed; if it is not in the queue, it is to be routed.
    Pending(ArrivalKind),
    /// It names an agent who changed, or its channel changed and it names one by its contact.
    Personal,
    /// It is the first of a class that an agent can take from; the number is the index of the class among these.
    Class(usize),
}

/// A place in the queue to look at, the first before all others.
type Turn = Reverse<(QueueKey, QueueReason)>;

/// The conversations of a class behind one that was looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Behind {
    /// The next is looked at.
    Next,
    /// They are refused as well, as long as nothing changes.
    Refused,
    /// Nobody takes any of them.
    Nobody,
}

impl Decider<'_> {
    /// Serves the queue until nothing changes any more.
    pub fn serve_queue(&mut self, at: Instant) {
        loop {
            // On a desk that followed events, those redirected by an earlier command may wait no more.
            for reference in std::mem::take(&mut self.state.redirected) {
                if self.state.is_waiting(reference) {
                    self.look_at(reference);
                }
            }
            let pending = std::mem::take(&mut self.pending);
            let dirty = std::mem::take(&mut self.state.dirty);
            let channels = std::mem::take(&mut self.state.changed_channels);
            let is_any_asked = (!dirty.is_empty() || !channels.is_empty()) && self.state.queue.len() > 0;
            if self.is_stopped() || (pending.is_empty() && !is_any_asked) {
                return;
            }
            self.pass(pending, &dirty, &channels, at);
        }
    }

    fn pass(
        &mut self,
        pending: BTreeMap<ConversationRef, ArrivalKind>,
        dirty: &AgentSet,
        channels: &BTreeSet<ChannelSlot>,
        at: Instant,
    ) {
        let classes = self.state.classes_for(dirty, channels, at);
        let mut heap = self.first_turns(pending, dirty, channels, &classes, at);
        let mut refusals = Refusals::default();
        while let Some(Reverse((key, reason))) = heap.pop() {
            if self.is_stopped() {
                return;
            }
            let before = self.state.seq;
            let taken = self.look(key.conversation, &reason, at);
            let is_unchanged = self.state.seq == before;
            refusals.reach(key);
            if !is_unchanged {
                heap.extend(refusals.end().filter_map(|refusal| {
                    let next = self.state.next_behind(&classes.get(refusal.class)?.0, refusal, at)?;
                    Some(Reverse((next, QueueReason::Class(refusal.class))))
                }));
            }
            // Some may be ahead: they are looked at again before any behind them.
            heap.extend(self.redirected(at).into_iter().map(|key| Reverse((key, QueueReason::Personal))));
            let replaced = self.replaced(at).into_iter();
            heap.extend(replaced.map(|(key, coming)| Reverse((key, QueueReason::Pending(coming)))));
            let QueueReason::Class(index) = reason else { continue };
            let Some((class, _)) = classes.get(index) else { continue };
            match self.behind(class, key.conversation, taken, is_unchanged, at) {
                Behind::Next => heap.extend(self.next_turn(index, class, key, at)),
                Behind::Refused => refusals.note(index, key),
                Behind::Nobody => {}
            }
        }
    }

    /// Returns the places to look at, of each class the first.
    fn first_turns(
        &self,
        pending: BTreeMap<ConversationRef, ArrivalKind>,
        dirty: &AgentSet,
        channels: &BTreeSet<ChannelSlot>,
        classes: &[(ClassKey, QueueKey)],
        at: Instant,
    ) -> BinaryHeap<Turn> {
        // One alone has no place to keep.
        let is_alone = pending.len() == 1 && dirty.is_empty() && channels.is_empty();
        let place = |it| if is_alone { Some(self.state.conversation(it)?.key(it, 0)) } else { self.place_of(it, at) };
        let placed = |(it, coming)| Some(Reverse((place(it)?, QueueReason::Pending(coming))));
        let mut heap: BinaryHeap<Turn> = pending.into_iter().filter_map(placed).collect();
        let raised = |(index, (class, first)): (usize, &(ClassKey, QueueKey))| {
            Reverse((self.state.raised(class, *first, at), QueueReason::Class(index)))
        };
        heap.extend(classes.iter().enumerate().map(raised));
        let skipping = self.state.skipping(dirty, at).into_iter().filter_map(|it| self.state.place_at(it, at));
        heap.extend(skipping.map(|key| Reverse((key, QueueReason::Personal))));
        let personal = self.state.personal_in(channels).into_iter().filter_map(|it| self.state.place_at(it, at));
        heap.extend(personal.map(|key| Reverse((key, QueueReason::Personal))));
        for slot in self.state.with_represented(dirty).iter() {
            let named = self.state.queue.personal(slot).filter_map(|it| self.state.place_at(it, at));
            heap.extend(named.map(|key| Reverse((key, QueueReason::Personal))));
        }
        heap
    }

    fn next_turn(&self, index: usize, class: &ClassKey, key: QueueKey, at: Instant) -> Option<Turn> {
        let next = self.state.queue.next_of(class, key)?;
        Some(Reverse((self.state.raised(class, next, at), QueueReason::Class(index))))
    }

    /// Returns what is done with the conversations of a class behind one that was looked at.
    ///
    /// If nobody takes it, nobody takes the next, unless an agent declined it or a script was called; then somebody may, if there
    /// is anyone.
    fn behind(
        &self,
        class: &ClassKey,
        reference: ConversationRef,
        taken: bool,
        is_unchanged: bool,
        at: Instant,
    ) -> Behind {
        let declined = self.state.conversation(reference).is_some_and(|it| !it.declined.is_empty());
        if !declined && !self.state.is_scripted(reference) {
            return if taken { Behind::Next } else { Behind::Nobody };
        }
        if !self.state.has_anyone_for(class, at) {
            return Behind::Nobody;
        }
        let stands = is_unchanged && !taken && !declined && self.state.is_refused_as_class(reference);
        if stands { Behind::Refused } else { Behind::Next }
    }

    /// Takes the conversations that name another agent by their contact since they were last looked at.
    fn redirected(&mut self, at: Instant) -> Vec<QueueKey> {
        let redirected = std::mem::take(&mut self.state.redirected);
        redirected.into_iter().filter_map(|it| self.state.place_at(it, at)).collect()
    }

    /// Takes the conversations that a script moved to another place, to be looked at there.
    fn replaced(&mut self, at: Instant) -> Vec<(QueueKey, ArrivalKind)> {
        let replaced = std::mem::take(&mut self.replaced).into_iter();
        replaced.filter_map(|(it, coming)| Some((self.place_of(it, at)?, coming))).collect()
    }

    /// Returns the place in the queue of a conversation to look at. One without a rule yet is placed by the rule that it will
    /// get.
    fn place_of(&self, reference: ConversationRef, at: Instant) -> Option<QueueKey> {
        let route = self.route_of(reference).map(|(_, route)| (route.rule, route.reached));
        let conversation = self.state.conversation(reference)?;
        let channel = conversation.channel.filter(|_| conversation.for_team.is_none());
        let coming = || {
            let channel = channel?;
            let (rule, _) =
                self.state.rules.change_priority(channel).then(|| self.state.matching_rule(reference, at))??;
            Some((rule?, StepRef::FIRST))
        };
        self.state.place_by(reference, route.or_else(coming), at)
    }

    /// Looks at a conversation in its place. Returns `true` if it left the queue, or was not in it.
    fn look(&mut self, reference: ConversationRef, turnout: &QueueReason, at: Instant) -> bool {
        match (self.state.conversation(reference).map(|it| &it.phase), turnout) {
            (Some(Phase::Waiting), _) => self.serve(reference, at) || self.move_on(reference, at),
            (Some(Phase::Offered { .. }), QueueReason::Pending(_)) => {
                self.offer_to_more(reference, at);
                true
            }
            (Some(Phase::Unassigned), QueueReason::Pending(coming))
            | (Some(Phase::WithBot { .. }), QueueReason::Pending(coming @ ArrivalKind::FromBot)) => {
                self.route(reference, *coming, at);
                true
            }
            _ => true,
        }
    }

    /// Tries the steps that a waiting conversation has reached. If one was just entered, calls the fallback of its
    /// script.
    fn serve(&mut self, reference: ConversationRef, at: Instant) -> bool {
        if self.state.conversation(reference).is_some_and(|it| it.for_team.is_some()) {
            return self.try_team(reference, at);
        }
        match self.entered.remove(&reference) {
            true => self.try_or_fall_back(reference, at),
            false => self.try_steps(reference, at),
        }
    }

    /// Routes a conversation that is not in the queue: it arrived, came back, or is under new rules.
    fn route(&mut self, reference: ConversationRef, coming: ArrivalKind, at: Instant) {
        if let Some(for_team) = self.state.conversation(reference).and_then(|it| it.for_team.clone()) {
            return self.route_in_team(reference, &for_team, at);
        }
        if let Some((_, route)) = self.route_of(reference) {
            // The rule may have fewer steps now than when it gave the conversation to a bot.
            let last = self.state.rule(reference, route.rule).map_or(StepRef::FIRST, Plan::last_step);
            let (from, reached) = (route.from.min(last.next()), route.reached.min(last));
            self.routes.insert(reference, Route { from, reached, ..route });
            return self.resume(reference, at);
        }
        if coming != ArrivalKind::FromBot && self.send_after_hours(reference, at) {
            return;
        }
        if let ArrivalKind::BackTo(slot) = coming
            && self.give_back(reference, slot, at)
        {
            return;
        }
        match self.choose_rule(reference, at) {
            Some(rule) => self.start(reference, rule, coming, at),
            None => self.leave(reference, None, UnassignedBecause::NoRule, None, at),
        }
    }

    fn start(&mut self, reference: ConversationRef, rule: RuleRef, coming: ArrivalKind, at: Instant) {
        let wait_until = self.state.wait_until(reference, rule, StepRef::FIRST, at);
        let route = Route { rule, from: StepRef::FIRST, reached: StepRef::FIRST, wait_until, done: false };
        self.routes.insert(reference, route);
        if self.prioritize(reference, rule, at) {
            return self.replaced.push((reference, coming));
        }
        self.resume(reference, at);
    }

    /// Continues from the step reached, and puts the conversation into the queue if it has to wait.
    fn resume(&mut self, reference: ConversationRef, at: Instant) {
        if self.try_or_fall_back(reference, at) || self.move_on(reference, at) {
            return;
        }
        if self.state.is_waiting(reference) || self.passes_limit(reference, at) {
            return;
        }
        if let Some((rule, route)) = self.route_of(reference) {
            let Some(conversation) = self.id_of(reference) else { return };
            let from_step = (route.from > StepRef::FIRST).then_some(route.from.number());
            let (step, until) = (route.reached.number(), route.wait_until);
            let on = Resolved::of(reference).rule(route.rule);
            self.emit(at, on, waits_at(conversation, rule, step, from_step, until));
        }
    }

    /// Passes the steps that need no wait. Returns `true` if the conversation was taken or left the queue.
    fn move_on(&mut self, reference: ConversationRef, at: Instant) -> bool {
        while !self.is_cut_short() && self.is_step_over(reference, at) {
            let entered = match self.state.is_waiting(reference) {
                true => self.enter_next_step(reference, at),
                false => self.skip_to_next_step(reference, at),
            };
            if !entered {
                return self.do_otherwise(reference, at);
            }
            if self.try_or_fall_back(reference, at) {
                return true;
            }
        }
        false
    }

    /// Enters the next step, if there is one, and emits an event for it.
    pub fn enter_next_step(&mut self, reference: ConversationRef, at: Instant) -> bool {
        let Some((rule, route)) = self.next_step(reference, at) else { return false };
        let Some(conversation) = self.id_of(reference) else { return false };
        let (step, until) = (route.reached.number(), route.wait_until);
        self.emit(at, Resolved::of(reference), EventKind::StepEntered { conversation, rule, step, until });
        true
    }

    /// Returns the route of a conversation that enters the next step of its rule; `None` after the last.
    fn next_step(&self, reference: ConversationRef, at: Instant) -> Option<(Id, Route)> {
        let (rule, route) = self.route_of(reference)?;
        Some((rule, self.state.next_step(reference, route, at)?))
    }

    /// Returns `true` if a conversation has nothing to wait for at the step it has reached.
    pub fn is_step_over(&self, reference: ConversationRef, at: Instant) -> bool {
        self.route_of(reference).is_some_and(|(_, route)| self.state.is_step_over(reference, &route, at))
    }

    /// Continues with the next step, if there is one, before the conversation is in the queue. The event of the outcome
    /// records the step reached.
    fn skip_to_next_step(&mut self, reference: ConversationRef, at: Instant) -> bool {
        let Some((_, route)) = self.next_step(reference, at) else { return false };
        self.routes.insert(reference, route);
        true
    }

    /// Tries the steps reached, in order. Returns `true` if an agent or a bot took the conversation.
    pub fn try_steps(&mut self, reference: ConversationRef, at: Instant) -> bool {
        let Some((rule, route)) = self.route_of(reference) else { return false };
        let mut steps = route.from.through(route.reached).map(|step| Among::Step(route.rule, step));
        let chosen = steps.find_map(|among| Some((among, self.choose_at(reference, among, at)?)));
        let Some((among, chosen)) = chosen else {
            return self.try_bot(reference, rule, &route, at);
        };
        self.give_to_chosen(reference, among, chosen, at);
        self.offer_to_more(reference, at);
        true
    }

    /// Gives a conversation to the agent who was chosen for it.
    pub fn give_to_chosen(&mut self, reference: ConversationRef, among: Among, chosen: Chosen, at: Instant) {
        let Chosen { slot, by, substitute_for, weights, explanation, trace } = chosen;
        let by_id = |(slot, weight): &(AgentSlot, i64)| Some((self.state.roster.agent_id(*slot)?, *weight));
        let (rule, step) = match among {
            Among::Step(rule, step) => (Some(rule), Some(step.number())),
            Among::Team => (None, None),
        };
        let decision = Decision {
            rule: rule.and_then(|rule| self.state.rule_id(reference, rule)),
            step,
            strategy: by,
            weights: weights.iter().filter_map(by_id).collect(),
        };
        self.trace = trace;
        let on = Resolved::of(reference).agent(slot).rule(rule).weights(weights);
        let substitute_for = substitute_for.and_then(|absent| self.state.roster.agent_id(absent));
        self.give(on, Some(decision), substitute_for, explanation, at);
    }

    /// Gives a conversation to the bot of the step it has just reached.
    fn try_bot(&mut self, reference: ConversationRef, rule: Id, route: &Route, at: Instant) -> bool {
        let Some(bot) = self.state.bot_at(reference, route) else { return false };
        self.hand_to_bot(reference, bot, Some(rule), Some(route.reached.number()), None, at);
        true
    }

    /// Gives a conversation to an agent, both resolved: as an offer, if its channel uses offers.
    fn give(
        &mut self,
        on: Resolved,
        decision: Option<Decision>,
        substitute_for: Option<Id>,
        explanation: Option<Explanation>,
        at: Instant,
    ) {
        let Some((reference, slot)) = on.conversation.zip(on.agent) else { return };
        let Some((conversation, agent)) = self.id_of(reference).zip(self.state.roster.agent_id(slot)) else { return };
        let team = decision.as_ref().and_then(|decision| self.state.team_of(reference, decision));
        let accept_within = self.state.channel_of(reference).and_then(|channel| channel.entry.accept_within);
        let kind = match accept_within {
            Some(within) => {
                let until = Some(at.saturating_add(within.millis()));
                let step = decision.as_ref().and_then(|decision| decision.step).map(StepRef::numbered);
                let wait_until =
                    on.rule.zip(step).and_then(|(rule, step)| self.state.wait_told_by_offer(reference, rule, step, at));
                EventKind::Offered { conversation, agent, team, decision, substitute_for, until, wait_until }
            }
            None => {
                let reason = decision.is_none().then_some(AssignedBecause::HeldBefore);
                let agent = Some(agent);
                EventKind::Assigned { conversation, agent, team, decision, substitute_for, reason }
            }
        };
        self.emit_explained(at, on, kind, explanation);
    }

    /// Gives a reopened conversation back to the agent who held it, if eligible.
    fn give_back(&mut self, reference: ConversationRef, slot: AgentSlot, at: Instant) -> bool {
        let Some(pool) = self.state.pool_of_one(reference, slot, at) else { return false };
        if !pool.is_eligible(slot) {
            return false;
        }
        let explanation =
            self.explaining.then(|| pool.explain(Strategy::LeastBusy, |slot| self.state.status_of(slot, at)));
        self.give(Resolved::of(reference).agent(slot), None, None, explanation, at);
        true
    }

    /// Returns the explanation of an event of a conversation that a rule gives to nobody: of all steps reached, each agent at the
    /// last one that names the agent.
    pub fn why_nobody(&self, kind: &EventKind, at: Instant) -> Option<Explanation> {
        let by_rule = match kind {
            EventKind::Queued { .. } => true,
            EventKind::Unassigned { reason, .. } => {
                matches!(reason, UnassignedBecause::Otherwise | UnassignedBecause::WaitingLimit)
            }
            // Without a rule it was after hours, and the step of a bot considers no agents.
            EventKind::SentToVoicemail { rule, .. } | EventKind::OwnerNotified { rule, .. } => rule.is_some(),
            EventKind::HandedToBot { rule, step, .. } => rule.is_some() && step.is_none(),
            EventKind::Started
            | EventKind::StatusChanged { .. }
            | EventKind::Notice { .. }
            | EventKind::Opened { .. }
            | EventKind::Updated { .. }
            | EventKind::MessageNoted { .. }
            | EventKind::Sent { .. }
            | EventKind::Filtered { .. }
            | EventKind::Unfiltered { .. }
            | EventKind::Trashed { .. }
            | EventKind::Restored { .. }
            | EventKind::Hidden { .. }
            | EventKind::Unhidden { .. }
            | EventKind::Blocked { .. }
            | EventKind::Unblocked { .. }
            | EventKind::Offered { .. }
            | EventKind::Assigned { .. }
            | EventKind::StepEntered { .. }
            | EventKind::OfferExpired { .. }
            | EventKind::OfferDeclined { .. }
            | EventKind::OfferWithdrawn { .. }
            | EventKind::Closed { .. }
            | EventKind::Kept { .. }
            | EventKind::WrapUpEnded { .. }
            | EventKind::Forgotten { .. }
            | EventKind::Erased { .. }
            | EventKind::Reopened { .. }
            | EventKind::Snoozed { .. }
            | EventKind::DeskChanged { .. }
            | EventKind::Prioritized { .. }
            | EventKind::ScriptFailed { .. }
            | EventKind::Refused { .. } => false,
        };
        let reference = self.state.find(kind.conversation().filter(|_| by_rule)?)?;
        let (_, route) = self.route_of(reference)?;
        let steps = route.from.through(route.reached).map(|step| Among::Step(route.rule, step));
        let explained = steps.filter_map(|among| self.state.explain(reference, among, at));
        explained.map(|step| step.explanation).reduce(Explanation::and_later)
    }

    fn send_after_hours(&mut self, reference: ConversationRef, at: Instant) -> bool {
        let Some(channel) = self.state.channel_of(reference) else { return false };
        let Some(after_hours) = channel.entry.after_hours.clone() else { return false };
        if channel.office.stretch_at(at).hours.is_open() {
            return false;
        }
        self.end_with(reference, &after_hours, None, None, at)
    }

    fn do_otherwise(&mut self, reference: ConversationRef, at: Instant) -> bool {
        let Some((rule, route)) = self.route_of(reference) else { return false };
        if route.done {
            return false;
        }
        let plan = self.state.rule(reference, route.rule);
        let Some(otherwise) = plan.map(|plan| plan.otherwise.clone()) else { return false };
        if self.end_with(reference, &otherwise, Some(rule.clone()), None, at) || self.passes_limit(reference, at) {
            return true;
        }
        let Some(conversation) = self.id_of(reference) else { return false };
        let (step, on) = (route.reached.number(), Resolved::of(reference).rule(route.rule));
        self.emit(at, on, waits_at(conversation, rule, step, None, None));
        // In the queue any step may take it, also one before a bot that handed it over.
        route.from > StepRef::FIRST && self.try_steps(reference, at)
    }

    /// Does what a rule, or a channel after hours or at its waiting limit, says for a conversation that nobody takes. Returns
    /// `false` if it has to wait.
    pub fn end_with(
        &mut self,
        reference: ConversationRef,
        otherwise: &Otherwise,
        rule: Option<Id>,
        waiting_limit: Option<ReachedLimit>,
        at: Instant,
    ) -> bool {
        let Some(conversation) = self.id_of(reference) else { return true };
        let because = match waiting_limit {
            Some(_) => UnassignedBecause::WaitingLimit,
            None => UnassignedBecause::Otherwise,
        };
        match otherwise {
            Otherwise::Queue => return false,
            Otherwise::Unassigned => self.leave(reference, rule, because, waiting_limit, at),
            Otherwise::Voicemail(voicemail) => {
                let voicemail = voicemail.clone();
                let kind = EventKind::SentToVoicemail { conversation, voicemail, rule, waiting_limit };
                self.emit(at, Resolved::of(reference), kind);
            }
            Otherwise::NotifyOwner => {
                let owner = self.state.owner_to_notify(reference);
                match owner.and_then(|slot| Some((slot, self.state.roster.agent_id(slot)?))) {
                    Some((slot, agent)) => {
                        let on = Resolved::of(reference).agent(slot);
                        self.emit(at, on, EventKind::OwnerNotified { conversation, agent, rule, waiting_limit });
                    }
                    None => self.leave(reference, rule, because, waiting_limit, at),
                }
            }
            Otherwise::Bot(bot) => self.hand_to_bot(reference, bot.clone(), rule, None, waiting_limit, at),
        }
        true
    }

    /// Leaves a conversation unassigned. For one that was unassigned before, no second event is emitted.
    fn leave(
        &mut self,
        reference: ConversationRef,
        rule: Option<Id>,
        reason: UnassignedBecause,
        waiting_limit: Option<ReachedLimit>,
        at: Instant,
    ) {
        let is_unassigned = self.state.conversation(reference).is_some_and(|it| matches!(it.phase, Phase::Unassigned));
        if is_unassigned && self.lying.contains(&reference) {
            self.routes.remove(&reference);
            return;
        }
        if let Some(conversation) = self.id_of(reference) {
            let kind = EventKind::Unassigned { conversation, agent: None, rule, reason, waiting_limit };
            self.emit(at, Resolved::of(reference), kind);
        }
    }

    fn hand_to_bot(
        &mut self,
        reference: ConversationRef,
        bot: Id,
        rule: Option<Id>,
        step: Option<usize>,
        waiting_limit: Option<ReachedLimit>,
        at: Instant,
    ) {
        let on = Resolved::of(reference).rule(rule.as_ref().and(self.route_of(reference)).map(|(_, route)| route.rule));
        if let Some(conversation) = self.id_of(reference) {
            let closes_at = self.closes_idle_bots_at(reference, at);
            let kind = EventKind::HandedToBot { conversation, bot, rule, step, waiting_limit, closes_at };
            self.emit(at, on, kind);
        }
    }
}

/// Returns the event of a conversation that waits at a step of its rule, or after all of them.
pub fn waits_at(
    conversation: Id,
    rule: Id,
    step: usize,
    from_step: Option<usize>,
    until: Option<Instant>,
) -> EventKind {
    EventKind::Queued { conversation, rule: Some(rule), step: Some(step), team: None, from_step, until }
}
