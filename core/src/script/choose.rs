//! The choice among eligible agents by the answers of hooks, whoever evaluates them.

use std::cmp::Ordering;

use serde_json::Value;

use super::call::MOST;
use super::library::value::{Number, compare};
use crate::availability::AgentSlot;
use crate::routing::extension::{Hooks, Row, Scene, Verdict};

/// The longest reason of a refusal, in characters; longer ones are cut.
const LONGEST: usize = 200;

/// The answer of `eligible`.
pub(super) enum Admission {
    Yes,
    /// A refusal, with the reason given.
    No(Option<String>),
}

impl Admission {
    pub fn refused(because: &str) -> Self {
        Admission::No(Some(because.chars().take(LONGEST).collect()))
    }
}

/// The answers of the hooks of a script about agents, by their rows.
pub(super) trait Answers {
    type Error;

    fn admits(&mut self, row: usize) -> Result<Admission, Self::Error>;

    fn score(&mut self, row: usize) -> Result<Option<Number>, Self::Error>;

    fn pick(&mut self, rows: &[usize]) -> Result<Option<AgentSlot>, Self::Error>;
}

/// A choice among the eligible agents of a scene.
pub(super) struct Choice<'s> {
    scene: &'s Scene,
    pub verdict: Verdict,
}

impl<'s> Choice<'s> {
    pub fn among(scene: &'s Scene) -> Self {
        let verdict = Verdict { chosen: Ok(None), scores: Vec::new(), rejected: Vec::new(), log: Vec::new() };
        Choice { scene, verdict }
    }

    /// Asks the hooks that are defined. Scores and refusals are noted in the verdict.
    pub fn make<A: Answers>(&mut self, hooks: Hooks, answers: &mut A) -> Result<Option<AgentSlot>, A::Error> {
        let mut left = self.scene.eligible.clone();
        if hooks.eligible {
            left = self.admitted(left, answers)?;
        }
        if left.is_empty() {
            return Ok(None);
        }
        if hooks.pick {
            answers.pick(&left)
        } else if hooks.score {
            self.best(&left, answers)
        } else {
            Ok(self.least_busy(&left))
        }
    }

    fn row(&self, index: usize) -> Option<&'s Row> {
        self.scene.rows.get(index)
    }

    fn admitted<A: Answers>(&mut self, rows: Vec<usize>, answers: &mut A) -> Result<Vec<usize>, A::Error> {
        let mut left = Vec::with_capacity(rows.len());
        for row in rows {
            match answers.admits(row)? {
                Admission::Yes => left.push(row),
                Admission::No(because) => self.reject(row, because),
            }
        }
        Ok(left)
    }

    fn reject(&mut self, row: usize, because: Option<String>) {
        let slot = self.row(row).map(|row| row.slot);
        self.verdict.rejected.extend(slot.map(|slot| (slot, because)));
    }

    fn best<A: Answers>(&mut self, left: &[usize], answers: &mut A) -> Result<Option<AgentSlot>, A::Error> {
        let mut best: Option<(Number, usize)> = None;
        self.verdict.scores.reserve(left.len());
        for index in left {
            let Some(score) = answers.score(*index)? else {
                self.reject(*index, None);
                continue;
            };
            let slot = self.row(*index).map(|row| row.slot);
            self.verdict.scores.extend(slot.map(|slot| (slot, score_as_json(score))));
            let better = best.is_none_or(|(known, holder)| match compare(score, known) {
                Some(Ordering::Greater) => true,
                Some(Ordering::Equal) => self.is_less_busy(*index, holder),
                _ => false,
            });
            if better {
                best = Some((score, *index));
            }
        }
        Ok(best.and_then(|(_, index)| self.row(index)).map(|row| row.slot))
    }

    fn least_busy(&self, left: &[usize]) -> Option<AgentSlot> {
        let rows = left.iter().filter_map(|index| self.row(*index));
        rows.min_by_key(|row| (row.load, row.last_order)).map(|row| row.slot)
    }

    fn is_less_busy(&self, a: usize, b: usize) -> bool {
        let key = |index: usize| self.row(index).map(|row| (row.load, row.last_order));
        key(a) < key(b)
    }
}

/// Returns a score as JSON; whole numbers beyond ±2^53 as text, which is exact.
fn score_as_json(score: Number) -> Value {
    match score {
        Number::Whole(score) if (-MOST..=MOST).contains(&score) => Value::from(score),
        Number::Whole(score) => Value::from(score.to_string()),
        Number::Point(score) => Value::from(score),
    }
}
