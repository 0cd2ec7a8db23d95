//! Conversations that bots have.

use crate::model::Settings;
use crate::time::Instant;

/// Returns the instant from which an agent may close a conversation that a bot has: once the contact has not written for the
/// `bot_inactivity` of the settings, since `last_wrote_at`, or since it was opened.
pub(crate) fn idle_from(settings: &Settings, last_wrote_at: Option<Instant>, opened_at: Instant) -> Instant {
    last_wrote_at.unwrap_or(opened_at).saturating_add(settings.bot_inactivity_millis())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Duration;

    #[test]
    fn a_bot_is_idle_after_the_last_message_or_after_the_opening() {
        let at = |text: &str| Instant::parse(text).unwrap();
        let (nine, ten) = (at("2026-11-20T09:00:00Z"), at("2026-11-20T10:00:00Z"));
        let usual = Settings::default();
        assert_eq!(idle_from(&usual, None, nine), at("2026-11-20T09:30:00Z"));
        assert_eq!(idle_from(&usual, Some(ten), nine), at("2026-11-20T10:30:00Z"));
        let soon = Settings { bot_inactivity: Duration::from_millis(60_000).ok(), ..usual };
        assert_eq!(idle_from(&soon, Some(ten), nine), at("2026-11-20T10:01:00Z"));
    }
}
