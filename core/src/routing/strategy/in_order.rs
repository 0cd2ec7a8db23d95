//! `in_order`: the first eligible agent in the listed order; agents as listed, then members of teams in document order.

use super::BuiltIn;
use crate::availability::AgentSlot;
use crate::routing::pool::Pool;

pub(super) const STRATEGY: BuiltIn = BuiltIn::of(choose);

fn choose(pool: &Pool<'_>) -> Option<AgentSlot> {
    let listed = pool.named.in_place(pool.listed).find(|slot| pool.is_eligible(*slot));
    listed.or_else(|| pool.min_by_key(|slot| slot))
}
