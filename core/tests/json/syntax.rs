//! Texts that are not JSON.

use frontdesk::{Code, Desk, Document};

use crate::marked::{assert_problems, unmark};

/// A text has one problem, at its mark.
#[track_caller]
fn assert_no_json(marked: &str) {
    assert_problems(marked, &[("invalid_json", "$", "")], Document::from_json);
}

/// A text has one problem, at any place.
#[track_caller]
fn assert_refused(text: &str) {
    let problems = Document::from_json(text).unwrap_err();
    assert!(problems.len() == 1 && problems[0].code == Code::InvalidJson, "{problems:#?}");
    assert!(problems[0].position.is_some() && problems[0].message.len() < 400, "{problems:#?}");
    assert_eq!(Desk::from_json(text).unwrap_err(), problems);
}

#[test]
fn nothing() {
    assert_no_json("▶");
    assert_refused("  \n\t ");
    assert_refused("\u{feff}");
}

#[test]
fn other_formats() {
    assert_no_json("▶version: 1");
    assert_no_json("▶<desk/>");
    assert_no_json("{▶'version': 1}");
    assert_no_json(r#"{"version": 1,▶}"#);
    assert_no_json(r#"{"version": 1} ▶{}"#);
    assert_no_json("{▶// a desk\n}");
    assert_refused(r#"{"version": NaN}"#);
    assert_refused(r#"{"version": 01}"#);
    assert_refused(r#"{"version": 0x1}"#);
    assert_refused(r#"{"version": 1e999}"#);
    assert_refused("{\"version\": \"a\nb\"}");
}

#[test]
fn cut_off() {
    let document = r#"{"version": 1, "time_zone": "UTC", "agents": [{"id": "å\n", "active": true}]}"#;
    for (cut, _) in document.char_indices() {
        assert_refused(&document[..cut]);
    }
}

#[test]
fn columns_count_characters() {
    assert_no_json("{\"version\": \"ö🦆\", ▶}");
    assert_no_json("{\n\"x-ö\": \"ü\", ▶time_zone: 1}");
}

#[test]
fn broken_text() {
    assert_refused(r#"{"version": "\ud800"}"#);
    assert_refused(r#"{"version": "\q"}"#);
    assert_refused("{\"version\": \"\u{0}\"}");
    let binary: Vec<u8> = (0..=255).cycle().take(10_000).collect();
    assert_refused(&String::from_utf8_lossy(&binary));
    assert_refused(&String::from_utf8_lossy(b"\x1f\x8b\x08\x00\xff\xfe"));
}

#[test]
fn bombs() {
    const MEGABYTE: usize = 1 << 20;
    assert_refused(&"[".repeat(MEGABYTE));
    assert_refused(&"]".repeat(MEGABYTE));
    assert_refused(&"{\"a\":".repeat(MEGABYTE / 5));
    assert_refused(&format!("{}{}", "[".repeat(MEGABYTE / 2), "]".repeat(MEGABYTE / 2)));
    assert_refused(&format!(r#"{{"x-a": {}1{}}}"#, "[".repeat(200), "]".repeat(200)));
    assert_refused(&"\u{feff}".repeat(MEGABYTE / 3));
    assert_refused(&format!(r#"{{"version": {}}}"#, "9".repeat(MEGABYTE)));
    assert_refused(&format!("\"{}", "\\u0000".repeat(MEGABYTE / 6)));
}

/// Thousands of problems are all reported, in linear time.
#[test]
fn many_problems() {
    const MANY: usize = 20_000;
    let agents = vec![r#"{"id": "a"}"#; MANY].join(",\n");
    let (text, _) = unmark(&format!(r#"{{"version": 1, "time_zone": "UTC", "agents": [{agents}]}}"#));
    let problems = Document::from_json(&text).unwrap_err();
    assert_eq!(problems.len(), MANY - 1);
    for (index, problem) in problems.iter().enumerate() {
        assert_eq!((problem.code, problem.position.unwrap().line), (Code::DuplicateId, index + 2));
    }
}

#[test]
fn many_problems_in_one_object() {
    const MANY: usize = 20_000;
    let keys = (0..MANY).map(|index| format!("\"k{index}\": 1")).collect::<Vec<_>>().join(",\n");
    let problems = Document::from_json(&format!("{{\"version\": 1, \"time_zone\": \"UTC\", {keys}}}")).unwrap_err();
    assert_eq!(problems.len(), MANY);
    assert!(problems.iter().enumerate().all(|(index, it)| it.position.unwrap().line == index + 1));
}

#[test]
fn a_byte_order_mark_is_none_of_the_text() {
    Document::from_json("\u{feff}{\"version\": 1, \"time_zone\": \"UTC\"}").unwrap();
    let problems = Document::from_json("\u{feff}{\"version\": 2, \"time_zone\": \"UTC\"}").unwrap_err();
    assert_eq!(problems[0].position.map(|at| (at.line, at.column)), Some((1, 13)));
}
