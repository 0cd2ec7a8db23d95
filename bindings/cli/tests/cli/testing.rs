//! `test`: tests of scripts, and the scripts that come with frontdesk.

use crate::{frontdesk, shown};

const OUTPUT: &str = r#"tested/own.rhai
  ok      in_the_file_of_the_script

tested/pick_first.test.rhai
  ok      it_picks_the_first
  FAILED  wrong_about_the_second
  FAILED  wrong_about_a_number
  FAILED  wrong_in_a_helper
  FAILED  wrong_from_the_start

FAILED  wrong_about_the_second
tested/pick_first.test.rhai:18:5
    assert_eq(got.agent, "bo", "bo is better")
    bo is better
      left   "anna"  got.agent
      right  "bo"
    log: looking at bo

FAILED  wrong_about_a_number
tested/pick_first.test.rhai:23:5
    assert(desk.spread(4).anna * 2 < 3)
      left   8  desk.spread(4).anna * 2
      right  3

FAILED  wrong_in_a_helper
tested/pick_first.test.rhai:4:5
    assert_eq(desk.holder(id), agent)
      left   ()  desk.holder(id)
      right  "anna"  agent
    called from holds (line 31, column 5)
    a script failed: pick_first.rhai:13:5: nobody in fallback: nobody is there

FAILED  wrong_from_the_start
tested/pick_first.test.rhai:35:5
    script_error: unknown_parameter at
    $.inboxes[0].channels[0].rules[0].steps[0].strategy.params.wnated: the
    script has no parameter "wnated" (did you mean wanted?)

COVERAGE                 HOOKS   LINES
tested/own.rhai         1 of 1  1 of 1
tested/pick_first.rhai  2 of 2  3 of 5
tested/pick_first.rhai: lines never run: 6–7

2 passed, 4 failed in 2 files
"#;

#[test]
fn a_person_reads_what_failed_and_why() {
    let run = frontdesk(&["test", "tested", "--coverage"]);
    assert_eq!((run.status, run.err.as_str()), (1, ""));
    assert_eq!(run.out, OUTPUT);
}

#[test]
fn tests_are_chosen_by_file_and_by_name() {
    let own = "tested/own.rhai\n  ok      in_the_file_of_the_script\n\n1 passed, 0 failed in 1 file\n";
    assert_eq!(shown(&["test", "tested", "--filter", "file_of"]), own);
    assert_eq!(shown(&["test", "tested", "--filter", "own"]), own);
    assert_eq!(shown(&["test", "tested/own.rhai"]), own);
    let one = frontdesk(&["test", "tested/pick_first.test.rhai", "--filter", "the_first", "--coverage"]);
    assert_eq!(
        (one.status, one.out.as_str()),
        (
            0,
            "tested/pick_first.test.rhai\n  ok      it_picks_the_first\n\n\
             COVERAGE                 HOOKS   LINES\ntested/pick_first.rhai  1 of 2  2 of 5\n\
             tested/pick_first.rhai:12: fallback was never called\n\
             tested/pick_first.rhai: lines never run: 6–7, 13\n\n1 passed, 0 failed in 1 file\n"
        )
    );
}

#[test]
fn a_program_reads_a_line_for_each_test() {
    let run = frontdesk(&["test", "tested", "--json", "--coverage"]);
    let lines: Vec<&str> = run.out.lines().collect();
    assert_eq!((run.status, lines.len()), (1, 8));
    assert_eq!(lines[0], r#"{"file":"tested/own.rhai","test":"in_the_file_of_the_script","result":"passed"}"#);
    assert_eq!(
        lines[2],
        concat!(
            r#"{"file":"tested/pick_first.test.rhai","test":"wrong_about_the_second","result":"failed","line":18,"column":5,"#,
            r#""message":"assert_eq(got.agent, \"bo\", \"bo is better\")","note":"bo is better","#,
            r#""values":[{"of":"got.agent","value":"\"anna\""},{"of":"\"bo\"","value":"\"bo\""}],"log":["looking at bo"]}"#,
        )
    );
    assert_eq!(
        lines[7],
        r#"{"file":"tested/pick_first.rhai","hooks":2,"never_called":[],"lines":5,"never_run":[6,7]}"#
    );
}

#[test]
fn what_cannot_be_run_is_a_problem() {
    for (arguments, expected) in [
        (&["test", "nowhere"][..], "nowhere: cannot be read: there is no such file\n"),
        (&["test", "broken_scripts"], "broken_scripts/by_rank.rhai:1:4: unknown_hook: "),
        (
            &["test", "untestable"],
            "untestable/a.test.rhai:2:15: invalid_script: there is no variable, parameter or constant `agnt`\n\
             untestable/b.test.rhai:1:18: invalid_script: ",
        ),
        (&["test", "guests"], "guests: there is no test in it (write fn test_… in a file that ends in .test.rhai)\n"),
        (&["test", "tested", "--filter", "nothing"], "tested: no test has \"nothing\" in its name\n"),
    ] {
        let run = frontdesk(arguments);
        assert_eq!((run.status, run.out.as_str()), (1, ""), "{arguments:?}");
        assert!(run.err.starts_with(expected), "{arguments:?}: {}", run.err);
    }
    assert_eq!(frontdesk(&["test"]).status, 2);
}

#[test]
fn a_test_without_end_fails() {
    let run = frontdesk(&["test", "endless"]);
    assert_eq!(run.status, 1);
    assert!(run.out.contains("over_budget: it ran over its budget of operations"), "{}", run.out);
    assert!(run.out.ends_with("1 passed, 1 failed in 1 file\n"), "{}", run.out);
}

/// All scripts that come with frontdesk: each has tests, they hold, and they reach every hook and line.
#[test]
fn the_scripts_that_come_along_hold_what_they_promise() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../scripts");
    // As the binary sees it, from the folder of the desks.
    let page = shown(&["test", "../../../../../scripts", "--coverage"]);
    let names = [
        "cost_ladder",
        "follow_the_sun",
        "language_match",
        "last_agent",
        "ramp_up",
        "skill_by_priority",
        "sticky_account_team",
        "vip_first",
    ];
    for name in names {
        assert!(page.contains(&format!("/{name}.test.rhai\n  ok ")), "{name}: {page}");
        let text = std::fs::read_to_string(format!("{folder}/{name}.rhai")).unwrap();
        assert!(text.starts_with("// ") && text.contains("\n// Hooks: "), "{name} says what it does");
        let constants = text.lines().zip(text.lines().skip(1)).filter(|(_, line)| line.starts_with("const "));
        constants.for_each(|(before, line)| assert!(before.starts_with("/// "), "{name}: {line}"));
    }
    assert!(!page.contains("never") && !page.contains("FAILED"), "{page}");
    assert_eq!(page.matches(".rhai  ").count(), names.len(), "{page}");
}

/// The index names every script, each with its hooks and all of its parameters.
#[test]
fn the_index_of_the_scripts_is_true() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../scripts");
    let index = std::fs::read_to_string(format!("{folder}/README.md")).unwrap();
    for entry in std::fs::read_dir(folder).unwrap() {
        let file = entry.unwrap().file_name().into_string().unwrap();
        // Neither tests nor the definitions for editors are scripts.
        let Some(name) = file.strip_suffix(".rhai").filter(|name| !name.contains('.')) else { continue };
        let text = std::fs::read_to_string(format!("{folder}/{file}")).unwrap();
        let row = index.lines().find(|line| line.contains(&format!("[`{name}`]({file})"))).expect(name);
        let listed =
            |names: &mut dyn Iterator<Item = &str>| names.map(|it| format!("`{it}`")).collect::<Vec<_>>().join(", ");
        let constants = text.lines().filter_map(|line| line.strip_prefix("const ")?.split(' ').next());
        assert!(row.ends_with(&format!("| {} |", listed(&mut constants.into_iter()))), "{row}");
        let hooks = text.lines().find_map(|line| line.strip_prefix("// Hooks: ")).unwrap().trim_end_matches('.');
        assert!(row.contains(&format!("| {} |", listed(&mut hooks.split(", ")))), "{row}");
    }
}
