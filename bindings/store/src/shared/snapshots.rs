//! Snapshots of a desk in its log, so that a worker is ready without all turns.

use frontdesk::desk::{Separated, join_snapshot, separate_snapshot};
use frontdesk::{Problem, Problems, Reader};

use super::SharedDesk;
use super::state::State;
use crate::entry::by_subject;
use crate::log::{Log, StoredSnapshot};

impl SharedDesk {
    /// Adds a snapshot of the desk as it is in the log now, and returns its turn. A worker then loads it and the turns after it.
    ///
    /// # Errors
    /// Those of [`follow`](Self::follow).
    pub fn put_snapshot(&mut self, log: &mut impl Log) -> Result<u64, Problems> {
        self.follow(log)?;
        log.put_snapshot(&self.name, &snapshot_of(&self.state)?)?;
        Ok(self.turn())
    }
}

fn snapshot_of(state: &State) -> Result<StoredSnapshot, Problems> {
    let Separated { text, personal } = separate_snapshot(&state.desk.snapshot())?;
    Ok(StoredSnapshot { turn: state.turn(), digest: state.digest, body: text, personal: by_subject(personal) })
}

/// Returns the desk of the newest snapshot up to a turn that can be read and is of this log.
pub fn newest(log: &mut impl Log, name: &str, reader: &Reader, up_to: u64) -> Result<Option<State>, Problem> {
    let mut up_to = up_to;
    while let Some(stored) = log.snapshot(name, up_to)? {
        if let Some(Ok(state)) = restored(log, name, &stored, reader)? {
            return Ok(Some(state));
        }
        up_to = stored.turn.saturating_sub(1);
    }
    Ok(None)
}

/// Returns the desk of a snapshot, or why it cannot be read; `None` if the log has another turn there.
pub fn restored(
    log: &mut impl Log,
    name: &str,
    stored: &StoredSnapshot,
    reader: &Reader,
) -> Result<Option<Result<State, Problems>>, Problem> {
    let turns = log.read(name, stored.turn, 0)?;
    if !turns.first().is_some_and(|own| own.turn == stored.turn && own.digest == stored.digest) {
        return Ok(None);
    }
    let values = stored.personal.iter().map(|(_, values)| values.as_str());
    let desk = join_snapshot(&stored.body, values).and_then(|text| reader.restore(&text));
    if desk.as_ref().is_ok_and(|desk| desk.turn() != stored.turn) {
        return Ok(None);
    }
    Ok(Some(desk.map(|desk| State { desk, digest: stored.digest })))
}
