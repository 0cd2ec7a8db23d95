//! `most_capacity`: the agent with the most free capacity.

use frontdesk::Desk;
use serde_json::{Value, json};

use crate::support_desk::{Office, everyone};

stories! {
    compares_shares_not_numbers:
        everyone("most_capacity", json!([{"id": "anna", "capacity": 4}, {"id": "bo", "capacity": 2}])), "
        09:00 open c1
        - c1 assigned anna all/1 most_capacity
        # 3/4 to 2/2.
        09:01 open c2
        - c2 assigned bo all/1 most_capacity
        # 3/4 to 1/2.
        09:02 open c3
        - c3 assigned anna all/1 most_capacity
        # 2/4 and 1/2 are the same: bo was assigned less recently.
        09:03 open c4
        - c4 assigned bo all/1 most_capacity
        # 2/4 to nothing.
        09:04 open c5
        - c5 assigned anna all/1 most_capacity";

    thirds_and_sixths_are_compared_exactly:
        everyone("most_capacity", json!([{"id": "anna", "capacity": 6}, {"id": "bo", "capacity": 3}])), "
        09:00 open c1
        - c1 assigned anna all/1 most_capacity
        09:00 assign c1 to bo
        - c1 assigned bo by_hand
        09:00 open c2
        - c2 assigned anna all/1 most_capacity
        # 5/6 to 2/3.
        09:00 open c3
        - c3 assigned anna all/1 most_capacity
        # 4/6 is 2/3: bo was assigned less recently.
        09:00 open c4
        - c4 assigned bo all/1 most_capacity
        # 4/6 to 1/3.
        09:00 open c5
        - c5 assigned anna all/1 most_capacity
        # 3/6 to 1/3.
        09:00 open c6
        - c6 assigned anna all/1 most_capacity
        # 2/6 is 1/3: bo was assigned less recently.
        09:00 open c7
        - c7 assigned bo all/1 most_capacity";

    no_limit_counts_as_all: everyone("most_capacity", json!(["anna", {"id": "bo", "capacity": 10}])), "
        09:00 open c1
        - c1 assigned anna all/1 most_capacity
        # All of it is free for both: bo was never assigned.
        09:01 open c2
        - c2 assigned bo all/1 most_capacity
        # 9/10 to all.
        09:02 open c3
        - c3 assigned anna all/1 most_capacity
        09:03 open c4
        - c4 assigned anna all/1 most_capacity";

    takes_the_tightest_of_the_limits_that_apply: tight(), "
        09:00 open c1
        - c1 assigned anna all/1 most_capacity
        # anna: 9/10 of all, but 1/2 of the chats; bo: 3/3.
        09:01 open c2
        - c2 assigned bo all/1 most_capacity
        # 1/2 to 2/3.
        09:02 open c3
        - c3 assigned bo all/1 most_capacity
        # 1/2 to 1/3.
        09:03 open c4
        - c4 assigned anna all/1 most_capacity";

    limits_of_other_kinds_do_not_apply: other_kinds(), "
        09:00 open f1 form
        - f1 assigned anna forms/1 most_capacity
        # She is full of forms, but has no limit that applies to a chat; bo was assigned never.
        09:01 open c1
        - c1 assigned bo all/1 most_capacity
        # All to 4/5.
        09:02 open c2
        - c2 assigned anna all/1 most_capacity
        09:03 open c3
        - c3 assigned anna all/1 most_capacity";

    the_limit_of_a_kind_is_of_what_is_held_of_it: four_chats(), "
        09:00 open f1 form
        - f1 assigned anna forms/1 most_capacity
        09:00 open f2 form
        - f2 assigned bo forms/1 most_capacity
        09:00 assign f2 to anna
        - f2 assigned anna by_hand
        09:00 open c1
        - c1 assigned bo all/1 most_capacity
        # Two forms, but 4/4 of her chats are free; 9/10 of bo.
        09:01 open c2
        - c2 assigned anna all/1 most_capacity
        # 3/4 to 9/10.
        09:02 open c3
        - c3 assigned bo all/1 most_capacity";

    ties_go_to_the_least_recently_assigned:
        everyone("most_capacity", json!([{"id": "anna", "capacity": 2}, {"id": "bo", "capacity": 2}])), "
        09:00 open c1
        - c1 assigned anna all/1 most_capacity
        09:01 close c1
        - c1 closed anna
        09:02 open c2
        - c2 assigned bo all/1 most_capacity
        09:03 close c2
        - c2 closed bo
        09:04 open c3
        - c3 assigned anna all/1 most_capacity";
}

fn tight() -> Desk {
    let anna = json!({"id": "anna", "capacity": {"total": 10, "per_kind": {"chat": 2}}});
    everyone("most_capacity", json!([anna, {"id": "bo", "capacity": 3}]))
}

fn four_chats() -> Desk {
    with_forms(json!({"per_kind": {"chat": 4}}), json!(10))
}

fn other_kinds() -> Desk {
    with_forms(json!({"per_kind": {"form": 1}}), json!(5))
}

/// A desk of anna and bo with a capacity each, and a second channel.
fn with_forms(anna: Value, bo: Value) -> Desk {
    let (anna, bo) = (json!({"id": "anna", "capacity": anna}), json!({"id": "bo", "capacity": bo}));
    let rules = json!([{"id": "forms", "steps": [{"assign_to": "everyone", "strategy": "most_capacity"}]}]);
    let form = json!({"id": "form", "kind": "form", "rules": rules});
    Office::of(json!([anna, bo])).everyone("most_capacity").channel(form).desk()
}
