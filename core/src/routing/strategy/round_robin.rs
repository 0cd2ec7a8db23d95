//! `round_robin`: the agent least recently offered or assigned by this rule; assignments by hand do not count.

use serde_json::Value;

use crate::availability::AgentSlot;
use crate::routing::pool::Pool;

pub(super) fn choose(pool: &Pool<'_>) -> Option<AgentSlot> {
    match pool.ledger {
        Some(ledger) => pool.least(ledger.turns()),
        None => pool.first(),
    }
}

pub(super) fn score(pool: &Pool<'_>, slot: AgentSlot) -> Value {
    Value::from(pool.ledger.map_or(0, |ledger| ledger.turns().get(slot)))
}
