//! The moments at which a worker kills itself, as `deaths.py` has them.

use std::cell::RefCell;
use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::thread::sleep;
use std::time::Duration;

use frontdesk::Problem;
use frontdesk_store::{Dialect, Sql, Value};

/// A moment of the work on a turn, by its name in the notes.
pub type Moment = &'static str;

const MOMENTS: [Moment; 4] = ["proposed", "appended", "committed", "leased"];

/// The words of the statement with which an append begins.
const APPEND: &str = "UPDATE frontdesk_desks SET last_turn";

/// The next death of a worker: at the moment at which it died least often.
pub struct Deaths {
    notes: PathBuf,
    next: Moment,
    left: u64,
}

impl Deaths {
    pub fn new(folder: &Path, worker: usize, commands: usize, random: u64) -> Deaths {
        let notes = folder.join(format!("deaths-{worker}"));
        let noted = fs::read_to_string(&notes).unwrap_or_default();
        let died = |moment| noted.split_whitespace().filter(|died| *died == moment).count();
        let order = |index: usize| (died(MOMENTS[index]), (index + worker) % MOMENTS.len());
        // A lease that is lost holds up what was handed in until it ends: each worker loses one.
        let may_be_next = |index: &usize| MOMENTS[*index] != "leased" || died("leased") == 0;
        let next = (0..MOMENTS.len()).filter(may_be_next).min_by_key(|index| order(*index)).unwrap_or_default();
        let next = MOMENTS[next];
        let left = if next == "leased" { 1 } else { 1 + random % (commands as u64 / 8).max(1) };
        Deaths { notes, next, left }
    }

    /// Kills this process if its time has come.
    pub fn may_die(&mut self, moment: Moment) {
        if moment != self.next {
            return;
        }
        self.left -= 1;
        if self.left == 0 {
            let mut file = OpenOptions::new().create(true).append(true).open(&self.notes).expect("a file");
            writeln!(file, "{moment}").expect("a note");
            kill_oneself();
        }
    }
}

/// Ends this process as a crash does: nothing is dropped, and nothing is said to the server.
fn kill_oneself() {
    let id = std::process::id().to_string();
    std::process::Command::new("kill").args(["-9", &id]).status().expect("a shell's kill");
    sleep(Duration::from_secs(60));
}

/// A connection on which the worker may die right before it appends a turn.
pub struct Deadly<'a> {
    pub sql: Box<dyn Sql + 'a>,
    pub deaths: Rc<RefCell<Deaths>>,
    /// The moment that is then: another one where the worker has the lease.
    pub moment: Moment,
}

impl Deadly<'_> {
    fn look(&self, statement: &str) {
        if statement.contains(APPEND) {
            self.deaths.borrow_mut().may_die(self.moment);
        }
    }
}

impl Sql for Deadly<'_> {
    fn dialect(&self) -> Dialect {
        self.sql.dialect()
    }

    fn execute(&mut self, statement: &str, values: &[Value]) -> Result<u64, Problem> {
        self.look(statement);
        self.sql.execute(statement, values)
    }

    fn query(&mut self, statement: &str, values: &[Value]) -> Result<Vec<Vec<Value>>, Problem> {
        self.look(statement);
        self.sql.query(statement, values)
    }

    fn begin(&mut self) -> Result<bool, Problem> {
        self.sql.begin()
    }

    fn commit(&mut self) -> Result<(), Problem> {
        self.sql.commit()
    }

    fn roll_back(&mut self) -> Result<(), Problem> {
        self.sql.roll_back()
    }
}
