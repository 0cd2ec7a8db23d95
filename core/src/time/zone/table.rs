//! The bundled zones, as `build.rs` writes them. The layout is chosen to compress well, because browsers download it.

use std::sync::{LazyLock, OnceLock};

use super::rules::Day::*; // as the list of rules spells them
use super::rules::{Edge, Offsets, Rule, YEAR_2000};
use super::timeline::Timeline;

/// A zone; links and other names for the same offsets share one.
struct Packed {
    /// The index in `OFFSETS` of its first offset.
    first: u8,
    /// The range of its changes in `GAPS` and `BECOMES`.
    changes: (u16, u16),
    /// The index in `RULES` of the rule after the changes.
    rule: Option<u8>,
}

// VERSION   the release of the tz database
// NAMES     all names, sorted, in one text with a space between
// MEANS     for each name, its index in ZONES
// ZONES     the distinct zones
// GAPS      for each change, the seconds since the one before, or since 2000
// BECOMES   for each change, the index in OFFSETS of its new offset
// OFFSETS   the distinct offsets, in seconds
// RULES     the distinct rules
include!(concat!(env!("OUT_DIR"), "/zones.rs"));

static TIMELINES: [OnceLock<Timeline>; ZONES.len()] = [const { OnceLock::new() }; ZONES.len()];
static SPLIT: LazyLock<Vec<&'static str>> = LazyLock::new(|| NAMES.split(' ').collect());

/// The bundled release of the tz database.
pub(super) const RELEASE: &str = VERSION;

/// Returns all names, sorted.
pub(super) fn names<'a>() -> impl Iterator<Item = &'a str> {
    SPLIT.iter().copied()
}

/// Returns a name with its zone, which is unpacked at its first use.
pub(super) fn find(name: &str) -> Option<(&'static str, &'static Timeline)> {
    let position = SPLIT.binary_search_by(|known| (*known).cmp(name)).ok()?;
    let zone = usize::from(*MEANS.get(position)?);
    let (packed, timeline) = (ZONES.get(zone)?, TIMELINES.get(zone)?);
    Some((SPLIT.get(position)?, timeline.get_or_init(|| Timeline::new(&packed.unpacked()))))
}

impl Packed {
    fn unpacked(&self) -> Offsets {
        let changes = usize::from(self.changes.0)..usize::from(self.changes.1);
        let gaps = GAPS.get(changes.clone()).unwrap_or_default();
        let becomes = BECOMES.get(changes).unwrap_or_default();
        let since = gaps.iter().scan(YEAR_2000, |since, &gap| {
            *since += i64::from(gap);
            Some(*since)
        });
        Offsets {
            first: offset(self.first),
            changes: since.zip(becomes.iter().map(|&index| offset(index))).collect(),
            rule: self.rule.and_then(|rule| RULES.get(usize::from(rule)).copied()),
        }
    }
}

fn offset(index: u8) -> i32 {
    OFFSETS.get(usize::from(index)).copied().unwrap_or_default()
}
