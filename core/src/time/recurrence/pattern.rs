//! A rule with its start: its occurrences on the wall clock.

use std::borrow::Cow;
use std::ops::ControlFlow;
use std::sync::{Arc, OnceLock};

use super::Recurrence;
use super::dates::{Dates, Filter};
use super::rule::{Frequency, Rule, Until};
use super::times::{Times, TimesOf, chosen};
use crate::time::Instant;
use crate::time::civil::{Civil, DAY, Date};

/// A date after all instants, in every zone.
const HORIZON: Date = Date((Instant::MAX.millis() / DAY) as i32 + 3);

/// Finds the dates of filters, and shares them between rules.
#[derive(Debug, Clone, Default)]
pub(crate) struct Almanac(rustc_hash::FxHashMap<Filter, Arc<Dates>>);

impl Almanac {
    fn dates(&mut self, filter: Filter) -> Arc<Dates> {
        let dates = self.0.entry(filter).or_insert_with_key(|filter| Arc::new(Dates::new(filter.clone())));
        Arc::clone(dates)
    }

    /// Drops the dates that are no longer in use.
    pub fn forget_unused(&mut self) {
        self.0.retain(|_, dates| Arc::strong_count(dates) > 1);
    }
}

/// A rule with its start.
#[derive(Debug)]
pub(crate) struct Pattern {
    first: Civil,
    /// The date at which searching stops.
    horizon: Date,
    dates: Arc<Dates>,
    times: Times,
    /// The kind of period; one in `interval` counts.
    period: Period,
    interval: i64,
    /// The positions within a period that is longer than a day.
    positions: Vec<i16>,
    count: Option<u64>,
    until: Option<Until>,
    last: OnceLock<Civil>,
}

/// A date with its times.
#[derive(Debug)]
pub(crate) struct DayOf<'a> {
    pub date: Date,
    pub times: TimesOf<'a>,
}

impl DayOf<'_> {
    /// Returns the occurrences on the date.
    pub fn moments(&self) -> impl Iterator<Item = Civil> + '_ {
        let midnight = self.date.midnight().0;
        self.times.seconds.iter().map(move |second| Civil(midnight + i64::from(*second) * 1000))
    }
}

impl Pattern {
    /// Creates the pattern of a rule that starts at a time.
    pub fn new(repeat: &Recurrence, first: Civil, almanac: &mut Almanac) -> Pattern {
        Pattern::of_rule(repeat.rule(), first, almanac)
    }

    /// Creates the pattern of a rule of whole days that starts on a date; ignores hours, minutes and seconds, as RFC 5545
    /// demands.
    pub fn of_whole_days(repeat: &Recurrence, first: Date, almanac: &mut Almanac) -> Pattern {
        let rule = repeat.rule();
        if rule.hours.is_empty() && rule.minutes.is_empty() && rule.seconds.is_empty() {
            return Pattern::of_rule(rule, first.midnight(), almanac);
        }
        let rule = Rule { hours: Vec::new(), minutes: Vec::new(), seconds: Vec::new(), ..rule.clone() };
        Pattern::of_rule(&rule, first.midnight(), almanac)
    }

    fn of_rule(rule: &Rule, first: Civil, almanac: &mut Almanac) -> Pattern {
        let positions = if rule.frequency < Frequency::Daily { rule.positions.clone() } else { Vec::new() };
        Pattern {
            first,
            horizon: HORIZON,
            dates: almanac.dates(Filter::new(rule, first.date())),
            times: Times::new(rule, first),
            period: Period::of(rule),
            interval: if rule.frequency.is_within_days() { 1 } else { rule.interval.into() },
            positions,
            count: rule.count,
            until: rule.until,
            last: OnceLock::new(),
        }
    }

    /// Moves the end of the search to a date, even beyond the last instant.
    #[must_use]
    pub fn looking_until(self, horizon: Date) -> Pattern {
        Pattern { horizon, ..self }
    }

    /// Returns the `UNTIL` of the rule if it is in UTC, in milliseconds since 1970.
    pub fn until(&self) -> Option<i64> {
        match self.until? {
            Until::Utc(millis) => Some(millis),
            Until::Wall(_) => None,
        }
    }

    /// Returns the times of days, one list for each phase that is kept.
    pub fn kept_times(&self) -> impl Iterator<Item = &[u32]> {
        self.times.kept()
    }

    /// Returns the largest number of occurrences in a day.
    pub fn most_a_day(&self) -> usize {
        if self.positions.is_empty() { self.times.most_a_day() } else { self.positions.len() }
    }

    /// Counts the occurrences in `[from, to)`, up to `most`.
    pub fn count(&self, from: Civil, to: Civil, most: usize) -> usize {
        let (first, last) = self.bounds();
        let (from, to) = (from.max(first), to.min(Civil(last.0.saturating_add(1))));
        let mut count = 0;
        let _ = self.visit(from.date(), to.date().plus(1), &mut |day| {
            let whole = from <= day.date.midnight() && day.date.plus(1).midnight() <= to;
            count += match whole {
                true => day.times.seconds.len(),
                false => day.moments().filter(|moment| (from..to).contains(moment)).count(),
            };
            if count > most { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        count
    }

    /// Returns the first and the last time at which an occurrence may be, on the wall clock.
    pub fn bounds(&self) -> (Civil, Civil) {
        (self.first, *self.last.get_or_init(|| self.find_last()))
    }

    /// Returns the last time by `UNTIL`, on the wall clock, or by `COUNT`, for which all occurrences are counted.
    fn find_last(&self) -> Civil {
        let horizon = self.horizon.midnight();
        let until = match self.until {
            Some(Until::Wall(until)) => until.min(horizon),
            // With room for any zone.
            Some(Until::Utc(until)) => Civil(until.saturating_add(2 * DAY)).min(horizon),
            None => horizon,
        };
        let Some(mut left) = self.count else { return until };
        let mut last = until;
        let from = self.whole_years(&mut left);
        let _ = self.visit(from, until.date().plus(1).min(self.horizon), &mut |day| {
            let before = day.moments().take_while(|moment| *moment < self.first).count();
            let here = (day.times.seconds.len() - before) as u64;
            if here < left {
                left -= here;
                return ControlFlow::Continue(());
            }
            let place = before + usize::try_from(left).unwrap_or(usize::MAX) - 1;
            last = day.moments().nth(place).unwrap_or(last).min(until);
            ControlFlow::Break(())
        });
        last
    }

    /// Skips whole years after the first while the count lasts; returns the date from which to count on.
    fn whole_years(&self, left: &mut u64) -> Date {
        let first = self.first.date();
        let here = |from: Date, to: Date| {
            let mut count = 0;
            let _ = self.visit(from, to, &mut |day| {
                count += day.moments().filter(|moment| *moment >= self.first).count() as u64;
                ControlFlow::Continue(())
            });
            count
        };
        if self.count_of(first.year()).is_none() {
            return first;
        }
        let mut next = Date::first_of(first.year() + 1);
        let in_first_year = here(first, next);
        if in_first_year >= *left {
            return first;
        }
        *left -= in_first_year;
        while let Some(count) = self.count_of(next.year()).filter(|count| *count < *left && next < self.horizon) {
            *left -= count;
            next = Date::first_of(next.year() + 1);
        }
        next
    }

    /// Visits the dates in `[from, to)` that have occurrences, in order, each with all its times, including those outside of
    /// the [bounds](Self::bounds).
    pub fn days(&self, from: Date, to: Date, mut visit: impl FnMut(&DayOf<'_>)) {
        let _ = self.try_days(from, to, &mut |day| {
            visit(day);
            ControlFlow::Continue(())
        });
    }

    /// Visits the dates in `[from, to)` within the [bounds](Self::bounds) until `visit` breaks off.
    pub fn try_days(
        &self,
        from: Date,
        to: Date,
        visit: &mut dyn FnMut(&DayOf<'_>) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        let (first, last) = self.bounds();
        self.visit(from.max(first.date()), to.min(last.date().plus(1)), visit)
    }

    fn visit(&self, from: Date, to: Date, visit: &mut dyn FnMut(&DayOf<'_>) -> ControlFlow<()>) -> ControlFlow<()> {
        if self.positions.is_empty() {
            return self.visit_dates(from, to, &mut |date| visit(&DayOf { date, times: self.times.of(date) }));
        }
        let mut dates: Vec<Date> = Vec::new();
        // Takes whole periods, because positions count from both ends.
        let (start, end) = (self.period.start(from), self.period.next(self.period.start(to.max(from).plus(-1))));
        self.visit_dates(start, end, &mut |date| {
            let goes_on = dates.last().is_none_or(|last| self.period.index(*last) == self.period.index(date));
            let flow = if goes_on { ControlFlow::Continue(()) } else { self.visit_chosen(&dates, from, to, visit) };
            if !goes_on {
                dates.clear();
            }
            dates.push(date);
            flow
        })?;
        self.visit_chosen(&dates, from, to, visit)
    }

    /// Visits the dates of a period that are chosen by positions.
    fn visit_chosen(
        &self,
        dates: &[Date],
        from: Date,
        to: Date,
        visit: &mut dyn FnMut(&DayOf<'_>) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        let Some(first) = dates.first() else { return ControlFlow::Continue(()) };
        // In a rule that counts days or more, all dates have the same times.
        let times = self.times.of(*first).seconds;
        let a_day = times.len().max(1);
        let places = chosen(&self.positions, dates.len() * times.len());
        for places in places.chunk_by(|a, b| a / a_day == b / a_day) {
            let date = places.first().and_then(|place| dates.get(place / a_day)).copied();
            let Some(date) = date.filter(|date| (from..to).contains(date)) else { continue };
            let seconds = places.iter().filter_map(|place| times.get(place % a_day)).copied().collect();
            visit(&DayOf { date, times: TimesOf { phase: None, seconds: Cow::Owned(seconds) } })?;
        }
        ControlFlow::Continue(())
    }

    /// Visits the dates of the periods that count.
    fn visit_dates(&self, from: Date, to: Date, visit: &mut dyn FnMut(Date) -> ControlFlow<()>) -> ControlFlow<()> {
        if from >= to {
            return ControlFlow::Continue(());
        }
        for year in from.year()..=to.plus(-1).year() {
            if !self.is_in_turn_in(year) {
                continue;
            }
            for date in self.dates.of_year(year).between(from, to) {
                if self.is_in_turn(date) {
                    visit(date)?;
                }
            }
        }
        ControlFlow::Continue(())
    }

    fn is_in_turn(&self, date: Date) -> bool {
        self.interval == 1 || (self.period.index(date) - self.period.index(self.first.date())) % self.interval == 0
    }

    /// Returns `true` if any period of a year counts; with a long interval, most years have none.
    fn is_in_turn_in(&self, year: i32) -> bool {
        let index = |date: Date| self.period.index(date) - self.period.index(self.first.date());
        let (first, last) = (index(Date::first_of(year)), index(Date::first_of(year + 1).plus(-1)));
        self.interval == 1 || last.div_euclid(self.interval) * self.interval >= first
    }

    /// Returns the number of occurrences in a whole year, if all its dates have the same number.
    fn count_of(&self, year: i32) -> Option<u64> {
        let same = self.times.every_day().filter(|_| self.interval == 1 && self.positions.is_empty())?;
        Some(self.dates.of_year(year).count() * same as u64)
    }

    /// Returns the length of each instance that covers a day without a gap together with the ones after it, if all days are
    /// alike, and its start in the day. Returns `None` if there are gaps, or may be.
    pub fn shape_of_days(&self, length: i64) -> Option<(i64, i64)> {
        let times = self.times.all_alike().filter(|_| self.interval == 1 && self.positions.is_empty())?;
        let (first, last) = (i64::from(*times.first()?), i64::from(*times.last()?));
        // If each instance begins at the second at which the one before ends, no change of the clocks separates them.
        let tiles = times.windows(2).all(|pair| matches!(pair, [a, b] if i64::from(b - a) * 1000 == length));
        tiles.then_some((first * 1000, (last - first) * 1000 + length))
    }

    /// Returns the longest gap in days between two dates.
    pub fn widest_gap(&self) -> Option<i32> {
        self.dates.widest_gap()
    }
}

/// The period that a rule counts by its interval, in dates.
#[derive(Debug, Clone, Copy)]
enum Period {
    Year,
    Month,
    /// With the first weekday, Monday being 0.
    Week(u8),
    Day,
}

impl Period {
    fn of(rule: &Rule) -> Period {
        match rule.frequency {
            Frequency::Yearly => Period::Year,
            Frequency::Monthly => Period::Month,
            Frequency::Weekly => Period::Week(rule.week_start),
            Frequency::Daily | Frequency::Hourly | Frequency::Minutely | Frequency::Secondly => Period::Day,
        }
    }

    /// Returns the number of the period that contains a date.
    fn index(self, date: Date) -> i64 {
        match self {
            Period::Year => date.year().into(),
            Period::Month => {
                let (year, month, _) = date.parts();
                i64::from(year) * 12 + i64::from(month)
            }
            // 1970-01-05 was a Monday.
            Period::Week(start) => (i64::from(date.0) - 4 - i64::from(start)).div_euclid(7),
            Period::Day => date.0.into(),
        }
    }

    /// Returns the first date of the period that contains a date.
    fn start(self, date: Date) -> Date {
        match self {
            Period::Year => Date::first_of(date.year()),
            Period::Month => date.plus(1 - date.parts().2 as i32),
            Period::Week(start) => date.plus(-(date.0 - 4 - i32::from(start)).rem_euclid(7)),
            Period::Day => date,
        }
    }

    /// Returns the first date of the next period, given the first date of one.
    fn next(self, start: Date) -> Date {
        match self {
            Period::Year => Date::first_of(start.year() + 1),
            Period::Month => Period::Month.start(start.plus(31)),
            Period::Week(_) => start.plus(7),
            Period::Day => start.plus(1),
        }
    }
}
