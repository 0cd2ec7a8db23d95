//! Hostile input: nothing takes long, and everything is reported.

use frontdesk::Document;
use frontdesk::calendar::{self, HolidayOptions};
use proptest::prelude::*;
use serde_json::json;

use crate::support::{any_in, problems, read};

/// Everything that reads, with some bytes; whatever they are, it comes to an end without harm.
fn read_all(bytes: &[u8]) {
    let options = any_in("Europe/Berlin");
    let reading = calendar::read(bytes, &options);
    assert!(calendar::synchronise(&reading.absences, &reading, None).removed.is_empty());
    let hours = calendar::read_hours(bytes, &options);
    // A document can have all absences that are read.
    let agent = json!({"id": "a", "out_of_office": reading.absences, "working_hours": hours.working_hours.unwrap_or_default(),
        "date_hours": hours.date_hours});
    let document = json!({"version": 1, "time_zone": "Europe/Berlin", "agents": [agent]});
    let read =
        Document::from_json(&document.to_string()).unwrap_or_else(|problems| panic!("{problems:?} in {document}"));
    assert_eq!(json!(read.agents[0].out_of_office), json!(reading.absences));
    let once = calendar::synchronise(&[], &reading, Some("it"));
    assert!(calendar::synchronise(&once.out_of_office, &reading, Some("it")).is_empty());
    calendar::read_holidays(bytes, &HolidayOptions::default());
}

fn first_problem(bytes: &[u8]) -> String {
    let reading = calendar::read(bytes, &any_in("Europe/Berlin"));
    assert!(!reading.complete);
    problems(&reading).remove(0)
}

/// A date for an event by its number: as many on each as a day may have.
fn date(number: usize) -> String {
    let day = number / 100;
    format!("{}{:02}{:02}", 2020 + day / 336, 1 + day % 336 / 28, 1 + day % 28)
}

#[test]
fn too_many_events_are_a_problem_and_those_before_are_read() {
    let event = |number: usize| format!("BEGIN:VEVENT\nUID:{number}\nDTSTART:{}\nEND:VEVENT\n", date(number));
    let most = 100_000;
    let text: String = ["BEGIN:VCALENDAR\n".to_owned()].into_iter().chain((0..most + 5).map(event)).collect();
    let reading = read(&text);
    assert_eq!(reading.absences.len(), most - 1);
    assert!(!reading.complete);
    let told = problems(&reading);
    assert!(
        told[1].ends_with("out_of_range at : the calendar has more than 100000 components; the rest is not read"),
        "{told:?}"
    );
}

#[test]
fn a_large_file_is_a_problem() {
    let event = "BEGIN:VEVENT\nUID:u\nDTSTART:20261120\nEND:VEVENT\n";
    let text = format!("BEGIN:VCALENDAR\n{event}DESCRIPTION:{}\n", "x".repeat(50 << 20));
    assert_eq!(first_problem(text.as_bytes()), "1: out_of_range at : the calendar has 50 MiB; at most 32 are read");
    let json = format!("{{\"items\": [\"{}\"]}}", "x".repeat(50 << 20));
    assert_eq!(first_problem(json.as_bytes()), "1: out_of_range at : the calendar is larger than 32 MiB");
}

#[test]
fn a_line_that_is_long_or_deeply_folded_is_read_or_told() {
    let folded = |length: usize| "y\n ".repeat(length);
    let text = |summary: String| format!("BEGIN:VEVENT\nUID:u\nDTSTART:20261120\nSUMMARY:{summary}\nEND:VEVENT\n");
    assert_eq!(read(&text(folded(50_000))).absences[0].note.as_ref().unwrap().len(), 50_000);
    let told = read(&text(folded(5_000_000)));
    assert_eq!(
        problems(&told),
        ["4: invalid_calendar at VEVENT.SUMMARY: the line of SUMMARY is too long, so it is passed over"]
    );
    assert_eq!(told.absences.len(), 1);
    // Properties that are not read may have any length.
    let attached = text("x".into())
        .replace("SUMMARY:x", &format!("SUMMARY:x\nATTACH;ENCODING=BASE64:{}", "QUJD\n ".repeat(1_000_000)));
    assert_eq!(problems(&read(&attached)), [""; 0]);
    for quotes in ["\"".repeat(200_000), "\"a".repeat(100_001), ";=\"".repeat(60_000)] {
        read_all(text(String::new()).replace("SUMMARY:", &format!("SUMMARY;X={quotes}:x")).as_bytes());
    }
}

#[test]
fn components_in_components_are_told_once() {
    let deep = format!("BEGIN:VCALENDAR\n{}", "BEGIN:X\n".repeat(90_000))
        + &*"END:X\n".repeat(90_000)
        + "BEGIN:VEVENT\nUID:u\nDTSTART:20261120\nEND:VEVENT\nEND:VCALENDAR\n";
    let reading = read(&deep);
    assert_eq!(reading.absences.len(), 1);
    assert_eq!(problems(&reading).len(), 1, "{:?}", problems(&reading));
    assert!(problems(&reading)[0].contains("lies deeper than 8 components"));
    // Events without an end: each ends where the next begins.
    let open = "BEGIN:VEVENT\nUID:u\nDTSTART:20261120\n".repeat(3);
    let reading = read(&open);
    assert_eq!((reading.absences.len(), problems(&reading).len(), reading.complete), (1, 3, false));
    assert_eq!(reading.unread, ["u"]);
}

#[test]
fn many_zones_that_nobody_knows_are_not_all_looked_up() {
    let zone = |number: usize| {
        format!(
            "BEGIN:VTIMEZONE\nTZID:Z{number}\nBEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETFROM:+0137\nTZOFFSETTO:+0137\nEND:STANDARD\nEND:VTIMEZONE\n"
        )
    };
    let event = |number: usize| {
        format!(
            "BEGIN:VEVENT\nUID:{number}\nDTSTART;TZID=Z{number}:{}T090000\nDURATION:PT1H\nEND:VEVENT\n",
            date(number)
        )
    };
    let numbers = 0..5_000;
    let text: String = ["BEGIN:VCALENDAR\n".to_owned()]
        .into_iter()
        .chain(numbers.clone().map(zone))
        .chain(numbers.map(event))
        .collect();
    let reading = read(&(text + "END:VCALENDAR\n"));
    // Single events use the offsets only; their zone is not compared with others.
    assert_eq!((reading.absences.len(), problems(&reading).len()), (5_000, 0));
}

#[test]
fn many_instances_cost_nothing_until_they_are_asked_for() {
    let event = "BEGIN:VEVENT\nUID:u\nDTSTART:20000101T000000\nDURATION:PT1S\nRRULE:FREQ=HOURLY\nEND:VEVENT\n";
    assert_eq!(read(event).absences.len(), 1);
    let hours = event.replace("VEVENT", "AVAILABLE");
    let reading =
        calendar::read_hours(format!("BEGIN:VAVAILABILITY\n{hours}END:VAVAILABILITY\n").as_bytes(), &any_in("UTC"));
    assert_eq!((reading.working_hours.unwrap().len(), reading.problems.len()), (0, 1));
    let holiday = "BEGIN:VEVENT\nUID:u\nDTSTART:20000101\nRRULE:FREQ=DAILY;COUNT=1000000000\nEND:VEVENT\n";
    let reading = calendar::read_holidays(holiday.as_bytes(), &HolidayOptions::default());
    assert!(reading.dates.len() <= 100_000);
    // Split in the middle of a billion instances; both parts are read.
    let split = "BEGIN:VEVENT\nUID:u\nDTSTART:20000101T000000\nDURATION:PT1S\nRRULE:FREQ=HOURLY;COUNT=1000000000\nEND:VEVENT\n\
                 BEGIN:VEVENT\nUID:u\nRECURRENCE-ID;RANGE=THISANDFUTURE:20100101T000000\nDTSTART:20100101T000000\nDURATION:PT2S\nEND:VEVENT\n";
    let reading = read(split);
    assert_eq!((reading.absences.len(), problems(&reading).len()), (2, 0));
}

#[test]
fn bytes_that_are_no_text_are_told() {
    assert!(first_problem(b"").contains("there is nothing in the calendar"));
    assert!(first_problem(b"\xef\xbb\xbf\r\n \n").contains("there is nothing in the calendar"));
    assert!(first_problem(b"\0\0\0\0").contains("this is not a calendar"));
    assert!(first_problem(b"\xff\xfeB\0E\0G\0").contains("the text is UTF-16"));
    assert!(first_problem(b"PK\x03\x04 zip: yes").contains("this is no"));
    assert!(first_problem(b"{\"items\": [").contains("invalid_json"));
    assert!(first_problem(b"{\"items\": \"\xff\"}").contains("this is not UTF-8 text"));
    assert!(first_problem(b"{}").contains("neither \"items\""));
    assert!(first_problem(&b"[".repeat(100_000)).contains("invalid_json"));
    let reading = calendar::read(b"BEGIN:VEVENT\nUID:u\nDTSTART:20261120\nSUMMARY:\xffx\0\nEND:VEVENT", &any_in("UTC"));
    assert_eq!(reading.absences[0].note.as_deref(), Some("\u{fffd}x"));
    assert_eq!(
        problems(&reading),
        ["4: invalid_calendar at VEVENT.SUMMARY: SUMMARY has bytes that are not UTF-8; they are read as \u{fffd}"]
    );
}

#[test]
fn what_is_no_calendar_is_told_once() {
    let bytes: Vec<u8> = (0..=255).cycle().take(100_000).collect();
    for text in [&bytes[..], b"<!DOCTYPE html>\n<html>\n<p>Please sign in\n</html>\n"] {
        let reading = calendar::read(text, &any_in("UTC"));
        let expected = "1: invalid_calendar at : this is not a calendar: nothing in it begins with BEGIN:VCALENDAR";
        assert_eq!(problems(&reading), [expected]);
    }
}

#[test]
fn problems_without_number_are_told_by_their_number() {
    let lines = format!(
        "BEGIN:VCALENDAR\n{}BEGIN:VEVENT\nUID:u\nDTSTART:20261120\nEND:VEVENT\nEND:VCALENDAR\n",
        "x\n".repeat(3_000_000)
    );
    let reading = read(&lines);
    assert_eq!(
        problems(&reading),
        ["2: invalid_calendar at VCALENDAR: these 3000000 lines are none of a calendar, so they are passed over"]
    );
    assert_eq!((reading.absences.len(), reading.complete), (1, true));
    let event = |number: usize| format!("BEGIN:VEVENT\nUID:{number:06}\nDTSTART:x\nEND:VEVENT\n");
    let reading = read(&(0..50_000).map(event).collect::<String>());
    let told = problems(&reading);
    assert_eq!(told.len(), 10_001);
    assert_eq!(told[10_000], "0: invalid_calendar at : there are 40000 further problems, which are not listed");
    // The events of the problem are known, so that their absences stay.
    assert_eq!(reading.unread.len(), 50_000);
}

/// Lines as calendars have them, in any order, whole or not.
fn lines() -> impl Strategy<Value = Vec<u8>> {
    let values = prop_oneof![
        Just("20261120T090000".to_owned()),
        Just("20261120T090000Z".to_owned()),
        Just("20261120".to_owned()),
        Just("P1DT2H".to_owned()),
        Just("FREQ=WEEKLY;BYDAY=MO;COUNT=3".to_owned()),
        Just("99991231T235959Z".to_owned()),
        Just("00000101".to_owned()),
        Just("20261120T090000/PT1H,20261121/20261122".to_owned()),
        Just("-PT1H".to_owned()),
        r"\PC{0,20}",
        Just("VEVENT".to_owned()),
        Just("AVAILABLE".to_owned()),
        Just("VAVAILABILITY".to_owned()),
        Just("VTIMEZONE".to_owned()),
        Just("+0137".to_owned()),
    ];
    let names = proptest::sample::select(vec![
        "BEGIN",
        "END",
        "BEGIN",
        "END",
        "UID",
        "DTSTART",
        "DTSTART",
        "DTEND",
        "DURATION",
        "RRULE",
        "EXDATE",
        "RDATE",
        "RECURRENCE-ID",
        "RECURRENCE-ID;RANGE=THISANDFUTURE",
        "DTSTART;TZID=Europe/Berlin",
        "DTSTART;TZID=(UTC+01:00) x, y",
        "SEQUENCE",
        "STATUS",
        "TZOFFSETFROM",
        "TZOFFSETTO",
        "TZID",
        "PRIORITY",
        "X-FRONTDESK-START",
        "X-FRONTDESK-REPEAT",
        "X-FRONTDESK-KEYS",
        "X-FRONTDESK-TIME-ZONE",
        " folded",
        "junk\0",
    ]);
    prop::collection::vec((names, values), 0..40)
        .prop_map(|lines| lines.iter().flat_map(|(name, value)| format!("{name}:{value}\r\n").into_bytes()).collect())
}

/// Of too many absences, those beyond the limit are left out and reported; later ones that fit are kept.
#[test]
fn too_many_together_leave_out_those_without_room() {
    let event = |uid: &str, start: &str, rule: &str| {
        format!(
            "BEGIN:VEVENT\r\nUID:{uid}\r\nDTSTART:{start}\r\nDURATION:PT1M\r\n{rule}X-MICROSOFT-CDO-BUSYSTATUS:OOF\r\nEND:VEVENT\r\n"
        )
    };
    let daily: String =
        (0..103).map(|number| event(&format!("d{number}"), "20261120T090000", "RRULE:FREQ=DAILY\r\n")).collect();
    let before = event("before", "20261101T090000", "");
    let after = event("after", "20261201T090000", "");
    let text = format!("BEGIN:VCALENDAR\r\n{daily}{before}{after}END:VCALENDAR\r\n");
    let reading = calendar::read(text.as_bytes(), &any_in("UTC"));
    let uids: Vec<&str> = reading.absences.iter().filter_map(|it| it.uid.as_deref()).collect();
    assert_eq!((uids.len(), uids[0], uids[99], uids[100]), (101, "d0", "d99", "before"));
    let told: Vec<String> = reading.problems.iter().map(|it| format!("{} {}", it.code.as_str(), it.path)).collect();
    let expected = ["d100", "d101", "d102", "after"].map(|uid| format!("too_many_occurrences VEVENT[{uid}]"));
    assert_eq!(told, expected);
    let document =
        json!({"version": 1, "time_zone": "UTC", "agents": [{"id": "a", "out_of_office": reading.absences}]});
    assert!(Document::from_json(&document.to_string()).is_ok());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_do_harm(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        read_all(&bytes);
    }

    #[test]
    fn no_lines_do_harm(mut lines in lines()) {
        read_all(&lines);
        lines.splice(0..0, *b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:u\r\nDTSTART:20261120T090000\r\n");
        read_all(&lines);
    }

    #[test]
    fn no_json_does_harm(text in r#"[\[\]{}:,"0-9a-z]{0,60}"#, key in r"\PC{0,9}") {
        read_all(format!("{{\"items\": [{{\"start\": {{\"dateTime\": \"{key}\"}}, \"x\": {text}").as_bytes());
        read_all(format!("{{\"value\": [{{\"showAs\": \"oof\", \"start\": {{\"dateTime\": {key:?}}}, \"end\": {{}}}}]}}").as_bytes());
        read_all(format!("[{text}").as_bytes());
    }
}
