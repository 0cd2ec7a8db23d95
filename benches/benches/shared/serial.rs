//! The fastest that one connection can be which is durable: one row a commit.

use std::time::{Duration, Instant};

use postgres::{Client, Statement};

use crate::desks::Server;
use crate::measure::Worker;

/// A row of the size of a turn.
pub const BODY: usize = 600;

struct Serial {
    client: Client,
    insert: Statement,
    body: String,
}

pub fn worker(server: &Server, _: usize, _: usize) -> Box<dyn Worker> {
    let mut client = server.connect();
    client.batch_execute("CREATE TABLE one_row (number BIGSERIAL PRIMARY KEY, body TEXT NOT NULL)").expect("a table");
    let insert = client.prepare("INSERT INTO one_row (body) VALUES ($1)").expect("a statement");
    Box::new(Serial { client, insert, body: "x".repeat(BODY) })
}

impl Worker for Serial {
    fn work(&mut self, latencies: &mut Vec<Duration>) {
        let start = Instant::now();
        self.client.execute(&self.insert, &[&self.body]).expect("a row");
        latencies.push(start.elapsed());
    }
}
