//! Answers the questions of a choice with plain expressions.

use rhai::AST;

use super::{Expression, Sight};
use crate::availability::AgentSlot;
use crate::routing::extension::{HookName, Hooks, Scene};
use crate::script::budget::Meter;
use crate::script::choose::{Admission, Answers};
use crate::script::library::value::Number;
use crate::script::params::Params;
use crate::script::plain::Plain;

/// The hooks of a script that choose an agent, all of them plain expressions.
#[derive(Debug)]
pub(in crate::script) struct PlainHooks {
    eligible: Option<Expression>,
    score: Option<Expression>,
}

impl PlainHooks {
    /// Compiles the hooks of a script; `None` if one that chooses an agent is left to Rhai.
    pub fn of(functions: &AST, hooks: Hooks, params: &Params) -> Option<PlainHooks> {
        let of = |hook| Expression::of_hook(functions, hook, params);
        let (eligible, score) = (of(HookName::Eligible), of(HookName::Score));
        let are_all = (hooks.eligible, hooks.score, hooks.pick) == (eligible.is_some(), score.is_some(), false);
        are_all.then_some(PlainHooks { eligible, score })
    }
}

/// A script whose hooks are plain expressions, answering one question.
pub(in crate::script) struct Plainly<'s> {
    pub hooks: &'s PlainHooks,
    pub scene: &'s Scene,
    pub params: &'s Params,
    pub meter: Meter,
}

/// The reason for asking Rhai: the value is not plain, or not for certain what Rhai would give.
pub(in crate::script) struct LeftToRhai;

impl Plainly<'_> {
    /// Evaluates a hook about an agent.
    fn evaluate<T>(
        &mut self,
        hook: Option<&Expression>,
        row: usize,
        understand: impl FnOnce(Plain<'_>) -> Option<T>,
    ) -> Result<T, LeftToRhai> {
        let about = &*self.scene.about;
        let sight = Sight { about, row: Some(self.scene.rows.get(row).ok_or(LeftToRhai)?), params: self.params };
        let evaluated = hook.and_then(|hook| hook.evaluate(&sight, self.meter.left(about)));
        let (value, spent) = evaluated.ok_or(LeftToRhai)?;
        self.meter.spend(spent);
        understand(value).ok_or(LeftToRhai)
    }
}

impl Answers for Plainly<'_> {
    type Error = LeftToRhai;

    fn admits(&mut self, row: usize) -> Result<Admission, LeftToRhai> {
        self.evaluate(self.hooks.eligible.as_ref(), row, |value| match value {
            Plain::Truth(true) => Some(Admission::Yes),
            Plain::Truth(false) => Some(Admission::No(None)),
            Plain::Text(because) => Some(Admission::refused(because)),
            Plain::Nothing | Plain::Number(_) | Plain::Time(_) => None,
        })
    }

    fn score(&mut self, row: usize) -> Result<Option<Number>, LeftToRhai> {
        self.evaluate(self.hooks.score.as_ref(), row, |value| match value {
            Plain::Nothing => Some(None),
            Plain::Number(score) => Some(Some(score)).filter(|_| score.point().is_finite()),
            Plain::Truth(_) | Plain::Text(_) | Plain::Time(_) => None,
        })
    }

    fn pick(&mut self, _: &[usize]) -> Result<Option<AgentSlot>, LeftToRhai> {
        Err(LeftToRhai)
    }
}
