//! The document of section 2 of the specification.

use serde_json::{Value, json};

use frontdesk::{Desk, Document};

use crate::marked::assert_problems;

/// The text, word for word.
const EXAMPLE: &str = include_str!("example.json");

const ABSENCE: &str = "/agents/0/out_of_office/2";
const RULE: &str = "/inboxes/0/channels/0/rules/0";

/// The parts that need a feature: whether this build has it, the object, the key, and the beginning of the value.
const OPTIONAL: [(bool, &str, &str, &str); 4] = [
    (cfg!(feature = "recurrence"), ABSENCE, "repeat", "\"FREQ=WEEKLY"),
    (cfg!(feature = "recurrence"), ABSENCE, "except", "[\"2026-12-04\"]"),
    (cfg!(feature = "recurrence"), ABSENCE, "also", "[\"2026-12-09"),
    (cfg!(feature = "script"), RULE, "when", "\"contact.attributes.spend >"),
];

/// Returns the object, key and beginning of each part that this build lacks.
fn lacking() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    OPTIONAL.into_iter().filter(|(built, ..)| !built).map(|(_, object, key, begins)| (object, key, begins))
}

/// Returns the document without the parts that this build lacks.
pub fn plain() -> Value {
    let mut example: Value = serde_json::from_str(EXAMPLE).unwrap();
    for (object, key, _) in lacking() {
        example.pointer_mut(object).unwrap().as_object_mut().unwrap().remove(key).unwrap();
    }
    example
}

/// The path of a key in an object, which is named by its JSON pointer.
fn path(object: &str, key: &str) -> String {
    let steps = object.split('/').skip(1).map(|step| match step.parse::<usize>() {
        Ok(index) => format!("[{index}]"),
        Err(_) => format!(".{step}"),
    });
    format!("${}.{key}", steps.collect::<String>())
}

#[test]
fn says_what_this_build_lacks() {
    let marked =
        lacking().fold(EXAMPLE.to_owned(), |text, (_, _, begins)| text.replacen(begins, &format!("▶{begins}"), 1));
    let paths: Vec<_> = lacking().map(|(object, key, _)| path(object, key)).collect();
    let expected: Vec<_> =
        paths.iter().map(|path| ("unsupported_feature", path.as_str(), "build it with the feature")).collect();
    if expected.is_empty() {
        Document::from_json(&marked).unwrap();
    } else {
        assert_problems(&marked, &expected, Document::from_json);
    }
}

#[test]
fn is_read_without_problems_and_reads_back_equal() {
    let document = Document::from_json(&plain().to_string()).unwrap();
    let written = serde_json::to_string(&document).unwrap();
    assert_eq!(Document::from_json(&written).unwrap(), document);
    assert_eq!(Document::from_value(plain()).unwrap(), document);
    assert_eq!(Desk::new(document.clone()).document(), document);
    // A second writing gives the same text.
    assert_eq!(serde_json::to_string(&Document::from_json(&written).unwrap()).unwrap(), written);
}

#[test]
fn is_written_with_all_it_says() {
    let written = serde_json::to_value(Document::from_value(plain()).unwrap()).unwrap();
    let mut said = plain();
    // Defaults are left out.
    let step = &mut said["inboxes"][0]["channels"][0]["rules"][1]["steps"][0];
    step.as_object_mut().unwrap().remove("only_available").unwrap();
    assert_contains(&written, &said, "$");
    assert_eq!(written["agents"][1], json!({"id": "bo", "active": true, "team": "support", "seat": "service"}));
}

/// Checks that a value contains another; it may have more, because absent keys have defaults.
#[track_caller]
fn assert_contains(written: &Value, said: &Value, path: &str) {
    match (written, said) {
        (Value::Object(written), Value::Object(said)) => {
            for (key, value) in said {
                let path = format!("{path}.{key}");
                assert_contains(written.get(key).unwrap_or(&Value::Null), value, &path);
            }
        }
        (Value::Array(written), Value::Array(said)) if written.len() == said.len() => {
            for (index, (written, said)) in written.iter().zip(said).enumerate() {
                assert_contains(written, said, &format!("{path}[{index}]"));
            }
        }
        _ => assert_eq!(written, said, "{path}"),
    }
}
