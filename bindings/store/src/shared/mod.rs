//! A shared desk: a worker's view of a desk whose turns are in a log.

mod answer;
mod clock;
mod decide;
mod erase;
mod follow;
mod handed_in;
mod history;
mod serve;
mod snapshots;
mod state;
mod verify;

pub use self::answer::{Answer, Served};
pub use self::history::DecidedAgain;
pub use self::verify::Verified;

use frontdesk::{Desk, Document, Options, Problem, Problems, Reader, Turn};

use self::clock::Clock;
use self::state::State;
use crate::digest::Digest;
use crate::entry::Entry;
use crate::log::{Appended, Log};
use crate::problem::{check_id, desk_exists, unknown_desk};

/// A desk in a log, as a worker sees it.
///
/// It keeps the desk of the last turn that it read, and applies those that it lacks before it decides or answers. It has no
/// connection: each method takes the log in the caller's transaction, or on the caller's connection, which then is a
/// transaction for each call. Turns that were rolled back need no notice: the next call finds that they are not there, and goes
/// back. After a fork each process may go on with its copy.
///
/// Threads share it in a [`Mutex`](std::sync::Mutex), held from the first call of a transaction to its commit: a thread that came
/// in between would wait in the database for the commit of the first, and the first for the desk. Or else each transaction is on a
/// copy, which shares what is in the desk and costs little, and which may be put back afterwards. It blocks the thread that calls
/// it. The repository has examples with `r2d2`, `tokio` and `deadpool`.
///
/// Methods fail with the problems of the log: `retry_transaction`, `damaged_log`, `database_failed`, and `unsupported_version` where
/// this program is older than the log: it then writes nothing.
#[derive(Debug, Clone)]
pub struct SharedDesk {
    name: String,
    reader: Reader,
    options: Options,
    clock: Clock,
    /// The desk of the last turn that was read, or appended.
    state: State,
    /// The desk before the first turn that was appended here and that nothing proves to be committed.
    certain: Option<State>,
    /// Whether other workers append at the same time: then the desk is held before it is decided on, so that each has its turn.
    meets_others: bool,
}

impl SharedDesk {
    /// Creates a desk in the log, which begins with a document.
    ///
    /// # Errors
    /// `desk_exists`; `unsupported_version` for the log of another version of frontdesk; `invalid_value` for a name that is
    /// empty, longer than 256 characters or has control characters.
    pub fn create(log: &mut impl Log, name: &str, document: Document) -> Result<SharedDesk, Problems> {
        SharedDesk::create_with(log, name, document, Reader::new())
    }

    /// Creates a desk in the log, with the scripts, strategies and zones of a reader.
    ///
    /// # Errors
    /// As [`create`](Self::create); the problems of scripts that do not match the document.
    pub fn create_with(
        log: &mut impl Log,
        name: &str,
        document: Document,
        reader: Reader,
    ) -> Result<SharedDesk, Problems> {
        check_id("the name of a desk", name)?;
        log.check()?;
        let first = Turn::first(document);
        reader.rebuild([&first])?;
        let entry = Entry::of(&first, Digest::START, None).ok_or_else(|| unknown_desk(name))?;
        match log.create(name, &entry)? {
            Appended::Done => SharedDesk::load_with(log, name, reader),
            Appended::Conflict => Err(desk_exists(name).into()),
        }
    }

    /// Loads a desk from the log: the newest snapshot that can be read, and the turns after it.
    ///
    /// # Errors
    /// `unknown_desk`; `unsupported_version` for the log of another version of frontdesk.
    pub fn load(log: &mut impl Log, name: &str) -> Result<SharedDesk, Problems> {
        SharedDesk::load_with(log, name, Reader::new())
    }

    /// Loads a desk with the scripts, strategies and zones of a reader.
    ///
    /// # Errors
    /// `unknown_desk`; the problems of scripts that do not match the document.
    pub fn load_with(log: &mut impl Log, name: &str, reader: Reader) -> Result<SharedDesk, Problems> {
        log.check()?;
        let state = State::load(log, name, &reader, u64::MAX)?;
        let (options, clock) = (Options::default(), Clock::default());
        let mut desk =
            SharedDesk { name: name.to_owned(), reader, options, clock, state, certain: None, meets_others: false };
        desk.follow(log)?;
        Ok(desk)
    }

    /// Returns it with options for its decisions, such as explanations.
    #[must_use]
    pub fn with_options(mut self, options: Options) -> SharedDesk {
        self.options = options;
        self
    }

    /// Returns it with another clock than the system's: it returns milliseconds of UTC since 1970.
    #[must_use]
    pub fn with_clock(mut self, clock: impl FnMut() -> i64 + Send + 'static) -> SharedDesk {
        self.clock = Clock::new(clock);
        self
    }

    /// Returns it with the most milliseconds that its clock may be ahead of the database's; a minute otherwise.
    #[must_use]
    pub fn with_skew(mut self, millis: i64) -> SharedDesk {
        self.clock.set_skew(millis);
        self
    }

    /// Returns the name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the number of the last turn that was read.
    pub fn turn(&self) -> u64 {
        self.state.turn()
    }

    /// Returns the digest of the last turn that was read.
    pub fn digest(&self) -> Digest {
        self.state.digest
    }

    /// Returns the desk as it is in the log now, for questions.
    ///
    /// # Errors
    /// Those of [`follow`](Self::follow).
    pub fn desk(&mut self, log: &mut impl Log) -> Result<&Desk, Problems> {
        self.follow(log)?;
        Ok(&self.state.desk)
    }

    /// Returns the desk as it was read last, without asking the log.
    pub fn known(&self) -> &Desk {
        &self.state.desk
    }
}

/// The problem of a caller that retries for ever.
fn too_busy() -> Problem {
    Problem::new(frontdesk::Code::RetryTransaction, "other workers append to the log faster than this one decides")
        .with_hint("hand the command in, so that it is decided with others")
}
