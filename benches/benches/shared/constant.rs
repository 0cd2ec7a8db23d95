//! The statements of a shared desk without a desk: reads, inserts, updates and commits constants.

use std::time::{Duration, Instant};

use postgres::Client;
use postgres::types::Type;

use crate::desks::{Commands, Server, name};
use crate::measure::Worker;

struct Constant {
    client: Client,
    commands: Commands,
    body: String,
    digest: String,
    /// The last turn known of each desk.
    turns: Vec<i64>,
}

pub fn worker(server: &Server, worker: usize, desks: usize) -> Box<dyn Worker> {
    Box::new(Constant {
        client: server.connect(),
        commands: Commands::new(worker, desks),
        body: "x".repeat(crate::serial::BODY),
        digest: "0".repeat(64),
        turns: vec![1; desks],
    })
}

impl Constant {
    /// Appends a row, unless another worker has appended first.
    fn append(&mut self, desk: usize) -> bool {
        const READ: &str =
            "SELECT turn, body FROM frontdesk_turns WHERE desk = $1 AND turn > $2 ORDER BY turn LIMIT 500";
        const INSERT: &str = "INSERT INTO frontdesk_turns (desk, turn, at, body, digest) VALUES ($1, $2, 0, $3, $4) \
                              ON CONFLICT DO NOTHING";
        const UPDATE: &str = "UPDATE frontdesk_desks SET last_turn = $2 WHERE desk = $1";
        let name = name(desk);
        let mut transaction = self.client.transaction().expect("a transaction");
        let after = self.turns[desk];
        let rows = transaction.query_typed(READ, &[(&name, Type::TEXT), (&after, Type::INT8)]).expect("turns");
        let turn = rows.last().map_or(after, |row| row.get(0)) + 1;
        let added = transaction.execute_typed(
            INSERT,
            &[(&name, Type::TEXT), (&turn, Type::INT8), (&self.body, Type::TEXT), (&self.digest, Type::TEXT)],
        );
        let is_first = added.expect("a turn") == 1;
        if is_first {
            transaction.execute_typed(UPDATE, &[(&name, Type::TEXT), (&turn, Type::INT8)]).expect("a desk");
        }
        transaction.commit().expect("a commit");
        self.turns[desk] = if is_first { turn } else { turn - 1 };
        is_first
    }
}

impl Worker for Constant {
    fn work(&mut self, latencies: &mut Vec<Duration>) {
        let (desk, _) = self.commands.next();
        let start = Instant::now();
        while !self.append(desk) {}
        latencies.push(start.elapsed());
    }
}
