//! The schedule: hours, date hours, holidays and absences.

use serde_json::json;

use frontdesk::Code;
use frontdesk::time::Instant;

use crate::support::*;

#[test]
fn every_reason_of_the_schedule_has_its_turn() {
    let desk = desk(json!({
        "holidays": [{"id": "christmas", "dates": ["2026-12-25"]}],
        "agents": [{"id": "anna", "working_hours": office_hours(),
                    "out_of_office": [{"start": "2026-12-23T08:00", "end": "2026-12-24T16:00"}]}],
    }));
    assert_spans(
        &desk,
        &[
            "2026-12-22 12:00 working_hours",
            "2026-12-22 16:00 outside_working_hours",
            "2026-12-23 07:00 out_of_office",
            "2026-12-24 15:00 working_hours",
            "2026-12-24 16:00 outside_working_hours",
            "2026-12-24 23:00 holiday",
            "2026-12-25 23:00 outside_working_hours",
            "2026-12-28 08:00 working_hours",
        ],
        "2026-12-28 16:00",
    );
}

mod without_bounds {
    use super::*;

    #[test]
    fn no_hours_at_all_are_always_on() {
        assert_status(&anna(json!({})), "2026-11-20 03:00", "available always_on: ever to ever");
    }

    #[test]
    fn an_empty_list_is_never() {
        let never = anna(json!({"working_hours": []}));
        assert_status(&never, "2026-11-20 10:00", "away outside_working_hours: ever to ever");
        let desk = desk(json!({"working_hours": office_hours(), "agents": [{"id": "anna", "working_hours": []}]}));
        assert_status(&desk, "2026-11-20 10:00", "away outside_working_hours: ever to ever");
    }

    #[test]
    fn the_deactivated_are_away_whatever_is_set() {
        let absence = json!({"first_day": "2026-11-20", "last_day": "2026-11-20"});
        let desk = anna(json!({"active": false, "working_hours": office_hours(), "out_of_office": [absence]}));
        assert_status(&desk, "2026-11-20 10:00", "away deactivated: ever to ever");
        assert_spans(&desk, &["2026-11-19 00:00 deactivated"], "2026-11-22 00:00");
    }

    #[test]
    fn a_last_day_leaves_no_until() {
        let hours = json!([{"days": ["fri"], "start": "09:00", "end": "17:00", "last_day": "2026-11-20"}]);
        let desk = anna(json!({"working_hours": hours}));
        assert_status(&desk, "2026-11-20 16:00", "away outside_working_hours: 2026-11-20 16:00 to ever");
    }

    #[test]
    fn a_first_day_leaves_no_since() {
        let hours = json!([{"days": ["fri"], "start": "09:00", "end": "17:00", "first_day": "2026-11-20"}]);
        let desk = anna(json!({"working_hours": hours}));
        assert_status(&desk, "2026-11-20 07:59", "away outside_working_hours: ever to 2026-11-20 08:00");
    }

    #[test]
    fn what_runs_over_the_ends_of_time_has_no_bound_there() {
        // 2000 begins on a Saturday, 2200 on a Wednesday.
        let desk = desk(json!({"time_zone": "UTC", "agents": [
            {"id": "anna", "working_hours": [weekly("fri tue", "12:00-12:00")]}]}));
        assert_status(&desk, "2000-01-01 00:00", "available working_hours: ever to 2000-01-01 12:00");
        assert_status(&desk, "2199-12-31 23:59:59.999", "available working_hours: 2199-12-31 12:00 to ever");
    }

    #[test]
    fn instants_outside_of_two_centuries_are_out_of_range() {
        for text in ["1999-12-31T23:59:59.999Z", "2200-01-01T00:00:00Z", "2000-01-01T00:00:00+00:01"] {
            assert_eq!(Instant::parse(text).unwrap_err().code, Code::OutOfRange, "{text}");
        }
        assert_eq!(Instant::parse("2200-01-01T00:00:00+00:01").unwrap(), at("2199-12-31 23:59"));
        assert_eq!(Instant::parse("1999-12-31T23:59:00-00:01").unwrap(), Instant::MIN);
    }

    #[test]
    fn finer_than_a_millisecond_is_cut_towards_the_past() {
        let desk = anna(json!({"working_hours": office_hours()}));
        let at = Instant::parse("2026-11-20T07:59:59.9999999Z").unwrap();
        assert_eq!(desk.status("anna", at).unwrap().until.unwrap().millis_since(at), 1);
        assert!(!desk.status("anna", at).unwrap().is_available());
    }
}

mod inherited_hours {
    use super::*;

    fn hours(hour: &str) -> serde_json::Value {
        json!([weekly("fri", hour)])
    }

    /// Returns Anna's first opening on Friday, 20 November, on a desk that opens at 7, with teams that open at 8 and 9.
    #[track_caller]
    fn assert_opens(agent: serde_json::Value, opening: &str) {
        let mut agent = agent;
        agent["id"] = json!("anna");
        let desk = desk(json!({
            "working_hours": hours("07:00-12:00"), "agents": [agent],
            "teams": [{"id": "early", "working_hours": hours("08:00-12:00")},
                      {"id": "late", "working_hours": hours("09:00-12:00")}, {"id": "plain"}],
        }));
        assert_eq!(desk.next_available("anna", at("2026-11-20 00:00")).unwrap().map(told).as_deref(), Some(opening));
    }

    #[test]
    fn ones_own_come_first() {
        assert_opens(json!({"working_hours": hours("10:00-12:00"), "team": "early"}), "2026-11-20 09:00");
    }

    #[test]
    fn then_those_of_the_main_team() {
        assert_opens(json!({"team": "early", "extra_teams": ["late"]}), "2026-11-20 07:00");
    }

    #[test]
    fn an_extra_team_gives_none() {
        assert_opens(json!({"extra_teams": ["late"]}), "2026-11-20 06:00");
    }

    #[test]
    fn then_those_of_the_desk() {
        assert_opens(json!({"team": "plain"}), "2026-11-20 06:00");
    }

    #[test]
    fn they_are_read_in_the_agents_own_zone() {
        assert_opens(json!({"time_zone": "Asia/Kathmandu"}), "2026-11-20 01:15");
    }
}

mod the_week {
    use super::*;

    #[test]
    fn a_millisecond_decides() {
        let desk = anna(json!({"working_hours": office_hours()}));
        let night = "away outside_working_hours: 2026-11-19 16:00 to 2026-11-20 08:00";
        let day = "available working_hours: 2026-11-20 08:00 to 2026-11-20 16:00";
        assert_status(&desk, "2026-11-20 07:59:59.999", night);
        assert_status(&desk, "2026-11-20 08:00", day);
        assert_status(&desk, "2026-11-20 15:59:59.999", day);
        assert_status(&desk, "2026-11-20 16:00", "away outside_working_hours: 2026-11-20 16:00 to 2026-11-23 08:00");
    }

    #[test]
    fn a_night_shift_runs_past_midnight() {
        let desk = anna(json!({"working_hours": [weekly("wed", "22:00-06:00")]}));
        let shift = "available working_hours: 2026-11-18 21:00 to 2026-11-19 05:00";
        assert_status(&desk, "2026-11-18 22:59:59.999", shift);
        assert_status(&desk, "2026-11-18 23:00", shift);
        assert_status(&desk, "2026-11-19 04:59:59.999", shift);
        assert_status(&desk, "2026-11-18 20:59", "away outside_working_hours: 2026-11-12 05:00 to 2026-11-18 21:00");
    }

    #[test]
    fn a_night_shift_runs_past_the_end_of_the_week() {
        let desk = anna(json!({"working_hours": [weekly("sun", "22:00-06:00")]}));
        assert_status(&desk, "2026-11-23 04:00", "available working_hours: 2026-11-22 21:00 to 2026-11-23 05:00");
    }

    #[test]
    fn a_night_shift_is_an_hour_shorter_in_spring() {
        let desk = anna(json!({"working_hours": [weekly("sat", "22:00-06:00")]}));
        assert_status(&desk, "2026-03-29 01:00", "available working_hours: 2026-03-28 21:00 to 2026-03-29 04:00");
    }

    #[test]
    fn a_night_shift_is_an_hour_longer_in_autumn() {
        let desk = anna(json!({"working_hours": [weekly("sat", "22:00-06:00")]}));
        assert_status(&desk, "2026-10-25 01:00", "available working_hours: 2026-10-24 20:00 to 2026-10-25 05:00");
    }

    #[test]
    fn hours_in_a_gap_are_not_there() {
        let desk = anna(json!({"working_hours": [weekly("sun", "02:15-02:45")]}));
        assert_spans(&desk, &["2026-03-28 00:00 outside_working_hours"], "2026-03-30 00:00");
    }

    #[test]
    fn hours_that_begin_in_a_gap_begin_after_it() {
        let desk = anna(json!({"working_hours": [weekly("sun", "02:30-04:00")]}));
        assert_status(&desk, "2026-03-29 01:00", "available working_hours: 2026-03-29 01:00 to 2026-03-29 02:00");
    }

    #[test]
    fn hours_in_an_overlap_come_twice() {
        let desk = anna(json!({"working_hours": [weekly("sun", "02:15-02:45")]}));
        assert_spans(
            &desk,
            &[
                "2026-10-25 00:00 outside_working_hours",
                "2026-10-25 00:15 working_hours",
                "2026-10-25 00:45 outside_working_hours",
                "2026-10-25 01:15 working_hours",
                "2026-10-25 01:45 outside_working_hours",
            ],
            "2026-10-26 00:00",
        );
    }

    #[test]
    fn a_minute_after_midnight_the_evening_comes_back() {
        // Until 2011 the clocks of Newfoundland went from 00:01 on Sunday back to 23:01 on Saturday.
        let saturday = json!([weekly("sat", "23:00-24:00")]);
        let desk = anna(json!({"time_zone": "America/St_Johns", "working_hours": saturday}));
        assert_spans(
            &desk,
            &[
                "2010-11-07 00:00 outside_working_hours",
                "2010-11-07 01:30 working_hours",
                "2010-11-07 02:30 outside_working_hours",
                "2010-11-07 02:31 working_hours",
                "2010-11-07 03:30 outside_working_hours",
            ],
            "2010-11-07 12:00",
        );
    }

    #[test]
    fn the_night_after_a_skipped_date_is_that_dates() {
        // In Samoa, Saturday followed Thursday, 29 December 2011: at 10:00 UTC the wall clock jumped from 24:00 to 24:00.
        let samoa = |day| anna(json!({"time_zone": "Pacific/Apia", "working_hours": [weekly(day, "22:00-06:00")]}));
        let spilled = "available working_hours: 2011-12-30 10:00 to 2011-12-30 16:00";
        assert_status(&samoa("fri"), "2011-12-30 12:00", spilled);
        let evening = "available working_hours: 2011-12-30 08:00 to 2011-12-30 10:00";
        assert_status(&samoa("thu"), "2011-12-30 09:00", evening);
    }

    #[test]
    fn a_day_may_end_at_24_00() {
        let desk = anna(json!({"working_hours": [weekly("fri", "18:00-24:00"), weekly("sat", "00:00-02:00")]}));
        assert_status(&desk, "2026-11-20 23:00", "available working_hours: 2026-11-20 17:00 to 2026-11-21 01:00");
    }

    #[test]
    fn whole_days_join_without_a_seam() {
        let desk = anna(json!({"working_hours": [weekly("mon tue wed", "00:00-24:00")]}));
        assert_status(&desk, "2026-11-17 23:00", "available working_hours: 2026-11-15 23:00 to 2026-11-18 23:00");
    }

    #[test]
    fn the_same_time_twice_is_a_whole_day() {
        let desk = anna(json!({"working_hours": [weekly("wed", "09:00-09:00")]}));
        assert_status(&desk, "2026-11-18 23:00", "available working_hours: 2026-11-18 08:00 to 2026-11-19 08:00");
    }

    #[test]
    fn several_intervals_a_day_overlap_touch_or_leave_a_break() {
        let hours = ["09:00-11:00", "10:00-12:00", "12:00-12:30", "13:00-17:00"].map(|hours| weekly("fri", hours));
        let desk = anna(json!({"working_hours": hours}));
        assert_spans(
            &desk,
            &[
                "2026-11-20 08:00 working_hours",
                "2026-11-20 11:30 outside_working_hours",
                "2026-11-20 12:00 working_hours",
                "2026-11-20 16:00 outside_working_hours",
            ],
            "2026-11-21 00:00",
        );
    }

    #[test]
    fn every_second_week_counts_from_the_week_of_the_first_day() {
        // 20 November is a Friday: the Monday of its week is before it, and the next one that counts two weeks later.
        let hours = json!([{"days": ["mon", "fri"], "start": "09:00", "end": "17:00", "every": 2,
                            "first_day": "2026-11-20"}]);
        assert_spans(
            &anna(json!({"working_hours": hours})),
            &[
                "2026-11-14 00:00 outside_working_hours",
                "2026-11-20 08:00 working_hours",
                "2026-11-20 16:00 outside_working_hours",
                "2026-11-30 08:00 working_hours",
                "2026-11-30 16:00 outside_working_hours",
                "2026-12-04 08:00 working_hours",
                "2026-12-04 16:00 outside_working_hours",
            ],
            "2026-12-14 00:00",
        );
    }

    #[test]
    fn first_and_last_day_are_both_inside() {
        let hours = json!([{"days": ["thu", "fri"], "start": "22:00", "end": "02:00",
                            "first_day": "2026-11-20", "last_day": "2026-11-27"}]);
        // The shift of the last day continues after its midnight.
        assert_spans(
            &anna(json!({"working_hours": hours})),
            &[
                "2026-11-18 00:00 outside_working_hours",
                "2026-11-20 21:00 working_hours",
                "2026-11-21 01:00 outside_working_hours",
                "2026-11-26 21:00 working_hours",
                "2026-11-27 01:00 outside_working_hours",
                "2026-11-27 21:00 working_hours",
                "2026-11-28 01:00 outside_working_hours",
            ],
            "2026-12-31 00:00",
        );
    }

    #[test]
    fn vancouver_stays_where_it_is_from_november_2026_on() {
        let desk = anna(json!({"time_zone": "America/Vancouver", "working_hours": office_hours()}));
        assert_status(&desk, "2026-11-20 17:00", "available working_hours: 2026-11-20 16:00 to 2026-11-21 00:00");
    }
}

mod date_hours {
    use super::*;

    #[test]
    fn replace_the_hours_of_the_week() {
        let dates = json!([on("2026-11-20", "10:00-11:00 12:00-13:00")]);
        let desk = anna(json!({"working_hours": office_hours(), "date_hours": dates}));
        assert_spans(
            &desk,
            &[
                "2026-11-20 00:00 outside_working_hours",
                "2026-11-20 09:00 working_hours",
                "2026-11-20 10:00 outside_working_hours",
                "2026-11-20 11:00 working_hours",
                "2026-11-20 12:00 outside_working_hours",
            ],
            "2026-11-21 00:00",
        );
    }

    #[test]
    fn none_are_a_day_off() {
        let desk = anna(json!({"working_hours": office_hours(), "date_hours": [on("2026-11-20", "")]}));
        assert_status(&desk, "2026-11-20 10:00", "away outside_working_hours: 2026-11-19 16:00 to 2026-11-23 08:00");
    }

    #[test]
    fn put_someone_to_work_on_a_holiday() {
        let desk = desk(json!({
            "holidays": [{"id": "christmas", "dates": ["2026-12-25"]}],
            "agents": [{"id": "anna", "working_hours": office_hours(), "date_hours": [on("2026-12-25", "10:00-12:00")]}],
        }));
        // Such a date is no holiday outside of its hours either.
        assert_spans(
            &desk,
            &[
                "2026-12-24 16:00 outside_working_hours",
                "2026-12-25 09:00 working_hours",
                "2026-12-25 11:00 outside_working_hours",
            ],
            "2026-12-26 23:00",
        );
    }

    #[test]
    fn leave_what_spills_over_from_the_night_before() {
        let dates = json!([on("2026-11-20", "10:00-11:00")]);
        let desk = anna(json!({"working_hours": [weekly("thu", "22:00-06:00")], "date_hours": dates}));
        assert_spans(
            &desk,
            &[
                "2026-11-19 21:00 working_hours",
                "2026-11-20 05:00 outside_working_hours",
                "2026-11-20 09:00 working_hours",
                "2026-11-20 10:00 outside_working_hours",
            ],
            "2026-11-21 00:00",
        );
    }

    #[test]
    fn spill_over_themselves() {
        let dates = json!([on("2026-11-20", "22:00-06:00"), on("2026-11-21", "")]);
        let desk = anna(json!({"working_hours": office_hours(), "date_hours": dates}));
        assert_status(&desk, "2026-11-21 00:00", "available working_hours: 2026-11-20 21:00 to 2026-11-21 05:00");
    }

    #[test]
    fn take_the_spill_of_the_hours_they_replace_along() {
        let desk = anna(json!({"working_hours": [weekly("thu", "22:00-06:00")], "date_hours": [on("2026-11-19", "")]}));
        assert_spans(&desk, &["2026-11-19 12:00 outside_working_hours"], "2026-11-21 00:00");
    }

    #[test]
    fn leave_the_other_days_always_on() {
        let desk = anna(json!({"date_hours": [on("2026-11-20", "22:00-06:00")]}));
        assert_spans(
            &desk,
            &[
                "2026-11-19 00:00 always_on",
                "2026-11-19 23:00 outside_working_hours",
                "2026-11-20 21:00 working_hours",
                "2026-11-20 23:00 always_on",
            ],
            "2026-11-22 00:00",
        );
    }

    #[test]
    fn yield_to_an_absence() {
        let absence = json!({"start": "2026-11-20T10:30", "end": "2026-11-20T12:00"});
        let dates = json!([on("2026-11-20", "10:00-13:00")]);
        assert_spans(
            &anna(json!({"working_hours": [], "date_hours": dates, "out_of_office": [absence]})),
            &[
                "2026-11-20 09:00 working_hours",
                "2026-11-20 09:30 out_of_office",
                "2026-11-20 11:00 working_hours",
                "2026-11-20 12:00 outside_working_hours",
            ],
            "2026-11-21 00:00",
        );
    }
}

mod holidays {
    use super::*;

    /// Checks whether Anna, of the team `main` and the extra team `extra`, observes a holiday with these teams.
    #[track_caller]
    fn assert_observed(names: serde_json::Value, expected: bool) {
        let mut holiday = json!({"id": "christmas", "dates": ["2026-12-25"]});
        holiday.as_object_mut().unwrap().extend(names.as_object().unwrap().clone());
        let desk = desk(json!({
            "teams": [{"id": "main"}, {"id": "extra"}, {"id": "other"}], "inboxes": [{"id": "inbox"}],
            "agents": [{"id": "anna", "team": "main", "extra_teams": ["extra"]}], "holidays": [holiday],
        }));
        assert_eq!(!desk.status("anna", at("2026-12-25 12:00")).unwrap().is_available(), expected);
    }

    #[test]
    fn of_nobody_in_particular_are_everybodys() {
        assert_observed(json!({}), true);
    }

    #[test]
    fn of_a_main_or_an_extra_team_are_its_members() {
        assert_observed(json!({"teams": ["main"]}), true);
        assert_observed(json!({"teams": ["other", "extra"]}), true);
        assert_observed(json!({"teams": ["main"], "inboxes": ["inbox"]}), true);
        assert_observed(json!({"teams": ["other"]}), false);
    }

    #[test]
    fn of_an_inbox_alone_are_no_agents() {
        assert_observed(json!({"inboxes": ["inbox"]}), false);
    }

    #[test]
    fn last_from_midnight_to_midnight_in_the_agents_zone() {
        let desk = desk(json!({
            "holidays": [{"id": "christmas", "dates": ["2026-12-25", "2026-12-26"]}],
            "agents": [{"id": "anna", "time_zone": "Pacific/Auckland"}],
        }));
        assert_status(&desk, "2026-12-25 00:00", "away holiday: 2026-12-24 11:00 to 2026-12-26 11:00");
    }

    #[test]
    fn swallow_what_spills_into_them_but_not_what_spills_out() {
        let desk = desk(json!({
            "holidays": [{"id": "day", "dates": ["2026-11-20"]}],
            "agents": [{"id": "anna", "working_hours": [weekly("thu fri", "22:00-06:00")]}],
        }));
        assert_spans(
            &desk,
            &[
                "2026-11-19 21:00 working_hours",
                "2026-11-19 23:00 holiday",
                "2026-11-20 23:00 working_hours",
                "2026-11-21 05:00 outside_working_hours",
            ],
            "2026-11-22 00:00",
        );
    }
}

mod absences {
    use super::*;

    #[track_caller]
    fn assert_absent(absences: serde_json::Value, instant: &str, expected: &str) {
        let desk = anna(json!({"working_hours": office_hours(), "out_of_office": absences}));
        assert_status(&desk, instant, &format!("away out_of_office: {expected}"));
    }

    #[test]
    fn may_begin_and_end_outside_of_working_hours() {
        let absence = json!([{"start": "2026-11-19T20:00", "end": "2026-11-20T06:00"}]);
        assert_absent(absence, "2026-11-20 00:00", "2026-11-19 19:00 to 2026-11-20 05:00");
    }

    #[test]
    fn by_days_last_from_midnight_to_midnight() {
        let absence = json!([{"first_day": "2026-11-20", "last_day": "2026-11-22"}]);
        assert_absent(absence, "2026-11-20 00:00", "2026-11-19 23:00 to 2026-11-22 23:00");
    }

    #[test]
    fn by_days_are_an_hour_shorter_where_spring_begins() {
        let absence = json!([{"first_day": "2026-03-29", "last_day": "2026-03-29"}]);
        assert_absent(absence, "2026-03-29 12:00", "2026-03-28 23:00 to 2026-03-29 22:00");
    }

    #[test]
    fn by_days_begin_late_where_midnight_is_skipped() {
        let day = json!({"first_day": "2018-11-04", "last_day": "2018-11-04", "time_zone": "America/Sao_Paulo"});
        assert_absent(json!([day]), "2018-11-04 12:00", "2018-11-04 03:00 to 2018-11-05 02:00");
    }

    #[test]
    fn end_at_24_00_as_at_the_next_midnight() {
        let absence = json!([{"start": "2026-11-20T24:00", "end": "2026-11-21T24:00"}]);
        assert_absent(absence, "2026-11-21 12:00", "2026-11-20 23:00 to 2026-11-21 23:00");
    }

    #[test]
    fn that_begin_in_a_gap_begin_later() {
        // 02:30 with the offset before the gap is 03:30 after it.
        let absence = json!([{"start": "2026-03-29T02:30", "end": "2026-03-29T05:00"}]);
        assert_absent(absence, "2026-03-29 02:00", "2026-03-29 01:30 to 2026-03-29 03:00");
    }

    #[test]
    fn that_end_in_a_gap_before_they_begin_are_empty() {
        let absence = json!([{"start": "2026-03-29T02:45", "end": "2026-03-29T03:15"}]);
        let desk = anna(json!({"working_hours": [], "out_of_office": absence}));
        assert_spans(&desk, &["2026-03-28 00:00 outside_working_hours"], "2026-03-30 00:00");
    }

    #[test]
    fn in_an_overlap_take_the_first_pass() {
        let absence = json!([{"start": "2026-10-25T02:30", "end": "2026-10-25T05:00"}]);
        assert_absent(absence, "2026-10-25 02:00", "2026-10-25 00:30 to 2026-10-25 04:00");
        let absence = json!([{"start": "2026-10-25T00:00", "end": "2026-10-25T02:30"}]);
        assert_absent(absence, "2026-10-25 00:00", "2026-10-24 22:00 to 2026-10-25 00:30");
    }

    #[test]
    fn may_have_a_zone_of_their_own() {
        let absence = json!([{"start": "2026-11-20T09:00", "end": "2026-11-20T17:00", "time_zone": "Asia/Kathmandu"}]);
        assert_absent(absence, "2026-11-20 04:00", "2026-11-20 03:15 to 2026-11-20 11:15");
    }

    #[test]
    fn that_overlap_or_touch_are_one_with_the_note_of_the_first_in_the_document() {
        let absences = json!([
            {"start": "2026-11-20T12:00", "end": "2026-11-20T15:00", "note": "Skiing"},
            {"start": "2026-11-20T10:00", "end": "2026-11-20T13:00", "note": "Dentist"},
            {"start": "2026-11-20T15:00", "end": "2026-11-20T16:00"},
        ]);
        let whole = "2026-11-20 09:00 to 2026-11-20 15:00";
        assert_absent(absences.clone(), "2026-11-20 10:00", &format!("{whole}, \"Dentist\""));
        assert_absent(absences.clone(), "2026-11-20 11:00", &format!("{whole}, \"Skiing\""));
        assert_absent(absences, "2026-11-20 14:00", whole);
    }

    #[test]
    fn beat_a_holiday() {
        let desk = desk(json!({
            "holidays": [{"id": "christmas", "dates": ["2026-12-25"]}],
            "agents": [{"id": "anna", "out_of_office": [{"start": "2026-12-25T08:00", "end": "2026-12-25T12:00"}]}],
        }));
        assert_spans(
            &desk,
            &[
                "2026-12-24 00:00 always_on",
                "2026-12-24 23:00 holiday",
                "2026-12-25 07:00 out_of_office",
                "2026-12-25 11:00 holiday",
                "2026-12-25 23:00 always_on",
            ],
            "2026-12-27 00:00",
        );
    }
}
