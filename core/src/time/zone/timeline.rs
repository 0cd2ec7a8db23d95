//! A zone spelled out: stretches of constant offset, from the beginning of time to its end.

use chrono::{NaiveDate, Weekday};

use super::rules::{Day, Edge, Offsets, Rule, YEAR_2000};
use crate::time::Instant;
use crate::time::civil::{DAY, Date};

/// A span of time in which one offset is in force. All numbers are milliseconds, the bounds in UTC since 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Stretch {
    /// Its first millisecond; `i64::MIN` when nothing is before it.
    pub start: i64,
    /// The millisecond after it; `i64::MAX` when nothing is after it.
    pub end: i64,
    /// What the wall clock shows more than UTC.
    pub offset: i64,
}

/// Everything that is to be known about a zone's offsets.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Timeline {
    /// In order and without a gap. INVARIANT: never empty; the first starts at `i64::MIN`.
    stretches: Box<[Stretch]>,
    /// A thumb index: which stretch the beginning of each page is in. A page is a fixed time, and as good as never has
    /// more than one change, so that finding a stretch takes one step rather than a search through 200 years.
    pages: Box<[u32]>,
}

/// A page is two to the power of this many milliseconds: 99 days.
const PAGE_BITS: u32 = 33;
/// How many pages there are from 2000 up to 2200. The last has all that is later, too; page 0 all that is earlier.
const PAGES: i64 = 1 + (Instant::MAX.millis() - Instant::MIN.millis()) / (1 << PAGE_BITS);

/// The page that a millisecond of UTC is on.
fn page(at: i64) -> usize {
    ((at.saturating_sub(Instant::MIN.millis()) >> PAGE_BITS) + 1).clamp(0, PAGES) as usize
}

impl Timeline {
    /// Spells out what is kept of a zone.
    pub fn new(zone: &Offsets) -> Timeline {
        let listed = zone.changes.iter().map(|&(since, offset)| (since.saturating_mul(1000), millis(offset)));
        let mut changes: Vec<(i64, i64)> = [(i64::MIN, millis(zone.first))].into_iter().chain(listed).collect();
        let last = zone.changes.last().map_or(YEAR_2000, |&(since, _)| since).saturating_mul(1000);
        changes.extend(zone.rule.iter().flat_map(yearly).filter(|&(since, _)| since > last));
        Timeline::joined(changes)
    }

    /// Makes stretches of changes. Of two at the same time the later in the list counts; some may change nothing.
    pub fn joined(mut changes: Vec<(i64, i64)>) -> Timeline {
        changes.dedup_by(|next, kept| {
            let same_time = next.0 == kept.0;
            if same_time {
                kept.1 = next.1;
            }
            same_time
        });
        changes.dedup_by_key(|&mut (_, offset)| offset);
        let ends = changes.iter().skip(1).map(|&(since, _)| since).chain([i64::MAX]);
        Timeline::indexed(
            changes.iter().zip(ends).map(|(&(start, offset), end)| Stretch { start, end, offset }).collect(),
        )
    }

    fn indexed(stretches: Box<[Stretch]>) -> Timeline {
        let last = stretches.len().saturating_sub(1);
        let begins = (0..PAGES).map(|page| Instant::MIN.millis() + (page << PAGE_BITS));
        let inner = begins.map(|begin| stretches.partition_point(|stretch| stretch.start <= begin).saturating_sub(1));
        let pages = [0].into_iter().chain(inner).chain([last]).map(|index| index as u32).collect();
        Timeline { stretches, pages }
    }

    /// The offset in force at a millisecond of UTC, in milliseconds.
    pub fn offset(&self, at: i64) -> i64 {
        self.stretches.get(self.index(at)).map_or(0, |stretch| stretch.offset)
    }

    /// The stretches that touch `[start, end)`, and always the one that `start` is in.
    pub fn stretches(&self, start: i64, end: i64) -> impl Iterator<Item = Stretch> + '_ {
        let from = self.stretches.get(self.index(start)..).unwrap_or_default();
        let beyond = from.iter().skip(1).take_while(move |stretch| stretch.start < end);
        from.iter().take(1).chain(beyond).copied()
    }

    /// Which stretch a millisecond of UTC is in.
    fn index(&self, at: i64) -> usize {
        let page = page(at);
        let bound = |page| self.pages.get(page).map_or(0, |&index| index as usize);
        let (first, last) = (bound(page), bound(page + 1));
        let later = self.stretches.get(first + 1..=last).unwrap_or_default();
        first + later.partition_point(|stretch| stretch.start <= at)
    }
}

fn millis(seconds: i32) -> i64 {
    i64::from(seconds) * 1000
}

/// The changes by a rule in all years that an instant can lie in, in order: since when, and the offset, in milliseconds.
fn yearly(rule: &Rule) -> Vec<(i64, i64)> {
    let (standard, summer) = (millis(rule.standard), millis(rule.summer));
    let mut changes: Vec<(i64, i64)> = (1999..=2201)
        .flat_map(|year| {
            let start = moment(&rule.start, year).map(|wall| (wall - standard, summer));
            let end = moment(&rule.end, year).map(|wall| (wall - summer, standard));
            [start, end].into_iter().flatten()
        })
        .collect();
    changes.sort_by_key(|a| a.0);
    changes
}

/// The moment of a year on the wall clock.
fn moment(edge: &Edge, year: i32) -> Option<i64> {
    let first = NaiveDate::from_yo_opt(year, 1)?;
    let date = match edge.day {
        Day::Weekday { month, week, weekday } => {
            let weekday = Weekday::try_from((weekday + 6) % 7).ok()?;
            let nth = |week| NaiveDate::from_weekday_of_month_opt(year, month.into(), weekday, week);
            // The last one may be the fourth.
            Date::from(nth(week).or_else(|| nth(4))?)
        }
        Day::Julian(day) => {
            let leap_day = first.leap_year() && day > 59;
            Date::from(first).plus(i32::from(day) - 1 + i32::from(leap_day))
        }
        Day::Ordinal(day) => Date::from(first).plus(day.into()),
    };
    Some(i64::from(date.0) * DAY + millis(edge.time))
}
