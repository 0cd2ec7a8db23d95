//! Texts with a format: ids, dates, times, durations.

use schemars::json_schema;

use super::describe;
use crate::model::{Id, OnError, TimeOfDay};
use crate::time::{Duration, Instant, Zone};

/// A calendar date.
pub(crate) struct Date;
/// A date and time on the wall clock.
pub(crate) struct DateTime;
/// A time of day at which an interval may start.
pub(crate) struct StartOfDay;

/// A time of day from 00:00 to 23:59.
const CLOCK: &str = "(?:[01][0-9]|2[0-3]):[0-5][0-9]";
/// Month and day, except the 29th of February.
const MONTH_AND_DAY: &str = "(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|\
                             02-(?:0[1-9]|1[0-9]|2[0-8]))";
/// The last two digits of a leap year that is not a multiple of 100.
const LEAP: &str = "(?:0[48]|[2468][048]|[13579][26])";

/// Returns the pattern of a Gregorian date with a year of four digits.
fn date() -> String {
    format!("(?:[0-9]{{4}}-{MONTH_AND_DAY}|(?:[0-9]{{2}}{LEAP}|(?:[02468][048]|[13579][26])00)-02-29)")
}

/// Returns the pattern of RFC 3339 from 2000 up to 2200; with an offset, the local time may lie just outside.
fn instant() -> String {
    let date = format!("(?:2[01][0-9]{{2}}-{MONTH_AND_DAY}|(?:2[01]{LEAP}|2000)-02-29)");
    let clock = format!("[Tt ]{CLOCK}:(?:[0-5][0-9]|60)(?:\\.[0-9]+)?");
    format!("^(?:{date}{clock}(?:[Zz]|[+\\-−]{CLOCK})|1999-12-31{clock}[\\-−]{CLOCK}|2200-01-01{clock}\\+{CLOCK})$")
}

/// Returns the pattern of an instant as it is written.
fn canonical_instant() -> String {
    let date = format!("(?:2[01][0-9]{{2}}-{MONTH_AND_DAY}|(?:2[01]{LEAP}|2000)-02-29)");
    format!("^(?:{date}T{CLOCK}:[0-5][0-9]\\.[0-9]{{3}}Z|2200-01-01T00:00:00\\.000Z)$")
}

describe! {
    Id as "Id" = |_generator| json_schema!({
        "description": "An id of the embedder's: text that is not empty, at most 256 characters, none of them a control character.",
        "type": "string", "minLength": 1, "maxLength": 256, "pattern": "^[^\\u0000-\\u001f\\u007f-\\u009f]*$",
    });
    Zone as "Zone" = |_generator| json_schema!({
        "description": "A time zone by its IANA name.", "type": "string", "examples": ["Europe/Stockholm"],
    });
    Date as "Date" = |_generator| json_schema!({
        "description": "A date of the calendar.", "type": "string", "format": "date",
        "pattern": format!("^{}$", date()), "examples": ["2026-11-20"],
    });
    DateTime as "DateTime" = |_generator| json_schema!({
        "description": "A date and time on the wall clock, without an offset; 24:00 is 00:00 of the next day.",
        "type": "string", "pattern": format!("^{}T(?:{CLOCK}(?::[0-5][0-9])?|24:00(?::00)?)$", date()),
        "examples": ["2026-11-20T14:00"],
    });
    StartOfDay as "StartOfDay" = |_generator| json_schema!({
        "description": "A time on the wall clock, at most 23:59.",
        "type": "string", "pattern": format!("^{CLOCK}$"), "examples": ["09:00"],
    });
    TimeOfDay as "TimeOfDay" = |_generator| json_schema!({
        "description": "A time on the wall clock; 24:00 is the midnight that ends the day.",
        "type": "string", "pattern": format!("^(?:{CLOCK}|24:00)$"), "examples": ["17:00"],
    });
    Duration as "Duration" = |_generator| json_schema!({
        "description": "A length of time in days (of 24 hours), hours, minutes, seconds and milliseconds, each at most once, in this order; at most 200 years.",
        "type": "string", "minLength": 2, "pattern": "^(?:[0-9]+d)?(?:[0-9]+h)?(?:[0-9]+m)?(?:[0-9]+s)?(?:[0-9]+ms)?$",
        "examples": ["20s", "30m", "1h30m", "2d"],
    });
    Instant as "Instant" = |generator| if generator.contract().is_serialize() {
        json_schema!({
            "description": "An instant, UTC, from 2000 up to 2200, with three digits of the second.",
            "type": "string", "format": "date-time", "pattern": canonical_instant(),
        })
    } else {
        json_schema!({
            "description": "An instant by RFC 3339, with its offset, from 2000 up to 2200.",
            "type": "string", "format": "date-time", "pattern": instant(), "examples": ["2026-11-20T09:00:00Z"],
        })
    };
    OnError as "OnError" = |_generator| json_schema!({
        "description": "What holds when the script of a step fails: the step finds nobody, or a strategy chooses.",
        "default": OnError::SkipStep.as_str(),
        "enum": OnError::words().iter().map(|(word, _)| *word).collect::<Vec<_>>(),
    });
}
