//! `replay`, for programs and for people.

use crate::{shown, with_input};

const SUMMARY: &str = "\
Summary  of 7 h from Fri 20 Nov 2026 10:00:00 Europe/Stockholm

5  conversations
1  assigned at once       20 %
3  assigned after a wait  60 %
1  never assigned         20 %

Those who waited: median 54 min, 95 % within 5 h 30 min, longest 5 h 30 min.
At the end: 1 in voicemail, 2 with agents, 2 closed.

AGENT  GOT                            PEAK  HOLDS  MISSED
anna     2  ████████████████████████     1      0       0
bo       2  ████████████████████████     2      2       0

RULE  GAVE  TO  MOST    LEAST  EVENNESS
all      3   2  2 anna  1 bo       0.90
Evenness is Jain's index: 1 when all who are named got the same.

1 command was refused
";

#[test]
fn a_person_reads_what_happens_and_a_summary() {
    let happens = "\
What happens  times of Europe/Stockholm

Fri 20 Nov 2026
10:00:00  c1    arrives in main / chat
10:00:00  c1    goes to anna (all, step 1, least busy)
10:05:00  c2    arrives in main / chat, priority 1
10:05:00  c2    waits in the queue (all)
10:06:00  f1    arrives in main / form
10:06:00  f1    stays unassigned, no rule is for it
10:30:00  c1    is closed, anna held it
10:30:00  c2    goes to anna (all, step 1, least busy)
10:30:00  c3    arrives in main / chat
10:30:00  c3    waits in the queue (all)
10:40:00  p1    arrives in main / phone
10:40:00  p1    goes to the voicemail busy.mp3
10:50:00  c1    refused: there is a conversation \"c1\" already
                (conversation_exists)
11:00:00  f1    goes to bo, given by anna
16:00:00  bo    available (working hours) until Sat 00:00
16:00:00  c3    goes to bo (all, step 1, least busy)
16:30:00  anna  away (temporarily away) until 17:30
17:00:00  c2    is closed, anna held it
";
    assert_eq!(shown(&["replay", "small.json", "day.jsonl"]), format!("{happens}\n{SUMMARY}"));
}

#[test]
fn the_summary_comes_alone_where_that_is_asked_for() {
    assert_eq!(shown(&["replay", "small.json", "day.jsonl", "--summary"]), SUMMARY);
}

#[test]
fn a_program_reads_events() {
    let events = shown(&["replay", "small.json", "day.jsonl", "--json"]);
    let lines: Vec<&str> = events.lines().collect();
    assert_eq!(
        lines[..2],
        [
            r#"{"version":1,"seq":1,"at":"2026-11-20T09:00:00.000Z","type":"opened","conversation":"c1","inbox":"main","channel":"chat"}"#,
            r#"{"version":1,"seq":2,"at":"2026-11-20T09:00:00.000Z","type":"assigned","conversation":"c1","agent":"anna","rule":"all","step":1,"strategy":"least_busy"}"#,
        ]
    );
    assert_eq!(lines.len(), 18);
    assert!(events.ends_with('\n') && !events.contains("considered"), "{events}");
}

#[test]
fn explained_events_say_who_was_considered() {
    let events = shown(&["replay", "small.json", "day.jsonl", "--json", "--explain"]);
    assert_eq!(
        events.lines().nth(1).unwrap(),
        concat!(
            r#"{"version":1,"seq":2,"at":"2026-11-20T09:00:00.000Z","type":"assigned","conversation":"c1","agent":"anna","#,
            r#""rule":"all","step":1,"strategy":"least_busy","considered":[{"agent":"anna","load":0},"#,
            r#"{"agent":"bo","load":0,"reason":"away","status":{"state":"away","reason":"outside_working_hours","#,
            r#""since":"2026-11-19T23:00:00.000Z","until":"2026-11-20T15:00:00.000Z"}}],"not_in_target":1}"#,
        )
    );
    let told = shown(&["replay", "small.json", "day.jsonl", "--explain"]);
    let expected = "\
10:00:00  c1    goes to anna (all, step 1, least busy)
                not asked: bo (away, outside working hours until 16:00), 1 other
                whom the step does not reach
";
    assert!(told.contains(expected), "{told}");
}

/// The text about commands that come at nine in the morning on the small desk, without the title and the
/// summary. Each is given by its other keys.
fn happens(commands: &[&str]) -> String {
    happens_on("small.json", commands)
}

/// The instant of a command that says none.
fn at(keys: &str) -> &'static str {
    if keys.contains("\"at\"") { "" } else { "\"at\": \"2026-11-20T09:00:00Z\", " }
}

fn happens_on(desk: &str, commands: &[&str]) -> String {
    let lines = commands.iter().map(|keys| format!("{{{}{keys}}}\n", at(keys)));
    let run = with_input(&["replay", desk, "-", "--explain"], lines.collect::<String>().as_bytes());
    assert_eq!((run.status, run.err.as_str()), (0, ""));
    let (_, lines) = run.out.split_once("\n\nFri 20 Nov 2026\n").unwrap();
    lines.split_once("\n\n").unwrap().0.to_owned()
}

#[test]
fn what_is_refused_has_its_own_line_whatever_it_is_about() {
    let told = happens(&[
        r#""type": "open", "conversation": "c1", "inbox": "main", "channel": "form""#,
        r#""type": "remove_team", "team": "sales""#,
        r#""type": "remove_inbox", "inbox": "main""#,
    ]);
    assert_eq!(
        told,
        "\
10:00:00  c1  arrives in main / form
10:00:00  c1  stays unassigned, no rule is for it
10:00:00      refused: there is no team \"sales\" (unknown_team)
10:00:00      refused: main has open conversations, such as \"c1\" (in_use)"
    );
}

#[test]
fn a_change_of_the_desk_says_what_was_changed() {
    let told = happens(&[
        r#""type": "put_team", "team": "sales", "entry": {"id": "sales"}"#,
        r#""type": "put_agent", "agent": "dee", "entry": {"id": "dee", "team": "sales"}"#,
        r#""type": "put_agent", "agent": "anna", "entry": {"id": "anna", "team": "sales"}"#,
        r#""type": "set_working_hours", "agent": "dee", "working_hours": [], "by": "dee""#,
        r#""type": "set_date_hours", "agent": "dee", "date_hours": []"#,
        r#""type": "set_out_of_office", "agent": "dee", "out_of_office": []"#,
        r#""type": "remove_agent", "agent": "dee""#,
        r#""type": "put_agent", "agent": "dee", "entry": {"id": "dee", "active": false}"#,
        r#""type": "remove_inbox", "inbox": "main""#,
    ]);
    assert_eq!(
        told,
        "\
10:00:00  sales  team added
10:00:00  dee    agent added
10:00:00  anna   agent changed
10:00:00  dee    working hours set by dee
10:00:00  dee    away (outside working hours) until 25 Dec 00:00
10:00:00  dee    hours on certain dates set
10:00:00  dee    absences set
10:00:00  dee    agent removed
10:00:00  dee    agent added
10:00:00  main   inbox removed"
    );
}

#[test]
fn a_status_set_by_someone_else_says_by_whom_once() {
    let told = happens(&[
        r#""type": "put_agent", "agent": "cy", "entry": {"id": "cy", "permissions": ["manage_availability"]}"#,
        r#""type": "set_status", "agent": "anna", "status": "away", "by": "anna""#,
        r#""type": "set_status", "agent": "anna", "status": "away", "by": "cy""#,
    ]);
    assert_eq!(
        told,
        "\
10:00:00  cy    agent changed
10:00:00  cy    available (working hours) until 17:00
10:00:00  anna  away (set away)
10:00:00  anna  away (set away by cy)
10:00:00  anna  gets a notice: set away by cy"
    );
}

#[test]
fn what_comes_back_to_its_holder_names_nobody_else() {
    let told = happens(&[
        r#""type": "open", "conversation": "c1", "inbox": "main", "channel": "form""#,
        r#""type": "assign", "conversation": "c1", "to": {"agent": "anna"}"#,
        r#""type": "snooze", "conversation": "c1""#,
        r#""type": "reopen", "conversation": "c1""#,
        r#""type": "remove_agent", "agent": "anna""#,
    ]);
    assert_eq!(
        told,
        "\
10:00:00  c1    arrives in main / form
10:00:00  c1    stays unassigned, no rule is for it
10:00:00  c1    goes to anna, by hand
10:00:00  c1    sleeps
10:00:00  c1    is opened again
10:00:00  c1    goes to anna, who held it before
10:00:00  c1    is taken from anna, removed from the desk
10:00:00  anna  agent removed
10:00:00  c1    stays unassigned, no rule is for it"
    );
}

#[test]
fn a_step_that_is_reached_need_not_be_waited_at() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR"));
    let desk = folder.join("steps.json");
    let text = r#"{"version": 1, "time_zone": "Europe/Stockholm", "agents": [{"id": "anna", "capacity": 0}],
        "inboxes": [{"id": "main", "channels": [{"id": "chat", "kind": "chat", "rules": [{"id": "vip", "steps": [
            {"assign_to": {"agents": ["anna"]}, "wait": "5m"}, {"assign_to": "everyone", "wait": "5m"},
            {"assign_to": {"bot": "helper"}}]}]}]}]}"#;
    std::fs::write(&desk, text).unwrap();
    let told = happens_on(
        desk.to_str().unwrap(),
        &[
            r#""type": "open", "conversation": "c1", "inbox": "main", "channel": "chat""#,
            r#""type": "advance", "at": "2026-11-20T10:00:00Z""#,
        ],
    );
    assert_eq!(
        told,
        "\
10:00:00  c1  arrives in main / chat
10:00:00  c1  waits until 10:05 at step 1 of vip
              why not: anna (full, 0 of 0)
10:05:00  c1  reaches step 2 of vip, until 10:10 at most
10:10:00  c1  reaches step 3 of vip
10:10:00  c1  goes to the bot helper"
    );
}

#[test]
fn the_id_of_a_conversation_is_told_whole() {
    let uuid = "0b8f7a52-6c1e-4a57-9a0e-0f4c9c1d2e3f";
    let told = happens(&[&format!(r#""type": "open", "conversation": "{uuid}", "inbox": "main", "channel": "form""#)]);
    assert_eq!(
        told,
        format!(
            "10:00:00  {uuid}  arrives in main / form\n\
             10:00:00  {uuid}  stays unassigned, no rule is for\n{:48}it",
            ""
        )
    );
}

#[test]
fn one_is_no_plural() {
    let commands =
        br#"{"type": "open", "at": "2026-11-20T09:00:00Z", "conversation": "c", "inbox": "main", "channel": "chat"}"#;
    let run = with_input(&["replay", "small.json", "-", "--summary"], commands);
    let expected = "
1  conversation
1  assigned at once       100 %
0  assigned after a wait    0 %
0  never assigned           0 %
";
    assert!(run.out.contains(expected), "{}", run.out);
}

#[test]
fn commands_are_read_from_standard_input() {
    let commands = include_bytes!("desks/day.jsonl");
    let run = with_input(&["replay", "small.json", "-", "--summary"], commands);
    assert_eq!((run.status, run.err.as_str(), run.out.as_str()), (0, "", SUMMARY));
}

#[test]
fn nothing_happens_without_commands() {
    let run = with_input(&["replay", "small.json", "-"], b"\n \r\n");
    assert_eq!((run.status, run.err.as_str(), run.out.as_str()), (0, "", "Nothing happened.\n"));
    assert_eq!(with_input(&["replay", "small.json", "-", "--json"], b"").out, "");
}

#[test]
fn entries_may_refer_to_what_commands_before_them_added() {
    let commands = br#"{"type": "put_team", "at": "2026-11-20T09:00:00Z", "team": "new", "entry": {"id": "new"}}
{"type": "put_agent", "at": "2026-11-20T09:00:00Z", "agent": "dee", "entry": {"id": "dee", "team": "new"}}"#;
    let run = with_input(&["replay", "small.json", "-", "--json"], commands);
    assert_eq!((run.status, run.err.as_str(), run.out.lines().count()), (0, "", 2), "{}", run.out);
}

/// A desk of as many who come and go twice a day, and an advance over 60 days: it stops where 100,000 events are.
fn commuters(count: usize) -> String {
    let agents: Vec<String> = (0..count).map(|index| format!(r#"{{"id":"a{index}"}}"#)).collect();
    format!(
        r#"{{"version":1,"time_zone":"UTC","working_hours":[{{"days":["mon","tue","wed","thu","fri","sat","sun"],"start":"09:00","end":"17:00"}}],"agents":[{}]}}"#,
        agents.join(",")
    )
}

fn written(name: &str, text: &str) -> String {
    let path = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&path, text).unwrap();
    path.to_str().unwrap().to_owned()
}

#[test]
fn an_advance_that_stops_is_told() {
    let desk = written("commuters.json", &commuters(1_000));
    let commands = "{\"type\":\"advance\",\"at\":\"2026-01-01T00:00:00Z\"}\n{\"type\":\"advance\",\"at\":\"2026-03-01T00:00:00Z\"}\n\
                    {\"type\":\"advance\",\"at\":\"2026-03-01T00:00:00Z\"}\n";
    let run = with_input(&["replay", &desk, "-", "--json"], commands.as_bytes());
    assert_eq!(run.status, 0, "{}", run.err);
    let told = "<stdin>:2: it stopped at 2026-02-19T17:00:00.000Z, as more than 100000 events fall due; \
                advance again from there\n";
    assert_eq!((run.err.as_str(), run.out.lines().count()), (told, 1 + 59 * 2_000));
}

#[test]
fn time_that_is_up_is_told() {
    let desk = written("late.json", &commuters(10));
    for arguments in [
        &["replay", &desk, "-", "--deadline", "0s"][..],
        &["check", &desk, "--deadline", "0s"],
        &[
            "schedule",
            &desk,
            "--agent",
            "a1",
            "--start",
            "2026-01-01T00:00:00Z",
            "--end",
            "2027-01-01T00:00:00Z",
            "--deadline",
            "0s",
        ],
    ] {
        let run = with_input(arguments, b"{\"type\":\"advance\",\"at\":\"2026-01-01T00:00:00Z\"}\n");
        assert_eq!((run.status, run.out.as_str()), (1, ""), "{arguments:?}");
        assert_eq!(run.err, "time_is_up: it took longer than --deadline gives\n", "{arguments:?}");
    }
    let run = with_input(&["check", &desk, "--deadline", "1h"], b"");
    assert_eq!(run.status, 0, "{}", run.err);
}
