//! Events of the Google Calendar API, version 3: the resource `Event`.

use super::walk::{Place, Wrong};
use super::{Reading, Uids};
use crate::calendar::away::{Claim, ShownAs};
use crate::calendar::event::{Ending, Event, InsteadOf, Ours, is_observance};
use crate::calendar::ics::{Line, rule};
use crate::calendar::moment::{self, Lasting, When, Written};
use crate::problem::{Code, Problem, shortened};
use crate::time::Zone;

/// Returns the id that an event and all its instances share.
pub(super) fn uid(event: &Place<'_>, uids: &Uids) -> Option<String> {
    let own = event.id("iCalUID").map(str::to_owned);
    let of_series = || event.id("recurringEventId").and_then(|id| uids.get(id).cloned());
    own.or_else(of_series).or_else(|| event.id("recurringEventId").or(event.id("id")).map(str::to_owned))
}

/// Reads an event.
pub(super) fn read(reading: &mut Reading<'_, '_, '_>) -> Result<Option<Event>, Wrong> {
    let event = &reading.entry.event;
    let instead_of = match event.get("originalStartTime") {
        Some(original) => Some(InsteadOf { start: time(reading, &original)?, and_all_later: false }),
        None => None,
    };
    let is_cancelled = event.is("status", "cancelled");
    let start = match (event.get("start"), &instead_of) {
        (Some(start), _) => time(reading, &start)?,
        // A cancelled instance often says no more than which one it is, and a cancelled event no more than its id.
        (None, Some(instead_of)) if is_cancelled => instead_of.start.clone(),
        (None, None) if is_cancelled => When::Wall(Default::default(), None),
        (None, _) => return Err(event.missing("start")),
    };
    let ending = match event.get("end") {
        Some(end) if !event.is_true("endTimeUnspecified") => Ending::At(time(reading, &end)?),
        _ => Ending::Unsaid,
    };
    let summary = event.text("summary").map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned);
    let is_private = event.is("visibility", "private") || event.is("visibility", "confidential");
    let mut found = Event {
        order: 0,
        uid: reading.uid.clone(),
        sequence: event
            .number("sequence")
            .and_then(|number| u32::try_from(number).ok())
            .filter(|it| *it <= i32::MAX as u32),
        stamp: event.text("updated").and_then(moment::read).and_then(|written| match written {
            Written::Utc(time) => Some(time),
            Written::Local(_) | Written::Date(_) => None,
        }),
        note: summary.clone().filter(|_| !is_private),
        claim: Claim {
            shown_as: Some(shown_as(event)),
            is_cancelled,
            is_declined: is_declined(event),
            declined_by: declined_by(event),
            categories: Vec::new(),
            summary,
        },
        start,
        ending,
        repeats: Vec::new(),
        except: Vec::new(),
        also: Vec::new(),
        instead_of,
        ours: Ours::default(),
        is_observance: event.text("description").is_some_and(is_observance),
        origin: event.origin(),
        places: ["start", "end", "recurrence"]
            .into_iter()
            .zip(["DTSTART", "DTEND", "RRULE"])
            .filter_map(|(key, property)| Some((property, event.get(key)?.origin())))
            .collect(),
        path: String::new(),
    };
    for line in event.list("recurrence") {
        recurrence(reading, &line, &mut found)?;
    }
    Ok(Some(found))
}

/// Reads a date, or a time in its own zone or in that of the calendar.
fn time(reading: &mut Reading<'_, '_, '_>, place: &Place<'_>) -> Result<When, Wrong> {
    if place.get("date").is_some() {
        return reading.times.time(place, "date", None);
    }
    let zone = match reading.times.zone(place, "timeZone")? {
        Some(zone) => Some(zone),
        None => of_calendar(reading),
    };
    let when = reading.times.time(place, "dateTime", zone.as_ref())?;
    let home = &reading.options.zone;
    Ok(match (zone, when) {
        (Some(zone), when) => super::walk::shown_in(when, &zone, home),
        (None, when) => when,
    })
}

/// Returns the zone of the calendar, if it is a known one.
fn of_calendar(reading: &mut Reading<'_, '_, '_>) -> Option<Zone> {
    let name = reading.entry.zone.as_ref()?.node.text()?;
    reading.times.finder.find(name).ok()
}

fn shown_as(event: &Place<'_>) -> ShownAs {
    if event.is("transparency", "transparent") {
        return ShownAs::Free;
    }
    match event.text("eventType") {
        Some("outOfOffice") => ShownAs::OutOfOffice,
        Some("workingLocation") => ShownAs::WorkingElsewhere,
        _ if event.is("status", "tentative") => ShownAs::Tentative,
        _ => ShownAs::Busy,
    }
}

fn is_declined(event: &Place<'_>) -> bool {
    event.list("attendees").iter().any(|attendee| attendee.is_true("self") && attendee.is("responseStatus", "declined"))
}

/// Returns the attendees who declined, for a calendar that does not name its owner among them.
fn declined_by(event: &Place<'_>) -> Vec<String> {
    let attendees = event.list("attendees");
    let declined = attendees.iter().filter(|attendee| attendee.is("responseStatus", "declined"));
    declined.filter_map(|attendee| attendee.text("email").map(str::to_owned)).collect()
}

/// Reads an entry of `recurrence`: an `RRULE`, `EXDATE` or `RDATE`, written as in iCalendar.
fn recurrence(reading: &mut Reading<'_, '_, '_>, place: &Place<'_>, event: &mut Event) -> Result<(), Wrong> {
    let text = place.node.text().unwrap_or_default();
    let line = Line::parse(text, 0).ok_or_else(|| {
        place.problem(Code::InvalidRecurrence, format!("{:?} is not a line of a recurrence", shortened(text)))
    })?;
    match line.name.as_str() {
        "RRULE" => {
            rule::add(&mut event.repeats, &rule::tidied(&line.value)).map_err(|problem| Wrong::at(place, problem))
        }
        "EXDATE" | "RDATE" => {
            for value in line.value.split(',').map(str::trim).filter(|value| !value.is_empty()) {
                let (start, end) = value.split_once('/').map_or((value, None), |(start, end)| (start, Some(end)));
                let ending = end.map_or(Ok(Ending::Unsaid), |end| match Lasting::read(end) {
                    Some(lasting) => Ok(Ending::After(lasting)),
                    None => value_of(reading, place, &line, end, &event.start).map(Ending::At),
                });
                let when = value_of(reading, place, &line, start, &event.start).and_then(|start| Ok((start, ending?)));
                match when {
                    Ok((when, _)) if line.name == "EXDATE" => event.except.push(when),
                    Ok(addition) => event.also.push(addition),
                    Err(wrong) => wrong.passed_over(reading.notes),
                }
            }
            Ok(())
        }
        other => Err(place.problem(Code::InvalidRecurrence, format!("{} is not supported", shortened(other)))),
    }
}

/// Reads a value in an entry of `recurrence`; without a zone of its own, it is in that of the event's start.
fn value_of(
    reading: &mut Reading<'_, '_, '_>,
    place: &Place<'_>,
    line: &Line,
    value: &str,
    start: &When,
) -> Result<When, Wrong> {
    let invalid = || place.problem(Code::InvalidTime, format!("{:?} is not a date or time", shortened(value)));
    match moment::read(value).ok_or_else(invalid)? {
        Written::Date(date) => Ok(When::Date(date)),
        Written::Utc(time) => Ok(When::Wall(time, Some(Zone::utc()))),
        Written::Local(time) => {
            let zone = match line.param("TZID") {
                Some(name) => {
                    let wrong = |problem: Problem| Wrong::at(place, problem);
                    Some(reading.times.finder.find(name).map_err(wrong)?)
                }
                None => start.zone().cloned().or_else(|| of_calendar(reading)),
            };
            Ok(When::Wall(time, zone))
        }
    }
}
