//! One desk, many threads.
//!
//! Nothing of Python is touched while the desk is locked, so that who waits for the lock never waits for Python's own;
//! and who waits lets go of Python's. A callable that is asked while a command is carried out may not come back to its desk.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{RwLock, TryLockError};

use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;

/// A value behind a lock that knows who changes it.
#[derive(Debug)]
pub struct Guarded<T> {
    value: RwLock<T>,
    /// The thread that is changing it, 0 for none.
    writer: AtomicU64,
}

/// A number for this thread, from 1.
fn this_thread() -> u64 {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    thread_local!(static NUMBER: u64 = NEXT.fetch_add(1, Ordering::Relaxed));
    NUMBER.with(|number| *number)
}

impl<T: Send + Sync> Guarded<T> {
    pub fn new(value: T) -> Guarded<T> {
        Guarded { value: RwLock::new(value), writer: AtomicU64::new(0) }
    }

    /// Looks at it. For what takes a few microseconds at most.
    pub fn look<R: Send>(&self, py: Python<'_>, look: impl Fn(&T) -> R + Send + Sync) -> PyResult<R> {
        match self.value.try_read() {
            Ok(value) => Ok(look(&value)),
            Err(TryLockError::WouldBlock) => self.look_long(py, look),
            Err(TryLockError::Poisoned(_)) => Err(broken()),
        }
    }

    /// Looks at it for longer, while other threads run Python.
    pub fn look_long<R: Send>(&self, py: Python<'_>, look: impl FnOnce(&T) -> R + Send) -> PyResult<R> {
        self.check_not_inside()?;
        py.detach(|| self.value.read().map(|value| look(&value)).map_err(|_| ())).map_err(|()| broken())
    }

    /// Changes it. For what takes a few microseconds at most, where nobody else is at it.
    pub fn change<R: Send>(
        &self,
        py: Python<'_>,
        quick: impl Fn(&T) -> bool,
        change: impl FnOnce(&mut T) -> R + Send,
    ) -> PyResult<R> {
        {
            let value = self.value.try_write();
            match value {
                Ok(mut value) => {
                    if quick(&value) {
                        return Ok(change(&mut value));
                    }
                }
                Err(TryLockError::Poisoned(_)) => return Err(broken()),
                Err(TryLockError::WouldBlock) => {}
            }
        }
        // Here it is not locked any more.
        self.change_long(py, change)
    }

    /// Changes it for longer, while other threads run Python.
    pub fn change_long<R: Send>(&self, py: Python<'_>, change: impl FnOnce(&mut T) -> R + Send) -> PyResult<R> {
        self.check_not_inside()?;
        let changed = py.detach(|| {
            let mut value = self.value.write().map_err(|_| ())?;
            self.writer.store(this_thread(), Ordering::Relaxed);
            let _inside = Inside(&self.writer);
            Ok(change(&mut value))
        });
        changed.map_err(|()| broken())
    }

    /// Whether this very thread is changing it further out: a callable has come back.
    fn check_not_inside(&self) -> PyResult<()> {
        if self.writer.load(Ordering::Relaxed) != this_thread() {
            return Ok(());
        }
        static REENTERED: crate::python::Imported = crate::python::Imported::new("frontdesk.problems", "Reentered");
        Python::attach(|py| Err(REENTERED.get(py)?.call0().map_or_else(|error| error, PyErr::from_value)))
    }
}

/// Says that nobody is changing it any more, even after a panic.
struct Inside<'a>(&'a AtomicU64);

impl Drop for Inside<'_> {
    fn drop(&mut self) {
        self.0.store(0, Ordering::Relaxed);
    }
}

fn broken() -> PyErr {
    PyRuntimeError::new_err(
        "this desk was left in the middle of a change by a failure: restore it from its last snapshot",
    )
}
