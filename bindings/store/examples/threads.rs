//! Threads that share a desk, and a pool of connections: `r2d2`, with SQLite.
//!
//! `cargo run -p frontdesk-store --example threads -- desk.db`
//!
//! A `SharedDesk` has no connection. A program keeps one for each desk for as long as it runs, because the desk in it is what
//! takes time to load, and lends it a connection of the pool for each call.
//!
//! Threads take turns at the desk, each from its first call to its commit: if another one came in between, it would wait in the
//! database for a commit of the first, and the first at the desk for the other. A connection is taken before the desk, so that
//! nobody waits for one while having the desk. Other processes are held up by the database alone.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use frontdesk::desk::Action;
use frontdesk::{Code, Desk, Problems};
use frontdesk_store::sqlite::sqlite;
use frontdesk_store::{Request, SharedDesk, is_retry};
use rusqlite::{Connection, TransactionBehavior};

type Failure = Box<dyn Error + Send + Sync>;

/// How often a transaction is run.
const TRIES: usize = 10;

/// A desk, and the pool of its database.
struct Support {
    pool: r2d2::Pool<File>,
    desk: Mutex<SharedDesk>,
}

impl Support {
    fn open(path: &Path) -> Result<Support, Failure> {
        let pool = r2d2::Pool::builder().max_size(4).build(File(path.to_owned()))?;
        let connection = pool.get()?;
        connection.execute_batch("CREATE TABLE IF NOT EXISTS tickets (id TEXT PRIMARY KEY, subject TEXT NOT NULL)")?;
        let log = &mut sqlite(&connection);
        log.migrate()?;
        let desk = match SharedDesk::load(log, "support") {
            Err(problems) if problems[0].code == Code::UnknownDesk => {
                SharedDesk::create(log, "support", Desk::from_json(DOCUMENT)?.document())?
            }
            loaded => loaded?,
        };
        Ok(Support { pool, desk: Mutex::new(desk) })
    }

    /// Opens a ticket together with its conversation: both are there, or neither. Returns the number of the turn.
    fn open_ticket(&self, id: &str, subject: &str) -> Result<Option<u64>, Failure> {
        let text = format!(
            r#"{{"type": "open", "id": "open {id}", "conversation": "{id}", "inbox": "main", "channel": "chat"}}"#
        );
        let request = Request::from_json(&text)?;
        let mut connection = self.pool.get()?;
        let mut desk = self.desk.lock().unwrap_or_else(PoisonError::into_inner);
        let mut tries = 0;
        loop {
            tries += 1;
            match open_ticket(&mut connection, &mut desk, &request, (id, subject)) {
                Err(error) if tries < TRIES && error.downcast_ref::<Problems>().is_some_and(is_retry) => {}
                done => return done,
            }
        }
    }
}

fn open_ticket(
    connection: &mut Connection,
    desk: &mut SharedDesk,
    request: &Request,
    ticket: (&str, &str),
) -> Result<Option<u64>, Failure> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    transaction.execute("INSERT OR IGNORE INTO tickets (id, subject) VALUES (?, ?)", ticket)?;
    let answer = desk.handle(&mut sqlite(&transaction), request)?;
    transaction.commit()?;
    Ok(answer.turn())
}

/// A file of SQLite, as `r2d2` opens it. The crate `r2d2_sqlite` has the same, for its own version of `rusqlite`: a program that
/// depends on both it and the store gets that one.
struct File(PathBuf);

impl r2d2::ManageConnection for File {
    type Connection = Connection;
    type Error = rusqlite::Error;

    fn connect(&self) -> rusqlite::Result<Connection> {
        let connection = Connection::open(&self.0)?;
        connection.busy_timeout(Duration::from_secs(30))?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        Ok(connection)
    }

    fn is_valid(&self, connection: &mut Connection) -> rusqlite::Result<()> {
        connection.execute_batch("")
    }

    fn has_broken(&self, _: &mut Connection) -> bool {
        false
    }
}

const DOCUMENT: &str = r#"{"version": 1, "time_zone": "UTC", "agents": [{"id": "anna"}, {"id": "bo"}],
    "inboxes": [{"id": "main", "channels": [{"id": "chat", "kind": "chat",
        "rules": [{"id": "all", "steps": [{"assign_to": "everyone"}]}]}]}]}"#;

/// Opens tickets in several threads; returns how many turns the desk has.
fn run(path: &Path) -> Result<u64, Failure> {
    let support = &Support::open(path)?;
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..4)
            .map(|thread| {
                scope.spawn(move || {
                    (0..5).try_for_each(|ticket| support.open_ticket(&format!("{thread}-{ticket}"), "Help").map(|_| ()))
                })
            })
            .collect();
        threads.into_iter().try_for_each(|thread| thread.join().map_err(|_| "a thread panicked")?)
    })?;
    // Whoever repeats a command has the answer of the first time.
    assert_eq!(support.open_ticket("0-0", "Help")?, support.open_ticket("0-0", "Help")?);
    let connection = support.pool.get()?;
    let mut desk = support.desk.lock().unwrap_or_else(PoisonError::into_inner);
    let closed = desk.handle(&mut sqlite(&connection), &Request::new(Action::Close { conversation: "0-0".into() }))?;
    println!("{} conversations wait", desk.known().waiting());
    Ok(closed.turn().unwrap_or_default())
}

fn main() -> Result<(), Failure> {
    let path = std::env::args().nth(1).ok_or("the path of a database is missing")?;
    println!("the desk has {} turns", run(Path::new(&path))?);
    Ok(())
}

#[test]
fn threads_share_a_desk() {
    let folder = tempfile::tempdir().expect("a folder");
    assert_eq!(run(&folder.path().join("desk.db")).expect("no failure"), 22, "the document, 20 tickets and a close");
}
