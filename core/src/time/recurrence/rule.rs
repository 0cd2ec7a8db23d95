//! A parsed recurrence rule.

use crate::time::civil::Civil;

/// The frequency of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Frequency {
    Yearly,
    Monthly,
    Weekly,
    Daily,
    Hourly,
    Minutely,
    Secondly,
}

impl Frequency {
    /// Returns `true` for hours, minutes and seconds.
    pub fn is_within_days(self) -> bool {
        self > Frequency::Daily
    }
}

/// A weekday (Monday 0), and its number in the month or year: 0 for every one, -1 for the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Day {
    pub ordinal: i8,
    pub weekday: u8,
}

/// The last time at which an occurrence may start.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Until {
    /// A time on the wall clock.
    Wall(Civil),
    /// An instant, in milliseconds since 1970 (UTC).
    Utc(i64),
}

/// A parsed recurrence rule. INVARIANT: valid by RFC 5545, with the exceptions that all programs read; the lists are sorted
/// and without duplicates.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Rule {
    pub frequency: Frequency,
    /// The interval in periods, at least 1.
    pub interval: u32,
    pub count: Option<u64>,
    pub until: Option<Until>,
    /// The first weekday of a week, Monday being 0.
    pub week_start: u8,
    pub months: Vec<i16>,
    pub weeks: Vec<i16>,
    pub year_days: Vec<i16>,
    pub month_days: Vec<i16>,
    pub days: Vec<Day>,
    pub hours: Vec<i16>,
    pub minutes: Vec<i16>,
    pub seconds: Vec<i16>,
    pub positions: Vec<i16>,
}

impl Rule {
    /// Returns an upper bound of the occurrences that start on a day.
    pub fn most_a_day(&self) -> u64 {
        // For parts smaller than the frequency, the start gives one value; for larger ones, all values are allowed.
        let parts = [
            (&self.hours, 24, Frequency::Hourly),
            (&self.minutes, 60, Frequency::Minutely),
            (&self.seconds, 60, Frequency::Secondly),
        ];
        let choices = parts.map(|(values, all, frequency)| match values.len() as u64 {
            0 if self.frequency < frequency => 1,
            0 => all,
            count => count,
        });
        let [hours, minutes, seconds] = choices;
        let interval = u64::from(self.interval.max(1));
        // The largest number of steps within a day, an hour or a minute.
        let steps = |units: u64| units / interval + 1;
        let bounds = match self.frequency {
            Frequency::Hourly => [steps(24) * minutes * seconds, u64::MAX, u64::MAX],
            Frequency::Minutely => [steps(1440) * seconds, hours * steps(60) * seconds, u64::MAX],
            Frequency::Secondly => [steps(86_400), hours * steps(3600), hours * minutes * steps(60)],
            Frequency::Yearly | Frequency::Monthly | Frequency::Weekly | Frequency::Daily => [u64::MAX; 3],
        };
        bounds.into_iter().fold(hours * minutes * seconds, u64::min)
    }
}
