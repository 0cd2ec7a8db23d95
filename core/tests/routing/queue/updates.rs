//! Updates route a conversation again if needed, repeat no event, and do not restart a wait.

use frontdesk::Desk;
use serde_json::{Value, json};

use crate::support_desk::Office;

/// A desk with a rule for the plan `gold` and one for the rest, both with this `otherwise`. Anna is away at first.
fn two_rules(otherwise: Value) -> Desk {
    let rule = |id: &str, more: Value| {
        let mut rule = json!({"id": id, "steps": [{"assign_to": {"agents": ["anna"]}}], "otherwise": otherwise});
        rule.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        rule
    };
    Office::of(json!(["anna", {"id": "bo", "capacity": 0, "skills": {"tax": 3}}]))
        .rules(json!([rule("vip", json!({"match": {"attributes.plan": "gold"}})), rule("rest", json!({}))]))
        .desk()
}

mod of_what_lies_unassigned {
    use super::*;

    stories! {
        routes_it_no_more_after_a_note: two_rules(json!("unassigned")), r#"
            09:00 away anna
            - anna away set_away
            09:00 open c1
            - c1 unassigned rest otherwise
            09:01 back anna
            - anna available always_on
            09:02 update c1 {"attributes": {"seen": true}}
            - c1 updated goes on
            09:03 update c1 {"priority": 3}
            - c1 updated goes on
            # The contact as it is, and the skills.
            09:04 update c1 {"skills": {}, "channel": "chat", "inbox": "main"}
            - c1 updated goes on
            # Another rule is for it now.
            09:05 update c1 {"attributes": {"plan": "gold"}}
            - c1 updated
            - c1 assigned anna vip/1 least_busy"#;

        routes_what_was_released_no_more_after_a_note: two_rules(json!("queue")), r#"
            09:00 open c1
            - c1 assigned anna rest/1 least_busy
            09:01 release c1 by anna
            - c1 unassigned from anna released by anna
            09:02 update c1 {"attributes": {"seen": true}}
            - c1 updated goes on
            09:03 update c1 {"contact": {"id": "x"}}
            - c1 updated
            - c1 assigned anna rest/1 least_busy"#;

        routes_it_for_other_skills: two_rules(json!("queue")), r#"
            09:00 open c1
            - c1 assigned anna rest/1 least_busy
            09:01 release c1
            - c1 unassigned from anna released
            09:02 update c1 {"skills": {"tax": 1}}
            - c1 updated
            - c1 queued rest/1"#;

        tells_its_outcome_no_second_time: two_rules(json!("unassigned")), r#"
            09:00 away anna
            - anna away set_away
            09:00 open c1
            - c1 unassigned rest otherwise
            09:01 update c1 {"contact": {"id": "x"}}
            - c1 updated
            09:02 update c1 {"attributes": {"plan": "gold"}}
            - c1 updated
            09:03 close c1
            - c1 closed
            # A new one.
            09:04 reopen c1
            - c1 reopened
            - c1 unassigned vip otherwise"#;

        tells_where_else_it_ends: two_rules(json!({"voicemail": "v"})), r#"
            09:00 open c1
            - c1 assigned anna rest/1 least_busy
            09:01 release c1
            - c1 unassigned from anna released
            09:02 away anna
            - anna away set_away
            09:03 update c1 {"contact": {"id": "x"}}
            - c1 updated
            - c1 sent_to_voicemail v by rest"#;
    }
}

mod of_what_waits {
    use super::*;

    /// The steps: the owner, then anna after ten minutes, then bo after ten more.
    fn ladder(keys: Value) -> Desk {
        Office::of(json!([
            {"id": "anna", "capacity": 0}, {"id": "bo", "skills": {"tax": 3}}, {"id": "owner", "capacity": 0}, "other",
        ]))
        .rules(json!([
            {"id": "vip", "match": {"attributes.plan": "gold"}, "steps": [{"assign_to": {"agents": ["anna"]}, "wait": "10m"}]},
            {"id": "r", "steps": [
                {"assign_to": "contact_owner", "wait": "10m"}, {"assign_to": {"agents": ["anna"]}, "wait": "10m"},
                {"assign_to": {"agents": ["bo"]}}]},
        ]))
        .chat(keys)
        .desk()
    }

    stories! {
        leaves_its_wait_alone: ladder(json!({})), r#"
            09:00 open c1 {"contact": {"id": "x", "owner": "owner", "known": true}}
            - c1 queued r/1 until 09:10
            09:08 update c1 {"contact": {"id": "x", "owner": "owner", "known": true, "attributes": {"seen": 1}}}
            - c1 updated goes on
            09:09 update c1 {"attributes": {"n": 1}}
            - c1 updated goes on
            09:16 update c1 {"contact": {"id": "x", "owner": "owner", "known": true, "attributes": {"seen": 2}}}
            - 09:10 c1 step_entered r/2 until 09:20
            - c1 updated goes on
            09:20 update c1 {"skills": {"tax": 2}}
            - c1 step_entered r/3
            - c1 assigned bo r/3 least_busy
            - c1 updated"#;

        asks_another_owner_at_the_same_step: ladder(json!({})), r#"
            09:00 open c1 {"contact": {"id": "x", "owner": "owner", "known": true}}
            - c1 queued r/1 until 09:10
            09:08 update c1 {"contact": {"id": "x", "owner": "other", "known": true}}
            - c1 updated goes on
            - c1 assigned other r/1 least_busy"#;

        asks_an_owner_it_did_not_have_from_the_step_it_has_reached: ladder(json!({})), r#"
            09:00 open c1 {"contact": {"id": "x"}}
            - c1 queued r/2 until 09:10
            09:08 update c1 {"contact": {"id": "x", "owner": "owner", "known": true}}
            - c1 updated goes on
            09:10 advance
            - c1 step_entered r/3
            - c1 assigned bo r/3 least_busy"#;

        passes_a_step_that_names_nobody_any_more: ladder(json!({})), r#"
            09:00 open c1 {"contact": {"id": "x", "owner": "owner", "known": true}}
            - c1 queued r/1 until 09:10
            09:08 update c1 {"contact": {"id": "x"}}
            - c1 updated goes on
            - c1 step_entered r/2 until 09:18"#;

        asks_those_with_other_skills_at_the_same_step: ladder(json!({})), r#"
            09:00 open c1 {"skills": {"tax": 4}}
            - c1 queued r/2 until 09:10
            09:12 update c1 {"skills": {"tax": 3}}
            - 09:10 c1 step_entered r/3
            - 09:10 c1 queued r/3
            - c1 updated goes on
            - c1 assigned bo r/3 least_busy"#;

        begins_another_rule_at_its_first_step: ladder(json!({})), r#"
            09:00 open c1 {"contact": {"id": "x", "owner": "owner", "known": true}}
            - c1 queued r/1 until 09:10
            09:08 update c1 {"attributes": {"plan": "gold"}}
            - c1 updated
            - c1 queued vip/1 until 09:18"#;

        takes_back_an_offer_that_others_are_to_have: ladder(json!({"accept_within": "1h"})), r#"
            09:00 open c1 {"contact": {"id": "x", "owner": "other", "known": true}}
            - c1 offered other r/1 least_busy until 10:00
            09:08 update c1 {"contact": {"id": "x", "owner": "owner", "known": true}}
            - c1 updated goes on
            - c1 offer_withdrawn other
            - c1 queued r/1 until 09:10
            09:10 advance
            - c1 step_entered r/2 until 09:20"#;
    }
}
