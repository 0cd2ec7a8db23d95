//! `replay --compare`: the same commands under two sets of scripts.

use crate::{frontdesk, shown};

const ARGUMENTS: [&str; 7] = ["replay", "scripted.json", "others.jsonl", "--scripts", "guests", "--compare", "others"];

#[test]
fn a_person_reads_where_decisions_differ_and_what_that_does() {
    let expected = "\
A is guests, B is others.

Decisions differ  for 2 of 4 conversations, times of UTC

Fri 20 Nov 2026
09:00:00  c1  A  goes to bo (ranked, step 1, script by_rank, score -1)
              B  goes to anna (ranked, step 1, script by_rank, score 2)
09:05:00  c2  A  waits in the queue (ranked, step 1)
              B  goes to anna (ranked, step 1, script by_rank, score 2)

EFFECT                          A      B
assigned at once                2      3
assigned after a wait           1      1
never assigned                  1      0
median wait                   0 s    0 s
90 % waited at most         1 day  1 day
longest wait                1 day  1 day
most minus least per agent      1      2
evenness over agents         0.90   0.80
failures of scripts             1      0

AGENT  A  B  CHANGE
anna   1  3      +2
bo     2  1      −1
";
    assert_eq!(shown(&ARGUMENTS), expected);
}

#[test]
fn a_program_reads_a_line_for_each_difference_and_one_for_the_effect() {
    let expected = concat!(
        r#"{"conversation":"c1","#,
        r#""a":{"at":"2026-11-20T09:00:00.000Z","outcome":"assigned","to":"bo","rule":"ranked","step":1,"strategy":"script:by_rank","score":-1},"#,
        r#""b":{"at":"2026-11-20T09:00:00.000Z","outcome":"assigned","to":"anna","rule":"ranked","step":1,"strategy":"script:by_rank","score":2}}"#,
        "\n",
        r#"{"conversation":"c2","#,
        r#""a":{"at":"2026-11-20T09:05:00.000Z","outcome":"queued","rule":"ranked","step":1},"#,
        r#""b":{"at":"2026-11-20T09:05:00.000Z","outcome":"assigned","to":"anna","rule":"ranked","step":1,"strategy":"script:by_rank","score":2}}"#,
        "\n",
        r#"{"a":{"conversations":4,"at_once":2,"never":1,"wait_median":0,"wait_90":86700000,"wait_longest":86700000,"#,
        r#""most_minus_least":1,"evenness":0.9,"script_failures":1,"agents":{"anna":1,"bo":2}},"#,
        r#""b":{"conversations":4,"at_once":3,"never":0,"wait_median":0,"wait_90":86700000,"wait_longest":86700000,"#,
        r#""most_minus_least":2,"evenness":0.8,"script_failures":0,"agents":{"anna":3,"bo":1}}}"#,
        "\n",
    );
    assert_eq!(shown(&[&ARGUMENTS[..], &["--json"]].concat()), expected);
}

#[test]
fn the_same_scripts_decide_the_same() {
    let page = shown(&["replay", "scripted.json", "others.jsonl", "--scripts", "guests", "--compare", "guests"]);
    let start = "A is guests, B is guests.\n\nThe decisions are the same for all of 4 conversations.\n\nEFFECT";
    assert!(page.starts_with(start), "{page}");
    assert!(page.ends_with("anna   1  1       0\nbo     2  2       0\n"), "{page}");
}

#[test]
fn what_is_decided_later_is_told_with_its_time() {
    let arguments = ["replay", "waiting.json", "waiting.jsonl", "--scripts", "saturday", "--compare", "sunday"];
    let page = shown(&arguments);
    let told = "\
Sat 21 Nov 2026
09:30:00  c1  A  goes to bo (ranked, step 1, script by_rank, score 1)
              B  Sun 22 Nov 2026 10:00:00: goes to bo (ranked, step 1, script
                 by_rank, score 1)
";
    assert!(page.contains(told), "{page}");
    assert!(page.lines().all(|line| line.chars().count() <= 80), "{page}");
}

#[test]
fn both_sets_have_to_be_sound() {
    let run =
        frontdesk(&["replay", "scripted.json", "others.jsonl", "--scripts", "guests", "--compare", "broken_scripts"]);
    assert_eq!((run.status, run.out.as_str()), (1, ""));
    assert!(run.err.starts_with("broken_scripts/by_rank.rhai:1:4: unknown_hook"), "{}", run.err);
    let run = frontdesk(&["replay", "scripted.json", "others.jsonl", "--scripts", "guests", "--compare", "tested"]);
    assert!(run.err.starts_with("scripted.json:12:89: unknown_script"), "{}", run.err);
    let run = frontdesk(&["replay", "scripted.json", "others.jsonl", "--compare", "others"]);
    assert_eq!(run.status, 2, "what is it compared with?");
    let run = frontdesk(&["replay", "-", "-", "--scripts", "guests", "--compare", "others"]);
    assert_eq!(run.status, 2);
}
