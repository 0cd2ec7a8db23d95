//! Commands, events, turns and snapshots, at a desk that has some of everything.

use frontdesk::desk::EventKind;
use frontdesk::time::Instant;
use frontdesk::{Desk, Event, Turn};

use super::assert_reported;
use super::invariants::assert_sound;

/// A desk with offers, waits, wrap-ups, bots, limits, and every strategy that remembers.
pub const DESK: &str = r#"{"version": 1, "time_zone": "Europe/Stockholm",
    "working_hours": [{"days": ["mon", "tue", "wed", "thu", "fri"], "start": "08:00", "end": "17:00"}],
    "teams": [{"id": "support"}, {"id": "vip", "working_hours": []}],
    "agents": [
        {"id": "anna", "team": "support", "extra_teams": ["vip"], "capacity": {"total": 3, "per_kind": {"chat": 2}, "alone": ["call"]},
            "skills": {"billing": 3}, "attributes": {"weight": 3}, "permissions": ["super_admin"]},
        {"id": "bo", "team": "support", "capacity": 1, "skills": {"billing": 1}},
        {"id": "cy", "team": "vip"},
        {"id": "di", "active": false}],
    "holidays": [{"id": "xmas", "dates": ["2026-12-25"]}],
    "inboxes": [
        {"id": "main", "channels": [
            {"id": "chat", "kind": "chat", "accept_within": "30s", "wrap_up": "1m", "rules": [
                {"id": "vip", "match": {"priority": {"at_least": 5}}, "steps": [
                    {"assign_to": "contact_owner", "wait": "1m"},
                    {"assign_to": "last_agent", "wait": "1m"},
                    {"assign_to": {"teams": ["support"]}, "strategy": "weighted_round_robin", "skills": {"billing": 2}}]},
                {"id": "all", "steps": [{"assign_to": {"teams": ["support"]}, "strategy": "round_robin", "wait": "2m"},
                    {"assign_to": "everyone"}]}]},
            {"id": "mail", "kind": "email", "rules": [
                {"id": "bot", "match": {"attributes.bot": true}, "steps": [{"assign_to": {"bot": "robo"}}, {"assign_to": "everyone"}]},
                {"id": "all", "steps": [{"assign_to": "everyone", "strategy": "longest_idle"}], "otherwise": "unassigned"}]},
            {"id": "phone", "kind": "call", "weight": 2, "rules": [
                {"id": "all", "steps": [{"assign_to": {"agents": ["bo", "anna"]}, "strategy": "in_order"}], "otherwise": {"voicemail": "busy"}}]}]},
        {"id": "side", "access": {"teams": ["vip"]}, "channels": [{"id": "chat", "kind": "chat"}]}],
    "settings": {"on_away": "requeue", "missed_offers_before_away": 2, "seed": 7}}"#;

/// The events on the desk before the bytes come in.
const BEFORE: [&str; 12] = [
    r#"{"type": "open", "at": "2026-11-20T09:00:00Z", "conversation": "c1", "inbox": "main", "channel": "mail", "contact": {"id": "x"}}"#,
    r#"{"type": "open", "at": "2026-11-20T09:00:01Z", "conversation": "c2", "inbox": "main", "channel": "phone"}"#,
    r#"{"type": "open", "at": "2026-11-20T09:00:02Z", "conversation": "c3", "inbox": "main", "channel": "chat", "priority": 9, "contact": {"id": "x", "known": true}}"#,
    r#"{"type": "open", "at": "2026-11-20T09:00:03Z", "conversation": "c4", "inbox": "main", "channel": "chat"}"#,
    r#"{"type": "open", "at": "2026-11-20T09:00:04Z", "conversation": "c5", "inbox": "main", "channel": "mail", "attributes": {"bot": true}}"#,
    r#"{"type": "open", "at": "2026-11-20T09:00:05Z", "conversation": "c6", "inbox": "main", "channel": "chat", "skills": {"billing": 5}}"#,
    r#"{"type": "open", "at": "2026-11-20T09:00:06Z", "conversation": "c7", "inbox": "side", "channel": "chat"}"#,
    r#"{"type": "close", "at": "2026-11-20T09:00:10Z", "conversation": "c1"}"#,
    r#"{"type": "open", "at": "2026-11-20T09:00:11Z", "conversation": "c8", "inbox": "main", "channel": "mail"}"#,
    r#"{"type": "snooze", "at": "2026-11-20T09:00:12Z", "conversation": "c8", "duration": "1h"}"#,
    r#"{"type": "assign", "at": "2026-11-20T09:00:13Z", "conversation": "c7", "to": {"team": "vip"}}"#,
    r#"{"type": "set_status", "at": "2026-11-20T09:00:14Z", "agent": "cy", "status": "available", "by": "anna"}"#,
];

/// Commands that are far ahead are left to tests of their own.
const AHEAD: i64 = 40 * 24 * 3_600_000;

fn fresh() -> Desk {
    Desk::from_json(DESK).expect("the desk is sound")
}

/// The desk at work, and all its events.
pub fn at_work() -> (Desk, Vec<Event>) {
    let mut desk = fresh();
    let events = BEFORE.iter().flat_map(|command| desk.handle_json(command).expect("the command is sound")).collect();
    (desk, events)
}

/// Commands, one a line: one that is read is written and read again as it is, copies of a desk do the same with it, and its
/// events alone rebuild the desk.
pub fn command(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let (mut desk, _) = at_work();
    for line in text.lines().take(20) {
        let command = match desk.read_command(line) {
            Ok(command) => command,
            Err(problems) => {
                assert_reported(&problems, line);
                continue;
            }
        };
        let written = command.to_json();
        assert_eq!(desk.read_command(&written).map(|it| it.to_json()), Ok(written));
        if command.at > desk.now().unwrap_or(Instant::MIN).saturating_add(AHEAD) {
            continue;
        }
        let (before, mut other, mut rebuilt) = (desk.snapshot(), desk.clone(), desk.clone());
        let events = desk.handle(&command);
        assert_eq!(other.handle(&command), events, "the same command gives the same events");
        assert_eq!(other.snapshot(), desk.snapshot());
        for event in &events {
            let read = Event::from_json(&event.to_json()).expect("what was written is read");
            rebuilt.apply(&read).unwrap_or_else(|wrong| panic!("{wrong}: {}", event.to_json()));
        }
        assert_eq!(rebuilt.snapshot(), desk.snapshot(), "the events rebuild the desk");
        if events.iter().any(|event| matches!(event.kind, EventKind::Refused { .. })) {
            assert_eq!(desk.snapshot(), before, "a refused command leaves the desk as it was");
        }
    }
    assert_sound(&desk);
}

/// Events, one a line: one that is read is written and read again as it is; it is refused, and the desk is as it was, or
/// makes a desk.
pub fn event(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let (at_work, _) = at_work();
    for mut desk in [fresh(), at_work] {
        let mut changed = false;
        for line in text.lines().take(60) {
            let Ok(event) = Event::from_json(line) else { continue };
            let written = event.to_json();
            assert_eq!(Event::from_json(&written).map(|it| it.to_json()), Ok(written));
            if event.at > desk.now().unwrap_or(event.at).saturating_add(AHEAD) {
                continue;
            }
            changed |= apply(&mut desk, &event);
        }
        if changed {
            assert_sound(&desk);
        }
    }
}

/// Applies an event; whether it was taken.
pub fn apply(desk: &mut Desk, event: &Event) -> bool {
    let before = desk.snapshot();
    let Err(problem) = desk.apply(event) else { return true };
    assert!(problem.path.starts_with('$') && !problem.message.is_empty(), "{problem:?}");
    assert_eq!(desk.snapshot(), before, "a refused event leaves the desk as it was: {}", event.to_json());
    false
}

/// Turns, one a line: one that is read is written and read again as it is; it is refused, and the desk is as it was, or
/// makes a desk.
pub fn turn(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let (at_work, _) = at_work();
    for mut desk in [fresh(), at_work] {
        for line in text.lines().take(60) {
            let turn = match Turn::from_json(line) {
                Ok(turn) => turn,
                Err(problems) => {
                    assert_reported(&problems, line);
                    continue;
                }
            };
            let written = turn.to_json();
            assert_eq!(Turn::from_json(&written).map(|it| it.to_json()), Ok(written));
            let last = turn.events().last().map(|event| event.at);
            if last > desk.now().or(last).map(|now| now.saturating_add(AHEAD)) {
                continue;
            }
            follow(&mut desk, &turn);
        }
        assert_sound(&desk);
    }
}

/// Applies a turn; whether it was taken.
pub fn follow(desk: &mut Desk, turn: &Turn) -> bool {
    let before = (desk.snapshot(), desk.next_wakeup());
    let Err(problem) = desk.apply(turn) else { return true };
    assert!(problem.path.starts_with('$') && !problem.message.is_empty(), "{problem:?}");
    assert_eq!((desk.snapshot(), desk.next_wakeup()), before, "a refused turn leaves the desk: {}", turn.to_json());
    false
}

/// A snapshot that is read makes a desk.
pub fn snapshot(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    match Desk::restore(text) {
        Ok(desk) => assert_sound(&desk),
        Err(problems) => assert_reported(&problems, text),
    }
}
