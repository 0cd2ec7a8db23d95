//! The desk of a turn, with the digest of the log up to it.

use frontdesk::{Desk, Problem, Problems, Reader};

use super::snapshots;
use crate::digest::Digest;
use crate::entry::StoredTurn;
use crate::log::Log;
use crate::problem::{compacted, damaged, unknown_desk, unread_turn};

/// The turns that are read at once.
pub const AT_ONCE: usize = 500;

/// The desk of a turn.
#[derive(Debug, Clone)]
pub struct State {
    pub desk: Desk,
    pub digest: Digest,
}

impl State {
    pub fn turn(&self) -> u64 {
        self.desk.turn()
    }

    /// Loads the desk as it was at a turn, or at the last: the newest snapshot that can be read, and the turns after it.
    pub fn load(log: &mut impl Log, name: &str, reader: &Reader, up_to: u64) -> Result<State, Problems> {
        let mut state = match snapshots::newest(log, name, reader, up_to)? {
            Some(state) => state,
            None => State::first(log, name, reader)?,
        };
        state.read_to(log, name, reader, up_to)?;
        Ok(state)
    }

    /// Loads the desk of the first turn that the log has; behind a compaction that of its oldest snapshot.
    pub fn oldest(log: &mut impl Log, name: &str, reader: &Reader, snapshot: Option<u64>) -> Result<State, Problems> {
        let first = log.read(name, 0, 1)?.first().map(|first| first.turn);
        match (first, snapshot) {
            (Some(1), _) | (_, None) => State::first(log, name, reader),
            (_, Some(turn)) => {
                let state = snapshots::newest(log, name, reader, turn)?;
                Ok(state.ok_or_else(|| damaged(name, turn, "its snapshot cannot be read"))?)
            }
        }
    }

    /// Applies the turns of the log up to one.
    pub fn read_to(&mut self, log: &mut impl Log, name: &str, reader: &Reader, up_to: u64) -> Result<(), Problem> {
        while self.turn() < up_to && self.read_on(log, name, reader, up_to)? == AT_ONCE {}
        Ok(())
    }

    /// Creates the desk of the first turn.
    fn first(log: &mut impl Log, name: &str, reader: &Reader) -> Result<State, Problems> {
        let turns = log.read(name, 0, 1)?;
        let Some(first) = turns.first() else { return Err(unknown_desk(name).into()) };
        if first.turn != 1 {
            return Err(compacted(name, first.turn).into());
        }
        let turn = first.read(name, Digest::START, reader)?;
        Ok(State { desk: reader.rebuild([turn])?, digest: first.digest })
    }

    /// Applies turns from the log, up to one; returns how many were there.
    fn read_on(&mut self, log: &mut impl Log, name: &str, reader: &Reader, up_to: u64) -> Result<usize, Problem> {
        let left = usize::try_from(up_to.saturating_sub(self.turn())).unwrap_or(usize::MAX);
        let turns = log.read(name, self.turn(), left.min(AT_ONCE))?;
        match turns.split_first() {
            Some((own, after)) if own.turn == self.turn() && own.digest == self.digest => {
                self.apply_all(name, after, reader)?;
                Ok(after.len())
            }
            _ => Err(damaged(name, self.turn(), "the log has another turn there than its snapshot")),
        }
    }

    /// Applies turns of the log that follow.
    pub fn apply_all(&mut self, name: &str, turns: &[StoredTurn], reader: &Reader) -> Result<(), Problem> {
        turns.iter().try_for_each(|stored| self.apply(name, stored, reader))
    }

    fn apply(&mut self, name: &str, stored: &StoredTurn, reader: &Reader) -> Result<(), Problem> {
        if stored.turn != self.turn() + 1 {
            return Err(damaged(name, self.turn() + 1, "it is missing"));
        }
        let turn = stored.read(name, self.digest, reader)?;
        self.desk.apply(&turn).map_err(|problem| unread_turn(name, stored.turn, &problem.to_string()))?;
        self.digest = stored.digest;
        Ok(())
    }
}
