//! Calendars with the faults of real ones: the result is always a valid document, and reading again changes nothing.

use frontdesk::Document;
use frontdesk::calendar::{self, HolidayOptions};
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::json;

use crate::support::any_in;

/// A line, in so many events of a hundred.
fn line(often: u32, values: &'static [&'static str]) -> impl Strategy<Value = String> {
    (0..100_u32, select(values))
        .prop_map(move |(drawn, line)| if drawn < often { format!("{line}\r\n") } else { String::new() })
}

const STARTS: &[&str] = &[
    "DTSTART:20261120T090000Z",
    "DTSTART;TZID=Europe/Berlin:20261120T090000",
    "DTSTART:20261120T090000",
    "DTSTART;VALUE=DATE:20261120",
    "DTSTART:20261120",
    "DTSTART;VALUE=DATE:20261120T090000",
    "DTSTART;TZID=America/New_York:20261101T013000",
    "DTSTART;TZID=Office:20260325T090000",
    "DTSTART;TZID=:20261120T090000",
    "DTSTART;TZID=Nowhere:20261120T090000",
    "DTSTART;TZID=GMT+0137:20261120T233000",
    "DTSTART;TZID=\"(UTC-03:00) Brasília\":20261120T090000",
    "DTSTART;TZID=W. Europe Standard Time:20270328T023000",
    "DTSTART:00260101T090000",
    "DTSTART;VALUE=DATE:00260101",
    "DTSTART:00010101",
    "DTSTART:00010101T000000Z",
    "DTSTART:99991231T235959Z",
    "DTSTART;VALUE=DATE:99991231",
    "DTSTART:20261120T240000",
    "DTSTART:2026112",
    "DTSTART:",
    "DTSTART;TZID=US/Eastern:20261120T090000",
];
const ENDS: &[&str] = &[
    "DTEND:20261120T100000Z",
    "DTEND;TZID=Europe/Berlin:20261120T100000",
    "DTEND:20261120T170000",
    "DTEND;VALUE=DATE:20261121",
    "DTEND;VALUE=DATE:20261119",
    "DTEND:20261119T090000Z",
    "DURATION:PT1H",
    "DURATION:-PT1H",
    "DURATION:P99999999D",
    "DURATION:P3W",
    "DURATION:PT0S",
    "DTEND:99991231T235959Z",
    "DTEND;TZID=Office:20260325T100000",
    "DTEND;VALUE=DATE:20261120T170000",
    "DURATION:P1DT",
    "DURATION:PT36H",
];
const RULES: &[&str] = &[
    "RRULE:FREQ=WEEKLY",
    "RRULE:freq=daily;count=3",
    "RRULE:FREQ=DAILY;UNTIL=20261201;",
    "RRULE:FREQ=DAILY;UNTIL=20261201T090000Z",
    "RRULE:FREQ=DAILY;INTERVAL=0",
    "RRULE:FREQ=WEEKLY;BYDAY=2TU",
    "RRULE:FREQ=WEEKLY;BYMONTHDAY=13",
    "RRULE:FREQ=DAILY;COUNT=3;UNTIL=20261125",
    "RRULE:FREQ=HOURLY;COUNT=30",
    "RRULE:FREQ=HOURLY",
    "RRULE:FREQ=SECONDLY",
    "RRULE:FREQ=MINUTELY;BYHOUR=9;COUNT=5",
    "RRULE:FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
    "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
    "RRULE:FREQ=WEEKLY;UNTIL=20250101",
    "RRULE:",
    "RRULE:FREQ=NEVER",
    "RRULE:FREQ=WEEKLY;WKST=SU;INTERVAL=2;BYDAY=MO,SU",
    "RRULE:FREQ=YEARLY;UNTIL=99991231T235959Z",
    "RRULE:FREQ=DAILY;COUNT=2147483647",
    "RRULE:FREQ=DAILY;BYHOUR=0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23;BYMINUTE=0,15,30,45",
    "RRULE:FREQ=HOURLY;INTERVAL=36;COUNT=4",
    "EXRULE:FREQ=WEEKLY",
];
const OCCASIONS: &[&str] = &[
    "EXDATE:20261120T090000Z",
    "EXDATE;TZID=Europe/Berlin:20261120T090000",
    "EXDATE:20261121T090000",
    "EXDATE;VALUE=DATE:20261120",
    "EXDATE;VALUE=DATE:20261121,20261122",
    "EXDATE:never",
    "EXDATE:00010101T000000Z",
    "EXDATE:99991231",
    "RDATE:20261125T090000Z",
    "RDATE;VALUE=DATE:20261125",
    "RDATE;VALUE=PERIOD:20261120T090000Z/PT10H",
    "RDATE;VALUE=PERIOD:20261126T090000/20261126T080000,20261127T090000/P1D",
    "RDATE;VALUE=PERIOD:20261128T090000/PT0S",
    "RDATE:",
    "RDATE;TZID=Office:20260401T090000",
    "EXDATE;VALUE=DATE:20261120T000000",
    "RDATE:00010101T000000",
    "RDATE;VALUE=PERIOD:99991231T090000/P9D",
];
const INSTEAD: &[&str] = &[
    "RECURRENCE-ID:20261121T090000Z",
    "RECURRENCE-ID:20261127T090000",
    "RECURRENCE-ID;VALUE=DATE:20261120",
    "RECURRENCE-ID;TZID=Europe/Berlin:20261127T090000",
    "RECURRENCE-ID;RANGE=THISANDFUTURE:20261127T090000Z",
    "RECURRENCE-ID;RANGE=THISANDFUTURE;VALUE=DATE:20261127",
    "RECURRENCE-ID:then",
    "RECURRENCE-ID:99991231T235959Z",
];
const MORE: &[&str] = &[
    "SEQUENCE:2",
    "SEQUENCE:-1",
    "SEQUENCE:99999999999",
    "DTSTAMP:20261101T000000Z",
    "DTSTAMP:20261110T000000Z",
    "LAST-MODIFIED:20261101T000000Z",
    "STATUS:CANCELLED",
    "STATUS:TENTATIVE",
    "TRANSP:TRANSPARENT",
    "X-MICROSOFT-CDO-BUSYSTATUS:OOF",
    "X-WHATEVER;X=1:y",
    "SUMMARY:a\u{0}b",
    "SUMMARY:fol\r\n ded",
    "SUMMARY:\\n\\,\\;",
    " odd fold",
    "junk",
    "CLASS:PRIVATE",
    "BEGIN:VALARM\r\nTRIGGER:-PT5M\r\nDURATION:PT5M\r\nEND:VALARM",
    "BEGIN:VEVENT\r\nUID:inner\r\nDTSTART:20261120\r\nEND:VEVENT",
    "END:VEVENT",
    "X-FRONTDESK-UID:other",
    "X-FRONTDESK-KEYS:{\"x-a\":1}",
    "X-FRONTDESK-START:20261119T090000",
    "X-FRONTDESK-TIME-ZONE:Nowhere",
];
const UIDS: &[&str] = &["UID:u", "UID:u", "UID:v", "UID:", "UID:a\\,b"];
const KINDS: &[&str] =
    &["VEVENT", "VEVENT", "VEVENT", "VEVENT", "VTODO", "VJOURNAL", "VFREEBUSY", "AVAILABLE", "vevent"];
const ZONE: &str = "BEGIN:VTIMEZONE\r\nTZID:Office\r\nBEGIN:STANDARD\r\nDTSTART:20251026T030000\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\n\
    RDATE:20261025T030000\r\nEND:STANDARD\r\nBEGIN:DAYLIGHT\r\nDTSTART:20250330T020000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\n\
    RDATE:20260329T020000\r\nEND:DAYLIGHT\r\nEND:VTIMEZONE\r\n";

fn component() -> impl Strategy<Value = String> {
    let times = (line(96, STARTS), line(75, ENDS), line(45, RULES), line(10, RULES));
    let occasions = (line(35, OCCASIONS), line(25, OCCASIONS), line(30, INSTEAD));
    let more = (line(40, MORE), line(25, MORE), line(10, MORE));
    let busy = line(
        15,
        &[
            "FREEBUSY;FBTYPE=BUSY-UNAVAILABLE:20261120T090000Z/PT1H,20261121T090000Z/20261121T080000Z",
            "FREEBUSY:x/y,20261120T090000Z",
        ],
    );
    (select(KINDS), line(95, UIDS), times, occasions, more, busy).prop_map(
        |(kind, uid, times, occasions, more, busy)| {
            let lines = [
                uid,
                times.0,
                times.1,
                times.2,
                times.3,
                occasions.0,
                occasions.1,
                occasions.2,
                more.0,
                more.1,
                more.2,
                busy,
            ];
            format!("BEGIN:{kind}\r\n{}END:{kind}\r\n", lines.concat())
        },
    )
}

fn bytes() -> impl Strategy<Value = Vec<u8>> {
    let head = select(
        &[
            "BEGIN:VCALENDAR\r\n",
            "BEGIN:VCALENDAR\r\nMETHOD:CANCEL\r\n",
            "BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\n",
            "BEGIN:VCALENDAR\r\nBEGIN:VAVAILABILITY\r\n",
            "",
        ][..],
    );
    let zone = prop_oneof![3 => Just(""), 1 => Just(ZONE)];
    (head, zone, prop::collection::vec(component(), 1..5), 0..12_u8).prop_map(|(head, zone, components, dirt)| {
        let text = format!("{head}{zone}{}END:VCALENDAR\r\n", components.concat());
        match dirt {
            0 => text.replace("\r\n", "\r").into_bytes(),
            1 => text.replace("\r\n", "\n").into_bytes(),
            2 => format!("\u{feff}{text}").into_bytes(),
            3 => text.replace('í', "\u{0}").into_bytes(),
            // Another character set.
            4 => text.chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?')).collect(),
            5 => text.get(..text.len() / 2).unwrap_or(&text).as_bytes().to_vec(),
            6 => text.replace("UID", "U\r\n ID").into_bytes(),
            _ => text.into_bytes(),
        }
    })
}

/// The result of reading a calendar is a valid document, and reading again changes nothing.
fn check(bytes: &[u8]) -> Result<(), TestCaseError> {
    let options = any_in("Europe/Berlin");
    let reading = calendar::read(bytes, &options);
    let hours = calendar::read_hours(bytes, &options);
    let holidays = calendar::read_holidays(bytes, &HolidayOptions::default());
    let once = calendar::synchronise(&[], &reading, None);
    let dates: Vec<_> = holidays.dates.iter().map(|day| day.date).collect();
    let agent = json!({"id": "a", "out_of_office": once.out_of_office, "working_hours": hours.working_hours.unwrap_or_default(),
        "date_hours": hours.date_hours});
    let document = json!({"version": 1, "time_zone": "Europe/Berlin", "agents": [agent], "holidays": [{"id": "h", "dates": dates}]});
    let written = Document::from_json(&document.to_string());
    prop_assert!(written.is_ok(), "{:?} of {}", written.err(), String::from_utf8_lossy(bytes));
    let written = written.unwrap();
    prop_assert_eq!(&written.agents[0].out_of_office, &once.out_of_office);
    let again = calendar::synchronise(&written.agents[0].out_of_office, &reading, None);
    prop_assert!(again.is_empty(), "{:?} of {}", again, String::from_utf8_lossy(bytes));
    // Each problem and each note has a position.
    for told in reading.problems.iter().chain(&reading.notes) {
        prop_assert!(told.position.is_some() && !told.message.is_empty(), "{:?}", told);
    }
    Ok(())
}

/// Hours that a document cannot hold, because they go on after the year 9999.
#[test]
fn hours_end_with_the_years_of_four_digits() {
    for rule in [
        "FREQ=WEEKLY;COUNT=3",
        "FREQ=DAILY;COUNT=9",
        "FREQ=WEEKLY;BYDAY=SA",
        "FREQ=MONTHLY;COUNT=3",
        "FREQ=HOURLY;COUNT=30",
    ] {
        let hours = format!(
            "BEGIN:VCALENDAR\r\nBEGIN:VAVAILABILITY\r\nBEGIN:AVAILABLE\r\nUID:u\r\nDTSTART;VALUE=DATE:99991231\r\nRRULE:{rule}\r\n\
             END:AVAILABLE\r\nEND:VAVAILABILITY\r\nEND:VCALENDAR\r\n"
        );
        check(hours.as_bytes()).unwrap();
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, ..ProptestConfig::default() })]

    #[test]
    fn what_is_read_is_a_document_and_a_second_time_changes_nothing(bytes in bytes()) {
        check(&bytes)?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10_000, ..ProptestConfig::default() })]

    #[test]
    #[ignore = "takes minutes; `.ci/run` asks for it"]
    fn so_it_is_of_ten_thousand(bytes in bytes()) {
        check(&bytes)?;
    }
}
