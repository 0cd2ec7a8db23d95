//! The document of section 2 of the specification.

use serde_json::{Value, json};

use frontdesk::{Desk, Document};

use crate::marked::assert_problems;

/// Word for word.
const EXAMPLE: &str = include_str!("example.json");

/// Without what repeats and what is scripted, which are not there yet.
pub fn plain() -> Value {
    let mut example: Value = serde_json::from_str(EXAMPLE).unwrap();
    let repeating = example["agents"][0]["out_of_office"][2].as_object_mut().unwrap();
    for key in ["repeat", "except", "also"] {
        repeating.remove(key).unwrap();
    }
    let rule = example["inboxes"][0]["channels"][0]["rules"][0].as_object_mut().unwrap();
    rule.remove("when").unwrap();
    example
}

#[test]
fn says_what_is_not_there_yet() {
    let scripted = "\"contact.attributes.spend >";
    let marked = ["\"FREQ=WEEKLY", "[\"2026-12-04\"]", "[\"2026-12-09", scripted]
        .iter()
        .filter(|place| **place != scripted || cfg!(not(feature = "script")))
        .fold(EXAMPLE.to_owned(), |text, place| text.replacen(place, &format!("▶{place}"), 1));
    let absence = "$.agents[0].out_of_office[2]";
    let expected = [format!("{absence}.repeat"), format!("{absence}.except"), format!("{absence}.also")]
        .into_iter()
        .chain(cfg!(not(feature = "script")).then(|| "$.inboxes[0].channels[0].rules[0].when".to_owned()))
        .collect::<Vec<_>>();
    let expected: Vec<_> = expected.iter().map(|path| ("unsupported_feature", path.as_str(), "")).collect();
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
