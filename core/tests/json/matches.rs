//! Conditions of rules: unknown names, and values that nothing equals.

use frontdesk::{Desk, Document};
use serde_json::{Value, json};

use crate::marked::assert_problems;

const FRAME: &str = r#"{"version": 1, "time_zone": "UTC", "kinds": ["fax"], "inboxes": [
    {"id": "main", "channels": [{"id": "web", "kind": "chat", "rules": [{"id": "r", "steps": [], "match": …}]},
                                {"id": "mail", "kind": "email"}]},
    {"id": "other", "channels": [{"id": "phone", "kind": "call"}]}]}"#;

fn at(path: &str) -> String {
    format!("$.inboxes[0].channels[0].rules[0].match{path}")
}

#[test]
fn names_that_nothing_has() {
    for (asked, path, hint) in [
        (r#"{"kind": ▶"chatt"}"#, ".kind", "did you mean chat?"),
        (r#"{"kind": ["fax", ▶"fx"]}"#, ".kind[1]", "did you mean fax?"),
        (r#"{"kind": {"not": ▶"voice"}}"#, ".kind.not", ""),
        (r#"{"kind": {"not": {"not": ["chat", ▶"e-mail"]}}}"#, ".kind.not.not[1]", "did you mean email?"),
        (r#"{"channel": ▶"wbe"}"#, ".channel", "did you mean web?"),
        (r#"{"channel": ▶"mails"}"#, ".channel", "did you mean mail?"),
        // A channel of another inbox: no conversation of this one arrives there.
        (r#"{"channel": ["web", "mail", ▶"phone"]}"#, ".channel[2]", ""),
        (r#"{"inbox": ▶"zzz"}"#, ".inbox", ""),
        (r#"{"inbox": ["main", "other", ▶"mani"]}"#, ".inbox[2]", ""),
        (r#"{"inbox": {"not": [▶"othr"]}}"#, ".inbox.not[0]", "did you mean other?"),
    ] {
        assert_problems(&FRAME.replace('…', asked), &[("unknown_reference", &at(path), hint)], Document::from_json);
    }
    for asked in [
        r#"{"kind": ["fax", "chat", "call"], "channel": "mail", "inbox": ["main", "other"]}"#,
        r#"{"kind": {"starts_with": "ch", "not": "fax"}, "channel": {"contains": "e"}, "inbox": {"exists": true}}"#,
        r#"{"contact.owner": "nobody", "attributes.kind": "chatt"}"#,
    ] {
        Document::from_json(&FRAME.replace('…', asked)).unwrap();
    }
}

#[test]
fn values_that_nothing_is_equal_to() {
    for (asked, path) in [
        (r#"{"kind": ▶1}"#, ".kind"),
        (r#"{"channel": ["web", ▶null]}"#, ".channel[1]"),
        (r#"{"contact.owner": ▶true}"#, r#"["contact.owner"]"#),
        (r#"{"contact.known": ▶"yes"}"#, r#"["contact.known"]"#),
        (r#"{"priority": ▶"1"}"#, ".priority"),
        (r#"{"priority": {"not": [1, ▶"high"]}}"#, ".priority.not[1]"),
        (r#"{"skills.billing": [▶{"at_least": 1}]}"#, r#"["skills.billing"][0]"#),
    ] {
        assert_problems(&FRAME.replace('…', asked), &[("wrong_type", &at(path), "")], Document::from_json);
    }
}

#[test]
fn a_note_asks_nothing() {
    let alone = r#"{"priority": ▶{"x-why": "urgent"}}"#;
    assert_problems(&FRAME.replace('…', alone), &[("invalid_value", &at(".priority"), "")], Document::from_json);
    Document::from_json(&FRAME.replace('…', r#"{"x-why": 1, "priority": {"x-why": "urgent", "at_least": 1}}"#))
        .unwrap();
}

fn desk() -> Desk {
    Desk::from_json(&FRAME.replace('…', "{}")).unwrap()
}

/// A command that puts an inbox with a rule.
fn put(inbox: &str, asked: &str) -> String {
    format!(
        r#"{{"type": "put_inbox", "at": "2026-11-20T09:00:00Z", "inbox": "{inbox}", "entry": {{"id": "{inbox}", "channels": [
            {{"id": "new", "kind": "chat", "rules": [{{"id": "r", "steps": [], "match": {asked}}}]}}]}}}}"#
    )
}

#[test]
fn of_an_inbox_that_is_put() {
    let path = |key: &str| format!("$.entry.channels[0].rules[0].match{key}");
    for (inbox, asked, key) in [
        ("main", r#"{"channel": ▶"web"}"#, ".channel"),
        ("main", r#"{"inbox": ▶"third"}"#, ".inbox"),
        ("third", r#"{"kind": ["chat", ▶"voice"]}"#, ".kind[1]"),
    ] {
        assert_problems(&put(inbox, asked), &[("unknown_reference", &path(key), "")], |text| desk().read_command(text));
    }
    for inbox in ["main", "third"] {
        let asked = r#"{"inbox": ["main", "INBOX"], "channel": "new", "kind": "fax"}"#.replace("INBOX", inbox);
        let mut desk = desk();
        desk.handle_json(&put(inbox, &asked)).unwrap();
        assert_eq!(Desk::restore(&desk.snapshot()).unwrap().document(), desk.document());
    }
}

/// A condition that named only the removed inbox matches nothing, and the document has no problem.
#[test]
fn of_an_inbox_that_is_removed() {
    for (asked, left) in [
        (json!("other"), json!([])),
        (json!(["main", "other"]), json!(["main"])),
        (json!({"not": "other", "contains": "o"}), json!({"not": [], "contains": "o"})),
        (json!("main"), json!("main")),
    ] {
        let document = FRAME.replace('…', &json!({"inbox": asked, "attributes.inbox": "other"}).to_string());
        let mut desk = Desk::from_json(&document).unwrap();
        desk.handle_json(r#"{"type": "remove_inbox", "at": "2026-11-20T09:00:00Z", "inbox": "other"}"#).unwrap();
        let written: Value = serde_json::to_value(desk.document()).unwrap();
        let of_rule = &written["inboxes"][0]["channels"][0]["rules"][0]["match"];
        assert_eq!(*of_rule, json!({"inbox": left, "attributes.inbox": "other"}));
        assert_eq!(Desk::restore(&desk.snapshot()).unwrap().snapshot(), desk.snapshot());
    }
}
