//! Short ways to write desks and answers about availability.

use serde_json::{Value, json};

use crate::Desk;
#[cfg(feature = "routing")]
use frontdesk::Event;
use frontdesk::Status;
use frontdesk::time::{Instant, Span};

/// Reads a desk in Stockholm, unless the parts name another zone.
#[track_caller]
pub fn desk(parts: Value) -> Desk {
    let mut document = json!({"version": 1, "time_zone": "Europe/Stockholm"});
    document.as_object_mut().unwrap().extend(parts.as_object().unwrap().clone());
    Desk::from_json(&document.to_string()).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

/// Reads a desk in Stockholm where Anna works alone.
#[track_caller]
pub fn anna(mut entry: Value) -> Desk {
    entry["id"] = json!("anna");
    desk(json!({"agents": [entry]}))
}

/// Weekly hours, such as `("mon tue", "09:00-17:00")`.
pub fn weekly(days: &str, hours: &str) -> Value {
    let (start, end) = hours.split_once('-').unwrap();
    json!({"days": days.split(' ').collect::<Vec<_>>(), "start": start, "end": end})
}

/// Monday to Friday from nine to five.
pub fn office_hours() -> Value {
    json!([weekly("mon tue wed thu fri", "09:00-17:00")])
}

/// The hours of one date, such as `("2026-12-24", "09:00-12:00 13:00-15:00")`.
pub fn on(date: &str, hours: &str) -> Value {
    let intervals = hours.split_whitespace().map(|interval| {
        let (start, end) = interval.split_once('-').unwrap();
        json!({"start": start, "end": end})
    });
    json!({"date": date, "hours": intervals.collect::<Value>()})
}

/// Reads an instant in UTC, such as `2026-11-20 09:00`, with seconds and milliseconds if needed.
#[track_caller]
pub fn at(text: &str) -> Instant {
    let seconds = if text.len() == 16 { ":00" } else { "" };
    Instant::parse_end(&format!("{text}{seconds}Z").replacen(' ', "T", 1)).unwrap()
}

/// Returns the answer as text.
pub fn told(at: Instant) -> String {
    let text = at.to_string().replacen('T', " ", 1);
    text.strip_suffix(":00.000Z").or(text.strip_suffix('Z')).unwrap_or(&text).to_owned()
}

pub fn span(start: &str, end: &str) -> Span {
    Span::new(at(start), at(end))
}

/// Writes Anna's schedule up to an instant: a line for each change of the reason, the first being that at the start of the range.
#[track_caller]
pub fn assert_spans(desk: &Desk, expected: &[&str], end: &str) {
    let start = expected[0].get(..16).unwrap();
    let periods = desk.schedule("anna", span(start, end)).unwrap();
    let got: Vec<String> = periods.iter().map(|it| format!("{} {}", told(it.span.start), it.reason)).collect();
    assert_eq!(got, expected);
}

/// Writes Anna's status at an instant, as `away out_of_office: 2026-11-20 13:00 to 2026-11-20 16:00, by bo, "Skiing"`.
#[track_caller]
pub fn assert_status(desk: &Desk, instant: &str, expected: &str) {
    assert_eq!(tell(&desk.status("anna", at(instant)).unwrap()), expected, "at {instant}");
}

fn tell(status: &Status) -> String {
    let bound = |at: Option<Instant>| at.map_or("ever".to_owned(), told);
    let mut text = format!("{} {}: {} to {}", status.state, status.reason, bound(status.since), bound(status.until));
    text.extend(status.by.iter().map(|by| format!(", by {by}")));
    text.extend(status.note.iter().map(|note| format!(", {note:?}")));
    text
}

/// Carries a command out at an instant.
#[cfg(feature = "routing")]
#[track_caller]
pub fn handle(desk: &mut Desk, instant: &str, mut command: Value) -> Vec<Event> {
    command["at"] = json!(at(instant));
    desk.handle_json(&command.to_string()).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

/// Sets Anna's status, with further keys of the command.
#[cfg(feature = "routing")]
#[track_caller]
pub fn set(desk: &mut Desk, instant: &str, status: &str, further: Value) -> Vec<Event> {
    let mut command = json!({"type": "set_status", "agent": "anna", "status": status});
    command.as_object_mut().unwrap().extend(further.as_object().unwrap().clone());
    handle(desk, instant, command)
}
