//! The invariants, which hold in every state.

use crate::desk::{Chain, Desk, Id, LIMIT};
use crate::scenarios::Way;
use crate::state::{Client, Log, Row, State, Task, Worker};
use crate::steps::Rules;

/// An invariant, which holds in every state; also the name of what a wrong protocol breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Invariant {
    /// Turns are numbered from 1 without a gap.
    NumbersFollow,
    /// A turn was decided on exactly the turns before it.
    DecidedOnTheTurnsBefore,
    /// The agent never has more conversations than allowed.
    LimitHolds,
    /// A command is in the log once.
    IdsAreUnique,
    /// A command that was acknowledged is in the log, as the turn that its client was told.
    AcknowledgedIsThere,
    /// A command that was handed in and settled is in the log, as the turn that its row has.
    SettledIsThere,
    /// A command that was handed in and refused is not possible on the turns up to its refusal, and those before it was handed
    /// in are among them.
    RefusedIsImpossible,
    /// A command that was handed in and refused is not in the log, unless it was sent directly too.
    RefusedIsNotThere,
    /// The turns that a worker decides on, and goes back to, are in the log.
    CertainIsThere,
    /// All commands can be answered, without another failure.
    CanBeFinished,
}

impl Invariant {
    /// Returns those that do not hold in a state; `CanBeFinished` is checked by the search.
    pub fn broken(state: &State, rules: &Rules) -> Vec<Invariant> {
        let checks: [(Invariant, bool); 9] = [
            (Invariant::NumbersFollow, numbers_follow(&state.log)),
            (Invariant::DecidedOnTheTurnsBefore, decided_on_the_turns_before(&state.log)),
            (Invariant::LimitHolds, limit_holds(state.log.chain, rules)),
            (Invariant::IdsAreUnique, ids_are_unique(&state.log)),
            (Invariant::AcknowledgedIsThere, acknowledged_is_there(state)),
            (Invariant::SettledIsThere, settled_is_there(state)),
            (Invariant::RefusedIsImpossible, refused_is_impossible(state, rules)),
            (Invariant::RefusedIsNotThere, refused_is_not_there(state, rules)),
            (Invariant::CertainIsThere, certain_is_there(state)),
        ];
        checks.into_iter().filter(|(_, holds)| !holds).map(|(invariant, _)| invariant).collect()
    }
}

fn numbers_follow(log: &Log) -> bool {
    log.turns().zip(1..).all(|(turn, number)| turn.number == number)
}

fn decided_on_the_turns_before(log: &Log) -> bool {
    log.turns().zip(0..).all(|(turn, before)| turn.before() == log.chain.up_to(before))
}

fn limit_holds(chain: Chain, rules: &Rules) -> bool {
    let mut desk = Desk::default();
    chain.after(0).all(|body| {
        desk.apply(body, &rules.scenario.actions);
        desk.load() <= LIMIT
    })
}

fn ids_are_unique(log: &Log) -> bool {
    log.turns().all(|turn| log.find(turn.body().command) == Some(turn.number))
}

fn acknowledged_is_there(state: &State) -> bool {
    Id::all().all(|command| match state.clients[command.place()] {
        Client::Acknowledged { turn } => state.log.find(command) == Some(turn),
        Client::Waiting | Client::Refused => true,
    })
}

fn settled_is_there(state: &State) -> bool {
    Id::all().all(|command| match state.pending[command.place()] {
        Row::Settled { turn } => state.log.find(command) == Some(turn),
        Row::Absent | Row::Waiting { .. } | Row::Refused { .. } => true,
    })
}

fn refused_is_impossible(state: &State, rules: &Rules) -> bool {
    let actions = &rules.scenario.actions;
    Id::all().all(|command| match state.pending[command.place()] {
        Row::Refused { since, on } => {
            let is_late_enough = since <= on && on <= state.log.last();
            let is_there = state.log.find(command).is_some_and(|turn| turn <= on);
            is_late_enough
                && !is_there
                && Desk::of(state.log.chain.up_to(on), actions).decide(command, actions).is_none()
        }
        Row::Absent | Row::Waiting { .. } | Row::Settled { .. } => true,
    })
}

fn refused_is_not_there(state: &State, rules: &Rules) -> bool {
    Id::all().filter(|command| rules.scenario.way(*command) == Way::HandedIn).all(|command| {
        let is_refused = matches!(state.pending[command.place()], Row::Refused { .. });
        !is_refused || state.log.find(command).is_none()
    })
}

fn certain_is_there(state: &State) -> bool {
    let log = state.log.chain;
    state.workers.iter().all(|worker| {
        let read = decided_on(worker);
        worker.certain.is_none_or(|certain| log.starts_with(certain)) && read.is_none_or(|read| log.starts_with(read))
    })
}

/// Returns the desk that a worker decides on.
fn decided_on(worker: &Worker) -> Option<Chain> {
    match worker.task {
        Task::Propose { .. } | Task::Append { .. } => Some(worker.known),
        Task::DecideAll | Task::AppendAll(_) | Task::CommitAll(_) => Some(worker.known),
        Task::Commit => worker.certain,
        Task::Idle | Task::Answer { .. } | Task::Follow | Task::EndLease => None,
    }
}
