//! `when`: expressions over the conversation, its contact, channel, inbox, and the time.

use frontdesk::desk::{EventKind, Whereabouts};
use frontdesk::{Code, Desk, Document, Failure};
use serde_json::{Value, json};

/// Opens a conversation on a Friday at 09:30 UTC under a rule with a condition; returns whether it held, or its failure.
#[track_caller]
fn asked(when: &str) -> Result<bool, Box<Failure>> {
    let mut desk = Desk::new(Document::from_value(document(when)).unwrap_or_else(|wrong| panic!("{when}: {wrong:#?}")));
    let open = json!({
        "type": "open", "at": "2026-11-20T09:30:00Z", "conversation": "c1", "inbox": "main", "channel": "web-chat",
        "priority": 2, "skills": {"billing": 3, "lang:sv": 1},
        "attributes": {"plan": "enterprise", "seats": 40, "share": 0.5, "tags": ["new", "vip"], "address": {"city": "Umeå"}, "trial": false, "none": null},
        "contact": {"id": "x", "owner": "anna", "known": true, "attributes": {"spend": 12000, "name": "Ada"}}
    });
    let command = desk.command_from_value(open).unwrap();
    let events = desk.handle(&command);
    let failed = events.iter().find_map(|event| match &event.kind {
        EventKind::ScriptFailed { failure, step, rule, .. } => {
            assert_eq!((step, rule.as_str()), (&None, "asked"));
            Some(failure.clone())
        }
        _ => None,
    });
    let state = desk.conversation("c1").unwrap().state;
    match failed {
        Some(failure) => {
            assert_eq!(state, Whereabouts::Unassigned, "{when}: a condition that fails does not hold");
            Err(failure)
        }
        None => Ok(state == Whereabouts::Queued),
    }
}

fn document(when: &str) -> Value {
    json!({
        "version": 1, "time_zone": "Europe/Stockholm", "settings": {"seed": 3},
        "inboxes": [{"id": "main", "time_zone": "America/New_York", "channels": [
            {"id": "web-chat", "kind": "chat", "weight": 2, "rules": [{"id": "asked", "when": when, "steps": []}]}]}]
    })
}

#[test]
fn what_holds() {
    const TABLE: &[(&str, bool)] = &[
        ("true", true),
        ("false", false),
        ("contact.attributes.spend > 10000", true),
        ("contact.attributes.spend > 12000", false),
        ("contact.attributes.spend >= 12000.0", true),
        ("contact.attributes.spend * 2 == 24000", true),
        ("contact.attributes.nothing > 10000", false),
        ("contact.attributes.nothing == ()", true),
        ("contact.attributes.nothing != ()", false),
        ("\"spend\" in contact.attributes", true),
        ("\"nothing\" in contact.attributes", false),
        ("contact.attributes.name == \"Ada\"", true),
        ("contact.attributes[\"name\"].to_lower() == \"ada\"", true),
        ("contact.attributes.get(\"name\").starts_with(\"A\")", true),
        ("contact.known", true),
        ("!contact.known", false),
        ("contact.owner == \"anna\"", true),
        ("contact.id == \"x\" && contact.owner != ()", true),
        ("contact.last_agent == ()", true),
        ("conversation.priority >= 2", true),
        ("conversation.priority > 2 || contact.known", true),
        ("conversation.priority + 1 == 3", true),
        ("-conversation.priority < 0", true),
        ("conversation.skills.billing >= 3", true),
        ("conversation.skills[\"lang:sv\"] == 1", true),
        ("conversation.skills.cobol == 0", true),
        ("\"billing\" in conversation.skills", true),
        ("conversation.attributes.plan == \"enterprise\"", true),
        ("conversation.attributes.plan in [\"enterprise\", \"business\"]", true),
        ("[\"free\", \"trial\"].contains(conversation.attributes.plan)", false),
        ("conversation.attributes.tags.contains(\"vip\")", true),
        ("\"vip\" in conversation.attributes.tags", true),
        ("conversation.attributes.tags.len() == 2", true),
        ("conversation.attributes.tags[0] == \"new\"", true),
        ("conversation.attributes.address.city == \"Umeå\"", true),
        ("conversation.attributes.address.street == ()", true),
        ("conversation.attributes.share < 1", true),
        ("conversation.attributes.share == 0.5", true),
        ("conversation.attributes.trial", false),
        ("conversation.attributes.trial == false", true),
        ("conversation.attributes.none == ()", true),
        ("conversation.attributes.tags.some(|tag| tag.ends_with(\"p\"))", true),
        ("conversation.attributes.seats / 3 == 13", true),
        ("conversation.id == \"c1\"", true),
        ("conversation.kind == \"chat\"", true),
        ("conversation.contact.known", true),
        ("channel == \"web-chat\" && channel.id.contains(\"web\")", true),
        ("channel.kind == \"chat\" && channel.weight == 2", true),
        ("inbox == \"main\"", true),
        ("inbox != \"main\"", false),
        ("inbox.id == \"main\" && inbox.time_zone == \"America/New_York\"", true),
        // Time, in the zone of the inbox.
        ("now.hour == 4 && now.minute == 30", true),
        ("now.weekday == \"fri\"", true),
        ("now.weekday in [\"sat\", \"sun\"]", false),
        ("now.date == \"2026-11-20\"", true),
        ("now.date < \"2026-12-24\"", true),
        ("now.year == 2026 && now.month == 11 && now.day == 20", true),
        ("now.in_zone(\"Europe/Stockholm\").hour == 10", true),
        ("now.in_zone(\"Asia/Tokyo\").hour >= 18", true),
        ("now.in_zone(\"Pacific/Kiritimati\").weekday == \"fri\"", true),
        ("now.in_zone(\"Pacific/Kiritimati\").date == \"2026-11-20\"", true),
        ("now.in_zone(\"Pacific/Niue\").weekday == \"thu\"", true),
        ("now >= conversation.opened_at && conversation.waiting == 0", true),
        ("now == now.in_zone(\"UTC\")", true),
        // Random numbers, which never change.
        ("random() < 1.0", true),
        ("random(100) == random(100)", false),
        ("if contact.known { 5 > 4 } else { false }", true),
        ("1 < 2\n  && 3 < 4", true),
    ];
    for (when, holds) in TABLE {
        assert_eq!(asked(when), Ok(*holds), "{when}");
    }
}

#[test]
fn what_fails_does_not_hold_and_says_why() {
    const TABLE: &[(&str, &str, &str, usize)] = &[
        ("contact.attributes.spend", "invalid_result", "a whole number", 0),
        ("contact.attributes.nothing", "invalid_result", "nothing", 0),
        ("\"true\"", "invalid_result", "a text", 0),
        ("conversation", "invalid_result", "conversation", 0),
        ("contact.atributes.spend > 1", "script_error", "atributes", 9),
        ("contact.attributes.nothing.more == 1", "script_error", "", 28),
        ("contact.attributes.spend / 0 == 1", "script_error", "zero", 26),
        ("now.in_zone(\"Europe/Stokholm\").hour == 1", "script_error", "did you mean Europe/Stockholm?", 5),
        ("conversation.attributes.tags[7] == 1", "script_error", "", 30),
        ("[1, 2, 3].map(|x| x.y).len() > 1", "script_error", "", 21),
    ];
    for (when, code, message, column) in TABLE {
        let failure = asked(when).expect_err(when);
        assert_eq!(failure.code, **code, "{when}: {failure:?}");
        assert!(failure.message.contains(message), "{when}: {failure:?}");
        assert_eq!((failure.hook.as_str(), &failure.script), ("when", &None));
        if *column > 0 {
            assert_eq!((failure.line, failure.column), (Some(1), Some(*column)), "{when}: {failure:?}");
        }
    }
}

#[test]
fn what_is_no_condition_is_a_problem_of_the_document() {
    const TABLE: &[(&str, &str, &str)] = &[
        ("", "", ""),
        ("contact.known &&", "", ""),
        ("contct.known", "contct", "did you mean contact?"),
        ("agent.load > 1", "agent", ""),
        ("now.hour >", "", ""),
        ("let x = 1; x == 1", "", ""),
        ("while true {}", "", ""),
        ("contact.known; true", "", ""),
        ("fn f() { true }", "", ""),
        ("eval(\"true\")", "", ""),
        ("import \"x\"", "", ""),
        ("2.0 ** 3.0 > 1.0", "", ""),
        (
            "((((((((((((((((((((((((((((((((((((((((((((((((true))))))))))))))))))))))))))))))))))))))))))))))))",
            "",
            "",
        ),
    ];
    for (when, message, hint) in TABLE {
        let problems = Document::from_json(&document(when).to_string()).expect_err(when);
        let problem = &problems[0];
        assert_eq!((problem.code, problems.len()), (Code::InvalidScript, 1), "{when}: {problem:?}");
        assert_eq!(problem.path, "$.inboxes[0].channels[0].rules[0].when");
        assert!(problem.position.is_some() && problem.message.contains(message), "{when}: {problem:?}");
        assert_eq!(problem.hint.as_deref().unwrap_or_default(), *hint, "{when}: {problem:?}");
    }
}

#[test]
fn the_first_rule_whose_match_and_when_hold_is_used() {
    let rule = |id: &str, conditions: Value| {
        let mut rule = json!({"id": id, "steps": [], "otherwise": "unassigned"});
        rule.as_object_mut().unwrap().extend(conditions.as_object().unwrap().clone());
        rule
    };
    let rules = json!([
        rule("neither", json!({"match": {"priority": 1}, "when": "1 / 0 == 1"})),
        rule("broken", json!({"when": "contact.spent > 1"})),
        rule("low", json!({"when": "conversation.priority < 5"})),
        rule("high", json!({"when": "conversation.priority >= 5"})),
        rule("never", json!({"when": "true"})),
    ]);
    let office = crate::support_desk::Office::of(json!([])).rules(rules);
    let mut desk = office.desk();
    let broken = "script_failed broken when script_error at 1:9";
    for (line, expected) in [
        ("09:00 open c1", [format!("- c1 {broken}"), "- c1 unassigned low otherwise".to_owned()]),
        ("09:00 open c2 {\"priority\": 5}", [format!("- c2 {broken}"), "- c2 unassigned high otherwise".to_owned()]),
    ] {
        assert_eq!(crate::support_desk::act(&mut desk, line), expected);
    }
    // Evaluated again, it fails again, but the failure was reported, and so was that the conversation is unassigned.
    let again = crate::support_desk::act(&mut desk, "09:01 update c1 {\"priority\": 9}");
    assert_eq!(again, ["- c1 updated"]);
}

/// An endless expression without a budget is stopped as any script.
#[test]
fn a_condition_has_a_budget() {
    let when = "[1,2,3,4,5,6,7,8,9].map(|a| [1,2,3,4,5,6,7,8,9].map(|b| [1,2,3,4,5,6,7,8,9].map(|c| [1,2,3,4,5,6,7,8,9].map(|d| [1,2,3,4,5,6,7,8,9].map(|e| a))))).len() > 0";
    assert_eq!(asked(when).unwrap_err().code, *"over_budget");
}

stories! {
    /// How many wait in the channel, not in the whole queue.
    the_queue_of_the_channel: crate::support_desk::Office::of(json!([{"id": "anna", "capacity": 0}])).rules(json!([
            {"id": "few", "when": "channel.waiting < 2", "steps": [{"assign_to": "everyone"}]},
            {"id": "many", "steps": [], "otherwise": {"voicemail": "busy"}}]))
        .channel(crate::support_desk::channel("form", "form", json!([{"assign_to": "everyone"}]), json!({}))).desk(), "
        09:00 open c1 form
        - c1 queued r/1
        09:00 open c2
        - c2 queued few/1
        09:00 open c3
        - c3 queued few/1
        09:00 open c4
        - c4 sent_to_voicemail busy by many
        09:01 close c2
        - c2 closed
        09:01 open c5
        - c5 queued few/1
        09:02 snooze c3
        - c3 snoozed
        09:02 transfer c1 to chat
        - c1 updated
        - c1 queued few/1";
}
