//! Offers: several at once, those that end unaccepted, and the room that they take.

use super::{open, story_on};

/// A desk that offers a chat to two at once, offers it again after a while, and lets two chats wait for up to 4 minutes.
const DESK: &str = r#"{
    "version": 1, "time_zone": "Europe/Stockholm",
    "agents": [{"id": "anna", "capacity": 1}, {"id": "bo", "capacity": 1}],
    "inboxes": [{"id": "main", "channels": [{"id": "chat", "kind": "chat", "accept_within": "30s", "offers_at_once": 2,
        "offer_again_after": "5m", "wrap_up": "2m",
        "waiting_limit": {"at_most": 1, "longest": "4m", "otherwise": "unassigned"},
        "rules": [{"id": "all", "steps": [{"assign_to": "everyone"}]}]}]}]
}"#;

/// A command of an agent about a conversation.
fn of(agent: &str, verb: &str, id: &str) -> String {
    format!(r#""type": "{verb}", "conversation": "{id}", "agent": "{agent}", "by": "{agent}""#)
}

#[test]
fn the_offers_that_an_acceptance_ends_are_told_after_it() {
    let told = story_on(DESK, &[("09:00:00", &open("c", "chat", "")), ("09:00:10", &of("bo", "accept", "c"))]);
    assert_eq!(
        told[1..],
        [
            "09:00:00 It was offered to anna until 09:00:30, by step 1 of the rule all (least busy): anna had the load 0, \
             like bo, and is listed first, as neither had been given or offered anything yet.",
            "09:00:00 It was offered to bo until 09:00:30, by step 1 of the rule all (least busy): bo was the only one who \
             could take it.",
            "09:00:00 Asked already: anna (has the offer).",
            "09:00:10 bo accepted it 10 s after the offer.",
            "09:00:10 The offer to anna was taken back.",
        ]
    );
}

#[test]
fn what_takes_the_room_of_the_full_is_told() {
    let (first, arrival) = (open("first", "chat", ""), open("c", "chat", ""));
    let why_not = |told: Vec<String>| told.into_iter().find(|line| line.contains("Why not")).unwrap_or_default();
    let told = story_on(DESK, &[("09:00:00", &first), ("09:00:05", &arrival)]);
    assert_eq!(why_not(told), "09:00:05 Why not: anna and bo (full, 1 of 1, offers included).");
    let (accept, close) = (of("bo", "accept", "first"), r#""type": "close", "conversation": "first""#);
    let away = r#""type": "set_status", "agent": "anna", "status": "away""#;
    let commands = [
        ("09:00:00", &*first),
        ("09:00:05", &*accept),
        ("09:00:06", away),
        ("09:00:10", close),
        ("09:00:20", &*arrival),
        ("09:03:00", r#""type": "advance""#),
    ];
    let told = story_on(DESK, &commands);
    assert_eq!(why_not(told.clone()), "09:00:20 Why not: anna (set away), bo (full, 1 of 1, wrap-ups included).");
    assert_eq!(told[3], "09:02:10 bo finished wrapping up first.");
    let accepted = [("09:02:20", of("bo", "accept", "c"))];
    let accepted = accepted.each_ref().map(|(clock, keys)| (*clock, keys.as_str()));
    let told = story_on(DESK, &[&commands[..5], &accepted].concat());
    assert_eq!(told.last().unwrap(), "09:02:20 bo accepted it 10 s after the offer; it had waited 2 min in all.");
}

#[test]
fn nobody_is_said_to_be_asked_again_once_it_is_left() {
    let told = story_on(DESK, &[("09:00:00", &open("c", "chat", "")), ("09:10:00", r#""type": "advance""#)]);
    assert_eq!(
        told[4..],
        [
            "09:00:30 anna did not accept it in time.",
            "09:00:30 bo did not accept it in time.",
            "09:00:30 Nobody could take it by step 1 of the rule all, so it waits in the queue.",
            "09:00:30 Why not: anna and bo (did not take it, and may be offered it again at 09:05:30).",
            "09:04:00 It has waited as long as its channel allows, so it is left for someone to take by hand.",
            "09:04:00 Why not: anna and bo (did not take it).",
        ]
    );
}

#[test]
fn a_full_queue_is_told() {
    let (one, two, arrival) = (open("one", "chat", ""), open("two", "chat", ""), open("c", "chat", ""));
    let told = story_on(DESK, &[("09:00:00", &one), ("09:00:01", &two), ("09:00:02", &arrival)]);
    let full = "09:00:02 Nobody could take it, and the queue of its channel is full, so it is left for someone to take by hand.";
    assert_eq!(told[1], full);
}

#[test]
fn steps_that_found_nobody_are_told() {
    for (steps, told) in [
        (r#"{"assign_to": "contact_owner"}, {"assign_to": "everyone"}"#, ", as step 1 found nobody (least busy)"),
        (
            r#"{"assign_to": "contact_owner"}, {"assign_to": "last_agent"}, {"assign_to": "everyone"}"#,
            ", as steps 1 and 2 found nobody (least busy)",
        ),
        (r#"{"assign_to": "everyone"}"#, "step 1 of the rule all (least busy)"),
    ] {
        let desk = DESK.replace(r#"{"assign_to": "everyone"}"#, steps);
        let told_all = story_on(&desk, &[("09:00:00", &open("c", "chat", ""))]);
        assert!(told_all[1].contains(told), "{told_all:#?}");
    }
}
