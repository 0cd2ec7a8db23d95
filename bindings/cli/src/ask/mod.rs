//! The questions to a desk that holds nothing yet: what its document says, and what it may say.

mod check;
mod publish;
mod schedule;
mod schema;
mod status;
mod visitor;

pub use check::check;
pub use publish::publish;
pub use schedule::schedule;
pub use schema::schema;
pub use status::{in_zone, status};
pub use visitor::visitor;

use serde::Serialize;

/// A value as a line of JSON.
pub fn json_line(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default() + "\n"
}
