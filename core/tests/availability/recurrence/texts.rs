//! Texts that are not rules, and their problems.

use chrono::NaiveDate;
use frontdesk::time::{Recurrence, Span, Zone};
use frontdesk::{Code, Document};

/// A text, the beginning of the message, and the hint, if there is one.
const BAD: [(&str, &str, Option<&str>); 60] = [
    (
        "",
        "\"\" is not a part of a recurrence rule",
        Some("write parts as NAME=VALUE with a \";\" between them, as in FREQ=WEEKLY;BYDAY=FR"),
    ),
    (
        "weekly",
        "\"WEEKLY\" is not a part of a recurrence rule",
        Some("write parts as NAME=VALUE with a \";\" between them, as in FREQ=WEEKLY;BYDAY=FR"),
    ),
    ("RRULE:FREQ=DAILY", "a recurrence rule is written without its name", Some("leave the \"RRULE:\" out: FREQ=DAILY")),
    (
        "FREQ=DAILY;",
        "\"\" is not a part of a recurrence rule",
        Some("write parts as NAME=VALUE with a \";\" between them, as in FREQ=WEEKLY;BYDAY=FR"),
    ),
    ("FREQ=DAILY,COUNT=3", "\"DAILY,COUNT=3\" is not a frequency", None),
    ("BYDAY=MO", "the rule has no FREQ", Some("say how often, as in FREQ=WEEKLY")),
    ("FREQ=", "\"\" is not a frequency: there are YEARLY, MONTHLY, WEEKLY, DAILY, HOURLY, MINUTELY, SECONDLY", None),
    ("FREQ=WEEKLI", "\"WEEKLI\" is not a frequency", Some("did you mean WEEKLY?")),
    ("FREQ=FORTNIGHTLY", "\"FORTNIGHTLY\" is not a frequency", None),
    ("FREQ=DAILY;FREQ=WEEKLY", "FREQ stands twice in the rule", None),
    ("FREQ=DAILY;COUNT=1;COUNT=1", "COUNT stands twice in the rule", None),
    ("FREQ=DAILY;BYDAYS=MO", "there is no part \"BYDAYS\" in a recurrence rule", Some("did you mean BYDAY?")),
    ("FREQ=DAILY;BYEASTER=0", "there is no part \"BYEASTER\" in a recurrence rule", None),
    ("FREQ=DAILY;X-PART=1", "there is no part \"X-PART\" in a recurrence rule", None),
    ("FREQ=DAILY; COUNT=3", "there is no part \" COUNT\" in a recurrence rule", Some("did you mean COUNT?")),
    (
        "FREQ=MONTHLY;RSCALE=CHINESE",
        "RSCALE=CHINESE is not supported",
        Some("only the Gregorian calendar is, leaving out the days that a month does not have"),
    ),
    (
        "FREQ=MONTHLY;SKIP=FORWARD;BYMONTHDAY=31",
        "SKIP=FORWARD is not supported",
        Some("only the Gregorian calendar is, leaving out the days that a month does not have"),
    ),
    ("FREQ=DAILY;COUNT=0", "0 of COUNT is not from 1 to 2147483647", None),
    ("FREQ=DAILY;COUNT=-1", "-1 of COUNT is not from 1 to 2147483647", None),
    ("FREQ=DAILY;COUNT=3000000000", "3000000000 of COUNT is not from 1 to 2147483647", None),
    ("FREQ=DAILY;COUNT=99999999999999999999", "\"99999999999999999999\" of COUNT is not a whole number", None),
    ("FREQ=DAILY;COUNT=3.5", "\"3.5\" of COUNT is not a whole number", None),
    ("FREQ=DAILY;COUNT=three", "\"THREE\" of COUNT is not a whole number", None),
    ("FREQ=DAILY;COUNT=1,2", "\"1,2\" of COUNT is not a whole number", None),
    ("FREQ=DAILY;INTERVAL=0", "0 of INTERVAL is not from 1 to 2147483647", None),
    ("FREQ=DAILY;INTERVAL=", "\"\" of INTERVAL is not a whole number", None),
    ("FREQ=DAILY;INTERVAL=--2", "\"--2\" of INTERVAL is not a whole number", None),
    (
        "FREQ=DAILY;UNTIL=2026-12-31",
        "UNTIL=2026-12-31 is not a date or time",
        Some("write it as 20261231, 20261231T170000 or 20261231T160000Z"),
    ),
    (
        "FREQ=DAILY;UNTIL=20261301",
        "UNTIL=20261301 is not a date or time",
        Some("write it as 20261231, 20261231T170000 or 20261231T160000Z"),
    ),
    (
        "FREQ=DAILY;UNTIL=20260230",
        "UNTIL=20260230 is not a date or time",
        Some("write it as 20261231, 20261231T170000 or 20261231T160000Z"),
    ),
    (
        "FREQ=DAILY;UNTIL=20261231Z",
        "UNTIL=20261231Z is not a date or time",
        Some("write it as 20261231, 20261231T170000 or 20261231T160000Z"),
    ),
    (
        "FREQ=DAILY;UNTIL=20261231T1700",
        "UNTIL=20261231T1700 is not a date or time",
        Some("write it as 20261231, 20261231T170000 or 20261231T160000Z"),
    ),
    (
        "FREQ=DAILY;UNTIL=20261231T250000",
        "UNTIL=20261231T250000 is not a date or time",
        Some("write it as 20261231, 20261231T170000 or 20261231T160000Z"),
    ),
    (
        "FREQ=DAILY;UNTIL=20261231T170060",
        "UNTIL=20261231T170060 is not a date or time",
        Some("write it as 20261231, 20261231T170000 or 20261231T160000Z"),
    ),
    (
        "FREQ=DAILY;UNTIL=20261231T170000+0100",
        "UNTIL=20261231T170000+0100 is not a date or time",
        Some("write it as 20261231, 20261231T170000 or 20261231T160000Z"),
    ),
    (
        "FREQ=DAILY;UNTIL=+2026123",
        "UNTIL=+2026123 is not a date or time",
        Some("write it as 20261231, 20261231T170000 or 20261231T160000Z"),
    ),
    ("FREQ=WEEKLY;WKST=1", "\"1\" is none of MO, TU, WE, TH, FR, SA, SU", None),
    ("FREQ=WEEKLY;WKST=MO,TU", "\"MO,TU\" is none of MO, TU, WE, TH, FR, SA, SU", None),
    ("FREQ=YEARLY;BYMONTH=13", "13 of BYMONTH is not from 1 to 12", None),
    ("FREQ=YEARLY;BYMONTH=0", "0 of BYMONTH is not from 1 to 12", None),
    ("FREQ=YEARLY;BYMONTH=-1", "-1 of BYMONTH is not from 1 to 12", None),
    ("FREQ=YEARLY;BYMONTH=5L", "\"5L\" of BYMONTH is not a whole number", None),
    ("FREQ=YEARLY;BYMONTH=1,,2", "\"\" of BYMONTH is not a whole number", None),
    ("FREQ=YEARLY;BYWEEKNO=54", "54 of BYWEEKNO is not from -53 to 53", None),
    ("FREQ=YEARLY;BYWEEKNO=0", "0 of BYWEEKNO is not from 1 to 53 or as many from the end", None),
    (
        "FREQ=MONTHLY;BYWEEKNO=20",
        "BYWEEKNO goes with FREQ=YEARLY only",
        Some("to name weeks of the year, repeat yearly"),
    ),
    ("FREQ=YEARLY;BYWEEKNO=20;BYDAY=1MO", "BYDAY has no numbers next to BYWEEKNO", Some("write MO instead of 1MO")),
    ("FREQ=YEARLY;BYYEARDAY=367", "367 of BYYEARDAY is not from -366 to 366", None),
    ("FREQ=DAILY;BYYEARDAY=100", "BYYEARDAY does not go with days, weeks or months", Some("repeat yearly")),
    ("FREQ=MONTHLY;BYMONTHDAY=32", "32 of BYMONTHDAY is not from -31 to 31", None),
    ("FREQ=MONTHLY;BYMONTHDAY=0", "0 of BYMONTHDAY is not from 1 to 31 or as many from the end", None),
    (
        "FREQ=WEEKLY;BYDAY=MON",
        "\"MON\" of BYDAY is not a weekday",
        Some("write MO, TU, WE, TH, FR, SA or SU, after a number for one of the month or year: 2MO, -1FR"),
    ),
    (
        "FREQ=WEEKLY;BYDAY=",
        "\"\" of BYDAY is not a weekday",
        Some("write MO, TU, WE, TH, FR, SA or SU, after a number for one of the month or year: 2MO, -1FR"),
    ),
    (
        "FREQ=WEEKLY;BYDAY=ö",
        "\"ö\" of BYDAY is not a weekday",
        Some("write MO, TU, WE, TH, FR, SA or SU, after a number for one of the month or year: 2MO, -1FR"),
    ),
    ("FREQ=MONTHLY;BYDAY=0MO", "0 of BYDAY is not from 1 to 53 or as many from the end", None),
    ("FREQ=MONTHLY;BYDAY=54MO", "54 of BYDAY is not from -53 to 53", None),
    ("FREQ=YEARLY;BYDAY=-53MO", "-53 of BYDAY is not supported", Some("count from the start of the year")),
    ("FREQ=DAILY;BYHOUR=24", "24 of BYHOUR is not from 0 to 23", None),
    ("FREQ=DAILY;BYSECOND=61", "61 of BYSECOND is not from 0 to 60", None),
    ("FREQ=DAILY;BYSETPOS=0", "0 of BYSETPOS is not from 1 to 366 or as many from the end", None),
];

#[test]
fn what_is_no_rule_says_why() {
    for (text, message, hint) in BAD {
        let problem = Recurrence::parse(text).expect_err(text);
        assert_eq!(problem.code, Code::InvalidRecurrence, "{text}");
        assert!(problem.message.starts_with(message), "{text}: {}", problem.message);
        assert_eq!(problem.hint.as_deref(), hint, "{text}: {}", problem.message);
    }
}

#[test]
fn what_is_no_rule_has_its_place_in_the_document() {
    for (text, _, hint) in BAD {
        let absence = serde_json::json!({"start": "2026-11-20T14:00", "end": "2026-11-20T15:00", "repeat": text});
        let document = format!(
            "{{\"version\": 1, \"time_zone\": \"UTC\", \"agents\": [{{\"id\": \"a\",\n\"out_of_office\": [{absence}]}}]}}"
        );
        let problems = Document::from_json(&document).expect_err(text);
        let [problem] = &problems[..] else { panic!("{text}: {problems:?}") };
        assert_eq!(
            (problem.code, problem.path.as_str()),
            (Code::InvalidRecurrence, "$.agents[0].out_of_office[0].repeat")
        );
        let line = document.lines().nth(1).unwrap();
        let column = line[..line.find("\"repeat\":").unwrap() + 9].chars().count() + 1;
        let position = problem.position.unwrap();
        assert_eq!((position.line, position.column), (2, column), "{text}");
        assert_eq!(problem.hint.as_deref(), hint, "{text}");
    }
}

#[test]
fn rules_are_read_in_any_case_and_order_and_kept_as_written() {
    for text in [
        "freq=weekly;byday=mo",
        "BYDAY=+1MO,-1FR;FREQ=MONTHLY",
        "FREQ=DAILY;INTERVAL=007",
        "FREQ=MINUTELY;BYSECOND=60",
        "FREQ=MONTHLY;RSCALE=GREGORIAN;SKIP=OMIT",
        "FREQ=DAILY;UNTIL=20261231T160000Z",
        "FREQ=WEEKLY;BYDAY=2MO",
        "FREQ=YEARLY;BYSETPOS=-366",
    ] {
        let rule = Recurrence::parse(text).unwrap();
        assert_eq!((rule.as_str(), rule.to_string().as_str()), (text, text));
        assert_eq!(rule, Recurrence::parse(text).unwrap());
    }
}

#[test]
fn a_long_text_is_refused_at_once() {
    let long = format!("FREQ=YEARLY;BYDAY={}", vec!["MO"; 5000].join(","));
    assert_eq!(Recurrence::parse(&long).unwrap_err().message, "a recurrence rule has at most 10000 characters");
}

/// A rule that RFC 5545 forbids and every program reads, and its first occurrences from Wednesday, 4 November 2026, on, as
/// given by python-dateutil: three, or all.
const ODD: &[(&str, &[(u32, u32)])] = &[
    ("FREQ=WEEKLY;BYDAY=2TU", &[(11, 10), (11, 17), (11, 24)]),
    ("freq=weekly;byday=mo,-1fr", &[(11, 6), (11, 9), (11, 13)]),
    ("FREQ=WEEKLY;BYMONTHDAY=13,20", &[(11, 13), (11, 20), (12, 13)]),
    ("FREQ=WEEKLY;INTERVAL=2;BYDAY=FR;BYMONTHDAY=6,13,20", &[(11, 6), (11, 20)]),
    ("FREQ=DAILY;COUNT=3;UNTIL=20261231", &[(11, 4), (11, 5), (11, 6)]),
    ("FREQ=DAILY;UNTIL=20261105T235959Z;COUNT=3", &[(11, 4), (11, 5)]),
];

#[test]
fn what_every_program_reads_is_read() {
    let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap().and_hms_opt(9, 0, 0).unwrap();
    for (text, expected) in ODD {
        let rule = Recurrence::parse(text).unwrap();
        let range = Span::new(day(2026, 11, 4), day(2027, 1, 1));
        let mut found = rule.occurrences(day(2026, 11, 4), &Zone::utc(), range).unwrap();
        found.truncate(3);
        let expected: Vec<_> = expected.iter().map(|(month, date)| day(2026, *month, *date)).collect();
        assert_eq!(found, expected, "{text}");
    }
}
