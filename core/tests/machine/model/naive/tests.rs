//! Scenarios worked out by hand, as a test of the model itself.

use serde_json::{Value, json};

use super::Model;

/// A Monday.
const DAY: &str = "2026-11-16";

/// A desk of always-on agents a, b, c of team t, with one channel `c` of one rule `r`.
fn desk(steps: Value, channel: Value, agents: Value) -> Value {
    let mut whole = json!({"id": "c", "kind": "chat", "rules": [{"id": "r", "steps": steps}]});
    merge(&mut whole, channel);
    let mut all = json!([{"id": "a", "team": "t"}, {"id": "b", "team": "t"}, {"id": "c", "team": "t"}]);
    for agent in all.as_array_mut().unwrap() {
        let id = agent["id"].as_str().unwrap().to_owned();
        merge(agent, agents[id].clone());
    }
    json!({
        "version": 1, "time_zone": "UTC", "teams": [{"id": "t"}], "agents": all,
        "inboxes": [{"id": "i", "channels": [whole]}],
    })
}

fn merge(into: &mut Value, other: Value) {
    for (key, value) in other.as_object().into_iter().flatten() {
        into[key] = value.clone();
    }
}

fn team_by(strategy: &str) -> Value {
    json!([{"assign_to": {"teams": ["t"]}, "strategy": strategy}])
}

/// Runs lines such as `09:00:30 close c1`, or with the whole command as JSON after the time.
fn run(desk: &Value, lines: &[&str]) -> Vec<String> {
    let mut model = Model::new(desk);
    lines.iter().flat_map(|line| model.handle(&command(line)).unwrap()).map(|event| brief(&event)).collect()
}

fn command(line: &str) -> Value {
    let (time, rest) = line.split_once(' ').unwrap();
    let mut command = match rest.split(' ').collect::<Vec<_>>()[..] {
        ["open", id] => json!({"type": "open", "conversation": id, "inbox": "i", "channel": "c"}),
        ["advance"] => json!({"type": "advance"}),
        [kind @ ("accept" | "decline"), id, agent] => json!({"type": kind, "conversation": id, "agent": agent}),
        ["away", agent] => json!({"type": "set_status", "agent": agent, "status": "away"}),
        ["available", agent] => json!({"type": "set_status", "agent": agent, "status": "available"}),
        [kind, id] if !kind.starts_with('{') => json!({"type": kind, "conversation": id}),
        _ => serde_json::from_str(rest).unwrap(),
    };
    command["at"] = json!(format!("{DAY}T{time}Z"));
    command
}

/// Describes an event, as `09:00:00 assigned c1 a r/1`, with further details after it.
fn brief(event: &Value) -> String {
    let mut words = vec![event["at"].as_str().unwrap()[11..19].to_owned(), event["type"].as_str().unwrap().to_owned()];
    for key in ["conversation", "agent", "team", "reason", "notice", "voicemail", "bot", "code", "change"] {
        words.extend(event[key].as_str().map(str::to_owned));
    }
    if let Some(rule) = event["rule"].as_str() {
        let step = event["step"].as_u64().map_or(String::new(), |step| format!("/{step}"));
        words.push(format!("{rule}{step}"));
    }
    words.extend(event["until"].as_str().map(|until| format!("until {}", &until[11..19])));
    words.join(" ")
}

/// Returns the agents of a few conversations, opened one a minute.
fn assignees(desk: &Value, count: usize) -> Vec<String> {
    let mut model = Model::new(desk);
    let opened = (1..=count).map(|i| command(&format!("09:{i:02}:00 open c{i}")));
    let events: Vec<Value> = opened.flat_map(|command| model.handle(&command).unwrap()).collect();
    let assigned = events.iter().filter(|event| event["type"] == "assigned");
    assigned.map(|event| event["agent"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn each_strategy_chooses() {
    for (strategy, agents, expected) in [
        ("least_busy", json!({}), "a b c a"),
        ("most_capacity", json!({"a": {"capacity": 2}, "b": {"capacity": 3}, "c": {"capacity": 4}}), "a b c c"),
        ("round_robin", json!({}), "a b c a"),
        (
            "weighted_round_robin",
            json!({"a": {"attributes": {"weight": 2}}, "c": {"attributes": {"weight": 0}}}),
            "a b a a",
        ),
        ("longest_idle", json!({}), "a b c a"),
        ("best_skill", json!({"b": {"skills": {"x": 3}}, "c": {"skills": {"x": 5}}}), "c c c c"),
        ("in_order", json!({}), "a a a a"),
    ] {
        let mut desk = desk(team_by(strategy), json!({}), agents);
        if strategy == "best_skill" {
            desk["inboxes"][0]["channels"][0]["rules"][0]["steps"][0]["skills"] = json!({"x": 1});
        }
        assert_eq!(assignees(&desk, 4).join(" "), expected, "{strategy}");
    }
}

#[test]
fn ties_may_go_to_the_most_recently_assigned() {
    let mut steps = team_by("least_busy");
    steps[0]["tie"] = json!("most_recently_assigned");
    let events =
        run(&desk(steps, json!({}), json!({})), &["09:00:00 open c1", "09:01:00 close c1", "09:02:00 open c2"]);
    assert_eq!(events.last().unwrap(), "09:02:00 assigned c2 a r/1");
    let steps = team_by("least_busy");
    let events =
        run(&desk(steps, json!({}), json!({})), &["09:00:00 open c1", "09:01:00 close c1", "09:02:00 open c2"]);
    assert_eq!(events.last().unwrap(), "09:02:00 assigned c2 b r/1");
}

#[test]
fn random_is_a_hash_of_seed_and_id() {
    let desk = desk(team_by("random"), json!({}), json!({}));
    let drawn = assignees(&desk, 30);
    assert!(["a", "b", "c"].iter().all(|agent| drawn.iter().any(|it| it == agent)), "{drawn:?}");
    assert_eq!(drawn, assignees(&desk, 30));
}

#[test]
fn longest_idle_goes_by_when_the_last_one_left() {
    let desk = desk(team_by("longest_idle"), json!({}), json!({}));
    let lines = ["09:00:00 open c1", "09:00:00 open c2", "09:00:00 open c3", "09:01:00 close c2", "09:02:00 close c1"];
    let mut lines = lines.to_vec();
    lines.extend(["09:03:00 open c4", "09:03:00 open c5", "09:03:00 open c6"]);
    let events = run(&desk, &lines);
    let last: Vec<&String> = events.iter().filter(|event| event.starts_with("09:03:00 assigned")).collect();
    assert_eq!(last, ["09:03:00 assigned c4 b r/1", "09:03:00 assigned c5 a r/1", "09:03:00 assigned c6 c r/1"]);
}

#[test]
fn a_wait_adds_the_next_step_and_the_queue_waits_for_any() {
    let steps =
        json!([{"assign_to": {"agents": ["a"]}, "wait": "30s"}, {"assign_to": {"agents": ["b"]}, "wait": "1m"}]);
    let agents = json!({"a": {"capacity": 1}, "b": {"capacity": 0}});
    let lines = ["09:00:00 open c1", "09:00:00 open c2", "09:10:00 advance", "09:11:00 close c1"];
    assert_eq!(
        run(&desk(steps, json!({}), agents), &lines),
        [
            "09:00:00 opened c1",
            "09:00:00 assigned c1 a r/1",
            "09:00:00 opened c2",
            "09:00:00 queued c2 r/1 until 09:00:30",
            "09:00:30 step_entered c2 r/2 until 09:01:30",
            "09:01:30 queued c2 r/2",
            "09:11:00 closed c1 a",
            "09:11:00 assigned c2 a r/1",
        ]
    );
}

#[test]
fn offers_expire_are_declined_and_end_in_the_voicemail() {
    let desk = desk(
        team_by("in_order"),
        json!({"accept_within": "20s", "rules": [{"id": "r", "steps": team_by("in_order"), "otherwise": {"voicemail": "v"}}]}),
        json!({}),
    );
    let lines = ["09:00:00 open c1", "09:00:30 decline c1 a", "09:00:30 decline c1 b", "09:00:30 decline c1 c"];
    assert_eq!(
        run(&desk, &lines),
        [
            "09:00:00 opened c1",
            "09:00:00 offered c1 a r/1 until 09:00:20",
            // Refused because of an event that falls due by then; the next command applies that event.
            "09:00:30 refused c1 a not_offered",
            "09:00:20 offer_expired c1 a",
            "09:00:20 offered c1 b r/1 until 09:00:40",
            "09:00:30 offer_declined c1 b",
            "09:00:30 offered c1 c r/1 until 09:00:50",
            "09:00:30 offer_declined c1 c",
            "09:00:30 sent_to_voicemail c1 v r",
        ]
    );
}

#[test]
fn missed_offers_set_away_and_available_asks_again() {
    let mut desk = desk(
        team_by("in_order"),
        json!({"accept_within": "20s"}),
        json!({"b": {"active": false}, "c": {"active": false}}),
    );
    desk["settings"] = json!({"missed_offers_before_away": 1});
    assert_eq!(
        run(&desk, &["09:00:00 open c1", "09:01:00 available a", "09:01:10 accept c1 a", "09:02:00 close c1"]),
        [
            "09:00:00 opened c1",
            "09:00:00 offered c1 a r/1 until 09:00:20",
            "09:00:20 offer_expired c1 a",
            "09:00:20 status_changed a set_away_by_other",
            "09:00:20 notice a missed_offers",
            "09:00:20 queued c1 r/1",
            "09:01:00 status_changed a always_on",
            "09:01:00 offered c1 a r/1 until 09:01:20",
            "09:01:10 assigned c1 a r/1",
            "09:02:00 closed c1 a",
        ]
    );
}

#[test]
fn what_comes_back_goes_to_who_held_it() {
    let desk = desk(team_by("least_busy"), json!({"wrap_up": "30s"}), json!({"a": {"capacity": 1}}));
    let lines =
        ["09:00:00 open c1", "09:01:00 close c1", "09:01:10 reopen c1", "09:02:00 release c1", "09:02:00 close c1"];
    let mut lines = lines.to_vec();
    lines.extend([r#"09:03:00 {"type": "reopen", "conversation": "c1"}"#, "09:04:00 reopen c1"]);
    assert_eq!(
        run(&desk, &lines),
        [
            "09:00:00 opened c1",
            "09:00:00 assigned c1 a r/1",
            "09:01:00 closed c1 a until 09:01:30",
            "09:01:10 reopened c1",
            // The wrap-up ends with the reopening, so `a` has room for it.
            "09:01:10 assigned c1 a held_before",
            "09:02:00 unassigned c1 a released",
            "09:02:00 closed c1",
            "09:03:00 reopened c1",
            "09:03:00 assigned c1 a held_before",
            "09:04:00 refused c1 conversation_open",
        ]
    );
}

#[test]
fn snoozes_end_by_themselves() {
    let desk = desk(team_by("least_busy"), json!({}), json!({}));
    let snooze = r#"09:01:00 {"type": "snooze", "conversation": "c1", "duration": "5m"}"#;
    assert_eq!(
        run(&desk, &["09:00:00 open c1", snooze, "10:00:00 advance"])[2..],
        ["09:01:00 snoozed c1 a until 09:06:00", "09:06:00 reopened c1", "09:06:00 assigned c1 a held_before"]
    );
}

#[test]
fn bots_hand_over_to_the_steps_after_them() {
    let steps = json!([{"assign_to": {"bot": "robo"}}, {"assign_to": {"agents": ["b"]}}]);
    assert_eq!(
        run(
            &desk(steps, json!({}), json!({})),
            &["09:00:00 open c1", "09:01:00 hand_over c1", "09:02:00 hand_over c1"]
        ),
        [
            "09:00:00 opened c1",
            "09:00:00 handed_to_bot c1 robo r/1",
            "09:01:00 assigned c1 b r/2",
            "09:02:00 refused c1 not_with_bot",
        ]
    );
}

#[test]
fn shifts_begin_and_a_set_available_holds_until_their_end() {
    let hours = json!([{"days": ["mon"], "start": "09:00", "end": "12:00"}]);
    let away = json!({"active": false});
    let desk = desk(team_by("in_order"), json!({}), json!({"a": {"working_hours": hours}, "b": away, "c": away}));
    let lunch = r#"10:00:00 {"type": "set_status", "agent": "a", "status": "away", "duration": "30m"}"#;
    assert_eq!(
        run(&desk, &["07:00:00 open c1", "08:00:00 available a", lunch, "13:00:00 advance", "13:00:00 away a"]),
        [
            "07:00:00 opened c1",
            "07:00:00 queued c1 r/1",
            "08:00:00 status_changed a set_available until 12:00:00",
            "08:00:00 assigned c1 a r/1",
            "10:00:00 status_changed a temporarily_away until 10:30:00",
            "10:30:00 status_changed a set_available until 12:00:00",
            "12:00:00 status_changed a outside_working_hours until 09:00:00",
            "13:00:00 status_changed a set_away",
        ]
    );
}

#[test]
fn the_removed_lose_what_they_held() {
    let desk = desk(team_by("in_order"), json!({}), json!({"a": {"permissions": ["super_admin"]}}));
    let remove = r#"09:01:00 {"type": "remove_agent", "agent": "a", "by": "a"}"#;
    let not_allowed = r#"09:01:00 {"type": "remove_agent", "agent": "c", "by": "b"}"#;
    assert_eq!(
        run(&desk, &["09:00:00 open c1", not_allowed, remove, "08:00:00 advance"])[2..],
        [
            "09:01:00 refused c not_permitted",
            "09:01:00 unassigned c1 a removed",
            "09:01:00 desk_changed a remove_agent",
            "09:01:00 assigned c1 b r/1",
            "08:00:00 refused time_goes_back",
        ]
    );
}

#[test]
fn after_hours_go_before_the_rules() {
    let closed = json!([{"days": ["tue"], "start": "09:00", "end": "12:00"}]);
    let channel = json!({"office_hours": closed, "after_hours": {"bot": "night"}});
    let desk = desk(team_by("in_order"), channel, json!({}));
    assert_eq!(
        run(&desk, &["09:00:00 open c1", "09:01:00 hand_over c1"])[1..],
        ["09:00:00 handed_to_bot c1 night", "09:01:00 assigned c1 a r/1"]
    );
}

#[test]
fn by_hand_needs_access_only() {
    let mut desk = desk(team_by("in_order"), json!({"rules": []}), json!({"a": {"capacity": 0}}));
    desk["agents"][2] = json!({"id": "c"});
    desk["inboxes"][0]["access"] = json!({"teams": ["t"], "agents": []});
    let assign = |to: &str| format!(r#"09:01:00 {{"type": "assign", "conversation": "c1", "to": {to}}}"#);
    let reply = |by: &str| format!(r#"09:02:00 {{"type": "reply", "conversation": "c1", "by": "{by}"}}"#);
    let lines =
        [assign(r#"{"agent": "c"}"#), assign(r#"{"agent": "a"}"#), assign(r#"{"team": "t"}"#), reply("c"), reply("b")];
    let mut all = vec!["09:00:00 open c1"];
    all.extend(lines.iter().map(String::as_str));
    assert_eq!(
        run(&desk, &all)[1..],
        [
            "09:00:00 unassigned c1 no_rule",
            "09:01:00 refused c1 no_inbox_access",
            "09:01:00 assigned c1 a by_hand",
            "09:01:00 assigned c1 t by_hand",
            "09:02:00 refused c1 no_inbox_access",
            "09:02:00 message_noted c1",
            "09:02:00 assigned c1 b replied",
        ]
    );
}
