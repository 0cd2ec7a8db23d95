//! Events of Microsoft Graph, version 1.0: the resource `event`, which has its own form of recurrence.

use chrono::NaiveDate;

use super::walk::{Place, Wrong, shown_in};
use super::{Reading, Uids};
use crate::calendar::away::{Claim, ShownAs};
use crate::calendar::event::{Ending, Event, InsteadOf, Ours};
use crate::calendar::moment::{self, When, Written};
use crate::problem::Code;
use crate::problem::shortened;
use crate::time::written::{WEEKDAYS, basic_date};
use crate::time::{Recurrence, Zone};

/// The days of the week in the API, from Monday on.
const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// The positions of a weekday in a month, in the API and in rules.
const ORDINALS: [(&str, i8); 5] = [("first", 1), ("second", 2), ("third", 3), ("fourth", 4), ("last", -1)];

/// Returns the id that an event and all its instances share: `uid`. The `iCalUId` of an instance is its own.
pub(super) fn uid(event: &Place<'_>, uids: &Uids) -> Option<String> {
    let of_series = || event.id("seriesMasterId").and_then(|id| uids.get(id).cloned());
    let own = event.id("uid").map(str::to_owned).or_else(of_series);
    let other = || event.id("seriesMasterId").or(event.id("iCalUId")).or(event.id("id")).map(str::to_owned);
    own.or_else(other)
}

/// Reads an event. The exceptions in its `exceptionOccurrences` are read as events of their own.
pub(super) fn read(reading: &mut Reading<'_, '_, '_>) -> Result<Option<Event>, Wrong> {
    let event = &reading.entry.event;
    let is_all_day = event.is_true("isAllDay");
    let zone = zone_of_series(reading, event)?;
    let [start, end] = ["start", "end"].map(|key| {
        let place = event.get(key).ok_or_else(|| event.missing(key))?;
        let when = time(reading, &place)?;
        Ok(match (when, &zone) {
            // Dates are taken as written, whatever the zone.
            (When::Wall(time, _), _) if is_all_day => When::Date(time.date()),
            (when, Some(zone)) => shown_in(when, zone, &reading.options.zone),
            (when, None) => when,
        })
    });
    let summary = event.text("subject").map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned);
    let is_private = ["private", "confidential", "personal"].iter().any(|it| event.is("sensitivity", it));
    let shown_as = event.text("showAs").and_then(ShownAs::of_busy_status);
    let is_declined = event.get("responseStatus").is_some_and(|status| status.is("response", "declined"));
    Ok(Some(Event {
        order: 0,
        uid: reading.uid.clone(),
        sequence: None,
        stamp: None,
        note: summary.clone().filter(|_| !is_private),
        claim: Claim {
            shown_as,
            is_cancelled: event.is_true("isCancelled"),
            is_declined,
            declined_by: declined_by(event),
            categories: event.list("categories").iter().filter_map(|it| it.node.text().map(str::to_owned)).collect(),
            summary,
        },
        start: start?,
        ending: Ending::At(end?),
        repeats: event.get("recurrence").map(|place| recurrence(&place)).transpose()?.into_iter().collect(),
        except: cancelled(event, reading),
        also: Vec::new(),
        instead_of: instead_of(event, reading, is_all_day)?,
        ours: Ours::default(),
        is_observance: false,
        origin: event.origin(),
        places: ["start", "end", "recurrence"]
            .into_iter()
            .zip(["DTSTART", "DTEND", "RRULE"])
            .filter_map(|(key, property)| Some((property, event.get(key)?.origin())))
            .collect(),
        path: String::new(),
    }))
}

/// Returns the attendees who declined, for an event that does not give the response of the owner.
fn declined_by(event: &Place<'_>) -> Vec<String> {
    let attendees = event.list("attendees");
    let declined =
        attendees.iter().filter(|it| it.get("status").is_some_and(|status| status.is("response", "declined")));
    declined.filter_map(|it| it.get("emailAddress")?.text("address").map(str::to_owned)).collect()
}

/// Reads a time with its zone, both texts.
fn time(reading: &mut Reading<'_, '_, '_>, place: &Place<'_>) -> Result<When, Wrong> {
    let zone = reading.times.zone(place, "timeZone")?;
    reading.times.time(place, "dateTime", zone.as_ref())
}

/// Returns the zone in which a series repeats. Unless asked otherwise, the API gives all times in UTC.
fn zone_of_series(reading: &mut Reading<'_, '_, '_>, event: &Place<'_>) -> Result<Option<Zone>, Wrong> {
    if let Some(range) = event.get("recurrence").and_then(|it| it.get("range"))
        && let Some(zone) = reading.times.zone(&range, "recurrenceTimeZone")?
    {
        return Ok(Some(zone));
    }
    // Some zones have no meaning outside of the calendar (`tzone://Microsoft/Custom`); then the times stay as they are.
    let original = event.text("originalStartTimeZone").and_then(|name| reading.times.finder.find(name).ok());
    Ok(original)
}

/// Returns the instance that an exception or occurrence replaces.
fn instead_of(
    event: &Place<'_>,
    reading: &mut Reading<'_, '_, '_>,
    is_all_day: bool,
) -> Result<Option<InsteadOf>, Wrong> {
    let is_original = event.get("originalStart").is_none() || event.get("seriesMasterId").is_none();
    if is_original && !(event.is("type", "exception") || event.is("type", "occurrence")) {
        return Ok(None);
    }
    let key = if event.get("originalStart").is_some() { "originalStart" } else { "start" };
    let start = match key {
        "start" => time(reading, &event.get(key).ok_or_else(|| event.missing(key))?)?,
        _ => reading.times.time(event, key, Some(&Zone::utc()))?,
    };
    let start = match start {
        When::Wall(time, _) if is_all_day && time.time() == Default::default() => When::Date(time.date()),
        start => start,
    };
    Ok(Some(InsteadOf { start, and_all_later: false }))
}

/// Returns the dates of cancelled instances, each written as `OID.`, an id and a date.
fn cancelled(event: &Place<'_>, reading: &mut Reading<'_, '_, '_>) -> Vec<When> {
    let mut dates = Vec::new();
    for place in event.list("cancelledOccurrences") {
        let text = place.node.text().unwrap_or_default();
        match text.rsplit('.').next().and_then(date) {
            Some(date) => dates.push(When::Date(date)),
            None => {
                let message = format!("{:?} names no date", shortened(text));
                place.problem(Code::InvalidTime, message).passed_over(reading.notes);
            }
        }
    }
    dates
}

/// Reads a `patternedRecurrence` as a rule.
fn recurrence(place: &Place<'_>) -> Result<Recurrence, Wrong> {
    let pattern = place.get("pattern").ok_or_else(|| place.missing("pattern"))?;
    let mut parts = of_pattern(&pattern)?;
    if let Some(range) = place.get("range") {
        parts.extend(of_range(&range)?);
    }
    Recurrence::parse(&parts.join(";")).map_err(|problem| Wrong::at(place, problem))
}

/// Reads the days of a pattern as rule parts.
type ReadDays = fn(&Place<'_>) -> Result<Vec<String>, Wrong>;

/// The types of patterns, with their frequencies in rules.
const PATTERNS: [(&str, &str, ReadDays); 6] = [
    ("daily", "DAILY", |_| Ok(Vec::new())),
    ("weekly", "WEEKLY", days_of_weeks),
    ("absoluteMonthly", "MONTHLY", date_of_month),
    ("relativeMonthly", "MONTHLY", nth),
    ("absoluteYearly", "YEARLY", date_of_month),
    ("relativeYearly", "YEARLY", nth),
];

fn of_pattern(pattern: &Place<'_>) -> Result<Vec<String>, Wrong> {
    let kind = pattern.text("type").unwrap_or_default();
    let known = PATTERNS.iter().find(|(name, ..)| kind.eq_ignore_ascii_case(name));
    let unknown = || pattern.problem(Code::InvalidRecurrence, format!("there is no pattern {:?}", shortened(kind)));
    let (_, frequency, read_days) = known.ok_or_else(unknown)?;
    let mut parts = vec![format!("FREQ={frequency}")];
    if let Some(interval) = pattern.number("interval").filter(|interval| *interval != 1) {
        parts.push(format!("INTERVAL={interval}"));
    }
    if *frequency == "YEARLY" {
        parts.push(format!("BYMONTH={}", pattern.number("month").ok_or_else(|| pattern.missing("month"))?));
    }
    parts.extend(read_days(pattern)?);
    Ok(parts)
}

fn days_of_weeks(pattern: &Place<'_>) -> Result<Vec<String>, Wrong> {
    let first = pattern.text("firstDayOfWeek").and_then(rule_day).unwrap_or("SU");
    Ok(vec![format!("BYDAY={}", days(pattern)?.join(",")), format!("WKST={first}")])
}

fn date_of_month(pattern: &Place<'_>) -> Result<Vec<String>, Wrong> {
    let day = pattern.number("dayOfMonth").ok_or_else(|| pattern.missing("dayOfMonth"))?;
    let is_wrong = || pattern.problem(Code::InvalidRecurrence, format!("no month has a day {day}"));
    Ok(vec![day_of_month(day).ok_or_else(is_wrong)?])
}

/// Returns the rule part for a day of the month, if any month has it. In shorter months, Exchange takes the last day, in
/// monthly and in yearly rules (Exchange Web Services, element `DayOfMonth`): an event on 29 February takes place on the
/// 28th in most years.
fn day_of_month(day: i64) -> Option<String> {
    match day {
        1..=28 => Some(format!("BYMONTHDAY={day}")),
        29..=31 => {
            let days: Vec<String> = (28..=day).map(|day| day.to_string()).collect();
            Some(format!("BYMONTHDAY={};BYSETPOS=-1", days.join(",")))
        }
        _ => None,
    }
}

/// Reads the first, second, third, fourth or last of some weekdays as a rule part.
fn nth(pattern: &Place<'_>) -> Result<Vec<String>, Wrong> {
    let days = days(pattern)?;
    let text = pattern.text("index").unwrap_or("first");
    let ordinal = ORDINALS.iter().find(|(name, _)| text.eq_ignore_ascii_case(name)).map(|(_, ordinal)| *ordinal);
    let ordinal = ordinal
        .ok_or_else(|| pattern.problem(Code::InvalidRecurrence, format!("there is no index {:?}", shortened(text))))?;
    Ok(vec![match days.as_slice() {
        [day] => format!("BYDAY={ordinal}{day}"),
        days => format!("BYDAY={};BYSETPOS={ordinal}", days.join(",")),
    }])
}

fn days(pattern: &Place<'_>) -> Result<Vec<&'static str>, Wrong> {
    let places = pattern.list("daysOfWeek");
    if places.is_empty() {
        return Err(pattern.missing("daysOfWeek"));
    }
    let day = |place: &Place<'_>| {
        let text = place.node.text().unwrap_or_default();
        rule_day(text).ok_or_else(|| {
            place.problem(Code::InvalidRecurrence, format!("{:?} is not a day of the week", shortened(text)))
        })
    };
    places.iter().map(day).collect()
}

fn rule_day(text: &str) -> Option<&'static str> {
    WEEKDAYS.get(DAYS.iter().position(|name| text.eq_ignore_ascii_case(name))?).copied()
}

fn of_range(range: &Place<'_>) -> Result<Option<String>, Wrong> {
    match range.text("type").unwrap_or("noEnd").to_ascii_lowercase().as_str() {
        "noend" => Ok(None),
        "enddate" => {
            let text = range.text("endDate").ok_or_else(|| range.missing("endDate"))?;
            let invalid = || range.problem(Code::InvalidTime, format!("{:?} is not a date", shortened(text)));
            let date = date(text).ok_or_else(invalid)?;
            Ok(Some(format!("UNTIL={}", basic_date(date))))
        }
        "numbered" => {
            let count = range.number("numberOfOccurrences").ok_or_else(|| range.missing("numberOfOccurrences"))?;
            Ok(Some(format!("COUNT={count}")))
        }
        other => Err(range.problem(Code::InvalidRecurrence, format!("there is no range {:?}", shortened(other)))),
    }
}

fn date(text: &str) -> Option<NaiveDate> {
    match moment::read(text)? {
        Written::Date(date) => Some(date),
        _ => None,
    }
}
