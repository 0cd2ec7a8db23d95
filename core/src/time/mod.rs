//! Time: instants, zones, weekly hours on the wall clock, and the algebra of half-open spans.

pub(crate) mod civil;
mod duration;
pub(crate) mod instant;
pub(crate) mod recurrence;
mod span;
pub(crate) mod weekly;
#[cfg_attr(
    not(all(feature = "calendar", feature = "recurrence")),
    allow(dead_code, reason = "calendars and what repeats use the whole of it")
)]
pub(crate) mod written;
mod zone;

pub use duration::Duration;
pub use instant::Instant;
pub use recurrence::Recurrence;
pub use span::{Span, Spans};
pub use zone::{Zone, Zones};

pub(crate) use zone::Resolver;
