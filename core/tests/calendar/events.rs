//! Single properties of events, and zones by the names that calendars use.

use frontdesk::calendar::{self, Away, ReadOptions};
use serde_json::{Value, json};

use crate::support::{any_in, problems, read, read_event, told};

/// Returns the absences without the keys that all of them have.
fn brief(value: &Value) -> Value {
    let without_uid = |absence: &Value| {
        let mut absence = absence.clone();
        absence.as_object_mut().unwrap().remove("uid");
        absence
    };
    value.as_array().unwrap().iter().map(without_uid).collect()
}

/// Lines of an event, and its absences: start or first day, end or last day, repeat, except, also, zone.
#[rustfmt::skip]
const EVENTS: &[(&str, &str)] = &[
    // Dates and times.
    ("DTSTART;VALUE=DATE:20261120", r#"[{"first_day": "2026-11-20", "last_day": "2026-11-20"}]"#),
    ("DTSTART:20261120", r#"[{"first_day": "2026-11-20", "last_day": "2026-11-20"}]"#),
    ("DTSTART;VALUE=DATE:20261120T000000", r#"[{"first_day": "2026-11-20", "last_day": "2026-11-20"}]"#),
    ("DTSTART;VALUE=DATE:20261120\nDTEND;VALUE=DATE:20261120", r#"[{"first_day": "2026-11-20", "last_day": "2026-11-20"}]"#),
    ("DTSTART;VALUE=DATE:20261120\nDTEND;VALUE=DATE:20261123", r#"[{"first_day": "2026-11-20", "last_day": "2026-11-22"}]"#),
    ("DTSTART;VALUE=DATE:20261120\nDTEND:20261122T000000", r#"[{"first_day": "2026-11-20", "last_day": "2026-11-21"}]"#),
    ("DTSTART;VALUE=DATE:20261120\nDTEND:20261122T100000", r#"[{"first_day": "2026-11-20", "last_day": "2026-11-22"}]"#),
    ("DTSTART;VALUE=DATE:20261120\nDURATION:P1W", r#"[{"first_day": "2026-11-20", "last_day": "2026-11-26"}]"#),
    ("DTSTART;VALUE=DATE:20261120\nDURATION:PT48H", r#"[{"first_day": "2026-11-20", "last_day": "2026-11-21"}]"#),
    ("DTSTART:20261120T090000\nDTEND:20261120T100000", r#"[{"start": "2026-11-20T09:00", "end": "2026-11-20T10:00"}]"#),
    ("DTSTART:20261120T090000Z\nDTEND:20261120T100000Z",
        r#"[{"start": "2026-11-20T09:00", "end": "2026-11-20T10:00", "time_zone": "UTC"}]"#),
    ("DTSTART;TZID=Europe/Oslo:20261120T090000Z\nDTEND:20261120T100000Z",
        r#"[{"start": "2026-11-20T09:00", "end": "2026-11-20T10:00", "time_zone": "UTC"}]"#),
    ("DTSTART;TZID=Europe/Oslo:20261120T090000\nDTEND;TZID=America/New_York:20261120T090000",
        r#"[{"start": "2026-11-20T09:00", "end": "2026-11-20T15:00", "time_zone": "Europe/Oslo"}]"#),
    ("DTSTART;TZID=Europe/Oslo:20261120T090000\nDTEND:20261120T100000Z",
        r#"[{"start": "2026-11-20T09:00", "end": "2026-11-20T11:00", "time_zone": "Europe/Oslo"}]"#),
    ("DTSTART:20261120T220000\nDTEND:20261121T060000", r#"[{"start": "2026-11-20T22:00", "end": "2026-11-21T06:00"}]"#),
    ("DTSTART:20261120T220030\nDURATION:PT1H", r#"[{"start": "2026-11-20T22:00:30", "end": "2026-11-20T23:00:30"}]"#),
    ("DTSTART;TZID=Europe/Berlin:20270327T120000\nDURATION:PT24H",
        r#"[{"start": "2027-03-27T12:00", "end": "2027-03-28T13:00", "time_zone": "Europe/Berlin"}]"#),
    ("DTSTART;TZID=Europe/Berlin:20270327T120000\nDURATION:P1D",
        r#"[{"start": "2027-03-27T12:00", "end": "2027-03-28T12:00", "time_zone": "Europe/Berlin"}]"#),
    // An hour of no length on the wall clock, because the clock goes back in it.
    ("DTSTART;TZID=Europe/Berlin:20261025T023000\nDURATION:PT1H",
        r#"[{"start": "2026-10-25T00:30", "end": "2026-10-25T01:30", "time_zone": "UTC"}]"#),
    // Repetition.
    ("DTSTART:20261120T090000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;BYDAY=FR;",
        r#"[{"start": "2026-11-20T09:00", "end": "2026-11-20T10:00", "repeat": "FREQ=WEEKLY;BYDAY=FR"}]"#),
    ("DTSTART:20261120T090000\nDURATION:PT1H\nRRULE: FREQ=WEEKLY; BYDAY=FR",
        r#"[{"start": "2026-11-20T09:00", "end": "2026-11-20T10:00", "repeat": "FREQ=WEEKLY;BYDAY=FR"}]"#),
    ("DTSTART:20261119T090000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;BYDAY=FR",
        r#"[{"start": "2026-11-19T09:00", "end": "2026-11-19T10:00", "repeat": "FREQ=WEEKLY;BYDAY=FR", "also": ["2026-11-19T09:00"]}]"#),
    ("DTSTART;TZID=Europe/Oslo:20261120T090000\nDURATION:PT1H\nRRULE:FREQ=DAILY\nEXDATE:20261121T080000Z,20261122T080000Z\nEXDATE;TZID=America/New_York:20261123T030000",
        r#"[{"start": "2026-11-20T09:00", "end": "2026-11-20T10:00", "repeat": "FREQ=DAILY", "time_zone": "Europe/Oslo",
            "except": ["2026-11-21T09:00", "2026-11-22T09:00", "2026-11-23T09:00"]}]"#),
    ("DTSTART:20261120T090000\nDURATION:PT1H\nRRULE:FREQ=DAILY\nEXDATE;VALUE=DATE:20261121",
        r#"[{"start": "2026-11-20T09:00", "end": "2026-11-20T10:00", "repeat": "FREQ=DAILY", "except": ["2026-11-21"]}]"#),
    ("DTSTART;VALUE=DATE:20261120\nRRULE:FREQ=DAILY\nEXDATE:20261121T000000Z\nEXDATE:20261122T000000",
        r#"[{"first_day": "2026-11-20", "last_day": "2026-11-20", "repeat": "FREQ=DAILY", "except": ["2026-11-21", "2026-11-22"]}]"#),
    ("DTSTART:20261120T090000\nDURATION:PT1H\nRDATE:20261201T100000,20261202T100000\nRDATE;VALUE=DATE:20261203",
        r#"[{"start": "2026-11-20T09:00", "end": "2026-11-20T10:00",
            "also": ["2026-12-01T10:00", "2026-12-02T10:00", "2026-12-03T09:00"]}]"#),
    ("DTSTART:20261120T090000\nDURATION:PT1H\nRDATE;VALUE=PERIOD:20261201T100000/PT1H,20261202T100000/20261202T130000",
        r#"[{"start": "2026-11-20T09:00", "end": "2026-11-20T10:00", "also": ["2026-12-01T10:00", "2026-12-02T10:00"],
            "except": ["2026-12-02T10:00"]},
           {"start": "2026-12-02T10:00", "end": "2026-12-02T13:00", "x-recurrence-id": "2026-12-02T10:00"}]"#),
    // Notes.
    ("DTSTART:20261120\nSUMMARY: Red\\, warm\\nwind ", r#"[{"first_day": "2026-11-20", "last_day": "2026-11-20", "note": "Red, warm\nwind"}]"#),
    ("DTSTART:20261120\nSUMMARY:Secret\nCLASS:CONFIDENTIAL", r#"[{"first_day": "2026-11-20", "last_day": "2026-11-20"}]"#),
    ("DTSTART:20261120\nSEQUENCE:7", r#"[{"first_day": "2026-11-20", "last_day": "2026-11-20", "sequence": 7}]"#),
];

#[test]
fn events_are_absences() {
    for (lines, expected) in EVENTS {
        let reading = read_event(lines);
        assert_eq!(problems(&reading), [""; 0], "{lines}");
        assert_eq!(brief(&told(&reading.absences)), serde_json::from_str::<Value>(expected).unwrap(), "{lines}");
    }
}

/// Lines of an event, and the reason why it is not an absence.
#[rustfmt::skip]
const SKIPPED: &[(&str, &str)] = &[
    ("DTSTART:20261120\nSTATUS:CANCELLED", "cancelled"),
    ("DTSTART:20261120\nTRANSP:TRANSPARENT", "transparent"),
    ("DTSTART:20261120\nTRANSP:TRANSPARENT\nX-MICROSOFT-CDO-BUSYSTATUS:OOF", "transparent"),
    ("DTSTART:20261120\nX-MICROSOFT-CDO-BUSYSTATUS:FREE", "transparent"),
    ("DTSTART:20261120T090000", "no_time"),
    ("DTSTART:20261120T090000\nDURATION:PT0S", "no_time"),
    ("DTSTART:20261120T090000\nDTEND:20261120T100000\nEXDATE:20261120T090000", "no_instances"),
    ("DTSTART:20261120\nEXDATE;VALUE=DATE:20261120", "no_instances"),
];

#[test]
fn events_that_are_none_are_told_with_why() {
    for (lines, why) in SKIPPED {
        let reading = read_event(&format!("{lines}\nSUMMARY:It"));
        assert_eq!((reading.absences.len(), problems(&reading).len()), (0, 0), "{lines}");
        let expected = json!([{"uid": "u", "summary": "It", "why": why}]);
        assert_eq!(json!(reading.skipped), expected, "{lines}");
        assert_eq!(reading.skipped[0].why.as_str(), *why);
    }
}

/// A further line, and the problem: code, property and message.
#[rustfmt::skip]
const BAD: &[(&str, &str)] = &[
    ("SUMMARY:No start", "missing_key at VEVENT[u].DTSTART: the event does not say when it starts; the event is left out"),
    ("DTSTART:2026112", "invalid_time at VEVENT[u].DTSTART: \"2026112\" is not a date or time; the event is left out"),
    ("DTSTART;TZID=Nowhere:20261120T090000", "unknown_zone at VEVENT[u].DTSTART: there is no time zone \"Nowhere\"; the event is left out"),
    ("DTSTART:20261120T090000\nDTEND:tomorrow", "invalid_time at VEVENT[u].DTEND: \"tomorrow\" is not a date or time; the event is left out"),
    ("DTSTART:20261120\nDTEND:20261119T100000", "conflict at VEVENT[u].DTEND: the event ends before it starts; the event is left out"),
    ("DTSTART:20261120T090000\nDTEND:20261120T080000", "conflict at VEVENT[u].DTEND: the event ends before it starts; the event is left out"),
    ("DTSTART:20261120T090000\nDURATION:-PT1H", "invalid_duration at VEVENT[u].DURATION: \"-PT1H\" is not a duration; the event is left out"),
    ("DTSTART:99991231\nDURATION:P9D", "out_of_range at VEVENT[u].DTSTART: the event lies outside the years 0 to 9999; the event is left out"),
    ("DTSTART:20261120T090000\nDURATION:P99999999D", "out_of_range at VEVENT[u].DTSTART: the event lies outside the years 0 to 9999; the event is left out"),
    ("DTSTART:20261120\nRRULE:FREQ=DAILY;COUNT=0", "invalid_recurrence at VEVENT[u].RRULE: 0 of COUNT is not from 1 to 2147483647; the event is left out"),
    ("DTSTART:20261120\nRECURRENCE-ID:x", "invalid_time at VEVENT[u].RECURRENCE-ID: \"x\" is not a date or time; the event is left out"),
    ("DTSTART:20261120\nSEQUENCE:-1", "invalid_value at VEVENT[u].SEQUENCE: \"-1\" is not a number of a revision; it is passed over"),
    ("DTSTART:20261120\nSEQUENCE:99999999999", "invalid_value at VEVENT[u].SEQUENCE: \"99999999999\" is not a number of a revision; it is passed over"),
    ("DTSTART:20261120\nRRULE:FREQ=DAILY\nEXDATE:x", "invalid_time at VEVENT[u].EXDATE: \"x\" is not a date or time; it is passed over"),
    ("DTSTART:20261120T090000\nDURATION:PT1H\nRDATE;VALUE=PERIOD:20261121T090000/20261121T080000",
        "conflict at VEVENT[u].RDATE: the event ends before it starts; that instance is passed over"),
    ("DTSTART:20261120\nSUMMARY:a\u{7}b", "invalid_calendar at VCALENDAR.VEVENT.SUMMARY: SUMMARY has control characters; they are left out"),
];

#[test]
fn what_is_not_understood_is_told_and_hides_nothing_else() {
    for (lines, expected) in BAD {
        let text = format!(
            "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:before\nDTSTART:20261101\nEND:VEVENT\nBEGIN:VEVENT\nUID:u\n{lines}\n\
             END:VEVENT\nBEGIN:VEVENT\nUID:after\nDTSTART:20261102\nEND:VEVENT\nEND:VCALENDAR\n"
        );
        let reading = read(&text);
        let told = problems(&reading);
        // The line of the property, or else that of the event.
        let property = expected.split(": ").next().unwrap().rsplit('.').next().unwrap();
        let place = text.lines().take(6 + lines.lines().count() + 1).collect::<Vec<_>>();
        let line = place.iter().skip(6).position(|line| line.starts_with(property)).map_or(6, |at| at + 7);
        assert_eq!(told, [format!("{line}: {expected}")], "{lines}");
        let uids: Vec<_> =
            reading.absences.iter().filter_map(|it| it.uid.as_deref()).filter(|uid| *uid != "u").collect();
        assert_eq!(uids, ["before", "after"]);
        assert_eq!(
            reading.unread.is_empty(),
            !expected.contains("left out;") && !expected.ends_with("event is left out")
        );
        assert!(reading.complete);
    }
}

/// Lines of an event in a calendar with a name, the addresses of its owner, and whether the event is declined.
#[rustfmt::skip]
const DECLINED: &[(&str, &str, &[&str], bool)] = &[
    ("ATTENDEE;CN=Anna;PARTSTAT=DECLINED:mailto:anna@example.org", "Work", &["anna@example.org"], true),
    ("ATTENDEE;PARTSTAT=declined:MAILTO:Anna@Example.org", "Work", &["anna@example.org"], true),
    ("ATTENDEE;PARTSTAT=DELEGATED;DELEGATED-TO=\"mailto:bo@example.org\":mailto:anna@example.org", "Work", &["anna@example.org"], true),
    ("ATTENDEE;PARTSTAT=DECLINED;EMAIL=anna@example.org:/aMTI3/principal/", "Work", &["anna@example.org"], true),
    ("ATTENDEE;PARTSTAT=ACCEPTED:mailto:bo@example.org\nATTENDEE;PARTSTAT=DECLINED:mailto:anna@\n example.org", "Work", &["anna@example.org"], true),
    ("ATTENDEE;PARTSTAT=DECLINED:mailto:anna@home.example", "Work", &["anna@example.org", "anna@home.example"], true),
    ("X-MICROSOFT-CDO-BUSYSTATUS:OOF\nATTENDEE;PARTSTAT=DECLINED:mailto:anna@example.org", "Work", &["anna@example.org"], true),
    // Google names a calendar by the address of its owner.
    ("ATTENDEE;PARTSTAT=DECLINED:mailto:anna@example.org", "anna@example.org", &[], true),
    ("ATTENDEE;PARTSTAT=DECLINED:mailto:bo@example.org", "anna@example.org", &[], false),
    // Other attendees may decline.
    ("ATTENDEE;PARTSTAT=DECLINED:mailto:bo@example.org\nATTENDEE;PARTSTAT=ACCEPTED:mailto:anna@example.org", "Work", &["anna@example.org"], false),
    ("ATTENDEE;PARTSTAT=DECLINED:mailto:anna@example.org", "Work", &[], false),
    ("ATTENDEE;PARTSTAT=TENTATIVE:mailto:anna@example.org", "Work", &["anna@example.org"], false),
    ("ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:anna@example.org", "Work", &["anna@example.org"], false),
    ("ATTENDEE:mailto:anna@example.org", "Work", &["anna@example.org"], false),
    ("ORGANIZER;PARTSTAT=DECLINED:mailto:anna@example.org", "Work", &["anna@example.org"], false),
];

#[test]
fn what_its_owner_declined_is_no_absence() {
    for (lines, name, emails, is_declined) in DECLINED {
        let text = format!(
            "BEGIN:VCALENDAR\nX-WR-CALNAME:{name}\nBEGIN:VEVENT\nUID:u\nDTSTART:20261120\n{lines}\nEND:VEVENT\nEND:VCALENDAR\n"
        );
        let any = any_in("Europe/Berlin");
        let emails = emails.iter().map(|email| (*email).to_owned()).collect();
        let options = ReadOptions { away: Away { emails, ..any.away.clone() }, ..any };
        let reading = calendar::read(text.as_bytes(), &options);
        assert_eq!(problems(&reading), [""; 0], "{lines}");
        let expected = if *is_declined { json!([{"uid": "u", "why": "declined"}]) } else { json!([]) };
        assert_eq!(json!(reading.skipped), expected, "{lines}");
        assert_eq!(reading.absences.is_empty(), *is_declined, "{lines}");
    }
}

#[test]
fn one_declined_instance_is_left_out_of_its_series() {
    let anna = |status: &str| format!("ATTENDEE;PARTSTAT={status}:mailto:anna@example.org");
    let series = |whole: &str, single: &str| {
        format!(
            "BEGIN:VCALENDAR\nX-WR-CALNAME:anna@example.org\nBEGIN:VEVENT\nUID:u\nDTSTART:20261104T090000\nDURATION:PT1H\n\
             RRULE:FREQ=WEEKLY\n{}\nEND:VEVENT\nBEGIN:VEVENT\nUID:u\nRECURRENCE-ID:20261111T090000\nDTSTART:20261111T090000\n\
             DURATION:PT1H\n{}\nEND:VEVENT\nEND:VCALENDAR\n",
            anna(whole),
            anna(single)
        )
    };
    let reading = read(&series("ACCEPTED", "DECLINED"));
    assert_eq!(told(&reading.absences)[0]["except"], json!(["2026-11-11T09:00"]));
    assert_eq!((reading.absences.len(), reading.skipped.len()), (1, 1));
    // All but one of them.
    let reading = read(&series("DECLINED", "ACCEPTED"));
    assert_eq!(told(&reading.absences)[0]["start"], "2026-11-11T09:00");
    assert_eq!((reading.absences.len(), reading.skipped.len()), (1, 1));
}

#[test]
fn an_event_that_goes_on_differently_is_several() {
    let read = |rule: &str, more: &str, instead: &str| {
        let text = format!(
            "BEGIN:VEVENT\nUID:u\nDTSTART:20261104T090000\nDTEND:20261104T100000\nRRULE:{rule}\n{more}\nSUMMARY:It\nEND:VEVENT\n\
             BEGIN:VEVENT\nUID:u\nRECURRENCE-ID;RANGE=THISANDFUTURE:20261118T090000\n{instead}\nSUMMARY:Other\nEND:VEVENT\n"
        );
        read(&text)
    };
    let later = "DTSTART:20261118T110000\nDTEND:20261118T120000";
    let next_day = "DTSTART:20261119T090000\nDTEND:20261119T100000";
    for (rule, more, instead, expected) in [
        (
            "FREQ=WEEKLY",
            "",
            later,
            json!(["FREQ=WEEKLY;UNTIL=20261118T085959", [], "2026-11-18T11:00", "FREQ=WEEKLY", []]),
        ),
        (
            "FREQ=WEEKLY;COUNT=5",
            "",
            later,
            json!(["FREQ=WEEKLY;UNTIL=20261118T085959", [], "2026-11-18T11:00", "FREQ=WEEKLY;COUNT=3", []]),
        ),
        (
            "FREQ=WEEKLY;UNTIL=20261202T090000",
            "EXDATE:20261111T090000,20261125T090000",
            later,
            json!([
                "FREQ=WEEKLY;UNTIL=20261118T085959",
                ["2026-11-11T09:00"],
                "2026-11-18T11:00",
                "FREQ=WEEKLY;UNTIL=20261202T110000",
                ["2026-11-25T11:00"]
            ]),
        ),
        (
            "FREQ=WEEKLY;BYDAY=WE,SU;INTERVAL=2",
            "",
            next_day,
            json!([
                "FREQ=WEEKLY;BYDAY=WE,SU;INTERVAL=2;UNTIL=20261118T085959",
                [],
                "2026-11-19T09:00",
                "FREQ=WEEKLY;BYDAY=TH,MO;INTERVAL=2;WKST=TU",
                []
            ]),
        ),
        (
            "FREQ=DAILY;INTERVAL=2",
            "",
            next_day,
            json!(["FREQ=DAILY;INTERVAL=2;UNTIL=20261118T085959", [], "2026-11-19T09:00", "FREQ=DAILY;INTERVAL=2", []]),
        ),
    ] {
        let reading = read(rule, more, instead);
        assert_eq!(problems(&reading), [""; 0], "{rule}");
        let told = told(&reading.absences);
        let list = |value: &Value| if value.is_null() { json!([]) } else { value.clone() };
        let brief = json!([
            told[0]["repeat"],
            list(&told[0]["except"]),
            told[1]["start"],
            told[1]["repeat"],
            list(&told[1]["except"])
        ]);
        assert_eq!(brief, expected, "{rule}");
        assert_eq!(told[1]["uid"], "u_R20261118T090000");
        assert_eq!(told.as_array().unwrap().len(), 2);
    }
    // Cancelled from then on, or shown as free.
    for instead in ["DTSTART:20261118T090000\nSTATUS:CANCELLED", "DTSTART:20261118T090000\nTRANSP:TRANSPARENT"] {
        let reading = read("FREQ=WEEKLY", "", instead);
        assert_eq!(told(&reading.absences)[0]["repeat"], "FREQ=WEEKLY;UNTIL=20261118T085959");
        assert_eq!((reading.absences.len(), reading.skipped.len()), (1, 1));
    }
    // An event that cannot be written is a problem, and the series does not change.
    for (rule, instead) in [("FREQ=MONTHLY;BYMONTHDAY=4,18", next_day), ("FREQ=DAILY;BYHOUR=9,15", later)] {
        let reading = read(rule, "", instead);
        assert!(problems(&reading)[0].contains("invalid_recurrence at VEVENT[u].RECURRENCE-ID"), "{rule}");
        assert_eq!(told(&reading.absences)[0]["repeat"], rule);
        assert_eq!(reading.unread, ["u"]);
    }
}

#[test]
fn zones_are_known_by_what_calendars_call_them() {
    for (name, expected) in [
        ("Europe/Stockholm", "Europe/Stockholm"),
        ("/freeassociation.sourceforge.net/Europe/Stockholm", "Europe/Stockholm"),
        ("/mozilla.org/20050126_1/America/Argentina/Ushuaia", "America/Argentina/Ushuaia"),
        ("W. Europe Standard Time", "Europe/Berlin"),
        ("\"W. Europe Standard Time\"", "Europe/Berlin"),
        ("(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna", "Europe/Berlin"),
        ("\"(UTC-05:00) Eastern Time (US & Canada)\"", "America/New_York"),
        ("US/Pacific", "US/Pacific"),
    ] {
        let reading = read_event(&format!("DTSTART;TZID={name}:20261120T090000\nDTEND;TZID={name}:20261120T100000"));
        assert_eq!(problems(&reading), [""; 0], "{name}");
        assert_eq!(told(&reading.absences)[0]["time_zone"], *expected, "{name}");
    }
}

/// A zone that a calendar describes, with a name without meaning.
fn described(parts: &str, dtstart: &str) -> frontdesk::calendar::Reading {
    let vtimezone = format!("BEGIN:VTIMEZONE\nTZID:Ours\n{parts}\nEND:VTIMEZONE");
    read(&format!(
        "BEGIN:VCALENDAR\n{vtimezone}\nBEGIN:VEVENT\nUID:u\nDTSTART;TZID=Ours:{dtstart}\nDURATION:PT1H\nEND:VEVENT\nEND:VCALENDAR\n"
    ))
}

#[test]
fn zones_are_known_by_their_rules() {
    let part = |kind: &str, start: &str, from: &str, to: &str, rule: &str| {
        format!("BEGIN:{kind}\nDTSTART:{start}\nTZOFFSETFROM:{from}\nTZOFFSETTO:{to}\n{rule}\nEND:{kind}\n")
    };
    let european = part("STANDARD", "16010101T030000", "+0200", "+0100", "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10")
        + &*part("DAYLIGHT", "16010101T020000", "+0100", "+0200", "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3");
    let american = part("STANDARD", "20071104T020000", "-0400", "-0500", "RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11")
        + &*part("DAYLIGHT", "20070311T020000", "-0500", "-0400", "RRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3");
    let single =
        part("STANDARD", "20251026T030000", "+0200", "+0100", "RDATE:20261025T030000,20271031T030000,20281029T030000")
            + &*part(
                "DAYLIGHT",
                "20250330T020000",
                "+0100",
                "+0200",
                "RDATE:20260329T020000,20270328T020000,20280326T020000",
            );
    for (parts, start, expected) in [
        // The zone of the agent is preferred.
        (european.clone(), "20261120T090000", "Europe/Berlin"),
        (american, "20261120T090000", "America/New_York"),
        (single, "20261120T090000", "Europe/Berlin"),
        (part("STANDARD", "19700101T000000", "+0545", "+0545", ""), "20261120T090000", "Asia/Kathmandu"),
        (part("STANDARD", "19700101T000000", "+0000", "+0000", ""), "20261120T090000", "Etc/UTC"),
        ("X-LIC-LOCATION:Asia/Tokyo\n".to_owned() + &*european, "20261120T090000", "Asia/Tokyo"),
    ] {
        let reading = described(&parts, start);
        assert_eq!(problems(&reading), [""; 0], "{parts}");
        let zone = told(&reading.absences)[0]["time_zone"].as_str().unwrap().to_owned();
        let same = frontdesk::time::Zone::named(&zone).unwrap();
        let wanted = frontdesk::time::Zone::named(expected).unwrap();
        assert!(
            zone == expected
                || same.offset_seconds(crate::support::instant("2026-11-20T00:00:00Z"))
                    == wanted.offset_seconds(crate::support::instant("2026-11-20T00:00:00Z")),
            "{zone} {expected}"
        );
    }
    // No zone has this offset; single events need none.
    let reading = described(&part("STANDARD", "19700101T000000", "+0137", "+0137", ""), "20261120T090000");
    assert_eq!(problems(&reading), [""; 0]);
    let told = told(&reading.absences);
    assert_eq!(json!([told[0]["start"], told[0]["time_zone"]]), json!(["2026-11-20T07:23", "UTC"]));
    for parts in [
        part("STANDARD", "19700101T000000", "+0100", "+0100", "RRULE:FREQ=SECONDLY"),
        part("STANDARD", "never", "+0100", "+0100", ""),
        String::new(),
    ] {
        let reading = described(&parts, "20261120T090000");
        assert_eq!(reading.absences, []);
        assert!(problems(&reading)[0].contains("unknown_zone at VEVENT[u].DTSTART"), "{:?}", problems(&reading));
    }
}

#[test]
fn the_same_event_twice_is_its_latest_revision() {
    let event = |sequence: &str, summary: &str| {
        format!("BEGIN:VEVENT\nUID:u\n{sequence}\nDTSTART:20261120\nSUMMARY:{summary}\nEND:VEVENT\n")
    };
    for (first, second, expected) in
        [("SEQUENCE:1", "SEQUENCE:2", "b"), ("SEQUENCE:2", "SEQUENCE:1", "a"), ("", "", "b"), ("", "SEQUENCE:0", "b")]
    {
        let reading = read(&(event(first, "a") + &*event(second, "b")));
        assert_eq!(reading.absences[0].note.as_deref(), Some(expected));
        assert_eq!(json!(reading.skipped)[0]["why"], "superseded");
    }
    // Events without an id are not revisions of others.
    let nameless = event("", "a").replace("UID:u\n", "");
    assert_eq!(read(&(nameless.clone() + &*nameless)).absences.len(), 2);
}

#[test]
fn a_calendar_that_withdraws_its_events_has_none() {
    let reading =
        read("BEGIN:VCALENDAR\nMETHOD:CANCEL\nBEGIN:VEVENT\nUID:u\nDTSTART:20261120\nEND:VEVENT\nEND:VCALENDAR");
    assert_eq!(json!(reading.skipped), json!([{"uid": "u", "why": "cancelled"}]));
}

/// Rules that RFC 5545 forbids and all programs read, and their notes.
#[rustfmt::skip]
const ODD_RULES: &[(&str, &str)] = &[
    ("FREQ=WEEKLY;BYDAY=2TU", "the numbers in BYDAY=2TU mean nothing with FREQ=WEEKLY: every such weekday counts; \
        write FREQ=MONTHLY;BYDAY=2TU for those of a month, or leave the numbers out"),
    ("FREQ=WEEKLY;BYMONTHDAY=13", "BYMONTHDAY=13 does not go with FREQ=WEEKLY; write FREQ=MONTHLY;BYMONTHDAY=13, or leave BYMONTHDAY out"),
    ("FREQ=DAILY;COUNT=3;UNTIL=20261231", "the rule ends twice, by COUNT and by UNTIL: whichever comes first counts; keep one of the two"),
];

#[test]
fn rules_that_nobody_may_write_and_everybody_reads_are_read_with_a_note() {
    for (rule, expected) in ODD_RULES {
        let reading = read_event(&format!("DTSTART:20261120T090000\nDURATION:PT1H\nRRULE:{rule}"));
        assert_eq!((problems(&reading), reading.absences.len()), (Vec::new(), 1), "{rule}");
        let [note] = &reading.notes[..] else { panic!("{:?}", reading.notes) };
        assert_eq!(format!("{}; {}", note.message, note.hint.as_deref().unwrap()), *expected);
        assert_eq!((note.code.as_str(), note.path.as_str()), ("unlikely_recurrence", "VEVENT[u].RRULE"));
        assert!(note.is_warning() && note.position.is_some_and(|position| position.line == 6), "{note:?}");
    }
    // An event that does not count has no note.
    let reading = read_event("DTSTART:20261120\nRRULE:FREQ=WEEKLY;BYDAY=2TU\nTRANSP:TRANSPARENT");
    assert!(reading.notes.is_empty());
}

#[test]
fn free_and_busy_time_is_read() {
    let text = "BEGIN:VCALENDAR\nBEGIN:VFREEBUSY\nUID:f\nDTSTART:20261101T000000Z\nDTEND:20261201T000000Z\n\
        FREEBUSY;FBTYPE=BUSY-UNAVAILABLE:20261120T090000Z/PT3H,20261121T090000Z/20261121T100000Z\n\
        FREEBUSY:20261122T090000Z/PT1H\nFREEBUSY;FBTYPE=BUSY-TENTATIVE:20261123T090000Z/PT1H\n\
        FREEBUSY;FBTYPE=FREE:20261124T090000Z/PT1H\nFREEBUSY:20261125T090000Z,nonsense/PT1H\nEND:VFREEBUSY\nEND:VCALENDAR\n";
    for (shown_as, days) in
        [("out_of_office", &[20, 21][..]), ("busy", &[20, 21, 22]), ("tentative", &[20, 21, 22, 23])]
    {
        let away: Away = serde_json::from_value(json!({"shown_as": shown_as, "summaries": []})).unwrap();
        let reading = calendar::read(text.as_bytes(), &ReadOptions { away, ..any_in("Europe/Berlin") });
        let told = told(&reading.absences);
        let starts: Vec<&str> = told.as_array().unwrap().iter().map(|it| it["start"].as_str().unwrap()).collect();
        let expected: Vec<String> = days.iter().map(|day| format!("2026-11-{day}T09:00")).collect();
        assert_eq!(starts, expected, "{shown_as}");
        assert_eq!(told[0]["end"], "2026-11-20T12:00");
        assert_eq!(
            problems(&reading),
            [
                "10: invalid_time at VFREEBUSY[f].FREEBUSY: \"20261125T090000Z\" is not a period; it is passed over",
                "10: invalid_time at VFREEBUSY[f].FREEBUSY: \"nonsense\" is not a date or time; it is passed over"
            ]
        );
        // The same periods are the same absences, even if the id of the answer changes.
        let next = calendar::read(
            text.replace("UID:f", "UID:g").as_bytes(),
            &ReadOptions { away: any_in("UTC").away, ..any_in("UTC") },
        );
        assert_eq!(next.absences[0].uid, reading.absences[0].uid);
    }
}

#[test]
fn what_repeats_in_a_zone_of_its_own_is_on_the_nearest_clock_and_told() {
    let part = |kind: &str, start: &str, from: &str, to: &str| {
        format!("BEGIN:{kind}\nDTSTART:{start}\nTZOFFSETFROM:{from}\nTZOFFSETTO:{to}\nEND:{kind}\n")
    };
    let zone =
        part("DAYLIGHT", "20260329T020000", "+0100", "+0200") + &*part("STANDARD", "20261025T030000", "+0200", "+0100");
    let event = |zone: &str, more: &str| {
        read(&format!(
            "BEGIN:VCALENDAR\nBEGIN:VTIMEZONE\nTZID:Ours\n{zone}END:VTIMEZONE\nBEGIN:VEVENT\nUID:u\n\
            DTSTART;TZID=Ours:20260701T090000\nDURATION:PT1H\n{more}\nEND:VEVENT\nEND:VCALENDAR\n"
        ))
    };
    let reading = event(&zone, "RRULE:FREQ=WEEKLY");
    let absence = &told(&reading.absences)[0];
    assert_eq!(json!([absence["start"], absence["time_zone"]]), json!(["2026-07-01T09:00", "Europe/Berlin"]));
    assert!(
        problems(&reading)[0]
            .contains("unknown_zone at VEVENT[u].DTSTART: the time zone \"Ours\" is known to this calendar only")
    );
    assert!(reading.unread.is_empty());
    // A single event needs no zone.
    let reading = event(&zone, "");
    let absence = &told(&reading.absences)[0];
    assert_eq!(json!([absence["start"], absence["time_zone"]]), json!(["2026-07-01T07:00", "UTC"]));
    assert_eq!(problems(&reading), [""; 0]);
}
