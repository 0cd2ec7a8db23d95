//! Offers to several agents at once.

use frontdesk::Desk;
use serde_json::{Value, json};

use super::offers::office;
use crate::support_desk::Office;

/// Offers of a minute in document order, to two agents at once.
fn two_at_once(agents: Value) -> Office {
    office(agents).chat(json!({"offers_at_once": 2}))
}

fn three() -> Desk {
    two_at_once(json!(["anna", "bo", "cy"])).desk()
}

stories! {
    the_first_to_accept_has_it: three(), "
        09:00 open c1
        - c1 offered anna r/1 in_order until 09:01
        - c1 offered bo r/1 in_order until 09:01
        09:00:30 accept c1 bo
        - c1 offer_withdrawn anna
        - c1 assigned bo r/1 in_order
        09:00:40 open c2
        - c2 offered anna r/1 in_order until 09:01:40
        - c2 offered bo r/1 in_order until 09:01:40";

    one_that_is_declined_goes_to_the_next: three(), "
        09:00 open c1
        - c1 offered anna r/1 in_order until 09:01
        - c1 offered bo r/1 in_order until 09:01
        09:00:30 decline c1 anna
        - c1 offer_declined anna
        - c1 offered cy r/1 in_order until 09:01:30
        09:00:40 decline c1 bo
        - c1 offer_declined bo
        09:02 advance
        - 09:01:30 c1 offer_expired cy
        - 09:01:30 c1 queued r/1";

    all_end_at_the_same_instant: three(), "
        09:00 open c1
        - c1 offered anna r/1 in_order until 09:01
        - c1 offered bo r/1 in_order until 09:01
        09:02 advance
        - 09:01 c1 offer_expired anna
        - 09:01 c1 offer_expired bo
        - 09:01 c1 offered cy r/1 in_order until 09:02
        - c1 offer_expired cy
        - c1 queued r/1";

    as_many_as_there_are: two_at_once(json!(["anna"])).desk(), "
        09:00 open c1
        - c1 offered anna r/1 in_order until 09:01";

    each_weighs_and_counts_as_chosen: two_at_once(json!([
            {"id": "anna", "capacity": 1}, {"id": "bo", "capacity": 1}, {"id": "cy", "capacity": 1}]))
        .steps(json!([{"assign_to": "everyone", "strategy": "round_robin"}])).desk(), "
        09:00 open c1
        - c1 offered anna r/1 round_robin until 09:01
        - c1 offered bo r/1 round_robin until 09:01
        09:00:10 open c2
        - c2 offered cy r/1 round_robin until 09:01:10
        09:00:20 accept c1 bo
        - c1 offer_withdrawn anna
        - c1 assigned bo r/1 round_robin
        09:00:30 decline c2 cy
        - c2 offer_declined cy
        - c2 offered anna r/1 round_robin until 09:01:30";

    one_who_goes_away_is_replaced: three(), "
        09:00 open c1
        - c1 offered anna r/1 in_order until 09:01
        - c1 offered bo r/1 in_order until 09:01
        09:00:30 away bo
        - bo away set_away
        - c1 offer_withdrawn bo
        - c1 offered cy r/1 in_order until 09:01:30";

    all_come_from_the_step_that_decides: office(json!(["anna", "bo"])).chat(json!({"offers_at_once": 2}))
        .steps(json!([{"assign_to": {"agents": ["anna"]}}, {"assign_to": {"agents": ["bo"]}}])).desk(), "
        09:00 open c1
        - c1 offered anna r/1 least_busy until 09:01
        09:00:30 decline c1 anna
        - c1 offer_declined anna
        - c1 offered bo r/2 least_busy until 09:01:30";

    by_hand_takes_all_back: three(), "
        09:00 open c1
        - c1 offered anna r/1 in_order until 09:01
        - c1 offered bo r/1 in_order until 09:01
        09:00:30 assign c1 to cy
        - c1 offer_withdrawn anna
        - c1 offer_withdrawn bo
        - c1 assigned cy by_hand";

    what_comes_back_is_offered_to_its_holder_alone: three(), "
        09:00 open c1
        - c1 offered anna r/1 in_order until 09:01
        - c1 offered bo r/1 in_order until 09:01
        09:00:10 accept c1 anna
        - c1 offer_withdrawn bo
        - c1 assigned anna r/1 in_order
        09:00:20 close c1
        - c1 closed anna
        09:00:30 reopen c1
        - c1 reopened
        - c1 offered anna until 09:01:30";
}
