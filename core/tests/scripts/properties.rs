//! Properties of all scripts, whatever they contain.

use frontdesk::desk::Whereabouts;
use frontdesk::script::Scripts;
use frontdesk::{Desk, Document, Options};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::support_desk::{Office, Witnesses, command};

/// A quick run, unless `PROPTEST_CASES` asks for a longer one.
fn config(cases: u32) -> ProptestConfig {
    let usual = ProptestConfig { failure_persistence: None, ..ProptestConfig::default() };
    if std::env::var_os("PROPTEST_CASES").is_some() { usual } else { ProptestConfig { cases, ..usual } }
}

/// Words of scripts, combined at random.
const WORDS: &[&str] = &[
    "fn",
    "score",
    "eligible",
    "pick",
    "priority",
    "fallback",
    "(",
    ")",
    "{",
    "}",
    "[",
    "]",
    "#{",
    "agent",
    "conversation",
    "desk",
    "candidates",
    ",",
    ";",
    ".",
    "let",
    "const",
    "x",
    "y",
    "=",
    "==",
    "+",
    "-",
    "*",
    "/",
    "%",
    "<",
    "!",
    "&&",
    "||",
    "|x|",
    "||",
    "=>",
    "if",
    "else",
    "while",
    "loop",
    "for",
    "in",
    "break",
    "return",
    "throw",
    "try",
    "catch",
    "switch",
    "0",
    "1",
    "2.5",
    "\"a\"",
    "`${",
    "}`",
    "true",
    "()",
    "load",
    "attributes",
    "filter",
    "map",
    "log",
    "random",
    "now",
    "..",
    "?.",
    "private",
    "\n",
    "//",
    "/*",
    "*/",
    "this",
    "eval",
    "Fn",
    "call",
    "'c'",
    "0x",
    "1e400",
    "99999999999999999999",
];

fn soup() -> impl Strategy<Value = String> {
    let word = prop_oneof![8 => prop::sample::select(WORDS).prop_map(str::to_owned), 1 => "\\PC{0,4}"];
    prop::collection::vec(word, 0..60).prop_map(|words| words.join(" "))
}

/// Any JSON with a little nesting.
fn any_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        (-(1_i64 << 53)..=1 << 53).prop_map(Value::from),
        any::<f64>()
            .prop_filter("no others are read", |number| number.abs() <= 9_007_199_254_740_992.0)
            .prop_map(Value::from),
        "\\PC{0,12}".prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 20, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::btree_map("[a-z]{1,3}", inner, 0..5).prop_map(|map| json!(map)),
        ]
    })
}

fn document() -> Document {
    Document::from_value(json!({
        "version": 1, "time_zone": "UTC", "agents": [{"id": "anna"}, {"id": "bo"}],
        "inboxes": [{"id": "main", "channels": [{"id": "chat", "kind": "chat", "rules": [
            {"id": "r", "steps": [{"assign_to": "everyone", "strategy": {"script": "s"}}]}]}]}]
    }))
    .unwrap()
}

/// Loads a text as a script and lets it decide, if it can be loaded; the conversation is held, waits, or is left as the
/// script says.
fn decide(text: &str) {
    let Ok(scripts) = Scripts::from_sources([("s", text)]) else { return };
    let mut desk = Desk::new(document());
    desk.set_scripts(scripts.with_operations(5_000)).unwrap();
    let open =
        r#"{"type": "open", "at": "2026-11-20T09:00:00Z", "conversation": "c1", "inbox": "main", "channel": "chat"}"#;
    let events = desk.handle_json(open).unwrap();
    assert!(events.len() >= 2, "{text}");
    assert_ne!(desk.conversation("c1").unwrap().state, Whereabouts::Closed);
}

proptest! {
    #![proptest_config(config(400))]

    #[test]
    fn any_text_is_a_script_or_a_problem(text in "\\PC{0,200}") {
        decide(&text);
    }

    #[test]
    fn any_bytes_are_a_script_or_a_problem(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        decide(&String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn words_thrown_together_are_a_script_or_a_problem(body in soup(), whole in any::<bool>()) {
        decide(&if whole { body } else { format!("fn score(agent, conversation, desk) {{ {body} }}") });
    }

    #[test]
    fn any_expression_is_a_condition_or_a_problem(text in soup()) {
        let mut written = serde_json::to_value(document()).unwrap();
        written["inboxes"][0]["channels"][0]["rules"] = json!([{"id": "r", "when": text, "steps": []}]);
        let Ok(document) = Document::from_value(written) else { return Ok(()) };
        let events = Desk::new(document).handle_json(
            r#"{"type": "open", "at": "2026-11-20T09:00:00Z", "conversation": "c1", "inbox": "main", "channel": "chat"}"#).unwrap();
        prop_assert!(events.len() >= 2);
    }

    #[test]
    fn any_values_can_be_looked_at(a in any_value(), b in any_value(), name in "[a-zåß日 ]{1,8}") {
        let script = format!("
            fn eligible(agent, conversation, desk) {{
                let a = conversation.attributes.a; let b = conversation.contact.attributes[{name:?}];
                log(a); log(b); log(`${{a}} ${{b}}`); log(a == b); log([a] == [b]); log(a in [b, a]);
                log([a, b].index_of(b)); log([a, b, a].filter(|x| x == a).len());
                for x in conversation.attributes.names() {{ log(conversation.attributes[x]); }}
                let tried = [];
                try {{ tried.push(a < b); }} catch (e) {{ log(e); }}
                try {{ tried.push([a, b].sorted()); }} catch (e) {{ log(e); }}
                try {{ tried.push(min(a, b)); }} catch (e) {{ log(e); }}
                try {{ tried.push([a, b].sum()); }} catch (e) {{ log(e); }}
                try {{ tried.push(a.len()); }} catch (e) {{ log(e); }}
                try {{ tried.push(a.keys()); }} catch (e) {{ log(e); }}
                try {{ tried.push(a.to_upper().sub_string(-1, 5)); }} catch (e) {{ log(e); }}
                try {{ tried.push(abs(a)); }} catch (e) {{ log(e); }}
                try {{ tried.push(a.round()); }} catch (e) {{ log(e); }}
                try {{ tried.push(pow(a, b)); }} catch (e) {{ log(e); }}
                try {{ tried.push(random(a)); }} catch (e) {{ log(e); }}
                try {{ tried.push(-a); }} catch (e) {{ log(e); }}
                true
            }}
            fn score(agent, conversation, desk) {{ conversation.attributes.a }}
            fn fallback(conversation, desk) {{ conversation.attributes.b }}
            fn priority(conversation, desk) {{ conversation.attributes.a }}");
        let mut desk = Desk::new(document());
        desk.set_scripts(Scripts::from_sources([("s", script)]).unwrap()).unwrap();
        let open = json!({
            "type": "open", "at": "2026-11-20T09:00:00Z", "conversation": "c1", "inbox": "main", "channel": "chat",
            "attributes": {"a": a, "b": b.clone()}, "contact": {"attributes": {name: b}}});
        let command = desk.command_from_value(open).unwrap();
        let mut rebuilt = desk.clone();
        for event in desk.handle_with(&command, &Options::default().explain(true)).unwrap() {
            rebuilt.apply(&frontdesk::Event::from_json(&event.to_json()).unwrap()).unwrap();
        }
        prop_assert_eq!(rebuilt.snapshot(), desk.snapshot());
    }
}

/// A script that reads every view, and sometimes fails.
const CURIOUS: &str = "
    const limit = 3;
    fn eligible(agent, conversation, desk) {
        if conversation.attributes.hard == true { agent.last_idle != () } else { agent.load < limit }
    }
    fn score(agent, conversation, desk) {
        if conversation.attributes.hard == true && agent.load == 1 { throw #{code: \"hard\", message: `at ${desk.now}`}; }
        random(5) - agent.load * 2 - desk.queue_length + conversation.contact.times_with(agent) + desk.available.len()
    }
    fn priority(conversation, desk) { if desk.now.minute % 2 == 0 { conversation.priority * 2 } }
    fn fallback(conversation, desk) {
        switch (conversation.priority + desk.now.minute) % 5 { 0 => \"next\", 1 => 2, 2 => \"queue\", 3 => 1 / 0, _ => () }
    }";

fn line() -> impl Strategy<Value = String> {
    let agent = prop::sample::select(&["anna", "bo", "cy"][..]);
    prop_oneof![
        4 => (0..12, any::<bool>(), -2..3, 0..3).prop_map(|(n, hard, priority, contact)| format!(
            r#"open c{n} {{"attributes": {{"hard": {hard}}}, "priority": {priority}, "contact": {{"id": "x{contact}", "owner": "bo", "known": true}}}}"#)),
        3 => (0..12).prop_map(|n| format!("close c{n}")),
        1 => (0..12, -2..3).prop_map(|(n, priority)| format!(r#"update c{n} {{"priority": {priority}}}"#)),
        1 => (0..12).prop_map(|n| format!("reopen c{n}")),
        1 => (0..12).prop_map(|n| format!(r#"snooze c{n} {{"duration": "3m"}}"#)),
        1 => (0..12, agent.clone()).prop_map(|(n, agent)| format!("decline c{n} {agent}")),
        1 => (0..12, agent.clone()).prop_map(|(n, agent)| format!("accept c{n} {agent}")),
        2 => (prop::sample::select(&["away", "back"][..]), agent).prop_map(|(what, agent)| format!("{what} {agent}")),
        1 => Just("advance".to_owned()),
    ]
}

proptest! {
    #![proptest_config(config(60))]

    /// The same commands give the same events: again, in many steps, from the events, and from a snapshot; no limit is exceeded,
    /// and no agent is chosen who fails a built-in check.
    #[test]
    fn a_desk_with_scripts_keeps_what_a_desk_promises(lines in prop::collection::vec((line(), 0_u32..4), 1..60), offers in any::<bool>()) {
        let steps = json!([
            {"assign_to": {"agents": ["anna", "cy"]}, "strategy": {"script": "s", "params": {"limit": 2}}, "wait": "5m"},
            {"assign_to": "everyone", "strategy": {"script": "s"}, "on_error": "round_robin", "wait": "7m"},
            {"assign_to": "contact_owner", "strategy": {"script": "s"}},
        ]);
        let when = json!([
            {"id": "odd", "when": "now.minute % 3 == 1 && conversation.priority / (conversation.priority + 1) == 0", "steps": steps},
            {"id": "r", "steps": steps}]);
        let chat = if offers { json!({"accept_within": "2m"}) } else { json!({}) };
        let office = Office::of(json!([{"id": "anna", "capacity": 2}, {"id": "bo", "capacity": 3}, "cy"])).rules(when).chat(chat);
        let mut desk = office.settings(json!({"seed": 5, "missed_offers_before_away": 2})).desk();
        desk.set_scripts(Scripts::from_sources([("s.rhai", CURIOUS)]).unwrap()).unwrap();
        let mut witnesses = Witnesses::of(&desk);
        let mut minute = 0;
        for (line, later) in lines {
            minute += later;
            let line = format!("{:02}:{:02} {line}", 9 + minute / 60, minute % 60);
            let (command, _) = command(witnesses.desk(), &line, &[]);
            witnesses.take(&command);
            for row in witnesses.desk().table(&frontdesk::desk::Filter::default(), command.at).unwrap() {
                let most = row.capacity.and_then(|capacity| capacity.total).unwrap_or(u32::MAX);
                prop_assert!(row.load <= u64::from(most));
            }
        }
    }
}

/// Scripts that read the desk and the agents, but not the conversation.
const INDIFFERENT: &[&str] = &[
    "if agent.load > 0 { 1 } else { () }",
    "if desk.queue_length % 2 == 0 { -agent.load } else { () }",
    "if desk.now.minute % 3 == 0 { agent.load }",
    "if agent.load == 1 { 1 / 0 } else { () }",
    "if desk.available.len() > 1 { 1 } else { () }",
    "if agent == \"bo\" { desk.agents.count(|it| it.load > 1) } else { () }",
];

/// A command about conversations of several classes.
fn line_of_classes() -> impl Strategy<Value = String> {
    let agent = prop::sample::select(&["anna", "bo", "cy"][..]);
    let open = (0..30, any::<bool>(), -1..2, 0..3).prop_map(|(n, raised, priority, level)| {
        let details = json!({"attributes": {"raised": raised}, "priority": priority, "skills": {"sv": level + 1}});
        format!("open c{n} {details}")
    });
    prop_oneof![
        8 => open,
        2 => (0..30).prop_map(|n| format!("close c{n}")),
        1 => (0..30, -1..2).prop_map(|(n, priority)| format!(r#"update c{n} {{"priority": {priority}}}"#)),
        1 => (0..30, agent.clone()).prop_map(|(n, agent)| format!("decline c{n} {agent}")),
        1 => (0..30, agent.clone()).prop_map(|(n, agent)| format!("accept c{n} {agent}")),
        4 => (prop::sample::select(&["away", "back"][..]), agent).prop_map(|(what, agent)| format!("{what} {agent}")),
        1 => Just("advance".to_owned()),
    ]
}

/// Returns the events of some commands, without the hash of the script's text.
fn events_of(script: &str, lines: &[(String, u32)], offers: bool) -> Vec<String> {
    let step = json!({"assign_to": "everyone", "strategy": {"script": "s"}, "wait": "7m"});
    let owner = json!({"assign_to": "contact_owner", "strategy": {"script": "s"}});
    let rules = json!([
        {"id": "raised", "match": {"attributes.raised": true}, "raise_priority": {"by": 1, "every": "2m"}, "steps": [step, owner]},
        {"id": "plain", "steps": [step, {"assign_to": {"agents": ["anna", "bo"]}}]}]);
    let chat = if offers { json!({"accept_within": "2m"}) } else { json!({}) };
    let agents = json!([
        {"id": "anna", "capacity": 2, "skills": {"sv": 3}}, {"id": "bo", "capacity": 3, "skills": {"sv": 2}},
        {"id": "cy", "skills": {"sv": 1}}]);
    let mut desk = Office::of(agents).rules(rules).chat(chat).settings(json!({"seed": 5})).desk();
    desk.set_scripts(Scripts::from_sources([("s.rhai", script)]).unwrap()).unwrap();
    let (mut minute, mut events) = (0, Vec::new());
    for (line, later) in lines {
        minute += later;
        let (command, _) = command(&desk, &format!("{:02}:{:02} {line}", 9 + minute / 60, minute % 60), &[]);
        events.extend(desk.handle(&command).iter().map(|event| {
            let mut event: Value = serde_json::from_str(&event.to_json()).unwrap();
            event.as_object_mut().unwrap().remove("script_version");
            event.to_string()
        }));
    }
    events
}

proptest! {
    #![proptest_config(config(120))]

    /// A script that does not read its conversation is asked about the first of a class alone, and decides as one that is asked
    /// about all.
    #[test]
    fn a_refusal_stands_for_a_class_only_where_it_would_be_repeated(
        body in prop::sample::select(INDIFFERENT),
        lines in prop::collection::vec((line_of_classes(), 0_u32..3), 1..60),
        offers in any::<bool>(),
    ) {
        let script = |read: &str| format!("fn score(agent, conversation, desk) {{\n{read}\n{body}\n}}");
        prop_assert_eq!(events_of(&script(""), &lines, offers), events_of(&script("conversation;"), &lines, offers));
    }
}
