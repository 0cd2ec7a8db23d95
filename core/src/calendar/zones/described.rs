//! Zones that a calendar describes itself (`VTIMEZONE`, RFC 5545, section 3.6.5), recognised by what their clocks do.

use std::ops::RangeInclusive;

use chrono::{NaiveDate, NaiveDateTime, TimeDelta};

use super::names::by_name;
use super::windows;
use crate::calendar::ics::{Component, rule};
use crate::calendar::moment::{self, Written};
use crate::order;
use crate::time::{Recurrence, Span, Zone, Zones};

/// The most changes that are looked at in a description.
const MOST_CHANGES: usize = 2_000;
/// The years in which our zones are told apart.
const YEARS: RangeInclusive<i32> = 2000..=2190;

/// A zone as it is described.
#[derive(Debug, Clone)]
pub(super) struct Described {
    location: Option<String>,
    observances: Vec<Observance>,
}

/// Since when which offset is in force.
#[derive(Debug, Clone)]
struct Observance {
    /// The first time, on the clock that it changes.
    start: NaiveDateTime,
    rule: Option<Recurrence>,
    also: Vec<NaiveDateTime>,
    /// Offsets in seconds, before and from then on.
    from: i64,
    to: i64,
}

/// The changes of the clocks in a span of time: when (seconds since 1970), and the offset from then on. The first is what is in
/// force when the span begins.
type Changes = Vec<(i64, i64)>;

impl Described {
    /// Takes a description; nothing where it is not understood.
    pub fn read(component: &Component) -> Option<Described> {
        let location = ["X-LIC-LOCATION", "X-WR-TIMEZONE"].iter().find_map(|name| component.value(name));
        let parts = component.children.iter().filter(|child| matches!(child.name.as_str(), "STANDARD" | "DAYLIGHT"));
        let observances: Option<Vec<Observance>> = parts.map(Observance::read).collect();
        Some(Described { location: location.map(str::to_owned), observances: observances.unwrap_or_default() })
    }

    /// The zone that it describes: the one it names, or one with the same changes in the years asked about, or else in the last
    /// of them. Of several that do the same, the agent's comes first, then the best known.
    pub fn zone(&self, zones: &Zones, home: &Zone, years: RangeInclusive<i32>) -> Option<Zone> {
        if let Some(zone) = self.location.as_deref().and_then(|name| by_name(name, zones)) {
            return Some(zone);
        }
        let (first, last) = (*years.start().max(YEARS.start()), *years.end().min(YEARS.end()));
        let candidates = candidates(zones, home);
        [first.max(last - 20), last].into_iter().find_map(|first| {
            let span = Span::new(new_year(first)?, new_year(last.max(first) + 2)?);
            let described = self.changes(span)?;
            let same = |name: &&String| zones.get(name).is_ok_and(|zone| changes_of(&zone, span) == described);
            candidates.iter().find(same).and_then(|name| zones.get(name).ok())
        })
    }

    fn changes(&self, span: Span<NaiveDateTime>) -> Option<Changes> {
        let mut all: Changes = Vec::new();
        for observance in &self.observances {
            let onsets = observance.onsets(span)?;
            all.extend(onsets.iter().map(|onset| (onset.and_utc().timestamp() - observance.from, observance.to)));
        }
        order::sort(&mut all);
        let begin = span.start.and_utc().timestamp();
        let before = all.partition_point(|(at, _)| *at <= begin);
        // Before the first change, what was in force is what the first one changes.
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

    /// When it comes into force in a span, and the last time before.
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

/// Whether a rule is one that clocks are changed by.
fn is_yearly(rule: &str) -> bool {
    rule::part(rule, "FREQ").is_some_and(|frequency| frequency.eq_ignore_ascii_case("YEARLY"))
        && ["BYHOUR", "BYMINUTE", "BYSECOND"].iter().all(|name| rule::part(rule, name).is_none())
}

fn new_year(year: i32) -> Option<NaiveDateTime> {
    NaiveDate::from_ymd_opt(year, 1, 1).map(|date| date.and_time(Default::default()))
}

/// What the clocks of a zone do in a span.
fn changes_of(zone: &Zone, span: Span<NaiveDateTime>) -> Changes {
    let (begin, end) = (span.start.and_utc().timestamp_millis(), span.end.and_utc().timestamp_millis());
    let stretches = zone.stretches(begin, end);
    tidied(stretches.map(|stretch| (stretch.start.max(begin).div_euclid(1000), stretch.offset / 1000)).collect())
}

/// Without what changes nothing.
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

/// All names of zones, those that are meant more often first.
fn candidates(zones: &Zones, home: &Zone) -> Vec<String> {
    let listed = windows::all().map(|zone| zone.tzdb_id().to_owned());
    [home.name().to_owned()].into_iter().chain(listed).chain(zones.names().map(str::to_owned)).collect()
}
