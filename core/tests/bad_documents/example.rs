//! The document of section 2 of the specification.

use serde_json::{Value, json};

use frontdesk::{Desk, Document};

use crate::marked::assert_problems;

/// Word for word.
const EXAMPLE: &str = include_str!("example.json");

/// The keys of an absence that repeats, each with the beginning of its value.
const REPEATING: [(&str, &str); 3] =
    [("repeat", "\"FREQ=WEEKLY"), ("except", "[\"2026-12-04\"]"), ("also", "[\"2026-12-09")];

/// Those of them that this build does not know.
fn not_built() -> Vec<(&'static str, &'static str)> {
    if cfg!(feature = "recurrence") { Vec::new() } else { REPEATING.to_vec() }
}

/// Without what this build lacks, and what is scripted, which is not there yet.
pub fn plain() -> Value {
    let mut example: Value = serde_json::from_str(EXAMPLE).unwrap();
    let repeating = example["agents"][0]["out_of_office"][2].as_object_mut().unwrap();
    for (key, _) in not_built() {
        repeating.remove(key).unwrap();
    }
    let rule = example["inboxes"][0]["channels"][0]["rules"][0].as_object_mut().unwrap();
    rule.remove("when").unwrap();
    example
}

#[test]
fn says_what_is_not_there_yet() {
    let lacking = not_built();
    let places = lacking.iter().map(|(_, place)| *place).chain(["\"contact.attributes.spend >"]);
    let marked = places.fold(EXAMPLE.to_owned(), |text, place| text.replacen(place, &format!("▶{place}"), 1));
    let hint = "build it with the feature";
    let mut expected: Vec<_> =
        lacking.iter().map(|(key, _)| (format!("$.agents[0].out_of_office[2].{key}"), hint)).collect();
    expected.push(("$.inboxes[0].channels[0].rules[0].when".to_owned(), ""));
    let expected: Vec<_> = expected.iter().map(|(path, hint)| ("unsupported_feature", path.as_str(), *hint)).collect();
    assert_problems(&marked, &expected, Document::from_json);
}

#[test]
fn is_read_without_problems_and_reads_back_equal() {
    let document = Document::from_json(&plain().to_string()).unwrap();
    let written = serde_json::to_string(&document).unwrap();
    assert_eq!(Document::from_json(&written).unwrap(), document);
    assert_eq!(Document::from_value(plain()).unwrap(), document);
    assert_eq!(Desk::new(document.clone()).document(), document);
    // Written once, it is written the same ever after.
    assert_eq!(serde_json::to_string(&Document::from_json(&written).unwrap()).unwrap(), written);
}

#[test]
fn is_written_with_all_it_says() {
    let written = serde_json::to_value(Document::from_value(plain()).unwrap()).unwrap();
    let mut said = plain();
    // What is the default anyway is left out here.
    let step = &mut said["inboxes"][0]["channels"][0]["rules"][1]["steps"][0];
    step.as_object_mut().unwrap().remove("only_available").unwrap();
    assert_contains(&written, &said, "$");
    assert_eq!(written["agents"][1], json!({"id": "bo", "active": true, "team": "support", "seat": "service"}));
}

/// Everything of a value is there, though there may be more: what is absent has a default.
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
