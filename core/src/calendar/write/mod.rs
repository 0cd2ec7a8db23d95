//! Writing absences and hours as calendars.

mod event;
mod free_busy;
mod stream;
mod zone;

use self::event::Events;
pub(crate) use self::stream::Stream;
use crate::availability::Period;
use crate::model::Absence;
use crate::time::{Instant, Span, Zone};
use std::collections::BTreeMap;

/// Writes the absences and hours of an agent as iCalendar (RFC 5545). The output depends on its arguments only.
///
/// ```
/// use frontdesk::{Document, calendar::{self, ReadOptions, Writer}, time::Instant};
///
/// let desk = r#"{"version": 1, "time_zone": "Europe/Oslo", "agents": [{"id": "anna", "out_of_office":
///     [{"first_day": "2027-02-01", "last_day": "2027-02-05", "note": "Skiing"}]}]}"#;
/// let desk = Document::from_json(desk).unwrap();
/// let anna = &desk.agents[0];
/// let writer = Writer { agent: &anna.id, name: "Anna", zone: &desk.time_zone, at: Instant::parse("2026-11-20T09:00:00Z")? };
///
/// let file = writer.absences(&anna.out_of_office);
/// assert!(file.contains("DTSTART;VALUE=DATE:20270201\r\nDTEND;VALUE=DATE:20270206\r\nSUMMARY:Skiing\r\n"));
///
/// let reading = calendar::read(file.as_bytes(), &ReadOptions::in_zone(desk.time_zone.clone()));
/// assert_eq!(reading.absences, anna.out_of_office);
/// # Ok::<(), frontdesk::Problem>(())
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Writer<'a> {
    /// The id of the agent; the ids of absences without one are made from it.
    pub agent: &'a str,
    /// The name of the calendar.
    pub name: &'a str,
    /// The zone of the agent.
    pub zone: &'a Zone,
    /// The time of writing (`DTSTAMP`).
    pub at: Instant,
}

impl Writer<'_> {
    /// Writes absences as events (`VEVENT`) shown as out of office, with a description of every zone they name.
    ///
    /// An absence keeps its `uid`. One without gets an id that stays the same as long as its times, its repetition and its
    /// zone do. [`read`](super::read) returns the same absences: properties that begin with `X-FRONTDESK-` hold the parts
    /// that iCalendar cannot. A note becomes the `SUMMARY`, with blanks for control characters.
    pub fn absences(&self, absences: &[Absence]) -> String {
        let events = Events { agent: self.agent, zone: self.zone, at: self.at };
        Stream::calendar(self.name, |stream| {
            describe(events.zones(absences), stream);
            events.write(absences, stream);
        })
    }

    /// Writes free/busy time over a range (`VFREEBUSY`): busy in every period of a [schedule](crate::Availability::schedule) that is
    /// out of office or on holiday, rounded to whole seconds.
    pub fn free_busy(&self, periods: &[Period], range: Span) -> String {
        Stream::calendar(self.name, |stream| free_busy::write(self.agent, periods, range, self.at, stream))
    }
}

/// Writes descriptions of all zones but UTC.
pub(crate) fn describe(zones: BTreeMap<String, Zone>, stream: &mut Stream) {
    for zone in zones.values().filter(|zone| !stream::is_utc(zone)) {
        zone::write(zone, stream);
    }
}
