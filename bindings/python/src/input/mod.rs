//! Reading arguments that are Python values.

mod parts;
mod text;

pub use parts::{contact, is_id, plain_attributes, plain_skills};
pub use text::written;
