//! Deadlines that an embedder sets for work that may take long.

use std::cell::RefCell;
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::problem::{Code, Problem};

thread_local! {
    /// The deadline of the work on this thread.
    static WATCHED: RefCell<Option<Deadline>> = const { RefCell::new(None) };
}

/// A function of the embedder that returns `true` when time is up. Everything that may take long calls it from time to time;
/// once it has returned `true`, the deadline stays up.
///
/// There is no deadline by default, so that answers do not differ between machines. Commands take one in
/// [`Options::deadline`](crate::Options::deadline); for all other work, use [`ask`](Self::ask).
///
/// ```
/// use std::time::{Duration, Instant};
/// use frontdesk::{Code, Deadline};
///
/// let start = Instant::now();
/// let deadline = Deadline::new(move || start.elapsed() > Duration::from_secs(5));
/// # let _ = deadline;
/// let problem = Deadline::new(|| true).ask(|| 7).unwrap_err();
/// assert_eq!(problem.code, Code::TimeIsUp);
/// ```
#[derive(Clone)]
pub struct Deadline(Arc<Word>);

struct Word {
    is_up: Box<dyn Fn() -> bool + Send + Sync>,
    was_up: AtomicBool,
}

impl Deadline {
    /// Creates a deadline that is up when a function returns `true`. The function is called often, so it should read no more
    /// than a clock or a flag.
    pub fn new(is_up: impl Fn() -> bool + Send + Sync + 'static) -> Deadline {
        Deadline(Arc::new(Word { is_up: Box::new(is_up), was_up: AtomicBool::new(false) }))
    }

    /// Returns `true` if time is up.
    pub fn is_up(&self) -> bool {
        let Word { is_up, was_up } = &*self.0;
        if was_up.load(Ordering::Relaxed) {
            return true;
        }
        let up = is_up();
        was_up.fetch_or(up, Ordering::Relaxed);
        up
    }

    /// Returns a deadline that is up when either is.
    fn or(&self, other: Deadline) -> Deadline {
        let this = self.clone();
        Deadline::new(move || this.is_up() || other.is_up())
    }

    /// Runs questions, or the reading of a document, a snapshot or a calendar, on this thread until they return or time is
    /// up.
    ///
    /// A command is not stopped by this, because it must not end halfway: see
    /// [`Desk::handle_with`](crate::Desk::handle_with).
    ///
    /// # Errors
    /// `time_is_up`.
    ///
    /// ```
    /// use frontdesk::{Code, Deadline, Desk, Scope, time::{Instant, Span}};
    ///
    /// let desk = Desk::from_json(r#"{"version": 1, "time_zone": "UTC", "agents": [{"id": "anna"}]}"#).unwrap();
    /// let years = Span::new(Instant::parse("2026-01-01T00:00:00Z")?, Instant::parse("2199-01-01T00:00:00Z")?);
    /// let in_time = Deadline::new(|| false).ask(|| desk.coverage(&Scope::Everyone, years))?;
    /// assert_eq!(in_time?.len(), 1);
    /// # Ok::<(), frontdesk::Problem>(())
    /// ```
    pub fn ask<T>(&self, ask: impl FnOnce() -> T) -> Result<T, Problem> {
        if self.is_up() {
            return Err(time_is_up());
        }
        let within = match watched() {
            Some(outer) => self.or(outer),
            None => self.clone(),
        };
        let _watch = Watch(WATCHED.replace(Some(within.clone())));
        let answer = ask();
        if within.is_up() { Err(time_is_up()) } else { Ok(answer) }
    }
}

impl fmt::Debug for Deadline {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Deadline")
    }
}

/// Restores the outer deadline when dropped, even after a panic.
struct Watch(Option<Deadline>);

impl Drop for Watch {
    fn drop(&mut self) {
        WATCHED.set(self.0.take());
    }
}

/// Returns the deadline of the work on this thread.
pub(crate) fn watched() -> Option<Deadline> {
    WATCHED.with_borrow(Clone::clone)
}

/// Returns `true` if the time for the work on this thread is up. Loops over large data stop then; their result is dropped.
pub(crate) fn is_up() -> bool {
    // The function may start other work on this thread, so it is called without the borrow.
    watched().is_some_and(|deadline| deadline.is_up())
}

/// Fails if time is up.
///
/// # Errors
/// `time_is_up`.
pub(crate) fn check() -> Result<(), Problem> {
    if is_up() { Err(time_is_up()) } else { Ok(()) }
}

pub(crate) fn time_is_up() -> Problem {
    Problem::new(Code::TimeIsUp, "the time that was given was up, so nothing has happened")
        .with_hint("give it more time, or ask for less at once")
}

/// A check for many small steps, only some of which look at the deadline.
#[derive(Debug, Default)]
pub(crate) struct NowAndThen(u32);

impl NowAndThen {
    /// Returns `true` if time is up; looks at the deadline once in many steps.
    pub fn is_up(&mut self) -> bool {
        const OFTEN: u32 = 256;
        self.0 = self.0.wrapping_add(1);
        self.0.is_multiple_of(OFTEN) && is_up()
    }
}
