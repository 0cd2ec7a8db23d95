//! Copies, one for every thread at work.
//!
//! What is compiled counts who holds its parts. Two threads that run the same copy spend more time on those counts than on the
//! script; each with its own, they do twice as much as one.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// More are not kept than this: after a rush they would only take room.
const MOST: usize = 32;

/// The copies that nobody uses at the moment. There come to be as many as were ever in use at once, up to a limit.
#[derive(Debug)]
pub(super) struct Spares<T>(Mutex<Vec<T>>);

impl<T> Spares<T> {
    /// None yet.
    pub const fn none() -> Self {
        Spares(Mutex::new(Vec::new()))
    }

    /// Takes a copy, if one is idle.
    pub fn take(&self) -> Option<T> {
        self.idle().pop()
    }

    /// Gives a copy back, or a new one to those who come.
    pub fn put(&self, copy: T) {
        let mut idle = self.idle();
        if idle.len() < MOST {
            idle.push(copy);
        }
    }

    /// A thread that panicked left the list whole.
    fn idle(&self) -> MutexGuard<'_, Vec<T>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
