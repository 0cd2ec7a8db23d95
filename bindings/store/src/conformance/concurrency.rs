//! Workers at the same time.

use std::thread;

use frontdesk::{Code, Problem};

use super::{Check, Engine, created, entry};
use crate::log::{Appended, Log};

pub fn checks<E: Engine>() -> Vec<(&'static str, Check<E>)> {
    vec![
        ("of many who append one is first", of_many_who_append_one_is_first::<E>),
        ("of many who take a lease one has it", of_many_who_take_a_lease_one_has_it::<E>),
        ("of many who create one does", of_many_who_create_one_does::<E>),
    ]
}

/// The workers of a test.
const WORKERS: usize = 4;

fn of_many_who_append_one_is_first<E: Engine>(engine: &E) {
    const TURNS: u64 = 40;
    let (desk, _) = created(&mut engine.log(&mut engine.connect()), "many");
    let won: Vec<u64> = at_once(|worker| append_until(engine, &desk, TURNS, worker));
    assert_eq!(won.iter().sum::<u64>(), TURNS - 1, "each turn has one who appended it: {won:?}");
    let turns = engine.log(&mut engine.connect()).read(&desk, 0, 1_000).expect("all");
    assert_eq!(turns.iter().map(|stored| stored.turn).collect::<Vec<_>>(), (1..=TURNS).collect::<Vec<_>>());
    for pair in turns.windows(2) {
        let body = pair[1].body.as_deref().expect("a text");
        assert_eq!(pair[0].digest.then(body), pair[1].digest, "turn {} follows another", pair[1].turn);
    }
}

/// Appends turns after the last until there are so many; returns how many were appended here.
fn append_until<E: Engine>(engine: &E, desk: &str, last: u64, worker: usize) -> u64 {
    let (connection, mut won) = (&mut engine.connect(), 0);
    let mut known = 1;
    loop {
        let mut log = engine.log(connection);
        let read = again(|| log.read(desk, known, 100));
        let newest = read.last().expect("the turn that was read before");
        known = newest.turn;
        if known >= last {
            return won;
        }
        let next = entry(known + 1, newest.digest, &format!("of worker {worker}"));
        match log.append(desk, &[next]) {
            Ok(Appended::Done) => won += 1,
            Ok(Appended::Conflict) => {}
            Err(problem) => assert_eq!(problem.code, Code::RetryTransaction, "{problem}"),
        }
    }
}

fn of_many_who_take_a_lease_one_has_it<E: Engine>(engine: &E) {
    let (desk, _) = created(&mut engine.log(&mut engine.connect()), "many leases");
    let has: Vec<bool> = at_once(|worker| {
        let connection = &mut engine.connect();
        again(|| engine.log(connection).take_lease(&desk, &format!("worker {worker}"), 600_000))
    });
    assert_eq!(has.iter().filter(|has| **has).count(), 1, "{has:?}");
}

fn of_many_who_create_one_does<E: Engine>(engine: &E) {
    let (desk, first) = (super::new_desk("created by many"), entry(1, crate::Digest::START, "first"));
    let created: Vec<Appended> = at_once(|_| {
        let connection = &mut engine.connect();
        again(|| engine.log(connection).create(&desk, &first))
    });
    assert_eq!(created.iter().filter(|it| **it == Appended::Done).count(), 1, "{created:?}");
}

/// Runs work by several workers at once.
fn at_once<T: Send>(work: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let work = &work;
    thread::scope(|scope| {
        let workers: Vec<_> = (0..WORKERS).map(|worker| scope.spawn(move || work(worker))).collect();
        workers.into_iter().map(|worker| worker.join().expect("no worker panics")).collect()
    })
}

/// Runs work again as long as it asks for that.
fn again<T>(mut work: impl FnMut() -> Result<T, Problem>) -> T {
    loop {
        match work() {
            Ok(done) => return done,
            Err(problem) => assert_eq!(problem.code, Code::RetryTransaction, "{problem}"),
        }
    }
}
