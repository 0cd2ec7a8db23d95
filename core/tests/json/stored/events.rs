//! Events of another desk: a problem with its path, and no change of the desk.

use frontdesk::time::Instant;
use frontdesk::{Desk, Event};

use super::fuzz::{DESK, invariants};

/// The expected code and path.
type Expected = (&'static str, &'static str);

fn event(keys: &str, seq: u64) -> Event {
    let at = if keys.contains(r#""at""#) { "" } else { r#""at": "2026-11-20T09:00:20Z", "# };
    let seq = if keys.contains(r#""seq""#) { String::new() } else { format!(r#""seq": {seq}, "#) };
    Event::from_json(&format!(r#"{{"version": 1, {seq}{at}{keys}}}"#)).unwrap_or_else(|wrong| panic!("{wrong}: {keys}"))
}

/// A desk after some commands.
fn desk(commands: &[&str]) -> (Desk, u64) {
    let mut desk = Desk::from_json(DESK).unwrap();
    let at = r#""at": "2026-11-20T09:00:00Z""#;
    let mut last = 0;
    for command in commands {
        for event in desk.handle_json(&format!("{{{at}, {command}}}")).unwrap() {
            last = event.seq;
        }
    }
    (desk, last)
}

#[track_caller]
fn assert_refused(commands: &[&str], keys: &str, (code, path): Expected) {
    let (mut desk, last) = desk(commands);
    let (before, wakeup) = (desk.snapshot(), desk.next_wakeup());
    let problem = desk.apply(&event(keys, last + 1)).expect_err(keys);
    assert_eq!((problem.code.as_str(), problem.path.as_str()), (code, path), "{problem}");
    assert!(problem.message.len() < 400, "{problem}");
    assert_eq!((desk.snapshot(), desk.next_wakeup()), (before, wakeup), "{keys}");
}

const CHAT: &str = r#""type": "open", "conversation": "c", "inbox": "main", "channel": "chat""#;
const MAIL: &str = r#""type": "open", "conversation": "c", "inbox": "main", "channel": "mail""#;
const BOT: &str =
    r#""type": "open", "conversation": "c", "inbox": "main", "channel": "mail", "attributes": {"bot": true}"#;
const SIDE: &str = r#""type": "open", "conversation": "c", "inbox": "side", "channel": "chat""#;
const FULL: &str =
    r#""type": "open", "conversation": "c", "inbox": "main", "channel": "chat", "skills": {"billing": 5}"#;
const CLOSE: &str = r#""type": "close", "conversation": "c""#;
const SNOOZE: &str = r#""type": "snooze", "conversation": "c""#;

#[test]
fn that_are_not_the_next() {
    for (keys, expected) in [
        (r#""seq": 1, "type": "started""#, ("invalid_value", "$.seq")),
        (r#""seq": 9007199254740993, "type": "started""#, ("invalid_value", "$.seq")),
        (r#""seq": 18446744073709551615, "type": "started""#, ("invalid_value", "$.seq")),
        (r#""at": "2026-11-20T08:59:59.999Z", "type": "closed", "conversation": "c""#, ("invalid_value", "$.at")),
        (r#""at": "2200-01-01T00:00:00Z", "type": "closed", "conversation": "c""#, ("invalid_value", "$.at")),
        (r#""type": "started""#, ("invalid_value", "$.type")),
    ] {
        assert_refused(&[CHAT], keys, expected);
    }
    let id = "x".repeat(257);
    let keys = format!(r#""type": "closed", "conversation": "c", "agent": "anna", "id": "{id}""#);
    assert_refused(&[MAIL], &keys, ("invalid_value", "$.id"));
}

#[test]
fn that_speak_of_what_is_not_there() {
    for (keys, path) in [
        (r#""type": "closed", "conversation": "x""#, "$.conversation"),
        (r#""type": "offered", "conversation": "c", "agent": "zoe", "until": "2026-11-20T09:02:00Z""#, "$.agent"),
        (r#""type": "assigned", "conversation": "c", "agent": "zoe""#, "$.agent"),
        (r#""type": "assigned", "conversation": "c", "team": "none""#, "$.team"),
        (r#""type": "assigned", "conversation": "c", "agent": "anna", "team": "vip""#, "$.agent"),
        (r#""type": "assigned", "conversation": "c""#, "$.agent"),
        (r#""type": "queued", "conversation": "c", "rule": "none", "step": 1"#, "$.rule"),
        (r#""type": "status_changed", "agent": "zoe", "state": "away", "reason": "set_away""#, "$.agent"),
        (r#""type": "notice", "agent": "zoe", "notice": "missed_offers""#, "$.agent"),
        (r#""type": "opened", "conversation": "n", "inbox": "main", "channel": "none""#, "$.channel"),
        (r#""type": "owner_notified", "conversation": "c", "agent": "zoe""#, "$.agent"),
        (r#""type": "desk_changed", "change": "remove_agent", "agent": "zoe""#, "$.agent"),
        (r#""type": "desk_changed", "change": "remove_agent", "team": "vip""#, "$.agent"),
        (r#""type": "desk_changed", "change": "remove_team", "team": "none""#, "$.team"),
        (r#""type": "desk_changed", "change": "remove_inbox", "inbox": "none""#, "$.inbox"),
        (r#""type": "desk_changed", "change": "put_team", "team": "vip""#, "$.entry"),
        (r#""type": "desk_changed", "change": "put_team", "team": "vip", "entry": {"id": "vap"}"#, "$.entry.id"),
    ] {
        assert_refused(&[FULL], keys, ("invalid_value", path));
    }
    let team = r#""type": "desk_changed", "change": "put_agent", "agent": "bo", "entry": {"id": "bo", "team": "none"}"#;
    assert_refused(&[FULL], team, ("unknown_reference", "$.entry.team"));
    let configured = |entry: &str| format!(r#""type": "desk_changed", "change": "configure", "entry": {entry}"#);
    // An agent twice in the order would lose another.
    for (entry, problem) in [
        (r#"{"agents": [{"id": "cy", "team": "nowhere"}]}"#, ("unknown_reference", "$.entry.agents[0].team")),
        (r#"{"order": {"agents": ["bo", "bo"]}}"#, ("duplicate_id", "$.entry.order.agents[1]")),
        (r#"{"order": {"agents": ["nobody"]}}"#, ("unknown_reference", "$.entry.order.agents[0]")),
        (r#"{"removed": []}"#, ("unknown_key", "$.entry.removed")),
    ] {
        assert_refused(&[FULL], &configured(entry), problem);
    }
    let hours = r#""type": "desk_changed", "change": "set_working_hours", "agent": "bo", "entry": [{"days": ["mon"], "start": "9", "end": "10:00"}]"#;
    assert_refused(&[FULL], hours, ("invalid_time", "$.entry[0].start"));
}

#[test]
fn with_numbers_that_no_desk_keeps() {
    for (keys, expected) in [
        (
            r#""type": "queued", "conversation": "c", "rule": "all", "step": 9007199254740991"#,
            ("invalid_value", "$.step"),
        ),
        (r#""type": "queued", "conversation": "c", "rule": "all", "step": 3"#, ("invalid_value", "$.step")),
        (r#""type": "queued", "conversation": "c", "rule": "all", "step": 0"#, ("invalid_value", "$.step")),
        (
            r#""type": "queued", "conversation": "c", "rule": "all", "step": 1, "from_step": 4"#,
            ("invalid_value", "$.from_step"),
        ),
        (
            r#""type": "queued", "conversation": "c", "rule": "all", "step": 1, "until": "2026-11-20T09:00:00Z""#,
            ("invalid_value", "$.until"),
        ),
        (r#""type": "step_entered", "conversation": "c", "rule": "all", "step": 7"#, ("invalid_value", "$.step")),
        (
            r#""type": "step_entered", "conversation": "c", "rule": "vip", "step": 1"#,
            ("invalid_value", "$.conversation"),
        ),
        (
            r#""type": "prioritized", "conversation": "c", "rule": "all", "script": "s", "priority": 9223372036854775807"#,
            ("out_of_range", "$.priority"),
        ),
        (
            r#""type": "assigned", "conversation": "c", "agent": "anna", "rule": "all", "step": 9, "strategy": "random""#,
            ("invalid_value", "$.step"),
        ),
        (
            r#""type": "assigned", "conversation": "c", "agent": "anna", "rule": "all", "step": 1,
                "strategy": "weighted_round_robin", "weights": {"anna": 9223372036854775807}"#,
            ("out_of_range", "$.weights"),
        ),
        (
            r#""type": "assigned", "conversation": "c", "agent": "anna", "rule": "all", "step": 1,
                "strategy": "weighted_round_robin", "weights": {"zoe": 1}"#,
            ("invalid_value", "$.weights"),
        ),
        (
            r#""type": "assigned", "conversation": "c", "agent": "di", "rule": "all", "step": 1, "strategy": "random""#,
            ("invalid_value", "$.agent"),
        ),
        (
            r#""type": "offered", "conversation": "c", "agent": "anna", "rule": "all", "step": 1, "strategy": "random""#,
            ("invalid_value", "$.until"),
        ),
        (
            r#""type": "offered", "conversation": "c", "agent": "anna", "until": "2026-11-20T09:00:19Z""#,
            ("invalid_value", "$.until"),
        ),
        (
            r#""type": "opened", "conversation": "n", "inbox": "main", "channel": "chat", "skills": {"a": 6}"#,
            ("out_of_range", "$.skills"),
        ),
        (
            r#""type": "opened", "conversation": "n", "inbox": "main", "channel": "chat", "priority": -9007199254740993"#,
            ("out_of_range", "$.priority"),
        ),
        (
            r#""type": "opened", "conversation": "n", "inbox": "main", "channel": "chat", "attributes": {"a": [{"b": 1e300}]}"#,
            ("out_of_range", "$.attributes"),
        ),
        (
            r#""type": "opened", "conversation": "", "inbox": "main", "channel": "chat""#,
            ("invalid_value", "$.conversation"),
        ),
        (
            r#""type": "opened", "conversation": "n", "inbox": "main", "channel": "chat", "contact": {"id": ""}"#,
            ("invalid_value", "$.contact.id"),
        ),
    ] {
        assert_refused(&[FULL], keys, expected);
    }
}

/// The state of a conversation decides which events may follow.
#[test]
fn that_contradict_where_the_conversation_is() {
    const ANNA: &str = r#""agent": "anna""#;
    let by_rule = r#""rule": "all", "step": 1, "strategy": "random""#;
    for (commands, keys, path) in [
        (
            &[CHAT][..],
            r#""type": "opened", "conversation": "c", "inbox": "main", "channel": "chat""#.to_owned(),
            "$.conversation",
        ),
        // Offered to anna.
        (&[CHAT], format!(r#""type": "assigned", "conversation": "c", "agent": "bo", {by_rule}"#), "$.conversation"),
        (
            &[CHAT],
            format!(
                r#""type": "offered", "conversation": "c", "agent": "anna", {by_rule}, "until": "2026-11-20T09:02:00Z""#
            ),
            "$.agent",
        ),
        (&[CHAT], r#""type": "offer_expired", "conversation": "c", "agent": "bo""#.to_owned(), "$.agent"),
        (&[CHAT], r#""type": "closed", "conversation": "c""#.to_owned(), "$.conversation"),
        (&[CHAT], r#""type": "snoozed", "conversation": "c""#.to_owned(), "$.conversation"),
        (&[CHAT], r#""type": "unassigned", "conversation": "c", "reason": "released""#.to_owned(), "$.conversation"),
        (&[CHAT], r#""type": "queued", "conversation": "c", "rule": "all", "step": 1"#.to_owned(), "$.conversation"),
        (&[CHAT], r#""type": "reopened", "conversation": "c""#.to_owned(), "$.conversation"),
        (&[CHAT], r#""type": "desk_changed", "change": "remove_agent", "agent": "anna""#.to_owned(), "$.change"),
        (&[CHAT], r#""type": "desk_changed", "change": "remove_inbox", "inbox": "main""#.to_owned(), "$.change"),
        (
            &[CHAT],
            r#""type": "desk_changed", "change": "put_inbox", "inbox": "main", "entry": {"id": "main"}"#.to_owned(),
            "$.change",
        ),
        (&[CHAT], r#""type": "desk_changed", "change": "configure""#.to_owned(), "$.entry"),
        (
            &[CHAT],
            r#""type": "desk_changed", "change": "configure", "entry": {"inboxes": [{"id": "main"}]}"#.to_owned(),
            "$.entry",
        ),
        (&[CHAT], r#""type": "desk_changed", "change": "remove_holiday", "holiday": "none""#.to_owned(), "$.holiday"),
        (
            &[CHAT],
            r#""type": "desk_changed", "change": "put_holiday", "entry": {"id": "h", "dates": []}"#.to_owned(),
            "$.holiday",
        ),
        (&[CHAT], r#""type": "erased", "contact": """#.to_owned(), "$.contact"),
        // Held by anna.
        (&[MAIL], format!(r#""type": "offer_expired", "conversation": "c", {ANNA}"#), "$.agent"),
        (&[MAIL], format!(r#""type": "offer_declined", "conversation": "c", {ANNA}"#), "$.agent"),
        (&[MAIL], format!(r#""type": "offer_withdrawn", "conversation": "c", {ANNA}"#), "$.agent"),
        (&[MAIL], format!(r#""type": "assigned", "conversation": "c", "agent": "bo", {by_rule}"#), "$.conversation"),
        (&[MAIL], r#""type": "closed", "conversation": "c", "agent": "bo""#.to_owned(), "$.agent"),
        (&[MAIL], r#""type": "closed", "conversation": "c""#.to_owned(), "$.agent"),
        (
            &[MAIL],
            r#""type": "unassigned", "conversation": "c", "agent": "bo", "reason": "released""#.to_owned(),
            "$.agent",
        ),
        (&[MAIL], r#""type": "kept", "conversation": "c", "agent": "bo""#.to_owned(), "$.agent"),
        (&[MAIL], format!(r#""type": "kept", "conversation": "c", {ANNA}"#), "$.conversation"),
        (&[MAIL], r#""type": "queued", "conversation": "c", "rule": "all", "step": 1"#.to_owned(), "$.conversation"),
        (&[MAIL], r#""type": "handed_to_bot", "conversation": "c", "bot": "robo""#.to_owned(), "$.conversation"),
        (&[MAIL], r#""type": "sent_to_voicemail", "conversation": "c", "voicemail": "v""#.to_owned(), "$.conversation"),
        (&[MAIL], format!(r#""type": "wrap_up_ended", "conversation": "c", {ANNA}"#), "$.agent"),
        (&[MAIL], r#""type": "reopened", "conversation": "c", "woke": true"#.to_owned(), "$.conversation"),
        (
            &[MAIL],
            format!(r#""type": "snoozed", "conversation": "c", {ANNA}, "until": "2026-11-20T09:00:20Z""#),
            "$.until",
        ),
        (
            &[MAIL],
            format!(r#""type": "closed", "conversation": "c", {ANNA}, "until": "2026-11-20T09:00:19Z""#),
            "$.until",
        ),
        // With a bot.
        (&[BOT], format!(r#""type": "closed", "conversation": "c", {ANNA}"#), "$.agent"),
        (
            &[BOT],
            r#""type": "step_entered", "conversation": "c", "rule": "bot", "step": 2"#.to_owned(),
            "$.conversation",
        ),
        // Unassigned in an inbox that bo has no access to.
        (
            &[SIDE],
            r#""type": "assigned", "conversation": "c", "agent": "bo", "rule": "all", "step": 1, "strategy": "random""#
                .to_owned(),
            "$.agent",
        ),
        // Asleep, closed.
        (
            &[MAIL, SNOOZE],
            format!(r#""type": "assigned", "conversation": "c", "agent": "bo", {by_rule}"#),
            "$.conversation",
        ),
        (&[MAIL, CLOSE], r#""type": "closed", "conversation": "c""#.to_owned(), "$.conversation"),
        (&[MAIL, CLOSE], r#""type": "assigned", "conversation": "c", "agent": "bo""#.to_owned(), "$.conversation"),
        (&[MAIL, CLOSE], r#""type": "assigned", "conversation": "c", "team": "vip""#.to_owned(), "$.conversation"),
        (
            &[MAIL, CLOSE],
            r#""type": "unassigned", "conversation": "c", "reason": "released""#.to_owned(),
            "$.conversation",
        ),
        (&[MAIL, CLOSE], r#""type": "snoozed", "conversation": "c""#.to_owned(), "$.conversation"),
        (
            &[MAIL, CLOSE],
            r#""type": "queued", "conversation": "c", "rule": "all", "step": 1"#.to_owned(),
            "$.conversation",
        ),
        (
            &[MAIL, CLOSE],
            r#""type": "updated", "conversation": "c", "inbox": "main", "channel": "mail""#.to_owned(),
            "$.conversation",
        ),
        (
            &[MAIL, CLOSE],
            r#""type": "prioritized", "conversation": "c", "rule": "all", "script": "s", "priority": 1"#.to_owned(),
            "$.conversation",
        ),
    ] {
        assert_refused(commands, &keys, ("invalid_value", path));
    }
    for (keys, path) in [
        (r#""type": "status_changed", "agent": "bo", "state": "away", "reason": "working_hours""#, "$.reason"),
        (
            r#""type": "status_changed", "agent": "bo", "state": "away", "reason": "set_away", "until": "2026-11-20T09:00:20Z""#,
            "$.until",
        ),
        (
            r#""type": "status_changed", "agent": "bo", "state": "away", "reason": "temporarily_away", "set": {"status": "away", "until": "2026-11-20T09:00:00Z"}"#,
            "$.set.until",
        ),
        // The status of an active agent, set by nobody.
        (
            r#""type": "status_changed", "agent": "bo", "state": "away", "reason": "set_away", "set": {"status": "away", "reason": "set_away"}"#,
            "$.set.reason",
        ),
        (
            r#""type": "status_changed", "agent": "bo", "state": "away", "reason": "deactivated", "set": {"status": "away", "reason": "working_hours"}"#,
            "$.set.reason",
        ),
        (r#""type": "updated", "conversation": "c", "inbox": "main", "channel": "mail", "goes_on": true"#, "$.goes_on"),
    ] {
        assert_refused(&[FULL], keys, ("invalid_value", path));
    }
}

/// The log of `found.md`: a step beyond all steps made the next `advance` run for ever.
#[test]
fn of_a_step_that_is_not_there_do_not_hang() {
    let (mut desk, last) = desk(&[FULL]);
    let queued = r#""type": "queued", "conversation": "c", "rule": "all", "step": 9007199254740991, "until": "2026-11-20T09:05:00Z""#;
    desk.apply(&event(queued, last + 1)).unwrap_err();
    desk.advance(Instant::parse("2026-11-20T12:00:00Z").unwrap());
    invariants::assert_sound(&desk);
}
