//! Problems of the input (exit status 1), and problems of the arguments (2).

use crate::{frontdesk, with_input};

/// The problems of a run whose input is wrong: each a line, and nothing else is said.
fn problems(arguments: &[&str], input: &[u8]) -> Vec<String> {
    let run = with_input(arguments, input);
    assert_eq!((run.status, run.out.as_str()), (1, ""), "{arguments:?}");
    run.err.lines().map(str::to_owned).collect()
}

/// The first line about arguments that make no sense.
fn misused(arguments: &[&str]) -> String {
    let run = frontdesk(arguments);
    assert_eq!((run.status, run.out.as_str()), (2, ""), "{arguments:?}: {}", run.err);
    run.err.lines().next().unwrap_or_default().to_owned()
}

#[test]
fn all_problems_of_a_document_come_with_their_place() {
    for verb in [
        &["check", "broken.json"][..],
        &["status", "broken.json", "--at", "2026-11-20T09:00:00Z", "--json"],
        &["replay", "broken.json", "day.jsonl"],
    ] {
        assert_eq!(
            problems(verb, b""),
            [
                "broken.json:9:26: unknown_reference at $.agents[1].team: there is no team \"suport\" \
                 (did you mean support?)",
                "broken.json:9:49: unknown_zone at $.agents[1].time_zone: there is no time zone \"America/Chigaco\" \
                 (did you mean America/Chicago?)",
                "broken.json:12:41: invalid_time at $.holidays[0].dates[0]: \"2026-12-32\" is not a date of the calendar \
                 (write it as 2026-11-20)",
            ]
        );
    }
}

/// A desk with a rule that is for nothing.
const IDLE: &str = r#"{"version": 1, "time_zone": "UTC", "agents": [{"id": "anna"}],
 "inboxes": [{"id": "main", "channels": [{"id": "chat", "kind": "chat", "rules": [
  {"id": "vip", "match": {"attributes.plan": []}, "steps": [{"assign_to": "everyone"}]}]}]}]}"#;

#[test]
fn warnings_are_told_and_stand_in_nobodys_way_unless_strict() {
    let place = r#"never_matches at $.inboxes[0].channels[0].rules[0].match["attributes.plan"]: "#;
    let run = with_input(&["check", "-"], IDLE.as_bytes());
    assert_eq!(run.status, 0);
    assert!(run.err.starts_with(&format!("<stdin>:3:46: warning: {place}")), "{}", run.err);
    assert_eq!(run.err.lines().count(), 1);
    assert_eq!(run.out, "<stdin> is sound: 1 agent, 0 teams, 1 inbox, 1 channel and 1 rule, with 1 warning.\n");
    let strict = problems(&["check", "--strict", "-"], IDLE.as_bytes());
    assert_eq!(strict.len(), 1);
    assert!(strict[0].starts_with(&format!("<stdin>:3:46: {place}")), "{strict:?}");
    // Other verbs ask for something else.
    let run = with_input(&["status", "-", "--at", "2026-11-20T09:00:00Z"], IDLE.as_bytes());
    assert_eq!((run.status, run.err.as_str()), (0, ""));
}

#[test]
fn all_unreadable_commands_are_reported_and_no_event_is_shown() {
    let commands = b"{\"type\": \"advance\", \"at\": \"2026-11-20T09:00:00Z\"}

  {\"type\": \"clsoe\", \"at\": \"2026-11-20T09:00:00Z\", \"conversation\": \"c\"}\r
{\"type\": \"open\", \"at\": \"2026-11-20T09:00:00\", \"conversation\": \"c\", \"inbox\": \"main\"}
\xff
{\"type\"
{\"type\": \"set_out_of_office\", \"at\": \"2026-11-20T09:00:00Z\", \"agent\": \"bo\", \"out_of_office\": [{}]}";
    for format in ["--json", "--summary", "--explain"] {
        let found = problems(&["replay", "small.json", "-", format], commands);
        assert!(found[0].starts_with("<stdin>:3:12: invalid_value at $.type: \"clsoe\" is none of "), "{found:?}");
        assert!(found[0].ends_with("(did you mean close?)"), "{found:?}");
        assert!(found[1].starts_with("<stdin>:4:1: missing_key at $: the key \"channel\" is missing"), "{found:?}");
        assert!(found[2].starts_with("<stdin>:4:24: missing_offset at $.at: "), "{found:?}");
        assert_eq!(found[3], "<stdin>:5:1: invalid_json: this is not UTF-8 text");
        assert_eq!(
            found[4],
            "<stdin>:6:7: invalid_json at $: this is not a JSON document: it ends inside an object \
             (write each command as an object on a line of its own)"
        );
        assert!(found[5].starts_with("<stdin>:7:"), "{found:?}");
        assert!(found[5].contains(" at $.out_of_office[0]: "), "{found:?}");
    }
}

#[test]
fn commands_refused_are_no_problem() {
    let refused = br#"{"type": "close", "at": "2026-11-20T09:00:00Z", "conversation": "nobody"}"#;
    let run = with_input(&["replay", "small.json", "-", "--json"], refused);
    assert_eq!((run.status, run.err.as_str()), (0, ""));
    assert!(run.out.contains(r#""type":"refused","code":"unknown_conversation""#), "{}", run.out);
}

#[test]
fn what_cannot_be_read_is_one_line() {
    assert_eq!(problems(&["check", "nowhere.json"], b""), ["nowhere.json: cannot be read: there is no such file"]);
    assert_eq!(problems(&["check", "."], b""), [".: cannot be read: it is a directory"]);
    assert_eq!(problems(&["replay", "small.json", "."], b""), [".: cannot be read: it is a directory"]);
    assert_eq!(problems(&["check", "-"], b"{\n \"\xff"), ["<stdin>:2:3: invalid_json: this is not UTF-8 text"]);
    assert_eq!(problems(&["check", "-"], b""), ["<stdin>:1:1: invalid_json at $: the document is empty"]);
    let nowhere = ["check", "small.json", "--zoneinfo", "nowhere"];
    assert_eq!(problems(&nowhere, b""), ["nowhere: cannot be read: there is no such file"]);
}

#[test]
fn a_problem_cannot_move_the_cursor() {
    let found =
        problems(&["check", "-"], br#"{"version": 1, "time_zone": "UTC", "\u001b[2J\u0007\u202e\u2066\u2028": 1}"#);
    let moves = |c: char| c.is_control() || "\u{202e}\u{2066}\u{2028}".contains(c);
    assert!(found.iter().all(|line| !line.contains(moves)), "{found:?}");
    // Standard error is told whole, so nothing else may come from the name of a file either.
    let found = problems(&["check", "no\u{202e}where\u{1b}.json"], b"");
    assert_eq!(found, ["no\u{fffd}where\u{fffd}.json: cannot be read: there is no such file"]);
}

#[test]
fn of_the_problems_of_commands_so_many_are_listed_as_someone_reads() {
    let line = |n: usize| "{}\n".repeat(n);
    let found = |n| problems(&["replay", "small.json", "-"], line(n).as_bytes());
    // Each line lacks a type and an instant.
    assert_eq!(found(50).len(), 100);
    assert_eq!(found(51).len(), 101);
    assert_eq!(found(51)[100], "<stdin>: and 2 more problems");
    assert_eq!(found(60)[..100], found(51)[..100]);
}

#[test]
fn commands_that_are_no_lines_are_told_to_be_lines() {
    let hint = "(write each command as an object on a line of its own)";
    let pretty = problems(&["replay", "small.json", "-"], b"{\n  \"type\": \"advance\"\n}\n");
    assert_eq!(pretty.len(), 3);
    assert!(pretty.iter().all(|line| line.ends_with(hint)), "{pretty:?}");
    let list = problems(&["replay", "small.json", "-"], b"[{\"type\": \"advance\"}]");
    assert_eq!(list, [format!("<stdin>:1:1: wrong_type at $: expected an object, found a list {hint}")]);
}

#[test]
fn an_instant_that_is_none_is_wrong_usage() {
    let at = misused(&["status", "small.json", "--at", "2026-11-20T09:00:00.5"]);
    assert!(at.ends_with("write 2026-11-20T17:30:00Z, 2026-11-20 17:30 or now"), "{at}");
    let far = misused(&["status", "small.json", "--at", "2200-01-01T00:00:00Z"]);
    assert!(far.ends_with("the instant lies outside 2000-01-01 up to 2200-01-01"), "{far}");
    let schedule = ["schedule", "small.json", "--agent", "anna"];
    let turned = ["--start", "2026-11-21T00:00:00Z", "--end", "2026-11-20T00:00:00Z"];
    let turned = misused(&[schedule, turned].concat());
    assert_eq!(turned, "error: the range ends before it starts: --end is earlier than --start");
}

#[test]
fn an_id_that_is_none_is_wrong_usage_with_the_nearest() {
    let at = ["--at", "2026-11-20T09:00:00Z"];
    let agent = misused(&[&["status", "small.json", "--agent", "ana"], &at[..]].concat());
    assert_eq!(agent, "error: there is no agent \"ana\" (did you mean anna?)");
    let inbox = misused(&[&["visitor", "small.json", "--inbox", "man", "--channel", "chat"], &at[..]].concat());
    assert_eq!(inbox, "error: there is no inbox \"man\" (did you mean main?)");
    let channel = misused(&[&["visitor", "small.json", "--inbox", "main", "--channel", "chta"], &at[..]].concat());
    assert_eq!(channel, "error: the inbox main has no channel \"chta\" (did you mean chat?)");
}

#[test]
fn wrong_usage_shows_the_usage_of_the_verb() {
    let run = frontdesk(&["status", "small.json", "--agent", "ana", "--at", "2026-11-20T09:00:00Z"]);
    assert_eq!(
        run.err,
        "error: there is no agent \"ana\" (did you mean anna?)\n\n\
         Usage: frontdesk status [OPTIONS] --at <T> <DESK>\n\n\
         For more information, try '--help'.\n"
    );
}

#[test]
fn arguments_that_do_not_go_together_are_wrong_usage() {
    assert_eq!(misused(&["replay", "-", "-"]), "error: standard input can be the desk or the commands, but not both");
    assert!(misused(&["replay", "small.json", "day.jsonl", "--json", "--summary"]).starts_with("error: "));
    assert!(misused(&["status", "small.json"]).starts_with("error: "));
    assert!(misused(&["stauts"]).starts_with("error: "));
}
