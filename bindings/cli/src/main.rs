//! The command line of frontdesk: reads a desk and commands, asks the library, and prints its answers.

// Matches list all words of the core, so that a new word is found.
#![warn(clippy::wildcard_enum_match_arm)]

mod args;
mod ask;
mod calendar;
mod database;
mod deadline;
mod failure;
mod input;
mod log;
mod replay;
mod scripts;
mod show;
mod when;

use std::process::ExitCode;

use clap::{ArgMatches, CommandFactory, FromArgMatches};

use crate::args::{Arguments, Verb};
use crate::failure::Failure;

fn main() -> ExitCode {
    let said = Arguments::command().try_get_matches().unwrap_or_else(|error| misused(&error));
    let arguments = Arguments::from_arg_matches(&said).unwrap_or_else(|error| misused(&error));
    match run_in_time(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => ExitCode::from(failure.report(&verbs(&said))),
    }
}

/// Returns the verb, and the verb below it if it has some.
fn verbs(said: &ArgMatches) -> Vec<&str> {
    std::iter::successors(said.subcommand(), |(_, said)| said.subcommand()).map(|(verb, _)| verb).collect()
}

/// Tells what is wrong with the arguments, or the help that they ask for, and ends the program.
fn misused(error: &clap::Error) -> ! {
    if let Some(failure) = log::args::misspelt(error) {
        std::process::exit(failure.report(&["log"]).into());
    }
    let text = error.render().ansi().to_string();
    if error.use_stderr() {
        anstream::eprint!("{}", database::without_passwords(&text));
    } else if let Err(error) = show::print(&text) {
        std::process::exit(Failure::from(error).report(&[]).into());
    }
    std::process::exit(error.exit_code())
}

/// Runs a verb, within the deadline if one is given.
fn run_in_time(arguments: &Arguments) -> Result<(), Failure> {
    match deadline::given(arguments) {
        None => run(arguments),
        Some(deadline) => deadline.ask(|| run(arguments)).unwrap_or_else(|_| Err(Failure::late())),
    }
}

fn run(arguments: &Arguments) -> Result<(), Failure> {
    let zones = input::read_zones(arguments.zoneinfo.as_deref())?;
    match &arguments.verb {
        Verb::Check(check) => ask::check(check, &zones),
        Verb::Status(status) => ask::status(status, &zones),
        Verb::Schedule(schedule) => ask::schedule(schedule, &zones),
        Verb::Coverage(coverage) => ask::coverage(coverage, &zones),
        Verb::WorkingTime(working_time) => ask::working_time(working_time, &zones),
        Verb::Visitor(visitor) => ask::visitor(visitor, &zones),
        Verb::Publish(publish) => ask::publish(publish, &zones),
        Verb::Table(table) => ask::table(table, &zones),
        Verb::Inboxes(inboxes) => ask::inboxes(inboxes, &zones),
        Verb::Queue(queue) => ask::queue(queue, &zones),
        Verb::Place(place) => ask::place(place, &zones),
        Verb::Conversations(conversations) => ask::conversations(conversations, &zones),
        Verb::View(view) => ask::view(view, &zones),
        Verb::Why(why) => ask::why(why, &zones),
        Verb::May(may) => ask::may(may, &zones),
        Verb::Ask(options) => ask::anything(options, &zones),
        Verb::Diff(diff) => replay::diff(diff, &zones),
        Verb::Propose(propose) => replay::propose(propose, &zones),
        Verb::Replay(replay) => replay::replay(replay, &zones),
        Verb::Explain(explain) => replay::explain(explain, &zones),
        Verb::Test(test) => scripts::test(test),
        Verb::Import(import) => calendar::import(import, &zones),
        Verb::Export(export) => calendar::export(export, &zones),
        Verb::Log(log) => log::log(log, &zones),
        Verb::Schema(schema) => ask::schema(schema),
        Verb::Completions(completions) => ask::completions(completions),
        Verb::Man(man) => ask::man(man),
    }
}
