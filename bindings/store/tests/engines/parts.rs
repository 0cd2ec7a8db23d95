//! Work on a log that fails as a part of a transaction, which the caller commits all the same.

use std::sync::atomic::{AtomicU32, Ordering};

use frontdesk::{Code, Problem};
use frontdesk_store::{Appended, Digest, Entry, Log};

/// A table of the caller.
pub const TICKETS: &str = "CREATE TABLE tickets (number BIGINT)";

pub fn turn(number: u64, command_id: Option<&str>) -> Entry {
    let body = format!("{{\"turn\": {number}}}");
    let digest = Digest::START.then(&body);
    let (command_id, conversations) = (command_id.map(str::to_owned), vec!["c1".to_owned()]);
    Entry { turn: number, command_id, at: 0, body, digest, personal: Vec::new(), conversations, wakes_at: None }
}

/// Creates a desk of one turn; returns its name, which no other test has.
pub fn created(log: &mut impl Log, test: &str) -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let desk = format!("{test} {} {}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
    assert_eq!(log.create(&desk, &turn(1, None)), Ok(Appended::Done));
    desk
}

/// A way to fail.
#[derive(Debug, Clone, Copy)]
pub enum Failure {
    /// Of two turns the second cannot be there: both are of one command.
    Half,
    /// A turn was appended in work that fails behind it.
    Behind,
}

impl Failure {
    pub const ALL: [Failure; 2] = [Failure::Half, Failure::Behind];

    pub fn happens(self, log: &mut impl Log, desk: &str) {
        match self {
            Failure::Half => {
                let both = [turn(2, Some("same")), turn(3, Some("same"))];
                assert_ne!(log.append(desk, &both), Ok(Appended::Done));
            }
            Failure::Behind => {
                let failed: Result<(), Problem> = log.transaction(|log| {
                    assert_eq!(log.append(desk, &[turn(2, None)]), Ok(Appended::Done));
                    Err(Problem::new(Code::Conflict, "on purpose"))
                });
                assert_eq!(failed.map_err(|problem| problem.code), Err(Code::Conflict));
            }
        }
    }
}

/// Checks that nothing of it is there.
pub fn has_one_turn(log: &mut impl Log, desk: &str) {
    assert_eq!(log.read(desk, 0, 9).expect("the first").len(), 1);
    assert_eq!(log.about(desk, "c1", 0, 9).expect("the first").len(), 1);
    assert_eq!(log.head(desk).expect("a head").expect("a desk").last_turn, 1);
    assert_eq!(log.append(desk, &[turn(2, Some("same"))]), Ok(Appended::Done), "its number and its id are free");
}
