//! The queue: who goes first, who is not overtaken, how steps, waits and offers follow each other.

mod backlog;
mod instants;
mod missed;
mod newcomers;
mod offers;
mod order;
mod steps;
mod updates;

use frontdesk::Desk;
use serde_json::json;

use crate::support_desk::everyone;

/// One agent who takes one chat at a time.
fn one_place() -> Desk {
    everyone("least_busy", json!([{"id": "anna", "capacity": 1}]))
}
