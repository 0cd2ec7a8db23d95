//! Commands that a program built, or that were read before the desk changed: invalid ones are refused.

use frontdesk::desk::{Action, Assignee, EventKind};
use frontdesk::time::Instant;
use frontdesk::{Code, Command, Desk};

fn desk() -> Desk {
    Desk::from_json(
        r#"{"version": 1, "time_zone": "UTC", "teams": [{"id": "vip"}], "agents": [{"id": "anna"}],
            "inboxes": [{"id": "main", "channels": [{"id": "chat", "kind": "chat"}]}, {"id": "side"}]}"#,
    )
    .unwrap()
}

fn read(text: &str) -> Command {
    desk().read_command(text).unwrap()
}

/// Checks that a command is refused with a code, and that the desk and its events are as before.
#[track_caller]
fn assert_refused(desk: &mut Desk, command: &Command, expected: Code) {
    let before = desk.snapshot();
    let events = desk.handle(command);
    let [event] = &events[..] else { panic!("{events:#?}") };
    assert!(matches!(&event.kind, EventKind::Refused { code, .. } if *code == expected), "{event:#?}");
    assert_eq!(desk.snapshot(), before);
}

#[test]
fn that_name_what_is_no_more() {
    for (removal, stale) in [
        (
            r#""type": "remove_team", "team": "vip""#,
            r#""type": "put_agent", "agent": "bo", "entry": {"id": "bo", "team": "vip"}"#,
        ),
        (
            r#""type": "remove_team", "team": "vip""#,
            r#""type": "put_inbox", "inbox": "new", "entry": {"id": "new", "access": {"teams": ["vip"]}}"#,
        ),
        (
            r#""type": "remove_agent", "agent": "anna""#,
            r#""type": "put_inbox", "inbox": "new", "entry": {"id": "new", "access": {"agents": ["anna"]}}"#,
        ),
        (
            r#""type": "remove_agent", "agent": "anna""#,
            r#""type": "put_agent", "agent": "bo", "entry": {"id": "bo", "substitute": "anna"}"#,
        ),
        (
            r#""type": "remove_inbox", "inbox": "side""#,
            r#""type": "put_inbox", "inbox": "main", "entry": {"id": "main", "channels": [{"id": "chat", "kind": "chat",
                "rules": [{"id": "r", "match": {"inbox": "side"}, "steps": []}]}]}"#,
        ),
    ] {
        let command = |keys: &str| format!(r#"{{{keys}, "at": "2026-11-20T09:00:00Z"}}"#);
        let stale = read(&command(stale));
        let mut desk = desk();
        desk.handle_json(&command(removal)).unwrap();
        assert_refused(&mut desk, &stale, Code::UnknownReference);
    }
}

#[test]
fn that_no_document_could_hold() {
    let at = Instant::parse("2026-11-20T09:00:00Z").unwrap();
    let hours = |every| {
        let text = r#"{"type": "set_working_hours", "at": "2026-11-20T09:00:00Z", "agent": "anna",
            "working_hours": [{"days": ["mon"], "start": "09:00", "end": "17:00"}]}"#;
        let Action::SetWorkingHours { mut working_hours, .. } = read(text).action else { panic!("other hours") };
        working_hours[0].every = every;
        Action::SetWorkingHours { agent: "anna".into(), working_hours }
    };
    assert_refused(&mut desk(), &Command::new(at, hours(Some(0))), Code::OutOfRange);
    assert_refused(&mut desk(), &Command::new(at, hours(Some(2))), Code::MissingKey);
    assert_eq!(desk().handle(&Command::new(at, hours(None))).len(), 2);
}

/// Numbers that no text may have, because some languages could not write them.
#[test]
fn that_have_numbers_beyond_what_is_read() {
    let open = |priority: i64, level: u8| {
        let mut command = read(
            r#"{"type": "open", "at": "2026-11-20T09:00:00Z", "conversation": "c", "inbox": "main", "channel": "chat"}"#,
        );
        if let Action::Open { priority: own, skills, .. } = &mut command.action {
            *own = priority;
            skills.insert("billing".into(), level);
        }
        command
    };
    const MOST: i64 = 1 << 53;
    for (priority, level) in [(1 << 60, 1), (MOST + 1, 1), (-MOST - 1, 1), (i64::MIN, 1), (0, 0), (0, 6), (0, 255)] {
        assert_refused(&mut desk(), &open(priority, level), Code::OutOfRange);
    }
    for (priority, level) in [(MOST, 1), (-MOST, 5)] {
        assert!(!matches!(desk().handle(&open(priority, level))[0].kind, EventKind::Refused { .. }));
    }
    let mut desk = desk();
    desk.handle(&open(1, 1));
    let mut update = read(r#"{"type": "update", "at": "2026-11-20T09:00:01Z", "conversation": "c", "priority": 2}"#);
    if let Action::Update { changes, .. } = &mut update.action {
        changes.priority = Some(1 << 60);
    }
    assert_refused(&mut desk, &update, Code::OutOfRange);
}

#[test]
fn that_give_a_team_to_a_substitute_or_distribute_to_an_agent() {
    let mut desk = desk();
    let at = Instant::parse("2026-11-20T09:00:00Z").unwrap();
    let team = Assignee::Team("vip".into());
    let assign = Action::Assign { conversation: "c1".into(), to: team, or_substitute: true, distribute: false };
    assert_refused(&mut desk, &Command::new(at, assign), Code::Conflict);
    let agent = Assignee::Agent("anna".into());
    let assign = Action::Assign { conversation: "c1".into(), to: agent, or_substitute: false, distribute: true };
    assert_refused(&mut desk, &Command::new(at, assign), Code::Conflict);
}
