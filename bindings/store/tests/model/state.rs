//! A state of the database, the clients and the workers.

use crate::desk::{Body, COMMANDS, Chain, Id};

/// How many workers there are.
pub const WORKERS: usize = 3;

/// How many turns a log of the model can have: one more than there are commands, so that one may be there twice.
const TURNS: usize = COMMANDS + 1;

/// A state: what is committed, what the clients know, and what the workers know and do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct State {
    /// The turns that are committed.
    pub log: Log,
    /// The commands that are handed in.
    pub pending: [Row; COMMANDS],
    /// The knowledge of the client of each command.
    pub clients: [Client; COMMANDS],
    /// Whether the lease is that of a worker which crashed.
    pub is_lease_lost: bool,
    pub workers: [Worker; WORKERS],
}

/// A turn in the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Turn {
    pub number: u8,
    /// The turns that it was decided on, and its own text.
    pub chain: Chain,
}

impl Turn {
    pub fn before(self) -> Chain {
        self.chain.up_to(self.chain.turns() - 1)
    }

    pub fn body(self) -> Body {
        let mut own = self.chain.after(self.chain.turns() - 1);
        own.next().expect("a turn has a text")
    }
}

/// Turns in the order in which they were committed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Log {
    turns: [Option<Turn>; TURNS],
    /// Their texts.
    pub chain: Chain,
}

impl Log {
    pub fn turns(&self) -> impl Iterator<Item = Turn> {
        self.turns.iter().copied().flatten()
    }

    pub fn last(&self) -> u8 {
        self.chain.turns()
    }

    pub fn push(&mut self, turn: Turn) {
        *self.turns.iter_mut().find(|free| free.is_none()).expect("a command is there twice at most") = Some(turn);
        self.chain = self.chain.then(turn.body());
    }

    /// Returns the number of the turn of a command.
    pub fn find(&self, command: Id) -> Option<u8> {
        self.turns().find(|turn| turn.body().command == command).map(|turn| turn.number)
    }
}

/// The row of a command that is handed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Row {
    Absent,
    /// Undecided. The log had `since` turns when it was handed in.
    Waiting {
        since: u8,
    },
    /// Decided, and in the log.
    Settled {
        turn: u8,
    },
    /// Refused by the desk of `on` turns.
    Refused {
        since: u8,
        on: u8,
    },
}

/// The knowledge of a client about its command.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Client {
    /// Nothing, or its last try failed.
    Waiting,
    Acknowledged {
        turn: u8,
    },
    Refused,
}

/// A worker, with what it knows and does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Worker {
    /// Whether its program is older than the others, and cannot read the command of the scenario that is newer.
    pub is_old: bool,
    /// The turns of its desk: those that it read, and those that it appended.
    pub known: Chain,
    /// Its desk before the first turn that it appended and that nothing proves to be committed.
    pub certain: Option<Chain>,
    /// Whether the lease is its own; it does not know that.
    pub has_lease: bool,
    pub task: Task,
}

/// The next step of a worker.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Task {
    Idle,
    /// To decide a command in a transaction that sees `sees` turns of others; all that are committed, if that is `None`.
    Propose {
        command: Id,
        sees: Option<u8>,
    },
    /// To append the turn of a command.
    Append {
        command: Id,
        sees: Option<u8>,
    },
    /// To commit the last known turn.
    Commit,
    /// To answer the client of a command.
    Answer {
        command: Id,
        turn: u8,
    },
    /// To follow, with the lease.
    Follow,
    /// To read what was handed in, and to decide it.
    DecideAll,
    /// To append what was decided.
    AppendAll(Batch),
    /// To settle what was appended, and to commit both.
    CommitAll(Batch),
    /// To end the lease.
    EndLease,
}

/// The answers to commands that were handed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Batch {
    /// The desk behind them.
    pub to: Chain,
    pub outcomes: [Option<Outcome>; COMMANDS],
}

/// The answer to a command that was handed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    Turn(u8),
    /// Refused by the desk of so many turns.
    Refused(u8),
}

impl Worker {
    /// A worker that has just started: it loads the desk when it follows.
    pub const NEW: Worker =
        Worker { is_old: false, known: Chain::START, certain: None, has_lease: false, task: Task::Idle };

    /// Returns it as it is when it has just started again.
    pub fn restarted(self) -> Worker {
        Worker { is_old: self.is_old, ..Worker::NEW }
    }

    /// Returns whether it has turns in the log that are not committed.
    pub fn has_appended(&self) -> bool {
        match self.task {
            Task::Commit => true,
            Task::CommitAll(batch) => batch.to != self.known,
            _ => false,
        }
    }
}

impl State {
    pub const FIRST: State = State {
        log: Log { turns: [None; TURNS], chain: Chain::START },
        pending: [Row::Absent; COMMANDS],
        clients: [Client::Waiting; COMMANDS],
        is_lease_lost: false,
        workers: [Worker::NEW; WORKERS],
    };

    /// Returns the state with one worker whose program is older.
    pub fn with_an_old_worker(mut self) -> State {
        self.workers[0].is_old = true;
        self.sorted()
    }

    pub fn is_leased(&self) -> bool {
        self.is_lease_lost || self.workers.iter().any(|worker| worker.has_lease)
    }

    /// Returns the state with the workers in order: they differ in nothing but what they know and do, so that states in which
    /// two have changed places go on in the same way.
    pub fn sorted(mut self) -> State {
        self.workers.sort_unstable();
        self
    }

    /// Returns the state without what makes no difference to any step after it: turns that a worker knows and the log has too,
    /// if it follows before it decides, which then gives the same as from the start; the end of a lease that it lost; an answer
    /// that the client has.
    pub fn without_idle_knowledge(mut self) -> State {
        for worker in &mut self.workers {
            let is_over = match worker.task {
                Task::EndLease => !worker.has_lease,
                Task::Answer { command, .. } => self.clients[command.place()] != Client::Waiting,
                _ => false,
            };
            if is_over {
                worker.task = Task::Idle;
            }
            let follows = matches!(worker.task, Task::Idle | Task::Answer { .. } | Task::Follow | Task::EndLease);
            if follows && self.log.chain.starts_with(worker.known) {
                (worker.known, worker.certain) = (Chain::START, None);
            }
        }
        self
    }
}
