//! `fewest_skills`: the fewest skills beyond the required ones, so that specialists stay free; tie: `least_busy`.

use serde_json::Value;

use super::{BuiltIn, least_busy};
use crate::availability::AgentSlot;
use crate::model::Tie;
use crate::routing::pool::Pool;

pub(super) const STRATEGY: BuiltIn = BuiltIn { score, ..BuiltIn::of(choose) };

pub(super) fn choose(pool: &Pool<'_>) -> Option<AgentSlot> {
    match pool.tie {
        Tie::LeastRecentlyAssigned | Tie::FewestSkills => pool.fewest_skills(pool.standings.rank()),
        Tie::MostRecentlyAssigned => pool.min_by_key(|slot| (pool.extra_skills(slot), least_busy::key(pool, slot))),
    }
}

fn score(pool: &Pool<'_>, slot: AgentSlot) -> Option<Value> {
    Some(Value::from(pool.extra_skills(slot)))
}
