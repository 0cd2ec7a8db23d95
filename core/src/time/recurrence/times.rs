//! The times of day at which a rule has occurrences on its dates.

use std::borrow::Cow;

use super::rule::{Frequency, Rule};
use crate::time::civil::{Civil, DAY, Date};

const DAY_SECONDS: i64 = DAY / 1000;

/// The times of day of a rule, in seconds from midnight. A rule that counts hours, minutes or seconds may have other times
/// on other dates, if its steps do not divide the day; then they depend on the phase at midnight.
#[derive(Debug)]
pub(crate) struct Times {
    steps: Steps,
    /// The times by phase. Empty if there are too many phases; days then have few times each.
    table: Box<[Box<[u32]>]>,
}

/// The times of a date.
#[derive(Debug)]
pub(crate) struct TimesOf<'a> {
    /// The phase; dates of the same phase have the same times. `None` if phases are not kept.
    pub phase: Option<usize>,
    pub seconds: Cow<'a, [u32]>,
}

impl Times {
    /// Creates the times of a rule, with the parts that the rule leaves to its start.
    pub fn new(rule: &Rule, first: Civil) -> Times {
        let steps = Steps::new(rule, first);
        let kept = if steps.is_worth_keeping() { steps.phases() } else { 0 };
        let table = (0..kept).map(|index| steps.of_phase(steps.phase_at(index)).into_boxed_slice()).collect();
        Times { steps, table }
    }

    /// Returns the times of all phases that are kept.
    pub fn kept(&self) -> impl Iterator<Item = &[u32]> {
        self.table.iter().map(|times| &**times)
    }

    /// Returns the number of times in a day, if all days have the same number.
    pub fn every_day(&self) -> Option<usize> {
        self.all_alike().map(<[u32]>::len)
    }

    /// Returns the times of a day, if all days have the same.
    pub fn all_alike(&self) -> Option<&[u32]> {
        let (first, others) = self.table.split_first()?;
        others.iter().all(|times| times == first).then_some(&**first)
    }

    /// Returns the largest number of times in a day.
    pub fn most_a_day(&self) -> usize {
        let kept = self.table.iter().map(|times| times.len()).max();
        kept.unwrap_or_else(|| self.steps.most_a_day())
    }

    /// Returns the times of a date.
    pub fn of(&self, date: Date) -> TimesOf<'_> {
        let phase = self.steps.phase_of(date);
        let index = usize::try_from(phase / self.steps.stride).unwrap_or(usize::MAX);
        match self.table.get(index) {
            Some(times) => TimesOf { phase: Some(index), seconds: Cow::Borrowed(times) },
            None => TimesOf { phase: None, seconds: Cow::Owned(self.steps.of_phase(phase)) },
        }
    }
}

/// Steps through a day, with the times in each step.
#[derive(Debug)]
struct Steps {
    /// The unit of a step in seconds: a day, an hour, a minute or a second.
    unit: i64,
    /// The interval in units; 1 if the unit is a day.
    interval: i64,
    /// The distance between the phases that a midnight can have.
    stride: i64,
    /// The number of the first unit, counted from 1970-01-01T00:00.
    first: i64,
    /// The units of a day on which a step may fall.
    allowed: Allowed,
    /// The times within a unit, in seconds from its start.
    within: Vec<u32>,
    /// The positions of the times kept in a unit; all if empty.
    positions: Vec<i16>,
}

/// Sets of hours, minutes and seconds, as bits.
#[derive(Debug)]
struct Allowed {
    hours: u64,
    minutes: u64,
    seconds: u64,
}

impl Allowed {
    fn contains(&self, second: i64) -> bool {
        let has = |set: u64, value: i64| set >> value & 1 == 1;
        has(self.hours, second / 3600) && has(self.minutes, second / 60 % 60) && has(self.seconds, second % 60)
    }
}

impl Steps {
    fn new(rule: &Rule, first: Civil) -> Steps {
        let second = first.0.div_euclid(1000).rem_euclid(DAY_SECONDS);
        let frequency = rule.frequency;
        let unit = match frequency {
            Frequency::Secondly => 1,
            Frequency::Minutely => 60,
            Frequency::Hourly => 3600,
            Frequency::Yearly | Frequency::Monthly | Frequency::Weekly | Frequency::Daily => DAY_SECONDS,
        };
        // For parts smaller than the unit, the start is the default; for the others, all values are allowed.
        let parts = [
            (&rule.hours, 3600, second / 3600),
            (&rule.minutes, 60, second / 60 % 60),
            (&rule.seconds, 1, second % 60),
        ];
        let within =
            parts.iter().filter(|(_, size, _)| *size < unit).fold(vec![0], |times, (values, size, default)| {
                let values: Vec<i64> =
                    if values.is_empty() { vec![*default] } else { values.iter().map(|v| i64::from(*v)).collect() };
                times.iter().flat_map(|time| values.iter().map(move |value| time + value * size)).collect()
            });
        let allowed = parts.map(|(values, size, _)| match values.is_empty() || size < unit {
            true => u64::MAX,
            false => values.iter().fold(0, |set, value| set | 1 << value),
        });
        // In periods longer than a day, positions count the times of several days.
        let has_positions = frequency >= Frequency::Daily;
        let interval = if frequency.is_within_days() { rule.interval.into() } else { 1 };
        let [hours, minutes, seconds] = allowed;
        Steps {
            unit,
            interval,
            stride: common_divisor(interval, DAY_SECONDS / unit),
            first: first.0.div_euclid(1000).div_euclid(unit),
            allowed: Allowed { hours, minutes, seconds },
            within: within.into_iter().filter_map(|time| u32::try_from(time).ok()).collect(),
            positions: if has_positions { rule.positions.clone() } else { Vec::new() },
        }
    }

    fn units_a_day(&self) -> i64 {
        DAY_SECONDS / self.unit
    }

    /// Returns the number of phases.
    fn phases(&self) -> i64 {
        self.interval / self.stride
    }

    /// Returns the phase with an index.
    fn phase_at(&self, index: i64) -> i64 {
        index * self.stride + (-self.first).rem_euclid(self.stride)
    }

    /// Returns `true` if the phases take little memory, however many times a day has.
    fn is_worth_keeping(&self) -> bool {
        const MOST: i64 = 512;
        let a_day = i64::try_from(self.most_a_day()).unwrap_or(i64::MAX);
        self.phases() == 1 || self.phases().saturating_mul(a_day.max(1)) <= MOST
    }

    fn most_a_day(&self) -> usize {
        usize::try_from(self.units_a_day() / self.interval + 1).unwrap_or(usize::MAX) * self.within.len()
    }

    /// Returns the number of units between the last step and midnight.
    fn phase_of(&self, date: Date) -> i64 {
        (i64::from(date.0) * self.units_a_day() - self.first).rem_euclid(self.interval)
    }

    fn of_phase(&self, phase: i64) -> Vec<u32> {
        let mut times = Vec::new();
        let mut step = (self.interval - phase) % self.interval;
        let chosen = chosen(&self.positions, self.within.len());
        while step < self.units_a_day() {
            let start = step * self.unit;
            if self.allowed.contains(start) {
                let within = chosen.iter().filter_map(|at| self.within.get(*at));
                times.extend(within.filter_map(|time| Some(u32::try_from(start).ok()? + time)));
            }
            step += self.interval;
        }
        times
    }
}

/// Returns the indices of a list that `BYSETPOS` chooses, in order; positions count from 1, or from the end from -1. Without
/// positions, returns all indices.
pub(crate) fn chosen(positions: &[i16], count: usize) -> Vec<usize> {
    if positions.is_empty() {
        return (0..count).collect();
    }
    let place = |position: &i16| {
        let distance = usize::from(position.unsigned_abs());
        if *position > 0 { distance.checked_sub(1) } else { count.checked_sub(distance) }
    };
    let mut places: Vec<usize> = positions.iter().filter_map(place).filter(|place| *place < count).collect();
    places.sort_unstable();
    places.dedup();
    places
}

fn common_divisor(a: i64, b: i64) -> i64 {
    if b == 0 { a.max(1) } else { common_divisor(b, a % b) }
}
