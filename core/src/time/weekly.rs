//! Weekly hours on the wall clock.

use super::civil::{Civil, Date, MINUTE};

/// Minutes in a day of the wall clock.
pub(crate) const DAY_MINUTES: u16 = 24 * 60;

/// An interval in minutes from midnight of its date; one that goes on past midnight ends after [`DAY_MINUTES`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Shift {
    pub start: u16,
    pub end: u16,
}

impl Shift {
    /// Creates a shift from two times of day; an end that is not after the start lies on the next day.
    pub fn new(start: u16, end: u16) -> Self {
        Shift { start, end: if end > start { end } else { end + DAY_MINUTES } }
    }

    /// Returns the part on the next date.
    pub fn spill(self) -> Option<Shift> {
        (self.end > DAY_MINUTES).then(|| Shift { start: 0, end: self.end - DAY_MINUTES })
    }
}

/// The repetition of a shift: every so many weeks, between two dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Repeat {
    /// The interval in weeks, counted from the week of `first`.
    pub every: u32,
    pub first: Option<Date>,
    pub last: Option<Date>,
}

impl Repeat {
    fn covers(&self, date: Date) -> bool {
        self.first.is_none_or(|first| first <= date) && self.last.is_none_or(|last| date <= last) && self.in_turn(date)
    }

    fn in_turn(&self, date: Date) -> bool {
        match self.first {
            Some(first) if self.every > 1 => {
                let weeks = (i64::from(date.0) - i64::from(first.monday().0)).div_euclid(7);
                weeks.rem_euclid(i64::from(self.every)) == 0
            }
            _ => true,
        }
    }
}

/// Weekly hours, by weekday.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub(crate) struct Weekly([Vec<(Shift, Repeat)>; 7]);

impl Weekly {
    /// Creates weekly hours from shifts, each with its weekday (Monday 0).
    pub fn new(shifts: impl IntoIterator<Item = (usize, Shift, Repeat)>) -> Self {
        let mut week = Weekly::default();
        for (weekday, shift, repeat) in shifts {
            if let Some(day) = week.0.get_mut(weekday) {
                day.push((shift, repeat));
            }
        }
        week.0.iter_mut().for_each(|day| day.sort_unstable());
        week
    }

    /// Returns the shifts that start on a date, earliest first.
    pub fn shifts_of(&self, date: Date) -> impl Iterator<Item = Shift> + '_ {
        let day = self.0.get(date.weekday()).map(Vec::as_slice).unwrap_or_default();
        day.iter().filter(move |(_, repeat)| repeat.covers(date)).map(|(shift, _)| *shift)
    }

    /// Returns `true` if a time on the wall clock lies inside one of the shifts.
    pub fn contains(&self, moment: Civil) -> bool {
        let date = moment.date();
        let minute = ((moment.0 - date.midnight().0) / MINUTE) as u16;
        let covers = |shift: Shift| (shift.start..shift.end).contains(&minute);
        let yesterday = date.plus(-1);
        self.shifts_of(date).any(covers) || self.shifts_of(yesterday).filter_map(Shift::spill).any(covers)
    }

    fn repeats(&self) -> impl Iterator<Item = &Repeat> {
        self.0.iter().flatten().map(|(_, repeat)| repeat)
    }

    /// Returns the last date after which every week is the same and has no change, if there is one.
    pub fn steady_after(&self) -> Option<Date> {
        let bounds = self.repeats().flat_map(|repeat| [repeat.first, repeat.last]).flatten();
        self.is_steady(|repeat| repeat.last.is_none()).then(|| bounds.max().unwrap_or(Date(i32::MIN / 2)))
    }

    /// Returns the first date before which every week is the same and has no change, if there is one.
    pub fn steady_before(&self) -> Option<Date> {
        let bounds = self.repeats().flat_map(|repeat| [repeat.first, repeat.last]).flatten();
        self.is_steady(|repeat| repeat.first.is_none()).then(|| bounds.min().unwrap_or(Date(i32::MAX / 2)))
    }

    /// Returns `true` if there are no endless shifts, or if they fill the whole week.
    fn is_steady(&self, endless: impl Fn(&Repeat) -> bool) -> bool {
        let mut week: Vec<(u32, u32)> = Vec::new();
        for (weekday, day) in (0_u32..).zip(&self.0) {
            for (shift, repeat) in day.iter().filter(|(_, repeat)| endless(repeat)) {
                if repeat.every > 1 {
                    return false;
                }
                let midnight = weekday * u32::from(DAY_MINUTES);
                week.push((midnight + u32::from(shift.start), midnight + u32::from(shift.end)));
            }
        }
        week.is_empty() || fills_the_week(week)
    }
}

fn fills_the_week(mut shifts: Vec<(u32, u32)>) -> bool {
    const WEEK: u32 = 7 * DAY_MINUTES as u32;
    // The part of a Sunday shift past midnight falls on Monday.
    let round: Vec<(u32, u32)> = shifts.iter().filter(|s| s.1 > WEEK).map(|s| (0, s.1 - WEEK)).collect();
    shifts.extend(round);
    shifts.sort_unstable();
    let covered = shifts.iter().try_fold(0, |covered, (start, end)| (*start <= covered).then_some(covered.max(*end)));
    covered.is_some_and(|covered| covered >= WEEK)
}
