//! Commands as JSON: written in canonical form, and read as the same command.

use frontdesk::desk::{Action, Assignee, Changes, Command, Until};
use frontdesk::time::{Duration, Instant};
use frontdesk::{Desk, StatusName};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::model::generate;

/// The desk that the canonical texts refer to.
fn desk() -> Desk {
    Desk::from_json(
        r#"{"version": 1, "time_zone": "Europe/Stockholm", "teams": [{"id": "support"}, {"id": "vip"}],
            "agents": [{"id": "anna", "team": "support"}, {"id": "bo"}],
            "inboxes": [{"id": "main", "channels": [{"id": "chat", "kind": "chat"}]}]}"#,
    )
    .unwrap()
}

/// Texts of every type of command in every form, canonical except for the `at` that follows `type`.
const CANONICAL: [&str; 68] = [
    r#"{"type":"open",AT,"conversation":"c","inbox":"main","channel":"chat"}"#,
    r#"{"type":"open",AT,"id":"1","by":"anna","conversation":"c","inbox":"main","channel":"chat","contact":{"id":"x","owner":"anna","known":true,"attributes":{"a":[null,1.5,{"b":"å"}],"z":1}},"priority":-3,"skills":{"billing":2,"lang:sv":5},"attributes":{"plan":"gold"}}"#,
    r#"{"type":"open",AT,"conversation":"c","inbox":"main","channel":"chat","contact":{}}"#,
    r#"{"type":"open",AT,"by":"anna","conversation":"c","inbox":"main","channel":"chat","contact":{"id":"x"},"from":"A@example.org","forwarded_by":"b@example.org","priority":1,"attributes":{"plan":"gold"},"outbound":true}"#,
    r#"{"type":"update",AT,"conversation":"c"}"#,
    r#"{"type":"update",AT,"conversation":"c","inbox":"main","channel":"chat","contact":{"id":"x"},"priority":9007199254740992,"skills":{"billing":1},"attributes":{"plan":null}}"#,
    r#"{"type":"update",AT,"conversation":"c","contact":{},"priority":0,"skills":{},"attributes":{}}"#,
    r#"{"type":"close",AT,"conversation":"c"}"#,
    r#"{"type":"close",AT,"by":"bo","conversation":"c"}"#,
    r#"{"type":"reopen",AT,"conversation":"c"}"#,
    r#"{"type":"release",AT,"conversation":"c"}"#,
    r#"{"type":"snooze",AT,"conversation":"c"}"#,
    r#"{"type":"snooze",AT,"conversation":"c","duration":"1d2h3m4s5ms"}"#,
    r#"{"type":"snooze",AT,"conversation":"c","until":"2026-11-21T09:00:00.000Z"}"#,
    r#"{"type":"accept",AT,"conversation":"c","agent":"anna"}"#,
    r#"{"type":"decline",AT,"conversation":"c","agent":"anna"}"#,
    r#"{"type":"assign",AT,"conversation":"c","to":{"agent":"anna"}}"#,
    r#"{"type":"assign",AT,"conversation":"c","to":{"agent":"anna"},"or_substitute":true}"#,
    r#"{"type":"assign",AT,"conversation":"c","to":{"team":"vip"}}"#,
    r#"{"type":"assign",AT,"conversation":"c","to":{"team":"vip"},"distribute":true}"#,
    r#"{"type":"reply",AT,"by":"anna","conversation":"c"}"#,
    r#"{"type":"reply",AT,"by":"anna","conversation":"c","message":"m"}"#,
    r#"{"type":"hand_over",AT,"conversation":"c"}"#,
    r#"{"type":"transfer",AT,"conversation":"c","inbox":"main","channel":"chat"}"#,
    r#"{"type":"message",AT,"conversation":"c","from":"visitor"}"#,
    r#"{"type":"message",AT,"by":"anna","conversation":"c","message":"m","from":"agent"}"#,
    r#"{"type":"block",AT,"conversation":"c"}"#,
    r#"{"type":"block",AT,"sender":"spam@example.org"}"#,
    r#"{"type":"block",AT,"sender":"@example.net","inbox":"main"}"#,
    r#"{"type":"unblock",AT,"sender":"@example.net"}"#,
    r#"{"type":"unblock",AT,"sender":"@example.net","inbox":"main"}"#,
    r#"{"type":"mark_spam",AT,"conversation":"c"}"#,
    r#"{"type":"not_spam",AT,"conversation":"c"}"#,
    r#"{"type":"trash",AT,"conversation":"c"}"#,
    r#"{"type":"restore",AT,"conversation":"c"}"#,
    r#"{"type":"forget",AT,"conversation":"c"}"#,
    r#"{"type":"hide",AT,"conversation":"c","message":"m"}"#,
    r#"{"type":"unhide",AT,"conversation":"c","message":"m"}"#,
    r#"{"type":"erase",AT,"contact":"x"}"#,
    r#"{"type":"set_status",AT,"agent":"anna","status":"available"}"#,
    r#"{"type":"set_status",AT,"agent":"anna","status":"available","note":"Back"}"#,
    r#"{"type":"set_status",AT,"agent":"anna","status":"away"}"#,
    r#"{"type":"set_status",AT,"id":"2","by":"bo","agent":"anna","status":"away","duration":"1h30m","note":"Lunch"}"#,
    r#"{"type":"set_status",AT,"agent":"anna","status":"away","until":"2026-11-20T10:00:00.001Z"}"#,
    r#"{"type":"set_working_hours",AT,"agent":"anna","working_hours":[]}"#,
    r#"{"type":"set_working_hours",AT,"agent":"anna","working_hours":[{"days":["mon","fri"],"start":"22:00","end":"24:00","every":2,"first_day":"2026-11-20","last_day":"2027-06-30"}]}"#,
    r#"{"type":"set_date_hours",AT,"agent":"anna","date_hours":[{"date":"2026-12-23","hours":[{"start":"09:00","end":"12:00"}]},{"date":"2026-12-24","hours":[]}]}"#,
    r#"{"type":"set_out_of_office",AT,"agent":"anna","out_of_office":[]}"#,
    r#"{"type":"set_out_of_office",AT,"agent":"anna","out_of_office":[{"start":"2026-12-27T08:00","end":"2026-12-30T17:00:30","note":"Skiing","time_zone":"Europe/Oslo","uid":"a1@calendar"},{"first_day":"2027-02-01","last_day":"2027-02-05","x-source":{"k":1}}]}"#,
    r#"{"type":"put_agent",AT,"agent":"cy","entry":{"id":"cy","active":true}}"#,
    r#"{"type":"put_agent",AT,"agent":"anna","entry":{"id":"anna","name":"Anna Berg","active":false,"time_zone":"Europe/Oslo","team":"support","extra_teams":["vip"],"seat":"service","permissions":["manage_availability","super_admin"],"working_hours":[],"date_hours":[{"date":"2026-12-24","hours":[]}],"out_of_office":[{"first_day":"2027-02-01","last_day":"2027-02-05"}],"capacity":{"total":5,"per_kind":{"call":1,"chat":3},"alone":["call"]},"skills":{"billing":3},"attributes":{"region":"emea"},"x-more":[1,2]}}"#,
    r#"{"type":"put_team",AT,"team":"night","entry":{"id":"night"}}"#,
    r#"{"type":"put_team",AT,"team":"vip","entry":{"id":"vip","name":"VIP","working_hours":[{"days":["sat"],"start":"08:00","end":"20:00"}],"x-more":true}}"#,
    r#"{"type":"put_inbox",AT,"inbox":"main","entry":{"id":"main","access":"everyone","channels":[]}}"#,
    r#"{"type":"put_inbox",AT,"inbox":"main","entry":{"id":"main","access":{"teams":["support"],"agents":[]},"channels":[{"id":"phone","kind":"call","weight":2,"wrap_up":"30s","accept_within":"20s500ms","rules":[{"id":"r","match":{"attributes.plan":["a","b"],"priority":{"at_least":1},"hours":{"time_zone":"UTC","hours":[{"days":["mon"],"start":"00:00","end":"24:00"}]}},"steps":[{"assign_to":{"teams":["vip"],"extra":true},"strategy":"best_skill","tie":"most_recently_assigned","skills":{"billing":2},"wait":"2m"},{"assign_to":{"bot":"robo"},"strategy":"least_busy","only_available":false}],"otherwise":{"voicemail":"busy.mp3"}}],"visitor":{"availability":"office_hours","reply_time":"soon","shows":{"contact_owner":true,"otherwise":{"agents":["anna"],"teams":[]}},"when_away":{"message":"Away"},"when_closed":{"hide":true}},"after_hours":"notify_owner"}]}}"#,
    r#"{"type":"put_holiday",AT,"holiday":"xmas","entry":{"id":"xmas","dates":[]}}"#,
    r#"{"type":"put_holiday",AT,"holiday":"xmas","entry":{"id":"xmas","name":"Christmas","dates":["2026-12-25","2026-12-26"],"teams":["support"],"inboxes":["main"],"x-more":1}}"#,
    r#"{"type":"configure",AT,"time_zone":"Europe/Oslo","working_hours":[{"days":["mon"],"start":"09:00","end":"17:00"}],"kinds":["fax"],"settings":{"requires_seat":true,"away_ends_at_shift_start":false,"on_away":"keep","on_removed":"route","seed":7,"forget_closed_after":"10d"}}"#,
    r#"{"type":"configure",AT,"by":"anna","working_hours":null}"#,
    r#"{"type":"configure",AT,"document":{"version":1,"time_zone":"Europe/Oslo"}}"#,
    r#"{"type":"configure",AT,"document":{"version":1,"time_zone":"Europe/Oslo","working_hours":null,"agents":[{"id":"cy","team":"vip","out_of_office":null}],"inboxes":[]}}"#,
    r#"{"type":"remove_agent",AT,"agent":"anna"}"#,
    r#"{"type":"remove_agent",AT,"by":"bo","agent":"anna"}"#,
    r#"{"type":"remove_team",AT,"team":"vip"}"#,
    r#"{"type":"remove_inbox",AT,"inbox":"main"}"#,
    r#"{"type":"remove_holiday",AT,"holiday":"xmas"}"#,
    r#"{"type":"advance",AT}"#,
    r#"{"type":"advance",AT,"id":"tick"}"#,
];

/// The types of section 5 of the specification, in its order.
const VERBS: &str = "open update close reopen release snooze accept decline assign reply hand_over transfer message block unblock \
                     mark_spam not_spam trash restore forget hide unhide erase set_status \
                     set_working_hours set_date_hours set_out_of_office put_agent put_team put_inbox \
                     put_holiday configure remove_agent remove_team remove_inbox remove_holiday advance";

#[test]
fn canonical_texts_are_written_as_they_were_read() {
    let desk = desk();
    let mut verbs: Vec<&str> = Vec::new();
    for text in CANONICAL {
        let text = text.replace("AT", r#""at":"2026-11-20T09:00:00.123Z""#);
        let command = desk.read_command(&text).unwrap_or_else(|problems| panic!("{text}\n{problems:#?}"));
        assert_eq!(command.to_json(), text);
        let value: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(value["type"], command.action.as_str());
        if verbs.last() != Some(&command.action.as_str()) {
            verbs.push(command.action.as_str());
        }
        let mut action = serde_json::to_value(&command.action).unwrap();
        let common = ["at", "id", "by"].into_iter().filter_map(|key| Some((key.to_owned(), value.get(key)?.clone())));
        action.as_object_mut().unwrap().extend(common);
        assert_eq!(action, value, "an action is its command without what all have");
    }
    assert_eq!(verbs, VERBS.split(' ').filter(|verb| !verb.is_empty()).collect::<Vec<_>>());
}

#[test]
fn what_was_written_otherwise_is_written_canonically() {
    let desk = desk();
    for (text, canonical) in [
        (
            r#"{"by": "anna", "conversation": "c", "at": "2026-11-20T10:00:00.0009+01:00", "type": "reply", "x-a": 1}"#,
            r#"{"type":"reply","at":"2026-11-20T09:00:00.000Z","by":"anna","conversation":"c"}"#,
        ),
        (
            r#"{"type": "open", "at": "2026-11-20T09:00:00Z", "channel": "chat", "inbox": "main", "conversation": "c",
                "priority": 0, "skills": {}, "attributes": {}, "contact": {"known": false, "attributes": {}}}"#,
            r#"{"type":"open","at":"2026-11-20T09:00:00.000Z","conversation":"c","inbox":"main","channel":"chat","contact":{}}"#,
        ),
        (
            r#"{"type": "snooze", "at": "2026-11-20T09:00:00Z", "conversation": "c", "duration": "90m1500ms"}"#,
            r#"{"type":"snooze","at":"2026-11-20T09:00:00.000Z","conversation":"c","duration":"1h30m1s500ms"}"#,
        ),
        (
            r#"{"type": "put_agent", "at": "2026-11-20T09:00:00Z", "agent": "cy", "entry": {"capacity": 3, "id": "cy"}}"#,
            r#"{"type":"put_agent","at":"2026-11-20T09:00:00.000Z","agent":"cy","entry":{"id":"cy","active":true,"capacity":{"total":3}}}"#,
        ),
    ] {
        assert_eq!(desk.read_command(text).unwrap().to_json(), canonical);
    }
}

#[test]
fn parts_are_written_as_in_a_command() {
    let duration = Until::Duration(Duration::from_millis(1_500).unwrap());
    let until = Until::Instant(Instant::parse("2026-11-20T09:00:00Z").unwrap());
    let changes = Changes { priority: Some(0), channel: Some("chat".into()), ..Changes::default() };
    for (written, expected) in [
        (serde_json::to_string(&duration), r#"{"duration":"1s500ms"}"#),
        (serde_json::to_string(&until), r#"{"until":"2026-11-20T09:00:00.000Z"}"#),
        (serde_json::to_string(&Assignee::Agent("anna".into())), r#"{"agent":"anna"}"#),
        (serde_json::to_string(&Assignee::Team("vip".into())), r#"{"team":"vip"}"#),
        (serde_json::to_string(&changes), r#"{"channel":"chat","priority":0}"#),
        (serde_json::to_string(&Changes::default()), "{}"),
    ] {
        assert_eq!(written.unwrap(), expected);
    }
}

/// A quick run, unless `PROPTEST_CASES` asks for a longer one.
fn config(cases: u32) -> ProptestConfig {
    let usual = ProptestConfig { failure_persistence: None, ..ProptestConfig::default() };
    if std::env::var_os("PROPTEST_CASES").is_some() { usual } else { ProptestConfig { cases, ..usual } }
}

proptest! {
    #![proptest_config(config(100))]

    /// Random commands of random desks, each read at its instant.
    #[test]
    fn what_was_written_is_read_as_the_same_command(scenario in generate::scenario()) {
        let mut desk = Desk::from_json(&scenario.document().to_string()).unwrap();
        for json in scenario.commands() {
            let Ok(command) = desk.command_from_value(json) else { continue };
            let text = command.to_json();
            let read = desk.read_command(&text);
            prop_assert_eq!(read.as_ref(), Ok(&command), "{}", text);
            prop_assert_eq!(read.unwrap().to_json(), text);
            desk.handle(&command);
        }
    }
}

/// JSON values as in attributes.
fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        (-(1_i64 << 53)..=1 << 53).prop_map(Value::from),
        // Whole numbers are read as integers or are too large; see the test of numbers.
        any::<f64>().prop_filter("whole", |number| number.is_finite() && number.fract() != 0.0).prop_map(Value::from),
        (-1e6..1e6).prop_filter("whole", |number: &f64| number.fract() != 0.0).prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::hash_map(any::<String>(), inner, 0..4).prop_map(|map| json!(map)),
        ]
    })
}

proptest! {
    #![proptest_config(config(1000))]

    /// Ends of every length, and attributes of every type, are written with all digits.
    #[test]
    fn values_are_read_as_they_were_written(
        at in Instant::MIN.millis()..Instant::MAX.millis(),
        millis in 0..=Duration::MAX.millis(),
        small in 0..100_000_i64,
        attributes in prop::collection::btree_map(any::<String>(), value(), 0..4),
    ) {
        let desk = desk();
        let at = Instant::from_millis(at).unwrap();
        let away = |until| Action::SetStatus { agent: "anna".into(), status: StatusName::Away, until: Some(until), note: None };
        let changes = Changes { attributes: Some(attributes), ..Changes::default() };
        let actions = [
            away(Until::Duration(Duration::from_millis(millis).unwrap())),
            away(Until::Duration(Duration::from_millis(small).unwrap())),
            away(Until::Instant(at)),
            Action::Update { conversation: "c".into(), changes },
        ];
        for action in actions {
            let command = Command::new(at, action).with_id("1").by("anna");
            let text = command.to_json();
            prop_assert_eq!(desk.read_command(&text), Ok(command), "{}", text);
        }
    }
}

/// A list within a list, and so on.
fn nested(levels: usize) -> Value {
    (1..levels).fold(json!([1]), |inner, _| json!([inner]))
}

/// The attributes of whom a conversation is from, and of the conversation.
fn with_attributes(value: &Value) -> [Value; 2] {
    let open =
        json!({"type": "open", "at": "2026-11-20T09:00:00Z", "conversation": "c", "inbox": "main", "channel": "chat"});
    let with = |key: &str, part: Value| {
        let mut command = open.clone();
        command[key] = part;
        command
    };
    [with("contact", json!({"id": "x", "attributes": {"a": value}})), with("attributes", json!({"a": value}))]
}

#[test]
fn attributes_that_are_accepted_are_read_back_in_turns_and_snapshots() {
    for command in with_attributes(&nested(64)) {
        let mut desk = desk();
        let turn = desk.propose(&desk.command_from_value(command).unwrap());
        assert_eq!(frontdesk::Turn::from_json(&turn.to_json()).unwrap(), turn);
        desk.apply(&turn).unwrap();
        assert_eq!(Desk::restore(&desk.snapshot()).unwrap().snapshot(), desk.snapshot());
    }
}

#[test]
fn attributes_that_nest_too_deeply_are_refused() {
    for (command, path) in with_attributes(&nested(65)).into_iter().zip(["$.contact.attributes.a", "$.attributes.a"]) {
        let problems = desk().command_from_value(command.clone()).unwrap_err();
        assert_eq!(problems[0].code, frontdesk::Code::InvalidJson);
        assert!(problems[0].path.starts_with(path), "{}", problems[0].path);
        assert!(desk().read_command(&command.to_string()).is_err());
    }
    // A program in Rust builds them without reading.
    let attributes = [("a".to_owned(), nested(65))].into_iter().collect();
    let action = Action::Update {
        conversation: "c".into(),
        changes: Changes { attributes: Some(attributes), ..Changes::default() },
    };
    let at = Instant::parse("2026-11-20T09:00:00Z").unwrap();
    let mut desk = desk();
    desk.handle_json(
        r#"{"type":"open","at":"2026-11-20T09:00:00Z","conversation":"c","inbox":"main","channel":"chat"}"#,
    )
    .unwrap();
    let before = desk.snapshot();
    let events = desk.handle(&Command::new(at, action));
    assert!(events[0].to_json().contains("refused"), "{}", events[0].to_json());
    assert_eq!(desk.snapshot(), before);
}
