//! Travel: each civil date is read in its own zone.
//!
//! At the edges of travel the dates overlap, or leave a gap: an instant lies on two dates, or on none. Then the order of the
//! schedule decides, date by date: the hours of a date's own, a holiday, the weekly hours.

use super::calendar::{Hours, Rules};
use crate::time::civil::{Civil, DAY, Date, MINUTE};
use crate::time::weekly::DAY_MINUTES;
use crate::time::{Instant, Zone};

/// Dates that are read in another zone.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Travel {
    pub first: Date,
    pub last: Date,
    pub zone: Zone,
}

/// The most dates by which a zone is off UTC.
const REACH: i32 = 2;

/// The part of its hours of a date in which an instant lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Inside {
    No,
    /// On the date itself.
    OnTheDate,
    /// After its end: what runs past midnight.
    Spill,
}

impl Rules {
    /// Returns the zone in which a date is read.
    pub fn zone_on(&self, date: Date) -> &Zone {
        let travel = self.travels.partition_point(|travel| travel.first <= date).checked_sub(1);
        let travel = travel.and_then(|place| self.travels.get(place)).filter(|travel| date <= travel.last);
        travel.map_or(&self.zone, |travel| &travel.zone)
    }

    /// Returns the date at an instant: the last that has begun.
    pub fn date_at(&self, at: Instant) -> Date {
        if self.travels.is_empty() {
            return self.zone.local(at).date();
        }
        let utc = Civil(at.millis()).date();
        let mut dates = (-REACH..=REACH).rev().map(|days| utc.plus(days));
        dates.find(|date| self.reading(*date, at).date() >= *date).unwrap_or(utc)
    }

    /// Returns the instant at which the next date begins, after the one at an instant.
    #[cfg(feature = "routing")]
    pub fn next_date(&self, at: Instant) -> Option<Instant> {
        let date = self.date_at(at);
        // A zone may skip a date, but not two.
        let dates = (1..=3).map(|days| date.plus(days));
        let starts = dates.flat_map(|date| self.zone_on(date).starts_of(date)).filter(|start| *start > at.millis());
        starts.min().and_then(|start| Instant::from_millis(start).ok())
    }

    /// Returns `true` if a date of a span, given in milliseconds, may be read in another zone.
    pub fn travels_near(&self, start: i64, end: i64) -> bool {
        let [from, to] = [start, end].map(|millis| Civil(millis).date());
        let is_near = |travel: &Travel| travel.first <= to.plus(2 * REACH) && from.plus(-2 * REACH) <= travel.last;
        self.travels.iter().any(is_near)
    }

    /// Returns all instants of a span at which the hours may change, the start among them, in milliseconds.
    pub fn edges_in(&self, start: i64, end: i64) -> Vec<i64> {
        let mut edges = vec![start];
        let [first, last] = [start, end].map(|millis| Civil(millis).date());
        let mut date = first.plus(-2 * REACH);
        while date <= last.plus(REACH) {
            let mut minutes = vec![0, DAY_MINUTES];
            self.for_each_shift_of(date, |shift| minutes.extend([shift.start, shift.end]));
            let civil = minutes.into_iter().map(|minute| date.midnight().0 + i64::from(minute) * MINUTE);
            let span = DAY * i64::from(REACH);
            for stretch in self.zone_on(date).stretches(date.midnight().0 - span, date.midnight().0 + 2 * span) {
                let shown = |at: &i64| (stretch.start..stretch.end).contains(at);
                edges.extend(civil.clone().map(|civil| civil.saturating_sub(stretch.offset)).filter(shown));
                edges.push(stretch.start);
            }
            date = date.plus(1);
        }
        edges.retain(|edge| (start..end).contains(edge));
        edges.sort_unstable();
        edges.dedup();
        edges
    }

    /// Returns the hours at an instant.
    pub fn hours_at(&self, at: Instant) -> Hours {
        let utc = Civil(at.millis()).date();
        let near = (-REACH..=REACH).map(|days| utc.plus(days));
        let on: Vec<Date> = near.filter(|date| self.reading(*date, at).date() == *date).collect();
        let has_own = |date: &Date| self.shifts_on(*date).is_some();
        let in_own = |date: &Date| {
            has_own(date)
                && (self.inside(*date, at) == Inside::OnTheDate || self.inside(date.plus(-1), at) == Inside::Spill)
        };
        if on.iter().any(in_own) {
            return Hours::Working;
        }
        let mut without = on.iter().filter(|date| !has_own(date)).peekable();
        if without.clone().any(|date| self.holidays.binary_search(date).is_ok()) {
            return Hours::Holiday;
        }
        let is_always_on = self.weekly.is_none() && (on.is_empty() || without.peek().is_some());
        let in_weekly = |date: &Date| self.inside(*date, at) == Inside::OnTheDate;
        let spills = |days: i32| self.inside(utc.plus(days), at) == Inside::Spill;
        if is_always_on {
            Hours::AlwaysOn
        } else if without.any(in_weekly) || (-REACH - 1..=REACH).any(spills) {
            Hours::Working
        } else {
            Hours::Outside
        }
    }

    /// Returns what the clock of a date's zone shows at an instant.
    fn reading(&self, date: Date, at: Instant) -> Civil {
        self.zone_on(date).local(at)
    }

    /// Returns where an instant lies in the hours of a date; holidays do not count.
    fn inside(&self, date: Date, at: Instant) -> Inside {
        let minutes = self.reading(date, at).0 - date.midnight().0;
        let mut inside = Inside::No;
        self.for_each_shift_of(date, |shift| {
            if (i64::from(shift.start) * MINUTE..i64::from(shift.end) * MINUTE).contains(&minutes) {
                inside = if minutes < DAY { Inside::OnTheDate } else { Inside::Spill };
            }
        });
        inside
    }
}
