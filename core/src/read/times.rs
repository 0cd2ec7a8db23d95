//! Dates and times as they are written in documents.

use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime};

use crate::problem::{Code, Problem};
use crate::time::instant::shortened;

/// Whether a text is written like a pattern, in which `0` stands for any digit. What reads numbers is more lenient.
fn is_like(text: &str, pattern: &str) -> bool {
    let fits = |(byte, like): (u8, u8)| if like == b'0' { byte.is_ascii_digit() } else { byte == like };
    text.len() == pattern.len() && text.bytes().zip(pattern.bytes()).all(fits)
}

pub(super) fn parse_date(text: &str) -> Result<NaiveDate, Problem> {
    let date = || {
        let mut parts = text.split('-').map(|part| part.parse().ok()).filter(|_| is_like(text, "0000-00-00"));
        let (year, month, day): (u16, u16, u16) = (parts.next()??, parts.next()??, parts.next()??);
        NaiveDate::from_ymd_opt(i32::from(year), u32::from(month), u32::from(day))
    };
    date().ok_or_else(|| {
        Problem::new(Code::InvalidTime, format!("{:?} is no date of the calendar", shortened(text)))
            .with_hint("write it as 2026-11-20")
    })
}

pub(super) fn parse_date_time(text: &str) -> Result<NaiveDateTime, Problem> {
    let invalid = || {
        Problem::new(Code::InvalidTime, format!("{:?} is no date and time on the wall clock", shortened(text)))
            .with_hint("write it as 2026-11-20T14:00, without an offset")
    };
    let (date, time) = text.split_once('T').ok_or_else(invalid)?;
    let date = parse_date(date)?;
    if time == "24:00" || time == "24:00:00" {
        // A year of five digits could not be written.
        let next = date.succ_opt().filter(|next| next.year() < 10_000);
        return Ok(next.ok_or_else(invalid)?.and_time(NaiveTime::MIN));
    }
    let clock = || {
        let is_clock = is_like(time, "00:00") || is_like(time, "00:00:00");
        let mut parts = time.split(':').map(|part| part.parse().ok()).filter(|_| is_clock);
        let (hour, minute) = (parts.next()??, parts.next()??);
        NaiveTime::from_hms_opt(hour, minute, parts.next().unwrap_or(Some(0))?)
    };
    clock().map(|clock| date.and_time(clock)).ok_or_else(invalid)
}

pub(super) fn parse_time_of_day(text: &str) -> Result<u16, Problem> {
    let minutes = || {
        let (hour, minute) = text.split_once(':').filter(|_| is_like(text, "00:00"))?;
        let (hour, minute): (u16, u16) = (hour.parse().ok()?, minute.parse().ok()?);
        (minute < 60 && hour * 60 + minute <= 24 * 60).then_some(hour * 60 + minute)
    };
    minutes().ok_or_else(|| {
        Problem::new(Code::InvalidTime, format!("{:?} is no time of day", shortened(text)))
            .with_hint("write it as 09:00, from 00:00 to 24:00")
    })
}
