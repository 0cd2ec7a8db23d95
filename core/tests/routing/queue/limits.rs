//! The waiting limit of a channel.

use frontdesk::Desk;
use serde_json::{Value, json};

use crate::support_desk::Office;

/// One agent who takes one conversation at a time, and a limit on those who wait.
fn limited(limit: Value) -> Office {
    Office::of(json!([{"id": "anna", "capacity": 1}])).everyone("least_busy").chat(json!({"waiting_limit": limit}))
}

fn one_waits() -> Desk {
    limited(json!({"at_most": 1, "otherwise": {"voicemail": "busy"}})).desk()
}

fn five_minutes() -> Office {
    limited(json!({"longest": "5m", "otherwise": "unassigned"}))
}

stories! {
    as_many_wait_as_may: one_waits(), "
        09:00 open x
        - x assigned anna all/1 least_busy
        09:01 open c1
        - c1 queued all/1
        09:02 open c2
        - c2 sent_to_voicemail busy by all limit at_most
        09:03 close c1
        - c1 closed
        09:04 open c3
        - c3 queued all/1";

    nobody_may_wait: limited(json!({"at_most": 0, "otherwise": {"bot": "night"}})).desk(), "
        09:00 open x
        - x assigned anna all/1 least_busy
        09:01 open c1
        - c1 handed_to_bot night by all limit at_most
        09:02 hand_over c1
        - c1 queued all/1";

    is_asked_when_one_is_reopened_and_not_when_it_wakes: one_waits(), r#"
        09:00 open x
        - x assigned anna all/1 least_busy
        09:01 open c1
        - c1 queued all/1
        09:02 snooze c1 {"duration": "1m"}
        - c1 snoozed until 09:03
        09:02 open c2
        - c2 queued all/1
        09:03 advance
        - c1 woke
        - c1 queued all/1
        09:04 close c2
        - c2 closed
        09:05 reopen c2
        - c2 reopened
        - c2 sent_to_voicemail busy by all limit at_most"#;

    two_arrive_at_once: one_waits(), "
        09:00 open x
        - x assigned anna all/1 least_busy
        09:01 open c1
        - c1 queued all/1
        09:01 open c2
        - c2 sent_to_voicemail busy by all limit at_most";

    it_waited_for_the_longest_time: five_minutes().desk(), "
        09:00 open x
        - x assigned anna all/1 least_busy
        09:01 open c1
        - c1 queued all/1
        09:06 close x
        - c1 unassigned all waiting_limit limit longest
        - x closed anna
        09:07 reopen x
        - x reopened
        - x assigned anna held_before";

    an_open_offer_runs_out_first: five_minutes().chat(json!({"accept_within": "1m"})).desk(), "
        09:00 open x
        - x offered anna all/1 least_busy until 09:01
        09:00 accept x anna
        - x assigned anna all/1 least_busy
        09:01 open c1
        - c1 queued all/1
        09:05:30 close x
        - x closed anna
        - c1 offered anna all/1 least_busy until 09:06:30
        09:07 advance
        - 09:06:30 c1 offer_expired anna
        - 09:06:30 c1 unassigned all waiting_limit limit longest";

    it_goes_before_a_wait_that_ends_at_the_same_instant: five_minutes()
        .steps(json!([{"assign_to": "everyone", "wait": "5m"}])).desk(), "
        09:00 open x
        - x assigned anna r/1 least_busy
        09:01 open c1
        - c1 queued r/1 until 09:06
        09:06 advance
        - c1 unassigned r waiting_limit limit longest";

    it_counts_anew_when_reopened: five_minutes().desk(), "
        09:00 open x
        - x assigned anna all/1 least_busy
        09:01 open c1
        - c1 queued all/1
        09:06 advance
        - c1 unassigned all waiting_limit limit longest
        09:07 close c1
        - c1 closed
        09:08 reopen c1
        - c1 reopened
        - c1 queued all/1
        09:13 advance
        - c1 unassigned all waiting_limit limit longest";

    released_by_hand_it_is_routed_no_more: five_minutes().desk(), "
        09:00 open x
        - x assigned anna all/1 least_busy
        09:01 open c1
        - c1 queued all/1
        09:02 assign c1 to anna
        - c1 assigned anna by_hand
        09:10 release c1
        - c1 unassigned from anna released";
}
