//! Commands that were handed in, decided by the holder of the lease, as `shared/serve.rs` does.

use super::{Rules, Step};
use crate::desk::{COMMANDS, Desk, Id};
use crate::state::{Batch, Outcome, Row, State, Task, Turn};

impl Rules {
    pub(super) fn take_lease(&self, state: &State, place: usize, then: &mut impl FnMut(Step, State)) {
        let serves = Id::all().any(|command| self.scenario.is_handed_in(command));
        if serves && !state.is_leased() {
            let mut next = state.with_task(place, Task::Follow);
            next.workers[place].has_lease = true;
            then(Step::TakeLease(place), next);
        }
    }

    pub(super) fn follow_leased(&self, state: &State, place: usize) -> State {
        let mut next = state.with_task(place, Task::DecideAll);
        if !self.follow(&mut next.workers[place], state.log.chain) {
            next.workers[place].task = Task::EndLease;
        }
        next
    }

    /// Reads what was handed in, with the turns of those that are in the log, and decides the others one after the other, up to
    /// one that it cannot read.
    pub(super) fn decide_all(&self, state: &State, place: usize) -> State {
        let mut batch = Batch { to: state.workers[place].known, outcomes: [None; COMMANDS] };
        for command in Id::all().filter(|id| matches!(state.pending[id.place()], Row::Waiting { .. })) {
            let desk = Desk::of(batch.to, &self.scenario.actions);
            let found = state.log.find(command).filter(|_| self.protocol.looks_up_ids);
            let reads = self.reads(&state.workers[place], command);
            if found.is_none() && !reads && self.protocol.leaves_unread {
                break;
            }
            let decided = desk.decide(command, &self.scenario.actions).filter(|_| reads);
            let outcome = match (found, decided) {
                (Some(turn), _) => Outcome::Turn(turn),
                (None, Some(body)) => {
                    batch.to = batch.to.then(body);
                    Outcome::Turn(batch.to.turns())
                }
                (None, None) => Outcome::Refused(batch.to.turns()),
            };
            batch.outcomes[command.place()] = Some(outcome);
        }
        let is_any = batch.outcomes.iter().any(Option::is_some);
        state.with_task(place, if is_any { Task::AppendAll(batch) } else { Task::EndLease })
    }

    pub(super) fn append_all(&self, state: &State, place: usize, batch: Batch) -> Option<State> {
        let known = state.workers[place].known;
        if batch.to == known {
            return Some(state.with_task(place, Task::CommitAll(batch)));
        }
        if self.has_to_wait(state, place) {
            return None;
        }
        let first = Turn { number: known.turns() + 1, chain: batch.to.up_to(known.turns() + 1) };
        if self.protocol.is_lease_fenced && self.is_conflict(state, first) {
            return Some(state.with_task(place, Task::Follow));
        }
        let mut next = state.with_task(place, Task::CommitAll(batch));
        if !self.protocol.settles_with_append {
            self.settle(&mut next, batch);
        }
        Some(next)
    }

    pub(super) fn commit_all(&self, state: &State, place: usize, batch: Batch) -> State {
        let known = state.workers[place].known;
        let is_other_log = batch.to == known && state.log.chain != known;
        if self.protocol.is_refusal_conditional && is_other_log || self.is_settled(state, batch) {
            return state.with_task(place, Task::Follow);
        }
        let mut next = state.with_task(place, Task::EndLease);
        let shift =
            if self.protocol.is_lease_fenced { 0 } else { state.log.last() - known.turns().min(state.log.last()) };
        for turn in known.turns() + 1..=batch.to.turns() {
            next.log.push(Turn { number: turn + shift, chain: batch.to.up_to(turn) });
        }
        if batch.to != known {
            let worker = &mut next.workers[place];
            worker.certain = worker.certain.or(Some(known));
            worker.known = batch.to;
        }
        if self.protocol.settles_with_append {
            self.settle(&mut next, batch);
        }
        next
    }

    /// Returns whether a command of the batch was settled by another worker.
    fn is_settled(&self, state: &State, batch: Batch) -> bool {
        let of_batch = Id::all().filter(|command| batch.outcomes[command.place()].is_some());
        let mut rows = of_batch.map(|command| state.pending[command.place()]);
        self.protocol.settles_once
            && self.protocol.settles_with_append
            && rows.any(|row| !matches!(row, Row::Waiting { .. }))
    }

    /// Writes the outcomes down of commands that are not decided.
    fn settle(&self, state: &mut State, batch: Batch) {
        for (row, outcome) in state.pending.iter_mut().zip(batch.outcomes) {
            *row = match (*row, outcome) {
                (Row::Waiting { .. }, Some(Outcome::Turn(turn))) => Row::Settled { turn },
                (Row::Waiting { since }, Some(Outcome::Refused(on))) => Row::Refused { since, on },
                (row, _) => row,
            };
        }
    }

    pub(super) fn end_lease(&self, state: &State, place: usize) -> State {
        let mut next = state.with_task(place, Task::Idle);
        next.workers[place].has_lease = false;
        next
    }
}
