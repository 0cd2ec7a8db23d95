//! A worker in Rust of the torture, as `worker.py` is one in Python: sends its commands, each until it is acknowledged, and notes
//! those that were.
//!
//! `worker ADDRESS DESK NUMBER COMMANDS FOLDER`

mod deaths;

use std::cell::RefCell;
use std::collections::HashSet;
use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::PathBuf;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::thread::sleep;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use frontdesk::{Code, Problems};
use frontdesk_store::{Log, Request, SharedDesk, Sql, SqlLog, mysql, postgres, sqlite};
use serde_json::{Value, json};

use self::deaths::{Deadly, Deaths, Moment};

/// The conversations that a worker has open at a time.
const OPEN: usize = 21;

/// The commands of a burst, which are all direct or all handed in.
const BURST: usize = 10;

/// The longest time for one piece of work.
const PATIENCE: Duration = Duration::from_secs(120);

/// A worker puts a snapshot after so many of its commands.
const SNAPSHOT: usize = 100;

type DeadlyLog<'a> = SqlLog<Deadly<'a>>;

/// A piece of work on the desk, which may be done again.
type Work<'a> = dyn FnMut(&mut SharedDesk, &mut DeadlyLog<'_>) -> Result<(), Problems> + 'a;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [address, desk, worker, commands, folder] = arguments.as_slice() else {
        panic!("worker ADDRESS DESK NUMBER COMMANDS FOLDER");
    };
    let (worker, commands) = (worker.parse().expect("a number"), commands.parse().expect("a number"));
    let mut torture = Torture::new(address, desk, worker, commands, PathBuf::from(folder));
    torture.send_all(commands);
    torture.finish();
}

/// A connection to any of the engines.
enum Connection {
    Sqlite(rusqlite::Connection),
    Postgres(Box<::postgres::Client>),
    Mysql(Box<::mysql::Conn>),
}

impl Connection {
    fn open(address: &str) -> Result<Connection, String> {
        if let Some(path) = address.strip_prefix("sqlite:") {
            let connection = rusqlite::Connection::open(path).map_err(|error| error.to_string())?;
            connection.busy_timeout(Duration::from_secs(60)).map_err(|error| error.to_string())?;
            return Ok(Connection::Sqlite(connection));
        }
        if address.starts_with("postgresql:") {
            let client = ::postgres::Client::connect(address, ::postgres::NoTls);
            return client.map(|client| Connection::Postgres(Box::new(client))).map_err(|error| error.to_string());
        }
        let connection = ::mysql::Conn::new(address).map_err(|error| error.to_string())?;
        Ok(Connection::Mysql(Box::new(connection)))
    }

    fn sql(&mut self) -> Box<dyn Sql + '_> {
        match self {
            Connection::Sqlite(connection) => Box::new(sqlite::Sqlite::new(connection)),
            Connection::Postgres(client) => Box::new(postgres::Postgres::new(client)),
            Connection::Mysql(connection) => Box::new(mysql::Mysql::new(connection)),
        }
    }
}

/// The work of a worker.
struct Torture {
    address: String,
    name: String,
    worker: usize,
    folder: PathBuf,
    connection: Option<Connection>,
    desk: Option<SharedDesk>,
    /// The milliseconds that the clock is off.
    off: Arc<AtomicI64>,
    deaths: Rc<RefCell<Deaths>>,
    random: u64,
}

impl Torture {
    fn new(address: &str, name: &str, worker: usize, commands: usize, folder: PathBuf) -> Torture {
        let off = std::env::var("FRONTDESK_CLOCK_OFF").ok().and_then(|off| off.parse::<i64>().ok()).unwrap_or_default();
        let mut random = u64::from(std::process::id()) << 20 | now() as u64;
        let deaths = Rc::new(RefCell::new(Deaths::new(&folder, worker, commands, next(&mut random))));
        let (address, name) = (address.to_owned(), name.to_owned());
        Torture {
            address,
            name,
            worker,
            folder,
            connection: None,
            desk: None,
            off: Arc::new(AtomicI64::new(off * 1000)),
            deaths,
            random,
        }
    }

    fn send_all(&mut self, commands: usize) {
        let noted = fs::read_to_string(self.folder.join(format!("acknowledged-{}", self.worker))).unwrap_or_default();
        let noted: HashSet<&str> = noted.split_whitespace().collect();
        let left: Vec<usize> = (0..commands).filter(|number| !noted.contains(self.id(*number).as_str())).collect();
        for numbers in left.chunks(BURST) {
            self.burst(numbers);
        }
    }

    fn burst(&mut self, numbers: &[usize]) {
        let is_handed_in = |number: usize| number / BURST % 2 == 1;
        for number in numbers.iter().copied().filter(|number| is_handed_in(*number)) {
            let request = self.request(number);
            self.patiently("proposed", &mut |desk, log| desk.hand_in(log, &request));
        }
        for number in numbers.iter().copied() {
            if is_handed_in(number) {
                self.wait_for(number);
            } else {
                self.handle(number);
            }
            self.note(number);
            if number.is_multiple_of(BURST) && number % 7 != 3 {
                self.repeat(number);
            }
            if number % SNAPSHOT == SNAPSHOT - 1 {
                self.patiently("proposed", &mut |desk, log| desk.put_snapshot(log).map(|_| ()));
            }
        }
    }

    /// Decides a command in a transaction, and may die before and after its commit.
    fn handle(&mut self, number: usize) {
        let request = self.request(number);
        let deaths = Rc::clone(&self.deaths);
        self.patiently("proposed", &mut |desk, log| {
            log.transaction(|log| {
                desk.handle(log, &request)?;
                deaths.borrow_mut().may_die("appended");
                Ok::<_, Problems>(())
            })?;
            deaths.borrow_mut().may_die("committed");
            Ok(())
        });
    }

    /// Sends a command again, as one does whose answer was lost: it is not decided a second time.
    fn repeat(&mut self, number: usize) {
        let request = self.request(number);
        self.patiently("proposed", &mut |desk, log| {
            let answer = log.transaction(|log| desk.handle(log, &request))?;
            assert!(answer.is_repeated(), "{} was decided again: {answer:?}", request.id().unwrap_or_default());
            Ok(())
        });
    }

    /// Waits for the answer, and serves the desk meanwhile; it may die with the lease.
    fn wait_for(&mut self, number: usize) {
        let id = self.id(number);
        self.patiently("leased", &mut |desk, log| match desk.wait_for(log, &id, Duration::from_secs(5))? {
            Some(_) => Ok(()),
            None => Err(frontdesk_store::retry_transaction().into()),
        });
    }

    /// Works until it succeeds: a server that is gone comes back, and a disk that is full has room again.
    fn patiently(&mut self, moment: Moment, work: &mut Work<'_>) {
        let start = Instant::now();
        while let Err(problems) = self.once(moment, work) {
            self.bear(&problems, start);
            sleep(Duration::from_millis(self.draw(20)));
        }
    }

    fn once(&mut self, moment: Moment, work: &mut Work<'_>) -> Result<(), Problems> {
        let connection = match &mut self.connection {
            Some(connection) => connection,
            none => none.insert(Connection::open(&self.address).map_err(frontdesk_store::database_failed)?),
        };
        let mut log = SqlLog::new(Deadly { sql: connection.sql(), deaths: Rc::clone(&self.deaths), moment });
        let desk = match &mut self.desk {
            Some(desk) => desk,
            none => {
                let off = Arc::clone(&self.off);
                let desk = SharedDesk::load(&mut log, &self.name)?;
                none.insert(desk.with_clock(move || now() + off.load(Ordering::Relaxed)))
            }
        };
        work(desk, &mut log)
    }

    /// Puts up with a failure that ends, and panics at others.
    fn bear(&mut self, problems: &Problems, start: Instant) {
        match problems[0].code {
            Code::RetryTransaction if start.elapsed() < PATIENCE => {}
            Code::ClockAhead if self.off.load(Ordering::Relaxed) > 0 => {
                fs::write(self.folder.join(format!("clock-{}", self.worker)), problems.to_string()).expect("a note");
                self.off.store(0, Ordering::Relaxed);
            }
            Code::DatabaseFailed if start.elapsed() < PATIENCE => {
                println!("{problems}");
                self.connection = None;
            }
            _ => panic!("{problems}"),
        }
    }

    /// Notes the desk as it is at the end of this worker, for a comparison with the log at that turn.
    fn finish(&mut self) {
        let path = self.folder.join(format!("state-{}", self.worker));
        self.patiently("proposed", &mut |desk, log| {
            desk.follow(log)?;
            let text = format!("{}\n{}\n{}", desk.turn(), desk.digest(), desk.known().snapshot());
            fs::write(&path, text).expect("a note");
            Ok(())
        });
    }

    fn note(&self, number: usize) {
        let path = self.folder.join(format!("acknowledged-{}", self.worker));
        let mut file = OpenOptions::new().create(true).append(true).open(path).expect("a file");
        writeln!(file, "{}", self.id(number)).expect("a note");
    }

    fn id(&self, number: usize) -> String {
        format!("{}-{number}", self.worker)
    }

    /// The command of a number, as `commands.py` has it.
    fn request(&self, number: usize) -> Request {
        let (worker, id) = (self.worker, self.id(number));
        let command = if number % 7 == 3 {
            let status = if number % 2 == 1 { "available" } else { "away" };
            json!({"type": "set_status", "agent": format!("agent-{}", (worker * 31 + number) % 50), "status": status})
        } else if number % 2 == 1 && number > OPEN {
            json!({"type": "close", "conversation": format!("c{worker}-{}", number - OPEN)})
        } else {
            let conversation =
                if number % 2 == 1 { format!("d{worker}-{number}") } else { format!("c{worker}-{number}") };
            json!({"type": "open", "conversation": conversation, "inbox": "main", "channel": "chat"})
        };
        let mut command = command;
        command["id"] = Value::String(id);
        Request::from_value(command).expect("a command")
    }

    fn draw(&mut self, below: u64) -> u64 {
        next(&mut self.random) % below
    }
}

/// Returns the next number of a generator that nobody has to trust.
fn next(random: &mut u64) -> u64 {
    *random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    *random >> 33
}

/// The time of this machine, in milliseconds of UTC.
fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}
