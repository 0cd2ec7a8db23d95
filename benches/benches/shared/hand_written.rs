//! The loop that a helpdesk writes: a ticket gets the agent with the fewest open tickets, counted by a query, whose row is
//! locked meanwhile and skipped by others; one transaction a ticket.

use std::time::{Duration, Instant};

use postgres::{Client, Statement};

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

/// The statements, prepared, as those of a shared desk are.
struct Statements {
    insert: Statement,
    freest: Statement,
    give: Statement,
    close: Statement,
}

impl Statements {
    fn new(client: &mut Client) -> Statements {
        let mut prepare = |statement| client.prepare(statement).expect("a statement");
        Statements {
            insert: prepare("INSERT INTO tickets (id, desk, body) VALUES ($1, $2, $3)"),
            freest: prepare(FREEST),
            give: prepare("UPDATE tickets SET agent = $1 WHERE id = $2"),
            close: prepare("UPDATE tickets SET closed_at = now() WHERE id = $1"),
        }
    }
}

struct HandWritten {
    client: Client,
    statements: Statements,
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
    let statements = Statements::new(&mut client);
    let body = "x".repeat(crate::serial::BODY);
    Box::new(HandWritten { client, statements, commands: Commands::new(worker, desks), body })
}

impl HandWritten {
    fn open(&mut self, desk: i64, id: &str) {
        let Statements { insert, freest, give, .. } = &self.statements;
        let mut transaction = self.client.transaction().expect("a transaction");
        transaction.execute(insert, &[&id, &desk, &self.body]).expect("a ticket");
        let rows = transaction.query(freest, &[&desk, &(LIMIT as i64)]).expect("agents");
        if let Some(row) = rows.first() {
            let agent: i64 = row.get(0);
            transaction.execute(give, &[&agent, &id]).expect("an agent");
        }
        transaction.commit().expect("a commit");
    }

    fn close(&mut self, id: &str) {
        self.client.execute(&self.statements.close, &[&id]).expect("a ticket");
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
