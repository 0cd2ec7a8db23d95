//! `may`: whether a command is allowed, and what else a composer shows.

use frontdesk::{Deadline, Desk, Options};
use serde_json::{Value, json};

use crate::support_desk::{Office, act, channel, command};

/// Asks about a command, compares the answer, which leaves the desk as it was, and then gives the command.
#[track_caller]
fn assert_may(desk: &mut Desk, line: &str, answer: &str) {
    let (command, _) = command(desk, line, &[]);
    let (before, wakeup) = (desk.snapshot(), desk.next_wakeup());
    let may = desk.may(&command);
    assert_eq!(serde_json::to_string(&may).unwrap(), answer, "{line}");
    assert_eq!((desk.snapshot(), desk.next_wakeup()), (before, wakeup), "{line}");
    let events = desk.handle(&command);
    let refused = events.iter().find_map(|event| {
        let event: Value = serde_json::from_str(&event.to_json()).unwrap();
        (event["type"] == "refused").then_some(event)
    });
    let asked: Value = serde_json::from_str(answer).unwrap();
    let refused = refused.unwrap_or_default();
    for key in ["code", "message", "until"] {
        assert_eq!(asked[key], refused[key], "{line}");
    }
}

/// Asks about several commands, one after the other, each of which is then given.
#[track_caller]
fn assert_all(mut desk: Desk, before: &[&str], lines: &[(&str, &str)]) {
    before.iter().for_each(|line| drop(act(&mut desk, line)));
    lines.iter().for_each(|(line, answer)| assert_may(&mut desk, line, answer));
}

const ALLOWED: &str = r#"{"allowed":true}"#;

/// Returns the answer of a refusal.
fn denied(code: &str, message: &str) -> String {
    format!(r#"{{"allowed":false,"code":"{code}","message":"{message}"}}"#)
}

fn office() -> Office {
    Office::of(json!([
        {"id": "anna", "capacity": 1}, "bo",
        {"id": "gone", "active": false},
        {"id": "boss", "team": "out", "permissions": ["super_admin"]},
    ]))
    .inbox(json!({"access": {"agents": ["anna", "bo"]}}))
    .everyone("in_order")
}

/// A messenger with windows of 24 hours and 7 days.
fn messenger(window: Value) -> Desk {
    let steps = json!([{"assign_to": "everyone", "strategy": "in_order"}]);
    office().channel(channel("fb", "messenger", steps, json!({"reply_window": window}))).desk()
}

#[test]
fn tells_when_the_windows_close() {
    const ENDS: &str = r#""reply_window":{"automated":"2026-11-21T09:00:00.000Z","person":"2026-11-27T09:00:00.000Z"}"#;
    let allowed = format!(r#"{{"allowed":true,{ENDS}}}"#);
    let closed = |at: &str| {
        let message = format!(
            "the reply window of the channel fb closed at {at}, counted from the contact's last message; it opens again when \
             the contact writes"
        );
        format!(r#"{{"allowed":false,"code":"window_closed","message":"{message}",{ENDS}}}"#)
    };
    let (automated, person) = (closed("2026-11-21T09:00:00.000Z"), closed("2026-11-27T09:00:00.000Z"));
    assert_all(
        messenger(json!({"automated": "24h", "person": "7d"})),
        &["09:00 open c1 fb"],
        &[
            ("09:00 reply c1 by anna", &allowed),
            ("09:01 message c1 bot", &allowed),
            ("2026-11-21T08:59:59.999 message c1 automated", &allowed),
            ("2026-11-21T09:00 message c1 automated", &automated),
            ("2026-11-21T09:00 message c1 bot", &automated),
            ("2026-11-21T09:00 message c1 agent by bo", &allowed),
            ("2026-11-27T08:59:59.999 reply c1 by anna", &allowed),
            ("2026-11-27T09:00 reply c1 by anna", &person),
            ("2026-11-27T09:00 message c1 agent by anna", &person),
            // The visitor may always write, and opens them again.
            ("2026-11-28T09:00 message c1 visitor", ALLOWED),
            (
                "2026-11-28T09:00 reply c1 by anna",
                r#"{"allowed":true,"reply_window":{"automated":"2026-11-29T09:00:00.000Z","person":"2026-12-05T09:00:00.000Z"}}"#,
            ),
        ],
    );
}

#[test]
fn tells_only_the_windows_that_there_are() {
    let desk = messenger(json!({"person": "1h"}));
    let person = r#"{"allowed":true,"reply_window":{"person":"2026-11-20T10:00:00.000Z"}}"#;
    let before = ["09:00 open c1 fb", "09:00 open c2"];
    // A chat has no windows.
    assert_all(desk, &before, &[("11:00 message c1 automated", person), ("11:00 reply c2 by anna", ALLOWED)]);
    let desk = messenger(json!({"automated": "1h"}));
    let automated = r#"{"allowed":true,"reply_window":{"automated":"2026-11-20T10:00:00.000Z"}}"#;
    assert_all(desk, &["09:00 open c1 fb"], &[("11:00 reply c1 by anna", automated)]);
}

/// A refusal for another reason tells them, too: a composer shows both.
#[test]
fn tells_the_windows_with_any_refusal() {
    const ENDS: &str = r#""reply_window":{"automated":"2026-11-21T09:00:00.000Z","person":"2026-11-27T09:00:00.000Z"}"#;
    let no_access = format!(
        r#"{{"allowed":false,"code":"no_inbox_access","message":"boss has no access to the inbox main",{ENDS}}}"#
    );
    let closed = format!(
        r#"{{"allowed":false,"code":"conversation_closed","message":"the conversation \"c1\" is closed",{ENDS}}}"#
    );
    assert_all(
        messenger(json!({"automated": "24h", "person": "7d"})),
        &["09:00 open c1 fb", "09:01 close c1"],
        &[("09:02 reply c1 by boss", &no_access), ("09:02 reply c1 by anna", &closed)],
    );
}

/// The windows of what an agent sent first are closed since it was opened.
#[test]
fn tells_closed_windows_where_the_contact_never_wrote() {
    let closed = r#"{"allowed":false,"code":"window_closed","message":"the channel fb sends replies only after the contact has written","reply_window":{"automated":"2026-11-20T09:00:00.000Z","person":"2026-11-20T09:00:00.000Z"}}"#;
    assert_all(
        messenger(json!({"automated": "24h", "person": "7d"})),
        &[r#"09:00 open c1 fb by anna {"outbound": true}"#],
        &[("09:00 message c1 agent by anna", closed), ("09:05 message c1 agent by anna", closed)],
    );
}

#[test]
fn what_falls_due_before_the_command_counts() {
    // The conversation snoozed until ten is awake then, and anna, who holds nothing, has it.
    assert_all(
        office().desk(),
        &["09:00 open c1", r#"09:01 snooze c1 {"until": "2026-11-20T10:00:00Z"}"#],
        &[
            ("09:59 reopen c9", &denied("unknown_conversation", r#"there is no conversation \"c9\""#)),
            ("10:00 reopen c1", &denied("conversation_open", r#"the conversation \"c1\" is open"#)),
        ],
    );
}

#[test]
fn a_super_admin_without_access_acts_on_the_document_only() {
    let no_access = denied("no_inbox_access", "boss has no access to the inbox main");
    assert_all(
        office().desk(),
        &["09:00 open c1"],
        &[
            ("09:01 close c1 by boss", &no_access),
            ("09:01 assign c1 to anna by boss", &no_access),
            ("09:01 reply c1 by boss", &no_access),
            (r#"09:01 put_agent by boss {"id": "bo"}"#, ALLOWED),
            ("09:01 away anna by boss", ALLOWED),
        ],
    );
}

#[test]
fn agents_without_permission_or_who_are_deactivated() {
    assert_all(
        office().desk(),
        &["09:00 open c1"],
        &[
            ("09:01 away anna by bo", &denied("not_permitted", "bo may not set the status of others")),
            ("09:01 away bo by bo", ALLOWED),
            ("09:01 close c1 by gone", &denied("not_permitted", "gone may not act, being deactivated")),
            ("09:01 close c1 by nobody", &denied("unknown_agent", r#"there is no agent \"nobody\""#)),
            ("09:01 assign c1 to gone", &denied("deactivated", "gone is deactivated")),
            ("09:01 assign c1 to boss", &denied("no_inbox_access", "boss has no access to the inbox main")),
        ],
    );
}

#[test]
fn a_time_in_the_past_is_refused_as_by_handle() {
    assert_all(
        office().desk(),
        &["09:00 open c1"],
        &[
            ("08:59 close c1 by anna", &denied("time_goes_back", "the desk is at 2026-11-20T09:00:00.000Z already")),
            ("08:59 reply c1 by anna", &denied("time_goes_back", "the desk is at 2026-11-20T09:00:00.000Z already")),
            (
                r#"09:01 snooze c1 {"until": "2026-11-20T09:00:00Z"}"#,
                &denied("in_the_past", "2026-11-20T09:00:00.000Z is not after the command at 2026-11-20T09:01:00.000Z"),
            ),
        ],
    );
}

#[test]
fn a_bot_is_not_interrupted_and_the_answer_tells_until_when() {
    let steps = json!([{"assign_to": {"bot": "robo"}}]);
    let desk = Office::of(json!(["anna"])).steps(steps).desk();
    let active = r#"{"allowed":false,"code":"bot_active","message":"a bot has the conversation \"c1\", whose contact may still write; close it from 2026-11-20T09:30:00.000Z","until":"2026-11-20T09:30:00.000Z"}"#;
    let held = denied("not_with_bot", r#"the conversation \"c2\" is with no bot"#);
    assert_all(
        desk,
        &["09:00 open c1", "09:00 open c2", "09:00 assign c2 to anna"],
        &[
            ("09:29:59.999 close c1 by anna", active),
            ("09:29:59.999 hand_over c2 by anna", &held),
            ("09:30 close c1 by anna", ALLOWED),
        ],
    );
}

#[test]
fn spam_and_trash() {
    let in_spam = denied("in_spam", r#"the conversation \"c1\" is in the spam; take it out of there first"#);
    let in_trash = denied("in_trash", r#"the conversation \"c2\" is in the trash; restore it first"#);
    assert_all(
        office().desk(),
        &["09:00 open c1", "09:00 open c2", "09:01 mark_spam c1", "09:01 trash c2"],
        &[
            ("09:02 close c1 by anna", &in_spam),
            ("09:02 reply c1 by anna", &in_spam),
            ("09:02 reply c2 by anna", &in_trash),
            ("09:02 message c2 visitor", ALLOWED),
            ("09:02 not_spam c1 by anna", ALLOWED),
            ("09:02 restore c2 by anna", ALLOWED),
            ("09:02 trash c1 by boss", &denied("no_inbox_access", "boss has no access to the inbox main")),
        ],
    );
}

#[test]
fn hidden_messages() {
    let theirs = denied("not_permitted", "bo may not show a message that somebody else hid, which takes super_admin");
    assert_all(
        office().desk(),
        &["09:00 open c1", "09:01 hide c1 m1 by anna"],
        &[
            ("09:02 unhide c1 m1 by bo", &theirs),
            ("09:02 unhide c1 m2 by anna", &denied("not_hidden", r#"the message \"m2\" is not hidden"#)),
            ("09:02 unhide c1 m1 by anna", ALLOWED),
        ],
    );
}

/// From ten until eleven bo stands in for anna, who is not replaced by one without access.
fn with_substitute(access: Value) -> Desk {
    let absence = json!([{"start": "2026-11-20T10:00", "end": "2026-11-20T11:00"}]);
    Office::of(json!([{"id": "anna", "substitute": "bo", "out_of_office": absence}, "bo"]))
        .inbox(json!({"access": access}))
        .everyone("in_order")
        .desk()
}

#[test]
fn tells_who_takes_an_assignment_in_place_of_another() {
    let goes_to_bo = r#"{"allowed":true,"agent":"bo","substitute_for":"anna"}"#;
    assert_all(
        with_substitute(json!("everyone")),
        &["09:00 open c1"],
        &[
            (r#"09:59 assign c1 to anna {"or_substitute": true}"#, ALLOWED),
            ("10:00 assign c1 to anna", ALLOWED),
            (r#"10:00 assign c1 to anna {"or_substitute": true}"#, goes_to_bo),
            (r#"10:01 assign c1 to bo {"or_substitute": true}"#, ALLOWED),
            (r#"11:00 assign c1 to anna {"or_substitute": true}"#, ALLOWED),
        ],
    );
    let no_access = r#"{"allowed":false,"code":"no_inbox_access","message":"bo has no access to the inbox main","agent":"bo","substitute_for":"anna"}"#;
    assert_all(
        with_substitute(json!({"agents": ["anna"]})),
        &["09:00 open c1"],
        &[(r#"10:00 assign c1 to anna {"or_substitute": true}"#, no_access)],
    );
}

/// The first command of a desk begins its time; asking does not.
#[test]
fn a_desk_that_was_told_nothing_stays_so() {
    let mut desk = office().desk();
    assert_may(&mut desk.clone(), "09:00 advance", ALLOWED);
    assert_may(&mut desk, "09:00 open c1 by anna", ALLOWED);
    assert_may(
        &mut desk,
        "09:00 open c1 by anna",
        &denied("conversation_exists", r#"there is a conversation \"c1\" already"#),
    );
}

/// The queue is not served: nobody is asked who would take what the command brings.
#[test]
fn a_command_that_frees_somebody_is_not_followed_by_the_queue() {
    assert_all(
        office().desk(),
        &["09:00 open c1", "09:00 open c2", "09:00 open c3"],
        &[("09:01 close c1 by anna", ALLOWED), ("09:01 away bo by bo", ALLOWED)],
    );
}

#[test]
fn time_may_be_up() {
    let mut desk = office().desk();
    act(&mut desk, "09:00 open c1");
    let (command, _) = command(&desk, "09:01 close c1 by anna", &[]);
    let before = desk.snapshot();
    let up = Options::default().deadline(Deadline::new(|| true));
    assert_eq!(desk.may_with(&command, &up).unwrap_err().code.as_str(), "time_is_up");
    assert_eq!(desk.snapshot(), before);
    assert!(desk.may(&command).is_allowed());
}
