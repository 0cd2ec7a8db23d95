//! The schemas refuse the same shapes as the readers; the exceptions are listed here.

use frontdesk::{Code, Command, Document, Problem};
use jsonschema::Validator;
use serde_json::Value;

use crate::schemas;

/// Types with a schema as strict as their reader.
pub trait Strict {
    fn validator() -> &'static Validator;
}

impl Strict for Document {
    fn validator() -> &'static Validator {
        &schemas::DOCUMENT
    }
}

impl Strict for Command {
    fn validator() -> &'static Validator {
        &schemas::COMMAND
    }
}

/// Problems that no schema finds: duplicate keys, references, names of zones.
const BEYOND: [Code; 6] = [
    Code::DuplicateKey,
    Code::DuplicateId,
    Code::UnknownReference,
    Code::UnknownZone,
    Code::IdMismatch,
    // Parts of the format that only some builds read.
    Code::UnsupportedFeature,
];

/// Single problems that no schema finds, although it finds most of their code: the code, the path, and a part of the text.
const FAULTS_BEYOND: [(Code, &str, &str); 22] = [
    // The order of two values.
    (Code::Conflict, "$.working_hours[0]", r#""first_day": "2026-11-21", "last_day": "2026-11-20""#),
    (Code::Conflict, "out_of_office[0]", r#""first_day": "2026-11-21", "last_day": "2026-11-20""#),
    (Code::Conflict, "out_of_office[0]", r#""start": "2026-11-20T17:00", "end": "2026-11-20T09:00""#),
    (Code::Conflict, "out_of_office[0]", r#""start": "2026-11-20T17:00", "end": "2026-11-20T17:00""#),
    (Code::Conflict, "travel[0]", r#""first_day": "2026-12-07", "last_day": "2026-12-06""#),
    // The dates of two entries.
    (Code::Conflict, "travel[1]", r#""travel": ["#),
    (Code::Conflict, "travel[2]", r#""travel": ["#),
    // Two values that are equal.
    (Code::InvalidValue, "$.agents[0].substitute", r#""id": "anna", "substitute": "anna""#),
    // A number in the embedder's own data that loses digits.
    (Code::OutOfRange, ".spend", "9007199254740993"),
    (Code::OutOfRange, ".b", "-9007199254740993"),
    (Code::OutOfRange, ".b", "-18446744073709551617"),
    (Code::OutOfRange, ".a", "9007199254740994.0"),
    (Code::OutOfRange, ".a", "100000000000000000000"),
    (Code::OutOfRange, ".a[0]", "-1e300"),
    (Code::OutOfRange, ".match[\"attributes.a\"][1]", "1e16"),
    // The sum of several values.
    (Code::OutOfRange, ".wait", "99999d"),
    (Code::OutOfRange, ".wait.office_hours", "367d"),
    // The end of the last day of the calendar.
    (Code::InvalidTime, ".start", "9999-12-31T24:00"),
    // An instant whose offset decides whether it is in the range.
    (Code::OutOfRange, "$.at", "1999-12-31T23:59:59.999-00:00"),
    (Code::OutOfRange, "$.at", "2200-01-01T00:00:00+00:00"),
    (Code::OutOfRange, "$.at", "2000-01-01T00:00:00+01:00"),
    (Code::OutOfRange, "$.at", "2199-12-31T23:59:59-01:00"),
];

/// Returns `true` if no schema could find the problem.
fn is_beyond(text: &str, problem: &Problem) -> bool {
    let listed = |(code, path, part): &(Code, &str, &str)| {
        *code == problem.code && problem.path.ends_with(path) && text.contains(part)
    };
    BEYOND.contains(&problem.code) || FAULTS_BEYOND.iter().any(listed)
}

/// Returns the faults that the schema finds, if the text is JSON.
fn faults<T: Strict>(text: &str) -> Option<String> {
    let value: Value = serde_json::from_str(text).ok()?;
    Some(schemas::faults(T::validator(), &value))
}

/// Fails unless the schema refuses the text, or accepts it because it could find none of the problems.
#[track_caller]
pub fn assert_refused_as_far_as_it_can<T: Strict>(text: &str, problems: &[Problem]) {
    if problems.len() > 1 && problems.iter().any(|problem| problem.code == Code::DuplicateKey) {
        // The schema sees only one of several duplicate keys.
        return;
    }
    let Some(faults) = faults::<T>(text) else { return };
    let beyond = problems.iter().all(|problem| is_beyond(text, problem));
    assert_eq!(faults.is_empty(), beyond, "{text}\nproblems: {problems:#?}\nby the schema: {faults}");
}

/// Fails unless the schema accepts a text that was read.
#[track_caller]
pub fn assert_fits<T: Strict>(text: &str) {
    assert_eq!(faults::<T>(text).as_deref(), Some(""), "{text}");
}

/// Fails unless the schema refuses a text with a problem that no other value could repair.
#[track_caller]
pub fn assert_refused_if_the_shape_is_wrong<T: Strict>(text: &str, problems: &[Problem]) {
    const OF_THE_SHAPE: [Code; 6] = [
        Code::UnknownKey,
        Code::MissingKey,
        Code::InvalidValue,
        Code::MissingOffset,
        Code::UnsupportedVersion,
        Code::InvalidDuration,
    ];
    let wrong = problems.iter().find(|problem| {
        // A schema cannot recognise the last midnight of the range.
        OF_THE_SHAPE.contains(&problem.code)
            || problem.code == Code::WrongType
            || problem.code == Code::InvalidTime && !problem.message.contains("9999-12-31T24:00")
    });
    let Some(wrong) = wrong else { return };
    let Some(faults) = faults::<T>(text) else { return };
    assert!(!faults.is_empty(), "{text}\naccepted by the schema, though {wrong}");
}

#[test]
fn instants_at_the_edges_of_the_range() {
    let desk = frontdesk::Desk::from_json(r#"{"version": 1, "time_zone": "UTC"}"#).unwrap();
    for at in [
        "2000-01-01T00:00:00Z",
        "1999-12-31T23:00:00-01:00",
        "2199-12-31T23:59:59.999999Z",
        "2200-01-01T00:59:59+01:00",
        "2024-02-29t09:00:00.1z",
        "2000-02-29 09:00:00−05:30",
        "2016-12-31T23:59:60Z",
        "1999-12-31T23:59:59.999-00:00",
        "2200-01-01T00:00:00+00:00",
        "2000-01-01T00:00:00+01:00",
        "2199-12-31T23:59:59-01:00",
        "1999-12-31T23:59:59.999Z",
        "2200-01-01T00:00:00Z",
        "2100-02-29T09:00:00Z",
        "2023-02-29T09:00:00Z",
        "2024-04-31T09:00:00Z",
        "2024-04-30T24:00:00Z",
        "2024-04-30T09:00Z",
        "2024-04-30T09:00:00.Z",
        "2024-04-30T09:00:00+1:00",
        "2024-04-30T09:00:00+0100",
        "2024-04-30T09:00:00",
        "24-04-30T09:00:00Z",
        "+2024-04-30T09:00:00Z",
        "2024-04-30T09:00:00Z\n",
    ] {
        let text = serde_json::json!({"type": "advance", "at": at}).to_string();
        match desk.read_command(&text) {
            Ok(_) => assert_fits::<Command>(&text),
            Err(problems) => assert_refused_as_far_as_it_can::<Command>(&text, &problems),
        }
    }
}
