//! The views and functions of scripts, expression by expression, and the pages about them.

use frontdesk::Options;
use frontdesk::script::{Scripts, reference};
use serde_json::json;

use crate::generated::assert_committed;
use crate::support::{three, with};
use crate::support_desk::Office;

/// Returns the value of an expression in `pick`, with three agents: bo held a conversation of the contact before, and
/// holds one of another contact now.
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
        crate::support_desk::act(&mut desk, line);
    }
    let open = json!({
        "type": "open", "at": "2026-11-20T09:30:00Z", "conversation": "c2", "inbox": "main", "channel": "chat", "priority": 3,
        "skills": {"billing": 2}, "attributes": {"topic": "invoice", "big": [1, {"a": null}]},
        "contact": {"id": "x", "owner": "cy", "known": true, "attributes": {"spend": 12000.5, "vip": true}}
    });
    let command = desk.command_from_value(open).unwrap();
    let events = desk.handle_with(&command, &Options::default().explain(true)).unwrap();
    let traces: Vec<&String> = events.iter().flat_map(|event| &event.trace).collect();
    match traces.as_slice() {
        [.., line] => line.trim_start_matches("anna: ").to_owned(),
        _ => panic!("{expression}: {events:#?}"),
    }
}

#[track_caller]
fn assert_answers<'a>(expected: impl IntoIterator<Item = (&'a str, &'a str)>) {
    let wrong: Vec<String> = expected
        .into_iter()
        .filter_map(|(expression, expected)| {
            let found = asked(expression);
            (found != expected).then(|| format!("{expression}: expected {expected}, found {found}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_member_has_an_example_which_gives_what_it_says() {
    let lacking: Vec<&str> =
        Scripts::api().iter().filter(|member| member.example().is_none()).map(|member| member.signature).collect();
    assert!(lacking.is_empty(), "{lacking:?}");
    assert_answers(Scripts::api().iter().filter_map(|member| member.example()));
    for member in Scripts::api() {
        let (expression, _) = member.example().unwrap();
        assert!(
            expression.contains(member.name()) || expression.contains(" in "),
            "{}: {expression}",
            member.signature
        );
    }
}

#[test]
fn the_pages_are_those_of_this_build() {
    assert_committed("../docs/reference/scripts.md", &reference::page());
    assert_committed("../scripts/frontdesk.d.rhai", &reference::definitions());
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
        ("desk.now.plus_seconds(60)", "2026-11-20T09:31:00.000Z"),
        ("desk.now + 60", "2026-11-20T09:31:00.000Z"),
        ("desk.now - 60", "2026-11-20T09:29:00.000Z"),
        ("(desk.now + 90 * 60).hour", "12"),
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
        // Random numbers, which never change.
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
    assert_answers(TABLE.iter().copied());
    // A random number depends on the conversation and the agent only.
    assert_eq!(asked("random(1000000)"), "843802");
}
