//! `best_skill`: the highest sum of levels in the required skills; tie: `least_busy`.

use std::cmp::Reverse;

use serde_json::Value;

use super::{BuiltIn, fewest_skills, least_busy};
use crate::availability::AgentSlot;
use crate::model::Tie;
use crate::routing::pool::Pool;

pub(super) const STRATEGY: BuiltIn = BuiltIn { score, ..BuiltIn::of(choose) };

fn choose(pool: &Pool<'_>) -> Option<AgentSlot> {
    match (pool.tie, pool.skills.is_empty()) {
        // Without required skills all are equal, and the columns of the tie-breaks answer.
        (Tie::FewestSkills, true) => fewest_skills::choose(pool),
        (_, true) => least_busy::choose(pool),
        (Tie::FewestSkills, false) => {
            pool.min_by_key(|slot| (Reverse(sum(pool, slot)), pool.extra_skills(slot), least_busy::key(pool, slot)))
        }
        (_, false) => pool.min_by_key(|slot| (Reverse(sum(pool, slot)), least_busy::key(pool, slot))),
    }
}

fn score(pool: &Pool<'_>, slot: AgentSlot) -> Option<Value> {
    Some(Value::from(sum(pool, slot)))
}

fn sum(pool: &Pool<'_>, slot: AgentSlot) -> u32 {
    pool.skills.iter().map(|asked| u32::from(asked.level_of(slot))).sum()
}
