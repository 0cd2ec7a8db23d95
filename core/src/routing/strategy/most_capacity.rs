//! `most_capacity`: the greatest share free, by the tightest of the limits that apply; tie: least recently assigned.

use std::cmp::{Ordering, Reverse};

use serde_json::Value;

use crate::routing::board::KindIndex;
use crate::routing::pool::Pool;
use crate::routing::set::Slot;

/// A share between 0 and 1, compared exactly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Share {
    free: u32,
    /// Never 0.
    limit: u32,
}

impl Ord for Share {
    fn cmp(&self, other: &Self) -> Ordering {
        let cross = |a: &Share, b: &Share| u64::from(a.free) * u64::from(b.limit);
        cross(self, other).cmp(&cross(other, self))
    }
}

impl PartialOrd for Share {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

const ALL: Share = Share { free: 1, limit: 1 };

pub(super) fn choose(pool: &Pool<'_>) -> Option<Slot> {
    pool.min_by_key(|slot| (Reverse(share(pool, slot, pool.kind)), pool.last_assigned(slot)))
}

pub(super) fn score(pool: &Pool<'_>, slot: Slot) -> Value {
    let Share { free, limit } = share(pool, slot, pool.kind);
    Value::from(format!("{free}/{limit}"))
}

fn share(pool: &Pool<'_>, slot: Slot, kind: KindIndex) -> Share {
    let Some((limits, standing)) = pool.roster.limits(slot).zip(pool.board.standing(slot)) else { return ALL };
    let of = |limit: Option<u32>, load: u32| {
        limit.map(|limit| Share { free: limit.saturating_sub(load), limit: limit.max(1) })
    };
    let shares = [of(limits.total, standing.load), of(limits.of(kind), standing.load_of(kind))];
    shares.into_iter().flatten().min().unwrap_or(ALL)
}
