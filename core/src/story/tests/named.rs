//! Stories with display names, and of who did what by hand.

use super::{Names, about, open, told};
use crate::desk::Desk;

const DESK: &str = r#"{
    "version": 1, "time_zone": "Europe/Stockholm", "teams": [{"id": "t", "name": "Sales"}],
    "agents": [
        {"id": "a", "name": "Anna Berg", "team": "t", "capacity": {"per_inbox": {"main": 1}}},
        {"id": "b", "name": "Bo Ek", "team": "t", "capacity": {"per_inbox": {"main": 1}}}],
    "inboxes": [
        {"id": "main", "name": "Front", "channels": [{"id": "chat", "name": "Website chat", "kind": "chat", "rules": [
            {"id": "all", "steps": [{"assign_to": {"agents": ["a"]}, "strategy": "round_robin"}]}]}]},
        {"id": "side", "name": "Back", "channels": [{"id": "mail", "kind": "email"}]}]
}"#;

fn story(commands: &[(&str, &str)]) -> Vec<String> {
    let desk = Desk::from_json(DESK).unwrap();
    let names = Names::of(&desk.document());
    told(desk, names, commands)
}

#[test]
fn channels_and_the_inboxes_of_limits_have_their_names() {
    let told = story(&[("09:00:00", &open("other", "chat", "")), ("09:01:00", &open("c", "chat", ""))]);
    assert_eq!(told[0], "09:01:00 It arrived in Front by Website chat.");
    assert_eq!(told[2], "09:01:00 Why not: Anna Berg (full, 1 of 1 from Front), 1 other whom the step does not reach.");
}

#[test]
fn a_channel_may_be_renamed() {
    let put = r#""type": "put_inbox", "inbox": "side", "entry": {"id": "side", "channels": [
        {"id": "mail", "name": "Claims mail", "kind": "email"}]}"#;
    let arrival = open("c", "mail", "").replace(r#""main""#, r#""side""#);
    assert_eq!(story(&[("09:00:00", put), ("09:01:00", &arrival)])[0], "09:01:00 It arrived in side by Claims mail.");
    assert_eq!(story(&[("09:01:00", &arrival)])[0], "09:01:00 It arrived in Back by mail.");
}

#[test]
fn a_refusal_says_whose_command_it_was() {
    let arrival = open("c", "chat", "");
    let refused = |keys: &str| story(&[("09:00:00", &arrival), ("09:01:00", keys)]).pop().unwrap();
    let accept = format!(r#"{}, "agent": "b", "by": "b""#, about("accept", "c"));
    assert_eq!(refused(&accept), "09:01:00 A command of Bo Ek about it was refused: it is not offered to Bo Ek.");
    let of_no_channel = format!(r#"{}, "inbox": "side", "channel": "chat", "by": "b""#, about("transfer", "c"));
    assert_eq!(
        refused(&of_no_channel),
        "09:01:00 A command of Bo Ek about it was refused: the inbox Back has no channel \"chat\"."
    );
    let hand_over = about("hand_over", "c");
    assert_eq!(refused(&hand_over), "09:01:00 A command about it was refused: it is with no bot.");
    let snooze = format!(r#"{}, "until": "2026-11-20T07:30:00Z""#, about("snooze", "c"));
    assert_eq!(refused(&snooze), "09:01:00 A command about it was refused: 08:30 is not after the command at 09:01.");
}

#[test]
fn who_moves_it_is_told_with_who_held_it() {
    let arrival = open("c", "chat", "");
    let moved = |keys: &str| story(&[("09:00:00", &arrival), ("09:01:00", keys)])[3].clone();
    let transfer = format!(r#"{}, "inbox": "side", "channel": "mail""#, about("transfer", "c"));
    let distribute = format!(r#"{}, "to": {{"team": "t"}}, "distribute": true"#, about("assign", "c"));
    let give = format!(r#"{}, "to": {{"agent": "b"}}"#, about("assign", "c"));
    for (by, transferred, given, handed) in [
        (
            "",
            "It was transferred to Back by mail; Anna Berg held it.",
            "It was given to the team Sales, to be distributed among its members; Anna Berg held it.",
            "It was given to Bo Ek by hand.",
        ),
        (
            r#", "by": "a""#,
            "Anna Berg, who held it, transferred it to Back by mail.",
            "Anna Berg, who held it, gave it to the team Sales, to be distributed among its members.",
            "Anna Berg gave it to Bo Ek by hand.",
        ),
        (
            r#", "by": "b""#,
            "Bo Ek transferred it to Back by mail; Anna Berg held it.",
            "Bo Ek gave it to the team Sales, to be distributed among its members; Anna Berg held it.",
            "Bo Ek took it by hand.",
        ),
    ] {
        assert_eq!(moved(&(transfer.clone() + by)), format!("09:01:00 {transferred}"));
        assert_eq!(moved(&(distribute.clone() + by)), format!("09:01:00 {given}"));
        assert_eq!(moved(&(give.clone() + by)), format!("09:01:00 {handed}"));
    }
}

#[test]
fn the_members_of_a_team_share_the_turns_of_the_rule() {
    let distribute = format!(r#"{}, "to": {{"team": "t"}}, "distribute": true"#, about("assign", "c"));
    let told = story(&[("09:00:00", &open("c", "chat", "")), ("09:01:00", &distribute)]);
    assert_eq!(
        told[4],
        "09:01:00 It went to Bo Ek of the team Sales at once (round robin): only Bo Ek has had no turn in the rule all yet."
    );
}

#[test]
fn what_waited_before_it_was_given_is_told() {
    let give = format!(r#"{}, "to": {{"agent": "b"}}, "by": "a""#, about("assign", "c"));
    let told =
        story(&[("09:00:00", &open("other", "chat", "")), ("09:01:00", &open("c", "chat", "")), ("09:06:00", &give)]);
    assert_eq!(told[3], "09:06:00 Anna Berg gave it to Bo Ek by hand, after 5 min of waiting.");
}

#[test]
fn the_data_of_an_erased_contact_is_told_no_more() {
    let arrival = open("c", "chat", r#", "contact": {"id": "ada"}"#);
    let update = format!(r#"{}, "contact": {{"id": "ada", "known": true}}"#, about("update", "c"));
    let erase = |contact: &str| format!(r#""type": "erase", "contact": "{contact}""#);
    let commands =
        [("09:00:00", arrival), ("09:01:00", update), ("09:02:00", erase("ida")), ("09:03:00", erase("ada"))];
    let told = story(&commands.each_ref().map(|(clock, keys)| (*clock, keys.as_str())));
    assert_eq!(
        told[0],
        "09:00:00 It arrived in Front by Website chat, from a contact whose data was erased, who was not recognised."
    );
    assert_eq!(
        told[3..],
        [
            "09:01:00 It was updated: it is from a contact whose data was erased.",
            "09:03:00 The data of its contact was erased.",
        ]
    );
}
