//! Ending a call that takes long: by Ctrl-C, or by the time limit of `frontdesk.deadline`.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use frontdesk::Deadline;
use pyo3::prelude::*;

use crate::problem::{About, Answer};
use crate::python::Imported;
use crate::strategies::Interrupt;

/// The time between two checks for an interrupt.
const RHYTHM: Duration = Duration::from_millis(25);

/// Returns the time left by `frontdesk.deadline`, if a limit is set.
pub fn left(py: Python<'_>) -> PyResult<Option<Duration>> {
    static LEFT: Imported = Imported::new("frontdesk._deadline", "left");
    let seconds: Option<f64> = LEFT.get(py)?.call0()?.extract()?;
    Ok(seconds.map(|seconds| Duration::try_from_secs_f64(seconds.max(0.0)).unwrap_or(Duration::MAX)))
}

/// Returns a deadline that is up when the time left has passed, or after an interruption, which is kept as an `Interrupt`.
pub fn patience(left: Option<Duration>) -> Deadline {
    let start = Instant::now();
    let looked = AtomicU64::new(0);
    Deadline::new(move || {
        let passed = start.elapsed();
        if left.is_some_and(|left| passed >= left) {
            return true;
        }
        let beats = u64::try_from(passed.as_millis() / RHYTHM.as_millis()).unwrap_or(u64::MAX);
        looked.swap(beats, Ordering::Relaxed) < beats && is_interrupted()
    })
}

/// Returns `true` if a signal asks to stop, as Ctrl-C does in the main thread.
fn is_interrupted() -> bool {
    match Python::try_attach(|py| py.check_signals()) {
        Some(Err(error)) => {
            Interrupt::keep(error);
            true
        }
        Some(Ok(())) | None => false,
    }
}

/// Runs long work while other threads run Python.
pub fn long<T: Send>(py: Python<'_>, about: About, work: impl FnOnce() -> T + Send) -> PyResult<T> {
    let deadline = patience(left(py)?);
    let done = py.detach(|| deadline.ask(work));
    Interrupt::take().map_or(Ok(()), Err)?;
    done.or_raise(py, about)
}
