//! `weighted_round_robin`: in turn, by weight.

use frontdesk::Desk;
use serde_json::{Value, json};

use super::step;
use crate::support_desk::everyone;

fn weighted(weights: [Value; 3]) -> Desk {
    let ids = ["a", "b", "c"].into_iter().zip(weights);
    let agents: Vec<Value> = ids.map(|(id, weight)| json!({"id": id, "attributes": weight})).collect();
    everyone("weighted_round_robin", Value::from(agents))
}

fn offered() -> Desk {
    let agents = json!([{"id": "a", "attributes": {"weight": 2}}, {"id": "b"}]);
    step(agents, json!({"strategy": "weighted_round_robin"})).chat(json!({"accept_within": "1m"})).desk()
}

stories! {
    is_smooth: weighted([json!({"weight": 5}), json!({"weight": 1}), json!({})]), "
        09:00 open c1
        - c1 assigned a all/1 weighted_round_robin
        09:00 open c2
        - c2 assigned a all/1 weighted_round_robin
        09:00 open c3
        - c3 assigned b all/1 weighted_round_robin
        09:00 open c4
        - c4 assigned a all/1 weighted_round_robin
        09:00 open c5
        - c5 assigned c all/1 weighted_round_robin
        09:00 open c6
        - c6 assigned a all/1 weighted_round_robin
        09:00 open c7
        - c7 assigned a all/1 weighted_round_robin
        # And again from the start.
        09:00 open c8
        - c8 assigned a all/1 weighted_round_robin
        09:00 open c9
        - c9 assigned a all/1 weighted_round_robin
        09:00 open c10
        - c10 assigned b all/1 weighted_round_robin";

    weight_zero_is_never: weighted([json!({"weight": 0}), json!({"weight": 2}), json!({"weight": 1})]), "
        09:00 open c1 why
        - c1 assigned b all/1 weighted_round_robin
        * a zero_weight
        * b eligible score 2
        * c eligible score 1
        09:00 open c2
        - c2 assigned c all/1 weighted_round_robin
        09:00 open c3
        - c3 assigned b all/1 weighted_round_robin
        09:00 away b
        - b away set_away
        09:00 away c
        - c away set_away
        09:00 open c4
        - c4 queued all/1";

    an_offer_is_a_turn_and_accepting_it_is_not: offered(), "
        09:00 open c1
        - c1 offered a r/1 weighted_round_robin until 09:01
        09:00 accept c1 a
        - c1 assigned a r/1 weighted_round_robin
        09:00 open c2
        - c2 offered b r/1 weighted_round_robin until 09:01
        09:00 accept c2 b
        - c2 assigned b r/1 weighted_round_robin
        09:00 open c3
        - c3 offered a r/1 weighted_round_robin until 09:01
        09:00 open c4
        - c4 offered a r/1 weighted_round_robin until 09:01";

    rotates_over_those_who_are_there: weighted([json!({"weight": 5}), json!({}), json!({})]), "
        09:00 away a
        - a away set_away
        09:00 open c1
        - c1 assigned b all/1 weighted_round_robin
        09:00 open c2
        - c2 assigned c all/1 weighted_round_robin
        09:00 open c3
        - c3 assigned b all/1 weighted_round_robin";
}
