//! `random`: uniform, from a hash of the seed and the conversation's id.
//!
//! FNV-1a (64 bits) over the bytes of the id, from its offset basis XOR the seed, finished by SplitMix64's mixer; the high
//! 64 bits of the product with the number of eligible agents are the index among them, in document order.

use super::BuiltIn;
use crate::availability::AgentSlot;
use crate::availability::hash;
use crate::routing::pool::Pool;

pub(super) const STRATEGY: BuiltIn = BuiltIn::of(choose);

fn choose(pool: &Pool<'_>) -> Option<AgentSlot> {
    let mut eligible = Vec::new();
    pool.for_each(|slot| eligible.push(slot));
    let hash = u128::from(hash(pool.roster.settings.seed, pool.conversation));
    let index = (hash * eligible.len() as u128) >> 64;
    eligible.get(index as usize).copied()
}
