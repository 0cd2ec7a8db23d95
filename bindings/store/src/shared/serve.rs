//! Commands that were handed in, decided by whoever holds the lease of the desk.

use frontdesk::{Command, Event, Options, Problem, Problems};
use serde_json::json;

use super::state::State;
use super::{Served, SharedDesk};
use crate::entry::Entry;
use crate::log::{Appended, Log, Outcome, Pending};
use crate::problem::{retry_transaction, unread_command};
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
        let served = self.serve_all(log, &holder);
        let has_appended = matches!(&served, Ok(Served::Decided(1..) | Served::Left { decided: 1.., .. }));
        // An append has ended the lease, which saves a commit.
        let ended = if has_appended { Ok(()) } else { log.end_lease(&self.name, &holder) };
        let served = served?;
        ended?;
        Ok(served)
    }

    /// Decides what was handed in. After a conflict with a direct append it tries again with half as many, so that it gets on.
    fn serve_all(&mut self, log: &mut impl Log, holder: &str) -> Result<Served, Problems> {
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
            if decided == 0 || self.append_batch(log, batch, holder)? == Appended::Done {
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

    /// Appends what was decided, says so of each command, and ends the lease: on the desk that it was decided on, or not at all.
    fn append_batch(&mut self, log: &mut impl Log, batch: Batch, holder: &str) -> Result<Appended, Problems> {
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
            log.end_lease(name, holder)?;
            Ok::<_, Problem>(Appended::Done)
        })?;
        if appended == Appended::Done && !entries.is_empty() {
            self.keep_certain();
            self.state = state;
        }
        Ok(appended)
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
