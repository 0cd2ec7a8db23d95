//! The commands that the README of `examples/inbox` shows, run as it says.

use std::path::Path;

use super::shown;

const README: &str = include_str!("../../../../examples/inbox/README.md");

/// Runs a command of the README, with the files of the example.
fn run(arguments: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let arguments = arguments.split(' ').map(|argument| match argument.strip_prefix("examples/") {
        Some(file) => root.join("examples").join(file).to_string_lossy().into_owned(),
        None => argument.to_owned(),
    });
    let arguments: Vec<String> = arguments.collect();
    shown(&arguments.iter().map(String::as_str).collect::<Vec<_>>())
}

#[test]
fn the_commands_of_the_readme_work() {
    let commands: Vec<&str> = README.lines().filter_map(|line| line.strip_prefix("target/lean/frontdesk ")).collect();
    let verbs: Vec<&str> = commands.iter().filter_map(|command| command.split(' ').next()).collect();
    assert_eq!(verbs, ["check", "status", "schedule", "visitor", "replay", "explain"]);
    for command in commands {
        assert!(!run(command).is_empty(), "{command}");
    }
}

#[test]
fn the_desk_is_sound() {
    let said = run("check examples/inbox/desk.json");
    assert!(said.ends_with(" is sound: 13 agents, 4 teams, 3 inboxes, 8 channels and 13 rules.\n"), "{said}");
}

/// The statements of the README about the answers.
#[test]
fn the_answers_are_those_the_readme_tells() {
    let status = run("status examples/inbox/desk.json --at 2026-11-26T17:00:00Z --json");
    for off in ["jonas", "leo", "nora"] {
        assert!(status.contains(&format!(r#"{{"agent":"{off}","state":"away","reason":"holiday""#)), "{off}");
    }
    let visitor = run("visitor examples/inbox/desk.json --inbox care --channel phone --at 2026-11-24T15:30:00Z --json");
    assert!(visitor.contains(r#""state":"closed""#) && visitor.contains(r#""until":"2026-11-25T08:00:00.000Z""#));
    let story = run("explain examples/inbox/desk.json examples/inbox/week.jsonl --conversation chat-6");
    assert!(story.contains("as Maja Holm became away (set"), "{story}");
}
