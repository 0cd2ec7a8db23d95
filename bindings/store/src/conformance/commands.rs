//! Commands that are handed in, and the lease of who decides them.

use super::{Check, Engine, created, entry};
use crate::log::{Appended, HandedIn, Log, Outcome};

pub fn checks<E: Engine>() -> Vec<(&'static str, Check<E>)> {
    vec![
        ("commands are decided in their order", commands_are_decided_in_their_order::<E>),
        ("a command is handed in once", a_command_is_handed_in_once::<E>),
        ("a command in the log is known", a_command_in_the_log_is_known::<E>),
        ("an outcome stays", an_outcome_stays::<E>),
        ("one worker has the lease", one_worker_has_the_lease::<E>),
        ("a lease ends", a_lease_ends::<E>),
        ("the clock goes on", the_clock_goes_on::<E>),
    ]
}

fn commands_are_decided_in_their_order<E: Engine>(engine: &E) {
    let connection = &mut engine.connect();
    let mut log = engine.log(connection);
    let (desk, _) = created(&mut log, "pending");
    for id in ["b", "a", "c"] {
        log.hand_in(&desk, &[(id, &format!("{{\"id\": {id:?}}}"))], 5).expect("it is handed in");
    }
    let pending = log.pending(&desk, 0, 2).expect("the first");
    assert_eq!(pending.iter().map(|it| it.command_id.as_str()).collect::<Vec<_>>(), ["b", "a"]);
    assert_eq!(pending[0].command, "{\"id\": \"b\"}");
    assert_eq!(
        log.handed_in(&desk, &["b"]),
        Ok(vec![HandedIn { command_id: "b".to_owned(), decided: false, turn: None, refused: None }])
    );
    let outcomes = [
        Outcome { number: pending[0].number, turn: Some(2), refused: None },
        Outcome { number: pending[1].number, turn: None, refused: Some("{\"events\": []}".to_owned()) },
    ];
    assert_eq!(log.settle(&desk, &outcomes, 9), Ok(2));
    let refused = Some("{\"events\": []}".to_owned());
    assert_eq!(
        log.handed_in(&desk, &["b"]),
        Ok(vec![HandedIn { command_id: "b".to_owned(), decided: true, turn: Some(2), refused: None }])
    );
    assert_eq!(
        log.handed_in(&desk, &["a"]),
        Ok(vec![HandedIn { command_id: "a".to_owned(), decided: true, turn: None, refused }])
    );
    let left = log.pending(&desk, 0, 5).expect("the last");
    assert_eq!(left.iter().map(|it| it.command_id.as_str()).collect::<Vec<_>>(), ["c"]);
    assert_eq!(log.forget_decided(&desk, 9), Ok(0));
    assert_eq!(log.forget_decided(&desk, 10), Ok(2));
    assert_eq!(log.handed_in(&desk, &["b"]), Ok(Vec::new()));
}

fn a_command_is_handed_in_once<E: Engine>(engine: &E) {
    let connection = &mut engine.connect();
    let mut log = engine.log(connection);
    let (desk, _) = created(&mut log, "handed in once");
    for command in ["one", "other"] {
        log.hand_in(&desk, &[("b", command)], 5).expect("it is handed in");
    }
    let pending = log.pending(&desk, 0, 5).expect("one");
    assert_eq!(pending.iter().map(|it| it.command.as_str()).collect::<Vec<_>>(), ["one"]);
}

fn a_command_in_the_log_is_known<E: Engine>(engine: &E) {
    let connection = &mut engine.connect();
    let mut log = engine.log(connection);
    let (desk, digest) = created(&mut log, "in the log");
    let mut next = entry(2, digest, "next");
    next.command_id = Some("b".to_owned());
    assert_eq!(log.append(&desk, &[next]), Ok(Appended::Done));
    log.hand_in(&desk, &[("b", "{}")], 5).expect("it is handed in");
    assert_eq!(log.pending(&desk, 0, 5).expect("it").iter().map(|it| it.turn).collect::<Vec<_>>(), [Some(2)]);
}

fn an_outcome_stays<E: Engine>(engine: &E) {
    let connection = &mut engine.connect();
    let mut log = engine.log(connection);
    let (desk, _) = created(&mut log, "settled twice");
    log.hand_in(&desk, &[("b", "{}")], 5).expect("it is handed in");
    let number = log.pending(&desk, 0, 5).expect("it")[0].number;
    for (turn, changed) in [(2, 1), (3, 0)] {
        assert_eq!(log.settle(&desk, &[Outcome { number, turn: Some(turn), refused: None }], 9), Ok(changed));
    }
    assert_eq!(log.handed_in(&desk, &["b", "other"]).expect("it")[0].turn, Some(2));
}

fn one_worker_has_the_lease<E: Engine>(engine: &E) {
    let (one, other) = (&mut engine.connect(), &mut engine.connect());
    let (desk, _) = created(&mut engine.log(one), "lease");
    assert_eq!(engine.log(one).take_lease(&desk, "one", 60_000), Ok(true));
    assert_eq!(engine.log(other).take_lease(&desk, "other", 60_000), Ok(false));
    assert_eq!(engine.log(one).take_lease(&desk, "one", 60_000), Ok(true), "it is prolonged");
    engine.log(other).end_lease(&desk, "other").expect("nothing to end");
    assert_eq!(engine.log(other).take_lease(&desk, "other", 60_000), Ok(false));
    engine.log(one).end_lease(&desk, "one").expect("it ends");
    assert_eq!(engine.log(other).take_lease(&desk, "other", 60_000), Ok(true));
}

fn a_lease_ends<E: Engine>(engine: &E) {
    let connection = &mut engine.connect();
    let mut log = engine.log(connection);
    let (desk, _) = created(&mut log, "lost lease");
    assert_eq!(log.take_lease(&desk, "lost", 1_000), Ok(true));
    let until = log.now().expect("a time") + 10_000;
    // By the database's clock, whatever this machine's says.
    while log.take_lease(&desk, "next", 60_000) == Ok(false) {
        assert!(log.now().expect("a time") < until, "a lease of a second lasts for ten");
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    assert_eq!(log.take_lease(&desk, "lost", 1_000), Ok(false));
}

fn the_clock_goes_on<E: Engine>(engine: &E) {
    let connection = &mut engine.connect();
    let mut log = engine.log(connection);
    let times = log.transaction::<_, frontdesk::Problem>(|log| {
        let first = log.now()?;
        std::thread::sleep(std::time::Duration::from_millis(1_100));
        Ok((first, log.now()?))
    });
    let (first, second) = times.expect("two times");
    assert!(first > 1_700_000_000_000, "{first} is in milliseconds since 1970");
    assert!(second > first, "{second} is later than {first}, also within a transaction");
}
