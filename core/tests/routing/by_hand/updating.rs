//! `update`: a conversation that changes its inbox, channel, priority, skills or attributes.

use frontdesk::Desk;
use serde_json::{Value, json};

use crate::support_desk::{Office, channel, everyone, one_each};

fn by_language() -> Desk {
    let to = |agent: &str, lang: &str| json!({"id": lang, "match": {"attributes.lang": lang}, "steps": [{"assign_to": {"agents": [agent]}, "wait": "1m"}, {"assign_to": "everyone"}]});
    Office::of(json!([{"id": "anna", "capacity": 1}, {"id": "bo", "capacity": 1}]))
        .rules(json!([to("anna", "sv"), to("bo", "de")]))
        .desk()
}

/// A desk with two inboxes; anna has no access to the second.
fn two_inboxes() -> Desk {
    let inbox = |id: &str, access: Value| {
        let rules = json!([{"id": "all", "steps": [{"assign_to": "everyone"}]}]);
        json!({"id": id, "access": access, "channels": [{"id": "chat", "kind": "chat", "rules": rules}]})
    };
    let inboxes = [inbox("main", json!("everyone")), inbox("other", json!({"teams": ["others"]}))];
    let document = json!({"version": 1, "time_zone": "UTC", "teams": [{"id": "others"}], "agents": [{"id": "anna"}], "inboxes": inboxes});
    Desk::from_json(&document.to_string()).unwrap()
}

stories! {
    what_asks_the_same_people_goes_on_waiting: Office::of(json!([{"id": "anna", "capacity": 0}, {"id": "bo", "capacity": 0}]))
        .steps(json!([{"assign_to": {"agents": ["anna"]}, "wait": "10m"}, {"assign_to": {"agents": ["bo"]}}])).desk(), r#"
        09:00 open c1
        - c1 queued r/1 until 09:10
        09:05 update c1 {"attributes": {"mood": "bad"}}
        - c1 updated goes on
        09:10 advance
        - c1 step_entered r/2
        - c1 queued r/2"#;

    what_asks_the_same_people_goes_on_ringing: Office::of(json!(["anna", "bo"]))
        .everyone("round_robin").chat(json!({"accept_within": "1m"})).desk(), r#"
        09:00 open c1
        - c1 offered anna all/1 round_robin until 09:01
        09:00:30 update c1 {"priority": 2}
        - c1 updated goes on
        09:00:40 accept c1 anna
        - c1 assigned anna all/1 round_robin"#;

    what_asks_for_more_is_offered_to_others: Office::of(json!([{"id": "anna"}, {"id": "bo", "skills": {"sv": 1}}]))
        .everyone("in_order").chat(json!({"accept_within": "1m"})).desk(), r#"
        09:00 open c1
        - c1 offered anna all/1 in_order until 09:01
        09:00:30 update c1 {"skills": {"sv": 1}}
        - c1 updated goes on
        - c1 offer_withdrawn anna
        - c1 offered bo all/1 in_order until 09:01:30"#;

    not_into_an_inbox_without_access: two_inboxes(), r#"
        09:00 open c1
        - c1 assigned anna all/1 least_busy
        09:01 update c1 by anna {"inbox": "other", "channel": "chat"}
        - refused no_inbox_access"#;

    routes_what_nobody_holds: by_language(), r#"
        09:00 open c1
        - c1 unassigned no_rule
        09:01 update c1 {"attributes": {"lang": "de"}}
        - c1 updated
        - c1 assigned bo de/1 least_busy"#;

    keeps_what_is_held_where_it_is: by_language(), r#"
        09:00 open c1 {"attributes": {"lang": "de"}}
        - c1 assigned bo de/1 least_busy
        09:01 update c1 {"attributes": {"lang": "sv"}}
        - c1 updated"#;

    begins_at_the_first_step_again: by_language(), r#"
        09:00 open c1 {"attributes": {"lang": "sv"}}
        - c1 assigned anna sv/1 least_busy
        09:00 open c2 {"attributes": {"lang": "de"}}
        - c2 assigned bo de/1 least_busy
        09:00 open c3 {"attributes": {"lang": "sv"}}
        - c3 queued sv/1 until 09:01
        09:02 update c3 {"attributes": {"lang": "de"}}
        - 09:01 c3 step_entered sv/2
        - 09:01 c3 queued sv/2
        - c3 updated
        - c3 queued de/1 until 09:03
        09:02:30 close c1
        - c1 closed anna
        09:03 advance
        - c3 step_entered de/2
        - c3 assigned anna de/2 least_busy"#;

    replaces_whole_keys_and_leaves_the_others: by_language(), r#"
        09:00 open c1 {"attributes": {"x": 1}, "skills": {"magic": 1}}
        - c1 unassigned no_rule
        09:01 update c1 {"attributes": {"lang": "de"}}
        - c1 updated
        - c1 queued de/1 until 09:02
        09:01:30 update c1 {"skills": {}}
        - c1 updated goes on
        - c1 assigned bo de/1 least_busy"#;

    moves_it_to_another_channel: Office::of(one_each()).everyone("in_order")
        .channel(channel("form", "form", json!([{"assign_to": {"agents": ["bo"]}}]), json!({"weight": 2}))).desk(), r#"
        09:00 open c1 form
        - c1 queued r/1
        09:01 update c1 {"channel": "chat"}
        - c1 updated
        - c1 assigned anna all/1 in_order
        09:02 update c1 {"channel": "fax"}
        - refused unknown_channel
        09:02 update c1 {"inbox": "side"}
        - refused unknown_inbox"#;

    a_new_owner_gets_what_waits: Office::of(json!(["anna", "bo"])).steps(json!([{"assign_to": "contact_owner"}])).desk(), r#"
        09:00 open c1 {"contact": {"owner": "zoe", "known": true}}
        - c1 queued r/1
        09:01 update c1 {"contact": {"owner": "bo", "known": true}}
        - c1 updated goes on
        - c1 assigned bo r/1 least_busy"#;

    leaves_voicemail_and_snoozed_where_they_are: Office::of(json!([{"id": "anna", "capacity": 1}])).rules(json!([
            {"id": "r", "steps": [{"assign_to": "everyone"}], "otherwise": {"voicemail": "v"}}])).desk(), r#"
        09:00 open c1
        - c1 assigned anna r/1 least_busy
        09:00 open c2
        - c2 sent_to_voicemail v by r
        09:01 snooze c1
        - c1 snoozed anna
        09:02 update c1 {"priority": 1}
        - c1 updated
        09:02 update c2 {"priority": 1}
        - c2 updated"#;

    what_is_closed_cannot_be: everyone("in_order", one_each()), r#"
        09:00 open c1
        - c1 assigned anna all/1 in_order
        09:01 close c1
        - c1 closed anna
        09:02 update c1 {"priority": 1}
        - refused conversation_closed"#;

    an_open_offer_is_withdrawn: Office::of(json!(["anna", {"id": "bo", "skills": {"sv": 1}}])).everyone("in_order")
        .chat(json!({"accept_within": "1m"})).desk(), r#"
        09:00 open c1
        - c1 offered anna all/1 in_order until 09:01
        09:00:10 update c1 {"skills": {"sv": 1}}
        - c1 updated goes on
        - c1 offer_withdrawn anna
        - c1 offered bo all/1 in_order until 09:01:10"#;
}
