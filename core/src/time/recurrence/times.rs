//! At which times of a day a rule has occurrences, on the dates that it names.

use std::borrow::Cow;

use super::rule::{Frequency, Rule};
use crate::time::civil::{Civil, DAY, Date};

const DAY_SECONDS: i64 = DAY / 1000;

/// The times of the days a rule names, in seconds from midnight. A rule that counts hours, minutes or seconds may have
/// other times on other dates, when its steps do not fit into days; they depend on its phase at midnight.
#[derive(Debug)]
pub(crate) struct Times {
    steps: Steps,
    /// By phase. Empty when there are too many of them, and then few times a day.
    table: Box<[Box<[u32]>]>,
}

/// The times of a date.
#[derive(Debug)]
pub(crate) struct TimesOf<'a> {
    /// Dates of the same phase have the same times; none when it is not kept.
    pub phase: Option<usize>,
    pub seconds: Cow<'a, [u32]>,
}

impl Times {
    /// The times of a rule that starts at a moment, which says what the rule itself leaves open.
    pub fn new(rule: &Rule, first: Civil) -> Times {
        let steps = Steps::new(rule, first);
        let kept = if steps.is_worth_keeping() { steps.phases() } else { 0 };
        let table = (0..kept).map(|index| steps.of_phase(steps.phase_at(index)).into_boxed_slice()).collect();
        Times { steps, table }
    }

    /// The times of the phases that are kept.
    pub fn kept(&self) -> impl Iterator<Item = &[u32]> {
        self.table.iter().map(|times| &**times)
    }

    /// How many times every day has, where it is as many.
    pub fn every_day(&self) -> Option<usize> {
        self.all_alike().map(<[u32]>::len)
    }

    /// The times that every day has, where they are the same.
    pub fn all_alike(&self) -> Option<&[u32]> {
        let (first, others) = self.table.split_first()?;
        others.iter().all(|times| times == first).then_some(&**first)
    }

    /// The most times that a day may have.
    pub fn most_a_day(&self) -> usize {
        let kept = self.table.iter().map(|times| times.len()).max();
        kept.unwrap_or_else(|| self.steps.most_a_day())
    }

    /// The times of a date.
    pub fn of(&self, date: Date) -> TimesOf<'_> {
        let phase = self.steps.phase_of(date);
        let index = usize::try_from(phase / self.steps.stride).unwrap_or(usize::MAX);
        match self.table.get(index) {
            Some(times) => TimesOf { phase: Some(index), seconds: Cow::Borrowed(times) },
            None => TimesOf { phase: None, seconds: Cow::Owned(self.steps.of_phase(phase)) },
        }
    }
}

/// How a day is gone through: from step to step, each with the times in it.
#[derive(Debug)]
struct Steps {
    /// The seconds of a step's unit: a day, an hour, a minute or a second.
    unit: i64,
    /// Every how many units; 1 where the unit is a day.
    interval: i64,
    /// How far apart the phases are that a midnight can have.
    stride: i64,
    /// The unit from which steps are counted, from 1970-01-01T00:00.
    first: i64,
    /// Which units of a day may be stepped on.
    allowed: Allowed,
    /// The times within a unit, in seconds from its start.
    within: Vec<u32>,
    /// Which of the times of a unit are kept, or all of them.
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
            _ => DAY_SECONDS,
        };
        // Of parts smaller than the unit the start is the default, of those that are not every value is allowed.
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
        // In longer periods, positions count the times of more than one day.
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

    /// How many phases there are.
    fn phases(&self) -> i64 {
        self.interval / self.stride
    }

    /// The phase with an index.
    fn phase_at(&self, index: i64) -> i64 {
        index * self.stride + (-self.first).rem_euclid(self.stride)
    }

    /// What is kept is little, however often it is a day.
    fn is_worth_keeping(&self) -> bool {
        const MOST: i64 = 512;
        let a_day = i64::try_from(self.most_a_day()).unwrap_or(i64::MAX);
        self.phases() == 1 || self.phases().saturating_mul(a_day.max(1)) <= MOST
    }

    fn most_a_day(&self) -> usize {
        usize::try_from(self.units_a_day() / self.interval + 1).unwrap_or(usize::MAX) * self.within.len()
    }

    /// How many units midnight is after the last step.
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

/// The places of a list that `BYSETPOS` chooses, in order: from 1, or from the end from -1. Without positions, all.
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
