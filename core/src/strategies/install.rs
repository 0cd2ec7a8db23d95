//! Adding strategies to documents and desks, and interpreting their answers.

use std::cmp::Ordering;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use rustc_hash::FxHashMap;
use serde_json::Value;

use super::set::{Choice, Failed, OwnStrategy, SCRIPT_ERROR, Strategies};
use super::views::Question;
use crate::availability::AgentSlot;
use crate::desk::Desk;
use crate::model::{Id, ScriptCall};
use crate::problem::{Code, Problems, shortened};
use crate::reader::Reader;
use crate::routing::extension::{Failure, FallBack, HookName, Hooks, Row, Scene, Scripts, Verdict};
use crate::routing::unknown;

/// The name of the hook that a strategy stands for.
const PICK: &str = HookName::Pick.as_str();
const INVALID_RESULT: &str = "invalid_result";
/// The longest message or code, in characters, that is not cut.
const LONGEST_MESSAGE: usize = 500;
const LONGEST_CODE: usize = 64;
const MOST_CALLS: usize = 16;

impl Desk {
    /// Replaces the embedder's strategies, from the next question on; scripts are kept. Conversations that wait are not
    /// decided again because of this.
    ///
    /// # Errors
    /// `unknown_script`, `unknown_parameter` or `wrong_type` if the current document does not fit the strategies,
    /// `duplicate_id` if a script has the name of a strategy; the desk then keeps its strategies.
    pub fn set_strategies(&mut self, strategies: Strategies) -> Result<(), Problems> {
        self.install(|installed| installed.strategies = Some(strategies.extension()))
    }
}

impl Reader {
    /// Sets the embedder's strategies that documents may name.
    #[must_use]
    pub fn strategies(mut self, strategies: Strategies) -> Reader {
        self.installed.strategies = Some(strategies.extension());
        self
    }
}

impl Scripts for Strategies {
    fn hooks(&self, name: &str) -> Option<Hooks> {
        let strategy = self.strategies.get(name)?.as_ref()?;
        let (sees_everyone, sees_history) = (strategy.sees_everyone(), strategy.sees_history());
        Some(Hooks { pick: true, sees_everyone, sees_history, ..Hooks::default() })
    }

    fn knows(&self, name: &str) -> bool {
        self.strategies.get(name).is_some_and(Option::is_some)
    }

    fn choose(&self, call: &ScriptCall, scene: &Arc<Scene>) -> Verdict {
        let Some(Some(strategy)) = self.strategies.get(&call.script) else { return Verdict::failed(unknown(call)) };
        let mut verdict = Verdict { chosen: Ok(None), scores: Vec::new(), rejected: Vec::new(), log: Vec::new() };
        let answer = asked(&**strategy, &Question::new(scene, call), scene);
        let chosen = answer.map_err(failure).and_then(|choice| understood(choice, scene, &mut verdict));
        verdict.chosen = chosen.map_err(|failure| Box::new(Failure { script: Some(call.script.clone()), ..*failure }));
        verdict
    }

    fn priority(&self, _: &ScriptCall, _: &Arc<Scene>) -> Result<Option<i64>, Box<Failure>> {
        Ok(None)
    }

    fn fall_back(&self, _: &ScriptCall, _: &Arc<Scene>) -> Result<FallBack, Box<Failure>> {
        Ok(FallBack::GoOn)
    }
}

/// Calls a strategy within the deadline. Catches a panic, which must not leave the desk in the middle of a turn.
fn asked(strategy: &dyn OwnStrategy, question: &Question, scene: &Scene) -> Result<Choice, Failed> {
    let in_time = || match &scene.about.deadline {
        Some(deadline) if deadline.is_up() => Err(Failed::new("the time was up").with_code(Code::TimeIsUp.as_str())),
        _ => Ok(()),
    };
    in_time()?;
    let answer = catch_unwind(AssertUnwindSafe(|| strategy.choose(question)));
    in_time()?;
    answer.unwrap_or_else(|_| Err(Failed::new("the strategy panicked")))
}

/// Converts a strategy's failure for its event.
fn failure(failed: Failed) -> Box<Failure> {
    let cut = |text: &str, most: usize| text.chars().take(most).collect::<String>();
    let skipped = failed.calls.len().saturating_sub(MOST_CALLS);
    let code = if failed.code.is_empty() { SCRIPT_ERROR } else { &failed.code };
    let failure = Failure::new(&cut(code, LONGEST_CODE), cut(&failed.message, LONGEST_MESSAGE));
    Box::new(Failure {
        file: failed.file,
        line: failed.line,
        calls: failed.calls.into_iter().skip(skipped).collect(),
        ..failure.of_hook(PICK)
    })
}

fn nonsense(message: String) -> Box<Failure> {
    Box::new(Failure::new(INVALID_RESULT, message).of_hook(PICK))
}

/// Returns the agent that an answer chooses.
fn understood(choice: Choice, scene: &Scene, verdict: &mut Verdict) -> Result<Option<AgentSlot>, Box<Failure>> {
    match choice {
        Choice::Nobody => Ok(None),
        Choice::Agent(id) => candidate(scene, &id).map(|row| Some(row.slot)),
        Choice::Scores(scores) => best(&scores, scene, verdict),
    }
}

fn candidates(scene: &Scene) -> impl Iterator<Item = &Row> {
    scene.eligible.iter().filter_map(|index| scene.rows.get(*index))
}

fn candidate<'a>(scene: &'a Scene, id: &Id) -> Result<&'a Row, Box<Failure>> {
    candidates(scene).find(|row| row.entry.id == *id).ok_or_else(|| stranger(id))
}

fn stranger(id: &Id) -> Box<Failure> {
    nonsense(format!("the strategy gave {:?}, who is not among the candidates", shortened(id)))
}

/// Returns the scores by candidate; of several scores of one candidate, the last.
fn placed(scores: &[(Id, f64)], scene: &Scene) -> Result<Vec<Option<f64>>, Box<Failure>> {
    let places: FxHashMap<&Id, usize> =
        candidates(scene).enumerate().map(|(place, row)| (&row.entry.id, place)).collect();
    let mut placed = vec![None; scene.eligible.len()];
    for (id, score) in scores {
        let place = places.get(id).and_then(|place| placed.get_mut(*place)).ok_or_else(|| stranger(id))?;
        if !score.is_finite() {
            return Err(nonsense(format!("the score {score} of {:?} is not a number to compare", shortened(id))));
        }
        *place = Some(*score);
    }
    Ok(placed)
}

/// Returns the agent with the highest score; candidates without a score are refused.
fn best(scores: &[(Id, f64)], scene: &Scene, verdict: &mut Verdict) -> Result<Option<AgentSlot>, Box<Failure>> {
    let mut best: Option<(f64, &Row)> = None;
    for (row, score) in candidates(scene).zip(placed(scores, scene)?) {
        let Some(score) = score else {
            verdict.rejected.push((row.slot, None));
            continue;
        };
        verdict.scores.push((row.slot, score_as_json(score)));
        let is_better = best.is_none_or(|(known, holder)| match score.partial_cmp(&known) {
            Some(Ordering::Greater) => true,
            Some(Ordering::Equal) => (row.load, row.last_order) < (holder.load, holder.last_order),
            _ => false,
        });
        if is_better {
            best = Some((score, row));
        }
    }
    Ok(best.map(|(_, row)| row.slot))
}

/// Returns a score as JSON, a whole number without a decimal point.
fn score_as_json(score: f64) -> Value {
    const MOST: f64 = 9_007_199_254_740_992.0;
    if score.fract() == 0.0 && score.abs() <= MOST { Value::from(score as i64) } else { Value::from(score) }
}
