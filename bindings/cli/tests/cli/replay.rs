//! `replay`, for programs and for people.

use crate::{shown, with_input};

const SUMMARY: &str = "\
Summary  of 7 h from Fri 20 Nov 2026 10:00:00 Europe/Stockholm

5  conversations
1  assigned at once       20 %
3  assigned after a wait  60 %
1  never assigned         20 %

Those who waited: median 54 min, 95 % within 5 h 30 min, longest 5 h 30 min.
At the end: 1 in the voicemail, 2 with agents, 2 closed.

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
10:05:00  c2    waits in the queue, by all
10:06:00  f1    arrives in main / form
10:06:00  f1    stays unassigned, no rule is for it
10:30:00  c1    is closed, anna held it
10:30:00  c2    goes to anna (all, step 1, least busy)
10:30:00  c3    arrives in main / chat
10:30:00  c3    waits in the queue, by all
10:40:00  p1    arrives in main / phone
10:40:00  p1    goes to voicemail, busy.mp3
10:50:00  c1    refused: there is a conversation \"c1\" already
                (conversation_exists)
11:00:00  f1    goes to bo, by hand by anna
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
            r#""since":"2026-11-19T23:00:00.000Z","until":"2026-11-20T15:00:00.000Z"}},"#,
            r#"{"agent":"cy","load":0,"reason":"not_in_target"}]}"#,
        )
    );
    let told = shown(&["replay", "small.json", "day.jsonl", "--explain"]);
    let expected = "\
10:00:00  c1    goes to anna (all, step 1, least busy)
                not asked: bo (away, outside working hours until 16:00), 1 other
                not in the target
";
    assert!(told.contains(expected), "{told}");
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
