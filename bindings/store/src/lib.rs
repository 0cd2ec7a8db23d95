//! One desk of [`frontdesk`] shared by many workers, through the log of its turns in the SQL database that a helpdesk has.
//!
//! A [`SharedDesk`] is a worker's view of a desk whose turns are in a [`Log`]. Before it decides, it applies the turns that it
//! lacks; what it decides, it appends in the transaction of the caller, so that a ticket and its assignment are there together
//! or not at all. Of two workers who decide at the same time one appends, and the other decides again. Nobody waits for a
//! leader, and there is no server but the database.
//!
//! - [`SharedDesk`] decides, follows, hands in and serves what was handed in, advances, and answers questions about the past;
//! - [`Log`] is what it takes of a store: a trait, with the tests that an implementation has to pass in [`conformance`];
//! - [`SqlLog`] is the log in SQL, over an engine's [`Sql`]: [`sqlite`](mod@sqlite), [`postgres`](mod@postgres) and
//!   [`mysql`](mod@mysql), each behind the feature of its name. Each takes a connection or a transaction of the caller.
//!
//! ```
//! # #[cfg(feature = "sqlite")] {
//! use frontdesk::Desk;
//! use frontdesk_store::{Request, SharedDesk, sqlite::sqlite};
//!
//! let mut connection = rusqlite::Connection::open_in_memory().unwrap();
//! sqlite(&connection).migrate()?;
//! let document = Desk::from_json(r#"{"version": 1, "time_zone": "UTC", "agents": [{"id": "anna"}],
//!     "inboxes": [{"id": "main", "channels": [{"id": "chat", "kind": "chat",
//!         "rules": [{"id": "all", "steps": [{"assign_to": "everyone"}]}]}]}]}"#)?.document();
//! let mut desk = SharedDesk::create(&mut sqlite(&connection), "support", document)?;
//!
//! let transaction = connection.transaction().unwrap();
//! let request = Request::from_json(r#"{"type": "open", "conversation": "c1", "inbox": "main", "channel": "chat"}"#)?;
//! let answer = desk.handle(&mut sqlite(&transaction), &request)?;
//! assert_eq!(answer.turn(), Some(2));
//! transaction.commit().unwrap();
//! # }
//! # Ok::<(), frontdesk::Problems>(())
//! ```

#[cfg(feature = "conformance")]
pub mod conformance;
mod digest;
mod engines;
mod entry;
mod log;
mod problem;
mod request;
mod shared;
mod sql;

pub use digest::Digest;
#[cfg(feature = "mysql")]
pub use engines::mysql;
#[cfg(feature = "postgres")]
pub use engines::postgres;
#[cfg(feature = "sqlite")]
pub use engines::sqlite;
pub use entry::{Entry, StoredTurn};
pub use log::{Appended, HandedIn, Head, Log, Outcome, Pending, Removed, StoredPersonal, StoredSnapshot};
pub use problem::{database_failed, is_retry, retry_transaction};
pub use request::Request;
pub use shared::{Answer, DecidedAgain, Served, SharedDesk, Verified};
pub use sql::{Dialect, Sql, SqlLog, Value};
