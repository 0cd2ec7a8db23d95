//! Absences and hours are the same after writing and reading.

use frontdesk::calendar::{self, ReadOptions, Writer};
use frontdesk::time::{Span, Zone};
use frontdesk::{Absence, Desk};
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

use crate::support::{absences, instant, told};

fn write(absences: &[Absence]) -> String {
    let zone = Zone::named("Europe/Berlin").unwrap();
    let writer = Writer { agent: "anna", name: "Anna", zone: &zone, at: instant("2026-11-20T09:00:00Z") };
    writer.absences(absences)
}

fn read_back(text: &str) -> calendar::Reading {
    calendar::read(text.as_bytes(), &ReadOptions::in_zone(Zone::named("Europe/Berlin").unwrap()))
}

/// Calendars show the start of a series, whatever its rule is: an absence without instances must not be written.
#[test]
fn a_rule_that_never_comes_is_not_shown() {
    let never = [
        "FREQ=WEEKLY;UNTIL=20260101",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=YEARLY;INTERVAL=4;BYMONTH=2;BYMONTHDAY=29",
    ];
    for repeat in never {
        let list = absences(&json!([{"start": "2026-11-20T14:00", "end": "2026-11-20T17:00", "repeat": repeat}]));
        assert!(!write(&list).contains("VEVENT"), "{repeat}");
        let list = absences(&json!([{"start": "2026-11-20T14:00", "end": "2026-11-20T17:00", "repeat": repeat,
            "also": ["2026-12-09T10:00", "2026-12-02T10:00", "2026-12-01T10:00"], "except": ["2026-12-01", "2027-01-01"]}]));
        let shown = json!([{"start": "2026-12-02T10:00", "end": "2026-12-02T13:00", "also": ["2026-12-09T10:00"]}]);
        let mut read = read_back(&write(&list)).absences;
        read[0].uid = None;
        assert_eq!(read, absences(&shown), "{repeat}");
    }
}

/// An empty id is ignored, in a document and in calendars of others.
#[test]
fn an_empty_id_is_none() {
    let list = absences(&json!([{"first_day": "2026-11-20", "last_day": "2026-11-20", "uid": ""}]));
    let text = write(&list);
    assert!(text.contains("@hand-made.frontdesk"), "{text}");
    assert_eq!(read_back(&text).absences, list);
    let graph = json!({"value": [{"id": "", "uid": "", "iCalUId": "", "isAllDay": true, "showAs": "oof", "type": "singleInstance",
        "start": {"dateTime": "2026-11-20T00:00:00", "timeZone": "UTC"},
        "end": {"dateTime": "2026-11-21T00:00:00", "timeZone": "UTC"}}]});
    let google = json!({"items": [{"id": "", "iCalUID": "", "eventType": "outOfOffice", "start": {"date": "2026-11-20"},
        "end": {"date": "2026-11-21"}}]});
    for calendar in [graph, google] {
        let read = calendar::read(calendar.to_string().as_bytes(), &ReadOptions::in_zone(Zone::utc()));
        let ids: Vec<_> = read.absences.iter().map(|it| it.uid.clone().unwrap_or_default()).collect();
        assert!(matches!(&ids[..], [id] if id.ends_with("@nameless.frontdesk")), "{ids:?} of {calendar}");
    }
}

/// An id with blanks around it, or with characters that calendars cannot contain, is the same after writing and reading.
#[test]
fn an_id_is_written_as_it_is_read() {
    for uid in [" a@x", "a@x\u{a0}", "\u{1}a@x", "a\tb", "a\nb", "\u{b}"] {
        let list = absences(&json!([{"first_day": "2026-11-20", "last_day": "2026-11-20", "uid": uid}]));
        let text = write(&list);
        assert_eq!(write(&read_back(&text).absences), text, "{uid:?}");
    }
}

/// The second rule of an event is ignored if it ends before it begins.
#[test]
fn a_second_rule_that_never_comes_is_passed_over() {
    let text = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:u\r\nDTSTART;VALUE=DATE:20260703\r\nRRULE:FREQ=MONTHLY;COUNT=6\r\n\
        RRULE:FREQ=WEEKLY;UNTIL=20260630\r\nTRANSP:OPAQUE\r\nX-MICROSOFT-CDO-BUSYSTATUS:OOF\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
    let read = read_back(text);
    assert_eq!(read.absences.len(), 1);
    assert_eq!(read_back(&write(&read.absences)).absences, read.absences);
}

#[test]
fn an_absence_is_an_event() {
    let list = absences(&json!([
        {"start": "2026-11-20T14:00", "end": "2026-11-20T17:00", "repeat": "FREQ=WEEKLY;BYDAY=FR;UNTIL=20271231",
         "except": ["2026-12-04"], "also": ["2026-12-09T14:00"], "note": "Choir; rehearsal, long", "uid": "a1@calendar",
         "sequence": 3, "x-room": "7"},
        {"start": "2026-12-11T15:00", "end": "2026-12-11T17:00", "note": "Choir, later", "time_zone": "UTC",
         "uid": "a1@calendar", "x-recurrence-id": "2026-12-11T14:00"},
        {"first_day": "2027-02-01", "last_day": "2027-02-05"},
    ]));
    let text = write(&list);
    let (zone, events) = text.split_once("END:VTIMEZONE\r\n").unwrap();
    assert_eq!(
        zone.replace("\r\n", "\n"),
        "\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//frontdesk//frontdesk//EN
CALSCALE:GREGORIAN
X-WR-CALNAME:Anna
BEGIN:VTIMEZONE
TZID:Europe/Berlin
BEGIN:STANDARD
DTSTART:19700101T000000
TZOFFSETFROM:+0100
TZOFFSETTO:+0100
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:20000326T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:20001029T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
"
    );
    assert_eq!(
        events.replace("\r\n", "\n"),
        "\
BEGIN:VEVENT
UID:a1@calendar
DTSTAMP:20261120T090000Z
SEQUENCE:3
DTSTART;TZID=Europe/Berlin:20261120T140000
DTEND;TZID=Europe/Berlin:20261120T170000
RRULE:FREQ=WEEKLY;BYDAY=FR;UNTIL=20271231T225959Z
EXDATE;X-FRONTDESK-DATE=TRUE;TZID=Europe/Berlin:20261204T140000
RDATE;TZID=Europe/Berlin:20261209T140000
SUMMARY:Choir\\; rehearsal\\, long
TRANSP:OPAQUE
X-MICROSOFT-CDO-BUSYSTATUS:OOF
X-FRONTDESK-TIME-ZONE:
X-FRONTDESK-REPEAT:FREQ=WEEKLY\\;BYDAY=FR\\;UNTIL=20271231
X-FRONTDESK-KEYS:{\"x-room\":\"7\"}
END:VEVENT
BEGIN:VEVENT
UID:a1@calendar
DTSTAMP:20261120T090000Z
RECURRENCE-ID;TZID=Europe/Berlin:20261211T140000
DTSTART:20261211T150000Z
DTEND:20261211T170000Z
SUMMARY:Choir\\, later
TRANSP:OPAQUE
X-MICROSOFT-CDO-BUSYSTATUS:OOF
END:VEVENT
BEGIN:VEVENT
UID:8f5b48b451d1cd3f.0@hand-made.frontdesk
DTSTAMP:20261120T090000Z
DTSTART;VALUE=DATE:20270201
DTEND;VALUE=DATE:20270206
SUMMARY;X-FRONTDESK-DEFAULT=TRUE:Out of office
TRANSP:OPAQUE
X-MICROSOFT-CDO-BUSYSTATUS:OOF
END:VEVENT
END:VCALENDAR
"
    );
}

/// Absences in all forms.
fn list() -> impl Strategy<Value = Value> {
    let note = prop_oneof![Just(None), r"(\PC|[\n,;\\:]){0,100}".prop_map(Some)];
    let zone = select(vec![
        None,
        Some("Europe/Berlin"),
        Some("America/New_York"),
        Some("UTC"),
        Some("Etc/UTC"),
        Some("Asia/Kathmandu"),
    ]);
    let rule = select(vec![
        "FREQ=DAILY",
        "FREQ=WEEKLY;BYDAY=MO,FR;INTERVAL=2",
        "freq=monthly;byday=-1fr",
        "FREQ=YEARLY;COUNT=5",
        "FREQ=WEEKLY;UNTIL=20271231",
        "FREQ=WEEKLY;UNTIL=20271231T140000",
        "FREQ=WEEKLY;UNTIL=20271231T140000Z",
        "FREQ=DAILY;BYHOUR=8,14;COUNT=40",
    ]);
    let days = || prop::collection::btree_set(0..60_i64, 0..4);
    let absence = (
        any::<bool>(),
        0..400_i64,
        1..5_i64,
        note,
        zone,
        prop::option::of(rule),
        days(),
        days(),
        any::<bool>(),
        0..4_u8,
    );
    let absence = absence.prop_map(|(of_days, day, length, note, zone, rule, except, also, by_date, uid)| {
        let date =
            |plus: i64| chrono::NaiveDate::from_ymd_opt(2026, 11, 1).unwrap() + chrono::Days::new((day + plus) as u64);
        let moment = |plus: i64| format!("{}T14:00", date(plus));
        let mut entry = match of_days {
            true => json!({"first_day": date(0), "last_day": date(length - 1)}),
            false => json!({"start": moment(0), "end": format!("{}T{:02}:30:15", date(length / 3), 14 + length)}),
        };
        if let Some(rule) = rule {
            entry["repeat"] = json!(rule);
        }
        if !also.is_empty() {
            entry["also"] = also.iter().map(|it| if of_days { json!(date(*it)) } else { json!(moment(*it)) }).collect();
        }
        if !except.is_empty() && (rule.is_some() || !also.is_empty()) {
            entry["except"] = except
                .iter()
                .map(|it| if of_days || by_date { json!(date(*it)) } else { json!(moment(*it)) })
                .collect();
        }
        if let Some(note) = note {
            entry["note"] = json!(note);
        }
        if let Some(zone) = zone {
            entry["time_zone"] = json!(zone);
        }
        match uid {
            0 => {}
            1 => entry["uid"] = json!(format!("u{day}@x;y,z")),
            2 => {
                entry["uid"] = json!("the same");
                entry["sequence"] = json!(day);
                entry["x-flag"] = json!({"a": [1, "\u{7}", null]});
            }
            _ => {
                entry["uid"] = json!(format!("u{day}"));
                entry["x-recurrence-id"] = if of_days { json!(date(3)) } else { json!(moment(3)) };
            }
        }
        entry
    });
    prop::collection::vec(absence, 0..6).prop_map(Value::Array)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn reading_what_was_written_gives_the_same_desk_back(list in list()) {
        let list = absences(&list);
        let text = write(&list);
        prop_assert!(text.split_terminator("\r\n").all(|line| line.len() <= 75));
        let reading = read_back(&text);
        prop_assert_eq!(told(&reading.absences), told(&list), "{}", text);
        prop_assert_eq!(reading.problems, []);
        prop_assert!(reading.complete);
        prop_assert_eq!(write(&reading.absences), text);
    }
}

#[test]
fn every_zone_is_recognised_by_its_description() {
    for name in Zone::names() {
        let zone = Zone::named(name).unwrap();
        let list = absences(&json!([
            {"start": "2004-11-20T14:00", "end": "2004-11-20T17:00", "time_zone": name, "uid": "a"},
            {"start": "2023-11-20T14:00", "end": "2023-11-20T17:00", "time_zone": name, "uid": "b"}
        ]));
        let text = write(&list).replace("\r\n ", "");
        if name == "UTC" {
            continue;
        }
        let nameless = text.replace(&format!("TZID:{name}"), "TZID:Ours").replace(&format!("TZID={name}"), "TZID=Ours");
        let reading = read_back(&nameless);
        assert_eq!(reading.problems, [], "{name}\n{nameless}");
        let found = reading.absences[0].time_zone.clone().unwrap();
        for day in (0..25 * 366).step_by(1) {
            let at = instant("2004-01-01T00:00:00Z").saturating_add(day * 86_400_000);
            if at < instant("2025-01-01T00:00:00Z") {
                assert_eq!(found.offset_seconds(at), zone.offset_seconds(at), "{name} as {found} at {at}");
            }
        }
    }
}

#[test]
fn free_busy_time_is_whole_seconds_of_what_is_not_outside_of_the_hours() {
    let desk = json!({"version": 1, "time_zone": "Europe/Berlin",
        "working_hours": [{"days": ["mon", "tue", "wed", "thu", "fri"], "start": "09:00", "end": "17:00"}],
        "holidays": [{"id": "x", "dates": ["2026-12-25"]}],
        "agents": [{"id": "anna", "out_of_office": [
            {"start": "2026-12-23T12:00", "end": "2026-12-23T18:00:30"},
            {"first_day": "2026-12-24", "last_day": "2026-12-24"}]}]});
    let desk = Desk::from_json(&desk.to_string()).unwrap();
    let range = Span::new(instant("2026-12-23T00:00:00.5Z"), instant("2027-01-01T00:00:00Z"));
    let zone = desk.zone_of("anna").unwrap();
    let writer = Writer { agent: "anna", name: "Anna", zone, at: instant("2026-11-20T09:00:00Z") };
    let text = writer.free_busy(&desk.schedule("anna", range).unwrap(), range);
    assert_eq!(
        text.split_once("X-WR-CALNAME:Anna\r\n").unwrap().1.replace("\r\n", "\n"),
        "\
BEGIN:VFREEBUSY
UID:anna.20261223T000000Z@free-busy.frontdesk
DTSTAMP:20261120T090000Z
DTSTART:20261223T000000Z
DTEND:20270101T000000Z
FREEBUSY;FBTYPE=BUSY-UNAVAILABLE:20261223T110000Z/20261223T170030Z
FREEBUSY;FBTYPE=BUSY-UNAVAILABLE:20261223T230000Z/20261225T230000Z
END:VFREEBUSY
END:VCALENDAR
"
    );
}
