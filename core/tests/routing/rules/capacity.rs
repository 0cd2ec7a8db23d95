//! Capacity: in total, by channel kind, and the limit that was exceeded.

use frontdesk::Desk;
use serde_json::{Value, json};

use super::step;
use crate::support_desk::{Office, story};

/// One agent with a capacity; a chat, a form of weight 2, and a call that is assigned at once.
fn office(capacity: Value) -> Desk {
    let rules = json!([{"id": "r", "steps": [{"assign_to": "everyone"}]}]);
    Office::of(json!([{"id": "anna", "capacity": capacity}]))
        .rules(rules.clone())
        .channel(json!({"id": "form", "kind": "form", "weight": 2, "rules": rules}))
        .channel(json!({"id": "phone", "kind": "call", "rules": rules, "accept_within": "1h"}))
        .channel(json!({"id": "light", "kind": "chat", "weight": 0, "rules": rules}))
        .desk()
}

stories! {
    a_bare_number_is_the_total: office(json!(1)), "
        09:00 open c1
        - c1 assigned anna r/1 least_busy
        09:01 open c2
        - c2 queued r/1";

    weight_must_fit_whole: office(json!({"total": 3})), "
        09:00 open f1 form
        - f1 assigned anna r/1 least_busy
        # One is free, two are needed.
        09:01 open f2 form
        - f2 queued r/1
        # A chat fits, and f2 cannot use the place.
        09:02 open c1
        - c1 assigned anna r/1 least_busy
        09:03 close c1
        - c1 closed anna
        09:04 close f1
        - f1 closed anna
        - f2 assigned anna r/1 least_busy";

    per_kind_beside_the_total: office(json!({"total": 3, "per_kind": {"chat": 1}})), "
        09:00 open c1
        - c1 assigned anna r/1 least_busy
        09:01 open c2
        - c2 queued r/1
        09:02 open f1 form
        - f1 assigned anna r/1 least_busy
        09:03 close f1
        - f1 closed anna
        09:04 close c1
        - c1 closed anna
        - c2 assigned anna r/1 least_busy";

    without_a_limit_there_is_none_for_other_kinds: office(json!({"per_kind": {"chat": 0}})), "
        09:00 open f1 form
        - f1 assigned anna r/1 least_busy
        09:01 open f2 form
        - f2 assigned anna r/1 least_busy
        09:02 open c1
        - c1 queued r/1";

    who_holds_a_kind_that_stands_alone_gets_nothing: office(json!({"alone": ["call"]})), "
        09:00 open p1 phone
        - p1 offered anna r/1 least_busy until 10:00
        09:01 open c1
        - c1 queued r/1
        09:02 accept p1 anna
        - p1 assigned anna r/1 least_busy
        09:03 open c2 light
        - c2 queued r/1
        09:04 close p1
        - p1 closed anna
        - c1 assigned anna r/1 least_busy
        - c2 assigned anna r/1 least_busy";

    a_kind_that_stands_alone_goes_to_who_holds_nothing: office(json!({"alone": ["call"]})), "
        09:00 open c1 light
        - c1 assigned anna r/1 least_busy
        09:01 open p1 phone
        - p1 queued r/1
        09:02 close c1
        - c1 closed anna
        - p1 offered anna r/1 least_busy until 10:02
        09:03 open p2 phone
        - p2 queued r/1";

    weight_zero_takes_no_room: office(json!(1)), "
        09:00 open c1
        - c1 assigned anna r/1 least_busy
        09:01 open c2 light
        - c2 assigned anna r/1 least_busy";

    past_a_limit_nothing_is_given: office(json!(1)), "
        09:00 open c1
        - c1 assigned anna r/1 least_busy
        09:01 open c2
        - c2 queued r/1
        09:02 assign c2 to anna
        - c2 assigned anna by_hand
        09:03 open c3 light
        - c3 queued r/1
        09:04 close c1
        - c1 closed anna
        - c3 assigned anna r/1 least_busy";
}

#[test]
fn the_limit_that_was_hit_is_recorded() {
    let bo = json!({"id": "bo", "capacity": {"per_kind": {"chat": 1}}});
    let cy = json!({"id": "cy", "capacity": {"alone": ["chat"]}});
    let agents = json!([{"id": "anna", "capacity": 1}, bo, cy, "di"]);
    story(
        &step(agents, json!({"strategy": "in_order"})).desk(),
        "
        09:00 open c1
        - c1 assigned anna r/1 in_order
        09:00 open c2
        - c2 assigned bo r/1 in_order
        09:00 open c3
        - c3 assigned cy r/1 in_order
        09:00 open c4 why
        - c4 assigned di r/1 in_order
        * anna at_capacity total 1 load 1
        * bo at_capacity chat 1 of 1 load 1
        * cy at_capacity alone chat load 1
        * di eligible",
    );
}
