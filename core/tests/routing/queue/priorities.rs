//! The priority that channels, rules and steps add, and the one that a rule raises with time.

use frontdesk::Desk;
use serde_json::{Value, json};

use crate::support_desk::{Office, channel};

/// One agent who takes one conversation at a time, and a channel whose rule has further keys.
fn one_rule(keys: Value) -> Office {
    let mut rule = json!({"id": "r", "steps": [{"assign_to": "everyone"}]});
    rule.as_object_mut().unwrap().extend(keys.as_object().unwrap().clone());
    Office::of(json!([{"id": "anna", "capacity": 1}])).rules(json!([rule]))
}

/// A rule that raises the priority by 1 each 10 minutes, by 3 at most.
fn raising() -> Office {
    one_rule(json!({"raise_priority": {"every": "10m", "by": 1, "at_most": 3}}))
}

fn two_channels() -> Desk {
    let steps = json!([{"assign_to": "everyone"}]);
    one_rule(json!({})).channel(channel("vip", "chat", steps, json!({"priority": 10}))).desk()
}

/// A rule for those who pay, and one for all others.
fn two_rules() -> Desk {
    let steps = json!([{"assign_to": "everyone"}]);
    let paid = json!({"id": "paid", "match": {"attributes.plan": "paid"}, "priority": 5, "steps": steps});
    one_rule(json!({})).rules(json!([paid, {"id": "all", "steps": steps}])).desk()
}

/// A rule whose second step, after a minute, adds 2.
fn two_steps() -> Desk {
    let steps = json!([{"assign_to": {"agents": ["anna"]}, "wait": "1m"}, {"assign_to": "everyone", "priority": 2}]);
    one_rule(json!({"steps": steps})).desk()
}

stories! {
    of_a_channel_comes_on_top: two_channels(), r#"
        09:00 open x
        - x assigned anna r/1 least_busy
        09:01 open a {"priority": 9}
        - a queued r/1
        09:02 open b {"channel": "vip"}
        - b queued r/1
        09:03 open c {"priority": 11}
        - c queued r/1
        09:04 close x
        - x closed anna
        - c assigned anna r/1 least_busy
        09:05 close c
        - c closed anna
        - b assigned anna r/1 least_busy
        09:06 close b
        - b closed anna
        - a assigned anna r/1 least_busy"#;

    of_a_rule_counts_on_arrival: two_rules(), r#"
        09:00 open x
        - x assigned anna all/1 least_busy
        09:01 open a {"priority": 4}
        - a queued all/1
        09:02 open b {"attributes": {"plan": "paid"}}
        - b queued paid/1
        09:03 snooze a {"duration": "7m"}
        - a snoozed until 09:10
        09:04 snooze b {"duration": "6m"}
        - b snoozed until 09:10
        09:10 close x
        - a woke
        - b woke
        - b queued paid/1
        - a queued all/1
        - x closed anna
        - b assigned anna paid/1 least_busy"#;

    of_an_update_is_that_of_the_other_rule: two_rules(), r#"
        09:00 open x
        - x assigned anna all/1 least_busy
        09:01 open a
        - a queued all/1
        09:02 open b
        - b queued all/1
        09:03 update b {"attributes": {"plan": "paid"}}
        - b updated
        - b queued paid/1
        09:04 close x
        - x closed anna
        - b assigned anna paid/1 least_busy"#;

    of_a_step_counts_from_when_it_is_reached: two_steps(), "
        09:00:00 open x
        - x assigned anna r/1 least_busy
        09:00:10 open a
        - a queued r/1 until 09:01:10
        09:00:20 open b {\"priority\": 1}
        - b queued r/1 until 09:01:20
        09:01:15 close x
        - 09:01:10 a step_entered r/2
        - 09:01:10 a queued r/2
        - x closed anna
        - a assigned anna r/1 least_busy
        09:02:00 open c {\"priority\": 2}
        - 09:01:20 b step_entered r/2
        - 09:01:20 b queued r/2
        - c queued r/1 until 09:03
        09:02:30 close a
        - a closed anna
        - b assigned anna r/1 least_busy";

    is_raised_with_time: raising().desk(), r#"
        09:00 open x
        - x assigned anna r/1 least_busy
        09:01 open old
        - old queued r/1
        09:30 open new {"priority": 2}
        - new queued r/1
        09:31 close x
        - x closed anna
        - old assigned anna r/1 least_busy"#;

    is_raised_at_the_whole_time: raising().desk(), r#"
        09:00 open x
        - x assigned anna r/1 least_busy
        09:01 open old
        - old queued r/1
        09:10:59.999 open new {"priority": 1}
        - new queued r/1
        09:10:59.999 close x
        - x closed anna
        - new assigned anna r/1 least_busy
        09:11 close new
        - new closed anna
        - old assigned anna r/1 least_busy"#;

    is_raised_to_its_limit: raising().desk(), r#"
        09:00 open x
        - x assigned anna r/1 least_busy
        09:01 open old
        - old queued r/1
        12:00 open new {"priority": 4}
        - new queued r/1
        12:00 close x
        - x closed anna
        - new assigned anna r/1 least_busy"#;

    is_raised_through_an_offer_and_a_snooze: raising().chat(json!({"accept_within": "1m"})).desk(), r#"
        09:00 open x
        - x offered anna r/1 least_busy until 09:01
        09:00 accept x anna
        - x assigned anna r/1 least_busy
        09:01 open old
        - old queued r/1
        09:02 snooze old {"duration": "28m"}
        - old snoozed until 09:30
        09:30 open new {"priority": 2}
        - old woke
        - old queued r/1
        - new queued r/1
        09:31 close x
        - x closed anna
        - old offered anna r/1 least_busy until 09:32
        09:31:30 away anna
        - anna away set_away
        - old offer_withdrawn anna
        - old queued r/1
        09:32 back anna
        - anna available always_on
        - old offered anna r/1 least_busy until 09:33"#;

    begins_anew_when_it_is_reopened: raising().desk(), r#"
        09:00 open x
        - x assigned anna r/1 least_busy
        09:01 open old
        - old queued r/1
        09:02 close old
        - old closed
        09:25 reopen old
        - old reopened
        - old queued r/1
        09:30 open new {"priority": 1}
        - new queued r/1
        09:31 close x
        - x closed anna
        - new assigned anna r/1 least_busy"#;

    of_equal_height_goes_by_the_place: raising().desk(), r#"
        09:00 open x
        - x assigned anna r/1 least_busy
        09:01 open a
        - a queued r/1
        09:02 open b {"priority": 1}
        - b queued r/1
        09:11 close x
        - x closed anna
        - a assigned anna r/1 least_busy"#;
}
