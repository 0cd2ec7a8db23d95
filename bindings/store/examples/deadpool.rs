//! Tasks of `tokio` that share a desk, and a pool of connections of `deadpool`, with PostgreSQL.
//!
//! `cargo run -p frontdesk-store --example deadpool -- postgresql://USER@HOST/DATABASE`
//!
//! `deadpool-postgres` pools connections of `tokio_postgres`, which are asynchronous; the store takes those of `postgres`.
//! `deadpool-r2d2` pools these, as any that `r2d2` can: tasks wait for one without a thread, and `interact` lends it to a thread
//! that may block. It also drops connections there. The desk is lent to that thread, too: see `threads.rs` for who waits for whom.

use std::error::Error;
use std::sync::{Arc, Mutex, PoisonError};

use deadpool_r2d2::{Manager, Pool, Runtime};
use frontdesk::{Code, Desk};
use frontdesk_store::postgres::{postgres, postgres_in};
use frontdesk_store::{Request, SharedDesk, is_retry};
use postgres::{Client, NoTls};
use r2d2_postgres::PostgresConnectionManager;
use tokio::task::JoinSet;

type Failure = Box<dyn Error + Send + Sync>;
type Connections = Manager<PostgresConnectionManager<NoTls>>;

/// How often a transaction is run.
const TRIES: usize = 10;

/// A desk, and the pool of its database.
#[derive(Clone)]
struct Support {
    pool: Pool<Connections>,
    desk: Arc<Mutex<SharedDesk>>,
}

impl Support {
    async fn open(address: &str, name: String) -> Result<Support, Failure> {
        let connections = PostgresConnectionManager::new(address.parse()?, NoTls);
        let pool: Pool<Connections> = Pool::builder(Manager::new(connections, Runtime::Tokio1)).max_size(4).build()?;
        let desk = pool.get().await?.interact(move |client| opened(client, &name)).await;
        let desk = desk.map_err(|panicked| panicked.to_string())??;
        Ok(Support { pool, desk: Arc::new(Mutex::new(desk)) })
    }

    /// Opens a ticket from a task.
    async fn open_ticket(self, id: String) -> Result<Option<u64>, Failure> {
        let connection = self.pool.get().await?;
        let opened = connection.interact(move |client| {
            let mut desk = self.desk.lock().unwrap_or_else(PoisonError::into_inner);
            open_ticket(client, &mut desk, &id)
        });
        opened.await.map_err(|panicked| panicked.to_string())?
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
async fn run(address: &str, name: &str) -> Result<u64, Failure> {
    let support = Support::open(address, name.to_owned()).await?;
    let mut tasks = JoinSet::new();
    for ticket in 0..20 {
        tasks.spawn(support.clone().open_ticket(format!("d{ticket}")));
    }
    let mut last = 0;
    while let Some(turn) = tasks.join_next().await {
        last = last.max(turn??.unwrap_or_default());
    }
    Ok(last)
}

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let address = std::env::args().nth(1).ok_or("the address of a database is missing")?;
    println!("the desk has {} turns", run(&address, "support").await?);
    Ok(())
}

#[tokio::test]
#[ignore = "needs a server: bash .ci/databases"]
async fn tasks_share_a_desk() {
    let address = std::env::var("FRONTDESK_POSTGRES_URL").expect("an address");
    let name = format!("deadpool {}", std::process::id());
    for _ in 0..2 {
        assert_eq!(run(&address, &name).await.expect("no failure"), 21, "the document, and 20 tickets once");
    }
}
