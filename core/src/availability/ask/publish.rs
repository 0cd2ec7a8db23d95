//! Publishing of availability for a public page.

use crate::availability::visitor::Scene;
use crate::availability::{
    Availability, Published, PublishedChannel, Visitor, VisitorChange, VisitorState, VisitorTexts,
};
use crate::model::Id;
use crate::problem::{Code, Problem};
use crate::time::{Instant, Span};

/// The most days that can be published at once.
pub(crate) const MOST_DAYS: u32 = 366;

const DAY: i64 = 24 * 3_600_000;

impl Availability {
    /// Publishes the availability that the visitors of an inbox see from an instant on, over a number of days of 24 hours: for
    /// a page without the desk and its zones, which must not contain more.
    ///
    /// It contains the answers of [`visitor`](Self::visitor) for a visitor of whom nothing is known, in the current state of
    /// the desk: publish again when the desk changes. A channel that is hidden all these days is left out. The changes of the
    /// other channels continue for up to 366 more days, up to the next instant at which an agent is available.
    ///
    /// # Errors
    /// `unknown_inbox`; `out_of_range` for no days or more than 366; `too_many_occurrences` for more than 100,000
    /// occurrences of one agent's repeated absences in these days; later ones do not count.
    ///
    /// ```
    /// use frontdesk::{Desk, VisitorState, time::Instant};
    ///
    /// let desk = Desk::from_json(r#"{"version": 1, "time_zone": "Europe/Stockholm",
    ///     "agents": [{"id": "anna", "working_hours": [{"days": ["mon", "fri"], "start": "09:00", "end": "17:00"}]}],
    ///     "inboxes": [{"id": "main", "channels": [{"id": "chat", "kind": "chat",
    ///         "rules": [{"id": "all", "steps": [{"assign_to": "everyone"}]}]}]}]}"#).unwrap();
    /// let published = desk.publish("main", Instant::parse("2026-11-20T00:00:00Z")?, 7)?;
    /// let seen = published.visitor("chat", Instant::parse("2026-11-20T17:30:00Z")?, &[])?.unwrap();
    /// assert_eq!(seen.state, VisitorState::Away);
    /// assert_eq!(seen.opens_at.unwrap().to_string(), "2026-11-23T08:00:00.000Z");
    /// assert!(!published.to_json().contains("anna"));
    /// # Ok::<(), frontdesk::Problem>(())
    /// ```
    pub fn publish(&self, inbox: &str, from: Instant, days: u32) -> Result<Published, Problem> {
        let entry = self.inbox(inbox)?;
        if !(1..=MOST_DAYS).contains(&days) {
            let message = format!("from 1 up to {MOST_DAYS} days can be published at once");
            return Err(Problem::new(Code::OutOfRange, message));
        }
        let span = Span::new(from, from.saturating_add(i64::from(days) * DAY));
        let mut channels = Vec::new();
        for channel in &entry.channels {
            let scene = self.scene(self.channel(inbox, &channel.id)?, &Visitor::default());
            scene.people().try_for_each(|presence| presence.schedule.check(span))?;
            channels.extend(published(&channel.id, &scene, span));
        }
        Ok(Published { version: Published::VERSION, inbox: inbox.into(), start: span.start, end: span.end, channels })
    }
}

/// Returns the view of a channel's visitors; `None` if they never see it.
fn published(channel: &Id, scene: &Scene<'_>, span: Span) -> Option<PublishedChannel> {
    let changes = scene.changes_in(span);
    changes.iter().find(|change| change.at < span.end && change.state != VisitorState::Hidden)?;
    let texts = |state| texts(scene, &changes, span, state);
    let (online, away, closed) = (texts(VisitorState::Online), texts(VisitorState::Away), texts(VisitorState::Closed));
    Some(PublishedChannel { channel: channel.clone(), changes, online, away, closed })
}

/// Returns the texts of a state, if visitors see the state in the span and it has any.
fn texts(scene: &Scene<'_>, changes: &[VisitorChange], span: Span, state: VisitorState) -> Option<VisitorTexts> {
    let is_seen = changes.iter().any(|change| change.at < span.end && change.state == state);
    Some(scene.texts(state)).filter(|texts| is_seen && *texts != VisitorTexts::default())
}
