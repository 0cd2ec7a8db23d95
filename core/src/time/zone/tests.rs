//! Civil times at the edges of changes, and the stretches of constant offset.

use chrono::NaiveDateTime;

use super::*;

fn zone(name: &str) -> Zone {
    Zone::named(name).unwrap()
}

fn utc(text: &str) -> i64 {
    Instant::parse(&format!("{text}Z")).unwrap().millis()
}

fn civil(text: &str) -> Civil {
    text.parse::<NaiveDateTime>().unwrap().into()
}

/// A zone, a time on its wall clock, and the same in UTC.
const RESOLVED: &[(&str, &str, &str)] = &[
    // An ordinary time.
    ("UTC", "2026-11-20T09:00:00", "2026-11-20T09:00:00"),
    ("Europe/Stockholm", "2026-11-20T09:00:00", "2026-11-20T08:00:00"),
    ("Europe/Stockholm", "2026-06-20T09:00:00", "2026-06-20T07:00:00"),
    ("Asia/Kathmandu", "2026-11-20T09:00:00", "2026-11-20T03:15:00"),
    // A gap, from edge to edge: the time moves later by the missing hour.
    ("Europe/Stockholm", "2027-03-28T01:59:59.999", "2027-03-28T00:59:59.999"),
    ("Europe/Stockholm", "2027-03-28T02:00:00", "2027-03-28T01:00:00"),
    ("Europe/Stockholm", "2027-03-28T02:30:00", "2027-03-28T01:30:00"),
    ("Europe/Stockholm", "2027-03-28T03:00:00", "2027-03-28T01:00:00"),
    // An overlap: the first occurrence.
    ("Europe/Stockholm", "2026-10-25T01:59:59.999", "2026-10-24T23:59:59.999"),
    ("Europe/Stockholm", "2026-10-25T02:00:00", "2026-10-25T00:00:00"),
    ("Europe/Stockholm", "2026-10-25T02:59:59.999", "2026-10-25T00:59:59.999"),
    ("Europe/Stockholm", "2026-10-25T03:00:00", "2026-10-25T02:00:00"),
    // A summer of half an hour, in the south.
    ("Australia/Lord_Howe", "2026-10-04T02:15:00", "2026-10-03T15:45:00"),
    ("Australia/Lord_Howe", "2026-10-04T02:30:00", "2026-10-03T15:30:00"),
    ("Australia/Lord_Howe", "2027-04-04T01:45:00", "2027-04-03T14:45:00"),
    ("Australia/Lord_Howe", "2027-04-04T02:00:00", "2027-04-03T15:30:00"),
    // A skipped date: Samoa crossed the date line.
    ("Pacific/Apia", "2011-12-29T23:59:59", "2011-12-30T09:59:59"),
    ("Pacific/Apia", "2011-12-30T12:00:00", "2011-12-30T22:00:00"),
    ("Pacific/Apia", "2011-12-31T00:00:00", "2011-12-30T10:00:00"),
    // A gap at midnight, an overlap at midnight.
    ("America/Sao_Paulo", "2018-11-04T00:00:00", "2018-11-04T03:00:00"),
    ("America/Sao_Paulo", "2018-11-04T00:30:00", "2018-11-04T03:30:00"),
    ("America/Sao_Paulo", "2018-11-04T01:00:00", "2018-11-04T03:00:00"),
    ("America/Havana", "2025-11-02T00:00:00", "2025-11-02T04:00:00"),
    ("America/Havana", "2025-11-02T00:59:59", "2025-11-02T04:59:59"),
    ("America/Havana", "2025-11-02T01:00:00", "2025-11-02T06:00:00"),
    // Irish law makes winter the exception; the clocks are those of London.
    ("Europe/Dublin", "2027-03-28T01:30:00", "2027-03-28T01:30:00"),
    ("Europe/Dublin", "2026-10-25T01:30:00", "2026-10-25T00:30:00"),
    // A change of two hours.
    ("Antarctica/Troll", "2027-03-28T02:00:00", "2027-03-28T02:00:00"),
    ("Antarctica/Troll", "2027-03-28T03:00:00", "2027-03-28T01:00:00"),
    ("Antarctica/Troll", "2026-10-25T01:30:00", "2026-10-24T23:30:00"),
    // Changes on the day before, by the clock: `<-02>2<-01>,M3.5.0/-1,M10.5.0/0`.
    ("America/Nuuk", "2027-03-27T23:30:00", "2027-03-28T01:30:00"),
    ("America/Nuuk", "2026-10-24T23:30:00", "2026-10-25T00:30:00"),
    // Changes decided by governments in 2026.
    ("Africa/Casablanca", "2026-09-19T12:00:00", "2026-09-19T11:00:00"),
    ("Africa/Casablanca", "2026-09-21T12:00:00", "2026-09-21T12:00:00"),
    ("America/Vancouver", "2026-11-01T01:30:00", "2026-11-01T08:30:00"),
    ("America/Vancouver", "2026-12-24T12:00:00", "2026-12-24T19:00:00"),
    // Far ahead, by rule: 2100 is not a leap year.
    ("America/New_York", "2100-03-14T02:30:00", "2100-03-14T07:30:00"),
    ("America/New_York", "2199-07-04T12:00:00", "2199-07-04T16:00:00"),
    ("Australia/Sydney", "2199-12-31T23:00:00", "2199-12-31T12:00:00"),
];

#[test]
fn civil_times_resolve() {
    for &(name, wall, expected) in RESOLVED {
        let resolved = zone(name).resolve(civil(wall));
        assert_eq!(resolved, utc(expected), "{name} {wall}");
    }
}

/// Stockholm had winter time when 2000 began, so all earlier years have it.
#[test]
fn before_2000_the_offset_of_2000_applies() {
    let summer = civil("1987-06-20T09:00:00");
    assert_eq!(zone("Europe/Stockholm").resolve(summer), summer.0 - 3_600_000);
}

#[test]
fn civil_times_resolve_however_far_away() {
    for name in Zone::names() {
        for civil in [i64::MIN, i64::MIN + 1, -DAY, 0, utc("2199-12-31T23:59:59.999") + 400 * DAY, i64::MAX] {
            zone(name).resolve(Civil(civil));
        }
    }
}

/// A resolved time is shown again by the wall clock, unless the clock skipped it; then the clock shows a later time.
#[test]
fn what_is_resolved_is_on_the_wall() {
    for name in Zone::names() {
        let zone = zone(name);
        for edge in zone.stretches(utc("2000-01-02T00:00:00"), utc("2199-12-30T00:00:00")).skip(1) {
            for minutes in (-180..=180).step_by(15) {
                let at = Instant::clamped(edge.start + minutes * 60_000);
                let wall = zone.local(at);
                let first = Instant::clamped(zone.resolve(wall));
                assert!(first <= at, "{name} at {at}: not the first pass");
                assert_eq!(zone.local(first), wall, "{name} at {at}");

                let maybe_skipped = Civil(edge.start + edge.offset + minutes * 60_000);
                let shown = zone.local(Instant::clamped(zone.resolve(maybe_skipped)));
                assert!(shown >= maybe_skipped, "{name} at {at}: a gap moves later");
            }
        }
    }
}

/// The stretches cover all time without a gap, and each changes the offset.
#[test]
fn stretches_tile_all_time() {
    for name in Zone::names() {
        let stretches: Vec<Stretch> = zone(name).stretches(i64::MIN, i64::MAX).collect();
        assert_eq!(stretches.first().unwrap().start, i64::MIN, "{name}");
        assert_eq!(stretches.last().unwrap().end, i64::MAX, "{name}");
        for pair in stretches.windows(2) {
            assert!(pair[0].start < pair[0].end, "{name}: {pair:?}");
            assert_eq!(pair[0].end, pair[1].start, "{name}: {pair:?}");
            assert_ne!(pair[0].offset, pair[1].offset, "{name}: {pair:?}");
        }
    }
}

#[test]
fn stretches_are_those_that_touch_the_range() {
    let zone = zone("Europe/Stockholm");
    let (spring, autumn) = (utc("2026-03-29T01:00:00"), utc("2026-10-25T01:00:00"));
    let winter = Stretch { start: autumn, end: utc("2027-03-28T01:00:00"), offset: 3_600_000 };
    let summer = Stretch { start: spring, end: autumn, offset: 7_200_000 };
    let touching = |start, end| zone.stretches(start, end).collect::<Vec<_>>();

    assert_eq!(touching(spring, autumn), [summer]);
    assert_eq!(touching(autumn - 1, autumn), [summer]);
    assert_eq!(touching(autumn - 1, autumn + 1), [summer, winter]);
    assert_eq!(touching(autumn, autumn + 1), [winter]);
    assert_eq!(touching(autumn, autumn), [winter]);
    assert_eq!(touching(autumn, spring), [winter]);
    assert_eq!(
        Zone::utc().stretches(0, 1).collect::<Vec<_>>(),
        [Stretch { start: i64::MIN, end: i64::MAX, offset: 0 }]
    );
}

/// Names without a zone, and the names suggested instead.
const OFFERED: &[(&str, &str)] = &[
    // Misspelt names.
    ("Europe/Stokholm", "did you mean Europe/Stockholm?"),
    ("europe/stockholm", "did you mean Europe/Stockholm?"),
    (" Europe/Stockholm ", "did you mean Europe/Stockholm?"),
    ("America/Los Angeles", "did you mean America/Los_Angeles?"),
    ("Amerika/New_York", "did you mean America/New_York?"),
    ("UTX", "did you mean UTC?"),
    ("utc", "did you mean UTC?"),
    // A city alone, or in the wrong region.
    ("Stockholm", "did you mean Europe/Stockholm?"),
    ("stokholm", "did you mean Europe/Stockholm?"),
    ("New_York", "did you mean America/New_York?"),
    ("new york", "did you mean America/New_York?"),
    ("Europe/New_York", "did you mean America/New_York?"),
    ("Buenos Aires", "did you mean America/Argentina/Buenos_Aires or America/Buenos_Aires?"),
    ("San Francisco", "did you mean America/Los_Angeles?"),
    ("Asia/Beijing", "did you mean Asia/Shanghai?"),
    // Abbreviations.
    ("PST", "did you mean America/Los_Angeles?"),
    ("CEST", "did you mean Europe/Paris, Europe/Berlin or Europe/Stockholm?"),
    ("IST", "did you mean Asia/Kolkata, Europe/Dublin or Asia/Jerusalem?"),
    ("Z", "did you mean UTC?"),
    // Offsets.
    (
        "+01:00",
        "did you mean Europe/Paris or Etc/GMT-1? Etc/GMT-1 is 1 h ahead of UTC, all year: such names count westward",
    ),
    (
        "GMT+1",
        "did you mean Europe/Paris or Etc/GMT-1? Etc/GMT-1 is 1 h ahead of UTC, all year: such names count westward",
    ),
    (
        "UTC -8",
        "did you mean America/Los_Angeles or Etc/GMT+8? Etc/GMT+8 is 8 h behind UTC, all year: such names count westward",
    ),
    (
        "−0500",
        "did you mean America/New_York or Etc/GMT+5? Etc/GMT+5 is 5 h behind UTC, all year: such names count westward",
    ),
    ("-12", "did you mean Etc/GMT+12? Etc/GMT+12 is 12 h behind UTC, all year: such names count westward"),
    ("+05:30", "did you mean Asia/Kolkata?"),
    ("+00:00", "did you mean UTC?"),
    ("+03:17", "zones are named like Europe/London, America/New_York or UTC"),
    ("+99999999999", "zones are named like Europe/London, America/New_York or UTC"),
    // Nothing to go by, or a region alone.
    ("Europe/", "zones are named like Europe/London, Europe/Paris or Europe/Berlin"),
    ("asia/nowhere_at_all", "zones are named like Asia/Tokyo, Asia/Shanghai or Asia/Kolkata"),
    ("Arctic/x", "zones are named like Arctic/Longyearbyen"),
    ("X", "zones are named like Europe/London, America/New_York or UTC"),
    ("", "zones are named like Europe/London, America/New_York or UTC"),
    ("å/ö", "zones are named like Europe/London, America/New_York or UTC"),
];

#[test]
fn an_unknown_name_is_told_what_may_be_meant() {
    for (name, hint) in OFFERED {
        let problem = Zone::named(name).unwrap_err();
        assert_eq!((problem.code, problem.hint.as_deref()), (Code::UnknownZone, Some(*hint)), "{name:?}");
    }
    let long = Zone::named(&"ö/".repeat(5000)).unwrap_err();
    assert!(long.message.len() < 200 && long.hint.is_some_and(|hint| hint.contains("Europe/London")));
}

/// Every suggestion is a known name.
#[test]
fn what_is_offered_is_known() {
    let names: Vec<&str> = Zone::names().collect();
    suggest::tables().for_each(|name| assert!(names.contains(&name), "{name}"));
    for few in [&["Test/Zone", "UTC"][..], &["Test/Zone"]] {
        for (name, _) in OFFERED {
            let hint = suggest::hint(name, few);
            assert!(few.iter().any(|known| hint.contains(known)), "{name}: {hint}");
            assert!(!hint.contains("Europe/") && !hint.contains("Etc/"), "{name}: {hint}");
        }
    }
}
