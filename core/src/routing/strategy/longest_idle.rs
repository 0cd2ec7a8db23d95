//! `longest_idle`: agents that hold nothing first, by the end of their last conversation; tie: the least recently assigned.

use serde_json::Value;

use crate::availability::AgentSlot;
use crate::routing::pool::Pool;

pub(super) fn choose(pool: &Pool<'_>) -> Option<AgentSlot> {
    pool.least(pool.standings.idle())
}

pub(super) fn score(pool: &Pool<'_>, slot: AgentSlot) -> Option<Value> {
    let standing = pool.standings.standing(slot).filter(|standing| standing.items == 0)?;
    standing.idle_since.map(|since| Value::from(since.to_string()))
}
