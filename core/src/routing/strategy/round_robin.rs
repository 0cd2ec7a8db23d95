//! `round_robin`: least recently offered or assigned by this rule; by hand does not count.

use serde_json::Value;

use crate::routing::pool::Pool;
use crate::routing::set::Slot;

pub(super) fn choose(pool: &Pool<'_>) -> Option<Slot> {
    match pool.ledger {
        Some(ledger) => pool.least(ledger.turns()),
        None => pool.first(),
    }
}

pub(super) fn score(pool: &Pool<'_>, slot: Slot) -> Value {
    Value::from(pool.ledger.map_or(0, |ledger| ledger.turns().get(slot)))
}
