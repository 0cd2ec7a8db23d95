//! `close`, `snooze`, and coming back.

use serde_json::json;

use crate::support_desk::{Office, everyone, one_each};

stories! {
    reopened_goes_to_who_held_it: everyone("in_order", json!(["anna", "bo"])), "
        09:00 open c1
        - c1 assigned anna all/1 in_order
        09:01 assign c1 to bo
        - c1 assigned bo by_hand
        09:02 close c1
        - c1 closed bo
        09:03 reopen c1
        - c1 reopened
        - c1 assigned bo held_before";

    reopened_is_routed_when_they_are_not_eligible: everyone("in_order", one_each()), "
        09:00 open c1
        - c1 assigned anna all/1 in_order
        09:01 close c1
        - c1 closed anna
        09:02 open c2
        - c2 assigned anna all/1 in_order
        # At capacity.
        09:03 reopen c1
        - c1 reopened
        - c1 assigned bo all/1 in_order";

    reopened_when_nobody_held_it_is_routed: everyone("in_order", json!([{"id": "anna", "capacity": 0}])), "
        09:00 open c1
        - c1 queued all/1
        09:01 close c1
        - c1 closed
        09:02 reopen c1
        - c1 reopened
        - c1 queued all/1";

    reopened_by_a_rule_that_would_not_ask_them: Office::of(json!(["anna", "bo"]))
        .steps(json!([{"assign_to": {"agents": ["anna"]}}])).desk(), "
        09:00 open c1
        - c1 assigned anna r/1 least_busy
        09:01 assign c1 to bo
        - c1 assigned bo by_hand
        09:02 close c1
        - c1 closed bo
        09:03 reopen c1
        - c1 reopened
        - c1 assigned bo held_before";

    reopened_takes_the_skills_of_the_conversation: everyone("in_order", json!([
            "anna", {"id": "bo", "skills": {"sv": 2}}])), r#"
        09:00 open c1
        - c1 assigned anna all/1 in_order
        09:01 update c1 {"skills": {"sv": 2}}
        - c1 updated
        09:02 close c1
        - c1 closed anna
        09:03 reopen c1
        - c1 reopened
        - c1 assigned bo all/1 in_order"#;

    reopened_where_offers_are_made_is_an_offer: Office::of(json!(["anna", "bo"])).everyone("in_order")
        .chat(json!({"accept_within": "1m"})).desk(), "
        09:00 open c1
        - c1 offered anna all/1 in_order until 09:01
        09:00 accept c1 anna
        - c1 assigned anna all/1 in_order
        09:01 close c1
        - c1 closed anna
        09:02 reopen c1
        - c1 reopened
        - c1 offered anna until 09:03
        09:02:30 accept c1 anna
        - c1 assigned anna held_before
        09:03 close c1
        - c1 closed anna
        09:04 reopen c1
        - c1 reopened
        - c1 offered anna until 09:05
        09:04:30 decline c1 anna
        - c1 offer_declined anna
        - c1 offered bo all/1 in_order until 09:05:30";

    reopening_ends_a_wrap_up: Office::of(one_each()).everyone("in_order").chat(json!({"wrap_up": "10m"})).desk(), "
        09:00 open c1
        - c1 assigned anna all/1 in_order
        09:01 close c1
        - c1 closed anna until 09:11
        09:02 reopen c1
        - c1 reopened
        - c1 assigned anna held_before
        09:20 advance";

    only_what_is_closed_or_asleep_can_be_reopened: everyone("in_order", one_each()), "
        09:00 open c1
        - c1 assigned anna all/1 in_order
        09:01 reopen c1
        - refused conversation_open
        09:01 reopen c2
        - refused unknown_conversation
        09:02 close c1
        - c1 closed anna
        09:02 close c1
        - refused conversation_closed
        09:02 snooze c1
        - refused conversation_closed
        09:02 close c2
        - refused unknown_conversation";

    an_id_is_used_once: everyone("in_order", one_each()), "
        09:00 open c1
        - c1 assigned anna all/1 in_order
        09:01 open c1
        - refused conversation_exists
        09:02 close c1
        - c1 closed anna
        09:03 open c1
        - refused conversation_exists
        09:04 open c2 form
        - refused unknown_channel
        09:04 open c2 side/chat
        - refused unknown_inbox";
}

stories! {
    a_snooze_ends_by_itself: everyone("in_order", json!(["anna", "bo"])), r#"
        09:00 open c1
        - c1 assigned anna all/1 in_order
        09:01 snooze c1 {"duration": "1h30m"}
        - c1 snoozed anna until 10:31
        11:00 advance
        - 10:31 c1 woke
        - 10:31 c1 assigned anna held_before"#;

    woken_when_they_are_away_it_is_routed: everyone("in_order", json!(["anna", "bo"])), r#"
        09:00 open c1
        - c1 assigned anna all/1 in_order
        09:01 snooze c1 {"until": "2026-11-20T10:00:00Z"}
        - c1 snoozed anna until 10:00
        09:02 away anna
        - anna away set_away
        11:00 advance
        - 10:00 c1 woke
        - 10:00 c1 assigned bo all/1 in_order"#;

    without_an_end_it_sleeps_until_reopened: everyone("in_order", json!(["anna", "bo"])), "
        09:00 open c1
        - c1 assigned anna all/1 in_order
        09:01 snooze c1
        - c1 snoozed anna
        2026-12-01T09:00 advance
        2026-12-01T09:00 reopen c1
        - c1 reopened
        - c1 assigned anna held_before";

    another_snooze_replaces_the_end: everyone("in_order", json!(["anna", "bo"])), r#"
        09:00 open c1
        - c1 assigned anna all/1 in_order
        09:01 snooze c1 {"duration": "1h"}
        - c1 snoozed anna until 10:01
        09:02 snooze c1 {"duration": "1m"}
        - c1 snoozed until 09:03
        09:03 advance
        - c1 woke
        - c1 assigned anna held_before"#;

    an_end_that_is_past_is_refused: everyone("in_order", json!(["anna", "bo"])), r#"
        09:00 open c1
        - c1 assigned anna all/1 in_order
        09:01 snooze c1 {"until": "2026-11-20T09:01:00Z"}
        - refused in_the_past"#;

    a_snoozed_one_can_be_closed: everyone("in_order", json!(["anna", "bo"])), r#"
        09:00 open c1
        - c1 assigned anna all/1 in_order
        09:01 snooze c1 {"duration": "1h"}
        - c1 snoozed anna until 10:01
        09:02 close c1
        - c1 closed
        11:00 advance"#;
}
