//! A model of shared desks, searched exhaustively: each order of the steps of three workers and three commands.
//!
//! A step is one statement of a worker, as `src/shared` and `src/sql/log.rs` send it, or something that happens to it: a crash, a
//! rollback, a lost answer, the end of a lease. In each state the [`Invariant`](invariants::Invariant)s hold, and from each all
//! commands can still be answered; a wrong variant of the [`Protocol`](protocol::Protocol) breaks one, which `variants.rs` names.
//!
//! Left out are instants, snapshots, compaction, erasure, savepoints and several commands in one transaction. A batch has no
//! limit: one that leaves later commands out is one that was read before they were handed in. A worker whose program is older than
//! a command leaves it for as long as the model runs, with those after it. An append waits for any other that
//! is not committed. `serve` is called on a connection, where each call is a transaction.

mod desk;
mod invariants;
mod mix;
mod protocol;
mod scenarios;
mod search;
mod state;
mod steps;
mod variants;

use std::time::Instant;

use desk::{Actions, Id};
use protocol::Isolation::{ReadCommitted, Snapshot};
use protocol::{Isolation, Protocol};
use scenarios::Way::{Direct, Either, HandedIn, Never};
use scenarios::{CLOSED, OPENED, Scenario, Way};
use search::{States, search};
use steps::Rules;

/// Searches all states, each of which has to hold what it should.
fn holds(name: &str, protocol: Protocol, actions: Actions, ways: [Way; 3], states: States) {
    holds_in(name, Rules { scenario: Scenario { actions, ways, newer: None }, protocol }, states);
}

fn holds_in(name: &str, rules: Rules, states: States) {
    let Rules { scenario: Scenario { ways, .. }, protocol } = rules;
    let start = Instant::now();
    match search(&rules, states) {
        Ok(count) => println!("{name}, {:?}, {ways:?}: {count} states, {:.1?}", protocol.isolation, start.elapsed()),
        Err(broken) => panic!("{name}: {broken}"),
    }
}

fn right_holds(name: &str, isolation: Isolation, actions: Actions, ways: [Way; 3]) {
    holds(name, Protocol::right(isolation), actions, ways, States::Distinct);
}

#[test]
fn direct_commands_hold() {
    for isolation in [ReadCommitted, Snapshot] {
        right_holds("three opened", isolation, OPENED, [Direct, Direct, Direct]);
        right_holds("one closed", isolation, CLOSED, [Direct, Direct, Direct]);
    }
}

#[test]
fn commands_that_are_handed_in_hold() {
    // They are decided in no transaction of a caller, whose isolation would matter.
    right_holds("three opened", ReadCommitted, OPENED, [HandedIn, HandedIn, HandedIn]);
    right_holds("one closed", ReadCommitted, CLOSED, [HandedIn, HandedIn, HandedIn]);
}

#[test]
fn direct_commands_beside_one_that_is_handed_in_hold() {
    right_holds("three opened", ReadCommitted, OPENED, [Direct, Direct, HandedIn]);
}

#[test]
fn commands_that_are_handed_in_beside_a_direct_one_hold() {
    for isolation in [ReadCommitted, Snapshot] {
        right_holds("one closed", isolation, CLOSED, [Direct, HandedIn, HandedIn]);
    }
}

#[test]
fn a_command_that_is_sent_both_ways_holds() {
    right_holds("two opened", ReadCommitted, OPENED, [Never, HandedIn, Either]);
    right_holds("one closed", ReadCommitted, CLOSED, [Direct, Never, Either]);
    right_holds("one closed", Snapshot, CLOSED, [Direct, Never, Either]);
}

#[test]
fn a_command_that_one_worker_cannot_read_holds() {
    let protocol = Protocol::right(ReadCommitted);
    for (actions, ways, newer) in [
        (OPENED, [HandedIn, HandedIn, HandedIn], Id(1)),
        (CLOSED, [HandedIn, HandedIn, HandedIn], Id(0)),
        (CLOSED, [Direct, HandedIn, HandedIn], Id(0)),
    ] {
        let rules = Rules { scenario: Scenario { actions, ways, newer: Some(newer) }, protocol };
        holds_in("one newer", rules, States::Distinct);
    }
}

#[test]
fn workers_that_remember_hold() {
    for isolation in [ReadCommitted, Snapshot] {
        holds("two opened", Protocol::right(isolation), OPENED, [Direct, Direct, Never], States::All);
        holds("one closed", Protocol::right(isolation), CLOSED, [HandedIn, Never, HandedIn], States::All);
    }
}
