//! Functions that the tests of calendars share.

use frontdesk::calendar::{self, Away, ReadOptions, Reading, ShownAs};
use frontdesk::time::{Instant, Zone};
use frontdesk::{Absence, Document};
use serde_json::{Value, json};

/// Options with a zone and with all events that take time.
pub fn any_in(zone: &str) -> ReadOptions {
    let away = Away { shown_as: Some(ShownAs::WorkingElsewhere), ..Away::default() };
    ReadOptions { away, ..ReadOptions::in_zone(Zone::named(zone).unwrap()) }
}

/// Reads a calendar in Berlin, with all events.
pub fn read(text: &str) -> Reading {
    calendar::read(text.as_bytes(), &any_in("Europe/Berlin"))
}

/// Reads a calendar with one event of these lines.
pub fn read_event(lines: &str) -> Reading {
    let lines = lines.trim().lines().map(|line| line.trim_start().to_owned() + "\r\n").collect::<String>();
    read(&format!("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:u\r\n{lines}END:VEVENT\r\nEND:VCALENDAR\r\n"))
}

/// Returns absences as in a document.
pub fn told(absences: &[Absence]) -> Value {
    json!(absences)
}

/// The absences of a document.
pub fn absences(list: &Value) -> Vec<Absence> {
    let document = json!({"version": 1, "time_zone": "Europe/Berlin", "agents": [{"id": "a", "out_of_office": list}]});
    Document::from_json(&document.to_string()).unwrap().agents.remove(0).out_of_office
}

pub fn instant(text: &str) -> Instant {
    Instant::parse(text).unwrap()
}

/// Writes problems with their line, code, path and message.
pub fn problems(reading: &Reading) -> Vec<String> {
    let line = |problem: &frontdesk::Problem| problem.position.map_or(0, |position| position.line);
    reading.problems.iter().map(|it| format!("{}: {} at {}: {}", line(it), it.code, it.path, it.message)).collect()
}
