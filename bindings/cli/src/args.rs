//! Arguments of the command line.

use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{ArgGroup, Args, Parser, Subcommand};
use frontdesk::desk::Whereabouts;
use frontdesk::time::Duration;
use frontdesk::{Language, Problem, State};

pub use crate::calendar::args::{Export, Import};
use crate::input::Source;
use crate::when::When;

/// Who is available, who gets this conversation, and why.
#[derive(Debug, Parser)]
#[command(name = "frontdesk", version)]
pub struct Arguments {
    /// Take the time zones from this zoneinfo folder
    #[arg(long, global = true, value_name = "DIR", display_order = 900)]
    pub zoneinfo: Option<PathBuf>,
    /// Give up when it takes longer than this, such as 5s
    #[arg(long, global = true, value_name = "TIME", value_parser = duration, display_order = 899)]
    pub deadline: Option<Duration>,
    #[command(subcommand)]
    pub verb: Verb,
}

/// The verbs.
#[derive(Debug, Subcommand)]
pub enum Verb {
    /// Report everything that is wrong with a desk document
    Check(Check),
    /// Say who is available at an instant, why, and until when
    Status(Status),
    /// Show when an agent is available over a range of time
    Schedule(Schedule),
    /// Count who is available over a range of time
    Coverage(Coverage),
    /// Measure working time, or find the instant that ends it
    WorkingTime(WorkingTime),
    /// Show what a visitor of a channel sees at an instant
    Visitor(Visitor),
    /// Write what a public page may know of an inbox over some days
    Publish(Publish),
    /// Show the agents: their status, what they hold and take
    Table(Table),
    /// Show the conversations that wait, first to be served first
    Queue(Queue),
    /// List conversations, or show one
    Conversations(Conversations),
    /// Say why nobody has a conversation that waits
    Why(Why),
    /// Answer any question of the library, as JSON
    Ask(Ask),
    /// Show the events that a command would give
    Propose(Propose),
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
    /// Print what completes these words in a shell
    Completions(Completions),
}

/// The document that a verb is about.
#[derive(Debug, Args)]
pub struct DocumentArgument {
    /// The desk document, a JSON file; - is standard input
    pub desk: Source,
}

/// The desk that a verb asks.
#[derive(Debug, Args)]
pub struct DeskArgument {
    /// The desk document, a JSON file; - is standard input
    pub desk: Source,
    /// The desk as these commands leave it, one a line
    #[arg(long, value_name = "COMMANDS", display_order = 800)]
    pub after: Option<Source>,
    #[command(flatten)]
    pub scripts: ScriptsArgument,
}

/// The scripts that the rules of a desk may name.
#[derive(Debug, Args)]
pub struct ScriptsArgument {
    /// The folder of the scripts that rules name
    #[arg(long, value_name = "DIR", display_order = 801)]
    pub scripts: Option<PathBuf>,
}

/// Check a desk document.
#[derive(Debug, Args)]
pub struct Check {
    #[command(flatten)]
    pub desk: DeskArgument,
    /// Take warnings for problems: exit with 1 on any
    #[arg(long)]
    pub strict: bool,
}

/// Say who is available.
#[derive(Debug, Args)]
pub struct Status {
    #[command(flatten)]
    pub desk: DeskArgument,
    /// An instant, now, or 2026-11-20 10:00 on the wall
    #[arg(long, value_name = "T", value_parser = When::parse)]
    pub at: When,
    /// Only this agent
    #[arg(long, value_name = "ID")]
    pub agent: Option<String>,
    /// Print JSON, one object per agent and line
    #[arg(long)]
    pub json: bool,
}

/// A range of time.
#[derive(Debug, Args)]
pub struct Range {
    /// Its start: an instant, now, or 2026-11-20 on the wall
    #[arg(long, value_name = "T", value_parser = When::parse)]
    pub start: When,
    /// Its end, which is not part of it
    #[arg(long, value_name = "T", value_parser = When::parse_end)]
    pub end: When,
}

/// Show when an agent is available.
#[derive(Debug, Args)]
pub struct Schedule {
    #[command(flatten)]
    pub desk: DeskArgument,
    /// The agent
    #[arg(long, value_name = "ID")]
    pub agent: String,
    #[command(flatten)]
    pub range: Range,
    /// Print JSON, one object per span and line
    #[arg(long)]
    pub json: bool,
}

/// Count who is available.
#[derive(Debug, Args)]
pub struct Coverage {
    #[command(flatten)]
    pub desk: DeskArgument,
    #[command(flatten)]
    pub range: Range,
    /// Only the main members of this team
    #[arg(long, value_name = "ID", conflicts_with_all = ["inbox", "by_team"])]
    pub team: Option<String>,
    /// The extra members of the team, too
    #[arg(long, requires = "team")]
    pub extra: bool,
    /// Only those with access to this inbox
    #[arg(long, value_name = "ID", conflicts_with = "by_team")]
    pub inbox: Option<String>,
    /// Each team by itself
    #[arg(long, conflicts_with = "step")]
    pub by_team: bool,
    /// In steps of this length, such as 30m, not in spans
    #[arg(long, value_name = "D", value_parser = duration)]
    pub step: Option<Duration>,
    /// Say who is available, too
    #[arg(long, conflicts_with = "by_team")]
    pub who: bool,
    /// Print JSON, one object per span and line
    #[arg(long)]
    pub json: bool,
}

const WORKING_TIME_USAGE: &str = "frontdesk working-time [OPTIONS] --start <T> --end <T> <WHOSE> <DESK>
       frontdesk working-time [OPTIONS] --start <T> --time <D> <WHOSE> <DESK>
       frontdesk working-time [OPTIONS] --end <T> --time <D> <WHOSE> <DESK>";

/// Measure working time.
///
/// Two of --start, --end and --time give the third. <WHOSE> is --agent, --team, or --inbox with --channel.
#[derive(Debug, Args)]
#[command(override_usage = WORKING_TIME_USAGE)]
#[command(group = ArgGroup::new("whose").required(true).args(["agent", "team", "inbox"]))]
pub struct WorkingTime {
    #[command(flatten)]
    pub desk: DeskArgument,
    /// From when on
    #[arg(long, value_name = "T", value_parser = When::parse, required_unless_present_all = ["end", "time"])]
    pub start: Option<When>,
    /// Until when
    #[arg(long, value_name = "T", value_parser = When::parse_end, required_unless_present_all = ["start", "time"])]
    pub end: Option<When>,
    /// How much working time, such as 4h
    #[arg(long, value_name = "D", value_parser = duration, required_unless_present_all = ["start", "end"])]
    pub time: Option<Duration>,
    /// By the schedule of this agent
    #[arg(long, value_name = "ID")]
    pub agent: Option<String>,
    /// While at least one main member of this team works
    #[arg(long, value_name = "ID")]
    pub team: Option<String>,
    /// By the office hours of a channel of this inbox
    #[arg(long, value_name = "ID", requires = "channel")]
    pub inbox: Option<String>,
    /// The channel
    #[arg(long, value_name = "ID", requires = "inbox")]
    pub channel: Option<String>,
    /// Print JSON, one object
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
    /// An instant, now, or 2026-11-20 10:00 on the wall
    #[arg(long, value_name = "T", value_parser = When::parse)]
    pub at: When,
    /// The visitor: decides who is shown, who answered last
    #[arg(long, value_name = "ID")]
    pub visitor: Option<String>,
    /// The agent who looks after the visitor
    #[arg(long, value_name = "ID")]
    pub owner: Option<String>,
    /// A language they speak, such as sv; the best one first
    #[arg(long = "language", value_name = "TAG", value_parser = language)]
    pub languages: Vec<Language>,
    /// Recognised: without --owner nobody looks after them
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
    /// From when on: an instant, now, or 2026-11-20
    #[arg(long, value_name = "T", value_parser = When::parse)]
    pub from: When,
    /// Over how many days, up to 366
    #[arg(long, value_name = "N")]
    pub days: u32,
}

/// Show the agents as a team lead wants to see them.
#[derive(Debug, Args)]
pub struct Table {
    #[command(flatten)]
    pub desk: DeskArgument,
    /// An instant, now, or 2026-11-20 10:00 on the wall
    #[arg(long, value_name = "T", value_parser = When::parse)]
    pub at: When,
    /// Only those who are available, or away
    #[arg(long, value_name = "STATE", value_parser = state)]
    pub state: Option<State>,
    /// Only the main and extra members of this team
    #[arg(long, value_name = "ID")]
    pub team: Option<String>,
    /// Only those with access to this inbox
    #[arg(long, value_name = "ID")]
    pub inbox: Option<String>,
    /// Only those with this skill, at whatever level
    #[arg(long, value_name = "NAME")]
    pub skill: Option<String>,
    /// Print JSON, one object per agent and line
    #[arg(long)]
    pub json: bool,
}

/// Show the conversations that wait.
#[derive(Debug, Args)]
pub struct Queue {
    #[command(flatten)]
    pub desk: DeskArgument,
    /// Print JSON, one object per conversation and line
    #[arg(long)]
    pub json: bool,
}

/// List conversations.
#[derive(Debug, Args)]
pub struct Conversations {
    #[command(flatten)]
    pub desk: DeskArgument,
    /// Only this one
    #[arg(long, value_name = "ID")]
    pub conversation: Option<String>,
    /// Only those in this state, such as queued or closed
    #[arg(long, value_name = "STATE", value_parser = whereabouts)]
    pub state: Option<Whereabouts>,
    /// Print JSON, one object per conversation and line
    #[arg(long)]
    pub json: bool,
}

/// Say why nobody has a conversation that waits.
#[derive(Debug, Args)]
pub struct Why {
    #[command(flatten)]
    pub desk: DeskArgument,
    /// The conversation
    #[arg(long, value_name = "ID")]
    pub conversation: String,
    /// Print JSON, one object per step and line
    #[arg(long)]
    pub json: bool,
}

/// Answer any question of the library.
#[derive(Debug, Args)]
pub struct Ask {
    #[command(flatten)]
    pub desk: DeskArgument,
    /// The question, such as '{"ask": "queue"}'
    pub question: String,
}

/// Show the events that a command would give.
#[derive(Debug, Args)]
pub struct Propose {
    #[command(flatten)]
    pub desk: DeskArgument,
    /// The command, such as '{"type": "close", "at": …}'
    pub command: String,
    /// Say for every decision who was considered and why not
    #[arg(long)]
    pub explain: bool,
    /// Print JSON, one event per line
    #[arg(long)]
    pub json: bool,
}

/// A desk, and the commands to run on it.
#[derive(Debug, Args)]
pub struct Run {
    #[command(flatten)]
    pub desk: DeskArgument,
    /// The commands, a JSON object per line; - is standard input
    pub commands: Source,
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
    #[arg(help = format!("One of {}", schemas().join(", ")), hide_possible_values = true)]
    #[arg(value_parser = PossibleValuesParser::new(schemas()))]
    pub of: String,
}

fn schemas() -> [&'static str; frontdesk::schema::ALL.len()] {
    frontdesk::schema::ALL.map(|(name, _)| name)
}

/// Print what completes these words in a shell.
#[derive(Debug, Args)]
pub struct Completions {
    /// Which shell
    pub shell: clap_complete::Shell,
}

pub fn duration(text: &str) -> Result<Duration, String> {
    Duration::parse(text).map_err(|problem| in_a_sentence(&problem))
}

fn state(text: &str) -> Result<State, String> {
    text.parse().map_err(|problem| in_a_sentence(&problem))
}

fn whereabouts(text: &str) -> Result<Whereabouts, String> {
    text.parse().map_err(|problem| in_a_sentence(&problem))
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
