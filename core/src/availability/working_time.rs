//! Arithmetic in working time, over anything that is open at some times and closed at others.

use crate::deadline::{self, NowAndThen};
use crate::problem::Problem;
use crate::time::{Duration, Instant, Span};

/// A span, and whether it is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Piece {
    pub open: bool,
    pub start: Instant,
    pub end: Instant,
}

/// The working time in `[from, to)`.
///
/// # Errors
/// `time_is_up`.
pub(crate) fn between(pieces: impl Fn(Instant) -> Piece, from: Instant, to: Instant) -> Result<Duration, Problem> {
    let (mut at, mut total) = (from, 0);
    let mut steps = Steps::default();
    while at < to {
        steps.check(|| Ok(()))?;
        let piece = pieces(at);
        let end = piece.end.min(to);
        if piece.open {
            total += end.millis_since(at);
        }
        at = end;
    }
    Ok(Duration::from_millis(total).unwrap_or(Duration::MAX))
}

/// The instant at which that much working time has passed since `from`; none when there is not that much before 2200.
///
/// Working time that ends exactly at closing ends at that closing. No working time at all is the next opening.
pub(crate) fn after(
    pieces: impl Fn(Instant) -> Piece,
    check: impl Fn(Span) -> Result<(), Problem>,
    from: Instant,
    time: Duration,
) -> Result<Option<Instant>, Problem> {
    let (mut at, mut left) = (from, time.millis());
    let mut steps = Steps::default();
    while at < Instant::MAX {
        let piece = pieces(at);
        steps.check(|| check(Span::new(from, at)))?;
        if piece.open {
            let here = piece.end.millis_since(at);
            if left <= here {
                return Ok(Some(at.saturating_add(left)).filter(|at| *at < Instant::MAX));
            }
            left -= here;
        }
        at = piece.end;
    }
    Ok(None)
}

/// The number of steps of a walk that may be very long; the deadline is checked from time to time.
#[derive(Debug, Default)]
pub(super) struct Steps {
    count: u32,
    watch: NowAndThen,
}

impl Steps {
    pub fn check(&mut self, check: impl Fn() -> Result<(), Problem>) -> Result<(), Problem> {
        const OFTEN: u32 = 10_000;
        if self.watch.is_up() {
            return Err(deadline::time_is_up());
        }
        self.count += 1;
        if self.count.is_multiple_of(OFTEN) { check() } else { Ok(()) }
    }
}

/// The instant from which that much working time passes until `to`; none when there is not that much since 2000.
///
/// The mirror of [`after`]: time that begins exactly at opening begins at that opening, and no time at all is the last closing.
pub(crate) fn before(
    pieces: impl Fn(Instant) -> Piece,
    check: impl Fn(Span) -> Result<(), Problem>,
    to: Instant,
    time: Duration,
) -> Result<Option<Instant>, Problem> {
    let (mut at, mut left) = (to, time.millis());
    let mut steps = Steps::default();
    while at > Instant::MIN {
        let piece = pieces(at.saturating_add(-1));
        steps.check(|| check(Span::new(at, to)))?;
        if piece.open {
            let here = at.millis_since(piece.start);
            if left <= here {
                return Ok(Some(at.saturating_add(-left)));
            }
            left -= here;
        }
        at = piece.start;
    }
    Ok(None)
}
