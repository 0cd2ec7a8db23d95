//! `most_capacity`: the greatest free share of the tightest limit that applies; tie: the least recently assigned agent.

use std::cmp::Reverse;

use serde_json::Value;

use super::BuiltIn;
use crate::availability::AgentSlot;
use crate::routing::pool::Pool;

pub(super) const STRATEGY: BuiltIn = BuiltIn { score, ..BuiltIn::of(choose) };

fn choose(pool: &Pool<'_>) -> Option<AgentSlot> {
    if pool.rules.has_inbox_limits() {
        let key = |slot| (Reverse(pool.free_share(slot)), pool.tied_skills(slot), pool.last_assigned(slot));
        return pool.min_by_key(key);
    }
    pool.least_of(pool.standings.fullness(pool.kind, |slot| pool.rules.limits(slot))?, |(share, last)| (share, last))
}

fn score(pool: &Pool<'_>, slot: AgentSlot) -> Option<Value> {
    Some(Value::from(pool.free_share(slot).to_string()))
}
