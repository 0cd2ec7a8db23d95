//! The queue: its order, newcomers, and the sequence of steps, waits and offers.

mod asked;
mod at_once;
mod backlog;
mod instants;
mod limits;
mod missed;
mod newcomers;
mod offered_again;
mod offers;
mod office_waits;
mod order;
mod priorities;
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
