//! Calling scripts: at a step, for a place in the queue, and when a step found nobody.
//!
//! Events record the answers, so that they rebuild the desk without any script: the agent chosen in `assigned` and
//! `offered`, a place in the queue in `prioritized`, a failure in `script_failed`.

use std::sync::Arc;

use crate::availability::AgentSlot;
use crate::desk::decide::Decider;
use crate::desk::event::EventKind;
use crate::desk::state::check::MOST_FAILURES;
use crate::desk::state::failure_mark;
use crate::desk::state::{Conversation, ConversationRef, DeskState, Resolved, Route};
use crate::model::{Details, Id, OnError, Otherwise, ScriptCall, Strategy};
use crate::routing::extension::{
    About, Allowance, Failure, FallBack, GivenPriority, Held, HookName, Hooks, Row, Scene, Verdict,
};
use crate::routing::{Considered, Failures, Ineligible, Plan, Pool, RuleRef, StepRef, unknown};
use crate::time::Instant;

/// The hook reported for a failure before any hook is called.
const SHOWN_FOR: &str = HookName::Score.as_str();

/// The agent chosen for a conversation at a step, and how the choice was made.
pub struct Chosen {
    pub slot: AgentSlot,
    pub step: StepRef,
    /// The strategy, `script:NAME`, or `strategy:NAME`.
    pub by: Id,
    /// The running weights of all agents it chose among, if weights decided.
    pub weights: Vec<(AgentSlot, i64)>,
    pub considered: Option<Vec<Considered>>,
    pub trace: Vec<String>,
}

/// The strategy or script of a step, the result for every agent, the failure of the script, and its log.
type StepFare = (Id, Vec<Considered>, Option<Box<Failure>>, Vec<String>);

impl Decider<'_> {
    /// Returns the agent whom a step chooses, by its strategy or its script.
    pub fn choose_at(
        &mut self,
        reference: ConversationRef,
        rule: &Id,
        index: RuleRef,
        step: StepRef,
        at: Instant,
    ) -> Option<Chosen> {
        let plan = self.state.step(reference, index, step)?;
        let (strategy, script, on_error) = (plan.strategy, plan.script.clone(), plan.on_error);
        let Some(call) = script else {
            return self.choose_by(strategy, reference, index, step, at);
        };
        let pool = self.state.pool(reference, index, step, at)?;
        // Without an eligible agent the script is not called.
        pool.first()?;
        let verdict = self.state.ask(&call, reference, index, step, &pool, self.state.allowance());
        let failure = match verdict.chosen {
            Ok(slot) => {
                let slot = slot?;
                let considered = self.explaining.then(|| self.state.considered_by(&call, &verdict, &pool, at));
                let (by, weights) = (self.state.name_of(&call), Vec::new());
                return Some(Chosen { slot, step, by, weights, considered, trace: verdict.log });
            }
            Err(failure) => failure,
        };
        self.tell_failure(reference, rule, Some(step), failure, Some(on_error), at);
        match on_error {
            OnError::SkipStep => None,
            OnError::Strategy(strategy) => self.choose_by(strategy, reference, index, step, at),
        }
    }

    fn choose_by(
        &self,
        strategy: Strategy,
        reference: ConversationRef,
        index: RuleRef,
        step: StepRef,
        at: Instant,
    ) -> Option<Chosen> {
        let pool = self.state.pool_by(strategy, reference, index, step, at)?;
        let definition = strategy.definition();
        let slot = (definition.choose)(&pool)?;
        let considered = self.explaining.then(|| pool.consider(strategy, |slot| self.state.status_of(slot, at)));
        let weights = definition.weighing.map(|weigh| weigh(&pool, slot)).unwrap_or_default();
        Some(Chosen { slot, step, by: Id::from(strategy.as_str()), weights, considered, trace: Vec::new() })
    }

    /// Emits the failure of a script, once for the same place in the same version of it.
    pub fn tell_failure(
        &mut self,
        reference: ConversationRef,
        rule: &Id,
        step: Option<StepRef>,
        failure: Box<Failure>,
        on_error: Option<OnError>,
        at: Instant,
    ) {
        // Without a deadline, a strategy that reports that time is up has failed like any other.
        if self.watched && failure.is_late() {
            self.late = true;
            return;
        }
        let Some(conversation) = self.id_of(reference) else { return };
        let step = step.map(StepRef::number);
        let mark = failure_mark(rule, step, &failure);
        let told = self.state.conversation(reference).map_or(&[][..], |it| &it.failures);
        if told.contains(&mark) || told.len() >= MOST_FAILURES {
            return;
        }
        let on_error = on_error.map(|on_error| Id::from(on_error.as_str()));
        let (rule, failure) = (rule.clone(), *failure);
        self.emit(at, Resolved::of(reference), EventKind::ScriptFailed { conversation, rule, step, failure, on_error });
    }

    /// Gives a conversation the place in the queue that a script of its rule returns. Returns `true` if that is another
    /// place than it had.
    pub fn prioritize(&mut self, reference: ConversationRef, index: RuleRef, at: Instant) -> bool {
        let Some((rule, call)) = self.state.prioritizer(reference, index) else { return false };
        let Some(scripts) = self.state.scripts.clone() else { return false };
        let scene = self.state.scene_of(&call, reference, index, None, None, self.state.allowance());
        match scene.and_then(|scene| scripts.priority(&call, &scene)) {
            Ok(given) => {
                let Some(conversation) = self.state.conversation(reference) else { return false };
                if conversation.given == given || self.state.is_own_priority(conversation, index, given) {
                    return false;
                }
                let named = self.state.named_by(&call);
                self.give_priority(reference, rule, named, given, at);
                true
            }
            Err(failure) => {
                self.tell_failure(reference, &rule, None, failure, None, at);
                false
            }
        }
    }

    /// Asks the script of a rule for a priority again, at the instant that it named.
    pub fn ask_priority_again(&mut self, reference: ConversationRef, at: Instant) {
        let Some((rule, route)) = self.route_of(reference) else { return };
        self.prioritize(reference, route.rule, at);
        let given = self.state.conversation(reference).map(|it| it.given).unwrap_or_default();
        if given.again_at.is_none_or(|again_at| again_at > at) {
            return;
        }
        // The script failed, or is not there: what it gave last stays, and it is not asked any more.
        if let Some(call) = self.state.first_script(reference, route.rule) {
            let named = self.state.named_by(&call);
            self.give_priority(reference, rule, named, GivenPriority { again_at: None, ..given }, at);
        }
    }

    fn give_priority(
        &mut self,
        reference: ConversationRef,
        rule: Id,
        (script, strategy): (Option<Id>, Option<Id>),
        given: GivenPriority,
        at: Instant,
    ) {
        let Some(conversation) = self.id_of(reference) else { return };
        let GivenPriority { priority, again_at } = given;
        let kind = EventKind::Prioritized { conversation, rule, script, strategy, priority, again_at };
        self.emit(at, Resolved::of(reference), kind);
    }

    /// Tries the steps reached. If they find nobody, calls the fallback of the script of the last of them.
    pub fn try_or_fall_back(&mut self, reference: ConversationRef, at: Instant) -> bool {
        loop {
            if self.try_steps(reference, at) {
                return true;
            }
            if self.is_cut_short() {
                return false;
            }
            let Some((rule, route)) = self.route_of(reference) else { return false };
            let steps = self.state.step_count(reference, route.rule);
            match self.fall_back(reference, &rule, &route, at) {
                FallBack::GoOn => return false,
                FallBack::Step(step) if step <= steps => self.jump(reference, StepRef::numbered(step), at),
                FallBack::Next if route.reached.number() < steps => self.jump(reference, route.reached.next(), at),
                FallBack::Otherwise(otherwise) => return self.stop_here(reference, &otherwise, rule, at),
                FallBack::Next | FallBack::Step(_) => {
                    let Some(otherwise) = self.state.otherwise(reference, route.rule) else { return false };
                    return self.stop_here(reference, &otherwise, rule, at);
                }
            }
        }
    }

    fn fall_back(&mut self, reference: ConversationRef, rule: &Id, route: &Route, at: Instant) -> FallBack {
        let asked = || {
            let step = self.state.step(reference, route.rule, route.reached)?;
            let call = step.script.clone()?;
            let scripts = self.state.scripts.clone()?;
            scripts.hooks(&call.script)?.fallback.then_some(())?;
            let scene =
                self.state.scene_of(&call, reference, route.rule, Some(route.reached), None, self.state.allowance());
            Some(scene.and_then(|scene| scripts.fall_back(&call, &scene)))
        };
        if route.done || route.reached < route.from {
            return FallBack::GoOn;
        }
        match asked() {
            None => FallBack::GoOn,
            Some(Ok(answer)) => answer,
            Some(Err(failure)) => {
                self.tell_failure(reference, rule, Some(route.reached), failure, None, at);
                FallBack::GoOn
            }
        }
    }

    /// Enters a later step.
    fn jump(&mut self, reference: ConversationRef, reached: StepRef, at: Instant) {
        let Some((rule, route)) = self.route_of(reference) else { return };
        let Some(conversation) = self.id_of(reference) else { return };
        let until = self.state.wait_until(reference, route.rule, reached, at);
        if self.state.is_waiting(reference) {
            let on = Resolved::of(reference);
            self.emit(at, on, EventKind::StepEntered { conversation, rule, step: reached.number(), until });
        } else {
            self.routes.insert(reference, Route { reached, wait_until: until, ..route });
        }
    }

    /// Does what comes after all steps, and skips the remaining ones. Returns `true` if the conversation left the queue.
    fn stop_here(&mut self, reference: ConversationRef, otherwise: &Otherwise, rule: Id, at: Instant) -> bool {
        if self.end_with(reference, otherwise, Some(rule.clone()), None, at) || self.passes_limit(reference, at) {
            return true;
        }
        let Some((_, route)) = self.route_of(reference) else { return true };
        let Some(conversation) = self.id_of(reference) else { return true };
        let step = self.state.rule(reference, route.rule).map_or(StepRef::FIRST, Plan::last_step).number();
        let on = Resolved::of(reference).rule(route.rule);
        self.emit(at, on, EventKind::Queued { conversation, rule, step, from_step: None, until: None });
        self.try_steps(reference, at)
    }

    /// Returns the rule for a conversation. Conditions that fail are emitted, and count as not met.
    pub fn choose_rule(&mut self, reference: ConversationRef, at: Instant) -> Option<RuleRef> {
        let (rule, failures) = self.state.matching_rule(reference, at)?;
        self.tell_conditions(reference, failures, at);
        rule
    }

    /// Calls the scripts of a conversation that continues with new details: for its place in the queue, and, while it
    /// waits, for the choice of an agent. The conditions that failed are emitted.
    pub fn go_on(&mut self, reference: ConversationRef, failures: Failures, at: Instant) {
        self.tell_conditions(reference, failures, at);
        if let Some((_, route)) = self.route_of(reference) {
            self.prioritize(reference, route.rule, at);
        }
        if self.state.is_waiting(reference) && self.state.is_scripted(reference) {
            self.look_at(reference);
        }
    }

    fn tell_conditions(&mut self, reference: ConversationRef, failures: Failures, at: Instant) {
        for (index, failure) in failures {
            if let Some(id) = self.state.rule_id(reference, index) {
                self.tell_failure(reference, &id, None, failure, None, at);
            }
        }
    }
}

impl DeskState {
    /// Returns the operations that all scripts together have at the current instant; outside of a command, a question has
    /// its own.
    pub fn allowance(&self) -> Allowance {
        self.allowance.clone().unwrap_or_else(|| self.whole_allowance())
    }

    fn whole_allowance(&self) -> Allowance {
        let scripts = self.scripts.as_ref();
        Allowance::of(scripts.map_or(Allowance::USUAL, |installed| installed.operations_together()))
    }

    /// Gives the scripts all their operations again, at the start of an instant.
    pub fn renew_allowance(&mut self) {
        self.allowance = Some(self.whole_allowance());
    }

    /// Returns the script that a rule calls, or the strategy of the embedder.
    fn named_by(&self, call: &ScriptCall) -> (Option<Id>, Option<Id>) {
        let name = Some(call.script.clone());
        let is_strategy = self.scripts.as_ref().is_some_and(|installed| installed.is_strategy(&call.script));
        if is_strategy { (None, name) } else { (name, None) }
    }

    /// Returns the name in events of the script or strategy that a rule calls.
    fn name_of(&self, call: &ScriptCall) -> Id {
        let (_, strategy) = self.named_by(call);
        let what = if strategy.is_some() { "strategy" } else { "script" };
        Id::from(format!("{what}:{}", call.script))
    }

    /// Calls a script to choose among the eligible agents of a pool.
    pub fn ask(
        &self,
        call: &Arc<ScriptCall>,
        reference: ConversationRef,
        rule: RuleRef,
        step: StepRef,
        pool: &Pool<'_>,
        allowance: Allowance,
    ) -> Verdict {
        let Some(scripts) = &self.scripts else { return Verdict::failed(unknown(call)) };
        match self.scene_of(call, reference, rule, Some(step), Some(pool), allowance) {
            Ok(scene) => scripts.choose(call, &scene),
            Err(failure) => Verdict::failed(failure),
        }
    }

    /// Returns the result for every agent where a script chose.
    pub fn considered_by(&self, call: &ScriptCall, verdict: &Verdict, pool: &Pool<'_>, at: Instant) -> Vec<Considered> {
        let mut considered = pool.consider(Strategy::LeastBusy, |slot| self.status_of(slot, at));
        let mut by_slot: Vec<(AgentSlot, &mut Considered)> =
            self.roster.members().map(|(slot, _)| slot).zip(considered.iter_mut()).collect();
        let mut edit = |slot: &AgentSlot, change: &dyn Fn(&mut Considered)| {
            let found = by_slot.binary_search_by_key(slot, |(slot, _)| *slot).ok();
            found.and_then(|index| by_slot.get_mut(index)).into_iter().for_each(|(_, it)| change(it));
        };
        for (slot, score) in &verdict.scores {
            edit(slot, &|it| it.score = Some(score.clone()));
        }
        let (script, strategy) = self.named_by(call);
        for (slot, because) in &verdict.rejected {
            edit(slot, &|it| {
                let (script, strategy, because) = (script.clone(), strategy.clone(), because.clone());
                it.ineligible = Some(Ineligible::RejectedByScript { script, strategy, because });
            });
        }
        considered
    }

    /// Returns the result for every agent at a step now, with the strategy or script that chooses there.
    pub fn consider_step(
        &self,
        reference: ConversationRef,
        rule: RuleRef,
        step: StepRef,
        at: Instant,
    ) -> Option<StepFare> {
        let plan = self.step(reference, rule, step)?;
        let by = |strategy: Strategy| {
            let pool = self.pool_by(strategy, reference, rule, step, at)?;
            Some((Id::from(strategy.as_str()), pool.consider(strategy, |slot| self.status_of(slot, at))))
        };
        let Some(call) = &plan.script else {
            let (by, considered) = by(plan.strategy)?;
            return Some((by, considered, None, Vec::new()));
        };
        let pool = self.pool(reference, rule, step, at)?;
        if pool.first().is_none() {
            return Some((
                self.name_of(call),
                pool.consider(plan.strategy, |slot| self.status_of(slot, at)),
                None,
                Vec::new(),
            ));
        }
        // An explanation is not part of the command, so it must not spend the operations of the command.
        let mut verdict = self.ask(call, reference, rule, step, &pool, self.whole_allowance());
        let (log, chosen) = (std::mem::take(&mut verdict.log), verdict.chosen.clone());
        match (chosen, plan.on_error) {
            (Err(failure), OnError::Strategy(strategy)) => {
                let (by, considered) = by(strategy)?;
                Some((by, considered, Some(failure), log))
            }
            (chosen, _) => {
                let considered = self.considered_by(call, &verdict, &pool, at);
                Some((self.name_of(call), considered, chosen.err(), log))
            }
        }
    }

    /// The first script of a rule that gives places in the queue.
    fn prioritizer(&self, reference: ConversationRef, index: RuleRef) -> Option<(Id, Arc<ScriptCall>)> {
        let scripts = self.scripts.as_ref()?;
        let plan = self.rule(reference, index)?;
        let mut calls = plan.steps.iter().filter_map(|step| step.script.as_ref());
        let call = calls.find(|call| scripts.hooks(&call.script).is_some_and(|hooks| hooks.priority))?;
        Some((plan.id.clone(), Arc::clone(call)))
    }

    /// Returns `true` if one of the steps that a conversation has reached calls a script.
    pub fn is_scripted(&self, reference: ConversationRef) -> bool {
        self.conversation(reference).and_then(|it| it.route.as_ref()).is_some_and(|route| {
            (route.from.through(route.reached))
                .any(|step| self.step(reference, route.rule, step).is_some_and(|step| step.script.is_some()))
        })
    }

    /// Returns the first script that a rule names.
    fn first_script(&self, reference: ConversationRef, index: RuleRef) -> Option<Arc<ScriptCall>> {
        let mut calls = self.rule(reference, index)?.steps.iter().filter_map(|step| step.script.as_ref());
        calls.next().cloned()
    }

    /// Returns `true` if a priority is that of a conversation without a script, at every step of its rule and at all times.
    fn is_own_priority(&self, it: &Conversation, rule: RuleRef, given: GivenPriority) -> bool {
        let plan = it.channel.and_then(|channel| self.rules.rule(channel, rule));
        let is_constant = plan.is_none_or(|plan| !plan.changes_priority());
        let of_channel =
            it.channel.and_then(|slot| self.roster.channel(slot)).map_or(0, |channel| channel.entry.priority);
        let own = Some(it.details.priority.saturating_add(of_channel));
        it.given == GivenPriority::NONE && is_constant && given == GivenPriority { priority: own, again_at: None }
    }

    fn otherwise(&self, reference: ConversationRef, index: RuleRef) -> Option<Otherwise> {
        Some(self.rule(reference, index)?.otherwise.clone())
    }

    // ---- what scripts see

    /// Returns the data that scripts see about a conversation with these details.
    pub fn about(
        &self,
        reference: ConversationRef,
        rule: Option<RuleRef>,
        details: &Arc<Details>,
        step: Option<StepRef>,
        hooks: Hooks,
        allowance: Allowance,
    ) -> Option<Arc<About>> {
        let conversation = self.conversation(reference)?;
        let channel = self.channel_of(reference)?;
        let rule = rule.and_then(|rule| self.rule(reference, rule));
        let contact = conversation.details.contact_id();
        let last_agent = contact.and_then(|contact| self.last_agents.get(contact));
        Some(Arc::new(About {
            conversation: conversation.id.clone(),
            details: Arc::clone(details),
            channel: Arc::clone(&channel.entry),
            zone: self.roster.zone_of_inbox(&channel.inbox).clone(),
            zones: self.roster.known().zones.clone(),
            at: self.clock?,
            opened_at: conversation.opened_at,
            queued_from: conversation.queued_from,
            rule: rule.map(|rule| rule.id.clone()),
            step: step.map_or(0, StepRef::number),
            queue: self.queue.len(),
            channel_queue: conversation.channel.map_or(0, |channel| self.queue.len_of(channel)),
            seed: self.roster.settings.seed,
            last_agent: last_agent.and_then(|slot| self.roster.agent_id(*slot)),
            history: if hooks.sees_history { self.history_of(conversation) } else { Vec::new() },
            deadline: self.deadline.clone(),
            allowance,
        }))
    }

    /// Returns the agents who were the last to hold the conversations of a contact.
    fn history_of(&self, conversation: &Conversation) -> Vec<Held> {
        let mut history: Vec<Held> = Vec::new();
        let Some(contact) = conversation.details.contact_id() else { return history };
        for (agent, opened) in self.of_contact(contact).filter_map(|it| {
            let (slot, _) = it.last_held()?;
            Some((self.roster.agent_id(slot)?, it.opened_at))
        }) {
            match history.iter_mut().find(|held| held.agent == agent) {
                Some(held) => {
                    held.conversations += 1;
                    held.last = held.last.max(opened);
                }
                None => history.push(Held { agent, conversations: 1, last: opened }),
            }
        }
        history.sort_by(|a, b| a.agent.cmp(&b.agent));
        history
    }

    /// Returns what a script sees at a step: the agents it may choose among, or all agents if it uses them.
    fn scene_of(
        &self,
        call: &ScriptCall,
        reference: ConversationRef,
        rule: RuleRef,
        step: Option<StepRef>,
        pool: Option<&Pool<'_>>,
        allowance: Allowance,
    ) -> Result<Arc<Scene>, Box<Failure>> {
        let hooks = self.scripts.as_ref().and_then(|scripts| scripts.hooks(&call.script)).unwrap_or_default();
        if hooks.is_counted && hooks.sees_everyone {
            // A script that uses all agents pays one operation for each.
            let everyone = self.roster.members().count() as u64;
            if allowance.left() < everyone {
                let failure = allowance.spent().of_hook(SHOWN_FOR);
                return Err(Box::new(Failure { script: Some(call.script.clone()), ..failure }));
            }
            allowance.take(everyone);
        }
        self.scene_seen_by(hooks, reference, rule, step, pool, allowance).ok_or_else(|| unknown(call))
    }

    fn scene_seen_by(
        &self,
        hooks: Hooks,
        reference: ConversationRef,
        rule: RuleRef,
        step: Option<StepRef>,
        pool: Option<&Pool<'_>>,
        allowance: Allowance,
    ) -> Option<Arc<Scene>> {
        let details = &self.conversation(reference)?.details;
        let about = self.about(reference, Some(rule), details, step, hooks, allowance)?;
        let mut eligible = Vec::new();
        if let Some(pool) = pool {
            pool.for_each(|slot| eligible.push(slot));
        }
        let kind = self.channel_of(reference)?.kind;
        let rows: Vec<Row> = if hooks.sees_everyone {
            self.roster.members().filter_map(|(slot, _)| self.row(slot, kind)).collect()
        } else {
            eligible.iter().filter_map(|slot| self.row(*slot, kind)).collect()
        };
        let place = |slot: &AgentSlot| rows.binary_search_by_key(slot, |row| row.slot).ok();
        let eligible = eligible.iter().filter_map(place).collect();
        Some(Arc::new(Scene { about, eligible, rows }))
    }

    fn row(&self, slot: AgentSlot, kind: usize) -> Option<Row> {
        let (member, person) = self.roster.member(slot).zip(self.person(slot))?;
        let standing = self.standings.standing(slot)?;
        let limits = self.rules.limits(slot)?;
        let room = limits.room(kind, standing);
        Some(Row {
            slot,
            entry: Arc::clone(&member.entry),
            stretch: person.announced?,
            working_until: Some(self.away_at(slot)).filter(|until| *until < Instant::MAX),
            load: standing.load,
            holding: standing.items,
            capacity: limits.total,
            room: match room {
                Some(u32::MAX) => None,
                room => Some(room.unwrap_or_default()),
            },
            last_order: standing.last_assigned,
            last_assigned: standing.last_assigned_at,
            idle_since: standing.idle_since,
        })
    }
}
