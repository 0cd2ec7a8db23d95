//! `fewest_skills`, as a strategy and as a tie-break: specialists stay free.

use serde_json::{Value, json};

use super::step;
use crate::support_desk::Office;

/// Three agents with one, three and two skills, all of whom have `sv`.
fn skilled() -> Value {
    json!([
        {"id": "anna", "skills": {"sv": 5}, "capacity": 2},
        {"id": "bo", "skills": {"billing": 4, "law": 1, "sv": 2}},
        {"id": "cy", "skills": {"billing": 3, "sv": 4}},
    ])
}

fn chosen_by(keys: Value) -> Office {
    step(skilled(), keys)
}

/// A step whose ties go to those with the fewest skills.
fn tied(strategy: &str) -> Office {
    chosen_by(json!({"strategy": strategy, "tie": "fewest_skills"}))
}

stories! {
    keeps_specialists_free: chosen_by(json!({"strategy": "fewest_skills"})).desk(), "
        09:00 open c1
        - c1 assigned anna r/1 fewest_skills
        09:01 open c2
        - c2 assigned anna r/1 fewest_skills
        # anna is full.
        09:02 open c3
        - c3 assigned cy r/1 fewest_skills
        09:03 close c1
        - c1 closed anna
        09:04 open c4
        - c4 assigned anna r/1 fewest_skills";

    counts_what_is_not_asked: chosen_by(json!({"strategy": "fewest_skills", "skills": {"billing": 1}})).desk(), r#"
        # bo has two more, cy one.
        09:00 open c1
        - c1 assigned cy r/1 fewest_skills
        # With law bo is the only one.
        09:01 open c2 {"skills": {"law": 1}}
        - c2 assigned bo r/1 fewest_skills
        # A level above the asked one is no further skill.
        09:02 open c3 {"skills": {"sv": 1}}
        - c3 assigned cy r/1 fewest_skills"#;

    ties_go_to_the_least_busy: step(json!(["anna", "bo"]), json!({"strategy": "fewest_skills"})).desk(), "
        09:00 open c1
        - c1 assigned anna r/1 fewest_skills
        09:01 open c2
        - c2 assigned bo r/1 fewest_skills
        09:02 close c1
        - c1 closed anna
        09:03 open c3
        - c3 assigned anna r/1 fewest_skills
        09:04 open c4
        - c4 assigned bo r/1 fewest_skills";

    ties_may_go_to_the_most_recently_assigned:
        step(json!(["anna", "bo"]), json!({"strategy": "fewest_skills", "tie": "most_recently_assigned"})).desk(), "
        09:00 open c1
        - c1 assigned anna r/1 fewest_skills
        09:01 close c1
        - c1 closed anna
        09:02 open c2
        - c2 assigned anna r/1 fewest_skills";

    who_learns_is_a_specialist_from_then_on: chosen_by(json!({"strategy": "fewest_skills"})).desk(), r#"
        09:00 open c1
        - c1 assigned anna r/1 fewest_skills
        09:01 put_agent {"id": "anna", "skills": {"sv": 5, "law": 1, "billing": 1, "tax": 2}}
        - put_agent anna
        09:02 open c2
        - c2 assigned cy r/1 fewest_skills
        09:03 put_agent {"id": "cy", "skills": {}, "capacity": 1}
        - put_agent cy
        09:04 close c2
        - c2 closed cy
        09:05 open c3
        - c3 assigned cy r/1 fewest_skills
        09:06 open c4
        - c4 assigned bo r/1 fewest_skills"#;

    who_declines_leaves_it_to_the_next: chosen_by(json!({"strategy": "fewest_skills"})).chat(json!({"accept_within": "1m"})).desk(), "
        09:00 open c1
        - c1 offered anna r/1 fewest_skills until 09:01
        09:00 decline c1 anna
        - c1 offer_declined anna
        - c1 offered cy r/1 fewest_skills until 09:01
        09:01 advance
        - c1 offer_expired cy
        - c1 offered bo r/1 fewest_skills until 09:02";

    breaks_ties_of_levels_where_no_skill_is_asked: tied("best_skill").desk(), "
        09:00 open c1
        - c1 assigned anna r/1 best_skill
        # Anna holds one, and still has the fewest skills.
        09:01 open c2
        - c2 assigned anna r/1 best_skill";

    breaks_ties_of_load_before_recency: tied("least_busy").desk(), "
        09:00 open c1
        - c1 assigned anna r/1 least_busy
        # bo and cy hold nothing.
        09:01 open c2
        - c2 assigned cy r/1 least_busy
        09:02 open c3
        - c3 assigned bo r/1 least_busy
        09:03 close c3
        - c3 closed bo
        09:04 close c2
        - c2 closed cy
        # cy was assigned before bo, and has fewer skills.
        09:05 open c4
        - c4 assigned cy r/1 least_busy";

    breaks_ties_of_the_sum_before_load: step(json!([
        {"id": "anna", "skills": {"sv": 3, "law": 1}}, {"id": "bo", "skills": {"sv": 3}}]),
        json!({"strategy": "best_skill", "tie": "fewest_skills", "skills": {"sv": 1}})).desk(), "
        09:00 open c1
        - c1 assigned bo r/1 best_skill
        09:01 open c2
        - c2 assigned bo r/1 best_skill";

    breaks_ties_of_turns: tied("round_robin").desk(), "
        09:00 open c1
        - c1 assigned anna r/1 round_robin
        09:01 open c2
        - c2 assigned cy r/1 round_robin
        09:02 open c3
        - c3 assigned bo r/1 round_robin
        09:03 open c4
        - c4 assigned anna r/1 round_robin";

    breaks_ties_of_the_rotation: tied("weighted_round_robin").desk(), "
        09:00 open c1
        - c1 assigned anna r/1 weighted_round_robin
        09:01 open c2
        - c2 assigned cy r/1 weighted_round_robin
        09:02 open c3
        - c3 assigned bo r/1 weighted_round_robin";

    breaks_ties_of_idleness_and_of_room: step(json!([
        {"id": "anna", "skills": {"sv": 3, "law": 1}, "capacity": 2}, {"id": "bo", "skills": {"sv": 3}, "capacity": 2}]),
        json!({"strategy": "longest_idle", "tie": "fewest_skills"}))
        .channel(crate::support_desk::channel("form", "form",
            json!([{"assign_to": "everyone", "strategy": "most_capacity", "tie": "fewest_skills"}]), json!({}))).desk(), "
        09:00 open c1
        - c1 assigned bo r/1 longest_idle
        09:01 close c1
        - c1 closed bo
        # bo was assigned before, and has fewer skills; the rooms are equal.
        09:02 open c2 form
        - c2 assigned bo r/1 most_capacity
        09:03 open c3 form
        - c3 assigned anna r/1 most_capacity";

    changes_nothing_where_there_is_no_tie: tied("in_order").desk(), "
        09:00 open c1
        - c1 assigned anna r/1 in_order
        09:01 open c2
        - c2 assigned anna r/1 in_order
        09:02 open c3
        - c3 assigned bo r/1 in_order";
}
