//! Measuring workers that work at the same time.

use std::sync::Barrier;
use std::thread;
use std::time::{Duration, Instant};

/// A worker with a connection of its own.
pub trait Worker: Send {
    /// Carries commands out, and notes how long the caller waited for the answer to each.
    fn work(&mut self, latencies: &mut Vec<Duration>);
}

/// The figures of a row.
pub struct Figures {
    /// Commands a second, of all workers together.
    pub rate: f64,
    /// The median of the latency in milliseconds.
    pub median: f64,
    /// The 99th percentile of the latency in milliseconds.
    pub worst: f64,
}

/// Lets workers work for a time, after a tenth of it that does not count.
pub fn measure(workers: Vec<Box<dyn Worker>>, length: Duration) -> Figures {
    let barrier = &Barrier::new(workers.len());
    let done: Vec<(Vec<Duration>, f64)> = thread::scope(|scope| {
        let running: Vec<_> =
            workers.into_iter().map(|worker| scope.spawn(move || work(worker, barrier, length))).collect();
        running.into_iter().map(|worker| worker.join().expect("a worker works")).collect()
    });
    let rate = done.iter().map(|(_, rate)| rate).sum();
    let mut latencies: Vec<Duration> = done.into_iter().flat_map(|(latencies, _)| latencies).collect();
    latencies.sort_unstable();
    let at = |part: usize| latencies.get(latencies.len() * part / 100).map_or(0.0, |it| it.as_secs_f64() * 1_000.0);
    Figures { rate, median: at(50), worst: at(99) }
}

/// Returns how long each command took, and how many there were in a second.
fn work(mut worker: Box<dyn Worker>, barrier: &Barrier, length: Duration) -> (Vec<Duration>, f64) {
    barrier.wait();
    let warm = Instant::now();
    while warm.elapsed() < length / 10 {
        worker.work(&mut Vec::new());
    }
    let (mut latencies, start) = (Vec::new(), Instant::now());
    while start.elapsed() < length {
        worker.work(&mut latencies);
    }
    let rate = latencies.len() as f64 / start.elapsed().as_secs_f64();
    (latencies, rate)
}
