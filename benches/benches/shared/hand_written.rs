//! The loop that a helpdesk writes: a ticket gets the agent with the fewest open tickets, counted by a query, whose row is
//! locked meanwhile and skipped by others; one transaction a ticket.

use std::time::{Duration, Instant};

use postgres::Client;
use postgres::types::Type;

use crate::desks::{AGENTS, Command, Commands, LIMIT, Server};
use crate::measure::Worker;

const TABLES: &str = "
    CREATE TABLE IF NOT EXISTS agents (desk BIGINT, agent BIGINT, PRIMARY KEY (desk, agent));
    CREATE TABLE IF NOT EXISTS tickets (id TEXT PRIMARY KEY, desk BIGINT NOT NULL, agent BIGINT, body TEXT NOT NULL,
        opened_at TIMESTAMPTZ NOT NULL DEFAULT now(), closed_at TIMESTAMPTZ);
    CREATE INDEX IF NOT EXISTS tickets_open ON tickets (desk, agent) WHERE closed_at IS NULL";

const FREEST: &str = "
    SELECT a.agent FROM agents a CROSS JOIN LATERAL (
        SELECT count(*) AS load FROM tickets t WHERE t.desk = a.desk AND t.agent = a.agent AND t.closed_at IS NULL) l
    WHERE a.desk = $1 AND l.load < $2 ORDER BY l.load, a.agent LIMIT 1 FOR UPDATE OF a SKIP LOCKED";

struct HandWritten {
    client: Client,
    commands: Commands,
    body: String,
}

pub fn worker(server: &Server, worker: usize, desks: usize) -> Box<dyn Worker> {
    let mut client = server.connect();
    let fill = format!(
        "{TABLES}; INSERT INTO agents SELECT d, a FROM generate_series(0, {}) d, generate_series(0, {}) a \
         ON CONFLICT DO NOTHING; ANALYZE agents",
        desks - 1,
        AGENTS - 1
    );
    client.batch_execute(&fill).expect("tables");
    Box::new(HandWritten { client, commands: Commands::new(worker, desks), body: "x".repeat(crate::serial::BODY) })
}

impl HandWritten {
    fn open(&mut self, desk: i64, id: &str) {
        let mut transaction = self.client.transaction().expect("a transaction");
        let limit = LIMIT as i64;
        let insert = "INSERT INTO tickets (id, desk, body) VALUES ($1, $2, $3)";
        transaction
            .execute_typed(insert, &[(&id, Type::TEXT), (&desk, Type::INT8), (&self.body, Type::TEXT)])
            .expect("a ticket");
        let rows = transaction.query_typed(FREEST, &[(&desk, Type::INT8), (&limit, Type::INT8)]).expect("agents");
        if let Some(row) = rows.first() {
            let agent: i64 = row.get(0);
            let update = "UPDATE tickets SET agent = $1 WHERE id = $2";
            transaction.execute_typed(update, &[(&agent, Type::INT8), (&id, Type::TEXT)]).expect("an agent");
        }
        transaction.commit().expect("a commit");
    }

    fn close(&mut self, id: &str) {
        let update = "UPDATE tickets SET closed_at = now() WHERE id = $1";
        self.client.execute_typed(update, &[(&id, Type::TEXT)]).expect("a ticket");
    }
}

impl Worker for HandWritten {
    fn work(&mut self, latencies: &mut Vec<Duration>) {
        let (desk, command) = self.commands.next();
        let start = Instant::now();
        match command {
            Command::Open(id) => self.open(desk as i64, &id),
            Command::Close(id) => self.close(&id),
        }
        latencies.push(start.elapsed());
    }
}
