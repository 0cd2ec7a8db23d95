//! The instants of commands: clocks of workers differ.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

use frontdesk::Problem;
use frontdesk::time::Instant;

use crate::log::Log;
use crate::problem::clock_ahead;

/// The most milliseconds by which a clock may be ahead of the database's, unless said otherwise.
const SKEW: i64 = 60_000;

/// The function of a clock, which the copies of a desk share.
type Now = Arc<Mutex<dyn FnMut() -> i64 + Send>>;

/// The clock of a worker.
#[derive(Clone)]
pub struct Clock {
    now: Now,
    skew: i64,
    /// When it was last compared with the database's, by itself.
    compared: Option<i64>,
}

/// The milliseconds for which a comparison with the database's clock holds.
const COMPARED: i64 = 10_000;

impl Default for Clock {
    fn default() -> Clock {
        Clock::new(system_millis)
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Clock").field("skew", &self.skew).finish_non_exhaustive()
    }
}

impl Clock {
    pub fn new(now: impl FnMut() -> i64 + Send + 'static) -> Clock {
        Clock { now: Arc::new(Mutex::new(now)), skew: SKEW, compared: None }
    }

    pub fn set_skew(&mut self, millis: i64) {
        self.skew = millis.max(0);
    }

    /// Returns the time in milliseconds of UTC.
    pub fn millis(&mut self) -> i64 {
        let mut now = self.now.lock().unwrap_or_else(PoisonError::into_inner);
        now()
    }

    /// Returns the instant of a command: the later of this clock and the last instant of the log.
    ///
    /// # Errors
    /// `clock_ahead`.
    pub fn stamp(&mut self, last: Option<Instant>, log: &mut impl Log) -> Result<Instant, Problem> {
        let now = self.millis();
        self.compare(now, log)?;
        Ok(Instant::from_millis(now)?.max(last.unwrap_or(Instant::MIN)))
    }

    /// Compares this clock with the database's, now and then: each worker by itself, because of several that are each a little
    /// ahead of the log the log itself would run away.
    fn compare(&mut self, now: i64, log: &mut impl Log) -> Result<(), Problem> {
        if self.compared.is_some_and(|at| (at..at.saturating_add(COMPARED)).contains(&now)) {
            return Ok(());
        }
        let ahead = now.saturating_sub(log.now()?);
        if ahead > self.skew {
            self.compared = None;
            return Err(clock_ahead(ahead, self.skew));
        }
        self.compared = Some(now);
        Ok(())
    }
}

fn system_millis() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}
