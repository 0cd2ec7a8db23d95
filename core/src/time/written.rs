//! Reads and writes dates and times as text without chrono's patterns, whose code would add ten kilobytes to the download of
//! a browser.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, Timelike};

use super::civil::{Date, MINUTE};

/// The days of the week as recurrence rules write them (RFC 5545, section 3.3.10), from Monday on.
pub(crate) const WEEKDAYS: [&str; 7] = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];

/// Returns the number of days from Monday of a weekday that a recurrence rule names, in upper or lower case.
pub(crate) fn read_weekday(text: &str) -> Option<usize> {
    WEEKDAYS.iter().position(|name| text.eq_ignore_ascii_case(name))
}

/// Writes `20261120` (RFC 5545, section 3.3.4).
pub(crate) fn basic_date(date: NaiveDate) -> String {
    format!("{date:?}").replace('-', "")
}

/// Writes `20261120T090000` (RFC 5545, section 3.3.5).
pub(crate) fn basic_moment(at: NaiveDateTime) -> String {
    format!("{}T{:02}{:02}{:02}", basic_date(at.date()), at.hour(), at.minute(), at.second())
}

/// Writes `09:30:00`.
pub(crate) fn clock(time: NaiveTime) -> String {
    format!("{:02}:{:02}:{:02}", time.hour(), time.minute(), time.second())
}

/// Reads eight digits as a date.
pub(crate) fn read_basic_date(text: &str) -> Option<NaiveDate> {
    date(numbers(text, "00001122")?)
}

/// Reads six digits as a time of day.
pub(crate) fn read_basic_clock(text: &str) -> Option<NaiveTime> {
    let [hour, minute, second] = numbers(text, "001122")?;
    NaiveTime::from_hms_opt(hour, minute, second)
}

/// Reads `2026-11-20`.
pub(crate) fn read_date(text: &str) -> Option<NaiveDate> {
    date(numbers(text, "0000-11-22")?)
}

/// Reads a time with its offset (RFC 3339, section 5.6) as milliseconds since 1970 (UTC); finer digits are dropped. A blank
/// may separate date and time, and a minus sign (U+2212) may precede the offset.
pub(crate) fn read_moment(text: &str) -> Option<i64> {
    let (date, rest) = text.split_at_checked(10)?;
    let (between, rest) = rest.split_at_checked(1)?;
    let (time, rest) = rest.split_at_checked(8)?;
    let [hour, minute, second] = numbers(time, "00:11:22")?;
    // A leap second is read as the first second of the next minute.
    if !matches!(between, "T" | "t" | " ") || hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    let (millis, rest) = match rest.strip_prefix('.') {
        Some(rest) => read_fraction(rest)?,
        None => (0, rest),
    };
    let minutes = i64::from(hour * 60 + minute) - read_offset(rest)?;
    let midnight = Date::from(read_date(date)?).midnight();
    Some(midnight.0 + minutes * MINUTE + i64::from(second * 1_000 + millis))
}

/// Returns the milliseconds of a fraction, and the text after its digits.
fn read_fraction(text: &str) -> Option<(u32, &str)> {
    let length = text.bytes().take_while(u8::is_ascii_digit).count();
    let (digits, rest) = text.split_at_checked(length).filter(|(digits, _)| !digits.is_empty())?;
    let thousandths = digits.bytes().chain([b'0'; 2]).take(3);
    Some((thousandths.fold(0, |sum, digit| sum * 10 + u32::from(digit - b'0')), rest))
}

/// Reads an offset, in minutes east of UTC.
fn read_offset(text: &str) -> Option<i64> {
    if matches!(text, "Z" | "z") {
        return Some(0);
    }
    let sign = text.chars().next()?;
    let east = match sign {
        '+' => 1,
        '-' | '−' => -1,
        _ => return None,
    };
    let [hours, minutes, _] = numbers(text.get(sign.len_utf8()..)?, "00:11")?;
    (hours < 24 && minutes < 60).then_some(east * i64::from(hours * 60 + minutes))
}

fn date([year, month, day]: [u32; 3]) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)
}

/// Reads up to three numbers from a text with the shape of a pattern; a digit in the pattern is the number to which the
/// digit in the text belongs.
pub(crate) fn numbers(text: &str, pattern: &str) -> Option<[u32; 3]> {
    if text.len() != pattern.len() {
        return None;
    }
    let mut numbers = [0; 3];
    for (byte, like) in text.bytes().zip(pattern.bytes()) {
        match numbers.get_mut(usize::from(like.wrapping_sub(b'0'))) {
            Some(number) if byte.is_ascii_digit() => *number = *number * 10 + u32::from(byte - b'0'),
            None if byte == like => (),
            _ => return None,
        }
    }
    Some(numbers)
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use proptest::prelude::*;

    use super::*;

    /// Reads the same with chrono.
    fn by_chrono(text: &str) -> Option<i64> {
        let at = DateTime::parse_from_rfc3339(text).ok()?;
        Some(at.timestamp() * 1000 + i64::from(at.timestamp_subsec_nanos() / 1_000_000))
    }

    proptest! {
        #[test]
        fn moments_are_read_as_chrono_reads_them(
            year in "[0-9]{4}", month in "0[1-9]|1[0-2]|[0-9]{2}", day in "0[1-9]|[12][0-9]|3[01]|[0-9]{2}", between in "[Tt ]",
            time in "[01][0-9]:[0-5][0-9]:([0-5][0-9]|60)|[0-9]{2}:[0-9]{2}:[0-9]{2}", fraction in "|[.][0-9]{0,12}",
            offset in "[Zz]|[+−-]([01][0-9]|2[0-4]):[0-5][0-9]|[+−-][0-9]{2}:[0-9]{2}",
        ) {
            let text = format!("{year}-{month}-{day}{between}{time}{fraction}{offset}");
            prop_assert_eq!(read_moment(&text), by_chrono(&text), "{}", text);
        }

        #[test]
        fn a_flaw_is_one_to_both(place in 0..30_usize, flaw in "[0-9TZtz :.,+−é-]{0,2}", cut in 0..3_usize) {
            let sound = "2026-11-20T09:00:00.123+01:00";
            let text: String = sound.chars().take(place).chain(flaw.chars()).chain(sound.chars().skip(place + cut)).collect();
            prop_assert_eq!(read_moment(&text), by_chrono(&text), "{}", text);
        }

        #[test]
        fn any_text(text in ".{0,40}") {
            prop_assert_eq!(read_moment(&text), by_chrono(&text));
        }
    }

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
