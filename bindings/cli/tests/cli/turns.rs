//! Logs of turns: `replay --turns` and `propose --turn` write them, and whatever reads commands reads them.

use crate::{Run, frontdesk, shown, with_input};

const OPEN: &str =
    r#"{"type": "open", "at": "2026-11-20T16:00:00Z", "conversation": "c9", "inbox": "main", "channel": "chat"}"#;

/// The turns of the day.
fn log() -> String {
    shown(&["replay", "small.json", "day.jsonl", "--turns"])
}

fn read(verb: &[&str], input: &str) -> Run {
    with_input(verb, input.as_bytes())
}

#[track_caller]
fn refused(verb: &[&str], input: &str) -> String {
    let run = read(verb, input);
    assert_eq!((run.status, run.out.as_str()), (1, ""), "{}", run.err);
    run.err
}

#[test]
fn begin_with_the_document_and_are_numbered() {
    let log = log();
    for (index, line) in log.lines().enumerate() {
        assert!(line.starts_with(&format!(r#"{{"version":1,"turn":{},"#, index + 1)), "{line}");
    }
    assert!(log.starts_with(r#"{"version":1,"turn":1,"document":{"version":1,"time_zone":"Europe/Stockholm""#));
    assert!(!log.contains(r#""type":"refused""#), "a refused command is in no log");
    // Without a command there is the document alone.
    assert_eq!(read(&["replay", "small.json", "-", "--turns"], "").out, log.lines().next().unwrap().to_owned() + "\n");
}

#[test]
fn are_read_like_commands() {
    let log = log();
    assert_eq!(read(&["replay", "small.json", "-", "--turns"], &log).out, log);
    let events = shown(&["replay", "small.json", "day.jsonl", "--json"]);
    let without: Vec<&str> = events.lines().filter(|event| !event.contains(r#""type":"refused""#)).collect();
    assert_eq!(read(&["replay", "small.json", "-", "--json"], &log).out, without.join("\n") + "\n");
    let table = ["table", "small.json", "--at", "2026-11-20T15:00:00Z", "--after"];
    assert_eq!(read(&[&table[..], &["-"]].concat(), &log).out, shown(&[&table[..], &["day.jsonl"]].concat()));
    let story = read(&["explain", "small.json", "-", "--conversation", "c2"], &log);
    assert!(story.out.contains("anna"), "{} {}", story.out, story.err);
}

/// A log goes on where it ends, with the turns of further commands, or with the next turn alone.
#[test]
fn go_on_where_they_end() {
    let log = log();
    let next = log.lines().count() + 1;
    let proposed = read(&["propose", "small.json", OPEN, "--after", "-", "--turn"], &log).out;
    assert!(
        proposed.starts_with(&format!(r#"{{"version":1,"turn":{next},"at":"2026-11-20T16:00:00.000Z""#)),
        "{proposed}"
    );
    let both = read(&["replay", "small.json", "-", "--turns"], &format!("{log}{OPEN}\n")).out;
    assert_eq!(both, format!("{log}{proposed}"));
    assert_eq!(read(&["replay", "small.json", "-", "--turns"], &both).out, both);
}

#[test]
fn that_do_not_fit_are_reported_with_their_line() {
    let log = log();
    let lines: Vec<&str> = log.lines().collect();
    let replay = ["replay", "small.json", "-", "--json"];
    let gap = [lines[0], lines[1], lines[3]].join("\n");
    assert!(
        refused(&replay, &gap).starts_with("<stdin>:3: invalid_value at $.turn: the next turn is 3, and this is 4")
    );
    let twice = [lines[0], lines[1], lines[1]].join("\n");
    assert!(refused(&replay, &twice).starts_with("<stdin>:3: invalid_value at $.turn: turn 2 is applied already"));
    let cut = format!("{}\n{}", lines[0], &lines[1][..lines[1].len() - 30]);
    let told = refused(&replay, &cut);
    assert!(told.starts_with("<stdin>:2:"), "{told}");
    let other = lines[0].replacen("Europe/Stockholm", "Europe/Oslo", 1);
    let told = refused(&replay, &other);
    assert!(told.starts_with("<stdin>:1: conflict at $.document.time_zone"), "{told}");
}

#[test]
fn need_a_log_to_go_on_with() {
    let run = frontdesk(&["replay", "small.json", "day.jsonl", "--after", "day.jsonl", "--turns"]);
    assert_eq!(run.status, 2);
    assert!(run.err.contains("a log of turns begins with the document"), "{}", run.err);
}
