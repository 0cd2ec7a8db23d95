//! Short ways to write desks and stories: commands with their events, as readable text.
//!
//! ```text
//! 09:00 open c1
//! - c1 assigned anna all/1 least_busy
//! 09:05 close c1
//! - c1 closed anna
//! ```
//!
//! A story fails on any event that it does not list. Every story also checks the invariants of the desk; see [`Witnesses`].

#![allow(dead_code, unused_imports, unused_macros)] // Each test file uses its part.

mod notation;
mod office;
#[cfg(feature = "schema")]
#[path = "../schemas.rs"]
mod schemas;
mod script;
mod witnesses;

use frontdesk::desk::EventKind;
use frontdesk::{Command, Desk, Event};
use serde_json::Value;

pub use notation::{clock, note};
pub use office::{Office, channel, everyone, one_each};
pub use script::command;
pub use witnesses::Witnesses;

/// Defines one test for each named story: its desk, and its text.
macro_rules! stories {
    ($($(#[doc = $doc:literal])* $name:ident: $desk:expr, $text:expr;)*) => {
        $($(#[doc = $doc])* #[test] fn $name() { crate::support_desk::story(&$desk, $text); })*
    };
}

/// Runs a story on a desk and compares all events.
#[track_caller]
pub fn story(desk: &Desk, text: &str) {
    story_with(desk, &[], text);
}

/// Runs a story with JSON that it names as `$name`.
#[track_caller]
pub fn story_with(desk: &Desk, values: &[(&str, Value)], text: &str) {
    let lines: Vec<&str> =
        text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
    check_document(desk);
    let mut witnesses = Witnesses::of(desk);
    let mut told = Vec::new();
    for line in lines.iter().copied().filter(|line| script::is_command(line)) {
        let (command, why) = script::command(witnesses.desk(), line, values);
        let events = witnesses.take(&command);
        check_command(&command, &events);
        told.push(line.to_owned());
        told.extend(tell(&command, &events, why));
    }
    let differs = lines.iter().zip(&told).position(|(expected, told)| expected != told);
    let differs = differs.or((lines.len() != told.len()).then(|| lines.len().min(told.len())));
    if let Some(line) = differs {
        let expected = lines.get(line).copied().unwrap_or("(nothing more)");
        let got = told.get(line).map_or("(nothing more)", String::as_str);
        panic!("expected: {expected}\ngot:      {got}\nwhat happened:\n  {}", told.join("\n  "));
    }
}

/// Returns the events of a command, a line each, without the arrival that it asks for.
fn tell(command: &Command, events: &[Event], why: bool) -> Vec<String> {
    let mut lines = Vec::new();
    for event in events.iter().filter(|event| !matches!(event.kind, EventKind::Opened { .. })) {
        let due = if event.at == command.at { String::new() } else { format!("{} ", clock(event.at)) };
        lines.push(format!("- {due}{}", note(event)));
        if why {
            lines.extend(event.considered.iter().flatten().map(|agent| format!("* {}", notation::standing(agent))));
            lines.extend((event.not_in_target > 0).then(|| format!("* {} not_in_target", event.not_in_target)));
        }
    }
    lines
}

/// Runs a line of a story, and returns the notes of its events.
#[track_caller]
pub fn act(desk: &mut Desk, line: &str) -> Vec<String> {
    let (command, _) = script::command(desk, line, &[]);
    tell(&command, &desk.handle(&command), false)
}

/// Checks with the feature `schema` that the inputs of a story fit the schemas.
#[track_caller]
#[cfg_attr(not(feature = "schema"), allow(unused_variables))]
fn check_document(desk: &Desk) {
    #[cfg(feature = "schema")]
    schemas::assert_fits(&schemas::DOCUMENT, &serde_json::to_value(desk.document()).unwrap());
}

/// Checks with the feature `schema` that the outputs of a story fit the schemas.
#[track_caller]
#[cfg_attr(not(feature = "schema"), allow(unused_variables))]
fn check_command(command: &Command, events: &[Event]) {
    #[cfg(feature = "schema")]
    {
        schemas::assert_fits(&schemas::COMMAND, &serde_json::to_value(command).unwrap());
        for event in events {
            schemas::assert_fits(&schemas::EVENT, &serde_json::to_value(event).unwrap());
        }
    }
}
