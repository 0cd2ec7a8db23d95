//! `most_capacity`: the greatest share free, by the tightest of the limits that apply; tie: least recently assigned.

use std::cmp::Reverse;

use serde_json::Value;

use crate::routing::pool::Pool;
use crate::routing::set::Slot;

pub(super) fn choose(pool: &Pool<'_>) -> Option<Slot> {
    pool.min_by_key(|slot| (Reverse(pool.board.share(slot, pool.kind)), pool.board.turn(slot)))
}

pub(super) fn score(pool: &Pool<'_>, slot: Slot) -> Value {
    Value::from(pool.board.share(slot, pool.kind).to_string())
}
