//! Reads absences from calendar files and calendar APIs, and writes them back. Feature `calendar`.
//!
//! [`read`] takes an iCalendar stream (RFC 5545), or the JSON of the Google Calendar API or of Microsoft Graph. It returns
//! the absences, the events that were skipped, and the problems: one bad event never hides the others, and nothing is
//! dropped silently. [`Away`] decides which events count.
//!
//! ```
//! use frontdesk::calendar::{self, ReadOptions};
//! use frontdesk::time::Zone;
//!
//! let file = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:a1@calendar\r\nSUMMARY:Out of office: Rome\r\n\
//!             DTSTART;TZID=W. Europe Standard Time:20261120T140000\r\nDURATION:PT3H\r\n\
//!             RRULE:FREQ=WEEKLY;BYDAY=FR\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
//! let reading = calendar::read(file.as_bytes(), &ReadOptions::in_zone(Zone::named("Europe/Berlin")?));
//! assert_eq!(
//!     serde_json::to_string(&reading.absences).unwrap(),
//!     r#"[{"start":"2026-11-20T14:00","end":"2026-11-20T17:00","repeat":"FREQ=WEEKLY;BYDAY=FR","#.to_owned()
//!         + r#""note":"Out of office: Rome","time_zone":"Europe/Berlin","uid":"a1@calendar"}]"#
//! );
//! assert!(reading.problems.is_empty() && reading.complete);
//! # Ok::<(), frontdesk::Problem>(())
//! ```

mod away;
mod event;
mod holidays;
mod hours;
mod ics;
mod instances;
mod json;
mod moment;
mod notes;
mod read;
mod series;
mod split;
mod synchronise;
mod uid;
mod write;
mod zones;

pub use away::{Away, ShownAs};
pub use holidays::{HolidayDate, HolidayOptions, HolidayReading, read_holidays};
pub use hours::{HoursReading, read_hours};
pub use notes::{Skipped, Why};
pub use read::{ReadOptions, Reading, read};
pub use synchronise::{Changes, Kept, KeptBecause, Updated, synchronise};
pub use write::Writer;
