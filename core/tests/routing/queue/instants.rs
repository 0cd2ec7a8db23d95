//! Events that fall due at the same instant.

use frontdesk::Desk;
use serde_json::json;

use super::one_place;
use crate::support_desk::{Office, everyone};

/// A shift, a snooze, a wrap-up, an offer and a wait that all fall due at 10:00.
fn crowded() -> Desk {
    let late = json!([{"days": ["fri"], "start": "10:00", "end": "12:00"}]);
    let to = |agent: &str| json!([{"assign_to": {"agents": [agent]}}]);
    let slow = json!([{"assign_to": {"agents": ["cy"]}, "wait": "1h"}, {"assign_to": {"agents": ["bo"]}}]);
    Office::of(json!(["anna", {"id": "bo", "working_hours": late}, {"id": "cy", "capacity": 0}]))
        .rules(json!([{"id": "slow", "match": {"priority": 1}, "steps": slow}, {"id": "r", "steps": to("anna")}]))
        .chat(json!({"wrap_up": "30m"}))
        .channel(json!({"id": "phone", "kind": "call", "accept_within": "1h", "rules": [{"id": "calls", "steps": to("anna")}]}))
        .desk()
}

stories! {
    statuses_snoozes_wrap_ups_offers_waits_then_the_queue: crowded(), r#"
        09:00 open c1 {"priority": 1}
        - c1 queued slow/1 until 10:00
        09:00 open p1 phone
        - p1 offered anna calls/1 least_busy until 10:00
        09:00 open c2
        - c2 assigned anna r/1 least_busy
        09:00 open c3
        - c3 assigned anna r/1 least_busy
        09:20 snooze c3 {"until": "2026-11-20T10:00:00Z"}
        - c3 snoozed anna until 10:00
        09:30 close c2
        - c2 closed anna until 10:00
        10:00 open c4
        - bo available working_hours
        - c3 woke
        - c2 wrap_up_ended anna
        - p1 offer_expired anna
        - c1 step_entered slow/2
        - c1 assigned bo slow/2 least_busy
        - p1 queued calls/1
        - c3 assigned anna held_before
        - c4 assigned anna r/1 least_busy"#;

    statuses_in_document_order: everyone("least_busy", json!([
            {"id": "zoe", "working_hours": [{"days": ["fri"], "start": "10:00", "end": "11:00"}]},
            {"id": "anna", "working_hours": [{"days": ["fri"], "start": "09:00", "end": "10:00"}]},
            {"id": "bo", "working_hours": [{"days": ["fri"], "start": "10:00", "end": "11:00"}]}])), "
        09:30 open c1
        - c1 assigned anna all/1 least_busy
        10:00 advance
        - zoe available working_hours
        - anna away outside_working_hours
        - bo available working_hours";

    commands_of_an_instant_in_the_order_given: one_place(), "
        09:00 open c1
        - c1 assigned anna all/1 least_busy
        09:00 close c1
        - c1 closed anna
        09:00 reopen c1
        - c1 reopened
        - c1 assigned anna held_before
        09:00 release c1
        - c1 unassigned from anna released
        09:00 away anna
        - anna away set_away
        09:00 back anna
        - anna available always_on
        09:00 open c2
        - c2 assigned anna all/1 least_busy";

    time_does_not_go_back: one_place(), "
        09:00 open c1
        - c1 assigned anna all/1 least_busy
        08:59:59.999 open c2
        - refused time_goes_back
        09:00 open c2
        - c2 queued all/1";

    an_advance_without_events_leaves_no_trace: one_place(), "
        09:00 open c1
        - c1 assigned anna all/1 least_busy
        12:00 advance
        10:00 close c1
        - c1 closed anna";

    nothing_is_due_before_the_first_command: everyone("least_busy", json!([
            {"id": "anna", "working_hours": [{"days": ["fri"], "start": "09:00", "end": "10:00"}]}])), "
        09:30 open c1
        - c1 assigned anna all/1 least_busy
        10:30 advance
        - 10:00 anna away outside_working_hours";
}
