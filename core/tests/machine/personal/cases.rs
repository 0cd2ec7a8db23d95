//! Cases: what is taken out of which command, whose it is, and texts that cannot be joined.

use frontdesk::desk::{Personal, Separated, Subject, join_snapshot, separate_snapshot};
use frontdesk::story::Story;
use frontdesk::time::Zone;
use frontdesk::{Code, Desk, Turn};
use serde_json::Value;

use super::all;

const DESK: &str = r#"{"version": 1, "time_zone": "UTC", "agents": [{"id": "anna", "name": "Anna Berg"}, {"id": "bo"}],
    "inboxes": [{"id": "main", "filters": {"block": ["Spam@x.example", "@y.example"], "role_addresses": true},
        "channels": [{"id": "mail", "kind": "email"}]}]}"#;

fn desk() -> Desk {
    Desk::from_json(DESK).unwrap()
}

/// Returns values as lines: the subject, the numbers, and each value once.
fn told(personal: &[Personal]) -> Vec<String> {
    let line = |Personal { subject, values }: &Personal| {
        let values: Value = serde_json::from_str(values).unwrap();
        let mut texts: Vec<String> = values.as_object().unwrap().values().map(Value::to_string).collect();
        texts.sort_unstable();
        texts.dedup();
        format!("{subject} {}", texts.join(" "))
    };
    personal.iter().map(line).collect()
}

/// Commands, and what is taken out of the turn of each.
#[rustfmt::skip]
const TURNS: [(&str, &[&str]); 22] = [
    // The contact is the subject of all that is known of it.
    (r#""type": "open", "conversation": "c1", "inbox": "main", "channel": "mail", "contact": {"id": "p1", "attributes": {"a": 1}}, "from": "p@z.example", "attributes": {"b": 2}"#,
     &[r#"contact:p1 "p@z.example" {"a":1}"#]),
    (r#""type": "open", "conversation": "c2", "inbox": "main", "channel": "mail", "contact": {"id": "p1"}"#, &[]),
    // Without an id, the conversation is.
    (r#""type": "open", "conversation": "c3", "inbox": "main", "channel": "mail", "contact": {"known": true, "attributes": {"a": {"personal": 1}}}, "forwarded_by": "q@z.example""#,
     &[r#"conversation:c3 "q@z.example" {"a":{"personal":1}}"#]),
    // An address that a filter matched is of the contact of the same turn; domains and roles stay.
    (r#""type": "open", "conversation": "c4", "inbox": "main", "channel": "mail", "contact": {"id": "p2"}, "from": "spam@X.example""#,
     &[r#"contact:p2 "Spam@x.example" "spam@X.example""#]),
    (r#""type": "open", "conversation": "c5", "inbox": "main", "channel": "mail", "from": "a@y.example""#, &[r#"conversation:c5 "a@y.example""#]),
    (r#""type": "open", "conversation": "c6", "inbox": "main", "channel": "mail", "contact": {"id": "p2"}, "from": "noreply@z.example""#,
     &[r#"contact:p2 "noreply@z.example""#]),
    // A block that names the conversation does not tell the contact; the block itself is a rule.
    (r#""type": "block", "conversation": "c1""#, &[r#"conversation:c1 "p@z.example""#]),
    (r#""type": "block", "sender": "q@z.example""#, &[]),
    (r#""type": "unblock", "sender": "q@z.example""#, &[]),
    // An update tells all data anew, under the contact from then on.
    (r#""type": "update", "conversation": "c3", "contact": {"id": "p3", "attributes": {"a": 3}}"#, &[r#"contact:p3 "q@z.example" {"a":3}"#]),
    (r#""type": "update", "conversation": "c3", "priority": 2"#, &[r#"contact:p3 "q@z.example" {"a":3}"#]),
    (r#""type": "message", "conversation": "c3", "from": "visitor", "message": "m1""#, &[]),
    (r#""type": "erase", "contact": "p3""#, &[]),
    (r#""type": "update", "conversation": "c3", "priority": 3"#, &[]),
    // Agents.
    (r#""type": "set_status", "agent": "anna", "status": "away", "note": "Dentist""#, &[r#"agent:anna "Dentist""#]),
    (r#""type": "set_out_of_office", "agent": "bo", "out_of_office": [{"first_day": "2026-11-20", "last_day": "2026-11-21", "note": "Moving"}, {"first_day": "2026-12-20", "last_day": "2026-12-21"}]"#,
     &[r#"agent:bo "Moving""#]),
    (r#""type": "put_agent", "agent": "cy", "entry": {"id": "cy", "name": "Cy", "attributes": {"weight": 2}, "out_of_office": [{"first_day": "2026-11-20", "last_day": "2026-11-21", "note": "Ill"}]}"#,
     &[r#"agent:cy "Cy" "Ill""#]),
    (r#""type": "put_team", "team": "night", "entry": {"id": "night", "name": "Night"}"#, &[]),
    (r#""type": "configure", "statuses": [{"id": "lunch", "state": "away", "name": "Lunch"}]"#, &[]),
    (r#""type": "configure", "document": {"version": 1, "time_zone": "UTC", "agents": [{"id": "anna", "name": "Anna Ek"}, {"name": "Bo", "id": "bo"}, {"id": "cy", "name": null}]}"#,
     &[r#"agent:anna "Anna Ek""#, r#"agent:bo "Bo" "Moving""#, r#"agent:cy "Ill""#]),
    // Refused, so that it is in no log.
    (r#""type": "open", "conversation": "c1", "inbox": "main", "channel": "mail", "from": "p@z.example""#, &[r#"conversation:c1 "p@z.example""#]),
    (r#""type": "trash", "conversation": "c4""#, &[]),
];

/// Returns the desk after all commands, with their turns.
fn story() -> (Desk, Vec<Turn>) {
    let mut desk = desk();
    let turn = |(command, _): &(&str, &[&str])| {
        let command = desk.read_command(&format!(r#"{{"at": "2026-11-20T09:00:00Z", {command}}}"#)).unwrap();
        let turn = desk.propose(&command);
        desk.apply(&turn).unwrap();
        turn
    };
    let turns = TURNS.iter().map(turn).collect();
    (desk, turns)
}

#[test]
fn each_command_has_its_personal_values() {
    let (_, turns) = story();
    for (turn, (command, expected)) in turns.iter().zip(TURNS) {
        let separated = turn.separate();
        assert_eq!(told(&separated.personal), expected, "{command}");
        assert_eq!(&Turn::join(&separated.text, all(&separated)).unwrap(), turn, "{command}");
        assert!(Turn::join(&separated.text, []).is_ok(), "{command}");
    }
}

#[test]
fn the_first_turn_has_names_and_notes() {
    let first = Turn::first(desk().document()).separate();
    assert_eq!(told(&first.personal), [r#"agent:anna "Anna Berg""#]);
    assert!(first.text.contains(r#"{"id":"anna","name":{"personal":1},"active":true},{"id":"bo","active":true}"#));
}

#[test]
fn a_snapshot_has_the_values_that_the_desk_knows() {
    let snapshot = story().0.snapshot();
    let separated = separate_snapshot(&snapshot).unwrap();
    assert_eq!(
        told(&separated.personal),
        [
            r#"agent:anna "Anna Ek" "Dentist""#,
            r#"agent:bo "Bo" "Moving""#,
            r#"agent:cy "Ill""#,
            r#"contact:p1 "p@z.example" {"a":1}"#,
            // In the trash, with what it was in the spam for.
            r#"contact:p2 "Spam@x.example" "noreply@z.example" "spam@X.example""#,
            r#"conversation:c5 "a@y.example""#,
        ]
    );
    assert_eq!(join_snapshot(&separated.text, all(&separated)).unwrap(), snapshot);
    let without = Desk::restore(&join_snapshot(&separated.text, []).unwrap()).unwrap();
    assert_eq!(without.conversation("c4").unwrap().matched, None);
    assert_eq!(without.conversation("c5").unwrap().matched.as_deref(), Some("@y.example"));
    assert_eq!(without.conversation("c1").unwrap().details.attributes["b"], 2);
}

#[test]
fn subjects_are_read_as_they_are_written() {
    for text in ["contact:p1", "contact:a:b", "conversation:c 1", "agent:ä", "contact:"] {
        assert_eq!(text.parse::<Subject>().unwrap().to_string(), text);
    }
    for text in ["", "contact", "team:night", " contact:p1", "Contact:p1"] {
        let problem = text.parse::<Subject>().unwrap_err();
        assert_eq!(problem.code, Code::InvalidValue, "{text}");
        assert_eq!(problem.hint.as_deref(), Some(r#"write "contact:ID", "conversation:ID" or "agent:ID""#));
    }
}

/// Changed texts of the first turn, whose only reference is 1, with values; and the code, the path and a part of the message.
#[rustfmt::skip]
const WRONG: [(&str, &[&str], Code, &str, &str); 15] = [
    (r#"{"personal":0}"#, &[], Code::InvalidValue, "$.document.agents[0].name", "not a number from 1"),
    (r#"{"personal":-1}"#, &[], Code::InvalidValue, "$.document.agents[0].name", "not a number from 1"),
    (r#"{"personal":1.5}"#, &[], Code::InvalidValue, "$.document.agents[0].name", "not a number from 1"),
    (r#"{"personal":"1"}"#, &[], Code::InvalidValue, "$.document.agents[0].name", "not a number from 1"),
    (r#"{"personal":null}"#, &[], Code::InvalidValue, "$.document.agents[0].name", "not a number from 1"),
    (r#"{"personal":[1]}"#, &[], Code::InvalidValue, "$.document.agents[0].name", "not a number from 1"),
    (r#"{"personal":9007199254740993}"#, &[], Code::InvalidValue, "$.document.agents[0].name", "not a number from 1"),
    (r#"{"personal":1},"out_of_office":[{"first_day":"2026-11-20","last_day":"2026-11-20","note":{"personal":1}}]"#, &[], Code::InvalidValue,
     "$.document.agents[0].out_of_office[0].note", "stands after 1"),
    (r#"{"personal":1,"more":2}"#, &[], Code::WrongType, "$.document.agents[0].name", "expected text"),
    (r#"{"personal":1}"#, &[r#"{"1":2}"#], Code::WrongType, "$.document.agents[0].name", "expected text"),
    (r#"{"personal":1}"#, &["[1]"], Code::InvalidJson, "", "not an object of personal values"),
    (r#"{"personal":1}"#, &[r#"{"1":"#], Code::InvalidJson, "$", "not an object of personal values"),
    (r#"{"personal":1}"#, &[r#"{"1":"a"}"#, r#"{"1":"b"}"#], Code::InvalidValue, "", "is given twice"),
    (r#"{"personal":1}"#, &[r#"{"+1":"a"}"#], Code::InvalidValue, "", "not the number of a personal value"),
    (r#"{"personal":1}"#, &[r#"{"01":"a"}"#], Code::InvalidValue, "", "not the number of a personal value"),
];

#[test]
fn what_was_not_separated_so_is_a_problem() {
    let desk = desk();
    let texts = [Turn::first(desk.document()).separate(), separate_snapshot(&desk.snapshot()).unwrap()];
    for (reference, values, code, path, part) in WRONG {
        for (index, Separated { text, .. }) in texts.iter().enumerate() {
            let text = text.replace(r#"{"personal":1}"#, reference);
            let values = values.iter().copied();
            let problems = match index {
                0 => Turn::join(&text, values).unwrap_err(),
                _ => join_snapshot(&text, values).and_then(|text| Desk::restore(&text)).unwrap_err(),
            };
            assert_eq!((problems[0].code, problems[0].path.as_str()), (code, path), "{problems}");
            assert!(problems[0].message.contains(part), "{problems}");
        }
    }
}

#[test]
fn texts_that_cannot_be_read_are_a_problem() {
    for (text, code) in [
        ("", Code::InvalidJson),
        ("[]", Code::InvalidJson),
        (r#"{"version":1,"document":{"personal":1}"#, Code::InvalidJson),
        (r#"{"version":2,"document":{"agents":[{"name":{"personal":"x"}}]}}"#, Code::UnsupportedVersion),
        (r#"{"version":"personal"}"#, Code::InvalidJson),
    ] {
        assert_eq!(Turn::join(text, []).unwrap_err()[0].code, code, "{text}");
        assert_eq!(separate_snapshot(text).unwrap_err()[0].code, code, "{text}");
    }
    let wrong = r#"{"version":1,"conversations":[{},{"details":{"from":{"personal":0}}}]}"#;
    let problems = join_snapshot(wrong, []).unwrap_err();
    assert_eq!(problems[0].path, "$.conversations[1].details.from");
    assert_eq!(problems[0].position.map(|it| (it.line, it.column)), Some((1, 53)));
}

/// A filter whose address was erased is told in stories, too.
#[test]
fn a_story_tells_of_an_erased_address() {
    let separated = story().1[3].separate();
    let without = Turn::join(&separated.text, []).unwrap();
    let mut story = Story::of("c4", Zone::named("UTC").unwrap());
    without.events().iter().for_each(|event| story.hear(event));
    let last = &story.lines().last().unwrap().text;
    assert_eq!(last, "It went into the spam, as its sender is blocked.");
}
