//! Calls, and their end after hours.

use frontdesk::Desk;
use serde_json::{Value, json};

use crate::support_desk::Office;

fn phone(after_hours: Value) -> Desk {
    let hours = json!([{"days": ["fri"], "start": "09:00", "end": "16:00"}]);
    let rules = json!([{"id": "calls", "steps": [{"assign_to": "everyone"}], "otherwise": {"voicemail": "busy.mp3"}}]);
    let phone = json!({"id": "phone", "kind": "call", "accept_within": "20s", "office_hours": hours,
        "after_hours": after_hours, "rules": rules});
    Office::of(json!([{"id": "anna", "capacity": {"alone": ["call"]}}, {"id": "bo", "capacity": 0}]))
        .channel(phone)
        .desk()
}

stories! {
    outside_office_hours_straight_to_after_hours: phone(json!({"voicemail": "closed.mp3"})), "
        08:59:59.999 open c1 phone
        - c1 sent_to_voicemail closed.mp3
        09:00 open c2 phone
        - c2 offered anna calls/1 least_busy until 09:00:20
        16:00 open c3 phone
        - 09:00:20 c2 offer_expired anna
        - 09:00:20 c2 sent_to_voicemail busy.mp3 by calls
        - c3 sent_to_voicemail closed.mp3";

    busy_is_otherwise: phone(json!({"voicemail": "closed.mp3"})), "
        10:00 open c1 phone
        - c1 offered anna calls/1 least_busy until 10:00:20
        10:00:05 open c2 phone
        - c2 sent_to_voicemail busy.mp3 by calls";

    after_hours_may_notify_the_owner: phone(json!("notify_owner")), r#"
        20:00 open c1 phone {"contact": {"id": "x", "owner": "bo", "known": true}}
        - c1 unassigned otherwise
        20:01 away bo
        - bo away set_away
        20:02 open c2 phone {"contact": {"id": "x", "owner": "bo", "known": true}}
        - c2 owner_notified bo"#;

    after_hours_may_leave_it: phone(json!("unassigned")), "
        20:00 open c1 phone
        - c1 unassigned otherwise";

    after_hours_may_be_a_bot: phone(json!({"bot": "night"})), "
        20:00 open c1 phone
        - c1 handed_to_bot night
        # To the people, at whatever hour.
        20:01 hand_over c1
        - c1 offered anna calls/1 least_busy until 20:01:20";

    reopened_outside_office_hours_too: phone(json!({"voicemail": "closed.mp3"})), "
        15:00 open c1 phone
        - c1 offered anna calls/1 least_busy until 15:00:20
        15:00:10 accept c1 anna
        - c1 assigned anna calls/1 least_busy
        15:30 close c1
        - c1 closed anna
        15:40 reopen c1
        - c1 reopened
        - c1 offered anna until 15:40:20
        15:40:10 accept c1 anna
        - c1 assigned anna held_before
        15:50 close c1
        - c1 closed anna
        # She is still there, but the office is closed.
        16:10 reopen c1
        - c1 reopened
        - c1 sent_to_voicemail closed.mp3";

    after_hours_queue_is_routed_as_usual: phone(json!("queue")), "
        20:00 open c1 phone
        - c1 offered anna calls/1 least_busy until 20:00:20";
}
