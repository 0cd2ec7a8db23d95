//! The steps from a state to the next: one statement of a worker, or one thing that happens to it.

mod clients;
mod direct;
mod follow;
mod serve;

use crate::desk::Id;
use crate::protocol::Protocol;
use crate::scenarios::{Scenario, Way};
use crate::state::{Client, State, Task, Worker};

/// A step, with the place of its worker among those of the state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    HandIn(Id),
    ReadAnswer(Id),
    LeaseExpires,
    /// The worker begins a transaction and follows.
    Begin(usize, Id),
    /// The worker does what its task says.
    GoOn(usize),
    /// The caller rolls the transaction back, or it ends without a commit.
    RollBack(usize),
    /// The answer to the client is lost.
    LoseAnswer(usize),
    TakeLease(usize),
    Crash(usize),
}

impl Step {
    /// Returns whether it is a failure, which nothing may have to wait for.
    pub fn is_failure(self) -> bool {
        matches!(self, Step::RollBack(_) | Step::LoseAnswer(_) | Step::Crash(_))
    }
}

/// The rules by which a step is taken.
#[derive(Debug, Clone, Copy)]
pub struct Rules {
    pub scenario: Scenario,
    pub protocol: Protocol,
}

impl Rules {
    /// Returns the state in which nothing has happened.
    pub fn first(&self) -> State {
        if self.scenario.newer.is_some() { State::FIRST.with_an_old_worker() } else { State::FIRST }
    }

    /// Returns whether a worker knows the kind of a command.
    pub fn reads(&self, worker: &Worker, command: Id) -> bool {
        !worker.is_old || self.scenario.newer != Some(command)
    }

    /// Calls back with each step that can be taken, and the state after it.
    pub fn steps(&self, state: &State, mut then: impl FnMut(Step, State)) {
        self.clients(state, &mut then);
        for place in 0..state.workers.len() {
            // Of two workers who know and do the same, one is enough.
            if place > 0 && state.workers[place] == state.workers[place - 1] {
                continue;
            }
            self.worker(state, place, &mut then);
        }
    }

    /// Returns whether all commands are answered.
    pub fn is_finished(&self, state: &State) -> bool {
        Id::all().all(|command| {
            state.clients[command.place()] != Client::Waiting || self.scenario.way(command) == Way::Never
        })
    }

    fn worker(&self, state: &State, place: usize, then: &mut impl FnMut(Step, State)) {
        let worker = state.workers[place];
        if worker.task == Task::Idle {
            self.begin(state, place, then);
            self.take_lease(state, place, then);
        } else if let Some(next) = self.go_on(state, place) {
            then(Step::GoOn(place), next);
        }
        match worker.task {
            Task::Commit => then(Step::RollBack(place), state.with_task(place, Task::Idle)),
            Task::Answer { .. } => then(Step::LoseAnswer(place), state.with_task(place, Task::Idle)),
            _ => {}
        }
        if worker != worker.restarted() {
            then(Step::Crash(place), state.crashed(place));
        }
    }

    /// Returns the state after the task of a worker; `None` while it has to wait.
    fn go_on(&self, state: &State, place: usize) -> Option<State> {
        match state.workers[place].task {
            Task::Idle => None,
            Task::Propose { command, sees } => Some(self.propose(state, place, command, sees)),
            Task::Append { command, sees } => self.append(state, place, command, sees),
            Task::Commit => Some(self.commit(state, place)),
            Task::Answer { command, turn } => Some(self.answer(state, place, command, turn)),
            Task::Follow => Some(self.follow_leased(state, place)),
            Task::DecideAll => Some(self.decide_all(state, place)),
            Task::AppendAll(batch) => self.append_all(state, place, batch),
            Task::CommitAll(batch) => Some(self.commit_all(state, place, batch)),
            Task::EndLease => Some(self.end_lease(state, place)),
        }
    }
}

impl State {
    fn with_task(&self, place: usize, task: Task) -> State {
        let mut next = *self;
        next.workers[place].task = task;
        next
    }

    /// Returns the state after a worker lost all that it knew; what it had not committed is rolled back.
    fn crashed(&self, place: usize) -> State {
        let mut next = *self;
        next.is_lease_lost |= self.workers[place].has_lease;
        next.workers[place] = self.workers[place].restarted();
        next
    }
}
