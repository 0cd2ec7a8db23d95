//! `relax_skills`: from a step on, skills of the conversation are not asked.

use frontdesk::Desk;
use serde_json::{Value, json};

use crate::support_desk::Office;

fn agents() -> Value {
    json!([{"id": "anna", "skills": {"billing": 3, "sv": 1}, "capacity": 1}, {"id": "bo", "skills": {"sv": 2}}, "cy"])
}

fn office(steps: Value) -> Office {
    Office::of(agents()).steps(steps)
}

/// A step that asks all, then one that relaxes billing after a minute, then one that relaxes sv, too.
fn by_and_by() -> Desk {
    office(json!([
        {"assign_to": "everyone", "wait": "1m"},
        {"assign_to": "everyone", "relax_skills": ["billing"], "wait": "1m"},
        {"assign_to": "everyone", "relax_skills": ["sv"]},
    ]))
    .desk()
}

stories! {
    one_by_one_as_it_waits: by_and_by(), r#"
        09:00 open c1 {"skills": {"billing": 2, "sv": 1}}
        - c1 assigned anna r/1 least_busy
        # anna is full.
        09:01 open c2 {"skills": {"billing": 2, "sv": 2}}
        - c2 queued r/1 until 09:02
        09:02 advance
        - c2 step_entered r/2 until 09:03
        - c2 assigned bo r/2 least_busy"#;

    the_last_step_asks_nothing: by_and_by(), r#"
        09:00 open c1 {"skills": {"billing": 2, "sv": 5}}
        - c1 queued r/1 until 09:01
        09:02 advance
        - 09:01 c1 step_entered r/2 until 09:02
        - c1 step_entered r/3
        - c1 assigned anna r/3 least_busy"#;

    earlier_steps_still_ask: office(json!([
        {"assign_to": {"agents": ["bo"]}, "wait": "1m"},
        {"assign_to": {"agents": ["anna"]}, "relax_skills": ["billing"]}])).desk(), r#"
        09:00 open c1 {"skills": {"sv": 1}}
        - c1 assigned bo r/1 least_busy
        09:01 open c2 {"skills": {"billing": 1}}
        - c2 queued r/1 until 09:02
        09:02 advance
        - c2 step_entered r/2
        - c2 assigned anna r/2 least_busy
        09:03 open c3 {"skills": {"billing": 1}}
        - c3 queued r/1 until 09:04
        # Neither bo at the first step, nor anna, who is full.
        09:04 advance
        - c3 step_entered r/2
        - c3 queued r/2"#;

    what_the_step_itself_asks_stays: office(json!([
        {"assign_to": "everyone", "skills": {"sv": 2}, "relax_skills": ["sv", "billing"]}])).desk(), r#"
        09:00 open c1 {"skills": {"sv": 5, "billing": 5}}
        - c1 assigned bo r/1 least_busy"#;

    only_what_is_named_is_relaxed: office(json!([
        {"assign_to": "everyone", "relax_skills": ["law"]}])).desk(), r#"
        09:00 open c1 {"skills": {"law": 1, "billing": 1}}
        - c1 assigned anna r/1 least_busy
        09:01 open c2 {"skills": {"law": 1, "billing": 5}}
        - c2 queued r/1"#;

    who_declined_is_not_asked_again_at_the_relaxed_step: office(json!([
        {"assign_to": "everyone", "wait": "5m"}, {"assign_to": "everyone", "relax_skills": ["billing"]}]))
        .chat(json!({"accept_within": "1m"})).desk(), r#"
        09:00 open c1 {"skills": {"billing": 1, "sv": 1}}
        - c1 offered anna r/1 least_busy until 09:01
        09:00 decline c1 anna
        - c1 offer_declined anna
        - c1 queued r/1 until 09:05
        09:05 advance
        - c1 step_entered r/2
        - c1 offered bo r/2 least_busy until 09:06"#;

    other_skills_are_asked_at_every_step_reached: by_and_by(), r#"
        09:00 open c1 {"skills": {"law": 1}}
        - c1 queued r/1 until 09:01
        09:03 update c1 {"skills": {"sv": 2}}
        - 09:01 c1 step_entered r/2 until 09:02
        - 09:02 c1 step_entered r/3
        - 09:02 c1 queued r/3
        - c1 updated goes on
        - c1 assigned bo r/1 least_busy"#;

    a_snoozed_one_starts_over: by_and_by(), r#"
        09:00 open c1 {"skills": {"billing": 5, "sv": 5}}
        - c1 queued r/1 until 09:01
        09:01 snooze c1 {"duration": "1h"}
        - c1 step_entered r/2 until 09:02
        - c1 snoozed until 10:01
        10:01 advance
        - c1 woke
        - c1 queued r/1 until 10:02"#;
}
