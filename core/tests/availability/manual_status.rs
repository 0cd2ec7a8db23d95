//! A status set by hand, on top of the schedule.

use serde_json::{Value, json};

use frontdesk::desk::{EventKind, NoticeKind};
use frontdesk::{Code, Desk};

use crate::support::*;

/// Anna works in Stockholm from nine to five; Bo may set her status. 20 November 2026 is a Friday.
fn office(further: Value) -> Desk {
    let mut anna = json!({"id": "anna", "working_hours": office_hours()});
    anna.as_object_mut().unwrap().extend(further.as_object().unwrap().clone());
    desk(json!({"agents": [anna, {"id": "bo", "permissions": ["manage_availability"]}]}))
}

/// The same desk with an away that ends when a shift starts.
fn office_where_away_ends() -> Desk {
    desk(json!({
        "agents": [{"id": "anna", "working_hours": office_hours()}, {"id": "bo", "permissions": ["manage_availability"]}],
        "settings": {"away_ends_at_shift_start": true},
    }))
}

/// The same desk with an away of one's own that ends when a shift starts.
fn office_where_ones_own_away_ends(anna: Value) -> Desk {
    let mut entry = json!({"id": "anna", "working_hours": office_hours()});
    entry.as_object_mut().unwrap().extend(anna.as_object().unwrap().clone());
    desk(json!({
        "agents": [entry, {"id": "bo", "permissions": ["manage_availability"]}],
        "settings": {"own_away_ends_at_shift_start": true},
    }))
}

const NOW: &str = "2026-11-20 10:00";

mod away {
    use super::*;

    #[test]
    fn holds_until_another_status_is_set() {
        let mut desk = office(json!({}));
        set(&mut desk, NOW, "away", json!({"by": "anna", "note": "Lunch"}));
        assert_status(&desk, "2027-11-20 10:00", "away set_away: 2026-11-20 10:00 to ever, by anna, \"Lunch\"");
        assert_status(&desk, "2026-11-20 09:59", "available working_hours: 2026-11-20 08:00 to 2026-11-20 10:00");
        set(&mut desk, "2026-11-20 12:00", "available", json!({}));
        assert_status(&desk, "2026-11-20 12:00", "available working_hours: 2026-11-20 12:00 to 2026-11-20 16:00");
    }

    #[test]
    fn of_the_embedding_program_is_the_agents_own() {
        let mut desk = office(json!({}));
        let events = set(&mut desk, NOW, "away", json!({}));
        assert_eq!(events.len(), 1, "no notice");
        assert_status(&desk, NOW, "away set_away: 2026-11-20 10:00 to ever");
    }

    #[test]
    fn by_someone_else_comes_with_a_notice() {
        let mut desk = office(json!({}));
        let events = set(&mut desk, NOW, "away", json!({"by": "bo"}));
        assert_status(&desk, NOW, "away set_away_by_other: 2026-11-20 10:00 to ever, by bo");
        let EventKind::Notice { agent, notice } = &events[1].kind else { panic!("{events:?}") };
        assert_eq!(
            (agent.as_str(), *notice, events[1].by.as_deref()),
            ("anna", NoticeKind::SetAwayByOther, Some("bo"))
        );
        // Only a new available status, set by anybody, makes her available again.
        set(&mut desk, "2026-11-23 09:00", "available", json!({"by": "anna"}));
        assert_status(&desk, "2026-11-23 09:00", "available working_hours: 2026-11-23 09:00 to 2026-11-23 16:00");
    }

    #[test]
    fn set_again_is_the_same_away() {
        let mut desk = office(json!({}));
        set(&mut desk, NOW, "away", json!({}));
        set(&mut desk, "2026-11-20 11:00", "away", json!({"note": "Still"}));
        assert_status(&desk, "2026-11-20 11:00", "away set_away: 2026-11-20 10:00 to ever, \"Still\"");
    }

    #[test]
    fn by_someone_else_after_ones_own_is_another() {
        let mut desk = office(json!({}));
        set(&mut desk, NOW, "away", json!({}));
        set(&mut desk, "2026-11-20 11:00", "away", json!({"by": "bo"}));
        assert_status(&desk, "2026-11-20 11:00", "away set_away_by_other: 2026-11-20 11:00 to ever, by bo");
    }

    #[test]
    fn ends_at_the_next_shift_start_where_the_desk_says_so() {
        let mut desk = office_where_away_ends();
        set(&mut desk, NOW, "away", json!({}));
        assert_status(&desk, NOW, "away set_away: 2026-11-20 10:00 to 2026-11-23 08:00");
        assert_status(&desk, "2026-11-23 08:00", "available working_hours: 2026-11-23 08:00 to 2026-11-23 16:00");
    }

    #[test]
    fn ends_at_the_shift_start_whoever_set_it() {
        let mut desk = office_where_away_ends();
        set(&mut desk, "2026-11-21 10:00", "away", json!({"by": "bo"}));
        assert_status(&desk, "2026-11-21 10:00", "away set_away_by_other: 2026-11-21 10:00 to 2026-11-23 08:00, by bo");
    }

    #[test]
    fn of_someone_always_on_has_no_shift_start_to_end_at() {
        let mut desk = desk(json!({"agents": [{"id": "anna"}], "settings": {"away_ends_at_shift_start": true}}));
        set(&mut desk, NOW, "away", json!({}));
        assert_status(&desk, NOW, "away set_away: 2026-11-20 10:00 to ever");
    }

    #[test]
    fn of_someone_deactivated_is_still_deactivated() {
        let mut desk = office(json!({}));
        set(&mut desk, NOW, "away", json!({}));
        let entry = json!({"id": "anna", "active": false, "working_hours": office_hours()});
        handle(&mut desk, "2026-11-20 11:00", json!({"type": "put_agent", "agent": "anna", "entry": entry}));
        assert_eq!(desk.status("anna", at("2026-11-20 12:00")).unwrap().reason, frontdesk::Reason::Deactivated);
    }
}

mod away_for_a_while {
    use super::*;

    #[test]
    fn ends_after_its_duration() {
        let mut desk = office(json!({}));
        set(&mut desk, NOW, "away", json!({"duration": "1h30m", "by": "anna", "note": "Lunch"}));
        let lunch = "away temporarily_away: 2026-11-20 10:00 to 2026-11-20 11:30, by anna, \"Lunch\"";
        assert_status(&desk, "2026-11-20 11:29:59.999", lunch);
        assert_status(&desk, "2026-11-20 11:30", "available working_hours: 2026-11-20 11:30 to 2026-11-20 16:00");
    }

    #[test]
    fn ends_at_its_until() {
        let mut desk = office(json!({}));
        set(&mut desk, NOW, "away", json!({"until": "2026-11-20T18:00:00+01:00"}));
        assert_status(&desk, NOW, "away temporarily_away: 2026-11-20 10:00 to 2026-11-20 17:00");
        assert_status(&desk, "2026-11-20 17:00", "away outside_working_hours: 2026-11-20 17:00 to 2026-11-23 08:00");
    }

    #[test]
    fn by_someone_else_tells_who_and_gives_a_notice() {
        let mut desk = office(json!({}));
        let events = set(&mut desk, NOW, "away", json!({"duration": "1h", "by": "bo"}));
        assert!(matches!(events[1].kind, EventKind::Notice { .. }));
        assert_status(&desk, NOW, "away temporarily_away: 2026-11-20 10:00 to 2026-11-20 11:00, by bo");
    }

    #[test]
    fn that_ends_at_once_is_refused() {
        for end in [json!({"duration": "0s"}), json!({"until": at(NOW)}), json!({"until": at("2026-11-20 09:00")})] {
            let mut desk = office(json!({}));
            let events = set(&mut desk, NOW, "away", end);
            assert!(
                matches!(&events[..], [it] if matches!(&it.kind, EventKind::Refused { code: Code::InThePast, .. }))
            );
            assert_status(&desk, NOW, "available working_hours: 2026-11-20 08:00 to 2026-11-20 16:00");
        }
    }

    #[test]
    fn replaces_an_away_without_an_end_for_good() {
        let mut desk = office(json!({}));
        set(&mut desk, NOW, "away", json!({}));
        set(&mut desk, "2026-11-20 11:00", "away", json!({"duration": "1h"}));
        assert_status(&desk, "2026-11-20 12:00", "available working_hours: 2026-11-20 12:00 to 2026-11-20 16:00");
    }

    #[test]
    fn set_again_is_one_away() {
        let mut desk = office(json!({}));
        set(&mut desk, NOW, "away", json!({"duration": "1h"}));
        set(&mut desk, "2026-11-20 10:30", "away", json!({"duration": "1h"}));
        assert_status(&desk, "2026-11-20 11:15", "away temporarily_away: 2026-11-20 10:00 to 2026-11-20 11:30");
    }

    #[test]
    fn does_not_end_at_a_shift_start() {
        let mut desk = office_where_away_ends();
        set(&mut desk, NOW, "away", json!({"duration": "7d"}));
        assert_status(&desk, NOW, "away temporarily_away: 2026-11-20 10:00 to 2026-11-27 10:00");
    }

    #[test]
    fn gives_a_set_available_back() {
        let mut desk = office(json!({}));
        set(&mut desk, "2026-11-21 10:00", "available", json!({}));
        set(&mut desk, "2026-11-21 12:00", "away", json!({"duration": "1h"}));
        assert_status(&desk, "2026-11-21 12:00", "away temporarily_away: 2026-11-21 12:00 to 2026-11-21 13:00");
        assert_status(&desk, "2026-11-21 13:00", "available set_available: 2026-11-21 13:00 to 2026-11-23 16:00");
    }

    #[test]
    fn gives_a_set_available_back_through_another() {
        let mut desk = office(json!({}));
        set(&mut desk, "2026-11-21 10:00", "available", json!({}));
        set(&mut desk, "2026-11-21 12:00", "away", json!({"duration": "1h"}));
        set(&mut desk, "2026-11-21 12:30", "away", json!({"duration": "1h"}));
        assert_status(&desk, "2026-11-21 13:30", "available set_available: 2026-11-21 13:30 to 2026-11-23 16:00");
    }

    #[test]
    fn gives_a_set_available_back_with_who_set_it_and_why() {
        let mut desk = office(json!({}));
        set(&mut desk, "2026-11-21 10:00", "available", json!({"by": "bo", "note": "On call"}));
        set(&mut desk, "2026-11-21 12:00", "away", json!({"duration": "1h", "by": "anna", "note": "Lunch"}));
        let lunch = "away temporarily_away: 2026-11-21 12:00 to 2026-11-21 13:00, by anna, \"Lunch\"";
        assert_status(&desk, "2026-11-21 12:00", lunch);
        let on_call = "available set_available: 2026-11-21 13:00 to 2026-11-23 16:00, by bo, \"On call\"";
        assert_status(&desk, "2026-11-21 13:00", on_call);
        handle(&mut desk, "2026-11-21 14:00", json!({"type": "advance"}));
        assert_status(&desk, "2026-11-21 14:00", on_call);
    }

    #[test]
    fn gives_no_set_available_back_that_would_be_over() {
        let mut desk = office(json!({}));
        set(&mut desk, "2026-11-21 10:00", "available", json!({}));
        set(&mut desk, "2026-11-21 12:00", "away", json!({"duration": "3d"}));
        assert_status(&desk, "2026-11-24 12:00", "available working_hours: 2026-11-24 12:00 to 2026-11-24 16:00");
    }

    #[test]
    fn gives_no_set_available_back_after_an_away_without_an_end() {
        let mut desk = office(json!({}));
        set(&mut desk, "2026-11-21 10:00", "available", json!({}));
        set(&mut desk, "2026-11-21 11:00", "away", json!({}));
        set(&mut desk, "2026-11-21 12:00", "away", json!({"duration": "1h"}));
        assert_status(&desk, "2026-11-21 13:00", "away outside_working_hours: 2026-11-21 13:00 to 2026-11-23 08:00");
    }
}

mod ones_own_that_ends_at_a_shift_start {
    use super::*;

    #[test]
    fn ends_where_the_schedule_next_turns_available() {
        let mut desk = office_where_ones_own_away_ends(json!({}));
        set(&mut desk, NOW, "away", json!({"by": "anna"}));
        assert_status(&desk, NOW, "away set_away: 2026-11-20 10:00 to 2026-11-23 08:00, by anna");
        assert_status(&desk, "2026-11-23 08:00", "available working_hours: 2026-11-23 08:00 to 2026-11-23 16:00");
    }

    #[test]
    fn is_also_what_the_program_sets_for_the_agent() {
        let mut desk = office_where_ones_own_away_ends(json!({}));
        set(&mut desk, "2026-11-21 10:00", "away", json!({}));
        assert_status(&desk, "2026-11-21 10:00", "away set_away: 2026-11-21 10:00 to 2026-11-23 08:00");
    }

    #[test]
    fn is_not_what_somebody_else_sets() {
        let mut desk = office_where_ones_own_away_ends(json!({}));
        set(&mut desk, NOW, "away", json!({"by": "bo"}));
        assert_status(&desk, "2026-11-23 09:00", "away set_away_by_other: 2026-11-20 10:00 to ever, by bo");
    }

    #[test]
    fn ends_at_the_end_of_an_absence_within_hours() {
        let absences = json!([{"start": "2026-11-20T12:00", "end": "2026-11-20T14:00"}]);
        let mut desk = office_where_ones_own_away_ends(json!({"out_of_office": absences}));
        set(&mut desk, NOW, "away", json!({}));
        assert_status(&desk, NOW, "away set_away: 2026-11-20 10:00 to 2026-11-20 13:00");
    }

    #[test]
    fn is_not_ended_by_a_shift_within_an_absence() {
        let absences = json!([{"first_day": "2026-11-23", "last_day": "2026-11-23"}]);
        let mut desk = office_where_ones_own_away_ends(json!({"out_of_office": absences}));
        set(&mut desk, NOW, "away", json!({}));
        assert_status(&desk, NOW, "away set_away: 2026-11-20 10:00 to 2026-11-24 08:00");
    }

    #[test]
    fn ends_at_the_time_on_the_wall_after_the_clocks_change() {
        // Sunday, 29 March 2026, is an hour shorter in Stockholm.
        let mut desk = office_where_ones_own_away_ends(json!({}));
        set(&mut desk, "2026-03-27 10:00", "away", json!({}));
        assert_status(&desk, "2026-03-27 10:00", "away set_away: 2026-03-27 10:00 to 2026-03-30 07:00");
    }

    #[test]
    fn of_someone_always_on_has_no_end() {
        let mut desk = desk(json!({"agents": [{"id": "anna"}], "settings": {"own_away_ends_at_shift_start": true}}));
        set(&mut desk, NOW, "away", json!({}));
        assert_status(&desk, NOW, "away set_away: 2026-11-20 10:00 to ever");
    }

    #[test]
    fn does_not_shorten_what_somebody_else_set() {
        let kept = "away set_away_by_other: 2026-11-20 10:00 to ever, by bo";
        for own in
            [json!({"by": "anna"}), json!({"by": "anna", "duration": "1h"}), json!({"by": "anna", "duration": "9d"})]
        {
            let mut desk = office_where_ones_own_away_ends(json!({}));
            set(&mut desk, NOW, "away", json!({"by": "bo"}));
            assert!(set(&mut desk, "2026-11-20 11:00", "away", own).is_empty());
            assert_status(&desk, "2026-11-20 11:00", kept);
        }
    }

    #[test]
    fn does_not_shorten_what_somebody_else_set_for_a_while() {
        let mut desk = office_where_ones_own_away_ends(json!({}));
        set(&mut desk, NOW, "away", json!({"by": "bo", "duration": "4d"}));
        assert!(set(&mut desk, "2026-11-20 11:00", "away", json!({"by": "anna"})).is_empty());
        assert_status(&desk, NOW, "away temporarily_away: 2026-11-20 10:00 to 2026-11-24 10:00, by bo");
        // On the last day it lasts longer.
        assert_eq!(set(&mut desk, "2026-11-23 11:00", "away", json!({"by": "anna"})).len(), 0);
        assert_eq!(set(&mut desk, "2026-11-24 09:00", "away", json!({"by": "anna"})).len(), 1);
        assert_status(&desk, "2026-11-24 09:00", "away set_away: 2026-11-24 09:00 to 2026-11-25 08:00, by anna");
    }
}

mod ones_own_under_somebody_elses {
    use super::*;

    /// Anna, set away by Bo, then by herself for a while.
    fn set_away_twice(desk: &mut Desk, by_bo: Value, own: Value) -> usize {
        let with = |by: &str, mut keys: Value| {
            keys["by"] = json!(by);
            keys
        };
        set(desk, NOW, "away", with("bo", by_bo));
        set(desk, "2026-11-20 10:10", "away", with("anna", own)).len()
    }

    #[test]
    fn does_not_bring_her_back() {
        let mut desk = office(json!({}));
        assert_eq!(set_away_twice(&mut desk, json!({}), json!({"duration": "10m", "note": "Tea"})), 0);
        let kept = "away set_away_by_other: 2026-11-20 10:00 to ever, by bo";
        assert_status(&desk, "2026-11-20 10:15", kept);
        assert!(desk.advance(at("2026-11-20 10:20")).is_empty());
        assert_status(&desk, "2026-11-20 10:20", kept);
        // The status after it is unchanged.
        set(&mut desk, "2026-11-20 11:00", "available", json!({"by": "anna"}));
        assert_status(&desk, "2026-11-20 11:00", "available working_hours: 2026-11-20 11:00 to 2026-11-20 16:00");
    }

    #[test]
    fn does_not_shorten_one_for_a_while() {
        let mut desk = office(json!({}));
        assert_eq!(set_away_twice(&mut desk, json!({"duration": "2h"}), json!({"duration": "10m"})), 0);
        assert_status(&desk, NOW, "away temporarily_away: 2026-11-20 10:00 to 2026-11-20 12:00, by bo");
    }

    #[test]
    fn may_last_longer() {
        let mut desk = office(json!({}));
        assert_eq!(set_away_twice(&mut desk, json!({"duration": "1h"}), json!({"duration": "2h"})), 1);
        let own = "away temporarily_away: 2026-11-20 10:00 to 2026-11-20 12:10, by anna";
        assert_status(&desk, "2026-11-20 10:10", own);
    }

    #[test]
    fn may_outlast_one_that_ends_at_a_shift_start() {
        let mut desk = office_where_away_ends();
        assert_eq!(set_away_twice(&mut desk, json!({}), json!({"duration": "1h"})), 0);
        assert_status(&desk, NOW, "away set_away_by_other: 2026-11-20 10:00 to 2026-11-23 08:00, by bo");
        assert_eq!(set(&mut desk, "2026-11-20 11:00", "away", json!({"duration": "7d", "by": "anna"})).len(), 1);
        assert_status(
            &desk,
            "2026-11-23 08:00",
            "away temporarily_away: 2026-11-20 11:00 to 2026-11-27 11:00, by anna",
        );
    }

    #[test]
    fn by_somebody_else_replaces_it() {
        let mut desk = office(json!({}));
        set(&mut desk, NOW, "away", json!({"by": "bo"}));
        set(&mut desk, NOW, "away", json!({"by": "bo", "duration": "10m"}));
        assert_status(&desk, NOW, "away temporarily_away: 2026-11-20 10:00 to 2026-11-20 10:10, by bo");
    }
}

mod available {
    use super::*;

    /// Anna, set available while her schedule says away, stays so until another instant.
    #[track_caller]
    fn assert_holds(desk: &mut Desk, from: &str, until: &str) {
        set(desk, from, "available", json!({}));
        assert_status(desk, from, &format!("available set_available: {from} to {until}"));
    }

    #[test]
    fn in_working_hours_is_nothing_new() {
        let mut desk = office(json!({}));
        desk.advance(at(NOW));
        assert!(set(&mut desk, NOW, "available", json!({})).is_empty());
        assert_status(&desk, NOW, "available working_hours: 2026-11-20 08:00 to 2026-11-20 16:00");
    }

    #[test]
    fn before_the_shift_holds_until_its_end() {
        assert_holds(&mut office(json!({})), "2026-11-20 06:00", "2026-11-20 16:00");
    }

    #[test]
    fn at_the_end_of_the_shift_holds_until_the_end_of_the_next() {
        assert_holds(&mut office(json!({})), "2026-11-20 16:00", "2026-11-23 16:00");
    }

    #[test]
    fn in_a_break_holds_until_the_end_of_what_follows() {
        let hours = json!([weekly("fri", "09:00-12:00"), weekly("fri", "13:00-17:00")]);
        assert_holds(&mut office(json!({"working_hours": hours})), "2026-11-20 11:30", "2026-11-20 16:00");
    }

    #[test]
    fn holds_until_the_start_of_an_absence() {
        let absence = json!([{"start": "2026-11-22T12:00", "end": "2026-11-22T13:00"}]);
        assert_holds(&mut office(json!({"out_of_office": absence})), "2026-11-21 06:00", "2026-11-22 11:00");
    }

    #[test]
    fn in_an_absence_holds_until_the_start_of_another_that_overlaps() {
        let absences = json!([
            {"start": "2026-11-20T12:00", "end": "2026-11-20T14:00"},
            {"start": "2026-11-20T13:00", "end": "2026-11-20T16:00"},
        ]);
        assert_holds(&mut office(json!({"out_of_office": absences})), "2026-11-20 11:30", "2026-11-20 12:00");
    }

    #[test]
    fn in_an_absence_holds_until_the_end_of_the_shift_beneath() {
        let absence = json!([{"first_day": "2026-11-20", "last_day": "2026-11-22"}]);
        assert_holds(&mut office(json!({"out_of_office": absence})), NOW, "2026-11-20 16:00");
    }

    #[test]
    fn holds_until_the_end_of_date_hours() {
        let dates = json!([on("2026-11-21", "10:00-11:00")]);
        assert_holds(&mut office(json!({"date_hours": dates})), "2026-11-21 06:00", "2026-11-21 10:00");
    }

    #[test]
    fn holds_for_ever_where_nothing_ends_it() {
        assert_holds(&mut office(json!({"working_hours": []})), NOW, "ever");
    }

    /// Anna on a desk with two adjacent holidays.
    fn at_christmas(entry: Value) -> Desk {
        let mut entry = entry;
        entry["id"] = json!("anna");
        let holiday = json!({"id": "christmas", "dates": ["2026-12-24", "2026-12-25"]});
        desk(json!({"agents": [entry], "holidays": [holiday]}))
    }

    #[test]
    fn holds_until_the_start_of_a_holiday() {
        // Wednesday night; the shift of Thursday would end later.
        assert_holds(
            &mut at_christmas(json!({"working_hours": office_hours()})),
            "2026-12-23 20:00",
            "2026-12-23 23:00",
        );
    }

    #[test]
    fn on_a_holiday_holds_until_the_start_of_the_next() {
        assert_holds(&mut at_christmas(json!({})), "2026-12-24 10:00", "2026-12-24 23:00");
    }

    #[test]
    fn on_a_holiday_holds_until_the_end_of_the_shift_beneath() {
        assert_holds(
            &mut at_christmas(json!({"working_hours": office_hours()})),
            "2026-12-24 10:00",
            "2026-12-24 16:00",
        );
    }

    #[test]
    fn on_the_last_holiday_of_someone_always_on_holds_for_ever() {
        assert_holds(&mut at_christmas(json!({})), "2026-12-25 10:00", "ever");
    }

    #[test]
    fn holds_until_a_holiday_that_starts_again() {
        // In 2010 the clocks of Newfoundland went back from 00:01 on 7 November to 23:01 on the 6th: midnight occurred twice.
        let mut desk = desk(json!({
            "time_zone": "America/St_Johns", "agents": [{"id": "anna", "working_hours": []}],
            "holidays": [{"id": "day", "dates": ["2010-11-07"]}],
        }));
        assert_holds(&mut desk, "2010-11-07 02:00", "2010-11-07 02:30");
        assert_holds(&mut desk, "2010-11-07 03:00", "2010-11-07 03:30");
    }

    #[test]
    fn is_not_ended_by_a_holiday_with_date_hours() {
        let dates = json!([on("2026-12-25", "10:00-12:00")]);
        assert_holds(&mut at_christmas(json!({"date_hours": dates})), "2026-12-24 10:00", "2026-12-24 23:00");
        let dates = json!([on("2026-12-25", "00:00-12:00")]);
        assert_holds(&mut at_christmas(json!({"date_hours": dates})), "2026-12-24 10:00", "2026-12-25 11:00");
    }

    #[test]
    fn follows_a_change_of_the_hours() {
        let mut desk = office(json!({}));
        set(&mut desk, "2026-11-20 06:00", "available", json!({}));
        let hours = json!([weekly("fri", "09:00-12:00")]);
        let command = json!({"type": "set_working_hours", "agent": "anna", "working_hours": hours});
        handle(&mut desk, "2026-11-20 07:00", command);
        assert_status(&desk, "2026-11-20 07:00", "available set_available: 2026-11-20 06:00 to 2026-11-20 11:00");
    }
}
