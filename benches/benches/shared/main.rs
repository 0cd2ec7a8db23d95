//! Desks that workers share through PostgreSQL, beside what a helpdesk writes by hand: commands a second, and the latency of
//! each, with the number of workers; then how fast a worker is ready that has a million turns behind it. All on one server with
//! its durability, in one run. Run with `bash .ci/databases cargo bench -p frontdesk-benches --bench shared`; with beginnings of
//! names, such as `ready`, for these alone, and with `--test` for an instant each.

mod constant;
mod desks;
mod hand_written;
mod measure;
mod ready;
mod serial;
mod turns;

use std::time::Duration;

use self::desks::Server;
use self::measure::{Figures, Worker, measure};

/// The numbers of workers that are measured.
const WORKERS: [usize; 4] = [1, 2, 4, 8];

/// The desks of the rows with many.
const MANY: usize = 1_000;

/// A way to work.
struct Way {
    name: &'static str,
    /// The desks that the commands are for.
    desks: usize,
    workers: &'static [usize],
    /// Makes the worker of a number.
    worker: fn(&Server, usize, usize) -> Box<dyn Worker>,
}

const WAYS: [Way; 8] = [
    Way { name: "serial one-row commits", desks: 1, workers: &[1], worker: serial::worker },
    Way { name: "by hand, SKIP LOCKED", desks: 1, workers: &WORKERS, worker: hand_written::worker },
    Way { name: "direct", desks: 1, workers: &WORKERS, worker: turns::direct },
    Way { name: "handed in, one at a time", desks: 1, workers: &WORKERS, worker: turns::handed_in },
    Way { name: "handed in, in bursts of 32", desks: 1, workers: &WORKERS, worker: turns::handed_in_bursts },
    Way { name: "by hand, SKIP LOCKED", desks: MANY, workers: &WORKERS, worker: hand_written::worker },
    Way { name: "direct", desks: MANY, workers: &WORKERS, worker: turns::direct },
    Way { name: "constant bodies", desks: MANY, workers: &WORKERS, worker: constant::worker },
];

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let is_test = arguments.iter().any(|it| it == "--test");
    let wanted: Vec<&String> = arguments.iter().filter(|it| !it.starts_with('-')).collect();
    let is_wanted = |name: &str| wanted.is_empty() || wanted.iter().any(|it| name.starts_with(it.as_str()));
    let Ok(address) = std::env::var("FRONTDESK_POSTGRES_URL") else {
        eprintln!("not measured: FRONTDESK_POSTGRES_URL is not set; run it by `bash .ci/databases`");
        return;
    };
    let length = if is_test { Duration::from_millis(50) } else { Duration::from_secs(5) };
    println!("| work | desks | workers | commands a second | median, ms | 99th percentile, ms |");
    println!("|---|---|---|---|---|---|");
    for way in WAYS.iter().filter(|way| is_wanted(way.name)) {
        let desks = if is_test { way.desks.min(10) } else { way.desks };
        for workers in way.workers {
            let server = Server::new(&address, desks);
            let figures = measure((0..*workers).map(|worker| (way.worker)(&server, worker, desks)).collect(), length);
            print_row(way.name, desks, *workers, &figures);
        }
    }
    if is_wanted("ready") {
        ready::print(&address, if is_test { 1_000 } else { 1_000_000 });
    }
}

fn print_row(name: &str, desks: usize, workers: usize, figures: &Figures) {
    let Figures { rate, median, worst } = figures;
    println!("| {name} | {desks} | {workers} | {rate:.0} | {median:.2} | {worst:.2} |");
}
