//! Figures of events made by a desk.

use frontdesk::Desk;

use super::{Share, Summary, Tally, Waits};

const DESK: &str = r#"{
    "version": 1, "time_zone": "UTC",
    "teams": [{"id": "t"}],
    "agents": [{"id": "anna", "team": "t", "capacity": 1}, {"id": "bo", "team": "t", "capacity": 1},
               {"id": "cy", "team": "t", "capacity": 0}],
    "inboxes": [{"id": "main", "channels": [
        {"id": "chat", "kind": "chat", "rules": [{"id": "all", "steps": [{"assign_to": {"teams": ["t"]}}]}]},
        {"id": "form", "kind": "form"},
        {"id": "phone", "kind": "call", "rules": [{"id": "calls", "steps": [{"assign_to": {"teams": ["t"]}}]}]}]}]
}"#;

/// Returns the summary after commands, each given as its minute after nine and its other keys.
fn after(commands: &[(u32, &str)]) -> Summary {
    let mut desk = Desk::from_json(DESK).unwrap();
    let mut summary = Summary::of(&desk.document());
    for (minute, keys) in commands {
        let at = format!("2026-11-20T{:02}:{:02}:00Z", 9 + minute / 60, minute % 60);
        let events = desk.handle_json(&format!(r#"{{"at": "{at}", {keys}}}"#)).unwrap();
        events.iter().for_each(|event| summary.count(event));
    }
    summary
}

fn open(id: &str, channel: &str) -> String {
    format!(r#""type": "open", "conversation": "{id}", "inbox": "main", "channel": "{channel}""#)
}

fn close(id: &str) -> String {
    format!(r#""type": "close", "conversation": "{id}""#)
}

fn tally(summary: &Summary, agent: &str) -> Tally {
    summary.agents().into_iter().find(|(id, _)| **id == agent).unwrap().1
}

#[test]
fn waits_count_from_arrival_until_someone_has_it() {
    let summary = after(&[
        (0, &open("c1", "chat")),
        (0, &open("c2", "chat")),
        (1, &open("c3", "chat")),
        (2, &open("c4", "chat")),
        (3, &open("f1", "form")),
        (11, &close("c1")),
        (32, &close("c2")),
    ]);
    assert_eq!((summary.conversations(), summary.at_once(), summary.never()), (5, 2, 1));
    let waits = Waits { count: 2, median: 600_000, percentile_95: 1_800_000, longest: 1_800_000 };
    assert_eq!(summary.waits(), Some(waits));
    assert_eq!(summary.places(), [(1, "unassigned"), (2, "with agents"), (2, "closed")]);
}

#[test]
fn there_are_no_waits_where_nobody_waited() {
    assert_eq!(after(&[(0, &open("c1", "chat"))]).waits(), None);
}

#[test]
fn a_wait_is_over_when_an_offer_is_accepted() {
    let accept = r#""type": "accept", "conversation": "p1", "agent": "anna""#;
    assert_eq!(after(&[(0, &open("p1", "phone"))]).places(), [(1, "offered")]);
    let summary = after(&[(0, &open("p1", "phone")), (0, accept)]);
    assert_eq!((summary.at_once(), tally(&summary, "anna").got), (1, 1));
    let missed = after(&[(0, &open("p1", "phone")), (2, r#""type": "advance""#)]);
    assert_eq!((tally(&missed, "anna").missed, tally(&missed, "bo").missed), (1, 1));
    let decline = r#""type": "decline", "conversation": "p1", "agent": "anna""#;
    let declined = after(&[(0, &open("p1", "phone")), (0, decline), (2, r#""type": "advance""#)]);
    assert_eq!((tally(&declined, "anna").missed, tally(&declined, "bo").missed), (0, 1));
}

#[test]
fn what_moves_from_hand_to_hand_is_held_by_one() {
    let to_bo = r#""type": "assign", "conversation": "c1", "to": {"agent": "bo"}"#;
    let to_team = r#""type": "assign", "conversation": "c1", "to": {"team": "t"}"#;
    let summary = after(&[(0, &open("c1", "chat")), (1, to_bo), (2, to_team)]);
    assert_eq!(tally(&summary, "anna"), Tally { got: 1, peak: 1, holds: 0, missed: 0 });
    assert_eq!(tally(&summary, "bo"), Tally { got: 1, peak: 1, holds: 0, missed: 0 });
    assert_eq!(summary.places(), [(1, "given to a team")]);
}

#[test]
fn the_share_of_a_rule_knows_those_who_got_nothing() {
    let summary = after(&[(0, &open("c1", "chat")), (0, &open("c2", "chat"))]);
    let shares = summary.shares();
    let [Share { rule, counts }] = shares.as_slice() else { panic!("{shares:?}") };
    assert_eq!(rule.2, "all");
    let counts: Vec<(&str, u64)> = counts.iter().map(|(id, count)| (id.as_str(), *count)).collect();
    assert_eq!(counts, [("anna", 1), ("bo", 1), ("cy", 0)]);
    assert!((shares[0].evenness() - 2.0 / 3.0).abs() < 1e-9);
}

#[test]
fn a_refused_command_is_counted_and_is_no_conversation() {
    let summary = after(&[(0, &open("c1", "chat")), (1, &open("c1", "chat"))]);
    assert_eq!((summary.refused(), summary.conversations()), (1, 1));
}

/// A restored conversation is where it was, and a deleted one is not in the trash; nobody waits in the spam, in the trash
/// or for an answer.
#[test]
fn spam_trash_and_sent_mail_are_no_waits() {
    let of = |kind: &str, id: &str| format!(r#""type": "{kind}", "conversation": "{id}""#);
    let summary = after(&[
        (0, &open("a", "form")),
        (1, &of("mark_spam", "a")),
        (2, &of("trash", "a")),
        (3, &of("restore", "a")),
        (4, &open("b", "form")),
        (5, &of("trash", "b")),
        (6, &of("forget", "b")),
        (7, &open("c", "chat")),
        (8, &of("mark_spam", "c")),
        (90, &of("not_spam", "c")),
        (91, &format!(r#"{}, "outbound": true, "by": "cy""#, open("d", "chat"))),
        (200, &format!(r#"{}, "from": "visitor""#, of("message", "d"))),
        (201, &open("e", "form")),
        (202, &of("trash", "e")),
    ]);
    assert_eq!(
        summary.places(),
        [(2, "with agents"), (1, "in the spam"), (1, "in the trash"), (1, "deleted from the trash")]
    );
    assert_eq!((summary.at_once(), summary.waits()), (2, None));
}
