//! Mutated documents and commands are read, or have problems; reading never panics.

use proptest::collection::{hash_map, vec};
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

#[cfg(feature = "schema")]
use frontdesk::Command;
use frontdesk::time::{Instant, Span};
use frontdesk::{Code, Desk, Document, Problem};

use crate::example::plain;

/// A value for a place where it does not belong.
fn junk() -> impl Strategy<Value = Value> {
    const WORDS: [&str; 25] = [
        "",
        "everyone",
        "anna",
        "support",
        "main",
        "mon",
        "24:00",
        "00:00",
        "25:00",
        "2026-02-31",
        "2026-11-20",
        "9999-12-31",
        "0000-01-01",
        "2026-11-20T24:00",
        "9999-12-31T24:00",
        "0000-01-01T00:00",
        "2026-11-20T09:00:00Z",
        "Pacific/Apia",
        "2d",
        "73049d",
        "FREQ=SECONDLY;INTERVAL=7",
        "FREQ=YEARLY;BYDAY=-1SU;COUNT=3",
        "FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=-1;UNTIL=20271231T220000Z",
        "call",
        "available",
    ];
    let numbers = [
        json!(0),
        json!(1),
        json!(-1),
        json!(2.5),
        json!(520),
        json!(1_000_000),
        json!(i64::MAX),
        json!(u64::MAX),
        json!(1e300),
    ];
    let leaf = prop_oneof![
        select(&WORDS).prop_map(Value::from),
        select(numbers.to_vec()),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
        Just(Value::Null),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Value::from),
            hash_map("[a-z_]{1,8}", inner, 0..4).prop_map(|map| json!(map))
        ]
    })
}

/// A mutation of the value that a number selects.
#[derive(Debug, Clone)]
enum Change {
    Replace(Value),
    Remove,
    Double,
    Rename(String),
    /// Replaced by the value that another number selects.
    Graft(usize),
}

fn change() -> impl Strategy<Value = (usize, Change)> {
    let change = prop_oneof![
        3 => junk().prop_map(Change::Replace),
        1 => Just(Change::Remove),
        1 => Just(Change::Double),
        1 => "[a-z_-]{0,12}".prop_map(Change::Rename),
        2 => any::<usize>().prop_map(Change::Graft),
    ];
    (any::<usize>(), change)
}

/// Pointers to all values inside, depth first.
fn pointers(value: &Value, here: &str, found: &mut Vec<String>) {
    let children: Vec<(String, &Value)> = match value {
        Value::Array(elements) => elements.iter().enumerate().map(|(index, it)| (index.to_string(), it)).collect(),
        Value::Object(entries) => {
            entries.iter().map(|(key, it)| (key.replace('~', "~0").replace('/', "~1"), it)).collect()
        }
        _ => Vec::new(),
    };
    for (name, child) in children {
        let pointer = format!("{here}/{name}");
        found.push(pointer.clone());
        pointers(child, &pointer, found);
    }
}

fn pick(value: &Value, number: usize) -> Option<String> {
    let mut found = Vec::new();
    pointers(value, "", &mut found);
    let index = number.checked_rem(found.len())?;
    Some(found.swap_remove(index))
}

fn changed(mut value: Value, (number, change): (usize, Change)) -> Value {
    let Some(pointer) = pick(&value, number) else { return value };
    let graft = match &change {
        Change::Graft(other) => pick(&value, *other).and_then(|other| value.pointer(&other).cloned()),
        _ => None,
    };
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    let name = name.replace("~1", "/").replace("~0", "~");
    match (value.pointer_mut(parent).unwrap(), change) {
        (Value::Array(elements), change) => {
            let index: usize = name.parse().unwrap();
            match change {
                Change::Replace(junk) => elements[index] = junk,
                Change::Remove => drop(elements.remove(index)),
                Change::Double | Change::Rename(_) => elements.push(elements[index].clone()),
                Change::Graft(_) => elements[index] = graft.unwrap_or_default(),
            }
        }
        (Value::Object(entries), change) => match change {
            Change::Replace(junk) => drop(entries.insert(name, junk)),
            Change::Remove => drop(entries.remove(&name)),
            Change::Double => {}
            Change::Rename(new) => {
                let moved = entries.remove(&name).unwrap_or_default();
                entries.insert(new, moved);
            }
            Change::Graft(_) => drop(entries.insert(name, graft.unwrap_or_default())),
        },
        _ => {}
    }
    value
}

/// Checks that each problem has a code, a path and a place in the text.
fn check(text: &str, problems: &[Problem]) -> Result<(), TestCaseError> {
    prop_assert!(!problems.is_empty());
    let lines: Vec<&str> = text.strip_prefix('\u{feff}').unwrap_or(text).split('\n').collect();
    for problem in problems {
        let at = problem.position.unwrap();
        let line = lines.get(at.line - 1).copied().unwrap_or_default();
        prop_assert!(at.line <= lines.len() && at.column <= line.chars().count().max(1), "{problem:?}\n{text}");
        prop_assert!(problem.path.starts_with('$') && !problem.message.is_empty());
    }
    prop_assert!(problems.windows(2).all(|pair| pair[0].position <= pair[1].position), "in the order of the text");
    Ok(())
}

/// A document that was read can be written, read back, and worked with.
fn use_it(document: Document) -> Result<(), TestCaseError> {
    let written = serde_json::to_string(&document).unwrap();
    let back = Document::from_json(&written);
    prop_assert_eq!(back.as_ref(), Ok(&document), "{}", written);
    let at = Instant::parse("2026-11-20T09:00:00Z").unwrap();
    let mut desk = Desk::new(document);
    let agents: Vec<String> = desk.agents().map(|agent| agent.id.to_string()).collect();
    for agent in &agents {
        desk.status(agent, at).unwrap();
        let range = Span::new(at, at.saturating_add(400 * 86_400_000));
        if let Err(problem) = desk.schedule(agent, range) {
            prop_assert_eq!(problem.code, Code::TooManyOccurrences);
        }
    }
    desk.advance(at);
    Ok(())
}

fn config() -> ProptestConfig {
    ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn of_the_document(changes in vec(change(), 1..6)) {
        let document = changes.into_iter().fold(plain(), changed);
        let text = serde_json::to_string_pretty(&document).unwrap();
        match Document::from_json(&text) {
            Ok(read) => {
                #[cfg(feature = "schema")]
                crate::schema::assert_fits::<Document>(&text);
                let same = Document::from_value(document).unwrap();
                prop_assert_eq!(&same, &read);
                use_it(read)?;
            }
            Err(problems) => {
                check(&text, &problems)?;
                #[cfg(feature = "schema")]
                crate::schema::assert_refused_if_the_shape_is_wrong::<Document>(&text, &problems);
                prop_assert_eq!(Document::from_value(document).unwrap_err().len(), problems.len());
            }
        }
    }

    #[test]
    fn of_commands(command in select(commands()), changes in vec(change(), 0..4)) {
        let command = changes.into_iter().fold(command, changed);
        let text = command.to_string();
        let mut desk = Desk::new(Document::from_value(plain()).unwrap());
        desk.handle_json(&commands()[0].to_string()).unwrap();
        match desk.read_command(&text) {
            Ok(read) => {
                #[cfg(feature = "schema")]
                crate::schema::assert_fits::<Command>(&text);
                let events = desk.handle(&read);
                for event in &events {
                    let back: Value = serde_json::from_str(&event.to_json()).unwrap();
                    prop_assert_eq!(back["version"].as_i64(), Some(1));
                }
                // A document changed by a command is as valid as any other.
                use_it(desk.document())?;
            }
            Err(problems) => {
                check(&text, &problems)?;
                #[cfg(feature = "schema")]
                crate::schema::assert_refused_if_the_shape_is_wrong::<Command>(&text, &problems);
            }
        }
    }

    #[test]
    fn of_the_text(cuts in vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), ".{0,4}"), 1..4)) {
        let mut text: Vec<char> = plain().to_string().chars().collect();
        for (from, length, put) in cuts {
            let from = from.index(text.len());
            let to = text.len().min(from + length.index(30));
            text.splice(from..to, put.chars());
        }
        let text = String::from_iter(text);
        match Document::from_json(&text) {
            Ok(document) => use_it(document)?,
            Err(problems) => check(&text, &problems)?,
        }
    }

    #[test]
    fn of_anything(text in any::<String>(), bytes in vec(any::<u8>(), 0..200), brackets in r#"[\[\]{}",:0-9a-z\\\n ]{0,80}"#) {
        for text in [text, String::from_utf8_lossy(&bytes).into_owned(), brackets] {
            check(&text, &Document::from_json(&text).unwrap_err())?;
            let desk = Desk::new(Document::from_value(plain()).unwrap());
            check(&text, &desk.read_command(&text).unwrap_err())?;
            prop_assert!(Instant::parse(&text).is_err());
        }
    }
}

/// One command of every shape.
fn commands() -> Vec<Value> {
    let at = "2026-11-20T09:00:00Z";
    let entries = plain();
    vec![
        json!({"type": "open", "at": at, "conversation": "c1", "inbox": "main", "channel": "web-chat", "priority": 2,
               "contact": {"id": "x", "owner": "anna", "known": true, "attributes": {"spend": 5}},
               "skills": {"billing": 2}, "attributes": {"plan": "enterprise"}, "id": "1"}),
        json!({"type": "update", "at": at, "conversation": "c1", "priority": 5, "channel": "phone"}),
        json!({"type": "close", "at": at, "conversation": "c1"}),
        json!({"type": "snooze", "at": at, "conversation": "c1", "duration": "1h"}),
        json!({"type": "assign", "at": at, "conversation": "c1", "to": {"agent": "bo"}, "by": "anna"}),
        json!({"type": "reply", "at": at, "conversation": "c1", "by": "anna"}),
        json!({"type": "set_status", "at": at, "agent": "bo", "status": "away", "until": "2026-11-20T10:00:00Z", "by": "anna"}),
        json!({"type": "set_working_hours", "at": at, "agent": "anna", "working_hours": entries["working_hours"]}),
        json!({"type": "set_date_hours", "at": at, "agent": "anna", "date_hours": entries["agents"][0]["date_hours"]}),
        json!({"type": "set_out_of_office", "at": at, "agent": "anna", "out_of_office": entries["agents"][0]["out_of_office"]}),
        json!({"type": "put_agent", "at": at, "agent": "anna", "entry": entries["agents"][0]}),
        json!({"type": "put_team", "at": at, "team": "vip", "entry": entries["teams"][1]}),
        json!({"type": "put_inbox", "at": at, "inbox": "main", "entry": entries["inboxes"][0]}),
        json!({"type": "remove_agent", "at": at, "agent": "bo"}),
        json!({"type": "remove_team", "at": at, "team": "vip"}),
        json!({"type": "advance", "at": at}),
    ]
}
