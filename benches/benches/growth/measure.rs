//! Measuring: medians of times, and allocations and peak memory, which are counted in a run of their own because counting
//! takes time.

use std::hint::black_box;
use std::time::Instant as Clock;

use allocation_counter::measure;

/// The memory that a work takes.
#[derive(Debug, Clone, Copy)]
pub struct Cost {
    pub allocations: u64,
    /// The most bytes at a time beyond those before.
    pub peak: u64,
}

/// Counts what one run of a work takes.
pub fn cost<R>(work: impl FnOnce() -> R) -> Cost {
    let counted = measure(|| drop(black_box(work())));
    Cost { allocations: counted.count_total, peak: counted.bytes_max }
}

/// Returns a result with the nanoseconds that it took.
pub fn timed<R>(work: impl FnOnce() -> R) -> (R, f64) {
    let clock = Clock::now();
    let result = black_box(work());
    (result, clock.elapsed().as_nanos() as f64)
}

/// Returns the median time of a work in nanoseconds. What each run needs is made before it, and what it gives is dropped behind
/// it; neither is timed.
pub fn median<T, R>(runs: usize, mut make: impl FnMut() -> T, mut work: impl FnMut(T) -> R) -> f64 {
    middle((0..runs).map(|_| {
        let made = make();
        timed(|| work(made)).1
    }))
}

/// Returns the median time of a work that is too short for a clock, in nanoseconds, over batches of a thousand runs.
pub fn short<R>(mut work: impl FnMut(usize) -> R) -> f64 {
    const BATCH: usize = 1_000;
    middle((0..101).map(|_| {
        let clock = Clock::now();
        (0..BATCH).for_each(|run| drop(black_box(work(run))));
        clock.elapsed().as_nanos() as f64 / BATCH as f64
    }))
}

/// Returns the median of values.
pub fn middle(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_unstable_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or_default()
}
