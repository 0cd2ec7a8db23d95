//! Travel: each civil date is read in its own zone.

use serde_json::{Value, json};

use frontdesk::{Desk, HoursOf, WorkingDays};

use crate::support::*;

/// Anna of Stockholm, in Tokyo from Monday, 7 December 2026, to Friday. Tokyo is eight hours ahead.
fn traveller(further: Value) -> Desk {
    traveller_among(further, json!([]))
}

fn traveller_among(further: Value, holidays: Value) -> Desk {
    let mut anna = json!({
        "id": "anna", "working_hours": [weekly("mon tue wed thu fri sat sun", "09:00-17:00")],
        "travel": [{"first_day": "2026-12-07", "last_day": "2026-12-11", "time_zone": "Asia/Tokyo"}],
    });
    anna.as_object_mut().unwrap().extend(further.as_object().unwrap().clone());
    desk(json!({"agents": [anna], "holidays": holidays}))
}

#[test]
fn hours_are_read_in_the_zone_of_the_date() {
    let desk = traveller(json!({}));
    assert_status(&desk, "2026-12-06 10:00", "available working_hours: 2026-12-06 08:00 to 2026-12-06 16:00");
    assert_status(&desk, "2026-12-07 05:00", "available working_hours: 2026-12-07 00:00 to 2026-12-07 08:00");
    assert_status(&desk, "2026-12-07 10:00", "away outside_working_hours: 2026-12-07 08:00 to 2026-12-08 00:00");
    assert_status(&desk, "2026-12-11 05:00", "available working_hours: 2026-12-11 00:00 to 2026-12-11 08:00");
    assert_status(&desk, "2026-12-11 10:00", "away outside_working_hours: 2026-12-11 08:00 to 2026-12-12 08:00");
}

/// The evening of Sunday in Stockholm is the morning of Monday in Tokyo; the evening of Friday in Tokyo, and the night to
/// Saturday in Stockholm, leave a gap.
#[test]
fn an_hour_counts_twice_or_not_at_all() {
    let desk = traveller(json!({"working_hours": [weekly("mon tue wed thu fri sat sun", "00:00-24:00")]}));
    assert_status(&desk, "2026-12-06 18:00", "available working_hours: ever to 2026-12-11 15:00");
    assert_status(&desk, "2026-12-11 18:00", "away outside_working_hours: 2026-12-11 15:00 to 2026-12-11 23:00");
    assert_status(&desk, "2026-12-12 00:00", "available working_hours: 2026-12-11 23:00 to ever");
    let of = HoursOf::Agent("anna".into());
    let time = desk.working_time(&of, at("2026-12-06 12:00"), at("2026-12-12 12:00")).unwrap();
    assert_eq!(time.to_string(), "5d16h");
}

#[test]
fn who_has_no_hours_stays_always_on() {
    let desk = desk(json!({"agents": [{"id": "anna", "travel": [
        {"first_day": "2026-12-07", "last_day": "2026-12-11", "time_zone": "Asia/Tokyo"}]}]}));
    assert_status(&desk, "2026-12-11 18:00", "available always_on: ever to ever");
}

#[test]
fn holidays_are_those_of_the_zone() {
    let holidays = json!([{"id": "day", "dates": ["2026-12-07", "2026-12-11"]}]);
    let desk = traveller_among(json!({}), holidays);
    assert_status(&desk, "2026-12-07 05:00", "away holiday: 2026-12-06 15:00 to 2026-12-07 15:00");
    assert_status(&desk, "2026-12-11 05:00", "away holiday: 2026-12-10 15:00 to 2026-12-11 15:00");
    assert_status(&desk, "2026-12-11 18:00", "away outside_working_hours: 2026-12-11 15:00 to 2026-12-12 08:00");
}

#[test]
fn date_hours_are_read_in_the_zone_of_their_date() {
    let desk = traveller(json!({"date_hours": [on("2026-12-08", "12:00-13:00")]}));
    assert_status(&desk, "2026-12-08 03:30", "available working_hours: 2026-12-08 03:00 to 2026-12-08 04:00");
}

/// Sunday in Stockholm is a holiday, and Monday in Tokyo has hours of its own, while both dates are there.
#[test]
fn the_weekly_hours_of_a_holiday_do_not_count_beside_date_hours() {
    let holidays = json!([{"id": "day", "dates": ["2026-12-06"]}]);
    let hours = json!([weekly("sun", "09:00-23:00")]);
    let desk =
        traveller_among(json!({"working_hours": hours, "date_hours": [on("2026-12-07", "03:00-04:00")]}), holidays);
    // Monday begins at 15:00 UTC; its hour is from 18:00. Sunday has hours to 22:00, were it not a holiday.
    assert_status(&desk, "2026-12-06 17:00", "away holiday: 2026-12-05 23:00 to 2026-12-06 18:00");
    assert_status(&desk, "2026-12-06 18:30", "available working_hours: 2026-12-06 18:00 to 2026-12-06 19:00");
    assert_status(&desk, "2026-12-06 20:00", "away holiday: 2026-12-06 19:00 to 2026-12-06 23:00");
}

#[test]
fn a_night_belongs_to_the_zone_of_its_date() {
    let desk = traveller(json!({"working_hours": [weekly("fri", "22:00-06:00")]}));
    // Friday, 4 December, in Stockholm, and Friday, 11 December, in Tokyo, with what runs past midnight there.
    assert_status(&desk, "2026-12-05 01:00", "available working_hours: 2026-12-04 21:00 to 2026-12-05 05:00");
    assert_status(&desk, "2026-12-11 14:00", "available working_hours: 2026-12-11 13:00 to 2026-12-11 21:00");
}

#[test]
fn absences_stay_in_their_own_zone() {
    let desk = traveller(json!({"out_of_office": [{"start": "2026-12-08T02:00", "end": "2026-12-08T04:00"}]}));
    assert_status(&desk, "2026-12-08 02:00", "away out_of_office: 2026-12-08 01:00 to 2026-12-08 03:00");
}

#[test]
fn a_set_available_holds_to_the_end_of_hours_there() {
    let mut desk = traveller(json!({}));
    set(&mut desk, "2026-12-08 12:00", "available", json!({}));
    assert_status(&desk, "2026-12-08 12:00", "available set_available: 2026-12-08 12:00 to 2026-12-09 08:00");
}

#[test]
fn a_set_available_holds_to_the_start_of_a_holiday_there() {
    let holidays = json!([{"id": "day", "dates": ["2026-12-10"]}]);
    let mut desk = traveller_among(json!({"working_hours": []}), holidays);
    set(&mut desk, "2026-12-08 12:00", "available", json!({}));
    assert_status(&desk, "2026-12-08 12:00", "available set_available: 2026-12-08 12:00 to 2026-12-09 15:00");
}

#[test]
fn working_days_are_those_of_the_zone() {
    let desk = traveller(json!({}));
    let of = HoursOf::Agent("anna".into());
    let after = |from: &str, days| desk.after(&of, at(from), WorkingDays::new(days).unwrap()).unwrap().map(told);
    // Ten in Stockholm, then ten in Tokyo, and ten in Stockholm again.
    assert_eq!(after("2026-12-05 09:00", 2).as_deref(), Some("2026-12-07 01:00"));
    assert_eq!(after("2026-12-08 01:00", 1).as_deref(), Some("2026-12-09 01:00"));
    assert_eq!(after("2026-12-11 01:00", 1).as_deref(), Some("2026-12-12 09:00"));
}

#[test]
fn the_clocks_of_the_place_change() {
    let desk = desk(json!({"agents": [{"id": "anna", "working_hours": office_hours(), "travel": [
        {"first_day": "2026-11-01", "last_day": "2026-11-03", "time_zone": "America/New_York"}]}]}));
    // New York goes back on 1 November.
    assert_status(&desk, "2026-11-02 15:00", "available working_hours: 2026-11-02 14:00 to 2026-11-02 22:00");
    assert_status(&desk, "2026-11-04 09:00", "available working_hours: 2026-11-04 08:00 to 2026-11-04 16:00");
}

#[test]
fn one_travel_follows_another() {
    let desk = desk(json!({"agents": [{"id": "anna", "working_hours": [weekly("mon tue", "09:00-17:00")], "travel": [
        {"first_day": "2026-12-08", "last_day": "2026-12-08", "time_zone": "America/Los_Angeles"},
        {"first_day": "2026-12-07", "last_day": "2026-12-07", "time_zone": "Asia/Tokyo"}]}]}));
    assert_status(&desk, "2026-12-07 03:00", "available working_hours: 2026-12-07 00:00 to 2026-12-07 08:00");
    assert_status(&desk, "2026-12-08 20:00", "available working_hours: 2026-12-08 17:00 to 2026-12-09 01:00");
}
