//! `assign`, to an agent or a team.

use serde_json::json;

use crate::support_desk::{Office, everyone, one_each};

/// An inbox for the team `in`; bo is an extra member, and cy has no access.
fn restricted() -> Office {
    Office::of(json!([
        {"id": "anna", "team": "in", "capacity": 1}, {"id": "bo", "extra_teams": ["in"]}, {"id": "cy", "team": "out"},
        {"id": "di", "team": "in", "active": false}, {"id": "boss", "team": "out", "permissions": ["super_admin"]},
    ]))
    .inbox(json!({"access": {"teams": ["in"]}}))
    .steps(json!([{"assign_to": {"agents": ["anna"]}}]))
}

stories! {
    skips_availability_capacity_and_seat: Office::of(one_each()).everyone("in_order")
        .settings(json!({"requires_seat": true})).desk(), "
        09:00 open c1
        - c1 queued all/1
        09:00 open c2
        - c2 queued all/1
        09:01 away anna
        - anna away set_away
        09:02 assign c1 to anna
        - c1 assigned anna by_hand
        09:03 assign c2 to anna by bo
        - c2 assigned anna by_hand by bo";

    does_not_skip_access: restricted().desk(), "
        09:00 open c1
        - c1 assigned anna r/1 least_busy
        09:01 assign c1 to cy
        - refused no_inbox_access
        09:01 assign c1 to boss
        - refused no_inbox_access
        # An extra member of a team with access.
        09:02 assign c1 to bo
        - c1 assigned bo by_hand";

    takes_access_of_the_one_who_acts_for_a_super_admin_too: restricted().desk(), r#"
        09:00 open c1
        - c1 assigned anna r/1 least_busy
        09:01 assign c1 to bo by cy
        - refused no_inbox_access
        09:01 assign c1 to bo by boss
        - refused no_inbox_access
        09:01 close c1 by boss
        - refused no_inbox_access
        09:01 reply c1 by cy
        - refused no_inbox_access
        09:01 update c1 by cy {"priority": 1}
        - refused no_inbox_access
        09:01 snooze c1 by cy
        - refused no_inbox_access
        09:01 release c1 by cy
        - refused no_inbox_access
        09:01 open c2 by cy
        - refused no_inbox_access
        09:02 release c1 by bo
        - c1 unassigned from anna released by bo"#;

    not_to_someone_who_left: restricted().desk(), "
        09:00 open c1
        - c1 assigned anna r/1 least_busy
        09:01 assign c1 to di
        - refused deactivated
        09:01 assign c1 to zoe
        - refused unknown_agent
        09:01 assign c1 to team zoo
        - refused unknown_team
        09:01 assign c9 to anna
        - refused unknown_conversation";

    not_what_is_closed: restricted().desk(), "
        09:00 open c1
        - c1 assigned anna r/1 least_busy
        09:01 close c1
        - c1 closed anna
        09:02 assign c1 to anna
        - refused conversation_closed";

    to_who_holds_it_is_nothing: restricted().desk(), "
        09:00 open c1
        - c1 assigned anna r/1 least_busy
        09:01 assign c1 to anna
        09:02 assign c1 to team in
        - c1 assigned team in by_hand
        09:03 assign c1 to team in";

    to_a_team_of_which_nobody_has_access: restricted().desk(), "
        09:00 open c1
        - c1 assigned anna r/1 least_busy
        09:01 assign c1 to team out
        - refused no_inbox_access";

    to_another_frees_the_first: everyone("in_order", one_each()), "
        09:00 open c1
        - c1 assigned anna all/1 in_order
        09:00 open c2
        - c2 assigned bo all/1 in_order
        09:00 open c3
        - c3 queued all/1
        09:01 assign c1 to bo
        - c1 assigned bo by_hand
        - c3 assigned anna all/1 in_order";

    what_waits_leaves_the_queue: everyone("in_order", one_each()), "
        09:00 open c1
        - c1 assigned anna all/1 in_order
        09:00 open c2
        - c2 assigned bo all/1 in_order
        09:00 open c3
        - c3 queued all/1
        09:01 assign c3 to anna
        - c3 assigned anna by_hand
        09:02 close c2
        - c2 closed bo";

    a_snoozed_one_is_awake_then: everyone("in_order", one_each()), r#"
        09:00 open c1
        - c1 assigned anna all/1 in_order
        09:00 snooze c1 {"duration": "1h"}
        - c1 snoozed anna until 10:00
        09:30 assign c1 to bo
        - c1 assigned bo by_hand
        11:00 advance"#;
}
