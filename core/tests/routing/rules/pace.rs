//! The pace of agents: how many conversations routing gives them in a time, or on a day.

use frontdesk::Desk;
use serde_json::{Value, json};

use crate::support_desk::{Office, everyone};

/// Some agents, each with a pace.
fn paced(pace: Value) -> Office {
    Office::of(json!([{"id": "anna", "capacity": {"pace": [pace]}}])).everyone("least_busy")
}

fn two_an_hour() -> Desk {
    paced(json!({"at_most": 2, "per": "1h"})).desk()
}

stories! {
    passing_time_makes_room: two_an_hour(), "
        09:00 open c1
        - c1 assigned anna all/1 least_busy
        09:10 open c2
        - c2 assigned anna all/1 least_busy
        09:20 open c3
        - c3 queued all/1
        09:30 open c4
        - c4 queued all/1
        10:30 advance
        - 10:00 c3 assigned anna all/1 least_busy
        - 10:10 c4 assigned anna all/1 least_busy";

    one_of_an_instant_leaves_at_its_end: two_an_hour(), "
        09:00 open c1
        - c1 assigned anna all/1 least_busy
        09:00 open c2
        - c2 assigned anna all/1 least_busy
        09:59:59.999 open c3
        - c3 queued all/1
        10:00 open c4
        - c3 assigned anna all/1 least_busy
        - c4 assigned anna all/1 least_busy";

    closing_gives_nothing_back: two_an_hour(), "
        09:00 open c1
        - c1 assigned anna all/1 least_busy
        09:01 open c2
        - c2 assigned anna all/1 least_busy
        09:02 close c1
        - c1 closed anna
        09:03 open c3
        - c3 queued all/1";

    by_hand_does_not_count: two_an_hour(), "
        09:00 open c1
        - c1 assigned anna all/1 least_busy
        09:01 open c2
        - c2 assigned anna all/1 least_busy
        09:02 open c3
        - c3 queued all/1
        09:03 assign c3 to anna
        - c3 assigned anna by_hand
        10:00 open c4
        - c4 assigned anna all/1 least_busy";

    what_goes_back_counts: two_an_hour(), "
        09:00 open c1
        - c1 assigned anna all/1 least_busy
        09:01 close c1
        - c1 closed anna
        09:02 reopen c1
        - c1 reopened
        - c1 assigned anna held_before
        09:03 open c2
        - c2 queued all/1";

    an_open_offer_counts_and_one_declined_does_not: paced(json!({"at_most": 1, "per": "1h"}))
        .chat(json!({"accept_within": "1m"})).desk(), "
        09:00 open c1
        - c1 offered anna all/1 least_busy until 09:01
        09:00:10 open c2
        - c2 queued all/1
        09:00:20 decline c1 anna
        - c1 offer_declined anna
        - c1 queued all/1
        - c2 offered anna all/1 least_busy until 09:01:20
        09:01 accept c2 anna
        - c2 assigned anna all/1 least_busy
        09:02 open c3
        - c3 queued all/1
        10:01 advance
        - c3 offered anna all/1 least_busy until 10:02";

    a_day_is_a_date_of_the_agent: Office::of(json!([
            {"id": "anna", "time_zone": "Europe/Stockholm", "capacity": {"pace": [{"at_most": 1, "per": "day"}]}}]))
        .everyone("least_busy").desk(), "
        09:00 open c1
        - c1 assigned anna all/1 least_busy
        09:01 open c2
        - c2 queued all/1
        23:30 advance
        - 23:00 c2 assigned anna all/1 least_busy";

    a_day_is_a_date_where_the_agent_travels: Office::of(json!([{"id": "anna", "capacity": {"pace": [{"at_most": 1, "per": "day"}]},
            "travel": [{"first_day": "2026-11-20", "last_day": "2026-11-21", "time_zone": "Asia/Tokyo"}]}]))
        .everyone("least_busy").desk(), "
        09:00 open c1
        - c1 assigned anna all/1 least_busy
        09:01 open c2
        - c2 queued all/1
        15:30 advance
        - 15:00 c2 assigned anna all/1 least_busy";

    /// Friday in Tokyo is over at 15:00; Saturday at home begins at midnight.
    a_day_lasts_until_the_next_begins_after_travel: Office::of(json!([{"id": "anna", "capacity": {"pace": [{"at_most": 1, "per": "day"}]},
            "travel": [{"first_day": "2026-11-20", "last_day": "2026-11-20", "time_zone": "Asia/Tokyo"}]}]))
        .everyone("least_busy").desk(), "
        09:00 open c1
        - c1 assigned anna all/1 least_busy
        16:00 open c2
        - c2 queued all/1
        2026-11-21T01:00 advance
        - 2026-11-21T00:00 c2 assigned anna all/1 least_busy";

    the_tighter_of_two: Office::of(json!([{"id": "anna", "capacity": {"pace": [
            {"at_most": 1, "per": "1m"}, {"at_most": 2, "per": "1h"}]}}])).everyone("least_busy").desk(), "
        09:00 open c1
        - c1 assigned anna all/1 least_busy
        09:00:30 open c2
        - c2 queued all/1
        09:01 open c3
        - c2 assigned anna all/1 least_busy
        - c3 queued all/1
        10:00 advance
        - c3 assigned anna all/1 least_busy";

    others_take_it_meanwhile: everyone("in_order", json!([
            {"id": "anna", "capacity": {"pace": [{"at_most": 1, "per": "1h"}]}}, "bo"])), "
        09:00 open c1
        - c1 assigned anna all/1 in_order
        09:01 open c2
        - c2 assigned bo all/1 in_order
        10:00 open c3
        - c3 assigned anna all/1 in_order";
}
