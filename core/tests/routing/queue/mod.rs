//! The queue: its order, newcomers, and the sequence of steps, waits and offers.

mod asked;
mod backlog;
mod instants;
mod missed;
mod newcomers;
mod offers;
mod order;
mod several_offers;
mod steps;
mod updates;

use frontdesk::Desk;
use serde_json::json;

use crate::support_desk::everyone;

/// One agent who takes one chat at a time.
fn one_place() -> Desk {
    everyone("least_busy", json!([{"id": "anna", "capacity": 1}]))
}
