//! Zones that a calendar describes (`VTIMEZONE`, RFC 5545, section 3.6.5), recognised by their changes of offset.

use std::ops::RangeInclusive;

use chrono::{NaiveDate, NaiveDateTime, TimeDelta};

use super::names::{Named, by_name};
use super::windows;
use crate::calendar::ics::{Component, rule};
use crate::calendar::moment::{self, Written};
use crate::time::{Recurrence, Span, Zone, Zones};

/// The largest number of changes read from a description.
const MOST_CHANGES: usize = 2_000;
/// The years in which known zones are compared.
const YEARS: RangeInclusive<i32> = 2000..=2190;

/// A zone as the calendar describes it.
#[derive(Debug, Clone)]
pub(super) struct Described {
    location: Option<String>,
    observances: Vec<Observance>,
}

/// An offset, and the times from which it is in force.
#[derive(Debug, Clone)]
struct Observance {
    /// The first onset, on the clock before it.
    start: NaiveDateTime,
    rule: Option<Recurrence>,
    also: Vec<NaiveDateTime>,
    /// The offsets in seconds, before and after.
    from: i64,
    to: i64,
}

/// The changes of offset in a span: the time (seconds since 1970), and the offset from then on. The first entry is the
/// offset in force when the span begins.
type Changes = Vec<(i64, i64)>;

impl Described {
    /// Reads a description; returns `None` if it is not understood.
    pub fn read(component: &Component) -> Option<Described> {
        let location = ["X-LIC-LOCATION", "X-WR-TIMEZONE"].iter().find_map(|name| component.value(name));
        let parts = component.children.iter().filter(|child| matches!(child.name.as_str(), "STANDARD" | "DAYLIGHT"));
        let observances: Option<Vec<Observance>> = parts.map(Observance::read).collect();
        Some(Described { location: location.map(str::to_owned), observances: observances.unwrap_or_default() })
    }

    /// Returns the zone of the tz database that is described: the named one, or one with the same changes in the given
    /// years, or else in the last of them. Of several, the agent's zone comes first, then the best known.
    pub fn zone(&self, zones: &Zones, home: &Zone, years: &RangeInclusive<i32>) -> Option<Zone> {
        match self.location.as_deref().and_then(|name| by_name(name, zones)) {
            Some(Named::Surely(zone)) => return Some(zone),
            Some(Named::Probably(zone)) if self.agrees(&zone, years) => return Some(zone),
            Some(Named::Probably(_)) | None => {}
        }
        let candidates = candidates(zones, home);
        spans(years).find_map(|span| {
            let described = self.changes(span)?;
            candidates.iter().find(|zone| changes_of(zone, span) == described).cloned()
        })
    }

    /// Returns `true` if a zone has the same changes in the given years, or else in the last of them.
    pub fn agrees(&self, zone: &Zone, years: &RangeInclusive<i32>) -> bool {
        spans(years).any(|span| self.changes(span).is_some_and(|described| described == changes_of(zone, span)))
    }

    /// Returns a zone made from the description, with the changes of the given years and some after.
    pub fn own_zone(&self, name: &str, years: &RangeInclusive<i32>) -> Option<Zone> {
        const LATER: i32 = 10;
        let span = Span::new(new_year(years.start() - 1)?, new_year(years.end() + LATER)?);
        let changes = self.changes(span)?;
        let ((_, first), later) = changes.split_first()?;
        Some(Zone::described(name, first * 1000, later.iter().map(|(at, offset)| (at * 1000, offset * 1000))))
    }

    fn changes(&self, span: Span<NaiveDateTime>) -> Option<Changes> {
        let mut all: Changes = Vec::new();
        for observance in &self.observances {
            let onsets = observance.onsets(span)?;
            all.extend(onsets.iter().map(|onset| (onset.and_utc().timestamp() - observance.from, observance.to)));
        }
        all.sort_unstable();
        let begin = span.start.and_utc().timestamp();
        let before = all.partition_point(|(at, _)| *at <= begin);
        // Before the first change, its own "before" offset is in force.
        let first = all.get(before.saturating_sub(1)).map(|(_, to)| *to);
        let first =
            if before == 0 { self.observances.iter().min_by_key(|it| it.start).map(|it| it.from) } else { first };
        let end = span.end.and_utc().timestamp();
        let later = all.get(before..).unwrap_or_default().iter().copied().filter(|(at, _)| *at < end);
        Some(tidied([(begin, first?)].into_iter().chain(later).collect()))
    }
}

impl Observance {
    fn read(component: &Component) -> Option<Observance> {
        let local = |value: &str| match moment::read(value)? {
            Written::Local(time) | Written::Utc(time) => Some(time),
            Written::Date(date) => Some(date.and_time(Default::default())),
        };
        let rule = match component.value("RRULE") {
            Some(rule) => {
                Some(rule::tidied(rule)).filter(|rule| is_yearly(rule)).map(|rule| Recurrence::parse(&rule).ok())
            }
            None => Some(None),
        };
        let dates = component.lines("RDATE").flat_map(|line| line.value.split(','));
        Some(Observance {
            start: local(component.value("DTSTART")?)?,
            rule: rule.filter(|rule| rule.is_some() || component.line("RRULE").is_none())?,
            also: dates.take(MOST_CHANGES).map(local).collect::<Option<_>>()?,
            from: moment::read_offset(component.value("TZOFFSETFROM")?)?,
            to: moment::read_offset(component.value("TZOFFSETTO")?)?,
        })
    }

    /// Returns the onsets in a span, and the last one before it.
    fn onsets(&self, span: Span<NaiveDateTime>) -> Option<Vec<NaiveDateTime>> {
        let mut onsets = vec![self.start];
        onsets.extend(&self.also);
        if let Some(rule) = &self.rule {
            let endless = Recurrence::parse(&rule::without(rule.as_str(), &["UNTIL"])).ok()?;
            let since = span.start - TimeDelta::days(2 * 366);
            let found =
                endless.occurrences(self.start, &Zone::utc(), Span::new(since.max(self.start), span.end)).ok()?;
            let until = rule::part(rule.as_str(), "UNTIL").and_then(moment::read);
            let is_in_time = |onset: &NaiveDateTime| match until {
                Some(Written::Utc(until)) => *onset - TimeDelta::seconds(self.from) <= until,
                Some(Written::Local(until)) => *onset <= until,
                Some(Written::Date(until)) => onset.date() <= until,
                None => true,
            };
            onsets.extend(found.into_iter().filter(is_in_time));
        }
        (onsets.len() <= MOST_CHANGES).then_some(onsets)
    }
}

/// Returns `true` if a rule repeats about yearly, as changes of clocks do. Lotus Notes adds the hour.
fn is_yearly(rule: &str) -> bool {
    let is_one = |name: &&str| rule::part(rule, name).is_none_or(|value| !value.contains(','));
    rule::part(rule, "FREQ").is_some_and(|frequency| frequency.eq_ignore_ascii_case("YEARLY"))
        && ["BYHOUR", "BYMINUTE", "BYSECOND"].iter().all(is_one)
}

/// Returns the span of the given years, and that of the last year alone.
fn spans(years: &RangeInclusive<i32>) -> impl Iterator<Item = Span<NaiveDateTime>> + use<> {
    let (first, last) = (*years.start().max(YEARS.start()), *years.end().min(YEARS.end()));
    [first.max(last - 20), last]
        .into_iter()
        .filter_map(move |first| Some(Span::new(new_year(first)?, new_year(last.max(first) + 2)?)))
}

/// Returns the zone of the tz database whose clock differs from another zone's for the shortest time in the given years. Of
/// several, the agent's zone comes first, then the best known.
pub(super) fn nearest(zone: &Zone, zones: &Zones, home: &Zone, years: &RangeInclusive<i32>) -> Option<Zone> {
    let (first, last) = (*years.start().max(YEARS.start()), *years.end().min(YEARS.end()));
    let [begin, end] = [new_year(first)?, new_year(last.max(first) + 1)?].map(|at| at.and_utc().timestamp_millis());
    candidates(zones, home).into_iter().min_by_key(|candidate| difference(zone, candidate, begin, end))
}

/// Returns the difference of two zones: seconds of offset, summed over time.
fn difference(a: &Zone, b: &Zone, begin: i64, end: i64) -> i128 {
    let mut sum = 0;
    let mut others = b.stretches(begin, end).peekable();
    for mine in a.stretches(begin, end) {
        while let Some(other) = others.peek() {
            let (from, to) = (mine.start.max(other.start).max(begin), mine.end.min(other.end).min(end));
            sum += i128::from((to - from).max(0)) * i128::from((mine.offset - other.offset).abs());
            if other.end > mine.end {
                break;
            }
            others.next();
        }
    }
    sum
}

fn new_year(year: i32) -> Option<NaiveDateTime> {
    NaiveDate::from_ymd_opt(year, 1, 1).map(|date| date.and_time(Default::default()))
}

/// Returns the changes of a zone in a span.
fn changes_of(zone: &Zone, span: Span<NaiveDateTime>) -> Changes {
    let (begin, end) = (span.start.and_utc().timestamp_millis(), span.end.and_utc().timestamp_millis());
    let stretches = zone.stretches(begin, end);
    tidied(stretches.map(|stretch| (stretch.start.max(begin).div_euclid(1000), stretch.offset / 1000)).collect())
}

/// Removes entries that do not change the offset.
fn tidied(mut changes: Changes) -> Changes {
    changes.dedup_by(|next, kept| {
        let at_once = next.0 == kept.0;
        if at_once {
            kept.1 = next.1;
        }
        at_once
    });
    changes.dedup_by_key(|(_, offset)| *offset);
    changes
}

/// Returns all zones, the more frequent ones first.
fn candidates(zones: &Zones, home: &Zone) -> Vec<Zone> {
    let listed = windows::all().map(|zone| zone.tzdb_id());
    let named = listed.chain(zones.names()).filter_map(|name| zones.get(name).ok());
    [home.clone()].into_iter().chain(named).collect()
}
