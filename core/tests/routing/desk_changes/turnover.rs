//! Agents, teams and inboxes that come and go for years: of what is removed nothing stays.

use std::ops::Range;

use allocation_counter::measure;
use frontdesk::Desk;
use serde_json::{Value, json};

use crate::support_desk::{Office, act, story_with};

/// Gaps are closed at once in debug builds, and else once they are a thousand and more.
const ROOM: i64 = if cfg!(debug_assertions) { 20_000 } else { 2_000_000 };

/// Puts and removes entries, each under an id of its own.
fn come_and_go(desk: &mut Desk, kind: &str, entry: fn(&str) -> Value, numbers: Range<usize>) {
    for number in numbers {
        let id = format!("{kind}-{number}");
        let at = "2026-11-20T09:00:00Z";
        let put = json!({"type": format!("put_{kind}"), "at": at, kind: id, "entry": entry(&id)});
        let remove = json!({"type": format!("remove_{kind}"), "at": at, kind: id});
        for command in [put, remove] {
            let events = desk.handle_json(&command.to_string()).expect("the entry has no problems");
            assert!(!events[0].to_json().contains("refused"), "{}", events[0].to_json());
        }
    }
}

/// Checks that a thousand leave nothing but the room for gaps, and the desk as it was.
#[track_caller]
fn assert_nothing_stays(kind: &str, entry: fn(&str) -> Value) {
    let agents = json!([{"id": "anna", "team": "t"}, {"id": "bo", "team": "t"}, {"id": "cleo", "team": "t"}]);
    let mut desk = Office::of(agents).everyone("round_robin").desk();
    // Somebody is between the others, and held and declined something.
    act(&mut desk, "08:00 remove_agent anna");
    act(&mut desk, "08:01 open c1");
    act(&mut desk, "08:01 open c2");
    come_and_go(&mut desk, kind, entry, 0..100);
    let document = desk.document();
    let grown = measure(|| come_and_go(&mut desk, kind, entry, 100..1_100)).bytes_current;
    assert!(grown < ROOM, "{grown} bytes more");
    assert_eq!(desk.document(), document);
    let restored = Desk::restore(&desk.snapshot()).expect("a snapshot that was written is read");
    assert_eq!(restored.snapshot(), desk.snapshot());
}

#[test]
fn agents() {
    assert_nothing_stays("agent", |id| json!({"id": id, "team": "t", "skills": {id: 3}, "capacity": 2}));
}

#[test]
fn teams() {
    assert_nothing_stays("team", |id| json!({"id": id}));
}

#[test]
fn inboxes() {
    assert_nothing_stays("inbox", |id| {
        let steps = json!([{"assign_to": {"teams": ["t"], "agents": ["bo"]}, "strategy": "round_robin"}]);
        json!({"id": id, "access": {"teams": ["t"]}, "channels": [{"id": id, "kind": "chat", "rules": [
            {"id": "r", "match": {"attributes.plan": id}, "steps": steps}]}]})
    });
}

/// Who is left has the same place in the document, and what they hold, declined and are next for stays theirs.
#[test]
fn the_others_stay_as_they_were() {
    let office = Office::of(json!(["anna", "bo", "cleo", "dora"])).everyone("round_robin");
    story_with(
        &office.chat(json!({"accept_within": "10m"})).desk(),
        &[("anna", json!({"id": "anna"}))],
        "
        09:00 open c1
        - c1 offered anna all/1 round_robin until 09:10
        09:00 open c2
        - c2 offered bo all/1 round_robin until 09:10
        09:00 open c3
        - c3 offered cleo all/1 round_robin until 09:10
        09:01 accept c2 bo
        - c2 assigned bo all/1 round_robin
        09:01 decline c3 cleo
        - c3 offer_declined cleo
        - c3 offered dora all/1 round_robin until 09:11
        09:02 remove_agent anna
        - c1 offer_withdrawn anna
        - remove_agent anna
        - c1 offered bo all/1 round_robin until 09:12
        09:03 decline c3 dora
        - c3 offer_declined dora
        - c3 offered bo all/1 round_robin until 09:13
        09:04 decline c3 bo
        - c3 offer_declined bo
        - c3 queued all/1
        09:05 put_agent $anna
        - put_agent anna
        - c3 offered anna all/1 round_robin until 09:15
        09:06 open c4
        - c4 offered cleo all/1 round_robin until 09:16",
    );
}
