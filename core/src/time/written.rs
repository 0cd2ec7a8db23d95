//! Dates and times as text, by hand: chrono's patterns would bring what reads and writes all patterns along, ten kilobytes
//! more for a browser.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, Timelike};

/// `20261120` (RFC 5545, section 3.3.4).
pub(crate) fn basic_date(date: NaiveDate) -> String {
    format!("{date:?}").replace('-', "")
}

/// `20261120T090000` (RFC 5545, section 3.3.5).
pub(crate) fn basic_moment(at: NaiveDateTime) -> String {
    format!("{}T{:02}{:02}{:02}", basic_date(at.date()), at.hour(), at.minute(), at.second())
}

/// `09:30:00`.
pub(crate) fn clock(time: NaiveTime) -> String {
    format!("{:02}:{:02}:{:02}", time.hour(), time.minute(), time.second())
}

/// Eight digits as a date.
pub(crate) fn read_basic_date(text: &str) -> Option<NaiveDate> {
    let [year, month, day] = digits(text, [4, 2, 2])?;
    NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)
}

/// Six digits as a time of day.
pub(crate) fn read_basic_clock(text: &str) -> Option<NaiveTime> {
    let [hour, minute, second] = digits(text, [2, 2, 2])?;
    NaiveTime::from_hms_opt(hour, minute, second)
}

/// Numbers of so many digits each, and nothing else.
fn digits(text: &str, lengths: [usize; 3]) -> Option<[u32; 3]> {
    let mut rest = text;
    let mut numbers = [0; 3];
    for (number, length) in numbers.iter_mut().zip(lengths) {
        let (part, after) = rest.split_at_checked(length)?;
        *number = part.bytes().all(|byte| byte.is_ascii_digit()).then(|| part.parse().ok())??;
        rest = after;
    }
    rest.is_empty().then_some(numbers)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn written_as_chrono_writes_it() {
        for seconds in (-62_167_219_200_i64..253_402_300_800).step_by(86_399 * 997) {
            let at = chrono::DateTime::from_timestamp_secs(seconds).unwrap().naive_utc();
            assert_eq!(basic_date(at.date()), at.format("%Y%m%d").to_string());
            assert_eq!(basic_moment(at), at.format("%Y%m%dT%H%M%S").to_string());
            assert_eq!(clock(at.time()), at.format("%H:%M:%S").to_string());
            let written = basic_moment(at);
            let (date, time) = written.split_once('T').unwrap();
            assert_eq!((read_basic_date(date), read_basic_clock(time)), (Some(at.date()), Some(at.time())));
        }
    }

    #[test]
    fn nothing_else_is_read() {
        for text in ["", "2026112", "202611201", "20261131", "+2026112", "2026 112", "2026-1-2", "２０２６1120"] {
            assert_eq!(read_basic_date(text), None, "{text}");
        }
        for text in ["", "09000", "0900000", "240000", "096000", "090060", "+90000"] {
            assert_eq!(read_basic_clock(text), None, "{text}");
        }
    }
}
