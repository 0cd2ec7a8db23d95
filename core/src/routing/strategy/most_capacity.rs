//! `most_capacity`: the greatest share free, by the tightest of the limits that apply; tie: least recently assigned.

use serde_json::Value;

use crate::routing::pool::Pool;
use crate::routing::set::Slot;
use crate::routing::share::Share;

pub(super) fn choose(pool: &Pool<'_>) -> Option<Slot> {
    pool.least(pool.board.fullness(pool.kind, |slot| pool.roster.limits(slot))?)
}

pub(super) fn score(pool: &Pool<'_>, slot: Slot) -> Value {
    let share = || Some(pool.roster.limits(slot)?.share(pool.kind, pool.board.standing(slot)?));
    Value::from(share().unwrap_or(Share::ALL).to_string())
}
