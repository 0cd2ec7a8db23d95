//! Shared desks over the log.

use std::time::Duration;

use frontdesk::desk::{Action, Assignee};
use frontdesk::{Code, Desk, Document};

use super::{Check, Engine, new_desk};
use crate::log::Log;
use crate::request::Request;
use crate::shared::{Served, SharedDesk};

pub fn checks<E: Engine>() -> Vec<(&'static str, Check<E>)> {
    vec![
        ("workers follow each other", workers_follow_each_other::<E>),
        ("a rolled back turn is forgotten", a_rolled_back_turn_is_forgotten::<E>),
        ("a repeated command has one answer", a_repeated_command_has_one_answer::<E>),
        ("a repeated command leaves no half turn", a_repeated_command_leaves_no_half_turn::<E>),
        ("commands that are handed in are answered", commands_that_are_handed_in_are_answered::<E>),
        ("many are handed in together", many_are_handed_in_together::<E>),
        ("a worker is ready from a snapshot", a_worker_is_ready_from_a_snapshot::<E>),
        ("the past can be asked", the_past_can_be_asked::<E>),
        ("a removed command is not carried out again", a_removed_command_is_not_carried_out_again::<E>),
        ("an agent never has too many", an_agent_never_has_too_many::<E>),
    ]
}

/// A desk of agents who hold one conversation each.
fn document(agents: usize) -> Document {
    let agents: Vec<String> = (0..agents).map(|it| format!(r#"{{"id": "agent-{it}", "capacity": 1}}"#)).collect();
    let text = format!(
        r#"{{"version": 1, "time_zone": "UTC", "agents": [{}], "inboxes": [{{"id": "main", "channels": [{{"id": "chat",
            "kind": "chat", "rules": [{{"id": "all", "steps": [{{"assign_to": "everyone"}}]}}]}}]}}]}}"#,
        agents.join(",")
    );
    Desk::from_json(&text).expect("a document without problems").document()
}

/// A clock that says a second more each time.
fn ticking() -> impl FnMut() -> i64 + Send + 'static {
    let mut now = 1_700_000_000_000;
    move || {
        now += 1_000;
        now
    }
}

fn loaded<E: Engine>(engine: &E, connection: &mut E::Connection, name: &str) -> SharedDesk {
    SharedDesk::load(&mut engine.log(connection), name).expect("it is there").with_clock(ticking())
}

fn created<E: Engine>(engine: &E, connection: &mut E::Connection, test: &str, agents: usize) -> SharedDesk {
    let name = new_desk(test);
    let desk = SharedDesk::create(&mut engine.log(connection), &name, document(agents));
    desk.expect("it is new").with_clock(ticking())
}

fn open(conversation: &str) -> Request {
    let text = format!(r#"{{"type": "open", "conversation": {conversation:?}, "inbox": "main", "channel": "chat"}}"#);
    Request::from_json(&text).expect("a command")
}

fn workers_follow_each_other<E: Engine>(engine: &E) {
    let (a, b) = (&mut engine.connect(), &mut engine.connect());
    let mut one = created(engine, a, "two workers", 3);
    let mut other = loaded(engine, b, one.name());
    for index in 0..6 {
        let (worker, connection) = if index % 2 == 0 { (&mut one, &mut *a) } else { (&mut other, &mut *b) };
        let answer = worker.handle(&mut engine.log(connection), &open(&format!("c{index}"))).expect("it is decided");
        assert_eq!(answer.turn(), Some(index + 2));
    }
    one.follow(&mut engine.log(a)).expect("it follows");
    assert_eq!(one.known().snapshot(), other.known().snapshot());
    assert_eq!(one.digest(), other.digest());
    let waiting = other.desk(&mut engine.log(b)).expect("it follows").waiting();
    assert_eq!(waiting, 3, "three agents have one each");
    let verified = one.verify(&mut engine.log(a)).expect("it is whole");
    assert_eq!((verified.first, verified.last), (1, 7));
    let again = SharedDesk::create(&mut engine.log(a), one.name(), document(1)).map(|_| ());
    assert_eq!(again.expect_err("it is there").first().map(|it| it.code), Some(Code::DeskExists));
}

fn a_rolled_back_turn_is_forgotten<E: Engine>(engine: &E) {
    let (a, b) = (&mut engine.connect(), &mut engine.connect());
    let mut one = created(engine, a, "rolled back turn", 3);
    let mut other = loaded(engine, b, one.name());
    let before = one.known().snapshot();
    let failed: Result<(), frontdesk::Problems> = engine.log(a).transaction(|log| {
        one.handle(log, &open("c1"))?;
        one.handle(log, &open("c2"))?;
        assert_eq!(one.known().conversations().count(), 2, "within the transaction they are there");
        Err(frontdesk::Problem::new(Code::Conflict, "on purpose").into())
    });
    assert!(failed.is_err());
    other.handle(&mut engine.log(b), &open("c3")).expect("it is decided");
    assert_eq!(one.desk(&mut engine.log(a)).expect("it follows").conversations().count(), 1);
    assert_eq!(one.known().snapshot(), other.known().snapshot());
    assert_ne!(one.known().snapshot(), before);
}

fn a_repeated_command_has_one_answer<E: Engine>(engine: &E) {
    let (a, b) = (&mut engine.connect(), &mut engine.connect());
    let mut one = created(engine, a, "repeated", 3);
    let mut other = loaded(engine, b, one.name());
    let request = open("c1").with_id("b7");
    let first = one.handle(&mut engine.log(a), &request).expect("it is decided");
    one.handle(&mut engine.log(a), &open("c2")).expect("it is decided");
    let second = other.handle(&mut engine.log(b), &request).expect("it was decided");
    assert_eq!((second.turn(), second.events()), (first.turn(), first.events()));
    assert!(second.is_repeated() && !first.is_repeated());
    // Handed in as well, it is answered by the same turn.
    one.hand_in(&mut engine.log(a), &request).expect("it is handed in");
    let third =
        one.wait_for(&mut engine.log(a), "b7", Duration::from_secs(30)).expect("no problem").expect("an answer");
    assert_eq!((third.turn(), third.events()), (first.turn(), first.events()));
}

fn a_repeated_command_leaves_no_half_turn<E: Engine>(engine: &E) {
    let connection = &mut engine.connect();
    let mut desk = created(engine, connection, "half turns", 1);
    let log = &mut engine.log(connection);
    let status = |status: &str| {
        let text = format!(r#"{{"type": "set_status", "agent": "agent-0", "status": {status:?}, "id": {status:?}}}"#);
        Request::from_json(&text).expect("a command")
    };
    for (at, id) in (2..).zip(["away", "available"]) {
        assert_eq!(desk.handle(log, &status(id)).map(|answer| answer.turn()), Ok(Some(at)));
    }
    // It is possible a second time, so that its turn is appended before its id is found.
    let again = log.transaction(|log| desk.handle(log, &status("away")));
    assert_eq!(again.map(|answer| (answer.turn(), answer.is_repeated())), Ok((Some(2), true)));
    assert_eq!(log.head(desk.name()).map(|head| head.map(|head| head.last_turn)), Ok(Some(3)));
    assert_eq!(desk.handle(log, &open("c1")).map(|answer| answer.turn()), Ok(Some(4)));
}

fn commands_that_are_handed_in_are_answered<E: Engine>(engine: &E) {
    let (a, b) = (&mut engine.connect(), &mut engine.connect());
    let mut one = created(engine, a, "handed in", 3);
    let mut other = loaded(engine, b, one.name());
    for index in 0..20 {
        let request = open(&format!("c{index}")).with_id(format!("id-{index}"));
        one.hand_in(&mut engine.log(a), &request).expect("it is handed in");
    }
    let unknown = Request::new(Action::Close { conversation: "nobody".into() }).with_id("refused");
    one.hand_in(&mut engine.log(a), &unknown).expect("it is handed in");
    assert_eq!(one.answer(&mut engine.log(a), "id-3"), Ok(None));
    assert_eq!(other.serve(&mut engine.log(b)), Ok(Served::Decided(21)));
    assert_eq!(other.serve(&mut engine.log(b)), Ok(Served::Decided(0)));
    for index in 0..20 {
        let answer = one.answer(&mut engine.log(a), &format!("id-{index}")).expect("no problem").expect("an answer");
        assert_eq!(answer.turn(), Some(index + 2));
    }
    let refused = one.answer(&mut engine.log(a), "refused").expect("no problem").expect("an answer");
    assert!(refused.is_refused() && refused.turn().is_none());
    let wrong = Request::from_json(r#"{"type": "open", "conversation": 5, "id": "wrong"}"#).expect("an object");
    let problems = one.hand_in(&mut engine.log(a), &wrong).expect_err("it cannot be read");
    assert_eq!(problems.first().map(|it| it.path.as_str()), Some("$.conversation"));
    let without = one.hand_in(&mut engine.log(a), &open("c99")).expect_err("it has no id");
    assert_eq!(without.first().map(|it| it.code), Some(Code::MissingKey));
    one.follow(&mut engine.log(a)).expect("it follows");
    assert_eq!(one.known().snapshot(), other.known().snapshot());
}

fn many_are_handed_in_together<E: Engine>(engine: &E) {
    let connection = &mut engine.connect();
    let mut desk = created(engine, connection, "together", 2);
    let log = &mut engine.log(connection);
    let ids: Vec<String> = (0..600).map(|index| format!("id-{index}")).collect();
    let mut requests: Vec<Request> = ids.iter().map(|id| open(id).with_id(id)).collect();
    requests[300] = Request::new(Action::Close { conversation: "nobody".into() }).with_id("id-300");
    desk.hand_in_all(log, &requests).expect("they are handed in");
    desk.hand_in_all(log, &requests[..9]).expect("a second time does nothing");
    assert_eq!(desk.answers(log, &["id-5", "unknown"]), Ok(vec![None, None]));
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    let answers = desk.wait_for_all(log, &ids, Duration::from_secs(60)).expect("no problem");
    for (index, answer) in answers.iter().enumerate() {
        let answer = answer.as_ref().expect("an answer");
        let turn = 2 + index as u64 - u64::from(index > 300);
        assert_eq!((answer.turn(), answer.is_refused()), ((index != 300).then_some(turn), index == 300), "{index}");
    }
    assert_eq!(desk.turn(), 600);
    let wrong = [open("c1").with_id("one"), open("c2"), open("c3").with_id("three")];
    desk.hand_in_all(log, &wrong).expect_err("one has no id");
    assert_eq!(desk.serve(log), Ok(Served::Decided(0)), "none of them is there");
    assert_eq!(desk.wait_for_all(log, &[], Duration::ZERO), Ok(Vec::new()));
}

fn a_worker_is_ready_from_a_snapshot<E: Engine>(engine: &E) {
    let connection = &mut engine.connect();
    let mut one = created(engine, connection, "snapshot", 3);
    for index in 0..5 {
        one.handle(&mut engine.log(connection), &open(&format!("c{index}"))).expect("it is decided");
    }
    assert_eq!(one.put_snapshot(&mut engine.log(connection)), Ok(6));
    for index in 5..8 {
        one.handle(&mut engine.log(connection), &open(&format!("c{index}"))).expect("it is decided");
    }
    let other = loaded(engine, connection, one.name());
    assert_eq!((other.turn(), other.known().snapshot()), (9, one.known().snapshot()));
    assert_eq!(one.verify(&mut engine.log(connection)).map(|it| it.snapshots), Ok(1));
    // One of another log, and one that is no snapshot, are passed over.
    let foreign = one.known().snapshot();
    let digest = crate::Digest::START;
    let of = one.name().to_owned();
    let wrong = crate::StoredSnapshot { turn: 9, digest, body: foreign, personal: Vec::new() };
    engine.log(connection).put_snapshot(&of, &wrong).expect("it is added");
    let text = "{}".to_owned();
    let unreadable = crate::StoredSnapshot { turn: 8, digest: one.digest(), body: text, personal: Vec::new() };
    engine.log(connection).put_snapshot(&of, &unreadable).expect("it is added");
    let third = loaded(engine, connection, one.name());
    assert_eq!((third.turn(), third.known().snapshot()), (9, one.known().snapshot()));
    assert!(one.verify(&mut engine.log(connection)).is_err(), "two snapshots are not of this log");
}

fn the_past_can_be_asked<E: Engine>(engine: &E) {
    let connection = &mut engine.connect();
    let mut desk = created(engine, connection, "past", 2);
    let mut snapshots = vec![desk.known().snapshot()];
    for conversation in ["c1", "c2", "c3"] {
        desk.handle(&mut engine.log(connection), &open(conversation)).expect("it is decided");
        snapshots.push(desk.known().snapshot());
    }
    let close = Request::new(Action::Close { conversation: "c1".into() });
    desk.handle(&mut engine.log(connection), &close).expect("it is decided");
    let log = &mut engine.log(connection);
    for (turn, snapshot) in (1..).zip(&snapshots) {
        assert_eq!(desk.at_turn(log, turn).map(|it| it.snapshot()).as_ref(), Ok(snapshot), "turn {turn}");
    }
    let at = desk.turn_of(log, 3).expect("it is there").at().expect("a command has an instant");
    assert_eq!(desk.at(log, at).map(|it| it.turn()), Ok(3));
    assert_eq!(desk.at(log, at.saturating_add(-1)).map(|it| it.turn()), Ok(2));
    let events = desk.events_about(log, "c1").expect("they are there");
    assert_eq!(events.len(), 3, "opened, assigned, closed: {events:?}");
    let why = desk.why(log, 2).expect("it is there");
    assert_eq!(why.turn(), Some(2));
    assert!(why.to_json().contains("\"considered\""), "{}", why.to_json());
}

fn a_removed_command_is_not_carried_out_again<E: Engine>(engine: &E) {
    let connection = &mut engine.connect();
    let mut desk = created(engine, connection, "removed", 2);
    let log = &mut engine.log(connection);
    for conversation in ["c1", "c2", "c3"] {
        desk.handle(log, &open(conversation).with_id(conversation)).expect("it is decided");
    }
    assert_eq!(desk.put_snapshot(log), Ok(4));
    let now = desk.known().now().expect("an instant");
    assert_eq!(desk.compact(log, now), Ok(3));
    for conversation in ["c1", "c2"] {
        let request = open(conversation).with_id(conversation);
        let problems = desk.handle(log, &request).expect_err("it is removed");
        assert_eq!(problems[0].code, Code::Compacted, "{problems}");
        desk.hand_in(log, &request).expect("it is handed in");
        assert_eq!(desk.serve(log), Ok(Served::Decided(1)));
        assert_eq!(desk.answer(log, conversation).expect_err("it is removed")[0].code, Code::Compacted);
    }
    let kept = desk.handle(log, &open("c3").with_id("c3")).expect("its turn is there");
    assert_eq!((kept.turn(), kept.is_repeated(), desk.turn()), (Some(4), true, 4));
    for removed in 1..4 {
        assert_eq!(desk.turn_of(log, removed).expect_err("it is removed")[0].code, Code::Compacted, "turn {removed}");
    }
    assert_eq!(desk.verify(log).map(|it| (it.first, it.last)), Ok((4, 4)));
}

fn an_agent_never_has_too_many<E: Engine>(engine: &E) {
    const AGENTS: usize = 5;
    let name = created(engine, &mut engine.connect(), "limits", AGENTS).name().to_owned();
    std::thread::scope(|scope| {
        for worker in 0..4 {
            let name = &name;
            scope.spawn(move || {
                let connection = &mut engine.connect();
                let mut desk = loaded(engine, connection, name);
                for index in 0..10 {
                    let request = open(&format!("c{worker}-{index}")).with_id(format!("{worker}-{index}"));
                    match index % 2 {
                        0 => until_done(|| desk.handle(&mut engine.log(connection), &request).map(|_| ())),
                        _ => until_done(|| {
                            desk.hand_in(&mut engine.log(connection), &request)?;
                            desk.wait_for(
                                &mut engine.log(connection),
                                request.id().unwrap_or_default(),
                                Duration::from_secs(60),
                            )?;
                            Ok(())
                        }),
                    }
                }
            });
        }
    });
    let connection = &mut engine.connect();
    let mut desk = loaded(engine, connection, &name);
    assert_eq!(desk.turn(), 41, "each command is there once");
    let known = desk.known();
    assert_eq!(known.conversations().count(), 40);
    assert_eq!(known.waiting(), 40 - AGENTS);
    desk.verify(&mut engine.log(connection)).expect("it is whole");
    let busy = Request::new(Action::Assign {
        conversation: "c0-0".into(),
        to: Assignee::Agent("agent-0".into()),
        or_substitute: false,
        distribute: false,
    });
    assert!(desk.handle(&mut engine.log(connection), &busy).is_ok());
}

/// Runs work again as long as it asks for that.
fn until_done(mut work: impl FnMut() -> Result<(), frontdesk::Problems>) {
    loop {
        match work() {
            Ok(()) => return,
            Err(problems) => {
                assert_eq!(problems.first().map(|it| it.code), Some(Code::RetryTransaction), "{problems}");
            }
        }
    }
}
