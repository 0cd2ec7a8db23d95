//! A log of incidents becomes a desk document and the commands that replay it.
//!
//! The log has the person who resolved each incident, the group and the times. Groups become teams, and people who resolved
//! become agents; their hours, absences and capacities are not in the log, and are guessed from the times at which they
//! resolved. Each guess is a small function of its own, with its reason beside it.

mod commands;
mod document;
mod incident;
mod person;
mod shift;
mod trouble;

use chrono::{DateTime, FixedOffset, NaiveDateTime, Offset, Utc};
use frontdesk::time::{Instant, Zone};

pub use incident::{Incident, read};
pub use trouble::Trouble;

/// The log that comes with the example.
pub const INCIDENTS: &str = include_str!("../incidents.csv");

/// The zone in which the times of the log are read; also that of the desk.
///
/// Most of its incidents are opened and resolved between 08:00 and 18:00, with a dip at noon: an office in Europe.
const ZONE: &str = "Europe/Stockholm";
/// The one inbox of the desk.
const INBOX: &str = "incidents";
/// The team of incidents that have no group.
const TRIAGE: &str = "triage";
/// The attribute of a conversation with its group, for the rules.
const GROUP: &str = "group";

/// A log, converted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Converted {
    /// The desk document, as JSON.
    pub desk: String,
    /// The commands, a JSON line each, in the order of time.
    pub commands: String,
}

/// Converts a log.
///
/// # Errors
/// All that is wrong with the log, each with its line.
pub fn convert(log: &str) -> Result<Converted, Vec<Trouble>> {
    let incidents = read(log)?;
    let desk = document::write(&incidents)?;
    Ok(Converted { desk, commands: commands::write(&incidents) })
}

/// A zone of this program's own choice.
fn zone(name: &'static str) -> Zone {
    Zone::named(name).expect("a name of the tz database")
}

/// Returns the date and time on the wall clock of a zone at an instant.
fn wall_clock(at: Instant, in_zone: &'static str) -> NaiveDateTime {
    let offset = FixedOffset::east_opt(zone(in_zone).offset_seconds(at)).unwrap_or(Utc.fix());
    DateTime::<Utc>::from(at).with_timezone(&offset).naive_local()
}
