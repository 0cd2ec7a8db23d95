//! Conversations that bots have: when agents may close them, and when they are closed by themselves.

use frontdesk::Desk;
use serde_json::{Value, json};

use crate::support_desk::{Office, act};

/// A chat that begins with a bot, with further keys of the channel and settings.
fn bot(keys: Value, settings: Value) -> Desk {
    let steps = json!([{"assign_to": {"bot": "robo"}}, {"assign_to": "everyone", "strategy": "in_order"}]);
    Office::of(json!(["anna"])).steps(steps).chat(keys).settings(settings).desk()
}

stories! {
    are_not_closed_while_the_contact_may_write: bot(json!({}), json!({})), "
        09:00 open c1
        - c1 handed_to_bot robo by r/1
        09:29:59.999 close c1 by anna
        - refused bot_active";

    may_be_closed_half_an_hour_after_the_opening: bot(json!({}), json!({})), "
        09:00 open c1
        - c1 handed_to_bot robo by r/1
        09:30 close c1 by anna
        - c1 closed by anna";

    may_be_closed_half_an_hour_after_the_last_message: bot(json!({}), json!({})), "
        09:00 open c1
        - c1 handed_to_bot robo by r/1
        09:10 message c1 visitor
        - c1 message_noted visitor
        # What the bot writes does not count.
        09:20 message c1 bot
        - c1 message_noted bot
        09:39 close c1 by anna
        - refused bot_active
        09:40 close c1 by anna
        - c1 closed by anna";

    may_always_be_closed_by_the_program: bot(json!({}), json!({})), "
        09:00 open c1
        - c1 handed_to_bot robo by r/1
        09:00 close c1
        - c1 closed";

    are_not_active_for_the_time_of_the_settings: bot(json!({}), json!({"bot_inactivity": "1m"})), "
        09:00 open c1
        - c1 handed_to_bot robo by r/1
        09:01 close c1 by anna
        - c1 closed by anna";

    are_no_matter_once_somebody_has_it: bot(json!({}), json!({})), "
        09:00 open c1
        - c1 handed_to_bot robo by r/1
        09:01 hand_over c1
        - c1 assigned anna r/2 in_order
        09:02 close c1 by anna
        - c1 closed anna by anna";

    are_closed_by_themselves: bot(json!({"close_idle_bots": true}), json!({})), "
        09:00 open c1
        - c1 handed_to_bot robo by r/1 closes 09:30
        09:10 message c1 visitor
        - c1 message_noted visitor closes 09:40
        09:15 message c1 bot
        - c1 message_noted bot
        10:00 advance
        - 09:40 c1 closed bot_idle";

    stay_where_people_have_it: bot(json!({"close_idle_bots": true}), json!({})), "
        09:00 open c1
        - c1 handed_to_bot robo by r/1 closes 09:30
        09:10 hand_over c1
        - c1 assigned anna r/2 in_order
        10:00 advance";

    stay_asleep: bot(json!({"close_idle_bots": true}), json!({})), r#"
        09:00 open c1
        - c1 handed_to_bot robo by r/1 closes 09:30
        09:10 snooze c1 {"duration": "1h"}
        - c1 snoozed until 10:10
        10:00 advance"#;

    are_closed_at_the_instant_of_a_message_before_it: bot(json!({"close_idle_bots": true}), json!({})), "
        09:00 open c1
        - c1 handed_to_bot robo by r/1 closes 09:30
        09:30 message c1 visitor
        - refused conversation_closed
        09:30 advance
        - c1 closed bot_idle";
}

#[test]
fn a_refusal_says_from_when_it_may_be_closed() {
    let mut desk = bot(json!({}), json!({}));
    act(&mut desk, "09:00 open c1");
    let close = r#"{"type": "close", "at": "2026-11-20T09:10:00Z", "conversation": "c1", "by": "anna"}"#;
    let told = serde_json::to_value(&desk.handle_json(close).unwrap()[0]).unwrap();
    assert_eq!((&told["code"], &told["until"]), (&json!("bot_active"), &json!("2026-11-20T09:30:00.000Z")));
}

#[test]
fn the_next_wakeup_names_the_end() {
    let mut desk = bot(json!({"close_idle_bots": true}), json!({}));
    act(&mut desk, "09:00 open c1");
    assert_eq!(desk.next_wakeup().unwrap().to_string(), "2026-11-20T09:30:00.000Z");
    let restored = Desk::restore(&desk.snapshot()).unwrap();
    assert_eq!(restored.next_wakeup(), desk.next_wakeup());
}
