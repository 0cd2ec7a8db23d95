//! Time: instants, zones, weekly hours on the wall clock, and the algebra of half-open spans.

pub(crate) mod civil;
mod duration;
pub(crate) mod instant;
mod span;
pub(crate) mod weekly;
mod zone;

pub use duration::Duration;
pub use instant::Instant;
pub use span::{Span, Spans};
pub use zone::{Zone, Zones};
