//! Answers as numbers: instants are milliseconds since 1970 (UTC), NaN if absent.

use frontdesk::Problem;
use frontdesk::time::Instant;

/// The number of a reason, since, until.
pub type Numbers = [f64; 3];

/// Reads an instant from JavaScript, in milliseconds since 1970; fractions are dropped, towards the past.
pub fn instant(millis: f64) -> Result<Instant, Problem> {
    // Numbers out of range become the nearest `i64`, and NaN becomes 0; all of them are out of range as instants.
    Instant::from_millis(millis.floor() as i64)
}

/// Reads an instant that may be the end of time.
pub fn end(millis: f64) -> Result<Instant, Problem> {
    if millis == Instant::MAX.millis() as f64 { Ok(Instant::MAX) } else { instant(millis) }
}

pub fn number(at: Option<Instant>) -> f64 {
    at.map_or(f64::NAN, |at| at.millis() as f64)
}

/// Returns spans that tile a range: the start and the value of each, and then the end.
pub fn tiles(pieces: impl Iterator<Item = (Instant, u32)>, end: f64) -> Vec<f64> {
    let mut numbers: Vec<f64> = pieces.flat_map(|(start, value)| [start.millis() as f64, f64::from(value)]).collect();
    numbers.push(end.floor());
    numbers
}
