//! Writes absences as free/busy time (`VFREEBUSY`, RFC 5545, section 3.6.4).

use super::stream::{Stream, utc};
use crate::availability::{Period, Reason};
use crate::time::{Instant, Span};

/// Writes the periods of a range in which the agent is away, except those outside of working hours.
pub(super) fn write(agent: &str, periods: &[Period], range: Span, at: Instant, stream: &mut Stream) {
    let is_away =
        |period: &&Period| matches!(period.reason, Reason::OutOfOffice | Reason::Holiday | Reason::Deactivated);
    let mut spans: Vec<Span> = Vec::new();
    for span in periods.iter().filter(is_away).map(|period| period.span.intersection(&range)) {
        match spans.last_mut() {
            _ if span.is_empty() => {}
            Some(last) if last.end >= span.start => last.end = last.end.max(span.end),
            _ => spans.push(span),
        }
    }
    stream.component("VFREEBUSY", |stream| {
        stream.text("UID", &format!("{agent}.{}@free-busy.frontdesk", utc(range.start)));
        stream.line("DTSTAMP", &utc(at));
        stream.line("DTSTART", &utc(range.start));
        stream.line("DTEND", &utc(whole_second(range.end)));
        for span in spans {
            let period = format!("{}/{}", utc(span.start), utc(whole_second(span.end)));
            stream.line("FREEBUSY;FBTYPE=BUSY-UNAVAILABLE", &period);
        }
    });
}

/// Rounds an instant up to a whole second.
fn whole_second(at: Instant) -> Instant {
    at.saturating_add(999)
}
