//! Common complaints about other systems; each test shows that the failure does not occur here.

use frontdesk::Desk;
use serde_json::{Value, json};

use crate::support_desk::{Office, everyone};

/// An agent with these hours on Fridays, or as given.
fn hours(id: &str, hours: Value) -> Value {
    json!({"id": id, "working_hours": hours})
}

/// A desk with offers of a minute to everyone in document order, and a step of an hour.
fn ringing() -> Desk {
    Office::of(json!(["anna", "bo"]))
        .steps(json!([{"assign_to": "everyone", "strategy": "in_order", "wait": "1h"}]))
        .chat(json!({"accept_within": "1m"}))
        .desk()
}

stories! {
    /// "Nobody was there at night, and in the morning the conversations just stayed unassigned."
    a_backlog_is_handed_out_when_the_first_agent_returns: everyone("least_busy", json!([
            hours("anna", json!([{"days": ["fri"], "start": "09:00", "end": "17:00"}])),
            hours("bo", json!([{"days": ["fri"], "start": "10:00", "end": "17:00"}]))])), "
        03:00 open c1
        - c1 queued all/1
        04:00 open c2
        - c2 queued all/1
        05:00 open c3
        - c3 queued all/1
        09:30 advance
        - 09:00 anna available working_hours
        - 09:00 c1 assigned anna all/1 least_busy
        - 09:00 c2 assigned anna all/1 least_busy
        - 09:00 c3 assigned anna all/1 least_busy";

    /// The same when the return is by hand.
    a_backlog_is_handed_out_when_the_first_agent_sets_themself_available: everyone("least_busy", json!(["anna"])), "
        09:00 away anna
        - anna away set_away
        09:01 open c1
        - c1 queued all/1
        09:02 open c2
        - c2 queued all/1
        09:30 back anna by anna
        - anna available always_on by anna
        - c1 assigned anna all/1 least_busy by anna
        - c2 assigned anna all/1 least_busy by anna";

    /// "The customer who just came got the agent, the one who waited for an hour did not."
    a_newcomer_does_not_overtake_when_capacity_frees: everyone("least_busy", json!([{"id": "anna", "capacity": 1}])), "
        09:00 open c1
        - c1 assigned anna all/1 least_busy
        09:01 open waiting
        - waiting queued all/1
        10:00 close c1
        - c1 closed anna
        - waiting assigned anna all/1 least_busy
        10:00 open newcomer
        - newcomer queued all/1";

    /// The same when capacity frees by itself, at the very instant of the newcomer.
    a_newcomer_does_not_overtake_when_a_wrap_up_ends: Office::of(json!([{"id": "anna", "capacity": 1}]))
        .everyone("least_busy").chat(json!({"wrap_up": "5m"})).desk(), "
        09:00 open c1
        - c1 assigned anna all/1 least_busy
        09:01 open waiting
        - waiting queued all/1
        09:02 close c1
        - c1 closed anna until 09:07
        09:07 open newcomer
        - c1 wrap_up_ended anna
        - waiting assigned anna all/1 least_busy
        - newcomer queued all/1";

    /// "She is on holiday for a week, and everything that is reopened piles up with her."
    a_reopened_conversation_does_not_go_to_an_absent_agent: everyone("in_order", json!(["anna", "bo"])), r#"
        09:00 open c1
        - c1 assigned anna all/1 in_order
        09:10 close c1
        - c1 closed anna
        09:20 set_out_of_office anna [{"start": "2026-11-20T09:30", "end": "2026-11-27T17:00"}]
        - set_out_of_office anna
        10:00 reopen c1
        - 09:30 anna away out_of_office
        - c1 reopened
        - c1 assigned bo all/1 in_order"#;

    /// The conversation waits if no other agent is available, and does not go to her.
    a_reopened_conversation_waits_rather_than_going_to_an_absent_agent: everyone("in_order", json!(["anna"])), "
        09:00 open c1
        - c1 assigned anna all/1 in_order
        09:10 close c1
        - c1 closed anna
        09:20 away anna
        - anna away set_away
        10:00 reopen c1
        - c1 reopened
        - c1 queued all/1";

    /// "The limit is three, and people have four", as by a reopening, a waking or two arrivals at once.
    a_limit_of_three_never_becomes_four: everyone("least_busy", json!([{"id": "anna", "capacity": 3}])), r#"
        09:00 open c1
        - c1 assigned anna all/1 least_busy
        09:00 open c2
        - c2 assigned anna all/1 least_busy
        09:00 snooze c1 {"duration": "10m"}
        - c1 snoozed anna until 09:10
        09:00 close c2
        - c2 closed anna
        09:01 open c3
        - c3 assigned anna all/1 least_busy
        09:01 open c4
        - c4 assigned anna all/1 least_busy
        09:01 open c5
        - c5 assigned anna all/1 least_busy
        09:01 open c6
        - c6 queued all/1
        09:02 reopen c2
        - c2 reopened
        - c2 queued all/1
        09:20 advance
        - 09:10 c1 woke
        - 09:10 c1 queued all/1
        # By the place in the queue: c1 kept that of its opening.
        09:21 close c3
        - c3 closed anna
        - c1 assigned anna all/1 least_busy
        09:22 close c4
        - c4 closed anna
        - c6 assigned anna all/1 least_busy"#;

    /// "Offers do not count, so the phone rings with three conversations open."
    a_limit_of_three_counts_offers_and_wrap_ups: Office::of(json!([{"id": "anna", "capacity": 3}])).everyone("least_busy")
        .chat(json!({"accept_within": "10m", "wrap_up": "10m"})).desk(), "
        09:00 open c1
        - c1 offered anna all/1 least_busy until 09:10
        09:00 accept c1 anna
        - c1 assigned anna all/1 least_busy
        09:00 open c2
        - c2 offered anna all/1 least_busy until 09:10
        09:00 accept c2 anna
        - c2 assigned anna all/1 least_busy
        09:00 close c2
        - c2 closed anna until 09:10
        09:00 open c3
        - c3 offered anna all/1 least_busy until 09:10
        09:00 open c4
        - c4 queued all/1
        09:05 accept c3 anna
        - c3 assigned anna all/1 least_busy
        09:10 advance
        - c2 wrap_up_ended anna
        - c4 offered anna all/1 least_busy until 09:20";

    /// "Whoever handled most this month gets nothing any more."
    load_counts_open_not_lifetime: everyone("least_busy", json!(["anna", "bo"])), "
        09:00 away bo
        - bo away set_away
        09:00 open c1
        - c1 assigned anna all/1 least_busy
        09:01 close c1
        - c1 closed anna
        09:02 open c2
        - c2 assigned anna all/1 least_busy
        09:03 close c2
        - c2 closed anna
        09:04 open c3
        - c3 assigned anna all/1 least_busy
        09:05 close c3
        - c3 closed anna
        09:06 back bo
        - bo available always_on
        09:07 open c4
        - c4 assigned bo all/1 least_busy
        # anna had three and holds none, bo had one and holds it.
        09:08 open c5
        - c5 assigned anna all/1 least_busy";

    /// "He is away until tomorrow and still gets chats."
    an_agent_away_until_tomorrow_is_not_in_the_pool: everyone("in_order", json!(["anna", "bo"])), r#"
        09:00 away anna by anna {"until": "2026-11-21T09:00:00Z"}
        - anna away temporarily_away by anna
        09:01 open c1 why
        - c1 assigned bo all/1 in_order
        * anna away temporarily_away until 2026-11-21T09:00
        * bo eligible
        23:59 open c2
        - c2 assigned bo all/1 in_order
        2026-11-21T08:59:59.999 open c3
        - c3 assigned bo all/1 in_order
        2026-11-21T09:00 open c4
        - anna available always_on
        - c4 assigned anna all/1 in_order"#;

    /// "The night shift disappears at midnight."
    an_agent_whose_shift_crosses_midnight_is_in_the_pool: everyone("in_order", json!([
            hours("anna", json!([{"days": ["fri"], "start": "22:00", "end": "06:00"}]))])), "
        21:59:59.999 open c0
        - c0 queued all/1
        22:00 open c1
        - anna available working_hours
        - c0 assigned anna all/1 in_order
        - c1 assigned anna all/1 in_order
        23:59:59.999 open c2
        - c2 assigned anna all/1 in_order
        2026-11-21T00:00 open c3
        - c3 assigned anna all/1 in_order
        2026-11-21T05:59:59.999 open c4
        - c4 assigned anna all/1 in_order
        2026-11-21T06:00 open c5
        - anna away outside_working_hours
        - c5 queued all/1";

    /// "And the one from Sunday to Monday in any case."
    an_agent_whose_shift_crosses_the_end_of_the_week_is_in_the_pool: everyone("in_order", json!([
            hours("anna", json!([{"days": ["sun"], "start": "20:00", "end": "04:00"}]))])), "
        2026-11-22T20:00 open c1
        - c1 assigned anna all/1 in_order
        2026-11-23T00:00 open c2
        - c2 assigned anna all/1 in_order
        2026-11-23T03:59:59.999 open c3
        - c3 assigned anna all/1 in_order
        2026-11-23T04:00 open c4
        - anna away outside_working_hours
        - c4 queued all/1";

    /// Hours around the clock have no gap at midnight.
    an_agent_who_works_around_the_clock_has_no_seam: everyone("in_order", json!([
            hours("anna", json!([{"days": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"], "start": "00:00", "end": "24:00"}]))])), "
        09:00 open c1
        - c1 assigned anna all/1 in_order
        2026-12-20T00:00 advance
        2026-12-20T00:00 open c2
        - c2 assigned anna all/1 in_order";

    /// "I declined it five times."
    declines_are_not_offered_again: ringing(), "
        09:00 open c1
        - c1 offered anna r/1 in_order until 09:01
        09:00:10 decline c1 anna
        - c1 offer_declined anna
        - c1 offered bo r/1 in_order until 09:01:10
        09:02 advance
        - 09:01:10 c1 offer_expired bo
        - 09:01:10 c1 queued r/1
        # Nor when something else changes.
        09:03 open c2
        - c2 offered anna r/1 in_order until 09:04
        09:03 accept c2 anna
        - c2 assigned anna r/1 in_order
        09:04 close c2
        - c2 closed anna
        09:05 open c3
        - c3 offered anna r/1 in_order until 09:06";

    /// "Closed and reopened in the same millisecond, and our history says the opposite."
    the_order_of_two_commands_of_the_same_instant_is_the_order_given: everyone("least_busy", json!([{"id": "anna", "capacity": 1}])), "
        09:00 open b
        - b assigned anna all/1 least_busy
        09:00 open a
        - a queued all/1
        09:00 close b
        - b closed anna
        - a assigned anna all/1 least_busy
        09:00 reopen b
        - b reopened
        - b queued all/1
        09:00 close a
        - a closed anna
        - b assigned anna all/1 least_busy";

    /// The opposite order has the opposite result.
    the_order_of_two_commands_of_the_same_instant_matters: everyone("least_busy", json!([{"id": "anna", "capacity": 1}])), "
        09:00 open a
        - a assigned anna all/1 least_busy
        09:00 open b
        - b queued all/1
        09:00 away anna
        - anna away set_away
        09:00 close a
        - a closed anna
        09:00 back anna
        - anna available always_on
        - b assigned anna all/1 least_busy";
}
