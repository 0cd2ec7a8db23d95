//! Every zone and every offset from 2000 up to 2200, compared with two independent readers of the tz database.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Range;

use frontdesk::Code;
use frontdesk::time::{Instant, Zone, Zones};

const YEARS: Range<i64> = 946_684_800..7_258_118_400; // 2000 up to 2200, in seconds
const WEEK: i64 = 7 * 86_400;

/// The changes of a zone by an oracle: the second (since 1970) and the offset from then on; the first entry is 2000.
type Changes = Vec<(i64, i32)>;

/// Compares a zone at each change, a millisecond before and after, and every week between.
#[track_caller]
fn assert_follows(zone: &Zone, oracle: &Changes) {
    assert_eq!(oracle.first().map(|change| change.0), Some(YEARS.start), "{zone}: the oracle begins in 2000");
    let ends = oracle.iter().skip(1).map(|change| change.0).chain([YEARS.end]);
    for (&(start, offset), end) in oracle.iter().zip(ends) {
        let weekly = (start..end).step_by(WEEK as usize).map(|second| second * 1000);
        for millis in weekly.chain([start * 1000 + 1, end * 1000 - 1]) {
            let at = Instant::from_millis(millis).unwrap();
            assert_eq!(zone.offset_seconds(at), offset, "{zone} at {at}");
        }
    }
}

fn assert_same_names<'a>(ours: impl Iterator<Item = &'a str>, theirs: impl IntoIterator<Item = String>) {
    let mut theirs: Vec<String> = theirs.into_iter().collect();
    theirs.sort();
    assert_eq!(ours.collect::<Vec<_>>(), theirs);
}

mod jiff_agrees {
    use jiff::Timestamp;
    use jiff::tz::{TimeZone, TimeZoneDatabase};

    use super::*;

    fn changes(zone: &TimeZone) -> Changes {
        let start = Timestamp::from_second(YEARS.start).unwrap();
        let later = zone.following(start).map(|change| (change.timestamp().as_second(), change.offset().seconds()));
        let mut changes = vec![(YEARS.start, zone.to_offset(start).seconds())];
        changes.extend(later.take_while(|change| change.0 < YEARS.end));
        changes
    }

    #[test]
    fn on_every_name() {
        let names = TimeZoneDatabase::bundled().available().map(|name| name.to_string()).collect::<Vec<_>>();
        assert!(!names.is_empty());
        assert_same_names(Zone::names(), names);
    }

    #[test]
    fn on_every_offset() {
        let bundled = TimeZoneDatabase::bundled();
        for name in Zone::names() {
            let changes = changes(&bundled.get(name).unwrap());
            assert_follows(&Zone::named(name).unwrap(), &changes);
        }
    }
}

mod python_agrees {
    use std::process::Command;

    use super::*;

    /// The output of `oracle/zones.py`: the folder that it read, and the changes by name.
    struct Oracle {
        #[cfg_attr(not(feature = "zoneinfo"), expect(dead_code, reason = "that feature reads it"))]
        folder: String,
        zones: BTreeMap<String, Changes>,
    }

    fn ask() -> Oracle {
        let python = std::env::var("FRONTDESK_ORACLE_PYTHON")
            .expect("FRONTDESK_ORACLE_PYTHON must name a python that has tests/oracle/requirements.txt installed");
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/oracle/zones.py");
        let output = Command::new(python)
            .args([script, Zones::BUNDLED_RELEASE])
            .env("PYTHONTZPATH", "")
            .output()
            .expect("python runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let text = String::from_utf8(output.stdout).unwrap();
        let mut lines = text.lines();
        Oracle { folder: lines.next().expect("a folder").to_owned(), zones: lines.map(line).collect() }
    }

    fn line(line: &str) -> (String, Changes) {
        let mut parts = line.split('\t');
        let name = parts.next().unwrap().to_owned();
        let first = (YEARS.start, parts.next().expect("an offset").parse().unwrap());
        let later = parts.map(|part| {
            let (since, offset) = part.split_once(':').expect("since:offset");
            (since.parse().unwrap(), offset.parse().unwrap())
        });
        (name, [first].into_iter().chain(later).collect())
    }

    #[test]
    #[ignore = "needs FRONTDESK_ORACLE_PYTHON, see .ci/run"]
    fn on_every_name_and_offset() {
        let oracle = ask();
        assert_same_names(Zone::names(), oracle.zones.keys().cloned());
        for (name, changes) in &oracle.zones {
            assert_follows(&Zone::named(name).unwrap(), changes);
        }
    }

    #[test]
    #[cfg(feature = "zoneinfo")]
    #[ignore = "needs FRONTDESK_ORACLE_PYTHON, see .ci/run"]
    fn on_the_zones_of_its_own_folder() {
        let oracle = ask();
        let folder = std::path::Path::new(&oracle.folder);
        let files = oracle.zones.keys().map(|name| (name.clone(), std::fs::read(folder.join(name)).unwrap()));
        let zones = Zones::from_tzif(files).unwrap();
        assert_same_names(zones.names(), oracle.zones.keys().cloned());
        for (name, changes) in &oracle.zones {
            assert_follows(&zones.get(name).unwrap(), changes);
        }
    }
}

mod names {
    use super::*;

    #[track_caller]
    fn refused(name: &str) -> Option<String> {
        let problem = Zone::named(name).unwrap_err();
        assert_eq!(problem.code, Code::UnknownZone);
        assert!(problem.message.len() < 300, "{}", problem.message);
        problem.hint
    }

    #[test]
    fn unknown_ones_offer_the_nearest() {
        assert_eq!(refused("Europe/Stokholm").as_deref(), Some("did you mean Europe/Stockholm?"));
        assert!(refused("US/Pacfic").unwrap().starts_with("did you mean US/Pacific"));
        assert_eq!(refused("europe/stockholm").as_deref(), Some("did you mean Europe/Stockholm?"));
        assert!(refused("Stockholm/Sweden/Earth").is_some());
    }

    #[test]
    fn absurd_ones_are_merely_unknown() {
        for name in ["", " ", "\0", "Europe/Stockholm ", "../Europe/Stockholm", "Europe/Stockhölm\u{1F4A9}"] {
            refused(name);
        }
        for name in ["Europe/".repeat(150_000), "ö".repeat(500_000)] {
            assert!(refused(&name).unwrap().starts_with("zones are named like Europe/London"));
        }
    }

    #[test]
    fn a_link_keeps_its_own() {
        let (link, target) = (Zone::named("US/Pacific").unwrap(), Zone::named("America/Los_Angeles").unwrap());
        assert_eq!(link.name(), "US/Pacific");
        assert_eq!(link.to_string(), "US/Pacific");
        assert_eq!(format!("{link:?}"), r#"Zone("US/Pacific")"#);
        assert_ne!(link, target);
        assert_eq!(serde_json::to_string(&link).unwrap(), r#""US/Pacific""#);
        assert_eq!("US/Pacific".parse(), Ok(link));
    }

    #[test]
    fn equal_zones_are_one_key() {
        let hash = |zone: &Zone| {
            let mut hasher = DefaultHasher::new();
            zone.hash(&mut hasher);
            hasher.finish()
        };
        let (named, utc) = (Zone::named("UTC").unwrap(), Zone::utc());
        assert_eq!((&named, hash(&named)), (&utc, hash(&utc)));
        assert_eq!(named, named.clone());
    }

    #[test]
    fn the_bundled_release_is_known() {
        assert!(Zones::BUNDLED_RELEASE >= "2026f");
        assert_eq!(format!("{:?}", Zones::bundled()), format!("Zones(bundled {})", Zones::BUNDLED_RELEASE));
        assert!(Zones::bundled().names().eq(Zone::names()));
    }

    #[test]
    fn zones_cross_threads() {
        fn is_shared<T: Clone + Send + Sync>() {}
        is_shared::<Zone>();
        is_shared::<Zones>();
    }

    #[test]
    #[cfg(feature = "chrono-tz")]
    fn chrono_tz_names_a_zone() {
        for zone in chrono_tz::TZ_VARIANTS {
            assert_eq!(Zone::try_from(zone).unwrap().name(), zone.name());
        }
    }
}

#[cfg(feature = "zoneinfo")]
mod given_files {
    use super::*;

    /// A TZif file of version 3 without transitions, with this rule only.
    fn file(rule: &str) -> Vec<u8> {
        let header = |version: u8| {
            let counts = [0_u32, 0, 0, 0, 1, 4].map(u32::to_be_bytes);
            [b"TZif", &[version][..], &[0; 15], counts.as_flattened()].concat()
        };
        let body = [&[0; 6][..], b"UTC\0"].concat();
        [header(b'3'), body.clone(), header(b'3'), body, format!("\n{rule}\n").into_bytes()].concat()
    }

    fn zones(rule: &str) -> Result<Zones, frontdesk::Problem> {
        Zones::from_tzif([("Mars/Olympus".to_owned(), file(rule))])
    }

    #[track_caller]
    fn offset(rule: &str, at: &str) -> i32 {
        let zone = zones(rule).unwrap().get("Mars/Olympus").unwrap();
        zone.offset_seconds(Instant::parse(at).unwrap())
    }

    #[test]
    fn replace_the_bundled_ones() {
        let zones = zones("UTC0").unwrap();
        assert_eq!(zones.names().collect::<Vec<_>>(), ["Mars/Olympus"]);
        assert_eq!(format!("{zones:?}"), "Zones(1 given)");
        let problem = zones.get("Mars/Olympos").unwrap_err();
        assert_eq!(problem.hint.as_deref(), Some("did you mean Mars/Olympus?"));
        assert_eq!(zones.get("UTC").unwrap_err().code, Code::UnknownZone);
        let zone = zones.get("Mars/Olympus").unwrap();
        drop(zones);
        assert_eq!(zone.name(), "Mars/Olympus");
    }

    #[test]
    fn with_the_same_content_make_equal_zones() {
        let get = |rule: &str| zones(rule).unwrap().get("Mars/Olympus").unwrap();
        assert_eq!(get("XXX-1YYY,M3.5.0,M10.5.0/3"), get("XXX-1YYY,M3.5.0,M10.5.0/3"));
        assert_ne!(get("XXX-1YYY,M3.5.0,M10.5.0/3"), get("XXX-1YYY,M3.5.0,M10.4.0/3"));
    }

    #[test]
    fn may_count_days_of_the_year() {
        // J60 is always 1 March; 59, counted from 0, is 1 March or, in a leap year, 29 February.
        let julian = "XXX0YYY,J60/0,J300/0";
        assert_eq!(offset(julian, "2028-02-29T23:59:59Z"), 0);
        assert_eq!(offset(julian, "2028-03-01T00:00:00Z"), 3600);
        assert_eq!(offset(julian, "2027-03-01T00:00:00Z"), 3600);
        let ordinal = "XXX0YYY,59/0,300/0";
        assert_eq!(offset(ordinal, "2028-02-29T00:00:00Z"), 3600);
        assert_eq!(offset(ordinal, "2027-02-28T23:59:59Z"), 0);
        assert_eq!(offset(ordinal, "2027-03-01T00:00:00Z"), 3600);
    }

    #[test]
    fn may_have_summer_all_year() {
        // The spelling of RFC 8536.
        for at in ["2000-01-01T00:00:00Z", "2026-12-31T23:30:00Z", "2027-01-01T05:00:00Z", "2199-07-01T00:00:00Z"] {
            assert_eq!(offset("EST5EDT,0/0,J365/25", at), -4 * 3600, "{at}");
        }
    }

    #[test]
    fn that_are_no_zones_are_passed_over() {
        let text = ("zone.tab".to_owned(), b"# countries".to_vec());
        let zones = Zones::from_tzif([text.clone(), ("UTC".to_owned(), file("UTC0"))]).unwrap();
        assert_eq!(zones.names().collect::<Vec<_>>(), ["UTC"]);
        assert_eq!(Zones::from_tzif([text]).unwrap_err().code, Code::InvalidValue);
        assert_eq!(Zones::from_tzif([]).unwrap_err().code, Code::InvalidValue);
    }

    #[test]
    fn that_are_broken_are_problems() {
        let whole = file("XXX-1YYY,M3.5.0,M10.5.0/3");
        let footer = whole.len() - 27;
        assert!(whole[footer..].starts_with(b"\nXXX"));
        // The newline before the footer alone is read as an empty footer.
        for length in (4..whole.len()).filter(|&length| length != footer + 1) {
            let cut = Zones::from_tzif([("Mars/Olympus".to_owned(), whole[..length].to_vec())]);
            assert_eq!(cut.unwrap_err().code, Code::InvalidValue, "cut to {length}");
        }
        for at in 4..whole.len() {
            for byte in [0, 1, 0x7f, 0xff] {
                let mut broken = whole.clone();
                broken[at] = byte;
                let _ = Zones::from_tzif([("Mars/Olympus".to_owned(), broken)]); // either way, but no panic
            }
        }
    }
}
