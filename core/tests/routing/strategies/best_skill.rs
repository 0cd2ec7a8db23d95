//! `best_skill`: the highest level of the skills that are required.

use serde_json::{Value, json};

use super::step;

fn skilled() -> Value {
    json!([
        {"id": "anna", "skills": {"billing": 2, "sv": 5}},
        {"id": "bo", "skills": {"billing": 4, "sv": 2}},
        {"id": "cy", "skills": {"billing": 3, "sv": 4}},
    ])
}

stories! {
    takes_the_highest_sum_of_the_asked: step(skilled(), json!({"strategy": "best_skill", "skills": {"billing": 2}})).desk(), r#"
        # Of billing alone: 2, 4, 3.
        09:00 open c1
        - c1 assigned bo r/1 best_skill
        # With sv: 7, 6, 7; cy has the same as anna, who stands first.
        09:01 open c2 {"skills": {"sv": 1}}
        - c2 assigned anna r/1 best_skill
        # The same, least busy.
        09:02 open c3 {"skills": {"sv": 1}}
        - c3 assigned cy r/1 best_skill"#;

    is_least_busy_when_nothing_is_asked: step(skilled(), json!({"strategy": "best_skill"})).desk(), "
        09:00 open c1
        - c1 assigned anna r/1 best_skill
        09:01 open c2
        - c2 assigned bo r/1 best_skill
        09:02 close c1
        - c1 closed anna
        # anna and cy hold nothing; cy was never assigned.
        09:03 open c3
        - c3 assigned cy r/1 best_skill";
}
