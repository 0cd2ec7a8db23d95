//! Steps and their waits.

use serde_json::json;

use crate::support_desk::Office;

/// Steps: anna for a minute, then bo in addition for two minutes, then cy in addition.
fn three(otherwise: &str) -> Office {
    let steps = json!([
        {"assign_to": {"agents": ["anna"]}, "wait": "1m"},
        {"assign_to": {"agents": ["bo"]}, "wait": "2m"},
        {"assign_to": {"agents": ["cy"]}},
    ]);
    Office::of(json!(["anna", "bo", "cy"])).rules(json!([{"id": "r", "steps": steps, "otherwise": otherwise}]))
}

stories! {
    the_first_with_someone_takes_it: three("queue").desk(), "
        09:00 open c1
        - c1 assigned anna r/1 least_busy";

    each_wait_adds_a_step: three("queue").desk(), "
        09:00 away anna
        - anna away set_away
        09:00 away bo
        - bo away set_away
        09:00 open c1
        - c1 queued r/1 until 09:01
        09:10 advance
        - 09:01 c1 step_entered r/2 until 09:03
        - 09:03 c1 step_entered r/3
        - 09:03 c1 assigned cy r/3 least_busy";

    a_step_that_was_reached_stays: three("queue").desk(), "
        09:00 away anna
        - anna away set_away
        09:00 away bo
        - bo away set_away
        09:00 open c1
        - c1 queued r/1 until 09:01
        # Not the step reached, but the first of them with someone eligible, decides.
        09:02 back anna
        - 09:01 c1 step_entered r/2 until 09:03
        - anna available always_on
        - c1 assigned anna r/1 least_busy";

    a_later_step_has_to_wait: three("queue").desk(), "
        09:00 away anna
        - anna away set_away
        09:00 open c1
        - c1 queued r/1 until 09:01
        09:00:59.999 advance
        09:01 advance
        - c1 step_entered r/2 until 09:03
        - c1 assigned bo r/2 least_busy";

    after_the_last_any_step_may_take_it: three("queue").desk(), "
        09:00 away anna
        - anna away set_away
        09:00 away bo
        - bo away set_away
        09:00 away cy
        - cy away set_away
        09:00 open c1
        - c1 queued r/1 until 09:01
        09:05 advance
        - 09:01 c1 step_entered r/2 until 09:03
        - 09:03 c1 step_entered r/3
        - 09:03 c1 queued r/3
        09:06 back bo
        - bo available always_on
        - c1 assigned bo r/2 least_busy";

    after_the_last_comes_otherwise: three("unassigned").desk(), "
        09:00 away anna
        - anna away set_away
        09:00 away bo
        - bo away set_away
        09:00 away cy
        - cy away set_away
        09:00 open c1
        - c1 queued r/1 until 09:01
        09:05 advance
        - 09:01 c1 step_entered r/2 until 09:03
        - 09:03 c1 step_entered r/3
        - 09:03 c1 unassigned r otherwise
        09:06 back anna
        - anna available always_on";

    a_wait_at_the_last_step_comes_before_otherwise: Office::of(json!(["anna"])).rules(json!([
        {"id": "r", "steps": [{"assign_to": "everyone", "wait": "1m"}], "otherwise": {"voicemail": "busy"}}])).desk(), "
        09:00 away anna
        - anna away set_away
        09:00 open c1
        - c1 queued r/1 until 09:01
        09:00 open c2
        - c2 queued r/1 until 09:01
        09:02 advance
        - 09:01 c1 sent_to_voicemail busy by r
        - 09:01 c2 sent_to_voicemail busy by r";

    whoever_comes_as_the_last_wait_ends_takes_it: Office::of(json!(["anna"])).rules(json!([
        {"id": "r", "steps": [{"assign_to": "everyone", "wait": "1m"}], "otherwise": {"voicemail": "busy"}}])).desk(), r#"
        09:00 away anna {"until": "2026-11-20T09:01:00Z"}
        - anna away temporarily_away
        09:00 open c1
        - c1 queued r/1 until 09:01
        09:02 advance
        - 09:01 anna available always_on
        - 09:01 c1 assigned anna r/1 least_busy"#;

    whoever_comes_as_a_wait_ends_is_of_an_earlier_step: three("queue").desk(), r#"
        09:00 away anna {"until": "2026-11-20T09:01:00Z"}
        - anna away temporarily_away
        09:00 open c1
        - c1 queued r/1 until 09:01
        # Within an instant: statuses, then waits, then the queue; the first step with someone decides.
        09:02 advance
        - 09:01 anna available always_on
        - 09:01 c1 step_entered r/2 until 09:03
        - 09:01 c1 assigned anna r/1 least_busy"#;

    steps_without_a_wait_are_passed_at_once: Office::of(json!(["anna", "bo", "cy"])).steps(json!([
        {"assign_to": {"agents": ["anna"]}}, {"assign_to": {"agents": ["bo"]}, "wait": "1m"},
        {"assign_to": {"agents": ["cy"]}}])).desk(), "
        09:00 away anna
        - anna away set_away
        09:00 away bo
        - bo away set_away
        09:00 open c1
        - c1 queued r/2 until 09:01
        09:00:30 back anna
        - anna available always_on
        - c1 assigned anna r/1 least_busy";

    a_step_that_names_nobody_is_passed_at_once: Office::of(json!(["anna", {"id": "bo", "team": "t"}])).steps(json!([
        {"assign_to": "contact_owner", "wait": "1m"}, {"assign_to": {"agents": []}, "wait": "1m"},
        {"assign_to": {"agents": ["anna"]}, "wait": "1m"}])).desk(), "
        09:00 away anna
        - anna away set_away
        09:00 open c1
        - c1 queued r/3 until 09:01";

    the_wait_runs_from_entering_the_step: three("queue").chat(json!({"accept_within": "30s"})).desk(), "
        09:00 open c1
        - c1 offered anna r/1 least_busy until 09:00:30
        # She was the only one of this step, so it is passed at once.
        09:00:40 advance
        - 09:00:30 c1 offer_expired anna
        - 09:00:30 c1 offered bo r/2 least_busy until 09:01
        # The wait of step 2 began at 09:00:30.
        09:00:50 away bo
        - bo away set_away
        - c1 offer_withdrawn bo
        - c1 queued r/2 until 09:02:30";

    several_waits_of_an_instant_in_the_order_of_opening: three("queue").desk(), r#"
        09:00 away anna
        - anna away set_away
        09:00 away bo
        - bo away set_away
        09:00 open c1
        - c1 queued r/1 until 09:01
        09:00 open c2 {"priority": 1}
        - c2 queued r/1 until 09:01
        # Events of waits in the order of opening, the queue by priority.
        09:02 advance
        - 09:01 c1 step_entered r/2 until 09:03
        - 09:01 c2 step_entered r/2 until 09:03
        09:03 advance
        - c1 step_entered r/3
        - c2 step_entered r/3
        - c2 assigned cy r/3 least_busy
        - c1 assigned cy r/3 least_busy"#;
}
