//! Agents who miss offers.

use frontdesk::Desk;
use serde_json::json;

use crate::support_desk::Office;

fn two_misses() -> Desk {
    Office::of(json!(["anna", "bo"]))
        .steps(json!([{"assign_to": {"agents": ["anna"]}}]))
        .chat(json!({"accept_within": "1m"}))
        .settings(json!({"missed_offers_before_away": 2}))
        .desk()
}

stories! {
    as_many_in_a_row_set_the_agent_away: two_misses(), "
        09:00 open c1
        - c1 offered anna r/1 least_busy until 09:01
        09:01 open c2
        - c1 offer_expired anna
        - c1 queued r/1
        - c2 offered anna r/1 least_busy until 09:02
        09:05 advance
        - 09:02 c2 offer_expired anna
        - 09:02 anna away set_away_by_other
        - 09:02 anna notice missed_offers
        - 09:02 c2 queued r/1
        # Only a new available brings her back, and then all is offered again.
        09:10 back anna
        - anna available always_on
        - c1 offered anna r/1 least_busy until 09:11
        - c2 offered anna r/1 least_busy until 09:11";

    other_offers_are_withdrawn_then: two_misses(), "
        09:00 open c1
        - c1 offered anna r/1 least_busy until 09:01
        09:00:10 open c2
        - c2 offered anna r/1 least_busy until 09:01:10
        09:00:20 open c3
        - c3 offered anna r/1 least_busy until 09:01:20
        09:02 advance
        - 09:01 c1 offer_expired anna
        - 09:01 c1 queued r/1
        - 09:01:10 c2 offer_expired anna
        - 09:01:10 anna away set_away_by_other
        - 09:01:10 anna notice missed_offers
        - 09:01:10 c3 offer_withdrawn anna
        - 09:01:10 c2 queued r/1
        - 09:01:10 c3 queued r/1";

    an_accepted_one_begins_the_row_anew: two_misses(), "
        09:00 open c1
        - c1 offered anna r/1 least_busy until 09:01
        09:01 open c2
        - c1 offer_expired anna
        - c1 queued r/1
        - c2 offered anna r/1 least_busy until 09:02
        09:01:30 accept c2 anna
        - c2 assigned anna r/1 least_busy
        09:02 open c3
        - c3 offered anna r/1 least_busy until 09:03
        09:04 advance
        - 09:03 c3 offer_expired anna
        - 09:03 c3 queued r/1";

    offers_to_someone_away_are_missed_too: Office::of(json!(["anna"]))
        .steps(json!([{"assign_to": "everyone", "only_available": false}])).chat(json!({"accept_within": "1m"}))
        .settings(json!({"missed_offers_before_away": 1})).desk(), "
        09:00 open c1
        - c1 offered anna r/1 least_busy until 09:01
        09:01 advance
        - c1 offer_expired anna
        - anna away set_away_by_other
        - anna notice missed_offers
        - c1 queued r/1
        09:02 open c2
        - c2 offered anna r/1 least_busy until 09:03
        # She is away already.
        09:04 advance
        - 09:03 c2 offer_expired anna
        - 09:03 c2 queued r/1";

    who_is_away_for_a_while_is_not_set_away_for_longer: Office::of(json!(["anna"]))
        .steps(json!([{"assign_to": "everyone", "only_available": false}])).chat(json!({"accept_within": "1m"}))
        .settings(json!({"missed_offers_before_away": 1})).desk(), r#"
        09:00 away anna {"duration": "1h"}
        - anna away temporarily_away
        09:00 open c1
        - c1 offered anna r/1 least_busy until 09:01
        10:00 advance
        - 09:01 c1 offer_expired anna
        - 09:01 c1 queued r/1
        - anna available always_on
        - c1 offered anna r/1 least_busy until 10:01"#;

    a_declined_one_begins_the_row_anew: two_misses(), "
        09:00 open c1
        - c1 offered anna r/1 least_busy until 09:01
        09:01 open c2
        - c1 offer_expired anna
        - c1 queued r/1
        - c2 offered anna r/1 least_busy until 09:02
        09:01:30 decline c2 anna
        - c2 offer_declined anna
        - c2 queued r/1
        09:02 open c3
        - c3 offered anna r/1 least_busy until 09:03
        09:04 advance
        - 09:03 c3 offer_expired anna
        - 09:03 c3 queued r/1";
}
