//! `least_busy`: the lowest load.

use frontdesk::Desk;
use serde_json::json;

use super::step;
use crate::support_desk::{Office, everyone};

stories! {
    takes_the_lowest_load: everyone("least_busy", json!(["anna", "bo", "cy"])), "
        09:00 open c1
        - c1 assigned anna all/1 least_busy
        09:01 open c2
        - c2 assigned bo all/1 least_busy
        09:02 open c3
        - c3 assigned cy all/1 least_busy
        09:03 close c2
        - c2 closed bo
        09:04 open c4
        - c4 assigned bo all/1 least_busy";

    is_the_default: Office::of(json!(["anna"])).steps(json!([{"assign_to": "everyone"}])).desk(), "
        09:00 open c1
        - c1 assigned anna r/1 least_busy";

    gives_ties_to_the_least_recently_assigned: everyone("least_busy", json!(["anna", "bo"])), "
        09:00 open c1
        - c1 assigned anna all/1 least_busy
        09:01 open c2
        - c2 assigned bo all/1 least_busy
        # The order of closing does not matter, only that of assigning.
        09:02 close c1
        - c1 closed anna
        09:03 close c2
        - c2 closed bo
        09:04 open c3
        - c3 assigned anna all/1 least_busy";

    never_assigned_comes_first: everyone("least_busy", json!(["anna", "bo", "cy"])), "
        09:00 open c1
        - c1 assigned anna all/1 least_busy
        09:01 close c1
        - c1 closed anna
        09:02 open c2
        - c2 assigned bo all/1 least_busy
        09:03 close c2
        - c2 closed bo
        09:04 open c3
        - c3 assigned cy all/1 least_busy";

    counts_what_was_assigned_by_hand: everyone("least_busy", json!(["anna", "bo"])), "
        09:00 open c1
        - c1 assigned anna all/1 least_busy
        09:01 assign c1 to bo
        - c1 assigned bo by_hand
        09:02 close c1
        - c1 closed bo
        # Both were assigned once; anna earlier.
        09:03 open c2
        - c2 assigned anna all/1 least_busy";

    goes_by_the_order_of_assignments_within_an_instant: everyone("least_busy", json!(["anna", "bo"])), "
        09:00 open c1
        - c1 assigned anna all/1 least_busy
        09:00 open c2
        - c2 assigned bo all/1 least_busy
        09:00 close c1
        - c1 closed anna
        09:00 close c2
        - c2 closed bo
        09:00 open c3
        - c3 assigned anna all/1 least_busy";

    turned_tie_goes_to_the_most_recently_assigned:
        step(json!(["anna", "bo"]), json!({"strategy": "least_busy", "tie": "most_recently_assigned"})).desk(), "
        09:00 open c1
        - c1 assigned anna r/1 least_busy
        # The load still goes first.
        09:01 open c2
        - c2 assigned bo r/1 least_busy
        09:02 close c1
        - c1 closed anna
        09:03 close c2
        - c2 closed bo
        09:04 open c3
        - c3 assigned bo r/1 least_busy
        09:05 close c3
        - c3 closed bo
        09:06 open c4
        - c4 assigned bo r/1 least_busy";

    load_is_of_all_channels_by_their_weight: everyone_and_a_heavy_form(), "
        09:00 open c1 form
        - c1 assigned anna forms/1 least_busy
        09:01 open c2
        - c2 assigned bo all/1 least_busy
        09:02 open c3
        - c3 assigned bo all/1 least_busy
        # 3 to 2.
        09:03 open c4
        - c4 assigned bo all/1 least_busy
        # 3 to 3: anna was assigned less recently.
        09:04 open c5
        - c5 assigned anna all/1 least_busy";

    pending_offers_are_load: step(json!(["anna", "bo"]), json!({})).chat(json!({"accept_within": "1m"})).desk(), "
        09:00 open c1
        - c1 offered anna r/1 least_busy until 09:01
        09:00:10 open c2
        - c2 offered bo r/1 least_busy until 09:01:10
        09:00:20 accept c2 bo
        - c2 assigned bo r/1 least_busy
        09:00:30 open c3
        - c3 offered anna r/1 least_busy until 09:01:30";

    an_offer_counts_as_assigned_and_accepting_not_again:
        step(json!(["anna", "bo"]), json!({})).chat(json!({"accept_within": "1m"})).desk(), "
        09:00 open c1
        - c1 offered anna r/1 least_busy until 09:01
        09:00:10 close c1
        - c1 offer_withdrawn anna
        - c1 closed
        # Both hold nothing, but anna had an offer.
        09:00:20 open c2
        - c2 offered bo r/1 least_busy until 09:01:20
        09:00:30 open c3
        - c3 offered anna r/1 least_busy until 09:01:30
        09:00:40 accept c2 bo
        - c2 assigned bo r/1 least_busy
        09:00:50 close c2
        - c2 closed bo
        09:00:50 close c3
        - c3 offer_withdrawn anna
        - c3 closed
        # bo accepted after anna's offer, but was offered before it.
        09:01 open c4
        - c4 offered bo r/1 least_busy until 09:02";

    wrap_ups_are_load: step(json!(["anna", "bo"]), json!({})).chat(json!({"wrap_up": "30s"})).desk(), "
        09:00 open c1
        - c1 assigned anna r/1 least_busy
        09:01 open c2
        - c2 assigned bo r/1 least_busy
        09:02 close c1
        - c1 closed anna until 09:02:30
        # One each; anna was assigned less recently.
        09:02:10 open c3
        - c3 assigned anna r/1 least_busy
        09:02:20 open c4
        - c4 assigned bo r/1 least_busy
        # Her wrap-up is over: one to two.
        09:03 open c5
        - 09:02:30 c1 wrap_up_ended anna
        - c5 assigned anna r/1 least_busy";

    snoozed_and_closed_ones_weigh_nothing: everyone("least_busy", json!(["anna", "bo"])), "
        09:00 open c1
        - c1 assigned anna all/1 least_busy
        09:01 open c2
        - c2 assigned bo all/1 least_busy
        09:02 snooze c1
        - c1 snoozed anna
        09:03 open c3
        - c3 assigned anna all/1 least_busy
        09:04 close c2
        - c2 closed bo
        09:05 open c4
        - c4 assigned bo all/1 least_busy";
}

fn everyone_and_a_heavy_form() -> Desk {
    let rules = json!([{"id": "forms", "steps": [{"assign_to": "everyone"}]}]);
    let form = json!({"id": "form", "kind": "form", "weight": 3, "rules": rules});
    Office::of(json!(["anna", "bo"])).everyone("least_busy").channel(form).desk()
}
