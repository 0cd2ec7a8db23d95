//! A lock for one desk and many threads.
//!
//! A thread that waits for the desk has released Python's own lock, and a thread that holds both calls no Python code: so
//! neither lock waits for the other. A strategy in Python is called while its desk is locked, by a thread that has released
//! Python's lock and takes it again for the call; it must not use its own desk.

use std::cell::RefCell;
use std::sync::{RwLock, TryLockError};

use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;

use crate::patience::{left, patience};
use crate::problem::{About, Answer};
use crate::strategies::Interrupt;

/// A value behind a lock that detects calls from the thread that holds it.
#[derive(Debug)]
pub struct Guarded<T>(RwLock<T>);

// The values that this thread holds, outermost first, while Python code may be called.
thread_local!(static INSIDE: RefCell<Vec<usize>> = const { RefCell::new(Vec::new()) });

impl<T: Send + Sync> Guarded<T> {
    pub fn new(value: T) -> Guarded<T> {
        Guarded(RwLock::new(value))
    }

    /// Reads the value. For work that takes a few microseconds at most and calls no strategy.
    pub fn look<R: Send>(&self, py: Python<'_>, look: impl Fn(&T) -> R + Send + Sync) -> PyResult<R> {
        self.check_not_inside(py)?;
        match self.0.try_read() {
            Ok(value) => Ok(look(&value)),
            Err(TryLockError::WouldBlock) => self.look_long(py, look),
            Err(TryLockError::Poisoned(_)) => Err(broken()),
        }
    }

    /// Reads the value for longer, while other threads run Python; ends with Ctrl-C or at the deadline.
    pub fn look_long<R: Send>(&self, py: Python<'_>, look: impl FnOnce(&T) -> R + Send) -> PyResult<R> {
        self.check_not_inside(py)?;
        let deadline = patience(left(py)?);
        let looked = py.detach(|| {
            let value = self.0.read().map_err(|_| ())?;
            let _inside = Inside::enter(self.address());
            Ok(deadline.ask(|| look(&value)))
        });
        finished(looked)?.or_raise(py, About::Question)
    }

    /// Changes the value: at once if that takes a few microseconds at most, calls no strategy, and the lock is free.
    pub fn change<R: Send>(
        &self,
        py: Python<'_>,
        quick: impl Fn(&T) -> bool,
        change: impl Fn(&mut T) -> R + Send,
    ) -> PyResult<R> {
        match self.change_quick(py, quick, &change)? {
            Some(changed) => Ok(changed),
            None => self.change_long(py, change),
        }
    }

    /// Changes the value if that takes a few microseconds at most, calls no strategy, and the lock is free.
    pub fn change_quick<R>(
        &self,
        py: Python<'_>,
        quick: impl Fn(&T) -> bool,
        change: impl FnOnce(&mut T) -> R,
    ) -> PyResult<Option<R>> {
        self.check_not_inside(py)?;
        match self.0.try_write() {
            Ok(mut value) => Ok(quick(&value).then(|| change(&mut value))),
            Err(TryLockError::Poisoned(_)) => Err(broken()),
            Err(TryLockError::WouldBlock) => Ok(None),
        }
    }

    /// Changes the value for longer, while other threads run Python.
    pub fn change_long<R: Send>(&self, py: Python<'_>, change: impl FnOnce(&mut T) -> R + Send) -> PyResult<R> {
        self.check_not_inside(py)?;
        let changed = py.detach(|| {
            let mut value = self.0.write().map_err(|_| ())?;
            let _inside = Inside::enter(self.address());
            Ok(change(&mut value))
        });
        finished(changed)
    }

    fn address(&self) -> usize {
        std::ptr::from_ref(self) as usize
    }

    /// Fails if this thread holds the desk already: a strategy uses its own desk, and would wait for itself.
    fn check_not_inside(&self, py: Python<'_>) -> PyResult<()> {
        if !INSIDE.with_borrow(|inside| inside.contains(&self.address())) {
            return Ok(());
        }
        static REENTERED: crate::python::Imported = crate::python::Imported::new("frontdesk.problems", "Reentered");
        Err(REENTERED.get(py)?.call0().map_or_else(|error| error, PyErr::from_value))
    }
}

/// Marks a value as held by this thread, and removes the mark on drop, even after a panic.
struct Inside;

impl Inside {
    fn enter(address: usize) -> Inside {
        INSIDE.with_borrow_mut(|inside| inside.push(address));
        Inside
    }
}

impl Drop for Inside {
    fn drop(&mut self) {
        INSIDE.with_borrow_mut(|inside| {
            inside.pop();
        });
    }
}

/// Returns the result, unless the call was interrupted.
fn finished<R>(result: Result<R, ()>) -> PyResult<R> {
    let interrupt = Interrupt::take();
    let result = result.map_err(|()| broken())?;
    interrupt.map_or(Ok(result), Err)
}

fn broken() -> PyErr {
    PyRuntimeError::new_err(
        "this desk was left in the middle of a change by a failure: restore it from its last snapshot",
    )
}
