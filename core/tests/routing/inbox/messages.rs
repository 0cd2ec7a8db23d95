//! `message`: who wrote, and what that wakes or reopens.

use frontdesk::Desk;
use serde_json::{Value, json};

use crate::support_desk::{Office, act, channel, everyone};

/// A chat, and a mailbox.
fn mailbox() -> Desk {
    let steps = json!([{"assign_to": "everyone", "strategy": "in_order"}]);
    Office::of(json!(["anna", "bo"])).everyone("in_order").channel(channel("mail", "email", steps, json!({}))).desk()
}

/// A mailbox with a setting.
fn mailbox_with(keys: Value) -> Desk {
    let steps = json!([{"assign_to": "everyone", "strategy": "in_order"}]);
    Office::of(json!(["anna", "bo"])).channel(channel("mail", "email", steps, keys)).desk()
}

stories! {
    is_noted: mailbox(), "
        09:00 open c1
        - c1 assigned anna all/1 in_order
        09:01 message c1 visitor m1
        - c1 message_noted visitor m1
        09:02 message c1 agent m2 by anna
        - c1 message_noted agent m2 by anna
        09:02 message c1 bot
        - c1 message_noted bot
        09:03 message c1 automated
        - c1 message_noted automated
        # The same id twice is noted twice: ids are not remembered.
        09:04 message c1 visitor m1
        - c1 message_noted visitor m1";

    of_the_contact_wakes: mailbox(), r#"
        09:00 open c1
        - c1 assigned anna all/1 in_order
        09:01 snooze c1 {"duration": "1h"}
        - c1 snoozed anna until 10:01
        # Others leave it asleep.
        09:02 message c1 automated
        - c1 message_noted automated
        09:03 message c1 agent by bo
        - c1 message_noted agent by bo
        09:04 message c1 visitor
        - c1 message_noted visitor
        - c1 woke
        - c1 assigned anna held_before
        10:01 advance"#;

    of_the_contact_reopens_mail: mailbox(), "
        09:00 open c1 mail
        - c1 assigned anna r/1 in_order
        09:01 close c1
        - c1 closed anna
        09:02 message c1 bot
        - c1 message_noted bot
        09:05 message c1 visitor
        - c1 message_noted visitor
        - c1 reopened
        - c1 assigned anna held_before";

    does_not_reopen_a_chat: mailbox(), "
        09:00 open c1
        - c1 assigned anna all/1 in_order
        09:01 close c1
        - c1 closed anna
        09:02 message c1 visitor
        - refused conversation_closed";

    reopens_where_the_channel_says_so: Office::of(json!(["anna"])).everyone("in_order").chat(json!({"reopen_on_message": true})).desk(), "
        09:00 open c1
        - c1 assigned anna all/1 in_order
        09:01 close c1
        - c1 closed anna
        09:02 message c1 visitor
        - c1 message_noted visitor
        - c1 reopened
        - c1 assigned anna held_before";

    does_not_reopen_where_the_channel_says_so: mailbox_with(json!({"reopen_on_message": false})), "
        09:00 open c1 mail
        - c1 assigned anna r/1 in_order
        09:01 close c1
        - c1 closed anna
        09:02 message c1 visitor
        - refused conversation_closed";

    ends_no_wrap_up_twice: mailbox_with(json!({"wrap_up": "10m"})), "
        09:00 open c1 mail
        - c1 assigned anna r/1 in_order
        09:01 close c1
        - c1 closed anna until 09:11
        09:02 message c1 visitor
        - c1 message_noted visitor
        - c1 reopened
        - c1 assigned anna held_before
        09:30 advance";

    keeps_its_place_when_it_wakes: Office::of(json!([{"id": "anna", "capacity": 1}])).everyone("in_order").desk(), r#"
        09:00 open c0
        - c0 assigned anna all/1 in_order
        09:01 open c1
        - c1 queued all/1
        09:02 snooze c1 {"duration": "1h"}
        - c1 snoozed until 10:02
        09:03 open c2
        - c2 queued all/1
        09:04 message c1 visitor
        - c1 message_noted visitor
        - c1 woke
        - c1 queued all/1
        09:05 close c0
        - c0 closed anna
        - c1 assigned anna all/1 in_order"#;

    of_an_unknown_conversation: mailbox(), "
        09:00 message c1 visitor
        - refused unknown_conversation";
}

#[test]
fn the_last_message_is_told() {
    let mut desk = mailbox();
    act(&mut desk, "09:00 open c1");
    let last = |desk: &Desk| desk.conversation("c1").unwrap().last_message_at.to_string();
    assert_eq!(last(&desk), "2026-11-20T09:00:00.000Z");
    act(&mut desk, "09:05 message c1 bot");
    assert_eq!(last(&desk), "2026-11-20T09:05:00.000Z");
    act(&mut desk, "09:06 reply c1 by anna");
    assert_eq!(last(&desk), "2026-11-20T09:06:00.000Z");
    act(&mut desk, "09:07 close c1");
    assert_eq!(last(&Desk::restore(&desk.snapshot()).unwrap()), "2026-11-20T09:06:00.000Z");
}

#[test]
fn of_an_agent_needs_its_name() {
    let desk = everyone("in_order", json!(["anna"]));
    let text = r#"{"type": "message", "at": "2026-11-20T09:00:00Z", "conversation": "c1", "from": "agent"}"#;
    let problems = desk.read_command(text).unwrap_err();
    assert_eq!(
        problems.to_string(),
        "missing_key: a message of an agent needs a \"by\": the agent who wrote at $ (line 1, column 1)"
    );
}
