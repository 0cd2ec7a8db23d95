//! `random`: by the documented hash of seed and conversation.

use frontdesk::Desk;
use serde_json::json;

use crate::support_desk::{Office, act};

const AGENTS: [&str; 3] = ["anna", "bo", "cy"];

fn seeded(seed: u64) -> Desk {
    Office::of(json!(AGENTS)).everyone("random").settings(json!({"seed": seed})).desk()
}

/// Returns the choice by the hash in the documentation of the strategy.
fn documented(seed: u64, id: &str, among: usize) -> usize {
    let mut hash = 0xcbf2_9ce4_8422_2325 ^ seed;
    for byte in id.bytes() {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3);
    }
    hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    hash ^= hash >> 31;
    ((u128::from(hash) * among as u128) >> 64) as usize
}

#[test]
fn follows_the_documented_hash() {
    for seed in [0, 7, 1 << 53] {
        let mut desk = seeded(seed);
        for number in 0..200 {
            let id = format!("case-{number}");
            let agent = AGENTS[documented(seed, &id, 3)];
            assert_eq!(act(&mut desk, &format!("09:00 open {id}")), [format!("- {id} assigned {agent} all/1 random")]);
        }
    }
}

#[test]
fn chooses_among_the_eligible_in_document_order() {
    let mut desk = seeded(7);
    act(&mut desk, "09:00 away bo");
    for number in 0..100 {
        let id = format!("case-{number}");
        let agent = ["anna", "cy"][documented(7, &id, 2)];
        assert_eq!(act(&mut desk, &format!("09:00 open {id}")), [format!("- {id} assigned {agent} all/1 random")]);
    }
}

#[test]
fn is_near_uniform() {
    let mut desk = seeded(7);
    let mut counts = [0_i32; 3];
    for number in 0..3000 {
        let told = act(&mut desk, &format!("09:00 open {number}")).concat();
        counts[AGENTS.iter().position(|agent| told.contains(agent)).unwrap()] += 1;
    }
    // The standard deviation is 26.
    assert!(counts.iter().all(|count| (count - 1000).abs() < 100), "{counts:?}");
}
