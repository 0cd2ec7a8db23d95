//! Arguments of the command line.

use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{ArgGroup, Args, Parser, Subcommand};
use frontdesk::desk::{View, ViewSort, Whereabouts};
use frontdesk::time::Duration;
use frontdesk::{Language, Problem, State, WorkingDays};

pub use crate::calendar::args::{Export, Import};
use crate::input::{Given, Source};
pub use crate::log::args::Log;
use crate::when::When;

/// Who is available, who gets this conversation, and why.
#[derive(Debug, Parser)]
#[command(name = "frontdesk", version)]
pub struct Arguments {
    /// Take the time zones from this zoneinfo folder
    #[arg(long, global = true, value_name = "DIR", display_order = 900)]
    pub zoneinfo: Option<PathBuf>,
    /// Give up after this time, such as 5s
    #[arg(long, global = true, value_name = "TIME", value_parser = duration, display_order = 899)]
    pub deadline: Option<Duration>,
    #[command(subcommand)]
    pub verb: Verb,
}

/// The verbs of the command line.
#[derive(Debug, Subcommand)]
pub enum Verb {
    /// Report everything that is wrong with a desk document
    Check(Check),
    /// Say who is available at an instant, why, and until when
    Status(Status),
    /// Show when an agent is available over a range of time
    Schedule(Schedule),
    /// Count the available agents over a range of time
    Coverage(Coverage),
    /// Measure working time, or find the instant that ends it
    WorkingTime(WorkingTime),
    /// Show what a visitor of a channel sees at an instant
    Visitor(Visitor),
    /// Write the availability of an inbox for a public page
    Publish(Publish),
    /// Show the agents with status, load and capacity
    Table(Table),
    /// Show the inboxes that an agent has access to, and sees
    Inboxes(Inboxes),
    /// Show the waiting conversations in the order of the queue
    Queue(Queue),
    /// Show the place of a waiting conversation among its rivals
    Place(Place),
    /// List conversations, or show one
    Conversations(Conversations),
    /// Show a view of conversations, or how many each has
    View(ViewPages),
    /// Explain why nobody has a waiting conversation
    Why(Why),
    /// Say whether a command is allowed now, and if not, why
    May(May),
    /// Answer any question of the library, as JSON
    Ask(Ask),
    /// Show the events that a command would give
    Propose(Propose),
    /// Say what a new document would change in a desk
    Diff(Diff),
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
    /// Show the log of a desk in a database, and keep it
    Log(Log),
    /// Print a JSON Schema of the format
    Schema(Schema),
    /// Print shell completions
    Completions(Completions),
    /// Print the manual page, or write those of all verbs
    Man(Man),
}

const DESK_HELP: &str = "The desk document, a JSON file, or a database; - is stdin";

const DESK_LONG_HELP: &str = "The desk document, a JSON file; - is standard input.

Or a desk in a database, which is read and never changed:

    sqlite:desk.db?desk=support
    postgresql://USER@HOST/DATABASE?desk=support
    mysql://USER@HOST/DATABASE?desk=support

Where there is only one desk, its name can be left out. A password is
better given in PGPASSWORD or MYSQL_PWD than in the address.";

/// The document that a verb reads.
#[derive(Debug, Args)]
pub struct DocumentArgument {
    #[arg(help = DESK_HELP, long_help = DESK_LONG_HELP)]
    pub desk: Source,
}

/// The desk that a verb asks.
#[derive(Debug, Args)]
pub struct DeskArgument {
    #[arg(help = DESK_HELP, long_help = DESK_LONG_HELP)]
    pub desk: Source,
    /// Run these commands or turns first, one per line
    #[arg(long, value_name = "COMMANDS", display_order = 800)]
    pub after: Option<Source>,
    #[command(flatten)]
    pub scripts: ScriptsArgument,
}

/// The scripts that the rules of a desk may name.
#[derive(Debug, Args)]
pub struct ScriptsArgument {
    /// The folder of the scripts that the rules name
    #[arg(long, value_name = "DIR", display_order = 801)]
    pub scripts: Option<PathBuf>,
}

/// Check a desk document.
#[derive(Debug, Args)]
pub struct Check {
    #[command(flatten)]
    pub desk: DeskArgument,
    /// Treat warnings as problems: exit with 1 on any
    #[arg(long)]
    pub strict: bool,
}

/// Say who is available.
#[derive(Debug, Args)]
pub struct Status {
    #[command(flatten)]
    pub desk: DeskArgument,
    /// An instant, now, or a local time: 2026-11-20 10:00
    #[arg(long, value_name = "T", value_parser = When::parse)]
    pub at: When,
    /// Show only this agent
    #[arg(long, value_name = "ID")]
    pub agent: Option<String>,
    /// Print one JSON object per agent and line
    #[arg(long)]
    pub json: bool,
}

/// A range of time.
#[derive(Debug, Args)]
pub struct Range {
    /// The start: an instant, now, or a date: 2026-11-20
    #[arg(long, value_name = "T", value_parser = When::parse)]
    pub start: When,
    /// The end, not included
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
    /// Print one JSON object per span and line
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
    /// Count only the main members of this team
    #[arg(long, value_name = "ID", conflicts_with_all = ["inbox", "by_team"])]
    pub team: Option<String>,
    /// Count the extra members of the team as well
    #[arg(long, requires = "team")]
    pub extra: bool,
    /// Count only agents with access to this inbox
    #[arg(long, value_name = "ID", conflicts_with = "by_team")]
    pub inbox: Option<String>,
    /// Count each team separately
    #[arg(long, conflicts_with = "step")]
    pub by_team: bool,
    /// Count in steps of this length, such as 30m
    #[arg(long, value_name = "D", value_parser = duration)]
    pub step: Option<Duration>,
    /// Name the available agents as well
    #[arg(long, conflicts_with = "by_team")]
    pub who: bool,
    /// Print one JSON object per span and line
    #[arg(long)]
    pub json: bool,
}

const WORKING_TIME_USAGE: &str = "frontdesk working-time [OPTIONS] --start <T> --end <T> <WHOSE> <DESK>
       frontdesk working-time [OPTIONS] --start <T> --time <D> <WHOSE> <DESK>
       frontdesk working-time [OPTIONS] --end <T> --time <D> <WHOSE> <DESK>
       frontdesk working-time [OPTIONS] --start <T> --days <N> <WHOSE> <DESK>
       frontdesk working-time [OPTIONS] --end <T> --days <N> <WHOSE> <DESK>";

/// Measure working time.
///
/// Two of --start, --end and --time give the third; --days stands for --time. <WHOSE> is --agent, --team, or --inbox with --channel.
#[derive(Debug, Args)]
#[command(override_usage = WORKING_TIME_USAGE)]
#[command(group = ArgGroup::new("whose").required(true).args(["agent", "team", "inbox"]))]
pub struct WorkingTime {
    #[command(flatten)]
    pub desk: DeskArgument,
    /// The start of the working time
    #[arg(long, value_name = "T", value_parser = When::parse, required_unless_present = "end")]
    pub start: Option<When>,
    /// The end of the working time
    #[arg(long, value_name = "T", value_parser = When::parse_end, required_unless_present = "start")]
    pub end: Option<When>,
    /// The amount of working time, such as 4h
    #[arg(long, value_name = "D", value_parser = duration, required_unless_present_all = ["start", "end"], required_unless_present = "days")]
    pub time: Option<Duration>,
    /// A number of working days: dates that have hours
    #[arg(long, value_name = "N", value_parser = working_days, conflicts_with = "time")]
    pub days: Option<WorkingDays>,
    /// With --days: the end of the hours of that date
    #[arg(long, requires = "days")]
    pub end_of_day: bool,
    /// Use the schedule of this agent
    #[arg(long, value_name = "ID")]
    pub agent: Option<String>,
    /// Count while any main member of this team works
    #[arg(long, value_name = "ID")]
    pub team: Option<String>,
    /// Use the office hours of a channel of this inbox
    #[arg(long, value_name = "ID", requires = "channel")]
    pub inbox: Option<String>,
    /// The channel of the inbox
    #[arg(long, value_name = "ID", requires = "inbox")]
    pub channel: Option<String>,
    /// Print one JSON object
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
    /// An instant, now, or a local time: 2026-11-20 10:00
    #[arg(long, value_name = "T", value_parser = When::parse)]
    pub at: When,
    /// The id of the visitor, used to choose the agents shown
    #[arg(long, value_name = "ID")]
    pub visitor: Option<String>,
    /// The agent who looks after the visitor
    #[arg(long, value_name = "ID")]
    pub owner: Option<String>,
    /// A language of the visitor, such as sv; the best first
    #[arg(long = "language", value_name = "TAG", value_parser = language)]
    pub languages: Vec<Language>,
    /// The visitor is recognised, even without --owner
    #[arg(long)]
    pub known: bool,
    /// Print one JSON object
    #[arg(long)]
    pub json: bool,
}

/// Write the availability of an inbox for a public page.
#[derive(Debug, Args)]
pub struct Publish {
    #[command(flatten)]
    pub desk: DeskArgument,
    /// The inbox
    #[arg(long, value_name = "ID")]
    pub inbox: String,
    /// The first instant, now, or a local date: 2026-11-20
    #[arg(long, value_name = "T", value_parser = When::parse)]
    pub from: When,
    /// The number of days, up to 366
    #[arg(long, value_name = "N")]
    pub days: u32,
}

/// Show the agents with status, load and capacity.
#[derive(Debug, Args)]
pub struct Table {
    #[command(flatten)]
    pub desk: DeskArgument,
    /// An instant, now, or a local time: 2026-11-20 10:00
    #[arg(long, value_name = "T", value_parser = When::parse)]
    pub at: When,
    /// Show the agents of a filter that the document saves
    #[arg(long, value_name = "ID", conflicts_with_all = ["state", "team", "inbox", "skill"])]
    pub filter: Option<String>,
    /// Show only agents in this state: available or away
    #[arg(long, value_name = "STATE", value_parser = state)]
    pub state: Option<State>,
    /// Show only main and extra members of this team
    #[arg(long, value_name = "ID")]
    pub team: Option<String>,
    /// Show only agents with access to this inbox
    #[arg(long, value_name = "ID")]
    pub inbox: Option<String>,
    /// Show only agents with this skill, at any level
    #[arg(long, value_name = "NAME")]
    pub skill: Option<String>,
    /// Print one JSON object per agent and line
    #[arg(long)]
    pub json: bool,
}

/// Show the inboxes of an agent.
#[derive(Debug, Args)]
pub struct Inboxes {
    #[command(flatten)]
    pub desk: DeskArgument,
    /// The agent
    #[arg(long, value_name = "ID")]
    pub agent: String,
    /// Print {"access","sees"}, two lists of ids
    #[arg(long)]
    pub json: bool,
}

/// Show the waiting conversations.
#[derive(Debug, Args)]
pub struct Queue {
    #[command(flatten)]
    pub desk: DeskArgument,
    /// Only those in this inbox
    #[arg(long, value_name = "ID")]
    pub inbox: Option<String>,
    /// Only those in this channel, of this or any inbox
    #[arg(long, value_name = "ID")]
    pub channel: Option<String>,
    /// Only those that a member of this team may take
    #[arg(long, value_name = "ID")]
    pub team: Option<String>,
    /// Only those that this agent may take, however busy
    #[arg(long, value_name = "ID")]
    pub agent: Option<String>,
    /// Print one JSON object per conversation and line
    #[arg(long)]
    pub json: bool,
}

/// Show the place of a waiting conversation.
#[derive(Debug, Args)]
pub struct Place {
    #[command(flatten)]
    pub desk: DeskArgument,
    /// The conversation
    #[arg(long, value_name = "ID")]
    pub conversation: String,
    /// Print {"place","of"}, or null if it does not wait
    #[arg(long)]
    pub json: bool,
}

/// List conversations.
#[derive(Debug, Args)]
pub struct Conversations {
    #[command(flatten)]
    pub desk: DeskArgument,
    /// Show only this conversation
    #[arg(long, value_name = "ID")]
    pub conversation: Option<String>,
    /// Show only those in this state, such as queued
    #[arg(long, value_name = "STATE", value_parser = whereabouts)]
    pub state: Option<Whereabouts>,
    /// Print one JSON object per conversation and line
    #[arg(long)]
    pub json: bool,
}

/// Show a page of the conversations in a view, or that match a filter. Without an option that says which, show how many each
/// view has.
#[derive(Debug, Args)]
pub struct ViewPages {
    #[command(flatten)]
    pub desk: DeskArgument,
    /// The view, such as mine
    #[arg(long, value_name = "VIEW", value_parser = view)]
    pub view: Option<View>,
    /// The agent who looks; without one, all is shown
    #[arg(long, value_name = "ID")]
    pub by: Option<String>,
    /// Only those that match, as {"state": "queued"}
    #[arg(long, value_name = "JSON")]
    pub filter: Option<String>,
    /// The order, such as oldest or queue [default: newest]
    #[arg(long, value_name = "ORDER", value_parser = view_sort)]
    pub sort: Option<ViewSort>,
    /// The length of a page, up to 1,000 [default: 50]
    #[arg(long, value_name = "NUMBER")]
    pub limit: Option<usize>,
    /// The cursor that the page before ends with
    #[arg(long, value_name = "CURSOR")]
    pub cursor: Option<String>,
    /// Print the page, or the counts, as one JSON object
    #[arg(long)]
    pub json: bool,
}

impl ViewPages {
    /// Returns `true` if any option says which conversations to show.
    pub fn asks_for_page(&self) -> bool {
        let ViewPages { view, filter, sort, limit, cursor, desk: _, by: _, json: _ } = self;
        view.is_some() || filter.is_some() || sort.is_some() || limit.is_some() || cursor.is_some()
    }
}

/// Explain why nobody has a waiting conversation.
#[derive(Debug, Args)]
pub struct Why {
    #[command(flatten)]
    pub desk: DeskArgument,
    /// The conversation
    #[arg(long, value_name = "ID")]
    pub conversation: String,
    /// Print one JSON object per step and line
    #[arg(long)]
    pub json: bool,
}

/// Say whether a command is allowed. Both answers exit with 0; --json tells them apart.
#[derive(Debug, Args)]
pub struct May {
    #[command(flatten)]
    pub desk: DeskArgument,
    /// The command, such as '{"type": "close", "at": …}', or its file
    pub command: Given,
    /// Print one JSON object
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

/// Say what a new document would change.
#[derive(Debug, Args)]
pub struct Diff {
    #[command(flatten)]
    pub desk: DeskArgument,
    /// The new document, a JSON file; - is standard input
    pub new: Source,
    /// Print the events of the change as JSON, one per line
    #[arg(long)]
    pub json: bool,
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
    /// Print the turn as JSON, to be stored
    #[arg(long, conflicts_with = "json")]
    pub turn: bool,
}

/// A desk, and the commands to run on it.
#[derive(Debug, Args)]
pub struct Run {
    #[command(flatten)]
    pub desk: DeskArgument,
    /// The commands or turns, one per line; - is standard input
    pub commands: Source,
}

/// Run commands on a desk.
#[derive(Debug, Args)]
pub struct Replay {
    #[command(flatten)]
    pub run: Run,
    /// Print one JSON event per line
    #[arg(long, conflicts_with = "summary")]
    pub json: bool,
    /// Print one JSON turn per line, the document first
    #[arg(long, conflicts_with_all = ["summary", "json", "compare"])]
    pub turns: bool,
    /// Explain each decision: who was considered, and why not
    #[arg(long, conflicts_with = "summary")]
    pub explain: bool,
    /// Print only the summary
    #[arg(long)]
    pub summary: bool,
    /// Show how the scripts of this folder decide otherwise
    #[arg(long, value_name = "DIR", requires = "scripts", conflicts_with_all = ["summary", "explain"])]
    pub compare: Option<PathBuf>,
}

/// Tell the story of one conversation, from commands or from the log of a desk in a database.
#[derive(Debug, Args)]
pub struct Explain {
    #[command(flatten)]
    pub desk: DeskArgument,
    /// The commands or turns, one per line; not for a database
    pub commands: Option<Source>,
    /// The conversation
    #[arg(long, value_name = "ID")]
    pub conversation: String,
}

/// Run the tests of scripts.
#[derive(Debug, Args)]
pub struct Test {
    /// Folders of scripts and tests, or single files of a folder
    #[arg(required = true)]
    pub scripts: Vec<PathBuf>,
    /// Run only tests and scripts with this in their name
    #[arg(long, value_name = "TEXT")]
    pub filter: Option<String>,
    /// Name the hooks and lines that no test reaches
    #[arg(long)]
    pub coverage: bool,
    /// Print one JSON object per test and line
    #[arg(long)]
    pub json: bool,
}

/// Print a JSON Schema.
#[derive(Debug, Args)]
pub struct Schema {
    #[arg(help = schemas().chunks(6).map(|line| line.join(", ")).collect::<Vec<_>>().join(",\n"), hide_possible_values = true)]
    #[arg(value_parser = PossibleValuesParser::new(schemas()))]
    pub of: String,
}

fn schemas() -> [&'static str; frontdesk::schema::ALL.len()] {
    frontdesk::schema::ALL.map(|(name, _)| name)
}

/// Print shell completions.
#[derive(Debug, Args)]
pub struct Completions {
    /// The shell
    pub shell: clap_complete::Shell,
}

/// Print the manual page, or write those of all verbs.
#[derive(Debug, Args)]
pub struct Man {
    /// Write a page for the program and for each verb into this folder
    #[arg(long, value_name = "DIR")]
    pub to: Option<PathBuf>,
}

pub fn duration(text: &str) -> Result<Duration, String> {
    Duration::parse(text).map_err(|problem| in_a_sentence(&problem))
}

fn working_days(text: &str) -> Result<WorkingDays, String> {
    let days = text.parse().map_err(|_| "it is not a number".to_owned())?;
    WorkingDays::new(days).map_err(|problem| in_a_sentence(&problem))
}

fn state(text: &str) -> Result<State, String> {
    text.parse().map_err(|problem| in_a_sentence(&problem))
}

fn view(text: &str) -> Result<View, String> {
    text.parse().map_err(|problem| in_a_sentence(&problem))
}

fn view_sort(text: &str) -> Result<ViewSort, String> {
    text.parse().map_err(|problem| in_a_sentence(&problem))
}

fn whereabouts(text: &str) -> Result<Whereabouts, String> {
    text.parse().map_err(|problem| in_a_sentence(&problem))
}

pub fn language(tag: &str) -> Result<Language, String> {
    Language::parse(tag).map_err(|problem| in_a_sentence(&problem))
}

/// Returns a problem with an argument as one sentence; an argument has no path.
pub fn in_a_sentence(problem: &Problem) -> String {
    match &problem.hint {
        Some(hint) => format!("{} ({hint})", problem.message),
        None => problem.message.clone(),
    }
}
