//! Tasks of `tokio` that share a desk, and a pool of connections of `r2d2`, with PostgreSQL.
//!
//! `cargo run -p frontdesk-store --example tokio -- postgresql://USER@HOST/DATABASE`
//!
//! The store runs its statements on the thread that calls it, and does not give way to other tasks meanwhile: that is what
//! `spawn_blocking` is for. A `SharedDesk` has no connection, so that one of the pool is lent to it for each transaction. Tasks
//! take turns at the desk from the first call to the commit (see `threads.rs`), each with its connection taken before.
//!
//! A `postgres::Client` has a runtime of its own, and panics where it is used or dropped by a task of another one. The pool
//! therefore outlives the runtime here; `deadpool.rs` has a pool that drops its connections elsewhere.

use std::error::Error;
use std::sync::{Arc, Mutex, PoisonError};

use frontdesk::{Code, Desk};
use frontdesk_store::postgres::{postgres, postgres_in};
use frontdesk_store::{Request, SharedDesk, is_retry};
use postgres::{Client, NoTls};
use r2d2_postgres::PostgresConnectionManager;
use tokio::task::{JoinSet, spawn_blocking};

type Failure = Box<dyn Error + Send + Sync>;
type Pool = r2d2::Pool<PostgresConnectionManager<NoTls>>;

/// How often a transaction is run.
const TRIES: usize = 10;

/// A desk, and the pool of its database.
#[derive(Clone)]
struct Support {
    pool: Pool,
    desk: Arc<Mutex<SharedDesk>>,
}

impl Support {
    /// Opens a ticket from a task.
    async fn open_ticket(self, id: String) -> Result<Option<u64>, Failure> {
        let opened = spawn_blocking(move || {
            let mut client = self.pool.get()?;
            let mut desk = self.desk.lock().unwrap_or_else(PoisonError::into_inner);
            open_ticket(&mut client, &mut desk, &id)
        });
        opened.await?
    }
}

/// Makes the tables, and loads a desk, or creates it.
fn opened(client: &mut Client, name: &str) -> Result<SharedDesk, Failure> {
    client.batch_execute("CREATE TABLE IF NOT EXISTS tickets (id TEXT PRIMARY KEY)")?;
    let log = &mut postgres(client);
    log.migrate()?;
    match SharedDesk::load(log, name) {
        Err(problems) if problems[0].code == Code::UnknownDesk => {
            Ok(SharedDesk::create(log, name, Desk::from_json(DOCUMENT)?.document())?)
        }
        loaded => Ok(loaded?),
    }
}

/// Opens a ticket together with its conversation: both are there, or neither. Returns the number of the turn.
fn open_ticket(client: &mut Client, desk: &mut SharedDesk, id: &str) -> Result<Option<u64>, Failure> {
    let text =
        format!(r#"{{"type": "open", "id": "open {id}", "conversation": "{id}", "inbox": "main", "channel": "chat"}}"#);
    let request = Request::from_json(&text)?;
    let mut tries = 0;
    loop {
        tries += 1;
        let mut transaction = client.transaction()?;
        transaction.execute("INSERT INTO tickets (id) VALUES ($1) ON CONFLICT DO NOTHING", &[&id])?;
        match desk.handle(&mut postgres_in(&mut transaction), &request) {
            // The transaction is rolled back where it ends.
            Err(problems) if tries < TRIES && is_retry(&problems) => {}
            answer => {
                let turn = answer?.turn();
                transaction.commit()?;
                return Ok(turn);
            }
        }
    }
}

const DOCUMENT: &str = r#"{"version": 1, "time_zone": "UTC", "agents": [{"id": "anna"}, {"id": "bo"}],
    "inboxes": [{"id": "main", "channels": [{"id": "chat", "kind": "chat",
        "rules": [{"id": "all", "steps": [{"assign_to": "everyone"}]}]}]}]}"#;

/// Opens tickets in many tasks; returns the number of the last turn.
async fn serve(support: Support) -> Result<u64, Failure> {
    let mut tasks = JoinSet::new();
    for ticket in 0..20 {
        tasks.spawn(support.clone().open_ticket(format!("t{ticket}")));
    }
    let mut last = 0;
    while let Some(turn) = tasks.join_next().await {
        last = last.max(turn??.unwrap_or_default());
    }
    Ok(last)
}

fn run(address: &str, name: &str) -> Result<u64, Failure> {
    let pool = Pool::builder().max_size(4).build(PostgresConnectionManager::new(address.parse()?, NoTls))?;
    let desk = Arc::new(Mutex::new(opened(&mut *pool.get()?, name)?));
    let support = Support { pool: pool.clone(), desk };
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).build()?;
    let last = runtime.block_on(serve(support));
    drop(runtime);
    drop(pool);
    last
}

fn main() -> Result<(), Failure> {
    let address = std::env::args().nth(1).ok_or("the address of a database is missing")?;
    println!("the desk has {} turns", run(&address, "support")?);
    Ok(())
}

#[test]
#[ignore = "needs a server: bash .ci/databases"]
fn tasks_share_a_desk() {
    let address = std::env::var("FRONTDESK_POSTGRES_URL").expect("an address");
    let name = format!("tokio {}", std::process::id());
    for _ in 0..2 {
        assert_eq!(run(&address, &name).expect("no failure"), 21, "the document, and 20 tickets once");
    }
}
