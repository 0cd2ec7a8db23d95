//! Every reason why an agent is not eligible.

use frontdesk::Desk;
use serde_json::{Value, json};

use super::step;
use crate::support_desk::Office;

/// A desk on which each agent fails one check, and all later ones as far as that is possible.
fn each_fails_one() -> Office {
    let night = json!([{"days": ["mon"], "start": "02:00", "end": "03:00"}]);
    let late = json!([{"days": ["fri"], "start": "08:00", "end": "09:05"}]);
    let capacity = 0;
    let skills = json!({"billing": 1});
    let agents = json!([
        {"id": "not_in_target", "active": false, "working_hours": night, "capacity": capacity},
        {"id": "deactivated", "team": "t", "active": false, "working_hours": night, "capacity": capacity},
        {"id": "no_seat", "team": "t", "working_hours": night, "capacity": capacity},
        {"id": "light", "team": "t", "seat": "light", "working_hours": night, "capacity": capacity},
        {"id": "no_access", "team": "t", "seat": "full", "working_hours": night, "capacity": capacity},
        {"id": "no_skill", "team": "t", "extra_teams": ["in"], "seat": "full", "working_hours": night, "capacity": capacity},
        {"id": "low_skill", "team": "t", "extra_teams": ["in"], "seat": "full", "skills": skills, "working_hours": night, "capacity": capacity},
        {"id": "away", "team": "t", "extra_teams": ["in"], "seat": "full", "skills": {"billing": 2}, "working_hours": night, "capacity": capacity},
        {"id": "ending", "team": "t", "extra_teams": ["in"], "seat": "full", "skills": {"billing": 2}, "working_hours": late, "capacity": capacity},
        {"id": "full", "team": "t", "extra_teams": ["in"], "seat": "full", "skills": {"billing": 2}, "capacity": capacity, "attributes": {"weight": 0}},
        {"id": "zero", "team": "t", "extra_teams": ["in"], "seat": "full", "skills": {"billing": 2}, "attributes": {"weight": 0}},
        {"id": "fits", "team": "t", "extra_teams": ["in"], "seat": "full", "skills": {"billing": 2}},
    ]);
    let entitlements = json!({"auto_assign": ["full"]});
    Office::of(agents)
        .inbox(json!({"access": {"teams": ["in"]}}))
        .settings(json!({"requires_seat": true, "entitlements": entitlements, "last_assignment_before_end": "10m"}))
}

fn to_team(office: Office, keys: Value) -> Desk {
    let mut step = json!({"assign_to": {"teams": ["t"]}, "skills": {"billing": 2}, "strategy": "weighted_round_robin"});
    step.as_object_mut().unwrap().extend(keys.as_object().unwrap().clone());
    office.steps(json!([step])).desk()
}

stories! {
    the_first_check_that_fails_is_recorded: to_team(each_fails_one(), json!({})), "
        09:00 open c1 why
        - c1 assigned fits r/1 weighted_round_robin
        * deactivated deactivated
        * no_seat no_seat
        * light no_seat light
        * no_access no_inbox_access
        * no_skill missing_skill billing 0 of 2
        * low_skill missing_skill billing 1 of 2
        * away away outside_working_hours until 2026-11-23T02:00
        * ending ending_soon 09:05
        * full at_capacity total 0
        * zero zero_weight
        * fits eligible score 1
        * 1 not_in_target";

    only_available_false_skips_away_and_ending_soon_alone:
        to_team(each_fails_one(), json!({"only_available": false})), "
        09:00 open c1 why
        - c1 assigned fits r/1 weighted_round_robin
        * deactivated deactivated
        * no_seat no_seat
        * light no_seat light
        * no_access no_inbox_access
        * no_skill missing_skill billing 0 of 2
        * low_skill missing_skill billing 1 of 2
        * away at_capacity total 0
        * ending at_capacity total 0
        * full at_capacity total 0
        * zero zero_weight
        * fits eligible score 1
        * 1 not_in_target";

    declined_comes_before_missing_skill_and_after_no_access: declining(), r#"
        09:00 open c1
        - c1 offered anna r/1 in_order until 09:01
        09:00:10 decline c1 anna
        - c1 offer_declined anna
        - c1 offered bo r/1 in_order until 09:01:10
        # anna and bo lack the skill now; the decline is asked first.
        09:00:20 away anna
        - anna away set_away
        09:00:30 update c1 {"skills": {"billing": 1}} why
        - c1 updated goes on
        - c1 offer_withdrawn bo
        - c1 offered cy r/1 in_order until 09:01:30
        * anna declined
        * bo missing_skill billing 0 of 1
        * cy eligible"#;

    no_seat_matters_only_where_seats_are_required: step(json!(["anna"]), json!({})).desk(), "
        09:00 open c1 why
        - c1 assigned anna r/1 least_busy
        * anna eligible";

    any_seat_will_do_without_entitlements:
        step(json!(["anna", {"id": "bo", "seat": "light"}]), json!({})).settings(json!({"requires_seat": true})).desk(), "
        09:00 open c1 why
        - c1 assigned bo r/1 least_busy
        * anna no_seat
        * bo eligible";

    away_until_when_and_why: step(json!(["anna", "bo", {"id": "cy", "out_of_office": [
            {"start": "2026-11-20T08:00", "end": "2026-11-20T12:00"}]}]), json!({})).desk(), r#"
        08:30 away anna {"duration": "1h"}
        - anna away temporarily_away
        09:00 open c1 why
        - c1 assigned bo r/1 least_busy
        * anna away temporarily_away until 09:30
        * bo eligible
        * cy away out_of_office until 12:00"#;

    ending_soon_begins_exactly_that_long_before_the_end: ending(), "
        16:49:59.999 open c1
        - c1 assigned anna r/1 least_busy
        16:50 open c2
        - c2 queued r/1
        # On the next day there is time again.
        2026-11-21T09:00 advance
        - 17:00 anna away outside_working_hours
        - anna available working_hours
        - c2 assigned anna r/1 least_busy";
}

fn declining() -> Desk {
    let agents = json!(["anna", "bo", {"id": "cy", "skills": {"billing": 1}}]);
    step(agents, json!({"strategy": "in_order"})).chat(json!({"accept_within": "1m"})).desk()
}

fn ending() -> Desk {
    let hours = json!([{"days": ["fri", "sat"], "start": "09:00", "end": "17:00"}]);
    let agents = json!([{"id": "anna", "working_hours": hours}]);
    step(agents, json!({})).settings(json!({"last_assignment_before_end": "10m"})).desk()
}
