//! `longest_idle`: agents that hold nothing first, by the end of their last conversation; tie: the least recently assigned.

use serde_json::Value;

use super::BuiltIn;
use crate::availability::AgentSlot;
use crate::routing::pool::Pool;

pub(super) const STRATEGY: BuiltIn = BuiltIn { score, ..BuiltIn::of(choose) };

fn choose(pool: &Pool<'_>) -> Option<AgentSlot> {
    pool.least_of(pool.standings.idle(), |(since, last)| (since, last))
}

fn score(pool: &Pool<'_>, slot: AgentSlot) -> Option<Value> {
    let standing = pool.standings.standing(slot).filter(|standing| standing.items == 0)?;
    standing.idle_since.map(|since| Value::from(since.to_string()))
}
