//! Arithmetic in working time, and its limits.

use serde_json::json;

use crate::Desk;
use frontdesk::time::Duration;
use frontdesk::{Code, HoursOf};

use crate::support::*;

/// Anna works from nine to five, Bo of the same team from eleven to seven; the phone is open from nine to four.
fn office() -> Desk {
    let late = json!([weekly("mon tue wed thu fri", "11:00-19:00")]);
    desk(json!({
        "teams": [{"id": "support"}],
        "agents": [{"id": "anna", "team": "support", "working_hours": office_hours()},
                   {"id": "bo", "team": "support", "working_hours": late},
                   {"id": "eve", "working_hours": []}],
        "inboxes": [{"id": "main", "channels": [
            {"id": "phone", "kind": "call", "office_hours": [weekly("mon tue wed thu fri", "09:00-16:00")]}]}],
    }))
}

fn anna() -> HoursOf {
    HoursOf::Agent("anna".into())
}

fn phone() -> HoursOf {
    HoursOf::Channel { inbox: "main".into(), channel: "phone".into() }
}

fn duration(text: &str) -> Duration {
    Duration::parse(text).unwrap()
}

#[track_caller]
fn assert_between(of: &HoursOf, from: &str, to: &str, expected: &str) {
    let time = office().working_time(of, at(from), at(to)).unwrap();
    assert_eq!(time.to_string(), expected, "from {from} to {to}");
}

#[track_caller]
fn assert_after(of: &HoursOf, from: &str, time: &str, expected: &str) {
    let reached = office().after(of, at(from), duration(time)).unwrap();
    assert_eq!(reached.map(told).as_deref(), Some(expected), "{time} after {from}");
}

#[track_caller]
fn assert_before(of: &HoursOf, to: &str, time: &str, expected: &str) {
    let began = office().before(of, at(to), duration(time)).unwrap();
    assert_eq!(began.map(told).as_deref(), Some(expected), "{time} before {to}");
}

// Anna works from 08:00 to 16:00 UTC. 20 November 2026 is a Friday.

#[test]
fn time_between_counts_what_is_inside() {
    assert_between(&anna(), "2026-11-20 10:00", "2026-11-20 12:00", "2h");
    assert_between(&anna(), "2026-11-20 06:00", "2026-11-20 20:00", "8h");
    assert_between(&anna(), "2026-11-20 15:00", "2026-11-23 09:00", "2h");
    assert_between(&anna(), "2026-11-20 16:00", "2026-11-23 08:00", "0s");
    assert_between(&anna(), "2026-11-20 10:00", "2026-11-20 10:00", "0s");
    assert_between(&anna(), "2026-11-20 15:59:59.999", "2026-11-23 08:00:00.001", "2ms");
}

#[test]
fn a_team_works_while_anyone_does() {
    let team = HoursOf::Team("support".into());
    assert_between(&team, "2026-11-20 00:00", "2026-11-21 00:00", "10h");
    assert_after(&team, "2026-11-20 15:00", "2h", "2026-11-20 17:00");
    assert_before(&team, "2026-11-20 11:00", "2h", "2026-11-20 09:00");
}

#[test]
fn a_channel_works_in_its_office_hours() {
    assert_between(&phone(), "2026-11-20 00:00", "2026-11-21 00:00", "7h");
    assert_after(&phone(), "2026-11-20 14:30", "1h", "2026-11-23 08:30");
}

#[test]
fn time_that_ends_exactly_at_closing_is_that_closing() {
    assert_after(&anna(), "2026-11-20 10:00", "6h", "2026-11-20 16:00");
    assert_after(&anna(), "2026-11-19 18:00", "8h", "2026-11-20 16:00");
    assert_after(&anna(), "2026-11-20 10:00", "6h1s", "2026-11-23 08:00:01.000");
}

#[test]
fn no_time_from_a_closed_instant_is_the_next_opening() {
    assert_after(&anna(), "2026-11-20 20:00", "0s", "2026-11-23 08:00");
    assert_after(&anna(), "2026-11-20 16:00", "0s", "2026-11-23 08:00");
    assert_after(&anna(), "2026-11-20 10:00", "0s", "2026-11-20 10:00");
    assert_after(&anna(), "2026-11-20 08:00", "0s", "2026-11-20 08:00");
}

#[test]
fn backwards_is_the_mirror_image() {
    assert_before(&anna(), "2026-11-20 10:00", "2h", "2026-11-20 08:00");
    assert_before(&anna(), "2026-11-20 10:00", "2h1s", "2026-11-19 15:59:59.000");
    assert_before(&anna(), "2026-11-20 20:00", "8h", "2026-11-20 08:00");
    assert_before(&anna(), "2026-11-23 03:00", "0s", "2026-11-20 16:00");
    assert_before(&anna(), "2026-11-23 08:00", "0s", "2026-11-20 16:00");
    assert_before(&anna(), "2026-11-20 10:00", "0s", "2026-11-20 10:00");
    assert_before(&anna(), "2026-11-20 16:00", "0s", "2026-11-20 16:00");
}

#[test]
fn a_night_in_spring_is_an_hour_short() {
    let desk = crate::support::anna(json!({"working_hours": [weekly("sat", "22:00-06:00")]}));
    let night = desk.working_time(&anna(), at("2026-03-28 12:00"), at("2026-03-29 12:00")).unwrap();
    assert_eq!(night, duration("7h"));
    assert_eq!(desk.after(&anna(), at("2026-03-28 21:00"), duration("7h")).unwrap(), Some(at("2026-03-29 04:00")));
}

#[test]
#[cfg(feature = "routing")]
fn a_status_set_by_hand_does_not_count() {
    let mut desk = office();
    set(&mut desk, "2026-11-20 10:00", "away", json!({}));
    let time = desk.working_time(&anna(), at("2026-11-20 10:00"), at("2026-11-20 12:00")).unwrap();
    assert_eq!(time, duration("2h"));
}

#[test]
fn there_may_not_be_that_much() {
    let (desk, eve) = (office(), HoursOf::Agent("eve".into()));
    let now = at("2026-11-20 10:00");
    assert_eq!(desk.after(&eve, now, duration("1s")).unwrap(), None);
    assert_eq!(desk.before(&eve, now, duration("1s")).unwrap(), None);
    assert_eq!(desk.after(&anna(), at("2199-12-31 10:00"), duration("1d")).unwrap(), None);
    assert_eq!(desk.before(&anna(), at("2000-01-03 10:00"), duration("1d")).unwrap(), None);
}

#[test]
fn questions_about_nothing_are_problems() {
    let (desk, now) = (office(), at("2026-11-20 10:00"));
    let code = |of: &HoursOf, to| desk.working_time(of, now, to).unwrap_err().code;
    assert_eq!(code(&anna(), at("2026-11-20 09:59")), Code::InvalidValue);
    assert_eq!(code(&HoursOf::Agent("ann".into()), now), Code::UnknownAgent);
    assert_eq!(code(&HoursOf::Team("sales".into()), now), Code::UnknownTeam);
    let channel = HoursOf::Channel { inbox: "main".into(), channel: "fax".into() };
    assert_eq!(code(&channel, now), Code::UnknownChannel);
}
