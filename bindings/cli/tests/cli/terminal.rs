//! The look of the output: width, colours, and a reader who stops reading.

use std::io::Read;

use unicode_width::UnicodeWidthStr;

use crate::{command, frontdesk, with_input};

/// A desk whose ids, names and notes are as long as they may be, and take two columns a character.
fn wide_desk() -> String {
    let [agent, other, team, channel, rule] = ["代", "理", "組", "話", "則"].map(|sign| sign.repeat(200));
    let note = "休 ".repeat(300);
    format!(
        r#"{{"version": 1, "time_zone": "America/Argentina/ComodRivadavia",
        "teams": [{{"id": "{team}"}}],
        "agents": [{{"id": "{agent}", "team": "{team}", "out_of_office": [
                       {{"first_day": "2026-11-21", "last_day": "2199-12-30", "note": "{note}"}}]}},
                   {{"id": "{other}", "team": "{team}", "time_zone": "America/North_Dakota/New_Salem",
                     "working_hours": [{{"days": ["mon"], "start": "09:00", "end": "17:00"}}]}}],
        "inboxes": [{{"id": "{team}", "channels": [{{"id": "{channel}", "kind": "chat",
            "rules": [{{"id": "{rule}", "steps": [{{"assign_to": "everyone", "wait": "10m"}}]}}],
            "visitor": {{"availability": "team_status", "when_away": {{"message": "{note}"}}}}}}]}}]}}"#
    )
}

fn wide_commands() -> String {
    let [agent, inbox, channel, conversation] = ["代", "組", "話", "客"].map(|sign| sign.repeat(200));
    format!(
        r#"{{"type": "open", "at": "2026-11-20T09:00:00Z", "conversation": "{conversation}", "inbox": "{inbox}", "channel": "{channel}"}}
{{"type": "snooze", "at": "2026-11-20T09:01:00Z", "conversation": "{conversation}", "until": "2199-11-20T09:00:00Z"}}
{{"type": "close", "at": "2026-11-20T09:02:00Z", "conversation": "{agent}"}}
{{"type": "open", "at": "2026-11-21T09:00:00Z", "conversation": "{conversation}2", "inbox": "{inbox}", "channel": "{channel}"}}
{{"type": "advance", "at": "2026-11-21T10:00:00Z"}}"#
    )
}

#[test]
fn everything_fits_80_columns_whatever_the_ids() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR"));
    let (desk, commands) = (folder.join("wide.json"), folder.join("wide.jsonl"));
    std::fs::write(&desk, wide_desk()).unwrap();
    std::fs::write(&commands, wide_commands()).unwrap();
    let (desk, commands) = (desk.to_str().unwrap(), commands.to_str().unwrap());
    let [agent, inbox, channel, conversation] = ["代", "組", "話", "客"].map(|sign| sign.repeat(200));
    for arguments in [
        &["status", desk, "--at", "2026-11-21T09:00:00.123Z"][..],
        &["schedule", desk, "--agent", &agent, "--start", "2026-11-20T09:00:01Z", "--end", "2199-12-31T09:00:59Z"],
        &["visitor", desk, "--inbox", &inbox, "--channel", &channel, "--at", "2026-11-21T09:00:00Z"],
        &["replay", desk, commands],
        &["replay", desk, commands, "--explain"],
        &["explain", desk, commands, "--conversation", &conversation],
    ] {
        let run = frontdesk(arguments);
        assert_eq!((run.status, run.err.as_str()), (0, ""), "{arguments:?}");
        assert!(run.out.lines().count() > 2, "{}", run.out);
        for line in run.out.lines() {
            assert!(line.width() <= 80, "{} columns: {line}\n{}", line.width(), arguments[0]);
        }
    }
}

/// All verbs, and the command line itself.
const VERBS: [&str; 33] = [
    "",
    "check",
    "status",
    "schedule",
    "coverage",
    "working-time",
    "visitor",
    "publish",
    "table",
    "inboxes",
    "queue",
    "place",
    "conversations",
    "view",
    "why",
    "may",
    "ask",
    "replay",
    "explain",
    "test",
    "import",
    "export",
    "log",
    "log create",
    "log handle",
    "log verify",
    "log snapshot",
    "log compact",
    "log erase",
    "log export",
    "log import",
    "log migrate",
    "schema",
];

#[test]
fn help_fits_80_columns_and_ends_with_what_all_verbs_share() {
    for verb in VERBS {
        for help in ["-h", "--help"] {
            let arguments: Vec<&str> = verb.split_whitespace().chain([help]).collect();
            let run = frontdesk(&arguments);
            assert_eq!((run.status, run.err.as_str()), (0, ""));
            for line in run.out.lines() {
                assert!(line.width() <= 80, "{} columns: {line}\n{verb}", line.width());
            }
            let options = run.out.lines().map(str::trim_start).filter(|line| line.starts_with('-'));
            let names: Vec<&str> = options.filter_map(|line| line.split([' ', ',']).next()).collect();
            let shared = names.iter().position(|name| *name == "--zoneinfo").unwrap();
            assert_eq!(names.get(shared + 1), Some(&"-h"), "{}", run.out);
        }
    }
}

#[test]
fn there_is_no_colour_in_a_pipe() {
    for arguments in [
        &["status", "small.json", "--at", "2026-11-20T09:00:00Z"][..],
        &["replay", "small.json", "day.jsonl"],
        &["explain", "small.json", "day.jsonl", "--conversation", "c2"],
        &["status", "small.json", "--at", "nonsense"],
    ] {
        let run = frontdesk(arguments);
        assert!(!run.out.contains('\u{1b}') && !run.err.contains('\u{1b}'), "{}{}", run.out, run.err);
    }
}

#[test]
fn no_color_is_stronger_than_a_wish_for_colour() {
    let status = ["status", "small.json", "--at", "2026-11-20T09:00:00Z"];
    let colourful = command(&status).env("CLICOLOR_FORCE", "1").output().unwrap().stdout;
    assert!(colourful.contains(&0x1b));
    let plain = command(&status).env("CLICOLOR_FORCE", "1").env("NO_COLOR", "1").output().unwrap().stdout;
    assert_eq!(String::from_utf8(plain).unwrap(), frontdesk(&status).out);
}

#[test]
fn a_reader_who_has_seen_enough_is_no_failure() {
    // More than a pipe holds, so that the rest cannot be written any more.
    let command_lines: String = (0..3000)
        .map(|n| {
            format!(
                "{{\"type\": \"open\", \"at\": \"2026-11-20T09:00:00Z\", \"conversation\": \"c{n}\", \
                 \"inbox\": \"main\", \"channel\": \"form\"}}\n"
            )
        })
        .collect();
    let commands = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("many.jsonl");
    std::fs::write(&commands, command_lines).unwrap();
    for format in ["--json", "--explain"] {
        let mut child = command(&["replay", "small.json", commands.to_str().unwrap(), format]).spawn().unwrap();
        let mut first = [0; 10];
        let mut out = child.stdout.take().unwrap();
        out.read_exact(&mut first).unwrap();
        drop(out);
        let end = child.wait_with_output().unwrap();
        assert_eq!((end.status.code(), end.stderr.as_slice()), (Some(0), &b""[..]), "{format}");
    }
}

#[test]
fn a_note_cannot_move_the_cursor() {
    let desk = br#"{"version": 1, "time_zone": "UTC", "agents": [{"id": "anna", "out_of_office": [
        {"first_day": "2026-11-20", "last_day": "2026-11-20", "note": "\u001b[2Jgone\u0007"}]}]}"#;
    let run = with_input(&["status", "-", "--at", "2026-11-20T09:00:00Z"], desk);
    assert!(run.out.contains("out of office: \u{fffd}[2Jgone\u{fffd}"), "{}", run.out);
}
