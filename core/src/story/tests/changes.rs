//! Changes of the document while the conversation waits.

use super::{DESK, open, story, story_on};
use crate::desk::Desk;

#[test]
fn changes_of_the_desk_are_told_while_it_waits() {
    let put = r#""type": "put_agent", "agent": "dee", "entry": {"id": "dee", "team": "t"}"#;
    let told =
        story(&[("09:00:00", &open("other", "chat", "")), ("09:01:00", &open("c", "chat", "")), ("09:02:00", put)]);
    assert_eq!(told[3], "09:02:00 The agent dee was added or changed.");
    assert!(told[4].starts_with("09:02:00 It went to dee after 1 min of waiting"), "{told:?}");
}

#[test]
fn each_change_of_the_desk_has_its_words() {
    let hours = r#"[{"days": ["mon"], "start": "09:00", "end": "12:00"}]"#;
    for (change, told) in [
        (r#""type": "put_team", "team": "v", "entry": {"id": "v"}"#.to_owned(), "The team v was added or changed."),
        (r#""type": "remove_team", "team": "u", "by": "bo""#.to_owned(), "The team u was removed by bo."),
    ] {
        let desk = DESK.replace(r#""id": "bo", "team""#, r#""id": "bo", "permissions": ["super_admin"], "team""#);
        let commands =
            [("09:00:00", open("other", "chat", "")), ("09:01:00", open("c", "chat", "")), ("09:02:00", change)];
        let commands = commands.each_ref().map(|(clock, keys)| (*clock, keys.as_str()));
        assert_eq!(story_on(&desk, &commands)[3], format!("09:02:00 {told}"));
    }
    for (change, told) in [
        (
            format!(r#""type": "set_working_hours", "agent": "bo", "working_hours": {hours}"#),
            "the working hours of bo were set",
        ),
        (
            r#""type": "set_date_hours", "agent": "bo", "date_hours": []"#.to_owned(),
            "the hours of bo on certain dates were set",
        ),
        (
            r#""type": "set_out_of_office", "agent": "bo", "out_of_office": []"#.to_owned(),
            "the absences of bo were set",
        ),
        (r#""type": "remove_agent", "agent": "bo""#.to_owned(), "the agent bo was removed"),
    ] {
        let command = Desk::from_json(DESK).unwrap();
        let command = command.read_command(&format!(r#"{{"at": "2026-11-20T09:00:00Z", {change}}}"#)).unwrap();
        assert_eq!(super::super::changed(command.action.as_str().parse().unwrap(), "bo"), told);
    }
}
