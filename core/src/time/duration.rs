//! Lengths of time, written as `"1h30m"`.

use std::fmt;

use serde::{Serialize, Serializer};

use crate::problem::{Code, Problem, shortened};

/// The units of a duration with their lengths in milliseconds, longest first.
const UNITS: [(&str, i64); 5] = [("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1_000), ("ms", 1)];

/// A length of time in milliseconds, never negative; a day is 24 hours.
///
/// ```
/// use frontdesk::time::Duration;
///
/// assert_eq!(Duration::parse("90m")?, Duration::from_millis(5_400_000)?);
/// assert_eq!(Duration::parse("90m")?.to_string(), "1h30m");
/// # Ok::<(), frontdesk::Problem>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Duration(i64);

impl Duration {
    /// The longest duration: the 200 years between the first and the last instant.
    pub const MAX: Duration = Duration(super::Instant::MAX.millis() - super::Instant::MIN.millis());

    /// Creates a duration from milliseconds.
    ///
    /// # Errors
    /// `out_of_range` if negative or longer than 200 years.
    pub fn from_millis(millis: i64) -> Result<Self, Problem> {
        if (0..=Self::MAX.0).contains(&millis) {
            Ok(Duration(millis))
        } else {
            Err(Problem::new(Code::OutOfRange, "a duration is from 0s to 200 years"))
        }
    }

    /// Reads text such as `"20s"`, `"1h30m"` or `"2d"`: days, hours, minutes, seconds and milliseconds (`"1s500ms"`), each
    /// at most once, longest first.
    ///
    /// # Errors
    /// `invalid_duration` for other text, `out_of_range` for more than 200 years.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let invalid = || {
            Problem::new(Code::InvalidDuration, format!("{:?} is not a duration", shortened(text)))
                .with_hint("write it as 20s, 30m, 1h30m or 2d")
        };
        let mut units = UNITS.iter();
        let mut rest = text;
        let mut total = 0_i64;
        while !rest.is_empty() {
            let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
            let (number, tail) = rest.split_at_checked(digits).ok_or_else(invalid)?;
            let letters = tail.find(|c: char| c.is_ascii_digit()).unwrap_or(tail.len());
            let (unit, tail) = tail.split_at_checked(letters).ok_or_else(invalid)?;
            let (_, length) = units.find(|(name, _)| *name == unit).ok_or_else(invalid)?;
            let count: i64 = number.parse().map_err(|_| invalid())?;
            total = total.saturating_add(count.saturating_mul(*length));
            rest = tail;
        }
        if text.is_empty() { Err(invalid()) } else { Self::from_millis(total) }
    }

    /// Returns the length in milliseconds.
    pub const fn millis(self) -> i64 {
        self.0
    }
}

impl fmt::Display for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut rest = self.0;
        for (name, length) in UNITS {
            if rest >= length {
                write!(f, "{}{name}", rest / length)?;
                rest %= length;
            }
        }
        if self.0 == 0 { write!(f, "0s") } else { Ok(()) }
    }
}

impl Serialize for Duration {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::Duration;

    #[test]
    fn reads_and_writes_durations() {
        for (text, millis, canonical) in [
            ("20s", 20_000, "20s"),
            ("0s", 0, "0s"),
            ("90m", 5_400_000, "1h30m"),
            ("1h30m", 5_400_000, "1h30m"),
            ("2d", 172_800_000, "2d"),
            ("1d1h1m1s", 90_061_000, "1d1h1m1s"),
            ("1500ms", 1_500, "1s500ms"),
            ("1s500ms", 1_500, "1s500ms"),
            ("5m5ms", 300_005, "5m5ms"),
            ("0ms", 0, "0s"),
        ] {
            let duration = Duration::parse(text).unwrap();
            assert_eq!((duration.millis(), duration.to_string().as_str()), (millis, canonical), "{text}");
        }
    }

    #[test]
    fn refuses_what_is_no_duration() {
        for text in [
            "",
            "5",
            "m",
            "1m1h",
            "1h1h",
            "-5m",
            "1.5h",
            "1 h",
            "1w",
            "５m",
            "1ms1s",
            "1ms1m",
            "1sm",
            "1 ms",
            "1mms",
            "1µs",
            "99999999999999999999s",
            "9999999d",
        ] {
            assert!(Duration::parse(text).is_err(), "{text:?}");
        }
    }
}
