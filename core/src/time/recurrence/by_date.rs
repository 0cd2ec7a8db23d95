//! Finds the dates of a year that a rule names, by looking at each date.

use super::dates::Filter;
use super::rule::Day;
use crate::time::civil::Date;

/// A filter; its weeks are ignored.
#[derive(Debug)]
pub(super) struct Finder(Filter);

impl Finder {
    pub fn new(filter: &Filter) -> Finder {
        Finder(filter.clone())
    }

    /// Returns the matching dates of a year in order, ignoring weeks.
    pub fn of_year(&self, year: i32) -> Vec<Date> {
        let months: Vec<Date> = (1..=13).map(|month| Date::first_of_month(year, month)).collect();
        let in_year = Stretch { first: Date::first_of(year), next: Date::first_of(year + 1) };
        let mut found = Vec::new();
        for (month, bounds) in (1..).zip(months.windows(2)) {
            let &[first, next] = bounds else { continue };
            if !self.0.months.is_empty() && !self.0.months.contains(&month) {
                continue;
            }
            let in_month = Stretch { first, next };
            found.extend((first.0..next.0).map(Date).filter(|date| self.has(*date, in_month, in_year)));
        }
        found
    }

    fn has(&self, date: Date, in_month: Stretch, in_year: Stretch) -> bool {
        let Filter { months, month_days, year_days, days, .. } = &self.0;
        let numbered = if months.is_empty() { in_year } else { in_month };
        let is_day = |day: &Day| {
            usize::from(day.weekday) == date.weekday()
                && (day.ordinal == 0 || numbered.weeks_of(date).contains(&i16::from(day.ordinal)))
        };
        (month_days.is_empty() || in_month.days_of(date).iter().any(|day| month_days.contains(day)))
            && (year_days.is_empty() || in_year.days_of(date).iter().any(|day| year_days.contains(day)))
            && (days.is_empty() || days.iter().any(is_day))
    }
}

/// A month or a year: its first day, and the first day of the next.
#[derive(Debug, Clone, Copy)]
struct Stretch {
    first: Date,
    next: Date,
}

impl Stretch {
    /// Returns the number of a date within it, from the start (1) and from the end (-1).
    fn days_of(self, date: Date) -> [i16; 2] {
        [(date.0 - self.first.0 + 1) as i16, (date.0 - self.next.0) as i16]
    }

    /// Returns the number of a date's weekday within it, from the start (1) and from the end (-1).
    fn weeks_of(self, date: Date) -> [i16; 2] {
        let [from_start, from_end] = self.days_of(date);
        [(from_start - 1) / 7 + 1, (from_end + 1) / 7 - 1]
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use proptest::prelude::*;
    use proptest::sample::select;

    use super::super::parse;
    use super::super::{by_rrule, dates::Filter};
    use super::Finder;
    use crate::time::civil::Date;
    use crate::time::written::WEEKDAYS;

    /// The parts of a rule that choose dates, each of them optional.
    fn parts() -> impl Strategy<Value = String> {
        let signed = |most: i32| prop_oneof![1..=most, -most..=-1];
        let list = |name: &'static str, values: BoxedStrategy<String>| {
            let some = prop::collection::vec(values, 1..4).prop_map(move |it| format!(";{name}={}", it.join(",")));
            prop_oneof![2 => Just(String::new()), 1 => some]
        };
        let number = |values: BoxedStrategy<i32>| values.prop_map(|it| it.to_string()).boxed();
        let day = select(WEEKDAYS.to_vec());
        let month_day = (prop_oneof![Just(0), -6..=6_i32], day.clone())
            .prop_map(|(nth, day)| if nth == 0 { day.to_owned() } else { format!("{nth}{day}") });
        let year_day = (prop_oneof![Just(0), signed(53)], day)
            .prop_map(|(nth, day)| if nth == 0 { day.to_owned() } else { format!("{nth}{day}") });
        let months = list("BYMONTH", number((1..=12_i32).boxed()));
        let month_days = list("BYMONTHDAY", number(signed(31).boxed()));
        let year_days = list("BYYEARDAY", number(signed(366).boxed()));
        prop_oneof![
            (months.clone(), month_days.clone(), list("BYDAY", month_day.boxed()))
                .prop_map(|(months, month_days, days)| format!("FREQ=MONTHLY{months}{month_days}{days}")),
            (months, month_days, year_days, list("BYDAY", year_day.boxed())).prop_map(
                |(months, month_days, year_days, days)| format!("FREQ=YEARLY{months}{month_days}{year_days}{days}")
            ),
        ]
    }

    proptest! {
        #[test]
        fn the_crate_finds_the_same(rule in parts(), year in 1990..2210_i32, first in -20_000..80_000_i32) {
            let Ok(rule) = parse::rule(&rule) else { return Ok(()) };
            let filter = Filter::new(&rule, Date(first));
            prop_assert_eq!(Finder::new(&filter).of_year(year), by_rrule::Finder::new(&filter).of_year(year));
        }
    }
}
