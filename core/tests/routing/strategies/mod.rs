//! Every strategy with its ties.

mod best_skill;
mod fairness;
mod fewest_skills;
mod in_order;
mod least_busy;
mod longest_idle;
mod most_capacity;
mod own;
mod random;
mod round_robin;
mod weighted_round_robin;

use serde_json::{Value, json};

use crate::support_desk::Office;

/// A rule of one step for everyone with a strategy, and further keys.
fn step(agents: Value, keys: Value) -> Office {
    let mut step = json!({"assign_to": "everyone"});
    step.as_object_mut().unwrap().extend(keys.as_object().unwrap().clone());
    Office::of(agents).steps(json!([step]))
}
