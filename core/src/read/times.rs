//! Dates and times as they are written in documents.

use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime};

use crate::problem::{Code, Problem, shortened};
use crate::time::written::{numbers, read_date};

pub(super) fn parse_date(text: &str) -> Result<NaiveDate, Problem> {
    read_date(text).ok_or_else(|| {
        Problem::new(Code::InvalidTime, format!("{:?} is not a date of the calendar", shortened(text)))
            .with_hint("write it as 2026-11-20")
    })
}

pub(crate) fn parse_date_time(text: &str) -> Result<NaiveDateTime, Problem> {
    let invalid = || {
        Problem::new(Code::InvalidTime, format!("{:?} is not a date and time on the wall clock", shortened(text)))
            .with_hint("write it as 2026-11-20T14:00, without an offset")
    };
    let (date, time) = text.split_once('T').ok_or_else(invalid)?;
    let date = parse_date(date)?;
    if time == "24:00" || time == "24:00:00" {
        // A year of five digits could not be written.
        let next = date.succ_opt().filter(|next| next.year() < 10_000);
        return Ok(next.ok_or_else(invalid)?.and_time(NaiveTime::MIN));
    }
    let clock = numbers(time, "00:11").or_else(|| numbers(time, "00:11:22"));
    let clock = clock.and_then(|[hour, minute, second]| NaiveTime::from_hms_opt(hour, minute, second));
    clock.map(|clock| date.and_time(clock)).ok_or_else(invalid)
}

pub(super) fn parse_time_of_day(text: &str) -> Result<u16, Problem> {
    let minutes = || {
        let [hour, minute, _] = numbers(text, "00:11")?;
        let minutes = u16::try_from(hour * 60 + minute).ok()?;
        (minute < 60 && minutes <= 24 * 60).then_some(minutes)
    };
    minutes().ok_or_else(|| {
        Problem::new(Code::InvalidTime, format!("{:?} is not a time of day", shortened(text)))
            .with_hint("write it as 09:00, from 00:00 to 24:00")
    })
}
