//! Finds the dates of a year that a rule names, with the crate `rrule`.

use chrono::{Month, TimeZone, Weekday};
use rrule::{NWeekday, RRule, RRuleSet, Tz};

use super::dates::Filter;
use super::rule::Day;
use crate::time::civil::Date;

/// A filter as a rule of the crate; `None` if no date matches.
#[derive(Debug)]
pub(super) struct Finder(Option<RRule>);

impl Finder {
    pub fn new(filter: &Filter) -> Finder {
        Finder(rule(filter))
    }

    /// Returns the matching dates of a year in order, ignoring weeks.
    pub fn of_year(&self, year: i32) -> Vec<Date> {
        let (first, next) = (Date::first_of(year), Date::first_of(year + 1));
        let start = Tz::UTC.timestamp_millis_opt(first.midnight().0).single();
        let Some((rule, start)) = self.0.as_ref().zip(start) else { return Vec::new() };
        let found = RRuleSet::new(start).rrule(rule.clone()).into_iter();
        found.map(|moment| Date(moment.timestamp().div_euclid(86_400) as i32)).filter(|date| *date < next).collect()
    }
}

/// Converts a filter into a rule of the crate, without weeks: the crate counts them wrong after a year of 53.
fn rule(filter: &Filter) -> Option<RRule> {
    let months: Vec<Month> =
        filter.months.iter().filter_map(|month| u8::try_from(*month).ok()?.try_into().ok()).collect();
    let month_days: Vec<i8> = filter.month_days.iter().filter_map(|day| i8::try_from(*day).ok()).collect();
    let mut days = filter.days.clone();
    if days.is_empty() && month_days.is_empty() && filter.year_days.is_empty() {
        days = (0..7).map(|weekday| Day { ordinal: 0, weekday }).collect();
    }
    let days = days.iter().filter_map(|day| {
        let ordinal = Some(i16::from(day.ordinal)).filter(|ordinal| *ordinal != 0);
        Some(NWeekday::new(ordinal, Weekday::try_from(day.weekday).ok()?))
    });
    // With so long an interval, the crate stops after the year that is asked for, even if nothing in it matches.
    let rule = RRule::new(rrule::Frequency::Yearly)
        .interval(u16::MAX)
        .by_month(&months)
        .by_month_day(month_days)
        .by_year_day(filter.year_days.clone())
        .by_weekday(days.collect())
        .by_hour(vec![0])
        .by_minute(vec![0])
        .by_second(vec![0]);
    rule.validate(Tz::UTC.timestamp_opt(0, 0).single()?).ok()
}
