//! Waits in the office hours of the channel.

use frontdesk::desk::EventKind;
use frontdesk::{Desk, Event};
use serde_json::{Value, json};

use crate::support_desk::Office;

/// The chat is open from nine to five from Monday to Friday; 20 November 2026 is a Friday.
fn office_hours() -> Value {
    json!([{"days": ["mon", "tue", "wed", "thu", "fri"], "start": "09:00", "end": "17:00"}])
}

/// Anna takes one conversation at a time, and Bo is asked after two hours of office hours.
fn two_hours() -> Office {
    Office::of(json!([{"id": "anna", "capacity": 1}, {"id": "bo", "capacity": 1}]))
        .steps(json!([
            {"assign_to": {"agents": ["anna"]}, "strategy": "in_order", "wait": {"office_hours": "2h"}},
            {"assign_to": {"agents": ["bo"]}, "strategy": "in_order"},
        ]))
        .chat(json!({"office_hours": office_hours()}))
}

fn with_holiday(holiday: Value) -> Desk {
    two_hours().with(json!({"holidays": [holiday]})).desk()
}

fn with_offers() -> Desk {
    two_hours().chat(json!({"accept_within": "1m"})).desk()
}

stories! {
    runs_over_a_night_and_a_weekend: two_hours().desk(), "
        16:00 open x
        - x assigned anna r/1 in_order
        16:30 open c1
        - c1 queued r/1 until 2026-11-23T10:30
        2026-11-23T11:00 advance
        - 2026-11-23T10:30 c1 step_entered r/2
        - 2026-11-23T10:30 c1 assigned bo r/2 in_order";

    begins_at_the_next_opening: two_hours().desk(), "
        16:00 open x
        - x assigned anna r/1 in_order
        20:00 open c1
        - c1 queued r/1 until 2026-11-23T11:00";

    ends_exactly_at_closing: two_hours().desk(), "
        14:00 open x
        - x assigned anna r/1 in_order
        15:00 open c1
        - c1 queued r/1 until 17:00
        17:00 advance
        - c1 step_entered r/2
        - c1 assigned bo r/2 in_order";

    two_that_wait_end_at_one_instant: two_hours().desk(), "
        16:00 open x
        - x assigned anna r/1 in_order
        18:00 open c1
        - c1 queued r/1 until 2026-11-23T11:00
        19:00 open c2
        - c2 queued r/1 until 2026-11-23T11:00
        2026-11-23T11:00 advance
        - c1 step_entered r/2
        - c2 step_entered r/2
        - c1 assigned bo r/2 in_order
        - c2 queued r/2";

    /// The wall clock decides: the night of 29 March has an hour less in Stockholm, the office has eight.
    is_not_longer_when_the_clocks_change: two_hours().inbox(json!({"time_zone": "Europe/Stockholm"})).desk(), "
        2026-03-27T12:00 open x
        - x assigned anna r/1 in_order
        2026-03-27T15:00 open c1
        - c1 queued r/1 until 2026-03-30T08:00
        2026-03-30T08:00 advance
        - c1 step_entered r/2
        - c1 assigned bo r/2 in_order";

    observes_the_holidays_of_the_inbox: with_holiday(json!({"id": "day", "dates": ["2026-11-23"], "inboxes": ["main"]})), "
        16:00 open x
        - x assigned anna r/1 in_order
        16:30 open c1
        - c1 queued r/1 until 2026-11-24T10:30";

    observes_the_holidays_of_nobody_in_particular: with_holiday(json!({"id": "day", "dates": ["2026-11-23"]})), "
        16:00 open x
        - x assigned anna r/1 in_order
        16:30 open c1
        - c1 queued r/1 until 2026-11-24T10:30";

    has_no_end_in_sight_where_the_office_never_opens: two_hours().chat(json!({"office_hours": []})).desk(), "
        16:00 open x
        - x assigned anna r/1 in_order
        16:30 open c1
        - c1 queued r/1 until ever
        2028-01-01T00:00 advance
        2028-01-01T00:00 close x
        - x closed anna
        - c1 assigned anna r/1 in_order";

    has_no_end_in_sight_after_the_last_office_hours: two_hours()
        .chat(json!({"office_hours": [{"days": ["fri"], "start": "09:00", "end": "17:00", "last_day": "2026-11-20"}]}))
        .desk(), "
        14:00 open x
        - x assigned anna r/1 in_order
        15:00 open c1
        - c1 queued r/1 until 17:00
        15:01 open c2
        - c2 queued r/1 until ever
        2027-01-01T00:00 advance
        - 17:00 c1 step_entered r/2
        - 17:00 c1 assigned bo r/2 in_order";

    /// Without office hours a channel is open always, but on holidays of its inbox.
    runs_always_without_office_hours: Office::of(json!([{"id": "anna", "capacity": 1}, "bo"]))
        .steps(json!([
            {"assign_to": {"agents": ["anna"]}, "wait": {"office_hours": "2h"}}, {"assign_to": {"agents": ["bo"]}},
        ]))
        .with(json!({"holidays": [{"id": "day", "dates": ["2026-11-21"]}]}))
        .desk(), "
        09:00 open x
        - x assigned anna r/1 least_busy
        09:00 open c1
        - c1 queued r/1 until 11:00
        23:00 open c2
        - 11:00 c1 step_entered r/2
        - 11:00 c1 assigned bo r/2 least_busy
        - c2 queued r/1 until 2026-11-22T01:00";

    uses_the_hours_of_the_inbox: two_hours()
        .inbox(json!({"office_hours": [{"days": ["fri"], "start": "10:00", "end": "11:00"}]}))
        .channel(json!({"id": "mail", "kind": "email", "rules": [{"id": "m", "steps": [
            {"assign_to": {"agents": ["anna"]}, "wait": {"office_hours": "2h"}}, {"assign_to": {"agents": ["bo"]}}]}]}))
        .desk(), r#"
        09:00 open x
        - x assigned anna r/1 in_order
        09:00 open c1 {"channel": "mail"}
        - c1 queued m/1 until 2026-11-27T11:00"#;

    passes_at_once_when_all_have_declined: with_offers(), "
        16:30 open c1
        - c1 offered anna r/1 in_order until 16:31 waits until 2026-11-23T10:30
        16:30 decline c1 anna
        - c1 offer_declined anna
        - c1 offered bo r/2 in_order until 16:31";

    /// The wait began with the first offer; the event of the offer says when it ends.
    goes_on_after_an_offer_to_another: Office::of(json!(["anna", "bo", {"id": "cy", "capacity": 0}, "dee"]))
        .steps(json!([
            {"assign_to": {"agents": ["anna", "bo", "cy"]}, "strategy": "in_order", "wait": {"office_hours": "2h"}},
            {"assign_to": {"agents": ["dee"]}, "strategy": "in_order"},
        ]))
        .chat(json!({"office_hours": office_hours(), "accept_within": "1m"}))
        .desk(), "
        16:30 open c1
        - c1 offered anna r/1 in_order until 16:31 waits until 2026-11-23T10:30
        16:31 advance
        - c1 offer_expired anna
        - c1 offered bo r/1 in_order until 16:32
        16:31 decline c1 bo
        - c1 offer_declined bo
        - c1 queued r/1 until 2026-11-23T10:30
        2026-11-23T10:30 advance
        - c1 step_entered r/2
        - c1 offered dee r/2 in_order until 2026-11-23T10:31";

    /// The wait ends while an offer is open: the offer runs out first.
    ends_during_an_offer: with_offers(), "
        15:00 away anna
        - anna away set_away
        15:00 open c1
        - c1 queued r/1 until 17:00
        16:59:30 back anna
        - anna available always_on
        - c1 offered anna r/1 in_order until 17:00:30
        17:01 advance
        - 17:00:30 c1 offer_expired anna
        - 17:00:30 c1 step_entered r/2
        - 17:00:30 c1 offered bo r/2 in_order until 17:01:30";

    begins_anew_with_a_snooze_and_a_reopening: two_hours().desk(), r#"
        09:00 open x
        - x assigned anna r/1 in_order
        10:00 open c1
        - c1 queued r/1 until 12:00
        11:00 snooze c1 {"until": "2026-11-20T16:00:00Z"}
        - c1 snoozed until 16:00
        16:00 advance
        - c1 woke
        - c1 queued r/1 until 2026-11-23T10:00
        16:30 close c1
        - c1 closed
        16:30 reopen c1
        - c1 reopened
        - c1 queued r/1 until 2026-11-23T10:30"#;

    is_left_behind_by_hand: two_hours().desk(), r#"
        16:00 open x
        - x assigned anna r/1 in_order
        16:30 open c1
        - c1 queued r/1 until 2026-11-23T10:30
        16:31 assign c1 {"to": {"agent": "bo"}}
        - c1 assigned bo by_hand
        2026-11-23T12:00 advance"#;

    /// An end that was told stays, whatever the office hours become; the next wait counts the new ones.
    stays_as_told_when_the_office_hours_change: two_hours().desk(), r#"
        16:00 open x
        - x assigned anna r/1 in_order
        16:30 open c1
        - c1 queued r/1 until 2026-11-23T10:30
        16:40 put_holiday {"id": "day", "dates": ["2026-11-23"], "inboxes": ["main"]}
        - put_holiday day
        16:41 open c2
        - c2 queued r/1 until 2026-11-24T10:41
        2026-11-23T10:30 advance
        - c1 step_entered r/2
        - c1 assigned bo r/2 in_order"#;
}

/// The events of an office that never opens again: null, and read back.
#[test]
fn no_end_in_sight_is_null_in_json() {
    let mut desk = two_hours().chat(json!({"office_hours": [], "accept_within": "1m"})).desk();
    let open = |id: &str| {
        format!(
            r#"{{"type": "open", "at": "2026-11-20T09:00:00Z", "conversation": "{id}", "inbox": "main", "channel": "chat"}}"#
        )
    };
    let mut log: Vec<Event> = desk.handle_json(&open("c1")).unwrap();
    log.extend(desk.handle_json(&open("c2")).unwrap());
    let json: Vec<Value> = log.iter().map(|event| serde_json::to_value(event).unwrap()).collect();
    let offered = json.iter().find(|event| event["type"] == "offered").unwrap();
    let queued = json.iter().find(|event| event["type"] == "queued").unwrap();
    assert_eq!((offered.get("wait_until"), queued.get("until")), (Some(&Value::Null), Some(&Value::Null)));
    for (event, json) in log.iter().zip(&json) {
        assert_eq!(serde_json::from_value::<Event>(json.clone()).unwrap(), *event);
    }
    let mut rebuilt = two_hours().chat(json!({"office_hours": [], "accept_within": "1m"})).desk();
    log.iter().for_each(|event| rebuilt.apply(event).unwrap());
    assert_eq!(rebuilt.snapshot(), desk.snapshot());
    assert_eq!(Desk::restore(&desk.snapshot()).unwrap().snapshot(), desk.snapshot());
    assert!(log.iter().any(|event| matches!(&event.kind, EventKind::Queued { until: Some(_), .. })));
}
