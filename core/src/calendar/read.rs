//! Reading a calendar, whichever its format.

use serde::Serialize;

use super::away::Away;
use super::event::Event;
use super::ics::{self, Component};
use super::notes::{Notes, Origin, Skipped, Why};
use super::zones::ZoneFinder;
use super::{json, series};
use crate::model::Absence;
use crate::problem::{Code, Problem};
use crate::time::{Zone, Zones};

/// How to read a calendar.
#[derive(Debug, Clone)]
pub struct ReadOptions {
    /// The zone of the agent, in which times without a zone are.
    pub zone: Zone,
    /// The zones that may be named.
    pub zones: Zones,
    /// What counts as being away.
    pub away: Away,
}

impl ReadOptions {
    /// With the bundled zones, and what counts as being away by default.
    pub fn in_zone(zone: Zone) -> ReadOptions {
        ReadOptions { zone, zones: Zones::bundled(), away: Away::default() }
    }
}

/// What a calendar says about absences.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Reading {
    /// What the calendar is called.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The absences, in the order of the calendar; those of one event one after the other.
    ///
    /// A moved instance of a repeated one is an absence of its own with the same `uid`; its `x-recurrence-id` says which. An
    /// event without an id gets one from its times.
    pub absences: Vec<Absence>,
    /// The events that were understood and are no absences.
    pub skipped: Vec<Skipped>,
    /// What was not understood, each with its line, and the property or the JSON path.
    pub problems: Vec<Problem>,
    /// What was read though it is odd, each with its place as the problems: a rule that RFC 5545 forbids and every program
    /// reads, say.
    pub notes: Vec<Problem>,
    /// The ids of events that were left out for a problem, sorted.
    pub unread: Vec<String>,
    /// Whether the whole calendar was read: false when it breaks off, is too large, or has further pages.
    pub complete: bool,
}

/// Reads a calendar: an iCalendar stream, or the JSON of the Google Calendar API or of Microsoft Graph, as single pages of
/// events, lists of pages, or lists of events. The first character tells which.
///
/// Times without a zone are in the zone of the options. A zone may be named as in the tz database, with the prefix of a
/// program before it, as in Windows or Lotus Notes, as an offset (`UTC+02:00`), or be described by a `VTIMEZONE`. One that is
/// described and no zone of the tz database: single events are at the instants that it says, and what repeats does so on the
/// clock of the nearest zone, which is a problem. The summary of an event becomes the `note`, unless the event is private.
///
/// An event with a `RECURRENCE-ID` is one instance of the series that the calendar has, whatever else it says; without its
/// series it stands alone. Of several revisions the latest counts, by `SEQUENCE` and `DTSTAMP` (RFC 5546, section 2.1.5).
/// Free/busy time (`VFREEBUSY`) is a list of absences: what is busy and unavailable is shown as out of office, the rest as
/// busy or tentative.
///
/// Every absence is one that a document may have: what the reader of documents would refuse is left out and is a problem.
///
/// At most 32 MiB and 100,000 components are read; more is a problem.
pub fn read(calendar: &[u8], options: &ReadOptions) -> Reading {
    let mut notes = Notes::default();
    let events = events(calendar, options, &mut notes);
    let absences = series::absences(events, options, &mut notes);
    Reading {
        name: notes.name.take(),
        absences,
        problems: notes.problems(calendar),
        notes: notes.remarks(calendar),
        complete: notes.is_complete(),
        skipped: notes.skipped,
        unread: notes.unread.into_iter().collect(),
    }
}

pub(crate) fn events(calendar: &[u8], options: &ReadOptions, notes: &mut Notes) -> Vec<Event> {
    if calendar.starts_with(b"\xff\xfe") || calendar.starts_with(b"\xfe\xff") {
        let problem = Problem::new(Code::InvalidCalendar, "the text is UTF-16").with_hint("save it as UTF-8");
        notes.broken(Origin::Line(1), problem);
        return Vec::new();
    }
    let plain = calendar.strip_prefix(b"\xef\xbb\xbf").unwrap_or(calendar);
    match plain.iter().find(|byte| !byte.is_ascii_whitespace()) {
        Some(b'{' | b'[') => json::events(calendar, options, notes),
        _ => of_components(&ics::read_components(calendar, notes), options, notes),
    }
}

/// The events of components, each with the zones that its own calendar describes.
fn of_components(roots: &[Component], options: &ReadOptions, notes: &mut Notes) -> Vec<Event> {
    let mut events = Vec::new();
    let mut zones = ZoneFinder::new(&options.zones, &options.zone);
    for root in roots {
        if root.name != "VCALENDAR" {
            events.extend(of_component(root, false, &mut zones, notes));
            continue;
        }
        zones.describe(root);
        let name = root.value("X-WR-CALNAME").or(root.value("NAME")).map(ics::text::unescaped);
        notes.name = notes.name.take().or(name.clone());
        let is_withdrawn = root.value("METHOD").is_some_and(|method| method.eq_ignore_ascii_case("CANCEL"));
        for component in &root.children {
            for mut event in of_component(component, is_withdrawn, &mut zones, notes) {
                // The calendars of Google are called by the e-mail address of whom they belong to.
                event.claim.is_declined |= name.as_deref().is_some_and(|name| event.claim.is_declined_by(name));
                events.push(event);
            }
        }
    }
    events
}

fn of_component(
    component: &Component,
    is_withdrawn: bool,
    zones: &mut ZoneFinder<'_>,
    notes: &mut Notes,
) -> Vec<Event> {
    match component.name.as_str() {
        "VEVENT" => ics::read_event(component, is_withdrawn, zones, notes).into_iter().collect(),
        "VFREEBUSY" => ics::read_free_busy(component, zones, notes),
        "VTIMEZONE" | "VCALENDAR" => Vec::new(),
        _ => {
            let (uid, summary) = (component.value("UID"), component.value("SUMMARY"));
            notes.skipped.push(Skipped {
                uid: uid.map(ics::text::unescaped),
                summary: summary.map(ics::text::unescaped),
                why: Why::NoEvent,
            });
            Vec::new()
        }
    }
}
