//! The hooks of scripts as stories: eligible, score, pick, priority, fallback, parameters, failures.

use frontdesk::script::Scripts;
use frontdesk::{Code, Desk, Document, Options, Reader};
use serde_json::{Value, json};

use crate::support::{three, with};
use crate::support_desk::Office;

/// A desk of agents with one rule `r`, whose steps may name the script `s`.
#[track_caller]
fn office(agents: Value, steps: Value, script: &str) -> Desk {
    with(Office::of(agents).steps(steps), script)
}

/// Creates a desk with one step for everyone, chosen by the script.
#[track_caller]
fn everyone(agents: Value, script: &str) -> Desk {
    office(agents, json!([{"assign_to": "everyone", "strategy": {"script": "s"}}]), script)
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
    room_is_what_still_fits_from_the_inbox_too: everyone(
        json!([{"id": "anna", "capacity": {"total": 4, "per_inbox": {"main": 2}}}, {"id": "bo", "capacity": 3},
            {"id": "cy", "capacity": {"per_inbox": {"main": 1}}}]),
        "fn score(agent, conversation, desk) { agent.room }"), "
        09:00 open c1
        - c1 assigned bo r/1 script:s
        09:01 open c2
        - c2 assigned anna r/1 script:s
        09:02 open c3
        - c3 assigned bo r/1 script:s
        09:03 open c4
        - c4 assigned cy r/1 script:s
        09:04 open c5
        - c5 assigned anna r/1 script:s
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
        - c1 prioritized r s
        09:03 update c1 {"skills": {"billing": 1}}
        - c1 updated goes on
    "#;
    priority_is_asked_again_at_the_instant_it_names: everyone(json!([{"id": "anna", "capacity": 0}]), r#"
        fn priority(conversation, desk) {
            let minute = desk.now.minute;
            if minute < 10 { #{priority: minute, again_at: desk.now + 300} } else { 20 }
        }"#), r#"
        09:00 open c1
        - c1 prioritized r s 0 again 09:05
        - c1 queued r/1
        09:02 advance
        09:04 open c2
        - c2 prioritized r s 4 again 09:09
        - c2 queued r/1
        09:30 advance
        - 09:05 c1 prioritized r s 5 again 09:10
        - 09:09 c2 prioritized r s 9 again 09:14
        - 09:10 c1 prioritized r s 20
        - 09:14 c2 prioritized r s 20
    "#;
    priority_is_asked_at_the_instant_of_the_command: everyone(json!([{"id": "anna", "capacity": 0}]), r#"
        fn priority(conversation, desk) { #{priority: desk.now.minute, again_at: desk.now + 60} }"#), r#"
        09:00 open c1
        - c1 prioritized r s 0 again 09:01
        - c1 queued r/1
        09:00:30 close c1
        - c1 closed
        09:10 open c2
        - c2 prioritized r s 10 again 09:11
        - c2 queued r/1
    "#;
    nobody_is_asked_again_once_it_is_assigned: everyone(json!([{"id": "anna", "capacity": 1}]), r#"
        fn priority(conversation, desk) { #{priority: 3, again_at: desk.now + 60} }"#), r#"
        09:00 open c1
        - c1 prioritized r s 3 again 09:01
        - c1 assigned anna r/1 script:s
        09:30 advance
    "#;
    priority_that_fails_when_asked_again_stays: everyone(json!([{"id": "anna", "capacity": 0}]), r#"
        fn priority(conversation, desk) {
            if desk.now.minute > 0 { throw "no"; }
            #{priority: 3, again_at: desk.now + 60}
        }"#), r#"
        09:00 open c1
        - c1 prioritized r s 3 again 09:01
        - c1 queued r/1
        09:30 advance
        - 09:01 c1 script_failed r priority script_error at 3:38
        - 09:01 c1 prioritized r s 3
    "#;
    priority_is_not_asked_again_at_once: everyone(json!([{"id": "anna", "capacity": 0}]), r#"
        fn priority(conversation, desk) { switch conversation.priority {
            1 => #{priority: 1, again_at: desk.now},
            2 => #{priority: 1, again_at: "soon"},
            3 => #{priority: 1, again: desk.now + 60},
            _ => #{again_at: desk.now + 1} } }"#), r#"
        09:00 open c1 {"priority": 1}
        - c1 script_failed r priority invalid_result at 2:12
        - c1 queued r/1
        09:00 open c2 {"priority": 2}
        - c2 script_failed r priority invalid_result at 2:12
        - c2 queued r/1
        09:00 open c3 {"priority": 3}
        - c3 script_failed r priority invalid_result at 2:12
        - c3 queued r/1
        09:00 open c4 {"priority": 4}
        - c4 prioritized r s again 09:00:01
        - c4 queued r/1
    "#;
    a_bot_ends_what_was_to_be_asked_again: office(json!([{"id": "anna", "capacity": 0}]), json!([
        {"assign_to": "everyone", "strategy": {"script": "s"}, "wait": "1m"}, {"assign_to": {"bot": "helper"}}]), r#"
        fn priority(conversation, desk) { #{priority: 3, again_at: desk.now + 300} }"#), r#"
        09:00 open c1
        - c1 prioritized r s 3 again 09:05
        - c1 queued r/1 until 09:01
        09:01 advance
        - c1 step_entered r/2
        - c1 handed_to_bot helper by r/2
        09:02 put_inbox {"id": "main", "channels": [{"id": "chat", "kind": "chat"}]}
        - put_inbox main
        09:30 advance
    "#;
    a_rule_that_is_gone_asks_no_more: everyone(json!([{"id": "anna", "capacity": 0}]), r#"
        fn priority(conversation, desk) { #{priority: 3, again_at: desk.now + 300} }"#), r#"
        09:00 open c1
        - c1 prioritized r s 3 again 09:05
        - c1 queued r/1
        09:02 put_inbox {"id": "main", "channels": [{"id": "chat", "kind": "chat"}]}
        - put_inbox main
        - c1 unassigned no_rule
        09:30 advance
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
    fallback_does_what_comes_after_all_steps: office(json!([
        {"id": "anna", "capacity": 0}, "bo", {"id": "cy", "working_hours": []}]), json!([
        {"assign_to": {"agents": ["anna"]}, "strategy": {"script": "s"}, "wait": "10m"},
        {"assign_to": {"agents": ["bo"]}, "wait": "10m"}]), r#"
        fn fallback(conversation, desk) { switch conversation.priority {
            1 => "unassigned", 2 => "notify_owner", 3 => #{voicemail: "busy.mp3"}, 4 => #{bot: "helper"}, 5 => "queue", _ => () } }"#), r#"
        09:00 open c1 {"priority": 1}
        - c1 unassigned r otherwise
        09:00 open c2 {"priority": 2, "contact": {"owner": "cy", "known": true}}
        - c2 owner_notified cy by r
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

/// The codes, the paths below the strategy, and the hints.
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
        (
            json!({"script": "other", "params": {"a": 1}}),
            &[(Code::UnknownScript, ".script", "there is only vip_first")],
        ),
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
        let read = Reader::new().scripts(scripts.clone()).document(&text);
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
        // The same problems without a text, when the scripts are set on the desk.
        let mut desk = Desk::from_json(&text).unwrap();
        assert_eq!(
            desk.set_scripts(scripts.clone()).map_err(told),
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
    assert_eq!(crate::support_desk::act(&mut desk, "09:00 open c1"), ["- c1 assigned bo r/1 script:s"]);
    let better = Scripts::from_sources([("s.rhai", "fn pick(candidates, conversation, desk) { \"anna\" }")]).unwrap();
    desk.set_scripts(better).unwrap();
    assert_eq!(crate::support_desk::act(&mut desk, "09:00 open c2"), ["- c2 assigned anna r/1 script:s"]);
    // A later inbox is checked with the scripts, too.
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
        crate::support_desk::act(&mut desk, "09:00 open c1"),
        ["- c1 script_failed r/1 pick unknown_script least_busy", "- c1 assigned anna r/1 least_busy"]
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
    assert_eq!(
        desk.handle_with(&command, &Options::default().explain(true)).unwrap()[1].trace,
        ["anna: 0 held", "bo: 0 held"]
    );
}

#[test]
fn many_threads_share_one_set() {
    let desk = everyone(three(), "fn score(agent, conversation, desk) { random(1000) + agent.skills.billing }");
    let run = |mut desk: Desk| -> Vec<String> {
        (0..50).flat_map(|n| crate::support_desk::act(&mut desk, &format!("09:00 open c{n}"))).collect()
    };
    let expected = run(desk.clone());
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..4).map(|_| scope.spawn(|| run(desk.clone()))).collect();
        assert!(threads.into_iter().all(|thread| thread.join().unwrap() == expected));
    });
}

/// Duplicate names of files are found in linear time.
#[test]
fn a_set_has_no_name_twice_and_no_more_scripts_than_are_looked_at() {
    let twice = Scripts::from_sources([("a/s.rhai", "fn score(a, b, c) { 1 }"), ("b/s.rhai", "x")]).unwrap_err();
    let told: Vec<_> = twice.iter().map(|it| (it.code, it.path.as_str())).collect();
    assert_eq!(told, [(Code::DuplicateId, "b/s.rhai")]);
    let letters = "x".repeat(64_000);
    let many = letters.chars().enumerate().map(|(place, text)| (place.to_string(), text.to_string()));
    let problems = Scripts::from_sources(many).unwrap_err();
    assert_eq!(problems.len(), 1_001);
    assert_eq!(problems[1_000].message, "a set has at most 1000 scripts");
}

#[test]
fn what_scripts_write_names_no_type_and_no_function() {
    let script = r#"fn score(agent, conversation, desk) {
        log(agent.attributes); log(agent.skills); log(desk.agents); log(desk); log(conversation.contact);
        log([agent, desk.now, |x| x, 1..3, range(1, 9, 2), conversation.channel, conversation.inbox, conversation]);
        log(`${agent.attributes} ${conversation.contact}`);
        log(Fn("score"));
        throw [agent, |x| x, agent.attributes];
    }"#;
    let mut desk =
        everyone(json!([{"id": "anna", "attributes": {"region": "emea"}, "skills": {"billing": 2}}]), script);
    let open = r#"{"type": "open", "at": "2026-11-20T09:00:00Z", "conversation": "c1", "inbox": "main", "channel": "chat", "contact": {"id": "x"}}"#;
    let command = desk.read_command(open).unwrap();
    let events = desk.handle_with(&command, &Options::default().explain(true)).unwrap();
    let told: Vec<String> = events.iter().map(|event| event.to_json()).collect();
    let fare = desk.why("c1").map(|why| format!("{why:?}")).unwrap_or_default();
    assert!(told.iter().any(|it| it.contains(r#"[\"anna\", a function, #{\"region\": \"emea\"}]"#)), "{told:#?}");
    for text in told.iter().chain([&fare]) {
        assert!(!text.contains("::") && !text.contains("anon$"), "{text}");
    }
}

/// Returns the events that report a failure, as JSON.
fn told_failures(events: &[frontdesk::Event]) -> Vec<String> {
    events.iter().map(|event| event.to_json()).filter(|text| text.contains("script_failed")).collect()
}

/// Scripts that fail for many conversations spend the shared budget of the instant; a simple script still decides.
#[test]
fn what_all_scripts_of_an_instant_spend_has_an_end() {
    let waste = "fn score(agent, conversation, desk) { loop {} }";
    let plain = "fn score(agent, conversation, desk) { agent.load }";
    let scripts = Scripts::from_sources([("waste", waste), ("plain", plain)]).unwrap();
    let scripts = scripts.with_operations(10_000).with_operations_together(25_000);
    let step =
        |script: &str| json!([{"id": "r", "steps": [{"assign_to": "everyone", "strategy": {"script": script}}]}]);
    let document = Document::from_value(json!({
        "version": 1, "time_zone": "UTC", "agents": [{"id": "anna", "active": false}],
        "inboxes": [{"id": "main", "channels": [
            {"id": "waste", "kind": "chat", "rules": step("waste")}, {"id": "plain", "kind": "chat", "rules": step("plain")}]}]
    }))
    .unwrap();
    let mut desk = Desk::new(document);
    desk.set_scripts(scripts).unwrap();
    for (place, channel) in ["waste", "waste", "waste", "waste", "waste", "plain"].into_iter().enumerate() {
        let open = format!(
            r#"{{"type": "open", "at": "2026-11-20T09:00:00Z", "conversation": "c{place}", "inbox": "main", "channel": "{channel}"}}"#
        );
        desk.handle_json(&open).unwrap();
    }
    let comes = r#"{"type": "put_agent", "at": "2026-11-20T09:01:00Z", "agent": "anna", "entry": {"id": "anna"}}"#;
    let again = desk.clone().handle_json(comes).unwrap();
    let events = desk.handle_json(comes).unwrap();
    assert_eq!(again, events, "a copy of the desk decides alike");
    let failed = told_failures(&events);
    assert_eq!(failed.len(), 5, "{failed:#?}");
    let own = failed.iter().filter(|it| it.contains("a call has 10000")).count();
    let together = failed.iter().filter(|it| it.contains("ran over the 25000 operations they have together")).count();
    assert_eq!((own, together), (2, 3), "{failed:#?}");
    assert!(
        failed.iter().all(|it| it.contains(r#""code":"over_budget""#) && it.contains(r#""line":1"#)),
        "{failed:#?}"
    );
    assert!(events.iter().any(|it| it.to_json().contains(r#""type":"assigned","conversation":"c5""#)), "{events:#?}");
    assert_eq!(desk.conversation("c0").unwrap().state, frontdesk::desk::Whereabouts::Queued);
    // Explanations are not part of a command, and use none of its budget.
    let explained = |text: &str| {
        let mut copy = desk.clone();
        let command = copy.read_command(text).unwrap();
        let plain = desk.clone().handle(&command).iter().map(|it| it.kind.clone()).collect::<Vec<_>>();
        let explained = copy
            .handle_with(&command, &Options::default().explain(true))
            .unwrap()
            .iter()
            .map(|it| it.kind.clone())
            .collect::<Vec<_>>();
        assert_eq!(plain, explained);
    };
    explained(
        r#"{"type": "open", "at": "2026-11-20T09:02:00Z", "conversation": "c9", "inbox": "main", "channel": "waste"}"#,
    );
}

/// Each instant of a leap has its own operations, so that one leap gives the events of many small steps.
#[test]
fn a_leap_over_wasteful_scripts_gives_the_events_of_small_steps() {
    let scripts = Scripts::from_sources([("s", "fn score(agent, conversation, desk) { loop {} }")]).unwrap();
    let scripts = scripts.with_operations(2_000).with_operations_together(5_000);
    let steps: Vec<Value> =
        (0..10).map(|_| json!({"assign_to": "everyone", "strategy": {"script": "s"}, "wait": "1m"})).collect();
    let document = Document::from_value(json!({
        "version": 1, "time_zone": "UTC", "agents": [{"id": "anna"}],
        "inboxes": [{"id": "main", "channels": [{"id": "chat", "kind": "chat", "rules": [{"id": "r", "steps": steps}]}]}]
    }))
    .unwrap();
    let mut leap = Desk::new(document);
    leap.set_scripts(scripts).unwrap();
    for place in 0..6 {
        let open = format!(
            r#"{{"type": "open", "at": "2026-11-20T09:00:00Z", "conversation": "c{place}", "inbox": "main", "channel": "chat"}}"#
        );
        leap.handle_json(&open).unwrap();
    }
    let mut small = leap.clone();
    let at = |minute: u32| frontdesk::time::Instant::parse(&format!("2026-11-20T09:{minute:02}:00Z")).unwrap();
    let one: Vec<_> = leap.advance(at(12));
    let many: Vec<_> = (1..=12).flat_map(|minute| small.advance(at(minute))).collect();
    assert_eq!(one, many);
    assert!(told_failures(&one).iter().any(|it| it.contains("together")), "{one:#?}");
}

#[test]
fn ten_thousand_conditions_end_with_what_they_have_together() {
    let numbers: Vec<u32> = (0..40).collect();
    let when = format!("{numbers:?}.some(|a| {numbers:?}.some(|b| {numbers:?}.some(|c| false)))");
    let rules: Vec<Value> = (0..300)
        .map(|place| json!({"id": format!("r{place}"), "when": when, "steps": [{"assign_to": "everyone"}]}))
        .chain([json!({"id": "all", "when": "conversation.priority == 0", "steps": [{"assign_to": "everyone"}]})])
        .collect();
    let document = Document::from_value(json!({
        "version": 1, "time_zone": "UTC", "agents": [{"id": "anna"}],
        "inboxes": [{"id": "main", "channels": [{"id": "chat", "kind": "chat", "rules": rules}]}]
    }))
    .unwrap();
    let scripts = Scripts::default().with_operations_together(300_000);
    let mut desk = Desk::new(document);
    desk.set_scripts(scripts).unwrap();
    let open =
        r#"{"type": "open", "at": "2026-11-20T09:00:00Z", "conversation": "c1", "inbox": "main", "channel": "chat"}"#;
    let events = desk.handle_json(open).unwrap();
    let failed = told_failures(&events);
    assert_eq!(failed.iter().filter(|it| it.contains("a call has 100000")).count(), 3, "{failed:#?}");
    assert!(failed.iter().skip(3).all(|it| it.contains("300000 operations they have together")), "{failed:#?}");
    assert!(events.last().unwrap().to_json().contains(r#""rule":"all""#), "{events:#?}");
}

/// Returns the message of a script that fails.
#[track_caller]
fn failure_of(body: &str) -> String {
    let mut desk =
        everyone(json!(["anna"]), &format!("fn helper(x) {{ x }} fn score(agent, conversation, desk) {{ {body} }}"));
    let open = r#"{"type": "open", "at": "2026-11-20T09:00:00Z", "conversation": "c1", "inbox": "main", "channel": "chat", "attributes": {"due": "2026-11-20T10:00", "late": "2026-11-20T10:30:00+01:00"}}"#;
    let events = desk.handle_json(open).unwrap();
    let failure = events.iter().find_map(|event| match &event.kind {
        frontdesk::desk::EventKind::ScriptFailed { failure, .. } => Some(failure.message.clone()),
        _ => None,
    });
    failure.unwrap_or_else(|| panic!("{body}: {events:#?}"))
}

#[test]
fn errors_of_the_language_are_told_in_plain_words() {
    for (body, expected) in [
        ("agent.lod", "there is no `lod` of an agent; did you mean load?"),
        ("agent.load()", "`load` is a value of an agent: write it without parentheses"),
        ("agent.is_in", "`is_in` is a function of an agent: write it with parentheses, is_in(team: text) -> bool"),
        ("agent.is_on(\"x\")", "there is no function `is_on` of an agent; did you mean is_in?"),
        ("agent.is_in(5)", "`is_in` is written is_in(team: text) -> bool, and was given a whole number"),
        ("conversation.contact.atributes.spend", "there is no `atributes` of a contact; did you mean attributes?"),
        ("agent.load = 5", "`load` of an agent cannot be changed: scripts only read"),
        ("helpr(5)", "there is no function `helpr` of a whole number"),
        ("\"a\".to_uper()", "there is no function `to_uper` of a text; did you mean to_upper?"),
        ("[1, 2][7]", "there is no element 7"),
        ("let n = 5; for x in n {} 1", "`for` goes through lists, texts, ranges and agents, and this is none of them"),
        ("let n = 5; if n { 1 } else { 2 }", "expected true or false, found a whole number"),
        (
            "desk.now.in_zone(\"Europe/Stokholm\")",
            "there is no time zone \"Europe/Stokholm\"; did you mean Europe/Stockholm?",
        ),
        (
            "instant(conversation.attributes.due)",
            "\"2026-11-20T10:00\" has no offset, so it is not an instant; end it with Z or an offset, or name a zone: \
             instant(text, \"Europe/Stockholm\")",
        ),
        ("instant(\"tomorrow\")", "\"tomorrow\" is not an instant; write RFC 3339, as in 2026-11-20T09:00:00Z"),
        (
            "instant(\"tomorrow\", \"UTC\")",
            "\"tomorrow\" is not a date and time on the wall clock; write it as 2026-11-20T14:00, without an offset",
        ),
        ("instant(5)", "`instant` is written instant(text: text) -> time, and was given a whole number"),
        ("throw instant(conversation.attributes.late)", "2026-11-20T09:30:00.000Z"),
        ("throw instant(conversation.attributes.due, \"Europe/Stockholm\")", "2026-11-20T09:00:00.000Z"),
        ("throw instant(\"2026-03-29T02:30\", \"Europe/Stockholm\")", "2026-03-29T01:30:00.000Z"),
        // An error that a script catches has our message, too, without names of Rhai's functions.
        ("try { agent.lod } catch (e) { throw e; }", "there is no `lod` of an agent; did you mean load?"),
        ("try { [1].map(|x| x.foo()) } catch (e) { throw `${e}`; }", "there is no function `foo` of a whole number"),
        ("try { throw #{error: \"mine\", message: \"own\"}; } catch (e) { throw e.message; }", "own"),
    ] {
        assert_eq!(failure_of(body), expected, "{body}");
    }
}

#[test]
fn members_that_nobody_has_are_found_before_anything_runs() {
    let told = |text: &str| -> Vec<String> {
        let scripts = Scripts::from_sources([("s.rhai", text)]).unwrap();
        let place =
            |it: &frontdesk::Problem| it.position.map_or(String::new(), |it| format!("{}:{} ", it.line, it.column));
        scripts
            .warnings()
            .iter()
            .map(|it| {
                assert_eq!((it.code, it.path.as_str()), (Code::UnknownMember, "s.rhai"));
                format!("{}{}; {}", place(it), it.message, it.hint.clone().unwrap_or_default())
            })
            .collect()
    };
    let score = |body: &str| format!("fn score(agent, conversation, desk) {{ {body} }}");
    for (text, expected) in [
        (score("agent.lod"), &["1:45 there is no `lod` of an agent; did you mean load?"][..]),
        (
            score("conversation.atributes.plan"),
            &["1:52 there is no `atributes` of a conversation; did you mean attributes?"],
        ),
        (
            score("let c = conversation.contact; c.atributes.plan"),
            &["1:72 there is no `atributes` of a contact; did you mean attributes?"],
        ),
        (score("desk.agents.count(|a| a.lod > 0)"), &["1:66 there is no `lod` of an agent; did you mean load?"]),
        (
            score("let n = 0; for a in desk.available { n += a.lod; } n"),
            &["1:86 there is no `lod` of an agent; did you mean load?"],
        ),
        (score("agent.load()"), &["1:46 `load` is a value of an agent; write it without parentheses"]),
        (
            score("agent.is_in == 1"),
            &["1:46 `is_in` is a function of an agent; write it with parentheses: is_in(team: text) -> bool"],
        ),
        (
            "fn pick(candidates, conversation, desk) { candidates.fist() }".to_owned(),
            &["1:54 there is no `fist` of a list of agents; did you mean first?"],
        ),
        // Members of own data, functions, maps and unknown values are not checked.
        (score("agent.attributes.lod + agent.skills.lod"), &[]),
        (score("let m = #{lod: 1}; m.lod"), &[]),
        (score("let x = agent; x = #{lod: 1}; x.lod"), &[]),
        (format!("fn of(who) {{ who.lod }} {}", score("of(agent) + of(#{lod: 1})")), &[]),
        (
            format!("{} fn of(who) {{ who.lod }}", score("of(agent)")),
            &["1:74 there is no `lod` of an agent; did you mean load?"],
        ),
        (score("conversation.attributes.list.len() + desk.agents.len + conversation.kind.len"), &[]),
        (score("agent.name.to_text().len()"), &[]),
    ] {
        let told = told(&text);
        let said = |all: &[&str]| -> Vec<String> {
            all.iter().map(|it| it.split_once(' ').map_or("", |(_, message)| message).to_owned()).collect()
        };
        assert_eq!(said(&told.iter().map(String::as_str).collect::<Vec<_>>()), said(expected), "{text}");
        // The position is that of the member.
        for message in &told {
            let (place, message) = message.split_once(' ').unwrap();
            let column: usize = place.split_once(':').unwrap().1.parse().unwrap();
            let member = message.split('`').nth(1).unwrap();
            assert!(text[column - 1..].starts_with(member), "{place} of {text}");
        }
    }
}

#[test]
fn conditions_that_cannot_be_meant_are_found() {
    for (when, expected) in [
        (
            "contact.atributes.spend > 1",
            Some((Code::UnknownMember, "there is no `atributes` of a contact (at its character 9)")),
        ),
        ("now.our < 12", Some((Code::UnknownMember, "there is no `our` of a time (at its character 5)"))),
        (
            "1",
            Some((
                Code::NotACondition,
                "this gives a number and never true or false, so the rule is for no conversation",
            )),
        ),
        (
            "conversation.kind",
            Some((
                Code::NotACondition,
                "this gives a text and never true or false, so the rule is for no conversation",
            )),
        ),
        (
            "conversation.priority + 1",
            Some((
                Code::NotACondition,
                "this gives a number and never true or false, so the rule is for no conversation",
            )),
        ),
        ("contact.known", None),
        ("contact.attributes.vip", None),
        ("conversation.priority > 1 && now.hour < 12", None),
        ("\"x\" in contact.attributes", None),
        ("!contact.known", None),
        ("if contact.known { 1 } else { 2 }", None),
    ] {
        let document = Document::from_value(json!({
            "version": 1, "time_zone": "UTC", "agents": [{"id": "anna"}],
            "inboxes": [{"id": "main", "channels": [{"id": "chat", "kind": "chat", "rules": [
                {"id": "r", "when": when, "steps": [{"assign_to": "everyone"}]}]}]}]
        }))
        .unwrap();
        let warnings = document.warnings();
        let about_when = |it: &&frontdesk::Problem| it.path.ends_with(".when");
        let found = warnings.iter().find(about_when).map(|it| (it.code, it.message.as_str()));
        assert_eq!(found, expected, "{when}: {warnings:#?}");
    }
}
