//! Cases from public reports about other helpdesks, in `data/routing`: a desk, commands, and the agents of each conversation.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use frontdesk::desk::EventKind;
use frontdesk::{Desk, Event};
use serde_json::{Map, Value, json};

/// The cases, each with the number of mails to an owner.
const CASES: [(&str, usize); 12] = [
    ("04-freeswitch-1216-top-down-restarts", 0),
    ("15-freescout-5333-moved-out-of-reach", 0),
    ("42-freescout-5333-aftermath", 0),
    ("53-skip-if-last-one-leaves-while-waiting", 0),
    ("55-released-by-hand-then-updated", 0),
    ("56-triage-then-updated", 0),
    ("61-pagerduty-escalation", 0),
    ("64-freeswitch-2511-aging", 0),
    ("67-chatwoot-6616-assign-to-team-distributes", 0),
    ("70-osticket-852-off-duty-transfers-open", 0),
    ("72-access-lost-by-inbox-change", 0),
    ("81-owner-notified-once", 1),
];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/routing")
}

fn read(case: &str, file: &str) -> String {
    let path = folder().join(case).join(file);
    fs::read_to_string(&path).unwrap_or_else(|wrong| panic!("{}: {wrong}", path.display()))
}

/// The expected outcome of a case, by key: the agents of a conversation in order, with `-` where it is unassigned, or the last
/// of them; and with `*` before the id, the agents to whom it was offered.
fn expected(case: &str) -> Map<String, Value> {
    let text = read(case, "expect.txt");
    let line = text.lines().find_map(|line| line.strip_prefix("expected: ")).expect("a case expects something");
    serde_json::from_str(line).unwrap_or_else(|wrong| panic!("{case}: {wrong}"))
}

fn happened(case: &str) -> Vec<Event> {
    let mut desk = Desk::from_json(&read(case, "desk.json")).unwrap_or_else(|wrong| panic!("{case}: {wrong:#?}"));
    let commands = read(case, "commands.jsonl");
    let lines = commands.lines().filter(|line| !line.trim().is_empty());
    lines.flat_map(|line| desk.handle_json(line).unwrap_or_else(|wrong| panic!("{case}: {line}: {wrong:#?}"))).collect()
}

fn told(events: &[Event], key: &str) -> Value {
    let (id, offers) = key.strip_prefix('*').map_or((key, false), |id| (id, true));
    let about = events.iter().filter(|event| event.kind.conversation().is_some_and(|it| it == id));
    let steps = about.filter_map(|event| match &event.kind {
        EventKind::Offered { agent, .. } if offers => Some(agent.to_string()),
        EventKind::Assigned { agent: Some(agent), .. } if !offers => Some(agent.to_string()),
        EventKind::Unassigned { agent: Some(_), .. } if !offers => Some("-".to_owned()),
        _ => None,
    });
    json!(steps.collect::<Vec<_>>())
}

#[test]
fn every_case_gives_what_it_says() {
    for (case, mails) in CASES {
        let events = happened(case);
        for (key, wanted) in expected(case) {
            let told = told(&events, &key);
            let compared = if wanted.is_string() { told.as_array().unwrap().last().unwrap() } else { &told };
            assert_eq!(*compared, wanted, "{case}: {key}: {events:#?}");
        }
        let mailed = events.iter().filter(|event| matches!(event.kind, EventKind::OwnerNotified { .. })).count();
        assert_eq!(mailed, mails, "{case}: {events:#?}");
    }
}

#[test]
fn every_folder_is_a_case() {
    let folders = fs::read_dir(folder()).unwrap().map(|it| it.unwrap().file_name().into_string().unwrap());
    assert_eq!(folders.collect::<BTreeSet<_>>(), CASES.iter().map(|(case, _)| (*case).to_owned()).collect());
}
