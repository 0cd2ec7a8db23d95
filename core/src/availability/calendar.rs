//! Working hours, date hours and holidays of a zone, compiled to spans of UTC.
//!
//! The wall clock decides: within a stretch of constant offset, wall clock and UTC differ by a constant, so the hours of the
//! dates it shows are cut to the stretch and shifted. Gaps, overlaps and skipped dates need no case of their own.
//!
//! Compiled lazily, a chunk of about 199 days at a time, each at most once; reading takes no lock.

use std::hash::{Hash, Hasher};
use std::sync::OnceLock;

use super::search::count_until;
use super::travel::Travel;
use crate::time::civil::{Civil, DAY, Date, MINUTE};
use crate::time::weekly::{DAY_MINUTES, Shift, Weekly};
use crate::time::{Instant, Zone};

/// The state of a calendar at an instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Hours {
    Outside = 0,
    Working = 1,
    AlwaysOn = 2,
    Holiday = 3,
}

impl Hours {
    fn from_bits(bits: i64) -> Self {
        match bits & 3 {
            1 => Hours::Working,
            2 => Hours::AlwaysOn,
            3 => Hours::Holiday,
            _ => Hours::Outside,
        }
    }

    /// Returns `true` if an agent with these hours is at work.
    pub fn is_open(self) -> bool {
        matches!(self, Hours::Working | Hours::AlwaysOn)
    }
}

/// A stretch of time in which a calendar says the same. `Instant::MIN` and `MAX` stand for no bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Stretch {
    pub hours: Hours,
    pub start: Instant,
    pub end: Instant,
}

/// The rules a calendar is compiled from.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Rules {
    pub zone: Zone,
    /// `None` is always on.
    pub weekly: Option<Weekly>,
    /// Dates whose own hours replace the weekly ones; in order, each once.
    pub dates: Vec<(Date, Vec<Shift>)>,
    /// In order, each once.
    pub holidays: Vec<Date>,
    /// The dates that are read in another zone, in order.
    pub travels: Vec<Travel>,
}

/// Log2 of a chunk's length in milliseconds.
const CHUNK_BITS: u32 = 34;
const CHUNKS: usize = ((Instant::MAX.millis() - Instant::MIN.millis()) >> CHUNK_BITS) as usize + 1;
const BLOCK: usize = 16;

/// The changes within a chunk, the first at its start: each the milliseconds of UTC, shifted by two, and the [`Hours`].
type Chunk = Box<[i64]>;
type Block = Box<[OnceLock<Chunk>; BLOCK]>;

/// Compiled [`Rules`].
#[derive(Debug)]
pub(crate) struct Calendar {
    rules: Rules,
    blocks: [OnceLock<Block>; CHUNKS.div_ceil(BLOCK)],
    /// The instant after which nothing changes; `MAX` if it is not known.
    steady_from: Instant,
    /// Before this nothing changes; `MIN` when that is not known.
    steady_until: Instant,
}

impl PartialEq for Calendar {
    fn eq(&self, other: &Self) -> bool {
        self.rules == other.rules
    }
}

impl Eq for Calendar {}

impl Hash for Calendar {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.rules.hash(state);
    }
}

impl Calendar {
    pub fn new(rules: Rules) -> Self {
        let (steady_until, steady_from) = steady_bounds(&rules);
        Calendar { rules, blocks: [const { OnceLock::new() }; CHUNKS.div_ceil(BLOCK)], steady_from, steady_until }
    }

    pub fn rules(&self) -> &Rules {
        &self.rules
    }

    /// The stretch around an instant.
    pub fn stretch_at(&self, at: Instant) -> Stretch {
        let index = chunk_index(at);
        let changes = self.chunk(index);
        let after = changes_until(changes, index, at);
        let current = after.checked_sub(1).and_then(|at| changes.get(at)).copied().unwrap_or_default();
        let hours = Hours::from_bits(current);
        let start = if after > 1 { instant_of(current) } else { self.start_before(index, hours) };
        let end = match changes.get(after) {
            Some(change) => instant_of(*change),
            None => self.end_after(index, hours),
        };
        Stretch { hours, start, end }
    }

    fn start_before(&self, mut index: usize, hours: Hours) -> Instant {
        while let Some(before) = index.checked_sub(1) {
            let start = chunk_start(index);
            let changes = self.chunk(before);
            match changes.last() {
                Some(last) if Hours::from_bits(*last) != hours => return start,
                Some(last) if changes.len() > 1 => return instant_of(*last),
                _ if start <= self.steady_until => return Instant::MIN,
                _ => index = before,
            }
        }
        Instant::MIN
    }

    fn end_after(&self, index: usize, hours: Hours) -> Instant {
        for index in index + 1..CHUNKS {
            let changes = self.chunk(index);
            match changes.first() {
                Some(first) if Hours::from_bits(*first) != hours => return chunk_start(index),
                _ => {}
            }
            match changes.get(1) {
                Some(change) => return instant_of(*change),
                None if chunk_start(index) >= self.steady_from => return Instant::MAX,
                None => {}
            }
        }
        Instant::MAX
    }

    fn chunk(&self, index: usize) -> &[i64] {
        let block = self.blocks.get(index / BLOCK).map(|block| {
            let block = block.get_or_init(|| Box::new([const { OnceLock::new() }; BLOCK]));
            block.get(index % BLOCK).map(|chunk| &**chunk.get_or_init(|| self.compile(index)))
        });
        block.flatten().unwrap_or_default()
    }

    fn compile(&self, index: usize) -> Chunk {
        let (start, end) = (chunk_start(index).millis(), chunk_start(index).millis() + (1 << CHUNK_BITS));
        let end = end.min(Instant::MAX.millis());
        let mut changes = Changes(Vec::with_capacity(64));
        if self.rules.travels_near(start, end) {
            for at in self.rules.edges_in(start, end) {
                changes.push(at, self.rules.hours_at(Instant::clamped(at)));
            }
            return changes.0.into_boxed_slice();
        }
        let mut shifts = Vec::new();
        for stretch in self.rules.zone.stretches(start, end) {
            let from = Civil(stretch.start.max(start) + stretch.offset);
            let to = Civil(stretch.end.min(end) + stretch.offset);
            let mut date = from.date();
            while date.midnight() < to {
                let outside = self.rules.day(date, &mut shifts);
                let mut change = |civil: Civil, hours| {
                    if civil < to {
                        changes.push(civil.max(from).0 - stretch.offset, hours);
                    }
                };
                let midnight = date.midnight();
                change(midnight, outside);
                for shift in &shifts {
                    let [opens, closes] = [shift.start, shift.end].map(|m| Civil(midnight.0 + i64::from(m) * MINUTE));
                    if closes > from {
                        change(opens, Hours::Working);
                        if closes.0 < midnight.0 + DAY {
                            change(closes, outside);
                        }
                    }
                }
                date = date.plus(1);
            }
        }
        changes.0.into_boxed_slice()
    }
}

/// The changes of a chunk while it is compiled.
struct Changes(Vec<i64>);

impl Changes {
    /// Sets the hours from `millis` on, replacing those set for the same time.
    fn push(&mut self, millis: i64, hours: Hours) {
        if self.0.last().is_some_and(|last| last >> 2 == millis) {
            self.0.pop();
        }
        if self.0.last().is_none_or(|last| Hours::from_bits(*last) != hours) {
            self.0.push(millis << 2 | hours as i64);
        }
    }
}

impl Rules {
    /// Collects the shifts on a date, merged and cut at midnight; returns the hours outside of them.
    fn day(&self, date: Date, shifts: &mut Vec<Shift>) -> Hours {
        shifts.clear();
        let own_hours = self.shifts_on(date);
        if own_hours.is_none() && self.holidays.binary_search(&date).is_ok() {
            return Hours::Holiday;
        }
        if own_hours.is_none() && self.weekly.is_none() {
            return Hours::AlwaysOn;
        }
        self.for_each_shift_of(date.plus(-1), |shift| shifts.extend(shift.spill()));
        self.for_each_shift_of(date, |shift| shifts.push(Shift { end: shift.end.min(DAY_MINUTES), ..shift }));
        merge(shifts);
        Hours::Outside
    }

    /// Returns the shifts of a date: its own, none on a holiday, else the weekly ones; without any, the whole date.
    pub fn hours_of(&self, date: Date) -> Vec<Shift> {
        match (self.shifts_on(date), &self.weekly) {
            (Some(shifts), _) => shifts.to_vec(),
            (None, _) if self.holidays.binary_search(&date).is_ok() => Vec::new(),
            (None, Some(weekly)) => weekly.shifts_of(date).collect(),
            (None, None) => vec![Shift { start: 0, end: DAY_MINUTES }],
        }
    }

    /// The shifts of a date that has its own.
    pub fn shifts_on(&self, date: Date) -> Option<&[Shift]> {
        let place = self.dates.binary_search_by_key(&date, |(date, _)| *date).ok()?;
        self.dates.get(place).map(|(_, shifts)| shifts.as_slice())
    }

    /// The shifts that start on a date; holidays do not count, and always on has none.
    pub fn for_each_shift_of(&self, date: Date, visit: impl FnMut(Shift)) {
        match (self.shifts_on(date), &self.weekly) {
            (Some(shifts), _) => shifts.iter().copied().for_each(visit),
            (None, Some(weekly)) => weekly.shifts_of(date).for_each(visit),
            (None, None) => {}
        }
    }
}

fn merge(shifts: &mut Vec<Shift>) {
    shifts.sort_unstable();
    shifts.dedup_by(|next, last| {
        let joins = next.start <= last.end;
        if joins {
            last.end = last.end.max(next.end);
        }
        joins
    });
}

/// Counts the changes of a chunk up to an instant. Weeks are alike, so the changes are distributed almost evenly.
fn changes_until(changes: &[i64], index: usize, at: Instant) -> usize {
    let into_chunk = at.millis_since(chunk_start(index));
    count_until(changes, into_chunk, CHUNK_BITS, |change| *change >> 2 <= at.millis())
}

fn chunk_index(at: Instant) -> usize {
    ((at.millis() - Instant::MIN.millis()) >> CHUNK_BITS) as usize
}

fn chunk_start(index: usize) -> Instant {
    Instant::MIN.saturating_add((index as i64) << CHUNK_BITS)
}

fn instant_of(change: i64) -> Instant {
    Instant::clamped(change >> 2)
}

/// Returns the bounds of the changes, as far as the rules tell without compiling them.
fn steady_bounds(rules: &Rules) -> (Instant, Instant) {
    // A date may spill into the next, and a zone may be a day and more off UTC.
    const MARGIN: i32 = 3;
    let travels = || rules.travels.iter().flat_map(|travel| [travel.first, travel.last]);
    let named = || rules.dates.iter().map(|(date, _)| *date).chain(rules.holidays.iter().copied()).chain(travels());
    let week_starts = rules.weekly.as_ref().map_or(Some(Date(i32::MAX / 2)), Weekly::steady_before);
    let week_ends = rules.weekly.as_ref().map_or(Some(Date(i32::MIN / 2)), Weekly::steady_after);
    let first = week_starts.map(|date| named().min().map_or(date, |named| named.min(date)));
    let last = week_ends.map(|date| named().max().map_or(date, |named| named.max(date)));
    (
        first.map_or(Instant::MIN, |date| Instant::clamped(date.plus(-MARGIN).midnight().0)),
        last.map_or(Instant::MAX, |date| Instant::clamped(date.plus(MARGIN).midnight().0)),
    )
}
