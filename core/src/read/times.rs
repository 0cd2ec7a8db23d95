//! Reading times, zones, durations and recurrence rules.

use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime};

use super::{Node, Reader};
use crate::problem::{Code, Problem, shortened};
use crate::time::written::{numbers, read_date};
use crate::time::{Duration, Instant, Recurrence, Zone, Zones};

/// The form of a text, and an example.
type Form = (&'static str, &'static str);

const INSTANT: Form = ("an instant", "2026-11-20T09:00:00Z");
const DURATION: Form = ("a duration", "45s");

impl Reader<'_> {
    pub fn zone(&mut self, node: &Node) -> Option<Zone> {
        let (zones, suggests) = (&self.known.zones, self.suggestions > 0);
        let unknown = |name: &str| if suggests { zones.unknown(name) } else { Zones::unknown_name(name) };
        let zone = self
            .parsed(node, ("a time zone", "Europe/Stockholm"), |name| zones.find(name).ok_or_else(|| unknown(name)));
        if zone.is_none() {
            self.suggestions = self.suggestions.saturating_sub(1);
        }
        zone
    }

    pub fn instant(&mut self, node: &Node) -> Option<Instant> {
        self.parsed(node, INSTANT, Instant::parse)
    }

    /// Reads an instant up to and including the end of time, 2200-01-01T00:00:00Z.
    pub fn end(&mut self, node: &Node) -> Option<Instant> {
        self.parsed(node, INSTANT, Instant::parse_end)
    }

    pub fn duration(&mut self, node: &Node) -> Option<Duration> {
        self.parsed(node, DURATION, Duration::parse)
    }

    /// Reads a calendar date such as `2026-11-20`.
    pub fn date(&mut self, node: &Node) -> Option<NaiveDate> {
        self.parsed(node, ("a date", "2026-11-20"), parse_date)
    }

    /// Reads a date and time on the wall clock, such as `2026-11-20T14:00`; `24:00` is the next midnight.
    pub fn date_time(&mut self, node: &Node) -> Option<NaiveDateTime> {
        self.parsed(node, ("a date and time", "2026-11-20T14:00"), parse_date_time)
    }

    /// Reads a recurrence rule such as `FREQ=WEEKLY;BYDAY=FR`.
    pub fn recurrence(&mut self, node: &Node) -> Option<Recurrence> {
        self.parsed(node, ("a recurrence rule", "FREQ=WEEKLY;BYDAY=FR"), Recurrence::parse)
    }

    /// Reads a time of day, from `00:00` to `24:00`, as minutes since midnight.
    pub fn time_of_day(&mut self, node: &Node) -> Option<u16> {
        self.parsed(node, ("a time of day", "09:00"), parse_time_of_day)
    }

    /// Reads a text of a form.
    fn parsed<T>(&mut self, node: &Node, form: Form, parse: impl FnOnce(&str) -> Result<T, Problem>) -> Option<T> {
        let Node::Text(text) = node else { return self.no_text_of(node, form) };
        parse(text).map_err(|problem| self.report(problem)).ok()
    }

    fn no_text_of<T>(&mut self, node: &Node, form: Form) -> Option<T> {
        let (what, example) = form;
        let count = if let Node::Number(number) = node { number.as_u64() } else { None };
        match count.filter(|_| form == DURATION) {
            Some(count) => self.wrong_form(
                node,
                what,
                format!("write it with its unit: \"{count}s\", or \"{count}m\" for minutes"),
            ),
            None => self.wrong_form(node, what, format!("write it as text: {example:?}")),
        }
    }
}

fn parse_date(text: &str) -> Result<NaiveDate, Problem> {
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

fn parse_time_of_day(text: &str) -> Result<u16, Problem> {
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
