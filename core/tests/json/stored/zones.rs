//! A desk keeps the zones that it was read with, over commands, snapshots and scripts.

use frontdesk::strategies::Strategies;
use frontdesk::time::{Instant, Zones};
use frontdesk::{Code, Desk, Reader, Reason};

/// A zone that no release of the tz database contains, three hours ahead of UTC.
const STATION: &str = "Test/Station";

/// The smallest zone file: no transitions, one offset.
fn zones() -> Zones {
    let mut file = b"TZif\0".to_vec();
    file.extend([0; 15]);
    // No indicators, leap seconds and transitions; one offset, and an abbreviation of four bytes.
    file.extend([0_u32, 0, 0, 0, 1, 4].into_iter().flat_map(u32::to_be_bytes));
    file.extend(10_800_i32.to_be_bytes());
    file.extend(b"\0\0STA\0");
    Zones::from_tzif([(STATION.to_owned(), file)]).unwrap()
}

const DOCUMENT: &str = r#"{"version": 1, "time_zone": "Test/Station", "agents": [
    {"id": "anna", "working_hours": [{"days": ["fri"], "start": "09:00", "end": "17:00"}]}]}"#;
const PUT: &str = r#"{"type": "put_agent", "at": "2026-11-20T05:00:00Z", "agent": "bo", "entry": {"id": "bo", "time_zone": "Test/Station"}}"#;
const BUNDLED: &str = r#"{"type": "put_agent", "at": "2026-11-20T05:00:00Z", "agent": "bo", "entry": {"id": "bo", "time_zone": "Europe/Oslo"}}"#;

#[track_caller]
fn assert_keeps(desk: &Desk) {
    let at = |text| Instant::parse(text).unwrap();
    let status = desk.status("anna", at("2026-11-20T06:00:00Z")).unwrap();
    assert_eq!((status.reason, status.until), (Reason::WorkingHours, Some(at("2026-11-20T14:00:00Z"))));
    let mut desk = desk.clone();
    assert_eq!(desk.handle_json(BUNDLED).unwrap_err()[0].code, Code::UnknownZone);
    desk.handle_json(PUT).unwrap();
    assert_eq!(desk.zone_of("bo").unwrap().name(), STATION);
    // The current document is read again, for the strategies that it may name.
    desk.set_strategies(Strategies::default()).unwrap();
}

#[test]
fn are_kept() {
    let desk = Reader::new().zones(zones()).desk(DOCUMENT).unwrap();
    assert_keeps(&desk);
    let snapshot = desk.snapshot();
    assert_eq!(Desk::restore(&snapshot).unwrap_err()[0].code, Code::UnknownZone);
    assert_keeps(&desk.reader().restore(&snapshot).unwrap());

    let reader = Reader::new().zones(zones()).strategies(Strategies::default());
    assert_keeps(&reader.desk(DOCUMENT).unwrap());
    assert_keeps(&reader.restore(&snapshot).unwrap());
    assert_eq!(reader.document(DOCUMENT).unwrap(), desk.document());
}
