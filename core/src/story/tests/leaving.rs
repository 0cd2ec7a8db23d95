//! Stories of a conversation whose holder leaves, comes back, or is removed.

use super::{about, open, story_on};

/// A desk whose only agent holds the conversation from 09:00 on.
fn desk(hours: &str, settings: &str, rest: &str) -> String {
    format!(
        r#"{{"version": 1, "time_zone": "Europe/Stockholm",
            "agents": [{{"id": "anna", "working_hours": [{hours}]{rest}}}],
            "inboxes": [{{"id": "main", "channels": [{{"id": "chat", "kind": "chat",
                "rules": [{{"id": "all", "steps": [{{"assign_to": "everyone"}}]}}]}}]}}],
            "settings": {{{settings}}}}}"#
    )
}

fn hours(start: &str, end: &str) -> String {
    format!(r#"{{"days": ["fri"], "start": "{start}", "end": "{end}"}}"#)
}

/// The story from 09:00 on, without the arrival.
fn later(desk: &str, commands: &[(&str, &str)]) -> Vec<String> {
    let opened = open("c", "chat", "");
    let commands: Vec<(&str, &str)> = [("09:00:00", &*opened)].into_iter().chain(commands.iter().copied()).collect();
    story_on(desk, &commands).split_off(2)
}

const ADVANCE: (&str, &str) = ("18:00:00", r#""type": "advance""#);
const AFTER_3H: &str = r#""on_shift_end": {"requeue_after": "3h"}, "on_absence": {"requeue_after": "3h"}"#;

#[test]
fn a_holder_who_comes_back_keeps_it() {
    let desk = desk(&format!("{}, {}", hours("09:00", "12:00"), hours("13:00", "17:00")), AFTER_3H, "");
    assert_eq!(
        later(&desk, &[("14:00:00", r#""type": "advance""#)]),
        [
            "12:00:00 anna became away (outside working hours). Unless anna replies or returns before 15:00, it is taken back.",
            "13:00:00 anna came back, and keeps it.",
        ]
    );
}

#[test]
fn of_several_reasons_to_be_away_the_first_says_when_it_is_taken_back() {
    let out = r#", "out_of_office": [{"start": "2026-11-20T13:00", "end": "2026-11-20T14:00"}]"#;
    assert_eq!(
        later(&desk(&hours("09:00", "12:00"), AFTER_3H, out), &[ADVANCE])[..4],
        [
            "12:00:00 anna became away (outside working hours). Unless anna replies or returns before 15:00, it is taken back.",
            "13:00:00 anna is still away (out of office).",
            "14:00:00 anna is still away (outside working hours).",
            "15:00:00 anna was not back at work, so it was taken back.",
        ]
    );
}

#[test]
fn what_is_taken_back_at_once_says_why() {
    let out = r#", "out_of_office": [{"start": "2026-11-20T11:00", "end": "2026-11-20T14:00"}]"#;
    let away = r#""type": "set_status", "agent": "anna", "status": "away""#;
    for (settings, rest, command, told) in [
        (
            r#""on_shift_end": "requeue""#,
            "",
            ADVANCE,
            "12:00:00 anna became away (outside working hours), so it was taken back.",
        ),
        (
            r#""on_absence": "requeue""#,
            out,
            ADVANCE,
            "11:00:00 anna became away (out of office), so it was taken back.",
        ),
        (
            r#""on_away": "requeue""#,
            "",
            ("10:00:00", away),
            "10:00:00 anna became away (set away), so it was taken back.",
        ),
    ] {
        // The other conversation of the holder is taken back at the same instant.
        let other = open("b", "chat", "");
        let told_all = later(&desk(&hours("08:00", "12:00"), settings, rest), &[("09:00:00", &other), command]);
        assert_eq!(told_all[0], told, "{told_all:#?}");
    }
}

#[test]
fn a_holder_who_is_set_away_keeps_it_and_comes_back() {
    let set = |status: &str| format!(r#""type": "set_status", "agent": "anna", "status": "{status}""#);
    let commands = [("10:00:00", set("away")), ("10:30:00", set("away")), ("11:00:00", set("available"))];
    let commands = commands.each_ref().map(|(clock, keys)| (*clock, keys.as_str()));
    assert_eq!(
        later(&desk(&hours("09:00", "17:00"), "", ""), &commands),
        [
            "10:00:00 anna became away (set away), and keeps it.",
            "10:30:00 anna is still away (set away), and keeps it.",
            "11:00:00 anna came back.",
        ]
    );
}

#[test]
fn a_holder_who_missed_offers_is_told_of_what_is_held_as_well() {
    let desk = desk(&hours("09:00", "17:00"), r#""missed_offers_before_away": 1"#, "").replace(
        r#""channels": ["#,
        r#""channels": [{"id": "phone", "kind": "call", "accept_within": "20s",
            "rules": [{"id": "all", "steps": [{"assign_to": "everyone"}]}]}, "#,
    );
    let call = open("call", "phone", "");
    assert_eq!(
        later(&desk, &[("10:00:00", &call), ("10:10:00", r#""type": "advance""#)]),
        ["10:00:20 anna was set away, having missed too many offers, and keeps it."]
    );
}

#[test]
fn one_who_was_available_already_is_told_to_leave_the_status() {
    let desk = desk(&hours("09:00", "17:00"), "", "")
        .replace(r#""agents""#, r#""statuses": [{"id": "mails", "state": "available", "kinds": ["email"]}], "agents""#);
    let set = |status: &str| format!(r#""type": "set_status", "agent": "anna", "status": "{status}""#);
    let (mails, available, arrival) = (set("mails"), set("available"), open("c", "chat", ""));
    let told = story_on(&desk, &[("09:00:00", &mails), ("09:01:00", &arrival), ("09:05:00", &available)]);
    assert_eq!(told[3], "09:05:00 anna left the status mails.", "{told:#?}");
}

#[test]
fn what_a_removed_agent_held_is_routed_or_left() {
    let remove = about("remove_agent", "c").replace(r#""conversation": "c""#, r#""agent": "anna""#);
    for (settings, told) in [
        (
            r#""on_removed": "unassign""#,
            "10:00:00 anna, who held it, was removed from the desk, so it is left for someone to take by hand.",
        ),
        (r#""on_removed": "route""#, "10:00:00 anna, who held it, was removed from the desk."),
    ] {
        assert_eq!(later(&desk(&hours("09:00", "17:00"), settings, ""), &[("10:00:00", &remove)])[0], told);
    }
}
