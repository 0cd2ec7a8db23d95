//! Stored texts with a leaf replaced by a hostile value, or an entry omitted, doubled or swapped, are refused, or give a
//! desk with all invariants.

use frontdesk::{Desk, Event, Turn};
use serde_json::{Value, json};

use super::fuzz::invariants::assert_sound;
use super::fuzz::{DESK, apply, at_work, follow};

fn hostile() -> Vec<Value> {
    vec![
        Value::Null,
        json!(0),
        json!(1),
        json!(2),
        json!(-1),
        json!(9_007_199_254_740_991_i64),
        json!(4_503_599_627_370_497_i64),
        json!(i64::MIN),
        json!(u64::MAX),
        json!(1e300),
        json!(true),
        json!(""),
        json!("anna"),
        json!("zoe"),
        json!("vip"),
        json!("mail"),
        json!("x".repeat(300)),
        json!("closed"),
        json!("waiting"),
        json!("2000-01-01T00:00:00.000Z"),
        json!("2026-11-20T09:00:10.000Z"),
        json!("2026-11-20T12:00:00.000Z"),
        json!("2199-12-31T23:59:59.999Z"),
        json!("2200-01-01T00:00:00.000Z"),
        json!([]),
        json!({}),
    ]
}

/// Returns pointers to all values inside.
fn pointers(value: &Value, here: &str, found: &mut Vec<String>) {
    let children: Vec<(String, &Value)> = match value {
        Value::Array(elements) => elements.iter().enumerate().map(|(index, it)| (index.to_string(), it)).collect(),
        Value::Object(entries) => entries.iter().map(|(key, it)| (key.replace('/', "~1"), it)).collect(),
        _ => Vec::new(),
    };
    for (name, child) in children {
        let pointer = format!("{here}/{name}");
        found.push(pointer.clone());
        pointers(child, &pointer, found);
    }
}

/// Returns all values that differ from a value in one place.
fn mutations(whole: &Value, but: &str) -> Vec<(String, Value)> {
    let (mut all, mut mutated) = (Vec::new(), Vec::new());
    pointers(whole, "", &mut all);
    for pointer in all.into_iter().filter(|it| !it.starts_with(but)) {
        let (parent, name) = pointer.rsplit_once('/').expect("a pointer has a parent");
        let mut change = |what: String, edit: &dyn Fn(&mut Value)| {
            let mut copy = whole.clone();
            edit(&mut copy);
            if copy != *whole {
                mutated.push((format!("{what} {pointer}"), copy));
            }
        };
        if !whole.pointer(&pointer).is_some_and(|it| it.is_array() || it.is_object()) {
            for value in hostile() {
                change(format!("{value} at"), &|it| *it.pointer_mut(&pointer).expect("it is there") = value.clone());
            }
        }
        match whole.pointer(parent) {
            Some(Value::Object(_)) => change("without".into(), &|it| {
                it.pointer_mut(parent)
                    .and_then(Value::as_object_mut)
                    .expect("an object")
                    .remove(&name.replace("~1", "/"));
            }),
            Some(Value::Array(elements)) => {
                let index: usize = name.parse().expect("an index");
                let list = |it: &mut Value| it.pointer_mut(parent).and_then(Value::as_array_mut).map(std::mem::take);
                let put = |it: &mut Value, list: Vec<Value>| *it.pointer_mut(parent).expect("a list") = list.into();
                let other = (index + 1) % elements.len();
                change("without".into(), &|it| {
                    let mut all = list(it).expect("a list");
                    all.remove(index);
                    put(it, all);
                });
                change("twice".into(), &|it| {
                    let mut all = list(it).expect("a list");
                    all.insert(index, all[index].clone());
                    put(it, all);
                });
                change("swapped".into(), &|it| {
                    let mut all = list(it).expect("a list");
                    all.swap(index, other);
                    put(it, all);
                });
            }
            _ => {}
        }
    }
    mutated
}

#[test]
fn snapshots() {
    let (desk, _) = at_work();
    let snapshot: Value = serde_json::from_str(&desk.snapshot()).unwrap();
    let (mut refused, mut taken) = (0, 0);
    // Mutations of documents have their own test.
    for (what, mutated) in mutations(&snapshot, "/document") {
        match Desk::restore(&mutated.to_string()) {
            Err(problems) => {
                refused += 1;
                assert!(
                    problems.iter().all(|it| it.path.starts_with('$') && it.position.is_some()),
                    "{what}: {problems}"
                );
            }
            Ok(desk) => {
                taken += 1;
                println!("{what}");
                assert_sound(&desk);
            }
        }
    }
    assert!(refused > 1_000 && taken > 200, "refused {refused}, taken {taken}");
}

#[test]
fn events() {
    let (_, log) = at_work();
    let mut desk = Desk::from_json(DESK).unwrap();
    let (mut refused, mut taken) = (0, 0);
    for event in &log {
        let whole: Value = serde_json::from_str(&event.to_json()).unwrap();
        for (what, mutated) in mutations(&whole, "/version") {
            let Ok(read) = Event::from_json(&mutated.to_string()) else {
                refused += 1;
                continue;
            };
            let mut copy = desk.clone();
            println!("{what} {mutated}");
            if apply(&mut copy, &read) {
                taken += 1;
                assert_sound(&copy);
            } else {
                refused += 1;
            }
        }
        desk.apply(event).unwrap();
    }
    assert!(refused > 1_000 && taken > 100, "refused {refused}, taken {taken}");
}

/// Turns of the corpus, the first of them the document of the desk.
fn turns() -> Vec<Turn> {
    let text = include_str!("../../../fuzz/corpus/turn/at-work");
    text.lines().map(|line| Turn::from_json(line).unwrap()).collect()
}

#[test]
fn changed_turns() {
    let mut desk = Desk::from_json(DESK).unwrap();
    let (mut unread, mut refused, mut taken) = (0, 0, 0);
    for turn in &turns() {
        let whole: Value = serde_json::from_str(&turn.to_json()).unwrap();
        // Mutations of documents have their own test, and the command is not read.
        for (what, mutated) in
            mutations(&whole, "/document").into_iter().filter(|(what, _)| !what.contains(" /command"))
        {
            let read = match Turn::from_json(&mutated.to_string()) {
                Ok(read) => read,
                Err(problems) => {
                    unread += 1;
                    assert!(
                        problems.iter().all(|it| it.path.starts_with('$') && it.position.is_some()),
                        "{what}: {problems}"
                    );
                    continue;
                }
            };
            let mut copy = desk.clone();
            println!("{what} {mutated}");
            if follow(&mut copy, &read) {
                taken += 1;
                assert_sound(&copy);
            } else {
                refused += 1;
            }
        }
        desk.apply(turn).unwrap();
    }
    assert!(unread > 500 && refused > 500 && taken > 100, "unread {unread}, refused {refused}, taken {taken}");
}

/// A log with an omitted, doubled or swapped turn is refused there.
#[test]
fn logs_of_turns() {
    let log = turns();
    let refused_at = |log: &[&Turn]| {
        let mut desk = Desk::from_json(DESK).unwrap();
        log.iter().position(|turn| !follow(&mut desk, turn))
    };
    let whole: Vec<&Turn> = log.iter().collect();
    assert_eq!(refused_at(&whole), None);
    // The document is the first turn, applied or not.
    assert_eq!(refused_at(&whole[1..]), None);
    for index in 0..log.len() - 1 {
        let (mut without, mut twice, mut swapped) = (whole.clone(), whole.clone(), whole.clone());
        without.remove(index);
        twice.insert(index, whole[index]);
        swapped.swap(index, index + 1);
        assert_eq!(refused_at(&without), Some(index).filter(|index| *index > 0));
        assert_eq!(refused_at(&twice), Some(index + 1));
        assert_eq!(refused_at(&swapped), Some(if index == 0 { 1 } else { index }));
    }
}

/// A log with an omitted, doubled or swapped event is refused there.
#[test]
fn logs() {
    let (_, log) = at_work();
    let refused_at = |log: &[&Event]| {
        let mut desk = Desk::from_json(DESK).unwrap();
        log.iter().position(|event| !apply(&mut desk, event))
    };
    let whole: Vec<&Event> = log.iter().collect();
    assert_eq!(refused_at(&whole), None);
    for index in 0..log.len() - 1 {
        let (mut without, mut twice, mut swapped) = (whole.clone(), whole.clone(), whole.clone());
        without.remove(index);
        twice.insert(index, whole[index]);
        swapped.swap(index, index + 1);
        assert_eq!(refused_at(&without), Some(index));
        assert_eq!(refused_at(&twice), Some(index + 1));
        assert_eq!(refused_at(&swapped), Some(index));
    }
}
