//! `round_robin`: the agent least recently offered or assigned by this rule; assignments by hand do not count.

use serde_json::Value;

use super::BuiltIn;
use crate::availability::AgentSlot;
use crate::routing::pool::Pool;

pub(super) const STRATEGY: BuiltIn = BuiltIn { score, reads_ledger: true, ..BuiltIn::of(choose) };

fn choose(pool: &Pool<'_>) -> Option<AgentSlot> {
    match pool.ledger {
        Some(ledger) => pool.least_of(ledger.turns(), |turn| (turn, ())),
        None => pool.min_by_key(|slot| pool.tied_skills(slot)),
    }
}

fn score(pool: &Pool<'_>, slot: AgentSlot) -> Option<Value> {
    Some(Value::from(pool.ledger.map_or(0, |ledger| ledger.turns().get(slot))))
}
