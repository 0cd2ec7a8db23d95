//! Synchronisation of a calendar with the absences of an agent.

use frontdesk::Absence;
use frontdesk::calendar::{self, Changes, ReadOptions, Reading, Writer};
use frontdesk::time::Zone;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::support::{absences, any_in, instant, read, told};

/// A calendar of events: id, sequence, day, and further lines.
fn calendar(events: &[(&str, u32, u32, &str)]) -> Reading {
    let event = |(uid, sequence, day, more): &(&str, u32, u32, &str)| {
        format!("BEGIN:VEVENT\nUID:{uid}\nSEQUENCE:{sequence}\nDTSTART:202611{day:02}\n{more}\nEND:VEVENT\n")
    };
    let events: String = events.iter().map(event).collect();
    read(&format!("BEGIN:VCALENDAR\n{events}END:VCALENDAR\n"))
}

/// The id, sequence and first day of each.
fn brief(absences: &[Absence]) -> String {
    let told = told(absences);
    let one = |it: &Value| {
        let text = |key: &str| it.get(key).map_or("-".to_owned(), |value| value.to_string().replace('"', ""));
        format!("{}/{}/{}", text("uid"), text("sequence"), &text("first_day")[8..])
    };
    told.as_array().unwrap().iter().map(one).collect::<Vec<_>>().join(" ")
}

fn changes_of(changes: &Changes) -> [String; 5] {
    let updated: Vec<Absence> = changes.updated.iter().flat_map(|it| it.after.clone()).collect();
    let kept: Vec<String> = changes.kept.iter().map(|it| format!("{} {}", it.uid, it.why.as_str())).collect();
    [brief(&changes.added), brief(&updated), brief(&changes.removed), kept.join(" "), brief(&changes.out_of_office)]
}

fn have() -> Vec<Absence> {
    absences(&json!([
        {"first_day": "2026-11-01", "last_day": "2026-11-01", "note": "By hand"},
        {"first_day": "2026-11-02", "last_day": "2026-11-02", "uid": "same", "sequence": 1, "x-room": 7},
        {"first_day": "2026-11-03", "last_day": "2026-11-03", "uid": "moved", "sequence": 1, "x-room": 8},
        {"first_day": "2026-11-04", "last_day": "2026-11-04", "uid": "gone", "sequence": 1},
        {"first_day": "2026-11-05", "last_day": "2026-11-05", "uid": "ahead", "sequence": 5},
        {"first_day": "2026-11-06", "last_day": "2026-11-06", "uid": "elsewhere", "x-calendar": "home"}
    ]))
}

#[test]
fn changes_are_found_by_id_and_revision() {
    let theirs = calendar(&[("new", 0, 10, ""), ("moved", 2, 13, ""), ("same", 1, 2, ""), ("ahead", 4, 15, "")]);
    let changes = calendar::synchronise(&have(), &theirs, None);
    assert_eq!(
        changes_of(&changes),
        [
            "new/0/10",
            "moved/2/13",
            "gone/1/04",
            "ahead earlier",
            "-/-/01 same/1/02 moved/2/13 ahead/5/05 elsewhere/-/06 new/0/10",
        ]
    );
    assert_eq!(changes.unchanged, 1);
    // A key that was added to an absence is kept.
    assert_eq!(told(&changes.out_of_office)[2]["x-room"], 8);
    let again = calendar::synchronise(&changes.out_of_office, &theirs, None);
    assert!(again.is_empty() && again.out_of_office == changes.out_of_office);
}

#[test]
fn a_calendar_that_has_a_name_touches_only_its_own() {
    let theirs = calendar(&[("elsewhere", 0, 16, ""), ("same", 1, 2, "")]);
    let changes = calendar::synchronise(&have(), &theirs, Some("home"));
    assert_eq!(
        changes_of(&changes),
        [
            "same/1/02",
            "elsewhere/0/16",
            "",
            "",
            "-/-/01 same/1/02 moved/1/03 gone/1/04 ahead/5/05 elsewhere/0/16 same/1/02"
        ]
    );
    assert_eq!(told(&changes.added)[0]["x-calendar"], "home");
    assert!(calendar::synchronise(&changes.out_of_office, &theirs, Some("home")).is_empty());
    let nothing = calendar::synchronise(&changes.out_of_office, &calendar(&[]), Some("home"));
    assert_eq!(brief(&nothing.out_of_office), brief(&have()[..5]));
}

#[test]
fn what_was_not_understood_is_not_removed() {
    let theirs = calendar(&[("same", 1, 2, ""), ("moved", 1, 3, "RRULE:FREQ=NEVER")]);
    let changes = calendar::synchronise(&have(), &theirs, None);
    assert_eq!(changes_of(&changes)[2..4], ["gone/1/04 ahead/5/05".to_owned(), "moved unread".to_owned()]);
    // A series that was split stays, with its other part.
    let parts = absences(&json!([
        {"first_day": "2026-11-03", "last_day": "2026-11-03", "uid": "moved"},
        {"first_day": "2026-11-04", "last_day": "2026-11-04", "uid": "moved_R20261104T000000"}
    ]));
    assert_eq!(calendar::synchronise(&parts, &theirs, None).kept.len(), 2);
    let cut = Reading { complete: false, ..calendar(&[("same", 1, 2, "")]) };
    let changes = calendar::synchronise(&have(), &cut, None);
    assert_eq!(
        changes_of(&changes)[2..4],
        [String::new(), "moved incomplete gone incomplete ahead incomplete".to_owned()]
    );
}

#[test]
fn what_we_gave_to_the_calendar_is_not_taken_back() {
    let have = have();
    let zone = Zone::named("Europe/Berlin").unwrap();
    let writer = Writer { agent: "anna", name: "Anna", zone: &zone, at: instant("2026-11-20T09:00:00Z") };
    let text = writer.absences(&have);
    let theirs = calendar::read(text.as_bytes(), &any_in("Europe/Berlin"));
    let changes = calendar::synchronise(&have, &theirs, None);
    assert!(changes.is_empty());
    assert_eq!(changes.out_of_office, have);
    // Absences entered by hand, and from another calendar.
    assert_eq!((changes.unchanged, changes.ours), (4, 2));
    // Also when it is not here any more.
    assert!(
        !calendar::synchronise(&[], &theirs, None)
            .added
            .iter()
            .any(|it| it.note.is_some() || it.extensions.contains_key("x-calendar"))
    );
}

#[test]
fn a_moved_instance_belongs_to_its_series() {
    let series = "BEGIN:VEVENT\nUID:u\nDTSTART:20261120\nRRULE:FREQ=DAILY\nEND:VEVENT\n";
    let moved = "BEGIN:VEVENT\nUID:u\nRECURRENCE-ID:20261122\nDTSTART:20261125\nEND:VEVENT\n";
    let [with, without] = [format!("{series}{moved}"), series.to_owned()].map(|text| read(&text));
    let first = calendar::synchronise(&[], &with, None);
    assert_eq!(first.added.len(), 2);
    let second = calendar::synchronise(&first.out_of_office, &without, None);
    assert_eq!((second.updated.len(), second.updated[0].before.len(), second.updated[0].after.len()), (1, 2, 1));
    assert_eq!(second.out_of_office, without.absences);
}

proptest! {
    #[test]
    fn a_second_time_changes_nothing(
        ours in prop::collection::vec((0..6_u32, 0..3_u32, 1..9_u32, any::<bool>()), 0..8),
        theirs in prop::collection::vec((0..6_u32, 0..3_u32, 1..9_u32), 0..8),
        name in prop::option::of(Just("home")),
        complete in any::<bool>(),
    ) {
        let entry = |(id, sequence, day, named): &(u32, u32, u32, bool)| {
            let mut entry = json!({"first_day": format!("2026-11-{day:02}"), "last_day": format!("2026-11-{day:02}")});
            if *id > 0 {
                entry["uid"] = json!(id.to_string());
                entry["sequence"] = json!(sequence);
            }
            if *named {
                entry["x-calendar"] = json!("home");
            }
            entry
        };
        let have = absences(&ours.iter().map(entry).collect());
        let ids: Vec<String> = theirs.iter().map(|it| it.0.to_string()).collect();
        let events: Vec<_> = theirs.iter().zip(&ids).map(|(it, id)| (id.as_str(), it.1, it.2, "")).collect();
        let reading = Reading { complete, ..calendar(&events) };
        let first = calendar::synchronise(&have, &reading, name);
        let second = calendar::synchronise(&first.out_of_office, &reading, name);
        prop_assert!(second.is_empty(), "{:?}", second);
        prop_assert_eq!(&second.out_of_office, &first.out_of_office);
        // Absences that are not of this calendar keep their place and order.
        let others = |list: &[Absence]| -> Vec<Absence> {
            let is_other = |it: &&Absence| it.uid.is_none() || it.extensions.contains_key("x-calendar") != name.is_some();
            list.iter().filter(is_other).cloned().collect()
        };
        prop_assert_eq!(others(&have), others(&first.out_of_office));
    }
}

#[test]
fn options_are_those_of_the_agent() {
    let options = ReadOptions::in_zone(Zone::utc());
    assert_eq!((options.zone.name(), options.away), ("UTC", calendar::Away::default()));
}

#[test]
fn events_without_an_id_are_known_by_their_times() {
    let event =
        |day: u32, summary: &str| format!("BEGIN:VEVENT\nDTSTART:202611{day:02}\nSUMMARY:{summary}\nEND:VEVENT\n");
    let first = read(&[event(10, "Dentist"), event(11, "Course"), event(11, "Course, too")].concat());
    let begun = calendar::synchronise(&have()[..1], &first, None);
    assert_eq!((begun.added.len(), begun.out_of_office.len()), (3, 4));
    let again = calendar::synchronise(&begun.out_of_office, &first, None);
    assert!(again.is_empty());
    assert_eq!((again.unchanged, again.out_of_office), (3, begun.out_of_office.clone()));
    // An event with another summary is the same; one at another time is another.
    let second = read(&[event(10, "Doctor"), event(12, "Course"), event(11, "Course, too")].concat());
    let later = calendar::synchronise(&begun.out_of_office, &second, None);
    assert_eq!((later.added.len(), later.updated.len(), later.removed.len()), (1, 2, 1));
}
