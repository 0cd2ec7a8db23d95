//! Random rules, compared with python-dateutil: at their start, and in windows far from it.

use std::io::Write;
use std::process::{Command, Stdio};
use std::thread;

use chrono::{Datelike, NaiveDateTime, TimeDelta};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use frontdesk::time::{Recurrence, Span, Zone};

use super::random_rules::{RandomRule, rule};

const RULES: usize = 500;

/// Sends a line of JSON for each question to a script, and reads an answer for each.
pub fn ask<T: DeserializeOwned>(script: &str, questions: &[Value]) -> Vec<T> {
    let python = std::env::var("FRONTDESK_ORACLE_PYTHON")
        .expect("FRONTDESK_ORACLE_PYTHON must name a python that has tests/oracle/requirements.txt installed");
    let mut oracle = Command::new(python)
        .arg(format!("{}/tests/oracle/{script}", env!("CARGO_MANIFEST_DIR")))
        .env("PYTHONTZPATH", "")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("python runs");
    let lines: String = questions.iter().map(|question| format!("{question}\n")).collect();
    let mut input = oracle.stdin.take().unwrap();
    let asking = thread::spawn(move || input.write_all(lines.as_bytes()));
    let output = oracle.wait_with_output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    asking.join().unwrap().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let answers: Vec<T> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(answers.len(), questions.len());
    answers
}

/// Windows at the start of a rule, and as far from it as a walk from the start reaches in time.
fn windows(random: &RandomRule) -> Vec<(NaiveDateTime, NaiveDateTime)> {
    let is = |frequency: &str| random.text.starts_with(&format!("FREQ={frequency}"));
    let (far, length) = match () {
        () if is("SECONDLY") => (TimeDelta::hours(5), TimeDelta::minutes(10)),
        () if is("MINUTELY") => (TimeDelta::days(8), TimeDelta::hours(8)),
        () if is("HOURLY") => (TimeDelta::days(700), TimeDelta::days(20)),
        () => (TimeDelta::days(9000), TimeDelta::days(400)),
    };
    let at = |part: i32| random.start + far * part / 3;
    [0, 1, 3].map(|part| (at(part), at(part) + length)).to_vec()
}

/// In the first week of a rule, dateutil applies `BYSETPOS` to the days from the start on only; RFC 5545 applies it to all
/// seven, as in any other period. So such a rule starts with its week.
fn from_a_whole_week(mut random: RandomRule) -> RandomRule {
    if random.text.starts_with("FREQ=WEEKLY") && random.text.contains("BYSETPOS") {
        let first = random.text.split_once("WKST=").map_or("MO", |(_, rest)| &rest[..2]);
        let first = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"].iter().position(|day| *day == first).unwrap();
        let day = random.start.weekday().num_days_from_monday() + 7 - u32::try_from(first).unwrap();
        random.start -= TimeDelta::days(i64::from(day % 7));
    }
    random
}

#[test]
#[ignore = "needs FRONTDESK_ORACLE_PYTHON, see .ci/run"]
fn agrees_with_dateutil() {
    let mut runner = TestRunner::deterministic();
    let mut random = || rule().new_tree(&mut runner).unwrap().current();
    let rules: Vec<RandomRule> = (0..RULES).map(|_| from_a_whole_week(random())).collect();
    let question = |random: &RandomRule| {
        let windows: Vec<_> = windows(random).into_iter().map(|(from, to)| [from, to]).collect();
        json!({"start": random.start, "rule": random.text, "windows": windows})
    };
    let answers: Vec<Vec<Value>> = ask("recurrence.py", &rules.iter().map(question).collect::<Vec<_>>());
    let (mut occurrences, mut unanswered) = (0, 0);
    for (random, answers) in rules.iter().zip(answers) {
        let rule = Recurrence::parse(&random.text).unwrap_or_else(|problem| panic!("{random:?}: {problem}"));
        for ((from, to), answer) in windows(random).into_iter().zip(answers) {
            let found = rule.occurrences(random.start, &Zone::utc(), Span::new(from, to)).unwrap();
            match answer {
                Value::Null => assert!(found.len() > 1000, "{random:?} from {from} to {to}: {}", found.len()),
                Value::String(_) => {
                    unanswered += 1;
                    assert!(found.is_empty(), "{random:?} from {from} to {to}: {found:?}");
                }
                _ => {
                    let expected: Vec<NaiveDateTime> = serde_json::from_value(answer).unwrap();
                    assert_eq!(found, expected, "{random:?} from {from} to {to}");
                    occurrences += expected.len();
                }
            }
        }
    }
    assert!(occurrences > 10_000, "only {occurrences} were compared");
    assert!(unanswered * 8 < RULES * 3, "of {unanswered} windows dateutil says nothing");
}
