//! The rule of a conversation, and `otherwise`.

use frontdesk::Desk;
use serde_json::{Value, json};

use crate::support_desk::{Office, story};

fn to(agent: &str, id: &str, conditions: Value) -> Value {
    json!({"id": id, "match": conditions, "steps": [{"assign_to": {"agents": [agent]}}]})
}

fn three() -> Office {
    Office::of(json!(["anna", "bo", "cy"])).rules(json!([
        to("anna", "urgent", json!({"priority": {"at_least": 2}})),
        to("bo", "raised", json!({"priority": {"at_least": 1}})),
        to("cy", "rest", json!({})),
    ]))
}

stories! {
    the_first_that_holds: three().desk(), r#"
        09:00 open c1
        - c1 assigned cy rest/1 least_busy
        09:01 open c2 {"priority": 1}
        - c2 assigned bo raised/1 least_busy
        09:02 open c3 {"priority": 2}
        - c3 assigned anna urgent/1 least_busy"#;

    the_first_that_holds_even_if_nobody_is_there: three().desk(), r#"
        09:00 away anna
        - anna away set_away
        09:01 open c1 {"priority": 2}
        - c1 queued urgent/1"#;

    no_rules: Office::of(json!(["anna"])).desk(), "
        09:00 open c1
        - c1 unassigned no_rule";

    no_rule_holds: Office::of(json!(["anna"])).rules(json!([to("anna", "sv", json!({"attributes.lang": "sv"}))])).desk(), "
        09:00 open c1
        - c1 unassigned no_rule";

    a_rule_without_steps_is_its_otherwise:
        Office::of(json!(["anna"])).rules(json!([{"id": "r", "steps": [], "otherwise": "unassigned"}])).desk(), "
        09:00 open c1
        - c1 unassigned r otherwise";
}

fn otherwise(otherwise: Value) -> Desk {
    let rule = json!({"id": "r", "steps": [{"assign_to": {"agents": ["anna"]}}], "otherwise": otherwise});
    Office::of(json!([{"id": "anna", "capacity": 0}, "bo"])).rules(json!([rule])).desk()
}

stories! {
    otherwise_queue: otherwise(json!("queue")), "
        09:00 open c1
        - c1 queued r/1";

    otherwise_unassigned: otherwise(json!("unassigned")), "
        09:00 open c1
        - c1 unassigned r otherwise";

    otherwise_voicemail: otherwise(json!({"voicemail": "busy.mp3"})), "
        09:00 open c1
        - c1 sent_to_voicemail busy.mp3 by r";

    otherwise_notify_owner: otherwise(json!("notify_owner")), r#"
        09:00 away bo
        - bo away set_away
        09:00 open c1 {"contact": {"owner": "bo", "known": true}}
        - c1 owner_notified bo by r
        09:01 open c2
        - c2 unassigned r otherwise"#;

    otherwise_bot: otherwise(json!({"bot": "helper"})), "
        09:00 open c1
        - c1 handed_to_bot helper by r";
}

/// The default of `otherwise` is to queue, not to stay unassigned.
#[test]
fn otherwise_is_queue() {
    let office = Office::of(json!([{"id": "anna", "capacity": 0}])).steps(json!([{"assign_to": "everyone"}]));
    story(
        &office.desk(),
        "
        09:00 open c1
        - c1 queued r/1",
    );
}
