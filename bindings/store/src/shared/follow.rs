//! Following the log.

use frontdesk::{Problem, Problems};

use super::SharedDesk;
use super::state::{AT_ONCE, State};
use crate::entry::StoredTurn;
use crate::log::Log;

/// The most turns of this worker that are kept apart as not certain: more are rolled back by loading the desk again.
const UNCERTAIN: u64 = 1_000;

impl SharedDesk {
    /// Applies the turns that are in the log and not in the desk yet. Returns by how many turns the desk is another one than
    /// before: 0 if the log has nothing new.
    ///
    /// # Errors
    /// `damaged_log`; `unsupported_version` for a turn that this program cannot read, most likely of a newer one, after which it
    /// decides nothing. The desk is then at the last turn that is whole, and can be read.
    pub fn follow(&mut self, log: &mut impl Log) -> Result<u64, Problems> {
        let (turn, digest) = (self.state.turn(), self.state.digest);
        loop {
            let turns = self.read(log)?;
            self.state.apply_all(&self.name, &turns, &self.reader)?;
            if turns.len() < AT_ONCE {
                break;
            }
        }
        let is_another = self.state.digest != digest;
        Ok(if is_another { self.state.turn().abs_diff(turn).max(1) } else { 0 })
    }

    /// Reads turns after the last known one, going back first if that is not in the log: it was rolled back, or is one of
    /// another transaction.
    fn read(&mut self, log: &mut impl Log) -> Result<Vec<StoredTurn>, Problems> {
        if let Some(turns) = self.after_own(log)? {
            return Ok(turns);
        }
        if let Some(certain) = self.certain.take() {
            self.state = certain;
            if let Some(turns) = self.after_own(log)? {
                return Ok(turns);
            }
        }
        self.state = State::load(log, &self.name, &self.reader, u64::MAX)?;
        Ok(Vec::new())
    }

    /// Returns the turns after the last known one; `None` if that is not in the log.
    fn after_own(&mut self, log: &mut impl Log) -> Result<Option<Vec<StoredTurn>>, Problem> {
        let mut turns = log.read(&self.name, self.state.turn(), AT_ONCE)?;
        let is_own = |own: &StoredTurn| own.turn == self.state.turn() && own.digest == self.state.digest;
        if !turns.first().is_some_and(is_own) {
            return Ok(None);
        }
        turns.remove(0);
        if !turns.is_empty() {
            // A turn that another worker appended after them proves that those before were committed.
            self.certain = None;
        }
        Ok(Some(turns))
    }

    /// Keeps the desk as it is before a turn is appended that may be rolled back.
    pub(super) fn keep_certain(&mut self) {
        let is_far = |certain: &State| self.state.turn() - certain.turn() >= UNCERTAIN;
        if self.certain.as_ref().is_none_or(is_far) {
            self.certain = Some(self.state.clone());
        }
    }
}
