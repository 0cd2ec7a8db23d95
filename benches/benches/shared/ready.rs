//! A worker that starts with many turns behind it, and one that follows.

use std::time::{Duration, Instant};

use frontdesk::{Desk, Turn};
use frontdesk_benches::Log as Commands;
use frontdesk_store::postgres::postgres;
use frontdesk_store::{Appended, Digest, Entry, Log, SharedDesk};
use postgres::Client;
use serde_json::json;

use crate::desks::{Disk, Server};

const DESK: &str = "years";
const AGENTS: usize = 200;
const OPEN: usize = 5_000;

/// The turns a day.
const A_DAY: usize = 10_000;

/// The turns that a worker follows.
const BEHIND: usize = 10_000;

/// The turns that are appended at once.
const AT_ONCE: usize = 250;

/// Measures a desk of 200 agents with 5,000 open conversations and so many turns, and prints the rows.
pub fn print(address: &str, turns: usize) {
    let server = Server::new(address, 0, Disk::OfServer);
    let mut client = server.connect();
    let mut years = Years::new(&mut client);
    years.append(&mut client, turns);
    let log = &mut postgres(&mut client);
    let mut worker = SharedDesk::load(log, DESK).expect("a desk");
    worker.put_snapshot(log).expect("a snapshot");
    let ready = median(|| drop(SharedDesk::load(log, DESK).expect("a desk")));
    years.append(&mut client, BEHIND);
    let start = Instant::now();
    assert_eq!(worker.follow(&mut postgres(&mut client)), Ok(BEHIND as u64));
    let followed = start.elapsed();
    let bytes = bytes_of(&mut client) / (turns + BEHIND) as i64;
    let rate = BEHIND as f64 / followed.as_secs_f64();
    println!("\n| work | turns behind | open | time, ms | turns a second |\n|---|---|---|---|---|");
    println!("| ready from a snapshot | {turns} | {} | {} | |", OPEN, ready.as_millis());
    println!("| kept in the database, {bytes} bytes a turn | {} | {OPEN} | | |", turns + BEHIND);
    println!("| follow | {BEHIND} | {} | {} | {rate:.0} |", OPEN, followed.as_millis());
}

/// Returns the bytes that the turns take with their indexes.
fn bytes_of(client: &mut Client) -> i64 {
    const SUM: &str = "SELECT CAST(SUM(pg_total_relation_size(of)) AS BIGINT) FROM unnest(ARRAY['frontdesk_turns'::regclass, \
                       'frontdesk_conversations', 'frontdesk_subjects']) AS of";
    client.query_one(SUM, &[]).expect("sizes").get(0)
}

fn median(mut work: impl FnMut()) -> Duration {
    let mut times: Vec<Duration> = (0..5)
        .map(|_| {
            let start = Instant::now();
            work();
            start.elapsed()
        })
        .collect();
    times.sort_unstable();
    times[2]
}

/// The log of a desk of many years.
struct Years {
    commands: Commands,
    desk: Desk,
    digest: Digest,
}

impl Years {
    fn new(client: &mut Client) -> Years {
        let mut document = frontdesk_benches::document(AGENTS, "least_busy");
        document["settings"]["forget_closed_after"] = json!("7d");
        let desk = frontdesk_benches::desk(&document);
        let shared = SharedDesk::create(&mut postgres(client), DESK, desk.document()).expect("a desk");
        let commands = Commands::new(AGENTS, A_DAY).with_open(OPEN);
        let first = Turn::first(desk.document());
        Years { commands, desk: Desk::rebuild([&first]).expect("a first turn"), digest: shared.digest() }
    }

    /// Appends turns that the commands of the desk give.
    fn append(&mut self, client: &mut Client, turns: usize) {
        for start in (0..turns).step_by(AT_ONCE) {
            let entries: Vec<Entry> = (start..turns.min(start + AT_ONCE)).map(|_| self.next()).collect();
            assert_eq!(postgres(client).append(DESK, &entries), Ok(Appended::Done));
        }
    }

    fn next(&mut self) -> Entry {
        let turn = self.commands.next(&mut self.desk);
        let wakes_at = self.desk.next_wakeup().map(|at| at.millis());
        let entry = Entry::of(&turn, self.digest, wakes_at).expect("a turn with a number");
        self.digest = entry.digest;
        entry
    }
}
