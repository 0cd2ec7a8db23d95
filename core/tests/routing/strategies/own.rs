//! Strategies of the embedder's own need no feature.

use frontdesk::strategies::{Admission, AgentView, Choice, Failed, OwnHooks, OwnStrategy, Question, Strategies};
use frontdesk::{Desk, Options, Reader};
use serde_json::json;

use crate::generated::assert_committed;

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
    assert!(events.unwrap()[1].to_json().contains(r#""agent":"bo","rule":"all","step":1,"strategy":"strategy:last""#));
}

#[test]
fn a_document_that_names_them_is_read_with_them() {
    let document = Reader::new().strategies(last()).document(DESK).unwrap();
    let mut desk = Desk::new(document);
    desk.set_strategies(last()).unwrap();
    decides(&mut desk, "c1");
    let mut restored = Reader::new().strategies(last()).restore(&desk.snapshot()).unwrap();
    assert_eq!(restored.snapshot(), desk.snapshot());
    decides(&mut restored, "c2");
}

#[test]
fn an_inbox_that_names_them_is_put_rebuilt_and_restored() {
    let document = Reader::new().strategies(last()).document(DESK).unwrap();
    let mut desk = Desk::new(document.clone());
    desk.set_strategies(last()).unwrap();
    let inbox = serde_json::to_value(&document.inboxes[0]).unwrap();
    for (entry, inbox) in [(json!({"id": "main", "channels": []}), 0), (inbox, 1)] {
        let put =
            json!({"type": "put_inbox", "at": "2026-11-20T09:00:00Z", "inbox": "main", "entry": entry}).to_string();
        let mut rebuilt = Desk::restore(&desk.snapshot()).unwrap();
        let events = desk.handle_json(&put).unwrap();
        assert_eq!(desk.document().inboxes[0].channels.len(), inbox);
        events.iter().for_each(|event| rebuilt.apply(event).unwrap());
        assert_eq!(rebuilt.snapshot(), desk.snapshot(), "events need no strategy");
    }
    assert_eq!(desk.document(), document);
    let mut restored = Desk::restore(&desk.snapshot()).unwrap();
    assert_eq!((restored.snapshot(), restored.missing_strategies()), (desk.snapshot(), vec!["last".into()]));
    assert_eq!(restored.document(), document);
    restored.set_strategies(last()).unwrap();
    decides(&mut desk, "c1");
    decides(&mut restored, "c1");
    assert_eq!(restored.snapshot(), desk.snapshot());
}

/// A strategy with every hook. It refuses anna, and fails for a conversation that it does not know.
struct Careful;

impl OwnStrategy for Careful {
    fn hooks(&self) -> OwnHooks {
        OwnHooks { eligible: true, priority: true, ..OwnHooks::default() }
    }

    fn eligible(&self, _question: &Question, agent: AgentView<'_>) -> Result<Admission, Failed> {
        Ok(if agent.id() == "anna" { Admission::Because("on probation".into()) } else { Admission::Yes })
    }

    fn priority(&self, _question: &Question) -> Result<Option<i64>, Failed> {
        Ok(Some(7))
    }

    fn choose(&self, question: &Question) -> Result<Choice, Failed> {
        if question.conversation().id() == "c1" {
            return Ok(Choice::Nobody);
        }
        Err(Failed::new("the ranking is not reachable").with_code("unreachable"))
    }
}

/// The events of a strategy, which no vector can have: other languages have strategies of their own.
#[test]
fn events_say_the_strategy() {
    let strategies = Strategies::new().with("last", Careful);
    let mut desk = Desk::new(Reader::new().strategies(strategies.clone()).document(DESK).unwrap());
    desk.set_strategies(strategies).unwrap();
    let mut told = String::new();
    for conversation in ["c1", "c2"] {
        let open = json!({"type": "open", "at": "2026-11-20T09:00:00Z", "conversation": conversation, "inbox": "main", "channel": "chat"});
        let command = desk.read_command(&open.to_string()).unwrap();
        let events = desk.handle_with(&command, &Options::default().explain(true)).unwrap();
        events.iter().for_each(|event| told += &(event.to_json() + "\n"));
    }
    assert_committed("tests/data/own-strategy.jsonl", &told);
}

#[cfg(not(feature = "script"))]
mod without_scripts {
    use frontdesk::{Code, Document};

    use super::*;

    #[test]
    fn a_restored_desk_does_without_until_it_is_given_them() {
        let document = Reader::new().strategies(last()).document(DESK).unwrap();
        let mut restored = Desk::restore(&Desk::new(document).snapshot()).unwrap();
        let open = r#"{"type": "open", "at": "2026-11-20T09:00:00Z", "conversation": "c1", "inbox": "main", "channel": "chat"}"#;
        let told: Vec<String> = restored.handle_json(open).unwrap().iter().map(frontdesk::Event::to_json).collect();
        assert!(told[1].contains(r#""type":"script_failed""#) && told[1].contains("unknown_script"), "{told:?}");
        assert!(told[2].contains(r#""type":"queued""#), "{told:?}");
        // A new strategy has to be declared, too.
        let entry = serde_json::to_value(&restored.document().inboxes[0]).unwrap();
        let put =
            json!({"type": "put_inbox", "at": "2026-11-20T09:00:00Z", "inbox": "main", "entry": entry}).to_string();
        assert_eq!(restored.handle_json(&put).unwrap_err()[0].code, Code::UnsupportedFeature);
    }

    #[test]
    fn without_them_it_asks_for_what_this_build_lacks() {
        let codes = |problems: frontdesk::Problems| problems.iter().map(|problem| problem.code).collect::<Vec<_>>();
        let unread = Document::from_json(DESK).unwrap_err();
        let hint = "build it with the feature \"script\", or give the strategies that are named";
        assert_eq!(unread[0].hint.as_deref(), Some(hint));
        assert_eq!(codes(unread), [Code::UnsupportedFeature]);
        let read = Reader::new().strategies(Strategies::new()).document(DESK);
        assert_eq!(codes(read.unwrap_err()), [Code::UnknownScript]);
    }
}
