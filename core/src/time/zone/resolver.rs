//! Resolves many civil times that are close together.

use super::{REACH, Zone};
use crate::time::civil::Civil;

/// Resolves civil times in a zone; remembers the range around the last one in which a single offset applies.
#[derive(Debug)]
pub(crate) struct Resolver<'a> {
    zone: &'a Zone,
    /// The range of civil times, from this one up to `to`, in which the offset applies.
    from: i64,
    to: i64,
    offset: i64,
}

impl<'a> Resolver<'a> {
    pub fn new(zone: &'a Zone) -> Self {
        Resolver { zone, from: i64::MAX, to: i64::MIN, offset: 0 }
    }

    /// Resolves as [`Zone::resolve`] does.
    pub fn resolve(&mut self, civil: Civil) -> i64 {
        match self.offset_over(civil, civil) {
            Some(offset) => civil.0 - offset,
            None => self.zone.resolve(civil),
        }
    }

    /// Returns the offset for all civil times between two, both included; `None` if a change is near.
    pub fn offset_over(&mut self, from: Civil, to: Civil) -> Option<i64> {
        if !(self.from <= from.0 && from.0 < self.to) {
            self.look_around(from);
        }
        (self.from <= from.0 && to.0 < self.to).then_some(self.offset)
    }

    /// Finds the range of civil times around one in which a single offset applies.
    fn look_around(&mut self, civil: Civil) {
        (self.from, self.to) = (i64::MAX, i64::MIN);
        let mut earlier: Option<i64> = None;
        for stretch in self.zone.stretches(civil.0.saturating_sub(REACH), civil.0.saturating_add(REACH)) {
            // A time that the stretch before shows as well belongs to that stretch.
            let first = earlier.map_or(stretch.start.saturating_add(REACH), |earlier| {
                stretch.start.saturating_add(stretch.offset.max(earlier))
            });
            let last = stretch.end.saturating_add(stretch.offset);
            if first <= civil.0 && civil.0 < last {
                (self.from, self.to, self.offset) = (first, last, stretch.offset);
                return;
            }
            // In a short stretch, a civil time may belong to three.
            let is_long = stretch.end.saturating_sub(stretch.start) > 2 * REACH;
            earlier = Some(if is_long { stretch.offset } else { REACH });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Resolver;
    use crate::time::Zone;
    use crate::time::civil::Civil;

    /// Every half hour of the years with many changes, and of the last years, in every zone.
    #[test]
    fn resolves_as_the_zone_does() {
        const HALF_HOUR: i64 = 1_800_000;
        for name in Zone::names() {
            let zone = Zone::named(name).expect("a name");
            let mut resolver = Resolver::new(&zone);
            // From 2009 to 2014, 2021 to 2026 and 2197 to 2201.
            for (start, years) in [(1_230_768_000_000, 5), (1_609_459_200_000, 5), (7_163_424_000_000, 4)] {
                for step in 0..years * 365 * 48 {
                    let civil = Civil(start + step * HALF_HOUR);
                    assert_eq!(resolver.resolve(civil), zone.resolve(civil), "{name} at {civil:?}");
                }
            }
        }
    }
}
