//! `reply`.

use serde_json::json;

use crate::support_desk::{Office, everyone, one_each};

stories! {
    to_one_that_sleeps_leaves_it_asleep: everyone("in_order", json!(["anna", "bo"])), r#"
        09:00 open c1
        - c1 assigned anna all/1 in_order
        09:01 snooze c1 {"duration": "1h"}
        - c1 snoozed anna until 10:01
        09:02 reply c1 by bo
        - c1 message_noted agent by bo
        10:01 advance
        - c1 woke
        - c1 assigned anna held_before"#;

    takes_what_nobody_holds: everyone("in_order", json!([{"id": "anna", "capacity": 0}, "bo"])), "
        09:00 away bo
        - bo away set_away
        09:00 open c1
        - c1 queued all/1
        # Capacity and status do not matter.
        09:01 reply c1 by anna
        - c1 message_noted agent by anna
        - c1 assigned anna replied by anna
        09:02 release c1
        - c1 unassigned from anna released
        09:03 reply c1 by bo
        - c1 message_noted agent by bo
        - c1 assigned bo replied by bo";

    changes_nothing_where_it_is_held: everyone("in_order", one_each()), "
        09:00 open c1
        - c1 assigned anna all/1 in_order
        09:01 reply c1 by bo
        - c1 message_noted agent by bo
        09:02 reply c1 by anna
        - c1 message_noted agent by anna";

    takes_it_from_voicemail_and_bots: Office::of(json!(["anna"])).rules(json!([
            {"id": "bot", "match": {"priority": 1}, "steps": [{"assign_to": {"bot": "helper"}}]},
            {"id": "r", "steps": [], "otherwise": {"voicemail": "v"}}])).desk(), r#"
        09:00 open c1
        - c1 sent_to_voicemail v by r
        09:01 reply c1 by anna
        - c1 message_noted agent by anna
        - c1 assigned anna replied by anna
        09:02 open c2 {"priority": 1}
        - c2 handed_to_bot helper by bot/1
        09:03 reply c2 by anna
        - c2 message_noted agent by anna
        - c2 assigned anna replied by anna"#;

    not_to_what_is_closed_or_unknown: everyone("in_order", one_each()), "
        09:00 open c1
        - c1 assigned anna all/1 in_order
        09:01 close c1
        - c1 closed anna
        09:02 reply c1 by anna
        - refused conversation_closed
        09:02 reply c2 by anna
        - refused unknown_conversation
        09:02 reply c1 by zoe
        - refused unknown_agent";
}
