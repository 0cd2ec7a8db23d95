//! Shared desks: commands carried out now, and handed in.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use frontdesk_store::postgres::{Statements, postgres, postgres_in};
use frontdesk_store::{Request, SharedDesk};
use postgres::Client;
use serde_json::json;

use crate::desks::{Command, Commands, Server, name};
use crate::measure::Worker;

/// The commands that are handed in before the answers are waited for.
const BURST: usize = 32;

struct Turns {
    client: Client,
    statements: Statements,
    commands: Commands,
    worker: usize,
    count: u64,
    desks: HashMap<usize, SharedDesk>,
}

impl Turns {
    fn new(server: &Server, worker: usize, desks: usize) -> Turns {
        let mut client = server.connect();
        let load = |desk| (desk, SharedDesk::load(&mut postgres(&mut client), &name(desk)).expect("a desk"));
        let desks_of = (0..desks).map(load).collect();
        Turns {
            client,
            statements: Statements::default(),
            commands: Commands::new(worker, desks),
            worker,
            count: 0,
            desks: desks_of,
        }
    }

    /// The next command with an id, and its desk.
    fn request(&mut self) -> (usize, Request) {
        let (desk, command) = self.commands.next();
        self.count += 1;
        let command = match command {
            Command::Open(id) => json!({"type": "open", "conversation": id, "inbox": "main", "channel": "chat"}),
            Command::Close(id) => json!({"type": "close", "conversation": id}),
        };
        let request = Request::from_value(command).expect("a command");
        (desk, request.with_id(format!("{}-{}", self.worker, self.count)))
    }

    /// Hands commands in to the first desk, and waits for the answers.
    fn hand_in(&mut self, count: usize, latencies: &mut Vec<Duration>) {
        let requests: Vec<Request> = (0..count).map(|_| self.request().1).collect();
        let ids: Vec<&str> = requests.iter().filter_map(Request::id).collect();
        let shared = self.desks.get_mut(&0).expect("a desk");
        let (log, start) = (&mut postgres(&mut self.client).prepared(&mut self.statements), Instant::now());
        shared.hand_in_all(log, &requests).expect("commands");
        let answers = shared.wait_for_all(log, &ids, Duration::from_secs(60)).expect("answers");
        assert!(answers.iter().flatten().filter(|answer| answer.turn().is_some()).count() == count, "all are decided");
        latencies.extend(vec![start.elapsed(); count]);
    }
}

struct Direct(Turns);
struct HandedIn(Turns, usize);

pub fn direct(server: &Server, worker: usize, desks: usize) -> Box<dyn Worker> {
    Box::new(Direct(Turns::new(server, worker, desks)))
}

pub fn handed_in(server: &Server, worker: usize, desks: usize) -> Box<dyn Worker> {
    Box::new(HandedIn(Turns::new(server, worker, desks), 1))
}

pub fn handed_in_bursts(server: &Server, worker: usize, desks: usize) -> Box<dyn Worker> {
    Box::new(HandedIn(Turns::new(server, worker, desks), BURST))
}

impl Worker for Direct {
    fn work(&mut self, latencies: &mut Vec<Duration>) {
        let (desk, request) = self.0.request();
        let start = Instant::now();
        let mut transaction = self.0.client.transaction().expect("a transaction");
        let shared = self.0.desks.get_mut(&desk).expect("a desk");
        let log = &mut postgres_in(&mut transaction).prepared(&mut self.0.statements);
        let answer = shared.handle(log, &request).expect("an answer");
        transaction.commit().expect("a commit");
        assert!(answer.turn().is_some(), "it is decided");
        latencies.push(start.elapsed());
    }
}

impl Worker for HandedIn {
    fn work(&mut self, latencies: &mut Vec<Duration>) {
        self.0.hand_in(self.1, latencies);
    }
}
