//! Conversations in every situation, and the commands about them, on the desk of the matrix.

use frontdesk::Desk;
use serde_json::{Value, json};

use super::matrix::{self, take};

/// The instant of the matrix.
pub const AT: &str = "2026-11-20T09:00:00Z";

/// The id of no conversation.
pub const UNKNOWN: &str = "nothing";

/// Each situation with a conversation in it.
pub const SITUATIONS: [(&str, &str); 14] = [
    ("waiting", "s-waiting"),
    ("offered", "s-offered"),
    ("held", "s-held"),
    ("with a team", "s-team"),
    ("with a bot", "s-bot"),
    ("in the voicemail", "s-voicemail"),
    ("left unassigned", "s-unassigned"),
    ("snoozed", "s-snoozed"),
    ("closed", "s-closed"),
    ("closed, with `reopen_on_message`", "s-reopens"),
    ("sent, not answered", "s-sent"),
    ("in the spam", "s-spam"),
    ("in the trash", "s-trash"),
    ("unknown", UNKNOWN),
];

/// Times since the contact's last message, with the conversation and the instant of the command.
pub const WINDOWS: [(&str, &str, &str); 6] = [
    ("at once", "windows", "2026-11-20T09:00:00Z"),
    ("just before 24 hours", "windows", "2026-11-21T08:59:59.999Z"),
    ("at 24 hours", "windows", "2026-11-21T09:00:00Z"),
    ("just before 7 days", "windows", "2026-11-27T08:59:59.999Z"),
    ("at 7 days", "windows", "2026-11-27T09:00:00Z"),
    ("the contact never wrote", "outbound", "2026-11-20T09:00:00Z"),
];

/// Returns the desk of the matrix with further channels, and a conversation in each situation.
pub fn desk() -> Desk {
    let mut desk = matrix::desk();
    let document: Value = serde_json::to_value(desk.document()).unwrap();
    let mut inbox = document["inboxes"][0].clone();
    assert_eq!(inbox["id"], "main");
    let to_anna = json!([{"id": "r", "steps": [{"assign_to": {"agents": ["anna"]}}]}]);
    let to_nobody = json!([{"id": "r", "steps": [{"assign_to": {"agents": ["out"]}}]}]);
    let windows = json!({"automated": "24h", "person": "7d"});
    inbox["channels"].as_array_mut().unwrap().extend([
        json!({"id": "busy", "kind": "chat", "rules": to_nobody}),
        json!({"id": "mail", "kind": "email", "rules": to_anna}),
        json!({"id": "voice", "kind": "call", "rules": [{"id": "r", "steps": [], "otherwise": {"voicemail": "busy"}}]}),
        json!({"id": "fb", "kind": "messenger", "rules": to_anna, "reply_window": windows}),
    ]);
    take(&mut desk, &json!({"type": "put_inbox", "inbox": "main", "entry": inbox}), None);
    for (id, inbox, channel) in [
        ("s-waiting", "main", "busy"),
        ("s-offered", "main", "phone"),
        ("s-held", "main", "chat"),
        ("s-team", "main", "chat"),
        ("s-bot", "main", "web"),
        ("s-voicemail", "main", "voice"),
        ("s-unassigned", "bare", "form"),
        ("s-snoozed", "main", "chat"),
        ("s-closed", "main", "chat"),
        ("s-reopens", "main", "mail"),
        ("s-spam", "main", "mail"),
        ("s-trash", "main", "mail"),
        ("windows", "main", "fb"),
    ] {
        take(&mut desk, &arrival(id, inbox, channel), None);
    }
    for (id, channel) in [("s-sent", "mail"), ("outbound", "fb")] {
        let mut sent = arrival(id, "main", channel);
        sent["outbound"] = true.into();
        take(&mut desk, &sent, Some("anna"));
    }
    for (kind, id) in [
        ("snooze", "s-snoozed"),
        ("close", "s-closed"),
        ("close", "s-reopens"),
        ("mark_spam", "s-spam"),
        ("trash", "s-trash"),
    ] {
        take(&mut desk, &json!({"type": kind, "conversation": id}), None);
    }
    take(&mut desk, &json!({"type": "assign", "conversation": "s-team", "to": {"team": "in"}}), None);
    for (_, id) in SITUATIONS.iter().filter(|(_, id)| *id != UNKNOWN) {
        take(&mut desk, &json!({"type": "hide", "conversation": id, "message": "m1"}), Some("anna"));
    }
    desk
}

/// A conversation of a sender whom nobody blocks.
fn arrival(id: &str, inbox: &str, channel: &str) -> Value {
    json!({"type": "open", "conversation": id, "inbox": inbox, "channel": channel, "from": "x@example.com"})
}

/// The commands about a conversation, with words for what they do.
pub fn commands() -> Vec<(&'static str, Value)> {
    let about = |words: &'static str, mut command: Value| {
        command["at"] = AT.into();
        (words, command)
    };
    let plain = ["hand_over", "release", "snooze", "close", "reopen", "mark_spam", "not_spam", "trash", "restore"];
    let mut commands = vec![
        about("", json!({"type": "update", "priority": 1})),
        about("", json!({"type": "transfer", "inbox": "quiet", "channel": "chat"})),
        about("to an agent", json!({"type": "assign", "to": {"agent": "anna"}})),
        about("to a team", json!({"type": "assign", "to": {"team": "in"}})),
        about("", json!({"type": "accept", "agent": "anna"})),
        about("", json!({"type": "decline", "agent": "anna"})),
        about("", json!({"type": "reply"})),
        about("of the visitor", json!({"type": "message", "from": "visitor"})),
        about("of an agent", json!({"type": "message", "from": "agent"})),
        about("of a bot", json!({"type": "message", "from": "bot"})),
    ];
    commands.extend(plain.map(|kind| about("", json!({"type": kind}))));
    commands.extend([
        about("its sender", json!({"type": "block"})),
        about("a message", json!({"type": "hide", "message": "m2"})),
        about("a message", json!({"type": "unhide", "message": "m1"})),
        about("", json!({"type": "forget"})),
    ]);
    commands
}

/// The messages, and replies.
pub fn messages() -> Vec<(&'static str, Value)> {
    vec![
        ("", json!({"type": "reply"})),
        ("of an agent", json!({"type": "message", "from": "agent"})),
        ("of a bot", json!({"type": "message", "from": "bot"})),
        ("automated", json!({"type": "message", "from": "automated"})),
        ("of the visitor", json!({"type": "message", "from": "visitor"})),
    ]
}
