//! Writes content lines: folded, and with the line breaks of RFC 5545, section 3.1.

use chrono::{DateTime, NaiveDate, NaiveDateTime};

use crate::calendar::ics::text::escaped;
use crate::time::written::{basic_date, basic_moment};
use crate::time::{Instant, Zone};

/// The most bytes of a line, without its line break.
const MOST_BYTES: usize = 75;

/// An iCalendar stream being written.
#[derive(Debug, Default)]
pub(crate) struct Stream(String);

impl Stream {
    /// Writes a calendar around its content.
    pub fn calendar(name: &str, content: impl FnOnce(&mut Stream)) -> String {
        let mut stream = Stream::default();
        stream.component("VCALENDAR", |stream| {
            stream.line("VERSION", "2.0");
            stream.line("PRODID", "-//frontdesk//frontdesk//EN");
            stream.line("CALSCALE", "GREGORIAN");
            stream.text("X-WR-CALNAME", name);
            content(stream);
        });
        stream.0
    }

    /// Writes a component: `BEGIN`, its content, `END`.
    pub fn component(&mut self, name: &str, content: impl FnOnce(&mut Stream)) {
        self.line("BEGIN", name);
        content(self);
        self.line("END", name);
    }

    /// Writes a line: a name with its parameters, and a value that is escaped already.
    pub fn line(&mut self, name: &str, value: &str) {
        let mut room = MOST_BYTES;
        for c in name.chars().chain([':']).chain(value.chars()) {
            if c.len_utf8() > room {
                self.0.push_str("\r\n ");
                room = MOST_BYTES - 1;
            }
            self.0.push(c);
            room -= c.len_utf8();
        }
        self.0.push_str("\r\n");
    }

    /// Writes a line with an instant.
    pub fn instant(&mut self, name: &str, at: Instant) {
        self.line(name, &utc(at));
    }

    /// Writes a line with a text value.
    pub fn text(&mut self, name: &str, text: &str) {
        self.line(name, &escaped(text));
    }

    /// Writes a line with a time on the wall clock of a zone.
    pub fn moment(&mut self, name: &str, time: NaiveDateTime, zone: &Zone) {
        self.moments(name, &[time], zone);
    }

    /// Writes a line with times on the wall clock of a zone.
    pub fn moments(&mut self, name: &str, times: &[NaiveDateTime], zone: &Zone) {
        let mark = if is_utc(zone) { "Z" } else { "" };
        let times: Vec<String> = times.iter().map(|time| basic_moment(*time) + mark).collect();
        self.line(&format!("{name}{}", tzid(zone)), &times.join(","));
    }

    /// Writes a line with dates.
    pub fn dates(&mut self, name: &str, dates: &[NaiveDate]) {
        let dates: Vec<String> = dates.iter().copied().map(basic_date).collect();
        self.line(&format!("{name};VALUE=DATE"), &dates.join(","));
    }
}

/// Returns `true` if times in a zone are written as UTC.
pub(crate) fn is_utc(zone: &Zone) -> bool {
    zone.name() == "UTC"
}

/// Returns the parameter that names a zone.
fn tzid(zone: &Zone) -> String {
    match zone.name() {
        "UTC" => String::new(),
        name if name.contains([':', ';', ',']) => format!(";TZID=\"{name}\""),
        name => format!(";TZID={name}"),
    }
}

/// Returns an instant as UTC, cut to the second.
pub(crate) fn utc(at: Instant) -> String {
    basic_moment(DateTime::<chrono::Utc>::from(at).naive_utc()) + "Z"
}

#[cfg(test)]
mod tests {
    use super::Stream;

    #[test]
    fn lines_are_folded_between_characters() {
        for text in ["x".repeat(300), "\u{e9}".repeat(100), "\u{1f3d6}".repeat(60), "x".repeat(67), String::new()] {
            let mut stream = Stream::default();
            stream.text("SUMMARY", &text);
            assert!(stream.0.ends_with("\r\n"));
            assert!(stream.0.split_terminator("\r\n").all(|line| line.len() <= 75), "{}", stream.0);
            assert_eq!(stream.0.replace("\r\n ", ""), format!("SUMMARY:{text}\r\n"));
        }
    }
}
