//! `reply_window`: until when a channel sends replies.

use frontdesk::Desk;
use serde_json::{Value, json};

use crate::support_desk::{Office, act, channel};

/// A messenger with windows of 24 hours and 7 days.
fn messenger(window: Value) -> Desk {
    let steps = json!([{"assign_to": "everyone", "strategy": "in_order"}]);
    Office::of(json!(["anna"])).channel(channel("fb", "messenger", steps, json!({"reply_window": window}))).desk()
}

fn usual() -> Desk {
    messenger(json!({"automated": "24h", "person": "7d"}))
}

stories! {
    a_program_writes_for_a_day_and_a_person_for_a_week: usual(), "
        09:00 open c1 fb
        - c1 assigned anna r/1 in_order
        2026-11-21T08:59:59.999 message c1 automated
        - c1 message_noted automated
        2026-11-21T09:00 message c1 automated
        - refused window_closed
        2026-11-21T09:00 message c1 bot
        - refused window_closed
        2026-11-21T09:00 reply c1 by anna
        - c1 message_noted agent by anna
        2026-11-27T08:59:59.999 message c1 agent by anna
        - c1 message_noted agent by anna
        2026-11-27T09:00 reply c1 by anna
        - refused window_closed
        2026-11-27T09:00 message c1 agent by anna
        - refused window_closed
        # The contact opens it again.
        2026-11-28T09:00 message c1 visitor
        - c1 message_noted visitor
        2026-11-28T09:00 reply c1 by anna
        - c1 message_noted agent by anna";

    for_persons_alone_is_without_a_limit_for_programs: messenger(json!({"person": "1h"})), "
        09:00 open c1 fb
        - c1 assigned anna r/1 in_order
        10:00 message c1 automated
        - c1 message_noted automated
        10:00 reply c1 by anna
        - refused window_closed";

    what_is_refused_takes_nothing: usual(), "
        09:00 open c1 fb
        - c1 assigned anna r/1 in_order
        09:01 release c1
        - c1 unassigned from anna released
        2026-11-27T09:00 reply c1 by anna
        - refused window_closed
        2026-11-27T09:00 assign c1 to anna
        - c1 assigned anna by_hand";

    none_opens_by_what_an_agent_begins: usual(), r#"
        09:00 open c1 fb by anna {"outbound": true}
        - c1 sent by anna
        09:01 message c1 agent by anna
        - refused window_closed
        09:02 message c1 visitor
        - c1 message_noted visitor
        - c1 assigned anna r/1 in_order
        09:03 reply c1 by anna
        - c1 message_noted agent by anna"#;
}

#[test]
fn the_refusal_says_since_when_and_what_would_open_it() {
    let mut desk = usual();
    act(&mut desk, "09:00 open c1 fb");
    let reply = r#"{"type": "reply", "at": "2026-11-27T09:00:00Z", "conversation": "c1", "by": "anna"}"#;
    let events = desk.handle_json(reply).unwrap();
    let told = serde_json::to_value(&events[0]).unwrap();
    let message = "the reply window of the channel fb closed at 2026-11-27T09:00:00.000Z, counted from the contact's last \
        message; it opens again when the contact writes";
    assert_eq!(told["message"], message);
}

#[test]
fn a_person_writes_no_shorter_than_a_program() {
    let steps = json!([{"assign_to": "everyone"}]);
    let wrong = |window: Value| {
        let office = Office::of(json!(["anna"])).channel(channel(
            "fb",
            "messenger",
            steps.clone(),
            json!({"reply_window": window}),
        ));
        let problems = Desk::from_json(&office.text()).unwrap_err();
        problems.iter().map(|it| format!("{} {}", it.code, it.path)).collect::<Vec<_>>()
    };
    let at = "$.inboxes[0].channels[1].reply_window";
    assert_eq!(wrong(json!({"automated": "24h", "person": "23h"})), [format!("out_of_range {at}.person")]);
    assert_eq!(wrong(json!({"automated": "0s"})), [format!("out_of_range {at}.automated")]);
    assert_eq!(wrong(json!({})), [format!("missing_key {at}")]);
}
