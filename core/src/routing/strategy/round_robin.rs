//! `round_robin`: least recently offered or assigned by this rule; by hand does not count.

use serde_json::Value;

use crate::routing::pool::Pool;
use crate::routing::set::Slot;

pub(super) fn choose(pool: &Pool<'_>) -> Option<Slot> {
    pool.min_by_key(|slot| turn(pool, slot))
}

pub(super) fn score(pool: &Pool<'_>, slot: Slot) -> Value {
    Value::from(turn(pool, slot))
}

fn turn(pool: &Pool<'_>, slot: Slot) -> u64 {
    pool.ledger.map_or(0, |ledger| ledger.turn(slot))
}
