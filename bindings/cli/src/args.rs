//! What can be said on the command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use frontdesk::time::{Duration, Instant};
use frontdesk::{Language, Problem};

pub use crate::calendar::args::{Export, Import};
use crate::input::Source;

/// Who is available, who gets this conversation, and why.
#[derive(Debug, Parser)]
#[command(name = "frontdesk", version)]
pub struct Arguments {
    /// Take the time zones from this zoneinfo folder
    #[arg(long, global = true, value_name = "DIR", display_order = 900)]
    pub zoneinfo: Option<PathBuf>,
    /// Give up when it takes longer than this, such as 5s
    #[arg(long, global = true, value_name = "TIME", value_parser = length, display_order = 899)]
    pub deadline: Option<Duration>,
    #[command(subcommand)]
    pub verb: Verb,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Verb {
    /// Check a desk document and report everything that is wrong with it
    Check(Check),
    /// Say who is available at an instant, why, and until when
    Status(Status),
    /// Show when an agent is available over a range of time
    Schedule(Schedule),
    /// Show what a visitor of a channel sees at an instant
    Visitor(Visitor),
    /// Write what a public page may know of an inbox over some days
    Publish(Publish),
    /// Run commands on a desk and show what happens
    Replay(Replay),
    /// Tell the story of one conversation, from arrival to close
    Explain(Explain),
    /// Run the tests of scripts
    Test(Test),
    /// Take absences, working hours or holidays from a calendar
    Import(Import),
    /// Give absences, working hours or free/busy time to a calendar
    Export(Export),
    /// Print the JSON Schema of what is read or written
    Schema(Schema),
}

/// The desk that a verb is about.
#[derive(Debug, Args)]
pub struct DeskArgument {
    /// The desk document, a JSON file; - is standard input
    pub desk: Source,
}

/// The scripts that the rules of a desk may name.
#[derive(Debug, Args)]
pub struct ScriptsArgument {
    /// The folder of the scripts that rules name
    #[arg(long, value_name = "DIR")]
    pub scripts: Option<PathBuf>,
}

/// Check a desk document.
#[derive(Debug, Args)]
pub struct Check {
    #[command(flatten)]
    pub desk: DeskArgument,
    #[command(flatten)]
    pub scripts: ScriptsArgument,
    /// Take warnings for problems: exit with 1 if there are any
    #[arg(long)]
    pub strict: bool,
}

/// Say who is available.
#[derive(Debug, Args)]
pub struct Status {
    #[command(flatten)]
    pub desk: DeskArgument,
    /// The instant asked about, such as 2026-11-20T09:00:00Z
    #[arg(long, value_name = "T", value_parser = instant)]
    pub at: Instant,
    /// Only this agent
    #[arg(long, value_name = "ID")]
    pub agent: Option<String>,
    /// Print JSON, one object per agent and line
    #[arg(long)]
    pub json: bool,
}

/// Show when an agent is available.
#[derive(Debug, Args)]
pub struct Schedule {
    #[command(flatten)]
    pub desk: DeskArgument,
    /// The agent
    #[arg(long, value_name = "ID")]
    pub agent: String,
    /// The start of the range, such as 2026-11-20T00:00:00Z
    #[arg(long, value_name = "T", value_parser = instant)]
    pub start: Instant,
    /// The end of the range, not included
    #[arg(long, value_name = "T", value_parser = end)]
    pub end: Instant,
    /// Print JSON, one object per span and line
    #[arg(long)]
    pub json: bool,
}

/// Show what a visitor sees.
#[derive(Debug, Args)]
pub struct Visitor {
    #[command(flatten)]
    pub desk: DeskArgument,
    /// The inbox
    #[arg(long, value_name = "ID")]
    pub inbox: String,
    /// The channel of the inbox
    #[arg(long, value_name = "ID")]
    pub channel: String,
    /// The instant asked about, such as 2026-11-20T09:00:00Z
    #[arg(long, value_name = "T", value_parser = instant)]
    pub at: Instant,
    /// The id of the visitor, which decides who is shown and says who last answered them
    #[arg(long, value_name = "ID")]
    pub visitor: Option<String>,
    /// The agent who looks after the visitor
    #[arg(long, value_name = "ID")]
    pub owner: Option<String>,
    /// A language the visitor speaks, such as sv or pt-BR; several times, the best-liked first
    #[arg(long = "language", value_name = "TAG", value_parser = language)]
    pub languages: Vec<Language>,
    /// The visitor was recognised: without --owner nobody looks after them
    #[arg(long)]
    pub known: bool,
    /// Print JSON, one object
    #[arg(long)]
    pub json: bool,
}

/// Write what a public page may know.
#[derive(Debug, Args)]
pub struct Publish {
    #[command(flatten)]
    pub desk: DeskArgument,
    /// The inbox
    #[arg(long, value_name = "ID")]
    pub inbox: String,
    /// From when on, such as 2026-11-20T00:00:00Z
    #[arg(long, value_name = "T", value_parser = instant)]
    pub from: Instant,
    /// Over how many days, up to 366
    #[arg(long, value_name = "N")]
    pub days: u32,
}

/// A desk, and the commands to run on it.
#[derive(Debug, Args)]
pub struct Run {
    #[command(flatten)]
    pub desk: DeskArgument,
    /// The commands, a JSON object per line; - is standard input
    pub commands: Source,
    #[command(flatten)]
    pub scripts: ScriptsArgument,
}

/// Run commands on a desk.
#[derive(Debug, Args)]
pub struct Replay {
    #[command(flatten)]
    pub run: Run,
    /// Print JSON, one event per line
    #[arg(long, conflicts_with = "summary")]
    pub json: bool,
    /// Say for every decision who was considered and why not
    #[arg(long, conflicts_with = "summary")]
    pub explain: bool,
    /// Print only the summary
    #[arg(long)]
    pub summary: bool,
    /// Show what the scripts of this folder decide otherwise
    #[arg(long, value_name = "DIR", requires = "scripts", conflicts_with_all = ["summary", "explain"])]
    pub compare: Option<PathBuf>,
}

/// Tell the story of one conversation.
#[derive(Debug, Args)]
pub struct Explain {
    #[command(flatten)]
    pub run: Run,
    /// The conversation
    #[arg(long, value_name = "ID")]
    pub conversation: String,
}

/// Run the tests of scripts.
#[derive(Debug, Args)]
pub struct Test {
    /// Folders of scripts with their tests, or single files of them
    #[arg(required = true)]
    pub scripts: Vec<PathBuf>,
    /// Run only tests and scripts with this in their name
    #[arg(long, value_name = "TEXT")]
    pub filter: Option<String>,
    /// Name the hooks and lines that no test reaches
    #[arg(long)]
    pub coverage: bool,
    /// Print JSON, one test per line
    #[arg(long)]
    pub json: bool,
}

/// Print a JSON Schema.
#[derive(Debug, Args)]
pub struct Schema {
    /// Of what
    pub of: SchemaOf,
}

/// What has a schema.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum SchemaOf {
    /// A desk document
    Document,
    /// A command
    Command,
    /// An event
    Event,
    /// Published availability
    Published,
}

pub fn instant(text: &str) -> Result<Instant, String> {
    Instant::parse(text).map_err(|problem| in_a_sentence(&problem))
}

fn length(text: &str) -> Result<Duration, String> {
    Duration::parse(text).map_err(|problem| in_a_sentence(&problem))
}

pub fn end(text: &str) -> Result<Instant, String> {
    Instant::parse_end(text).map_err(|problem| in_a_sentence(&problem))
}

pub fn language(tag: &str) -> Result<Language, String> {
    Language::parse(tag).map_err(|problem| in_a_sentence(&problem))
}

/// A problem with an argument, which has no place in a document.
pub fn in_a_sentence(problem: &Problem) -> String {
    match &problem.hint {
        Some(hint) => format!("{} ({hint})", problem.message),
        None => problem.message.clone(),
    }
}
