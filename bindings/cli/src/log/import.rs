//! `frontdesk log import`: a desk from an exported log.

use std::io::BufRead;

use frontdesk::time::Zones;
use frontdesk::{Code, Problem, Problems, Reader};
use frontdesk_store::{Appended, Digest, Entry, Log, Removed, SharedDesk, StoredSnapshot, StoredTurn};

use super::args::Import;
use super::transfer::{Header, Line, VERSION};
use super::verify::of_digest;
use crate::database::{self, Access, AnyLog, Database};
use crate::deadline;
use crate::failure::{Failure, located};
use crate::input::Source;
use crate::show::{clean, print};

/// The most turns of one append, and the most bytes of their texts: a server takes no statement that is much larger.
const AT_ONCE: usize = 500;
const BYTES: usize = 1 << 20;

/// Creates a desk of the turns of a file: all of them, or none.
pub fn import(options: &Import, zones: &Zones) -> Result<(), Failure> {
    let mut lines = Lines { source: &options.lines, lines: options.lines.open()?, number: 0, text: String::new() };
    let header = lines.header()?;
    let name = options.log.url.desk().unwrap_or(&header.desk).to_owned();
    let reader = database::reader(None, zones)?;
    let mut database = Database::open(&options.log.url, Access::Make)?;
    database.make_tables()?;
    let imported = database.log().transaction(|log| {
        let mut taking = Taking::new(&name, &header, reader);
        while lines.next()? {
            taking.take(log, &lines).map_err(|stop| stop.at(&lines))?;
        }
        taking.end(log).map_err(|stop| stop.at(&lines))
    });
    let (count, turn, digest) = match imported {
        Ok(imported) => imported,
        Err(Stop::Failed(failure)) => return Err(failure),
        Err(Stop::Line(problem)) | Err(Stop::Log(problem)) => return database.told(Err(problem)),
    };
    let turns = if count == 1 { "1 turn".to_owned() } else { format!("{count} turns") };
    let name = clean(&name);
    Ok(print(&format!("Created the desk {name} of {turns}, up to turn {turn}.\n{}\n", of_digest(turn, digest)))?)
}

/// Why an import stops.
enum Stop {
    /// For a failure that is told already.
    Failed(Failure),
    /// For a problem of the line that was read.
    Line(Problems),
    /// For a problem of the database.
    Log(Problems),
}

impl From<Problem> for Stop {
    fn from(problem: Problem) -> Stop {
        Stop::Log(problem.into())
    }
}

impl From<Problems> for Stop {
    fn from(problems: Problems) -> Stop {
        Stop::Log(problems)
    }
}

impl From<Failure> for Stop {
    fn from(failure: Failure) -> Stop {
        Stop::Failed(failure)
    }
}

impl Stop {
    /// Tells the line that a problem is about.
    fn at(self, lines: &Lines<'_>) -> Stop {
        match self {
            Stop::Line(problems) => Stop::Failed(lines.wrong(&problems)),
            Stop::Failed(_) | Stop::Log(_) => self,
        }
    }
}

/// The problem of a line.
fn wrong(why: impl Into<String>) -> Stop {
    Stop::Line(Problem::new(Code::InvalidValue, why.into()).into())
}

/// The lines of the file.
struct Lines<'a> {
    source: &'a Source,
    lines: Box<dyn BufRead>,
    number: usize,
    text: String,
}

impl Lines<'_> {
    /// Reads the next line that is not blank; returns whether there is one.
    fn next(&mut self) -> Result<bool, Failure> {
        loop {
            deadline::check()?;
            self.text.clear();
            let length = self.lines.read_line(&mut self.text).map_err(|error| self.source.unreadable(&error))?;
            self.number += usize::from(length > 0);
            if length == 0 || !self.text.trim_ascii().is_empty() {
                return Ok(length > 0);
            }
        }
    }

    fn header(&mut self) -> Result<Header, Failure> {
        let hint = "write it by `frontdesk log export`";
        let none = |why: String| Problem::new(Code::InvalidValue, why).with_hint(hint);
        let header = match self.next()? {
            true => serde_json::from_str(&self.text).map_err(|_| none("this is not an exported log".to_owned())),
            false => Err(none("there is no line in it".to_owned())),
        };
        match header {
            Ok(Header { frontdesk_log, .. }) if frontdesk_log > VERSION => {
                let message = format!("it is of version {frontdesk_log}, and this program knows version {VERSION}");
                Err(self.wrong(&Problem::new(Code::UnsupportedVersion, message).with_hint("update frontdesk").into()))
            }
            Ok(header) if !database::is_a_name(&header.desk) => {
                Err(self.wrong(&none("the name of the desk is none".to_owned()).into()))
            }
            header => header.map_err(|problem| self.wrong(&problem.into())),
        }
    }

    fn wrong(&self, problems: &Problems) -> Failure {
        let line = Some(self.number).filter(|number| *number > 0);
        Failure::Input(problems.iter().map(|problem| located(self.source, line, problem)).collect())
    }
}

/// The desk that is imported, as far as it is read.
struct Taking<'a> {
    name: &'a str,
    header: &'a Header,
    reader: Reader,
    /// The snapshot of the first turn, where that is not the first of the desk.
    snapshot: Option<StoredSnapshot>,
    /// The commands of the turns before that.
    removed: Vec<Removed>,
    last: Option<(u64, Digest)>,
    is_created: bool,
    /// The turns that are not appended yet.
    entries: Vec<Entry>,
    bytes: usize,
    pending: usize,
}

impl<'a> Taking<'a> {
    fn new(name: &'a str, header: &'a Header, reader: Reader) -> Taking<'a> {
        let (snapshot, removed, last, entries) = (None, Vec::new(), None, Vec::new());
        Taking { name, header, reader, snapshot, removed, last, is_created: false, entries, bytes: 0, pending: 0 }
    }

    fn take(&mut self, log: &mut AnyLog<'_>, lines: &Lines<'_>) -> Result<(), Stop> {
        let line: Line<'_> = serde_json::from_str(&lines.text).map_err(|error| {
            // The place in the line is told in front.
            let why = error.to_string();
            wrong(why.rsplit_once(" at line ").map_or(why.as_str(), |(why, _)| why))
        })?;
        if let Some(command_id) = line.removed {
            let turn = line.turn.filter(|_| self.last.is_none() && self.snapshot.is_some());
            let turn = turn.ok_or_else(|| wrong("it is a removed command, and not in its place"))?;
            self.removed.push(Removed { command_id, turn });
            return Ok(());
        }
        let digest = || line.digest.as_deref().and_then(|digest| digest.parse().ok());
        match (line.snapshot, line.turn, &line.pending, line.body) {
            (Some(turn), None, None, Some(body)) if self.last.is_none() => {
                let digest = digest().ok_or_else(|| wrong("its digest is missing, or is none"))?;
                let (body, personal) = (body.get().to_owned(), personal(&line));
                self.snapshot = Some(StoredSnapshot { turn, digest, body, personal });
                Ok(())
            }
            (None, Some(turn), None, Some(body)) => {
                let digest = digest().ok_or_else(|| wrong("its digest is missing, or is none"))?;
                self.take_turn(log, turn, digest, body.get(), personal(&line))
            }
            (None, None, Some(id), Some(command)) if self.last.is_some() => {
                self.append(log)?;
                let now = log.now()?;
                self.pending += 1;
                Ok(log.hand_in(self.name, &[(id, command.get())], now)?)
            }
            _ => Err(wrong("it is no turn, and no snapshot or command in its place")),
        }
    }

    fn take_turn(
        &mut self,
        log: &mut AnyLog<'_>,
        number: u64,
        digest: Digest,
        body: &str,
        personal: Vec<(String, String)>,
    ) -> Result<(), Stop> {
        let values = personal.iter().map(|(_, values)| values.clone()).collect();
        let stored = StoredTurn { turn: number, digest, body: Some(body.to_owned()), personal: values };
        let turn = match (self.last, &self.snapshot) {
            (Some((last, after)), _) if number == last + 1 => stored.read(self.name, after, &self.reader),
            (Some((last, _)), _) => return Err(wrong(format!("the next turn is {}, and this is {number}", last + 1))),
            (None, None) if number == 1 => stored.read(self.name, Digest::START, &self.reader),
            (None, Some(it)) if it.turn == number && it.digest == digest => stored.turn_alone(self.name, &self.reader),
            (None, _) => {
                return Err(wrong(format!("the log begins with turn {number}, and there is no snapshot of it")));
            }
        };
        let turn = turn.map_err(|problem| Stop::Line(problem.into()))?;
        let wakes_at = self.header.wakes_at.map(|at| at.millis()).filter(|_| number == self.header.last_turn);
        let Some(entry) = Entry::of(&turn, digest, wakes_at) else { return Err(wrong("it has no number")) };
        // The texts stay as they are: the turn itself says no more of what was erased.
        self.entries.push(Entry { body: body.to_owned(), digest, personal, ..entry });
        self.bytes += body.len();
        self.last = Some((number, digest));
        if self.entries.len() >= AT_ONCE || self.bytes >= BYTES { self.append(log) } else { Ok(()) }
    }

    /// Appends the turns that were read.
    fn append(&mut self, log: &mut AnyLog<'_>) -> Result<(), Stop> {
        let (entries, name) = (std::mem::take(&mut self.entries), self.name);
        self.bytes = 0;
        let mut rest = entries.as_slice();
        if let (false, Some((first, others))) = (self.is_created, rest.split_first()) {
            if log.create(name, first)? == Appended::Conflict {
                return Err(Problem::new(Code::DeskExists, format!("the desk {name:?} is in it already")).into());
            }
            log.add_removed(name, &std::mem::take(&mut self.removed))?;
            (self.is_created, rest) = (true, others);
        }
        match log.append(name, rest)? {
            Appended::Done => Ok(()),
            Appended::Conflict => Err(wrong("two turns are of commands with the same id")),
        }
    }

    /// Ends the import: everything that the first line promises is there, and gives a desk. Returns the number of its turns, and
    /// the last one.
    fn end(mut self, log: &mut AnyLog<'_>) -> Result<(u64, u64, Digest), Stop> {
        self.append(log)?;
        let last = self.last.map_or(0, |(last, _)| last);
        if last != self.header.last_turn || self.pending != self.header.pending {
            let (turns, commands) = (self.header.last_turn, self.header.pending);
            let message = format!("it is cut off: it has to go on to turn {turns}, and to {commands} waiting commands");
            return Err(wrong(message));
        }
        if let Some(snapshot) = &self.snapshot {
            log.put_snapshot(self.name, snapshot)?;
        }
        let mut desk = SharedDesk::load_with(log, self.name, self.reader)?;
        let verified = desk.verify(log)?;
        Ok((verified.last + 1 - verified.first, desk.turn(), desk.digest()))
    }
}

fn personal(line: &Line<'_>) -> Vec<(String, String)> {
    line.personal.iter().map(|(subject, values)| (subject.clone(), values.get().to_owned())).collect()
}
