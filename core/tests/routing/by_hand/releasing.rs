//! `release`.

use serde_json::json;

use crate::support_desk::{everyone, one_each};

stories! {
    unassigns_and_does_not_route: everyone("in_order", one_each()), "
        09:00 open c1
        - c1 assigned anna all/1 in_order
        09:01 release c1
        - c1 unassigned from anna released
        # Someone returns, and it still is for manual triage.
        09:02 away bo
        - bo away set_away
        09:03 back bo
        - bo available always_on
        09:04 release c1
        - refused not_held";

    an_update_of_whom_it_asks_routes_it_again: everyone("in_order", one_each()), r#"
        09:00 open c1
        - c1 assigned anna all/1 in_order
        09:01 release c1
        - c1 unassigned from anna released
        09:02 update c1 {"priority": 1}
        - c1 updated goes on
        09:03 update c1 {"contact": {"id": "x"}}
        - c1 updated
        - c1 assigned anna all/1 in_order"#;

    what_is_not_held_cannot_be_released: everyone("in_order", json!([{"id": "anna", "capacity": 0}])), "
        09:00 open c1
        - c1 queued all/1
        09:01 release c1
        - refused not_held
        09:02 close c1
        - c1 closed
        09:03 release c1
        - refused conversation_closed
        09:03 release c2
        - refused unknown_conversation";
}
