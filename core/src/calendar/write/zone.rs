//! Writes the description of a zone (`VTIMEZONE`, RFC 5545, section 3.6.5), which every named zone requires.

use chrono::{Datelike, NaiveDateTime, NaiveTime, TimeDelta};
use std::collections::BTreeMap;

use super::stream::Stream;
use crate::calendar::moment;
use crate::time::written::{WEEKDAYS, basic_moment};
use crate::time::{Instant, Zone};

/// A change of the clocks.
#[derive(Debug, Clone, Copy)]
struct Change {
    /// The time of the change, on the clock before it.
    wall: NaiveDateTime,
    /// The offsets in seconds, before and after.
    from: i64,
    to: i64,
}

/// The properties that yearly changes have in common, so that a rule can describe them.
type Alike = (i64, i64, u32, u32, NaiveTime);

/// Single changes by their offsets, each with its time on the clock before it.
type Single = BTreeMap<(i64, i64), Vec<String>>;

/// The fewest years in a row that are written as a rule; fewer are listed one by one.
const LEAST_YEARS: usize = 3;

/// Describes a zone from the year 2000 on. Earlier times use the offsets of 2000.
pub(super) fn write(zone: &Zone, stream: &mut Stream) {
    let stretches: Vec<_> = zone.stretches(Instant::MIN.millis(), Instant::MAX.millis()).collect();
    let Some(first) = stretches.first() else { return };
    let changes: Vec<Change> = stretches
        .iter()
        .zip(stretches.iter().skip(1))
        .map(|(before, after)| Change {
            wall: moment::wall(&Zone::utc(), after.start.saturating_add(before.offset)),
            from: before.offset / 1000,
            to: after.offset / 1000,
        })
        .collect();
    let (runs, single) = runs(&changes);
    stream.component("VTIMEZONE", |stream| {
        stream.text("TZID", zone.name());
        let offset = first.offset / 1000;
        component(stream, offset, offset, |stream| stream.line("DTSTART", "19700101T000000"));
        for run in runs {
            let (Some(first), Some(rule)) = (run.first(), rule(&run)) else { continue };
            component(stream, first.from, first.to, |stream| {
                stream.line("DTSTART", &basic_moment(first.wall));
                stream.line("RRULE", &rule);
            });
        }
        for ((from, to), walls) in single {
            let Some(first) = walls.first() else { continue };
            component(stream, from, to, |stream| {
                stream.line("DTSTART", first);
                if walls.len() > 1 {
                    stream.line("RDATE", &walls.join(","));
                }
            });
        }
    });
}

fn component(stream: &mut Stream, from: i64, to: i64, content: impl FnOnce(&mut Stream)) {
    stream.component(if to > from { "DAYLIGHT" } else { "STANDARD" }, |stream| {
        content(stream);
        stream.line("TZOFFSETFROM", &offset(from));
        stream.line("TZOFFSETTO", &offset(to));
    });
}

fn offset(seconds: i64) -> String {
    let sign = if seconds < 0 { '-' } else { '+' };
    let (hours, rest) = (seconds.abs() / 3600, seconds.abs() % 3600);
    let text = format!("{sign}{hours:02}{:02}", rest / 60);
    if rest % 60 == 0 { text } else { format!("{text}{:02}", rest % 60) }
}

/// Groups the changes that repeat every year in the same way; returns the others by their offsets.
fn runs(changes: &[Change]) -> (Vec<Vec<Change>>, Single) {
    let mut runs: Vec<Vec<Change>> = Vec::new();
    let mut open: BTreeMap<Alike, usize> = BTreeMap::new();
    for change in changes {
        let wall = change.wall;
        let weekday = wall.weekday().num_days_from_monday();
        let alike = (change.from, change.to, wall.month(), weekday, wall.time());
        let goes_on = |run: &&mut Vec<Change>| {
            let last = run.last().map(|last| last.wall.year());
            last == Some(wall.year() - 1) && day(&[run.as_slice(), &[*change]].concat()).is_some()
        };
        match open.get(&alike).and_then(|place| runs.get_mut(*place)).filter(goes_on) {
            Some(run) => run.push(*change),
            None => {
                open.insert(alike, runs.len());
                runs.push(vec![*change]);
            }
        }
    }
    let (runs, rest): (Vec<_>, Vec<_>) = runs.into_iter().partition(|run| run.len() >= LEAST_YEARS);
    let mut single: BTreeMap<(i64, i64), Vec<String>> = BTreeMap::new();
    for change in rest.into_iter().flatten() {
        single.entry((change.from, change.to)).or_default().push(basic_moment(change.wall));
    }
    single.values_mut().for_each(|walls| walls.sort_unstable());
    (runs, single)
}

fn rule(run: &[Change]) -> Option<String> {
    const LAST_YEAR: i32 = 2199;
    let last = run.last()?;
    let rule = format!("FREQ=YEARLY;BYMONTH={};{}", last.wall.month(), day(run)?);
    if last.wall.year() >= LAST_YEAR {
        return Some(rule);
    }
    let until = last.wall - TimeDelta::seconds(last.from);
    Some(format!("{rule};UNTIL={}Z", basic_moment(until)))
}

/// Returns the rule part for the day of the month that all changes of a run share: the same weekday of the month, the last,
/// or the one among seven dates.
fn day(run: &[Change]) -> Option<String> {
    let weekday = WEEKDAYS.get(run.first()?.wall.weekday() as usize)?;
    let ordinal = |change: &Change| (change.wall.day() - 1) / 7 + 1;
    let is_last = |change: &Change| (change.wall.date() + TimeDelta::days(7)).month() != change.wall.month();
    let first = run.first().map(ordinal)?;
    if run.iter().all(|change| ordinal(change) == first) && first < 5 && !run.iter().all(is_last) {
        return Some(format!("BYDAY={first}{weekday}"));
    }
    if run.iter().all(is_last) {
        return Some(format!("BYDAY=-1{weekday}"));
    }
    let days = run.iter().map(|change| change.wall.day());
    let (least, most) = (days.clone().min()?, days.max()?);
    if most - least > 6 {
        return None;
    }
    let end = most.max(7);
    let dates: Vec<String> = (end - 6..=end).map(|day| day.to_string()).collect();
    Some(format!("BYMONTHDAY={};BYDAY={weekday}", dates.join(",")))
}
