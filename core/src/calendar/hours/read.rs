//! `VAVAILABILITY` as working hours.

use chrono::{NaiveDate, NaiveTime};
use serde::Serialize;
use std::collections::BTreeMap;

use super::layers::{Dates, Hours, Layer};
use super::piece;
use crate::calendar::away::{Away, ShownAs};
use crate::calendar::event;
use crate::calendar::ics::{self, Component};
use crate::calendar::notes::{Notes, Origin};
use crate::calendar::zones::ZoneFinder;
use crate::calendar::{ReadOptions, series};
use crate::model::{DateHours, WeeklyHours};
use crate::problem::{Code, Problem};

/// The working hours read from a calendar.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct HoursReading {
    /// The weekly hours; absent if the calendar has no hours.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub working_hours: Option<Vec<WeeklyHours>>,
    /// The dates with other hours, in order.
    pub date_hours: Vec<DateHours>,
    /// The parts that were not understood, or that working hours cannot express.
    pub problems: Vec<Problem>,
    /// Notes on hours that say less than they seem to, such as hours that hold only for some months.
    pub notes: Vec<Problem>,
    /// `true` if the whole calendar was read.
    pub complete: bool,
}

/// Reads the working hours of an iCalendar stream: its `VAVAILABILITY` components (RFC 7953).
///
/// A component with a higher `PRIORITY` replaces the lower ones on its dates. An `AVAILABLE` part that repeats weekly
/// becomes weekly hours; a single one becomes the hours of its date. Whatever the `BUSYTYPE`, all other times are outside of
/// the hours, and so are times before and after the span of a component; a note gives the bounds of this span. A part that
/// working hours cannot express exactly is left out and reported as a problem.
///
/// ```
/// use frontdesk::calendar::{self, ReadOptions};
/// use frontdesk::time::Zone;
///
/// let file = "BEGIN:VAVAILABILITY\nBEGIN:AVAILABLE\nUID:x\nDTSTART;TZID=Europe/Oslo:20261102T090000\nDURATION:PT8H\n\
///             RRULE:FREQ=WEEKLY;BYDAY=MO,TU\nEND:AVAILABLE\nEND:VAVAILABILITY\n";
/// let reading = calendar::read_hours(file.as_bytes(), &ReadOptions::in_zone(Zone::named("Europe/Oslo")?));
/// assert_eq!(
///     serde_json::to_string(&reading.working_hours).unwrap(),
///     r#"[{"days":["mon","tue"],"start":"09:00","end":"17:00","first_day":"2026-11-02"}]"#
/// );
/// # Ok::<(), frontdesk::Problem>(())
/// ```
pub fn read_hours(calendar: &[u8], options: &ReadOptions) -> HoursReading {
    let mut notes = Notes::default();
    let roots = ics::read_components(calendar, &mut notes);
    let anything = Away { shown_as: Some(ShownAs::Tentative), ..Away::default() };
    let options = ReadOptions { away: anything, ..options.clone() };
    let mut zones = ZoneFinder::new(&options.zones, &options.zone);
    let mut layers = Vec::new();
    let mut is_there = false;
    for root in &roots {
        if root.name == "VCALENDAR" {
            zones.describe(root);
        }
        for component in [root].into_iter().chain(&root.children).filter(|it| it.name == "VAVAILABILITY") {
            is_there = true;
            layers.extend(Reader { options: &options, zones: &mut zones, notes: &mut notes }.layer(component));
        }
    }
    if !is_there && notes.is_complete() {
        let problem = Problem::new(Code::MissingKey, "there are no working hours (VAVAILABILITY) in the calendar");
        notes.problem(Origin::Line(1), problem);
    }
    let has_any = !layers.is_empty();
    let (weekly, date_hours) = Hours::of(&on_each_other(layers, &mut notes)).finish();
    HoursReading {
        working_hours: has_any.then_some(weekly),
        date_hours,
        problems: notes.problems(calendar),
        notes: notes.remarks(calendar),
        complete: notes.is_complete(),
    }
}

/// Orders layers from the highest to the lowest; leaves out a layer that shares rank and dates with an earlier one.
fn on_each_other(mut layers: Vec<(usize, Layer)>, notes: &mut Notes) -> Vec<Layer> {
    layers.sort_by_key(|(_, a)| a.rank);
    let mut kept: Vec<Layer> = Vec::new();
    for (line, layer) in layers {
        if kept.iter().any(|above| above.rank == layer.rank && above.dates.meets(&layer.dates)) {
            let message = "another VAVAILABILITY has the same PRIORITY at the same time; this one is left out";
            notes.problem(Origin::Line(line), Problem::new(Code::Conflict, message).at_path("VAVAILABILITY.PRIORITY"));
        } else {
            kept.push(layer);
        }
    }
    kept
}

struct Reader<'a, 'z> {
    options: &'a ReadOptions,
    zones: &'a mut ZoneFinder<'z>,
    notes: &'a mut Notes,
}

impl Reader<'_, '_> {
    /// Returns the hours of a component, with the line on which it begins.
    fn layer(&mut self, component: &Component) -> Option<(usize, Layer)> {
        if component.is_cut {
            return None;
        }
        let dates = match self.dates(component) {
            Ok(dates) => dates,
            Err((property, mut problem)) => {
                problem.message.push_str("; the hours are left out");
                let path = format!("{}.{property}", event::path("VAVAILABILITY", component.value("UID")));
                let line = component.line(property).map_or(component.number, |line| line.number);
                self.notes.problem(Origin::Line(line), problem.at_path(path));
                return None;
            }
        };
        // `PRIORITY:0` is the same as none, and the lowest.
        let rank =
            component.value("PRIORITY").and_then(|value| value.parse().ok()).filter(|rank| (1..=9).contains(rank));
        let mut pieces = Vec::new();
        let mut events = Vec::new();
        let mut lines = BTreeMap::new();
        for child in component.children("AVAILABLE") {
            let found = ics::read_event(child, false, self.zones, self.notes);
            lines.extend(found.as_ref().map(|event| (event.uid.clone(), (child.number, event.path.clone()))));
            events.extend(found);
        }
        for available in series::absences(events, self.options, self.notes) {
            match piece::of(&available, &self.options.zone) {
                Ok(found) => pieces.extend(found),
                Err(mut problem) => {
                    problem.message.push_str("; it is left out");
                    let (line, path) = lines.get(&available.uid).cloned().unwrap_or((component.number, String::new()));
                    self.notes.problem(Origin::Line(line), problem.at_path(path));
                }
            }
        }
        if !pieces.is_empty() {
            self.remark_bounds(component, &dates);
        }
        Some((component.number, Layer { rank: rank.unwrap_or(10), dates, pieces }))
    }

    /// Notes that a component says nothing about times outside of its span.
    fn remark_bounds(&mut self, component: &Component, dates: &Dates) {
        let when = match (dates.from, dates.to.and_then(|to| to.pred_opt())) {
            (None, None) => return,
            (Some(first), None) => format!("before {first}"),
            (None, Some(last)) => format!("after {last}"),
            (Some(first), Some(last)) => format!("before {first} and after {last}"),
        };
        let property = if dates.from.is_some() { "DTSTART" } else { "DTEND" };
        let path = format!("{}.{property}", event::path("VAVAILABILITY", component.value("UID")));
        let line = component.line(property).map_or(component.number, |line| line.number);
        let message =
            format!("the calendar says nothing about hours {when}, so nobody is available then by these hours");
        let note = Problem::new(Code::NeverOpen, message).with_hint("add the hours of other times, if there are any");
        self.notes.remark(Origin::Line(line), note.at_path(path));
    }

    /// Returns the dates on which the hours of a component hold.
    fn dates(&mut self, component: &Component) -> Result<Dates, (&'static str, Problem)> {
        let home = &self.options.zone;
        let mut bounds = [None, None];
        for (bound, property) in bounds.iter_mut().zip(["DTSTART", "DTEND"]) {
            *bound = ics::read_when(component, property, self.zones)?.map(|when| when.in_zone(home, home));
        }
        let [from, mut to] = bounds;
        if let (None, Some(from), Some(lasting)) = (to, from, ics::read_duration(component)?) {
            to = lasting.end(from, home);
        }
        let date = |property: &'static str, time: Option<chrono::NaiveDateTime>| -> Result<Option<NaiveDate>, _> {
            match time {
                Some(time) if time.time() != NaiveTime::MIN => {
                    let message = "the hours do not begin and end at midnight in the zone of the agent";
                    Err((property, Problem::new(Code::InvalidTime, message)))
                }
                time => Ok(time.map(|time| time.date())),
            }
        };
        Ok(Dates { from: date("DTSTART", from)?, to: date("DTEND", to)? })
    }
}
