//! A conversation that is offered to several agents at once, as a log of events may say.

use frontdesk::desk::{ConversationFilter, Filter};
use frontdesk::{Desk, Document, Event};
use serde_json::{Value, json};

use super::offers::office;
use crate::support_desk::{act, command};

/// A desk whose conversation `c1` is offered to anna until 09:01 and to bo until 09:02, with its log.
fn offered_to_two() -> (Desk, Vec<Event>) {
    let mut desk = office(json!(["anna", "bo", {"id": "cy", "capacity": 1}])).desk();
    let (open, _) = command(&desk, "09:00 open c1", &[]);
    let mut log = desk.handle(&open);
    let mut offer: Value = serde_json::to_value(log.last().unwrap()).unwrap();
    (offer["seq"], offer["agent"]) = (json!(offer["seq"].as_u64().unwrap() + 1), json!("bo"));
    offer["until"] = json!(open.at.saturating_add(120_000));
    let offer = Event::from_json(&offer.to_string()).unwrap();
    desk.apply(&offer).unwrap();
    log.push(offer);
    (desk, log)
}

fn rebuild(document: Document, log: &[Event]) -> Desk {
    let mut desk = Desk::new(document);
    log.iter().for_each(|event| desk.apply(event).unwrap());
    desk
}

fn loads(desk: &Desk) -> Vec<u64> {
    let table = desk.table(&Filter::default(), desk.now().unwrap()).unwrap();
    table.iter().map(|row| row.load).collect()
}

/// Each who has an offer has its load and finds it; the log and the snapshot give the same desk.
#[test]
fn is_part_of_the_load_of_each() {
    let (desk, log) = offered_to_two();
    assert_eq!(loads(&desk), [1, 1, 0]);
    let view = desk.conversation("c1").unwrap();
    assert_eq!((view.agent, view.offered_to), (Some("anna".into()), vec!["anna".into(), "bo".into()]));
    for (agent, found) in [("anna", 1), ("bo", 1), ("cy", 0)] {
        let filter = ConversationFilter { agent: Some(agent.into()), ..ConversationFilter::default() };
        assert_eq!(desk.conversations_where(&filter).unwrap().len(), found, "{agent}");
    }
    let rebuilt = rebuild(desk.document(), &log);
    assert_eq!(rebuilt.snapshot(), desk.snapshot());
    let restored = Desk::restore(&desk.snapshot()).unwrap();
    assert_eq!((loads(&restored), restored.snapshot()), (loads(&desk), desk.snapshot()));
}

/// Each end of an offer, with its events and the load of each agent afterwards.
#[test]
fn ends_one_by_one() {
    let (withdrawn_from_anna, withdrawn_from_bo) = ("- c1 offer_withdrawn anna", "- c1 offer_withdrawn bo");
    let both = [withdrawn_from_anna, withdrawn_from_bo];
    let cases: &[(&str, &[&str], [u64; 3])] = &[
        ("09:00 accept c1 bo", &[withdrawn_from_anna, "- c1 assigned bo r/1 in_order"], [0, 1, 0]),
        ("09:00 accept c1 anna", &[withdrawn_from_bo, "- c1 assigned anna r/1 in_order"], [1, 0, 0]),
        ("09:00 accept c1 cy", &["- refused not_offered"], [1, 1, 0]),
        ("09:00 decline c1 anna", &["- c1 offer_declined anna"], [0, 1, 0]),
        ("09:00 away anna", &["- anna away set_away", withdrawn_from_anna], [0, 1, 0]),
        ("09:00 close c1", &[both[0], both[1], "- c1 closed"], [0, 0, 0]),
        ("09:00 assign c1 to cy", &[both[0], both[1], "- c1 assigned cy by_hand"], [0, 0, 1]),
        ("09:01 advance", &["- c1 offer_expired anna"], [0, 1, 0]),
        (
            "09:02 advance",
            &["- 09:01 c1 offer_expired anna", "- c1 offer_expired bo", "- c1 offered cy r/1 in_order until 09:03"],
            [0, 0, 1],
        ),
    ];
    for (line, expected, after) in cases {
        let (mut desk, mut log) = offered_to_two();
        let document = desk.document();
        let (command, _) = command(&desk, line, &[]);
        assert_eq!(act(&mut desk.clone(), line), *expected, "{line}");
        log.extend(desk.handle(&command));
        assert_eq!(loads(&desk), *after, "{line}");
        assert_eq!(rebuild(document, &log).snapshot(), desk.snapshot(), "{line}");
    }
}

/// After the last decline it is offered to the next agent; those who declined are not asked again.
#[test]
fn goes_on_after_the_last_decline() {
    let (mut desk, _) = offered_to_two();
    assert_eq!(act(&mut desk, "09:00 decline c1 anna"), ["- c1 offer_declined anna"]);
    let next = ["- c1 offer_declined bo", "- c1 offered cy r/1 in_order until 09:01"];
    assert_eq!(act(&mut desk, "09:00 decline c1 bo"), next);
    assert_eq!(loads(&desk), [0, 0, 1]);
}

/// An agent who has an offer is not offered the conversation again, and nobody holds it before the others are withdrawn.
#[test]
fn is_checked_event_by_event() {
    let (desk, log) = offered_to_two();
    let last = serde_json::to_value(log.last().unwrap()).unwrap();
    let seq = json!(last["seq"].as_u64().unwrap() + 1);
    let mut again = last.clone();
    again["seq"] = seq.clone();
    let mut assigned = again.clone();
    assigned["type"] = json!("assigned");
    assigned.as_object_mut().unwrap().remove("until");
    for (event, why) in [(again, "offered to bo already"), (assigned, "is not to be routed")] {
        let event = Event::from_json(&event.to_string()).unwrap();
        let problem = desk.clone().apply(&event).unwrap_err();
        assert!(problem.message.contains(why), "{problem}");
    }
}
