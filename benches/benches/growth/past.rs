//! The past: what closed conversations cost, and snapshots of a desk.

use frontdesk::Desk;
use frontdesk_benches::{close, desk, document, friday, open};
use serde_json::{Value, json};

use crate::Sizes;
use crate::measure::{cost, median, middle, timed};
use crate::report::{Goal, Row, bytes, micros, nanos, speed, times};

/// The heap block of an id of up to 16 bytes: its two counts and its text.
const ID: f64 = 32.0;

pub fn rows(sizes: &Sizes) -> Vec<Row> {
    let mut rows = closed(sizes);
    rows.extend(snapshots(sizes));
    rows
}

/// Closed conversations that are remembered, and what commands cost that have nothing to do with them.
fn closed(sizes: &Sizes) -> Vec<Row> {
    let mut memory = Row::new("a closed conversation beyond its id", "closed");
    let mut opening = Row::new("open and close", "closed before");
    let mut updating = Row::new("update of a contact", "closed before");
    let mut removing = Row::new("remove_agent, without conversations", "closed before");
    for count in [20_000, 200_000, 2_000_000].map(|size| sizes.of(size)) {
        let mut document = document(10, "least_busy");
        document["settings"].as_object_mut().map(|settings| settings.remove("forget_closed_after"));
        let mut desk = desk(&document);
        let taken = allocation_counter::measure(|| {
            (0..count).for_each(|id| {
                desk.handle(&open(id, friday()));
                desk.handle(&close(id, friday()));
            });
        });
        memory.add(count, bytes(taken.bytes_current as f64 / count as f64 - ID), Goal::AtMost(100.0));
        let mut id = count;
        let visit = middle((0..1_001).map(|_| {
            id += 1;
            let (open, close) = (open(id, friday()), close(id, friday()));
            timed(|| (desk.handle(&open), desk.handle(&close))).1
        }));
        opening.add(count, nanos(visit), micros(3.0));
        desk.handle(&open(id + 1, friday()));
        let mut owner = 0;
        let next = || {
            owner += 1;
            let contact = json!({"id": "x", "known": true, "attributes": {"visits": owner}});
            json!({"type": "update", "at": friday(), "conversation": format!("c{}", id + 1), "contact": contact})
        };
        updating.add(count, nanos(commands(&mut desk, 101, next)), micros(10.0));
        let each = middle((0..21).map(|index| {
            let put = json!({"type": "put_agent", "at": friday(), "agent": format!("x{index}"), "entry": {"id": format!("x{index}")}});
            let put = desk.command_from_value(put).expect("a command without problems");
            desk.handle(&put);
            let remove = json!({"type": "remove_agent", "at": friday(), "agent": format!("x{index}")});
            let remove = desk.command_from_value(remove).expect("a command without problems");
            timed(|| desk.handle(&remove)).1
        }));
        removing.add(count, nanos(each), micros(1_000.0));
    }
    vec![memory, opening, updating, removing]
}

/// Returns the median time of commands.
fn commands(desk: &mut Desk, runs: usize, mut next: impl FnMut() -> Value) -> f64 {
    let all: Vec<_> = (0..runs).map(|_| desk.command_from_value(next()).expect("a command without problems")).collect();
    let mut next = all.iter();
    median(runs, || next.next(), |command| command.map(|it| desk.handle(it).len()))
}

/// Snapshots of a desk with many open conversations, and copies of it.
fn snapshots(sizes: &Sizes) -> Vec<Row> {
    let mut writing = Row::new("snapshot", "open");
    let mut writing_peak = Row::new("snapshot, peak beside the text", "open");
    let mut reading = Row::new("restore", "open");
    let mut reading_peak = Row::new("restore, peak beside the desk", "open");
    let mut copying = Row::new("copy of 5,000 agents", "open");
    for count in [5_000, 50_000].map(|size| sizes.of(size)) {
        let mut desk = desk(&document(sizes.of(5_000), "least_busy"));
        (0..count).for_each(|id| drop(desk.handle(&open(id, friday()))));
        let text = desk.snapshot();
        let written = median(11, || (), |()| desk.snapshot());
        writing.add(count, speed(text.len(), written), Goal::AtLeast(300e6)).with(cost(|| desk.snapshot()));
        let peak = cost(|| desk.snapshot()).peak as f64 / text.len() as f64;
        writing_peak.add(count, times(peak), Goal::AtMost(1.3));
        let read = median(5, || (), |()| Desk::restore(&text));
        reading.add(count, speed(text.len(), read), Goal::AtLeast(300e6)).with(cost(|| Desk::restore(&text)));
        let mut restored = None;
        let held = allocation_counter::measure(|| restored = Desk::restore(&text).ok());
        assert!(restored.is_some());
        reading_peak.add(count, times(held.bytes_max as f64 / held.bytes_current as f64), Goal::AtMost(1.3));
        copying.add(count, nanos(median(21, || (), |()| desk.clone())), micros(1_000.0)).with(cost(|| desk.clone()));
    }
    vec![writing, writing_peak, reading, reading_peak, copying]
}
