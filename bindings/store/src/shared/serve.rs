//! Commands that were handed in, decided by whoever holds the lease of the desk.

use std::thread::sleep;
use std::time::{Duration, Instant};

use frontdesk::{Code, Event, Problem, Problems};
use serde_json::{Value, json};

use super::state::State;
use super::{Answer, Served, SharedDesk};
use crate::entry::Entry;
use crate::log::{Appended, HandedIn, Log, Outcome, Pending};
use crate::problem::{check_id, damaged, retry_transaction};
use crate::request::Request;

/// The most commands that are decided in one append.
const BATCH: usize = 256;

/// How often a batch is decided again because another worker appended first.
const ATTEMPTS: usize = 20;

/// The length of a lease in milliseconds of the database's clock: what a lost holder costs.
const LEASE: i64 = 5_000;

/// The longest time between two looks at a command that another worker decides.
const PATIENCE: Duration = Duration::from_millis(50);

/// Commands decided on a copy of the desk, not appended yet.
struct Batch {
    state: State,
    entries: Vec<Entry>,
    outcomes: Vec<Outcome>,
}

impl SharedDesk {
    /// Hands a command in, to be decided by whoever serves the desk next; a second time does nothing. It is there once the
    /// caller's transaction commits.
    ///
    /// # Errors
    /// `missing_key` for a command without an id, by which its answer is found.
    pub fn hand_in(&mut self, log: &mut impl Log, request: &Request) -> Result<(), Problems> {
        let Some(id) = request.id() else {
            let problem = Problem::new(Code::MissingKey, "a command that is handed in needs an id");
            return Err(problem
                .at_path("$.id")
                .with_hint("give it one that no other command has, such as a UUID")
                .into());
        };
        check_id("an id", id).map_err(|problem| problem.at_path("$.id"))?;
        let at = self.clock.millis();
        Ok(log.hand_in(&self.name, id, &request.to_json(), at)?)
    }

    /// Decides what was handed in, all of it in one append, if no other worker has the lease. Best called on a connection: in a
    /// transaction of the caller the lease is held until that ends.
    ///
    /// # Errors
    /// `clock_ahead`.
    pub fn serve(&mut self, log: &mut impl Log) -> Result<Served, Problems> {
        // Where nothing waits, nobody is held up for the lease.
        if log.pending(&self.name, 1)?.is_empty() {
            return Ok(Served::Decided(0));
        }
        let holder = holder();
        if !log.take_lease(&self.name, &holder, LEASE)? {
            return Ok(Served::Elsewhere);
        }
        let served = self.serve_all(log);
        let ended = log.end_lease(&self.name, &holder);
        let served = served?;
        ended?;
        Ok(served)
    }

    /// Decides what was handed in. After a conflict with a direct append it tries again with half as many, so that it gets on.
    fn serve_all(&mut self, log: &mut impl Log) -> Result<Served, Problems> {
        let mut most = BATCH;
        for _ in 0..ATTEMPTS {
            self.follow(log)?;
            let pending = log.pending(&self.name, most)?;
            if pending.is_empty() {
                return Ok(Served::Decided(0));
            }
            let batch = self.decide_all(log, &pending)?;
            if self.append_batch(log, batch)? == Appended::Done {
                return Ok(Served::Decided(pending.len()));
            }
            most = (pending.len() / 2).max(1);
        }
        Ok(Served::Elsewhere)
    }

    fn decide_all(&mut self, log: &mut impl Log, pending: &[Pending]) -> Result<Batch, Problems> {
        let mut batch = Batch { state: self.state.clone(), entries: Vec::new(), outcomes: Vec::new() };
        for command in pending {
            let outcome = self.decide_pending(log, command, &mut batch)?;
            batch.outcomes.push(outcome);
        }
        Ok(batch)
    }

    /// Decides a command on the copy.
    fn decide_pending(
        &mut self,
        log: &mut impl Log,
        pending: &Pending,
        batch: &mut Batch,
    ) -> Result<Outcome, Problems> {
        let number = pending.number;
        if pending.turn.is_some() {
            return Ok(Outcome { number, turn: pending.turn, refused: None });
        }
        let at = self.clock.stamp(batch.state.desk.now(), log)?;
        let command = Request::from_json(&pending.command).and_then(|request| request.at(at, &batch.state.desk));
        let command = match command {
            Ok(command) => command,
            Err(problems) => return Ok(Outcome { number, turn: None, refused: Some(unreadable(&problems)) }),
        };
        let turn = batch.state.desk.propose_with(&command, &self.options)?;
        match turn.turn() {
            Some(_) => batch.entries.extend(batch.state.take(&turn)?),
            None => return Ok(Outcome { number, turn: None, refused: Some(refused(turn.events())) }),
        }
        Ok(Outcome { number, turn: turn.turn(), refused: None })
    }

    /// Appends what was decided and says so of each command: on the desk that it was decided on, or not at all.
    fn append_batch(&mut self, log: &mut impl Log, batch: Batch) -> Result<Appended, Problems> {
        let (at, last) = (self.clock.millis(), self.state.turn());
        let (name, Batch { state, entries, outcomes }) = (&self.name, batch);
        let appended = log.transaction(|log| {
            // A refusal, too, has to be one of the newest desk.
            let is_newest =
                if entries.is_empty() { log.hold(name, last)? } else { log.append(name, &entries)? == Appended::Done };
            if !is_newest {
                return Ok(Appended::Conflict);
            }
            if log.settle(name, &outcomes, at)? < outcomes.len() as u64 {
                // A worker that took the lease over has decided some of them: their turns may not be there as well.
                return Err(retry_transaction());
            }
            Ok::<_, Problem>(Appended::Done)
        })?;
        if appended == Appended::Done && !entries.is_empty() {
            self.keep_certain();
            self.state = state;
        }
        Ok(appended)
    }

    /// Returns the answer to a command that was handed in; `None` if it is not decided yet, or was not handed in.
    ///
    /// # Errors
    /// `compacted` if its turn was removed.
    pub fn answer(&mut self, log: &mut impl Log, command_id: &str) -> Result<Option<Answer>, Problems> {
        match log.handed_in(&self.name, command_id)? {
            Some(HandedIn { turn: Some(turn), .. }) => self.answer_of(log, command_id, turn).map(Some),
            Some(HandedIn { refused: Some(refused), .. }) => read_refused(&self.name, &refused).map(Some),
            _ => Ok(None),
        }
    }

    /// Waits for the answer to a command that was handed in, and serves the desk meanwhile if nobody else does. Called outside
    /// of a transaction, which might not see the answer. Returns `None` after the time given.
    ///
    /// # Errors
    /// Those of [`answer`](Self::answer) and [`serve`](Self::serve).
    pub fn wait_for(
        &mut self,
        log: &mut impl Log,
        command_id: &str,
        timeout: Duration,
    ) -> Result<Option<Answer>, Problems> {
        let (start, mut pause) = (Instant::now(), Duration::from_millis(1));
        loop {
            if let Some(answer) = self.answer(log, command_id)? {
                return Ok(Some(answer));
            }
            match self.serve(log) {
                Ok(Served::Decided(_)) => pause = Duration::from_millis(1),
                Ok(Served::Elsewhere) => {}
                // Outside of a transaction there is nothing to roll back.
                Err(problems) if problems.iter().all(|problem| problem.code == Code::RetryTransaction) => {}
                Err(problems) => return Err(problems),
            }
            if start.elapsed() >= timeout {
                return self.answer(log, command_id);
            }
            sleep(pause.min(timeout.saturating_sub(start.elapsed())));
            pause = (pause * 2).min(PATIENCE);
        }
    }
}

/// Returns a name of this process for leases, which a fork does not share.
fn holder() -> String {
    static NONCE: std::sync::OnceLock<u128> = std::sync::OnceLock::new();
    let since = || std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    let nonce = NONCE.get_or_init(|| since().as_nanos());
    format!("{}-{:?}-{nonce:x}", std::process::id(), std::thread::current().id())
}

/// Returns the answer to a command that gave no turn, as it is kept.
fn refused(events: &[Event]) -> String {
    json!({"events": events}).to_string()
}

/// Returns the answer to a command that cannot be read, as it is kept.
fn unreadable(problems: &Problems) -> String {
    json!({"problems": problems}).to_string()
}

/// Reads the answer to a command that gave no turn.
fn read_refused(desk: &str, text: &str) -> Result<Answer, Problems> {
    let damaged = |why: &str| Problems::from(damaged(desk, 0, why));
    let mut value: Value = serde_json::from_str(text).map_err(|error| damaged(&error.to_string()))?;
    if let Some(problems) = value.get_mut("problems") {
        let problems: Vec<Problem> =
            serde_json::from_value(problems.take()).map_err(|error| damaged(&error.to_string()))?;
        return Err(problems.into());
    }
    let events = value.get("events").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let events = events.iter().map(|event| Event::from_json(&event.to_string())).collect::<Result<_, _>>()?;
    Ok(Answer { turn: None, events, is_repeated: true })
}
