//! Calendars in and out.

mod bombs;
mod cases;
mod dirty;
mod events;
mod files;
mod holidays;
mod hours;
mod json;
mod oracle;
mod support;
mod synchronised;
mod written;
