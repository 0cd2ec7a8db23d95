//! Questions to a desk, as its document describes it or after commands.

mod anything;
mod check;
mod completions;
mod conversations;
mod coverage;
mod inboxes;
mod man;
mod may;
mod publish;
mod schedule;
mod schema;
mod staffing;
mod status;
mod table;
mod views;
mod visitor;
mod working_time;

pub use anything::anything;
pub use check::{check, contents};
pub use completions::completions;
pub use conversations::{conversations, place, queue, why};
pub use coverage::coverage;
pub use inboxes::inboxes;
pub use man::man;
pub use may::may;
pub use publish::publish;
pub use schedule::schedule;
pub use schema::schema;
pub use status::{in_zone, status};
pub use table::table;
pub use views::view;
pub use visitor::visitor;
pub use working_time::working_time;

use serde::Serialize;

/// Returns a value as a line of JSON.
pub fn json_line(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default() + "\n"
}
