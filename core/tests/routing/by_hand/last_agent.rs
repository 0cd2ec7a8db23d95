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
