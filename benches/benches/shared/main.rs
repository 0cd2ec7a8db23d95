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

use self::desks::{Disk, Server};
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

/// How long a row is measured in a test, with few desks.
const IN_TEST: Duration = Duration::from_millis(50);

impl Way {
    /// Measures it with each number of workers, and prints the rows.
    fn print(&self, address: &str, disk: Disk, length: Duration) {
        let desks = if length == IN_TEST { self.desks.min(10) } else { self.desks };
        for workers in self.workers {
            let server = Server::new(address, desks, disk);
            let figures = measure((0..*workers).map(|worker| (self.worker)(&server, worker, desks)).collect(), length);
            let Figures { rate, median, worst } = figures;
            println!("| {} | {desks} | {workers} | {rate:.0} | {median:.2} | {worst:.2} |", self.name);
        }
    }
}

fn print_head(disk: Disk) {
    match disk {
        Disk::OfServer => println!("With the disk of the server:\n"),
        Disk::Slower(millis) => println!("\nWith a disk that takes {millis} ms more for a commit:\n"),
    }
    println!("| work | desks | workers | commands a second | median, ms | 99th percentile, ms |");
    println!("|---|---|---|---|---|---|");
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let is_test = arguments.iter().any(|it| it == "--test");
    let wanted: Vec<&String> = arguments.iter().filter(|it| !it.starts_with('-')).collect();
    let is_wanted = |name: &str| wanted.is_empty() || wanted.iter().any(|it| name.starts_with(it.as_str()));
    let Ok(address) = std::env::var("FRONTDESK_POSTGRES_URL") else {
        eprintln!("not measured: FRONTDESK_POSTGRES_URL is not set; run it by `bash .ci/databases`");
        return;
    };
    let length = if is_test { IN_TEST } else { Duration::from_secs(5) };
    for disk in [Disk::OfServer, Disk::Slower(2)] {
        print_head(disk);
        for way in WAYS.iter().filter(|way| is_wanted(way.name)) {
            way.print(&address, disk, length);
        }
    }
    if is_wanted("ready") {
        ready::print(&address, if is_test { 1_000 } else { 1_000_000 });
    }
}
