//! Conversations that a team holds.

use frontdesk::Desk;
use serde_json::json;

use crate::support_desk::Office;

fn office() -> Desk {
    Office::of(json!([{"id": "anna", "team": "t"}, {"id": "bo", "extra_teams": ["t"]}, {"id": "cy", "team": "u"}]))
        .everyone("in_order")
        .desk()
}

stories! {
    what_a_team_has_is_held_by_nobody_and_not_routed: office(), r#"
        09:00 open c1
        - c1 assigned anna all/1 in_order
        09:01 assign c1 to team t by bo
        - c1 assigned team t by_hand by bo
        09:02 away bo
        - bo away set_away
        09:03 back bo
        - bo available always_on
        09:04 update c1 {"priority": 3}
        - c1 updated"#;

    its_members_take_it_by_replying: office(), "
        09:00 open c1
        - c1 assigned anna all/1 in_order
        09:01 assign c1 to team t
        - c1 assigned team t by_hand
        # Not one of them: the reply changes nothing.
        09:02 reply c1 by cy
        - c1 message_noted agent by cy
        09:03 reply c1 by bo
        - c1 message_noted agent by bo
        - c1 assigned bo replied by bo
        # Now it is held.
        09:04 reply c1 by anna
        - c1 message_noted agent by anna";

    it_can_be_released: office(), "
        09:00 open c1
        - c1 assigned anna all/1 in_order
        09:01 assign c1 to team t
        - c1 assigned team t by_hand
        09:02 release c1
        - c1 unassigned released
        09:03 release c1
        - refused not_held";

    it_can_be_closed: office(), "
        09:00 open c1
        - c1 assigned anna all/1 in_order
        09:01 assign c1 to team t
        - c1 assigned team t by_hand
        09:02 close c1
        - c1 closed
        # She held it last.
        09:03 reopen c1
        - c1 reopened
        - c1 assigned anna held_before";

    removed_they_leave_theirs_to_be_routed: office(), "
        09:00 open c1
        - c1 assigned anna all/1 in_order
        09:01 assign c1 to team t
        - c1 assigned team t by_hand
        09:02 remove_team t
        - remove_team t
        - c1 unassigned removed
        - c1 assigned anna all/1 in_order";
}
