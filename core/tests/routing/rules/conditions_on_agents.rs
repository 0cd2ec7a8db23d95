//! `where`: conditions on the agents of a target.

use frontdesk::Desk;
use serde_json::{Value, json};

use crate::support_desk::Office;

fn team() -> Value {
    json!([
        {"id": "anna", "team": "main", "skills": {"billing": 2}, "attributes": {"region": "emea", "grade": 3}},
        {"id": "bo", "team": "main", "skills": {"billing": 4}, "attributes": {"region": "apac"}},
        {"id": "cy", "team": "other", "extra_teams": ["main"], "attributes": {"region": "emea", "langs": ["sv", "en"]}},
    ])
}

fn steps(filter: Value) -> Value {
    json!([{"assign_to": {"agents": ["anna"], "teams": ["main"], "extra": true, "where": filter}, "strategy": "round_robin"}])
}

fn asking(filter: Value) -> Desk {
    Office::of(team()).steps(steps(filter)).desk()
}

/// The agents whom a step with a condition chooses, in turn.
fn chosen(filter: Value) -> Vec<String> {
    let mut desk = asking(filter);
    let mut chosen = Vec::new();
    for number in 1..=4 {
        let told = crate::support_desk::act(&mut desk, &format!("09:00 open c{number}"));
        chosen.extend(
            told.iter()
                .filter_map(|line| line.strip_prefix(&format!("- c{number} assigned ")))
                .map(|line| line.split(' ').next().unwrap_or_default().to_owned()),
        );
    }
    chosen.sort();
    chosen.dedup();
    chosen
}

#[test]
fn each_test_keeps_those_who_pass() {
    let cases = [
        (json!({"attributes.region": "emea"}), vec!["anna", "cy"]),
        (json!({"attributes.region": ["apac", "amer"]}), vec!["bo"]),
        (json!({"attributes.region": {"starts_with": "em"}}), vec!["anna", "cy"]),
        (json!({"attributes.region": {"not": "emea"}}), vec!["bo"]),
        (json!({"attributes.langs": {"contains": "sv"}}), vec!["cy"]),
        (json!({"attributes.grade": 3.0}), vec!["anna"]),
        (json!({"attributes.grade": {"exists": false}}), vec!["bo", "cy"]),
        (json!({"skills.billing": {"at_least": 3}}), vec!["bo"]),
        (json!({"skills.billing": {"at_most": 3}}), vec!["anna"]),
        (json!({"skills.billing": {"at_least": 2, "at_most": 4}}), vec!["anna", "bo"]),
        (json!({"skills.billing": {"exists": false}}), vec!["cy"]),
        (json!({"team": "main"}), vec!["anna", "bo"]),
        (json!({"team": {"not": "main"}}), vec!["cy"]),
        (json!({"team": "main", "attributes.region": "emea"}), vec!["anna"]),
        (json!({}), vec!["anna", "bo", "cy"]),
        (json!({"x-note": "all of them"}), vec!["anna", "bo", "cy"]),
        (json!({"attributes.region": "amer"}), vec![]),
    ];
    for (filter, expected) in cases {
        assert_eq!(chosen(filter.clone()), expected, "{filter}");
    }
}

stories! {
    who_comes_to_pass_takes_what_waits: asking(json!({"skills.billing": {"at_least": 5}})), r#"
        09:00 open c1
        - c1 queued r/1
        09:01 put_agent {"id": "cy", "team": "other", "skills": {"billing": 5}}
        - put_agent cy
        # cy is no member of the team any more.
        09:02 put_agent {"id": "bo", "team": "main", "skills": {"billing": 5}}
        - put_agent bo
        - c1 assigned bo r/1 round_robin"#;

    who_passes_no_more_keeps_what_it_holds: asking(json!({"skills.billing": {"at_least": 4}})), r#"
        09:00 open c1
        - c1 assigned bo r/1 round_robin
        09:01 put_agent {"id": "bo", "team": "main"}
        - put_agent bo
        09:02 open c2
        - c2 queued r/1"#;

    a_step_that_nobody_passes_is_passed_at_once: Office::of(team()).steps(json!([
        {"assign_to": {"teams": ["main"], "where": {"skills.law": {"exists": true}}}, "wait": "1h"},
        {"assign_to": {"agents": ["bo"]}}])).desk(), "
        09:00 open c1
        - c1 assigned bo r/2 least_busy";

    the_order_of_the_list_stays: Office::of(team()).steps(json!([
        {"assign_to": {"agents": ["cy", "bo", "anna"], "where": {"attributes.region": "emea"}}, "strategy": "in_order"}])).desk(), "
        09:00 open c1
        - c1 assigned cy r/1 in_order";

    a_decline_leaves_it_to_the_next_who_passes: Office::of(team()).steps(steps(json!({"team": "main"})))
        .chat(json!({"accept_within": "1m"})).desk(), "
        09:00 open c1
        - c1 offered anna r/1 round_robin until 09:01
        09:00 decline c1 anna
        - c1 offer_declined anna
        - c1 offered bo r/1 round_robin until 09:01
        09:01 advance
        - c1 offer_expired bo
        - c1 queued r/1";

    a_removed_team_is_asked_for_no_more: Office::of(team()).with(json!({"teams": [{"id": "main"}, {"id": "other"}]}))
        .steps(json!([{"assign_to": {"agents": ["cy"], "where": {"team": "other"}}}])).desk(), r#"
        09:00 remove_team other
        - remove_team other
        09:01 put_team {"id": "other"}
        - put_team other
        09:02 put_agent {"id": "cy", "team": "other"}
        - put_agent cy
        # The condition named the team that is gone.
        09:03 open c1
        - c1 queued r/1"#;

    who_is_away_is_waited_for: asking(json!({"team": "other"})), "
        09:00 open c1
        - c1 assigned cy r/1 round_robin
        09:01 away cy
        - cy away set_away
        09:02 open c2
        - c2 queued r/1
        09:03 back cy
        - cy available always_on
        - c2 assigned cy r/1 round_robin";
}
