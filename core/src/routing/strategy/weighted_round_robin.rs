//! `weighted_round_robin`: smooth weighted rotation, with the algorithm of nginx.
//!
//! Each agent has a running weight. At every choice, the weight of each eligible agent is added to its running weight; the agent
//! with the greatest running weight is chosen, and the sum of all weights is subtracted from its own. With the weights 5, 1 and
//! 1 the order is a a b a c a a, not a a a a a b c.
//! Source: nginx, "Upstream: smooth weighted round-robin balancing" (2012).

use std::cmp::Reverse;

use serde_json::Value;

use super::BuiltIn;
use crate::availability::AgentSlot;
use crate::routing::pool::Pool;

pub(super) const STRATEGY: BuiltIn =
    BuiltIn { score, reads_ledger: true, weighing: Some(weights_after), ..BuiltIn::of(choose) };

fn choose(pool: &Pool<'_>) -> Option<AgentSlot> {
    pool.min_by_key(|slot| (Reverse(raised(pool, slot)), pool.tied_skills(slot)))
}

fn score(pool: &Pool<'_>, slot: AgentSlot) -> Option<Value> {
    Some(Value::from(raised(pool, slot)))
}

/// Returns the running weight of an agent after its weight is added.
fn raised(pool: &Pool<'_>, slot: AgentSlot) -> i64 {
    let current = pool.ledger.and_then(|ledger| ledger.weights.get(&slot)).copied().unwrap_or_default();
    current + i64::from(pool.rules.weight(slot))
}

/// Returns the running weights of the eligible agents after one of them is chosen.
fn weights_after(pool: &Pool<'_>, chosen: AgentSlot) -> Vec<(AgentSlot, i64)> {
    let (mut weights, mut sum) = (Vec::new(), 0);
    pool.for_each(|slot| {
        sum += i64::from(pool.rules.weight(slot));
        weights.push((slot, raised(pool, slot)));
    });
    let of_chosen = weights.iter_mut().find(|(slot, _)| *slot == chosen);
    of_chosen.into_iter().for_each(|(_, weight)| *weight -= sum);
    weights
}
