//! Large desks: a million commands, and a holiday of 15,000 agents. Prints figures; run with `cargo bench --bench scale`.

use std::time::Instant as Clock;

use frontdesk::Command;
use frontdesk::Desk;
use frontdesk_benches::{close, crowded, desk, document, friday, open};
use serde_json::{Value, json};

fn main() {
    commands(1_000_000);
    json_lines(200_000);
    holidays();
}

/// Conversations come and go on a desk of 200 agents.
fn commands(count: usize) {
    let mut desk = desk(&document(200, "least_busy"));
    let commands: Vec<Command> = stream(count);
    let clock = Clock::now();
    let events: usize = commands.iter().map(|command| desk.handle(command).len()).sum();
    let seconds = clock.elapsed().as_secs_f64();
    println!("{count} commands, {events} events: {seconds:.2} s, {:.0} commands a second", count as f64 / seconds);
}

fn json_lines(count: usize) {
    let mut desk = desk(&document(200, "least_busy"));
    let lines: Vec<String> = (0..count / 2)
        .flat_map(|id| {
            let at = friday().saturating_add(id as i64 * 50);
            let open =
                json!({"type": "open", "at": at, "conversation": format!("c{id}"), "inbox": "main", "channel": "chat"});
            let close = json!({"type": "close", "at": at, "conversation": format!("c{}", id.saturating_sub(300))});
            [open.to_string(), close.to_string()]
        })
        .collect();
    let clock = Clock::now();
    let mut bytes = 0;
    for line in &lines {
        let events = desk.handle_json(line).expect("a command that can be read");
        bytes += events.iter().map(|event| event.to_json().len()).sum::<usize>();
    }
    let seconds = clock.elapsed().as_secs_f64();
    println!(
        "{count} JSON lines in, {bytes} bytes of JSON out: {seconds:.2} s, {:.0} lines a second",
        count as f64 / seconds
    );
}

fn stream(count: usize) -> Vec<Command> {
    (0..count / 2)
        .flat_map(|id| {
            let at = friday().saturating_add(id as i64 * 50);
            [open(id, at), close(id.saturating_sub(300), at)]
        })
        .collect()
}

/// A holiday is changed in a desk of 15,000 agents: by its command, by a document that leaves agents and inboxes out, and by
/// the whole document.
fn holidays() {
    let document = crowded();
    let desk = Desk::from_json(&document.to_string()).expect("a document without problems");
    let holiday = |day: usize| json!({"id": "one", "dates": [format!("2026-12-{:02}", day + 1)]});
    let put = |day| json!({"type": "put_holiday", "at": friday(), "holiday": "one", "entry": holiday(day)});
    let short =
        |day| json!({"version": 1, "time_zone": "UTC", "settings": document["settings"], "holidays": [holiday(day)]});
    let whole = |day| {
        let mut whole = document.clone();
        whole["holidays"] = json!([holiday(day)]);
        whole
    };
    let configure = |document: Value| json!({"type": "configure", "at": friday(), "document": document});
    change("put_holiday", &desk, put);
    change("configure, agents and inboxes left out", &desk, |day| configure(short(day)));
    change("configure with the whole document", &desk, |day| configure(whole(day)));
}

/// Carries out a command that changes a holiday, several times, and prints the medians of reading it and of its work.
fn change(what: &str, desk: &Desk, command: impl Fn(usize) -> Value) {
    let mut desk = desk.clone();
    let (mut readings, mut works): (Vec<f64>, Vec<f64>) = (0..21)
        .map(|day| {
            let text = command(day).to_string();
            let clock = Clock::now();
            let command = desk.read_command(&text).expect("a command that can be read");
            let reading = clock.elapsed().as_secs_f64() * 1e3;
            let clock = Clock::now();
            let events = desk.handle(&command);
            assert_eq!(events.len(), 1, "the holiday is changed, and nobody turns");
            (reading, clock.elapsed().as_secs_f64() * 1e3)
        })
        .unzip();
    readings.sort_by(f64::total_cmp);
    works.sort_by(f64::total_cmp);
    println!(
        "one holiday on 15,000 agents, {what}: read in {:.1} ms, carried out in {:.1} ms",
        readings[10], works[10]
    );
}
