//! Stories with display names.

use super::{Names, open, told};
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
    assert_eq!(told[2], "09:01:00 Why not: Anna Berg (full, 1 of 1 from Front), 1 other not named by the step.");
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
fn the_message_of_a_refusal_has_names() {
    let arrival = open("c", "chat", "");
    let refused = |keys: &str| story(&[("09:00:00", &arrival), ("09:01:00", keys)]).pop().unwrap();
    for (keys, told) in [
        (
            r#""type": "accept", "conversation": "c", "agent": "b", "by": "b""#,
            r#""c" is not offered to Bo Ek (not_offered)"#,
        ),
        (
            r#""type": "transfer", "conversation": "c", "inbox": "side", "channel": "chat", "by": "b""#,
            r#"the inbox Back has no channel "chat" (unknown_channel)"#,
        ),
    ] {
        assert_eq!(refused(keys), format!("09:01:00 A command about it was refused: {told}."));
    }
}
