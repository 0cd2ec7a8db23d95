//! Arguments of `frontdesk log` and the verbs below it.

use clap::error::ErrorKind;
use clap::{Args, Subcommand};
use frontdesk::{Code, Problem};

use crate::args::ScriptsArgument;
use crate::database::Address;
use crate::failure::Failure;
use crate::input::{Given, Source};
use crate::when::When;

const URL_HELP: &str = "The database, such as sqlite:desk.db?desk=support";

pub const ADDRESSES: &str = "A database and a desk in it are written

    sqlite:desk.db?desk=support
    postgresql://USER@HOST/DATABASE?desk=support
    mysql://USER@HOST/DATABASE?desk=support

Where there is only one desk, its name can be left out. A password is better
given in PGPASSWORD or MYSQL_PWD than in the address, which others may see.";

/// Show the log of a desk in a database: a line for each turn, with its instant, its command and what became of it.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true, after_help = ADDRESSES)]
#[command(override_usage = "frontdesk log [OPTIONS] <URL>\n       frontdesk log <COMMAND>")]
pub struct Log {
    #[command(subcommand)]
    pub verb: Option<LogVerb>,
    #[command(flatten)]
    pub show: Option<Show>,
}

/// The verbs of a log.
#[derive(Debug, Subcommand)]
pub enum LogVerb {
    /// Create a desk from a document, and the tables if need be
    Create(Create),
    /// Carry out a command, and append its turn
    Handle(Handle),
    /// Check that the whole log is as it was written
    Verify(Verify),
    /// Add a snapshot, from which the desk is loaded quickly
    Snapshot(Snapshot),
    /// Remove the turns before an instant
    Compact(Compact),
    /// Erase the personal data of a contact
    Erase(Erase),
    /// Write the log as JSON lines, to be imported elsewhere
    Export(Export),
    /// Create a desk from an exported log
    Import(Import),
    /// Bring the tables up to the version of this program
    Migrate(Migrate),
}

/// The log of a desk.
#[derive(Debug, Args)]
pub struct LogArgument {
    #[arg(help = URL_HELP, value_parser = address)]
    pub url: Address,
}

/// Show the turns.
#[derive(Debug, Args)]
pub struct Show {
    #[arg(help = URL_HELP, value_parser = address)]
    pub url: Address,
    /// Begin with this turn
    #[arg(long, value_name = "N", default_value_t = 1, hide_default_value = true)]
    pub from: u64,
    /// Wait for further turns, until Ctrl-C
    #[arg(long)]
    pub follow: bool,
    /// Print the turns as they are stored, one per line
    #[arg(long)]
    pub json: bool,
}

/// Create a desk, whose log begins with a document. Makes the tables if the database has none, and a file of SQLite.
#[derive(Debug, Args)]
pub struct Create {
    #[command(flatten)]
    pub log: LogArgument,
    /// The desk document, a JSON file; - is standard input
    pub desk: Source,
    #[command(flatten)]
    pub scripts: ScriptsArgument,
}

/// Carry out a command at the present instant, append its turn to the log, and show the events. A command with an id that the log
/// has is not carried out again.
#[derive(Debug, Args)]
pub struct Handle {
    #[command(flatten)]
    pub log: LogArgument,
    /// The command, such as '{"type": "close", …}', or its file
    pub command: Given,
    /// Print JSON, one event per line
    #[arg(long)]
    pub json: bool,
    #[command(flatten)]
    pub scripts: ScriptsArgument,
}

/// Check the whole log: the turns have no gap, each has its digest and can be applied, and snapshots are what they give.
#[derive(Debug, Args)]
pub struct Verify {
    #[command(flatten)]
    pub log: LogArgument,
    /// Print one JSON object
    #[arg(long)]
    pub json: bool,
}

/// Add a snapshot of the desk as it is now. Whoever loads the desk begins with it and reads only the turns after it.
#[derive(Debug, Args)]
pub struct Snapshot {
    #[command(flatten)]
    pub log: LogArgument,
}

/// Remove the turns before the newest snapshot up to an instant. The past before that can then be asked no more.
#[derive(Debug, Args)]
pub struct Compact {
    #[command(flatten)]
    pub log: LogArgument,
    /// An instant, now, or a local time: 2026-11-20 10:00
    #[arg(long, value_name = "T", value_parser = When::parse)]
    pub before: When,
}

/// Erase what the desk, its log and its snapshots have of a contact. The log stays whole.
#[derive(Debug, Args)]
pub struct Erase {
    #[command(flatten)]
    pub log: LogArgument,
    /// The contact
    #[arg(long, value_name = "ID")]
    pub contact: String,
    #[command(flatten)]
    pub scripts: ScriptsArgument,
}

/// Write the log as JSON lines: texts, digests and personal data as they are stored. `frontdesk log import` reads them.
#[derive(Debug, Args)]
pub struct Export {
    #[command(flatten)]
    pub log: LogArgument,
}

/// Create a desk from the lines of `frontdesk log export`: the same turns with the same digests. Nothing is imported unless all of it
/// is whole.
#[derive(Debug, Args)]
pub struct Import {
    #[command(flatten)]
    pub log: LogArgument,
    /// The exported log; - is standard input
    #[arg(value_name = "FILE")]
    pub lines: Source,
}

/// Make the tables, or bring those of an earlier version up to that of this program.
#[derive(Debug, Args)]
pub struct Migrate {
    #[command(flatten)]
    pub log: LogArgument,
}

/// Reads the address of a database. Its faults are told when it is opened.
fn address(text: &str) -> Result<Address, &'static str> {
    Address::read(text).ok_or("write the address of a database, such as sqlite:desk.db?desk=support")
}

/// Returns the failure of a word in place of an address that is no verb either; `None` for any other error.
pub fn misspelt(error: &clap::Error) -> Option<Failure> {
    let arguments: Vec<String> = std::env::args().skip(1).take(2).collect();
    let [log, word] = arguments.as_slice() else { return None };
    let is_other = log != "log" || word.starts_with('-') || word.contains([':', '@', '=', '/', '.']);
    if is_other || error.kind() != ErrorKind::ArgumentConflict {
        return None;
    }
    let command = LogVerb::augment_subcommands(clap::Command::new("log"));
    let verbs: Vec<&str> = command.get_subcommands().map(clap::Command::get_name).collect();
    let problem = Problem::new(Code::InvalidValue, format!("{word:?} is no verb, and not the address of a database"));
    Some(problem.suggesting(word, verbs.iter().copied()).into())
}
