//! The bundled zones, as `build.rs` wrote them down. What compresses well comes first here: browsers download it.

use std::sync::{LazyLock, OnceLock};

use super::rules::Day::*; // as the list of rules spells them
use super::rules::{Edge, Offsets, Rule, YEAR_2000};
use super::timeline::Timeline;

/// A zone; links, and names for the same offsets, share one.
struct Packed {
    /// Which of `OFFSETS` it begins with.
    first: u8,
    /// Where its changes begin and end in `GAPS` and `BECOMES`.
    changes: (u16, u16),
    /// Which of `RULES` follows them.
    rule: Option<u8>,
}

// VERSION   the release of the tz database
// NAMES     all names, sorted, in one text with a space between
// MEANS     for each of them, which of ZONES it is
// ZONES     the distinct zones
// GAPS      of each change, the seconds since the one before, or since 2000
// BECOMES   of each change, which of OFFSETS it leads to
// OFFSETS   the distinct offsets, in seconds
// RULES     the distinct rules
include!(concat!(env!("OUT_DIR"), "/zones.rs"));

static TIMELINES: [OnceLock<Timeline>; ZONES.len()] = [const { OnceLock::new() }; ZONES.len()];
static SPLIT: LazyLock<Vec<&'static str>> = LazyLock::new(|| NAMES.split(' ').collect());

/// The release of the tz database that is bundled.
pub(super) const RELEASE: &str = VERSION;

/// All names, sorted.
pub(super) fn names<'a>() -> impl Iterator<Item = &'a str> {
    SPLIT.iter().copied()
}

/// A name with its zone, which is spelled out the first time it is asked for.
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
