//! Reads the kept data of a zone from a TZif file (RFC 8536). The build script reads this file, too.

use tz::timezone::{AlternateTime, RuleDay, TimeZone, TransitionRule};

use super::rules::{Day, Edge, Offsets, Rule, YEAR_2000};

/// The largest offset from UTC, in seconds; RFC 8536 asks for less than 26 hours.
const FURTHEST: i32 = 26 * 3600;

/// Reads the content of one TZif file.
///
/// # Errors
/// A sentence with the reason why the file is not a TZif file, or cannot be used.
pub(crate) fn read(file: &[u8]) -> Result<Offsets, String> {
    let zone = TimeZone::from_tz_data(file).map_err(|error| error.to_string())?;
    if !zone.as_ref().leap_seconds().is_empty() {
        return Err("it counts leap seconds, which UTC as computers keep it does not".to_owned());
    }
    let rule = rule(&zone);
    let listed = listed(&zone);
    let offsets = Offsets { first: first(&zone, &listed), changes: changes(listed, rule.is_some()), rule };
    if plausible(&offsets) { Ok(offsets) } else { Err("it has an offset of more than 26 hours".to_owned()) }
}

/// Returns all changes that the file lists.
fn listed(zone: &TimeZone) -> Vec<(i64, i32)> {
    let types = zone.as_ref().local_time_types();
    let transitions = zone.as_ref().transitions().iter();
    transitions
        .filter_map(|change| Some((change.unix_leap_time(), types.get(change.local_time_type_index())?.ut_offset())))
        .collect()
}

/// Returns the offset when 2000 begins; a file without a rule keeps its last offset.
fn first(zone: &TimeZone, listed: &[(i64, i32)]) -> i32 {
    match zone.find_local_time_type(YEAR_2000) {
        Ok(kind) => kind.ut_offset(),
        Err(_) => listed.last().map_or(0, |&(_, offset)| offset),
    }
}

/// Returns the changes after 2000 began. A change that leaves the offset as it is is dropped, unless the rule begins there.
fn changes(mut listed: Vec<(i64, i32)>, rule_follows: bool) -> Vec<(i64, i32)> {
    let last = listed.last().copied().filter(|_| rule_follows);
    listed.dedup_by_key(|&mut (_, offset)| offset);
    if let Some(last) = last
        && listed.last() != Some(&last)
    {
        listed.push(last);
    }
    listed.retain(|&(since, _)| since > YEAR_2000);
    listed
}

/// Returns the rule after the last change; `None` if the last offset stays.
fn rule(zone: &TimeZone) -> Option<Rule> {
    match zone.as_ref().extra_rule() {
        Some(TransitionRule::Alternate(rule)) => Some(alternating(rule)),
        Some(TransitionRule::Fixed(_)) | None => None,
    }
}

fn alternating(rule: &AlternateTime) -> Rule {
    Rule {
        standard: rule.std().ut_offset(),
        summer: rule.dst().ut_offset(),
        start: Edge { day: day(rule.dst_start()), time: rule.dst_start_time() },
        end: Edge { day: day(rule.dst_end()), time: rule.dst_end_time() },
    }
}

fn day(day: &RuleDay) -> Day {
    match day {
        RuleDay::MonthWeekDay(day) => Day::Weekday { month: day.month(), week: day.week(), weekday: day.week_day() },
        RuleDay::Julian1WithoutLeap(day) => Day::Julian(day.get()),
        RuleDay::Julian0WithLeap(day) => Day::Ordinal(day.get()),
    }
}

fn plausible(zone: &Offsets) -> bool {
    let listed = zone.changes.iter().map(|&(_, offset)| offset);
    let ruled = zone.rule.iter().flat_map(|rule| [rule.standard, rule.summer]);
    listed.chain(ruled).chain([zone.first]).all(|offset| (-FURTHEST..=FURTHEST).contains(&offset))
}
