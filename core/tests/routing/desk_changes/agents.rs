//! An agent is put: capacity, teams, skills, seats, activity.

use serde_json::{Value, json};

use crate::support_desk::{Office, everyone, story_with};

#[test]
fn more_capacity_serves_the_queue() {
    let office = everyone("in_order", json!([{"id": "anna", "capacity": 1}]));
    story_with(
        &office,
        &[("more", json!({"id": "anna", "capacity": 2}))],
        "
        09:00 open c1
        - c1 assigned anna all/1 in_order
        09:01 open c2
        - c2 queued all/1
        09:02 put_agent $more
        - put_agent anna
        - c2 assigned anna all/1 in_order",
    );
}

#[test]
fn less_capacity_takes_nothing_away() {
    let office = everyone("in_order", json!(["anna"]));
    story_with(
        &office,
        &[("less", json!({"id": "anna", "capacity": 1}))],
        "
        09:00 open c1
        - c1 assigned anna all/1 in_order
        09:00 open c2
        - c2 assigned anna all/1 in_order
        09:01 put_agent $less
        - put_agent anna
        09:02 open c3
        - c3 queued all/1
        09:03 close c1
        - c1 closed anna
        09:04 close c2
        - c2 closed anna
        - c3 assigned anna all/1 in_order",
    );
}

#[test]
fn a_new_agent_serves_the_queue() {
    let office = everyone("in_order", json!([{"id": "anna", "capacity": 0}]));
    story_with(
        &office,
        &[("bo", json!({"id": "bo"}))],
        "
        09:00 open c1
        - c1 queued all/1
        09:02 put_agent $bo
        - put_agent bo
        - c1 assigned bo all/1 in_order",
    );
}

#[test]
fn a_new_agent_may_be_the_owner_who_was_missing() {
    let steps = json!([{"assign_to": "contact_owner"}]);
    let office = Office::of(json!(["anna"])).steps(steps).desk();
    story_with(
        &office,
        &[("bo", json!({"id": "bo"}))],
        r#"
        09:00 open c1 {"contact": {"owner": "bo", "known": true}}
        - c1 queued r/1
        09:02 put_agent $bo
        - put_agent bo
        - c1 assigned bo r/1 least_busy"#,
    );
}

#[test]
fn joining_a_team_serves_the_queue() {
    let office = Office::of(json!([{"id": "anna", "team": "u"}, {"id": "bo", "team": "t", "capacity": 0}]))
        .steps(json!([{"assign_to": {"teams": ["t"], "extra": true}}]))
        .desk();
    story_with(
        &office,
        &[("joined", json!({"id": "anna", "team": "u", "extra_teams": ["t"]}))],
        "
        09:00 open c1
        - c1 queued r/1
        09:01 put_agent $joined
        - put_agent anna
        - c1 assigned anna r/1 least_busy",
    );
}

#[test]
fn a_new_skill_and_a_new_seat_serve_the_queue() {
    let office = Office::of(json!(["anna"])).everyone("in_order").settings(json!({"requires_seat": true})).desk();
    let seated = json!({"id": "anna", "seat": "full"});
    let skilled = json!({"id": "anna", "seat": "full", "skills": {"sv": 1}});
    story_with(
        &office,
        &[("seated", seated), ("skilled", skilled)],
        r#"
        09:00 open c1 {"skills": {"sv": 1}}
        - c1 queued all/1
        09:00 open c2
        - c2 queued all/1
        09:01 put_agent $seated
        - put_agent anna
        - c2 assigned anna all/1 in_order
        09:02 put_agent $skilled
        - put_agent anna
        - c1 assigned anna all/1 in_order"#,
    );
}

#[test]
fn deactivated_keeps_what_is_held_and_gets_nothing() {
    let office = everyone("in_order", json!(["anna", "bo"]));
    let gone = json!({"id": "anna", "active": false});
    story_with(
        &office,
        &[("gone", gone), ("again", json!({"id": "anna"}))],
        "
        09:00 open c1
        - c1 assigned anna all/1 in_order
        09:01 put_agent $gone
        - put_agent anna
        - anna away deactivated
        09:02 open c2
        - c2 assigned bo all/1 in_order
        09:03 back anna
        09:04 close c1
        - c1 closed anna
        09:05 reopen c1
        - c1 reopened
        - c1 assigned bo all/1 in_order
        09:06 reply c1 by anna
        - refused not_permitted
        09:07 put_agent $again
        - put_agent anna
        - anna available always_on
        09:08 open c3
        - c3 assigned anna all/1 in_order",
    );
}

#[test]
fn an_offer_is_withdrawn_with_access_or_activity() {
    let office = |agents: Value| {
        Office::of(agents)
            .inbox(json!({"access": {"teams": ["t"]}}))
            .everyone("in_order")
            .chat(json!({"accept_within": "1m"}))
            .desk()
    };
    let agents = json!([{"id": "anna", "team": "t"}, {"id": "bo", "team": "t"}]);
    let moved = json!({"id": "anna"});
    let gone = json!({"id": "bo", "team": "t", "active": false});
    story_with(
        &office(agents),
        &[("moved", moved), ("gone", gone)],
        "
        09:00 open c1
        - c1 offered anna all/1 in_order until 09:01
        09:00 put_agent $moved
        - put_agent anna
        - c1 offer_withdrawn anna
        - c1 offered bo all/1 in_order until 09:01
        09:00 put_agent $gone
        - put_agent bo
        - bo away deactivated
        - c1 offer_withdrawn bo
        - c1 queued all/1",
    );
}
