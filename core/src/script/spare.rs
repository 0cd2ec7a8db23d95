//! Copies of a value, one for every thread that uses it.
//!
//! Compiled code counts references to its parts. Two threads that run the same copy spend more time on those counts than on
//! the script; with a copy each, they are twice as fast.

use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The largest number of idle copies that are kept.
const MOST: usize = 32;

/// The copies that are not in use. Their number grows with the copies used at once, up to a limit.
pub(super) struct Spares<T>(Mutex<Vec<T>>);

/// Tells nothing of the copies, which are as large as what they were compiled from.
impl<T> fmt::Debug for Spares<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Spares").finish_non_exhaustive()
    }
}

impl<T> Spares<T> {
    /// Creates an empty pool.
    pub const fn none() -> Self {
        Spares(Mutex::new(Vec::new()))
    }

    /// Takes an idle copy, if there is one.
    pub fn take(&self) -> Option<T> {
        self.idle().pop()
    }

    /// Returns a copy to the pool, or adds a new one.
    pub fn put(&self, copy: T) {
        let mut idle = self.idle();
        if idle.len() < MOST {
            idle.push(copy);
        }
    }

    /// Locks the list; it is intact even if a thread panicked.
    fn idle(&self) -> MutexGuard<'_, Vec<T>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
