//! Conversations that return to the agent who last had them.

use frontdesk::Desk;
use serde_json::json;

use crate::support_desk::Office;

fn office() -> Desk {
    Office::of(json!(["anna", {"id": "bo", "capacity": 0}]))
        .steps(json!([{"assign_to": "last_agent", "wait": "1h"}, {"assign_to": {"agents": ["bo"]}}]))
        .desk()
}

stories! {
    who_gets_one_by_hand_gets_the_waiting_ones_of_the_contact: office(), r#"
        09:00 open c1 {"contact": {"id": "x"}}
        - c1 queued r/2
        09:01 open c2 {"contact": {"id": "x"}}
        - c2 queued r/2
        09:01 open c3 {"contact": {"id": "y"}}
        - c3 queued r/2
        09:02 assign c1 to anna
        - c1 assigned anna by_hand
        - c2 assigned anna r/1 least_busy"#;

    who_is_the_last_agent_after_another_was_removed_gets_what_waits: Office::of(json!(["anna", "bo", {"id": "cy", "capacity": 0}]))
        .steps(json!([{"assign_to": "last_agent", "wait": "1h"}, {"assign_to": {"agents": ["cy"]}}])).desk(), r#"
        09:00 open c1 {"contact": {"id": "x"}}
        - c1 queued r/2
        09:00 assign c1 to bo
        - c1 assigned bo by_hand
        09:01 close c1
        - c1 closed bo
        09:02 open c2 {"contact": {"id": "x"}}
        - c2 assigned bo r/1 least_busy
        09:03 assign c2 to anna
        - c2 assigned anna by_hand
        09:03 close c2
        - c2 closed anna
        09:04 away anna
        - anna away set_away
        09:05 open c3 {"contact": {"id": "x"}}
        - c3 queued r/1 until 10:05
        09:06 remove_agent anna
        - remove_agent anna
        - c3 assigned bo r/1 least_busy"#;

    who_replies_gets_the_waiting_ones_of_the_contact: office(), r#"
        09:00 open c1 {"contact": {"id": "x"}}
        - c1 queued r/2
        09:01 open c2 {"contact": {"id": "x"}}
        - c2 queued r/2
        09:02 reply c2 by anna
        - c2 message_noted agent by anna
        - c2 assigned anna replied by anna
        - c1 assigned anna r/1 least_busy by anna"#;

    one_that_left_the_queue_since_is_not_routed_again: office(), r#"
        09:00 open c1 {"contact": {"id": "x"}}
        - c1 queued r/2
        09:01 open c2 {"contact": {"id": "x"}}
        - c2 queued r/2
        09:02 reply c2 by anna
        - c2 message_noted agent by anna
        - c2 assigned anna replied by anna
        - c1 assigned anna r/1 least_busy by anna
        09:03 release c1 by anna
        - c1 unassigned from anna released by anna"#;
}
