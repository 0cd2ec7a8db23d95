//! The key `by` names the actor in every event that the command itself caused.

use frontdesk::Event;
use serde_json::json;

use crate::support_desk::{Office, everyone};

stories! {
    stands_in_all_that_a_command_does: everyone("in_order", json!([{"id": "anna", "capacity": 1}, {"id": "bo", "capacity": 0}])), r#"
        09:00 open c1 by bo
        - c1 assigned anna all/1 in_order by bo
        09:00 open c2 by bo
        - c2 queued all/1 by bo
        09:01 update c1 by bo {"priority": 1}
        - c1 updated by bo
        # What was waiting goes on because of it.
        09:02 release c1 by bo
        - c1 unassigned from anna released by bo
        - c2 assigned anna all/1 in_order by bo
        09:03 snooze c2 by bo {"duration": "1h"}
        - c2 snoozed anna until 10:03 by bo
        09:04 reopen c2 by bo
        - c2 reopened by bo
        - c2 assigned anna held_before by bo
        09:05 close c2 by bo
        - c2 closed anna by bo
        # And without it nobody acted.
        09:06 close c1
        - c1 closed"#;

    stands_in_what_an_answer_does: Office::of(json!(["anna", "bo"])).everyone("in_order")
        .chat(json!({"accept_within": "1m"})).desk(), "
        09:00 open c1
        - c1 offered anna all/1 in_order until 09:01
        09:00 decline c1 anna by anna
        - c1 offer_declined anna by anna
        - c1 offered bo all/1 in_order until 09:01 by anna
        09:00 accept c1 bo by bo
        - c1 assigned bo all/1 in_order by bo";

    does_not_stand_in_what_fell_due_before: Office::of(json!(["anna", "bo", "cy"])).everyone("in_order")
        .chat(json!({"accept_within": "1m", "wrap_up": "1m"})).desk(), r#"
        09:00 open c1
        - c1 offered anna all/1 in_order until 09:01
        09:02 away cy by cy {"duration": "1m"}
        - 09:01 c1 offer_expired anna
        - 09:01 c1 offered bo all/1 in_order until 09:02
        - c1 offer_expired bo
        - c1 offered cy all/1 in_order until 09:03
        - cy away temporarily_away by cy
        - c1 offer_withdrawn cy by cy
        - c1 queued all/1 by cy
        # The schedule brings her back, and nobody's command.
        09:04 away bo by bo
        - 09:03 cy available always_on
        - 09:03 c1 offered cy all/1 in_order until 09:04
        - c1 offer_expired cy
        - c1 queued all/1
        - bo away set_away by bo"#;

    of_a_change_of_the_desk_is_who_changed_it: Office::of(json!([
            {"id": "anna"}, {"id": "bo", "capacity": 0}, {"id": "boss", "capacity": 0, "permissions": ["super_admin"]}]))
        .everyone("in_order").desk(), r#"
        09:00 open c1
        - c1 assigned anna all/1 in_order
        09:01 set_working_hours anna by boss []
        - set_working_hours anna by boss
        - anna away outside_working_hours by boss
        09:02 remove_agent anna by boss
        - c1 unassigned from anna removed by boss
        - remove_agent anna by boss
        - c1 queued all/1 by boss"#;
}

/// Logs of earlier builds have `by` in fewer events, and in another place.
#[test]
fn logs_of_before_are_read() {
    let agents = json!(["anna", {"id": "bo", "capacity": 0, "permissions": ["manage_availability"]}]);
    let mut desk = everyone("in_order", agents);
    let at = r#""version":1,"at":"2026-11-20T09:00:00.000Z""#;
    let log = [
        r#""seq":1,"type":"opened","conversation":"c1","inbox":"main","channel":"chat","by":"bo","id":"k1""#,
        r#""seq":2,"type":"assigned","conversation":"c1","agent":"anna","rule":"all","step":1,"strategy":"in_order","id":"k1""#,
        r#""seq":3,"type":"unassigned","conversation":"c1","agent":"anna","reason":"released""#,
        r#""seq":4,"type":"assigned","conversation":"c1","agent":"bo","by":"anna","reason":"by_hand""#,
        r#""seq":5,"type":"status_changed","agent":"anna","state":"away","reason":"set_away_by_other","until":null,"by":"bo","note":"Lunch","set":{"status":"away"}"#,
        r#""seq":6,"type":"notice","agent":"anna","notice":"set_away_by_other","by":"bo""#,
        r#""seq":7,"type":"desk_changed","change":"set_date_hours","agent":"bo","entry":[],"by":"bo""#,
    ];
    let actors = log.map(|rest| {
        let event = Event::from_json(&format!("{{{at},{rest}}}")).unwrap_or_else(|wrong| panic!("{rest}: {wrong:?}"));
        desk.apply(&event).unwrap_or_else(|wrong| panic!("{rest}: {wrong:?}"));
        event.by.map(|by| by.to_string())
    });
    assert_eq!(
        actors.each_ref().map(Option::as_deref),
        [Some("bo"), None, None, Some("anna"), Some("bo"), Some("bo"), Some("bo")]
    );
    let status = desk.status("anna", desk.now().unwrap()).unwrap();
    assert_eq!((status.by.as_deref(), status.note.as_deref()), (Some("bo"), Some("Lunch")));
}
