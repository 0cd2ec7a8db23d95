//! The data kept for a zone, as in the table. The build script reads this file, too.

/// 2000-01-01T00:00:00Z in seconds since 1970: earlier changes are not kept.
pub(crate) const YEAR_2000: i64 = 946_684_800;

/// All offsets of a zone from 2000 on, in seconds east of UTC. The default is UTC.
#[derive(Debug, Default, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Offsets {
    /// The offset in force when 2000 begins.
    pub first: i32,
    /// The single changes in order: the time (seconds since 1970), and the offset from then on.
    pub changes: Vec<(i64, i32)>,
    /// The rule that applies after the last change.
    pub rule: Option<Rule>,
}

/// Two changes a year, without end. "Summer" is the part of the year from `start` to `end`, and may be winter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Rule {
    /// The offset outside summer.
    pub standard: i32,
    /// The offset in summer.
    pub summer: i32,
    /// The beginning of summer.
    pub start: Edge,
    /// The end of summer, in the same year or, in the south, in the next.
    pub end: Edge,
}

/// A time of every year, on the clock before the change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Edge {
    /// The date.
    pub day: Day,
    /// Seconds from midnight of the date; may be negative, or more than a day.
    pub time: i32,
}

/// A date of every year, in the three forms of POSIX.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(not(feature = "zoneinfo"), allow(dead_code, reason = "the bundled zones name weekdays only"))]
pub(crate) enum Day {
    /// A weekday (0 is Sunday) of a month (1–12): the first, second, third, fourth, or (5) last one.
    Weekday { month: u8, week: u8, weekday: u8 },
    /// The day of the year from 1, of a year without 29 February.
    Julian(u16),
    /// The day of the year from 0.
    Ordinal(u16),
}
