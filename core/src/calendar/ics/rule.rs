//! Recurrence rules: repairing those that calendars write, and writing those that calendars accept.

use chrono::{NaiveDateTime, TimeDelta};

use crate::calendar::moment::{self, When, Written};
use crate::problem::{Code, Problem};
use crate::time::written::{basic_date, basic_moment};
use crate::time::{Recurrence, Zone};

/// Removes blanks and empty parts from a rule.
pub(crate) fn tidied(rule: &str) -> String {
    let rule: String = rule.chars().filter(|c| !c.is_whitespace()).collect();
    let rule = rule.strip_prefix("RRULE:").unwrap_or(&rule);
    let parts = rule.split(';').filter(|part| !part.is_empty() && !part.ends_with('='));
    parts.collect::<Vec<_>>().join(";")
}

/// Returns a rule as RFC 5545, section 3.3.10, wants it: `UNTIL` is a date for an event of whole days, and otherwise UTC.
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

/// Returns a rule without the parts of some names; the others keep their order.
pub(crate) fn without(rule: &str, names: &[&str]) -> String {
    let is_named = |part: &&str| {
        let name = part.split('=').next().unwrap_or_default();
        names.iter().any(|known| name.eq_ignore_ascii_case(known))
    };
    rule.split(';').filter(|part| !is_named(part)).collect::<Vec<_>>().join(";")
}

/// Returns the value of a part of a rule.
pub(crate) fn part<'a>(rule: &'a str, name: &str) -> Option<&'a str> {
    rule.split(';')
        .filter_map(|part| part.split_once('='))
        .find(|(its, _)| its.eq_ignore_ascii_case(name))
        .map(|it| it.1)
}

/// The largest number of rules of one event.
const MOST_RULES: usize = 20;

/// Adds a rule to those of an event, unless the event has it already.
///
/// # Errors
/// `invalid_recurrence`, also if there are too many rules.
pub(crate) fn add(rules: &mut Vec<Recurrence>, text: &str) -> Result<(), Problem> {
    if rules.iter().any(|rule| rule.as_str().eq_ignore_ascii_case(text)) {
        return Ok(());
    }
    if rules.len() >= MOST_RULES {
        return Err(Problem::new(Code::InvalidRecurrence, format!("the event has more than {MOST_RULES} rules")));
    }
    rules.push(Recurrence::parse(text)?);
    Ok(())
}

const UNITS: [(&str, u64); 3] = [("HOURLY", 3600), ("MINUTELY", 60), ("SECONDLY", 1)];
const DAY: u64 = 86_400;

/// Returns the rule that counts days in place of one that counts hours, minutes or seconds: its instances are the dates on
/// which the rule has one. A rule that counts days or more is returned unchanged.
///
/// # Errors
/// `invalid_recurrence` if no rule of days has the same dates.
pub(crate) fn of_whole_days(rule: &Recurrence) -> Result<Recurrence, Problem> {
    let text = rule.as_str().to_ascii_uppercase();
    let frequency = part(&text, "FREQ").unwrap_or_default();
    let Some((_, unit)) = UNITS.iter().find(|(name, _)| *name == frequency) else { return Ok(rule.clone()) };
    let number = |name: &str| part(&text, name).and_then(|value| value.parse::<u64>().ok());
    let step = unit.saturating_mul(number("INTERVAL").unwrap_or(1));
    let names_times = ["BYHOUR", "BYMINUTE", "BYSECOND", "BYSETPOS"].iter().any(|name| part(&text, name).is_some());
    let names_dates =
        ["BYDAY", "BYMONTH", "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO"].iter().any(|name| part(&text, name).is_some());
    let rest = without(&text, &["FREQ", "INTERVAL", "COUNT"]);
    let count = match number("COUNT") {
        // With steps shorter than a day, every date from the first on has at least one instance.
        Some(count) if step < DAY => Some(count.saturating_sub(1).saturating_mul(step) / DAY + 1),
        count => count,
    };
    let is_every = step < DAY || step % DAY == 0;
    if names_times || !is_every || names_dates && count.is_some() && step < DAY {
        let message = "an event of whole days repeats by hours, minutes or seconds in a way that no rule of days says";
        return Err(Problem::new(Code::InvalidRecurrence, message));
    }
    let every = (step / DAY).max(1);
    let parts = [
        Some("FREQ=DAILY".to_owned()),
        Some(format!("INTERVAL={every}")).filter(|_| every > 1),
        Some(rest).filter(|rest| !rest.is_empty()),
        count.map(|count| format!("COUNT={count}")),
    ];
    Recurrence::parse(&parts.into_iter().flatten().collect::<Vec<_>>().join(";"))
}
