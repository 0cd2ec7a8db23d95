//! Views among a million conversations in 50 inboxes: their counts, their pages, and what a message costs, in ever other
//! conversations and in those of a day. Prints medians; run with `cargo bench --bench views`, with `-- CONVERSATIONS` for
//! another number.

use std::hint::black_box;
use std::time::Instant as Clock;

use frontdesk::desk::{Action, Assignee, Command, View, ViewRequest, ViewSort};
use frontdesk::{Desk, Id, MessageFrom};
use frontdesk_benches::{desk, friday, open_in};
use serde_json::{Value, json};

const INBOXES: usize = 50;
const KINDS: [&str; 5] = ["chat", "email", "messenger", "form", "call"];

fn main() {
    let mut numbers = std::env::args().skip(1).filter_map(|argument| argument.parse().ok());
    let count = numbers.next_back().unwrap_or(1_000_000);
    let mut desk = inboxes();
    fill(&mut desk, count);
    println!("{count} conversations in {INBOXES} inboxes:");
    counts(&desk);
    pages(&desk);
    messages(&mut desk, count);
}

/// A desk of 20 agents who see all of the inboxes, each with a channel of each kind whose conversations nobody routes.
fn inboxes() -> Desk {
    let channels: Vec<Value> = KINDS.iter().map(|kind| json!({"id": kind, "kind": kind})).collect();
    let inboxes: Vec<Value> =
        (0..INBOXES).map(|index| json!({"id": format!("inbox-{index}"), "channels": channels})).collect();
    let agents: Vec<Value> = (0..20).map(|index| json!({"id": format!("agent-{index}")})).collect();
    desk(&json!({"version": 1, "time_zone": "UTC", "agents": agents, "inboxes": inboxes}))
}

/// Opens conversations. Of ten, six are closed, one is assigned, one snoozed, one in the spam, and one in the trash; those of
/// every hundredth stay unassigned.
fn fill(desk: &mut Desk, count: usize) {
    for index in 0..count {
        let at = friday().saturating_add(index as i64 * 10);
        let (inbox, channel) = (format!("inbox-{}", index % INBOXES), KINDS[index / INBOXES % KINDS.len()]);
        assert!(!desk.handle(&open_in(index, &inbox, channel, at)).is_empty());
        let id = name(index);
        let mut give = |action: Action| {
            assert!(!desk.handle(&Command::new(at, action)).is_empty());
        };
        let agent = Assignee::Agent(format!("agent-{}", index % 20).into());
        match index / 7 % 10 {
            _ if index % 100 == 0 => {}
            0..6 => give(Action::Close { conversation: id }),
            6 => give(Action::Assign { conversation: id, to: agent, or_substitute: false, distribute: false }),
            7 => give(Action::Snooze { conversation: id, until: None }),
            8 => give(Action::MarkSpam { conversation: id }),
            _ => give(Action::Trash { conversation: id }),
        }
    }
}

fn name(index: usize) -> Id {
    Id::from(format!("c{index}"))
}

fn counts(desk: &Desk) {
    let nanos = median(1_000, || drop(black_box(desk.view_counts(Some("agent-0"), None))));
    println!("  counts of all views for an agent: {:.2} µs", nanos / 1e3);
}

fn pages(desk: &Desk) {
    for sort in [ViewSort::Newest, ViewSort::Oldest, ViewSort::LastMessageNewest, ViewSort::LastMessageOldest] {
        let mut slowest = (0.0, View::AllOpen);
        for view in View::ALL {
            let by = Some("agent-0".into());
            let request = ViewRequest { view: Some(*view), by, sort, ..ViewRequest::default() };
            let first = desk.view(&request).expect("a page");
            let next = ViewRequest { after: first.next, ..request.clone() };
            for request in [request, next] {
                let nanos = median(200, || drop(black_box(desk.view(&request))));
                slowest = if nanos > slowest.0 { (nanos, *view) } else { slowest };
            }
        }
        println!("  a page of 50, {sort}: at most {:.1} µs ({})", slowest.0 / 1e3, slowest.1);
    }
}

/// Messages of contacts: one in each of many open conversations, of which the processor remembers nothing, and in turn in
/// those of a day.
fn messages(desk: &mut Desk, count: usize) {
    let open: Vec<usize> = (0..count).filter(|index| index / 7 % 10 == 6 && index % 100 != 0).take(20_000).collect();
    let today = &open[..open.len().min(500)];
    println!("  a message in ever other conversations: {:.2} µs", write(desk, open.iter()));
    println!("  a message in one of {}: {:.2} µs", today.len(), write(desk, today.iter().cycle().take(20_000)));
}

/// Returns the median time of a message in conversations, in microseconds.
fn write<'a>(desk: &mut Desk, to: impl Iterator<Item = &'a usize>) -> f64 {
    let at = desk.now().expect("commands came");
    let commands: Vec<Command> = (to.enumerate())
        .map(|(nth, index)| {
            let action = Action::Message { conversation: name(*index), message: None, from: MessageFrom::Visitor };
            Command::new(at.saturating_add(nth as i64), action)
        })
        .collect();
    let mut next = commands.iter();
    let nanos = median(commands.len(), || next.next().into_iter().for_each(|it| drop(black_box(desk.handle(it)))));
    nanos / 1e3
}

/// Returns the median time of a function in nanoseconds.
fn median(runs: usize, mut run: impl FnMut()) -> f64 {
    let mut all: Vec<f64> = (0..runs)
        .map(|_| {
            let clock = Clock::now();
            run();
            clock.elapsed().as_nanos() as f64
        })
        .collect();
    all.sort_unstable_by(f64::total_cmp);
    all[all.len() / 2]
}
