//! Skills that a step or a conversation requires.

use serde_json::{Value, json};

use super::step;

fn levels() -> Value {
    json!([
        {"id": "anna", "skills": {"billing": 1, "sv": 3}}, {"id": "bo", "skills": {"billing": 2}},
        {"id": "cy", "skills": {"billing": 3, "sv": 3}},
    ])
}

stories! {
    a_level_or_more: step(levels(), json!({"strategy": "in_order", "skills": {"billing": 2}})).desk(), "
        09:00 open c1
        - c1 assigned bo r/1 in_order";

    those_of_step_and_conversation_together: step(levels(), json!({"skills": {"billing": 1}})).desk(), r#"
        09:00 open c1 {"skills": {"sv": 2}} why
        - c1 assigned anna r/1 least_busy
        * anna eligible
        * bo missing_skill sv 0 of 2
        * cy eligible"#;

    the_higher_level_of_each: step(levels(), json!({"skills": {"billing": 2}})).desk(), r#"
        09:00 open c1 {"skills": {"billing": 3}} why
        - c1 assigned cy r/1 least_busy
        * anna missing_skill billing 1 of 3
        * bo missing_skill billing 2 of 3
        * cy eligible
        # The step asks for more than the conversation.
        09:01 open c2 {"skills": {"billing": 1}} why
        - c2 assigned bo r/1 least_busy
        * anna missing_skill billing 1 of 2
        * bo eligible
        * cy eligible load 1"#;

    nobody_has_it: step(levels(), json!({})).desk(), r#"
        09:00 open c1 {"skills": {"magic": 1}}
        - c1 queued r/1"#;
}
