//! Desks in databases: their addresses, and what every verb does to read one.

mod address;
mod connection;
#[cfg(feature = "tls")]
mod tls;

pub use address::{Address, is_a_name};
pub use connection::{Access, AnyLog};

use frontdesk::time::Zones;
use frontdesk::{Code, Desk, Problem, Problems, Reader};
use frontdesk_store::{Log, SharedDesk};

use self::connection::Connection;
use crate::args::ScriptsArgument;
use crate::failure::{Failure, located};
use crate::scripts::hinted;

/// The most desks that are looked at to suggest one, and the most that are named.
const LOOKED_AT: usize = 1_000;
const NAMED: usize = 5;

/// An open database.
pub struct Database<'a> {
    address: &'a Address,
    connection: Connection,
}

impl<'a> Database<'a> {
    /// Opens the database of an address.
    ///
    /// # Errors
    /// No connection; tables that are missing, or of another version than this program's.
    pub fn open(address: &'a Address, access: Access) -> Result<Database<'a>, Failure> {
        let connection = Connection::open(address, access).map_err(|problem| told(address, &problem))?;
        let mut database = Database { address, connection };
        if access != Access::Make {
            database.reading(|log| check_tables(log))?;
        }
        Ok(database)
    }

    /// Makes the tables if they are missing. Those of an earlier version are left as they are, for programs that know them may
    /// be at work.
    pub fn make_tables(&mut self) -> Result<(), Failure> {
        self.writing(|log| if log.has_tables()? { check_tables(log) } else { Ok(log.migrate()?) })
    }

    /// Makes the tables, or brings those of an earlier version up to this program's.
    pub fn migrate(&mut self) -> Result<(), Failure> {
        self.writing(|log| Ok(log.migrate()?))
    }

    /// Returns the desk that the address names, or the only one that there is.
    pub fn desk_name(&mut self) -> Result<String, Failure> {
        let address = self.address;
        self.reading(|log| desk_name(log, address))
    }

    /// Loads the desk that the address names.
    pub fn load(&mut self, reader: &Reader) -> Result<SharedDesk, Failure> {
        let address = self.address;
        self.reading(|log| {
            let name = desk_name(log, address)?;
            SharedDesk::load_with(log, &name, reader.clone())
        })
    }

    /// Runs work that reads, in a transaction of its own: it sees one state of the log, and cannot write.
    pub fn reading<T>(&mut self, work: impl FnOnce(&mut AnyLog<'_>) -> Result<T, Problems>) -> Result<T, Failure> {
        let connection = &mut self.connection;
        let read = || {
            connection.begin_reading()?;
            let read = work(&mut connection.log());
            // The answer counts, however its transaction ends.
            let _ = connection.end_reading();
            read
        };
        let read = read();
        self.told(read)
    }

    /// Runs work that writes; each call of the log is a transaction of its own.
    pub fn writing<T>(&mut self, work: impl FnOnce(&mut AnyLog<'_>) -> Result<T, Problems>) -> Result<T, Failure> {
        let written = work(&mut self.connection.log());
        self.told(written)
    }

    /// Returns the log, for work that has problems of other things, too.
    pub fn log(&mut self) -> AnyLog<'_> {
        self.connection.log()
    }

    /// Returns what a call of the log returned, with its problems as those of the address.
    pub fn told<T>(&self, result: Result<T, Problems>) -> Result<T, Failure> {
        let address = self.address;
        result.map_err(|problems| Failure::Input(problems.into_iter().map(|it| line(address, &it)).collect()))
    }
}

/// Returns a message without the passwords of the command line, which a message about an argument may show.
pub fn without_passwords(message: &str) -> String {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let values =
        arguments.iter().flat_map(|argument| [Some(argument.as_str()), argument.split_once('=').map(|it| it.1)]);
    let addresses = values.flatten().filter_map(|value| Some((value, Address::read(value)?)));
    addresses.fold(message.to_owned(), |message, (value, address)| {
        if message.contains(value) { message.replace(value, &address.to_string()) } else { message }
    })
}

/// Reads a desk, with the scripts that are given; `None` for a verb to which scripts do not matter.
pub fn read_desk(address: &Address, scripts: Option<&ScriptsArgument>, zones: &Zones) -> Result<Desk, Failure> {
    let reader = reader(scripts, zones)?;
    let shared = Database::open(address, Access::Read)?.load(&reader)?;
    Ok(shared.known().clone())
}

/// Returns what desks are read with.
pub fn reader(scripts: Option<&ScriptsArgument>, zones: &Zones) -> Result<Reader, Failure> {
    let reader = Reader::new().zones(zones.clone());
    Ok(match scripts {
        None => reader,
        Some(scripts) => reader.scripts(scripts.compile()?.unwrap_or_default()),
    })
}

/// Returns the failure of a problem with a database.
fn told(address: &Address, problem: &Problem) -> Failure {
    Failure::Input(vec![line(address, problem)])
}

/// Formats a problem as a line, with a hint for those who use the command line: that of the library is for programs.
fn line(address: &Address, problem: &Problem) -> String {
    let hint = if problem.code == Code::RetryTransaction {
        Some("try again")
    } else if problem.code == Code::DeskExists {
        Some("name another one by ?desk=")
    } else if problem.code == Code::UnsupportedVersion && problem.hint.as_deref() == Some("call `migrate` first") {
        Some("run `frontdesk log migrate` once all programs are up to date")
    } else if problem.message.ends_with("attempt to write a readonly database") {
        Some("SQLite needs the right to write in the folder of the file, even to read")
    } else {
        None
    };
    let mut problem = hinted(problem.clone());
    problem.hint = hint.map(str::to_owned).or(problem.hint);
    located(address, None, &problem)
}

/// Returns `true` for a problem of a log, and `false` for one of the command that it is given.
pub fn is_of_log(problem: &Problem) -> bool {
    const CODES: [Code; 7] = [
        Code::ClockAhead,
        Code::Compacted,
        Code::DamagedLog,
        Code::DatabaseFailed,
        Code::RetryTransaction,
        Code::UnknownDesk,
        Code::UnsupportedVersion,
    ];
    CODES.contains(&problem.code)
}

/// Checks that the tables are there, and those of this program.
fn check_tables(log: &mut AnyLog<'_>) -> Result<(), Problems> {
    if !log.has_tables()? {
        let message = "there are no tables of frontdesk in it";
        return Err(Problem::new(Code::DatabaseFailed, message)
            .with_hint("`frontdesk log create` makes them, and a desk")
            .into());
    }
    Ok(log.check_version()?)
}

/// Returns the desk that an address names, or the only one that there is.
fn desk_name(log: &mut AnyLog<'_>, address: &Address) -> Result<String, Problems> {
    if let Some(name) = address.desk() {
        return if log.head(name)?.is_some() { Ok(name.to_owned()) } else { Err(unknown(log, name)?.into()) };
    }
    let mut desks = log.desks("", LOOKED_AT)?;
    match desks.len() {
        0 => Err(no_desk().into()),
        1 => Ok(desks.remove(0)),
        _ => {
            let problem = Problem::new(Code::MissingKey, format!("it has several desks: {}", few(&desks)));
            Err(problem.with_hint(format!("choose one, as in {}", address.with_desk(&desks[0]))).into())
        }
    }
}

/// Returns the problem of a desk that is not there, with the nearest that are, or those that there are.
fn unknown(log: &mut AnyLog<'_>, name: &str) -> Result<Problem, Problem> {
    let desks = log.desks("", LOOKED_AT)?;
    if desks.is_empty() {
        return Ok(no_desk());
    }
    let problem = Problem::new(Code::UnknownDesk, format!("there is no desk {name:?} in it"));
    let problem = problem.suggesting(name, desks.iter().map(String::as_str));
    Ok(if problem.hint.is_some() { problem } else { problem.with_hint(format!("it has {}", few(&desks))) })
}

fn no_desk() -> Problem {
    let hint = "`frontdesk log create` makes one";
    Problem::new(Code::UnknownDesk, "there is no desk in it").with_hint(hint)
}

/// Names the first of many desks.
fn few(desks: &[String]) -> String {
    let named = desks.iter().take(NAMED).map(|name| format!("{name:?}")).collect::<Vec<_>>().join(", ");
    match desks.len().saturating_sub(NAMED) {
        0 => named,
        _ if desks.len() == LOOKED_AT => format!("{named} and more"),
        more => format!("{named} and {more} more"),
    }
}
