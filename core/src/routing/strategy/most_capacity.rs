//! `most_capacity`: the greatest free share of the tightest limit that applies; tie: the least recently assigned agent.

use serde_json::Value;

use super::BuiltIn;
use crate::availability::AgentSlot;
use crate::routing::pool::Pool;
use crate::routing::share::Share;

pub(super) const STRATEGY: BuiltIn = BuiltIn { score, ..BuiltIn::of(choose) };

fn choose(pool: &Pool<'_>) -> Option<AgentSlot> {
    pool.least_of(pool.standings.fullness(pool.kind, |slot| pool.rules.limits(slot))?, |(share, last)| (share, last))
}

fn score(pool: &Pool<'_>, slot: AgentSlot) -> Option<Value> {
    let share = || Some(pool.rules.limits(slot)?.share(pool.kind, pool.standings.standing(slot)?));
    Some(Value::from(share().unwrap_or(Share::ALL).to_string()))
}
