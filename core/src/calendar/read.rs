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
    /// The ids of events that were left out for a problem, sorted.
    pub unread: Vec<String>,
    /// Whether the whole calendar was read: false when it breaks off, is too large, or has further pages.
    pub complete: bool,
}

/// Reads a calendar: an iCalendar stream, or the JSON of the Google Calendar API or of Microsoft Graph, as single pages of
/// events, lists of pages, or lists of events. The first character tells which.
///
/// Times without a zone are in the zone of the options. A zone may be named as in the tz database, with the prefix of a
/// program before it, as in Windows, or be described by a `VTIMEZONE` whose rules are those of a zone. The summary of an
/// event becomes the `note`, unless the event is private.
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
            events.extend(event(root, &mut zones, notes));
            continue;
        }
        zones.describe(root);
        let name = root.value("X-WR-CALNAME").or(root.value("NAME")).map(ics::text::unescaped);
        notes.name = notes.name.take().or(name.clone());
        let is_withdrawn = root.value("METHOD").is_some_and(|method| method.eq_ignore_ascii_case("CANCEL"));
        for component in &root.children {
            let mut event = event(component, &mut zones, notes);
            if let Some(event) = &mut event {
                event.claim.is_cancelled |= is_withdrawn;
                // The calendars of Google are called by the e-mail address of whom they belong to.
                event.claim.is_declined |= name.as_deref().is_some_and(|name| event.claim.is_declined_by(name));
            }
            events.extend(event);
        }
    }
    events
}

fn event(component: &Component, zones: &mut ZoneFinder<'_>, notes: &mut Notes) -> Option<Event> {
    match component.name.as_str() {
        "VEVENT" => ics::read_event(component, zones, notes),
        "VTIMEZONE" | "VCALENDAR" => None,
        _ => {
            let (uid, summary) = (component.value("UID"), component.value("SUMMARY"));
            notes.skipped.push(Skipped {
                uid: uid.map(ics::text::unescaped),
                summary: summary.map(ics::text::unescaped),
                why: Why::NoEvent,
            });
            None
        }
    }
}
