//! Turns: their order, numbers and ids.

use super::{Check, Engine, created, entries, entry, new_desk};
use crate::digest::Digest;
use crate::log::{Appended, Head, Log};

pub fn checks<E: Engine>() -> Vec<(&'static str, Check<E>)> {
    vec![
        ("a desk is created once", a_desk_is_created_once::<E>),
        ("desks are listed by name", desks_are_listed_by_name::<E>),
        ("a desk that is not there has nothing", a_desk_that_is_not_there_has_nothing::<E>),
        ("turns are read as they were appended", turns_are_read_as_they_were_appended::<E>),
        ("a number is there once", a_number_is_there_once::<E>),
        ("an id is there once", an_id_is_there_once::<E>),
        ("what is rolled back is not there", what_is_rolled_back_is_not_there::<E>),
        ("names are compared exactly", names_are_compared_exactly::<E>),
        ("texts come back to the byte", texts_come_back_to_the_byte::<E>),
        ("a desk is due", a_desk_is_due::<E>),
    ]
}

fn a_desk_is_created_once<E: Engine>(engine: &E) {
    let (connection, desk) = (&mut engine.connect(), new_desk("once"));
    let mut first = entry(1, Digest::START, "first");
    first.wakes_at = Some(7);
    assert_eq!(engine.log(connection).create(&desk, &first), Ok(Appended::Done));
    assert_eq!(engine.log(connection).create(&desk, &entry(1, Digest::START, "other")), Ok(Appended::Conflict));
    assert_eq!(engine.log(connection).head(&desk), Ok(Some(Head { last_turn: 1, wakes_at: Some(7) })));
    let turns = engine.log(connection).read(&desk, 0, 10).expect("the turn");
    assert_eq!(turns.iter().map(|turn| turn.digest).collect::<Vec<_>>(), [first.digest]);
}

fn desks_are_listed_by_name<E: Engine>(engine: &E) {
    let connection = &mut engine.connect();
    let mut log = engine.log(connection);
    let prefix = new_desk("listed");
    // In the order of their bytes, which is that of no language.
    let names = ["A", "Z", "a", "b", "ä", "😀"].map(|name| format!("{prefix} {name}"));
    for name in names.iter().rev() {
        assert_eq!(log.create(name, &entry(1, Digest::START, "first")), Ok(Appended::Done));
    }
    assert_eq!(log.desks(&prefix, 6), Ok(names.to_vec()));
    assert_eq!(log.desks(&names[1], 2), Ok(names[2..4].to_vec()));
}

fn a_desk_that_is_not_there_has_nothing<E: Engine>(engine: &E) {
    let (connection, desk) = (&mut engine.connect(), new_desk("absent"));
    let mut log = engine.log(connection);
    assert_eq!(log.head(&desk), Ok(None));
    assert_eq!(log.read(&desk, 0, 10), Ok(Vec::new()));
    assert_eq!(log.find(&desk, "a"), Ok(None));
    assert_eq!(log.last_turn_at(&desk, i64::MAX), Ok(None));
    assert_eq!(log.snapshot(&desk, u64::MAX), Ok(None));
    assert_eq!(log.pending(&desk, 0, 10), Ok(Vec::new()));
    assert_eq!(log.take_lease(&desk, "me", 1_000), Ok(false));
}

fn turns_are_read_as_they_were_appended<E: Engine>(engine: &E) {
    let connection = &mut engine.connect();
    let mut log = engine.log(connection);
    let (desk, first) = created(&mut log, "order");
    let mut chain = entries(2, 700, first);
    chain[699].wakes_at = Some(12);
    assert_eq!(log.append(&desk, &chain[..1]), Ok(Appended::Done));
    assert_eq!(log.append(&desk, &chain[1..]), Ok(Appended::Done));
    assert_eq!(log.head(&desk), Ok(Some(Head { last_turn: 701, wakes_at: Some(12) })));
    let read = log.read(&desk, 1, 1_000).expect("all");
    assert_eq!((read[0].turn, read[0].digest, &read[0].body), (1, first, &None));
    assert_eq!(read.len(), 701);
    for (stored, entry) in read[1..].iter().zip(&chain) {
        assert_eq!((stored.turn, stored.digest, stored.body.as_ref()), (entry.turn, entry.digest, Some(&entry.body)));
    }
    let some = log.read(&desk, 5, 3).expect("some");
    assert_eq!(some.iter().map(|turn| turn.turn).collect::<Vec<_>>(), [5, 6, 7, 8]);
    assert_eq!(log.read(&desk, 701, 3).expect("its own").len(), 1);
    assert_eq!((log.hold(&desk, 701), log.hold(&desk, 700), log.hold(&desk, 702)), (Ok(true), Ok(false), Ok(false)));
    assert_eq!(log.last_turn_at(&desk, 5_999), Ok(Some(5)));
    assert_eq!(log.last_turn_at(&desk, 999), Ok(None));
}

fn a_number_is_there_once<E: Engine>(engine: &E) {
    let connection = &mut engine.connect();
    let mut log = engine.log(connection);
    let (desk, first) = created(&mut log, "number");
    let chain = entries(2, 3, first);
    assert_eq!(log.append(&desk, &chain), Ok(Appended::Done));
    assert_eq!(log.append(&desk, &[entry(2, first, "other")]), Ok(Appended::Conflict));
    let longer: Vec<_> = entries(3, 5, first);
    assert_eq!(log.append(&desk, &longer), Ok(Appended::Conflict), "nothing of it is there");
    assert_eq!(log.head(&desk).expect("a head").expect("a desk").last_turn, 4);
    assert_eq!(log.read(&desk, 1, 10).expect("all").len(), 4);
}

fn an_id_is_there_once<E: Engine>(engine: &E) {
    let connection = &mut engine.connect();
    let mut log = engine.log(connection);
    let (desk, first) = created(&mut log, "id");
    let mut chain = entries(2, 3, first);
    chain[1].command_id = Some("b7".to_owned());
    assert_eq!(log.append(&desk, &chain), Ok(Appended::Done));
    assert_eq!(log.find(&desk, "b7"), Ok(Some(3)));
    assert_eq!(log.find(&desk, "b8"), Ok(None));
    let mut again = entry(5, chain[2].digest, "again");
    again.command_id = Some("b7".to_owned());
    assert_eq!(log.append(&desk, std::slice::from_ref(&again)), Ok(Appended::Conflict));
    let (other, _) = created(&mut log, "id of another");
    assert_eq!(log.find(&other, "b7"), Ok(None));
}

fn what_is_rolled_back_is_not_there<E: Engine>(engine: &E) {
    let connection = &mut engine.connect();
    let mut log = engine.log(connection);
    let (desk, first) = created(&mut log, "rolled back");
    let mut next = entry(2, first, "next");
    next.command_id = Some("b7".to_owned());
    next.conversations = vec!["c1".to_owned()];
    next.personal = vec![("contact:x".to_owned(), "{}".to_owned())];
    let failed: Result<(), frontdesk::Problem> = log.transaction(|log| {
        assert_eq!(log.append(&desk, std::slice::from_ref(&next)), Ok(Appended::Done));
        assert_eq!(log.read(&desk, 1, 5)?.len(), 2, "it sees its own");
        log.hand_in(&desk, &[("h1", "{}")], 0)?;
        Err(frontdesk::Problem::new(frontdesk::Code::Conflict, "on purpose"))
    });
    assert_eq!(failed.map_err(|problem| problem.message), Err("on purpose".to_owned()));
    assert_eq!(log.read(&desk, 1, 5).expect("one").len(), 1);
    assert_eq!(log.head(&desk).expect("a head").expect("a desk").last_turn, 1);
    assert_eq!(log.find(&desk, "b7"), Ok(None));
    assert_eq!(log.pending(&desk, 0, 5), Ok(Vec::new()));
    assert_eq!(log.append(&desk, &[next]), Ok(Appended::Done), "its number is free");
}

fn names_are_compared_exactly<E: Engine>(engine: &E) {
    let connection = &mut engine.connect();
    let mut log = engine.log(connection);
    let (desk, first) = created(&mut log, "names");
    let long = "😀".repeat(256);
    let names =
        ["a", "A", "a ", "ä", "a\u{308}", "ß", "ss", "'; DROP TABLE frontdesk_turns; --", "%", "?", "$1", &long];
    let mut chain = entries(2, names.len() as u64, first);
    for (entry, name) in chain.iter_mut().zip(names) {
        entry.command_id = Some(name.to_owned());
        entry.conversations = vec![name.to_owned()];
        entry.personal = vec![(format!("conversation:{name}"), "{}".to_owned())];
    }
    assert_eq!(log.append(&desk, &chain), Ok(Appended::Done));
    for (turn, name) in (2..).zip(names) {
        assert_eq!(log.find(&desk, name), Ok(Some(turn)), "{name:?}");
        let about = log.about(&desk, name, 0, 10).expect("its turn");
        assert_eq!(about.iter().map(|stored| stored.turn).collect::<Vec<_>>(), [turn], "{name:?}");
    }
    for name in [format!("{desk} "), desk.to_uppercase(), long] {
        assert_eq!(log.head(&name), Ok(None), "{name:?}");
    }
}

fn texts_come_back_to_the_byte<E: Engine>(engine: &E) {
    let connection = &mut engine.connect();
    let mut log = engine.log(connection);
    let (desk, first) = created(&mut log, "texts");
    for (turn, text) in
        (2..).zip(["?$1%s%%\\'\"`", " ends in a space ", "😀 \u{feff} é e\u{301}", &"long ".repeat(300_000)])
    {
        let before = log.read(&desk, turn - 1, 0).expect("the one before")[0].digest;
        let mut next = entry(turn, before, text);
        next.body = text.to_owned();
        next.digest = first.then(text);
        assert_eq!(log.append(&desk, std::slice::from_ref(&next)), Ok(Appended::Done));
        let read = log.read(&desk, turn - 1, 1).expect("it");
        assert_eq!(read[1].body.as_deref(), Some(text));
        assert_eq!(read[1].digest, next.digest);
    }
}

fn a_desk_is_due<E: Engine>(engine: &E) {
    let connection = &mut engine.connect();
    let mut log = engine.log(connection);
    // Long before what other desks of the database have to do.
    let at = -4_000_000_000_000;
    let (desk, digest) = created(&mut log, "due");
    let mut next = entry(2, digest, "next");
    next.wakes_at = Some(at);
    assert_eq!(log.append(&desk, &[next]), Ok(Appended::Done));
    assert!(!log.due(at - 1, 1_000).expect("those due").contains(&desk));
    assert!(log.due(at, 1_000).expect("those due").contains(&desk));
    let (handed, _) = created(&mut log, "due for a command");
    log.hand_in(&handed, &[("h1", "{}")], 0).expect("it is handed in");
    assert!(log.due(at - 1, 10_000).expect("those due").contains(&handed));
}
