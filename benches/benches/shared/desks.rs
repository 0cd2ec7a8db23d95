//! The desks that are measured, and the commands to them.

use std::fmt::Write as _;

use frontdesk::{Desk, Document};
use frontdesk_store::SharedDesk;
use frontdesk_store::postgres::postgres;
use postgres::{Client, NoTls};

/// The agents of a desk.
pub const AGENTS: usize = 50;

/// The conversations that an agent may have at a time.
pub const LIMIT: usize = 4;

/// The conversations that a worker has open at a time.
const OPEN: u64 = 10;

/// A server with a schema of its own for each row, so that each begins with empty tables.
pub struct Server {
    address: String,
    schema: String,
    disk: Disk,
}

/// How long the server's disk takes to keep what is committed.
#[derive(Clone, Copy)]
pub enum Disk {
    /// As long as it does.
    OfServer,
    /// So many milliseconds more, as one does that is reached by a network. Transactions that end meanwhile are kept together.
    Slower(u32),
}

impl Server {
    /// Creates desks with the names `desk-0` and so on.
    pub fn new(address: &str, desks: usize, disk: Disk) -> Server {
        let schema = format!("shared_{}", std::process::id());
        let server = Server { address: address.to_owned(), schema, disk };
        let mut client = server.connect();
        let Server { schema, .. } = &server;
        client
            .batch_execute(&format!("DROP SCHEMA IF EXISTS {schema} CASCADE; CREATE SCHEMA {schema}"))
            .expect("rights");
        postgres(&mut client).migrate().expect("tables");
        client.batch_execute("BEGIN").expect("a transaction");
        for desk in 0..desks {
            let mut log = postgres(&mut client);
            SharedDesk::create(&mut log, &name(desk), document()).expect("a desk");
        }
        client.batch_execute("COMMIT").expect("a transaction");
        server
    }

    /// Connects to the server.
    pub fn connect(&self) -> Client {
        let mut client = Client::connect(&self.address, NoTls).expect("a server");
        client.batch_execute(&format!("SET search_path TO {}", self.schema)).expect("a schema");
        if let Disk::Slower(millis) = self.disk {
            let delay = format!("SET commit_siblings = 0; SET commit_delay = {}", millis * 1_000);
            client.batch_execute(&delay).expect("the rights of the server's owner");
        }
        client
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.connect().batch_execute(&format!("DROP SCHEMA {} CASCADE", self.schema));
    }
}

/// The name of a desk.
pub fn name(desk: usize) -> String {
    format!("desk-{desk}")
}

/// A desk of agents who are there at all times, each with a limit.
pub fn document() -> Document {
    let mut agents = String::new();
    for agent in 0..AGENTS {
        let comma = if agent == 0 { "" } else { "," };
        let _ = write!(agents, r#"{comma}{{"id": "agent-{agent}", "capacity": {LIMIT}}}"#);
    }
    let text = format!(
        r#"{{"version": 1, "time_zone": "UTC", "agents": [{agents}], "inboxes": [{{"id": "main", "channels": [{{"id": "chat",
            "kind": "chat", "rules": [{{"id": "all", "steps": [{{"assign_to": "everyone"}}]}}]}}]}}]}}"#
    );
    Desk::from_json(&text).expect("a document").document()
}

/// One command: a conversation is opened, or closed.
pub enum Command {
    Open(String),
    Close(String),
}

/// The commands of a worker: it opens conversations, and closes the oldest of those that are open.
pub struct Commands {
    worker: usize,
    desks: u64,
    seed: u64,
    next: u64,
}

impl Commands {
    pub fn new(worker: usize, desks: usize) -> Commands {
        Commands { worker, desks: desks as u64, seed: worker as u64 + 1, next: 0 }
    }

    /// The next command, and the desk that it is for: one of them at random, the same for opening and closing.
    pub fn next(&mut self) -> (usize, Command) {
        let number = self.next;
        self.next += 1;
        let (is_close, conversation) =
            if number < OPEN { (false, number) } else { (number % 2 == 1, (number + OPEN) / 2) };
        let conversation = if is_close { conversation - OPEN } else { conversation };
        let desk = self.desk_of(conversation);
        let id = format!("c{}-{conversation}", self.worker);
        (desk, if is_close { Command::Close(id) } else { Command::Open(id) })
    }

    /// Mixes a number into one that looks like chance (SplitMix64).
    fn desk_of(&self, conversation: u64) -> usize {
        let mut mixed = (self.seed << 40).wrapping_add(conversation).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % self.desks).unwrap_or_default()
    }
}
