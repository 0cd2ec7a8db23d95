//! Every condition of `match`.

use serde_json::{Value, json};

use crate::support_desk::{Office, act};

/// Checks whether a conversation that arrives in `main` by `chat` at 09:00 UTC on a Friday passes a `match`.
#[track_caller]
fn assert_match(conditions: Value, arrival: Value, passes: bool) {
    let rule = json!({"id": "r", "match": conditions, "steps": [{"assign_to": "everyone"}]});
    let anna = json!({"id": "anna", "skills": {"sv": 5, "de": 5, "lang:sv": 5}});
    // The names in conditions have to be known.
    let office = Office::of(json!([anna])).channel(json!({"id": "form", "kind": "form"}));
    let office = office.with(json!({"inboxes": [{"id": "side"}]}));
    let mut desk = office.rules(json!([rule])).desk();
    let told = act(&mut desk, &format!("09:00 open c1 {arrival}"));
    let expected = if passes { "- c1 assigned anna r/1 least_busy" } else { "- c1 unassigned no_rule" };
    assert_eq!(told, [expected], "{conditions} of {arrival}");
}

#[track_caller]
fn assert_both(conditions: Value, passing: Value, failing: Value) {
    assert_match(conditions.clone(), passing, true);
    assert_match(conditions, failing, false);
}

#[test]
fn inbox_channel_and_kind() {
    for (path, value, other) in [("inbox", "main", "side"), ("channel", "chat", "form"), ("kind", "chat", "call")] {
        assert_match(json!({path: value}), json!({}), true);
        assert_match(json!({path: other}), json!({}), false);
        assert_match(json!({path: [other, value]}), json!({}), true);
        assert_match(json!({path: {"not": value}}), json!({}), false);
    }
}

#[test]
fn priority() {
    assert_both(json!({"priority": 0}), json!({}), json!({"priority": 1}));
    assert_both(json!({"priority": {"at_least": 1}}), json!({"priority": 1}), json!({"priority": 0}));
    assert_both(json!({"priority": {"at_most": -1}}), json!({"priority": -1}), json!({}));
    assert_both(json!({"priority": {"at_least": 1, "at_most": 2}}), json!({"priority": 2}), json!({"priority": 3}));
}

#[test]
fn skills_of_the_conversation() {
    let exists = json!({"skills.sv": {"exists": true}});
    assert_both(exists, json!({"skills": {"sv": 1}}), json!({"skills": {"de": 1}}));
    assert_both(json!({"skills.sv": {"at_least": 3}}), json!({"skills": {"sv": 3}}), json!({"skills": {"sv": 2}}));
    assert_match(json!({"skills.lang:sv": 2}), json!({"skills": {"lang:sv": 2}}), true);
    assert_match(json!({"skills.sv": {"at_least": 1}}), json!({}), false);
}

#[test]
fn attributes() {
    let plan = |value: Value| json!({"attributes": {"plan": value}});
    assert_both(json!({"attributes.plan": "pro"}), plan(json!("pro")), plan(json!("free")));
    assert_both(json!({"attributes.plan": ["pro", "team"]}), plan(json!("team")), plan(json!("free")));
    assert_both(json!({"attributes.plan": true}), plan(json!(true)), plan(json!("true")));
    assert_both(json!({"attributes.plan": 2}), plan(json!(2.0)), plan(json!("2")));
    assert_both(json!({"attributes.plan": {"at_least": 1.5}}), plan(json!(1.5)), plan(json!(1.4)));
    assert_both(json!({"attributes.plan": {"contains": "ro"}}), plan(json!("pro")), plan(json!("free")));
    assert_both(json!({"attributes.plan": {"contains": "pro"}}), plan(json!(["pro", "x"])), plan(json!(["prof"])));
    assert_both(json!({"attributes.plan": {"starts_with": "pr"}}), plan(json!("pro")), plan(json!("spree")));
    assert_both(json!({"attributes.plan": {"not": ["pro", "team"]}}), plan(json!("free")), plan(json!("team")));
    assert_both(
        json!({"attributes.a.b": 1}),
        json!({"attributes": {"a.b": 1}}),
        json!({"attributes": {"a": {"b": 1}}}),
    );
}

#[test]
fn what_is_absent_passes_only_not_and_exists_false() {
    for test in [json!("x"), json!(["x"]), json!({"at_least": -5}), json!({"contains": ""}), json!({"starts_with": ""})]
    {
        assert_match(json!({"attributes.plan": test}), json!({}), false);
    }
    assert_match(json!({"attributes.plan": {"not": "x"}}), json!({}), true);
    assert_both(json!({"attributes.plan": {"exists": false}}), json!({}), json!({"attributes": {"plan": 0}}));
}

#[test]
fn a_number_is_asked_of_numbers_only() {
    assert_match(json!({"attributes.age": {"at_most": 9}}), json!({"attributes": {"age": "5"}}), false);
    assert_match(json!({"attributes.age": {"at_least": 0}}), json!({"attributes": {"age": true}}), false);
}

#[test]
fn contact() {
    let contact = |contact: Value| json!({"contact": contact});
    assert_both(json!({"contact.known": true}), contact(json!({"known": true})), contact(json!({"id": "x"})));
    // An absent contact is not known.
    assert_match(json!({"contact.known": false}), json!({}), true);
    assert_both(json!({"contact.owner": "anna"}), contact(json!({"owner": "anna"})), contact(json!({"owner": "bo"})));
    assert_both(json!({"contact.owner": {"exists": true}}), contact(json!({"owner": "bo"})), contact(json!({})));
    let spend = |spend: Value| contact(json!({"attributes": {"spend": spend}}));
    assert_both(json!({"contact.attributes.spend": {"at_least": 100}}), spend(json!(100)), spend(json!(99)));
    // Attributes of the contact, not of the conversation.
    assert_match(json!({"contact.attributes.spend": 1}), json!({"attributes": {"spend": 1}}), false);
}

#[test]
fn hours() {
    let hours = |zone: Option<&str>, start: &str, end: &str| {
        let mut test = json!({"hours": [{"days": ["fri"], "start": start, "end": end}]});
        if let Some(zone) = zone {
            test["time_zone"] = zone.into();
        }
        json!({"hours": test})
    };
    assert_match(hours(None, "09:00", "17:00"), json!({}), true);
    // Hours are half-open.
    assert_match(hours(None, "08:00", "09:00"), json!({}), false);
    // It is 10:00 in Stockholm, and 04:00 in New York.
    assert_match(hours(Some("Europe/Stockholm"), "10:00", "11:00"), json!({}), true);
    assert_match(hours(Some("Europe/Stockholm"), "09:00", "10:00"), json!({}), false);
    assert_match(hours(Some("America/New_York"), "04:00", "05:00"), json!({}), true);
}

#[test]
fn every_entry_must_hold() {
    let both = json!({"priority": 1, "attributes.plan": "pro"});
    assert_match(both.clone(), json!({"priority": 1, "attributes": {"plan": "pro"}}), true);
    assert_match(both.clone(), json!({"priority": 1}), false);
    assert_match(both, json!({"attributes": {"plan": "pro"}}), false);
    assert_match(json!({}), json!({}), true);
}
