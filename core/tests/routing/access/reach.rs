//! Agents lose the conversations of inboxes that they have no access to any more.

use frontdesk::Desk;
use serde_json::{Value, json};

use crate::support_desk::{Office, story_with};

/// Two inboxes: `main` is for the team `in`, `side` for the team `out`.
fn two_inboxes(chat: Value) -> Office {
    let side = json!({"id": "side", "access": {"teams": ["out"]}, "channels": [
        {"id": "chat", "kind": "chat", "rules": [{"id": "s", "steps": [{"assign_to": "everyone", "strategy": "in_order"}]}]}]});
    Office::of(json!([
        {"id": "anna", "team": "in", "capacity": 1}, {"id": "bo", "team": "in", "capacity": 0}, {"id": "cy", "team": "out"},
        {"id": "both", "extra_teams": ["in", "out"], "capacity": 0},
    ]))
    .inbox(json!({"access": {"teams": ["in"]}}))
    .everyone("in_order")
    .chat(chat)
    .with(json!({"inboxes": [side]}))
}

/// The inbox `main` with another access.
fn with_access(office: &Office, access: Value) -> Value {
    office.clone().inbox(json!({"access": access})).inbox_entry()
}

mod what_is_held {
    use super::*;

    stories! {
        moved_out_of_reach_goes_to_whom_may_touch_it: two_inboxes(json!({})).desk(), r#"
            09:00 open c1
            - c1 assigned anna all/1 in_order
            09:01 update c1 by both {"inbox": "side"}
            - c1 updated by both
            - c1 unassigned from anna no_inbox_access by both
            - c1 assigned cy s/1 in_order by both"#;

        moved_within_reach_stays: two_inboxes(json!({})).desk(), r#"
            09:00 open c1
            - c1 assigned anna all/1 in_order
            09:01 assign c1 to both
            - c1 assigned both by_hand
            09:02 update c1 {"inbox": "side"}
            - c1 updated"#;

        // The first of the queue, although another conversation waited longer without the agent.
        keeps_its_place: two_inboxes(json!({})).desk(), r#"
            09:00 open c1
            - c1 assigned anna all/1 in_order
            09:01 open c2
            - c2 queued all/1
            09:02 put_agent {"id": "anna", "team": "out"}
            - put_agent anna
            - c1 unassigned from anna no_inbox_access
            - c1 queued all/1
            09:03 put_agent {"id": "anna", "team": "in", "capacity": 1}
            - put_agent anna
            - c1 assigned anna all/1 in_order"#;

        leaves_who_changes_teams: two_inboxes(json!({})).desk(), r#"
            09:00 open c1
            - c1 assigned anna all/1 in_order
            09:01 put_agent {"id": "anna", "extra_teams": ["in"], "capacity": 1}
            - put_agent anna
            09:02 put_agent {"id": "bo", "team": "in"}
            - put_agent bo
            09:03 put_agent {"id": "anna"}
            - put_agent anna
            - c1 unassigned from anna no_inbox_access
            - c1 assigned bo all/1 in_order"#;

        leaves_the_members_of_a_removed_team: two_inboxes(json!({})).desk(), "
            09:00 open c1
            - c1 assigned anna all/1 in_order
            09:01 remove_team out
            - remove_team out
            09:02 remove_team in
            - remove_team in
            - c1 unassigned from anna no_inbox_access
            - c1 queued all/1";

        stays_with_the_deactivated: two_inboxes(json!({})).desk(), r#"
            09:00 open c1
            - c1 assigned anna all/1 in_order
            09:01 put_agent {"id": "anna", "team": "in", "active": false}
            - put_agent anna
            - anna away deactivated"#;

        asleep_wakes_with_someone_else: two_inboxes(json!({})).desk(), r#"
            09:00 open c1
            - c1 assigned anna all/1 in_order
            09:01 snooze c1 {"duration": "1h"}
            - c1 snoozed anna until 10:01
            09:02 update c1 {"inbox": "side"}
            - c1 updated
            10:01 advance
            - c1 woke
            - c1 assigned cy s/1 in_order"#;

        closed_is_reopened_with_someone_else: two_inboxes(json!({})).desk(), r#"
            09:00 open c1
            - c1 assigned anna all/1 in_order
            09:01 close c1
            - c1 closed anna
            09:02 put_agent {"id": "anna", "team": "out"}
            - put_agent anna
            09:03 put_agent {"id": "bo", "team": "in"}
            - put_agent bo
            09:04 reopen c1
            - c1 reopened
            - c1 assigned bo all/1 in_order"#;
    }

    #[test]
    fn leaves_whom_the_inbox_shuts_out() {
        let office = two_inboxes(json!({}));
        let values = [
            ("both", with_access(&office, json!({"agents": ["anna", "cy"]}))),
            ("cy", with_access(&office, json!({"agents": ["cy"]}))),
            ("open", with_access(&office, json!("everyone"))),
        ];
        story_with(
            &office.desk(),
            &values,
            "
            09:00 open c1
            - c1 assigned anna all/1 in_order
            09:01 put_inbox $both
            - put_inbox main
            09:02 put_inbox $cy
            - put_inbox main
            - c1 unassigned from anna no_inbox_access
            - c1 assigned cy all/1 in_order
            09:03 put_inbox $open
            - put_inbox main
            09:04 put_inbox $both
            - put_inbox main",
        );
    }
}

mod what_is_offered {
    use super::*;

    fn ringing() -> Desk {
        two_inboxes(json!({"accept_within": "5m"})).desk()
    }

    stories! {
        is_taken_back_when_it_moves: ringing(), r#"
            09:00 open c1
            - c1 offered anna all/1 in_order until 09:05
            09:01 update c1 {"inbox": "side"}
            - c1 updated
            - c1 offer_withdrawn anna
            - c1 assigned cy s/1 in_order"#;

        is_taken_back_from_who_changes_teams: ringing(), r#"
            09:00 open c1
            - c1 offered anna all/1 in_order until 09:05
            09:01 put_agent {"id": "anna", "team": "out"}
            - put_agent anna
            - c1 offer_withdrawn anna
            - c1 queued all/1"#;

        is_taken_back_from_the_members_of_a_removed_team: ringing(), "
            09:00 open c1
            - c1 offered anna all/1 in_order until 09:05
            09:01 remove_team in
            - remove_team in
            - c1 offer_withdrawn anna
            - c1 queued all/1";
    }
}

mod what_a_team_has {
    use super::*;

    stories! {
        is_routed_when_its_last_member_is_removed: two_inboxes(json!({})).desk(), "
            09:00 open c1
            - c1 assigned anna all/1 in_order
            09:01 remove_agent both
            - remove_agent both
            09:02 update c1 {\"inbox\": \"side\"}
            - c1 updated
            - c1 unassigned from anna no_inbox_access
            - c1 assigned cy s/1 in_order
            09:03 assign c1 to team out
            - c1 assigned team out by_hand
            09:04 remove_agent cy
            - remove_agent cy
            - c1 unassigned no_inbox_access
            - c1 queued s/1
            # Who joins it may take it.
            09:05 assign c1 to team out
            - c1 assigned team out by_hand
            09:06 put_agent {\"id\": \"di\"}
            - put_agent di
            09:07 remove_agent anna
            - remove_agent anna
            09:08 update c1 {\"inbox\": \"main\"}
            - c1 updated
            - c1 unassigned no_inbox_access
            - c1 queued all/1";

        is_routed_when_its_last_member_leaves: two_inboxes(json!({})).desk(), r#"
            09:00 open c1
            - c1 assigned anna all/1 in_order
            09:01 assign c1 to team in
            - c1 assigned team in by_hand
            09:02 put_agent {"id": "anna", "team": "out", "capacity": 1}
            - put_agent anna
            09:03 put_agent {"id": "both", "team": "out"}
            - put_agent both
            09:04 put_agent {"id": "bo", "team": "out"}
            - put_agent bo
            - c1 unassigned no_inbox_access
            - c1 queued all/1"#;

        is_routed_when_it_moves_out_of_reach: two_inboxes(json!({})).desk(), r#"
            09:00 open c1
            - c1 assigned anna all/1 in_order
            09:01 assign c1 to team in
            - c1 assigned team in by_hand
            # One of them, both, has access there.
            09:02 update c1 {"inbox": "side"}
            - c1 updated
            09:03 remove_agent both
            - remove_agent both
            - c1 unassigned no_inbox_access
            - c1 assigned cy s/1 in_order"#;

        stays_unassigned_where_the_desk_says_so: two_inboxes(json!({})).settings(json!({"on_removed": "unassign"})).desk(), "
            09:00 open c1
            - c1 assigned anna all/1 in_order
            09:01 assign c1 to team in
            - c1 assigned team in by_hand
            09:02 remove_team in
            - remove_team in
            - c1 unassigned removed";
    }

    #[test]
    fn is_routed_when_the_inbox_shuts_it_out() {
        let office = two_inboxes(json!({}));
        let values = [
            ("anna", with_access(&office, json!({"agents": ["anna", "cy"]}))),
            ("cy", with_access(&office, json!({"agents": ["cy"]}))),
        ];
        story_with(
            &office.desk(),
            &values,
            "
            09:00 open c1
            - c1 assigned anna all/1 in_order
            09:01 assign c1 to team in
            - c1 assigned team in by_hand
            09:02 put_inbox $anna
            - put_inbox main
            09:03 put_inbox $cy
            - put_inbox main
            - c1 unassigned no_inbox_access
            - c1 assigned cy all/1 in_order",
        );
    }
}
