//! Calendars in and out.
#![cfg(feature = "calendar")]

mod support;
mod written;
