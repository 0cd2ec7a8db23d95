//! Substitutes: who stands in for agents out of office, wherever these are named by id.

use frontdesk::Desk;
use serde_json::{Value, json};

use crate::support_desk::Office;

/// From ten until eleven.
fn absence() -> Value {
    json!([{"start": "2026-11-20T10:00", "end": "2026-11-20T11:00"}])
}

/// An agent who is out of office from ten until eleven, with a substitute.
fn absent(id: &str, substitute: &str) -> Value {
    json!({"id": id, "substitute": substitute, "out_of_office": absence()})
}

/// Anna is asked, for whom bo stands in.
fn office(keys: Value) -> Office {
    let mut bo = json!({"id": "bo"});
    bo.as_object_mut().unwrap().extend(keys.as_object().unwrap().clone());
    Office::of(json!([absent("anna", "bo"), bo, "cy"])).steps(json!([{"assign_to": {"agents": ["anna"]}}]))
}

fn named() -> Desk {
    office(json!({})).desk()
}

/// Anna, then bo, then cy stand in for each other, in a circle; dan is always there.
fn circle() -> Desk {
    Office::of(json!([absent("anna", "bo"), absent("bo", "cy"), absent("cy", "anna"), "dan"]))
        .steps(json!([{"assign_to": {"agents": ["anna"]}, "wait": "1h"}, {"assign_to": {"agents": ["dan"]}}]))
        .desk()
}

/// A chain of agents who are all out of office but the last, after so many substitutes; the first is asked.
fn chain(substitutes: usize) -> Desk {
    let out = (0..substitutes).map(|i| absent(&format!("a{i}"), &format!("a{}", i + 1)));
    let agents: Vec<Value> = out.chain([json!(format!("a{substitutes}"))]).collect();
    Office::of(json!(agents)).steps(json!([{"assign_to": {"agents": ["a0"]}}])).desk()
}

stories! {
    up_to_ten_in_turn: chain(10), "
        10:00 open c1
        - c1 assigned a10 r/1 least_busy for a0";

    and_no_more: chain(11), "
        10:00 open c1
        - c1 queued r/1
        # The tenth comes back.
        10:01 back a10
        - a10 available set_available
        - c1 assigned a10 r/1 least_busy for a0";

    stands_in_while_the_agent_is_out_of_office: named(), "
        09:00 open c1
        - c1 assigned anna r/1 least_busy
        10:00 open c2
        - anna away out_of_office
        - c2 assigned bo r/1 least_busy for anna
        11:00 open c3
        - anna available always_on
        - c3 assigned anna r/1 least_busy";

    the_explanation_says_for_whom: named(), "
        10:00 open c2 why
        - c2 assigned bo r/1 least_busy for anna
        * anna away out_of_office until 11:00
        * bo eligible for anna
        * 1 not_in_target";

    takes_what_waits_when_the_absence_begins: Office::of(json!([{"id": "anna", "capacity": 0, "substitute": "bo", "out_of_office": absence()}, "bo"]))
        .steps(json!([{"assign_to": {"agents": ["anna"]}}])).desk(), "
        09:00 open c1
        - c1 queued r/1
        09:01 open c2
        - c2 queued r/1
        12:00 advance
        - 10:00 anna away out_of_office
        - 10:00 c1 assigned bo r/1 least_busy for anna
        - 10:00 c2 assigned bo r/1 least_busy for anna
        - 11:00 anna available always_on";

    takes_what_waits_when_free_again: office(json!({"capacity": 1})).desk(), "
        10:00 open c1
        - c1 assigned bo r/1 least_busy for anna
        10:01 open c2
        - c2 queued r/1
        10:02 close c1
        - c1 closed bo
        - c2 assigned bo r/1 least_busy for anna";

    who_is_merely_away_has_no_substitute: named(), "
        09:00 away anna
        - anna away set_away
        09:01 open c1
        - c1 queued r/1
        # What anna set lies over the absence, too: the status does not tell that anna is out of office.
        10:30 advance
        10:31 back anna
        - anna available set_available
        - c1 assigned anna r/1 least_busy";

    who_set_themselves_available_needs_none: named(), "
        10:00 back anna
        - anna available set_available
        10:01 open c1
        - c1 assigned anna r/1 least_busy";

    not_for_members_of_a_team: Office::of(json!([
        {"id": "anna", "team": "in", "substitute": "bo", "out_of_office": absence()}, {"id": "bo", "team": "out"}]))
        .steps(json!([{"assign_to": {"teams": ["in"]}}])).desk(), "
        10:00 open c1
        - c1 queued r/1";

    not_where_everyone_is_named: Office::of(json!([absent("anna", "bo"), "bo"])).inbox(json!({"access": {"agents": ["anna"]}}))
        .everyone("least_busy").desk(), "
        10:00 open c1
        - c1 queued all/1";

    for_a_member_who_is_named_as_well: Office::of(json!([
        {"id": "anna", "team": "in", "substitute": "bo", "out_of_office": absence()}, {"id": "bo", "team": "out"}]))
        .steps(json!([{"assign_to": {"agents": ["anna"], "teams": ["in"]}}])).desk(), "
        10:00 open c1
        - c1 assigned bo r/1 least_busy for anna";

    whom_the_step_names_too_stands_in_for_nobody: Office::of(json!([absent("anna", "bo"), "bo"]))
        .steps(json!([{"assign_to": {"agents": ["anna", "bo"]}}])).desk(), "
        10:00 open c1
        - c1 assigned bo r/1 least_busy";

    for_the_owner_and_the_last_agent: Office::of(json!([absent("anna", "bo"), "bo", "cy"]))
        .steps(json!([{"assign_to": "contact_owner"}, {"assign_to": "last_agent"}])).desk(), r#"
        09:00 open c1 {"contact": {"id": "x", "known": true, "owner": "anna"}}
        - c1 assigned anna r/1 least_busy
        10:00 open c2 {"contact": {"id": "y", "known": true, "owner": "anna"}}
        - anna away out_of_office
        - c2 assigned bo r/1 least_busy for anna
        10:01 open c3 {"contact": {"id": "x"}}
        - c3 assigned bo r/2 least_busy for anna
        # Now bo is the last agent.
        11:00 open c4 {"contact": {"id": "x"}}
        - anna available always_on
        - c4 assigned bo r/2 least_busy"#;

    what_waits_for_the_owner_goes_to_a_substitute_who_is_free_again: Office::of(json!([absent("anna", "bo"), {"id": "bo", "capacity": 1}, "cy"]))
        .steps(json!([{"assign_to": "contact_owner"}])).desk(), r#"
        10:00 open c1 {"contact": {"id": "x", "known": true, "owner": "anna"}}
        - c1 assigned bo r/1 least_busy for anna
        10:01 open c2 {"contact": {"id": "y", "known": true, "owner": "anna"}}
        - c2 queued r/1
        10:02 close c1
        - c1 closed bo
        - c2 assigned bo r/1 least_busy for anna"#;

    theirs_in_turn: Office::of(json!([absent("anna", "bo"), absent("bo", "cy"), "cy"]))
        .steps(json!([{"assign_to": {"agents": ["anna"]}}])).desk(), "
        10:00 open c1
        - c1 assigned cy r/1 least_busy for anna";

    theirs_in_turn_as_one_after_the_other_leaves: Office::of(json!([
        {"id": "anna", "substitute": "bo", "out_of_office": [{"start": "2026-11-20T09:00", "end": "2026-11-20T12:00"}]},
        {"id": "bo", "capacity": 0, "substitute": "cy", "out_of_office": absence()}, "cy"]))
        .steps(json!([{"assign_to": {"agents": ["anna"]}}])).desk(), "
        09:30 open c1
        - c1 queued r/1
        10:00 advance
        - bo away out_of_office
        - c1 assigned cy r/1 least_busy for anna
        11:30 open c2
        - 11:00 bo available always_on
        - c2 queued r/1";

    a_circle_ends_with_nobody: circle(), "
        10:00 open c1
        - c1 queued r/1 until 11:00
        # Cy comes back for anna.
        10:30 back cy
        - cy available set_available
        - c1 assigned cy r/1 least_busy for anna";

    a_circle_that_does_not_come_back_to_the_first_ends_too: Office::of(json!([absent("anna", "bo"), absent("bo", "cy"), absent("cy", "bo")]))
        .steps(json!([{"assign_to": {"agents": ["anna"]}}])).desk(), "
        10:00 open c1
        - c1 queued r/1";

    needs_access_of_their_own: office(json!({})).inbox(json!({"access": {"agents": ["anna", "cy"]}})).desk(), "
        10:00 open c1 why
        - c1 queued r/1
        * anna away out_of_office until 11:00
        * bo no_inbox_access for anna
        * 1 not_in_target";

    needs_a_seat_of_their_own: Office::of(json!([
        {"id": "anna", "seat": "service", "substitute": "bo", "out_of_office": absence()}, "bo"]))
        .settings(json!({"requires_seat": true})).steps(json!([{"assign_to": {"agents": ["anna"]}}])).desk(), "
        10:00 open c1
        - c1 queued r/1";

    needs_skills_of_their_own: Office::of(json!([
        {"id": "anna", "skills": {"sv": 3}, "substitute": "bo", "out_of_office": absence()}, {"id": "bo", "skills": {"sv": 1}}]))
        .steps(json!([{"assign_to": {"agents": ["anna"]}, "skills": {"sv": 2}}])).desk(), r#"
        10:00 open c1
        - c1 queued r/1
        10:01 put_agent {"id": "bo", "skills": {"sv": 2}}
        - put_agent bo
        - c1 assigned bo r/1 least_busy for anna"#;

    needs_room_of_their_own: office(json!({"capacity": 0})).desk(), r#"
        10:00 open c1
        - c1 queued r/1
        10:01 put_agent {"id": "bo"}
        - put_agent bo
        - c1 assigned bo r/1 least_busy for anna"#;

    needs_to_meet_the_conditions_of_the_step: Office::of(json!([
        {"id": "anna", "substitute": "bo", "out_of_office": absence(), "attributes": {"region": "emea"}}, {"id": "bo", "attributes": {"region": "apac"}}]))
        .steps(json!([{"assign_to": {"agents": ["anna"], "where": {"attributes.region": "emea"}}}])).desk(), r#"
        10:00 open c1
        - c1 queued r/1
        10:01 put_agent {"id": "bo", "attributes": {"region": "emea"}}
        - put_agent bo
        - c1 assigned bo r/1 least_busy for anna"#;

    comes_in_the_place_of_the_absent_one: Office::of(json!(["dan", absent("anna", "cy"), "bo", "cy"]))
        .steps(json!([{"assign_to": {"agents": ["anna", "bo", "dan"]}, "strategy": "in_order"}])).desk(), "
        10:00 open c1
        - c1 assigned cy r/1 in_order for anna";

    stands_in_for_the_first_of_several: Office::of(json!([absent("anna", "cy"), absent("bo", "cy"), "cy"]))
        .steps(json!([{"assign_to": {"agents": ["bo", "anna"]}}])).desk(), "
        10:00 open c1
        - c1 assigned cy r/1 least_busy for bo";

    also_where_availability_does_not_count: Office::of(json!([absent("anna", "bo"), {"id": "bo", "capacity": 1}]))
        .steps(json!([{"assign_to": {"agents": ["anna"]}, "only_available": false}])).desk(), r#"
        10:00 open c1
        - c1 assigned bo r/1 least_busy for anna
        # Bo is full, and anna is still replaced.
        10:01 open c2
        - c2 queued r/1
        # Without a substitute, anna may be given it while away.
        10:02 put_agent {"id": "anna", "out_of_office": [{"start": "2026-11-20T10:00", "end": "2026-11-20T11:00"}]}
        - put_agent anna
        - c2 assigned anna r/1 least_busy"#;

    where_availability_does_not_count_a_removed_substitute_replaces_nobody: Office::of(json!([absent("anna", "bo"), {"id": "bo", "capacity": 0}]))
        .steps(json!([{"assign_to": {"agents": ["anna"]}, "only_available": false}])).desk(), "
        10:00 open c1
        - c1 queued r/1
        10:01 remove_agent bo
        - remove_agent bo
        - c1 assigned anna r/1 least_busy";

    another_substitute_takes_over: office(json!({"capacity": 0})).desk(), r#"
        10:00 open c1
        - c1 queued r/1
        10:01 put_agent {"id": "anna", "substitute": "cy", "out_of_office": [{"start": "2026-11-20T10:00", "end": "2026-11-20T11:00"}]}
        - put_agent anna
        - c1 assigned cy r/1 least_busy for anna"#;

    an_absence_that_is_entered_calls_the_substitute: office(json!({})).desk(), r#"
        09:00 away anna
        - anna away set_away
        09:01 open c1
        - c1 queued r/1
        09:02 set_out_of_office anna [{"start": "2026-11-20T09:00", "end": "2026-11-20T12:00"}]
        - set_out_of_office anna
        # What anna set still lies over it.
        09:03 put_agent {"id": "anna", "substitute": "bo", "working_hours": []}
        - put_agent anna
        09:04 advance"#;

    an_offer_is_made_and_accepted_for_the_absent_one: office(json!({})).chat(json!({"accept_within": "1m"})).desk(), "
        10:00 open c1
        - c1 offered bo r/1 least_busy for anna until 10:01
        10:00 accept c1 bo
        - c1 assigned bo r/1 least_busy for anna";

    who_declines_for_the_absent_one_is_not_asked_again: Office::of(json!([absent("anna", "bo"), "bo", "cy"]))
        .chat(json!({"accept_within": "1m"}))
        .steps(json!([{"assign_to": {"agents": ["anna"]}, "wait": "5m"}, {"assign_to": {"agents": ["cy"]}}])).desk(), "
        10:00 open c1
        - c1 offered bo r/1 least_busy for anna until 10:01
        # The step names nobody else, so it is passed.
        10:00 decline c1 bo
        - c1 offer_declined bo
        - c1 offered cy r/2 least_busy until 10:01";

    a_step_is_not_skipped_while_the_substitute_is_there: Office::of(json!([absent("anna", "bo"), {"id": "bo", "capacity": 0}, "cy"]))
        .steps(json!([{"assign_to": {"agents": ["anna"]}, "wait": "1h", "skip_if": "nobody_available"}, {"assign_to": {"agents": ["cy"]}}])).desk(), "
        10:00 open c1
        - c1 queued r/1 until 11:00
        10:01 away bo
        - bo away set_away
        - c1 step_entered r/2
        - c1 assigned cy r/2 least_busy";

    a_step_is_skipped_when_the_substitute_is_not_eligible: Office::of(json!([
        {"id": "anna", "capacity": 0, "substitute": "bo", "out_of_office": absence(), "attributes": {"in": true}}, "bo", "cy"]))
        .steps(json!([{"assign_to": {"agents": ["anna"], "where": {"attributes.in": true}}, "wait": "2h", "skip_if": "nobody_available"},
            {"assign_to": {"agents": ["cy"]}}])).desk(), "
        09:59 open c1
        - c1 queued r/1 until 11:59
        10:00 advance
        - anna away out_of_office
        - c1 step_entered r/2
        - c1 assigned cy r/2 least_busy";

    no_newcomer_overtakes_what_waits_for_the_absent_one: office(json!({"capacity": 1})).desk(), r#"
        10:00 open c1
        - c1 assigned bo r/1 least_busy for anna
        10:01 open c2
        - c2 queued r/1
        10:02 open c3 {"priority": 1}
        - c3 queued r/1
        10:03 close c1
        - c1 closed bo
        - c3 assigned bo r/1 least_busy for anna"#;

    the_owner_is_mailed_and_not_the_substitute: Office::of(json!([absent("anna", "bo"), {"id": "bo", "capacity": 0}]))
        .rules(json!([{"id": "r", "steps": [{"assign_to": "contact_owner"}], "otherwise": "notify_owner"}])).desk(), r#"
        10:00 open c1 {"contact": {"id": "x", "known": true, "owner": "anna"}}
        - c1 owner_notified anna by r"#;

    across_the_end_of_summer_time: Office::of(json!([
        {"id": "anna", "substitute": "bo", "time_zone": "Europe/Stockholm", "out_of_office": [{"start": "2027-03-28T01:30", "end": "2027-03-28T03:30"}]}, "bo"]))
        .steps(json!([{"assign_to": {"agents": ["anna"]}}])).desk(), "
        # From 00:30 until 01:30 by UTC: the hour between is missing.
        2027-03-28T00:29 open c1
        - c1 assigned anna r/1 least_busy
        2027-03-28T00:30 open c2
        - anna away out_of_office
        - c2 assigned bo r/1 least_busy for anna
        2027-03-28T01:30 open c3
        - anna available always_on
        - c3 assigned anna r/1 least_busy";
}

stories! {
    by_hand_it_goes_to_whom_it_says: named(), "
        10:00 open c1
        - c1 assigned bo r/1 least_busy for anna
        10:01 assign c1 to anna by cy
        - c1 assigned anna by_hand by cy";

    by_hand_it_goes_to_the_substitute_if_asked: named(), r#"
        09:00 open c1
        - c1 assigned anna r/1 least_busy
        09:01 assign c1 to cy
        - c1 assigned cy by_hand
        # Anna is there.
        09:02 assign c1 to anna {"or_substitute": true}
        - c1 assigned anna by_hand
        10:00 assign c1 to anna by cy {"or_substitute": true}
        - anna away out_of_office
        - c1 assigned bo by_hand for anna by cy
        10:01 assign c1 to anna {"or_substitute": true}"#;

    by_hand_the_substitute_needs_access: office(json!({})).inbox(json!({"access": {"agents": ["anna", "cy"]}})).desk(), r#"
        10:00 open c1
        - c1 queued r/1
        10:01 assign c1 to anna {"or_substitute": true}
        - refused no_inbox_access"#;

    by_hand_a_circle_ends_with_the_agent: circle(), r#"
        10:00 open c1
        - c1 queued r/1 until 11:00
        10:01 assign c1 to anna {"or_substitute": true}
        - c1 assigned anna by_hand"#;

    a_reopened_one_goes_back_to_its_holder_and_to_no_substitute_of_theirs: Office::of(json!([absent("anna", "bo"), "bo", "cy"]))
        .steps(json!([{"assign_to": {"agents": ["cy"]}}])).desk(), "
        09:00 open c1
        - c1 assigned cy r/1 least_busy
        09:01 assign c1 to anna
        - c1 assigned anna by_hand
        09:02 close c1
        - c1 closed anna
        10:00 reopen c1
        - anna away out_of_office
        - c1 reopened
        - c1 assigned cy r/1 least_busy";
}
