//! Every target of a step.

use frontdesk::Desk;
use serde_json::{Value, json};

use crate::support_desk::Office;

fn team() -> Value {
    json!([
        {"id": "anna", "team": "main"}, {"id": "bo", "team": "other", "extra_teams": ["main"]},
        {"id": "cy", "team": "other"},
    ])
}

fn asking(target: Value) -> Desk {
    Office::of(team()).steps(json!([{"assign_to": target, "strategy": "round_robin"}])).desk()
}

stories! {
    agents_by_name: asking(json!({"agents": ["cy", "bo"]})), "
        09:00 open c1
        - c1 assigned bo r/1 round_robin
        09:00 open c2
        - c2 assigned cy r/1 round_robin
        09:00 open c3
        - c3 assigned bo r/1 round_robin";

    a_team_is_those_whose_main_team_it_is: asking(json!({"teams": ["main"]})), "
        09:00 open c1
        - c1 assigned anna r/1 round_robin
        09:00 open c2
        - c2 assigned anna r/1 round_robin";

    extra_adds_the_extra_members: asking(json!({"teams": ["main"], "extra": true})), "
        09:00 open c1
        - c1 assigned anna r/1 round_robin
        09:00 open c2
        - c2 assigned bo r/1 round_robin
        09:00 open c3
        - c3 assigned anna r/1 round_robin";

    agents_and_teams_together: asking(json!({"agents": ["cy"], "teams": ["main"]})), "
        09:00 open c1
        - c1 assigned anna r/1 round_robin
        09:00 open c2
        - c2 assigned cy r/1 round_robin
        09:00 open c3
        - c3 assigned anna r/1 round_robin";

    everyone_is_all_with_access: Office::of(team()).everyone("round_robin")
        .inbox(json!({"access": {"teams": ["main"], "agents": []}})).desk(), "
        # A restricted inbox takes main and extra members of its teams.
        09:00 open c1
        - c1 assigned anna all/1 round_robin
        09:00 open c2
        - c2 assigned bo all/1 round_robin
        09:00 open c3
        - c3 assigned anna all/1 round_robin";

    access_may_name_agents: Office::of(team()).everyone("round_robin")
        .inbox(json!({"access": {"agents": ["cy"]}})).desk(), "
        09:00 open c1 why
        - c1 assigned cy all/1 round_robin
        * cy eligible score 0
        * 2 not_in_target";

    who_is_named_but_has_no_access_is_passed_over: Office::of(team())
        .steps(json!([{"assign_to": {"agents": ["anna", "cy"]}}]))
        .inbox(json!({"access": {"agents": ["cy"]}})).desk(), "
        09:00 open c1 why
        - c1 assigned cy r/1 least_busy
        * anna no_inbox_access
        * cy eligible
        * 1 not_in_target";

    each_is_explained_at_the_last_step_that_names_it: Office::of(json!(["anna", "bo", "cy", "dee"]))
        .steps(json!([
            {"assign_to": {"agents": ["bo", "anna"]}, "skills": {"sv": 1}},
            {"assign_to": {"agents": ["cy", "bo"]}, "skills": {"fr": 2}},
        ])).desk(), "
        09:00 open c1 why
        - c1 queued r/2
        * anna missing_skill sv 0 of 1
        * bo missing_skill fr 0 of 2
        * cy missing_skill fr 0 of 2
        * 1 not_in_target";

    where_a_step_names_nobody_all_are_counted: asking(json!("last_agent")), "
        09:00 open c1 why
        - c1 queued r/1
        * 3 not_in_target";

    who_is_deactivated_or_was_removed: Office::of(json!(["anna", {"id": "bo", "active": false}, "cy", "dee"]))
        .steps(json!([{"assign_to": {"agents": ["anna"]}}])).desk(), r#"
        09:00 remove_agent cy
        - remove_agent cy
        09:00 open c1 why
        - c1 assigned anna r/1 least_busy
        * anna eligible
        * 2 not_in_target"#;
}

fn owner_then_everyone() -> Desk {
    Office::of(json!(["anna", "bo"]))
        .steps(json!([{"assign_to": "contact_owner", "wait": "5m"}, {"assign_to": {"agents": ["anna"]}}]))
        .desk()
}

stories! {
    the_owner_of_a_known_contact: owner_then_everyone(), r#"
        09:00 open c1 {"contact": {"owner": "bo", "known": true}}
        - c1 assigned bo r/1 least_busy"#;

    a_contact_who_was_not_recognised_has_no_owner: owner_then_everyone(), r#"
        09:00 open c1 {"contact": {"owner": "bo"}}
        - c1 assigned anna r/2 least_busy"#;

    no_contact_no_owner: owner_then_everyone(), "
        09:00 open c1
        - c1 assigned anna r/2 least_busy";

    an_owner_who_is_no_agent_is_nobody: owner_then_everyone(), r#"
        09:00 open c1 {"contact": {"owner": "zoe", "known": true}}
        - c1 assigned anna r/2 least_busy"#;

    an_owner_who_is_away_is_waited_for: owner_then_everyone(), r#"
        09:00 away bo
        - bo away set_away
        09:00 open c1 {"contact": {"owner": "bo", "known": true}}
        - c1 queued r/1 until 09:05
        09:01 back bo
        - bo available always_on
        - c1 assigned bo r/1 least_busy"#;
}

fn last_agent() -> Desk {
    Office::of(json!(["anna", "bo", {"id": "cy", "capacity": 0}]))
        .steps(json!([{"assign_to": "last_agent", "wait": "5m"}, {"assign_to": "everyone", "strategy": "round_robin"}]))
        .desk()
}

fn last_agent_full() -> Desk {
    Office::of(json!([{"id": "anna", "capacity": 1}, {"id": "bo", "capacity": 2}]))
        .steps(json!([{"assign_to": "last_agent", "wait": "5m"}, {"assign_to": "everyone", "strategy": "in_order"}]))
        .desk()
}

stories! {
    the_last_agent_of_the_contact: last_agent(), r#"
        09:00 open c1 {"contact": {"id": "x"}}
        - c1 assigned anna r/2 round_robin
        09:01 close c1
        - c1 closed anna
        09:02 open c2 {"contact": {"id": "y"}}
        - c2 assigned bo r/2 round_robin
        09:03 open c3 {"contact": {"id": "x"}}
        - c3 assigned anna r/1 least_busy
        09:04 open c4 {"contact": {"id": "y"}}
        - c4 assigned bo r/1 least_busy"#;

    the_last_agent_may_have_got_it_by_hand: last_agent(), r#"
        09:00 open c1 {"contact": {"id": "x"}}
        - c1 assigned anna r/2 round_robin
        09:01 assign c1 to bo
        - c1 assigned bo by_hand
        09:02 open c2 {"contact": {"id": "x"}}
        - c2 assigned bo r/1 least_busy"#;

    a_last_agent_who_is_full_is_waited_for: last_agent_full(), r#"
        09:00 open c1 {"contact": {"id": "x"}}
        - c1 assigned anna r/2 in_order
        09:01 open c2 {"contact": {"id": "x"}}
        - c2 queued r/1 until 09:06
        09:02 close c1
        - c1 closed anna
        - c2 assigned anna r/1 least_busy"#;

    a_last_agent_may_change_while_it_is_waited_for: last_agent_full(), r#"
        09:00 open c1 {"contact": {"id": "x"}}
        - c1 assigned anna r/2 in_order
        09:01 open c2 {"contact": {"id": "x"}}
        - c2 queued r/1 until 09:06
        09:02 open c3 {"contact": {"id": "x"}}
        - c3 queued r/1 until 09:07
        # bo is the last agent now, and has room for one more.
        09:03 assign c3 to bo
        - c3 assigned bo by_hand
        - c2 assigned bo r/1 least_busy
        09:04 close c1
        - c1 closed anna"#;

    a_contact_without_id_has_no_last_agent: last_agent(), r#"
        09:00 open c1 {"contact": {"attributes": {"plan": "free"}}}
        - c1 assigned anna r/2 round_robin
        09:01 open c2 {"contact": {"attributes": {"plan": "free"}}}
        - c2 assigned bo r/2 round_robin"#;

    a_last_agent_who_was_removed_is_nobody: last_agent(), r#"
        09:00 open c1 {"contact": {"id": "x"}}
        - c1 assigned anna r/2 round_robin
        09:01 close c1
        - c1 closed anna
        09:02 remove_agent anna
        - remove_agent anna
        09:03 open c2 {"contact": {"id": "x"}}
        - c2 assigned bo r/2 round_robin"#;
}
