//! Snapshots of many conversations: what they take beside their size, and what the order of their keys is to a reader.

use allocation_counter::measure;
use frontdesk::Desk;
use serde_json::Value;

const DESK: &str = r#"{"version": 1, "time_zone": "UTC", "agents": [{"id": "anna"}, {"id": "bo"}],
    "inboxes": [{"id": "main", "channels": [{"id": "chat", "kind": "chat", "rules": [
        {"id": "r", "steps": [{"assign_to": "everyone", "strategy": "round_robin", "only_available": false}]}]}]}]}"#;

/// A desk of conversations in all that they may be about, of which one in ten is open.
fn desk(conversations: usize) -> Desk {
    let mut desk = Desk::from_json(DESK).unwrap();
    for index in 0..conversations {
        let open = format!(
            r#"{{"type": "open", "at": "2026-11-20T09:00:00Z", "conversation": "c{index}", "inbox": "main", "channel": "chat",
                "priority": {}, "contact": {{"id": "p{}", "owner": "anna", "known": true, "attributes": {{"é\n": [-1, 0.5, null]}}}},
                "attributes": {{"\u0041\"": {{"deep": [[true, {{}}], "\\"]}}}}}}"#,
            index % 3,
            index % 100,
        );
        desk.handle_json(&open).unwrap();
        if index % 10 != 0 {
            let close = format!(r#"{{"type": "close", "at": "2026-11-20T09:00:00Z", "conversation": "c{index}"}}"#);
            desk.handle_json(&close).unwrap();
        }
    }
    desk
}

#[test]
fn a_snapshot_takes_little_beside_its_size() {
    let desk = desk(3_000);
    let mut text = String::new();
    let written = measure(|| text = desk.snapshot());
    let size = text.len() as u64;
    assert!(written.bytes_max < size + size / 4, "{} bytes for {size}", written.bytes_max);
    let mut restored = None;
    let read = measure(|| restored = Desk::restore(&text).ok());
    let kept = read.bytes_current as u64;
    assert!(read.bytes_max < kept + kept / 4, "{} bytes for {kept}", read.bytes_max);
    assert_eq!(restored.unwrap().snapshot(), text);
}

/// Another program may write it again, with keys in another order, blanks and escapes.
#[test]
fn the_order_of_keys_means_nothing() {
    let text = desk(50).snapshot();
    let sorted: Value = serde_json::from_str(&text).unwrap();
    for written in [sorted.to_string(), serde_json::to_string_pretty(&sorted).unwrap(), text.replace(',', " ,\r\n\t ")]
    {
        assert_eq!(Desk::restore(&written).unwrap().snapshot(), text);
    }
    let escaped = text.replace(r#""conversation""#, r#""\u0063onversation""#).replace("anna", r"\u0061nna");
    assert_eq!(Desk::restore(&escaped).unwrap().snapshot(), text);
}

/// Whatever stands in a long snapshot once too often, or is cut off, is refused, as in a short one.
#[test]
fn a_flaw_at_the_end_is_found() {
    let text = desk(50).snapshot();
    let open = text.trim_end_matches('}');
    for more in [
        r#","seq":9}"#,
        r#","agents":[]}"#,
        r#","conversations":[]}"#,
        r#","document":{}}"#,
        ",}",
        "",
        "}}",
        "}x",
        "],",
    ] {
        assert!(Desk::restore(&format!("{open}{more}")).is_err(), "{more}");
    }
    let later = format!(r#"{open},"later":{{"deep":[{{}}]}}}}"#);
    assert_eq!(Desk::restore(&later).unwrap().snapshot(), text);
}
