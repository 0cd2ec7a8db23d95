//! A document with single absences instead of repeated ones gives the same answers in its range.

use proptest::prelude::*;
use proptest::sample::select;
use serde_json::json;

use crate::Desk;
use frontdesk::Document;
use frontdesk::time::{Instant, Span, Zone};

use super::clock_changes::instant;
use crate::random_hours::{self, Place, name};

const AGENTS: usize = 3;
const DAY: i64 = 86_400_000;

#[test]
fn instances_stand_where_the_absence_stood() {
    let absences = json!([
        {"first_day": "2026-01-01", "last_day": "2026-01-02", "note": "New Year"},
        {"start": "2026-11-20T22:00", "end": "2026-11-21T03:30", "repeat": "FREQ=WEEKLY", "except": ["2026-11-27"],
         "note": "Night", "time_zone": "UTC", "uid": "n", "sequence": 2, "x-own": [1]},
        {"first_day": "2026-11-30", "last_day": "2026-12-01", "also": ["2026-12-24"]},
    ]);
    let desk =
        json!({"version": 1, "time_zone": "Europe/Stockholm", "agents": [{"id": "a", "out_of_office": absences}]});
    let document = Document::from_json(&desk.to_string()).unwrap();
    let flat = document.flatten(instant("2026-11-21T00:00:00Z"), instant("2026-12-24T12:00:00Z")).unwrap();
    let night = |start: &str, end: &str| json!({"start": start, "end": end, "note": "Night", "time_zone": "UTC", "uid": "n", "sequence": 2, "x-own": [1]});
    let expected = json!([
        {"first_day": "2026-01-01", "last_day": "2026-01-02", "note": "New Year"},
        night("2026-11-20T22:00", "2026-11-21T03:30"),
        night("2026-12-04T22:00", "2026-12-05T03:30"),
        night("2026-12-11T22:00", "2026-12-12T03:30"),
        night("2026-12-18T22:00", "2026-12-19T03:30"),
        {"first_day": "2026-11-30", "last_day": "2026-12-01"},
        {"first_day": "2026-12-24", "last_day": "2026-12-25"},
    ]);
    assert_eq!(serde_json::to_value(&flat.agents[0].out_of_office).unwrap(), expected);
    // The document does not use the feature, and a build without it reads it.
    let again = Document::from_json(&serde_json::to_string(&flat).unwrap()).unwrap();
    assert_eq!(again.flatten(Instant::MIN, Instant::MAX).unwrap(), flat);
    let problems = document.flatten(instant("2026-11-22T00:00:00Z"), instant("2026-11-21T00:00:00Z")).unwrap_err();
    assert_eq!(problems.len(), 2);
}

fn place() -> impl Strategy<Value = Place> {
    let names: Vec<&str> = Zone::names().collect();
    (select(names), 2001..2090).prop_map(|(zone, year)| Place { zone, year })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_flat_desk_answers_the_same(
        (place, desk) in place().prop_flat_map(|place| (Just(place), random_hours::desk(place, AGENTS))),
        start in 0..300 * DAY,
        length in 1..200 * DAY,
    ) {
        let start = instant(&format!("{}-01-01T00:00:00Z", place.year)).saturating_add(start);
        let end = start.saturating_add(length);
        let document = Document::from_json(&desk.to_string()).unwrap();
        let flat = document.flatten(start, end).unwrap();
        prop_assert!(flat.agents.iter().all(|agent| agent.out_of_office.iter().all(|absence| !absence.is_repeated())));
        let (desk, flat) = (Desk::new(document), Desk::new(flat));
        for agent in (0..AGENTS).map(name) {
            let range = Span::new(start, end);
            prop_assert_eq!(desk.schedule(&agent, range).unwrap(), flat.schedule(&agent, range).unwrap());
            for part in 0..20 {
                let at = start.saturating_add(length / 20 * part);
                let (status, flat) = (desk.status(&agent, at).unwrap(), flat.status(&agent, at).unwrap());
                prop_assert_eq!(status.note, flat.note);
                // Spans that end after the range may end earlier.
                prop_assert_eq!(status.since.filter(|since| *since > start), flat.since.filter(|since| *since > start));
                prop_assert_eq!(status.until.filter(|until| *until < end), flat.until.filter(|until| *until < end));
            }
        }
    }
}
