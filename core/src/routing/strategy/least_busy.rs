//! `least_busy`: the lowest total load; tie: the least recently assigned agent.

use std::cmp::Reverse;

use super::BuiltIn;
use crate::availability::AgentSlot;
use crate::model::Tie;
use crate::routing::pool::Pool;

pub(super) const STRATEGY: BuiltIn = BuiltIn::of(choose);

pub(super) fn choose(pool: &Pool<'_>) -> Option<AgentSlot> {
    match pool.tie {
        Tie::LeastRecentlyAssigned => pool.least(pool.standings.rank()),
        Tie::MostRecentlyAssigned => pool.min_by_key(|slot| key_turned(pool, slot)),
    }
}

/// Returns the key of the order by load, then by last assignment, the most recent first.
fn key_turned(pool: &Pool<'_>, slot: AgentSlot) -> (u64, Reverse<u64>) {
    (pool.standings.standing(slot).map_or(u64::MAX, |standing| standing.load), Reverse(pool.last_assigned(slot)))
}
