//! Which dates of a year a rule names, whatever its start and interval.
//!
//! It is asked for one calendar year at a time. That is exact for every frequency: the parts of a rule that choose dates mean
//! the same in each of its periods, and which periods are in turn is arithmetic.
//!
//! The crate `rrule` says it. On wasm32 that crate would import JavaScript, for it can ask which zone the machine is in; there
//! the dates are looked at one by one, and a test holds the two against each other.

use std::borrow::Cow;
use std::sync::OnceLock;

#[cfg(target_arch = "wasm32")]
use super::by_date::Finder;
#[cfg(not(target_arch = "wasm32"))]
use super::by_rrule::Finder;
use super::rule::{Day, Frequency, Rule};
use crate::time::civil::Date;

/// The parts of a rule that choose dates. All that are not empty have to hold.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Filter {
    pub(super) months: Vec<i16>,
    pub(super) weeks: Vec<i16>,
    pub(super) year_days: Vec<i16>,
    pub(super) month_days: Vec<i16>,
    /// Ordinals count within the months, where months are given, and else within the year.
    pub(super) days: Vec<Day>,
    /// Matters to weeks only, and is 0 without them.
    week_start: u8,
}

impl Filter {
    /// The dates of a rule that starts on a date, which says what the rule itself leaves open.
    pub fn new(rule: &Rule, first: Date) -> Filter {
        let mut filter = Filter {
            months: rule.months.clone(),
            weeks: rule.weeks.clone(),
            year_days: rule.year_days.clone(),
            month_days: rule.month_days.clone(),
            days: rule.days.clone(),
            week_start: if rule.weeks.is_empty() { 0 } else { rule.week_start },
        };
        filter.complete(rule.frequency, first);
        let has_ordinals = filter.days.iter().any(|day| day.ordinal != 0);
        if has_ordinals && rule.frequency == Frequency::Monthly && filter.months.is_empty() {
            filter.months = (1..=12).collect();
        }
        if has_ordinals {
            filter.number_all_days();
        }
        filter
    }

    /// RFC 5545, section 3.3.10: "information, not contained in the rule, […] is derived from DTSTART".
    fn complete(&mut self, frequency: Frequency, first: Date) {
        let names_days = !(self.days.is_empty() && self.month_days.is_empty() && self.year_days.is_empty());
        if names_days {
            return;
        }
        let weekday = || vec![Day { ordinal: 0, weekday: first.weekday() as u8 }];
        match frequency {
            Frequency::Yearly if !self.weeks.is_empty() => self.days = weekday(),
            Frequency::Yearly | Frequency::Monthly => {
                let (_, month, day) = first.parts();
                self.month_days = vec![day as i16];
                if frequency == Frequency::Yearly && self.months.is_empty() {
                    self.months = vec![month as i16];
                }
            }
            Frequency::Weekly => self.days = weekday(),
            _ => {}
        }
    }

    /// `MO,-1SU` are every Monday *and* the last Sunday; the crate knows only days that all have numbers, or none.
    fn number_all_days(&mut self) {
        let most: i8 = if self.months.is_empty() { 53 } else { 5 };
        let (every, mut numbered): (Vec<Day>, Vec<Day>) = self.days.iter().partition(|day| day.ordinal == 0);
        numbered.retain(|day| day.ordinal.abs() <= most);
        numbered.extend(every.iter().flat_map(|day| (1..=most).map(|ordinal| Day { ordinal, ..*day })));
        // Numbers that no month has leave none: then nothing matches, as nothing is the 31st of February.
        if numbered.is_empty() {
            (self.months, self.month_days) = (vec![2], vec![31]);
        }
        self.days = numbered;
    }

    /// Whether the weekday alone decides; no weekdays are all of them.
    fn is_by_weekday(&self) -> bool {
        let others = [&self.months, &self.weeks, &self.year_days, &self.month_days];
        others.iter().all(|list| list.is_empty()) && self.days.iter().all(|day| day.ordinal == 0)
    }

    fn has_weekday(&self, date: Date) -> bool {
        self.days.is_empty() || self.days.iter().any(|day| usize::from(day.weekday) == date.weekday())
    }

    /// Whether a date lies in one of the weeks of the year that are asked for.
    fn has_week(&self, date: Date) -> bool {
        let (number, of) = week(date, self.week_start);
        self.weeks.is_empty() || self.weeks.contains(&number) || self.weeks.contains(&(number - of - 1))
    }
}

/// The number of a date's week, and how many weeks that week's year has. The first has four days of the year at least.
fn week(date: Date, week_start: u8) -> (i16, i16) {
    let back = (date.weekday() as i32 - i32::from(week_start)).rem_euclid(7);
    let middle = date.plus(3 - back);
    let (year, _, _) = middle.parts();
    let day = middle.0 - Date::first_of(year).0;
    let left = Date::first_of(year + 1).0 - 1 - middle.0;
    ((day / 7 + 1) as i16, ((day + left / 7 * 7) / 7 + 1) as i16)
}

/// The dates of a filter, year by year, each found once.
#[derive(Debug)]
pub(crate) struct Dates {
    filter: Filter,
    finder: OnceLock<Finder>,
    decades: OnceLock<Box<[OnceLock<Box<Decade>>; DECADES]>>,
}

type Decade = [OnceLock<Box<[Date]>>; 10];

/// The years that are kept: those that an instant can lie in, and their neighbours.
const KEPT_FROM: i32 = 1990;
const DECADES: usize = 22;

impl Dates {
    pub fn new(filter: Filter) -> Dates {
        Dates { filter, finder: OnceLock::new(), decades: OnceLock::new() }
    }

    /// The dates of a year, in order.
    pub fn of_year(&self, year: i32) -> Cow<'_, [Date]> {
        let index = usize::try_from(year - KEPT_FROM).unwrap_or(usize::MAX);
        let decades = self.decades.get_or_init(|| Box::new([const { OnceLock::new() }; DECADES]));
        let decade =
            decades.get(index / 10).map(|decade| decade.get_or_init(|| Box::new([const { OnceLock::new() }; 10])));
        match decade.and_then(|decade| decade.get(index % 10)) {
            Some(kept) => Cow::Borrowed(kept.get_or_init(|| self.find(year).into_boxed_slice())),
            None => Cow::Owned(self.find(year)),
        }
    }

    fn find(&self, year: i32) -> Vec<Date> {
        let (first, next) = (Date::first_of(year), Date::first_of(year + 1));
        if self.filter.is_by_weekday() {
            return (first.0..next.0).map(Date).filter(|date| self.filter.has_weekday(*date)).collect();
        }
        let finder = self.finder.get_or_init(|| Finder::new(&self.filter));
        let mut dates = finder.of_year(year);
        dates.retain(|date| self.filter.has_week(*date));
        dates
    }
}
