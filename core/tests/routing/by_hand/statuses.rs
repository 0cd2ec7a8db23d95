//! Statuses set by hand, and the conversations of the agents concerned.

use frontdesk::Desk;
use serde_json::{Value, json};

use crate::support_desk::Office;

fn held(settings: Value) -> Desk {
    let hours = json!([{"days": ["fri"], "start": "08:00", "end": "17:00"}]);
    Office::of(json!([
        {"id": "anna", "working_hours": hours}, {"id": "bo", "capacity": 1},
        {"id": "lead", "capacity": 0, "permissions": ["manage_availability"]},
    ]))
    .everyone("in_order")
    .settings(settings)
    .desk()
}

stories! {
    who_sets_themself_away_keeps_what_they_hold: held(json!({})), "
        09:00 open c1
        - c1 assigned anna all/1 in_order
        09:01 away anna by anna
        - anna away set_away by anna";

    or_gives_it_back: held(json!({"on_away": "requeue"})), r#"
        09:00 open c1
        - c1 assigned anna all/1 in_order
        09:00 open c2
        - c2 assigned anna all/1 in_order
        09:00 open c3 {"priority": 1}
        - c3 assigned anna all/1 in_order
        # In the order of opening; then the queue, in its own.
        09:01 away anna by anna
        - anna away set_away by anna
        - c1 unassigned from anna agent_away by anna
        - c2 unassigned from anna agent_away by anna
        - c3 unassigned from anna agent_away by anna
        - c3 assigned bo all/1 in_order by anna
        - c1 queued all/1 by anna
        - c2 queued all/1 by anna"#;

    the_program_sets_it_for_the_agent: held(json!({"on_away": "requeue"})), r#"
        09:00 open c1
        - c1 assigned anna all/1 in_order
        09:01 away anna {"duration": "1h"}
        - anna away temporarily_away
        - c1 unassigned from anna agent_away
        - c1 assigned bo all/1 in_order"#;

    not_at_the_end_of_a_shift_nor_by_an_absence_nor_by_others: held(json!({"on_away": "requeue"})), r#"
        09:00 open c1
        - c1 assigned anna all/1 in_order
        09:01 away anna by lead
        - anna away set_away_by_other by lead
        - anna notice set_away_by_other by lead
        09:02 back anna
        - anna available working_hours
        09:03 set_out_of_office anna [{"start": "2026-11-20T09:00", "end": "2026-11-20T10:00"}]
        - set_out_of_office anna
        - anna away out_of_office
        18:00 advance
        - 10:00 anna available working_hours
        - 17:00 anna away outside_working_hours"#;

    set_away_by_another_needs_a_new_available: held(json!({})), "
        09:00 away anna by lead
        - anna away set_away_by_other by lead
        - anna notice set_away_by_other by lead
        2026-11-27T12:00 advance
        2026-11-27T12:00 back anna by anna
        - anna available working_hours by anna";

    away_ends_at_shift_start_whoever_set_it: held(json!({"away_ends_at_shift_start": true})), "
        09:00 away anna by lead
        - anna away set_away_by_other by lead
        - anna notice set_away_by_other by lead
        09:30 open c1
        - c1 assigned bo all/1 in_order
        09:31 open c2
        - c2 queued all/1
        # At the next shift, a week later, not within this one.
        2026-11-27T09:00 advance
        - 2026-11-27T08:00 anna available working_hours
        - 2026-11-27T08:00 c2 assigned anna all/1 in_order";

    ones_own_away_ends_at_shift_start: held(json!({"own_away_ends_at_shift_start": true})), "
        09:00 away anna by anna
        - anna away set_away by anna
        09:30 away bo by lead
        - bo away set_away_by_other by lead
        - bo notice set_away_by_other by lead
        09:31 open c2
        - c2 queued all/1
        2026-11-27T09:00 advance
        - 2026-11-27T08:00 anna available working_hours
        - 2026-11-27T08:00 c2 assigned anna all/1 in_order";

    what_somebody_else_set_stays_under_an_away_of_ones_own: held(json!({"own_away_ends_at_shift_start": true})), r#"
        08:30 open c1
        - c1 assigned anna all/1 in_order
        09:00 away anna by lead
        - anna away set_away_by_other by lead
        - anna notice set_away_by_other by lead
        09:10 away anna by anna {"duration": "10m"}
        09:11 away anna by anna
        2026-11-27T09:00 advance
        2026-11-27T09:00 back anna by anna
        - anna available working_hours by anna"#;

    an_away_for_missed_offers_is_not_ones_own: Office::of(json!([{"id": "anna", "working_hours": [{"days": ["fri"], "start": "08:00", "end": "17:00"}]}]))
        .chat(json!({"accept_within": "20s"}))
        .everyone("in_order")
        .settings(json!({"own_away_ends_at_shift_start": true, "missed_offers_before_away": 1}))
        .desk(), "
        09:00 open c1
        - c1 offered anna all/1 in_order until 09:00:20
        2026-11-27T09:00 advance
        - 09:00:20 c1 offer_expired anna
        - 09:00:20 anna away set_away_by_other
        - 09:00:20 anna notice missed_offers
        - 09:00:20 c1 queued all/1";

    ones_own_away_that_gives_back_is_routed_again: held(json!({"own_away_ends_at_shift_start": true, "on_away": "requeue"})), r#"
        09:00 open c1
        - c1 assigned anna all/1 in_order
        09:00 away bo by bo
        - bo away set_away by bo
        09:05 away anna by anna
        - anna away set_away by anna
        - c1 unassigned from anna agent_away by anna
        - c1 queued all/1 by anna
        09:06 snooze c1 {"until": "2026-11-27T08:00:00Z"}
        - c1 snoozed until 2026-11-27T08:00
        # At one instant: the status first, then the snooze.
        2026-11-27T08:00 advance
        - anna available working_hours
        - c1 woke
        - c1 assigned anna held_before"#;

    an_away_for_a_while_ends_where_it_was_set_to: held(json!({"away_ends_at_shift_start": true})), r#"
        07:30 away anna {"until": "2026-11-20T09:00:00Z"}
        - anna away temporarily_away
        10:00 advance
        - 09:00 anna available working_hours"#;

    set_available_outside_hours_gets_conversations: held(json!({})), "
        18:00 back anna
        - anna available set_available
        18:01 open c1
        - c1 assigned anna all/1 in_order";

    set_away_for_a_while_by_another_is_noticed: held(json!({})), r#"
        09:00 away anna by lead {"duration": "5m"}
        - anna away temporarily_away by lead
        - anna notice set_away_by_other by lead
        10:00 advance
        - 09:05 anna available working_hours"#;

    a_set_available_holds_again_after_a_break: held(json!({})), r#"
        18:00 away bo
        - bo away set_away
        18:00 back anna
        - anna available set_available
        18:01 away anna {"duration": "30m"}
        - anna away temporarily_away
        18:05 open c1
        - c1 queued all/1
        19:00 advance
        - 18:31 anna available set_available
        - 18:31 c1 assigned anna all/1 in_order"#;

    taking_back_what_is_not_there_is_no_event: held(json!({})), "
        09:00 back anna
        - started
        09:01 away anna
        - anna away set_away
        09:02 back anna
        - anna available working_hours
        09:03 back anna";

    an_end_that_is_past_is_refused: held(json!({})), r#"
        09:00 away anna {"until": "2026-11-20T09:00:00Z"}
        - refused in_the_past
        09:00 away zoe
        - refused unknown_agent"#;
}
