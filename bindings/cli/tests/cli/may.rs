//! `may`: whether a command is allowed now.

use crate::{frontdesk, shown, with_input};

#[test]
fn a_person_reads_whether_it_is_allowed_and_why_not() {
    let page = "\
close, by anna  Fri 20 Nov 2026 17:30:00 Europe/Stockholm

It is refused, conversation_closed: the conversation \"c1\" is closed.
";
    assert_eq!(shown(&["may", "small.json", "close.json", "--after", "day.jsonl"]), page);
    let reopen = r#"{"type": "reopen", "at": "2026-11-20T16:30:00Z", "conversation": "c1"}"#;
    let page = shown(&["may", "small.json", reopen, "--after", "day.jsonl"]);
    assert_eq!(page, "reopen  Fri 20 Nov 2026 17:30:00 Europe/Stockholm\n\nIt is allowed.\n");
}

#[test]
fn a_program_reads_the_answer() {
    let denied =
        "{\"allowed\":false,\"code\":\"conversation_closed\",\"message\":\"the conversation \\\"c1\\\" is closed\"}\n";
    assert_eq!(shown(&["may", "small.json", "close.json", "--after", "day.jsonl", "--json"]), denied);
    let command = include_bytes!("desks/close.json");
    let run = with_input(&["may", "small.json", "-", "--after", "day.jsonl", "--json"], command);
    assert_eq!((run.status, run.out.as_str(), run.err.as_str()), (0, denied, ""));
}

/// A messenger of bo, for whom anna stands in on that day, and a bot that may not be interrupted.
const DESK: &str = r#"{"version": 1, "time_zone": "Europe/Stockholm",
    "agents": [{"id": "anna", "name": "Anna Berg"},
        {"id": "bo", "name": "Bo Ek", "substitute": "anna", "out_of_office": [{"first_day": "2026-11-20", "last_day": "2026-11-20"}]}],
    "inboxes": [{"id": "main", "channels": [
        {"id": "fb", "kind": "messenger", "reply_window": {"automated": "1h", "person": "1d"},
            "rules": [{"id": "r", "steps": [{"assign_to": {"bot": "robo"}}]}]}]}]}"#;

#[test]
fn it_tells_windows_substitutes_and_when_to_come_back() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR"));
    let desk = folder.join("may.json");
    std::fs::write(&desk, DESK).unwrap();
    let open =
        br#"{"type": "open", "at": "2026-11-20T09:00:00Z", "conversation": "c1", "inbox": "main", "channel": "fb"}"#;
    let ask = |command: &str| {
        let run = with_input(&["may", desk.to_str().unwrap(), command, "--after", "-"], open);
        assert_eq!((run.status, run.err.as_str()), (0, ""), "{command}");
        run.out.split_once("\n\n").unwrap().1.to_owned()
    };
    assert_eq!(
        ask(r#"{"type": "reply", "at": "2026-11-20T10:00:00Z", "conversation": "c1", "by": "anna"}"#),
        "It is allowed.\nAutomated messages: closed since Fri 20 Nov 2026 11:00:00.\nReplies of people: until Sat 21 Nov 2026 10:00:00.\n"
    );
    let close = ask(r#"{"type": "close", "at": "2026-11-20T09:10:00Z", "conversation": "c1", "by": "anna"}"#);
    assert!(close.ends_with("\nIt is allowed from Fri 20 Nov 2026 10:30:00 on.\n"), "{close}");
    let assign = r#"{"type": "assign", "at": "2026-11-20T09:10:00Z", "conversation": "c1", "to": {"agent": "bo"}, "or_substitute": true}"#;
    assert_eq!(ask(assign), "It is allowed.\nAnna Berg stands in for Bo Ek.\n");
}

#[test]
fn a_command_that_cannot_be_read_is_reported_at_its_place() {
    let run = frontdesk(&["may", "small.json", r#"{"type": "close", "at": "2026-11-20T09:00:00Z"}"#]);
    assert_eq!((run.status, run.out.as_str()), (1, ""));
    assert!(run.err.starts_with("the command:1:1: missing_key at $"), "{}", run.err);
    let run = frontdesk(&["may", "small.json", "leave.ics"]);
    assert_eq!((run.status, run.out.as_str()), (1, ""));
    assert!(run.err.starts_with("leave.ics:1:1: invalid_json"), "{}", run.err);
    let run = frontdesk(&["may", "-", "-"]);
    assert_eq!(run.status, 2);
    assert!(
        run.err.contains("standard input can be only one of the desk, the commands and the command"),
        "{}",
        run.err
    );
}
