//! Invalid snapshots: the first problem is reported with its place in the text.

use frontdesk::Desk;
use serde_json::{Value, json};

use super::fuzz::{DESK, invariants};
use crate::marked::assert_told;

const PLAIN: &str = r#"{"version": 1, "time_zone": "UTC", "teams": [{"id": "t"}], "agents": [{"id": "anna"}, {"id": "bo"}],
    "inboxes": [{"id": "main", "channels": [{"id": "chat", "kind": "chat", "rules": [
        {"id": "r", "steps": [{"assign_to": "everyone", "wait": "1m"}, {"assign_to": "everyone"}]}]}]}]}"#;

/// A snapshot of a desk at 09:00 whose last event was number 9, with a mark in it.
#[track_caller]
fn assert_refused(more: &str, code: &str, path: &str) {
    let at = if more.contains(r#""at":"#) { "" } else { r#""at": "2026-11-20T09:00:00Z", "# };
    let seq = if more.contains(r#""seq":"#) { "" } else { r#""seq": 9, "# };
    let marked = format!(r#"{{"version": 1, "document": {PLAIN}, {at}{seq}{more}}}"#);
    assert_told(&marked, &[(code, path, "")], Desk::restore);
}

fn conversation(keys: &str) -> String {
    let all = [
        ("conversation", r#""c""#),
        ("details", r#"{"inbox": "main", "channel": "chat"}"#),
        ("opened_at", r#""2026-11-20T08:00:00Z""#),
        ("queued_from", r#""2026-11-20T08:00:00Z""#),
        ("order", "1"),
        ("phase", r#""unassigned""#),
    ];
    let rest = all.iter().filter(|(key, _)| !keys.contains(&format!("{key:?}:")));
    let rest: String = rest.map(|(key, value)| format!(", {key:?}: {value}")).collect();
    format!("{{{}}}", format!("{keys}{rest}").trim_start_matches(", "))
}

#[test]
fn with_numbers_and_instants_that_cannot_be() {
    for (more, code, path) in [
        (r#""seq": ▶18446744073709551615"#, "out_of_range", "$.seq"),
        (r#""seq": ▶9007199254740991"#, "out_of_range", "$.seq"),
        (r#""seq": ▶0"#, "conflict", "$.seq"),
        (r#""turn": ▶11"#, "out_of_range", "$.turn"),
        (r#""turn": ▶-1"#, "invalid_json", "$.turn"),
        (r#""turn": ▶18446744073709551615"#, "out_of_range", "$.turn"),
        (r#""at": null, "seq": 0, "turn": ▶2"#, "out_of_range", "$.turn"),
        (r#""at": ▶"2200-01-01T00:00:00Z""#, "conflict", "$.at"),
        (r#""at": null, "seq": ▶3"#, "conflict", "$.seq"),
        (
            r#""at": null, "seq": 0, "agents": ▶[{"agent": "anna", "returns": 1, "missed": 0, "last_assigned": 0}]"#,
            "conflict",
            "$.agents",
        ),
        (
            r#""at": null, "seq": 0, "agents": ▶[{"agent": "anna", "returns": 4294967295, "missed": 1, "last_assigned": 0}]"#,
            "conflict",
            "$.agents",
        ),
        (
            r#""agents": [{"agent": "anna", "returns": ▶10, "missed": 0, "last_assigned": 0}]"#,
            "out_of_range",
            "$.agents[0].returns",
        ),
        (
            r#""agents": [{"agent": "anna", "returns": 0, "missed": ▶4294967296, "last_assigned": 0}]"#,
            "invalid_json",
            "$.agents[0].missed",
        ),
        (
            r#""agents": [{"agent": "anna", "returns": 0, "missed": 0, "last_assigned": ▶10}]"#,
            "out_of_range",
            "$.agents[0].last_assigned",
        ),
        (
            r#""agents": [{"agent": "anna", "returns": 0, "missed": 0, "last_assigned": 1, "last_assigned_at": ▶"2026-11-20T09:00:00.001Z"}]"#,
            "conflict",
            "$.agents[0].last_assigned_at",
        ),
        (
            r#""agents": [{"agent": "anna", "returns": 0, "missed": 0, "last_assigned": 1, "idle_since": ▶"2027-01-01T00:00:00Z"}]"#,
            "conflict",
            "$.agents[0].idle_since",
        ),
        (
            r#""agents": [{"agent": "anna", "returns": 0, "missed": 0, "last_assigned": 1, "changed_at": ▶"2027-01-01T00:00:00Z"}]"#,
            "conflict",
            "$.agents[0].changed_at",
        ),
        (
            r#""rules": [{"inbox": "main", "channel": "chat", "rule": "r", "turns": {"bo": ▶10}}]"#,
            "out_of_range",
            "$.rules[0].turns.bo",
        ),
        (
            r#""rules": [{"inbox": "main", "channel": "chat", "rule": "r", "weights": {"bo": ▶9223372036854775807}}]"#,
            "out_of_range",
            "$.rules[0].weights.bo",
        ),
    ] {
        let more =
            if more.contains("conversations") { more.to_owned() } else { format!(r#"{more}, "conversations": []"#) };
        let more = if more.contains(r#""agents""#) { more } else { format!(r#"{more}, "agents": []"#) };
        assert_refused(&more, code, path);
    }
}

#[test]
fn with_statuses_that_nobody_set() {
    let manual = |keys: &str| {
        format!(
            r#""conversations": [], "agents": [{{"agent": "anna", "returns": 0, "missed": 0, "last_assigned": 0, "manual": {{{keys}}}}}]"#
        )
    };
    const SET: &str =
        r#""set_at": "2026-11-20T08:00:00Z", "from": "2026-11-20T08:00:00Z", "until": "2026-11-20T10:00:00Z""#;
    const THEN: &str = r#"{"reason": "set_available", "set_at": "2026-11-20T07:00:00Z", "from": "2026-11-20T07:00:00Z", "until": "2026-11-20T10:00:00Z""#;
    for (keys, code, path) in [
        (format!(r#""reason": ▶"holiday", {SET}"#), "conflict", "reason"),
        (
            format!(r#""reason": "set_away", {}"#, SET.replace(r#""set_at": "2026"#, r#""set_at": ▶"2027"#)),
            "conflict",
            "set_at",
        ),
        (
            format!(r#""reason": "set_away", {}"#, SET.replace(r#""from": "2026"#, r#""from": ▶"2027"#)),
            "conflict",
            "from",
        ),
        (
            format!(r#""reason": "set_away", {}"#, SET.replace(r#""until": "2026"#, r#""until": ▶"2025"#)),
            "conflict",
            "until",
        ),
        (format!(r#""reason": "set_away", {SET}, "then": ▶{THEN}}}"#), "conflict", "then"),
        (format!(r#""reason": "temporarily_away", {SET}, "then": ▶{THEN}, "then": {THEN}}}}}"#), "conflict", "then"),
        (format!(r#""reason": "temporarily_away", {SET}, "by": ▶"""#), "invalid_value", "by"),
    ] {
        assert_refused(&manual(&keys), code, &format!("$.agents[0].manual.{path}"));
    }
}

#[test]
fn that_name_what_is_not_there_or_there_already() {
    const STATE: &str = r#""returns": 0, "missed": 0, "last_assigned": 0"#;
    for (more, code, path) in [
        (format!(r#""agents": [{{"agent": ▶"zoe", {STATE}}}], "conversations": []"#), "unknown_reference", "$.agents[0].agent"),
        (format!(r#""agents": [{{"agent": "bo", {STATE}}}, {{"agent": ▶"bo", {STATE}}}], "conversations": []"#), "duplicate_id", "$.agents[1].agent"),
        (r#""agents": [], "conversations": [], "rules": [{"inbox": "main", "channel": ▶"none", "rule": "r"}]"#.to_owned(), "unknown_reference", "$.rules[0].channel"),
        (r#""agents": [], "conversations": [], "rules": [{"inbox": "main", "channel": "chat", "rule": ▶"x"}]"#.to_owned(), "unknown_reference", "$.rules[0].rule"),
        (r#""agents": [], "conversations": [], "rules": [{"inbox": "main", "channel": "chat", "rule": "r"}, {"inbox": "main", "channel": "chat", "rule": ▶"r"}]"#.to_owned(), "duplicate_id", "$.rules[1].rule"),
        (r#""agents": [], "conversations": [], "rules": [{"inbox": "main", "channel": "chat", "rule": "r", "turns": {"zoe": ▶1}}]"#.to_owned(), "unknown_reference", "$.rules[0].turns.zoe"),
    ] {
        assert_refused(&more, code, path);
    }
    let two = format!("{}, {}", conversation(""), conversation(r#""conversation": ▶"c", "order": 2"#));
    assert_refused(
        &format!(r#""agents": [], "conversations": [{two}]"#),
        "duplicate_id",
        "$.conversations[1].conversation",
    );
    let two = format!("{}, {}", conversation(""), conversation(r#""conversation": "d", "order": ▶1"#));
    assert_refused(&format!(r#""agents": [], "conversations": [{two}]"#), "duplicate_id", "$.conversations[1].order");
    let two = format!(
        "{}, {}",
        conversation(""),
        conversation(r#""conversation": "d", "order": 2, "opened_at": ▶"2026-11-20T07:00:00Z""#)
    );
    assert_refused(&format!(r#""agents": [], "conversations": [{two}]"#), "conflict", "$.conversations[1].opened_at");
}

#[test]
fn with_conversations_that_are_nowhere() {
    const ROUTE: &str = r#""rule": "r", "from": 0, "reached": 0, "done": true"#;
    const WAITS: &str = r#""wait_until": "2026-11-20T09:01:00Z", "done": false"#;
    for (keys, code, path) in [
        (format!(r#""conversation": ▶"{}""#, "x".repeat(257)), "invalid_value", "conversation"),
        (r#""order": ▶0"#.to_owned(), "conflict", "order"),
        (r#""order": ▶10"#.to_owned(), "out_of_range", "order"),
        (r#""queued_from": ▶"2026-11-20T09:00:01Z""#.to_owned(), "conflict", "queued_from"),
        (r#""opened_at": ▶"2026-11-20T08:00:01Z""#.to_owned(), "conflict", "opened_at"),
        (r#""place": ▶9223372036854775807"#.to_owned(), "out_of_range", "place"),
        (r#""details": ▶{"inbox": "main", "channel": "chat", "skills": {"a": 9}}"#.to_owned(), "out_of_range", "details"),
        (r#""phase": ▶"unassigned", "details": {"inbox": "main", "channel": "none"}"#.to_owned(), "unknown_reference", "phase"),
        (r#""phase": ▶"waiting""#.to_owned(), "conflict", "phase"),
        (format!(r#""phase": ▶"waiting", "route": {{{ROUTE}, "wait_until": "2026-11-20T09:01:00Z"}}"#), "conflict", "phase"),
        (r#""phase": {"held": {"agent": ▶"zoe"}}"#.to_owned(), "unknown_reference", "phase.held.agent"),
        (r#""phase": {"with_team": {"team": ▶"none"}}"#.to_owned(), "unknown_reference", "phase.with_team.team"),
        (r#""phase": {"with_bot": {"bot": ▶""}}"#.to_owned(), "invalid_value", "phase.with_bot.bot"),
        (r#""phase": {"snoozed": {"until": ▶"2026-11-20T08:59:59Z"}}"#.to_owned(), "conflict", "phase.snoozed.until"),
        (r#""phase": {"wrapped_up": {"agent": "anna", "until": ▶"2026-11-20T08:59:59Z"}}"#.to_owned(), "conflict", "phase.wrapped_up.until"),
        (r#""phase": {"wrapped_up": {"agent": ▶"zoe", "until": "2026-11-20T09:59:59Z"}}"#.to_owned(), "unknown_reference", "phase.wrapped_up.agent"),
        (r#""phase": {"offered": {"agent": "anna", "until": ▶null}}"#.to_owned(), "conflict", "phase.offered.until"),
        (r#""phase": {"offered": {"agent": "anna", "until": ▶"2026-11-20T08:59:59Z"}}"#.to_owned(), "conflict", "phase.offered.until"),
        (r#""phase": {"offered": {"agent": "anna", "until": "2026-11-20T09:01:00Z", "decision": {"rule": "r", "step": ▶0, "strategy": "random"}}}"#.to_owned(), "conflict", "phase.offered.decision.step"),
        (format!(r#""phase": "closed", "route": {{"rule": ▶"r", "from": 0, "reached": 0, {WAITS}}}"#), "conflict", "route.rule"),
        (format!(r#""phase": "waiting", "route": {{"rule": ▶"x", "from": 0, "reached": 0, {WAITS}}}"#), "unknown_reference", "route.rule"),
        (format!(r#""phase": "waiting", "route": {{"rule": "r", "from": 0, "reached": ▶9007199254740991, {WAITS}}}"#), "out_of_range", "route.reached"),
        (format!(r#""phase": "waiting", "route": {{"rule": "r", "from": 0, "reached": ▶2, {WAITS}}}"#), "out_of_range", "route.reached"),
        (format!(r#""phase": "waiting", "route": {{"rule": "r", "from": ▶3, "reached": 0, {WAITS}}}"#), "out_of_range", "route.from"),
        (r#""phase": "waiting", "route": {"rule": "r", "from": 0, "reached": 0, "wait_until": ▶"2026-11-20T08:59:59Z", "done": false}"#.to_owned(), "conflict", "route.wait_until"),
        (r#""requeue": {"at" : ▶"2026-11-20T08:59:59Z", "reason": "shift_ended"}"#.to_owned(), "conflict", "requeue.at"),
        (r#""requeue": {"at" : "2026-11-20T09:01:00Z", "reason": ▶"released"}"#.to_owned(), "conflict", "requeue.reason"),
        (r#""phase": "unassigned", "requeue": {"at" : ▶"2026-11-20T09:01:00Z", "reason": "shift_ended"}"#.to_owned(), "conflict", "requeue.at"),
        (r#""declined": [[▶"zoe", 0]]"#.to_owned(), "unknown_reference", "declined[0][0]"),
        (r#""declined": [["bo", 0], [▶"bo", 1]]"#.to_owned(), "duplicate_id", "declined[1][0]"),
        (r#""last_held": [▶"zoe", 1]"#.to_owned(), "unknown_reference", "last_held[0]"),
        (r#""last_held": ["bo", ▶10]"#.to_owned(), "out_of_range", "last_held[1]"),
        (r#""notified": [▶"zoe"]"#.to_owned(), "unknown_reference", "notified[0]"),
        (r#""notified": ["bo", ▶"bo"]"#.to_owned(), "duplicate_id", "notified[1]"),
        (r#""failures": [1, ▶18446744073709551615]"#.to_owned(), "out_of_range", "failures[1]"),
        (format!(r#""failures": ▶{:?}"#, [1; 17]), "out_of_range", "failures"),
    ] {
        let more = format!(r#""agents": [], "conversations": [{}]"#, conversation(&keys));
        assert_refused(&more, code, &format!("$.conversations[0].{path}"));
    }
}

/// A problem of the document in a snapshot has a path within the snapshot.
#[test]
fn whose_document_is_none() {
    let marked = r#"{"version": 1, "document": {"version": 1, "time_zone": ▶"Europe/Stokholm", "agents": [
        {"id": "a", "team": ▶"x"}]}, "seq": 0, "agents": [], "conversations": []}"#;
    let expected = [
        ("unknown_zone", "$.document.time_zone", "Europe/Stockholm"),
        ("unknown_reference", "$.document.agents[0].team", ""),
    ];
    assert_told(marked, &expected, Desk::restore);
}

/// A desk at work is restored as it is, and each of its conversations is where it was.
#[test]
fn of_a_desk_restore_it() {
    let mut desk = Desk::from_json(DESK).unwrap();
    for (index, channel) in ["chat", "mail", "phone", "chat", "mail", "phone", "chat"].into_iter().enumerate() {
        let open = json!({"type": "open", "at": "2026-11-20T09:00:00Z", "conversation": format!("c{index}"), "inbox": "main",
            "channel": channel, "contact": {"id": "x", "known": true}, "priority": index});
        desk.handle(&desk.command_from_value(open).unwrap());
        invariants::assert_sound(&desk);
    }
    let snapshot: Value = serde_json::from_str(&desk.snapshot()).unwrap();
    assert_eq!(Desk::restore(&snapshot.to_string()).unwrap().snapshot(), desk.snapshot(), "whatever the order of keys");
}
