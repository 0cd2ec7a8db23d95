//! `check`, `status`, `schedule`, `visitor` and `schema`.

use crate::{shown, with_input};

#[test]
fn check_says_what_a_sound_desk_holds() {
    assert_eq!(
        shown(&["check", "small.json"]),
        "small.json is sound: 3 agents, 1 team, 1 inbox, 3 channels and 2 rules.\n"
    );
}

#[test]
fn status_is_a_table_in_the_zones_of_the_agents() {
    assert_eq!(
        shown(&["status", "small.json", "--at", "2026-11-20T09:00:00Z"]),
        "\
Who is available  Fri 20 Nov 2026 10:00:00 Europe/Stockholm

AGENT  STATE      WHY                    UNTIL            ZONE
anna   available  working hours          17:00, in 7 h    Europe/Stockholm
bo     away       outside working hours  09:00, in 6 h    America/Chicago
cy     away       deactivated            no end in sight  Europe/Stockholm

1 of 3 available
"
    );
}

#[test]
fn status_names_the_zone_once_where_there_is_one() {
    assert_eq!(
        shown(&["status", "small.json", "--at", "2026-11-20T23:00:00+01:00", "--agent", "bo"]),
        "\
Who is available  Fri 20 Nov 2026 16:00:00 America/Chicago

AGENT  STATE      WHY            UNTIL
bo     available  working hours  17:00, in 1 h

1 of 1 available
"
    );
}

#[test]
fn status_as_json_has_its_keys_in_order() {
    assert_eq!(
        shown(&["status", "small.json", "--at", "2026-11-23T09:00:00Z", "--json"]),
        r#"{"agent":"anna","state":"away","reason":"out_of_office","since":"2026-11-23T08:00:00.000Z","until":"2026-11-23T11:00:00.000Z","note":"Dentist"}
{"agent":"bo","state":"away","reason":"outside_working_hours","since":"2026-11-20T23:00:00.000Z","until":"2026-11-23T15:00:00.000Z"}
{"agent":"cy","state":"away","reason":"deactivated","since":null,"until":null}
"#
    );
    assert_eq!(
        shown(&["status", "small.json", "--at", "2026-11-20T10:00:00Z", "--json", "--agent", "anna"]),
        "{\"agent\":\"anna\",\"state\":\"available\",\"reason\":\"working_hours\",\
         \"since\":\"2026-11-20T08:00:00.000Z\",\"until\":\"2026-11-20T16:00:00.000Z\"}\n"
    );
}

#[test]
fn schedule_is_a_table_of_spans() {
    let asked = [
        "schedule",
        "small.json",
        "--agent",
        "anna",
        "--start",
        "2026-11-22T23:00:00Z",
        "--end",
        "2026-11-24T12:00:00Z",
    ];
    assert_eq!(
        shown(&asked),
        "\
anna  from Mon 23 Nov 2026 00:00:00 Europe/Stockholm

            FROM         TO  FOR   STATE      WHY
Mon 23 Nov 00:00      09:00  9 h   away       outside working hours
           09:00      12:00  3 h   away       out of office
           12:00      17:00  5 h   available  working hours
           17:00  Tue 09:00  16 h  away       outside working hours
Tue 24 Nov 09:00      13:00  4 h   available  working hours

available for 9 h of 1 day 13 h
"
    );
}

#[test]
fn schedule_as_json_is_clipped_to_the_range() {
    let asked =
        |start, end| shown(&["schedule", "small.json", "--agent", "anna", "--start", start, "--end", end, "--json"]);
    assert_eq!(
        asked("2026-11-23T10:00:00Z", "2026-11-23T12:00:00Z"),
        r#"{"start":"2026-11-23T10:00:00.000Z","end":"2026-11-23T11:00:00.000Z","state":"away","reason":"out_of_office"}
{"start":"2026-11-23T11:00:00.000Z","end":"2026-11-23T12:00:00.000Z","state":"available","reason":"working_hours"}
"#
    );
    assert_eq!(asked("2026-11-23T10:00:00Z", "2026-11-23T10:00:00Z"), "");
}

#[test]
fn an_empty_range_is_said_to_be_empty() {
    let at = "2026-11-22T23:00:00Z";
    assert_eq!(
        shown(&["schedule", "small.json", "--agent", "anna", "--start", at, "--end", at]),
        "\
anna  from Mon 23 Nov 2026 00:00:00 Europe/Stockholm

The range is empty: it ends where it starts.
"
    );
}

#[test]
fn a_schedule_may_end_with_the_last_instant() {
    let asked = ["schedule", "small.json", "--agent", "cy", "--start", "2199-12-31T00:00:00Z", "--json", "--end"];
    assert_eq!(
        shown(&[&asked[..], &["2200-01-01T00:00:00Z"]].concat()),
        "{\"start\":\"2199-12-31T00:00:00.000Z\",\"end\":\"2200-01-01T00:00:00.000Z\",\
         \"state\":\"away\",\"reason\":\"deactivated\"}\n"
    );
}

#[test]
fn a_visitor_sees_who_is_there() {
    let asked = ["visitor", "small.json", "--inbox", "main", "--channel", "chat", "--at"];
    assert_eq!(
        shown(&[&asked[..], &["2026-11-20T09:00:00Z"]].concat()),
        "\
main / chat  Fri 20 Nov 2026 10:00:00 Europe/Stockholm

A VISITOR
sees             online
until            18:00, in 8 h
gets a reply in  a few minutes
is shown         anna, bo
"
    );
    assert_eq!(
        shown(&[&asked[..], &["2026-11-20T19:00:00Z"]].concat()),
        "\
main / chat  Fri 20 Nov 2026 20:00:00 Europe/Stockholm

A VISITOR
sees           closed
until          Mon 08:00, in 2 days 12 h
finds someone  Mon 12:00, in 2 days 16 h
reads          We are closed.
is shown       anna, bo
"
    );
    assert_eq!(
        shown(&[&asked[..], &["2026-11-20T19:00:00Z", "--json"]].concat()),
        "{\"state\":\"closed\",\"message\":\"We are closed.\",\
         \"until\":\"2026-11-23T07:00:00.000Z\",\"opens_at\":\"2026-11-23T11:00:00.000Z\",\
         \"shows\":{\"agents\":[\"anna\",\"bo\"]}}\n"
    );
}

#[test]
fn a_visitor_who_is_known_finds_their_owner() {
    let desk = br#"{"version": 1, "time_zone": "UTC",
        "agents": [{"id": "anna"}, {"id": "bo", "working_hours": []}],
        "inboxes": [{"id": "main", "channels": [{"id": "chat", "kind": "chat",
            "rules": [{"id": "r", "steps": [{"assign_to": "contact_owner"}]}]}]}]}"#;
    let state = |who: &[&str]| {
        let asked = ["visitor", "-", "--inbox", "main", "--channel", "chat", "--at", "2026-11-20T09:00:00Z", "--json"];
        let run = with_input(&[&asked[..], who].concat(), desk);
        assert_eq!(run.status, 0, "{}", run.err);
        run.out.split('"').nth(3).unwrap_or_default().to_owned()
    };
    for (who, expected) in [
        (&[][..], "online"),
        (&["--owner", "anna", "--known"], "online"),
        (&["--owner", "bo", "--known"], "away"),
        (&["--visitor", "x", "--known"], "away"),
    ] {
        assert_eq!(state(who), expected, "{who:?}");
    }
}

#[test]
fn a_visitor_is_told_in_a_language_they_speak() {
    let desk =
        br#"{"version": 1, "time_zone": "UTC", "inboxes": [{"id": "main", "channels": [{"id": "chat", "kind": "chat",
        "visitor": {"availability": "always", "reply_time": {"en": "a few minutes", "sv": "nagra minuter"}}}]}]}"#;
    let told = |languages: &[&str]| {
        let asked = ["visitor", "-", "--inbox", "main", "--channel", "chat", "--at", "2026-11-20T09:00:00Z", "--json"];
        let run = with_input(&[&asked[..], languages].concat(), desk);
        (run.status, run.out, run.err)
    };
    for (languages, reply_time, language) in [
        (&[][..], "a few minutes", "en"),
        (&["--language", "sv-FI"], "nagra minuter", "sv"),
        (&["--language", "is", "--language", "sv"], "nagra minuter", "sv"),
        (&["--language", "is"], "a few minutes", "en"),
    ] {
        let expected = format!(
            "{{\"state\":\"online\",\"reply_time\":\"{reply_time}\",\"language\":\"{language}\",\"until\":null}}\n"
        );
        assert_eq!(told(languages), (0, expected, String::new()), "{languages:?}");
    }
    let (status, _, wrong) = told(&["--language", "Swedish, please"]);
    assert_eq!(status, 2);
    assert!(wrong.contains("\"Swedish, please\" is not a language tag (write one such as"), "{wrong}");
}

#[test]
fn the_length_of_an_absence_is_told_with_its_hours() {
    let shown = shown(&["status", "small.json", "--at", "2026-11-20T17:30:00Z", "--agent", "anna"]);
    assert!(shown.contains("\nanna   away   outside working hours  Mon 09:00, in 2 days 15 h\n"), "{shown}");
}

#[test]
fn a_visitor_sees_the_faces_meant_for_them() {
    let desk =
        br#"{"version": 1, "time_zone": "UTC", "agents": [{"id": "anna"}, {"id": "bo"}, {"id": "cy"}, {"id": "dee"}],
        "inboxes": [{"id": "main", "channels": [
            {"id": "chat", "kind": "chat", "visitor": {"shows":
                {"contact_owner": true, "otherwise": {"name": "Support"}}}},
            {"id": "team", "kind": "chat", "visitor": {"shows": {"agents": ["anna", "bo", "cy", "dee"]}}}]}]}"#;
    let faces = |channel, rest: &[&str]| {
        let asked = ["visitor", "-", "--inbox", "main", "--at", "2026-11-20T09:00:00Z", "--channel", channel];
        let run = with_input(&[&asked[..], rest].concat(), desk);
        (run.status, run.out.lines().last().unwrap_or(&run.err).to_owned())
    };
    assert_eq!(faces("chat", &[]), (0, "is shown   Support".to_owned()));
    assert_eq!(faces("chat", &["--owner", "bo"]), (0, "is shown   bo".to_owned()));
    let seen: std::collections::BTreeSet<String> =
        ["x", "y", "z"].into_iter().map(|visitor| faces("team", &["--visitor", visitor]).1).collect();
    assert!(seen.len() > 1, "{seen:?}");
    let (status, error) = faces("chat", &["--owner", "annna"]);
    assert_eq!(status, 2);
    assert!(error.starts_with("error: there is no agent \"annna\" (did you mean anna?)\n"), "{error}");
}

#[test]
fn a_desk_is_read_from_standard_input() {
    let desk = include_bytes!("desks/small.json");
    let run = with_input(&["check", "-"], desk);
    assert_eq!((run.status, run.err.as_str()), (0, ""));
    assert_eq!(run.out, "<stdin> is sound: 3 agents, 1 team, 1 inbox, 3 channels and 2 rules.\n");
}

/// Someone who sings every Friday afternoon, but not on 27 November.
const CHOIR: &[u8] = br#"{"version": 1, "time_zone": "Europe/Stockholm", "agents": [{"id": "anna", "out_of_office": [
    {"start": "2005-01-07T14:00", "end": "2005-01-07T17:00", "repeat": "FREQ=WEEKLY", "except": ["2026-11-27"], "note": "Choir"}]}]}"#;

#[test]
fn what_repeats_is_shown_with_its_note() {
    let run = with_input(&["status", "-", "--at", "2026-11-20T14:00:00Z"], CHOIR);
    assert_eq!((run.status, run.err.as_str()), (0, ""));
    assert_eq!(
        run.out,
        "\
Who is available  Fri 20 Nov 2026 15:00:00 Europe/Stockholm

AGENT  STATE  WHY                   UNTIL
anna   away   out of office: Choir  17:00, in 2 h

0 of 1 available
"
    );
    let range = ["--start", "2026-11-20T00:00:00Z", "--end", "2026-12-05T00:00:00Z"];
    let run = with_input(&[&["schedule", "-", "--agent", "anna", "--json"][..], &range].concat(), CHOIR);
    assert_eq!((run.status, run.err.as_str()), (0, ""));
    let away: Vec<&str> =
        run.out.lines().filter(|line| line.contains("out_of_office")).map(|line| &line[10..26]).collect();
    assert_eq!(away, ["2026-11-20T13:00", "2026-12-04T13:00"]);
}

#[test]
fn a_rule_with_more_than_a_desk_takes_is_refused() {
    let desk = String::from_utf8_lossy(CHOIR).replace("FREQ=WEEKLY", "FREQ=MINUTELY");
    let range = ["--start", "2026-01-01T00:00:00Z", "--end", "2027-01-01T00:00:00Z"];
    let run = with_input(&[&["schedule", "-", "--agent", "anna"][..], &range].concat(), desk.as_bytes());
    assert_eq!((run.status, run.out.as_str()), (1, ""));
    assert!(run.err.contains("the rule may name 1440 times a day, of which 100 are the most"), "{}", run.err);
}

/// The file of a zone that is an hour ahead of UTC all year: version 2 of TZif, with one type and no transitions.
fn zone_file() -> Vec<u8> {
    let counts = [0_u32, 0, 0, 0, 1, 4].map(u32::to_be_bytes).concat();
    let header = [&b"TZif2"[..], &[0; 15], &counts].concat();
    let block = [&3600_u32.to_be_bytes()[..], &[0, 0], b"ONE\0"].concat();
    [&header, &block, &header, &block, &b"\nONE-1\n"[..]].concat()
}

#[test]
fn zones_come_from_a_folder_that_is_named() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("zoneinfo");
    for (path, content) in
        [("Far/Island", zone_file()), ("tzdata.zi", b"# version".to_vec()), ("right/UTC", b"TZif".to_vec())]
    {
        let path = folder.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
    }
    let folder = folder.to_str().unwrap();
    let desk = br#"{"version": 1, "time_zone": "Far/Island", "agents": [{"id": "a", "working_hours":
        [{"days": ["fri"], "start": "09:00", "end": "17:00"}]}]}"#;
    let asked = ["status", "-", "--at", "2026-11-20T09:00:00Z", "--json"];
    let run = with_input(&[&asked[..], &["--zoneinfo", folder]].concat(), desk);
    assert_eq!((run.status, run.err.as_str()), (0, ""));
    assert!(run.out.contains(r#""since":"2026-11-20T08:00:00.000Z""#), "{}", run.out);

    let run = with_input(&asked, desk);
    assert_eq!((run.status, run.out.as_str()), (1, ""));
    assert!(run.err.contains("unknown_zone at $.time_zone: there is no time zone \"Far/Island\""), "{}", run.err);
}

#[test]
fn publish_writes_what_a_visitor_sees_and_no_more() {
    let asked = ["publish", "small.json", "--inbox", "main", "--from", "2026-11-20T12:00:00Z", "--days"];
    let published: serde_json::Value = serde_json::from_str(&shown(&[&asked[..], &["1"]].concat())).unwrap();
    assert_eq!(published["end"], "2026-11-21T12:00:00.000Z");
    let run = crate::frontdesk(&[&asked[..], &["0"]].concat());
    assert_eq!((run.status, run.out.as_str()), (2, ""));
    assert!(run.err.starts_with("error: from 1 up to 366 days can be published at once"), "{}", run.err);
}

#[test]
fn schema_prints_what_is_committed() {
    for (of, title) in [
        ("document", "frontdesk desk document"),
        ("command", "frontdesk command"),
        ("event", "frontdesk event"),
        ("turn", "frontdesk turn"),
        ("question", "frontdesk question"),
        ("answer", "frontdesk answers"),
        ("published", "frontdesk published availability"),
        ("status", "frontdesk status"),
        ("visitor", "frontdesk visitor view"),
        ("vocabulary", "frontdesk vocabulary"),
    ] {
        let schema: serde_json::Value = serde_json::from_str(&shown(&["schema", of])).unwrap();
        assert_eq!(schema["title"], title);
    }
    assert_eq!(crate::frontdesk(&["schema", "desk"]).status, 2);
}
