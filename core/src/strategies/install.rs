//! Adding strategies to documents and desks, and interpreting their answers.

use std::cmp::Ordering;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use rustc_hash::FxHashMap;
use serde_json::Value;

use super::set::{Admission, Choice, Failed, OwnHooks, OwnStrategy, SCRIPT_ERROR, Strategies};
use super::views::Question;
use crate::availability::AgentSlot;
use crate::desk::Desk;
use crate::model::{Id, Otherwise, ScriptCall};
use crate::problem::{Code, Problems, shortened};
use crate::reader::Reader;
use crate::routing::extension::{Failure, FallBack, GivenPriority, HookName, Hooks, Row, Scene, Scripts, Verdict};
use crate::routing::{of_strategy, unknown};

const INVALID_RESULT: &str = "invalid_result";
/// The longest message or code, in characters, that is not cut.
const LONGEST_MESSAGE: usize = 500;
const LONGEST_CODE: usize = 64;
const MOST_CALLS: usize = 16;
/// The longest reason, in characters, that is not cut.
const LONGEST_REASON: usize = 200;
/// The largest priority: JavaScript holds whole numbers of a document up to here.
const MOST: i64 = 1 << 53;

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
        let OwnHooks { eligible, priority, fallback } = strategy.hooks();
        Some(Hooks { pick: true, eligible, priority, fallback, sees_everyone, sees_history, ..Hooks::default() })
    }

    fn knows(&self, name: &str) -> bool {
        self.strategies.get(name).is_some_and(Option::is_some)
    }

    fn choose(&self, call: &ScriptCall, scene: &Arc<Scene>) -> Verdict {
        let mut verdict = Verdict { chosen: Ok(None), scores: Vec::new(), rejected: Vec::new(), log: Vec::new() };
        verdict.chosen = self.ask(call, scene, |asked| asked.choose(&mut verdict));
        verdict
    }

    fn priority(&self, call: &ScriptCall, scene: &Arc<Scene>) -> Result<GivenPriority, Box<Failure>> {
        let priority = self.ask(call, scene, |asked| asked.priority())?;
        Ok(GivenPriority { priority, again_at: None })
    }

    fn fall_back(&self, call: &ScriptCall, scene: &Arc<Scene>) -> Result<FallBack, Box<Failure>> {
        self.ask(call, scene, |asked| asked.fall_back())
    }
}

impl Strategies {
    /// Asks the strategy that a call names.
    fn ask<T>(
        &self,
        call: &ScriptCall,
        scene: &Arc<Scene>,
        ask: impl FnOnce(&Asked<'_>) -> Result<T, Box<Failure>>,
    ) -> Result<T, Box<Failure>> {
        let answer = match self.strategies.get(&call.script) {
            Some(Some(strategy)) => ask(&Asked { strategy: &**strategy, scene, question: Question::new(scene, call) }),
            Some(None) | None => Err(unknown(call)),
        };
        answer.map_err(|failure| of_strategy(*failure, &call.script))
    }
}

/// A strategy with its question.
struct Asked<'a> {
    strategy: &'a dyn OwnStrategy,
    scene: &'a Scene,
    question: Question,
}

impl Asked<'_> {
    /// Calls a hook within the deadline. Catches a panic, which must not leave the desk in the middle of a turn.
    fn call<T>(
        &self,
        hook: HookName,
        call: impl FnOnce(&dyn OwnStrategy) -> Result<T, Failed>,
    ) -> Result<T, Box<Failure>> {
        let in_time = || match &self.scene.about.deadline {
            Some(deadline) if deadline.is_up() => {
                Err(Failed::new("the time was up").with_code(Code::TimeIsUp.as_str()))
            }
            _ => Ok(()),
        };
        let called = || {
            in_time()?;
            let answer = catch_unwind(AssertUnwindSafe(|| call(self.strategy)));
            in_time()?;
            answer.unwrap_or_else(|_| Err(Failed::new("the strategy panicked")))
        };
        called().map_err(|failed| failure(failed, hook))
    }

    fn choose(&self, verdict: &mut Verdict) -> Result<Option<AgentSlot>, Box<Failure>> {
        let question = match self.strategy.hooks().eligible {
            true => self.question.among(self.admitted(verdict)?),
            false => self.question.clone(),
        };
        if question.candidates().next().is_none() {
            return Ok(None);
        }
        let (agent, because) = match self.call(HookName::Pick, |strategy| strategy.choose(&question))? {
            Choice::Nobody => return Ok(None),
            Choice::Scores(scores) => return best(&scores, &question, verdict),
            Choice::Agent(id) => (candidate(&question, &id)?, None),
            Choice::Because(id, because) => (candidate(&question, &id)?, Some(because)),
        };
        verdict.log.extend(because.map(|because| cut(&because, LONGEST_REASON)));
        Ok(Some(agent.slot))
    }

    /// Returns the rows of the candidates whom the strategy does not refuse.
    fn admitted(&self, verdict: &mut Verdict) -> Result<Vec<usize>, Box<Failure>> {
        let mut left = Vec::new();
        for (row, agent) in self.question.rows().zip(self.question.candidates()) {
            let because = match self.call(HookName::Eligible, |strategy| strategy.eligible(&self.question, agent))? {
                Admission::Yes => {
                    left.push(agent.place());
                    continue;
                }
                Admission::No => None,
                Admission::Because(because) => Some(cut(&because, LONGEST_REASON)),
            };
            verdict.rejected.push((row.slot, because));
        }
        Ok(left)
    }

    fn priority(&self) -> Result<Option<i64>, Box<Failure>> {
        match self.call(HookName::Priority, |strategy| strategy.priority(&self.question))? {
            Some(priority) if !(-MOST..=MOST).contains(&priority) => {
                Err(nonsense(HookName::Priority, format!("the priority {priority} is not within ±2^53")))
            }
            priority => Ok(priority),
        }
    }

    fn fall_back(&self) -> Result<FallBack, Box<Failure>> {
        let invalid = |message| Err(nonsense(HookName::Fallback, message));
        let step = self.scene.about.step;
        match self.call(HookName::Fallback, |strategy| strategy.fallback(&self.question))? {
            FallBack::Step(later) if later <= step => {
                invalid(format!("fallback gave step {later}, which is not after step {step}"))
            }
            FallBack::Otherwise(Otherwise::Voicemail(id) | Otherwise::Bot(id)) if Id::fault(&id).is_some() => {
                invalid(format!("fallback gave {:?}, which is no id", shortened(&id)))
            }
            answer => Ok(answer),
        }
    }
}

fn cut(text: &str, most: usize) -> String {
    text.chars().take(most).collect()
}

/// Converts a strategy's failure for its event.
fn failure(failed: Failed, hook: HookName) -> Box<Failure> {
    let skipped = failed.calls.len().saturating_sub(MOST_CALLS);
    let code = if failed.code.is_empty() { SCRIPT_ERROR } else { &failed.code };
    let failure = Failure::new(&cut(code, LONGEST_CODE), cut(&failed.message, LONGEST_MESSAGE));
    Box::new(Failure {
        file: failed.file,
        line: failed.line,
        calls: failed.calls.into_iter().skip(skipped).collect(),
        ..failure.of_hook(hook.as_str())
    })
}

fn nonsense(hook: HookName, message: String) -> Box<Failure> {
    Box::new(Failure::new(INVALID_RESULT, message).of_hook(hook.as_str()))
}

fn candidate<'a>(question: &'a Question, id: &Id) -> Result<&'a Row, Box<Failure>> {
    question.rows().find(|row| row.entry.id == *id).ok_or_else(|| stranger(id))
}

fn stranger(id: &Id) -> Box<Failure> {
    let message = format!("the strategy gave {:?}, who is not among the candidates", shortened(id));
    nonsense(HookName::Pick, message)
}

/// Returns the scores by candidate; of several scores of one candidate, the last.
fn placed(scores: &[(Id, f64)], question: &Question) -> Result<Vec<Option<f64>>, Box<Failure>> {
    let places: FxHashMap<&Id, usize> =
        question.rows().enumerate().map(|(place, row)| (&row.entry.id, place)).collect();
    let mut placed = vec![None; places.len()];
    for (id, score) in scores {
        let place = places.get(id).and_then(|place| placed.get_mut(*place)).ok_or_else(|| stranger(id))?;
        if !score.is_finite() {
            let message = format!("the score {score} of {:?} is not a number to compare", shortened(id));
            return Err(nonsense(HookName::Pick, message));
        }
        *place = Some(*score);
    }
    Ok(placed)
}

/// Returns the agent with the highest score; candidates without a score are refused.
fn best(scores: &[(Id, f64)], question: &Question, verdict: &mut Verdict) -> Result<Option<AgentSlot>, Box<Failure>> {
    let mut best: Option<(f64, &Row)> = None;
    for (row, score) in question.rows().zip(placed(scores, question)?) {
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
