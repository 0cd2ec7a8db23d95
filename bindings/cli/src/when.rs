//! Instants on the command line: RFC 3339, `now`, or a local time in the zone of the desk.

use std::time::{SystemTime, UNIX_EPOCH};

use chrono::{Duration, NaiveDate, NaiveDateTime, NaiveTime};
use frontdesk::Code;
use frontdesk::time::{Instant, Span, Zone};

use crate::args::{Range, in_a_sentence};
use crate::failure::Failure;

/// An instant in an argument, before the zone of the desk is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// An instant in UTC.
    Instant(Instant),
    /// The present, by the clock of this machine.
    Now,
    /// A date and time on the wall clock of the desk's zone.
    Wall(NaiveDateTime),
}

impl When {
    /// Reads the start of a range, or an instant to ask about.
    pub fn parse(text: &str) -> Result<When, String> {
        When::read(text, || Instant::parse(text))
    }

    /// Reads the end of a range, which may be the first instant of 2200.
    pub fn parse_end(text: &str) -> Result<When, String> {
        When::read(text, || Instant::parse_end(text))
    }

    fn read(text: &str, instant: impl FnOnce() -> Result<Instant, frontdesk::Problem>) -> Result<When, String> {
        if text == "now" {
            return Ok(When::Now);
        }
        match on_the_wall(text) {
            Some(wall) => Ok(When::Wall(wall)),
            None => instant().map(When::Instant).map_err(|problem| {
                if problem.code == Code::OutOfRange {
                    return in_a_sentence(&problem);
                }
                format!("{}; write 2026-11-20T17:30:00Z, 2026-11-20 17:30 or now", problem.message)
            }),
        }
    }

    /// Returns the instant on the wall clock of a zone.
    ///
    /// # Errors
    /// A time that a change of the clocks skips or repeats, or that lies outside 2000 to 2199.
    pub fn in_zone(self, zone: &Zone) -> Result<Instant, Failure> {
        match self {
            When::Instant(instant) => Ok(instant),
            When::Now => now(),
            When::Wall(wall) => passes(wall, zone),
        }
    }
}

impl Range {
    /// Returns the range on the wall clock of a zone.
    ///
    /// # Errors
    /// The problems of the two ends, and of an end before the start.
    pub fn in_zone(&self, zone: &Zone) -> Result<Span, Failure> {
        span(self.start.in_zone(zone)?, self.end.in_zone(zone)?)
    }
}

/// Returns the range between two instants.
///
/// # Errors
/// An end before the start.
pub fn span(start: Instant, end: Instant) -> Result<Span, Failure> {
    if start > end {
        return Err(Failure::Usage("the range ends before it starts: --end is earlier than --start".to_owned()));
    }
    Ok(Span::new(start, end))
}

/// Parses a local date and time, such as `2026-11-20 17:30`; a date alone is its midnight.
fn on_the_wall(text: &str) -> Option<NaiveDateTime> {
    const FORMS: [&str; 4] = ["%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"];
    let timed = FORMS.iter().find_map(|form| NaiveDateTime::parse_from_str(text, form).ok());
    timed.or_else(|| Some(NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?.and_time(NaiveTime::MIN)))
}

fn now() -> Result<Instant, Failure> {
    let since_1970 = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Ok(Instant::from_millis(i64::try_from(since_1970.as_millis()).unwrap_or(i64::MAX))?)
}

/// Returns the only instant with this local time.
fn passes(wall: NaiveDateTime, zone: &Zone) -> Result<Instant, Failure> {
    let first = zone.instant(wall)?;
    let shown = |at: Instant| wall_at(at, zone);
    if shown(first) != Some(wall) {
        let message = format!("on the wall of {zone}, {wall} is skipped by a change of the clocks");
        return Err(Failure::Usage(format!("{message} (write the instant with its offset)")));
    }
    // A change of the clocks moves them by less than a day.
    let later = [-1, 1].into_iter().filter_map(|days| {
        let near = wall.checked_add_signed(Duration::days(days))?;
        let offset = zone.offset_seconds(zone.instant(near).ok()?);
        Instant::from_millis((wall.and_utc().timestamp_millis()) - i64::from(offset) * 1000).ok()
    });
    match later.into_iter().find(|it| *it != first && shown(*it) == Some(wall)) {
        None => Ok(first),
        Some(second) => {
            let message = format!("on the wall of {zone}, {wall} comes twice, at {first} and at {second}");
            Err(Failure::Usage(format!("{message} (write the one that is meant)")))
        }
    }
}

fn wall_at(at: Instant, zone: &Zone) -> Option<NaiveDateTime> {
    let utc = chrono::DateTime::from_timestamp_millis(at.millis())?.naive_utc();
    utc.checked_add_signed(Duration::seconds(zone.offset_seconds(at).into()))
}

#[cfg(test)]
mod tests {
    use frontdesk::time::Zone;

    use super::When;
    use crate::failure::Failure;

    fn in_stockholm(text: &str) -> Result<String, String> {
        let zone = Zone::named("Europe/Stockholm").unwrap();
        match When::parse(text)?.in_zone(&zone) {
            Ok(instant) => Ok(instant.to_string()),
            Err(Failure::Usage(message)) => Err(message),
            Err(other) => Err(format!("{other:?}")),
        }
    }

    #[test]
    fn the_wall_shows_the_zone_of_the_desk() {
        for (text, instant) in [
            ("2026-11-20T17:30:00Z", "2026-11-20T17:30:00.000Z"),
            ("2026-11-20T17:30:00+01:00", "2026-11-20T16:30:00.000Z"),
            ("2026-11-20 17:30", "2026-11-20T16:30:00.000Z"),
            ("2026-07-20T17:30", "2026-07-20T15:30:00.000Z"),
            ("2026-11-20 17:30:09", "2026-11-20T16:30:09.000Z"),
            ("2026-11-20", "2026-11-19T23:00:00.000Z"),
            // The hours around the change of the clocks on 25 October 2026 and 29 March 2026.
            ("2026-10-25 01:59", "2026-10-24T23:59:00.000Z"),
            ("2026-10-25 03:00", "2026-10-25T02:00:00.000Z"),
            ("2026-03-29 01:59", "2026-03-29T00:59:00.000Z"),
            ("2026-03-29 03:00", "2026-03-29T01:00:00.000Z"),
        ] {
            assert_eq!(in_stockholm(text).as_deref(), Ok(instant), "{text}");
        }
    }

    #[test]
    fn a_time_that_the_clocks_skip_or_repeat_is_refused() {
        for (text, said) in [
            (
                "2026-10-25 02:30",
                "comes twice, at 2026-10-25T00:30:00.000Z and at 2026-10-25T01:30:00.000Z \
                 (write the one that is meant)",
            ),
            ("2026-03-29 02:30", "is skipped by a change of the clocks (write the instant with its offset)"),
        ] {
            let message = in_stockholm(text).unwrap_err();
            assert!(message.ends_with(said), "{message}");
        }
        assert!(in_stockholm("1999-11-20 09:00").is_err());
        assert!(in_stockholm("tomorrow").unwrap_err().ends_with("write 2026-11-20T17:30:00Z, 2026-11-20 17:30 or now"));
    }

    #[test]
    fn now_is_a_time_of_this_century() {
        let now = in_stockholm("now").unwrap();
        assert!(now.starts_with("20"), "{now}");
    }
}
