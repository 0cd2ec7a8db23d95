//! Every command by every actor: allowed, or the code of the refusal.

use frontdesk::{Desk, Event};
use serde_json::{Value, json};

/// The actors. Seats are required; `main`, `quiet` and `bare` are for the team `in`, `side` is for the team `out`.
///
/// A new role is a line here, an agent of [`desk`], and a letter in each row of [`table`]; blessing then gives it a column in
/// `docs/reference/permissions.md`.
pub const ACTORS: [(&str, Option<&str>); 13] = [
    ("the program", None),
    ("oneself", Some("anna")),
    ("another agent", Some("bo")),
    ("who manages availability", Some("lead")),
    ("a super admin", Some("boss")),
    ("a super admin without a seat", Some("chief")),
    ("a super admin without access", Some("far")),
    ("who manages availability, without access", Some("planner")),
    ("who has account access", Some("auditor")),
    ("who has account access, without access to the inbox", Some("visitor")),
    ("another agent, with access to both", Some("clerk")),
    ("an agent without access", Some("out")),
    ("a deactivated agent", Some("gone")),
];

pub fn desk() -> Desk {
    let agent = |id: &str, team: &str, more: Value| {
        let mut agent = json!({"id": id, "team": team, "seat": "service"});
        agent.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        agent
    };
    let rules = json!([{"id": "r", "steps": [{"assign_to": {"agents": ["anna"]}}]}]);
    let chat = json!({"id": "chat", "kind": "chat", "rules": rules});
    let inbox =
        |id: &str, team: &str, channels: Value| json!({"id": id, "access": {"teams": [team]}, "channels": channels});
    let bot = json!([{"id": "b", "steps": [{"assign_to": {"bot": "robo"}}]}]);
    let document = json!({
        "version": 1, "time_zone": "UTC", "teams": [{"id": "in"}, {"id": "out"}],
        "agents": [
            agent("anna", "in", json!({})), agent("bo", "in", json!({"seat": "sales"})),
            agent("lead", "in", json!({"permissions": ["manage_availability"]})),
            agent("boss", "in", json!({"permissions": ["super_admin"]})),
            {"id": "chief", "team": "in", "permissions": ["super_admin"]},
            agent("far", "out", json!({"permissions": ["super_admin"]})),
            agent("planner", "out", json!({"permissions": ["manage_availability"]})),
            agent("auditor", "in", json!({"permissions": ["account_access"]})),
            agent("visitor", "out", json!({"permissions": ["account_access"]})),
            agent("clerk", "in", json!({"extra_teams": ["out"]})),
            agent("out", "out", json!({})), agent("gone", "in", json!({"active": false})),
        ],
        "inboxes": [
            inbox("main", "in", json!([
                chat, {"id": "phone", "kind": "call", "accept_within": "1h", "rules": rules},
                {"id": "web", "kind": "messenger", "rules": bot}])),
            inbox("quiet", "in", json!([chat])), inbox("bare", "in", json!([{"id": "form", "kind": "form"}])),
            inbox("side", "out", json!([chat])),
        ],
        "holidays": [{"id": "eve", "dates": []}],
        "settings": {
            "requires_seat": true,
            "entitlements": {"temporarily_away": ["service"], "out_of_office": ["service"], "hidden_messages": ["service"]},
        },
    });
    let mut desk = Desk::from_json(&document.to_string()).unwrap_or_else(|wrong| panic!("{wrong:#?}"));
    for (id, channel) in [("held", "chat"), ("closed", "chat"), ("offered", "phone"), ("bots", "web")] {
        take(&mut desk, &json!({"type": "open", "conversation": id, "inbox": "main", "channel": channel}), None);
    }
    take(&mut desk, &json!({"type": "close", "conversation": "closed"}), None);
    for (id, from) in [("spam", "spam@example.org"), ("trash", "x@example.net")] {
        let open = json!({"type": "open", "conversation": id, "inbox": "main", "channel": "chat", "from": from});
        take(&mut desk, &open, None);
    }
    take(&mut desk, &json!({"type": "block", "conversation": "spam"}), None);
    take(&mut desk, &json!({"type": "block", "sender": "@example.net"}), None);
    take(&mut desk, &json!({"type": "trash", "conversation": "trash"}), None);
    take(&mut desk, &json!({"type": "hide", "conversation": "held", "message": "m1"}), Some("anna"));
    desk
}

pub fn take(desk: &mut Desk, command: &Value, by: Option<&str>) -> Vec<Event> {
    let mut command = command.clone();
    command["at"] = "2026-11-20T09:00:00Z".into();
    if let Some(by) = by {
        command["by"] = by.into();
    }
    desk.handle_json(&command.to_string()).unwrap_or_else(|wrong| panic!("{command}: {wrong:#?}"))
}

/// Returns the code of a refusal as a letter; a dot if the command is allowed.
fn letter(events: &[Event]) -> char {
    let refused = events.iter().find_map(|event| match &event.kind {
        frontdesk::desk::EventKind::Refused { code, .. } => Some(code.as_str()),
        _ => None,
    });
    match refused {
        None => '.',
        Some("not_permitted") => 'p',
        Some("no_inbox_access") => 'a',
        Some("unknown_agent" | "unknown_conversation" | "unknown_team" | "unknown_inbox" | "unknown_holiday") => 'u',
        Some(other) => panic!("{other} is no matter of permission"),
    }
}

/// Each command, and by column the actors who may give it: `.` is allowed, `p` is `not_permitted`, `a` is `no_inbox_access`,
/// `u` is an unknown subject, and a space is a command that cannot be read.
pub fn table() -> Vec<(Value, &'static str)> {
    let about = |kind: &str, more: Value| {
        let mut command = json!({"type": kind, "conversation": "held"});
        command.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        command
    };
    let hours = json!([{"days": ["mon"], "start": "09:00", "end": "12:00"}]);
    let absence = json!([{"first_day": "2026-12-24", "last_day": "2026-12-27"}]);
    let rules = json!([{"id": "new", "steps": [{"assign_to": "everyone"}]}]);
    let kept = json!([{"id": "r", "steps": [{"assign_to": {"agents": ["anna"]}}]}]);
    let quiet = |channels: Value| {
        let entry = json!({"id": "quiet", "access": {"teams": ["in"]}, "channels": channels});
        json!({"type": "put_inbox", "inbox": "quiet", "entry": entry})
    };
    let new =
        |channels: Value| json!({"type": "put_inbox", "inbox": "new", "entry": {"id": "new", "channels": channels}});
    const IN: &str = "......aa.a.ap";
    const ADMIN: &str = ".ppp...pppppp";
    const SEATED: &str = ".ppp.p.pppppp";
    vec![
        (json!({"type": "open", "conversation": "c", "inbox": "main", "channel": "chat"}), IN),
        (about("update", json!({"priority": 1})), IN),
        (about("update", json!({"inbox": "side"})), ".aaaaaaaaa.ap"),
        (about("transfer", json!({"inbox": "quiet", "channel": "chat"})), IN),
        (about("transfer", json!({"inbox": "side", "channel": "chat"})), ".aaaaaaaaa.ap"),
        (about("close", json!({})), IN),
        (about("reopen", json!({"conversation": "closed"})), IN),
        (about("forget", json!({"conversation": "closed"})), IN),
        (about("release", json!({})), IN),
        (about("snooze", json!({})), IN),
        (about("assign", json!({"to": {"agent": "bo"}})), IN),
        (about("assign", json!({"to": {"team": "in"}})), IN),
        // A command about an agent without access is refused for every actor.
        (about("assign", json!({"to": {"agent": "out"}})), "aaaaaaaaaaaap"),
        (about("assign", json!({"to": {"team": "out"}})), "......aa.a.ap"),
        (about("reply", json!({})), " .....aa.a.ap"),
        (about("message", json!({"from": "visitor"})), IN),
        (about("message", json!({"from": "agent"})), " .....aa.a.ap"),
        (
            json!({"type": "open", "conversation": "c", "inbox": "main", "channel": "chat", "outbound": true}),
            " .....aa.a.ap",
        ),
        (about("mark_spam", json!({})), IN),
        (about("not_spam", json!({"conversation": "spam"})), IN),
        (about("block", json!({"conversation": "spam"})), IN),
        (json!({"type": "block", "sender": "x@example.org", "inbox": "main"}), IN),
        (json!({"type": "block", "sender": "x@example.org"}), ADMIN),
        (json!({"type": "block", "sender": "x@example.org", "inbox": "zoo"}), "uuuuuuuuuuuup"),
        (json!({"type": "unblock", "sender": "spam@example.org", "inbox": "main"}), IN),
        (json!({"type": "unblock", "sender": "@example.net"}), ADMIN),
        (about("trash", json!({})), IN),
        (about("restore", json!({"conversation": "trash"})), IN),
        // A seat of service hides messages; anna hid `m1`.
        (about("hide", json!({"message": "m2"})), "..p..paa.a.ap"),
        (about("unhide", json!({"message": "m1"})), "..pp..aapapap"),
        (about("hand_over", json!({"conversation": "bots"})), IN),
        (about("accept", json!({"conversation": "offered", "agent": "anna"})), "..ppppaapapap"),
        (about("decline", json!({"conversation": "offered", "agent": "anna"})), "..ppppaapapap"),
        (about("close", json!({"conversation": "nothing"})), "uuuuuuuuuuuup"),
        (json!({"type": "set_status", "agent": "anna", "status": "away"}), "..p.....ppppp"),
        (json!({"type": "set_status", "agent": "anna", "status": "available"}), "..p.....ppppp"),
        (json!({"type": "set_status", "agent": "anna", "status": "away", "duration": "1h"}), "..p.....ppppp"),
        // An agent with a seat of sales gets no away for a while, from any actor.
        (json!({"type": "set_status", "agent": "bo", "status": "away", "duration": "1h"}), ".pppppppppppp"),
        (json!({"type": "set_status", "agent": "zoe", "status": "away"}), "uuuuuuuuuuuup"),
        (json!({"type": "set_working_hours", "agent": "anna", "working_hours": hours}), "..pp...pppppp"),
        (json!({"type": "set_date_hours", "agent": "anna", "date_hours": []}), "..pp...pppppp"),
        (json!({"type": "set_out_of_office", "agent": "anna", "out_of_office": absence}), "..pp...pppppp"),
        // Such an agent gets no absences either, but they can be removed.
        (json!({"type": "set_out_of_office", "agent": "bo", "out_of_office": absence}), ".pppppppppppp"),
        (json!({"type": "set_out_of_office", "agent": "bo", "out_of_office": []}), ".p.p...pppppp"),
        (json!({"type": "set_working_hours", "agent": "zoe", "working_hours": hours}), "uuuuuuuuuuuup"),
        (json!({"type": "put_agent", "agent": "anna", "entry": {"id": "anna"}}), ADMIN),
        (json!({"type": "put_agent", "agent": "new", "entry": {"id": "new"}}), ADMIN),
        (json!({"type": "remove_agent", "agent": "bo"}), ADMIN),
        (json!({"type": "remove_agent", "agent": "zoe"}), "uuuuuuuuuuuup"),
        (json!({"type": "put_team", "team": "new", "entry": {"id": "new"}}), ADMIN),
        (json!({"type": "remove_team", "team": "out"}), ADMIN),
        (json!({"type": "remove_team", "team": "zoo"}), "uuuuuuuuuuuup"),
        // The same rules in a channel with a greater weight; other rules; no rules; in a renamed channel; removed.
        (quiet(json!([{"id": "chat", "kind": "chat", "weight": 2, "rules": kept}])), ADMIN),
        (quiet(json!([{"id": "chat", "kind": "chat", "rules": rules}])), SEATED),
        (quiet(json!([{"id": "chat", "kind": "chat"}])), SEATED),
        (quiet(json!([{"id": "talk", "kind": "chat", "rules": kept}])), SEATED),
        (quiet(json!([])), SEATED),
        (new(json!([{"id": "chat", "kind": "chat", "rules": rules}])), SEATED),
        (new(json!([{"id": "chat", "kind": "chat"}])), ADMIN),
        (json!({"type": "remove_inbox", "inbox": "quiet"}), SEATED),
        (json!({"type": "remove_inbox", "inbox": "bare"}), ADMIN),
        (json!({"type": "remove_inbox", "inbox": "zoo"}), "uuuuuuuuuuuup"),
        (json!({"type": "erase", "contact": "x"}), ADMIN),
        (json!({"type": "put_holiday", "holiday": "new", "entry": {"id": "new", "dates": []}}), ADMIN),
        (json!({"type": "remove_holiday", "holiday": "eve"}), ADMIN),
        (json!({"type": "remove_holiday", "holiday": "zoo"}), "uuuuuuuuuuuup"),
        (json!({"type": "configure", "kinds": ["fax"]}), ADMIN),
        (json!({"type": "configure", "table_filters": [{"id": "away", "filter": {"state": "away"}}]}), ADMIN),
        (json!({"type": "configure", "document": {"version": 1, "time_zone": "Europe/Oslo"}}), ADMIN),
        (json!({"type": "advance"}), "............p"),
    ]
}

#[test]
fn every_command_by_everyone() {
    let desk = desk();
    for (command, expected) in table() {
        let may = |(by, expected): (&(&str, Option<&str>), char)| {
            if expected == ' ' { ' ' } else { letter(&take(&mut desk.clone(), &command, by.1)) }
        };
        let found: String = ACTORS.iter().zip(expected.chars()).map(may).collect();
        let columns: Vec<&str> = ACTORS.iter().map(|(who, _)| *who).collect();
        assert_eq!(found, expected, "{command}\nby {}", columns.join(", "));
    }
}

/// Acting in an inbox takes access to it; seeing it takes that or a permission.
#[test]
fn inboxes_of_everyone() {
    let desk = desk();
    for (agent, access, sees) in [
        ("anna", "main quiet bare", "main quiet bare"),
        ("lead", "main quiet bare", "main quiet bare"),
        ("boss", "main quiet bare", "main quiet bare side"),
        ("far", "side", "main quiet bare side"),
        ("planner", "side", "side"),
        ("auditor", "main quiet bare", "main quiet bare side"),
        ("visitor", "side", "main quiet bare side"),
        ("clerk", "main quiet bare side", "main quiet bare side"),
        ("gone", "main quiet bare", "main quiet bare"),
    ] {
        let inboxes = desk.inboxes_of(agent).unwrap();
        assert_eq!((inboxes.access.join(" ").as_str(), inboxes.sees.join(" ").as_str()), (access, sees), "{agent}");
    }
    assert_eq!(desk.inboxes_of("anne").unwrap_err().code, frontdesk::Code::UnknownAgent);
}

/// A new command needs a row.
#[cfg(feature = "schema")]
#[test]
fn no_command_is_left_out() {
    let schema = frontdesk::schema::command();
    let types = schema["oneOf"].as_array().expect("a shape for each command").iter();
    let types: Vec<&str> = types.filter_map(|one| one["properties"]["type"]["const"].as_str()).collect();
    assert!(types.len() >= 22, "{types:?}");
    let told: Vec<Value> = table().into_iter().map(|(command, _)| command["type"].clone()).collect();
    let missing: Vec<&&str> = types.iter().filter(|kind| !told.contains(&json!(kind))).collect();
    assert!(missing.is_empty(), "{missing:?}");
}
