//! `import` and `export`.

use crate::{Run, frontdesk, shown, with_input};

const AT: [&str; 2] = ["--at", "2026-11-20T09:00:00Z"];

/// A line of the desk, and what it is after an import.
fn changed(arguments: &[&str]) -> (Vec<String>, Run) {
    let run = frontdesk(&[&["import", "small.json"], arguments].concat());
    let before: Vec<&str> = include_str!("desks/small.json").lines().collect();
    let lines = run.out.lines().filter(|line| !before.contains(line)).map(str::to_owned).collect();
    (lines, run)
}

#[test]
fn import_changes_the_absences_of_an_agent_and_nothing_else() {
    let (lines, run) = changed(&["leave.ics", "--agent", "anna"]);
    assert_eq!((run.status, run.err.as_str()), (0, "anna: 2 added, 2 skipped\n"));
    assert_eq!(
        lines,
        [
            r#"      {"start": "2026-11-23T09:00", "end": "2026-11-23T12:00", "note": "Dentist"},"#,
            r#"      {"first_day": "2026-12-07", "last_day": "2026-12-11", "note": "Out of office: Rome", "uid": "rome@example.org", "sequence": 1},"#,
            r#"      {"start": "2026-11-20T15:00", "end": "2026-11-20T18:00", "repeat": "FREQ=WEEKLY;BYDAY=FR", "except": ["2026-12-25T15:00"], "note": "Choir", "time_zone": "Europe/Berlin", "uid": "choir@example.org"}"#,
            "    ]},",
        ]
    );
    // Once more, and not a character changes.
    let again = with_input(&["import", "-", "leave.ics", "--agent", "anna"], run.out.as_bytes());
    assert_eq!((again.status, again.out, again.err.as_str()), (0, run.out, "anna: 0 added, 2 unchanged, 2 skipped\n"));
}

/// An agent whose seat allows no absences gets none from a calendar; existing ones may be removed.
#[test]
fn import_takes_a_seat_where_absences_do() {
    let desk = |seat: &str, absences: &str| {
        format!(
            r#"{{"version": 1, "time_zone": "Europe/Stockholm",
            "agents": [{{"id": "anna", "seat": "{seat}", "out_of_office": [{absences}]}}],
            "settings": {{"entitlements": {{"out_of_office": ["sales", "service"]}}}}}}"#
        )
    };
    let import = |desk: String, more: &[&str]| {
        with_input(&[&["import", "-", "leave.ics", "--agent", "anna"], more].concat(), desk.as_bytes())
    };
    for more in [&[][..], &["--dry-run"], &["--dry-run", "--json"], &["--replace"]] {
        let run = import(desk("viewer", ""), more);
        assert_eq!((run.status, run.out.as_str()), (1, ""), "{more:?}");
        assert!(
            run.err.contains("absences: that takes a seat of sales or service, and anna has \"viewer\""),
            "{}",
            run.err
        );
        assert_eq!(import(desk("sales", ""), more).status, 0, "{more:?}");
    }
    let old = r#"{"first_day": "2026-01-05", "last_day": "2026-01-09", "uid": "gone@example.org"}"#;
    let run = with_input(&["import", "-", "/dev/null", "--agent", "anna", "--replace"], desk("viewer", old).as_bytes());
    assert!(!run.err.contains("seat"), "{}", run.err);
}

#[test]
fn a_dry_run_shows_what_would_change() {
    assert_eq!(
        shown(&["import", "small.json", "leave.ics", "--agent", "anna", "--dry-run"]),
        "\
anna  from leave.ics

CHANGE  WHEN                            REPEATS           NOTE
added   Mon 7 Dec 2026 to Fri 11 Dec                      Out of office: Rome
added   Fri 20 Nov 2026 15:00 to 18:00  weekly on Fri, 1  Choir
        Europe/Berlin                   left out

SKIPPED      EVENT                ID
not away     Lunch with Bo        lunch@example.org
transparent  Out of office party  free@example.org

2 added, 2 skipped
"
    );
    assert_eq!(
        shown(&[
            "import",
            "small.json",
            "leave.ics",
            "--agent",
            "bo",
            "--away",
            "busy",
            "--summary",
            "*choir*",
            "--dry-run"
        ]),
        "\
bo  from leave.ics

CHANGE  WHEN                            REPEATS           NOTE
added   Mon 7 Dec 2026 to Fri 11 Dec                      Out of office: Rome
added   Fri 20 Nov 2026 15:00 to 18:00  weekly on Fri, 1  Choir
        Europe/Berlin                   left out
added   Tue 24 Nov 2026 11:00 to 12:00                    Lunch with Bo
        UTC

SKIPPED      EVENT                ID
transparent  Out of office party  free@example.org

3 added, 1 skipped
"
    );
    let json =
        shown(&["import", "small.json", "leave.ics", "--agent", "bo", "--summary", "lunch*", "--dry-run", "--json"]);
    let expected =
        r#"{"changes":{"added":[{"start":"2026-11-24T11:00","end":"2026-11-24T12:00","note":"Lunch with Bo","#;
    assert!(json.starts_with(expected), "{json}");
}

#[test]
fn what_changed_is_told_before_and_after() {
    let first = frontdesk(&["import", "small.json", "leave.ics", "--agent", "anna", "--name", "work"]).out;
    let later = include_str!("desks/leave.ics")
        .replace("DTEND;VALUE=DATE:20261212", "DTEND;VALUE=DATE:20261211")
        .replace("UID:choir@example.org", "UID:opera@example.org");
    let path = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("later.ics");
    std::fs::write(&path, later).unwrap();
    let path = path.to_str().unwrap();
    let run = with_input(&["import", "-", path, "--agent", "anna", "--name", "work", "--dry-run"], first.as_bytes());
    assert_eq!((run.status, run.err.as_str()), (0, ""));
    let lines: Vec<&str> = run.out.lines().skip(2).collect();
    assert_eq!(
        lines,
        [
            "CHANGE   WHEN                            REPEATS           NOTE",
            "added    Fri 20 Nov 2026 15:00 to 18:00  weekly on Fri, 1  Choir",
            "         Europe/Berlin                   left out",
            "before   Mon 7 Dec 2026 to Fri 11 Dec                      Out of office: Rome",
            "after    Mon 7 Dec 2026 to Thu 10 Dec                      Out of office: Rome",
            "removed  Fri 20 Nov 2026 15:00 to 18:00  weekly on Fri, 1  Choir",
            "         Europe/Berlin                   left out",
            "",
            "SKIPPED      EVENT                ID",
            "not away     Lunch with Bo        lunch@example.org",
            "transparent  Out of office party  free@example.org",
            "",
            "1 added, 1 updated, 1 removed, 2 skipped",
        ]
    );
}

#[test]
fn what_is_not_understood_is_told_beside_what_is() {
    let calendar = b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:a\r\nSUMMARY:Out of office\r\nDTSTART:20261120\r\nRRULE:FREQ=NEVER\r\n\
        END:VEVENT\r\nBEGIN:VEVENT\r\nUID:b\r\nSUMMARY:Out of office\r\nDTSTART:20261121\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
    let run = with_input(&["import", "small.json", "-", "--agent", "bo"], calendar);
    assert_eq!(run.status, 1);
    assert!(run.out.contains(r#""capacity": 2, "out_of_office": [{"first_day": "2026-11-21","#), "{}", run.out);
    assert_eq!(
        run.err,
        "bo: 1 added\n<stdin>:6:1: invalid_recurrence at VEVENT[a].RRULE: \"NEVER\" is not a frequency: there are YEARLY, MONTHLY, WEEKLY, \
         DAILY, HOURLY, MINUTELY, SECONDLY; the event is left out\n"
    );
    let run = with_input(&["import", "small.json", "-", "--agent", "bo"], b"nothing");
    assert_eq!((run.status, run.out.as_str()), (1, include_str!("desks/small.json")));
    assert!(run.err.contains("<stdin>:1:1: invalid_calendar: this is not a calendar"), "{}", run.err);
}

#[test]
fn holidays_are_taken_into_an_entry() {
    let range = ["--first-day", "2026-01-01", "--last-day", "2027-12-31"];
    let (lines, run) = changed(&[&["holidays.ics", "--holidays", "xmas"], &range[..]].concat());
    assert_eq!((run.status, run.err.as_str()), (0, ""));
    assert_eq!(
        lines,
        [r#"  "holidays": [{"id": "xmas", "dates": ["2026-01-01", "2026-12-25", "2026-12-26", "2027-01-01"]}],"#]
    );
    let (lines, _) = changed(&["holidays.ics", "--holidays", "se", "--last-day", "2021-12-31"]);
    assert_eq!(
        lines,
        [
            r#"  "holidays": [{"id": "xmas", "dates": ["2026-12-25"]}, {"id": "se", "dates": ["2020-01-01", "2021-01-01"]}],"#
        ]
    );
    let run = frontdesk(&["import", "small.json", "holidays.ics", "--holidays", "se", "--dry-run"]);
    assert_eq!(
        (run.status, run.out.as_str()),
        (
            1,
            "se  from holidays.ics\n\n           DATE  NAME\nFri 25 Dec 2026  Christmas\nSat 26 Dec 2026  Christmas\n\n2 dates\n"
        )
    );
    assert_eq!(
        run.err,
        "holidays.ics:5:1: out_of_range at VEVENT[1@example.org].RRULE: the holiday repeats without end; it is left out \
         (say which day is the last)\n"
    );
}

#[test]
fn export_gives_what_import_takes() {
    let desk = frontdesk(&["import", "small.json", "leave.ics", "--agent", "anna"]).out;
    let exported = with_input(&[&["export", "-", "--agent", "anna"], &AT[..]].concat(), desk.as_bytes());
    assert_eq!((exported.status, exported.err.as_str()), (0, ""));
    assert!(
        exported.out.contains("\r\nUID:rome@example.org\r\nDTSTAMP:20261120T090000Z\r\nSEQUENCE:1\r\n"),
        "{}",
        exported.out
    );
    let path = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("exported.ics");
    std::fs::write(&path, exported.out).unwrap();
    let path = path.to_str().unwrap();
    // Into the same desk it brings nothing new; in place of everything it is the same.
    for (more, told) in
        [(&[][..], "0 added, 2 unchanged, 1 written from here"), (&["--replace"], "0 added, 3 unchanged")]
    {
        let run = with_input(&[&["import", "-", path, "--agent", "anna"], more].concat(), desk.as_bytes());
        assert_eq!((run.status, run.out.as_str()), (0, desk.as_str()), "{}", run.err);
        assert_eq!(run.err, format!("anna: {told}\n"));
    }
}

#[test]
fn hours_go_out_and_come_in() {
    let hours = shown(&[&["export", "small.json", "--agent", "bo", "--availability"], &AT[..]].concat());
    assert!(hours.contains("RRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;WKST=MO\r\n"), "{hours}");
    let run = with_input(&["import", "small.json", "-", "--agent", "cy", "--hours", "--dry-run"], hours.as_bytes());
    // The clocks of Chicago are not those of Stockholm.
    assert_eq!((run.status, run.out.as_str()), (1, "cy  from <stdin>\n\nDAYS  HOURS  APPLIES\n"));
    let run = with_input(&["import", "small.json", "-", "--agent", "cy", "--hours"], hours.as_bytes());
    assert_eq!((run.status, run.out.as_str()), (1, include_str!("desks/small.json")));
    assert!(
        run.err.contains("it repeats on the wall clock of another time zone; working hours cannot say that"),
        "{}",
        run.err
    );
    let run = with_input(&["import", "small.json", "-", "--agent", "bo", "--hours", "--dry-run"], hours.as_bytes());
    assert_eq!(
        (run.status, run.out.as_str()),
        (
            0,
            "bo  from <stdin>\n\nDAYS                     HOURS           APPLIES\nMon, Tue, Wed, Thu, Fri  09:00 to 17:00\n"
        )
    );
    let run = with_input(&["import", "small.json", "-", "--agent", "bo", "--hours"], hours.as_bytes());
    assert!(
        run.out.contains(
            r#""capacity": 2, "working_hours": [{"days": ["mon", "tue", "wed", "thu", "fri"], "start": "09:00", "end": "17:00"}]}"#
        ),
        "{}",
        run.out
    );
}

#[test]
fn free_busy_time_of_a_range() {
    let range = ["--start", "2026-11-22T00:00:00Z", "--end", "2026-12-30T00:00:00Z"];
    let text = shown(&[&["export", "small.json", "--agent", "anna", "--free-busy"], &range[..], &AT[..]].concat());
    let busy: Vec<&str> = text.lines().filter(|line| line.starts_with("FREEBUSY")).collect();
    assert_eq!(
        busy,
        [
            "FREEBUSY;FBTYPE=BUSY-UNAVAILABLE:20261123T080000Z/20261123T110000Z",
            "FREEBUSY;FBTYPE=BUSY-UNAVAILABLE:20261224T230000Z/20261225T230000Z",
        ]
    );
}

#[test]
fn what_makes_no_sense_is_wrong_usage() {
    for (arguments, expected) in [
        (&["import", "small.json", "leave.ics"][..], "error: the following required arguments were not provided:"),
        (
            &["import", "small.json", "leave.ics", "--agent", "ana"],
            "error: there is no agent \"ana\" (did you mean anna?)",
        ),
        (
            &["import", "-", "-", "--agent", "anna"],
            "error: standard input can be the desk or the calendar, but not both",
        ),
        (
            &["import", "small.json", "leave.ics", "--agent", "anna", "--away", "sleepy"],
            "error: invalid value 'sleepy' for '--away <SHOWN_AS>': it is one of out_of_office, busy and tentative",
        ),
        (
            &["import", "small.json", "leave.ics", "--agent", "anna", "--holidays", "x"],
            "error: the argument '--agent <ID>' cannot be used with '--holidays <ID>'",
        ),
        (
            &["import", "small.json", "leave.ics", "--agent", "anna", "--json"],
            "error: the following required arguments were not provided:",
        ),
        (&["export", "small.json", "--agent", "nobody"], "error: there is no agent \"nobody\""),
        (
            &["export", "small.json", "--agent", "anna", "--free-busy"],
            "error: the following required arguments were not provided:",
        ),
        (
            &[
                "export",
                "small.json",
                "--agent",
                "anna",
                "--free-busy",
                "--start",
                "2026-11-22T00:00:00Z",
                "--end",
                "2026-11-21T00:00:00Z",
            ],
            "error: the range ends before it starts: --end is earlier than --start",
        ),
    ] {
        let run = frontdesk(arguments);
        assert_eq!((run.status, run.err.lines().next()), (2, Some(expected)), "{arguments:?}");
    }
}

/// A calendar in a file, and what a dry run over the small desk says of it.
fn dry_run(name: &str, calendar: &str, more: &[&str]) -> (i32, Vec<String>) {
    let path = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&path, calendar).unwrap();
    let path = path.to_str().unwrap();
    let run = frontdesk(&[&["import", "small.json", path, "--agent", "anna", "--dry-run"], more].concat());
    (run.status, run.out.lines().skip(2).map(str::to_owned).collect())
}

#[test]
fn what_the_agent_declined_does_not_count() {
    let calendar = "BEGIN:VEVENT\nUID:t\nSUMMARY:Townhall\nDTSTART:20261201T090000\nDURATION:PT1H\n\
                    ATTENDEE;PARTSTAT=DECLINED:mailto:anna@example.org\nEND:VEVENT\n";
    let (status, lines) = dry_run("declined.ics", calendar, &["--away", "busy", "--email", "Anna@example.org"]);
    assert_eq!(status, 0);
    assert_eq!(lines, ["SKIPPED   EVENT     ID", "declined  Townhall  t", "", "0 added, 1 skipped"]);
    let (_, lines) = dry_run("declined.ics", calendar, &["--away", "busy", "--email", "bo@example.org"]);
    assert_eq!(lines.last().unwrap(), "1 added");
}

#[test]
fn a_dry_run_says_when_and_how_often_without_cutting_it() {
    let calendar = "BEGIN:VEVENT\nUID:n\nSUMMARY:Out of office: nights, and a very long explanation of why\n\
        DTSTART;TZID=America/Argentina/Buenos_Aires:20261201T220000\nDTEND;TZID=America/Argentina/Buenos_Aires:20261202T053030\n\
        RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH;UNTIL=20270301T000000Z\n\
        EXDATE;TZID=America/Argentina/Buenos_Aires:20261215T220000\nEND:VEVENT\n\
        BEGIN:VEVENT\nUID:y\nSUMMARY:Out of office\nDTSTART:20261230\nDTEND:20270103\nEND:VEVENT\n\
        BEGIN:VEVENT\nUID:r\nSUMMARY:Out of office\nDTSTART:20261204T090000\nDURATION:PT1H\n\
        RRULE:FREQ=DAILY;BYHOUR=9,11,13,15;BYMINUTE=0,30\nEND:VEVENT\n";
    let (status, lines) = dry_run("words.ics", calendar, &[]);
    assert_eq!(status, 0);
    assert_eq!(
        lines,
        [
            "CHANGE  WHEN                            REPEATS               NOTE",
            "added   Tue 1 Dec 2026 22:00            every 2 weeks on      Out of office: ni…",
            "        to Wed 2 Dec 05:30:30           Tue, Thu until Mon 1",
            "        America/Argentina/Buenos_Aires  Mar 2027, 1 left out",
            "added   Wed 30 Dec 2026                                       Out of office",
            "        to Sat 2 Jan 2027",
            "added   Fri 4 Dec 2026 09:00 to 10:00   FREQ=DAILY;           Out of office",
            "                                        BYHOUR=9,11,13,15;",
            "                                        BYMINUTE=0,30",
            "",
            "3 added",
        ]
    );
}

#[test]
fn a_date_that_is_left_out_now_is_seen() {
    let calendar = include_str!("desks/leave.ics").replace("EXDATE", "X-EXDATE");
    let desk = frontdesk(&["import", "small.json", "leave.ics", "--agent", "anna"]).out;
    let path = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("back-in.ics");
    std::fs::write(&path, calendar).unwrap();
    let path = path.to_str().unwrap();
    let run = with_input(&["import", "-", path, "--agent", "anna", "--dry-run"], desk.as_bytes());
    let told: Vec<&str> =
        run.out.lines().filter(|line| line.starts_with("before") || line.starts_with("after")).collect();
    assert_eq!(
        told,
        [
            "before  Fri 20 Nov 2026 15:00 to 18:00  weekly on Fri, 1 left out  Choir",
            "after   Fri 20 Nov 2026 15:00 to 18:00  weekly on Fri              Choir",
        ]
    );
}
