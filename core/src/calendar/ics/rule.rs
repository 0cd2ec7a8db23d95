//! Recurrence rules as calendars write them and want them written.

use chrono::{NaiveDateTime, TimeDelta};

use crate::calendar::moment::{self, When, Written};
use crate::time::Zone;
use crate::time::written::{basic_date, basic_moment};

/// A rule as it was meant: without blanks, and without what is empty.
pub(crate) fn tidied(rule: &str) -> String {
    let rule: String = rule.chars().filter(|c| !c.is_whitespace()).collect();
    let rule = rule.strip_prefix("RRULE:").unwrap_or(&rule);
    let parts = rule.split(';').filter(|part| !part.is_empty() && !part.ends_with('='));
    parts.collect::<Vec<_>>().join(";")
}

/// A rule as calendars want it (RFC 5545, section 3.3.10): its `UNTIL` a date where the event is of whole days, and else UTC.
pub(crate) fn for_calendars(rule: &str, start: &When) -> String {
    let part = |part: &str| match part.split_once('=') {
        Some((name, value)) if name.eq_ignore_ascii_case("UNTIL") => format!("UNTIL={}", until(value, start)),
        _ => part.to_owned(),
    };
    rule.split(';').map(part).collect::<Vec<_>>().join(";")
}

fn until(value: &str, start: &When) -> String {
    let utc =
        |time: NaiveDateTime, zone: &Zone| basic_moment(moment::wall(&Zone::utc(), zone.resolve(time.into()))) + "Z";
    let last_second = TimeDelta::seconds(86_399);
    match (moment::read(value), start) {
        (Some(Written::Date(date)), When::Wall(_, Some(zone))) => {
            utc(date.and_time(Default::default()) + last_second, zone)
        }
        (Some(Written::Local(time)), When::Wall(_, Some(zone))) => utc(time, zone),
        (Some(Written::Local(time) | Written::Utc(time)), When::Date(_)) => basic_date(time.date()),
        _ => value.to_owned(),
    }
}

/// The parts of a rule without those of some names, in their order.
pub(crate) fn without(rule: &str, names: &[&str]) -> String {
    let is_named = |part: &&str| {
        let name = part.split('=').next().unwrap_or_default();
        names.iter().any(|known| name.eq_ignore_ascii_case(known))
    };
    rule.split(';').filter(|part| !is_named(part)).collect::<Vec<_>>().join(";")
}

/// The value of a part of a rule.
pub(crate) fn part<'a>(rule: &'a str, name: &str) -> Option<&'a str> {
    rule.split(';')
        .filter_map(|part| part.split_once('='))
        .find(|(its, _)| its.eq_ignore_ascii_case(name))
        .map(|it| it.1)
}
