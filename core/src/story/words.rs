//! Times, lengths and lists in words.

use std::fmt::Display;

use chrono::{DateTime, Datelike, Duration, NaiveDateTime};

use crate::availability::Reason;
use crate::model::Id;
use crate::time::{Instant, Zone, written};

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// Describes why an agent is available or away, with the status of the document and who set it: `outside working hours`,
/// `set away by bo`, `Lunch, set away`.
pub fn reason(reason: Reason, status: Option<&Id>, by: Option<&Id>) -> String {
    let why = reason_alone(reason, by);
    status.map_or_else(|| why.clone(), |status| format!("{status}, {why}"))
}

fn reason_alone(reason: Reason, by: Option<&Id>) -> String {
    match (reason, by) {
        // Without an actor, the desk set the status.
        (Reason::SetAwayByOther, None) => "set away after missed offers".to_owned(),
        (Reason::SetAwayByOther, Some(by)) => format!("set away by {by}"),
        (Reason::TemporarilyAway, Some(by)) => format!("set away for a while by {by}"),
        (reason, Some(by)) => format!("{} by {by}", spoken(reason.as_str())),
        (reason, None) => spoken(reason.as_str()),
    }
}

/// Returns an instant on the wall clock of a zone, as short as is clear to a reader at `now`: `09:30`, `Mon 09:30` in the
/// coming days, `24 Dec 09:30`, `4 Jan 2028 09:30`.
///
/// ```
/// use frontdesk::{story, time::{Instant, Zone}};
///
/// let (zone, now) = (Zone::named("Europe/Stockholm")?, Instant::parse("2026-11-20T09:00:00Z")?);
/// assert_eq!(story::moment(Instant::parse("2026-11-20T16:00:00Z")?, now, &zone), "17:00");
/// assert_eq!(story::moment(Instant::parse("2026-11-23T08:00:00Z")?, now, &zone), "Mon 09:00");
/// # Ok::<(), frontdesk::Problem>(())
/// ```
pub fn moment(at: Instant, now: Instant, zone: &Zone) -> String {
    let (at, now) = (on_the_wall(at, zone), on_the_wall(now, zone));
    let days_ahead = (at.date() - now.date()).num_days();
    let precise = written::clock(at.time());
    let clock = precise.strip_suffix(":00").unwrap_or(&precise);
    match days_ahead {
        0 => clock.to_owned(),
        1..=6 => format!("{} {clock}", at.weekday()),
        _ if at.year() == now.year() => format!("{} {} {clock}", at.day(), month(at)),
        _ => format!("{} {} {} {clock}", at.day(), month(at), at.year()),
    }
}

/// Returns a text, such as the message of a refusal, with the instants in it on the wall clock of a zone, as [`moment`] writes
/// them for a reader at `now`.
///
/// ```
/// use frontdesk::{story, time::{Instant, Zone}};
///
/// let (zone, now) = (Zone::named("Europe/Stockholm")?, Instant::parse("2026-11-20T09:00:00Z")?);
/// let message = "the window closed at 2026-11-20T08:30:00.000Z, it is too late";
/// assert_eq!(story::with_moments(message, now, &zone), "the window closed at 09:30, it is too late");
/// # Ok::<(), frontdesk::Problem>(())
/// ```
pub fn with_moments(text: &str, now: Instant, zone: &Zone) -> String {
    let words = text.split(' ').map(|word| {
        let bare = word.trim_end_matches([',', ';', '.', ')']);
        match Instant::parse(bare) {
            Ok(at) => format!("{}{}", moment(at, now, zone), word.strip_prefix(bare).unwrap_or_default()),
            Err(_) => word.to_owned(),
        }
    });
    words.collect::<Vec<_>>().join(" ")
}

/// Returns the date of an instant in a zone: `Fri 20 Nov 2026`.
pub fn day(at: Instant, zone: &Zone) -> String {
    let at = on_the_wall(at, zone);
    format!("{} {} {} {}", at.weekday(), at.day(), month(at), at.year())
}

/// Returns the time of an instant on the wall clock of a zone, with seconds: `09:30:00`.
pub fn clock(at: Instant, zone: &Zone) -> String {
    written::clock(on_the_wall(at, zone).time())
}

/// Returns a length of time, given in milliseconds, rounded as people say it: `45 s`, `2 h 30 min`, `3 days`.
///
/// ```
/// use frontdesk::story::about;
///
/// assert_eq!(about(9_000_000), "2 h 30 min");
/// assert_eq!(about(50 * 60_000 + 50_000), "51 min");
/// ```
pub fn about(millis: i64) -> String {
    if millis < 1_000 {
        return if millis > 0 { "less than 1 s".to_owned() } else { "0 s".to_owned() };
    }
    let (first, second) = units_of(millis);
    let smallest = second.unwrap_or(first).length;
    let millis = millis.saturating_add(smallest / 2) / smallest * smallest;
    // Rounding may reach the next larger unit: 59 min 50 s are 1 h.
    let (first, second) = units_of(millis);
    let rest = second.filter(|second| millis % first.length >= second.length);
    match rest {
        Some(second) => format!("{} {}", first.count(millis), second.count(millis % first.length)),
        None => first.count(millis),
    }
}

/// A unit of time.
struct Unit {
    name: &'static str,
    /// The length in milliseconds.
    length: i64,
    /// The number of it from which the next smaller unit is left out.
    alone_from: i64,
}

const YEAR: Unit = Unit { name: "years", length: 365 * 86_400_000, alone_from: 3 };
const DAY: Unit = Unit { name: "days", length: 86_400_000, alone_from: 3 };
const HOUR: Unit = Unit { name: "h", length: 3_600_000, alone_from: 24 };
const MINUTE: Unit = Unit { name: "min", length: 60_000, alone_from: 10 };
const SECOND: Unit = Unit { name: "s", length: 1_000, alone_from: 0 };

impl Unit {
    /// Returns how many of it a length has, cut.
    fn count(&self, millis: i64) -> String {
        match (millis / self.length, self.name) {
            (1, "years") => "1 year".to_owned(),
            (1, "days") => "1 day".to_owned(),
            (count, name) => format!("{count} {name}"),
        }
    }
}

/// Returns the largest unit of a length, and the next smaller one if it is told as well.
fn units_of(millis: i64) -> (&'static Unit, Option<&'static Unit>) {
    const PAIRS: [(&Unit, &Unit); 4] = [(&YEAR, &DAY), (&DAY, &HOUR), (&HOUR, &MINUTE), (&MINUTE, &SECOND)];
    let found = PAIRS.iter().find(|(unit, _)| millis >= unit.length);
    let Some((first, second)) = found else { return (&SECOND, None) };
    (first, Some(*second).filter(|_| millis / first.length < first.alone_from))
}

fn month(at: NaiveDateTime) -> &'static str {
    MONTHS.get(at.month0() as usize).copied().unwrap_or_default()
}

fn on_the_wall(at: Instant, zone: &Zone) -> NaiveDateTime {
    DateTime::from(at).naive_utc() + Duration::seconds(zone.offset_seconds(at).into())
}

/// Returns `a`, `a and b`, `a, b and c`.
pub(super) fn listed<T: Display>(items: &[T]) -> String {
    match items {
        [] => String::new(),
        [only] => only.to_string(),
        [first @ .., last] => format!("{} and {last}", joined(first)),
    }
}

/// Returns `a, b, c`.
pub(super) fn joined<T: Display>(items: &[T]) -> String {
    items.iter().map(T::to_string).collect::<Vec<_>>().join(", ")
}

/// Returns a word of the format with blanks: "out of office" for `out_of_office`.
pub(super) fn spoken(name: &str) -> String {
    name.replace('_', " ")
}

#[cfg(test)]
mod tests {
    use super::{about, listed, moment, reason};
    use crate::availability::Reason;
    use crate::model::Id;
    use crate::time::{Instant, Zone};

    #[test]
    fn a_moment_is_as_brief_as_it_is_clear() {
        let zone = Zone::named("Europe/Stockholm").unwrap();
        let seen =
            |at: &str| moment(Instant::parse(at).unwrap(), Instant::parse("2026-11-20T09:00:00Z").unwrap(), &zone);
        for (at, told) in [
            ("2026-11-20T16:00:00Z", "17:00"),
            ("2026-11-20T16:00:09Z", "17:00:09"),
            ("2026-11-20T23:00:00Z", "Sat 00:00"),
            ("2026-11-26T08:00:00Z", "Thu 09:00"),
            ("2026-11-27T08:00:00Z", "27 Nov 09:00"),
            ("2026-11-19T08:00:00Z", "19 Nov 09:00"),
            ("2027-07-01T08:00:00Z", "1 Jul 2027 10:00"),
        ] {
            assert_eq!(seen(at), told, "{at}");
        }
    }

    #[test]
    fn a_length_is_as_precise_as_people_care() {
        const HOUR: i64 = 3_600_000;
        for (millis, told) in [
            (0, "0 s"),
            (999, "less than 1 s"),
            (45_000, "45 s"),
            (90_000, "1 min 30 s"),
            (10 * 60_000 + 5_000, "10 min"),
            (2 * HOUR + 30 * 60_000, "2 h 30 min"),
            (2 * HOUR + 29_000, "2 h"),
            (14 * HOUR + 60_000, "14 h 1 min"),
            (23 * HOUR + 45 * 60_000, "23 h 45 min"),
            (50 * 60_000 + 50_000, "51 min"),
            (59 * 60_000 + 50_000, "1 h"),
            (24 * HOUR - 20_000, "1 day"),
            (72 * HOUR - 5 * 60_000, "3 days"),
            (1_600, "2 s"),
            (-HOUR, "0 s"),
            (25 * HOUR, "1 day 1 h"),
            (49 * HOUR, "2 days 1 h"),
            (80 * HOUR, "3 days"),
            (366 * 24 * HOUR, "1 year 1 day"),
            (1100 * 24 * HOUR, "3 years"),
        ] {
            assert_eq!(about(millis), told, "{millis}");
        }
    }

    #[test]
    fn a_status_says_who_set_it() {
        let bo = Id::from("bo");
        for (why, by, told) in [
            (Reason::OutOfOffice, None, "out of office"),
            (Reason::SetAwayByOther, Some(&bo), "set away by bo"),
            (Reason::SetAwayByOther, None, "set away after missed offers"),
            (Reason::TemporarilyAway, Some(&bo), "set away for a while by bo"),
            (Reason::TemporarilyAway, None, "temporarily away"),
        ] {
            assert_eq!(reason(why, None, by), told);
        }
    }

    #[test]
    fn lists_read_as_people_write_them() {
        assert_eq!(listed::<&str>(&[]), "");
        assert_eq!(listed(&["a"]), "a");
        assert_eq!(listed(&["a", "b", "c"]), "a, b and c");
    }
}
