//! `longest_idle`: those holding nothing first, by when their last one left them; then least recently assigned.

use serde_json::Value;

use crate::routing::pool::Pool;
use crate::routing::set::Slot;

pub(super) fn choose(pool: &Pool<'_>) -> Option<Slot> {
    pool.least(pool.board.idle())
}

pub(super) fn score(pool: &Pool<'_>, slot: Slot) -> Option<Value> {
    let standing = pool.board.standing(slot).filter(|standing| standing.items == 0)?;
    standing.idle_since.map(|since| Value::from(since.to_string()))
}
