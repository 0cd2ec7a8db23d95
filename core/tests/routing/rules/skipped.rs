//! `skip_if`: a step is passed while nobody whom it names is available.

use frontdesk::Desk;
use serde_json::{Value, json};

use crate::support_desk::Office;

/// Anna and bo are asked for ten minutes, then cy, who is never there.
fn office(agents: Value) -> Office {
    Office::of(agents).steps(json!([
        {"assign_to": {"agents": ["anna", "bo"]}, "wait": "10m", "skip_if": "nobody_available"},
        {"assign_to": {"agents": ["cy"]}, "wait": "5m"},
    ]))
}

fn full() -> Desk {
    office(json!([{"id": "anna", "capacity": 0}, {"id": "bo", "capacity": 0}, "cy"])).desk()
}

stories! {
    who_is_full_is_waited_for: full(), "
        09:00 open c1
        - c1 queued r/1 until 09:10";

    nobody_available_is_not_waited_for: full(), "
        09:00 away anna
        - anna away set_away
        09:00 away bo
        - bo away set_away
        09:01 open c1
        - c1 assigned cy r/2 least_busy";

    when_the_last_one_leaves_it_goes_on: full(), "
        09:00 open c1
        - c1 queued r/1 until 09:10
        09:01 away anna
        - anna away set_away
        09:02 away bo
        - bo away set_away
        - c1 step_entered r/2 until 09:07
        - c1 assigned cy r/2 least_busy";

    two_go_on_at_the_same_instant_in_their_order: office(json!([
        {"id": "anna", "capacity": 0}, {"id": "bo", "active": false}, {"id": "cy", "capacity": 1}])).desk(), "
        09:00 open c1
        - c1 queued r/1 until 09:10
        09:01 open c2
        - c2 queued r/1 until 09:11
        09:02 away anna
        - anna away set_away
        - c1 step_entered r/2 until 09:07
        - c1 assigned cy r/2 least_busy
        - c2 step_entered r/2 until 09:07";

    the_end_of_a_shift_is_the_clocks: office(json!([
        {"id": "anna", "capacity": 0, "working_hours": [{"days": ["fri"], "start": "08:00", "end": "09:05"}]},
        {"id": "bo", "active": false}, "cy"])).desk(), "
        09:00 open c1
        - c1 queued r/1 until 09:10
        09:20 advance
        - 09:05 anna away outside_working_hours
        - 09:05 c1 step_entered r/2 until 09:10
        - 09:05 c1 assigned cy r/2 least_busy";

    who_comes_back_is_still_asked: office(json!([
        {"id": "anna", "capacity": 1}, {"id": "bo", "active": false}, {"id": "cy", "capacity": 0}])).desk(), "
        09:00 away anna
        - anna away set_away
        09:01 open c1
        - c1 queued r/2 until 09:06
        09:02 back anna
        - anna available always_on
        - c1 assigned anna r/1 least_busy";

    skills_and_access_count: Office::of(json!([{"id": "anna", "capacity": 0, "skills": {"sv": 2}}, "bo", "cy"])).steps(json!([
        {"assign_to": {"agents": ["anna"]}, "skills": {"sv": 3}, "wait": "10m", "skip_if": "nobody_available"},
        {"assign_to": {"agents": ["cy"]}}])).desk(), r#"
        # anna is there, but could not take it.
        09:00 open c1
        - c1 assigned cy r/2 least_busy"#;

    who_loses_the_skill_is_as_gone: Office::of(json!([{"id": "anna", "capacity": 0, "skills": {"sv": 2}}, "cy"])).steps(json!([
        {"assign_to": {"agents": ["anna"]}, "skills": {"sv": 2}, "wait": "10m", "skip_if": "nobody_available"},
        {"assign_to": {"agents": ["cy"]}}])).desk(), r#"
        09:00 open c1
        - c1 queued r/1 until 09:10
        09:01 put_agent {"id": "anna", "capacity": 0}
        - put_agent anna
        - c1 step_entered r/2
        - c1 assigned cy r/2 least_busy"#;

    declines_are_left_aside: office(json!([{"id": "anna", "capacity": 1}, {"id": "bo", "capacity": 0}, "cy"]))
        .chat(json!({"accept_within": "1m"})).desk(), "
        09:00 open c1
        - c1 offered anna r/1 least_busy until 09:01
        09:00 decline c1 anna
        - c1 offer_declined anna
        - c1 queued r/1 until 09:10
        09:01 away bo
        - bo away set_away
        # anna is there, though she declined.
        09:02 away anna
        - anna away set_away
        - c1 step_entered r/2 until 09:07
        - c1 offered cy r/2 least_busy until 09:03";

    an_owner_who_leaves_is_not_waited_for: Office::of(json!([{"id": "anna", "capacity": 0}, "cy"])).steps(json!([
        {"assign_to": "contact_owner", "wait": "10m", "skip_if": "nobody_available"}, {"assign_to": {"agents": ["cy"]}}])).desk(), r#"
        09:00 open c1 {"contact": {"id": "x", "known": true, "owner": "anna"}}
        - c1 queued r/1 until 09:10
        09:01 away anna
        - anna away set_away
        - c1 step_entered r/2
        - c1 assigned cy r/2 least_busy"#;

    only_available_false_does_not_look: Office::of(json!([{"id": "anna", "capacity": 0}, "cy"])).steps(json!([
        {"assign_to": {"agents": ["anna"]}, "only_available": false, "wait": "10m", "skip_if": "nobody_available"},
        {"assign_to": {"agents": ["cy"]}}])).desk(), "
        09:00 away anna
        - anna away set_away
        09:01 open c1
        - c1 queued r/1 until 09:11";

    a_snoozed_one_comes_back_to_the_step_that_is_there: full(), r#"
        09:00 open c1
        - c1 queued r/1 until 09:10
        09:01 snooze c1 {"duration": "1h"}
        - c1 snoozed until 10:01
        09:02 away anna
        - anna away set_away
        09:02 away bo
        - bo away set_away
        10:01 advance
        - c1 woke
        - c1 assigned cy r/2 least_busy"#;

    all_steps_skipped_end_in_the_outcome: Office::of(json!([{"id": "anna", "capacity": 0}])).rules(json!([{"id": "r", "steps": [
        {"assign_to": "everyone", "wait": "1h", "skip_if": "nobody_available"}], "otherwise": {"voicemail": "busy"}}])).desk(), "
        09:00 open c1
        - c1 queued r/1 until 10:00
        09:30 away anna
        - anna away set_away
        - c1 sent_to_voicemail busy by r
        09:31 open c2
        - c2 sent_to_voicemail busy by r";

    who_takes_only_other_kinds_is_not_waited_for: office(json!([{"id": "anna", "capacity": 0}, {"id": "bo", "active": false}, "cy"]))
        .with(json!({"statuses": [{"id": "calls-only", "state": "available", "kinds": ["call"]}]})).desk(), r#"
        09:00 open c1
        - c1 queued r/1 until 09:10
        09:01 set anna calls-only
        - anna available set_available calls-only
        - c1 step_entered r/2 until 09:06
        - c1 assigned cy r/2 least_busy"#;
}
