//! `random`: uniform, from a hash of the seed and the conversation's id.
//!
//! FNV-1a (64 bits) over the bytes of the id, from its offset basis XOR the seed, finished by SplitMix64's mixer; the high
//! 64 bits of the product with the number of the eligible are the index among them, in document order.

use crate::routing::AgentSlot;
use crate::routing::pool::Pool;

pub(super) fn choose(pool: &Pool<'_>) -> Option<AgentSlot> {
    let mut eligible = Vec::new();
    pool.for_each(|slot| eligible.push(slot));
    let hash = u128::from(hash(pool.roster.settings.seed, pool.conversation));
    let index = (hash * eligible.len() as u128) >> 64;
    eligible.get(index as usize).copied()
}

/// A number that is the same on every platform for the same seed and text.
pub(crate) fn hash(seed: u64, text: &str) -> u64 {
    const FNV_BASIS: u64 = 0xcbf2_9ce4_8422_2325;
    const FNV_PRIME: u64 = 0x0100_0000_01b3;
    let fnv = text.bytes().fold(FNV_BASIS ^ seed, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(FNV_PRIME));
    let mixed = (fnv ^ (fnv >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}
