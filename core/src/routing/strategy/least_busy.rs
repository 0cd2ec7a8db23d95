//! `least_busy`: the lowest total load; tie: the least recently assigned agent.

use super::BuiltIn;
use crate::availability::AgentSlot;
use crate::model::Tie;
use crate::routing::pool::Pool;
use crate::routing::standings::split_rank;

pub(super) const STRATEGY: BuiltIn = BuiltIn::of(choose);

pub(super) fn choose(pool: &Pool<'_>) -> Option<AgentSlot> {
    match pool.tie {
        Tie::LeastRecentlyAssigned | Tie::FewestSkills => pool.least_of(pool.standings.rank(), split_rank),
        Tie::MostRecentlyAssigned => pool.min_by_key(|slot| key(pool, slot)),
    }
}

/// Returns the key of the order by load, then by the last assignment, as the tie-break of the step says.
pub(super) fn key(pool: &Pool<'_>, slot: AgentSlot) -> (u64, u64) {
    let standing = pool.standings.standing(slot);
    let (load, last) = standing.map_or((u64::MAX, 0), |standing| (standing.load, standing.last_assigned));
    (load, if pool.tie == Tie::MostRecentlyAssigned { u64::MAX - last } else { last })
}
