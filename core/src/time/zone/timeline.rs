//! A zone as stretches of constant offset, which cover all time.

use chrono::{NaiveDate, Weekday};

use super::rules::{Day, Edge, Offsets, Rule, YEAR_2000};
use crate::time::Instant;
use crate::time::civil::{DAY, Date};

/// A span of time with one offset. All numbers are milliseconds, the bounds since 1970 (UTC).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Stretch {
    /// The first millisecond; `i64::MIN` for the first stretch.
    pub start: i64,
    /// The millisecond after the last; `i64::MAX` for the last stretch.
    pub end: i64,
    /// The offset, east of UTC.
    pub offset: i64,
}

/// All offsets of a zone.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Timeline {
    /// The stretches in order, without a gap. INVARIANT: never empty; the first starts at `i64::MIN`.
    stretches: Box<[Stretch]>,
    /// An index: for each page, the stretch at its beginning. A page is a fixed length of time that rarely has more than one
    /// change, so finding a stretch takes one step instead of a search through 200 years.
    pages: Box<[u32]>,
}

/// A page is two to the power of this many milliseconds long: 99 days.
const PAGE_BITS: u32 = 33;
/// The number of pages from 2000 up to 2200. The last page includes all later times, page 0 all earlier ones.
const PAGES: i64 = 1 + (Instant::MAX.millis() - Instant::MIN.millis()) / (1 << PAGE_BITS);

/// Returns the page of an instant, given in milliseconds since 1970 (UTC).
fn page(at: i64) -> usize {
    ((at.saturating_sub(Instant::MIN.millis()) >> PAGE_BITS) + 1).clamp(0, PAGES) as usize
}

impl Timeline {
    /// Unpacks the offsets of a zone.
    pub fn new(zone: &Offsets) -> Timeline {
        let listed = zone.changes.iter().map(|&(since, offset)| (since.saturating_mul(1000), millis(offset)));
        let mut changes: Vec<(i64, i64)> = [(i64::MIN, millis(zone.first))].into_iter().chain(listed).collect();
        let last = zone.changes.last().map_or(YEAR_2000, |&(since, _)| since).saturating_mul(1000);
        changes.extend(zone.rule.iter().flat_map(yearly).filter(|&(since, _)| since > last));
        Timeline::joined(changes)
    }

    /// Creates stretches from changes. Of two changes at the same time, the later in the list counts; changes may leave the
    /// offset as it is.
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

    /// Returns the offset at an instant, both in milliseconds.
    pub fn offset(&self, at: i64) -> i64 {
        self.stretches.get(self.index(at)).map_or(0, |stretch| stretch.offset)
    }

    /// Returns the stretches that touch `[start, end)`, and always the one that contains `start`.
    pub fn stretches(&self, start: i64, end: i64) -> impl Iterator<Item = Stretch> + '_ {
        let from = self.stretches.get(self.index(start)..).unwrap_or_default();
        let beyond = from.iter().skip(1).take_while(move |stretch| stretch.start < end);
        from.iter().take(1).chain(beyond).copied()
    }

    /// Returns the index of the stretch that contains an instant.
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

/// Returns the changes by a rule in all supported years, in order: the time and the offset, in milliseconds.
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

/// Returns the time of an edge in a year, on the wall clock.
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
