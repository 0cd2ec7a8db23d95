//! `explain`: the story of one conversation.

use crate::{frontdesk, shown, with_input};

#[test]
fn a_story_goes_from_arrival_to_close() {
    assert_eq!(
        shown(&["explain", "small.json", "day.jsonl", "--conversation", "c2"]),
        "\
c2  times of Europe/Stockholm

Fri 20 Nov 2026
10:05:00  It arrived in main by chat, with priority 1.
          Nobody could take it by step 1 of the rule all, so it waits in the
          queue.
          Why not: anna (full, 1 of 1), bo (away, outside working hours until
          16:00), 1 other whom the step does not reach.
10:30:00  anna was done with c1.
          It went to anna after 25 min of waiting, by step 1 of the rule all
          (least busy): anna was the only one who could take it.
          Not asked: bo (away, outside working hours until 16:00), 1 other whom
          the step does not reach.
16:30:00  anna became away (temporarily away), and keeps it.
17:00:00  It was closed, 6 h 55 min after it arrived; anna held it.
"
    );
}

#[test]
fn a_refused_command_is_part_of_the_story() {
    let story = shown(&["explain", "small.json", "day.jsonl", "--conversation", "c1"]);
    let expected = "\
10:50:00  A command about it was refused: there is a conversation \"c1\" already.
";
    assert!(story.ends_with(expected), "{story}");
}

#[test]
fn a_conversation_that_never_came_is_wrong_usage() {
    let run = frontdesk(&["explain", "small.json", "day.jsonl", "--conversation", "phone1"]);
    assert_eq!((run.status, run.out.as_str()), (2, ""));
    assert_eq!(
        run.err,
        "error: there is no conversation \"phone1\" in the commands\n\n\
         Usage: frontdesk explain [OPTIONS] --conversation <ID> <DESK> [COMMANDS]\n\n\
         For more information, try '--help'.\n"
    );
}

#[test]
fn a_story_cannot_turn_the_order_of_letters() {
    let commands =
        r#"{"type": "open", "at": "2026-11-20T09:00:00Z", "conversation": "c", "inbox": "main", "channel": "chat",
        "contact": {"id": "x\u202ey\u200b"}}"#
            .replace('\n', " ");
    let run = with_input(&["explain", "small.json", "-", "--conversation", "c"], commands.as_bytes());
    assert!(run.out.contains("from x\u{fffd}y\u{fffd}, who was not recognised"), "{}", run.out);
}
