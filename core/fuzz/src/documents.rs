//! Documents, and what is published of them.

use frontdesk::time::{Instant, Span};
use frontdesk::{Desk, Document, Published};

use super::assert_reported;

const DAY: i64 = 24 * 3_600_000;
/// The largest numbers of changes of an agent, and of agents and inboxes of a desk, that are checked.
const CHANGES: usize = 12;
const AGENTS: usize = 4;
const INBOXES: usize = 2;

fn start() -> Instant {
    Instant::parse("2026-11-20T00:00:00Z").expect("an instant")
}

/// A document that is read is written and read again as it is, and makes a desk whose answers change when they said.
pub fn document(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let document = match Document::from_json(text) {
        Ok(document) => document,
        Err(problems) => return assert_reported(&problems, text),
    };
    let written = serde_json::to_string(&document).expect("a document is JSON");
    let again = Document::from_json(&written).unwrap_or_else(|wrong| panic!("{wrong}\n{written}"));
    assert_eq!(serde_json::to_string(&again).expect("a document is JSON"), written);

    let desk = Desk::new(document.clone());
    super::invariants::assert_whole(&desk);
    for agent in document.agents.iter().take(AGENTS) {
        assert_until(&desk, &agent.id);
    }
    for inbox in document.inboxes.iter().take(INBOXES) {
        // Repeated absences may have too many occurrences.
        let Ok(published) = desk.publish(&inbox.id, start(), 3) else { continue };
        let text = published.to_json();
        assert_eq!(Published::from_json(&text).as_ref(), Ok(&published));
    }
}

/// State and reason change exactly at the `until` they announced, and the schedule says the same.
fn assert_until(desk: &Desk, agent: &str) {
    let pair = |at| desk.status(agent, at).map(|it| (it.state, it.reason)).expect("the agent is there");
    let mut at = start();
    for _ in 0..CHANGES {
        let status = desk.status(agent, at).expect("the agent is there");
        assert_eq!(desk.next_change(agent, at), Ok(status.until));
        assert!(status.since.is_none_or(|since| since <= at), "{status:?} at {at}");
        let Some(until) = status.until else { break };
        assert!(until > at, "{status:?} at {at}");
        assert_eq!(pair(until.saturating_add(-1)), (status.state, status.reason), "before {until}");
        assert_ne!(pair(until), (status.state, status.reason), "at {until}");
        assert_eq!(desk.status(agent, until).map(|it| it.since), Ok(Some(until)));
        at = until;
    }
    let range = Span::new(start(), start().saturating_add(10 * DAY));
    let Ok(periods) = desk.schedule(agent, range) else { return };
    let mut end = range.start;
    for period in &periods {
        assert_eq!(period.span.start, end, "the periods tile the range");
        assert_eq!((period.state, period.reason), pair(period.span.start));
        end = period.span.end;
    }
    assert_eq!(end, range.end);
}

/// Published availability is the same after reading and writing, and answers at each of its changes.
pub fn published(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let Ok(published) = Published::from_json(text) else { return };
    let written = published.to_json();
    assert_eq!(Published::from_json(&written).as_ref(), Ok(&published));
    for channel in &published.channels {
        for change in &channel.changes {
            let view = published.visitor(&channel.channel, change.at, &[]).expect("the channel is there");
            let is_in = published.start <= change.at && change.at < published.end;
            assert_eq!(view.is_some(), is_in);
            let Some(view) = view else { continue };
            assert!(view.until.is_none_or(|until| until > change.at), "{view:?}");
            assert!(view.opens_at.is_none_or(|opens| opens > change.at), "{view:?}");
        }
    }
}
