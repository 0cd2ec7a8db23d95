//! `round_robin`: in turn.

use frontdesk::Desk;
use serde_json::json;

use super::step;
use crate::support_desk::{Office, everyone, one_each};

stories! {
    goes_round_whatever_the_load: everyone("round_robin", json!(["anna", "bo", "cy"])), "
        09:00 open c1
        - c1 assigned anna all/1 round_robin
        09:01 open c2
        - c2 assigned bo all/1 round_robin
        09:02 close c1
        - c1 closed anna
        09:03 open c3
        - c3 assigned cy all/1 round_robin
        09:04 open c4
        - c4 assigned anna all/1 round_robin";

    by_hand_does_not_count: everyone("round_robin", json!(["anna", "bo"])), "
        09:00 open c1
        - c1 assigned anna all/1 round_robin
        09:01 assign c1 to bo
        - c1 assigned bo by_hand
        09:02 open c2
        - c2 assigned bo all/1 round_robin
        09:03 open c3
        - c3 assigned anna all/1 round_robin";

    replies_do_not_count: everyone("round_robin", one_each()), "
        09:00 open c1
        - c1 assigned anna all/1 round_robin
        09:01 open c2
        - c2 assigned bo all/1 round_robin
        09:02 open c3
        - c3 queued all/1
        09:03 reply c3 by anna
        - c3 message_noted agent by anna
        - c3 assigned anna replied by anna
        09:04 close c1
        - c1 closed anna
        09:04 close c2
        - c2 closed bo
        09:04 close c3
        - c3 closed anna
        09:05 open c4
        - c4 assigned anna all/1 round_robin";

    whoever_comes_back_gets_one_turn_not_all_they_missed: everyone("round_robin", json!(["anna", "bo"])), "
        09:00 away anna
        - anna away set_away
        09:01 open c1
        - c1 assigned bo all/1 round_robin
        09:02 open c2
        - c2 assigned bo all/1 round_robin
        09:03 back anna
        - anna available always_on
        09:04 open c3
        - c3 assigned anna all/1 round_robin
        09:05 open c4
        - c4 assigned bo all/1 round_robin
        09:06 open c5
        - c5 assigned anna all/1 round_robin";

    every_rule_has_its_own_round: two_rounds(), r#"
        09:00 open c1
        - c1 assigned anna others/1 round_robin
        09:01 open c2 {"priority": 1}
        - c2 assigned anna urgent/1 round_robin
        09:02 open c3
        - c3 assigned bo others/1 round_robin
        09:03 open c4 {"priority": 1}
        - c4 assigned bo urgent/1 round_robin"#;

    every_step_of_the_rule_counts: one_round_of_two_steps(), "
        09:00 open c1
        - c1 assigned anna r/1 in_order
        09:01 away anna
        - anna away set_away
        # anna had a turn by this rule, though by its first step.
        09:02 open c2
        - c2 assigned bo r/2 round_robin
        09:03 open c3
        - c3 assigned anna r/2 round_robin";

    an_offer_is_a_turn: step(json!(["anna", "bo"]), json!({"strategy": "round_robin"}))
        .chat(json!({"accept_within": "1m"})).desk(), "
        09:00 open c1
        - c1 offered anna r/1 round_robin until 09:01
        09:00:10 decline c1 anna
        - c1 offer_declined anna
        - c1 offered bo r/1 round_robin until 09:01:10
        09:00:20 accept c1 bo
        - c1 assigned bo r/1 round_robin
        # Both had their turn, anna first.
        09:00:30 open c2
        - c2 offered anna r/1 round_robin until 09:01:30";
}

fn one_round_of_two_steps() -> Desk {
    let first = json!({"assign_to": {"agents": ["anna"]}, "strategy": "in_order"});
    let second = json!({"assign_to": "everyone", "strategy": "round_robin", "only_available": false});
    Office::of(json!(["anna", "bo"])).steps(json!([first, second])).desk()
}

fn two_rounds() -> Desk {
    let steps = json!([{"assign_to": "everyone", "strategy": "round_robin"}]);
    let urgent = json!({"id": "urgent", "match": {"priority": {"at_least": 1}}, "steps": steps});
    Office::of(json!(["anna", "bo"])).rules(json!([urgent, {"id": "others", "steps": steps}])).desk()
}
