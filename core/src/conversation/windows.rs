//! The windows for replies after a message of the contact.

use crate::model::{MessageFrom, ReplyWindow};
use crate::time::{Duration, Instant};

/// Returns the instant from which nothing more may be sent to the contact, who last wrote at `last_wrote_at`: `MAX` without a
/// limit, `MIN` if the contact never wrote. The contact may always write.
pub(crate) fn closes_at(window: Option<&ReplyWindow>, from: MessageFrom, last_wrote_at: Option<Instant>) -> Instant {
    let open_for = window.and_then(|window| open_for(window, from));
    match (open_for, last_wrote_at) {
        (None, _) => Instant::MAX,
        (Some(_), None) => Instant::MIN,
        (Some(open_for), Some(at)) => at.saturating_add(open_for.millis()),
    }
}

/// Returns the time for which a window is open; `None` without a limit.
fn open_for(window: &ReplyWindow, from: MessageFrom) -> Option<Duration> {
    match from {
        MessageFrom::Visitor => None,
        MessageFrom::Agent => window.person,
        MessageFrom::Bot | MessageFrom::Automated => window.automated,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Extensions;

    #[test]
    fn a_window_closes_its_time_after_the_last_message() {
        let hours = |hours: i64| Duration::from_millis(hours * 3_600_000).ok();
        let window = ReplyWindow { automated: hours(24), person: hours(168), extensions: Extensions::default() };
        let at = |text: &str| Instant::parse(text).unwrap();
        let wrote = Some(at("2026-11-20T09:00:00Z"));
        let closes = |from, wrote| closes_at(Some(&window), from, wrote);
        assert_eq!(closes(MessageFrom::Bot, wrote), at("2026-11-21T09:00:00Z"));
        assert_eq!(closes(MessageFrom::Automated, wrote), at("2026-11-21T09:00:00Z"));
        assert_eq!(closes(MessageFrom::Agent, wrote), at("2026-11-27T09:00:00Z"));
        assert_eq!(closes(MessageFrom::Visitor, wrote), Instant::MAX);
        assert_eq!(closes(MessageFrom::Agent, None), Instant::MIN);
        assert_eq!(closes_at(None, MessageFrom::Agent, None), Instant::MAX);
    }
}
