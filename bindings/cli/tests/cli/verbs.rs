//! The questions that have a verb, the instants that can be asked about, and the desk after commands.

use crate::{command, frontdesk, shown, with_input};

/// Runs a verb on the small desk as its day leaves it.
fn after_the_day(arguments: &[&str]) -> String {
    shown(&[&arguments[..1], &["small.json", "--after", "day.jsonl"], &arguments[1..]].concat())
}

#[test]
fn at_takes_the_wall_clock_of_the_desk() {
    let at = |at: &str| shown(&["status", "small.json", "--json", "--at", at]);
    assert_eq!(at("2026-11-20 17:30"), at("2026-11-20T16:30:00Z"));
    assert_eq!(at("2026-11-20T17:30"), at("2026-11-20T17:30:00+01:00"));
    assert_eq!(at("2026-11-20"), at("2026-11-19T23:00:00Z"));
    assert_eq!(at("now").lines().count(), 3);
}

#[test]
fn a_wall_clock_time_that_comes_twice_or_never_is_refused() {
    for (at, said) in [
        ("2026-10-25 02:30", "comes twice, at 2026-10-25T00:30:00.000Z and at 2026-10-25T01:30:00.000Z"),
        ("2026-03-29 02:30", "is skipped by a change of the clocks"),
        ("2026-11-20T09:00:00 UTC", "write 2026-11-20T17:30:00Z, 2026-11-20 17:30 or now"),
    ] {
        let run = frontdesk(&["status", "small.json", "--at", at]);
        assert_eq!((run.status, run.out.as_str()), (2, ""), "{at}");
        assert!(run.err.contains(said), "{}", run.err);
    }
}

#[test]
fn coverage_counts_in_spans_in_steps_and_by_team() {
    let range = ["--start", "2026-11-20 09:00", "--end", "2026-11-20 18:00"];
    let coverage = |rest: &[&str]| shown(&[&["coverage", "small.json"], &range[..], rest].concat());
    assert_eq!(
        coverage(&["--json"]),
        r#"{"start":"2026-11-20T08:00:00.000Z","end":"2026-11-20T15:00:00.000Z","available":1}
{"start":"2026-11-20T15:00:00.000Z","end":"2026-11-20T16:00:00.000Z","available":2}
{"start":"2026-11-20T16:00:00.000Z","end":"2026-11-20T17:00:00.000Z","available":1}
"#
    );
    assert_eq!(
        coverage(&["--step", "3h"]),
        "\
Who is available  from Fri 20 Nov 2026 09:00:00 Europe/Stockholm

FROM                      AVAILABLE  AT LEAST
Fri 20 Nov 2026 09:00:00          1         1
Fri 20 Nov 2026 12:00:00          1         1
Fri 20 Nov 2026 15:00:00          1         1
"
    );
    let by_team = coverage(&["--by-team", "--json"]);
    assert!(by_team.starts_with(r#"{"team":"support","start":"2026-11-20T08:00:00.000Z""#), "{by_team}");
    assert_eq!(coverage(&["--team", "support", "--json"]), coverage(&["--json"]), "cy is deactivated");
}

/// Whoever could not take a conversation is called by their name, where they have one.
#[test]
fn why_names_the_agents() {
    let inbox = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/inbox");
    let [desk, week] = ["desk.json", "week.jsonl"].map(|name| format!("{inbox}/{name}"));
    let page = shown(&["why", &desk, "--after", &week, "--conversation", "chat-11"]);
    assert!(page.contains("Ingrid Lindqvist") && !page.contains("ingrid"), "{page}");
}

#[test]
fn coverage_says_who() {
    let range = ["--start", "2026-11-20 09:00", "--end", "2026-11-20 18:00"];
    let coverage = |rest: &[&str]| shown(&[&["coverage", "small.json", "--who"], &range[..], rest].concat());
    assert_eq!(
        coverage(&[]),
        "\
Who is available  from Fri 20 Nov 2026 09:00:00 Europe/Stockholm

FROM                         TO  AVAILABLE  WHO
Fri 20 Nov 2026 09:00:00  16:00          1  anna
Fri 20 Nov 2026 16:00:00  17:00          2  anna, bo
Fri 20 Nov 2026 17:00:00  18:00          1  bo
"
    );
    let steps = coverage(&["--step", "6h", "--json"]);
    assert_eq!(
        steps.lines().next(),
        Some(
            r#"{"start":"2026-11-20T08:00:00.000Z","end":"2026-11-20T14:00:00.000Z","available":1,"least":1,"agents":["anna"]}"#
        )
    );
    assert!(coverage(&["--step", "3h"]).contains("Fri 20 Nov 2026 15:00:00          1         1  anna\n"));
}

#[test]
fn working_time_gives_the_one_of_three_that_is_not_said() {
    let asked = |rest: &[&str]| shown(&[&["working-time", "small.json", "--json", "--agent", "anna"], rest].concat());
    let [start, end] = ["2026-11-20 16:00", "2026-11-23 13:00"];
    let answer = "{\"start\":\"2026-11-20T15:00:00.000Z\",\"end\":\"2026-11-23T12:00:00.000Z\",\"time\":\"2h\"}\n";
    assert_eq!(asked(&["--start", start, "--end", end]), answer);
    assert_eq!(asked(&["--start", start, "--time", "2h"]), answer);
    assert_eq!(
        asked(&["--end", end, "--time", "2h"]),
        "{\"start\":\"2026-11-20T15:00:00.000Z\",\"end\":\"2026-11-23T12:00:00.000Z\",\"time\":\"2h\"}\n"
    );
    let sentence = shown(&[
        "working-time",
        "small.json",
        "--inbox",
        "main",
        "--channel",
        "chat",
        "--start",
        "2026-11-20 17:00",
        "--time",
        "90m",
    ]);
    assert_eq!(
        sentence,
        "1 h 30 min of working time of main / chat from Fri 20 Nov 2026 17:00:00 Europe/Stockholm \
         to Mon 23 Nov 2026 08:30:00 Europe/Stockholm\n"
    );
    let run = frontdesk(&["working-time", "small.json", "--agent", "anna", "--start", start]);
    assert_eq!((run.status, run.out.as_str()), (2, ""));
}

#[test]
fn the_desk_is_asked_as_commands_leave_it() {
    let all = after_the_day(&["conversations", "--json"]);
    assert!(all.lines().count() > 1, "{all}");
    let closed = after_the_day(&["conversations", "--json", "--state", "closed"]);
    assert!(closed.lines().count() > 0 && closed.lines().all(|line| line.contains(r#""state":"closed""#)), "{closed}");
    let one = after_the_day(&["conversations", "--json", "--conversation", "c2"]);
    assert!(all.contains(&one) && one.lines().count() == 1, "{one}");
    assert_eq!(shown(&["conversations", "small.json"]), "Conversations\n\nThere are none.\n");

    let early =
        br#"{"type": "open", "at": "2026-11-20T05:00:00Z", "conversation": "n1", "inbox": "main", "channel": "chat"}"#;
    let ask = |arguments: &[&str]| {
        let run = with_input(&[&arguments[..1], &["small.json", "--after", "-"], &arguments[1..]].concat(), early);
        assert_eq!((run.status, run.err.as_str()), (0, ""), "{arguments:?}");
        run.out
    };
    assert_eq!(ask(&["ask", r#"{"ask": "queue"}"#]), "[\"n1\"]\n");
    assert!(ask(&["queue"]).contains("n1            queued"), "{}", ask(&["queue"]));
    assert!(ask(&["place", "--conversation", "n1"]).contains("It is number 1 of 1 that compete for the same people."));
    assert_eq!(ask(&["place", "--conversation", "n1", "--json"]), "{\"place\":1,\"of\":1}\n");
    let why = ask(&["why", "--conversation", "n1"]);
    assert!(why.contains("Step 1: anna (away, outside working hours until 09:00)"), "{why}");
    let table = ask(&["table", "--at", "2026-11-20 10:00", "--state", "available"]);
    assert!(table.contains("\n1 of 1 available\n") && table.contains("anna"), "{table}");
}

/// A desk in which bo sees an inbox without access to it.
const CLAIMS: &[u8] = br#"{"version": 1, "time_zone": "UTC",
    "agents": [{"id": "anna", "name": "Anna Berg"}, {"id": "bo", "permissions": ["account_access"]}],
    "inboxes": [{"id": "main", "name": "Main"}, {"id": "claims", "access": {"agents": ["anna"]}}]}"#;

#[test]
fn inboxes_of_an_agent() {
    let run = with_input(&["inboxes", "-", "--agent", "bo"], CLAIMS);
    assert_eq!((run.status, run.err.as_str()), (0, ""));
    let page = "bo\n\nINBOX   ACCESS\nMain    has access\nclaims  sees it\n\naccess to 1 of 2 inboxes\n";
    assert_eq!(run.out, page);
    let json = with_input(&["inboxes", "-", "--agent", "bo", "--json"], CLAIMS).out;
    assert_eq!(json, "{\"access\":[\"main\"],\"sees\":[\"main\",\"claims\"]}\n");
    let unknown = with_input(&["inboxes", "-", "--agent", "b"], CLAIMS);
    assert!(unknown.status == 2 && unknown.err.contains("there is no agent \"b\""), "{}", unknown.err);
}

#[test]
fn rows_of_the_table_name_inboxes() {
    let ask = ["table", "-", "--at", "2026-11-20T09:00:00Z"];
    let page = with_input(&ask, CLAIMS);
    assert_eq!((page.status, page.err.as_str()), (0, ""));
    assert!(!page.out.contains("INBOXES"), "there is no room in 80 columns\n{}", page.out);
    let json = with_input(&[&ask[..], &["--json"]].concat(), CLAIMS).out;
    let named: Vec<bool> = json.lines().map(|row| row.ends_with(r#","inboxes":["main","claims"]}"#)).collect();
    assert!(named == [true, false] && json.contains(r#","inboxes":["main"]}"#), "{json}");
    let path = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("claims.json");
    std::fs::write(&path, CLAIMS).unwrap();
    let mut wide = command(&["table", path.to_str().unwrap(), "--at", "2026-11-20T09:00:00Z"]);
    let wide = String::from_utf8(wide.env("COLUMNS", "100").output().unwrap().stdout).unwrap();
    assert!(wide.contains("any number  Main, claims\n"), "{wide}");
}

#[test]
fn a_filter_that_the_document_saves() {
    let desk = String::from_utf8(CLAIMS.to_vec()).unwrap();
    let saved = r#""table_filters": [{"id": "claims-people", "filter": {"inbox": "claims"}}], "inboxes""#;
    let desk = desk.replace(r#""inboxes""#, saved);
    let ask = |more: &[&str]| {
        with_input(&[&["table", "-", "--at", "2026-11-20T09:00:00Z", "--json"], more].concat(), desk.as_bytes())
    };
    let run = ask(&["--filter", "claims-people"]);
    assert_eq!((run.status, run.err.as_str()), (0, ""));
    assert_eq!(run.out, ask(&["--inbox", "claims"]).out);
    let unknown = ask(&["--filter", "claim-people"]);
    assert!(unknown.status == 2 && unknown.err.contains("there is no filter \"claim-people\""), "{}", unknown.err);
    let both = ask(&["--filter", "claims-people", "--inbox", "main"]);
    assert!(both.status == 2 && both.err.contains("cannot be used with"), "{}", both.err);
}

#[test]
fn commands_that_cannot_be_read_are_problems_of_their_file() {
    let run = with_input(&["status", "small.json", "--at", "now", "--after", "-"], b"{\"type\": \"advance\"}\n");
    assert_eq!((run.status, run.out.as_str()), (1, ""));
    assert!(run.err.starts_with("<stdin>:1:"), "{}", run.err);
    let run = with_input(&["status", "-", "--at", "now", "--after", "-"], b"");
    assert_eq!(run.status, 2);
}

#[test]
fn a_question_has_its_problems_told() {
    let run = frontdesk(&["ask", "small.json", r#"{"ask": "status", "agent": "ana", "at": "2026-11-20T09:00:00Z"}"#]);
    assert_eq!((run.status, run.out.as_str()), (1, ""));
    assert!(run.err.contains("unknown_agent at $.agent") && run.err.contains("did you mean anna?"), "{}", run.err);
}

#[test]
fn shells_are_told_the_verbs() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = shown(&["completions", shell]);
        assert!(script.contains("working") && script.contains("after"), "{shell}");
    }
}

/// The texts of a page, without the requests of roff.
fn read(page: &str) -> String {
    page.replace("\\-", "-").replace("\\fB", "").replace("\\fI", "").replace("\\fR", "")
}

#[test]
fn the_manual_has_a_page_for_the_program_and_each_verb() {
    let page = read(&shown(&["man"]));
    assert!(page.contains(".TH frontdesk 1 ") && page.contains("frontdesk-status(1)"), "{page}");

    let temporary = tempfile::tempdir().unwrap();
    let folder = temporary.path().join("man/man1");
    assert_eq!(shown(&["man", "--to", folder.to_str().unwrap()]), "");
    let help = shown(&["--help"]);
    let verbs = help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    let verbs: Vec<&str> = verbs.filter_map(|line| line.split_whitespace().next()).filter(|it| *it != "help").collect();
    assert!(verbs.contains(&"status") && verbs.contains(&"man"), "{help}");
    for verb in verbs.iter().copied().chain(["log-create"]) {
        let page = read(&std::fs::read_to_string(folder.join(format!("frontdesk-{verb}.1"))).unwrap());
        assert!(page.contains(&format!(".TH frontdesk-{verb} 1 ")), "{page}");
    }
    let status = read(&std::fs::read_to_string(folder.join("frontdesk-status.1")).unwrap());
    assert!(status.contains("--at") && status.contains("The desk document"), "{status}");
}

#[test]
fn a_manual_that_cannot_be_written_is_a_failure() {
    let temporary = tempfile::tempdir().unwrap();
    let file = temporary.path().join("taken");
    std::fs::write(&file, "").unwrap();
    let run = frontdesk(&["man", "--to", file.to_str().unwrap()]);
    assert_eq!((run.status, run.out.as_str()), (1, ""));
    assert!(run.err.starts_with(file.to_str().unwrap()), "{}", run.err);
}

#[test]
fn people_have_names() {
    let desk = br#"{"version": 1, "time_zone": "UTC", "agents": [{"id": "a1", "name": "Anna Berg"},
        {"id": "c1", "name": "Cy"}, {"id": "c2", "name": "Cy"}]}"#;
    let run = with_input(&["status", "-", "--at", "2026-11-20T09:00:00Z"], desk);
    let shown: Vec<&str> = run.out.lines().skip(3).take(3).filter_map(|line| line.split("  ").next()).collect();
    assert_eq!(shown, ["Anna Berg", "Cy (c1)", "Cy (c2)"]);
}

#[test]
fn stories_tell_names() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR"));
    let desk = folder.join("named.json");
    let document = r#"{"version": 1, "time_zone": "UTC", "agents": [{"id": "a1", "name": "Anna Berg"}],
        "inboxes": [{"id": "i1", "name": "Main inbox", "channels": [{"id": "chat", "kind": "chat",
            "rules": [{"id": "all", "steps": [{"assign_to": "everyone"}]}]}]}]}"#;
    std::fs::write(&desk, document).unwrap();
    let commands =
        br#"{"type": "open", "at": "2026-11-20T09:00:00Z", "conversation": "c", "inbox": "i1", "channel": "chat"}
{"type": "put_agent", "at": "2026-11-20T09:01:00Z", "agent": "b1", "entry": {"id": "b1", "name": "Bo Ek"}}
{"type": "assign", "at": "2026-11-20T09:02:00Z", "conversation": "c", "to": {"agent": "b1"}, "by": "b1"}
"#;
    let run = |arguments: &[&str]| {
        with_input(&[&arguments[..1], &[desk.to_str().unwrap(), "-"], &arguments[1..]].concat(), commands).out
    };
    let story = run(&["explain", "--conversation", "c"]);
    for told in ["It arrived in Main inbox by chat.", "It went to Anna Berg at once", "Bo Ek took it by hand."] {
        assert!(story.contains(told), "{told}: {story}");
    }
    let lines = run(&["replay"]);
    assert!(lines.contains("arrives in Main inbox") && lines.contains("goes to Anna Berg"), "{lines}");
    let json = run(&["replay", "--json"]);
    assert!(json.contains(r#""agent":"a1""#) && !json.contains("Anna"), "{json}");
}

#[test]
fn a_pipe_gets_everything_uncut_and_a_terminal_what_fits() {
    let name = "n".repeat(100);
    let desk = format!(
        r#"{{"version": 1, "time_zone": "America/Argentina/ComodRivadavia", "agents": [{{"id": "{name}"}},
        {{"id": "b", "time_zone": "America/North_Dakota/New_Salem"}}]}}"#
    );
    let run = |columns: Option<&str>| {
        let path = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("long.json");
        std::fs::write(&path, &desk).unwrap();
        let mut command = command(&["status", path.to_str().unwrap(), "--at", "2026-11-20T09:00:00Z"]);
        match columns {
            Some(columns) => command.env("COLUMNS", columns),
            None => command.env_remove("COLUMNS"),
        };
        String::from_utf8(command.output().unwrap().stdout).unwrap()
    };
    assert!(run(None).contains(&name) && run(None).contains("America/North_Dakota/New_Salem"));
    let widest = |columns| run(Some(columns)).lines().map(|line| line.chars().count()).max().unwrap();
    assert!(widest("80") <= 80);
    assert!((81..=120).contains(&widest("120")));
}
