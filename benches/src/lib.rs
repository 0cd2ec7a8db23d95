//! Desks and commands for the benchmarks.

mod log;

pub use self::log::Log;

use frontdesk::desk::{Action, Command};
use frontdesk::time::Instant;
use frontdesk::{Desk, StatusName};
use serde_json::{Value, json};

/// A document of that many agents in teams of 50, with hours of 16 kinds in four zones, and 20 rules.
pub fn document(agents: usize, strategy: &str) -> Value {
    const ZONES: [&str; 4] = ["Europe/Stockholm", "America/New_York", "Asia/Kolkata", "Australia/Sydney"];
    let days = json!(["mon", "tue", "wed", "thu", "fri"]);
    let people: Vec<Value> = (0..agents)
        .map(|index| {
            let start = format!("{:02}:00", 7 + index / 4 % 4);
            json!({
                "id": format!("agent-{index}"), "team": format!("team-{}", index / 50), "seat": "service",
                "time_zone": ZONES[index % 4],
                "working_hours": [{"days": days, "start": start, "end": "12:00"}, {"days": days, "start": "13:00", "end": "17:30"}],
                "capacity": {"total": 5, "per_kind": {"chat": 3}},
                "skills": {"billing": index % 5 + 1},
            })
        })
        .collect();
    let teams: Vec<Value> = (0..agents.div_ceil(50)).map(|index| json!({"id": format!("team-{index}")})).collect();
    let named: Vec<String> = (0..agents.div_ceil(50)).map(|index| format!("team-{index}")).collect();
    let mut rules: Vec<Value> = (0..19)
        .map(|index| {
            json!({
                "id": format!("rule-{index}"),
                "match": {"attributes.plan": format!("plan-{index}"), "priority": {"at_least": 1}},
                "steps": [{"assign_to": {"teams": named.clone()}, "strategy": strategy, "only_available": false}],
            })
        })
        .collect();
    rules.push(
        json!({"id": "all", "steps": [{"assign_to": {"teams": named}, "strategy": strategy, "only_available": false}]}),
    );
    json!({
        "version": 1, "time_zone": "Europe/Stockholm", "teams": teams, "agents": people,
        "inboxes": [{"id": "main", "channels": [{"id": "chat", "kind": "chat", "rules": rules}]}],
        "settings": {"requires_seat": true},
    })
}

/// A document of 15,000 agents outside their hours, in 500 teams, and 500 inboxes of 10 channels each.
pub fn crowded() -> Value {
    let agents: Vec<Value> = (0..15_000)
        .map(|index| json!({"id": format!("agent-{index}"), "team": format!("team-{}", index / 30), "working_hours": [], "capacity": 1}))
        .collect();
    let teams: Vec<Value> = (0..500).map(|index| json!({"id": format!("team-{index}")})).collect();
    let inboxes: Vec<Value> = (0..500)
        .map(|inbox| {
            let rules = json!([{"id": "all", "steps": [{"assign_to": {"teams": [format!("team-{inbox}")]}}]}]);
            let channels: Vec<Value> = (0..10)
                .map(|channel| json!({"id": format!("channel-{channel}"), "kind": "chat", "rules": rules}))
                .collect();
            json!({"id": format!("inbox-{inbox}"), "channels": channels})
        })
        .collect();
    json!({"version": 1, "time_zone": "UTC", "teams": teams, "agents": agents, "inboxes": inboxes})
}

/// The desk of a document.
///
/// # Panics
/// If the document has problems.
pub fn desk(document: &Value) -> Desk {
    Desk::from_json(&document.to_string()).expect("the document of a benchmark has no problems")
}

/// A Friday morning in winter.
pub fn friday() -> Instant {
    Instant::from_millis(1_795_165_200_000).expect("2026-11-20T09:00:00Z is in range")
}

/// A conversation arrives in the channel of [`document`].
pub fn open(id: usize, at: Instant) -> Command {
    open_in(id, "main", "chat", at)
}

/// A conversation arrives in a channel.
pub fn open_in(id: usize, inbox: &str, channel: &str, at: Instant) -> Command {
    Command::new(
        at,
        Action::Open {
            conversation: format!("c{id}").into(),
            inbox: inbox.into(),
            channel: channel.into(),
            contact: None,
            from: None,
            forwarded_by: None,
            priority: 0,
            skills: Default::default(),
            attributes: Default::default(),
            outbound: false,
        },
    )
}

/// An agent comes or goes.
pub fn set_status(agent: usize, status: StatusName, at: Instant) -> Command {
    Command::new(at, Action::SetStatus { agent: format!("agent-{agent}").into(), status, until: None, note: None })
}

/// A conversation is done.
pub fn close(id: usize, at: Instant) -> Command {
    Command::new(at, Action::Close { conversation: format!("c{id}").into() })
}
