//! Offers to agents who declined: again after a time, on their return, or once the conversation is reopened.

use frontdesk::Desk;
use frontdesk::time::Instant;
use serde_json::{Value, json};

use super::offers::office;
use crate::support_desk::Office;

/// Offers of a minute in document order, again after some time.
fn again_after(time: &str, agents: Value) -> Office {
    office(agents).chat(json!({"offer_again_after": time}))
}

fn anna_alone() -> Desk {
    again_after("5m", json!(["anna"])).desk()
}

fn escalating() -> Desk {
    let step = |agent: &str| json!({"assign_to": {"agents": [agent]}, "wait": "5m"});
    let chat = json!({"accept_within": "5m", "offer_again_after": "10m"});
    Office::of(json!(["anna", "bo", "cy"])).steps(json!([step("anna"), step("bo"), step("cy")])).chat(chat).desk()
}

stories! {
    after_a_decline: anna_alone(), "
        09:00 open c1
        - c1 offered anna r/1 in_order until 09:01
        09:00:30 decline c1 anna
        - c1 offer_declined anna
        - c1 queued r/1
        09:05:29.999 advance
        09:05:30 advance
        - c1 offered anna r/1 in_order until 09:06:30";

    after_an_offer_that_was_missed: anna_alone(), "
        09:00 open c1
        - c1 offered anna r/1 in_order until 09:01
        09:07 advance
        - 09:01 c1 offer_expired anna
        - 09:01 c1 queued r/1
        - 09:06 c1 offered anna r/1 in_order until 09:07
        - c1 offer_expired anna
        - c1 queued r/1
        09:12 advance
        - c1 offered anna r/1 in_order until 09:13";

    from_the_top_when_all_have_declined: again_after("2m", json!(["anna", "bo"])).desk(), "
        09:00 open c1
        - c1 offered anna r/1 in_order until 09:01
        09:00:10 decline c1 anna
        - c1 offer_declined anna
        - c1 offered bo r/1 in_order until 09:01:10
        09:00:20 decline c1 bo
        - c1 offer_declined bo
        - c1 queued r/1
        09:02:10 advance
        - c1 offered anna r/1 in_order until 09:03:10";

    /// An escalation: one after the other is asked for five minutes, and then from the beginning.
    from_the_first_step_when_the_last_has_missed_it: escalating(), "
        09:00 open c1
        - c1 offered anna r/1 least_busy until 09:05
        09:16 advance
        - 09:05 c1 offer_expired anna
        - 09:05 c1 step_entered r/2 until 09:10
        - 09:05 c1 offered bo r/2 least_busy until 09:10
        - 09:10 c1 offer_expired bo
        - 09:10 c1 step_entered r/3 until 09:15
        - 09:10 c1 offered cy r/3 least_busy until 09:15
        - 09:15 c1 offer_expired cy
        - 09:15 c1 offered anna r/1 least_busy until 09:20";

    earlier_on_a_return: anna_alone(), "
        09:00 open c1
        - c1 offered anna r/1 in_order until 09:01
        09:00:10 decline c1 anna
        - c1 offer_declined anna
        - c1 queued r/1
        09:01 away anna
        - anna away set_away
        09:02 back anna
        - anna available always_on
        - c1 offered anna r/1 in_order until 09:03";

    only_to_those_who_are_there_by_then: anna_alone(), "
        09:00 open c1
        - c1 offered anna r/1 in_order until 09:01
        09:00:10 decline c1 anna
        - c1 offer_declined anna
        - c1 queued r/1
        09:01 away anna
        - anna away set_away
        09:10 advance
        09:20 back anna
        - anna available always_on
        - c1 offered anna r/1 in_order until 09:21";

    not_while_it_sleeps_and_at_once_when_it_wakes: anna_alone(), r#"
        09:00 open c1
        - c1 offered anna r/1 in_order until 09:01
        09:00:10 decline c1 anna
        - c1 offer_declined anna
        - c1 queued r/1
        09:01 snooze c1 {"duration": "2m"}
        - c1 snoozed until 09:03
        09:04 snooze c1 {"duration": "10m"}
        - 09:03 c1 woke
        - 09:03 c1 queued r/1
        - c1 snoozed until 09:14
        09:20 advance
        - 09:14 c1 woke
        - 09:14 c1 offered anna r/1 in_order until 09:15
        - 09:15 c1 offer_expired anna
        - 09:15 c1 queued r/1
        - c1 offered anna r/1 in_order until 09:21"#;

    at_once_when_it_is_reopened: anna_alone(), "
        09:00 open c1
        - c1 offered anna r/1 in_order until 09:01
        09:00:10 decline c1 anna
        - c1 offer_declined anna
        - c1 queued r/1
        09:01 close c1
        - c1 closed
        09:02 reopen c1
        - c1 reopened
        - c1 offered anna r/1 in_order until 09:03";

    in_the_order_of_the_queue: again_after("5m", json!([{"id": "anna", "capacity": 1}])).desk(), r#"
        09:00 open c1
        - c1 offered anna r/1 in_order until 09:01
        09:00:10 decline c1 anna
        - c1 offer_declined anna
        - c1 queued r/1
        09:00:10 open c2 {"priority": 5}
        - c2 offered anna r/1 in_order until 09:01:10
        09:00:10 decline c2 anna
        - c2 offer_declined anna
        - c2 queued r/1
        09:05:10 advance
        - c2 offered anna r/1 in_order until 09:06:10"#;
}

/// An `advance` in which nobody takes it leaves no trace, and is not asked for again.
#[test]
fn a_chance_that_nobody_takes_leaves_no_trace() {
    let mut desk = again_after("5m", json!(["anna"])).desk();
    let at = |time: &str| Instant::parse(&format!("2026-11-20T{time}Z")).unwrap();
    let mut handle = |json: Value| desk.handle_json(&json.to_string()).unwrap();
    handle(
        json!({"type": "open", "at": "2026-11-20T09:00:00Z", "conversation": "c1", "inbox": "main", "channel": "chat"}),
    );
    handle(json!({"type": "decline", "at": "2026-11-20T09:00:10Z", "conversation": "c1", "agent": "anna"}));
    handle(json!({"type": "set_status", "at": "2026-11-20T09:01:00Z", "agent": "anna", "status": "away"}));
    assert_eq!(desk.next_wakeup(), Some(at("09:05:10")));
    let before = desk.snapshot();
    let advance = desk.read_command(r#"{"type": "advance", "at": "2026-11-20T09:05:10Z"}"#).unwrap();
    for proposed in [true, false] {
        let mut desk = desk.clone();
        let events = if proposed { desk.propose(&advance).events().to_vec() } else { desk.handle(&advance) };
        assert_eq!((events, desk.next_wakeup(), desk.snapshot()), (vec![], None, before.clone()), "{proposed}");
    }
    // A desk that stored nothing of it asks again, and comes to the same.
    let mut restored = Desk::restore(&before).unwrap();
    assert_eq!(restored.next_wakeup(), Some(at("09:05:10")));
    assert_eq!((restored.handle(&advance), restored.next_wakeup()), (vec![], None));
}
