//! Rules: their conditions, targets and skills, and every reason why an agent is not eligible.

mod capacity;
mod choosing;
mod conditions;
mod conditions_on_agents;
mod eligibility;
mod mails;
mod outcomes;
mod pace;
mod per_inbox;
mod relaxed;
mod skills;
mod skipped;
mod substitutes;
mod targets;

use serde_json::{Value, json};

use crate::support_desk::Office;

/// A rule of one step for everyone with a strategy, and further keys.
fn step(agents: Value, keys: Value) -> Office {
    let mut step = json!({"assign_to": "everyone"});
    step.as_object_mut().unwrap().extend(keys.as_object().unwrap().clone());
    Office::of(agents).steps(json!([step]))
}
