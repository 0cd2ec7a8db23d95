//! Rules, compiled: their conditions, and the targets of their steps.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::extension;
use crate::availability::{StepTarget, handle};
use crate::model::{
    Condition, Field, Id, OnError, Otherwise, RaisePriority, Rule, ScriptCall, SkipIf, Step, Strategy, Test, Tie, Wait,
    WeeklyHours,
};
use crate::time::Zone;
use crate::time::weekly::Weekly;

handle! {
    /// A rule, among those of its channel.
    RuleRef
}

handle! {
    /// A step, in its rule; an earlier one is lower.
    StepRef
}

impl StepRef {
    /// The first step of a rule.
    pub const FIRST: StepRef = StepRef::of(0);

    /// The step with a number, as events and people count them: from 1.
    pub const fn numbered(number: usize) -> Self {
        StepRef::of(number.saturating_sub(1))
    }

    /// The number of the step, from 1.
    pub const fn number(self) -> usize {
        self.index().saturating_add(1)
    }

    /// The step after it.
    pub const fn next(self) -> Self {
        StepRef(self.0.saturating_add(1))
    }

    /// The steps from this one to a later one, both included.
    pub fn through(self, last: StepRef) -> impl Iterator<Item = StepRef> + Clone {
        (self.index()..=last.index()).map(StepRef::of)
    }
}

/// A rule, compiled.
#[derive(Debug, Clone)]
pub(crate) struct Plan {
    pub id: Id,
    pub conditions: Vec<PlanCondition>,
    /// The condition that is an expression, evaluated after the others.
    pub when: Option<Arc<dyn extension::Condition>>,
    pub steps: Vec<PlanStep>,
    pub otherwise: Otherwise,
    /// The skills of a conversation that are not required, each from a step on.
    relaxed: FxHashMap<Id, StepRef>,
    /// The priority that the rule adds, and then that which it adds with its steps up to each one.
    priorities: Vec<i64>,
    /// The priority that it adds as a conversation waits.
    pub raise: Option<RaisePriority>,
}

/// A condition, compiled.
#[derive(Debug, Clone)]
pub(crate) enum PlanCondition {
    Field(Field, Test),
    Hours { zone: Zone, weekly: Weekly },
}

/// A step, compiled.
#[derive(Debug, Clone)]
pub(crate) struct PlanStep {
    pub target: StepTarget,
    /// The strategy; if a script chooses, the one used when the script leaves the choice.
    pub strategy: Strategy,
    pub script: Option<Arc<ScriptCall>>,
    pub on_error: OnError,
    pub tie: Tie,
    pub skills: Vec<(Id, u8)>,
    pub wait: Option<Wait>,
    /// `true` if it is passed while none of those whom it names is available.
    pub skips: bool,
    pub only_available: bool,
}

impl Plan {
    /// Returns a step.
    pub fn step(&self, step: StepRef) -> Option<&PlanStep> {
        self.steps.get(step.index())
    }

    /// Returns the last step; of a rule without steps, the first that it would have.
    pub fn last_step(&self) -> StepRef {
        StepRef::numbered(self.steps.len())
    }

    /// Returns `true` if a skill of a conversation is not required at a step: it is relaxed there, or before.
    pub fn relaxes(&self, skill: &Id, step: StepRef) -> bool {
        self.relaxed.get(skill).is_some_and(|from| *from <= step)
    }

    /// Returns the priority that the rule and its steps add to a conversation which has reached a step.
    pub fn priority_at(&self, reached: StepRef) -> i64 {
        self.priorities.get(reached.number()).or(self.priorities.last()).copied().unwrap_or_default()
    }

    /// Returns `true` if the rule changes the priority of a conversation, at any step.
    pub fn changes_priority(&self) -> bool {
        self.raise.is_some() || self.priorities.iter().any(|priority| *priority != 0)
    }

    /// Compiles a rule of an inbox in a zone, with the targets of its steps, its condition, and the outcome if it has none of
    /// its own.
    pub fn new(
        rule: &Rule,
        zone: &Zone,
        targets: &mut impl Iterator<Item = StepTarget>,
        when: Option<Arc<dyn extension::Condition>>,
        otherwise: &Otherwise,
    ) -> Self {
        Plan {
            id: rule.id.clone(),
            conditions: rule.conditions.iter().filter_map(|condition| PlanCondition::new(condition, zone)).collect(),
            when,
            steps: rule.steps.iter().zip(targets).map(|(step, target)| PlanStep::new(step, target)).collect(),
            relaxed: relaxed(rule),
            otherwise: rule.otherwise.as_ref().unwrap_or(otherwise).clone(),
            priorities: priorities(rule),
            raise: rule.raise_priority.clone(),
        }
    }
}

/// Returns the priority that a rule adds, and then that which it adds with its steps up to each one.
fn priorities(rule: &Rule) -> Vec<i64> {
    let added = std::iter::once(rule.priority).chain(rule.steps.iter().map(|step| step.priority));
    let sum = |sum: &mut i64, priority: i64| {
        *sum = sum.saturating_add(priority);
        Some(*sum)
    };
    added.scan(0, sum).collect()
}

/// Returns the skills that the steps of a rule relax, each with the first step that does.
fn relaxed(rule: &Rule) -> FxHashMap<Id, StepRef> {
    let mut relaxed = FxHashMap::default();
    for (step, entry) in StepRef::all(rule.steps.len()).zip(&rule.steps) {
        entry.relax_skills.iter().for_each(|skill| {
            relaxed.entry(skill.clone()).or_insert(step);
        });
    }
    relaxed
}

impl PlanStep {
    fn new(step: &Step, target: StepTarget) -> Self {
        PlanStep {
            target,
            strategy: step.strategy.built_in().unwrap_or_default(),
            script: step.strategy.script().cloned().map(Arc::new),
            on_error: step.on_error,
            tie: step.tie,
            skills: step.skills.iter().map(|(skill, level)| (skill.clone(), *level)).collect(),
            wait: step.wait,
            skips: step.skip_if == Some(SkipIf::NobodyAvailable) && step.only_available,
            only_available: step.only_available,
        }
    }
}

impl PlanCondition {
    fn new(condition: &Condition, inbox_zone: &Zone) -> Option<Self> {
        match condition {
            Condition::Field(field, test) => Some(PlanCondition::Field(field.clone(), test.clone())),
            Condition::Hours { time_zone, hours, .. } => Some(PlanCondition::Hours {
                zone: time_zone.as_ref().unwrap_or(inbox_zone).clone(),
                weekly: WeeklyHours::compile(hours),
            }),
            Condition::Extension(..) => None,
        }
    }
}
