//! Deterministic random numbers: the same for the same seed, conversation and agent.
//!
//! The first number comes from a hash of the desk's seed and the ids, as in the strategy `random`; SplitMix64 gives the next
//! ones.

use super::api::Api;
use super::budget::{Fallible, Running, with_running};
use super::shape::{free, one};
use crate::availability::hash;
use crate::model::Id;

/// Returns the state of the first number of a call.
fn seed(running: &Running) -> u64 {
    let agent = running.agent().map(Id::as_str).unwrap_or_default();
    running.about().map_or(0, |about| hash(hash(about.seed, &about.conversation), agent))
}

fn next() -> u64 {
    const STEP: u64 = 0x9e37_79b9_7f4a_7c15;
    with_running(|running| {
        let state = running.random.unwrap_or_else(|| seed(running)).wrapping_add(STEP);
        running.random = Some(state);
        let z = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    })
    .unwrap_or_default()
}

pub(super) fn register(api: &mut Api) {
    api.function(
        "everywhere",
        "random() -> float",
        free(|| {
            // A float holds 53 bits exactly.
            (next() >> 11) as f64 / (1_u64 << 53) as f64
        }),
    );
    api.function(
        "everywhere",
        "random(below: int) -> int",
        one(|below: i64| -> Fallible<i64> {
            match u64::try_from(below) {
                Ok(below) if below > 0 => Ok(((u128::from(next()) * u128::from(below)) >> 64) as i64),
                _ => Err(format!("random({below}) has nothing to choose from").into()),
            }
        }),
    );
}
