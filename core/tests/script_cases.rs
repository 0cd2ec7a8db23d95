//! What the hooks of scripts decide, as stories: eligible, score, pick, priority, fallback, parameters, failures.
#![cfg(feature = "script")]

#[macro_use]
mod support_desk;

use frontdesk::script::Scripts;
use frontdesk::{Code, Desk, Document};
use serde_json::{Value, json};
use support_desk::Office;

/// A desk of agents with one rule `r`, whose steps may name the script `s`.
#[track_caller]
fn office(agents: Value, steps: Value, script: &str) -> Desk {
    with(Office::of(agents).steps(steps), script)
}

#[track_caller]
fn with(office: Office, script: &str) -> Desk {
    let mut desk = office.desk();
    let scripts = Scripts::from_sources([("s.rhai", script)]).unwrap_or_else(|problems| panic!("{problems:#?}"));
    desk.set_scripts(scripts).unwrap_or_else(|problems| panic!("{problems:#?}"));
    desk
}

/// One step in which everyone is asked by the script.
#[track_caller]
fn everyone(agents: Value, script: &str) -> Desk {
    office(agents, json!([{"assign_to": "everyone", "strategy": {"script": "s"}}]), script)
}

/// Everyone who has the skill, region or load that a test is about.
fn three() -> Value {
    json!([
        {"id": "anna", "team": "vip", "skills": {"billing": 5}, "attributes": {"region": "emea", "weight": 1}},
        {"id": "bo", "extra_teams": ["vip"], "skills": {"billing": 3, "lang:sv": 4}, "capacity": 2, "attributes": {"region": "us"}},
        {"id": "cy", "name": "Cyd", "capacity": {"total": 4, "per_kind": {"chat": 1}}},
    ])
}

/// What a `pick` of an expression gives, in a scene of three where bo held a conversation of the contact before and holds
/// one of someone else's now.
#[track_caller]
fn asked(expression: &str) -> String {
    let script = format!(
        "fn eligible(agent, conversation, desk) {{ if agent.id != \"anna\" {{ return false; }} let bo = desk.agents.named(\"bo\"); log({expression}); true }}"
    );
    let office = Office::of(three())
        .rules(json!([
            {"id": "hand", "match": {"attributes.by_hand": true}, "steps": [{"assign_to": {"agents": ["bo"]}}]},
            {"id": "r", "steps": [{"assign_to": "everyone", "strategy": {"script": "s"}}]}]))
        .inbox(json!({"time_zone": "Europe/Stockholm"}))
        .settings(json!({"seed": 7}));
    let mut desk = with(office, &script);
    for line in [
        r#"08:00 open c0 {"attributes": {"by_hand": true}, "contact": {"id": "x"}}"#,
        "08:10 close c0",
        r#"08:20 open c1 {"attributes": {"by_hand": true}}"#,
    ] {
        support_desk::act(&mut desk, line);
    }
    let open = json!({
        "type": "open", "at": "2026-11-20T09:30:00Z", "conversation": "c2", "inbox": "main", "channel": "chat", "priority": 3,
        "skills": {"billing": 2}, "attributes": {"topic": "invoice", "big": [1, {"a": null}]},
        "contact": {"id": "x", "owner": "cy", "known": true, "attributes": {"spend": 12000.5, "vip": true}}
    });
    let command = desk.command_from_value(open).unwrap();
    let events = desk.handle_explained(&command);
    let traces: Vec<&String> = events.iter().flat_map(|event| &event.trace).collect();
    match traces.as_slice() {
        [line] => line.trim_start_matches("anna: ").to_owned(),
        _ => panic!("{expression}: {events:#?}"),
    }
}

#[test]
fn what_scripts_see() {
    const TABLE: &[(&str, &str)] = &[
        // Agents.
        ("agent.id", "anna"),
        ("agent", "anna"),
        ("agent.name", ""),
        ("desk.agents.named(\"cy\").name", "Cyd"),
        ("agent.team", "vip"),
        ("bo.team", ""),
        ("bo.teams", "[\"vip\"]"),
        ("agent.is_in(\"vip\") && bo.is_in(\"vip\") && !desk.agents.named(\"cy\").is_in(\"vip\")", "true"),
        ("agent.skills.billing", "5"),
        ("bo.skills[\"lang:sv\"]", "4"),
        ("agent.skills[\"lang:sv\"]", "0"),
        ("bo.skills.names()", "[\"billing\", \"lang:sv\"]"),
        ("\"billing\" in agent.skills", "true"),
        ("agent.attributes.region", "emea"),
        ("agent.attributes[\"region\"]", "emea"),
        ("agent.attributes.nothing", ""),
        ("agent.attributes.nothing == ()", "true"),
        ("agent.attributes.names()", "[\"region\", \"weight\"]"),
        ("\"region\" in agent.attributes", "true"),
        ("\"regio\" in agent.attributes", "false"),
        ("agent.status", "available"),
        ("agent.reason", "always_on"),
        ("agent.load", "0"),
        ("bo.load", "1"),
        ("bo.holding", "1"),
        ("agent.capacity", ""),
        ("bo.capacity", "2"),
        ("bo.room", "1"),
        ("agent.room", ""),
        ("desk.agents.named(\"cy\").room", "1"),
        ("agent.last_assigned", ""),
        ("bo.last_assigned", "2026-11-20T08:20:00.000Z"),
        ("bo.last_idle", "2026-11-20T08:10:00.000Z"),
        ("agent.last_idle", ""),
        ("agent.working_until", ""),
        ("agent == \"anna\" && agent != \"bo\" && \"anna\" == agent && agent != bo && agent == agent", "true"),
        // The conversation.
        ("conversation.id", "c2"),
        ("conversation.inbox.id", "main"),
        ("conversation.inbox == \"main\" && conversation.channel == \"chat\"", "true"),
        ("conversation.channel.kind + conversation.kind", "chatchat"),
        ("conversation.channel.weight", "1"),
        ("conversation.priority", "3"),
        ("conversation.skills.billing", "2"),
        ("conversation.attributes.topic", "invoice"),
        ("conversation.attributes.big", "[1, #{\"a\": ()}]"),
        ("conversation.attributes.big[1].a", ""),
        ("conversation.opened_at", "2026-11-20T09:30:00.000Z"),
        ("conversation.waiting", "0"),
        ("conversation.rule", "r"),
        ("conversation.step", "1"),
        // The contact.
        ("conversation.contact.id", "x"),
        ("conversation.contact.known", "true"),
        ("conversation.contact.owner", "cy"),
        ("conversation.contact.attributes.spend", "12000.5"),
        ("conversation.contact.attributes.vip", "true"),
        ("conversation.contact.last_agent", "bo"),
        ("conversation.contact.times_with(bo)", "1"),
        ("conversation.contact.times_with(agent)", "0"),
        ("conversation.contact.times_with(\"bo\")", "1"),
        ("conversation.contact.last_with(bo)", "2026-11-20T08:00:00.000Z"),
        ("conversation.contact.last_with(agent)", ""),
        ("conversation.contact.history[0].agent", "bo"),
        ("conversation.contact.history.len()", "1"),
        // The desk, and time in the zone of the inbox.
        ("desk.now", "2026-11-20T09:30:00.000Z"),
        ("desk.now.hour", "10"),
        ("desk.now.minute", "30"),
        ("desk.now.weekday", "fri"),
        ("desk.now.date", "2026-11-20"),
        ("`${desk.now.year}-${desk.now.month}-${desk.now.day}`", "2026-11-20"),
        ("desk.now.in_zone(\"America/New_York\").hour", "4"),
        ("desk.now.in_zone(\"Asia/Tokyo\").time_zone", "Asia/Tokyo"),
        ("desk.now - bo.last_assigned", "4200"),
        ("desk.now.seconds_since(bo.last_idle)", "4800"),
        ("desk.now > bo.last_idle && bo.last_idle < bo.last_assigned", "true"),
        ("desk.queue_length", "0"),
        ("desk.available.len()", "3"),
        ("desk.agents.map(|a| a.id)", "[\"anna\", \"bo\", \"cy\"]"),
        ("desk.agents.filter(|a| a.load == 0).len()", "2"),
        ("desk.agents.min_by(|a| -a.load)", "bo"),
        ("desk.agents.max_by(|a| a.load).id", "bo"),
        ("desk.agents.sorted_by(|a| -a.load).first().id", "bo"),
        ("desk.agents.find(|a| a.capacity == 4).id", "cy"),
        ("desk.agents.some(|a| a.load > 0)", "true"),
        ("desk.agents.all(|a| a.load > 0)", "false"),
        ("desk.agents.count(|a| a.load == 0)", "2"),
        ("desk.agents.named(\"nobody\")", ""),
        ("\"bo\" in desk.agents", "true"),
        ("bo in desk.agents", "true"),
        ("desk.agents[1].id + desk.agents[-1].id", "bocy"),
        ("desk.agents.is_empty()", "false"),
        ("desk.agents.last().id", "cy"),
        // Chance: the same for ever.
        ("random(1000) == random(1000)", "false"),
        ("random() < 1.0", "true"),
        // The language.
        ("{ let lang = \"sv\"; [\"en\", \"sv\"].filter(|l| l == lang).len() }", "1"),
        ("{ let n = 0; for x in [1, 2, 3] { n += x; } n }", "6"),
        ("[3, 1, 2].sorted()", "[1, 2, 3]"),
        ("[3, 1, 2].sorted_by(|x| -x)", "[3, 2, 1]"),
        ("[3, 1, 2].min() + [3, 1, 2].max()", "4"),
        ("[1, 2.5].sum()", "3.5"),
        ("[1, 2, 3].reduce(|sum, x| sum + x, 10)", "16"),
        ("[1, 2, 3].part(1, 5)", "[2, 3]"),
        ("[1, 2].reversed()", "[2, 1]"),
        ("[1, \"a\"].join(\"-\")", "1-a"),
        ("[[1], #{a: 2}] == [[1], #{a: 2}]", "true"),
        ("2 in [1, 2.0]", "true"),
        ("[1, 2].index_of(2)", "1"),
        ("#{b: 1, a: 2}.keys()", "[\"a\", \"b\"]"),
        ("#{b: 1, a: 2}.values()", "[2, 1]"),
        ("\"Invoice Überfällig\".to_lower().contains(\"über\")", "true"),
        ("\"a,b\".split(\",\").len()", "2"),
        ("\" x \".trim() + \"abc\".sub_string(-2, 1) + \"abc\".index_of(\"c\")", "xb2"),
        ("\"aXa\".replace(\"X\", \"-\")", "a-a"),
        ("\"12\".to_int() + \"1.5\".to_float()", "13.5"),
        ("\"über\".len", "4"),
        ("2.5.round() + 2.4.floor() + 2.1.ceil()", "8"),
        ("abs(-3) + pow(2, 5) + max(1, 2) + min(1, 2)", "38"),
        ("9.sqrt()", "3.0"),
        ("7.to_float() / 2.0", "3.5"),
        ("7 / 2", "3"),
        ("if 1 < 2 { \"yes\" } else { \"no\" }", "yes"),
        ("switch conversation.kind { \"chat\" => 1, _ => 2 }", "1"),
    ];
    let wrong: Vec<String> = TABLE
        .iter()
        .filter_map(|(expression, expected)| {
            let found = asked(expression);
            (found != *expected).then(|| format!("{expression}: expected {expected}, found {found}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    // A random number is that of the conversation and the agent, whenever it is asked.
    assert_eq!(asked("random(1000000)"), "843802");
}

stories! {
    eligible_refuses_with_or_without_a_word: everyone(three(), r#"
        fn eligible(agent, conversation, desk) {
            if agent.id == "anna" { return false; }
            if agent.id == "bo" { return "bo is not for this"; }
            true
        }"#), "
        09:00 open c1 why
        - c1 assigned cy r/1 script:s
        * anna rejected_by_script
        * bo rejected_by_script
        * cy eligible
    ";
    the_highest_score_wins: everyone(three(), "fn score(agent, conversation, desk) { agent.skills.billing * 2 - agent.load }"), "
        09:00 open c1 why
        - c1 assigned anna r/1 script:s
        * anna eligible score 10
        * bo eligible score 6
        * cy eligible score 0
    ";
    equal_scores_go_to_the_least_busy_then_least_recent_then_first: everyone(json!(["anna", "bo"]),
        "fn score(agent, conversation, desk) { 1 }"), "
        09:00 open c1
        - c1 assigned anna r/1 script:s
        09:00 open c2
        - c2 assigned bo r/1 script:s
        09:01 close c1
        - c1 closed anna
        09:01 open c3
        - c3 assigned anna r/1 script:s
        09:02 close c2
        - c2 closed bo
        09:02 close c3
        - c3 closed anna
        09:02 open c4
        - c4 assigned bo r/1 script:s
    ";
    whole_numbers_and_those_with_a_point_compare_exactly: everyone(json!(["anna", "bo"]),
        "fn score(agent, conversation, desk) { if agent == \"anna\" { 9007199254740992.0 } else { 9007199254740993 } }"), "
        09:00 open c1
        - c1 assigned bo r/1 script:s
    ";
    nothing_as_a_score_refuses: everyone(json!(["anna", "bo"]),
        "fn score(agent, conversation, desk) { if agent == \"bo\" { -1000 } }"), "
        09:00 open c1 why
        - c1 assigned bo r/1 script:s
        * anna rejected_by_script
        * bo eligible score -1000
    ";
    pick_wins_over_score: everyone(three(), r#"
        fn score(agent, conversation, desk) { agent.load + 100 }
        fn pick(candidates, conversation, desk) { candidates.sorted_by(|a| a.skills.billing)[1] }"#), "
        09:00 open c1
        - c1 assigned bo r/1 script:s
    ";
    pick_may_name_and_may_refuse: everyone(json!(["anna", "bo"]), r#"
        fn pick(candidates, conversation, desk) { if conversation.priority > 0 { "bo" } }"#), r#"
        09:00 open c1 {"priority": 1}
        - c1 assigned bo r/1 script:s
        09:00 open c2
        - c2 queued r/1
        09:01 update c2 {"priority": 2}
        - c2 updated goes on
        - c2 assigned bo r/1 script:s
    "#;
    pick_is_given_those_whom_eligible_left: everyone(json!(["anna", "bo", "cy"]), r#"
        fn eligible(agent, conversation, desk) { agent != "bo" }
        fn pick(candidates, conversation, desk) { if candidates.len() == 2 { candidates.last() } }"#), "
        09:00 open c1
        - c1 assigned cy r/1 script:s
    ";
    eligible_alone_leaves_the_choice_to_least_busy: everyone(json!(["anna", "bo", "cy"]),
        "fn eligible(agent, conversation, desk) { agent != \"anna\" }"), "
        09:00 open c1
        - c1 assigned bo r/1 script:s
        09:00 open c2
        - c2 assigned cy r/1 script:s
    ";
    scripts_are_asked_of_those_only_who_passed_all_else: everyone(json!([
        {"id": "anna", "capacity": 0}, {"id": "bo", "active": false}, "cy"]), r#"
        fn eligible(agent, conversation, desk) { log("asked"); true }"#), "
        09:00 open c1 why
        - c1 assigned cy r/1 script:s
        * anna at_capacity total 0
        * bo deactivated
        * cy eligible
    ";
    one_refused_does_not_stand_for_others_of_its_kind: everyone(json!([{"id": "anna", "capacity": 1}]), r#"
        fn eligible(agent, conversation, desk) { conversation.attributes.hard != true }"#), r#"
        09:00 open c0
        - c0 assigned anna r/1 script:s
        09:01 open c1 {"attributes": {"hard": true}}
        - c1 queued r/1
        09:02 open c2
        - c2 queued r/1
        09:03 close c0
        - c0 closed anna
        - c2 assigned anna r/1 script:s
    "#;
    a_refusal_is_asked_again_when_something_about_the_agent_changed: everyone(json!(["anna", "bo"]), r#"
        fn eligible(agent, conversation, desk) { desk.now.hour >= 10 }"#), "
        09:00 open c1
        - c1 queued r/1
        10:00 advance
        10:05 away bo
        - bo away set_away
        10:06 back bo
        - bo available always_on
        - c1 assigned anna r/1 script:s
    ";
    priority_decides_the_place_in_the_queue: everyone(json!([{"id": "anna", "capacity": 1}]), r#"
        fn priority(conversation, desk) { if conversation.contact.attributes.vip == true { 10 } else { () } }"#), r#"
        09:00 open c0
        - c0 assigned anna r/1 script:s
        09:01 open c1 {"priority": 5}
        - c1 queued r/1
        09:02 open c2 {"contact": {"attributes": {"vip": true}}}
        - c2 prioritized r s 10
        - c2 queued r/1
        09:03 close c0
        - c0 closed anna
        - c2 assigned anna r/1 script:s
        09:04 close c2
        - c2 closed anna
        - c1 assigned anna r/1 script:s
    "#;
    priority_is_asked_anew_when_a_conversation_is_updated: everyone(json!([{"id": "anna", "capacity": 0}]), r#"
        fn priority(conversation, desk) { conversation.attributes.rank }"#), r#"
        09:00 open c1 {"attributes": {"rank": 7}}
        - c1 prioritized r s 7
        - c1 queued r/1
        09:01 update c1 {"attributes": {"rank": 3}}
        - c1 updated goes on
        - c1 prioritized r s 3
        09:02 update c1 {"attributes": {}, "priority": 2}
        - c1 updated goes on
        - c1 prioritized r s 2
        09:03 update c1 {"skills": {"billing": 1}}
        - c1 updated
        - c1 queued r/1
    "#;
    a_place_outlasts_an_offer: with(Office::of(json!([{"id": "anna", "capacity": 1}])).chat(json!({"accept_within": "1m"})).steps(
        json!([{"assign_to": "everyone", "strategy": {"script": "s"}}])), r#"
        fn priority(conversation, desk) { conversation.attributes.rank }"#), r#"
        09:00 open c1 {"attributes": {"rank": 7}}
        - c1 prioritized r s 7
        - c1 offered anna r/1 script:s until 09:01
        09:00 open c2 {"priority": 6}
        - c2 queued r/1
        09:00 decline c1 anna
        - c1 offer_declined anna
        - c1 queued r/1
        - c2 offered anna r/1 script:s until 09:01
        09:00:30 away anna
        - anna away set_away
        - c2 offer_withdrawn anna
        - c2 queued r/1
        09:00:40 back anna
        - anna available always_on
        - c1 offered anna r/1 script:s until 09:01:40
    "#;
    fallback_next_does_not_wait: office(json!([{"id": "anna", "capacity": 0}, "bo"]), json!([
        {"assign_to": {"agents": ["anna"]}, "strategy": {"script": "s"}, "wait": "10m"},
        {"assign_to": {"agents": ["bo"]}}]), r#"
        fn fallback(conversation, desk) { if conversation.priority > 0 { "next" } }"#), r#"
        09:00 open c1 {"priority": 1}
        - c1 assigned bo r/2 least_busy
        09:00 open c2
        - c2 queued r/1 until 09:10
        09:10 advance
        - c2 step_entered r/2
        - c2 assigned bo r/2 least_busy
    "#;
    fallback_goes_to_a_later_step: office(json!([{"id": "anna", "capacity": 0}, "bo", "cy"]), json!([
        {"assign_to": {"agents": ["anna"]}, "strategy": {"script": "s"}, "wait": "10m"},
        {"assign_to": {"agents": ["anna"]}, "wait": "10m"},
        {"assign_to": {"agents": ["cy"]}}]), "fn fallback(conversation, desk) { 3 }"), "
        09:00 open c1
        - c1 assigned cy r/3 least_busy
    ";
    fallback_does_what_comes_after_all_steps: office(json!([{"id": "anna", "capacity": 0}, "bo"]), json!([
        {"assign_to": {"agents": ["anna"]}, "strategy": {"script": "s"}, "wait": "10m"},
        {"assign_to": {"agents": ["bo"]}, "wait": "10m"}]), r#"
        fn fallback(conversation, desk) { switch conversation.priority {
            1 => "unassigned", 2 => "notify_owner", 3 => #{voicemail: "busy.mp3"}, 4 => #{bot: "helper"}, 5 => "queue", _ => () } }"#), r#"
        09:00 open c1 {"priority": 1}
        - c1 unassigned r otherwise
        09:00 open c2 {"priority": 2, "contact": {"owner": "bo", "known": true}}
        - c2 owner_notified bo by r
        09:00 open c3 {"priority": 3}
        - c3 sent_to_voicemail busy.mp3 by r
        09:00 open c4 {"priority": 4}
        - c4 handed_to_bot helper by r
        09:00 open c5 {"priority": 5}
        - c5 queued r/2
        - c5 assigned bo r/2 least_busy
        09:00 open c6
        - c6 queued r/1 until 09:10
    "#;
    fallback_at_the_last_step_ends_the_wait: office(json!([{"id": "anna", "capacity": 0}]), json!([
        {"assign_to": {"agents": ["anna"]}, "strategy": {"script": "s"}, "wait": "10m"}]),
        "fn fallback(conversation, desk) { \"next\" }"), "
        09:00 open c1
        - c1 queued r/1
    ";
    fallback_is_asked_of_the_step_that_is_added: office(json!([{"id": "anna", "capacity": 0}]), json!([
        {"assign_to": {"agents": ["anna"]}, "wait": "10m"},
        {"assign_to": {"agents": ["anna"]}, "strategy": {"script": "s"}, "wait": "10m"}]),
        "fn fallback(conversation, desk) { #{voicemail: `after ${conversation.waiting}`} }"), "
        09:00 open c1
        - c1 queued r/1 until 09:10
        09:20 advance
        - 09:10 c1 step_entered r/2 until 09:20
        - 09:10 c1 sent_to_voicemail after 600 by r
    ";
    a_step_back_is_nonsense: office(json!([{"id": "anna", "capacity": 0}]), json!([
        {"assign_to": "everyone", "strategy": {"script": "s"}}]), "fn fallback(conversation, desk) { 1 }"), "
        09:00 open c1
        - c1 script_failed r/1 fallback invalid_result at 1:4
        - c1 queued r/1
    ";
    a_failure_skips_the_step: office(json!(["anna", "bo"]), json!([
        {"assign_to": {"agents": ["anna"]}, "strategy": {"script": "s"}}, {"assign_to": {"agents": ["bo"]}}]),
        "fn score(agent, conversation, desk) {\n    helper(agent)\n}\nfn helper(agent) {\n    agent.lod\n}"), "
        09:00 open c1
        - c1 script_failed r/1 score script_error at 5:11 skip_step
        - c1 assigned bo r/2 least_busy
    ";
    a_failure_falls_to_a_strategy: office(json!(["anna", "bo"]), json!([
        {"assign_to": "everyone", "strategy": {"script": "s"}, "on_error": "weighted_round_robin"}]),
        "fn score(agent, conversation, desk) { throw #{code: \"no_region\", message: \"who knows\"}; }"), "
        09:00 open c1
        - c1 script_failed r/1 score no_region at 1:39 weighted_round_robin
        - c1 assigned anna r/1 weighted_round_robin
        09:00 open c2
        - c2 script_failed r/1 score no_region at 1:39 weighted_round_robin
        - c2 assigned bo r/1 weighted_round_robin
        09:00 open c3
        - c3 script_failed r/1 score no_region at 1:39 weighted_round_robin
        - c3 assigned anna r/1 weighted_round_robin
    ";
    failures_of_priority_and_fallback_count_as_not_given: office(json!([{"id": "anna", "capacity": 0}]), json!([
        {"assign_to": "everyone", "strategy": {"script": "s"}, "wait": "1m"}]), "
        fn priority(conversation, desk) { \"high\" }
        fn fallback(conversation, desk) { \"sideways\" }"), "
        09:00 open c1
        - c1 script_failed r priority invalid_result at 2:12
        - c1 script_failed r/1 fallback invalid_result at 3:12
        - c1 queued r/1 until 09:01
    ";
    a_failure_is_told_once_while_it_waits: everyone(json!(["anna"]), "fn score(agent, conversation, desk) { 1 / 0 }"), "
        09:00 open c1
        - c1 script_failed r/1 score script_error at 1:41 skip_step
        - c1 queued r/1
        09:01 away anna
        - anna away set_away
        09:02 back anna
        - anna available always_on
        09:03 open c2
        - c2 script_failed r/1 score script_error at 1:41 skip_step
        - c2 queued r/1
    ";
    parameters_replace_their_defaults: office(json!(["anna", "bo"]), json!([
        {"assign_to": "everyone", "strategy": {"script": "s", "params": {"favourite": "bo", "boost": 3}}}]), "
        const favourite = \"anna\";
        const boost = 0.5;
        const teams = [\"a\"];
        fn score(agent, conversation, desk) { bonus(agent) }
        fn bonus(agent) { if [1].some(|x| agent == favourite) { boost * 2.0 } else { boost } }"), "
        09:00 open c1 why
        - c1 assigned bo r/1 script:s
        * anna eligible score 3.0
        * bo eligible score 6.0
    ";
    a_script_of_many_hooks_serves_a_whole_rule: office(json!([{"id": "anna", "team": "vip", "capacity": 1}, {"id": "bo", "capacity": 1}]), json!([
        {"assign_to": {"teams": ["vip"]}, "strategy": {"script": "s"}, "wait": "5m"}, {"assign_to": "everyone", "strategy": {"script": "s"}}]), "
        fn score(agent, conversation, desk) { -agent.load }
        fn priority(conversation, desk) { 1 }
        fn fallback(conversation, desk) { if conversation.step == 1 && desk.queue_length > 0 { \"next\" } }"), "
        09:00 open c1
        - c1 prioritized r s 1
        - c1 assigned anna r/1 script:s
        09:00 open c2
        - c2 prioritized r s 1
        - c2 queued r/1 until 09:05
        09:00 open c3
        - c3 prioritized r s 1
        - c3 assigned bo r/2 script:s
        09:05 advance
        - c2 step_entered r/2
        - c2 queued r/2
    ";
}

/// A document of one step with this strategy.
fn document(strategy: Value) -> String {
    json!({
        "version": 1, "time_zone": "UTC", "inboxes": [{"id": "main", "channels": [{"id": "chat", "kind": "chat",
            "rules": [{"id": "r", "steps": [{"assign_to": "everyone", "strategy": strategy}]}]}]}]
    })
    .to_string()
}

/// Codes, where below the strategy, and hints.
type Told<'a> = &'a [(Code, &'a str, &'a str)];

#[test]
fn documents_name_scripts_and_parameters_that_are_there() {
    let source =
        "const boost = 20; const share = 0.5; const on = true; const teams = [\"a\"]; const any = (); const map = #{};
        fn score(agent, conversation, desk) { 1 }";
    let scripts = Scripts::from_sources([("folder/vip_first.rhai", source)]).unwrap();
    let strategy = "$.inboxes[0].channels[0].rules[0].steps[0].strategy";
    let table: &[(Value, Told<'_>)] = &[
        (json!({"script": "vip_first"}), &[]),
        (
            json!({"script": "vip_first", "params": {"boost": 5, "share": 1, "on": false, "teams": [], "any": "x", "map": {"a": 1}}}),
            &[],
        ),
        (json!({"script": "vip_frist"}), &[(Code::UnknownScript, ".script", "did you mean vip_first?")]),
        (json!({"script": "other", "params": {"a": 1}}), &[(Code::UnknownScript, ".script", "")]),
        (
            json!({"script": "vip_first", "params": {"bost": 5}}),
            &[(Code::UnknownParameter, ".params.bost", "did you mean boost?")],
        ),
        (
            json!({"script": "vip_first", "params": {"boost": "5", "on": 1}}),
            &[(Code::WrongType, ".params.boost", ""), (Code::WrongType, ".params.on", "")],
        ),
        (json!({"script": "vip_first", "params": {"boost": 5.5}}), &[(Code::WrongType, ".params.boost", "")]),
        (json!({"script": "vip_first", "params": {"teams": "a"}}), &[(Code::WrongType, ".params.teams", "")]),
        (json!({"script": "vip_first", "params": {"boost": null}}), &[(Code::WrongType, ".params.boost", "")]),
    ];
    for (written, expected) in table {
        let text = document(written.clone());
        let zones = frontdesk::time::Zones::bundled();
        let read = Document::from_json_with_scripts(&text, &zones, &scripts);
        let told = |problems: frontdesk::Problems| -> Vec<(Code, String, String)> {
            problems.into_iter().map(|it| (it.code, it.path, it.hint.unwrap_or_default())).collect()
        };
        let expected: Vec<(Code, String, String)> = expected
            .iter()
            .map(|(code, path, hint)| (*code, format!("{strategy}{path}"), (*hint).to_owned()))
            .collect();
        if let Err(problems) = &read {
            assert!(problems.iter().all(|problem| problem.position.is_some()));
        }
        assert_eq!(
            read.map(|_| ()).map_err(told),
            if expected.is_empty() { Ok(()) } else { Err(expected.clone()) },
            "{written}"
        );
        // The same without a text, when the scripts come to the desk.
        let desk = Desk::with_scripts(Document::from_json(&text).unwrap(), scripts.clone());
        assert_eq!(
            desk.map(|_| ()).map_err(told),
            if expected.is_empty() { Ok(()) } else { Err(expected) },
            "{written}"
        );
    }
}

#[test]
fn a_reload_that_fails_leaves_the_last_good_set() {
    let mut desk = everyone(json!(["anna", "bo"]), "fn pick(candidates, conversation, desk) { \"bo\" }");
    let broken =
        Scripts::from_sources([("s.rhai", "fn pick(candidates, conversation, desk) { \"anna\" "), ("t.rhai", "1 +")]);
    let problems = broken.unwrap_err();
    assert_eq!(problems.iter().map(|it| it.path.as_str()).collect::<Vec<_>>(), ["s.rhai", "t.rhai"]);
    assert!(problems.iter().all(|it| it.code == Code::InvalidScript && it.position.is_some()));
    let other = Scripts::from_sources([("other.rhai", "fn score(a, b, c) { 1 }")]).unwrap();
    assert_eq!(desk.set_scripts(other).unwrap_err()[0].code, Code::UnknownScript);
    assert_eq!(support_desk::act(&mut desk, "09:00 open c1"), ["- c1 assigned bo r/1 script:s"]);
    let better = Scripts::from_sources([("s.rhai", "fn pick(candidates, conversation, desk) { \"anna\" }")]).unwrap();
    desk.set_scripts(better).unwrap();
    assert_eq!(support_desk::act(&mut desk, "09:00 open c2"), ["- c2 assigned anna r/1 script:s"]);
    // An inbox that comes later is held against the scripts, too.
    let entry = json!({"id": "main", "channels": [{"id": "chat", "kind": "chat", "rules": [
        {"id": "r", "steps": [{"assign_to": "everyone", "strategy": {"script": "t"}}]}]}]});
    let put = json!({"type": "put_inbox", "at": "2026-11-20T09:01:00Z", "inbox": "main", "entry": entry});
    assert_eq!(desk.command_from_value(put).unwrap_err()[0].code, Code::UnknownScript);
}

#[test]
fn scripts_that_are_not_there_fail_and_lose_nothing() {
    let office = Office::of(json!(["anna"]));
    let mut desk =
        office.steps(json!([{"assign_to": "everyone", "strategy": {"script": "s"}, "on_error": "least_busy"}])).desk();
    assert_eq!(
        support_desk::act(&mut desk, "09:00 open c1"),
        ["- c1 script_failed r/1 score unknown_script least_busy", "- c1 assigned anna r/1 least_busy"]
    );
}

#[test]
fn the_calls_that_led_to_a_failure_are_told() {
    let source = "fn score(agent, conversation, desk) {\n  [1].map(|x| outer(agent)).sum()\n}\nfn outer(agent) {\n  inner(agent)\n}\nfn inner(agent) {\n  agent.load / 0\n}";
    let mut desk = everyone(json!(["anna"]), source);
    let command = desk
        .read_command(r#"{"type": "open", "at": "2026-11-20T09:00:00Z", "conversation": "c1", "inbox": "main", "channel": "chat"}"#)
        .unwrap();
    let events = desk.handle(&command);
    let told: Value = serde_json::from_str(&events[1].to_json()).unwrap();
    assert_eq!(told["version"], 1);
    assert_eq!((&told["script"], &told["file"], &told["hook"]), (&json!("s"), &json!("s.rhai"), &json!("score")));
    assert_eq!((&told["line"], &told["column"]), (&json!(8), &json!(14)));
    let calls: Vec<&str> = told["calls"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
    assert_eq!(calls, ["a closure (line 2, column 7)", "outer (line 2, column 15)", "inner (line 5, column 3)"]);
    assert_eq!(frontdesk::Event::from_json(&events[1].to_json()).unwrap(), events[1]);
}

#[test]
fn what_a_script_wrote_down_is_told_where_it_was_asked() {
    let mut desk =
        everyone(json!(["anna", "bo"]), "fn score(agent, conversation, desk) { log(`${agent.load} held`); 1 }");
    let open =
        r#"{"type": "open", "at": "2026-11-20T09:00:00Z", "conversation": "c1", "inbox": "main", "channel": "chat"}"#;
    let command = desk.read_command(open).unwrap();
    assert!(desk.clone().handle(&command).iter().all(|event| event.trace.is_empty()));
    assert_eq!(desk.handle_explained(&command)[1].trace, ["anna: 0 held", "bo: 0 held"]);
}

#[test]
fn many_threads_share_one_set() {
    let desk = everyone(three(), "fn score(agent, conversation, desk) { random(1000) + agent.skills.billing }");
    let run = |mut desk: Desk| -> Vec<String> {
        (0..50).flat_map(|n| support_desk::act(&mut desk, &format!("09:00 open c{n}"))).collect()
    };
    let expected = run(desk.clone());
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..4).map(|_| scope.spawn(|| run(desk.clone()))).collect();
        assert!(threads.into_iter().all(|thread| thread.join().unwrap() == expected));
    });
}
