//! Conversations that agents give back when their working hours end, and when they go out of office.

use frontdesk::Desk;
use serde_json::{Value, json};

use crate::support_desk::{Office, act, story};

/// Anna works until 17:00, bo until 18:00, and cyd for one conversation at a time, always.
fn office(settings: Value) -> Office {
    let until = |end: &str| json!([{"days": ["fri"], "start": "08:00", "end": end}]);
    Office::of(json!([
        {"id": "anna", "team": "day", "working_hours": until("17:00")},
        {"id": "bo", "working_hours": until("18:00"), "capacity": 0},
        {"id": "cyd", "capacity": 1, "permissions": ["super_admin"]},
    ]))
    .everyone("in_order")
    .settings(settings)
}

fn at_once() -> Desk {
    office(json!({"on_shift_end": "requeue"})).desk()
}

fn in_a_quarter() -> Desk {
    office(json!({"on_shift_end": {"requeue_after": "15m"}})).desk()
}

fn absent(after: Value) -> Desk {
    office(json!({"on_absence": after})).desk()
}

stories! {
    they_are_kept_unless_the_desk_says_otherwise: office(json!({})).desk(), "
        16:00 open c1
        - c1 assigned anna all/1 in_order
        18:00 advance
        - 17:00 anna away outside_working_hours
        - bo away outside_working_hours";

    given_back_when_the_shift_ends: at_once(), r#"
        16:00 open c1
        - c1 assigned anna all/1 in_order
        16:01 open c2 {"priority": 1}
        - c2 assigned anna all/1 in_order
        # Those who leave at that instant come first, then what they give back in the order of opening, then the queue.
        18:00 advance
        - 17:00 anna away outside_working_hours requeue 17:00
        - 17:00 c1 unassigned from anna shift_ended
        - 17:00 c2 unassigned from anna shift_ended
        - 17:00 c2 assigned cyd all/1 in_order
        - 17:00 c1 queued all/1
        - bo away outside_working_hours"#;

    two_leave_at_once: Office::of(json!([
        {"id": "anna", "capacity": 1, "working_hours": [{"days": ["fri"], "start": "08:00", "end": "17:00"}]},
        {"id": "bo", "capacity": 1, "working_hours": [{"days": ["fri"], "start": "08:00", "end": "17:00"}]},
    ])).everyone("in_order").settings(json!({"on_shift_end": "requeue"})).desk(), "
        16:00 away anna
        - anna away set_away
        16:00 open c1
        - c1 assigned bo all/1 in_order
        16:01 back anna
        - anna available working_hours
        16:02 open c2
        - c2 assigned anna all/1 in_order
        17:00 advance
        - anna away outside_working_hours requeue 17:00
        - bo away outside_working_hours requeue 17:00
        - c1 unassigned from bo shift_ended
        - c2 unassigned from anna shift_ended
        - c1 queued all/1
        - c2 queued all/1";

    given_back_after_a_while: in_a_quarter(), "
        16:00 open c1
        - c1 assigned anna all/1 in_order
        17:14:59 advance
        - 17:00 anna away outside_working_hours requeue 17:15
        17:15 advance
        - c1 unassigned from anna shift_ended
        - c1 assigned cyd all/1 in_order";

    a_reply_keeps_the_conversation: in_a_quarter(), "
        16:00 open c1
        - c1 assigned anna all/1 in_order
        16:00 open c2
        - c2 assigned anna all/1 in_order
        17:10 reply c1 by anna
        - 17:00 anna away outside_working_hours requeue 17:15
        - c1 message_noted agent by anna
        - c1 kept anna by anna
        # Once is enough, and nobody else keeps it for her.
        17:11 reply c1 by anna
        - c1 message_noted agent by anna
        17:12 reply c2 by cyd
        - c2 message_noted agent by cyd
        17:20 advance
        - 17:15 c2 unassigned from anna shift_ended
        - 17:15 c2 assigned cyd all/1 in_order";

    a_reply_at_the_last_instant_is_too_late: in_a_quarter(), "
        16:00 open c1
        - c1 assigned anna all/1 in_order
        17:15 reply c1 by anna
        - 17:00 anna away outside_working_hours requeue 17:15
        - c1 unassigned from anna shift_ended
        - c1 assigned cyd all/1 in_order
        - c1 message_noted agent by anna";

    a_return_keeps_all: in_a_quarter(), "
        16:00 open c1
        - c1 assigned anna all/1 in_order
        16:00 open c2
        - c2 assigned anna all/1 in_order
        17:10 back anna by anna
        - 17:00 anna away outside_working_hours requeue 17:15
        - anna available set_available by anna
        17:20 advance
        17:21 away anna by anna
        - anna away set_away by anna";

    the_end_of_a_set_available_is_one_of_a_shift: in_a_quarter(), r#"
        17:30 back anna
        - anna available set_available
        17:40 open c1
        - c1 assigned anna all/1 in_order
        17:50 set_working_hours anna [{"days": ["fri"], "start": "17:00", "end": "17:55"}]
        - set_working_hours anna
        18:20 advance
        - 17:55 anna away outside_working_hours requeue 18:10
        - 18:00 bo away outside_working_hours
        - 18:10 c1 unassigned from anna shift_ended
        - 18:10 c1 assigned cyd all/1 in_order"#;

    not_what_is_given_to_the_agent_later: in_a_quarter(), "
        16:00 open c1
        - c1 assigned anna all/1 in_order
        17:05 open c2
        - 17:00 anna away outside_working_hours requeue 17:15
        - c2 assigned cyd all/1 in_order
        # Whoever gives it to her now knows that she is away.
        17:06 assign c2 to anna by cyd
        - c2 assigned anna by_hand by cyd
        17:15 advance
        - c1 unassigned from anna shift_ended
        - c1 assigned cyd all/1 in_order";

    nor_what_went_elsewhere: in_a_quarter(), r#"
        16:00 open c1
        - c1 assigned anna all/1 in_order
        16:00 open c2
        - c2 assigned anna all/1 in_order
        16:00 open c3
        - c3 assigned anna all/1 in_order
        17:05 assign c1 to bo
        - 17:00 anna away outside_working_hours requeue 17:15
        - c1 assigned bo by_hand
        17:06 close c2
        - c2 closed anna
        17:07 snooze c3 {"until": "2026-11-20T17:10:00Z"}
        - c3 snoozed anna until 17:10
        # Given back to her by hand, it is hers.
        17:08 assign c1 to anna
        - c1 assigned anna by_hand
        17:09 reopen c2
        - c2 reopened
        - c2 assigned cyd all/1 in_order
        17:30 advance
        - 17:10 c3 woke
        - 17:10 c3 queued all/1"#;

    nothing_is_given_back_by_who_holds_nothing: in_a_quarter(), "
        16:00 advance
        - started
        17:20 advance
        - 17:00 anna away outside_working_hours";

    a_holiday_ends_a_shift_too: in_a_quarter(), r#"
        09:00 open c1
        - c1 assigned anna all/1 in_order
        10:00 put_holiday {"id": "h", "dates": ["2026-11-20"], "teams": ["day"]}
        - put_holiday h
        - anna away holiday requeue 10:15
        10:15 advance
        - c1 unassigned from anna shift_ended
        - c1 assigned cyd all/1 in_order"#;

    an_absence_is_something_else: absent(json!("requeue")), r#"
        16:00 open c1
        - c1 assigned anna all/1 in_order
        16:30 set_out_of_office anna by anna [{"start": "2026-11-20T16:00", "end": "2026-11-20T16:45"}]
        - set_out_of_office anna by anna
        - anna away out_of_office requeue 16:30 by anna
        - c1 unassigned from anna out_of_office by anna
        - c1 assigned cyd all/1 in_order by anna
        17:00 advance
        - 16:45 anna available working_hours
        - anna away outside_working_hours"#;

    an_absence_after_the_shift: absent(json!({"requeue_after": "1h"})), r#"
        16:00 open c1
        - c1 assigned anna all/1 in_order
        16:30 set_out_of_office anna [{"start": "2026-11-20T17:30", "end": "2026-11-21T17:30"}]
        - set_out_of_office anna
        18:30 advance
        - 17:00 anna away outside_working_hours
        - 17:30 anna away out_of_office requeue 18:30
        - 18:00 bo away outside_working_hours
        - c1 unassigned from anna out_of_office
        - c1 assigned cyd all/1 in_order"#;

    the_sooner_of_two_counts: office(json!({
        "on_shift_end": {"requeue_after": "2h"}, "on_absence": {"requeue_after": "10m"},
    })).desk(), r#"
        16:00 open c1
        - c1 assigned anna all/1 in_order
        16:30 set_out_of_office anna [{"start": "2026-11-20T17:30", "end": "2026-11-20T17:35"}]
        - set_out_of_office anna
        # The end of the absence is none of the shift's, but the reason is that of the evening again.
        18:30 advance
        - 17:00 anna away outside_working_hours requeue 19:00
        - 17:30 anna away out_of_office requeue 17:40
        - 17:35 anna away outside_working_hours requeue 19:35
        - 17:40 c1 unassigned from anna out_of_office
        - 17:40 c1 assigned cyd all/1 in_order
        - 18:00 bo away outside_working_hours"#;

    setting_oneself_away_is_neither: office(json!({"on_shift_end": "requeue", "on_absence": "requeue"})).desk(), "
        16:00 open c1
        - c1 assigned anna all/1 in_order
        16:30 away anna by anna
        - anna away set_away by anna
        17:30 advance";

    what_was_told_stays_when_the_settings_change: in_a_quarter(), r#"
        16:00 open c1
        - c1 assigned anna all/1 in_order
        17:05 configure {"settings": {}}
        - 17:00 anna away outside_working_hours requeue 17:15
        - configure settings
        17:15 advance
        - c1 unassigned from anna shift_ended
        - c1 assigned cyd all/1 in_order"#;

    new_settings_count_from_the_next_change_of_status: office(json!({})).desk(), r#"
        16:00 open c1
        - c1 assigned anna all/1 in_order
        17:05 configure {"settings": {"on_shift_end": "requeue"}}
        - 17:00 anna away outside_working_hours
        - configure settings
        2026-11-27T17:00 advance
        - 18:00 bo away outside_working_hours
        - 2026-11-27T08:00 anna available working_hours
        - 2026-11-27T08:00 bo available working_hours
        - anna away outside_working_hours requeue 2026-11-27T17:00
        - c1 unassigned from anna shift_ended
        - c1 assigned cyd all/1 in_order"#;

    a_removed_agent_gives_back_nothing_more: in_a_quarter(), "
        16:00 open c1
        - c1 assigned anna all/1 in_order
        17:05 remove_agent anna
        - 17:00 anna away outside_working_hours requeue 17:15
        - c1 unassigned from anna removed
        - remove_agent anna
        - c1 assigned cyd all/1 in_order
        17:20 advance";

    declines_of_before_still_count: office(json!({"on_shift_end": "requeue"}))
        .chat(json!({"accept_within": "1h"})).desk(), "
        16:30 open c1
        - c1 offered anna all/1 in_order until 17:30
        16:31 decline c1 anna
        - c1 offer_declined anna
        - c1 offered cyd all/1 in_order until 17:31
        16:32 decline c1 cyd
        - c1 offer_declined cyd
        - c1 queued all/1
        16:33 assign c1 to anna
        - c1 assigned anna by_hand
        17:00 advance
        - anna away outside_working_hours requeue 17:00
        - c1 unassigned from anna shift_ended
        - c1 queued all/1";
}

/// A delay is a length of time, though the clocks go forward within it.
#[test]
fn a_delay_across_a_change_of_clocks() {
    let night = json!([{"days": ["sat"], "start": "20:00", "end": "01:30"}]);
    let desk = Office::of(json!([{"id": "anna", "time_zone": "Europe/Stockholm", "working_hours": night}]))
        .everyone("in_order")
        .settings(json!({"on_shift_end": {"requeue_after": "2h"}}))
        .desk();
    story(
        &desk,
        "
        2026-03-28T22:00 open c1
        - c1 assigned anna all/1 in_order
        2026-03-29T04:00 advance
        - 2026-03-29T00:30 anna away outside_working_hours requeue 2026-03-29T02:30
        - 2026-03-29T02:30 c1 unassigned from anna shift_ended
        - 2026-03-29T02:30 c1 queued all/1",
    );
}

/// Also at the hour that comes twice, a shift ends once.
#[test]
fn a_shift_that_ends_in_the_hour_that_comes_twice() {
    let night = json!([{"days": ["sat"], "start": "20:00", "end": "02:30"}]);
    let desk = Office::of(json!([{"id": "anna", "time_zone": "Europe/Stockholm", "working_hours": night}]))
        .everyone("in_order")
        .settings(json!({"on_shift_end": {"requeue_after": "1h"}}))
        .desk();
    // From 02:30 to 03:00, when it is 02:00 again, she is not at work; then she returns, and keeps it.
    story(
        &desk,
        "
        2026-10-24T22:00 open c1
        - c1 assigned anna all/1 in_order
        2026-10-25T04:00 advance
        - 2026-10-25T00:30 anna away outside_working_hours requeue 2026-10-25T01:30
        - 2026-10-25T01:00 anna available working_hours
        - 2026-10-25T01:30 anna away outside_working_hours requeue 2026-10-25T02:30
        - 2026-10-25T02:30 c1 unassigned from anna shift_ended
        - 2026-10-25T02:30 c1 queued all/1",
    );
}

/// It is in the agenda, and in a snapshot.
#[test]
fn a_restored_desk_gives_back_what_it_was_to_give_back() {
    let mut desk = in_a_quarter();
    act(&mut desk, "16:00 open c1");
    act(&mut desk, "17:00 advance");
    let restored = Desk::restore(&desk.snapshot()).unwrap();
    for mut desk in [desk, restored] {
        assert_eq!(desk.next_wakeup().map(|at| at.to_string()).as_deref(), Some("2026-11-20T17:15:00.000Z"));
        assert_eq!(
            act(&mut desk, "17:30 advance"),
            ["- 17:15 c1 unassigned from anna shift_ended", "- 17:15 c1 assigned cyd all/1 in_order"]
        );
    }
}
