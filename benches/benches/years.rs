//! Desks that live long: the memory of closed conversations, copies and proposals, a hundred days, agents and inboxes that
//! come and go, and the log of a million turns rebuilt; with snapshots of each. Prints figures. Run with
//! `cargo bench --bench years`, with `-- DAYS A_DAY TURNS` for other sizes, and with names of parts, such as `rebuilds`,
//! for these alone.

use std::ops::Range;
use std::time::Instant as Clock;

use allocation_counter::measure;
use frontdesk::time::Instant;
use frontdesk::{Desk, Turn};
use frontdesk_benches::{Log, close, desk, document, friday, open};
use serde_json::{Value, json};

const DAY: i64 = 86_400_000;
/// The heap block of an id of up to 16 bytes: its two counts and its text.
const ID: f64 = 32.0;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with('-')).collect();
    let numbers: Vec<usize> = arguments.iter().filter_map(|argument| argument.parse().ok()).collect();
    let number = |index: usize, usual: usize| numbers.get(index).copied().unwrap_or(usual);
    let runs = |name: &str| arguments.len() == numbers.len() || arguments.iter().any(|argument| argument == name);
    if runs("closed") {
        closed(2_000_000);
    }
    if runs("copies") {
        copies(5_000, 50_000);
    }
    if runs("days") {
        days(number(0, 100), number(1, 100_000));
    }
    if runs("turnover") {
        turnover(100_000);
    }
    if runs("rebuilds") {
        rebuilds(1_000, number(2, 1_000_000));
    }
}

/// The memory of closed conversations that are remembered, and what they cost.
fn closed(count: usize) {
    let mut desk = remembering(10, None);
    let memory = measure(|| fill(&mut desk, 0, count, friday()));
    let each = memory.bytes_current as f64 / count as f64;
    println!("{count} closed conversations: {each:.0} bytes each, {:.0} beyond the id", each - ID);
    snapshots(&desk);
    let (copy, copied) = timed(|| desk.clone());
    let (_, first) = timed(|| desk.handle(&open(count, at_end(&desk))));
    println!("  copy {copied:.2} ms, first command after it {first:.3} ms");
    drop(copy);
}

/// Days of conversations of which the last ten days are remembered: memory and snapshot must not grow after the tenth.
fn days(days: usize, a_day: usize) {
    let mut desk = remembering(10, Some("10d"));
    let (clock, mut memory, mut peak) = (Clock::now(), 0, 0);
    println!("{days} days of {a_day} conversations, ten days remembered:");
    for day in 0..days {
        let start = friday().saturating_add(day as i64 * DAY);
        let of_day = measure(|| fill(&mut desk, day * a_day, a_day, start));
        peak = peak.max(memory + of_day.bytes_max as i64);
        memory += of_day.bytes_current;
        if [0, 9, 10, 19, 49, 99].contains(&day) || day + 1 == days {
            let seconds = clock.elapsed().as_secs_f64();
            let (now, most) = (memory as f64 / 1e6, peak as f64 / 1e6);
            println!("  day {:3}: {now:.1} MB, peak {most:.1} MB, {seconds:.1} s", day + 1);
        }
    }
    snapshots(&desk);
}

/// A copy of a desk, the first command after it, and a proposal beside handling.
fn copies(agents: usize, waiting: usize) {
    let mut desk = desk(&document(agents, "least_busy"));
    for id in 0..waiting {
        desk.handle(&open(id, friday()));
    }
    let mut copied: Vec<f64> = Vec::new();
    let mut first: Vec<f64> = Vec::new();
    for round in 0..21 {
        let (mut copy, copying) = timed(|| desk.clone());
        let (_, handling) = timed(|| copy.handle(&open(waiting + round, friday())));
        copied.push(copying);
        first.push(handling);
    }
    println!("{agents} agents, {waiting} open: copy {:.3} ms, first command {:.3} ms", median(copied), median(first));
    let (mut proposing, mut handling): (Vec<f64>, Vec<f64>) = (Vec::new(), Vec::new());
    for round in 0..2_001 {
        let command = open(waiting + round, friday());
        proposing.push(timed(|| desk.propose(&command)).1);
        handling.push(timed(|| desk.handle(&command)).1);
    }
    let (proposing, handling) = (median(proposing) * 1e3, median(handling) * 1e3);
    println!("  propose {proposing:.2} µs, handle {handling:.2} µs: {:.2} ×", proposing / handling);
    snapshots(&desk);
}

/// The rates of a snapshot and of its restoring, with their peaks beside the size of the result. The peaks are taken apart,
/// because counting takes time.
fn snapshots(desk: &Desk) {
    let (text, writing) = timed(|| desk.snapshot());
    let (restored, reading) = timed(|| Desk::restore(&text).ok());
    drop(restored);
    let (mut again, mut restored) = (String::new(), None);
    let written = measure(|| again = desk.snapshot());
    let read = measure(|| restored = Desk::restore(&again).ok());
    let size = text.len() as f64;
    let rate = |milliseconds: f64| size / 1e3 / milliseconds;
    println!(
        "  snapshot {:.1} MB: {:.0} MB/s, peak {:.2} ×; restore {:.0} MB/s, peak {:.2} × the desk",
        size / 1e6,
        rate(writing),
        written.bytes_max as f64 / size,
        rate(reading),
        read.bytes_max as f64 / read.bytes_current as f64,
    );
    assert!(restored.is_some_and(|restored| restored.snapshot() == text), "a snapshot restores");
}

/// Makes an entry of an id.
type EntryOf = fn(&str) -> Value;

/// Agents, inboxes and teams that come and go, each under a new id: memory and time must not grow.
fn turnover(cycles: usize) {
    let kinds: [(&str, EntryOf); 3] = [
        ("agent", |id| json!({"id": id, "team": "team-0", "seat": "service", "skills": {"billing": 3}})),
        ("inbox", |id| {
            let rules = json!([{"id": "all", "steps": [{"assign_to": {"teams": ["team-0"]}}]}]);
            json!({"id": id, "channels": [{"id": "chat", "kind": "chat", "rules": rules}]})
        }),
        ("team", |id| json!({"id": id})),
    ];
    for (kind, entry) in kinds {
        println!("{cycles} times put_{kind} and remove_{kind}:");
        let (mut desk, mut memory) = (desk(&document(100, "least_busy")), 0);
        for (from, to) in [(0, cycles / 100), (cycles / 100, cycles / 10), (cycles / 10, cycles)] {
            let (grown, taken) = timed(|| measure(|| come_and_go(&mut desk, kind, entry, from..to)));
            memory += grown.bytes_current;
            let each = taken * 1e3 / (to - from) as f64;
            println!("  after {to}: {:.3} MB more than before, {each:.0} µs each", memory as f64 / 1e6);
        }
        let opened: Vec<f64> = (0..2_001).map(|id| timed(|| desk.handle(&open(id, at_end(&desk)))).1).collect();
        println!("  then a conversation arrives in {:.1} µs", median(opened) * 1e3);
    }
}

/// Puts and removes entries, each under its own id.
fn come_and_go(desk: &mut Desk, kind: &str, entry: fn(&str) -> Value, numbers: Range<usize>) {
    for number in numbers {
        let id = format!("{kind}-of-{number}");
        let put = json!({"type": format!("put_{kind}"), "at": friday(), kind: id, "entry": entry(&id)});
        let remove = json!({"type": format!("remove_{kind}"), "at": friday(), kind: id});
        for command in [put, remove] {
            let command = desk.command_from_value(command).expect("the entry is valid");
            assert!(!desk.handle(&command).is_empty());
        }
    }
}

/// The log of a desk, rebuilt from turns and from their JSON lines.
fn rebuilds(agents: usize, turns: usize) {
    let mut document = document(agents, "least_busy");
    document["settings"]["forget_closed_after"] = json!("1d");
    let (mut desk, mut log) = (desk(&document), Log::new(agents, 100_000));
    let first = Turn::first(desk.document());
    let stored: Vec<Turn> = std::iter::once(first).chain((0..turns).map(|_| log.next(&mut desk))).collect();
    let events: usize = stored.iter().map(|turn| turn.events().len()).sum();
    println!("{agents} agents, {turns} turns with {events} events:");
    rebuilt("turns", turns, &desk, || Desk::rebuild(&stored).ok());
    let lines: Vec<String> = stored.iter().map(Turn::to_json).collect();
    drop(stored);
    println!("  {:.0} MB of JSON lines", lines.iter().map(String::len).sum::<usize>() as f64 / 1e6);
    rebuilt("JSON lines", turns, &desk, || {
        Desk::rebuild(lines.iter().filter_map(|line| Turn::from_json(line).ok())).ok()
    });
}

/// Prints what a rebuild of a desk takes.
fn rebuilt(of: &str, turns: usize, desk: &Desk, rebuild: impl FnOnce() -> Option<Desk>) {
    let mut rebuilt = None;
    let (memory, taken) = timed(|| measure(|| rebuilt = rebuild()));
    let seconds = taken / 1e3;
    println!(
        "  from {of}: {seconds:.2} s, {:.0} turns a second, peak {:.1} MB, of which {:.1} MB stay",
        turns as f64 / seconds,
        memory.bytes_max as f64 / 1e6,
        memory.bytes_current as f64 / 1e6,
    );
    assert!(rebuilt.is_some_and(|rebuilt| rebuilt.snapshot() == desk.snapshot()), "a log rebuilds its desk");
}

/// Opens and closes conversations, evenly over a day.
fn fill(desk: &mut Desk, from: usize, count: usize, start: Instant) {
    for index in 0..count {
        let at = start.saturating_add(DAY * index as i64 / count as i64);
        desk.handle(&open(from + index, at));
        desk.handle(&close(from + index, at));
    }
}

fn remembering(agents: usize, after: Option<&str>) -> Desk {
    let mut document: Value = document(agents, "least_busy");
    document["settings"]["forget_closed_after"] = json!(after);
    if after.is_none() {
        document["settings"].as_object_mut().map(|settings| settings.remove("forget_closed_after"));
    }
    desk(&document)
}

fn at_end(desk: &Desk) -> Instant {
    desk.now().unwrap_or_else(friday)
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, f64) {
    let clock = Clock::now();
    let result = work();
    (result, clock.elapsed().as_secs_f64() * 1e3)
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_unstable_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or_default()
}
