//! The log of turns, as a shared desk needs it.

use std::ops::RangeInclusive;

use frontdesk::Problem;

use crate::digest::Digest;
use crate::entry::{Entry, StoredTurn};

/// A store of the turns of desks, as a transaction of the caller sees it.
///
/// An implementation does as it is told and decides nothing; [`SharedDesk`](crate::SharedDesk) says when. All that one method
/// writes is there together or not at all. The tests that it has to pass are in [`conformance`](crate::conformance).
///
/// Every method fails with `retry_transaction` if the transaction has to begin again, and with `database_failed` otherwise.
pub trait Log {
    /// Runs work whose writes are there together or not at all: in the caller's transaction, or else in one of its own.
    fn transaction<T, E: From<Problem>>(&mut self, work: impl FnOnce(&mut Self) -> Result<T, E>) -> Result<T, E>;

    /// Checks that this program can read and write the log.
    ///
    /// # Errors
    /// `unsupported_version` for a log of another version of frontdesk, which is left as it is.
    fn check(&mut self) -> Result<(), Problem>;

    /// Returns the names of up to `most` desks that come after a name, in the order of their bytes.
    fn desks(&mut self, after: &str, most: usize) -> Result<Vec<String>, Problem>;

    /// Returns the state of a desk; `None` if it is not there.
    fn head(&mut self, desk: &str) -> Result<Option<Head>, Problem>;

    /// Adds a desk with its first turn. Returns [`Appended::Conflict`] if it is there already.
    fn create(&mut self, desk: &str, first: &Entry) -> Result<Appended, Problem>;

    /// Appends turns whose numbers follow each other, if their first is the next of the desk and its command is not there yet,
    /// nor was removed. It may wait for a transaction that is about to append, and holds others up until this one ends.
    fn append(&mut self, desk: &str, entries: &[Entry]) -> Result<Appended, Problem>;

    /// Returns `true` if a turn is the last one of a desk, and keeps others from appending until this transaction ends.
    fn hold(&mut self, desk: &str, last: u64) -> Result<bool, Problem>;

    /// Returns the digest of a turn, and up to `most` turns after it.
    ///
    /// The first of the answer is the turn itself without its text, if it is there.
    fn read(&mut self, desk: &str, from: u64, most: usize) -> Result<Vec<StoredTurn>, Problem>;

    /// Returns the turns of some numbers, as far as they are there, in the order of their numbers.
    fn turns(&mut self, desk: &str, numbers: &[u64]) -> Result<Vec<StoredTurn>, Problem>;

    /// Returns the personal data of some turns as far as it was not erased, in the order of turns and subjects.
    fn personal(&mut self, desk: &str, turns: RangeInclusive<u64>) -> Result<Vec<StoredPersonal>, Problem>;

    /// Returns the number of the turn of a command, also of one that was removed; `None` if there is none.
    fn find(&mut self, desk: &str, command_id: &str) -> Result<Option<u64>, Problem>;

    /// Returns the number of the last turn up to an instant, in milliseconds of UTC.
    fn last_turn_at(&mut self, desk: &str, at: i64) -> Result<Option<u64>, Problem>;

    /// Returns up to `most` turns about a conversation, from a number on.
    fn about(&mut self, desk: &str, conversation: &str, from: u64, most: usize) -> Result<Vec<StoredTurn>, Problem>;

    /// Returns the newest snapshot up to a turn.
    fn snapshot(&mut self, desk: &str, up_to: u64) -> Result<Option<StoredSnapshot>, Problem>;

    /// Returns the turns of all snapshots.
    fn snapshot_turns(&mut self, desk: &str) -> Result<Vec<u64>, Problem>;

    /// Adds a snapshot. Does nothing if there is one of that turn, or personal data was erased after it.
    fn put_snapshot(&mut self, desk: &str, snapshot: &StoredSnapshot) -> Result<(), Problem>;

    /// Adds commands, each an id and a text, to be decided by whoever serves the desk. Leaves out those whose ids were handed in
    /// before.
    fn hand_in(&mut self, desk: &str, commands: &[(&str, &str)], at: i64) -> Result<(), Problem>;

    /// Returns what became of commands that were handed in, in any order, without those that were not.
    fn handed_in(&mut self, desk: &str, command_ids: &[&str]) -> Result<Vec<HandedIn>, Problem>;

    /// Returns up to `most` commands that were handed in and are not decided, in their order, after the one of a number.
    fn pending(&mut self, desk: &str, after: i64, most: usize) -> Result<Vec<Pending>, Problem>;

    /// Says what became of commands that were handed in, and returns of how many: one that was decided before stays as it is.
    fn settle(&mut self, desk: &str, outcomes: &[Outcome], at: i64) -> Result<u64, Problem>;

    /// Takes the lease of a desk, or prolongs it, for some milliseconds of the database's clock. Returns `true` if the holder
    /// has it now.
    fn take_lease(&mut self, desk: &str, holder: &str, millis: i64) -> Result<bool, Problem>;

    /// Ends the lease of a holder.
    fn end_lease(&mut self, desk: &str, holder: &str) -> Result<(), Problem>;

    /// Returns the time of the database's clock, in milliseconds of UTC.
    fn now(&mut self) -> Result<i64, Problem>;

    /// Removes the turns before one, what belongs to them, and the snapshots before it; returns how many turns. The ids of their
    /// commands, with their numbers, stay to be found.
    fn compact(&mut self, desk: &str, before: u64) -> Result<u64, Problem>;

    /// Returns up to `most` commands whose turns were removed, in the order of their ids, after one of them.
    fn removed(&mut self, desk: &str, after: &str, most: usize) -> Result<Vec<Removed>, Problem>;

    /// Adds commands whose turns were removed from another log of the desk, of which this one is a copy.
    fn add_removed(&mut self, desk: &str, commands: &[Removed]) -> Result<(), Problem>;

    /// Removes commands that were handed in and decided before an instant.
    fn forget_decided(&mut self, desk: &str, before: i64) -> Result<u64, Problem>;

    /// Removes the personal data of a subject from all turns and snapshots up to a turn, and from now on refuses snapshots of
    /// turns before it.
    fn erase(&mut self, desk: &str, subject: &str, up_to: u64) -> Result<u64, Problem>;

    /// Returns desks that have to be advanced by an instant, or have commands to be decided: up to `most`, the longest due first.
    fn due(&mut self, at: i64, most: usize) -> Result<Vec<String>, Problem>;
}

/// The state of a desk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// The number of the last turn.
    pub last_turn: u64,
    /// The instant at which it has to be advanced, in milliseconds of UTC.
    pub wakes_at: Option<i64>,
}

/// Whether turns were appended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use]
pub enum Appended {
    /// They are in the log once the transaction commits.
    Done,
    /// Another turn has the number, or another command the id; nothing was written.
    Conflict,
}

/// The personal data of a subject that the text of a turn refers to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredPersonal {
    /// The number of the turn.
    pub turn: u64,
    /// The subject.
    pub subject: String,
    /// The values by number, as a JSON object.
    pub values: String,
}

/// A snapshot of a desk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredSnapshot {
    /// The number of the last turn in it.
    pub turn: u64,
    /// The digest of that turn.
    pub digest: Digest,
    /// The text, in which personal data is referred to by number.
    pub body: String,
    /// The personal data, by subject.
    pub personal: Vec<(String, String)>,
}

/// A command that waits to be decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pending {
    /// Its number among those handed in, from 1.
    pub number: i64,
    /// The instant at which it was handed in, in milliseconds of UTC.
    pub at: i64,
    /// Its id.
    pub command_id: String,
    /// Its text.
    pub command: String,
    /// The turn of a command of the same id that is in the log already, or was removed from it.
    pub turn: Option<u64>,
}

/// A command whose turn was removed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Removed {
    /// Its id.
    pub command_id: String,
    /// The number of its turn.
    pub turn: u64,
}

/// The outcome of a command that was handed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// Its number among those handed in.
    pub number: i64,
    /// The turn that it gave; `None` if it was refused, or gave nothing.
    pub turn: Option<u64>,
    /// The events of a command that gave no turn, as JSON: one, if it was refused.
    pub refused: Option<String>,
}

/// A command that was handed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandedIn {
    /// Its id.
    pub command_id: String,
    /// `true` once it is decided.
    pub decided: bool,
    /// The turn that it gave.
    pub turn: Option<u64>,
    /// The events of a command that gave no turn, as JSON.
    pub refused: Option<String>,
}
