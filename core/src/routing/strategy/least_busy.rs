//! `least_busy`: the lowest total load; tie: the least recently assigned agent.

use super::BuiltIn;
use crate::availability::AgentSlot;
use crate::model::Tie;
use crate::routing::pool::Pool;

pub(super) const STRATEGY: BuiltIn = BuiltIn::of(choose);

pub(super) fn choose(pool: &Pool<'_>) -> Option<AgentSlot> {
    match pool.tie {
        Tie::LeastRecentlyAssigned => pool.least(pool.standings.rank()),
        Tie::MostRecentlyAssigned | Tie::FewestSkills => pool.min_by_key(|slot| key(pool, slot)),
    }
}

/// Returns the key of the order by load, then by the tie-break of the step.
pub(super) fn key(pool: &Pool<'_>, slot: AgentSlot) -> (u64, usize, u64) {
    let load = pool.standings.standing(slot).map_or(u64::MAX, |standing| standing.load);
    let last = pool.last_assigned(slot);
    let recency = if pool.tie == Tie::MostRecentlyAssigned { u64::MAX - last } else { last };
    (load, pool.tied_skills(slot), recency)
}
