//! Working hours in calendars: `VAVAILABILITY` (RFC 7953).

mod layers;
mod piece;
mod read;
mod write;

pub use read::{HoursReading, read_hours};

/// The suffix of the ids that we give to parts of hours.
const HOURS: &str = "@hours.frontdesk";
