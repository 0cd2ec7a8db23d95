//! Conversations that an agent begins: sent until the contact answers.

use frontdesk::Desk;
use serde_json::json;

use crate::support_desk::{Office, act, channel};

fn mailbox() -> Desk {
    let steps = json!([{"assign_to": "everyone", "strategy": "in_order"}]);
    let mail = channel("mail", "email", steps, json!({"waiting_limit": {"at_most": 0, "otherwise": "unassigned"}}));
    Office::of(json!([{"id": "anna", "capacity": 1}, {"id": "bo", "capacity": 0}])).channel(mail).desk()
}

stories! {
    are_held_by_nobody_until_the_contact_answers: mailbox(), r#"
        09:00 open c1 mail by bo {"outbound": true}
        - c1 sent by bo
        09:01 message c1 agent by bo
        - c1 message_noted agent by bo
        10:00 message c1 visitor
        - c1 message_noted visitor
        - c1 assigned anna r/1 in_order
        10:01 message c1 visitor
        - c1 message_noted visitor"#;

    arrive_with_the_answer: mailbox(), r#"
        09:00 open c1 mail by bo {"outbound": true}
        - c1 sent by bo
        09:30 open c2 mail
        - c2 assigned anna r/1 in_order
        # As many may wait as for an arrival: none.
        10:00 message c1 visitor
        - c1 message_noted visitor
        - c1 unassigned r waiting_limit limit at_most"#;

    cannot_be_worked_on: mailbox(), r#"
        09:00 open c1 mail by bo {"outbound": true}
        - c1 sent by bo
        09:01 reply c1 by bo
        - refused not_answered
        09:01 assign c1 to anna
        - refused not_answered
        09:01 close c1
        - refused not_answered
        09:01 reopen c1
        - refused not_answered
        09:01 mark_spam c1
        - refused not_answered
        09:01 update c1 {"priority": 3}
        - refused not_answered
        09:02 trash c1
        - c1 trashed until 2026-12-20
        09:03 restore c1
        - c1 restored
        09:04 message c1 visitor
        - c1 message_noted visitor
        - c1 assigned anna r/1 in_order"#;

    stay_sent_when_their_sender_is_blocked: mailbox(), r#"
        09:00 open c1 mail by bo {"outbound": true, "from": "x@example.org"}
        - c1 sent by bo
        09:01 block c1
        - blocked x@example.org in main"#;

    are_forgotten_at_once_by_hand: mailbox(), r#"
        09:00 open c1 mail by bo {"outbound": true}
        - c1 sent by bo
        09:01 forget c1
        - c1 forgotten"#;

    are_let_in_although_the_sender_would_be_filtered: Office::of(json!(["anna"])).everyone("in_order")
        .inbox(json!({"filters": {"block": ["x@example.org"]}})).desk(), r#"
        09:00 open c1 by anna {"outbound": true, "from": "x@example.org"}
        - c1 sent by anna"#;
}

#[test]
fn take_no_load_and_are_told_as_sent() {
    let mut desk = mailbox();
    act(&mut desk, r#"09:00 open c1 mail by anna {"outbound": true}"#);
    let view = serde_json::to_value(desk.conversation("c1").unwrap()).unwrap();
    assert_eq!((&view["state"], view.get("agent")), (&json!("sent"), None));
    assert_eq!(act(&mut desk, "09:01 open c2 mail"), ["- c2 assigned anna r/1 in_order"]);
    let restored = Desk::restore(&desk.snapshot()).unwrap();
    assert_eq!(restored.snapshot(), desk.snapshot());
}

/// A snapshot says whether the contact ever wrote, wherever the conversation went.
#[test]
fn is_restored_as_it_was() {
    for lines in [
        ["09:01 trash c1", "09:02 message c1 visitor", "09:03 advance"],
        ["09:00 trash c1", "09:00 message c1 visitor", "09:03 advance"],
        ["09:01 trash c1", "09:02 message c1 visitor", "09:03 restore c1"],
        ["09:01 message c1 agent by bo", "09:02 trash c1", "09:03 restore c1"],
    ] {
        let mut desk = mailbox();
        act(&mut desk, r#"09:00 open c1 mail by bo {"outbound": true, "from": "x@example.org"}"#);
        for line in lines {
            let notes = act(&mut desk, line);
            assert!(notes.iter().all(|note| !note.contains("refused")), "{line}: {notes:?}");
            let restored = Desk::restore(&desk.snapshot()).unwrap();
            assert_eq!(restored.snapshot(), desk.snapshot(), "{line}");
            assert_eq!(restored.conversations().collect::<Vec<_>>(), desk.conversations().collect::<Vec<_>>());
        }
    }
}
