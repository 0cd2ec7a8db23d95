//! Texts: what reading and writing costs, beside `serde_json::Value`.

use frontdesk::{Document, Event, Options};
use frontdesk_benches::{desk, document, friday, open};
use serde_json::Value;

use crate::Sizes;
use crate::measure::{cost, median, short};
use crate::report::{Goal, Row, micros, nanos, speed, times};

pub fn rows(sizes: &Sizes) -> Vec<Row> {
    let mut rows = documents(sizes);
    rows.extend(lines());
    rows
}

fn documents(sizes: &Sizes) -> Vec<Row> {
    let mut ours = Row::new("read a document", "agents");
    let mut beside = Row::new("serde_json::Value beside a document", "agents");
    for agents in [100, 10_000].map(|size| sizes.of(size)) {
        let text = document(agents, "least_busy").to_string();
        let reading = median(21, || (), |()| Document::from_json(&text));
        let value = median(21, || (), |()| serde_json::from_str::<Value>(&text));
        ours.add(agents, speed(text.len(), reading), Goal::None).with(cost(|| Document::from_json(&text)));
        beside.add(agents, times(value / reading), Goal::AtLeast(1.0));
    }
    vec![ours, beside]
}

/// The texts of commands and events of a common kind.
fn lines() -> Vec<Row> {
    let mut desk = desk(&document(100, "least_busy"));
    let command = r#"{"type": "open", "at": "2026-11-20T09:00:00Z", "conversation": "c1", "inbox": "main", "channel": "chat", "priority": 1, "contact": {"id": "x1", "known": true}, "attributes": {"plan": "plan-7"}}"#;
    let events = desk.handle_with(&open(1, friday()), &Options::default()).expect("no deadline");
    let event = events.last().expect("an assignment");
    let text = event.to_json();
    let one = |work: &str, figure, goal| Row::one(work, "", 1, figure, goal);
    let (reading, value) = (short(|_| desk.read_command(command)), short(|_| serde_json::from_str::<Value>(command)));
    let (following, event_value) =
        (short(|_| Event::from_json(&text)), short(|_| serde_json::from_str::<Value>(&text)));
    vec![
        one("read a command", nanos(reading), Goal::AtMost(value)),
        one("read an event", nanos(following), Goal::AtMost(event_value)),
        one("write an event", nanos(short(|_| event.to_json())), micros(0.5)),
    ]
}
