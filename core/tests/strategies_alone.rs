//! Strategies of the embedder's own need no feature: here they are without scripts.
#![cfg(not(feature = "script"))]

use frontdesk::strategies::{Choice, Question, Strategies};
use frontdesk::{Code, Desk, Document, time::Zones};

const DESK: &str = r#"{
    "version": 1, "time_zone": "UTC", "agents": [{"id": "anna"}, {"id": "bo"}],
    "inboxes": [{"id": "main", "channels": [{"id": "chat", "kind": "chat", "rules": [
        {"id": "all", "steps": [{"assign_to": "everyone", "strategy": {"script": "last"}}]}]}]}]
}"#;

fn last() -> Strategies {
    Strategies::new().with("last", |question: &Question| {
        Ok(question.candidates().last().map_or(Choice::Nobody, |agent| Choice::Agent(agent.id().clone())))
    })
}

#[track_caller]
fn decides(desk: &mut Desk, conversation: &str) {
    let events = desk.handle_json(&format!(
        r#"{{"type": "open", "at": "2026-11-20T09:00:00Z", "conversation": "{conversation}", "inbox": "main", "channel": "chat"}}"#
    ));
    assert!(events.unwrap()[1].to_json().contains(r#""agent":"bo","rule":"all","step":1,"strategy":"script:last""#));
}

#[test]
fn a_document_that_names_them_is_read_with_them() {
    let document = Document::from_json_with_strategies(DESK, &Zones::bundled(), &last()).unwrap();
    let mut desk = Desk::new(document);
    desk.set_strategies(last()).unwrap();
    decides(&mut desk, "c1");
    let mut restored = Desk::restore_with_strategies(&desk.snapshot(), last()).unwrap();
    assert_eq!(restored.snapshot(), desk.snapshot());
    decides(&mut restored, "c2");
    let entry = r#"{"id": "main", "channels": []}"#;
    let put = format!(r#"{{"type": "put_inbox", "at": "2026-11-20T09:00:00Z", "inbox": "main", "entry": {entry}}}"#);
    assert!(desk.handle_json(&put).is_ok());
}

#[test]
fn without_them_it_asks_for_what_this_build_lacks() {
    let codes = |problems: frontdesk::Problems| problems.iter().map(|problem| problem.code).collect::<Vec<_>>();
    assert_eq!(codes(Document::from_json(DESK).unwrap_err()), [Code::UnsupportedFeature]);
    let read = Document::from_json_with_strategies(DESK, &Zones::bundled(), &Strategies::new());
    assert_eq!(codes(read.unwrap_err()), [Code::UnknownScript]);
}
