//! `longest_idle`: those holding nothing first, by when their last one left them; then least recently assigned.

use serde_json::Value;

use crate::routing::pool::Pool;
use crate::routing::set::Slot;
use crate::time::Instant;

pub(super) fn choose(pool: &Pool<'_>) -> Option<Slot> {
    pool.min_by_key(|slot| {
        let standing = pool.board.standing(slot);
        let busy = standing.is_some_and(|standing| standing.items > 0);
        // Whoever never held anything has idled since ever.
        let idle_since = if busy { None } else { standing.and_then(|standing| standing.idle_since) };
        (busy, idle_since.unwrap_or(Instant::MIN), pool.last_assigned(slot))
    })
}

pub(super) fn score(pool: &Pool<'_>, slot: Slot) -> Option<Value> {
    let standing = pool.board.standing(slot).filter(|standing| standing.items == 0)?;
    standing.idle_since.map(|since| Value::from(since.to_string()))
}
