//! Warnings of documents as tables: each case is a small change of a sound desk, with the expected warnings; and documents
//! without warnings.

use std::path::{Path, PathBuf};

use frontdesk::{Code, Desk, Document, Severity};
use serde_json::{Value, json};

/// A desk without warnings.
fn sound() -> Value {
    json!({
        "version": 1,
        "time_zone": "Europe/Stockholm",
        "working_hours": [{"days": ["mon", "tue", "wed", "thu", "fri"], "start": "09:00", "end": "17:00"}],
        "teams": [{"id": "support"}, {"id": "vip"}],
        "agents": [
            {"id": "anna", "team": "support", "extra_teams": ["vip"], "capacity": 3, "skills": {"billing": 3}},
            {"id": "bo", "team": "support", "seat": "service"}
        ],
        "inboxes": [{"id": "main", "channels": [{"id": "chat", "kind": "chat", "rules": [
            {"id": "first", "match": {"attributes.plan": "vip"}, "steps": [
                {"assign_to": {"teams": ["support"]}, "wait": "30s"}, {"assign_to": "everyone", "wait": "2m"}]},
            {"id": "last", "steps": [{"assign_to": {"teams": ["support"]}}]}
        ]}]}]
    })
}

/// Shorthands of paths.
const CHANNEL: &str = "$.inboxes[0].channels[0]";
const RULE: &str = "$.inboxes[0].channels[0].rules[0]";

/// A desk with other values at some JSON pointers; `null` removes a key. `CHANNEL` and `RULE` at the beginning of a pointer
/// are those of the paths.
fn changed(changes: &[(&str, Value)]) -> Document {
    let mut desk = sound();
    for (pointer, value) in changes {
        let pointer =
            pointer.replace("RULE", "/inboxes/0/channels/0/rules/0").replace("CHANNEL", "/inboxes/0/channels/0");
        let (parent, key) = pointer.rsplit_once('/').unwrap();
        let parent = desk.pointer_mut(parent).unwrap_or_else(|| panic!("no {pointer}"));
        match (parent, value) {
            (Value::Object(entries), Value::Null) => drop(entries.remove(key)),
            (Value::Object(entries), value) => drop(entries.insert(key.to_owned(), value.clone())),
            (Value::Array(elements), value) if key == "-" => elements.push(value.clone()),
            (Value::Array(elements), value) => elements[key.parse::<usize>().unwrap()] = value.clone(),
            (other, _) => panic!("{pointer}: {other}"),
        }
    }
    Document::from_json(&desk.to_string()).unwrap_or_else(|problems| panic!("{changes:?}: {problems}"))
}

/// The warnings of a document, with code and path, in its order.
fn found(document: &Document) -> Vec<String> {
    document.warnings().iter().map(|it| format!("{} {}", it.code, it.path)).collect()
}

type Case = (&'static [(&'static str, &'static str)], &'static [&'static str]);

/// Checks cases: the change as JSON, and all expected warnings.
#[track_caller]
fn table(cases: &[Case]) {
    for (changes, wanted) in cases {
        let changes: Vec<(&str, Value)> = changes
            .iter()
            .map(|(pointer, value)| {
                (*pointer, serde_json::from_str(value).unwrap_or_else(|it| panic!("{value}: {it}")))
            })
            .collect();
        let document = changed(&changes);
        let wanted: Vec<String> =
            wanted.iter().map(|it| it.replace("RULE", RULE).replace("CHANNEL", CHANNEL)).collect();
        assert_eq!(found(&document), wanted, "{changes:?}");
    }
}

#[test]
fn the_sound_desk_is_quiet() {
    table(&[(&[], &[])]);
}

#[test]
fn conditions_that_hold_of_nothing() {
    const PLAN: &[&str] = &["never_matches RULE.match[\"attributes.plan\"]"];
    const PRIORITY: &[&str] = &["never_matches RULE.match.priority"];
    table(&[
        (&[("RULE/match", r#"{"attributes.plan": []}"#)], PLAN),
        (&[("RULE/match", r#"{"attributes.plan": {"at_least": 5, "at_most": 2}}"#)], PLAN),
        (&[("RULE/match", r#"{"attributes.plan": {"at_least": 5, "not": {"at_least": 5}}}"#)], PLAN),
        (&[("RULE/match", r#"{"attributes.plan": {"at_most": 5, "not": {"at_most": 6}}}"#)], PLAN),
        (&[("RULE/match", r#"{"attributes.plan": {"at_least": 5, "starts_with": "a"}}"#)], PLAN),
        (&[("RULE/match", r#"{"attributes.plan": {"at_least": 5, "contains": "a"}}"#)], PLAN),
        (&[("RULE/match", r#"{"attributes.plan": {"contains": 5, "starts_with": "a"}}"#)], PLAN),
        (&[("RULE/match", r#"{"attributes.plan": {"exists": false, "starts_with": "a"}}"#)], PLAN),
        (&[("RULE/match", r#"{"attributes.plan": {"exists": true, "not": {"exists": true}}}"#)], PLAN),
        (&[("RULE/match", r#"{"attributes.plan": {"at_least": 1, "not": {"exists": true}}}"#)], PLAN),
        (&[("RULE/match", r#"{"attributes.plan": {"starts_with": "ab", "not": {"starts_with": "a"}}}"#)], PLAN),
        (&[("RULE/match", r#"{"attributes.plan": {"starts_with": "abc", "not": {"contains": "b"}}}"#)], PLAN),
        (&[("RULE/match", r#"{"attributes.plan": {"contains": "a", "not": {"contains": "a"}}}"#)], PLAN),
        (
            &[("RULE/match", r#"{"contact.attributes.email": [{"starts_with": "marketing@"}]}"#)],
            &["never_matches RULE.match[\"contact.attributes.email\"][0]"],
        ),
        (
            &[("RULE/match", r#"{"attributes.plan": ["vip", {"not": "x"}, null]}"#)],
            &["never_matches RULE.match[\"attributes.plan\"][1]", "never_matches RULE.match[\"attributes.plan\"][2]"],
        ),
        (
            &[("RULE/match", r#"{"attributes.plan": {"not": [{"starts_with": "a"}]}}"#)],
            &["never_matches RULE.match[\"attributes.plan\"].not[0]"],
        ),
        (&[("RULE/match", r#"{"priority": {"starts_with": "a"}}"#)], PRIORITY),
        (&[("RULE/match", r#"{"priority": {"exists": false}}"#)], PRIORITY),
        (&[("RULE/match", r#"{"priority": 1.5}"#)], PRIORITY),
        (&[("RULE/match", r#"{"priority": {"at_least": 2, "at_most": 1}}"#)], PRIORITY),
        (&[("RULE/match", r#"{"kind": "call"}"#)], &["never_matches RULE.match.kind"]),
        (&[("RULE/match", r#"{"kind": ["call", "email"]}"#)], &["never_matches RULE.match.kind"]),
        (&[("RULE/match", r#"{"kind": {"starts_with": "e"}}"#)], &["never_matches RULE.match.kind"]),
        (&[("RULE/match", r#"{"inbox": {"not": "main"}}"#)], &["never_matches RULE.match.inbox"]),
        (&[("RULE/match", r#"{"channel": {"not": ["chat"]}}"#)], &["never_matches RULE.match.channel"]),
        (&[("RULE/match", r#"{"channel": {"exists": false}}"#)], &["never_matches RULE.match.channel"]),
        (
            &[("RULE/match", r#"{"contact.known": {"not": [true, false]}}"#)],
            &["never_matches RULE.match[\"contact.known\"]"],
        ),
        (&[("RULE/match", r#"{"contact.known": {"at_least": 1}}"#)], &["never_matches RULE.match[\"contact.known\"]"]),
        (&[("RULE/match", r#"{"contact.owner": {"at_least": 1}}"#)], &["never_matches RULE.match[\"contact.owner\"]"]),
        (
            &[("RULE/match", r#"{"skills.billing": {"at_least": 6}}"#)],
            &["never_matches RULE.match[\"skills.billing\"]"],
        ),
        (&[("RULE/match", r#"{"skills.billing": 0}"#)], &["never_matches RULE.match[\"skills.billing\"]"]),
        (&[("RULE/match", r#"{"hours": []}"#)], &["never_matches RULE.match.hours"]),
        (
            &[(
                "RULE/match",
                r#"{"hours": {"time_zone": "UTC", "hours": [{"days": ["sun"], "start": "09:00", "end": "17:00", "first_day": "2026-11-16", "last_day": "2026-11-20"}]}}"#,
            )],
            &["never_matches RULE.match.hours"],
        ),
    ]);
}

#[test]
fn conditions_that_may_hold_are_quiet() {
    for quiet in [
        r#"{"attributes.plan": {"at_least": 2, "at_most": 2}}"#,
        r#"{"attributes.plan": {"at_least": 2, "not": 2}}"#,
        r#"{"attributes.plan": {"at_least": 2, "not": {"at_least": 3}}}"#,
        r#"{"attributes.plan": {"at_least": 2, "not": {"at_most": 1}}}"#,
        r#"{"attributes.plan": {"starts_with": "a", "contains": "b", "not": {"starts_with": "ab"}}}"#,
        r#"{"attributes.plan": {"contains": "abc", "not": {"contains": "ab"}}}"#,
        r#"{"attributes.plan": {"contains": 5, "not": {"contains": "a"}}}"#,
        r#"{"attributes.plan": {"exists": false}}"#,
        r#"{"attributes.plan": {"not": {"exists": true}}}"#,
        r#"{"attributes.plan": {"not": {"at_least": 5}, "exists": false}}"#,
        r#"{"attributes.plan": [["a", "b"], {"key": "value"}, {"at_least": 1, "other": 2}]}"#,
        r#"{"attributes.plan": {"not": []}, "attributes.x": 1}"#,
        r#"{"priority": {"at_least": 0.5, "at_most": 1.5}}"#,
        r#"{"priority": [1.5, 2]}"#,
        r#"{"kind": ["call", "chat"], "attributes.x": 1}"#,
        r#"{"kind": {"not": "call"}, "attributes.x": 1}"#,
        r#"{"contact.known": false}"#,
        r#"{"contact.known": {"not": true}, "contact.owner": {"exists": true}}"#,
        r#"{"contact.owner": {"not": "anna", "starts_with": "a"}}"#,
        r#"{"contact.owner": "somebody who left"}"#,
        r#"{"skills.billing": {"at_least": 5}}"#,
        r#"{"skills.billing": {"exists": false}}"#,
        r#"{"hours": [{"days": ["sun"], "start": "09:00", "end": "17:00", "first_day": "2026-11-16", "last_day": "2026-11-22"}]}"#,
    ] {
        table(&[(Box::leak(Box::new([("RULE/match", quiet)])), &[])]);
    }
}

#[test]
fn rules_that_nothing_reaches() {
    const SECOND: &[&str] = &["never_reached CHANNEL.rules[1]"];
    table(&[
        (&[("RULE/match", "null")], SECOND),
        (&[("RULE/match", r#"{"x-note": "all"}"#)], SECOND),
        (&[("RULE/match", r#"{"kind": "chat"}"#)], SECOND),
        (&[("RULE/match", r#"{"inbox": ["main"], "channel": {"not": {"exists": false}}}"#)], SECOND),
        (&[("CHANNEL/rules/1/match", r#"{"attributes.plan": "vip"}"#)], SECOND),
        (
            &[
                ("RULE/match", r#"{"attributes.plan": "vip", "priority": 1}"#),
                ("CHANNEL/rules/1/match", r#"{"priority": 1, "attributes.plan": "vip"}"#),
            ],
            SECOND,
        ),
        (
            &[("RULE/match", "null"), ("CHANNEL/rules/-", r#"{"id": "third", "steps": [{"assign_to": "everyone"}]}"#)],
            &["never_reached CHANNEL.rules[1]", "never_reached CHANNEL.rules[2]"],
        ),
        // Another condition accepts some conversations.
        (&[("CHANNEL/rules/1/match", r#"{"attributes.plan": "gold"}"#)], &[]),
        (
            &[("RULE/match", r#"{"contact.known": true}"#), ("CHANNEL/rules/1/match", r#"{"contact.known": false}"#)],
            &[],
        ),
    ]);
}

#[test]
fn steps_that_never_decide() {
    const SECOND: &[&str] = &["never_reached RULE.steps[1]"];
    table(&[
        (
            &[("RULE/steps", r#"[{"assign_to": "everyone", "wait": "1m"}, {"assign_to": {"teams": ["support"]}}]"#)],
            SECOND,
        ),
        (&[("RULE/steps", r#"[{"assign_to": "everyone"}, {"assign_to": "contact_owner"}]"#)], SECOND),
        (
            &[("RULE/steps", r#"[{"assign_to": "contact_owner"}, {"assign_to": "contact_owner", "wait": "1m"}]"#)],
            SECOND,
        ),
        (
            &[(
                "RULE/steps",
                r#"[{"assign_to": {"teams": ["support"]}, "skills": {"billing": 1}}, {"assign_to": {"teams": ["support"]}, "skills": {"billing": 2}}]"#,
            )],
            SECOND,
        ),
        (
            &[(
                "RULE/steps",
                r#"[{"assign_to": "everyone", "only_available": false}, {"assign_to": {"agents": ["anna"]}}]"#,
            )],
            SECOND,
        ),
        // Fewer skills, agents who are away, a weight, and the hand-over of a bot each make another agent eligible.
        (
            &[(
                "RULE/steps",
                r#"[{"assign_to": "everyone", "skills": {"billing": 2}}, {"assign_to": "everyone", "skills": {"billing": 1}}]"#,
            )],
            &[],
        ),
        (&[("RULE/steps", r#"[{"assign_to": "everyone"}, {"assign_to": "everyone", "only_available": false}]"#)], &[]),
        (
            &[(
                "RULE/steps",
                r#"[{"assign_to": "everyone", "strategy": "weighted_round_robin"}, {"assign_to": "everyone"}]"#,
            )],
            &[],
        ),
        (
            &[("RULE/steps", r#"[{"assign_to": "everyone"}, {"assign_to": {"bot": "b"}}, {"assign_to": "everyone"}]"#)],
            &[],
        ),
        (
            &[(
                "RULE/steps",
                r#"[{"assign_to": "last_agent"}, {"assign_to": "contact_owner"}, {"assign_to": "everyone"}]"#,
            )],
            &[],
        ),
        (
            &[(
                "RULE/steps",
                r#"[{"assign_to": {"teams": ["support"]}}, {"assign_to": {"teams": ["support"], "extra": true}}]"#,
            )],
            &[],
        ),
    ]);
}

#[test]
fn what_nobody_can_serve() {
    const TARGET: &[&str] = &["nobody_there RULE.steps[0].assign_to"];
    const ACCESS: &[&str] = &["nobody_there $.inboxes[0].access"];
    let step = |step: &'static str| -> &'static [(&'static str, &'static str)] {
        Box::leak(Box::new([("RULE/steps/0", step)]))
    };
    table(&[
        // A team without main members, or without any members.
        (step(r#"{"assign_to": {"teams": ["vip"]}}"#), TARGET),
        (
            &[
                ("/teams/-", r#"{"id": "empty"}"#),
                ("RULE/steps/0", r#"{"assign_to": {"teams": ["empty"], "extra": true}}"#),
            ],
            TARGET,
        ),
        (step(r#"{"assign_to": {"agents": [], "teams": []}}"#), TARGET),
        (step(r#"{"assign_to": {"teams": ["vip"], "extra": true}}"#), &[]),
        (step(r#"{"assign_to": {"bot": "helper"}}"#), &[]),
        // Skills.
        (
            step(r#"{"assign_to": {"teams": ["support"]}, "skills": {"billing": 4}}"#),
            &["nobody_there RULE.steps[0].skills.billing"],
        ),
        (
            step(r#"{"assign_to": "contact_owner", "skills": {"french": 1}}"#),
            &["nobody_there RULE.steps[0].skills.french"],
        ),
        (
            step(r#"{"assign_to": {"agents": ["bo"]}, "skills": {"billing": 1}}"#),
            &["nobody_there RULE.steps[0].skills.billing"],
        ),
        (step(r#"{"assign_to": {"teams": ["support"]}, "skills": {"billing": 3}}"#), &[]),
        // Deactivated.
        (&[("/agents/0/active", "false"), ("RULE/steps/0", r#"{"assign_to": {"agents": ["anna"]}}"#)], TARGET),
        (&[("/agents/0/active", "false"), ("/agents/1/active", "false")], ACCESS),
        // Seats.
        (
            &[("/settings", r#"{"requires_seat": true}"#), ("RULE/steps/0", r#"{"assign_to": {"agents": ["anna"]}}"#)],
            TARGET,
        ),
        (
            &[("/settings", r#"{"requires_seat": true}"#), ("/agents/1/seat", "null")],
            &["nobody_there $.settings.requires_seat"],
        ),
        (
            &[("/settings", r#"{"entitlements": {"auto_assign": ["sales"]}}"#)],
            &["nobody_there $.settings.entitlements.auto_assign"],
        ),
        (&[("/settings", r#"{"entitlements": {"auto_assign": ["sales", "service"]}}"#)], &[]),
        // Access.
        (&[("/inboxes/0/access", r#"{"teams": [], "agents": []}"#)], ACCESS),
        (&[("/teams/-", r#"{"id": "empty"}"#), ("/inboxes/0/access", r#"{"teams": ["empty"]}"#)], ACCESS),
        (
            &[
                ("/inboxes/0/access", r#"{"agents": ["anna"]}"#),
                ("RULE/steps/0", r#"{"assign_to": {"agents": ["bo"]}}"#),
            ],
            TARGET,
        ),
        (&[("/inboxes/0/access", r#"{"teams": ["vip"]}"#)], &[]),
        // Capacity and weight.
        (&[("CHANNEL/weight", "4"), ("RULE/steps/0", r#"{"assign_to": {"agents": ["anna"]}}"#)], TARGET),
        (&[("/agents/0/capacity", "0"), ("RULE/steps/0", r#"{"assign_to": {"agents": ["anna"]}}"#)], TARGET),
        (
            &[
                ("/agents/0/capacity", r#"{"per_kind": {"chat": 0}}"#),
                ("RULE/steps/0", r#"{"assign_to": {"agents": ["anna"]}}"#),
            ],
            TARGET,
        ),
        (
            &[
                ("/agents/0/attributes", r#"{"weight": 0}"#),
                ("RULE/steps/0", r#"{"assign_to": {"agents": ["anna"]}, "strategy": "weighted_round_robin"}"#),
            ],
            TARGET,
        ),
        // A rule or a channel without agents.
        (&[("RULE/steps", "[]")], &["nobody_there RULE.steps"]),
        (&[("RULE/steps", "[]"), ("RULE/otherwise", r#""unassigned""#)], &[]),
        (&[("CHANNEL/rules", "[]"), ("CHANNEL/visitor", "{}")], &["nobody_there CHANNEL.visitor"]),
        (&[("CHANNEL/rules", "[]"), ("CHANNEL/visitor", r#"{"availability": "always"}"#)], &[]),
        (&[("CHANNEL/rules", "[]")], &[]),
    ]);
    // A desk that is not complete yet.
    table(&[(&[("/agents", "[]"), ("/inboxes/0/access", r#"{"teams": ["vip"]}"#)], &[])]);
}

#[test]
fn hours_that_no_day_has() {
    const SUNDAY: &str =
        r#"[{"days": ["sun"], "start": "09:00", "end": "17:00", "first_day": "2026-11-16", "last_day": "2026-11-21"}]"#;
    table(&[
        (&[("/working_hours", SUNDAY)], &["never_open $.working_hours[0]"]),
        (&[("/teams/0/working_hours", SUNDAY)], &["never_open $.teams[0].working_hours[0]"]),
        (&[("/agents/1/working_hours", SUNDAY)], &["never_open $.agents[1].working_hours[0]"]),
        (&[("/inboxes/0/office_hours", SUNDAY)], &["never_open $.inboxes[0].office_hours[0]"]),
        (&[("CHANNEL/office_hours", SUNDAY)], &["never_open CHANNEL.office_hours[0]"]),
        (&[("/inboxes/0/office_hours", "[]")], &["never_open $.inboxes[0].office_hours"]),
        (&[("CHANNEL/office_hours", "[]")], &["never_open CHANNEL.office_hours"]),
        // Every second week, where the range contains only the other week.
        (
            &[(
                "/working_hours",
                r#"[{"days": ["mon"], "start": "09:00", "end": "17:00", "every": 2, "first_day": "2026-11-20", "last_day": "2026-11-29"}]"#,
            )],
            &["never_open $.working_hours[0]"],
        ),
        (
            &[(
                "/working_hours",
                r#"[{"days": ["mon"], "start": "09:00", "end": "17:00", "every": 2, "first_day": "2026-11-20", "last_day": "2026-11-30"}]"#,
            )],
            &[],
        ),
        (
            &[(
                "/working_hours",
                r#"[{"days": ["fri"], "start": "22:00", "end": "06:00", "every": 520, "first_day": "2026-11-20", "last_day": "2126-11-20"}]"#,
            )],
            &[],
        ),
        (
            &[(
                "/working_hours",
                r#"[{"days": ["sat", "sun"], "start": "09:00", "end": "17:00", "first_day": "2026-11-16", "last_day": "2026-11-21"}]"#,
            )],
            &[],
        ),
        // Ways to write that an agent never works, or starts to work at some time.
        (&[("/agents/1/working_hours", "[]")], &[]),
        (&[("/agents/1/date_hours", r#"[{"date": "2026-12-24", "hours": []}]"#)], &[]),
        (
            &[
                ("/inboxes/0/office_hours", "[]"),
                ("CHANNEL/office_hours", r#"[{"days": ["mon"], "start": "09:00", "end": "17:00"}]"#),
            ],
            &[],
        ),
        (
            &[("/working_hours", r#"[{"days": ["sun"], "start": "09:00", "end": "17:00", "last_day": "2001-01-01"}]"#)],
            &[],
        ),
    ]);
}

#[test]
fn keys_without_effect() {
    const OFFICE: (&str, &str) =
        ("/inboxes/0/office_hours", r#"[{"days": ["mon"], "start": "09:00", "end": "17:00"}]"#);
    table(&[
        (&[("/kinds", r#"["fax", "chat"]"#)], &["no_effect $.kinds[1]"]),
        (&[("/agents/0/extra_teams", r#"["vip", "support"]"#)], &["no_effect $.agents[0].extra_teams[1]"]),
        (
            &[("/statuses", r#"[{"id": "lunch", "state": "away", "kinds": ["chat"]}]"#)],
            &["no_effect $.statuses[0].kinds"],
        ),
        (&[("/statuses", r#"[{"id": "calls", "state": "available", "kinds": ["call"]}]"#)], &[]),
        (&[("/agents/0/capacity", "{}")], &["no_effect $.agents[0].capacity"]),
        (
            &[("/agents/0/capacity", r#"{"total": 2, "per_kind": {"chat": 3}}"#)],
            &["no_effect $.agents[0].capacity.per_kind.chat"],
        ),
        (&[("/agents/0/capacity", r#"{"total": 3, "per_kind": {"chat": 3, "call": 1}, "alone": ["call"]}"#)], &[]),
        (&[("/holidays", r#"[{"id": "h", "dates": []}]"#)], &["no_effect $.holidays[0].dates"]),
        (
            &[("/holidays", r#"[{"id": "h", "dates": ["2026-12-25"], "inboxes": ["main"]}]"#)],
            &["no_effect $.holidays[0].inboxes"],
        ),
        (&[OFFICE, ("/holidays", r#"[{"id": "h", "dates": ["2026-12-25"], "inboxes": ["main"]}]"#)], &[]),
        (&[("/holidays", r#"[{"id": "h", "dates": ["2026-12-25"], "inboxes": ["main"], "teams": ["vip"]}]"#)], &[]),
        (&[("CHANNEL/after_hours", r#"{"voicemail": "v"}"#)], &["no_effect CHANNEL.after_hours"]),
        (&[OFFICE, ("CHANNEL/after_hours", r#"{"voicemail": "v"}"#)], &[]),
        (&[("CHANNEL/rules", "[]"), ("CHANNEL/accept_within", r#""20s""#)], &["no_effect CHANNEL.accept_within"]),
        (&[("CHANNEL/rules", "[]"), ("CHANNEL/kind", r#""call""#)], &[]),
        (&[("CHANNEL/accept_within", r#""20s""#)], &[]),
        (&[("CHANNEL/offer_again_after", r#""1m""#)], &["no_effect CHANNEL.offer_again_after"]),
        (
            &[("RULE/steps", r#"[{"assign_to": "everyone", "wait": "1m"}, {"assign_to": "everyone", "priority": 2}]"#)],
            &[],
        ),
        (
            &[(
                "RULE/steps",
                r#"[{"assign_to": "everyone", "wait": {"office_hours": "1h"}}, {"assign_to": "everyone", "priority": 2}]"#,
            )],
            &["no_effect RULE.steps[0].wait.office_hours"],
        ),
        (
            &[
                OFFICE,
                (
                    "RULE/steps",
                    r#"[{"assign_to": "everyone", "wait": {"office_hours": "1h"}}, {"assign_to": "everyone", "priority": 2}]"#,
                ),
            ],
            &[],
        ),
        (&[("CHANNEL/offers_at_once", "2")], &["no_effect CHANNEL.offers_at_once"]),
        (&[("CHANNEL/offers_at_once", "2"), ("CHANNEL/accept_within", r#""20s""#)], &[]),
        (
            &[("CHANNEL/rules", "[]"), ("CHANNEL/waiting_limit", r#"{"at_most": 1, "otherwise": "unassigned"}"#)],
            &["no_effect CHANNEL.waiting_limit"],
        ),
        (&[("CHANNEL/visitor", r#"{"when_closed": {"message": "m"}}"#)], &["no_effect CHANNEL.visitor.when_closed"]),
        (&[OFFICE, ("CHANNEL/visitor", r#"{"when_closed": {"message": "m"}}"#)], &[]),
        (
            &[OFFICE, ("CHANNEL/visitor", r#"{"availability": "always", "when_closed": {"message": "m"}}"#)],
            &["no_effect CHANNEL.visitor.when_closed"],
        ),
        (
            &[("CHANNEL/visitor", r#"{"availability": "always", "when_away": {"message": "m"}}"#)],
            &["no_effect CHANNEL.visitor.when_away"],
        ),
        (
            &[("CHANNEL/visitor", r#"{"availability": "office_hours", "when_closed": {"message": "m"}}"#)],
            &["no_effect CHANNEL.visitor.availability"],
        ),
        (
            &[
                OFFICE,
                (
                    "CHANNEL/visitor",
                    r#"{"availability": "office_hours", "when_away": {"message": "m"}, "when_closed": {"hide": true}}"#,
                ),
            ],
            &[],
        ),
        (
            &[("CHANNEL/visitor", r#"{"when_away": {"message": "m", "reply_time": "r", "hide": true}}"#)],
            &["no_effect CHANNEL.visitor.when_away.message", "no_effect CHANNEL.visitor.when_away.reply_time"],
        ),
        (&[("CHANNEL/visitor", r#"{"shows": {"agents": [], "teams": []}}"#)], &["no_effect CHANNEL.visitor.shows"]),
        (
            &[("CHANNEL/visitor", r#"{"shows": {"contact_owner": true, "otherwise": {"teams": []}}}"#)],
            &["no_effect CHANNEL.visitor.shows.otherwise"],
        ),
        (&[("CHANNEL/visitor", r#"{"shows": {"contact_owner": true, "otherwise": {"name": "Support"}}}"#)], &[]),
        (
            &[("RULE/steps/0", r#"{"assign_to": {"agents": ["anna"], "extra": true}}"#)],
            &["no_effect RULE.steps[0].assign_to.extra"],
        ),
        (
            &[(
                "RULE/steps/0",
                r#"{"assign_to": {"bot": "b"}, "wait": "1m", "strategy": "random", "skills": {"billing": 1}, "only_available": false}"#,
            )],
            &[
                "no_effect RULE.steps[0].strategy",
                "no_effect RULE.steps[0].skills",
                "no_effect RULE.steps[0].wait",
                "no_effect RULE.steps[0].only_available",
            ],
        ),
        (&[("/settings", r#"{"missed_offers_before_away": 3}"#)], &["no_effect $.settings.missed_offers_before_away"]),
        (&[("/settings", r#"{"missed_offers_before_away": 3}"#), ("CHANNEL/kind", r#""call""#)], &[]),
        (&[("/settings", r#"{"last_assignment_before_end": "10m", "away_ends_at_shift_start": true}"#)], &[]),
        (
            &[
                ("/settings", r#"{"last_assignment_before_end": "10m", "away_ends_at_shift_start": true}"#),
                ("/working_hours", "null"),
            ],
            &["no_effect $.settings.away_ends_at_shift_start", "no_effect $.settings.last_assignment_before_end"],
        ),
        (
            &[("/settings", r#"{"away_ends_at_shift_start": true, "own_away_ends_at_shift_start": true}"#)],
            &["no_effect $.settings.own_away_ends_at_shift_start"],
        ),
        (
            &[("/settings", r#"{"own_away_ends_at_shift_start": true}"#), ("/working_hours", "null")],
            &["no_effect $.settings.own_away_ends_at_shift_start"],
        ),
        (&[("/settings", r#"{"own_away_ends_at_shift_start": true}"#)], &[]),
        (
            &[
                ("/settings", r#"{"last_assignment_before_end": "10m"}"#),
                ("/working_hours", "null"),
                ("/agents/0/out_of_office", r#"[{"first_day": "2026-12-01", "last_day": "2026-12-02"}]"#),
            ],
            &[],
        ),
        (
            &[("/settings", r#"{"entitlements": {"temporarily_away": ["sales"], "out_of_office": []}}"#)],
            &["no_effect $.settings.entitlements.temporarily_away"],
        ),
        (&[("/settings", r#"{"entitlements": {"temporarily_away": ["sales", "service"]}}"#)], &[]),
    ]);
}

#[test]
fn what_nothing_names() {
    table(&[
        (&[("/teams/-", r#"{"id": "idle"}"#)], &["unused $.teams[2]"]),
        (
            &[
                ("/teams/-", r#"{"id": "idle"}"#),
                ("/holidays", r#"[{"id": "h", "dates": ["2026-12-25"], "teams": ["idle"]}]"#),
            ],
            &[],
        ),
        (&[("/teams/-", r#"{"id": "idle"}"#), ("/table_filters", r#"[{"id": "f", "filter": {"team": "idle"}}]"#)], &[]),
        (
            &[
                ("/teams/-", r#"{"id": "idle"}"#),
                ("CHANNEL/visitor", r#"{"shows": {"contact_owner": true, "otherwise": {"teams": ["idle"]}}}"#),
            ],
            &[],
        ),
        // Conversations have skills of their own, so only a likely misspelling is reported.
        (&[("/agents/0/skills", r#"{"french": 1}"#)], &[]),
        (
            &[
                ("/agents/0/skills", r#"{"biling": 3}"#),
                ("RULE/steps/0", r#"{"assign_to": "everyone", "skills": {"billing": 1}}"#),
                ("RULE/steps/1", r#"{"assign_to": {"bot": "b"}}"#),
            ],
            &["unused $.agents[0].skills.biling", "nobody_there RULE.steps[0].skills.billing"],
        ),
    ]);
}

#[cfg(feature = "recurrence")]
#[test]
fn recurrences_that_mean_others() {
    let absence = |rule: &str| {
        let absence = json!([{"first_day": "2026-11-20", "last_day": "2026-11-20", "repeat": rule}]);
        found(&changed(&[("/agents/0/out_of_office", absence)]))
    };
    for odd in [
        "FREQ=WEEKLY;BYDAY=2TU",
        "freq=weekly;byday=mo,-1fr",
        "FREQ=DAILY;BYDAY=1MO",
        "FREQ=WEEKLY;BYMONTHDAY=13",
        "FREQ=DAILY;COUNT=3;UNTIL=20270101",
        "FREQ=MONTHLY;UNTIL=20261101",
    ] {
        assert_eq!(absence(odd), ["unlikely_recurrence $.agents[0].out_of_office[0].repeat"], "{odd}");
    }
    for usual in [
        "FREQ=WEEKLY;BYDAY=TU",
        "FREQ=MONTHLY;BYDAY=2TU",
        "FREQ=YEARLY;BYMONTH=5;BYDAY=-1MO",
        "FREQ=WEEKLY;INTERVAL=2;COUNT=12",
        "FREQ=DAILY;UNTIL=20261120",
        "FREQ=DAILY;UNTIL=20261119T235959Z",
        "FREQ=MONTHLY;BYMONTHDAY=15",
    ] {
        assert_eq!(absence(usual), Vec::<String>::new(), "{usual}");
    }
}

#[test]
fn each_has_its_place_in_the_text_a_hint_and_the_severity() {
    let text = "{\"version\": 1, \"time_zone\": \"UTC\",\n \"agents\": [{\"id\": \"anna\", \"capacity\": {}}],\n \"teams\": [{\"id\": \"é\"}]}";
    for text in [text.to_owned(), format!("\u{feff}{text}")] {
        let document = Document::from_json(&text).unwrap();
        let warnings = document.warnings_in(&text);
        let places: Vec<_> = warnings.iter().map(|it| (it.code, it.position.map(|at| (at.line, at.column)))).collect();
        assert_eq!(places, [(Code::NoEffect, Some((2, 40))), (Code::Unused, Some((3, 12)))]);
        assert!(warnings.iter().all(|it| it.hint.is_some() && it.severity == Severity::Warning));
        // Without the text, the warnings are the same, in the order of the document.
        let mut unplaced = document.warnings();
        unplaced.sort_by_key(|it| it.path.clone());
        let mut placed = warnings;
        placed.iter_mut().for_each(|it| it.position = None);
        placed.sort_by_key(|it| it.path.clone());
        assert_eq!(unplaced, placed);
        // Another text does not cause a failure.
        assert_eq!(document.warnings_in("{").len(), 2);
        assert_eq!(document.warnings_in("[]").len(), 2);
        assert_eq!(Desk::new(document.clone()).warnings(), document.warnings());
    }
}

#[test]
fn what_is_written_is_warned_of_as_what_was_read() {
    let document = changed(&[("/kinds", json!(["chat"])), ("RULE/match", json!({"attributes.plan": []}))]);
    let written = serde_json::to_string(&document).unwrap();
    assert_eq!(Document::from_json(&written).unwrap().warnings(), document.warnings());
    assert_eq!(document.warnings().len(), 2);
}

/// Names are suggested for the first of many misspelt ones only, so that the work does not grow with their square.
#[test]
fn of_many_misspelt_names_the_first_get_suggestions() {
    let agents: Vec<Value> = (0..300)
        .map(|index| json!({"id": format!("a{index}"), "team": "support", "skills": {(format!("skill{index:03}")): 1}}))
        .collect();
    let rules: Vec<Value> = (0..300)
        .map(|index| {
            json!({"id": format!("r{index}"), "match": {"priority": index}, "steps": [
            {"assign_to": {"teams": ["support"]}, "skills": {(format!("skil{index:03}")): 1}}]})
        })
        .collect();
    let warnings = changed(&[("/agents", agents.into()), ("CHANNEL/rules", rules.into())]).warnings();
    let of = |code: Code| warnings.iter().filter(|it| it.code == code).collect::<Vec<_>>();
    let suggests = |it: &&&frontdesk::Problem| it.hint.as_ref().is_some_and(|hint| hint.starts_with("did you mean"));
    assert_eq!(of(Code::NobodyThere).len(), 300);
    assert_eq!(of(Code::NobodyThere).iter().filter(suggests).count(), 100);
    assert_eq!(of(Code::Unused).iter().filter(|it| it.path.contains("skills")).count(), 100);
}

// ---- documents without warnings

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The documents of a file: the whole file, or the `desk` of a vector.
fn documents(path: &Path) -> Vec<Value> {
    let Ok(text) = std::fs::read_to_string(path) else { return Vec::new() };
    let Ok(value) = serde_json::from_str::<Value>(&text) else { return Vec::new() };
    let is_document = |value: &&Value| value.get("version").is_some() && value.get("time_zone").is_some();
    [Some(&value), value.get("desk")].into_iter().flatten().filter(is_document).cloned().collect()
}

fn json_files(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() && !["node_modules", "target", "dist"].iter().any(|name| path.ends_with(name)) {
            json_files(&path, files);
        } else if path.extension().is_some_and(|it| it == "json") {
            files.push(path);
        }
    }
}

/// Every desk in the examples, tests and vectors has no warnings, except for those listed.
#[test]
fn the_desks_of_this_repository_are_quiet() {
    /// The expected warnings.
    const SPOKEN: &[(&str, &str)] = &[
        ("vectors/warnings.json", ""),
        ("vectors/visitors.json", "nobody_there $.inboxes[0].channels[4]"),
        ("vectors/refusals.json", "unused $.teams[0]"),
        ("vectors/reach-and-updates.json", "nobody_there $.inboxes[0].channels[2].rules[0].steps[0].assign_to"),
    ];
    let mut files = Vec::new();
    for folder in ["examples", "core/tests", "bindings/cli/tests"] {
        json_files(&repository().join(folder), &mut files);
    }
    let (mut seen, mut spoken) = (0, Vec::new());
    for file in files {
        for value in documents(&file) {
            let Ok(document) = Document::from_json(&value.to_string()) else { continue };
            seen += 1;
            let name = file.strip_prefix(repository()).unwrap().to_string_lossy().replace('\\', "/");
            let rightly =
                |warning: &String| SPOKEN.iter().any(|(file, what)| name.ends_with(file) && warning.starts_with(what));
            let loud: Vec<String> = found(&document).into_iter().filter(|it| !rightly(it)).collect();
            if !loud.is_empty() {
                spoken.push(format!("{name}: {loud:#?}"));
            }
        }
    }
    assert!(seen >= 25, "only {seen} desks were found");
    assert!(spoken.is_empty(), "{}", spoken.join("\n"));
}
