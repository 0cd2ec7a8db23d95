//! A backlog that is served when agents become available.

use serde_json::{Value, json};

use super::one_place;
use crate::support_desk::{Office, everyone};

fn at_night() -> Value {
    let hours = |start: &str| json!([{"days": ["fri"], "start": start, "end": "17:00"}]);
    json!([
        {"id": "anna", "capacity": 2, "working_hours": hours("09:00")},
        {"id": "bo", "capacity": 2, "working_hours": hours("09:00")},
        {"id": "cy", "capacity": 2, "working_hours": hours("10:00")},
    ])
}

stories! {
    is_handed_out_at_the_start_of_a_shift: everyone("least_busy", at_night()), "
        07:00 open c1
        - c1 queued all/1
        07:01 open c2
        - c2 queued all/1
        07:02 open c3
        - c3 queued all/1
        07:03 open c4
        - c4 queued all/1
        07:04 open c5
        - c5 queued all/1
        12:00 advance
        - 09:00 anna available working_hours
        - 09:00 bo available working_hours
        - 09:00 c1 assigned anna all/1 least_busy
        - 09:00 c2 assigned bo all/1 least_busy
        - 09:00 c3 assigned anna all/1 least_busy
        - 09:00 c4 assigned bo all/1 least_busy
        - 10:00 cy available working_hours
        - 10:00 c5 assigned cy all/1 least_busy";

    is_handed_out_on_a_return: everyone("least_busy", json!([{"id": "anna", "capacity": 2}])), "
        09:00 away anna
        - anna away set_away
        09:01 open c1
        - c1 queued all/1
        09:02 open c2
        - c2 queued all/1
        09:03 open c3
        - c3 queued all/1
        09:04 back anna
        - anna available always_on
        - c1 assigned anna all/1 least_busy
        - c2 assigned anna all/1 least_busy";

    is_handed_out_when_an_away_ends_by_itself: one_place(), r#"
        09:00 away anna {"duration": "15m"}
        - anna away temporarily_away
        09:01 open c1
        - c1 queued all/1
        09:30 advance
        - 09:15 anna available always_on
        - 09:15 c1 assigned anna all/1 least_busy"#;

    is_handed_out_to_who_is_away_where_that_does_not_matter: Office::of(json!([{"id": "anna", "capacity": 1}]))
        .steps(json!([{"assign_to": "everyone", "only_available": false}])).desk(), "
        09:00 away anna
        - anna away set_away
        09:01 open c1
        - c1 assigned anna r/1 least_busy
        09:02 open c2
        - c2 queued r/1
        09:03 close c1
        - c1 closed anna
        - c2 assigned anna r/1 least_busy";

    is_handed_out_when_a_wrap_up_ends: Office::of(json!([{"id": "anna", "capacity": 1}])).everyone("least_busy")
        .chat(json!({"wrap_up": "30s"})).desk(), "
        09:00 open c1
        - c1 assigned anna all/1 least_busy
        09:01 open c2
        - c2 queued all/1
        09:02 close c1
        - c1 closed anna until 09:02:30
        09:03 advance
        - 09:02:30 c1 wrap_up_ended anna
        - 09:02:30 c2 assigned anna all/1 least_busy";

    is_handed_out_when_one_is_snoozed_or_released_or_moved: everyone("in_order", json!([{"id": "anna", "capacity": 1}, {"id": "bo", "capacity": 0}])), "
        09:00 open c1
        - c1 assigned anna all/1 in_order
        09:00 open c2
        - c2 queued all/1
        09:00 open c3
        - c3 queued all/1
        09:00 open c4
        - c4 queued all/1
        09:01 snooze c1
        - c1 snoozed anna
        - c2 assigned anna all/1 in_order
        09:02 release c2
        - c2 unassigned from anna released
        - c3 assigned anna all/1 in_order
        09:03 assign c3 to bo
        - c3 assigned bo by_hand
        - c4 assigned anna all/1 in_order";
}
