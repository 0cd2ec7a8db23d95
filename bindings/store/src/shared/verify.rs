//! Checking a whole log.

use frontdesk::{Code, Problem, Problems};

use super::SharedDesk;
use super::snapshots::restored;
use super::state::State;
use crate::log::Log;
use crate::problem::{damaged, unread_snapshot};

/// The extent of a log that was found whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verified {
    /// The first turn that is there.
    pub first: u64,
    /// The last turn.
    pub last: u64,
    /// The number of snapshots, each equal to what the turns give.
    pub snapshots: usize,
}

impl SharedDesk {
    /// Checks the whole log: the turns follow each other without a gap, each is that of its digest and can be applied, and each
    /// snapshot is what the turns before it give.
    ///
    /// # Errors
    /// `damaged_log`, with the first turn that is not whole; `unsupported_version`, with the first that this program cannot read.
    pub fn verify(&mut self, log: &mut impl Log) -> Result<Verified, Problems> {
        let mut snapshots = log.snapshot_turns(&self.name)?;
        snapshots.sort_unstable();
        let mut state = State::oldest(log, &self.name, &self.reader, snapshots.first().copied())?;
        let first = state.turn();
        for turn in &snapshots {
            state.read_to(log, &self.name, &self.reader, *turn)?;
            self.compare(log, &state, *turn)?;
        }
        state.read_to(log, &self.name, &self.reader, u64::MAX)?;
        Ok(Verified { first, last: state.turn(), snapshots: snapshots.len() })
    }

    /// Compares the snapshot of a turn with the desk of that turn.
    fn compare(&self, log: &mut impl Log, state: &State, turn: u64) -> Result<(), Problem> {
        let stored = log.snapshot(&self.name, turn)?.filter(|stored| stored.turn == turn);
        let restored = stored.map(|stored| restored(log, &self.name, &stored, &self.reader)).transpose()?.flatten();
        match restored {
            Some(Ok(restored)) if restored.desk.snapshot() == state.desk.snapshot() => Ok(()),
            Some(Ok(_)) => Err(damaged(&self.name, turn, "its snapshot is not what the turns give")),
            Some(Err(problems)) if problems.iter().all(|problem| problem.code == Code::UnsupportedVersion) => {
                Err(unread_snapshot(&self.name, turn, &problems.to_string()))
            }
            _ => Err(damaged(&self.name, turn, "its snapshot cannot be read")),
        }
    }
}
