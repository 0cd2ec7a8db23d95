//! Closed conversations leave the desk: `forget_closed_after` and the command `forget` (section 5).

use allocation_counter::measure;
use frontdesk::Desk;
use serde_json::json;

use crate::support_desk::{Office, act, everyone, one_each};

/// Agents who take one chat at a time and wrap up for ten minutes; what is closed is forgotten after an hour.
fn forgetful() -> Office {
    let settings = json!({"forget_closed_after": "1h"});
    Office::of(one_each()).everyone("in_order").chat(json!({"wrap_up": "10m"})).settings(settings)
}

/// A desk whose step asks for the last agent of the contact first.
fn returning() -> Desk {
    let steps = json!([{"assign_to": "last_agent"}, {"assign_to": "everyone", "strategy": "in_order"}]);
    let settings = json!({"forget_closed_after": "1h"});
    Office::of(json!(["anna", "bo"])).steps(steps).settings(settings).desk()
}

stories! {
    /// The time counts from the end: of the wrap-up where there is one. Then the id is unknown, and free.
    after_its_time_a_closed_conversation_is_forgotten: forgetful().desk(), r#"
        09:00 open c1
        - c1 assigned anna all/1 in_order
        09:05 close c1
        - c1 closed anna until 09:15
        09:20 advance
        - 09:15 c1 wrap_up_ended anna
        10:14:59.999 advance
        10:15 advance
        - c1 forgotten
        10:16 reopen c1
        - refused unknown_conversation
        10:17 open c1
        - c1 assigned anna all/1 in_order
    "#;

    /// One that is reopened in time is not forgotten; once closed again it has the whole time.
    reopening_stops_it: forgetful().desk(), r#"
        09:00 open c1
        - c1 assigned anna all/1 in_order
        09:05 close c1
        - c1 closed anna until 09:15
        10:00 reopen c1
        - 09:15 c1 wrap_up_ended anna
        - c1 reopened
        - c1 assigned anna held_before
        10:15 advance
        10:30 close c1
        - c1 closed anna until 10:40
        11:39 advance
        - 10:40 c1 wrap_up_ended anna
        11:40 advance
        - c1 forgotten
    "#;

    /// Several of one instant are forgotten in the order of opening.
    in_the_order_of_opening: everyone_forgetful(), r#"
        09:00 open c1
        - c1 assigned anna all/1 in_order
        09:00 open c2
        - c2 assigned anna all/1 in_order
        09:30 close c2
        - c2 closed anna
        09:30 close c1
        - c1 closed anna
        12:00 advance
        - 10:30 c1 forgotten
        - 10:30 c2 forgotten
    "#;

    /// By hand it is forgotten at once, and with it its wrap-up; an open one is not.
    the_command_forgets_at_once: forgetful().desk(), r#"
        09:00 open c1
        - c1 assigned anna all/1 in_order
        09:01 forget c1
        - refused conversation_open
        09:02 close c1
        - c1 closed anna until 09:12
        09:03 forget c1 by bo
        - c1 wrap_up_ended anna by bo
        - c1 forgotten by bo
        09:04 forget c1
        - refused unknown_conversation
    "#;

    /// The room of a wrap-up that is forgotten goes to the queue.
    its_room_goes_to_the_queue: Office::of(json!([{"id": "anna", "capacity": 1}])).everyone("in_order")
        .chat(json!({"wrap_up": "10m"})).desk(), r#"
        09:00 open c1
        - c1 assigned anna all/1 in_order
        09:01 open c2
        - c2 queued all/1
        09:02 close c1
        - c1 closed anna until 09:12
        09:03 forget c1
        - c1 wrap_up_ended anna
        - c1 forgotten
        - c2 assigned anna all/1 in_order
    "#;

    /// The agent who last held a conversation of a contact is known as long as one of theirs is.
    with_the_last_of_a_contact_goes_their_last_agent: returning(), r#"
        09:00 open c1 {"contact": {"id": "x"}}
        - c1 assigned anna r/2 in_order
        09:01 assign c1 to bo
        - c1 assigned bo by_hand
        09:02 close c1
        - c1 closed bo
        09:30 open c2 {"contact": {"id": "x"}}
        - c2 assigned bo r/1 least_busy
        09:40 close c2
        - c2 closed bo
        10:10 open c3 {"contact": {"id": "x"}}
        - 10:02 c1 forgotten
        - c3 assigned bo r/1 least_busy
        10:11 assign c3 to anna
        - c3 assigned anna by_hand
        10:12 update c3 {"contact": {"id": "y"}}
        - c3 updated
        10:13 open c4 {"contact": {"id": "x"}}
        - c4 assigned bo r/1 least_busy
        10:14 close c4
        - c4 closed bo
        11:20 open c5 {"contact": {"id": "x"}}
        - 10:40 c2 forgotten
        - 11:14 c4 forgotten
        - c5 assigned anna r/2 in_order
    "#;

    /// If the latest that was held is forgotten, the one before it says who the last agent is.
    the_last_agent_is_that_of_what_is_remembered: returning(), r#"
        09:00 open c1 {"contact": {"id": "x"}}
        - c1 assigned anna r/2 in_order
        09:01 open c2 {"contact": {"id": "x"}}
        - c2 assigned anna r/1 least_busy
        09:02 assign c2 to bo
        - c2 assigned bo by_hand
        09:03 close c2
        - c2 closed bo
        09:04 forget c2
        - c2 forgotten
        09:05 open c3 {"contact": {"id": "x"}}
        - c3 assigned anna r/1 least_busy
    "#;

    /// An agent who is removed while wrapping up is done with it then.
    a_removed_agent_ends_the_wrap_up: forgetful().chat(json!({"wrap_up": "2h"})).desk(), r#"
        09:00 open c1
        - c1 assigned anna all/1 in_order
        09:05 close c1
        - c1 closed anna until 11:05
        10:30 remove_agent anna
        - remove_agent anna
        11:29 advance
        11:30 advance
        - c1 forgotten
    "#;

    /// A decline holds until the conversation is reopened.
    reopened_it_is_offered_to_who_declined: Office::of(json!(["anna"])).everyone("in_order")
        .chat(json!({"accept_within": "1m"})).desk(), r#"
        09:00 open c1
        - c1 offered anna all/1 in_order until 09:01
        09:00:30 decline c1 anna
        - c1 offer_declined anna
        - c1 queued all/1
        09:05 close c1
        - c1 closed
        09:06 reopen c1
        - c1 reopened
        - c1 offered anna all/1 in_order until 09:07
    "#;
}

fn everyone_forgetful() -> Desk {
    Office::of(json!(["anna"])).everyone("in_order").settings(json!({"forget_closed_after": "1h"})).desk()
}

/// Without the setting nothing is forgotten.
#[test]
fn nothing_is_forgotten_by_itself() {
    let mut desk = everyone("in_order", json!(["anna"]));
    act(&mut desk, "09:00 open c1");
    act(&mut desk, "09:01 close c1");
    act(&mut desk, "2199-01-01T00:00 advance");
    assert!(desk.conversation("c1").is_some());
    assert_eq!(desk.next_wakeup(), None);
}

/// A desk of ten thousand conversations, of which all but the last hour's are forgotten, is as large as one of the last
/// hour alone.
#[test]
fn what_is_forgotten_leaves_nothing() {
    let mut desk = everyone_forgetful();
    let start = frontdesk::time::Instant::parse("2026-11-20T00:00:00Z").unwrap();
    for number in 0..10_000 {
        let at = start.saturating_add(number * 60_000);
        let open = json!({"type": "open", "at": at, "conversation": format!("c{number}"), "inbox": "main",
            "channel": "chat", "contact": {"id": format!("x{number}")}});
        desk.handle_json(&open.to_string()).unwrap();
        desk.handle_json(&json!({"type": "close", "at": at, "conversation": format!("c{number}")}).to_string())
            .unwrap();
        assert!(desk.conversations().count() <= 61);
    }
    assert_eq!(desk.conversations().count(), 60);
    assert!(desk.snapshot().len() < 20_000, "{}", desk.snapshot().len());
}

/// The data of a contact leaves the desk; ids, and who last held a conversation of theirs, stay.
#[test]
fn erased_data_is_nowhere() {
    let mut desk = returning();
    let contact = r#"{"contact": {"id": "x", "owner": "bo", "known": true, "attributes": {"name": "Secret Person"}}}"#;
    act(&mut desk, &format!("09:00 open c1 {contact}"));
    act(&mut desk, "09:01 close c1");
    act(&mut desk, &format!("09:02 open c2 {contact}"));
    assert!(desk.snapshot().contains("Secret Person"));
    assert_eq!(act(&mut desk, "09:03 erase x"), ["- erased x"]);
    let snapshot = desk.snapshot();
    assert!(!snapshot.contains("Secret Person") && snapshot.contains(r#"{"id":"x","owner":"bo","known":true}"#));
    assert!(!format!("{desk:?}").contains("Secret Person"), "nothing that only saves time or memory has it");
    assert_eq!(act(&mut desk, "09:04 open c3 {\"contact\": {\"id\": \"x\"}}"), ["- c3 assigned anna r/1 least_busy"]);
    // A log may have what this desk never had, or has forgotten.
    assert_eq!(act(&mut desk, "09:05 erase nobody"), ["- erased nobody"]);
}

/// Nor does the address stay of somebody whose conversation is in the spam, or was when it went into the trash.
#[test]
fn an_erased_address_is_in_no_reason_of_the_spam() {
    let mut desk = returning();
    for id in ["c1", "c2"] {
        let from = r#"{"contact": {"id": "x"}, "from": "jane@example.org"}"#;
        act(&mut desk, &format!("09:00 open {id} {from}"));
    }
    act(&mut desk, "09:01 block c1");
    act(&mut desk, "09:01 block c2");
    act(&mut desk, "09:02 trash c2");
    act(&mut desk, r#"09:03 unblock sender jane@example.org {"inbox": "main"}"#);
    assert!(desk.snapshot().contains("jane"));
    assert_eq!(act(&mut desk, "09:04 erase x"), ["- erased x"]);
    let snapshot = desk.snapshot();
    assert!(!snapshot.contains("jane") && !format!("{desk:?}").contains("jane"), "{snapshot}");
    assert_eq!(Desk::restore(&snapshot).map(|desk| desk.snapshot()), Ok(snapshot));
}

/// Forgotten conversations between open ones take no memory: the open ones take about what they take alone.
#[test]
fn what_stays_takes_no_more_for_what_is_forgotten() {
    let memory = |forgotten_between: usize| {
        let mut desk = None;
        let kept = measure(|| {
            let mut kept = everyone_forgetful();
            for number in 0..300 {
                act(&mut kept, &format!("09:00 open open{number}"));
                for between in 0..forgotten_between {
                    let id = format!("c{number}-{between}");
                    act(&mut kept, &format!("09:00 open {id}"));
                    act(&mut kept, &format!("09:00 close {id}"));
                    act(&mut kept, &format!("09:00 forget {id}"));
                }
            }
            desk = Some(kept);
        });
        assert_eq!(desk.map(|desk| desk.conversations().count()), Some(300));
        kept.bytes_current as f64
    };
    let (alone, among) = (memory(0), memory(40));
    assert!(among < 1.5 * alone, "{among} bytes among others, {alone} alone");
}
