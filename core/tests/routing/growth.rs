//! Work that must not grow with agents who have no part in it, nor with conversations that are closed: counted as allocations and
//! bytes, so that no clock is needed.

use allocation_counter::measure;
use frontdesk::desk::{View, ViewRequest};
use frontdesk::time::Instant;
use frontdesk::{Desk, Event, Options, Scope};
use serde_json::{Value, json};

/// A command or a question; the number is that of its run.
type Path = fn(&mut Desk, usize);

const PATHS: [(&str, Path); 19] = [
    ("open", |desk, run| handle(desk, &open(&format!("n{run}")))),
    ("explained open", |desk, run| assert_eq!(explain(desk, &open(&format!("e{run}"))).len(), 2)),
    ("explained open that nobody takes", |desk, run| {
        assert_eq!(explain(desk, &nobodys(&format!("q{run}"))).len(), 2);
    }),
    ("propose", |desk, run| drop(desk.propose(&desk.command_from_value(open(&format!("p{run}"))).unwrap()))),
    ("may", |desk, _| assert!(desk.may(&desk.command_from_value(about("close", "held")).unwrap()).is_allowed())),
    ("reply by", |desk, _| handle(desk, &by_anna(about("reply", "held")))),
    ("message", |desk, _| handle(desk, &with(about("message", "held"), "from", json!("visitor")))),
    ("update of a contact", |desk, run| {
        let contact = json!({"id": "x", "attributes": {"visits": run}});
        handle(desk, &with(about("update", "held"), "contact", contact));
    }),
    ("close and reopen", |desk, _| {
        handle(desk, &about("close", "held"));
        handle(desk, &about("reopen", "held"));
        handle(desk, &with(about("assign", "held"), "to", json!({"agent": "anna"})));
    }),
    ("snooze and release", |desk, _| {
        handle(desk, &about("snooze", "held"));
        handle(desk, &with(about("assign", "held"), "to", json!({"agent": "anna"})));
    }),
    ("set_status", |desk, _| {
        for status in ["away", "available"] {
            handle(desk, &json!({"type": "set_status", "at": now(), "agent": "bo", "status": status}));
        }
    }),
    ("put_agent", |desk, run| {
        let entry = json!({"id": "bo", "team": "support", "capacity": 5 + run});
        handle(desk, &json!({"type": "put_agent", "at": now(), "agent": "bo", "entry": entry}));
    }),
    ("put_inbox", |desk, run| {
        let entry = inbox(run + 1);
        handle(desk, &json!({"type": "put_inbox", "at": now(), "inbox": "main", "entry": entry}));
    }),
    ("status", |desk, _| assert!(desk.status("anna", now()).unwrap().is_available())),
    ("available", |desk, _| assert_eq!(desk.available(&Scope::Team("support".into()), now()).unwrap().count(), 2)),
    ("next_wakeup", |desk, _| assert_eq!(desk.next_wakeup(), None)),
    ("why", |desk, _| assert_eq!(desk.why("waiting").unwrap().len(), 2)),
    ("view", |desk, _| {
        let request = ViewRequest { view: Some(View::AllClosed), by: Some("anna".into()), ..ViewRequest::default() };
        assert_eq!(desk.view(&request).unwrap().conversations.len(), 50);
    }),
    ("view_counts", |desk, _| assert!(desk.view_counts(Some("anna"), None).unwrap().get(View::Mine) > Some(0))),
];

/// A path takes as many allocations and bytes in a large desk as in a small one, but for sets of agents, which take a bit for
/// each.
#[test]
fn work_does_not_grow_with_what_has_no_part_in_it() {
    let (small, large) = (work(20, 60), work(4_000, 4_000));
    for ((path, (allocations, bytes)), (_, (more_allocations, more_bytes))) in small.into_iter().zip(large) {
        let told =
            format!("{path}: {allocations} allocations of {bytes} bytes, then {more_allocations} of {more_bytes}");
        assert!(more_allocations <= allocations + 4, "{told}");
        assert!(more_bytes <= 2 * bytes + 4 * 4_000 / 8, "{told}");
    }
}

/// An event lists the agents of the target, however many others there are.
#[test]
fn an_explanation_is_as_long_as_its_target() {
    let lengths = |others: usize| {
        let mut desk = desk(others, 0);
        let explained = [open("n1"), nobodys("n2")].map(|command| explain(&mut desk, &command));
        let why = desk.why("waiting").unwrap();
        assert!(why.iter().all(|step| step.considered.len() + step.not_in_target == others + 2));
        let why = why.iter().map(|step| serde_json::to_string(step).unwrap().len()).collect::<Vec<_>>();
        let events = explained.iter().flatten().map(|event| {
            assert!(event.considered.iter().flatten().all(|it| ["anna", "bo"].contains(&it.agent.as_str())));
            event.to_json().len()
        });
        (events.collect::<Vec<_>>(), why)
    };
    assert_eq!(lengths(1_000), lengths(4_000));
}

/// Returns the least allocations and bytes of several runs of each path: some runs make room for others.
fn work(others: usize, closed: usize) -> Vec<(&'static str, (u64, u64))> {
    let mut desk = desk(others, closed);
    let mut least = |path: Path| {
        let runs = (0..12).map(|run| measure(|| path(&mut desk, run)));
        runs.map(|run| (run.count_total, run.bytes_total)).min().unwrap_or_default()
    };
    PATHS.into_iter().map(|(name, path)| (name, least(path))).collect()
}

/// Anna and bo, who are the target of the only rule, among others; and conversations that were closed.
fn desk(others: usize, closed: usize) -> Desk {
    let other = |index: usize| json!({"id": format!("other-{index}"), "team": "sales"});
    let support = ["anna", "bo"].map(|id| json!({"id": id, "team": "support"}));
    let agents: Vec<Value> = support.into_iter().chain((0..others).map(other)).collect();
    let document = json!({
        "version": 1, "time_zone": "UTC", "agents": agents, "teams": [{"id": "support"}, {"id": "sales"}],
        "inboxes": [inbox(0)],
    });
    let mut desk = Desk::from_json(&document.to_string()).unwrap();
    for index in 0..closed {
        handle(&mut desk, &open(&format!("c{index}")));
        handle(&mut desk, &about("close", &format!("c{index}")));
    }
    handle(&mut desk, &open("held"));
    handle(&mut desk, &with(about("assign", "held"), "to", json!({"agent": "anna"})));
    handle(&mut desk, &nobodys("waiting"));
    desk
}

/// The only inbox, whose rule waits for so many hours before the step that names the rest.
fn inbox(hours: usize) -> Value {
    let steps = json!([{"assign_to": {"teams": ["support"]}, "wait": format!("{hours}h")}, {"assign_to": "everyone"}]);
    let rules = json!([{"id": "all", "steps": steps}]);
    let for_nobody = json!([{"id": "nobody", "steps": [
        {"assign_to": "contact_owner"}, {"assign_to": {"teams": ["support"]}, "skills": {"magic": 1}}]}]);
    json!({"id": "main", "channels": [
        {"id": "chat", "kind": "email", "rules": rules}, {"id": "odd", "kind": "email", "rules": for_nobody}]})
}

fn now() -> Instant {
    Instant::parse("2026-11-20T09:00:00Z").unwrap()
}

fn open(id: &str) -> Value {
    json!({"type": "open", "at": now(), "conversation": id, "inbox": "main", "channel": "chat"})
}

/// A conversation that requires a skill which no agent has.
fn nobodys(id: &str) -> Value {
    with(open(id), "channel", json!("odd"))
}

fn about(kind: &str, id: &str) -> Value {
    json!({"type": kind, "at": now(), "conversation": id})
}

fn by_anna(command: Value) -> Value {
    with(command, "by", json!("anna"))
}

fn with(mut command: Value, key: &str, value: Value) -> Value {
    command[key] = value;
    command
}

fn explain(desk: &mut Desk, command: &Value) -> Vec<Event> {
    let command = desk.command_from_value(command.clone()).unwrap();
    desk.handle_with(&command, &Options::default().explain(true)).unwrap()
}

fn handle(desk: &mut Desk, command: &Value) {
    let command = desk.command_from_value(command.clone()).unwrap();
    let events = desk.handle(&command);
    let is_refused = events.iter().any(|event| event.to_json().contains(r#""type":"refused""#));
    assert!(!is_refused, "{events:?}");
}
