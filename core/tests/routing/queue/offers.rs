//! Offers: accepted, declined, expired and withdrawn.

use frontdesk::Desk;
use serde_json::{Value, json};

use crate::support_desk::Office;

/// A desk with offers of a minute, to all agents in document order.
pub fn office(agents: Value) -> Office {
    Office::of(agents)
        .steps(json!([{"assign_to": "everyone", "strategy": "in_order"}]))
        .chat(json!({"accept_within": "1m"}))
}

fn two() -> Desk {
    office(json!(["anna", "bo"])).desk()
}

/// Anna, who is absent from a time of the day until ten, and bo.
fn absent_from(start: &str) -> Office {
    let absence = json!({"start": format!("2026-11-20T{start}"), "end": "2026-11-20T10:00"});
    office(json!([{"id": "anna", "out_of_office": [absence]}, "bo"]))
}

stories! {
    accepted: two(), "
        09:00 open c1
        - c1 offered anna r/1 in_order until 09:01
        09:00:59.999 accept c1 anna
        - c1 assigned anna r/1 in_order
        # Nothing is left to fall due.
        10:00 advance";

    too_late: two(), "
        09:00 open c1
        - c1 offered anna r/1 in_order until 09:01
        09:01 accept c1 anna
        - refused not_offered
        09:01 advance
        - c1 offer_expired anna
        - c1 offered bo r/1 in_order until 09:02";

    declined_goes_to_the_next: two(), "
        09:00 open c1
        - c1 offered anna r/1 in_order until 09:01
        09:00:10 decline c1 anna
        - c1 offer_declined anna
        - c1 offered bo r/1 in_order until 09:01:10
        09:00:20 decline c1 bo
        - c1 offer_declined bo
        - c1 queued r/1
        # Declined, and so not offered again.
        09:30 advance";

    expired_counts_as_declined: two(), "
        09:00 open c1
        - c1 offered anna r/1 in_order until 09:01
        09:05 advance
        - 09:01 c1 offer_expired anna
        - 09:01 c1 offered bo r/1 in_order until 09:02
        - 09:02 c1 offer_expired bo
        - 09:02 c1 queued r/1";

    a_decline_lasts_until_the_next_return: two(), "
        09:00 open c1
        - c1 offered anna r/1 in_order until 09:01
        09:00 decline c1 anna
        - c1 offer_declined anna
        - c1 offered bo r/1 in_order until 09:01
        09:00 decline c1 bo
        - c1 offer_declined bo
        - c1 queued r/1
        # Setting available what is available is no return.
        09:10 back anna
        09:11 away anna
        - anna away set_away
        09:12 back anna
        - anna available always_on
        - c1 offered anna r/1 in_order until 09:13";

    a_decline_is_of_one_conversation: two(), "
        09:00 open c1
        - c1 offered anna r/1 in_order until 09:01
        09:00 decline c1 anna
        - c1 offer_declined anna
        - c1 offered bo r/1 in_order until 09:01
        09:00:30 open c2
        - c2 offered anna r/1 in_order until 09:01:30";

    a_shift_that_begins_is_a_return: office(json!([{"id": "anna", "working_hours": [
            {"days": ["fri"], "start": "08:00", "end": "10:00"}, {"days": ["fri"], "start": "11:00", "end": "12:00"}]}])).desk(), "
        09:00 open c1
        - c1 offered anna r/1 in_order until 09:01
        09:00 decline c1 anna
        - c1 offer_declined anna
        - c1 queued r/1
        11:30 advance
        - 10:00 anna away outside_working_hours
        - 11:00 anna available working_hours
        - 11:00 c1 offered anna r/1 in_order until 11:01
        - 11:01 c1 offer_expired anna
        - 11:01 c1 queued r/1";

    an_offer_is_load: office(json!([{"id": "anna", "capacity": 1}])).desk(), "
        09:00 open c1
        - c1 offered anna r/1 in_order until 09:01
        09:00:10 open c2
        - c2 queued r/1
        09:00:20 decline c1 anna
        - c1 offer_declined anna
        - c1 queued r/1
        - c2 offered anna r/1 in_order until 09:01:20";

    a_declined_one_does_not_keep_those_behind_it_waiting: office(json!([{"id": "anna", "capacity": 1}])).desk(), "
        09:00 open c1
        - c1 offered anna r/1 in_order until 09:01
        09:00 decline c1 anna
        - c1 offer_declined anna
        - c1 queued r/1
        09:00 open c2
        - c2 offered anna r/1 in_order until 09:01
        09:00 accept c2 anna
        - c2 assigned anna r/1 in_order
        09:00 open c3
        - c3 queued r/1
        # c1 is ahead of c3, but she declined it.
        09:01 close c2
        - c2 closed anna
        - c3 offered anna r/1 in_order until 09:02";

    withdrawn_when_set_away_and_no_decline: two(), "
        09:00 open c1
        - c1 offered anna r/1 in_order until 09:01
        09:00:10 away anna
        - anna away set_away
        - c1 offer_withdrawn anna
        - c1 offered bo r/1 in_order until 09:01:10
        09:00:20 away bo
        - bo away set_away
        - c1 offer_withdrawn bo
        - c1 queued r/1
        09:00:30 back bo
        - bo available always_on
        - c1 offered bo r/1 in_order until 09:01:30";

    not_withdrawn_when_a_shift_ends: office(json!([{"id": "anna", "working_hours": [
            {"days": ["fri"], "start": "08:00", "end": "09:00"}]}])).desk(), "
        08:59:30 open c1
        - c1 offered anna r/1 in_order until 09:00:30
        09:00:10 accept c1 anna
        - 09:00 anna away outside_working_hours
        - c1 assigned anna r/1 in_order";

    withdrawn_when_it_is_closed_or_snoozed_or_taken: two(), "
        09:00 open c1
        - c1 offered anna r/1 in_order until 09:01
        09:00 close c1
        - c1 offer_withdrawn anna
        - c1 closed
        09:00 open c2
        - c2 offered anna r/1 in_order until 09:01
        09:00 snooze c2
        - c2 offer_withdrawn anna
        - c2 snoozed
        09:00 open c3
        - c3 offered anna r/1 in_order until 09:01
        09:00 assign c3 to bo
        - c3 offer_withdrawn anna
        - c3 assigned bo by_hand
        09:00 open c4
        - c4 offered anna r/1 in_order until 09:01
        09:00 reply c4 by bo
        - c4 message_noted agent by bo
        - c4 offer_withdrawn anna by bo
        - c4 assigned bo replied by bo
        # All of that was no decline.
        09:00 open c5
        - c5 offered anna r/1 in_order until 09:01";

    one_that_comes_back_keeps_its_place: office(json!([{"id": "anna", "capacity": 1}, {"id": "bo", "capacity": 1}])).desk(), "
        09:00 open c1
        - c1 offered anna r/1 in_order until 09:01
        09:00 open c2
        - c2 offered bo r/1 in_order until 09:01
        09:00 accept c2 bo
        - c2 assigned bo r/1 in_order
        09:00:10 open c3
        - c3 queued r/1
        09:00:20 away anna
        - anna away set_away
        - c1 offer_withdrawn anna
        - c1 queued r/1
        # c1 is ahead of c3.
        09:00:30 close c2
        - c2 closed bo
        - c1 offered bo r/1 in_order until 09:01:30";

    a_wait_that_ends_lets_the_offer_run_out: Office::of(json!(["anna", "bo", "cy"])).steps(json!([
        {"assign_to": {"agents": ["anna", "bo"]}, "strategy": "in_order", "wait": "30s"}, {"assign_to": {"agents": ["cy"]}}]))
        .chat(json!({"accept_within": "1m"})).desk(), "
        09:00 away bo
        - bo away set_away
        09:00 open c1
        - c1 offered anna r/1 in_order until 09:01
        09:00:40 advance
        # The wait ended at 09:00:30; the next step is entered now.
        09:01 advance
        - c1 offer_expired anna
        - c1 step_entered r/2
        - c1 offered cy r/2 least_busy until 09:02";

    when_all_have_been_offered_the_next_step: Office::of(json!(["anna", "bo", "cy"])).steps(json!([
        {"assign_to": {"agents": ["anna", "bo"]}, "strategy": "in_order", "wait": "1h"}, {"assign_to": {"agents": ["cy"]}}]))
        .chat(json!({"accept_within": "1m"})).desk(), "
        09:00 open c1
        - c1 offered anna r/1 in_order until 09:01
        09:00:10 decline c1 anna
        - c1 offer_declined anna
        - c1 offered bo r/1 in_order until 09:01:10
        09:00:20 decline c1 bo
        - c1 offer_declined bo
        - c1 offered cy r/2 least_busy until 09:01:20";

    an_owner_who_declines_passes_it_to_the_next_step: Office::of(json!(["anna", "bo"])).steps(json!([
        {"assign_to": "contact_owner", "wait": "1h"}, {"assign_to": {"agents": ["bo"]}}]))
        .chat(json!({"accept_within": "1m"})).desk(), r#"
        09:00 open c1 {"contact": {"owner": "anna", "known": true}}
        - c1 offered anna r/1 least_busy until 09:01
        09:00:10 decline c1 anna
        - c1 offer_declined anna
        - c1 offered bo r/2 least_busy until 09:01:10"#;

    while_some_have_not_been_offered_it_waits: Office::of(json!(["anna", "bo", "cy"])).steps(json!([
        {"assign_to": {"agents": ["anna", "bo"]}, "strategy": "in_order", "wait": "1h"}, {"assign_to": {"agents": ["cy"]}}]))
        .chat(json!({"accept_within": "1m"})).desk(), "
        09:00 away bo
        - bo away set_away
        09:00 open c1
        - c1 offered anna r/1 in_order until 09:01
        09:00:10 decline c1 anna
        - c1 offer_declined anna
        - c1 queued r/1 until 10:00
        09:30 back bo
        - bo available always_on
        - c1 offered bo r/1 in_order until 09:31";

    when_all_have_declined_at_last_otherwise: Office::of(json!(["anna"])).rules(json!([
        {"id": "r", "steps": [{"assign_to": "everyone", "wait": "1h"}], "otherwise": {"voicemail": "busy"}}]))
        .chat(json!({"accept_within": "1m"})).desk(), "
        09:00 open c1
        - c1 offered anna r/1 least_busy until 09:01
        09:02 advance
        - 09:01 c1 offer_expired anna
        - 09:01 c1 sent_to_voicemail busy by r";

    a_call_rings_for_thirty_seconds: Office::of(json!(["anna"]))
        .channel(json!({"id": "phone", "kind": "call", "rules": [{"id": "calls", "steps": [{"assign_to": "everyone"}]}]})).desk(), "
        09:00 open p1 phone
        - p1 offered anna calls/1 least_busy until 09:00:30
        09:01 advance
        - 09:00:30 p1 offer_expired anna
        - 09:00:30 p1 queued calls/1";

    an_absence_that_begins_by_the_clock_withdraws_it: absent_from("09:00:30").desk(), "
        09:00 open c1
        - c1 offered anna r/1 in_order until 09:01
        09:00:10 open c2
        - c2 offered anna r/1 in_order until 09:01:10
        09:02 advance
        - 09:00:30 anna away out_of_office
        - 09:00:30 c1 offer_withdrawn anna
        - 09:00:30 c2 offer_withdrawn anna
        - 09:00:30 c1 offered bo r/1 in_order until 09:01:30
        - 09:00:30 c2 offered bo r/1 in_order until 09:01:30
        - 09:01:30 c1 offer_expired bo
        - 09:01:30 c2 offer_expired bo
        - 09:01:30 c1 queued r/1
        - 09:01:30 c2 queued r/1";

    at_its_end_the_absence_comes_first: absent_from("09:01").desk(), "
        09:00 open c1
        - c1 offered anna r/1 in_order until 09:01
        # No decline: anna is asked again when she is back.
        09:01 advance
        - anna away out_of_office
        - c1 offer_withdrawn anna
        - c1 offered bo r/1 in_order until 09:02
        09:02 advance
        - c1 offer_expired bo
        - c1 queued r/1
        10:00 advance
        - anna available always_on
        - c1 offered anna r/1 in_order until 10:01";

    an_absence_that_is_entered_withdraws_it: two(), r#"
        09:00 open c1
        - c1 offered anna r/1 in_order until 09:01
        09:00:10 set_out_of_office anna [{"first_day": "2026-11-20", "last_day": "2026-11-20"}]
        - set_out_of_office anna
        - anna away out_of_office
        - c1 offer_withdrawn anna
        - c1 offered bo r/1 in_order until 09:01:10"#;

    the_end_of_a_shift_lets_it_run_out: office(json!([
        {"id": "anna", "working_hours": [{"days": ["fri"], "start": "08:00", "end": "09:00"}]}, "bo"])).desk(), "
        08:59:30 open c1
        - c1 offered anna r/1 in_order until 09:00:30
        09:00:20 accept c1 anna
        - 09:00 anna away outside_working_hours
        - c1 assigned anna r/1 in_order";
}
