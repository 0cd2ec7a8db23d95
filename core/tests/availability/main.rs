//! Who is available: section 3 of the specification as named cases, properties, and oracles.

mod coverage;
mod manual_status;
mod oracle;
mod properties;
mod random_hours;
#[cfg(feature = "recurrence")]
mod recurrence;
mod schedule;
mod support;
mod visitor;
mod working_time;
mod zones;
