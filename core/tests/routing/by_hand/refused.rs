//! Commands that are refused change nothing.

use frontdesk::Desk;
use serde_json::json;

use crate::support_desk::{Office, everyone};

stories! {
    what_is_due_is_left_to_the_next_command: everyone("in_order", json!([
            {"id": "anna", "capacity": 1, "working_hours": [{"days": ["fri"], "start": "09:00", "end": "10:00"}]}])), r#"
        08:00 open c1
        - c1 queued all/1
        08:00 open c2
        - c2 queued all/1
        # A shift would begin, and end, and conversations change hands on the way to this.
        11:00 release c9
        - refused unknown_conversation
        08:30 update c2 {"priority": 1}
        - c2 updated goes on
        10:30 close c2
        - 09:00 anna available working_hours
        - 09:00 c2 assigned anna all/1 in_order
        - 10:00 anna away outside_working_hours
        - c2 closed anna"#;

    the_first_command_may_be: everyone("in_order", json!(["anna"])), "
        09:00 close c1
        - refused unknown_conversation
        08:00 open c1
        - c1 assigned anna all/1 in_order";

    everything_due_is_taken_back: due(), "
        09:00 open c1
        - c1 offered anna r/1 round_robin until 09:01
        09:00 open c2
        - c2 offered bo r/1 round_robin until 09:01
        09:00 accept c2 bo
        - c2 assigned bo r/1 round_robin
        09:00 snooze c2
        - c2 snoozed bo
        09:00:30 open c3
        - c3 offered anna r/1 round_robin until 09:01:30
        # Offers would expire and be withdrawn, agents be set away, a wait end on the way to these.
        12:00 snooze c9
        - refused unknown_conversation
        12:00 reply c3 by zoe
        - refused unknown_agent
        11:00 advance
        - 09:01 c1 offer_expired anna
        - 09:01 anna away set_away_by_other
        - 09:01 anna notice missed_offers
        - 09:01 c3 offer_withdrawn anna
        - 09:01 c1 offered bo r/1 round_robin until 09:02
        - 09:01 c3 offered bo r/1 round_robin until 09:02
        - 09:02 c1 offer_expired bo
        - 09:02 bo away set_away_by_other
        - 09:02 bo notice missed_offers
        - 09:02 c3 offer_withdrawn bo
        # Both declined c1, as an expired offer is a decline; nobody declined c3.
        - 09:02 c1 queued r/1
        - 09:02 c3 queued r/1 until 10:00:30
        - 10:00:30 c3 queued r/1";
}

fn due() -> Desk {
    Office::of(json!(["anna", "bo"]))
        .steps(json!([{"assign_to": "everyone", "strategy": "round_robin", "wait": "1h"}]))
        .chat(json!({"accept_within": "1m"}))
        .settings(json!({"missed_offers_before_away": 1}))
        .desk()
}
