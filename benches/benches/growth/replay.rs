//! Logs: a busy desk rebuilt, and a million conversations with everything on.

use frontdesk::script::Scripts;
use frontdesk::{Desk, Options, Turn};
use frontdesk_benches::{Log, desk, document, friday};
use serde_json::json;

use crate::Sizes;
use crate::measure::timed;
use crate::report::{Goal, Row, nanos, per_second};

pub fn rows(sizes: &Sizes) -> Vec<Row> {
    let mut typed = Row::new("rebuild from turns, events", "turns");
    let mut lines = Row::new("rebuild from JSON lines, events", "turns");
    for turns in [10_000, 300_000].map(|size| sizes.of(size)) {
        let mut document = document(1_000, "least_busy");
        document["settings"]["forget_closed_after"] = json!("1d");
        let (mut desk, mut log) = (desk(&document), Log::new(1_000, 100_000));
        let first = Turn::first(desk.document());
        let stored: Vec<Turn> = std::iter::once(first).chain((0..turns).map(|_| log.next(&mut desk))).collect();
        let events: usize = stored.iter().map(|turn| turn.events().len()).sum();
        let rate = |nanos: f64| per_second(events as f64 / nanos * 1e9);
        let (rebuilt, taken) = timed(|| Desk::rebuild(&stored));
        assert!(rebuilt.is_ok_and(|rebuilt| rebuilt.turn() == desk.turn()));
        typed.add(turns, rate(taken), Goal::AtLeast(1.5e6));
        let texts: Vec<String> = stored.iter().map(Turn::to_json).collect();
        let (rebuilt, taken) = timed(|| Desk::rebuild(texts.iter().filter_map(|line| Turn::from_json(line).ok())));
        assert!(rebuilt.is_ok_and(|rebuilt| rebuilt.turn() == desk.turn()));
        lines.add(turns, rate(taken), Goal::AtLeast(0.6e6));
    }
    vec![typed, lines, everything(sizes)]
}

/// Conversations come and go on a desk of 1,000 agents: JSON in and out, explained, a script that scores a team of 50.
fn everything(sizes: &Sizes) -> Row {
    let count = sizes.of(1_000_000);
    let mut document = document(1_000, "least_busy");
    document["settings"]["forget_closed_after"] = json!("1d");
    document["inboxes"][0]["channels"][0]["rules"] = json!([{"id": "all", "steps": [
        {"assign_to": {"teams": ["team-0"]}, "only_available": false, "strategy": {"script": "s"}}]}]);
    let mut desk = desk(&document);
    let script = "fn score(agent, conversation, desk) { 10 - agent.load }";
    desk.set_scripts(Scripts::from_sources([("s", script)]).expect("a script without problems")).expect("it is there");
    let explaining = Options::default().explain(true);
    let (written, taken) = timed(|| {
        let mut written = 0;
        for id in 0..count {
            let at = friday().saturating_add(id as i64 * 50);
            let open =
                format!(r#"{{"type":"open","at":"{at}","conversation":"c{id}","inbox":"main","channel":"chat"}}"#);
            let closed = id.saturating_sub(100);
            let close = format!(r#"{{"type":"close","at":"{at}","conversation":"c{closed}"}}"#);
            for line in [open, close] {
                let command = desk.read_command(&line).expect("a command without problems");
                let events = desk.handle_with(&command, &explaining).expect("no deadline");
                written += events.iter().map(|event| event.to_json().len()).sum::<usize>();
            }
        }
        written
    });
    assert!(written > count * 100);
    let goal = Goal::AtMost(60e9 * count as f64 / 1e6);
    Row::one("conversations as JSON, explained, scripted", "conversations", count, nanos(taken), goal)
}
