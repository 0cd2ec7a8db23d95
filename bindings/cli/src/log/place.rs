//! Reading a log turn by turn.

use frontdesk::{Code, Problem, Problems, Reader, Turn};
use frontdesk_store::{Digest, Log, StoredTurn};

use crate::database::AnyLog;

/// The most turns that are read at once.
pub const AT_ONCE: usize = 500;

/// Where a reader of the log is.
pub struct Place {
    name: String,
    reader: Reader,
    next: u64,
    /// The digest of the turn before; unknown at the beginning, and behind a compaction.
    after: Option<Digest>,
}

impl Place {
    /// Returns the place before a turn of a desk.
    pub fn at(name: String, next: u64, reader: Reader) -> Place {
        Place { name, reader, next, after: None }
    }

    /// Returns the name of the desk.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the number of the turn that comes next.
    pub fn next(&self) -> u64 {
        self.next
    }

    /// Reads the next turns. Returns how many there are, and those before the first that is damaged.
    pub fn read(&mut self, log: &mut AnyLog<'_>) -> (Result<usize, Problems>, Vec<(StoredTurn, Turn)>) {
        let mut turns = Vec::new();
        let read = log.read(&self.name, self.next - 1, AT_ONCE).and_then(|read| {
            read.into_iter().try_for_each(|stored| {
                turns.extend(self.take(&stored)?.map(|turn| (stored, turn)));
                Ok(())
            })
        });
        (read.map(|()| turns.len()).map_err(Problems::from), turns)
    }

    /// Takes a turn of the log; `None` for the one before those that are wanted.
    fn take(&mut self, stored: &StoredTurn) -> Result<Option<Turn>, Problem> {
        let damaged = |what: &str| {
            let message = format!("the log of the desk {:?} is damaged at turn {}: {what}", self.name, self.next);
            Problem::new(Code::DamagedLog, message)
        };
        if stored.turn + 1 == self.next {
            if self.after.is_some_and(|after| after != stored.digest) {
                return Err(damaged("the turn before was replaced meanwhile"));
            }
            self.after = Some(stored.digest);
            return Ok(None);
        }
        if stored.turn != self.next {
            return Err(damaged("it is missing"));
        }
        let after = if stored.turn == 1 { Some(Digest::START) } else { self.after };
        let turn = match after {
            Some(after) => stored.read(&self.name, after, &self.reader)?,
            None => stored.turn_alone(&self.name, &self.reader)?,
        };
        (self.next, self.after) = (stored.turn + 1, Some(stored.digest));
        Ok(Some(turn))
    }
}
