//! Time: instants, zones, weekly hours on the wall clock, and the algebra of half-open spans.

pub(crate) mod civil;
mod duration;
pub(crate) mod instant;
pub(crate) mod recurrence;
mod span;
pub(crate) mod weekly;
mod zone;

pub use duration::Duration;
pub use instant::Instant;
pub use recurrence::Recurrence;
pub use span::{Span, Spans};
pub use zone::{Zone, Zones};

pub(crate) use zone::Resolver;
