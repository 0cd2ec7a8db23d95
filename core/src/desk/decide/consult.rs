//! Calling scripts: at a step, and when a step found nobody.
//!
//! Events record the answers, so that they rebuild the desk without any script: the agent chosen in `assigned` and
//! `offered`, a failure in `script_failed`.

use std::sync::Arc;

use crate::availability::{AgentSlot, StepTarget};
use crate::desk::decide::Decider;
use crate::desk::decide::serve::waits_at;
use crate::desk::event::EventKind;
use crate::desk::state::check::MOST_FAILURES;
use crate::desk::state::failure_mark;
use crate::desk::state::{ConversationRef, DeskState, Resolved, Route};
use crate::model::{Id, OnError, Otherwise, ScriptCall, Strategy};
use crate::routing::extension::{Allowance, Failure, FallBack, Verdict};
use crate::routing::{Explanation, Failures, Ineligible, Plan, PlanStep, Pool, RuleRef, StepRef, unknown};
use crate::time::Instant;

/// The agents among whom one is chosen for a conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Among {
    /// Those whom a step of a rule names.
    Step(RuleRef, StepRef),
    /// The members of the team to which it is distributed.
    Team,
}

/// The agent chosen for a conversation, and how the choice was made.
pub struct Chosen {
    pub slot: AgentSlot,
    /// The strategy, `script:NAME`, or `strategy:NAME`.
    pub by: Id,
    /// The agent out of office in whose place it was made.
    pub substitute_for: Option<AgentSlot>,
    /// The running weights of all agents it chose among, if weights decided.
    pub weights: Vec<(AgentSlot, i64)>,
    pub explanation: Option<Explanation>,
    pub trace: Vec<String>,
}

/// The explanation of a step: by its strategy, or by its script.
pub struct StepExplanation {
    /// The strategy, `script:NAME`, or `strategy:NAME`.
    pub by: Id,
    pub explanation: Explanation,
    pub failure: Option<Box<Failure>>,
    pub log: Vec<String>,
}

impl Decider<'_> {
    /// Returns the agent whom a step chooses, by its strategy or its script.
    pub fn choose_at(&mut self, reference: ConversationRef, among: Among, at: Instant) -> Option<Chosen> {
        let (rule, step, plan) = match self.state.chooser(reference, among) {
            Some((rule, step, plan)) => (rule, step, plan),
            None => return self.choose_by(Strategy::default(), reference, among, at),
        };
        let (strategy, script, on_error) = (plan.strategy, plan.script.clone(), plan.on_error);
        let Some(call) = script else {
            return self.choose_by(strategy, reference, among, at);
        };
        let pool = self.state.pool(reference, among, at)?;
        // Without an eligible agent the script is not called.
        pool.first()?;
        let verdict = self.state.ask(&call, reference, rule, step, &pool, self.state.allowance());
        let failure = match verdict.chosen {
            Ok(slot) => {
                let slot = slot?;
                let explanation = self.explaining.then(|| self.state.explain_verdict(&call, &verdict, &pool, at));
                let (by, weights) = (self.state.name_of(&call), Vec::new());
                let substitute_for = pool.named.stands_in_for(slot);
                return Some(Chosen { slot, by, substitute_for, weights, explanation, trace: verdict.log });
            }
            Err(failure) => failure,
        };
        let rule = self.state.rule_id(reference, rule)?;
        self.tell_failure(reference, &rule, Some(step), failure, Some(on_error), at);
        match on_error {
            OnError::SkipStep => None,
            OnError::Strategy(strategy) => self.choose_by(strategy, reference, among, at),
        }
    }

    fn choose_by(&self, strategy: Strategy, reference: ConversationRef, among: Among, at: Instant) -> Option<Chosen> {
        let pool = self.state.pool_by(strategy, reference, among, at)?;
        let definition = strategy.definition();
        let slot = (definition.choose)(&pool)?;
        let explanation = self.explaining.then(|| pool.explain(strategy, |slot| self.state.status_of(slot, at)));
        let weights = definition.weighing.map(|weigh| weigh(&pool, slot)).unwrap_or_default();
        let (by, substitute_for) = (Id::from(strategy.as_str()), pool.named.stands_in_for(slot));
        Some(Chosen { slot, by, substitute_for, weights, explanation, trace: Vec::new() })
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
        let rule = rule.clone();
        self.emit(at, Resolved::of(reference), EventKind::ScriptFailed { conversation, rule, step, failure, on_error });
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
        self.emit(at, on, waits_at(conversation, rule, step, None, None));
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

    /// Gives the scripts, if there are any, all their operations again, at the start of an instant.
    pub fn renew_allowance(&mut self) {
        self.allowance = self.scripts.is_some().then(|| self.whole_allowance());
    }

    /// Returns the script that a rule calls, or the strategy of the embedder.
    pub fn named_by(&self, call: &ScriptCall) -> (Option<Id>, Option<Id>) {
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

    /// Returns the explanation of a choice by a script.
    fn explain_verdict(&self, call: &ScriptCall, verdict: &Verdict, pool: &Pool<'_>, at: Instant) -> Explanation {
        let mut explanation = pool.explain(Strategy::LeastBusy, |slot| self.status_of(slot, at));
        for (slot, score) in &verdict.scores {
            explanation.get_mut(*slot).into_iter().for_each(|it| it.score = Some(score.clone()));
        }
        let (script, strategy) = self.named_by(call);
        for (slot, because) in &verdict.rejected {
            let Some(refused) = explanation.get_mut(*slot) else { continue };
            let (script, strategy, because) = (script.clone(), strategy.clone(), because.clone());
            refused.ineligible = Some(Ineligible::RejectedByScript { script, strategy, because });
        }
        explanation
    }

    /// Returns the explanation of those among whom one is chosen now, by the strategy or script that chooses.
    pub fn explain(&self, reference: ConversationRef, among: Among, at: Instant) -> Option<StepExplanation> {
        let of = |pool: &Pool<'_>, strategy| pool.explain(strategy, |slot| self.status_of(slot, at));
        let by = |strategy: Strategy, failure, log| {
            let explanation = of(&self.pool_by(strategy, reference, among, at)?, strategy);
            Some(StepExplanation { by: Id::from(strategy.as_str()), explanation, failure, log })
        };
        let chooser = self.chooser(reference, among);
        let strategy = chooser.map_or(Strategy::default(), |(_, _, plan)| plan.strategy);
        let Some((rule, step, plan, call)) =
            chooser.and_then(|(rule, step, it)| Some((rule, step, it, it.script.as_ref()?)))
        else {
            return by(strategy, None, Vec::new());
        };
        let pool = self.pool(reference, among, at)?;
        if pool.first().is_none() {
            let (by, explanation) = (self.name_of(call), of(&pool, plan.strategy));
            return Some(StepExplanation { by, explanation, failure: None, log: Vec::new() });
        }
        // An explanation is not part of the command, so it must not spend the operations of the command.
        let mut verdict = self.ask(call, reference, rule, step, &pool, self.whole_allowance());
        let (log, chosen) = (std::mem::take(&mut verdict.log), verdict.chosen.clone());
        match (chosen, plan.on_error) {
            (Err(failure), OnError::Strategy(strategy)) => by(strategy, Some(failure), log),
            (chosen, _) => {
                let explanation = self.explain_verdict(call, &verdict, &pool, at);
                Some(StepExplanation { by: self.name_of(call), explanation, failure: chosen.err(), log })
            }
        }
    }

    /// Returns `true` if one of the steps that a conversation has reached calls a script.
    pub fn is_scripted(&self, reference: ConversationRef) -> bool {
        if self.conversation(reference).is_some_and(|it| it.for_team.is_some()) {
            return self.chooser(reference, Among::Team).is_some_and(|(_, _, plan)| plan.script.is_some());
        }
        self.conversation(reference).and_then(|it| it.route.as_ref()).is_some_and(|route| {
            (route.from.through(route.reached))
                .any(|step| self.step(reference, route.rule, step).is_some_and(|step| step.script.is_some()))
        })
    }

    /// Returns `true` if the scripts that refuse a conversation refuse all others of its class as long as nothing changes: they do
    /// not look at it, name nobody by its contact, and have not failed for it. A failure is told for each conversation.
    pub fn is_refused_as_class(&self, reference: ConversationRef) -> bool {
        let Some(conversation) = self.conversation(reference).filter(|it| it.failures.is_empty()) else { return false };
        let stands = |plan: &PlanStep| plan.script.as_ref().is_none_or(|call| self.stands_for_class(call, plan));
        match (&conversation.for_team, &conversation.route) {
            (Some(_), _) => self.chooser(reference, Among::Team).is_some_and(|(_, _, plan)| stands(plan)),
            (None, Some(route)) => (route.from.through(route.reached))
                .all(|step| self.step(reference, route.rule, step).is_some_and(stands)),
            (None, None) => false,
        }
    }

    fn stands_for_class(&self, call: &ScriptCall, plan: &PlanStep) -> bool {
        let hooks = self.scripts.as_ref().and_then(|scripts| scripts.hooks(&call.script)).unwrap_or_default();
        hooks.ignores_conversation && matches!(plan.target, StepTarget::Fixed { .. })
    }

    fn otherwise(&self, reference: ConversationRef, index: RuleRef) -> Option<Otherwise> {
        Some(self.rule(reference, index)?.otherwise.clone())
    }
}
