//! Desks whose rules name scripts.

use crate::{frontdesk, shown};

/// The problems of a run whose input is wrong.
fn problems(arguments: &[&str]) -> Vec<String> {
    let run = frontdesk(arguments);
    assert_eq!((run.status, run.out.as_str()), (1, ""), "{arguments:?}");
    run.err.lines().map(str::to_owned).collect()
}

#[test]
fn rules_are_checked_against_the_scripts_of_a_folder() {
    assert_eq!(
        shown(&["check", "scripted.json", "--scripts", "guests"]),
        "scripted.json is sound: 2 agents, 0 teams, 1 inbox, 1 channel and 1 rule.\n"
    );
    assert_eq!(
        problems(&["check", "misnamed.json", "--scripts", "guests"]),
        [
            "misnamed.json:9:58: unknown_script at $.inboxes[0].channels[0].rules[0].steps[0].strategy.script: \
             there is no script \"by_rang\" (did you mean by_rank?)",
            "misnamed.json:10:80: unknown_parameter at $.inboxes[0].channels[0].rules[0].steps[1].strategy.params.sing: \
             the script has no parameter \"sing\" (did you mean sign?)",
        ]
    );
}

#[test]
fn a_script_that_no_rule_names_is_warned_of_by_its_file() {
    let run = frontdesk(&["check", "small.json", "--scripts", "guests"]);
    let unused = "unused: no step names the script \"by_rank\" \
                  (name it as \"strategy\": {\"script\": …} in a step, or take the file out)";
    assert_eq!((run.status, run.err), (0, format!("guests/by_rank.rhai: warning: {unused}\n")));
    assert!(run.out.ends_with(", with 1 warning.\n"), "{}", run.out);
    assert_eq!(
        problems(&["check", "small.json", "--scripts", "guests", "--strict"]),
        [format!("guests/by_rank.rhai: {unused}")]
    );
}

#[test]
fn a_rule_that_names_a_script_needs_a_folder_where_it_is_run() {
    let expected = "scripted.json:12:89: unknown_script at $.inboxes[0].channels[0].rules[0].steps[0].strategy.script: \
                    there is no script \"by_rank\" (name the folder of the scripts with --scripts)";
    assert_eq!(problems(&["check", "scripted.json"]), [expected]);
    assert_eq!(problems(&["replay", "scripted.json", "scripted.jsonl"]), [expected]);
    assert_eq!(problems(&["explain", "scripted.json", "scripted.jsonl", "--conversation", "c1"]), [expected]);
    // Who is available is no matter of scripts.
    let status = shown(&["status", "scripted.json", "--at", "2026-11-20T09:00:00Z", "--agent", "bo", "--json"]);
    assert!(status.starts_with(r#"{"agent":"bo","state":"available""#), "{status}");
}

#[test]
fn problems_of_scripts_come_with_their_place() {
    assert_eq!(
        problems(&["check", "scripted.json", "--scripts", "broken_scripts"]),
        [
            "broken_scripts/by_rank.rhai:1:4: unknown_hook: there is no hook \"scor\" (did you mean score?)",
            "broken_scripts/cut.rhai:3:1: invalid_script: Expecting ';' to terminate this statement",
        ]
    );
    assert_eq!(
        problems(&["check", "scripted.json", "--scripts", "nowhere"]),
        ["nowhere: cannot be read: there is no such file"]
    );
    assert_eq!(
        problems(&["check", "scripted.json", "--scripts", "empty"]),
        ["empty: there is no script in it, no file that ends in .rhai"]
    );
}

#[test]
fn scripts_decide_and_their_failures_are_told() {
    let arguments = ["replay", "scripted.json", "scripted.jsonl", "--scripts", "guests"];
    let events = shown(&[&arguments[..], &["--json"]].concat());
    let lines: Vec<&str> = events.lines().collect();
    assert_eq!(
        lines[1],
        r#"{"version":1,"seq":2,"at":"2026-11-20T09:00:00.000Z","type":"assigned","conversation":"c1","agent":"bo","rule":"ranked","step":1,"strategy":"script:by_rank"}"#
    );
    assert!(
        lines[3].contains(r#""type":"script_failed","conversation":"c2","rule":"ranked","step":1,"script":"by_rank""#)
    );
    assert!(lines[3].contains(r#""file":"by_rank.rhai","line":5,"column":49"#), "{}", lines[3]);
    let told = shown(&["explain", "scripted.json", "scripted.jsonl", "--scripts", "guests", "--conversation", "c2"]);
    assert!(told.contains("The script by_rank failed in score (by_rank.rhai, line 5): this one is"), "{told}");
}
