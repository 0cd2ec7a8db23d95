//! Civil times to instants, many that lie close together.

use super::{REACH, Zone};
use crate::time::civil::Civil;

/// Resolves civil times in a zone, and remembers where around the last one a single offset is in question.
#[derive(Debug)]
pub(crate) struct Resolver<'a> {
    zone: &'a Zone,
    /// From this civil time on, up to the other, the offset decides alone.
    from: i64,
    to: i64,
    offset: i64,
}

impl<'a> Resolver<'a> {
    pub fn new(zone: &'a Zone) -> Self {
        Resolver { zone, from: i64::MAX, to: i64::MIN, offset: 0 }
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
        if !(self.from <= from.0 && from.0 < self.to) {
            self.look_around(from);
        }
        (self.from <= from.0 && to.0 < self.to).then_some(self.offset)
    }

    /// Finds the stretch in which a civil time is, without a doubt.
    fn look_around(&mut self, civil: Civil) {
        (self.from, self.to) = (i64::MAX, i64::MIN);
        let mut earlier: Option<i64> = None;
        for stretch in self.zone.stretches(civil.0.saturating_sub(REACH), civil.0.saturating_add(REACH)) {
            // What the stretch before shows, too, is shown there first.
            let first = earlier.map_or(stretch.start.saturating_add(REACH), |earlier| {
                stretch.start.saturating_add(stretch.offset.max(earlier))
            });
            let last = stretch.end.saturating_add(stretch.offset);
            if first <= civil.0 && civil.0 < last {
                (self.from, self.to, self.offset) = (first, last, stretch.offset);
                return;
            }
            // One so short that a civil time may lie in three leaves doubt.
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

    /// Every half hour of the years in which much happened, and of the last, in every zone.
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
