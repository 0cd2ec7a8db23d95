//! Personal data beside the log: taken out by subject, put back, and erased.

mod cases;
mod marked;
mod properties;
#[cfg(feature = "schema")]
mod schema;

use frontdesk::desk::{Personal, Separated, Subject};

/// Returns the values of the subjects that stay.
fn staying(separated: &Separated, stays: impl Fn(&Subject) -> bool) -> Vec<&str> {
    let staying = separated.personal.iter().filter(|it| stays(&it.subject));
    staying.map(|it| it.values.as_str()).collect()
}

/// Returns all values.
fn all(separated: &Separated) -> Vec<&str> {
    separated.personal.iter().map(|Personal { values, .. }| values.as_str()).collect()
}
