//! The order of the queue.

use frontdesk::Desk;
use serde_json::json;

use super::one_place;
use crate::support_desk::{Office, everyone};

stories! {
    by_priority_then_by_opening: one_place(), r#"
        09:00 open c1
        - c1 assigned anna all/1 least_busy
        09:01 open c2
        - c2 queued all/1
        09:02 open c3
        - c3 queued all/1
        09:03 open c4 {"priority": 5}
        - c4 queued all/1
        09:04 open c5 {"priority": -1}
        - c5 queued all/1
        09:05 open c6 {"priority": 5}
        - c6 queued all/1
        09:10 close c1
        - c1 closed anna
        - c4 assigned anna all/1 least_busy
        09:11 close c4
        - c4 closed anna
        - c6 assigned anna all/1 least_busy
        09:12 close c6
        - c6 closed anna
        - c2 assigned anna all/1 least_busy
        09:13 close c2
        - c2 closed anna
        - c3 assigned anna all/1 least_busy
        09:14 close c3
        - c3 closed anna
        - c5 assigned anna all/1 least_busy"#;

    within_an_instant_by_the_order_of_commands: one_place(), "
        09:00 open x
        - x assigned anna all/1 least_busy
        09:01 open b
        - b queued all/1
        09:01 open a
        - a queued all/1
        09:02 close x
        - x closed anna
        - b assigned anna all/1 least_busy";

    a_reopened_one_goes_to_the_end: one_place(), "
        09:00 open c1
        - c1 assigned anna all/1 least_busy
        09:01 open c2
        - c2 queued all/1
        09:02 open c3
        - c3 queued all/1
        09:03 close c2
        - c2 closed
        09:04 reopen c2
        - c2 reopened
        - c2 queued all/1
        09:05 close c1
        - c1 closed anna
        - c3 assigned anna all/1 least_busy
        09:06 close c3
        - c3 closed anna
        - c2 assigned anna all/1 least_busy";

    one_that_wakes_keeps_its_place: one_place(), r#"
        09:00 open c1
        - c1 assigned anna all/1 least_busy
        09:01 open c2
        - c2 queued all/1
        09:02 open c3
        - c3 queued all/1
        09:03 snooze c2 {"duration": "1m"}
        - c2 snoozed until 09:04
        09:05 close c1
        - 09:04 c2 woke
        - 09:04 c2 queued all/1
        - c1 closed anna
        - c2 assigned anna all/1 least_busy"#;

    one_that_was_released_and_updated_keeps_its_place: one_place(), r#"
        09:00 open c1
        - c1 assigned anna all/1 least_busy
        09:01 open c2
        - c2 queued all/1
        09:02 release c1
        - c1 unassigned from anna released
        - c2 assigned anna all/1 least_busy
        09:03 open c3
        - c3 queued all/1
        09:04 update c1 {"contact": {"id": "x"}}
        - c1 updated
        - c1 queued all/1
        09:05 close c2
        - c2 closed anna
        - c1 assigned anna all/1 least_busy"#;

    a_higher_priority_moves_it_ahead: one_place(), r#"
        09:00 open c1
        - c1 assigned anna all/1 least_busy
        09:01 open c2
        - c2 queued all/1
        09:02 open c3
        - c3 queued all/1
        09:03 update c3 {"priority": 1}
        - c3 updated goes on
        09:04 close c1
        - c1 closed anna
        - c3 assigned anna all/1 least_busy"#;

    one_for_whom_nobody_is_there_is_skipped:
        everyone("least_busy", json!([{"id": "anna", "capacity": 1}])), r#"
        09:00 open c1
        - c1 assigned anna all/1 least_busy
        09:01 open c2 {"skills": {"sv": 1}}
        - c2 queued all/1
        09:02 open c3
        - c3 queued all/1
        09:03 close c1
        - c1 closed anna
        - c3 assigned anna all/1 least_busy"#;

    one_order_over_all_channels: two_channels(), "
        09:00 open c1
        - c1 assigned anna r/1 least_busy
        09:01 open f1 form
        - f1 queued forms/1
        09:02 open c2
        - c2 queued r/1
        09:03 close c1
        - c1 closed anna
        - f1 assigned anna forms/1 least_busy
        09:04 close f1
        - f1 closed anna
        - c2 assigned anna r/1 least_busy";
}

fn two_channels() -> Desk {
    let rules = json!([{"id": "forms", "steps": [{"assign_to": "everyone"}]}]);
    Office::of(json!([{"id": "anna", "capacity": 1}]))
        .steps(json!([{"assign_to": "everyone"}]))
        .channel(json!({"id": "form", "kind": "form", "rules": rules}))
        .desk()
}
