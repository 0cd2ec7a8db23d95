//! `diff`: what a new document would change in a desk.

use crate::{frontdesk, shown, with_input};

#[test]
fn a_person_reads_what_differs() {
    let page = "\
~ time_zone: Europe/Oslo; was Europe/Stockholm
~ team support: name
+ team night
+ agent dee
~ agent anna: capacity, skills
~ agent cy: active
~ holiday xmas: dates
~ settings: seed
~ order of agents: dee, anna, cy
+ x-owner: operations
- agent bo
";
    assert_eq!(shown(&["diff", "small.json", "next.json"]), page);
    assert_eq!(shown(&["diff", "small.json", "small.json"]), "Nothing differs.\n");
    let kinds = br#"{"version": 1, "time_zone": "Europe/Stockholm", "kinds": ["fax", "sms"]}"#;
    assert_eq!(with_input(&["diff", "small.json", "-"], kinds).out, "+ kinds: fax, sms\n");
}

#[test]
fn after_commands_a_person_reads_what_would_happen_too() {
    let page = shown(&["diff", "small.json", "next.json", "--after", "day.jsonl"]);
    assert!(page.contains("\nWhat happens  times of Europe/Stockholm\n"), "{page}");
    assert!(page.contains("is taken from bo, removed from the desk"), "{page}");
}

/// The events are those that the command gives.
#[test]
fn a_program_reads_the_events_of_the_change() {
    let next = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cli/desks/next.json")).unwrap();
    let command =
        format!(r#"{{"type": "configure", "at": "2026-11-20T16:00:00Z", "document": {next}}}"#).replace('\n', "");
    let proposed = shown(&["propose", "small.json", &command, "--after", "day.jsonl", "--json"]);
    assert_eq!(shown(&["diff", "small.json", "next.json", "--after", "day.jsonl", "--json"]), proposed);
    let changes = shown(&["diff", "small.json", "next.json", "--json"]);
    let kinds: Vec<&str> =
        changes.lines().filter_map(|line| line.split(r#""change":""#).nth(1)?.split('"').next()).collect();
    assert_eq!(kinds, ["configure", "remove_agent"]);
}

#[test]
fn what_cannot_be_is_a_problem() {
    let gone = br#"{"version": 1, "time_zone": "UTC", "inboxes": []}"#;
    let run = with_input(&["diff", "small.json", "-", "--after", "day.jsonl"], gone);
    assert_eq!((run.status, run.out.as_str()), (1, ""));
    assert_eq!(run.err, "<stdin>: in_use: main has open conversations, such as \"f1\"\n");
    let run = with_input(&["diff", "small.json", "-"], br#"{"version": 1, "time_zone": "UTC", "teems": []}"#);
    assert_eq!(run.status, 1);
    assert!(run.err.starts_with("<stdin>:1:36: unknown_key at $.teems"), "{}", run.err);
    let run = frontdesk(&["diff", "-", "-"]);
    assert_eq!(run.status, 2);
    assert!(run.err.contains("standard input can be the desk, the new document or the commands, but only one of them"));
}
