//! The statements of a shared desk without a desk: a log is read, and has constants appended.

use std::time::{Duration, Instant};

use frontdesk_store::postgres::{Statements, postgres_in};
use frontdesk_store::{Appended, Digest, Entry, Log};
use postgres::Client;

use crate::desks::{Commands, Server, name};
use crate::measure::Worker;

/// The turns that are read at once.
const AT_ONCE: usize = 500;

struct Constant {
    client: Client,
    statements: Statements,
    commands: Commands,
    worker: usize,
    count: u64,
    body: String,
    /// The last turn known of each desk.
    turns: Vec<u64>,
}

pub fn worker(server: &Server, worker: usize, desks: usize) -> Box<dyn Worker> {
    Box::new(Constant {
        client: server.connect(),
        statements: Statements::default(),
        commands: Commands::new(worker, desks),
        worker,
        count: 0,
        body: "x".repeat(crate::serial::BODY),
        turns: vec![1; desks],
    })
}

impl Constant {
    /// Appends a turn to a desk, unless another worker has appended first.
    fn append(&mut self, desk: usize, id: &str) -> Appended {
        let name = name(desk);
        let mut transaction = self.client.transaction().expect("a transaction");
        let mut log = postgres_in(&mut transaction).prepared(&mut self.statements);
        let read = log.read(&name, self.turns[desk], AT_ONCE).expect("turns");
        let last = read.last().map_or(self.turns[desk], |stored| stored.turn);
        let entry = Entry {
            turn: last + 1,
            command_id: Some(id.to_owned()),
            at: 0,
            body: self.body.clone(),
            digest: Digest::START,
            personal: Vec::new(),
            conversations: vec![id.to_owned()],
            wakes_at: None,
        };
        let appended = log.append(&name, &[entry]).expect("an append");
        transaction.commit().expect("a commit");
        self.turns[desk] = if appended == Appended::Done { last + 1 } else { last };
        appended
    }
}

impl Worker for Constant {
    fn work(&mut self, latencies: &mut Vec<Duration>) {
        let (desk, _) = self.commands.next();
        self.count += 1;
        let id = format!("{}-{}", self.worker, self.count);
        let start = Instant::now();
        while self.append(desk, &id) == Appended::Conflict {}
        latencies.push(start.elapsed());
    }
}
