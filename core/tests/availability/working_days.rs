//! Deadlines in working days.

use serde_json::{Value, json};

use frontdesk::{Availability, Code, Desk, HoursOf, WorkingDays};

use crate::support::*;

/// Anna works from nine to five with a break, Bo at night, Cy always; 20 November 2026 is a Friday.
fn office() -> Desk {
    let days = "mon tue wed thu fri";
    desk(json!({
        "teams": [{"id": "support"}],
        "agents": [
            {"id": "anna", "team": "support", "working_hours": [weekly(days, "09:00-12:00"), weekly(days, "13:00-17:00")],
             "out_of_office": [{"first_day": "2026-12-01", "last_day": "2026-12-01"},
                               {"start": "2026-12-02T09:00", "end": "2026-12-02T12:00"}],
             "date_hours": [on("2026-12-05", "10:00-11:00"), {"date": "2026-12-04", "hours": []}]},
            {"id": "bo", "working_hours": [weekly("thu fri", "22:00-06:00")]},
            {"id": "cy"},
            {"id": "eve", "working_hours": []},
            {"id": "kim", "team": "support", "time_zone": "Asia/Tokyo", "working_hours": [weekly("sat", "09:00-17:00")]},
        ],
        "holidays": [{"id": "day", "dates": ["2026-12-10"]}],
        "inboxes": [{"id": "main", "channels": [
            {"id": "phone", "kind": "call", "office_hours": [weekly(days, "09:00-16:00")]}]}],
    }))
}

fn of(agent: &str) -> HoursOf {
    HoursOf::Agent(agent.into())
}

fn days(days: u32) -> WorkingDays {
    WorkingDays::new(days).unwrap()
}

#[track_caller]
fn assert_after(of: &HoursOf, from: &str, days: WorkingDays, expected: &str) {
    let reached = office().after(of, at(from), days).unwrap();
    assert_eq!(reached.map(told).as_deref(), Some(expected), "{days:?} after {from}");
}

#[track_caller]
fn assert_before(of: &HoursOf, to: &str, days: WorkingDays, expected: &str) {
    let began = office().before(of, at(to), days).unwrap();
    assert_eq!(began.map(told).as_deref(), Some(expected), "{days:?} before {to}");
}

// Stockholm is an hour ahead of UTC in winter.

#[test]
fn the_same_time_on_the_wall_on_a_later_date_that_has_hours() {
    assert_after(&of("anna"), "2026-11-18 09:30", days(1), "2026-11-19 09:30");
    assert_after(&of("anna"), "2026-11-20 09:30", days(2), "2026-11-24 09:30");
    assert_after(&of("anna"), "2026-11-21 09:30", days(1), "2026-11-23 09:30");
}

#[test]
fn outside_of_the_hours_it_is_moved_to_the_nearer_edge() {
    assert_after(&of("anna"), "2026-11-18 20:00", days(1), "2026-11-19 16:00");
    assert_after(&of("anna"), "2026-11-18 03:00", days(1), "2026-11-19 08:00");
    // In the break from 11 to 12 UTC.
    assert_after(&of("anna"), "2026-11-18 11:10", days(1), "2026-11-19 11:00");
    assert_after(&of("anna"), "2026-11-18 11:50", days(1), "2026-11-19 12:00");
    // As near to both: the one that comes first on the way.
    assert_after(&of("anna"), "2026-11-18 11:30", days(1), "2026-11-19 11:00");
    assert_before(&of("anna"), "2026-11-19 11:30", days(1), "2026-11-18 12:00");
}

#[test]
fn at_an_edge_it_stays() {
    assert_after(&of("anna"), "2026-11-18 16:00", days(1), "2026-11-19 16:00");
    assert_after(&of("anna"), "2026-11-18 08:00", days(1), "2026-11-19 08:00");
}

#[test]
fn the_end_of_the_day_is_that_of_its_hours() {
    assert_after(&of("anna"), "2026-11-18 09:30", days(1).at_end_of_day(), "2026-11-19 16:00");
    assert_after(&of("bo"), "2026-11-18 09:30", days(1).at_end_of_day(), "2026-11-20 05:00");
    assert_after(&of("cy"), "2026-11-18 09:30", days(1).at_end_of_day(), "2026-11-19 23:00");
    assert_before(&of("anna"), "2026-11-18 09:30", days(1).at_end_of_day(), "2026-11-17 16:00");
}

#[test]
fn absences_date_hours_and_holidays_count() {
    // Away all of Tuesday, 1 December, and in the morning of Wednesday; no hours on Friday, an hour on Saturday.
    assert_after(&of("anna"), "2026-11-30 09:30", days(1), "2026-12-02 12:00");
    assert_after(&of("anna"), "2026-12-03 09:30", days(1), "2026-12-05 09:30");
    assert_after(&of("anna"), "2026-12-03 09:30", days(2), "2026-12-07 09:30");
    assert_after(&of("anna"), "2026-12-09 09:30", days(1), "2026-12-11 09:30");
    assert_after(&of("cy"), "2026-12-09 09:30", days(1), "2026-12-11 09:30");
}

#[test]
fn a_night_belongs_to_the_date_it_starts_on() {
    // Saturday at three is in the night of Friday; the next date with hours is Thursday.
    assert_after(&of("bo"), "2026-11-21 02:00", days(1), "2026-11-26 21:00");
    assert_after(&of("bo"), "2026-11-19 22:00", days(1), "2026-11-20 22:00");
    assert_before(&of("bo"), "2026-11-21 02:00", days(1), "2026-11-20 21:00");
    assert_before(&of("bo"), "2026-11-21 02:00", days(2), "2026-11-19 21:00");
}

#[test]
fn the_wall_clock_decides_over_a_change_of_the_clocks() {
    // In Stockholm, 29 March 2026 has 23 hours, and 25 October has 25.
    assert_after(&of("anna"), "2026-03-27 09:30", days(1), "2026-03-30 08:30");
    assert_after(&of("anna"), "2026-10-23 08:30", days(1), "2026-10-26 09:30");
    // Half past two is not there on 29 March, and comes twice on 25 October.
    assert_after(&of("cy"), "2026-03-28 01:30", days(1), "2026-03-29 01:30");
    assert_after(&of("cy"), "2026-10-24 00:30", days(1), "2026-10-25 00:30");
    assert_before(&of("cy"), "2026-10-26 01:30", days(1), "2026-10-25 00:30");
}

#[test]
fn a_channel_has_its_office_hours() {
    let phone = HoursOf::Channel { inbox: "main".into(), channel: "phone".into() };
    assert_after(&phone, "2026-11-20 15:30", days(1), "2026-11-23 15:00");
    assert_after(&phone, "2026-12-09 09:30", days(1).at_end_of_day(), "2026-12-11 15:00");
    assert_before(&phone, "2026-11-23 09:30", days(1), "2026-11-20 09:30");
}

#[test]
fn a_team_has_the_hours_of_anybody_on_the_dates_of_the_desk() {
    let team = HoursOf::Team("support".into());
    // Saturday belongs to Kim: from 0 to 8 UTC.
    assert_after(&team, "2026-11-20 09:30", days(1), "2026-11-21 08:00");
    assert_after(&team, "2026-11-20 09:30", days(2), "2026-11-23 09:30");
    assert_after(&team, "2026-11-20 09:30", days(1).at_end_of_day(), "2026-11-21 08:00");
    assert_before(&team, "2026-11-23 09:30", days(1), "2026-11-21 08:00");
}

#[test]
fn there_may_not_be_so_many() {
    let desk = office();
    let now = at("2026-11-20 10:00");
    assert_eq!(desk.after(&of("eve"), now, days(1)).unwrap(), None);
    assert_eq!(desk.before(&of("eve"), now, days(1)).unwrap(), None);
    assert_eq!(desk.after(&of("anna"), at("2199-12-31 10:00"), days(1)).unwrap(), None);
    assert_eq!(desk.after(&of("anna"), now, days(73_049)).unwrap(), None);
    assert_eq!(desk.before(&of("anna"), at("2000-01-03 10:00"), days(1)).unwrap(), None);
    assert_eq!(WorkingDays::new(0).unwrap_err().code, Code::OutOfRange);
    assert_eq!(WorkingDays::new(73_050).unwrap_err().code, Code::OutOfRange);
}

#[test]
fn the_same_in_json() {
    let desk = office();
    let ask = |time: Value| {
        let question = json!({"ask": "after", "agent": "anna", "at": at("2026-11-20 09:30"), "time": time});
        desk.ask_json(&question.to_string())
    };
    assert_eq!(ask(json!({"working_days": 2})).unwrap(), r#""2026-11-24T09:30:00.000Z""#);
    assert_eq!(ask(json!({"working_days": 2, "end_of_day": true})).unwrap(), r#""2026-11-24T16:00:00.000Z""#);
    for (time, code, path) in [
        (json!({"end_of_day": true}), Code::MissingKey, "$.time"),
        (json!({"working_days": 0}), Code::OutOfRange, "$.time.working_days"),
        (json!({"working_days": 1, "hours": 2}), Code::UnknownKey, "$.time.hours"),
        (json!({"working_days": "1d"}), Code::WrongType, "$.time.working_days"),
    ] {
        let problems = ask(time.clone()).unwrap_err();
        assert_eq!((problems[0].code, problems[0].path.as_str()), (code, path), "{time}");
    }
}

/// Dates that are far apart are reached at once.
#[test]
fn long_closed_times_are_passed_over() {
    let document = json!({"version": 1, "time_zone": "UTC", "agents": [
        {"id": "rare", "working_hours": [], "date_hours": [on("2001-01-01", "09:00-10:00"), on("2199-01-01", "09:00-10:00")]}]});
    let availability = Availability::from_json(&document.to_string()).unwrap();
    let rare = of("rare");
    assert_eq!(availability.after(&rare, at("2026-11-20 09:30"), days(1)).unwrap(), Some(at("2199-01-01 09:30")));
    assert_eq!(availability.before(&rare, at("2026-11-20 09:30"), days(1)).unwrap(), Some(at("2001-01-01 09:30")));
}
