//! Hours by priority (RFC 7953, section 5): on the dates of a higher component, the lower ones do not count.

use chrono::{NaiveDate, TimeDelta};
use std::collections::{BTreeMap, BTreeSet};

use super::piece::{On, Piece, Weeks, before_midnight, spills};
use crate::model::{DateHours, Interval, WeeklyHours};

/// Hours that begin before this date get no `first_day` in a document: no instant is earlier.
const FOR_EVER: (i32, u32, u32) = (2000, 1, 3);

/// The dates from one up to, but not including, another. A missing bound is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Dates {
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
}

impl Dates {
    fn contains(&self, date: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= date) && self.to.is_none_or(|to| date < to)
    }

    fn is_empty(&self) -> bool {
        self.from.zip(self.to).is_some_and(|(from, to)| from >= to)
    }

    /// Returns `true` if both have a date in common.
    pub fn meets(&self, other: &Dates) -> bool {
        !self.cut(other).is_empty()
    }

    fn cut(&self, other: &Dates) -> Dates {
        Dates { from: self.from.into_iter().chain(other.from).max(), to: self.to.into_iter().chain(other.to).min() }
    }

    /// Returns the dates that another does not have.
    fn without(&self, other: &Dates) -> Vec<Dates> {
        if !self.meets(other) {
            return vec![*self];
        }
        let before = other.from.map(|from| self.cut(&Dates { from: None, to: Some(from) }));
        let after = other.to.map(|to| self.cut(&Dates { from: Some(to), to: None }));
        before.into_iter().chain(after).filter(|dates| !dates.is_empty()).collect()
    }
}

/// Hours that hold on a range of dates.
#[derive(Debug)]
pub(super) struct Layer {
    /// The priority; 1 is the highest.
    pub rank: u8,
    pub dates: Dates,
    pub pieces: Vec<Piece>,
}

/// The hours that result from all layers.
#[derive(Debug, Default)]
pub(super) struct Hours {
    weekly: Vec<(WeeklyHours, Weeks)>,
    /// Additional intervals of single dates.
    single: BTreeMap<NaiveDate, Vec<Interval>>,
    /// Dates on which a weekly interval is left out.
    touched: BTreeSet<NaiveDate>,
}

impl Hours {
    /// Combines layers, given from the highest to the lowest.
    pub fn of(layers: &[Layer]) -> Hours {
        let mut hours = Hours::default();
        for (place, layer) in layers.iter().enumerate() {
            let above = layers.get(..place).unwrap_or_default();
            let open = above.iter().fold(vec![layer.dates], |open, above| {
                open.iter().flat_map(|dates| dates.without(&above.dates)).collect()
            });
            for piece in &layer.pieces {
                open.iter().for_each(|dates| hours.add(piece, dates));
            }
        }
        hours
    }

    fn add(&mut self, piece: &Piece, dates: &Dates) {
        match &piece.on {
            On::Dates(days) => {
                for day in days.iter().filter(|day| dates.contains(**day)) {
                    let interval = cut_at_end(&piece.interval, *day, dates);
                    self.single.entry(*day).or_default().push(interval);
                }
            }
            On::Weekly(weeks) => self.add_weeks(&piece.interval, weeks, dates),
        }
    }

    fn add_weeks(&mut self, interval: &Interval, weeks: &Weeks, dates: &Dates) {
        let mut weeks = weeks.clone();
        let last = dates.to.and_then(|to| to.pred_opt());
        weeks.last = weeks.last.into_iter().chain(last).min();
        if let Some(from) = dates.from.filter(|from| *from > weeks.first) {
            match weeks.first_from(from) {
                Some(first) if weeks.every > 1 => weeks.first = first,
                Some(_) => weeks.first = from,
                None => return,
            }
        }
        if weeks.last.is_some_and(|last| last < weeks.first) {
            return;
        }
        // An interval that would run past the last date is cut there.
        if let Some(last) = last.filter(|last| spills(interval) && weeks.covers(*last) && !weeks.except.contains(last))
        {
            weeks.except.insert(last);
            self.single.entry(last).or_default().push(before_midnight(interval));
        }
        self.touched.extend(weeks.except.iter().filter(|date| dates.contains(**date)));
        let for_ever = NaiveDate::from_ymd_opt(FOR_EVER.0, FOR_EVER.1, FOR_EVER.2);
        let is_for_ever = weeks.every == 1 && for_ever.is_some_and(|for_ever| weeks.first < for_ever);
        let hours = WeeklyHours {
            days: weeks.days.clone(),
            interval: interval.clone(),
            every: Some(weeks.every).filter(|every| *every > 1),
            first_day: Some(weeks.first).filter(|_| !is_for_ever),
            last_day: weeks.last,
            extensions: Default::default(),
        };
        self.weekly.push((hours, weeks));
    }

    /// Returns the weekly hours, and the dates with other hours.
    pub fn finish(self) -> (Vec<WeeklyHours>, Vec<DateHours>) {
        let dates: BTreeSet<NaiveDate> = self.single.keys().chain(&self.touched).copied().collect();
        let date_hours = dates.into_iter().map(|date| {
            let weekly = self.weekly.iter().filter(|(_, weeks)| weeks.covers(date) && !weeks.except.contains(&date));
            let mut hours: Vec<Interval> = weekly.map(|(hours, _)| hours.interval.clone()).collect();
            hours.extend(self.single.get(&date).into_iter().flatten().cloned());
            hours.sort_by_key(|a| (a.start, a.end));
            DateHours { date, hours, extensions: Default::default() }
        });
        let date_hours = date_hours.collect();
        (self.weekly.into_iter().map(|(hours, _)| hours).collect(), date_hours)
    }
}

/// Cuts an interval at the end of the last date.
fn cut_at_end(interval: &Interval, day: NaiveDate, dates: &Dates) -> Interval {
    let is_last = dates.to.is_some_and(|to| day + TimeDelta::days(1) == to);
    if is_last && spills(interval) { before_midnight(interval) } else { interval.clone() }
}
