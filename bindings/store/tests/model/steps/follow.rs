//! Following the log, as `shared/follow.rs` does.

use super::Rules;
use crate::desk::Chain;
use crate::state::{Task, Worker};

impl Rules {
    /// Applies the turns of a log that a worker lacks, after it went back where that has another turn than its last. Returns
    /// `false` if it cannot read one of them: it does nothing then.
    pub(super) fn follow(&self, worker: &mut Worker, log: Chain) -> bool {
        if !log.after(0).all(|body| self.reads(worker, body.command)) {
            worker.task = Task::Idle;
            return false;
        }
        if !self.protocol.checks_digest {
            let missing = log.after(worker.known.turns());
            worker.known = missing.fold(worker.known, Chain::then);
        } else if !follow_own(worker, log) {
            let certain = worker.certain.take();
            worker.known = certain.filter(|certain| log.starts_with(*certain)).unwrap_or(Chain::START);
            follow_own(worker, log);
        }
        true
    }
}

/// Applies the turns after the last known one; returns `false` if that is not in the log.
fn follow_own(worker: &mut Worker, log: Chain) -> bool {
    if !log.starts_with(worker.known) {
        return false;
    }
    if log != worker.known {
        worker.certain = None;
        worker.known = log;
    }
    true
}
