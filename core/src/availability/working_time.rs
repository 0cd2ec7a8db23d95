//! Arithmetic in working time, over anything that is open at some times and closed at others.

use crate::time::{Duration, Instant};

/// Whether something is open around an instant, from when to when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Piece {
    pub open: bool,
    pub start: Instant,
    pub end: Instant,
}

/// The working time in `[from, to)`.
pub(crate) fn between(pieces: impl Fn(Instant) -> Piece, from: Instant, to: Instant) -> Duration {
    let (mut at, mut total) = (from, 0);
    while at < to {
        let piece = pieces(at);
        let end = piece.end.min(to);
        if piece.open {
            total += end.millis_since(at);
        }
        at = end;
    }
    Duration::from_millis(total).unwrap_or(Duration::MAX)
}

/// The instant at which that much working time has passed since `from`; none when there is not that much before 2200.
///
/// Working time that ends exactly at closing ends at that closing. No working time at all is the next opening.
pub(crate) fn after(pieces: impl Fn(Instant) -> Piece, from: Instant, time: Duration) -> Option<Instant> {
    let (mut at, mut left) = (from, time.millis());
    while at < Instant::MAX {
        let piece = pieces(at);
        if piece.open {
            let here = piece.end.millis_since(at);
            if left <= here {
                return Some(at.saturating_add(left)).filter(|at| *at < Instant::MAX);
            }
            left -= here;
        }
        at = piece.end;
    }
    None
}

/// The instant from which that much working time passes until `to`; none when there is not that much since 2000.
///
/// The mirror of [`after`]: time that begins exactly at opening begins at that opening, and no time at all is the last closing.
pub(crate) fn before(pieces: impl Fn(Instant) -> Piece, to: Instant, time: Duration) -> Option<Instant> {
    let (mut at, mut left) = (to, time.millis());
    while at > Instant::MIN {
        let piece = pieces(at.saturating_add(-1));
        if piece.open {
            let here = at.millis_since(piece.start);
            if left <= here {
                return Some(at.saturating_add(-left));
            }
            left -= here;
        }
        at = piece.start;
    }
    None
}
