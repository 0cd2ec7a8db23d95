//! Reading a calendar in any format.

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

/// Options for reading a calendar.
#[derive(Debug, Clone)]
pub struct ReadOptions {
    /// The zone of the agent, used for times without a zone.
    pub zone: Zone,
    /// The zones that the calendar may name.
    pub zones: Zones,
    /// Decides which events count as being away.
    pub away: Away,
}

impl ReadOptions {
    /// Returns options with the bundled zones and the default [`Away`].
    pub fn in_zone(zone: Zone) -> ReadOptions {
        ReadOptions { zone, zones: Zones::bundled(), away: Away::default() }
    }
}

/// The absences read from a calendar.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Reading {
    /// The name of the calendar.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The absences in the order of the calendar; those of one event are adjacent.
    ///
    /// A moved instance of a series is an absence of its own with the same `uid`; its `x-recurrence-id` names the instance.
    /// An event without an id gets one made from its times.
    pub absences: Vec<Absence>,
    /// The events that were understood, but are not absences.
    pub skipped: Vec<Skipped>,
    /// The parts that were not understood, each with its line and property, or its JSON path.
    pub problems: Vec<Problem>,
    /// The parts that were read, but are odd, placed as the problems are: for example, a rule that RFC 5545 forbids and all
    /// programs read.
    pub notes: Vec<Problem>,
    /// The ids of events that were left out because of a problem, sorted.
    pub unread: Vec<String>,
    /// `true` if the whole calendar was read; `false` if it breaks off, is too large, or has further pages.
    pub complete: bool,
}

/// Reads a calendar: an iCalendar stream, or the JSON of the Google Calendar API or of Microsoft Graph, as a page of events,
/// a list of pages, or a list of events. The first character decides between iCalendar and JSON.
///
/// Times without a zone are in `options.zone`. A zone may be named as in the tz database, with the prefix of a program, as
/// in Windows or Lotus Notes, or as an offset (`UTC+02:00`), or be described by a `VTIMEZONE`. If a description matches no
/// zone of the tz database, single events are at the described instants; events that repeat do so on the clock of the
/// nearest zone, which is reported as a problem. The summary of an event becomes the `note`, unless the event is private.
///
/// An event with a `RECURRENCE-ID` is one instance of a series, or a single event if the calendar does not have the series.
/// Of several revisions the latest counts, by `SEQUENCE` and `DTSTAMP` (RFC 5546, section 2.1.5). Free/busy time
/// (`VFREEBUSY`) is read as a list of events: `BUSY-UNAVAILABLE` is shown as out of office, the rest as busy or tentative.
///
/// Every absence returned is valid in a document. An event that a document would refuse is left out and reported as a
/// problem.
///
/// At most 32 MiB and 100,000 components are read; more are reported as a problem.
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

/// Reads the events of components, each with the zones that its own calendar describes.
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
                // Google names a calendar by the e-mail address of its owner.
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
