//! The queue: who goes first, who is not overtaken, how steps, waits and offers follow each other.

#[macro_use]
mod support_desk;

use frontdesk::Desk;
use serde_json::{Value, json};
use support_desk::{Office, everyone};

/// One agent who takes one chat at a time.
fn one_place() -> Desk {
    everyone("least_busy", json!([{"id": "anna", "capacity": 1}]))
}

mod order {
    use super::*;

    stories! {
        by_priority_then_by_opening: one_place(), r#"
            09:00 open c1
            - c1 assigned anna all/1 least_busy
            09:01 open c2
            - c2 queued all/1
            09:02 open c3
            - c3 queued all/1
            09:03 open c4 {"priority": 5}
            - c4 queued all/1
            09:04 open c5 {"priority": -1}
            - c5 queued all/1
            09:05 open c6 {"priority": 5}
            - c6 queued all/1
            09:10 close c1
            - c1 closed anna
            - c4 assigned anna all/1 least_busy
            09:11 close c4
            - c4 closed anna
            - c6 assigned anna all/1 least_busy
            09:12 close c6
            - c6 closed anna
            - c2 assigned anna all/1 least_busy
            09:13 close c2
            - c2 closed anna
            - c3 assigned anna all/1 least_busy
            09:14 close c3
            - c3 closed anna
            - c5 assigned anna all/1 least_busy"#;

        within_an_instant_by_the_order_of_commands: one_place(), "
            09:00 open x
            - x assigned anna all/1 least_busy
            09:01 open b
            - b queued all/1
            09:01 open a
            - a queued all/1
            09:02 close x
            - x closed anna
            - b assigned anna all/1 least_busy";

        a_reopened_one_goes_to_the_end: one_place(), "
            09:00 open c1
            - c1 assigned anna all/1 least_busy
            09:01 open c2
            - c2 queued all/1
            09:02 open c3
            - c3 queued all/1
            09:03 close c2
            - c2 closed
            09:04 reopen c2
            - c2 reopened
            - c2 queued all/1
            09:05 close c1
            - c1 closed anna
            - c3 assigned anna all/1 least_busy
            09:06 close c3
            - c3 closed anna
            - c2 assigned anna all/1 least_busy";

        one_that_wakes_keeps_its_place: one_place(), r#"
            09:00 open c1
            - c1 assigned anna all/1 least_busy
            09:01 open c2
            - c2 queued all/1
            09:02 open c3
            - c3 queued all/1
            09:03 snooze c2 {"duration": "1m"}
            - c2 snoozed until 09:04
            09:05 close c1
            - 09:04 c2 woke
            - 09:04 c2 queued all/1
            - c1 closed anna
            - c2 assigned anna all/1 least_busy"#;

        one_that_was_released_and_updated_keeps_its_place: one_place(), r#"
            09:00 open c1
            - c1 assigned anna all/1 least_busy
            09:01 open c2
            - c2 queued all/1
            09:02 release c1
            - c1 unassigned from anna released
            - c2 assigned anna all/1 least_busy
            09:03 open c3
            - c3 queued all/1
            09:04 update c1 {"contact": {"id": "x"}}
            - c1 updated
            - c1 queued all/1
            09:05 close c2
            - c2 closed anna
            - c1 assigned anna all/1 least_busy"#;

        a_higher_priority_moves_it_ahead: one_place(), r#"
            09:00 open c1
            - c1 assigned anna all/1 least_busy
            09:01 open c2
            - c2 queued all/1
            09:02 open c3
            - c3 queued all/1
            09:03 update c3 {"priority": 1}
            - c3 updated goes on
            09:04 close c1
            - c1 closed anna
            - c3 assigned anna all/1 least_busy"#;

        one_for_whom_nobody_is_there_is_skipped:
            everyone("least_busy", json!([{"id": "anna", "capacity": 1}])), r#"
            09:00 open c1
            - c1 assigned anna all/1 least_busy
            09:01 open c2 {"skills": {"sv": 1}}
            - c2 queued all/1
            09:02 open c3
            - c3 queued all/1
            09:03 close c1
            - c1 closed anna
            - c3 assigned anna all/1 least_busy"#;

        one_order_over_all_channels: two_channels(), "
            09:00 open c1
            - c1 assigned anna r/1 least_busy
            09:01 open f1 form
            - f1 queued forms/1
            09:02 open c2
            - c2 queued r/1
            09:03 close c1
            - c1 closed anna
            - f1 assigned anna forms/1 least_busy
            09:04 close f1
            - f1 closed anna
            - c2 assigned anna r/1 least_busy";
    }

    fn two_channels() -> Desk {
        let rules = json!([{"id": "forms", "steps": [{"assign_to": "everyone"}]}]);
        Office::of(json!([{"id": "anna", "capacity": 1}]))
            .steps(json!([{"assign_to": "everyone"}]))
            .channel(json!({"id": "form", "kind": "form", "rules": rules}))
            .desk()
    }
}

mod newcomers {
    use super::*;

    stories! {
        do_not_overtake_when_a_place_comes_free: everyone("least_busy", json!([{"id": "anna", "capacity": 2}])), "
            09:00 open c1
            - c1 assigned anna all/1 least_busy
            09:00 open c2
            - c2 assigned anna all/1 least_busy
            09:01 open c3
            - c3 queued all/1
            09:01 close c1
            - c1 closed anna
            - c3 assigned anna all/1 least_busy
            09:01 open c4
            - c4 queued all/1";

        do_not_overtake_at_the_instant_of_a_return: hours(), "
            08:00 open c1
            - c1 queued r/1
            # She comes at nine, and so does c2: c1 is served before it.
            09:00 open c2
            - anna available working_hours
            - c1 assigned anna r/1 least_busy
            - c2 queued r/1";

        with_a_higher_priority_come_first_only_when_they_are_there: hours(), r#"
            08:00 open c1
            - c1 queued r/1
            # What is due at nine comes before the command of nine.
            09:00 open c2 {"priority": 9}
            - anna available working_hours
            - c1 assigned anna r/1 least_busy
            - c2 queued r/1"#;

        take_who_is_of_no_use_to_those_ahead: everyone("least_busy", json!(["anna", {"id": "bo", "capacity": 0}])), r#"
            09:00 open c1 {"skills": {"sv": 1}}
            - c1 queued all/1
            09:01 open c2
            - c2 assigned anna all/1 least_busy"#;
    }

    fn hours() -> Desk {
        let hours = json!([{"days": ["fri"], "start": "09:00", "end": "17:00"}]);
        Office::of(json!([{"id": "anna", "capacity": 1, "working_hours": hours}]))
            .steps(json!([{"assign_to": "everyone"}]))
            .desk()
    }
}

mod backlog {
    use super::*;

    fn at_night() -> Value {
        let hours = |start: &str| json!([{"days": ["fri"], "start": start, "end": "17:00"}]);
        json!([
            {"id": "anna", "capacity": 2, "working_hours": hours("09:00")},
            {"id": "bo", "capacity": 2, "working_hours": hours("09:00")},
            {"id": "cy", "capacity": 2, "working_hours": hours("10:00")},
        ])
    }

    stories! {
        is_handed_out_at_the_start_of_a_shift: everyone("least_busy", at_night()), "
            07:00 open c1
            - c1 queued all/1
            07:01 open c2
            - c2 queued all/1
            07:02 open c3
            - c3 queued all/1
            07:03 open c4
            - c4 queued all/1
            07:04 open c5
            - c5 queued all/1
            12:00 advance
            - 09:00 anna available working_hours
            - 09:00 bo available working_hours
            - 09:00 c1 assigned anna all/1 least_busy
            - 09:00 c2 assigned bo all/1 least_busy
            - 09:00 c3 assigned anna all/1 least_busy
            - 09:00 c4 assigned bo all/1 least_busy
            - 10:00 cy available working_hours
            - 10:00 c5 assigned cy all/1 least_busy";

        is_handed_out_on_a_return: everyone("least_busy", json!([{"id": "anna", "capacity": 2}])), "
            09:00 away anna
            - anna away set_away
            09:01 open c1
            - c1 queued all/1
            09:02 open c2
            - c2 queued all/1
            09:03 open c3
            - c3 queued all/1
            09:04 back anna
            - anna available always_on
            - c1 assigned anna all/1 least_busy
            - c2 assigned anna all/1 least_busy";

        is_handed_out_when_an_away_ends_by_itself: one_place(), r#"
            09:00 away anna {"duration": "15m"}
            - anna away temporarily_away
            09:01 open c1
            - c1 queued all/1
            09:30 advance
            - 09:15 anna available always_on
            - 09:15 c1 assigned anna all/1 least_busy"#;

        is_handed_out_to_who_is_away_where_that_does_not_matter: Office::of(json!([{"id": "anna", "capacity": 1}]))
            .steps(json!([{"assign_to": "everyone", "only_available": false}])).desk(), "
            09:00 away anna
            - anna away set_away
            09:01 open c1
            - c1 assigned anna r/1 least_busy
            09:02 open c2
            - c2 queued r/1
            09:03 close c1
            - c1 closed anna
            - c2 assigned anna r/1 least_busy";

        is_handed_out_when_a_wrap_up_ends: Office::of(json!([{"id": "anna", "capacity": 1}])).everyone("least_busy")
            .chat(json!({"wrap_up": "30s"})).desk(), "
            09:00 open c1
            - c1 assigned anna all/1 least_busy
            09:01 open c2
            - c2 queued all/1
            09:02 close c1
            - c1 closed anna
            09:03 advance
            - 09:02:30 c1 wrap_up_ended anna
            - 09:02:30 c2 assigned anna all/1 least_busy";

        is_handed_out_when_one_is_snoozed_or_released_or_moved: everyone("in_order", json!([{"id": "anna", "capacity": 1}, {"id": "bo", "capacity": 0}])), "
            09:00 open c1
            - c1 assigned anna all/1 in_order
            09:00 open c2
            - c2 queued all/1
            09:00 open c3
            - c3 queued all/1
            09:00 open c4
            - c4 queued all/1
            09:01 snooze c1
            - c1 snoozed anna
            - c2 assigned anna all/1 in_order
            09:02 release c2
            - c2 unassigned from anna released
            - c3 assigned anna all/1 in_order
            09:03 assign c3 to bo
            - c3 assigned bo by_hand
            - c4 assigned anna all/1 in_order";
    }
}

mod steps {
    use super::*;

    /// anna for a minute, then bo too for two minutes, then cy too.
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
}

mod offers {
    use super::*;

    /// Offers of a minute, to everyone in document order.
    fn office(agents: Value) -> Office {
        Office::of(agents)
            .steps(json!([{"assign_to": "everyone", "strategy": "in_order"}]))
            .chat(json!({"accept_within": "1m"}))
    }

    fn two() -> Desk {
        office(json!(["anna", "bo"])).desk()
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
    }
}

mod missed {
    use super::*;

    fn two_misses() -> Desk {
        Office::of(json!(["anna", "bo"]))
            .steps(json!([{"assign_to": {"agents": ["anna"]}}]))
            .chat(json!({"accept_within": "1m"}))
            .settings(json!({"missed_offers_before_away": 2}))
            .desk()
    }

    stories! {
        as_many_in_a_row_set_the_agent_away: two_misses(), "
            09:00 open c1
            - c1 offered anna r/1 least_busy until 09:01
            09:01 open c2
            - c1 offer_expired anna
            - c1 queued r/1
            - c2 offered anna r/1 least_busy until 09:02
            09:05 advance
            - 09:02 c2 offer_expired anna
            - 09:02 anna away set_away_by_other
            - 09:02 anna notice missed_offers
            - 09:02 c2 queued r/1
            # Only a new available brings her back, and then all is offered again.
            09:10 back anna
            - anna available always_on
            - c1 offered anna r/1 least_busy until 09:11
            - c2 offered anna r/1 least_busy until 09:11";

        other_offers_are_withdrawn_then: two_misses(), "
            09:00 open c1
            - c1 offered anna r/1 least_busy until 09:01
            09:00:10 open c2
            - c2 offered anna r/1 least_busy until 09:01:10
            09:00:20 open c3
            - c3 offered anna r/1 least_busy until 09:01:20
            09:02 advance
            - 09:01 c1 offer_expired anna
            - 09:01 c1 queued r/1
            - 09:01:10 c2 offer_expired anna
            - 09:01:10 anna away set_away_by_other
            - 09:01:10 anna notice missed_offers
            - 09:01:10 c3 offer_withdrawn anna
            - 09:01:10 c2 queued r/1
            - 09:01:10 c3 queued r/1";

        an_accepted_one_begins_the_row_anew: two_misses(), "
            09:00 open c1
            - c1 offered anna r/1 least_busy until 09:01
            09:01 open c2
            - c1 offer_expired anna
            - c1 queued r/1
            - c2 offered anna r/1 least_busy until 09:02
            09:01:30 accept c2 anna
            - c2 assigned anna r/1 least_busy
            09:02 open c3
            - c3 offered anna r/1 least_busy until 09:03
            09:04 advance
            - 09:03 c3 offer_expired anna
            - 09:03 c3 queued r/1";

        offers_to_someone_away_are_missed_too: Office::of(json!(["anna"]))
            .steps(json!([{"assign_to": "everyone", "only_available": false}])).chat(json!({"accept_within": "1m"}))
            .settings(json!({"missed_offers_before_away": 1})).desk(), "
            09:00 open c1
            - c1 offered anna r/1 least_busy until 09:01
            09:01 advance
            - c1 offer_expired anna
            - anna away set_away_by_other
            - anna notice missed_offers
            - c1 queued r/1
            09:02 open c2
            - c2 offered anna r/1 least_busy until 09:03
            # She is away already.
            09:04 advance
            - 09:03 c2 offer_expired anna
            - 09:03 c2 queued r/1";

        who_is_away_for_a_while_is_not_set_away_for_longer: Office::of(json!(["anna"]))
            .steps(json!([{"assign_to": "everyone", "only_available": false}])).chat(json!({"accept_within": "1m"}))
            .settings(json!({"missed_offers_before_away": 1})).desk(), r#"
            09:00 away anna {"duration": "1h"}
            - anna away temporarily_away
            09:00 open c1
            - c1 offered anna r/1 least_busy until 09:01
            10:00 advance
            - 09:01 c1 offer_expired anna
            - 09:01 c1 queued r/1
            - anna available always_on
            - c1 offered anna r/1 least_busy until 10:01"#;

        a_declined_one_begins_the_row_anew: two_misses(), "
            09:00 open c1
            - c1 offered anna r/1 least_busy until 09:01
            09:01 open c2
            - c1 offer_expired anna
            - c1 queued r/1
            - c2 offered anna r/1 least_busy until 09:02
            09:01:30 decline c2 anna
            - c2 offer_declined anna
            - c2 queued r/1
            09:02 open c3
            - c3 offered anna r/1 least_busy until 09:03
            09:04 advance
            - 09:03 c3 offer_expired anna
            - 09:03 c3 queued r/1";
    }
}

mod instants {
    use super::*;

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
            - c2 closed anna
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
}
