//! `propose`: the events that a command would give.

use crate::{frontdesk, shown, with_input};

const OPEN: &str =
    r#"{"type": "open", "at": "2026-11-20T16:00:00Z", "conversation": "c9", "inbox": "main", "channel": "chat"}"#;

#[test]
fn a_person_reads_what_would_happen() {
    let page = "\
What happens  times of Europe/Stockholm

Fri 20 Nov 2026
17:00:00  c9  arrives in main / chat
17:00:00  c9  waits in the queue (all)
";
    assert_eq!(shown(&["propose", "small.json", OPEN, "--after", "day.jsonl"]), page);
    let explained = shown(&["propose", "small.json", OPEN, "--after", "day.jsonl", "--explain"]);
    assert!(explained.contains("why not: anna (away for a while"), "{explained}");
}

/// The same events as `replay` gives for the command after the same commands.
#[test]
fn a_program_reads_the_events_that_the_command_gives() {
    let day = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cli/desks/day.jsonl")).unwrap();
    let log = with_input(&["replay", "small.json", "-", "--json"], format!("{day}\n{OPEN}").as_bytes()).out;
    let proposed = shown(&["propose", "small.json", OPEN, "--after", "day.jsonl", "--json"]);
    assert!(proposed.lines().count() > 1 && log.ends_with(&proposed), "{proposed}");
}

#[test]
fn a_command_may_be_refused_or_change_nothing() {
    let close = r#"{"type": "close", "at": "2026-11-20T16:30:00Z", "conversation": "c9"}"#;
    let page = shown(&["propose", "small.json", close, "--after", "day.jsonl"]);
    assert!(page.contains("refused: there is no conversation \"c9\""), "{page}");
    let advance = r#"{"type": "advance", "at": "2026-11-20T16:00:00Z"}"#;
    assert_eq!(shown(&["propose", "small.json", advance, "--after", "day.jsonl"]), "Nothing happens.\n");
}

#[test]
fn a_command_that_cannot_be_read_is_reported() {
    let run = frontdesk(&["propose", "small.json", r#"{"type": "close", "at": "2026-11-20T09:00:00Z"}"#]);
    assert_eq!((run.status, run.out.as_str()), (1, ""));
    assert!(run.err.starts_with("the command:1:1: missing_key at $"), "{}", run.err);
}
