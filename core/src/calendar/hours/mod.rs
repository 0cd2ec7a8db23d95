//! Working hours in calendars: `VAVAILABILITY` (RFC 7953).

mod layers;
mod piece;
mod read;
mod write;

pub use read::{HoursReading, read_hours};

/// What the ids of our own parts of hours end with.
const HOURS: &str = "@hours.frontdesk";
