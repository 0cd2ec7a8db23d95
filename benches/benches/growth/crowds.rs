//! Crowds: a shift begins, and conversations wait by the hundred thousand.

use frontdesk::{Command, Desk, StatusName};
use frontdesk_benches::{crowded, desk, friday, open, open_in, set_status};
use serde_json::{Value, json};

use crate::Sizes;
use crate::measure::{Cost, cost, middle, timed};
use crate::report::{Goal, Row, bytes, micros, nanos, times};

pub fn rows(sizes: &Sizes) -> Vec<Row> {
    let mut rows = shift(sizes);
    rows.extend(waiting(sizes));
    rows
}

/// All agents come on shift at once, and three conversations wait for each.
fn shift(sizes: &Sizes) -> Vec<Row> {
    let mut time = Row::new("a shift begins, an event", "agents");
    let mut memory = Row::new("a shift begins, peak beside the desk", "agents");
    for agents in [100, 1_000, 15_000].map(|size| sizes.of(size)) {
        let days = json!(["mon", "tue", "wed", "thu", "fri"]);
        let hours = json!([{"days": days, "start": "10:00", "end": "18:00"}]);
        let people: Vec<Value> = (0..agents)
            .map(|index| json!({"id": format!("agent-{index}"), "working_hours": hours, "capacity": 3}))
            .collect();
        let rules = json!([{"id": "all", "steps": [{"assign_to": "everyone", "strategy": "round_robin"}]}]);
        let inbox = json!({"id": "main", "channels": [{"id": "chat", "kind": "chat", "rules": rules}]});
        let document = json!({"version": 1, "time_zone": "UTC", "agents": people, "inboxes": [inbox]});
        let mut waiting = None;
        let held = cost(|| {
            let mut desk = desk(&document);
            (0..3 * agents).for_each(|id| drop(desk.handle(&open(id, friday()))));
            waiting = Some(desk);
        });
        let mut desk = waiting.expect("a desk");
        let ten = friday().saturating_add(3_600_000);
        let mut copy = desk.clone();
        let beginning = cost(|| copy.advance(ten));
        drop(copy);
        let (events, taken) = timed(|| desk.advance(ten));
        assert_eq!(events.len(), 4 * agents);
        time.add(agents, nanos(taken / events.len() as f64), micros(5.0)).with(beginning);
        memory.add(agents, times(beginning.peak as f64 / held.peak as f64), Goal::AtMost(1.2));
    }
    vec![time, memory]
}

/// TaskRouter's limits: 15,000 agents, 5,000 channels, 500,000 waiting.
fn waiting(sizes: &Sizes) -> Vec<Row> {
    let mut loading = Row::new("restore 15,000 agents, 5,000 channels", "waiting");
    let mut memory = Row::new("memory of 15,000 agents, 5,000 channels", "waiting");
    let mut freed = Row::new("a freed agent among 15,000 gets the right one", "waiting");
    for count in [50_000, 500_000].map(|size| sizes.of(size)) {
        let snapshot = {
            let mut desk = desk(&crowded());
            (0..count).for_each(|id| drop(desk.handle(&arrival(id))));
            desk.snapshot()
        };
        let mut restored = None;
        let held = allocation_counter::measure(|| restored = Desk::restore(&snapshot).ok());
        drop(restored.take());
        let (desk, nanos_taken) = timed(|| Desk::restore(&snapshot));
        let mut desk = desk.expect("a snapshot that can be read");
        let taken = Cost { allocations: held.count_total, peak: held.bytes_max };
        loading.add(count, nanos(nanos_taken), Goal::AtMost(0.8e9)).with(taken);
        memory.add(count, bytes(held.bytes_current as f64), Goal::AtMost(200e6));
        let each = (0..1_000).map(|index| {
            let command = set_status(index * 14, StatusName::Available, friday());
            timed(|| desk.handle(&command)).1
        });
        freed.add(count, nanos(middle(each)), micros(10.0));
    }
    vec![loading, memory, freed]
}

fn arrival(id: usize) -> Command {
    open_in(id, &format!("inbox-{}", id % 500), &format!("channel-{}", id / 500 % 2), friday())
}

/// The desk of [`crowded`] with so many conversations waiting.
pub fn waiting_desk(count: usize) -> Desk {
    let mut desk = desk(&crowded());
    (0..count).for_each(|id| drop(desk.handle(&arrival(id))));
    desk
}
