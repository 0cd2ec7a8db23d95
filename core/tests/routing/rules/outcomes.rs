//! `settings.otherwise`: the outcome of rules that have none of their own.

use frontdesk::Desk;
use serde_json::{Value, json};

use crate::support_desk::Office;

/// A rule without an outcome for anna, who is full.
fn full() -> Office {
    Office::of(json!([{"id": "anna", "capacity": 0}])).steps(json!([{"assign_to": "everyone"}]))
}

/// The same in a desk with an outcome.
fn office(otherwise: Value) -> Office {
    full().settings(json!({"otherwise": otherwise}))
}

fn desk(otherwise: Value) -> Desk {
    office(otherwise).desk()
}

stories! {
    unassigned: desk(json!("unassigned")), "
        09:00 open c1
        - c1 unassigned r otherwise";

    a_message: desk(json!({"voicemail": "busy"})), "
        09:00 open c1
        - c1 sent_to_voicemail busy by r";

    a_bot: desk(json!({"bot": "robo"})), "
        09:00 open c1
        - c1 handed_to_bot robo by r";

    the_owner: desk(json!("notify_owner")), "
        09:00 open c1
        - c1 unassigned r otherwise";

    the_queue_is_the_default: full().desk(), "
        09:00 open c1
        - c1 queued r/1";

    a_rule_has_the_last_word: office(json!("unassigned"))
        .rules(json!([{"id": "r", "steps": [{"assign_to": "everyone"}], "otherwise": "queue"}])).desk(), "
        09:00 open c1
        - c1 queued r/1";

    a_wait_comes_first: office(json!("unassigned")).steps(json!([{"assign_to": "everyone", "wait": "1m"}])).desk(), "
        09:00 open c1
        - c1 queued r/1 until 09:01
        09:01 advance
        - c1 unassigned r otherwise";

    another_one_routes_what_waits: desk(json!("queue")), r#"
        09:00 open c1
        - c1 queued r/1
        09:01 configure {"settings": {"otherwise": "unassigned"}}
        - configure settings
        - c1 unassigned r otherwise
        09:02 open c2
        - c2 unassigned r otherwise
        09:03 configure {"settings": {}}
        - configure settings
        09:04 open c3
        - c3 queued r/1"#;

    the_same_in_other_words_routes_nothing: desk(json!("queue")), r#"
        09:00 open c1
        - c1 queued r/1
        09:01 configure {"settings": {"seed": 1}}
        - configure settings"#;
}
