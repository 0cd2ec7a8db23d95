//! `most_capacity`: the greatest free share of the tightest limit that applies; tie: the least recently assigned agent.

use serde_json::Value;

use crate::availability::AgentSlot;
use crate::routing::pool::Pool;
use crate::routing::share::Share;

pub(super) fn choose(pool: &Pool<'_>) -> Option<AgentSlot> {
    pool.least(pool.standings.fullness(pool.kind, |slot| pool.rules.limits(slot))?)
}

pub(super) fn score(pool: &Pool<'_>, slot: AgentSlot) -> Value {
    let share = || Some(pool.rules.limits(slot)?.share(pool.kind, pool.standings.standing(slot)?));
    Value::from(share().unwrap_or(Share::ALL).to_string())
}
