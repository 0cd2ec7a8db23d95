//! Progress on standard error, for long runs on a terminal.

use std::io::{IsTerminal, stderr};
use std::time::{Duration, Instant};

/// The time until a run first shows its progress, and between updates.
const PATIENCE: Duration = Duration::from_secs(1);
const RHYTHM: Duration = Duration::from_millis(200);
/// The number of commands between two checks of the clock.
const STRIDE: u64 = 256;

/// The progress of a run, shown until it ends.
pub struct Progress {
    count: u64,
    next: Option<Instant>,
    shown: bool,
}

impl Progress {
    /// Begins to count. Shows progress only on a terminal.
    pub fn start() -> Progress {
        let next = stderr().is_terminal().then(|| Instant::now() + PATIENCE);
        Progress { count: 0, next, shown: false }
    }

    /// Counts a command.
    pub fn step(&mut self) {
        self.count += 1;
        if !self.count.is_multiple_of(STRIDE) {
            return;
        }
        let now = Instant::now();
        if self.next.is_some_and(|next| next <= now) {
            anstream::eprint!("\r{} commands …", self.count);
            self.next = Some(now + RHYTHM);
            self.shown = true;
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if self.shown {
            anstream::eprint!("\r\u{1b}[K");
        }
    }
}
