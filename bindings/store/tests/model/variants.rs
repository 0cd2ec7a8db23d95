//! Wrong variants of the protocol, each of which breaks an invariant.

use crate::desk::{Actions, Id};
use crate::invariants::Invariant::{self, *};
use crate::protocol::{Isolation, Protocol};
use crate::scenarios::Way::{Direct, HandedIn, Never};
use crate::scenarios::{CLOSED, OPENED, Scenario, Way};
use crate::search::{States, search};
use crate::steps::Rules;

const RIGHT: Protocol = Protocol::right(Isolation::ReadCommitted);

/// Returns the invariants that a protocol breaks first.
fn broken(name: &str, protocol: Protocol, actions: Actions, ways: [Way; 3]) -> Vec<Invariant> {
    broken_in(name, Rules { scenario: Scenario { actions, ways, newer: None }, protocol })
}

fn broken_in(name: &str, rules: Rules) -> Vec<Invariant> {
    let broken = search(&rules, States::Distinct).expect_err(name);
    println!("{name}: {:?} after {} steps, among {} states", broken.invariants, broken.path.len(), broken.states);
    broken.invariants
}

#[test]
fn an_append_needs_the_number_to_be_free() {
    let protocol = Protocol { is_number_unique: false, ..RIGHT };
    let invariants = broken("an append without the condition", protocol, OPENED, [Direct; 3]);
    assert_eq!(invariants, [NumbersFollow, DecidedOnTheTurnsBefore, LimitHolds]);
}

#[test]
fn a_command_needs_to_be_looked_up() {
    let protocol = Protocol { looks_up_ids: false, ..RIGHT };
    let invariants = broken("an id that is unique, but not looked up", protocol, OPENED, [Direct; 3]);
    assert_eq!(invariants, [CanBeFinished], "who repeats a command has no answer");
}

#[test]
fn a_command_needs_to_be_unique() {
    // It is looked up only if it is refused, or meets another turn.
    let protocol = Protocol { is_id_unique: false, ..RIGHT };
    let invariants = broken("an id that is looked up, but not unique", protocol, OPENED, [Direct; 3]);
    assert_eq!(invariants, [IdsAreUnique]);
}

#[test]
fn a_lease_does_not_replace_the_condition() {
    let protocol = Protocol { is_lease_fenced: false, ..RIGHT };
    let invariants = broken("a lease without fencing", protocol, OPENED, [HandedIn; 3]);
    // The agent has a conversation too many, and the row another turn than the command.
    assert_eq!(invariants, [DecidedOnTheTurnsBefore, LimitHolds, SettledIsThere]);
}

#[test]
fn commands_are_settled_with_their_append() {
    let protocol = Protocol { settles_with_append: false, ..RIGHT };
    let invariants = broken("settled outside of the append", protocol, OPENED, [HandedIn; 3]);
    assert_eq!(invariants, [SettledIsThere]);
}

#[test]
fn a_command_is_settled_once() {
    let protocol = Protocol { settles_once: false, ..RIGHT };
    let invariants = broken("settled twice", protocol, CLOSED, [HandedIn; 3]);
    assert_eq!(invariants, [RefusedIsNotThere]);
}

#[test]
fn a_refusal_needs_the_condition_too() {
    let protocol = Protocol { is_refusal_conditional: false, ..RIGHT };
    let invariants = broken("a refusal of an older log", protocol, CLOSED, [Direct, Never, HandedIn]);
    assert_eq!(invariants, [RefusedIsImpossible]);
}

#[test]
fn an_answer_waits_for_the_commit() {
    let protocol = Protocol { answers_after_commit: false, ..RIGHT };
    let invariants = broken("an answer before the commit", protocol, OPENED, [Direct; 3]);
    assert_eq!(invariants, [AcknowledgedIsThere]);
}

#[test]
fn a_worker_goes_back_after_a_rollback() {
    let protocol = Protocol { checks_digest: false, ..RIGHT };
    let invariants = broken("no digest checked", protocol, OPENED, [Direct; 3]);
    assert_eq!(invariants, [CertainIsThere]);
}

#[test]
fn what_a_worker_cannot_read_is_not_refused() {
    let scenario = Scenario { actions: OPENED, ways: [HandedIn; 3], newer: Some(Id(1)) };
    let protocol = Protocol { leaves_unread: false, ..RIGHT };
    let invariants = broken_in("a newer command refused", Rules { scenario, protocol });
    assert_eq!(invariants, [RefusedIsImpossible]);
}
