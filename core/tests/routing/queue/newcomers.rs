//! Newcomers, and the conversations that waited before them.

use frontdesk::Desk;
use serde_json::json;

use crate::support_desk::{Office, everyone};

stories! {
    do_not_overtake_when_a_place_comes_free: everyone("least_busy", json!([{"id": "anna", "capacity": 2}])), "
        09:00 open c1
        - c1 assigned anna all/1 least_busy
        09:00 open c2
        - c2 assigned anna all/1 least_busy
        09:01 open c3
        - c3 queued all/1
        09:01 close c1
        - c1 closed anna
        - c3 assigned anna all/1 least_busy
        09:01 open c4
        - c4 queued all/1";

    do_not_overtake_at_the_instant_of_a_return: hours(), "
        08:00 open c1
        - c1 queued r/1
        # She comes at nine, and so does c2: c1 is served before it.
        09:00 open c2
        - anna available working_hours
        - c1 assigned anna r/1 least_busy
        - c2 queued r/1";

    with_a_higher_priority_come_first_only_when_they_are_there: hours(), r#"
        08:00 open c1
        - c1 queued r/1
        # What is due at nine comes before the command of nine.
        09:00 open c2 {"priority": 9}
        - anna available working_hours
        - c1 assigned anna r/1 least_busy
        - c2 queued r/1"#;

    take_who_is_of_no_use_to_those_ahead: everyone("least_busy", json!(["anna", {"id": "bo", "capacity": 0}])), r#"
        09:00 open c1 {"skills": {"sv": 1}}
        - c1 queued all/1
        09:01 open c2
        - c2 assigned anna all/1 least_busy"#;
}

fn hours() -> Desk {
    let hours = json!([{"days": ["fri"], "start": "09:00", "end": "17:00"}]);
    Office::of(json!([{"id": "anna", "capacity": 1, "working_hours": hours}]))
        .steps(json!([{"assign_to": "everyone"}]))
        .desk()
}
