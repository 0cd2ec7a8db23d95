//! The tests that a log has to pass.
//!
//! Implement [`Engine`] for yours, and run [`checks`] on it; each is a function that panics if the log does something else. They
//! may run on one database, one after the other or at the same time, and leave their desks behind.
//!
//! ```
//! # #[cfg(feature = "sqlite")] {
//! use frontdesk_store::conformance::{Engine, checks};
//! use frontdesk_store::sqlite::{Sqlite, sqlite};
//! use frontdesk_store::SqlLog;
//!
//! struct InFolder(std::path::PathBuf);
//!
//! impl Engine for InFolder {
//!     type Connection = rusqlite::Connection;
//!     type Log<'a> = SqlLog<Sqlite<'a>>;
//!
//!     fn connect(&self) -> rusqlite::Connection {
//!         let connection = rusqlite::Connection::open(self.0.join("desk.db")).unwrap();
//!         connection.busy_timeout(std::time::Duration::from_secs(10)).unwrap();
//!         connection
//!     }
//!
//!     fn log<'a>(&self, connection: &'a mut rusqlite::Connection) -> SqlLog<Sqlite<'a>> {
//!         sqlite(connection)
//!     }
//! }
//! # fn all(folder: std::path::PathBuf) {
//! let engine = InFolder(folder);
//! sqlite(&engine.connect()).migrate().unwrap();
//! for (name, check) in checks() {
//!     println!("{name}");
//!     check(&engine);
//! }
//! # }
//! # }
//! ```

mod commands;
mod concurrency;
mod past;
mod shared;
mod turns;

use std::sync::atomic::{AtomicU64, Ordering};

use crate::digest::Digest;
use crate::entry::Entry;
use crate::log::Log;

/// An engine whose log is tested.
pub trait Engine: Sync {
    /// A connection to the database.
    type Connection;
    /// The log on a connection.
    type Log<'a>: Log;

    /// Connects to the database, whose tables are there.
    fn connect(&self) -> Self::Connection;

    /// Returns the log on a connection.
    fn log<'a>(&self, connection: &'a mut Self::Connection) -> Self::Log<'a>;
}

/// A test of a log, which panics if it fails.
pub type Check<E> = fn(&E);

/// Returns all tests, each with its name.
pub fn checks<E: Engine>() -> Vec<(&'static str, Check<E>)> {
    let groups: [Vec<(&'static str, Check<E>)>; 5] =
        [turns::checks(), commands::checks(), past::checks(), concurrency::checks(), shared::checks()];
    groups.into_iter().flatten().collect()
}

/// Returns the name of a desk that no other test has, also not one of another run on the same database.
fn new_desk(test: &str) -> String {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    let next = NEXT.fetch_add(1, Ordering::Relaxed);
    format!("{test} {:x}-{:x}-{next}", std::process::id(), since.as_nanos())
}

/// An entry that follows a digest, with a text of no meaning.
fn entry(turn: u64, after: Digest, text: &str) -> Entry {
    let body = format!("{{\"turn\": {turn}, \"text\": {text:?}}}");
    let digest = after.then(&body);
    let at = 1_000 * i64::try_from(turn).expect("a small number");
    Entry { turn, command_id: None, at, body, digest, personal: Vec::new(), conversations: Vec::new(), wakes_at: None }
}

/// Entries that follow each other from a turn on.
fn entries(from: u64, count: u64, after: Digest) -> Vec<Entry> {
    let mut digest = after;
    let next = |turn| {
        let entry = entry(turn, digest, "of a chain");
        digest = entry.digest;
        entry
    };
    (from..from + count).map(next).collect()
}

/// Creates a desk of one turn, and returns its name and digest.
fn created(log: &mut impl Log, test: &str) -> (String, Digest) {
    let (desk, first) = (new_desk(test), entry(1, Digest::START, "first"));
    assert_eq!(log.create(&desk, &first), Ok(crate::log::Appended::Done));
    (desk, first.digest)
}
