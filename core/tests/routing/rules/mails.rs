//! The owner of a recognised contact is mailed while away, once.

use frontdesk::Desk;
use serde_json::json;

use crate::support_desk::Office;

/// A desk on which bo and cy own contacts, and take no conversations.
fn owned() -> Desk {
    let busy = |id: &str| json!({"id": id, "capacity": 0});
    Office::of(json!([busy("bo"), busy("cy"), "anna"]))
        .rules(json!([{"id": "r", "steps": [{"assign_to": "contact_owner"}], "otherwise": "notify_owner"}]))
        .desk()
}

stories! {
    to_an_owner_who_is_away_once: owned(), r#"
        09:00 away bo
        - bo away set_away
        09:01 open c1 {"contact": {"id": "x", "owner": "bo", "known": true}}
        - c1 owner_notified bo by r
        09:02 update c1 {"attributes": {"mail": "sent"}}
        - c1 updated goes on
        09:03 update c1 {"contact": {"id": "x", "owner": "bo", "known": true, "attributes": {"mail": "read"}}}
        - c1 updated
        09:04 close c1
        - c1 closed
        # Whoever writes again is to be told again.
        09:05 reopen c1
        - c1 reopened
        - c1 owner_notified bo by r"#;

    not_to_one_who_is_there: owned(), r#"
        09:00 open c1 {"contact": {"id": "x", "owner": "bo", "known": true}}
        - c1 unassigned r otherwise
        09:01 away bo
        - bo away set_away
        09:02 update c1 {"contact": {"id": "x", "owner": "bo", "known": true, "attributes": {"n": 1}}}
        - c1 updated
        - c1 owner_notified bo by r"#;

    not_of_a_contact_who_was_not_recognised: owned(), r#"
        09:00 away bo
        - bo away set_away
        09:01 open c1 {"contact": {"id": "x", "owner": "bo"}}
        - c1 unassigned r otherwise
        09:02 update c1 {"contact": {"id": "x", "owner": "bo", "known": true}}
        - c1 updated
        - c1 owner_notified bo by r"#;

    to_each_owner_once: owned(), r#"
        09:00 away bo
        - bo away set_away
        09:00 away cy
        - cy away set_away
        09:01 open c1 {"contact": {"id": "x", "owner": "bo", "known": true}}
        - c1 owner_notified bo by r
        09:02 update c1 {"contact": {"id": "x", "owner": "cy", "known": true}}
        - c1 updated
        - c1 owner_notified cy by r
        09:03 update c1 {"contact": {"id": "x", "owner": "bo", "known": true}}
        - c1 updated"#;

    no_second_time_after_a_sleep: owned(), r#"
        09:00 away bo
        - bo away set_away
        09:01 open c1 {"contact": {"id": "x", "owner": "bo", "known": true}}
        - c1 owner_notified bo by r
        09:02 snooze c1 {"duration": "1h"}
        - c1 snoozed until 10:02
        10:02 advance
        - c1 woke
        - c1 unassigned r otherwise"#;
}
