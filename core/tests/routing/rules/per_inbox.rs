//! `per_inbox`: limits on what comes from one inbox.

use frontdesk::Desk;
use serde_json::json;

use crate::support_desk::story;

/// A main and another inbox for anna, who takes one of main, and bo, who takes what is left.
fn office(capacity: serde_json::Value, channel: serde_json::Value) -> Desk {
    let rules = json!([{"id": "r", "steps": [{"assign_to": "everyone", "strategy": "in_order"}]}]);
    let mut chat = json!({"id": "chat", "kind": "chat", "rules": rules});
    chat.as_object_mut().unwrap().extend(channel.as_object().unwrap().clone());
    let document = json!({
        "version": 1, "time_zone": "UTC",
        "agents": [{"id": "anna", "capacity": capacity}, {"id": "bo", "capacity": 1}],
        "inboxes": [{"id": "main", "channels": [chat]}, {"id": "other", "channels": [chat]}]});
    Desk::from_json(&document.to_string()).unwrap()
}

fn one_of_main() -> Desk {
    office(json!({"per_inbox": {"main": 1}}), json!({}))
}

stories! {
    the_limit_is_of_that_inbox_alone: one_of_main(), "
        09:00 open c1
        - c1 assigned anna r/1 in_order
        09:01 open c2
        - c2 assigned bo r/1 in_order
        09:02 open c3 why
        - c3 queued r/1
        * anna at_capacity main 1 of 1 load 1
        * bo at_capacity total 1 load 1
        09:03 open c4 other/chat
        - c4 assigned anna r/1 in_order
        09:04 close c1
        - c1 closed anna
        - c3 assigned anna r/1 in_order";

    a_move_of_what_is_held_makes_room: one_of_main(), r#"
        09:00 open c1
        - c1 assigned anna r/1 in_order
        09:01 open c2
        - c2 assigned bo r/1 in_order
        09:02 open c3
        - c3 queued r/1
        09:03 update c1 {"inbox": "other", "channel": "chat"}
        - c1 updated
        - c3 assigned anna r/1 in_order"#;

    by_hand_goes_beyond_it: one_of_main(), "
        09:00 open c1
        - c1 assigned anna r/1 in_order
        09:01 open c2
        - c2 assigned bo r/1 in_order
        09:02 assign c2 to anna
        - c2 assigned anna by_hand
        09:03 open c3
        - c3 assigned bo r/1 in_order
        # anna holds two of one.
        09:04 close c1
        - c1 closed anna
        09:05 open c4
        - c4 queued r/1
        09:06 close c2
        - c2 closed anna
        - c4 assigned anna r/1 in_order";

    offers_and_wrap_ups_count: office(json!({"per_inbox": {"main": 1}}), json!({"accept_within": "1m", "wrap_up": "30s"})), "
        09:00 open c1
        - c1 offered anna r/1 in_order until 09:01
        09:00 open c2
        - c2 offered bo r/1 in_order until 09:01
        09:00 accept c1 anna
        - c1 assigned anna r/1 in_order
        09:00 open c3
        - c3 queued r/1
        09:00 close c1
        - c1 closed anna until 09:00:30
        09:00:30 advance
        - c1 wrap_up_ended anna
        - c3 offered anna r/1 in_order until 09:01:30";

    the_weight_of_the_channel_counts: office(json!({"per_inbox": {"main": 3}}), json!({"weight": 2})), "
        09:00 open c1
        - c1 assigned anna r/1 in_order
        09:01 open c2
        - c2 queued r/1
        09:02 open c3 other/chat
        - c3 assigned anna r/1 in_order";

    zero_takes_nothing: office(json!({"per_inbox": {"main": 0}}), json!({})), "
        09:00 open c1
        - c1 assigned bo r/1 in_order
        09:01 open c2 other/chat
        - c2 assigned anna r/1 in_order";

    a_new_limit_holds_from_then_on: one_of_main(), r#"
        09:00 open c1
        - c1 assigned anna r/1 in_order
        09:01 open c2
        - c2 assigned bo r/1 in_order
        09:02 open c3
        - c3 queued r/1
        09:03 put_agent {"id": "anna", "capacity": {"per_inbox": {"main": 2}}}
        - put_agent anna
        - c3 assigned anna r/1 in_order"#;

    a_snoozed_one_leaves_room_and_comes_back_elsewhere: one_of_main(), r#"
        09:00 open c1
        - c1 assigned anna r/1 in_order
        09:01 snooze c1 {"duration": "1h"}
        - c1 snoozed anna until 10:01
        09:02 open c2
        - c2 assigned anna r/1 in_order
        10:01 advance
        - c1 woke
        - c1 assigned bo r/1 in_order"#;
}

/// With a limit of its inbox, the tightest share is compared.
#[test]
fn most_capacity_compares_it() {
    let rules = json!([{"id": "r", "steps": [{"assign_to": "everyone", "strategy": "most_capacity"}]}]);
    let chat = json!({"id": "chat", "kind": "chat", "rules": rules});
    let document = json!({
        "version": 1, "time_zone": "UTC",
        "agents": [{"id": "anna", "capacity": {"total": 10, "per_inbox": {"main": 2}}}, {"id": "bo", "capacity": 4}],
        "inboxes": [{"id": "main", "channels": [chat]}, {"id": "other", "channels": [chat]}]});
    story(
        &Desk::from_json(&document.to_string()).unwrap(),
        "
        09:00 open c1
        - c1 assigned anna r/1 most_capacity
        # 1 of 2 is less than 4 of 4.
        09:01 open c2
        - c2 assigned bo r/1 most_capacity
        # 9 of 10 is more than 3 of 4.
        09:02 open c3 other/chat
        - c3 assigned anna r/1 most_capacity",
    );
}

/// The limit goes with its inbox, and stays a limit of the others.
#[test]
fn a_removed_inbox_is_limited_no_more() {
    let mut desk = office(json!({"total": 5, "per_inbox": {"main": 0, "other": 1}}), json!({}));
    crate::support_desk::act(&mut desk, "09:00 remove_inbox main");
    let left = &desk.document().agents[0].capacity.clone().unwrap().per_inbox;
    assert_eq!(left.iter().map(|(inbox, limit)| (&**inbox, *limit)).collect::<Vec<_>>(), [("other", 1)]);
}
