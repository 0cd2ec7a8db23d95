//! An inbox is put: rules, channels, access.

use serde_json::json;

use crate::support_desk::{Office, channel, story_with};

#[test]
fn changed_rules_route_what_waits_again_in_its_place() {
    let office = Office::of(json!([{"id": "anna", "capacity": 0}, {"id": "bo", "capacity": 1}]))
        .steps(json!([{"assign_to": {"agents": ["anna"]}, "wait": "1h"}]));
    let everyone = office.clone().everyone("in_order").inbox_entry();
    story_with(
        &office.desk(),
        &[("everyone", everyone)],
        "
        09:00 open c1
        - c1 queued r/1 until 10:00
        09:01 open c2
        - c2 queued r/1 until 10:01
        09:02 put_inbox $everyone
        - put_inbox main
        - c1 assigned bo all/1 in_order
        - c2 queued all/1",
    );
}

#[test]
fn changed_rules_leave_offers_and_bots_where_they_are() {
    let office = Office::of(json!(["anna", "bo"]))
        .rules(json!([
            {"id": "bot", "match": {"priority": 1}, "steps": [{"assign_to": {"bot": "helper"}}, {"assign_to": {"agents": ["anna"]}}]},
            {"id": "r", "steps": [{"assign_to": {"agents": ["anna"]}}]},
        ]))
        .chat(json!({"accept_within": "1m"}));
    let everyone = office.clone().everyone("in_order").inbox_entry();
    story_with(
        &office.desk(),
        &[("everyone", everyone)],
        r#"
        09:00 open c1
        - c1 offered anna r/1 least_busy until 09:01
        09:00 open c2
        - c2 offered anna r/1 least_busy until 09:01
        09:00 open c3 {"priority": 1}
        - c3 handed_to_bot helper by bot/1
        09:00 put_inbox $everyone
        - put_inbox main
        09:00 accept c1 anna
        - c1 assigned anna r/1 least_busy
        # Their rules are gone: what comes back is routed from the start.
        09:00 decline c2 anna
        - c2 offer_declined anna
        - c2 offered bo all/1 in_order until 09:01
        09:00 hand_over c3
        - c3 offered anna all/1 in_order until 09:01"#,
    );
}

#[test]
fn a_lighter_channel_serves_the_queue() {
    let office = Office::of(json!([{"id": "anna", "capacity": 2}])).everyone("in_order").chat(json!({"weight": 2}));
    let light = office.clone().chat(json!({"weight": 1})).inbox_entry();
    story_with(
        &office.desk(),
        &[("light", light)],
        "
        09:00 open c1
        - c1 assigned anna all/1 in_order
        09:00 open c2
        - c2 queued all/1
        09:01 put_inbox $light
        - put_inbox main
        - c2 assigned anna all/1 in_order
        09:02 open c3
        - c3 queued all/1",
    );
}

#[test]
fn a_lighter_channel_makes_room_for_other_inboxes() {
    let rules = json!([{"id": "m", "steps": [{"assign_to": "everyone"}]}]);
    let side = json!({"id": "side", "channels": [{"id": "mail", "kind": "email", "rules": rules}]});
    let office = Office::of(json!([{"id": "anna", "capacity": 2}])).everyone("in_order").chat(json!({"weight": 2}));
    let light = office.clone().chat(json!({"weight": 1})).inbox_entry();
    story_with(
        &office.with(json!({"inboxes": [side]})).desk(),
        &[("light", light)],
        r#"
        09:00 open c1
        - c1 assigned anna all/1 in_order
        09:00 open c2 {"inbox": "side", "channel": "mail"}
        - c2 queued m/1
        09:01 put_inbox $light
        - put_inbox main
        - c2 assigned anna m/1 least_busy"#,
    );
}

#[test]
fn moving_to_a_lighter_channel_serves_the_queue() {
    let office = Office::of(json!([{"id": "anna", "capacity": 2}]))
        .everyone("in_order")
        .channel(channel("form", "form", json!([{"assign_to": "everyone"}]), json!({"weight": 2})))
        .desk();
    story_with(
        &office,
        &[],
        r#"
        09:00 open f1 form
        - f1 assigned anna r/1 least_busy
        09:00 open c1
        - c1 queued all/1
        09:01 update f1 {"channel": "chat"}
        - f1 updated
        - c1 assigned anna all/1 in_order"#,
    );
}

#[test]
fn rules_that_stay_leave_what_waits_alone() {
    let office = Office::of(json!([{"id": "anna", "capacity": 0}]))
        .steps(json!([{"assign_to": {"agents": ["anna"]}, "wait": "1h"}]));
    let named = office.clone().inbox(json!({"name": "Main"})).inbox_entry();
    story_with(
        &office.desk(),
        &[("named", named)],
        "
        09:00 open c1
        - c1 queued r/1 until 10:00
        09:30 put_inbox $named
        - put_inbox main
        10:30 advance
        - 10:00 c1 queued r/1",
    );
}

#[test]
fn more_access_serves_the_queue() {
    let office = Office::of(json!(["anna", {"id": "bo", "team": "t"}]))
        .inbox(json!({"access": {"teams": ["t"]}}))
        .steps(json!([{"assign_to": {"agents": ["anna"]}}]));
    let open = office.clone().inbox(json!({"access": "everyone"})).inbox_entry();
    story_with(
        &office.desk(),
        &[("open", open)],
        "
        09:00 open c1
        - c1 queued r/1
        09:01 put_inbox $open
        - put_inbox main
        - c1 assigned anna r/1 least_busy",
    );
}

#[test]
fn an_inbox_or_channel_in_use_stays() {
    let form = channel("form", "form", json!([{"assign_to": "everyone"}]), json!({}));
    let small = Office::of(json!(["anna"])).everyone("in_order");
    let office = small.clone().channel(form).desk();
    story_with(
        &office,
        &[("small", small.inbox_entry())],
        r#"
        09:00 open f1 form
        - f1 assigned anna r/1 least_busy
        09:01 remove_inbox main
        - refused in_use
        09:01 put_inbox $small
        - refused in_use
        # Snoozed is open.
        09:02 snooze f1
        - f1 snoozed anna
        09:02 remove_inbox main
        - refused in_use
        09:03 close f1
        - f1 closed
        09:04 put_inbox $small
        - put_inbox main
        09:05 reopen f1
        - refused unknown_channel
        09:06 remove_inbox main
        - remove_inbox main
        09:06 remove_inbox main
        - refused unknown_inbox
        09:07 open c1
        - refused unknown_inbox"#,
    );
}

#[test]
fn the_round_goes_on_when_an_inbox_is_put_again() {
    let office = Office::of(json!(["anna", "bo", "cy"])).everyone("round_robin");
    let named = office.clone().inbox(json!({"name": "Main"})).inbox_entry();
    story_with(
        &office.desk(),
        &[("named", named)],
        "
        09:00 open c1
        - c1 assigned anna all/1 round_robin
        09:01 put_inbox $named
        - put_inbox main
        09:02 open c2
        - c2 assigned bo all/1 round_robin",
    );
}
