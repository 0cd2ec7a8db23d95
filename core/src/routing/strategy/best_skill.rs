//! `best_skill`: the highest sum of levels in the required skills; tie: `least_busy`.

use std::cmp::Reverse;

use serde_json::Value;

use super::{BuiltIn, least_busy};
use crate::availability::AgentSlot;
use crate::model::Tie;
use crate::routing::pool::Pool;

pub(super) const STRATEGY: BuiltIn = BuiltIn { score, ..BuiltIn::of(choose) };

fn choose(pool: &Pool<'_>) -> Option<AgentSlot> {
    if pool.tie == Tie::FewestSkills {
        return pool
            .min_by_key(|slot| (Reverse(sum(pool, slot)), pool.extra_skills(slot), least_busy::key(pool, slot)));
    }
    // Without required skills all are equal, and the column of `least_busy` answers.
    if pool.skills.is_empty() {
        return least_busy::choose(pool);
    }
    pool.min_by_key(|slot| (Reverse(sum(pool, slot)), least_busy::key(pool, slot)))
}

fn score(pool: &Pool<'_>, slot: AgentSlot) -> Option<Value> {
    Some(Value::from(sum(pool, slot)))
}

fn sum(pool: &Pool<'_>, slot: AgentSlot) -> u32 {
    pool.skills.iter().map(|asked| u32::from(asked.level_of(slot))).sum()
}
