//! Stories of small desks, read as a person would.

mod changes;
mod leaving;
mod named;
mod offers;

use super::{Names, Story};
use crate::desk::{Desk, Options};
use crate::time::Zone;

/// A desk with three people, and channels for each way to give a conversation to someone.
const DESK: &str = r#"{
    "version": 1, "time_zone": "Europe/Stockholm",
    "teams": [{"id": "t"}, {"id": "u"}],
    "agents": [
        {"id": "anna", "team": "t", "capacity": 1},
        {"id": "bo", "team": "t", "capacity": 1,
         "working_hours": [{"days": ["fri"], "start": "10:00", "end": "12:00"}]},
        {"id": "cy", "team": "u"}
    ],
    "inboxes": [{"id": "main",
        "office_hours": [{"days": ["fri"], "start": "09:00", "end": "17:00"}],
        "channels": [
        {"id": "chat", "kind": "chat", "rules": [{"id": "all", "steps": [{"assign_to": {"teams": ["t"]}}]}]},
        {"id": "mail", "kind": "email", "wrap_up": "1m", "rules": [{"id": "mails", "steps": [
            {"assign_to": "contact_owner", "wait": "30s"}, {"assign_to": {"teams": ["t"]}, "wait": "2m"}],
            "otherwise": "unassigned"}]},
        {"id": "phone", "kind": "call", "accept_within": "20s",
         "rules": [{"id": "calls", "steps": [{"assign_to": {"teams": ["t"]}}], "otherwise": {"voicemail": "busy"}}],
         "after_hours": {"voicemail": "closed"}},
        {"id": "web", "kind": "messenger", "rules": [{"id": "webs", "steps": [
            {"assign_to": {"bot": "robo"}}, {"assign_to": {"agents": ["cy"]}}]}]},
        {"id": "form", "kind": "form"}
    ]}],
    "settings": {"missed_offers_before_away": 1, "on_away": "requeue"}
}"#;

/// The story of `c` after commands, each given as its time in Stockholm on Friday 20 November and its other keys.
fn story(commands: &[(&str, &str)]) -> Vec<String> {
    story_on(DESK, commands)
}

fn story_on(desk: &str, commands: &[(&str, &str)]) -> Vec<String> {
    told(Desk::from_json(desk).unwrap(), Names::default(), commands)
}

fn told(mut desk: Desk, names: Names, commands: &[(&str, &str)]) -> Vec<String> {
    let mut story = Story::of("c", Zone::named("Europe/Stockholm").unwrap()).with_names(names);
    for (clock, keys) in commands {
        let command = desk.read_command(&format!(r#"{{"at": "2026-11-20T{clock}+01:00", {keys}}}"#)).unwrap();
        desk.handle_with(&command, &Options::default().explain(true))
            .unwrap()
            .iter()
            .for_each(|event| story.hear(event));
    }
    story.lines().iter().map(|line| format!("{} {}", line.clock, line.text)).collect()
}

/// An `open` of a conversation.
fn open(id: &str, channel: &str, rest: &str) -> String {
    format!(r#""type": "open", "conversation": "{id}", "inbox": "main", "channel": "{channel}"{rest}"#)
}

/// A command that only names a conversation.
fn about(verb: &str, id: &str) -> String {
    format!(r#""type": "{verb}", "conversation": "{id}""#)
}

#[test]
fn a_conversation_that_waits_says_why_and_what_ended_it() {
    let told = story(&[
        ("09:00:00", &open("other", "chat", "")),
        ("09:01:00", &open("c", "chat", r#", "priority": 2, "skills": {}, "contact": {"id": "x", "owner": "cy"}"#)),
        ("09:05:00", &about("close", "other")),
        ("09:30:00", &about("close", "c")),
    ]);
    assert_eq!(
        told,
        [
            "09:01:00 It arrived in main by chat, from x, a contact of cy, who was not recognised, with priority 2.",
            "09:01:00 Nobody could take it by step 1 of the rule all, so it waits in the queue.",
            "09:01:00 Why not: anna (full, 1 of 1), bo (away, outside working hours until 10:00), \
             1 other whom the step does not reach.",
            "09:05:00 anna was done with other.",
            "09:05:00 It went to anna after 4 min of waiting, by step 1 of the rule all (least busy): \
             anna was the only one who could take it.",
            "09:05:00 Not asked: bo (away, outside working hours until 10:00), 1 other whom the step does not reach.",
            "09:30:00 It was closed, 29 min after it arrived; anna held it.",
        ]
    );
}

#[test]
fn who_acted_is_named() {
    let by = |verb: &str| format!(r#"{}, "by": "bo""#, about(verb, "c"));
    let told = story(&[
        ("09:00:00", &open("c", "chat", "")),
        ("09:01:00", &format!(r#"{}, "priority": 2"#, by("update"))),
        ("09:02:00", &by("release")),
        ("09:03:00", &by("snooze")),
        ("09:04:00", &by("reopen")),
        ("09:05:00", &format!(r#"{}, "by": "anna""#, about("release", "c"))),
        ("09:06:00", &by("close")),
        ("09:07:00", &about("reopen", "c")),
        ("09:08:00", &format!(r#"{}, "by": "anna""#, about("close", "c"))),
    ]);
    let told: Vec<&str> = told.iter().map(String::as_str).filter(|line| !line.contains("Not asked")).collect();
    assert_eq!(
        told[2..],
        [
            "09:01:00 It was updated by bo: its priority is 2 instead of 0.",
            "09:02:00 bo released it, while anna held it, so it is left for someone to take by hand.",
            "09:03:00 It was snoozed by bo until it is reopened.",
            "09:04:00 It was opened again by bo.",
            "09:04:00 It went to anna at once, who had held it before.",
            "09:05:00 anna let go of it, so it is left for someone to take by hand.",
            "09:06:00 It was closed by bo, 6 min after it arrived; nobody held it.",
            "09:07:00 It was opened again.",
            "09:07:00 It went to anna at once, who had held it before.",
            "09:08:00 anna closed it, 8 min after it arrived.",
        ],
        "{told:#?}"
    );
}

#[test]
fn whoever_loses_access_is_told() {
    let told = story(&[
        ("09:00:00", &open("c", "chat", "")),
        (
            "09:01:00",
            r#""type": "put_inbox", "inbox": "main", "entry": {"id": "main", "access": {"agents": ["cy"]},
            "channels": [{"id": "chat", "kind": "chat"}, {"id": "mail", "kind": "email"}]}"#,
        ),
    ]);
    assert!(told.contains(&"09:01:00 anna, who held it, has no access to its inbox any more.".to_owned()), "{told:#?}");
}

#[test]
fn someone_who_comes_to_work_is_the_reason() {
    let told = story(&[
        ("09:00:00", &open("other", "chat", "")),
        ("09:01:00", &open("c", "chat", "")),
        ("11:00:00", r#""type": "advance""#),
    ]);
    assert_eq!(told[3], "10:00:00 bo became available (working hours).");
    assert!(
        told[4].starts_with("10:00:00 It went to bo after 59 min of waiting, by step 1 of the rule all"),
        "{told:?}"
    );
}

#[test]
fn steps_are_added_until_nobody_is_left() {
    let told = story(&[
        ("09:00:00", &open("other", "chat", "")),
        ("09:01:00", &open("c", "mail", r#", "contact": {"id": "x", "owner": "bo", "known": true}"#)),
        ("09:30:00", r#""type": "advance""#),
        ("09:31:00", r#""type": "reply", "conversation": "c", "by": "cy""#),
        ("09:32:00", &about("close", "c")),
        ("09:40:00", r#""type": "advance""#),
    ]);
    assert_eq!(
        told,
        [
            "09:01:00 It arrived in main by mail, from x, a contact of bo.",
            "09:01:00 Nobody could take it by step 1 of the rule mails, so it waits there until 09:01:30.",
            "09:01:00 Why not: bo (away, outside working hours until 10:00), 2 others whom the step does not reach.",
            "09:01:30 Nobody has taken it, so step 2 of the rule mails is tried, too, until 09:03:30.",
            "09:03:30 Nobody could take it by the rule mails, so it is left for someone to take by hand.",
            "09:03:30 Why not: anna (full, 1 of 1), bo (away, outside working hours until 10:00), \
             1 other whom the step does not reach.",
            "09:31:00 cy replied to it, and so holds it.",
            "09:32:00 It was closed, 31 min after it arrived; cy held it.",
            "09:33:00 cy finished wrapping it up.",
        ]
    );
}

#[test]
fn a_step_that_is_passed_early_is_told_with_the_reason() {
    const DESK: &str = r#"{
        "version": 1, "time_zone": "Europe/Stockholm",
        "agents": [{"id": "anna", "capacity": 0}, {"id": "bo", "capacity": 0}, {"id": "cy", "capacity": 0}],
        "inboxes": [{"id": "main", "channels": [{"id": "chat", "kind": "chat", "rules": [{"id": "tiers", "steps": [
            {"assign_to": {"agents": ["anna"]}, "wait": "10m", "skip_if": "nobody_available"},
            {"assign_to": {"agents": ["bo"]}, "wait": "5m"}, {"assign_to": {"agents": ["cy"]}}]}]}]}]
    }"#;
    let away = r#""type": "set_status", "agent": "anna", "status": "away""#;
    let later = r#""type": "advance""#;
    let told = story_on(DESK, &[("09:00:00", &open("c", "chat", "")), ("09:01:00", away), ("09:10:00", later)]);
    assert_eq!(
        told[1..],
        [
            "09:00:00 Nobody could take it by step 1 of the rule tiers, so it waits there until 09:10.",
            "09:00:00 Why not: anna (full, 0 of 0), 2 others whom the step does not reach.",
            "09:01:00 Nobody of step 1 is available any more, so step 2 of the rule tiers is tried, too, until 09:06.",
            "09:06:00 Nobody has taken it, so step 3 of the rule tiers is tried, too.",
            "09:06:00 Nobody could take it by steps 1 to 3 of the rule tiers, so it waits in the queue.",
            "09:06:00 Why not: anna (set away), bo and cy (full, 0 of 0).",
        ]
    );
}

#[test]
fn offers_are_told_with_their_outcome() {
    let decline = r#""type": "decline", "conversation": "c", "agent": "bo""#;
    let accept = r#""type": "accept", "conversation": "c", "agent": "bo""#;
    let told =
        story(&[("10:00:00", &open("c", "phone", "")), ("10:00:30", decline), ("10:00:40", &open("d", "phone", ""))]);
    assert_eq!(
        told,
        [
            "10:00:00 It arrived in main by phone.",
            "10:00:00 It was offered to anna until 10:00:20, by step 1 of the rule calls (least busy): anna had the load 0, \
             like bo, and is listed first, as neither had been given or offered anything yet.",
            "10:00:00 Not asked: 1 agent whom the step does not reach.",
            "10:00:20 anna did not accept it in time.",
            "10:00:20 It was offered to bo until 10:00:40, by step 1 of the rule calls (least busy): \
             bo was the only one who could take it.",
            "10:00:20 Asked already: anna (did not take it).",
            "10:00:20 Not asked: 1 agent whom the step does not reach.",
            "10:00:30 bo declined it.",
            "10:00:30 Nobody could take it by the rule calls, so its contact hears the message busy.",
            "10:00:30 Why not: anna and bo (did not take it), 1 other whom the step does not reach.",
        ]
    );
    let told = story(&[("10:00:00", &open("c", "phone", "")), ("10:00:25", accept)]);
    assert_eq!(told.last().unwrap(), "10:00:25 bo accepted it 5 s after the offer.");
}

#[test]
fn a_substitute_is_told_with_the_one_who_is_out() {
    const DESK: &str = r#"{
        "version": 1, "time_zone": "Europe/Stockholm",
        "agents": [
            {"id": "anna", "substitute": "bo", "out_of_office": [{"start": "2026-11-20T09:00", "end": "2026-11-20T12:00"}]},
            {"id": "bo"}, {"id": "cy"}],
        "inboxes": [{"id": "main", "channels": [
            {"id": "chat", "kind": "chat", "rules": [{"id": "owners", "steps": [{"assign_to": "contact_owner"}]}]}]}]
    }"#;
    let of_anna = r#", "contact": {"id": "x", "known": true, "owner": "anna"}"#;
    let assign = r#""type": "assign", "conversation": "c", "to": {"agent": "anna"}, "or_substitute": true, "by": "cy""#;
    let told = story_on(
        DESK,
        &[("09:00:00", &open("c", "chat", of_anna)), ("09:01:00", &about("release", "c")), ("09:02:00", assign)],
    );
    assert_eq!(
        told,
        [
            "09:00:00 It arrived in main by chat, from x, a contact of anna.",
            "09:00:00 It went to bo for anna, who is out of office, at once, by step 1 of the rule owners (least busy): \
             bo was the only one who could take it.",
            "09:00:00 Not asked: anna (away, out of office until 12:00), 1 other whom the step does not reach.",
            "09:01:00 It was released, while bo held it, so it is left for someone to take by hand.",
            "09:02:00 cy gave it to bo for anna, who is out of office, by hand.",
        ]
    );
}

#[test]
fn a_team_among_whose_members_it_is_distributed_is_told() {
    let assign = r#""type": "assign", "conversation": "c", "to": {"team": "t"}, "distribute": true, "by": "cy""#;
    let decline = r#""type": "decline", "conversation": "c", "agent": "anna""#;
    let told = story(&[("09:00:00", &open("c", "form", "")), ("09:01:00", assign), ("09:02:00", &about("close", "c"))]);
    assert_eq!(
        told[2..],
        [
            "09:01:00 cy gave it to the team t, to be distributed among its members.",
            "09:01:00 It went to anna of the team t at once (least busy): anna was the only one who could take it.",
            "09:01:00 Not asked: bo (away, outside working hours until 10:00), 1 other not in the team.",
            "09:02:00 It was closed, 2 min after it arrived; anna held it.",
        ]
    );
    let told = story(&[("09:00:00", &open("c", "phone", "")), ("09:00:05", assign), ("09:00:10", decline)]);
    assert_eq!(
        told[3..],
        [
            "09:00:05 The offer to anna was taken back.",
            "09:00:05 cy gave it to the team t, to be distributed among its members.",
            "09:00:05 It was offered to anna of the team t until 09:00:25 (least busy): anna was the only one who could take it.",
            "09:00:05 Not asked: bo (away, outside working hours until 10:00), 1 other not in the team.",
            "09:00:10 anna declined it.",
            "09:00:10 Nobody of the team t could take it, so it waits for them.",
            "09:00:10 Why it waits: anna (did not take it), bo (away, outside working hours until 10:00), 1 other not in the team.",
        ]
    );
}

#[test]
fn an_offer_that_is_taken_back_says_because_of_what() {
    let away = r#""type": "set_status", "agent": "anna", "status": "away", "by": "anna""#;
    let told = story(&[("09:00:00", &open("c", "phone", "")), ("09:00:05", away)]);
    assert_eq!(told[3], "09:00:05 The offer to anna was taken back, as anna became away (set away).");
    assert_eq!(
        told[5],
        "09:00:05 Why not: anna (set away), bo (away, outside working hours until 10:00), 1 other whom the step does not reach."
    );
}

#[test]
fn what_is_done_by_hand_says_by_whom() {
    let told = story(&[
        ("09:00:00", &open("c", "form", "")),
        ("09:01:00", r#""type": "assign", "conversation": "c", "to": {"agent": "cy"}, "by": "anna""#),
        ("09:02:00", r#""type": "assign", "conversation": "c", "to": {"team": "t"}"#),
        ("09:03:00", r#""type": "update", "conversation": "c", "priority": 3, "skills": {"sv": 2}"#),
        ("09:04:00", r#""type": "accept", "conversation": "c", "agent": "cy""#),
        ("09:05:00", &about("release", "c")),
    ]);
    assert_eq!(
        told,
        [
            "09:00:00 It arrived in main by form.",
            "09:00:00 The channel has no rule for it, so it is left for someone to take by hand.",
            "09:01:00 anna gave it to cy by hand.",
            "09:02:00 It was given to the team t by hand; its members may take it.",
            "09:03:00 It was updated: its priority is 3 instead of 0; it asks for the skill sv at level 2.",
            "09:04:00 A command about it was refused: it is not offered to cy.",
            "09:05:00 It was released, so it is left for someone to take by hand.",
        ]
    );
}

#[test]
fn a_bot_hands_over_to_people() {
    let told = story(&[("09:00:00", &open("c", "web", "")), ("09:02:00", &about("hand_over", "c"))]);
    assert_eq!(
        told,
        [
            "09:00:00 It arrived in main by web.",
            "09:00:00 The bot robo took it, by step 1 of the rule webs.",
            "09:02:00 The bot robo handed it over.",
            "09:02:00 It went to cy at once, by step 2 of the rule webs (least busy): cy was the only one who could \
             take it.",
            "09:02:00 Not asked: 2 agents whom the step does not reach.",
        ]
    );
}

#[test]
fn what_a_bot_had_is_closed_by_it() {
    let told = story(&[("09:00:00", &open("c", "web", "")), ("09:02:00", &about("close", "c"))]);
    assert_eq!(told[2], "09:02:00 It was closed, 2 min after it arrived; the bot robo had it.");
}

#[test]
fn an_owner_is_mailed_where_there_is_one() {
    let desk = DESK.replace(r#""otherwise": "unassigned""#, r#""otherwise": "notify_owner""#);
    let (mailed, left) =
        ("it stays unassigned, and the contact's owner, bo, is to be mailed", "it is left for someone to take by hand");
    for (contact, clock, outcome) in [
        (r#", "contact": {"id": "x", "owner": "bo", "known": true}"#, "09:03:30", mailed),
        (r#", "contact": {"id": "x", "owner": "bo"}"#, "09:03:00", left),
        ("", "09:03:00", left),
    ] {
        let (other, mail) = (open("other", "chat", ""), open("c", "mail", contact));
        let advance = r#""type": "advance""#;
        let told = story_on(&desk, &[("09:00:00", &other), ("09:01:00", &mail), ("09:30:00", advance)]);
        let outcome = format!("{clock} Nobody could take it by the rule mails, so {outcome}.");
        assert!(told.contains(&outcome), "{told:#?}");
    }
}

#[test]
fn an_away_set_by_someone_else_says_by_whom() {
    let away = r#""type": "set_status", "agent": "anna", "status": "away", "by": "bo""#;
    let desk = DESK.replace(r#""id": "bo", "team""#, r#""id": "bo", "permissions": ["manage_availability"], "team""#);
    let told = story_on(
        &desk,
        &[
            ("10:30:00", &open("c", "form", "")),
            ("10:31:00", r#""type": "assign", "conversation": "c", "to": {"agent": "anna"}"#),
            ("10:32:00", away),
        ],
    );
    assert_eq!(told[3], "10:32:00 anna became away (set away by bo), and keeps it.");
}

#[test]
fn a_call_after_hours_and_a_snooze() {
    let told = story(&[("17:00:00", &open("c", "phone", ""))]);
    assert_eq!(told[1], "17:00:00 It is outside office hours, so its contact hears the message closed.");

    let told = story(&[
        ("09:00:00", &open("c", "chat", "")),
        ("09:10:00", r#""type": "snooze", "conversation": "c", "duration": "5m""#),
        ("09:20:00", r#""type": "set_status", "agent": "anna", "status": "away", "note": "dentist""#),
    ]);
    assert_eq!(
        told[3..],
        [
            "09:10:00 It was snoozed until 09:15; anna held it.",
            "09:15:00 Its snooze ended.",
            "09:15:00 It went to anna at once, who had held it before.",
            "09:20:00 anna became away (set away), so it was taken back.",
            "09:20:00 Nobody could take it by step 1 of the rule all, so it waits in the queue.",
            "09:20:00 Why not: anna (set away “dentist”), bo (away, outside working hours until 10:00), \
             1 other whom the step does not reach.",
        ]
    );
}

#[test]
fn what_is_updated_is_told_apart() {
    let told = story(&[
        ("09:00:00", &open("c", "form", r#", "skills": {"sv": 1}"#)),
        (
            "09:01:00",
            r#""type": "update", "conversation": "c", "channel": "chat", "priority": -1, "skills": {"sv": 2, "z": 1},
               "contact": {"id": "p", "owner": "cy", "known": true}, "attributes": {"vip": true}"#,
        ),
    ]);
    assert_eq!(
        told[2],
        "09:01:00 It was updated: it moved to main by chat; its priority is -1 instead of 0; it asks for the skills sv at level 2 \
         and z at level 1; it is from p, a contact of cy; its attributes changed."
    );
}

#[test]
fn steps_passed_together_are_told_together() {
    for (steps, told) in [(2, "step 2"), (3, "steps 2 and 3"), (4, "steps 2 to 4")] {
        let passed = r#"{"assign_to": "contact_owner"}, "#.repeat(steps - 2);
        let desk = DESK.replace(
            r#"{"assign_to": {"agents": ["cy"]}}]"#,
            &format!(r#"{passed}{{"assign_to": {{"agents": ["bo"]}}, "wait": "1m"}}]"#),
        );
        let told_all = story_on(&desk, &[("09:00:00", &open("c", "web", "")), ("09:02:00", &about("hand_over", "c"))]);
        let expected =
            format!("09:02:00 Nobody could take it by {told} of the rule webs, so it waits there until 09:03.");
        assert_eq!(told_all[3], expected);
    }
}

#[test]
fn others_are_no_part_of_the_story() {
    assert_eq!(story(&[("09:00:00", &open("other", "chat", ""))]), [""; 0]);
}

#[test]
fn a_story_without_explanations_is_shorter() {
    let mut desk = Desk::from_json(DESK).unwrap();
    let mut story = Story::of("c", Zone::utc());
    let open = format!(r#"{{"at": "2026-11-20T09:00:00Z", {}}}"#, open("c", "chat", ""));
    desk.handle_json(&open).unwrap().iter().for_each(|event| story.hear(event));
    let told: Vec<&str> = story.lines().iter().map(|line| line.text.as_str()).collect();
    assert_eq!(
        told,
        ["It arrived in main by chat.", "It went to anna at once, by step 1 of the rule all (least busy)."]
    );
}
