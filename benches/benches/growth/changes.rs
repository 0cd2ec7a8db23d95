//! Changes of the document while conversations wait.

use frontdesk::Desk;
use frontdesk_benches::friday;
use serde_json::{Value, json};

use crate::Sizes;
use crate::crowds::waiting_desk;
use crate::measure::median;
use crate::report::{Row, micros, nanos};

pub fn rows(sizes: &Sizes) -> Vec<Row> {
    let mut rows: Vec<Row> = ["put_agent", "put_team", "put_inbox"]
        .map(|command| Row::new(format!("{command} of 15,000 agents, 5,000 channels"), "waiting"))
        .into();
    for count in [50_000, 500_000].map(|size| sizes.of(size)) {
        let mut desk = waiting_desk(count);
        for row in &mut rows {
            let time = match row.work.split(' ').next() {
                Some("put_agent") => put(&mut desk, agent),
                Some("put_team") => put(&mut desk, team),
                _ => put(&mut desk, inbox),
            };
            row.add(count, nanos(time), micros(1_000.0));
        }
    }
    rows
}

/// Returns the median time of a command that changes an entry.
fn put(desk: &mut Desk, command: fn(usize) -> Value) -> f64 {
    let mut turn = 0;
    let reader = desk.clone();
    let next = || {
        turn += 1;
        reader.command_from_value(command(turn)).expect("a command without problems")
    };
    median(21, next, |command| desk.handle(&command).len())
}

fn agent(turn: usize) -> Value {
    let entry = json!({"id": "agent-7", "team": "team-0", "working_hours": [], "capacity": 1 + turn % 2});
    json!({"type": "put_agent", "at": friday(), "agent": "agent-7", "entry": entry})
}

fn team(turn: usize) -> Value {
    let entry = json!({"id": "team-0", "name": format!("Support {turn}")});
    json!({"type": "put_team", "at": friday(), "team": "team-0", "entry": entry})
}

fn inbox(turn: usize) -> Value {
    let rules = json!([{"id": "all", "steps": [{"assign_to": {"teams": [format!("team-{}", turn % 2)]}}]}]);
    let channels: Vec<Value> =
        (0..10).map(|index| json!({"id": format!("channel-{index}"), "kind": "chat", "rules": rules})).collect();
    json!({"type": "put_inbox", "at": friday(), "inbox": "inbox-0", "entry": {"id": "inbox-0", "channels": channels}})
}
