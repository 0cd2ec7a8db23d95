//! Finds the dates of a year that a rule names, whatever its start and interval.
//!
//! Works on one calendar year at a time. This is exact for every frequency: the parts of a rule that choose dates mean the
//! same in each of its periods, and arithmetic tells which periods count.
//!
//! The crate `rrule` finds the dates. On wasm32 it would import JavaScript, because it can ask for the zone of the machine;
//! there the dates are checked one by one, and a test compares both ways.

use std::sync::OnceLock;

#[cfg(target_arch = "wasm32")]
use super::by_date::Finder;
#[cfg(not(target_arch = "wasm32"))]
use super::by_rrule::Finder;
use super::rule::{Day, Frequency, Rule};
use crate::time::civil::Date;

/// The parts of a rule that choose dates. A date has to match all that are not empty.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Filter {
    pub(super) months: Vec<i16>,
    pub(super) weeks: Vec<i16>,
    pub(super) year_days: Vec<i16>,
    pub(super) month_days: Vec<i16>,
    /// The weekdays. Their numbers count within the months, if months are given, and otherwise within the year.
    pub(super) days: Vec<Day>,
    /// The first day of the week; 0 if there are no weeks.
    week_start: u8,
}

impl Filter {
    /// Creates the filter of a rule, with the parts that the rule leaves to its first date.
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
            Frequency::Daily | Frequency::Hourly | Frequency::Minutely | Frequency::Secondly => {}
        }
    }

    /// Numbers the weekdays of lists such as `MO,-1SU`, every Monday and the last Sunday: the crate accepts only lists in
    /// which all weekdays are numbered, or none.
    fn number_all_days(&mut self) {
        let most: i8 = if self.months.is_empty() { 53 } else { 5 };
        let (every, mut numbered): (Vec<Day>, Vec<Day>) = self.days.iter().partition(|day| day.ordinal == 0);
        numbered.retain(|day| day.ordinal.abs() <= most);
        numbered.extend(every.iter().flat_map(|day| (1..=most).map(|ordinal| Day { ordinal, ..*day })));
        // Without a number that a month can have, no date matches.
        if numbered.is_empty() {
            (self.months, self.month_days) = (vec![2], vec![31]);
        }
        self.days = numbered;
    }

    /// Returns `true` if the weekday alone decides; an empty list stands for all weekdays.
    fn is_by_weekday(&self) -> bool {
        let others = [&self.months, &self.weeks, &self.year_days, &self.month_days];
        others.iter().all(|list| list.is_empty()) && self.days.iter().all(|day| day.ordinal == 0)
    }

    fn has_weekday(&self, date: Date) -> bool {
        self.days.is_empty() || self.days.iter().any(|day| usize::from(day.weekday) == date.weekday())
    }

    /// Returns `true` if a date lies in one of the weeks of the year that the rule names.
    fn has_week(&self, date: Date) -> bool {
        let (number, of) = week(date, self.week_start);
        self.weeks.is_empty() || self.weeks.contains(&number) || self.weeks.contains(&(number - of - 1))
    }
}

/// Returns the number of a date's week, and the number of weeks in the year of that week. The first week has at least four
/// days of its year.
fn week(date: Date, week_start: u8) -> (i16, i16) {
    let back = (date.weekday() as i32 - i32::from(week_start)).rem_euclid(7);
    let middle = date.plus(3 - back);
    let (year, _, _) = middle.parts();
    let day = middle.0 - Date::first_of(year).0;
    let left = Date::first_of(year + 1).0 - 1 - middle.0;
    ((day / 7 + 1) as i16, ((day + left / 7 * 7) / 7 + 1) as i16)
}

/// The dates of a filter. Years of the same kind have the same dates, so each kind is computed once and kept as bits: memory
/// does not grow with the span that is searched.
#[derive(Debug)]
pub(crate) struct Dates {
    filter: Filter,
    finder: OnceLock<Finder>,
    kinds: [OnceLock<Bits>; KINDS],
}

/// The days of a year, the first day in the lowest bit.
type Bits = [u64; 6];

const KINDS: usize = 28;

/// Returns the kind of a year: its first weekday, and which of it and its neighbours are leap years. The kind decides every
/// date of a filter; the neighbours matter for the first and the last week.
fn kind(year: i32) -> usize {
    let is_leap = |year: i32| year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let leaps = match (is_leap(year), is_leap(year - 1), is_leap(year + 1)) {
        (true, ..) => 0,
        (_, true, _) => 1,
        (_, _, true) => 2,
        (false, false, false) => 3,
    };
    leaps * 7 + Date::first_of(year).weekday()
}

/// The dates of a year.
#[derive(Debug, Clone, Copy)]
pub(crate) struct YearOf {
    first: Date,
    bits: Bits,
}

impl YearOf {
    /// Returns the dates from one up to, but not including, another, in order.
    pub fn between(self, from: Date, to: Date) -> impl Iterator<Item = Date> {
        let in_word = move |(index, mut bits): (usize, u64)| {
            std::iter::from_fn(move || {
                let bit = (bits != 0).then(|| bits.trailing_zeros() as i32)?;
                bits &= bits - 1;
                Some(self.first.plus(index as i32 * 64 + bit))
            })
        };
        let skipped = (from.0.saturating_sub(self.first.0) / 64).clamp(0, 6) as usize;
        let dates = self.bits.into_iter().enumerate().skip(skipped).flat_map(in_word);
        dates.skip_while(move |date| *date < from).take_while(move |date| *date < to)
    }

    /// Returns the number of dates.
    pub fn count(self) -> u64 {
        self.bits.iter().map(|bits| u64::from(bits.count_ones())).sum()
    }

    /// Returns the longest gap in days between two dates, the days before the first, and the days after the last; `None` if
    /// there is no date.
    fn gaps(self) -> Option<(i32, i32, i32)> {
        let next_year = Date(self.first.0 + 366);
        let mut dates = self.between(self.first, next_year);
        let first = dates.next()?;
        let (widest, last) = dates.fold((0, first), |(widest, last), date| (widest.max(date.0 - last.0), date));
        Some((first.0 - self.first.0, widest, next_year.0 - last.0))
    }
}

impl Dates {
    pub fn new(filter: Filter) -> Dates {
        Dates { filter, finder: OnceLock::new(), kinds: [const { OnceLock::new() }; KINDS] }
    }

    /// Returns the dates of a year.
    pub fn of_year(&self, year: i32) -> YearOf {
        let kept = self.kinds.get(kind(year)).map(|kept| *kept.get_or_init(|| self.find(year)));
        YearOf { first: Date::first_of(year), bits: kept.unwrap_or_default() }
    }

    /// Returns the longest gap in days between two dates of any years; `None` if some kind of year has no date.
    pub fn widest_gap(&self) -> Option<i32> {
        // The kinds repeat with the calendar; most have appeared after 40 years.
        let mut known = [false; KINDS];
        let (mut before, mut within, mut after) = (0, 0, 0);
        for year in 2000..2400 {
            let Some(known) = known.get_mut(kind(year)).filter(|known| !**known) else { continue };
            *known = true;
            let (head, widest, tail) = self.of_year(year).gaps()?;
            (before, within, after) = (before.max(head), within.max(widest), after.max(tail));
        }
        Some(within.max(before + after))
    }

    fn find(&self, year: i32) -> Bits {
        let (first, next) = (Date::first_of(year), Date::first_of(year + 1));
        let mut bits = Bits::default();
        let mut add = |date: Date| {
            let day = date.0 - first.0;
            let word = usize::try_from(day / 64).ok().and_then(|word| bits.get_mut(word));
            word.into_iter().for_each(|word| *word |= 1 << (day % 64));
        };
        if self.filter.is_by_weekday() {
            (first.0..next.0).map(Date).filter(|date| self.filter.has_weekday(*date)).for_each(&mut add);
        } else {
            let finder = self.finder.get_or_init(|| Finder::new(&self.filter));
            finder.of_year(year).into_iter().filter(|date| self.filter.has_week(*date)).for_each(&mut add);
        }
        bits
    }
}

#[cfg(test)]
mod tests {
    use super::super::parse;
    use super::{Dates, Filter};
    use crate::time::civil::Date;

    /// Years of the same kind have the same dates, whatever the filter.
    #[test]
    fn years_of_a_kind_are_alike() {
        for rule in [
            "FREQ=YEARLY;BYWEEKNO=1,53,-1,-53",
            "FREQ=YEARLY;BYWEEKNO=52;BYDAY=SU;WKST=SU",
            "FREQ=YEARLY;BYDAY=1MO,-1SU,53FR,52TU",
            "FREQ=YEARLY;BYYEARDAY=1,60,366,-1,-366",
            "FREQ=MONTHLY;BYMONTHDAY=29,31,-31;BYDAY=FR,2MO",
            "FREQ=DAILY;BYDAY=MO,TU",
        ] {
            let filter = Filter::new(&parse::rule(rule).unwrap(), Date(10_000));
            let dates = Dates::new(filter.clone());
            for year in 1..2300 {
                let found = dates.of_year(year);
                let alone = Dates::new(filter.clone());
                let bits = alone.find(year);
                assert_eq!(found.bits, bits, "{rule} in {year}");
            }
        }
    }

    #[test]
    fn the_widest_gap_is_that_between_two_dates() {
        for (rule, widest) in [
            ("FREQ=DAILY", Some(1)),
            ("FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR", Some(3)),
            ("FREQ=WEEKLY;BYDAY=MO", Some(7)),
            ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", None),
        ] {
            let dates = Dates::new(Filter::new(&parse::rule(rule).unwrap(), Date(10_000)));
            let found = dates.widest_gap();
            assert!(
                widest.is_none() == found.is_none() && widest <= found && found <= widest.map(|it| it + 8),
                "{rule}"
            );
        }
    }
}
