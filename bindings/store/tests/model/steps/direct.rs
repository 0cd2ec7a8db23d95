//! Commands that are decided in the transaction of the caller, as `shared/decide.rs` does.

use super::{Rules, Step};
use crate::desk::{Desk, Id};
use crate::protocol::Isolation;
use crate::state::{Client, State, Task, Turn};

impl Rules {
    pub(super) fn begin(&self, state: &State, place: usize, then: &mut impl FnMut(Step, State)) {
        let worker = &state.workers[place];
        for command in Id::all().filter(|id| self.scenario.is_direct(*id) && self.reads(worker, *id)) {
            if state.clients[command.place()] == Client::Waiting {
                let sees = (self.protocol.isolation == Isolation::Snapshot).then_some(state.log.last());
                let mut next = state.with_task(place, Task::Propose { command, sees });
                if self.follow(&mut next.workers[place], state.log.chain) {
                    then(Step::Begin(place, command), next);
                }
            }
        }
    }

    /// Decides the command, and looks up one that is refused. A refused one leaves nothing, and its client may try again.
    pub(super) fn propose(&self, state: &State, place: usize, command: Id, sees: Option<u8>) -> State {
        let desk = Desk::of(state.workers[place].known, &self.scenario.actions);
        let task = match desk.decide(command, &self.scenario.actions) {
            Some(_) => Task::Append { command, sees },
            None => self.look_up(state, command, sees).unwrap_or(Task::Idle),
        };
        state.with_task(place, task)
    }

    /// Returns the answer to a command whose turn the transaction sees.
    fn look_up(&self, state: &State, command: Id, sees: Option<u8>) -> Option<Task> {
        let found = state.log.find(command).filter(|turn| sees.is_none_or(|sees| *turn <= sees));
        found.filter(|_| self.protocol.looks_up_ids).map(|turn| Task::Answer { command, turn })
    }

    /// Appends the turn that was proposed. After a conflict it follows, looks the command up and proposes it again, or gives up
    /// where it sees nothing new.
    pub(super) fn append(&self, state: &State, place: usize, command: Id, sees: Option<u8>) -> Option<State> {
        let known = state.workers[place].known;
        let body = Desk::of(known, &self.scenario.actions).decide(command, &self.scenario.actions)?;
        let turn = Turn { number: known.turns() + 1, chain: known.then(body) };
        if self.has_to_wait(state, place) {
            return None;
        }
        if self.is_conflict(state, turn) {
            let mut next = state.with_task(place, Task::Propose { command, sees });
            let worker = &mut next.workers[place];
            let has_read = self.follow(worker, state.log.chain.up_to(sees.unwrap_or(state.log.last())));
            if has_read {
                let is_new = worker.known != known;
                let propose = if is_new { worker.task } else { Task::Idle };
                worker.task = self.look_up(state, command, sees).unwrap_or(propose);
            }
            return Some(next);
        }
        let mut next = state.with_task(place, Task::Commit);
        let worker = &mut next.workers[place];
        worker.certain = worker.certain.or(Some(known));
        worker.known = turn.chain;
        if !self.protocol.answers_after_commit {
            next.clients[command.place()] = Client::Acknowledged { turn: turn.number };
        }
        Some(next)
    }

    /// Returns whether an append waits for that of another worker, which may have the same number.
    pub(super) fn has_to_wait(&self, state: &State, place: usize) -> bool {
        let mut others = state.workers.iter().enumerate().filter(|(other, _)| *other != place);
        self.protocol.is_number_unique && others.any(|(_, other)| other.has_appended())
    }

    pub(super) fn is_conflict(&self, state: &State, turn: Turn) -> bool {
        let has_number = state.log.turns().any(|other| other.number == turn.number);
        let has_id = state.log.find(turn.body().command).is_some();
        self.protocol.is_number_unique && has_number || self.protocol.is_id_unique && has_id
    }

    pub(super) fn commit(&self, state: &State, place: usize) -> State {
        let chain = state.workers[place].known;
        let turn = Turn { number: chain.turns(), chain };
        let mut next = state.with_task(place, Task::Answer { command: turn.body().command, turn: turn.number });
        next.log.push(turn);
        next
    }

    pub(super) fn answer(&self, state: &State, place: usize, command: Id, turn: u8) -> State {
        let mut next = state.with_task(place, Task::Idle);
        if state.clients[command.place()] == Client::Waiting {
            next.clients[command.place()] = Client::Acknowledged { turn };
        }
        next
    }
}
