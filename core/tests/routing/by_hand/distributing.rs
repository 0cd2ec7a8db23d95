//! `assign` to a team with `distribute`: routed among its members.

use frontdesk::Desk;
use serde_json::{Value, json};

use crate::support_desk::Office;

/// A rule for anna of the team `support`; s1 and s2 are in the team `sales`, and x helps out there.
fn office() -> Office {
    Office::of(json!([
        {"id": "anna", "team": "support"}, {"id": "s1", "team": "sales"}, {"id": "s2", "team": "sales"},
        {"id": "x", "team": "support", "extra_teams": ["sales"], "capacity": 0},
    ]))
    .steps(json!([{"assign_to": {"agents": ["anna"]}}]))
}

/// The same with a last strategy, or other keys of the last step.
fn with_last(keys: Value) -> Office {
    let mut last = json!({"assign_to": {"agents": ["nobody_else"]}});
    last["assign_to"] = json!({"teams": ["support"]});
    last.as_object_mut().unwrap().extend(keys.as_object().unwrap().clone());
    office().steps(json!([{"assign_to": {"agents": ["anna"]}, "wait": "1m"}, last]))
}

/// With one member of sales, who takes one conversation.
fn with_one(settings: Value) -> Desk {
    Office::of(json!([
        {"id": "anna", "team": "support", "permissions": ["super_admin"]},
        {"id": "s1", "team": "sales", "capacity": 1, "working_hours": [{"days": ["fri"], "start": "08:00", "end": "17:00"}]},
    ]))
    .steps(json!([{"assign_to": {"agents": ["anna"]}}]))
    .settings(settings)
    .desk()
}

/// Anna and bo of two teams, who accept within a minute.
fn accepting() -> Desk {
    Office::of(json!([{"id": "anna", "team": "support"}, {"id": "bo", "team": "sales"}]))
        .steps(json!([{"assign_to": {"agents": ["anna"]}}]))
        .inbox(json!({"access": {"agents": ["anna", "bo"]}}))
        .chat(json!({"accept_within": "1m"}))
        .desk()
}

stories! {
    // The offer is taken back once.
    and_offered_to_a_member_who_is_deactivated: accepting(), r#"
        08:59 away anna
        - anna away set_away
        09:00 open c1
        - c1 queued r/1
        09:01 assign c1 to team sales {"distribute": true}
        - c1 queued team sales by r
        - c1 offered bo team sales least_busy until 09:02
        09:01 put_agent {"id": "bo", "team": "sales", "active": false}
        - put_agent bo
        - bo away deactivated
        - c1 offer_withdrawn bo
        - c1 queued team sales by r"#;

    // It is unassigned once.
    and_offered_to_the_last_member_who_leaves: accepting(), r#"
        08:59 away anna
        - anna away set_away
        09:00 open c1
        - c1 queued r/1
        09:01 assign c1 to team sales {"distribute": true}
        - c1 queued team sales by r
        - c1 offered bo team sales least_busy until 09:02
        09:01 put_agent {"id": "bo", "team": "support"}
        - put_agent bo
        - c1 offer_withdrawn bo
        - c1 unassigned no_inbox_access
        - c1 queued r/1"#;

    goes_to_the_least_busy_member: office().desk(), r#"
        09:00 open c1
        - c1 assigned anna r/1 least_busy
        09:01 assign c1 to team sales by anna {"distribute": true}
        - c1 unassigned from anna distributed by anna
        - c1 queued team sales by r by anna
        - c1 assigned s1 team sales least_busy by anna
        09:02 open c2
        - c2 assigned anna r/1 least_busy
        09:03 assign c2 to team sales {"distribute": true}
        - c2 unassigned from anna distributed
        - c2 queued team sales by r
        - c2 assigned s2 team sales least_busy"#;

    the_explanation_lists_the_members: office().desk(), r#"
        09:00 open c1
        - c1 assigned anna r/1 least_busy
        09:01 assign c1 to team sales {"distribute": true} why
        - c1 unassigned from anna distributed
        - c1 queued team sales by r
        - c1 assigned s1 team sales least_busy
        * s1 eligible
        * s2 eligible
        * x at_capacity total 0
        * 1 not_in_target"#;

    extra_members_are_members: office().desk(), r#"
        09:00 away s1
        - s1 away set_away
        09:00 away s2
        - s2 away set_away
        09:01 open c1
        - c1 assigned anna r/1 least_busy
        09:02 assign c1 to team sales {"distribute": true}
        - c1 unassigned from anna distributed
        - c1 queued team sales by r
        09:03 put_agent {"id": "x", "team": "support", "extra_teams": ["sales"]}
        - put_agent x
        - c1 assigned x team sales least_busy"#;

    waits_until_a_member_is_free_whatever_its_rule_says: with_one(json!({})), r#"
        09:00 open c1
        - c1 assigned anna r/1 least_busy
        09:01 assign c1 to team sales {"distribute": true}
        - c1 unassigned from anna distributed
        - c1 queued team sales by r
        - c1 assigned s1 team sales least_busy
        09:02 open c2
        - c2 assigned anna r/1 least_busy
        09:03 assign c2 to team sales {"distribute": true}
        - c2 unassigned from anna distributed
        - c2 queued team sales by r
        # Anna is free, and no member.
        09:04 close c1
        - c1 closed s1
        - c2 assigned s1 team sales least_busy"#;

    stays_queued_at_last: with_one(json!({"otherwise": "unassigned"})), r#"
        17:00 open c1
        - c1 assigned anna r/1 least_busy
        17:01 assign c1 to team sales {"distribute": true}
        - c1 unassigned from anna distributed
        - c1 queued team sales by r
        2026-11-27T08:00 advance
        - s1 available working_hours
        - c1 assigned s1 team sales least_busy"#;

    the_last_strategy_of_its_rule_chooses: with_last(json!({"strategy": "in_order"})).desk(), r#"
        09:00 open c1
        - c1 assigned anna r/1 least_busy
        09:01 assign c1 to team sales {"distribute": true}
        - c1 unassigned from anna distributed
        - c1 queued team sales by r
        - c1 assigned s1 team sales in_order
        09:02 open c2
        - c2 assigned anna r/1 least_busy
        09:03 assign c2 to team sales {"distribute": true}
        - c2 unassigned from anna distributed
        - c2 queued team sales by r
        - c2 assigned s1 team sales in_order"#;

    a_rotation_goes_on: with_last(json!({"strategy": "round_robin"})).desk(), r#"
        09:00 open c1
        - c1 assigned anna r/1 least_busy
        09:01 assign c1 to team sales {"distribute": true}
        - c1 unassigned from anna distributed
        - c1 queued team sales by r
        - c1 assigned s1 team sales round_robin
        09:02 close c1
        - c1 closed s1
        09:03 open c2
        - c2 assigned anna r/1 least_busy
        09:04 assign c2 to team sales {"distribute": true}
        - c2 unassigned from anna distributed
        - c2 queued team sales by r
        - c2 assigned s2 team sales round_robin"#;

    skills_of_steps_are_not_asked_and_those_of_the_conversation_are: with_last(json!({"skills": {"sv": 5}})).desk(), r#"
        09:00 open c1
        - c1 assigned anna r/1 least_busy
        09:01 assign c1 to team sales {"distribute": true}
        - c1 unassigned from anna distributed
        - c1 queued team sales by r
        - c1 assigned s1 team sales least_busy
        09:02 assign c1 to anna
        - c1 assigned anna by_hand
        09:03 update c1 {"skills": {"law": 2}}
        - c1 updated
        09:04 assign c1 to team sales {"distribute": true}
        - c1 unassigned from anna distributed
        - c1 queued team sales by r
        09:05 put_agent {"id": "s2", "team": "sales", "skills": {"law": 2}}
        - put_agent s2
        - c1 assigned s2 team sales least_busy"#;

    without_a_rule_the_least_busy_has_it: office().rules(json!([])).desk(), r#"
        09:00 open c1
        - c1 unassigned no_rule
        09:01 assign c1 to team sales {"distribute": true}
        - c1 queued team sales
        - c1 assigned s1 team sales least_busy"#;

    a_second_time_changes_nothing: with_one(json!({})), r#"
        17:00 open c1
        - c1 assigned anna r/1 least_busy
        17:01 assign c1 to team sales {"distribute": true}
        - c1 unassigned from anna distributed
        - c1 queued team sales by r
        17:02 assign c1 to team sales {"distribute": true}
        # To another one, it does.
        17:03 put_team {"id": "more"}
        - put_team more
        17:04 assign c1 to team more {"distribute": true}
        - c1 queued team more by r"#;

    from_a_team_a_bot_a_snooze_and_the_queue: office().rules(json!([
        {"id": "bots", "match": {"attributes.bot": true}, "steps": [{"assign_to": {"bot": "robo"}}]},
        {"id": "r", "steps": [{"assign_to": {"agents": ["x"]}}]}])).desk(), r#"
        09:00 open c1
        - c1 queued r/1
        09:01 assign c1 to team support
        - c1 assigned team support by_hand
        09:02 assign c1 to team sales {"distribute": true}
        - c1 unassigned distributed
        - c1 queued team sales by r
        - c1 assigned s1 team sales least_busy
        09:03 open c2 {"attributes": {"bot": true}}
        - c2 handed_to_bot robo by bots/1
        09:04 assign c2 to team sales {"distribute": true}
        - c2 unassigned distributed
        - c2 queued team sales by bots
        - c2 assigned s2 team sales least_busy
        09:05 snooze c1
        - c1 snoozed s1
        09:06 assign c1 to team sales {"distribute": true}
        - c1 woke
        - c1 queued team sales by r
        - c1 assigned s1 team sales least_busy
        09:07 open c3
        - c3 queued r/1
        09:08 assign c3 to team sales {"distribute": true}
        - c3 queued team sales by r
        - c3 assigned s2 team sales least_busy"#;

    offers_are_made_to_members: office().chat(json!({"accept_within": "1m"})).desk(), r#"
        09:00 open c1
        - c1 offered anna r/1 least_busy until 09:01
        09:00 assign c1 to team sales {"distribute": true}
        - c1 offer_withdrawn anna
        - c1 queued team sales by r
        - c1 offered s1 team sales least_busy until 09:01
        09:00 decline c1 s1
        - c1 offer_declined s1
        - c1 offered s2 team sales least_busy until 09:01
        09:01 advance
        - c1 offer_expired s2
        - c1 queued team sales by r
        # Who comes back may be offered it again, and accept.
        09:02 away s1
        - s1 away set_away
        09:03 back s1
        - s1 available always_on
        - c1 offered s1 team sales least_busy until 09:04
        09:03 accept c1 s1
        - c1 assigned s1 team sales least_busy"#;

    several_offers_at_once: office().chat(json!({"accept_within": "1m", "offers_at_once": 2})).desk(), r#"
        09:00 open c1
        - c1 offered anna r/1 least_busy until 09:01
        09:00 assign c1 to team sales {"distribute": true}
        - c1 offer_withdrawn anna
        - c1 queued team sales by r
        - c1 offered s1 team sales least_busy until 09:01
        - c1 offered s2 team sales least_busy until 09:01
        09:00 accept c1 s2
        - c1 offer_withdrawn s1
        - c1 assigned s2 team sales least_busy"#;

    keeps_its_place_in_the_queue: with_one(json!({})), r#"
        17:00 open c1
        - c1 assigned anna r/1 least_busy
        17:01 open c2
        - c2 assigned anna r/1 least_busy
        17:02 assign c2 to team sales {"distribute": true}
        - c2 unassigned from anna distributed
        - c2 queued team sales by r
        17:03 assign c1 to team sales {"distribute": true}
        - c1 unassigned from anna distributed
        - c1 queued team sales by r
        2026-11-27T08:00 advance
        - s1 available working_hours
        - c1 assigned s1 team sales least_busy"#;

    an_update_keeps_it_with_the_team_unless_it_moves: Office::of(json!([{"id": "anna", "team": "support"}, {"id": "s1", "team": "sales", "capacity": 0}]))
        .steps(json!([{"assign_to": {"agents": ["anna"]}}]))
        .channel(json!({"id": "mail", "kind": "email", "rules": [{"id": "mails", "steps": [{"assign_to": {"agents": ["anna"]}}]}]})).desk(), r#"
        09:00 open c1
        - c1 assigned anna r/1 least_busy
        09:01 assign c1 to team sales {"distribute": true}
        - c1 unassigned from anna distributed
        - c1 queued team sales by r
        09:02 update c1 {"priority": 3}
        - c1 updated goes on
        09:03 update c1 {"contact": {"id": "x", "known": true, "owner": "anna"}}
        - c1 updated goes on
        09:04 update c1 {"channel": "mail"}
        - c1 updated
        - c1 assigned anna mails/1 least_busy"#;

    reopened_it_is_routed_by_its_rule: office().desk(), r#"
        09:00 open c1
        - c1 assigned anna r/1 least_busy
        09:01 assign c1 to team sales {"distribute": true}
        - c1 unassigned from anna distributed
        - c1 queued team sales by r
        - c1 assigned s1 team sales least_busy
        09:02 close c1
        - c1 closed s1
        09:03 away s1
        - s1 away set_away
        09:04 reopen c1
        - c1 reopened
        - c1 assigned anna r/1 least_busy"#;

    when_rules_change_it_stays_with_the_team: with_one(json!({})), r#"
        17:00 open c1
        - c1 assigned anna r/1 least_busy
        17:01 assign c1 to team sales {"distribute": true}
        - c1 unassigned from anna distributed
        - c1 queued team sales by r
        17:02 put_inbox {"id": "main", "channels": [{"id": "chat", "kind": "chat", "rules": [{"id": "new", "steps": [{"assign_to": {"agents": ["anna"]}, "strategy": "random"}]}]}]}
        - put_inbox main
        - c1 queued team sales by new
        2026-11-27T08:00 advance
        - s1 available working_hours
        - c1 assigned s1 team sales random"#;

    a_team_without_access_cannot_have_it: office().inbox(json!({"access": {"agents": ["anna"]}})).desk(), r#"
        09:00 open c1
        - c1 assigned anna r/1 least_busy
        09:01 assign c1 to team sales {"distribute": true}
        - refused no_inbox_access
        09:01 assign c1 to team none {"distribute": true}
        - refused unknown_team"#;

    when_the_team_loses_its_access_it_is_routed_by_its_rule: with_one(json!({})), r#"
        17:00 open c1
        - c1 assigned anna r/1 least_busy
        17:01 assign c1 to team sales {"distribute": true}
        - c1 unassigned from anna distributed
        - c1 queued team sales by r
        17:02 put_inbox {"id": "main", "access": {"agents": ["anna"]}, "channels": [{"id": "chat", "kind": "chat", "rules": [{"id": "r", "steps": [{"assign_to": {"agents": ["anna"]}}]}]}]}
        - put_inbox main
        - c1 unassigned no_inbox_access
        - c1 assigned anna r/1 least_busy"#;

    when_the_team_loses_its_access_with_a_change_of_rules: with_one(json!({})), r#"
        17:00 open c1
        - c1 assigned anna r/1 least_busy
        17:01 assign c1 to team sales {"distribute": true}
        - c1 unassigned from anna distributed
        - c1 queued team sales by r
        17:02 put_inbox {"id": "main", "access": {"agents": ["anna"]}, "channels": [{"id": "chat", "kind": "chat", "rules": [{"id": "new", "steps": [{"assign_to": "everyone"}]}]}]}
        - put_inbox main
        - c1 unassigned no_inbox_access
        - c1 assigned anna new/1 least_busy"#;

    when_the_team_is_removed_it_is_routed_by_its_rule: with_one(json!({})), r#"
        17:00 open c1
        - c1 assigned anna r/1 least_busy
        17:01 assign c1 to team sales {"distribute": true}
        - c1 unassigned from anna distributed
        - c1 queued team sales by r
        17:02 remove_team sales
        - remove_team sales
        - c1 unassigned removed
        - c1 assigned anna r/1 least_busy"#;

    no_waiting_limit_ends_it: Office::of(json!([{"id": "anna", "team": "support"}, {"id": "s1", "team": "sales", "capacity": 0}]))
        .chat(json!({"waiting_limit": {"longest": "5m", "otherwise": {"voicemail": "busy"}}}))
        .steps(json!([{"assign_to": {"agents": ["anna"]}}])).desk(), r#"
        09:00 open c1
        - c1 assigned anna r/1 least_busy
        09:01 assign c1 to team sales {"distribute": true}
        - c1 unassigned from anna distributed
        - c1 queued team sales by r
        09:30 advance
        09:31 put_agent {"id": "s1", "team": "sales"}
        - put_agent s1
        - c1 assigned s1 team sales least_busy"#;
}
