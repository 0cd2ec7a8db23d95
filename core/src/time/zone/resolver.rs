//! Civil times to instants, many that lie close together.

use super::{REACH, Stretch, Zone};
use crate::time::civil::Civil;

/// Resolves civil times in a zone, and remembers the stretch of constant offset that the last one was in.
#[derive(Debug)]
pub(crate) struct Resolver<'a> {
    zone: &'a Zone,
    stretch: Stretch,
}

impl<'a> Resolver<'a> {
    pub fn new(zone: &'a Zone) -> Self {
        Resolver { zone, stretch: Stretch { start: 0, end: 0, offset: 0 } }
    }

    /// As [`Zone::resolve`].
    pub fn resolve(&mut self, civil: Civil) -> i64 {
        match self.offset_over(civil, civil) {
            Some(offset) => civil.0 - offset,
            None => self.zone.resolve(civil),
        }
    }

    /// The offset by which all civil times between two, both included, are resolved; none when a change is near.
    pub fn offset_over(&mut self, from: Civil, to: Civil) -> Option<i64> {
        if self.is_well_inside(from, to) {
            return Some(self.stretch.offset);
        }
        self.stretch = self.zone.stretches(from.0, from.0.saturating_add(1)).next()?;
        self.is_well_inside(from, to).then_some(self.stretch.offset)
    }

    /// Whether civil times are so far inside the stretch that no other is in question.
    fn is_well_inside(&self, from: Civil, to: Civil) -> bool {
        from.0.saturating_sub(REACH) >= self.stretch.start && to.0.saturating_add(REACH) < self.stretch.end
    }
}
