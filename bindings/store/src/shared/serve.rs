//! Commands that were handed in, decided by whoever holds the lease of the desk.

use std::thread::sleep;
use std::time::{Duration, Instant};

use frontdesk::{Code, Command, Event, Options, Problem, Problems};
use serde_json::{Value, json};

use super::state::State;
use super::{Answer, Served, SharedDesk};
use crate::entry::Entry;
use crate::log::{Appended, HandedIn, Log, Outcome, Pending};
use crate::problem::{check_id, is_retry, retry_transaction, unread_answer, unread_command};
use crate::request::Request;

/// The most commands that are decided in one append.
const BATCH: usize = 256;

/// How often a batch is decided again because another worker appended first.
const ATTEMPTS: usize = 20;

/// The length of a lease in milliseconds of the database's clock: what a lost holder costs.
const LEASE: i64 = 5_000;

/// How long a command that this program cannot read keeps those after it waiting, in milliseconds: whoever handed it in can read it,
/// and comes soon, unless that program is gone.
const LEFT: i64 = 60_000;

/// The longest time between two looks at a command that another worker decides.
const PATIENCE: Duration = Duration::from_millis(50);

/// Commands decided on a copy of the desk, not appended yet.
struct Batch {
    state: State,
    entries: Vec<Entry>,
    outcomes: Vec<Outcome>,
    /// The first command that cannot be read, and is left.
    left: Option<Problem>,
    /// Whether those after it are left, too.
    is_stopped: bool,
}

impl Batch {
    /// Decides a command on the copy.
    fn decide(&mut self, number: i64, command: &Command, options: &Options) -> Result<(), Problems> {
        let turn = self.state.desk.propose_with(command, options)?;
        let refused = turn.turn().is_none().then(|| refused(turn.events()));
        self.entries.extend(self.state.take(&turn)?);
        self.outcomes.push(Outcome { number, turn: turn.turn(), refused });
        Ok(())
    }
}

impl SharedDesk {
    /// Hands a command in, to be decided by whoever serves the desk next; a second time does nothing. It is there once the
    /// caller's transaction commits. It is read first, so that whoever hands it in learns what is wrong with it.
    ///
    /// # Errors
    /// `missing_key` for a command without an id, by which its answer is found; all problems of the command; `clock_ahead`.
    pub fn hand_in(&mut self, log: &mut impl Log, request: &Request) -> Result<(), Problems> {
        let Some(id) = request.id() else {
            let problem = Problem::new(Code::MissingKey, "a command that is handed in needs an id");
            return Err(problem
                .at_path("$.id")
                .with_hint("give it one that no other command has, such as a UUID")
                .into());
        };
        check_id("an id", id).map_err(|problem| problem.at_path("$.id"))?;
        let at = self.stamp(log)?;
        request.at(at, &self.state.desk)?;
        Ok(log.hand_in(&self.name, id, &request.to_json(), at.millis())?)
    }

    /// Decides what was handed in, all of it in one append, if no other worker has the lease. Best called on a connection: in a
    /// transaction of the caller the lease is held until that ends.
    ///
    /// A command that this program cannot read is left to one that can, as that which handed it in could. Those after it wait for
    /// a minute, and are then decided before it.
    ///
    /// # Errors
    /// `clock_ahead`.
    pub fn serve(&mut self, log: &mut impl Log) -> Result<Served, Problems> {
        // Where nothing waits, nobody is held up for the lease; nor by a program that cannot read the log.
        if log.pending(&self.name, 0, 1)?.is_empty() {
            return Ok(Served::Decided(0));
        }
        self.follow(log)?;
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
        let (mut after, mut most, mut left) = (0, BATCH, None);
        for _ in 0..ATTEMPTS {
            self.follow(log)?;
            let pending = log.pending(&self.name, after, most)?;
            let mut batch = self.decide_all(log, &pending)?;
            left = left.or(batch.left.take());
            let decided = batch.outcomes.len();
            if decided == 0 && !batch.is_stopped && pending.len() == most {
                after = pending.last().map_or(after, |last| last.number);
                continue;
            }
            if decided == 0 || self.append_batch(log, batch)? == Appended::Done {
                return Ok(left.map_or(Served::Decided(decided), |problem| Served::Left { decided, problem }));
            }
            (after, most, left) = (0, (decided / 2).max(1), None);
        }
        Ok(Served::Elsewhere)
    }

    fn decide_all(&mut self, log: &mut impl Log, pending: &[Pending]) -> Result<Batch, Problems> {
        let (state, entries, outcomes) = (self.state.clone(), Vec::new(), Vec::new());
        let mut batch = Batch { state, entries, outcomes, left: None, is_stopped: false };
        for waiting in pending {
            if waiting.turn.is_some() {
                batch.outcomes.push(Outcome { number: waiting.number, turn: waiting.turn, refused: None });
                continue;
            }
            let at = self.clock.stamp(batch.state.desk.now(), log)?;
            match Request::from_json(&waiting.command).and_then(|request| request.at(at, &batch.state.desk)) {
                Ok(command) => batch.decide(waiting.number, &command, &self.options)?,
                Err(problems) => {
                    batch.left.get_or_insert(unread_command(&self.name, &waiting.command_id, &problems.to_string()));
                    batch.is_stopped = log.now()?.saturating_sub(waiting.at) < LEFT;
                }
            }
            if batch.is_stopped {
                break;
            }
        }
        Ok(batch)
    }

    /// Appends what was decided and says so of each command: on the desk that it was decided on, or not at all.
    fn append_batch(&mut self, log: &mut impl Log, batch: Batch) -> Result<Appended, Problems> {
        let (at, last) = (self.clock.millis(), self.state.turn());
        let (name, Batch { state, entries, outcomes, .. }) = (&self.name, batch);
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
            Some(HandedIn { refused: Some(refused), .. }) => read_refused(&self.name, command_id, &refused).map(Some),
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
                Ok(Served::Elsewhere | Served::Left { .. }) => {}
                // Outside of a transaction there is nothing to roll back.
                Err(problems) if is_retry(&problems) => {}
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

/// Reads the answer to a command that gave no turn.
fn read_refused(desk: &str, id: &str, text: &str) -> Result<Answer, Problems> {
    let unread = |why: &dyn std::fmt::Display| unread_answer(desk, id, &why.to_string());
    let value: Value = serde_json::from_str(text).map_err(|error| unread(&error))?;
    let events = value.get("events").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let events = events.iter().map(|event| Event::from_json(&event.to_string())).collect::<Result<_, _>>();
    Ok(Answer { turn: None, events: events.map_err(|problem: Problem| unread(&problem))?, is_repeated: true })
}
