//! A recurrence rule, taken apart.

use crate::time::civil::Civil;

/// How often.
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
    /// Whether it counts hours, minutes or seconds.
    pub fn is_within_days(self) -> bool {
        self > Frequency::Daily
    }
}

/// A weekday (Monday 0), and which of them in its month or year: 0 is every one, -1 the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Day {
    pub ordinal: i8,
    pub weekday: u8,
}

/// The last moment at which an occurrence may start.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Until {
    /// On the wall clock.
    Wall(Civil),
    /// On the time line, in milliseconds of UTC since 1970.
    Utc(i64),
}

/// A recurrence rule, taken apart. INVARIANT: as RFC 5545 permits, but for what
/// every program reads all the same; the lists sorted, each value once.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Rule {
    pub frequency: Frequency,
    /// Every how many periods, at least 1.
    pub interval: u32,
    pub count: Option<u64>,
    pub until: Option<Until>,
    /// The weekday on which weeks start, Monday being 0.
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
    /// An upper bound of the occurrences that start on a day.
    pub fn most_a_day(&self) -> u64 {
        // Of parts smaller than what is counted the start gives one value, of the others all are allowed.
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
        // Steps within a day, an hour or a minute, for as many of these as may have any.
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
