//! Statuses of the document: a lunch break, and ones for some kinds of channels only.

use frontdesk::{Desk, Visitor};
use serde_json::{Value, json};

use crate::support_desk::{Office, act, channel, story};

fn statuses() -> Value {
    json!([
        {"id": "lunch", "state": "away", "name": "Lunch"}, {"id": "meeting", "state": "away"},
        {"id": "calls-only", "state": "available", "kinds": ["call"]},
        {"id": "on-duty", "state": "available"},
    ])
}

/// Anna and bo work from 08:00 to 17:00; there is a chat, and a phone.
fn office() -> Office {
    let hours = json!([{"days": ["fri"], "start": "08:00", "end": "17:00"}]);
    Office::of(json!([
        {"id": "anna", "working_hours": hours}, {"id": "bo", "working_hours": hours, "capacity": 0},
        {"id": "lead", "capacity": 0, "permissions": ["super_admin"]},
    ]))
    .everyone("in_order")
    .channel(channel(
        "phone",
        "call",
        json!([{"assign_to": "everyone", "strategy": "in_order"}]),
        json!({"accept_within": "5m"}),
    ))
    .with(json!({"statuses": statuses()}))
}

fn desk() -> Desk {
    office().desk()
}

stories! {
    an_away_by_another_name: desk(), "
        09:00 set anna lunch by anna
        - anna away set_away lunch by anna
        09:01 open c1 why
        - c1 queued all/1
        * anna away set_away
        * bo at_capacity total 0
        * lead at_capacity total 0
        # Another away is another status, though for the same reason.
        09:30 set anna meeting by anna
        - anna away set_away meeting by anna
        10:00 back anna by anna
        - anna available working_hours by anna
        - c1 assigned anna all/1 in_order by anna";

    set_by_somebody_else_with_a_notice: desk(), r#"
        09:00 set anna lunch by lead
        - anna away set_away_by_other lunch by lead
        - anna notice set_away_by_other by lead
        # Who was set away by somebody else cannot shorten it.
        09:01 set anna meeting by anna {"duration": "5m"}
        09:10 advance
        09:11 set anna on-duty by anna
        - anna available set_available on-duty by anna"#;

    for_calls_only: desk(), "
        09:00 set anna calls-only by anna
        - anna available set_available calls-only by anna
        09:01 open c1 why
        - c1 queued all/1
        * anna not_taking_kind chat calls-only until 17:00
        * bo at_capacity total 0
        * lead at_capacity total 0
        09:02 open c2 phone
        - c2 offered anna r/1 in_order until 09:07
        09:03 accept c2 anna
        - c2 assigned anna r/1 in_order
        # Nobody overtakes: now she takes chats, too.
        09:04 back anna by anna
        - anna available working_hours by anna
        - c1 assigned anna all/1 in_order by anna";

    within_hours_until_they_end: desk(), "
        09:00 set anna calls-only
        - anna available set_available calls-only
        17:00 advance
        - anna away outside_working_hours
        - bo away outside_working_hours
        2026-11-27T08:30 open c1
        - 2026-11-27T08:00 anna available working_hours
        - 2026-11-27T08:00 bo available working_hours
        - c1 assigned anna all/1 in_order";

    outside_of_hours_as_a_set_available: desk(), "
        18:00 set anna calls-only
        - anna available set_available calls-only
        18:01 open c1
        - c1 queued all/1
        18:02 set anna on-duty
        - anna available set_available on-duty
        - c1 assigned anna all/1 in_order";

    until_an_absence_begins: desk(), r#"
        09:00 set anna calls-only
        - anna available set_available calls-only
        09:30 set_out_of_office anna [{"start": "2026-11-20T10:00", "end": "2026-11-20T11:00"}]
        - set_out_of_office anna
        12:00 advance
        - 10:00 anna away out_of_office
        - 11:00 anna available working_hours"#;

    holds_again_after_a_break: desk(), r#"
        09:00 set anna calls-only
        - anna available set_available calls-only
        09:30 set anna lunch {"duration": "30m"}
        - anna away temporarily_away lunch
        10:00 open c1
        - anna available set_available calls-only
        - c1 queued all/1
        10:01 open c2 phone
        - c2 offered anna r/1 in_order until 10:06"#;

    an_open_offer_stays: Office::of(json!(["anna", "bo"])).everyone("in_order").chat(json!({"accept_within": "5m"}))
        .with(json!({"statuses": statuses()})).desk(), "
        09:00 open c1
        - c1 offered anna all/1 in_order until 09:05
        09:01 set anna calls-only
        - anna available set_available calls-only
        09:02 decline c1 anna
        - c1 offer_declined anna
        - c1 offered bo all/1 in_order until 09:07
        # Taking all kinds again is no return: a decline stands.
        09:03 back anna
        - anna available always_on
        09:04 decline c1 bo
        - c1 offer_declined bo
        - c1 queued all/1";

    a_step_that_does_not_ask: office().rules(json!([{"id": "all", "steps": [
        {"assign_to": {"agents": ["anna"]}, "only_available": false},
    ]}])).desk(), "
        09:00 set anna calls-only
        - anna available set_available calls-only
        09:01 open c1
        - c1 assigned anna all/1 least_busy";

    waking_goes_to_who_takes_the_kind: desk(), r#"
        09:00 open c1
        - c1 assigned anna all/1 in_order
        09:01 snooze c1 {"until": "2026-11-20T09:10:00Z"}
        - c1 snoozed anna until 09:10
        09:05 set anna calls-only
        - anna available set_available calls-only
        09:20 back anna
        - 09:10 c1 woke
        - 09:10 c1 queued all/1
        - anna available working_hours
        - c1 assigned anna all/1 in_order"#;

    by_hand_it_does_not_matter: desk(), "
        09:00 set anna calls-only
        - anna available set_available calls-only
        09:01 open c1
        - c1 queued all/1
        09:02 assign c1 to anna
        - c1 assigned anna by_hand";

    gives_back_as_an_away_does: office().settings(json!({"on_away": "requeue"})).desk(), "
        09:00 open c1
        - c1 assigned anna all/1 in_order
        09:01 set anna lunch by anna
        - anna away set_away lunch by anna
        - c1 unassigned from anna agent_away by anna
        - c1 queued all/1 by anna";

    what_is_not_there_or_cannot_be: desk(), r#"
        09:00 set anna lunhc
        - refused unknown_status
        09:00 set anna calls-only {"duration": "5m"}
        - refused conflict"#;

    a_status_that_somebody_has_stays: desk(), r#"
        09:00 set anna lunch
        - anna away set_away lunch
        09:01 configure {"statuses": []}
        - refused in_use
        09:02 configure {"statuses": [{"id": "lunch", "state": "available"}]}
        - refused in_use
        09:03 configure {"statuses": [{"id": "lunch", "state": "away", "name": "Break"}]}
        - configure statuses=lunch
        09:04 back anna
        - anna available working_hours
        09:05 configure {"statuses": []}
        - configure statuses=
        09:06 set anna lunch
        - refused unknown_status"#;

    other_kinds_count_at_once: desk(), r#"
        09:00 set anna calls-only
        - anna available set_available calls-only
        09:01 open c1
        - c1 queued all/1
        09:02 configure {"statuses": [{"id": "calls-only", "state": "available", "kinds": ["call", "chat"]}]}
        - configure statuses=calls-only
        - c1 assigned anna all/1 in_order"#;

    a_deactivated_agent_has_it_once_active: desk(), r#"
        09:00 put_agent {"id": "anna", "active": false}
        - put_agent anna
        - anna away deactivated
        09:01 set anna calls-only
        - anna away deactivated
        09:02 put_agent {"id": "anna"}
        - put_agent anna
        - anna available set_available calls-only
        09:03 open c1
        - c1 queued all/1"#;
}

/// Across a change of the clocks, it holds until the wall clock shows the end of the hours.
#[test]
fn until_the_wall_clock_shows_the_end() {
    let night = json!([{"days": ["sat"], "start": "20:00", "end": "06:00"}]);
    let desk = Office::of(json!([{"id": "anna", "time_zone": "Europe/Stockholm", "working_hours": night}]))
        .everyone("in_order")
        .with(json!({"statuses": statuses()}))
        .desk();
    story(
        &desk,
        "
        2026-03-28T22:00 set anna calls-only
        - anna available set_available calls-only
        2026-03-29T04:00 advance
        - anna away outside_working_hours",
    );
}

#[test]
fn the_answer_names_it() {
    let mut desk = desk();
    act(&mut desk, "09:00 set anna lunch by anna");
    act(&mut desk, "09:30 set anna meeting by anna");
    let at = |text: &str| frontdesk::time::Instant::parse(&format!("2026-11-20T{text}:00Z")).unwrap();
    let status = desk.status("anna", at("10:00")).unwrap();
    assert_eq!(status.status.as_deref(), Some("meeting"));
    assert_eq!(status.since, Some(at("09:30")));
    assert_eq!(desk.status("anna", at("08:30")).unwrap().status, None);
    act(&mut desk, "10:30 set anna meeting by anna");
    assert_eq!(desk.status("anna", at("11:00")).unwrap().since, Some(at("09:30")));
    act(&mut desk, "11:00 back anna by anna");
    assert_eq!(desk.status("anna", at("11:00")).unwrap().status, None);
}

/// Visitors see the agents who take the kind of the channel.
#[test]
fn a_team_that_takes_calls_only_is_away_from_the_chat() {
    let hours = json!([{"days": ["fri"], "start": "08:00", "end": "17:00"}]);
    let mut desk = Office::of(json!([{"id": "anna", "working_hours": hours}]))
        .everyone("in_order")
        .channel(channel("phone", "call", json!([{"assign_to": "everyone"}]), json!({})))
        .with(json!({"statuses": statuses()}))
        .desk();
    act(&mut desk, "09:00 set anna calls-only");
    let at = frontdesk::time::Instant::parse("2026-11-20T10:00:00Z").unwrap();
    let seen = |channel: &str| desk.visitor("main", channel, at, &Visitor::default()).unwrap();
    let shown = |channel: &str| serde_json::to_value(seen(channel)).unwrap();
    assert_eq!(shown("chat")["state"], "away");
    assert_eq!(shown("chat")["until"], "2026-11-27T08:00:00.000Z");
    assert_eq!(shown("chat")["opens_at"], "2026-11-27T08:00:00.000Z");
    assert_eq!(shown("phone")["state"], "online");
    assert_eq!(shown("phone")["until"], "2026-11-20T17:00:00.000Z");
    let earlier = frontdesk::time::Instant::parse("2026-11-20T08:30:00Z").unwrap();
    let view = desk.visitor("main", "chat", earlier, &Visitor::default()).unwrap();
    assert_eq!(view.until.map(|at| at.to_string()).as_deref(), Some("2026-11-20T09:00:00.000Z"));
    let restored = Desk::restore(&desk.snapshot()).unwrap();
    assert_eq!(restored.visitor("main", "chat", at, &Visitor::default()), Ok(seen("chat")));
}
