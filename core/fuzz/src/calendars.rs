//! Calendars and recurrence rules.

use frontdesk::calendar::{self, HolidayOptions, ReadOptions, Writer};
use frontdesk::time::{Instant, Recurrence, Zone};
use frontdesk::{Absence, Document};
use serde_json::json;

fn zone() -> Zone {
    Zone::named("Europe/Stockholm").expect("a zone")
}

/// Absences that are read can be those of an agent, and are written and read again as they are.
fn assert_absences(absences: &[Absence]) {
    let document =
        json!({"version": 1, "time_zone": "Europe/Stockholm", "agents": [{"id": "anna", "out_of_office": absences}]});
    let text = document.to_string();
    let document = Document::from_json(&text).unwrap_or_else(|wrong| panic!("{wrong}\n{text}"));
    let zone = zone();
    let writer = Writer { agent: "anna", name: "Anna", zone: &zone, at: Instant::MIN };
    let absences = &document.agents[0].out_of_office;
    let written = writer.absences(absences);
    let again = calendar::read(written.as_bytes(), &ReadOptions::in_zone(zone.clone()));
    assert!(again.problems.is_empty(), "{:?}\n{written}", again.problems);
    assert_eq!(writer.absences(&again.absences), written);
}

/// An iCalendar stream, read for absences, for hours and for holidays.
pub fn calendar(bytes: &[u8]) {
    let reading = calendar::read(bytes, &ReadOptions::in_zone(zone()));
    assert_absences(&reading.absences);
    let _ = calendar::read_holidays(bytes, &HolidayOptions::default());
    let _ = calendar::read_hours(bytes, &ReadOptions::in_zone(zone()));
}

/// The JSON of Google's and Microsoft's interfaces; what is not JSON is left to the iCalendar target.
pub fn calendar_json(bytes: &[u8]) {
    if bytes.trim_ascii_start().first().is_some_and(|first| b"[{".contains(first)) {
        let reading = calendar::read(bytes, &ReadOptions::in_zone(zone()));
        assert_absences(&reading.absences);
    }
}

/// The first line is a rule, which is read again as it is written, and repeats an absence.
pub fn recurrence(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let rule = text.lines().next().unwrap_or_default();
    let Ok(read) = Recurrence::parse(rule) else { return };
    assert_eq!(Recurrence::parse(read.as_str()).as_ref().map(Recurrence::as_str), Ok(read.as_str()));
    let absence = json!({"start": "2026-11-20T14:00", "end": "2026-11-20T17:00", "repeat": rule});
    let agent = json!({"id": "anna", "out_of_office": [absence]});
    super::document(json!({"version": 1, "time_zone": "Europe/Stockholm", "agents": [agent]}).to_string().as_bytes());
}
