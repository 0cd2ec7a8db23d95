//! Questions that cannot be read or answered: all problems at once, at their keys.

use frontdesk::Desk;

use crate::example::plain;
use crate::marked::{Expected, assert_told};

#[track_caller]
fn check(marked: &str, expected: &[Expected<'_>]) {
    let mut desk = Desk::from_json(&plain().to_string()).unwrap();
    let open = r#"{"type": "open", "at": "2026-11-20T09:00:00Z", "conversation": "c1", "inbox": "main", "channel": "web-chat"}"#;
    desk.handle_json(open).unwrap();
    assert_told(marked, expected, |text| desk.ask_json(text));
}

macro_rules! bad {
    ($($name:ident: $marked:expr, $expected:expr;)*) => {
        $(#[test] fn $name() { check($marked, &$expected); })*
    };
}

bad! {
    // The name of the question.
    no_json: "▶x", [("invalid_json", "$", "")];
    no_object: "▶[]", [("wrong_type", "$", "")];
    no_name: r#"▶{"agent": "anna"}"#, [("missing_key", "$", "")];
    unknown_name: r#"{"ask": ▶"statuses", "colour": 1}"#, [("invalid_value", "$.ask", "did you mean status?")];
    name_of_another_type: r#"{"ask": ▶1}"#, [("wrong_type", "$.ask", "")];

    // Its keys.
    all_at_once: r#"▶▶{"ask": "status", ▶"agnet": "anna"}"#,
        [("missing_key", "$", ""), ("missing_key", "$", ""), ("unknown_key", "$.agnet", "did you mean agent?")];
    key_of_another_question: r#"{"ask": "now", ▶"agent": "anna"}"#, [("unknown_key", "$.agent", "")];
    key_twice: r#"{"ask": "zone_of", "agent": "bo", ▶"agent": "anna"}"#, [("duplicate_key", "$.agent", "")];
    instant_without_offset: r#"{"ask": "status", "agent": "anna", "at": ▶"2026-11-20T09:00:00"}"#,
        [("missing_offset", "$.at", "Z")];
    instant_after_all_time: r#"{"ask": "status", "agent": "anna", "at": ▶"2200-01-01T00:00:00Z"}"#,
        [("out_of_range", "$.at", "")];
    id_of_another_type: r#"{"ask": "zone_of", "agent": ▶7}"#, [("wrong_type", "$.agent", "")];
    null: r#"{"ask": "table", "at": "2026-11-20T09:00:00Z", "filter": ▶null}"#,
        [("wrong_type", "$.filter", "leave the key out")];
    no_duration: r#"{"ask": "after", "agent": "anna", "at": "2026-11-20T09:00:00Z", "time": ▶"1w"}"#,
        [("invalid_duration", "$.time", "")];
    problems_of_keys_before_those_of_answers:
        r#"{"ask": "status", "agent": "nobody", "at": "2026-11-20T09:00:00Z", ▶"x": 1}"#, [("unknown_key", "$.x", "")];

    // The subject.
    unknown_agent: r#"{"ask": "status", "agent": ▶"ana", "at": "2026-11-20T09:00:00Z"}"#,
        [("unknown_agent", "$.agent", "did you mean anna?")];
    unknown_team: r#"{"ask": "available", "at": "2026-11-20T09:00:00Z", "team": ▶"suport"}"#,
        [("unknown_team", "$.team", "")];
    unknown_inbox: r#"{"ask": "coverage", "start": "2026-11-20T09:00:00Z", "end": "2026-11-20T10:00:00Z", "inbox": ▶"man"}"#,
        [("unknown_inbox", "$.inbox", "")];
    unknown_inbox_of_visitor: r#"{"ask": "visitor", "inbox": ▶"man", "channel": "phone", "at": "2026-11-20T09:00:00Z"}"#,
        [("unknown_inbox", "$.inbox", "did you mean main?")];
    unknown_channel: r#"{"ask": "visitor", "inbox": "main", "channel": ▶"fone", "at": "2026-11-20T09:00:00Z"}"#,
        [("unknown_channel", "$.channel", "")];
    unknown_agent_of_a_queue: r#"{"ask": "queue", "agent": ▶"ana"}"#, [("unknown_agent", "$.agent", "did you mean anna?")];
    unknown_agent_of_inboxes: r#"{"ask": "inboxes_of", "agent": ▶"ana"}"#, [("unknown_agent", "$.agent", "did you mean anna?")];
    unknown_team_of_a_queue: r#"{"ask": "queue", "team": ▶"suport"}"#, [("unknown_team", "$.team", "")];
    unknown_channel_of_a_queue: r#"{"ask": "queue", "channel": ▶"fone"}"#, [("unknown_channel", "$.channel", "")];
    unknown_place: r#"{"ask": "place", "conversation": ▶"c2"}"#, [("unknown_conversation", "$.conversation", "")];
    unknown_conversation: r#"{"ask": "why", "conversation": ▶"c2"}"#, [("unknown_conversation", "$.conversation", "")];
    unknown_team_in_filter: r#"{"ask": "table", "at": "2026-11-20T09:00:00Z", "filter": {"team": ▶"x"}}"#,
        [("unknown_team", "$.filter.team", "")];
    unknown_inbox_in_filter: r#"{"ask": "table", "at": "2026-11-20T09:00:00Z", "filter": {"inbox": ▶"x"}}"#,
        [("unknown_inbox", "$.filter.inbox", "")];
    unknown_key_in_filter: r#"{"ask": "table", "at": "2026-11-20T09:00:00Z", "filter": {▶"seat": "x"}}"#,
        [("unknown_key", "$.filter.seat", "")];
    unknown_state_in_filter: r#"{"ask": "table", "at": "2026-11-20T09:00:00Z", "filter": {"state": ▶"busy"}}"#,
        [("invalid_value", "$.filter.state", "")];
    unknown_filter: r#"{"ask": "table", "at": "2026-11-20T09:00:00Z", "filter": ▶"away"}"#,
        [("unknown_filter", "$.filter", "")];
    filter_of_another_type: r#"{"ask": "table", "at": "2026-11-20T09:00:00Z", "filter": ▶["away"]}"#,
        [("wrong_type", "$.filter", "")];
    unknown_key_of_visitor:
        r#"{"ask": "visitor", "inbox": "main", "channel": "phone", "at": "2026-11-20T09:00:00Z", "visitor": {▶"name": "x"}}"#,
        [("unknown_key", "$.visitor.name", "")];

    may_of_no_command: r#"▶{"ask": "may"}"#, [("missing_key", "$", "")];
    may_of_a_command_without_a_key: r#"{"ask": "may", "command": ▶{"type": "close", "at": "2026-11-20T09:00:00Z"}}"#,
        [("missing_key", "$.command", "")];
    may_of_a_misspelt_command:
        r#"{"ask": "may", "command": {"type": ▶"clos", "at": "2026-11-20T09:00:00Z", "conversation": "c1"}}"#,
        [("invalid_value", "$.command.type", "did you mean close?")];

    // The hours and the agents.
    nobodys_hours: r#"▶{"ask": "after", "at": "2026-11-20T09:00:00Z", "time": "1h"}"#, [("missing_key", "$", "")];
    hours_of_half_a_channel: r#"▶{"ask": "after", "at": "2026-11-20T09:00:00Z", "time": "1h", "inbox": "main"}"#,
        [("missing_key", "$", "")];
    hours_of_two: r#"▶{"ask": "before", "at": "2026-11-20T09:00:00Z", "time": "1h", "agent": "anna", "team": "vip"}"#,
        [("conflict", "$", "")];
    scope_of_two: r#"▶{"ask": "available", "at": "2026-11-20T09:00:00Z", "team": "vip", "inbox": "main"}"#,
        [("conflict", "$", "")];
    extra_of_nobody: r#"▶{"ask": "available", "at": "2026-11-20T09:00:00Z", "extra": true}"#, [("conflict", "$", "")];

    // Ranges.
    range_that_ends_before_it_starts:
        r#"{"ask": "schedule", "agent": "anna", "start": "2026-11-20T09:00:00Z", "end": ▶"2026-11-20T08:00:00Z"}"#,
        [("invalid_value", "$.end", "")];
    working_time_of_such_a_range:
        r#"{"ask": "working_time", "agent": "anna", "start": "2026-11-20T09:00:00Z", "end": ▶"2026-11-20T08:00:00Z"}"#,
        [("invalid_value", "$.end", "")];
    steps_of_no_length:
        r#"{"ask": "coverage_steps", "start": "2026-11-20T09:00:00Z", "end": "2026-11-20T10:00:00Z", "step": ▶"0s"}"#,
        [("out_of_range", "$.step", "")];
    too_many_steps:
        r#"{"ask": "coverage_steps", "start": "2001-11-20T09:00:00Z", "end": "2199-11-20T10:00:00Z", "step": ▶"1s"}"#,
        [("out_of_range", "$.step", "")];

    // Stories.
    story_without_events: r#"▶{"ask": "story", "conversation": "c1"}"#, [("missing_key", "$", "")];
    event_that_is_none: r#"{"ask": "story", "conversation": "c1", "events": [▶{"type": "closed"}, ▶7]}"#,
        [("invalid_json", "$.events[0]", ""), ("invalid_json", "$.events[1]", "")];
    event_of_a_later_version:
        r#"{"ask": "story", "conversation": "c1", "events": [▶{"version": 2, "seq": 1, "at": "2026-11-20T09:00:00Z", "type": "closed", "conversation": "c1"}]}"#,
        [("unsupported_version", "$.events[0]", "")];
    zone_of_a_story: r#"{"ask": "story", "conversation": "c1", "events": [], "time_zone": ▶"Europe/Stokholm"}"#,
        [("unknown_zone", "$.time_zone", "Europe/Stockholm")];
}
