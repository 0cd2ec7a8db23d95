//! Snapshots, erasure and compaction.

use super::{Check, Engine, created, entries, entry};
use crate::digest::Digest;
use crate::log::{Appended, Log, Removed, StoredSnapshot};

pub fn checks<E: Engine>() -> Vec<(&'static str, Check<E>)> {
    vec![
        ("snapshots are found by turn", snapshots_are_found_by_turn::<E>),
        ("a large snapshot comes back", a_large_snapshot_comes_back::<E>),
        ("turns are found by conversation", turns_are_found_by_conversation::<E>),
        ("personal data is erased", personal_data_is_erased::<E>),
        ("a snapshot from before an erasure is refused", a_snapshot_from_before_an_erasure_is_refused::<E>),
        ("a log is compacted", a_log_is_compacted::<E>),
        ("a removed command is known", a_removed_command_is_known::<E>),
    ]
}

fn snapshot(turn: u64, body: &str) -> StoredSnapshot {
    let personal = vec![("contact:x".to_owned(), "{\"1\": \"x@example.org\"}".to_owned())];
    StoredSnapshot { turn, digest: Digest::START.then(body), body: body.to_owned(), personal }
}

fn snapshots_are_found_by_turn<E: Engine>(engine: &E) {
    let connection = &mut engine.connect();
    let mut log = engine.log(connection);
    let (desk, first) = created(&mut log, "snapshots");
    assert_eq!(log.append(&desk, &entries(2, 9, first)), Ok(Appended::Done));
    let (three, seven) = (snapshot(3, "three"), snapshot(7, "seven"));
    for one in [&seven, &three] {
        log.put_snapshot(&desk, one).expect("it is added");
    }
    log.put_snapshot(&desk, &snapshot(7, "other")).expect("there is one");
    assert_eq!(log.snapshot(&desk, 2), Ok(None));
    assert_eq!(log.snapshot(&desk, 3), Ok(Some(three.clone())));
    assert_eq!(log.snapshot(&desk, 6), Ok(Some(three)));
    assert_eq!(log.snapshot(&desk, u64::MAX), Ok(Some(seven)));
    assert_eq!(log.snapshot_turns(&desk), Ok(vec![3, 7]));
}

fn a_large_snapshot_comes_back<E: Engine>(engine: &E) {
    let connection = &mut engine.connect();
    let mut log = engine.log(connection);
    let (desk, _) = created(&mut log, "large snapshot");
    // Characters of three bytes, so that the parts do not end with one.
    let large = snapshot(1, &"漢字 ".repeat(500_000));
    log.put_snapshot(&desk, &large).expect("it is added");
    assert!(log.snapshot(&desk, 1).expect("it") == Some(large), "it is another one");
}

fn turns_are_found_by_conversation<E: Engine>(engine: &E) {
    let connection = &mut engine.connect();
    let mut log = engine.log(connection);
    let (desk, first) = created(&mut log, "conversations");
    let mut chain = entries(2, 6, first);
    chain[0].conversations = vec!["c1".to_owned(), "c2".to_owned()];
    chain[3].conversations = vec!["c1".to_owned()];
    chain[5].conversations = vec!["c1".to_owned()];
    assert_eq!(log.append(&desk, &chain), Ok(Appended::Done));
    let mut turns = |conversation: &str, from, most| {
        let about = log.about(&desk, conversation, from, most).expect("turns");
        about.into_iter().map(|stored| (stored.turn, stored.body.is_some())).collect::<Vec<_>>()
    };
    assert_eq!(turns("c1", 0, 9), [(2, true), (5, true), (7, true)]);
    assert_eq!(turns("c1", 3, 1), [(5, true)]);
    assert_eq!(turns("c2", 0, 9), [(2, true)]);
    assert_eq!(turns("c3", 0, 9), []);
}

fn personal_data_is_erased<E: Engine>(engine: &E) {
    let connection = &mut engine.connect();
    let mut log = engine.log(connection);
    let (desk, first) = created(&mut log, "erased");
    let mut chain = entries(2, 3, first);
    let mut digest = first;
    for (entry, subjects) in chain.iter_mut().zip([&["contact:x", "contact:y"][..], &["contact:x"], &["contact:x"]]) {
        entry.body = format!("{{\"turn\": {}, \"from\": {{\"personal\":1}}}}", entry.turn);
        entry.digest = digest.then(&entry.body);
        digest = entry.digest;
        entry.personal = subjects.iter().map(|it| ((*it).to_owned(), format!("{{\"1\": {it:?}}}"))).collect();
    }
    assert_eq!(log.append(&desk, &chain), Ok(Appended::Done));
    log.put_snapshot(&desk, &snapshot(3, "three")).expect("it is added");
    let personal = |log: &mut E::Log<'_>| {
        let turns = log.read(&desk, 1, 10).expect("all");
        turns.into_iter().skip(1).map(|stored| stored.personal.len()).collect::<Vec<_>>()
    };
    assert_eq!(personal(&mut log), [2, 1, 1]);
    let with_subjects = |log: &mut E::Log<'_>| {
        let personal = log.personal(&desk, 2..=3).expect("two turns'");
        personal.into_iter().map(|it| (it.turn, it.subject, it.values)).collect::<Vec<_>>()
    };
    let of = |turn, subject: &str| (turn, subject.to_owned(), format!("{{\"1\": {subject:?}}}"));
    assert_eq!(with_subjects(&mut log), [of(2, "contact:x"), of(2, "contact:y"), of(3, "contact:x")]);
    assert_eq!(log.erase(&desk, "contact:x", 3), Ok(3), "of two turns and a snapshot");
    assert_eq!(personal(&mut log), [1, 0, 1]);
    assert_eq!(with_subjects(&mut log), [of(2, "contact:y")]);
    assert_eq!(log.snapshot(&desk, 9).expect("it").expect("it").personal, []);
    let digests: Vec<_> = log.read(&desk, 2, 10).expect("all").into_iter().map(|stored| stored.digest).collect();
    assert_eq!(digests, [chain[0].digest, chain[1].digest, chain[2].digest]);
}

fn a_snapshot_from_before_an_erasure_is_refused<E: Engine>(engine: &E) {
    let connection = &mut engine.connect();
    let mut log = engine.log(connection);
    let (desk, first) = created(&mut log, "late snapshot");
    assert_eq!(log.append(&desk, &entries(2, 9, first)), Ok(Appended::Done));
    assert_eq!(log.erase(&desk, "contact:x", 5), Ok(0));
    for turn in [4, 5, 6] {
        log.put_snapshot(&desk, &snapshot(turn, "late")).expect("it is added or left out");
    }
    assert_eq!(log.snapshot_turns(&desk), Ok(vec![5, 6]));
}

fn a_log_is_compacted<E: Engine>(engine: &E) {
    let connection = &mut engine.connect();
    let mut log = engine.log(connection);
    let (desk, first) = created(&mut log, "compacted");
    let (other, _) = created(&mut log, "not compacted");
    let mut chain = entries(2, 9, first);
    chain.iter_mut().for_each(|entry| entry.conversations = vec!["c1".to_owned()]);
    assert_eq!(log.append(&desk, &chain), Ok(Appended::Done));
    for turn in [3, 6] {
        log.put_snapshot(&desk, &snapshot(turn, "kept or not")).expect("it is added");
    }
    assert_eq!(log.compact(&desk, 6), Ok(5));
    assert_eq!(log.snapshot_turns(&desk), Ok(vec![6]));
    assert_eq!(log.read(&desk, 0, 20).expect("those left").first().map(|stored| stored.turn), Some(6));
    assert_eq!(log.about(&desk, "c1", 0, 20).expect("those left").len(), 5);
    assert_eq!(log.read(&other, 0, 20).expect("all").len(), 1);
    assert_eq!(log.append(&desk, &[entry(11, chain[8].digest, "after")]), Ok(Appended::Done));
}

fn a_removed_command_is_known<E: Engine>(engine: &E) {
    let connection = &mut engine.connect();
    let mut log = engine.log(connection);
    let (desk, first) = created(&mut log, "removed commands");
    let mut chain = entries(2, 5, first);
    for (entry, id) in chain.iter_mut().zip(["a", "b", "c"]) {
        entry.command_id = Some(id.to_owned());
    }
    assert_eq!(log.append(&desk, &chain), Ok(Appended::Done));
    for (before, removed) in [(3, 2), (4, 1), (4, 0)] {
        assert_eq!(log.compact(&desk, before), Ok(removed));
    }
    assert_eq!([log.find(&desk, "a"), log.find(&desk, "b")], [Ok(Some(2)), Ok(Some(3))], "removed");
    assert_eq!([log.find(&desk, "c"), log.find(&desk, "d")], [Ok(Some(4)), Ok(None)]);
    log.hand_in(&desk, &[("a", "{}")], 5).expect("it is handed in");
    assert_eq!(log.pending(&desk, 0, 5).expect("it").iter().map(|it| it.turn).collect::<Vec<_>>(), [Some(2)]);
    let (other, _) = created(&mut log, "removed commands of another");
    assert_eq!(log.find(&other, "a"), Ok(None));
    let removed = |id: &str, turn| Removed { command_id: id.to_owned(), turn };
    assert_eq!(log.removed(&desk, "", 9), Ok(vec![removed("a", 2), removed("b", 3)]));
    assert_eq!(log.removed(&desk, "", 1), Ok(vec![removed("a", 2)]));
    assert_eq!(log.removed(&desk, "a", 9), Ok(vec![removed("b", 3)]));
    log.add_removed(&other, &[removed("z", 7), removed("y", 8)]).expect("they are added");
    assert_eq!((log.find(&other, "z"), log.find(&desk, "z")), (Ok(Some(7)), Ok(None)));
}
